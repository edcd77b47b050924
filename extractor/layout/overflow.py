"""Lines that hang out below a table at a page's foot, out of a cell that the page break leaves open: they are its
text."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import groupby
from operator import itemgetter

from .grid import Grid
from .line import Line

_ASIDE = 2.0  # points by which a character may stand out of its cell at the side
_LOWEST = 3.0  # times the height of a line, below the table's foot


def with_overflow(items: Sequence[Line | Grid]) -> list[Line | Grid]:
    """A page's items, with the lines right below its last table that belong to an open cell of it put there."""
    last = max((n for n, item in enumerate(items) if isinstance(item, Grid)), default=-1)
    grid = items[last] if last >= 0 else None
    if not isinstance(grid, Grid) or last == len(items) - 1 or not any(cell.is_open for cell in grid.cells):
        return list(items)
    hanging: dict[int, list[Line]] = {}
    rest: list[Line | Grid] = []
    for item in items[last + 1 :]:
        parts = _parts(item, grid) if isinstance(item, Line) else []
        for cell, part in parts:
            hanging.setdefault(cell, []).append(part)
        if not parts:
            rest.append(item)
    cells = tuple(
        cell._replace(lines=(*cell.lines, *hanging[n])) if n in hanging else cell
        for n, cell in enumerate(grid.cells)
    )
    return [*items[:last], grid._replace(cells=cells), *rest]


def _parts(line: Line, grid: Grid) -> list[tuple[int, Line]]:
    """The open cells that a line hangs out of, by number, and what of it hangs out of each; nothing if any of it
    does not."""
    if line.turn or line.box.top > grid.ys[-1] + _LOWEST * (line.box.bottom - line.box.top):
        return []
    printed = [i for i, char in enumerate(line.string) if not char.isspace()]
    owners = [_cell_above(line, i, grid) for i in printed]
    parts: list[tuple[int, Line]] = []
    for owner, run in groupby(zip(owners, printed, strict=True), key=itemgetter(0)):
        if owner is None:
            return []
        which = [i for _, i in run]
        parts.append((owner, line.part(which[0], which[-1] + 1)))
    return parts


def _cell_above(line: Line, i: int, grid: Grid) -> int | None:
    """The number of the open cell that character ``i`` of a line hangs out of."""
    x0, x1 = line.start_of(i), line.end_of(i)
    return next(
        (
            n
            for n, cell in enumerate(grid.cells)
            if cell.is_open
            and cell.box.x0 - _ASIDE <= x0
            and x1 <= cell.box.x1 + _ASIDE
            and line.box.bottom > cell.box.bottom
        ),
        None,
    )
