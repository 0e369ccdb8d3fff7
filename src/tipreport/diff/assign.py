"""The best way to pair the rows and columns of a sparse table of gains: no other pairing gains more.

Shortest augmenting paths over potentials (Jonker and Volgenant 1987), on each connected part of the table by itself; a row
may stay alone. Cost: at most rows * edges * log(edges) within a part, near the number of edges where most rows have a
partner of their own.
"""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from heapq import heappop, heappush

Gains = dict[tuple[int, int], int]


def best(gains: Gains) -> list[tuple[int, int]]:
    """The pairs (row, column) of the greatest sum of gains, in order; all gains are greater than 0."""
    edges: dict[int, list[tuple[int, int]]] = defaultdict(list)
    for (row, column), gain in sorted(gains.items()):
        if gain > 0:
            edges[row].append((column, gain))
    taken: dict[int, int] = {}  # column -> row
    # Costs are -gain; every row has a column of its own, -1 - row, that stands for staying alone and costs 0.
    prices: dict[int, int] = defaultdict(int)
    for row in edges:
        _place(row, edges, taken, prices)
    return sorted((row, column) for column, row in taken.items() if column >= 0)


def _place(start: int, edges: dict[int, list[tuple[int, int]]], taken: dict[int, int], prices: dict[int, int]) -> None:
    """Find a column for one more row along the cheapest path, moving others as needed."""
    reached: dict[int, int] = {}  # column -> cost of the way to it
    by: dict[int, int] = {}  # column -> the row it is reached from
    done: set[int] = set()
    heap: list[tuple[int, int]] = []
    row, cost = start, 0
    while True:
        for column, gain in (*edges[row], (-1 - row, 0)):
            if column in done:
                continue
            way = cost - gain - prices[column] - _price(row, edges, taken, prices)
            if way < reached.get(column, 1 << 62):
                reached[column], by[column] = way, row
                heappush(heap, (way, column))
        while True:
            cost, column = heappop(heap)
            if column not in done and cost == reached[column]:
                break
        done.add(column)
        if column not in taken:
            break
        row = taken[column]
    for other in done - {column}:
        prices[other] += reached[other] - cost
    while True:
        row = by[column]
        previous = next((c for c in (*(c for c, _ in edges[row]), -1 - row) if taken.get(c) == row), None)
        taken[column] = row
        if previous is None:
            break
        column = previous


def _price(row: int, edges: dict[int, list[tuple[int, int]]], taken: dict[int, int], prices: dict[int, int]) -> int:
    """What the row's own column costs it under the prices: the reduced cost of a pair that stands is 0."""
    for column, gain in (*edges[row], (-1 - row, 0)):
        if taken.get(column) == row:
            return -gain - prices[column]
    return min(-gain - prices[column] for column, gain in (*edges[row], (-1 - row, 0)))


def longest_ascending(values: list[int]) -> list[int]:
    """The places of a longest ascending run of values, not necessarily neighbours; n log n steps (Fredman 1975)."""
    ends: list[int] = []  # the places of the least last values of runs of each length
    before: list[int] = []
    for place, value in enumerate(values):
        length = bisect_left(ends, value, key=lambda one: values[one])
        before.append(ends[length - 1] if length else -1)
        ends[length : length + 1] = [place]
    out: list[int] = []
    place = ends[-1] if ends else -1
    while place >= 0:
        out.append(place)
        place = before[place]
    return out[::-1]
