"""A graph in the language of Mermaid, which many wikis and Markdown readers draw."""

from __future__ import annotations

import re

from tipreport.redlines import View
from tipreport.trace.graph import graph
from tipreport.trace.promises import Promises
from tipreport.trace.timeline import Timeline
from tipreport.visible import visible

SUFFIXES = (".mmd", ".mermaid")
_SIGNS = re.compile(r"[^\w .,:/()'-]")


def render(found: Timeline | Promises, view: View) -> str:  # noqa: ARG001 (as all forms)
    """The flowchart; signs that Mermaid would obey are written as entities."""
    made = graph(found)
    lines = ["flowchart TD"]
    for node in made.nodes:
        lines.append(
            f'  {node.name}["{_lines(node.lines)}"]' + (f":::{node.state}" if node.state in {"absent", "dropped", "pending"} else "")
        )
    for edge in made.edges:
        label = f'|"{_lines(edge.lines)}"|' if edge.lines else ""
        lines.append(f"  {edge.start} -->{label} {edge.end}")
    lines += [
        "  classDef absent stroke-dasharray: 5 5",
        "  classDef pending stroke-dasharray: 5 5",
        "  classDef dropped stroke-dasharray: 2 4",
    ]
    return "\n".join(lines) + "\n"


def _lines(lines: tuple[str, ...]) -> str:
    return "<br>".join(_SIGNS.sub(lambda found: f"#{ord(found.group())};", visible(line)) for line in lines)
