"""The columns of a table whose rows disagree on them: by the cells' widths, or by the table's grid."""

from __future__ import annotations

from itertools import accumulate, pairwise
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.parsers.word.tables import Row

SLIVER = 60
"""Edges nearer than this (3 points, in twentieths) are one edge drawn twice by hand."""
_SNAP = 100
_EVEN = 0.03


def by_width(rows: list[Row]) -> list[Row] | None:
    """The rows on the edges that their widths make; None unless spans disagree and every width is stated.

    Some writers give each row its own cells and state no spans; Word then goes by the widths.
    """
    if len({row.total for row in rows}) < 2 or not all(b.width for row in rows for b in row.boxes):
        return None
    ends = [_edges(row) for row in rows if row.boxes]
    last = [row[-1] for row in ends]
    if max(last) - min(last) > max(_SNAP, _EVEN * max(last)):
        return None
    edges = _snap(sorted({edge for row in ends for edge in row}))
    index = {edge: n for n, group in enumerate(edges) for edge in group}
    laid: list[Row] = []
    for row in rows:
        at = [index[edge] for edge in _edges(row)] if row.boxes else []
        if any(a >= b for a, b in pairwise(at)):
            return None
        boxes = [b._replace(start=at[n], end=at[n + 1]) for n, b in enumerate(row.boxes)]
        laid.append(row._replace(boxes=boxes, total=len(edges) - 1))
    return laid


def _edges(row: Row) -> list[int]:
    """The left edge of every box of a row, and the right edge of the last."""
    return list(accumulate((b.width for b in row.boxes), initial=row.before))


def _snap(edges: list[int]) -> list[list[int]]:
    """Edges that lie close together, as groups from left to right."""
    groups: list[list[int]] = []
    for edge in edges:
        if groups and edge - groups[-1][0] <= _SNAP:
            groups[-1].append(edge)
        else:
            groups.append([edge])
    return groups


def by_grid(rows: list[Row], widths: list[int]) -> list[Row]:
    """The rows on the table's grid, its slivers taken out: columns too narrow for any cell of their own."""
    if sum(widths) < 20 * SLIVER:
        return rows
    alone = {b.start for row in rows for b in row.boxes if b.end - b.start == 1}
    narrow = {n for n, width in enumerate(widths) if width < SLIVER and n not in alone}
    if not narrow:
        return rows
    most = max((row.total for row in rows), default=0)
    kept = list(accumulate((n not in narrow for n in range(most)), initial=0))
    laid = [
        row._replace(
            boxes=[b._replace(start=kept[b.start], end=kept[b.end]) for b in row.boxes], total=kept[row.total]
        )
        for row in rows
    ]
    return laid if all(b.start < b.end for row in laid for b in row.boxes) else rows
