"""A graph in the language of Graphviz (dot), drawn by ``dot -Tsvg``."""

from __future__ import annotations

from tipreport.redlines import View
from tipreport.trace.graph import graph
from tipreport.trace.promises import Promises
from tipreport.trace.timeline import Timeline
from tipreport.visible import visible

SUFFIXES = (".dot", ".gv")
_STYLE = {"absent": "dashed", "pending": "dashed", "dropped": "dotted"}


def render(found: Timeline | Promises, view: View) -> str:  # noqa: ARG001 (as all forms)
    """The digraph; every text is quoted."""
    made = graph(found)
    lines = ["digraph trace {", '  rankdir="LR";', '  node [shape="box", fontname="sans-serif"];']
    for node in made.nodes:
        style = f', style="{_STYLE[node.state]}"' if node.state in _STYLE else ""
        lines.append(f"  {node.name} [label={_quoted(node.lines)}{style}];")
    for edge in made.edges:
        lines.append(f"  {edge.start} -> {edge.end} [label={_quoted(edge.lines)}];")
    return "\n".join([*lines, "}", ""])


def _quoted(lines: tuple[str, ...]) -> str:
    """Lines as one quoted string, each set left."""
    return '"' + "".join(visible(line).replace("\\", "\\\\").replace('"', '\\"') + "\\l" for line in lines) + '"'
