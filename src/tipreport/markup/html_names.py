"""Elements of HTML by what a browser without styles does with them. HTML Living Standard, 4 and 15."""

from __future__ import annotations

# What is no text of the page.
OUT = frozenset({
    "script", "style", "template", "noscript", "nav", "head", "title", "meta", "link", "svg", "math", "iframe", "object", "embed",
    "audio", "video", "canvas", "map", "select", "datalist", "textarea", "input", "button", "rt", "rp", "dialog",
})  # fmt: skip
# What begins and ends a line.
BLOCKS = frozenset({
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div", "dl", "dt",
    "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hgroup", "hr", "html",
    "legend", "li", "listing", "main", "menu", "ol", "p", "plaintext", "pre", "search", "section", "summary", "ul", "xmp",
})  # fmt: skip
# What stands apart from the text around it.
SPACED = frozenset({
    "blockquote", "dir", "dl", "figure", "h1", "h2", "h3", "h4", "h5", "h6", "hr", "listing", "menu", "ol", "p", "pre", "table",
    "ul", "xmp",
})  # fmt: skip
# Headings.
HEADINGS = frozenset({
    "h1", "h2", "h3", "h4", "h5", "h6",
})  # fmt: skip
# What holds items.
LISTS = frozenset({
    "dir", "menu", "ol", "ul",
})  # fmt: skip
# Where white space is kept.
KEPT = frozenset({
    "listing", "plaintext", "pre", "xmp",
})  # fmt: skip
# What is set in bold letters.
BOLD = frozenset({
    "b", "h1", "h2", "h3", "h4", "h5", "h6", "strong", "th",
})  # fmt: skip
# Tables and their parts.
CELLS = frozenset({
    "table", "td", "th", "tr",
})  # fmt: skip
