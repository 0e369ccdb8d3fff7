"""A timeline or promises as nodes and edges, for formats that draw."""

from __future__ import annotations

from typing import NamedTuple

from tipreport.diff.telling import fate, told
from tipreport.trace.promises import Promises
from tipreport.trace.timeline import Timeline

LONGEST = 90  # characters of a text in a node


class Node(NamedTuple):
    """A box: its name, its lines, and what it stands for: first, again, back, absent, kept, pending, dropped or title."""

    name: str
    lines: tuple[str, ...]
    state: str


class Edge(NamedTuple):
    """An arrow with the lines beside it."""

    start: str
    end: str
    lines: tuple[str, ...]


class Graph(NamedTuple):
    """Boxes and arrows, in the order of time."""

    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]


def graph(found: Timeline | Promises) -> Graph:
    """The graph of a timeline (stop after stop) or of promises (each topic to the titles that kept it)."""
    return _of_timeline(found) if isinstance(found, Timeline) else _of_promises(found)


def _of_timeline(found: Timeline) -> Graph:
    nodes, edges = [], []
    for place, stop in enumerate(found.stops):
        name = f"n{place}"
        lines = [f"{stop.row.date or 'no date'}  {stop.row.name}"]
        lines.append(f"{stop.found.unit.label}: {short(stop.found.unit.text)}" if stop.found else "absent")
        nodes.append(Node(name, tuple(lines), stop.state))
        if place:
            meaning = (
                [text for event in stop.change.events if event.family in {"strength", "hedge"} and (text := told(event))]
                if stop.change
                else []
            )
            edges.append(Edge(f"n{place - 1}", name, (fate(stop.change), *meaning[:3]) if stop.change else ()))
    return Graph(tuple(nodes), tuple(edges))


def _of_promises(found: Promises) -> Graph:
    nodes: list[Node] = []
    edges = []
    titles: dict[tuple[int, str], str] = {}  # the box of each title, which may keep several topics
    for place, promise in enumerate(found.found):
        name = f"t{place}"
        nodes.append(
            Node(name, (f"{promise.row.date or 'no date'}  {promise.label}", short(promise.text), promise.outcome), promise.outcome)
        )
        for one in promise.evidence:
            key = (one.row.id, one.title.ident)
            if key not in titles:
                titles[key] = f"e{len(nodes)}"
                nodes.append(Node(titles[key], (f"{one.row.date or 'no date'}  {one.title.label}", short(one.title.text)), "title"))
            edges.append(Edge(name, titles[key], (f"{one.score:.2f}",)))
    return Graph(tuple(nodes), tuple(edges))


def short(text: str) -> str:
    """The first words of a text."""
    return text if len(text) <= LONGEST else text[: text.rfind(" ", 0, LONGEST)] + " ..."
