"""Lines that hang out below a table at a page's foot, out of a cell that the page break leaves open: they are its
text."""

from __future__ import annotations

from collections.abc import Sequence

from .grid import Grid, GridCell
from .line import Line

_ASIDE = 2.0  # points by which a line may stand out of its cell at the side
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
        cell = _cell_above(item, grid) if isinstance(item, Line) else None
        if cell is None or not isinstance(item, Line):
            rest.append(item)
        else:
            hanging.setdefault(cell, []).append(item)
    cells = tuple(
        cell._replace(lines=(*cell.lines, *hanging[n])) if n in hanging else cell
        for n, cell in enumerate(grid.cells)
    )
    return [*items[:last], grid._replace(cells=cells), *rest]


def _cell_above(line: Line, grid: Grid) -> int | None:
    """The number of the open cell that a line hangs out of."""
    if line.box.top > grid.ys[-1] + _LOWEST * (line.box.bottom - line.box.top):
        return None
    return next((n for n, cell in enumerate(grid.cells) if cell.is_open and _is_below(line, cell)), None)


def _is_below(line: Line, cell: GridCell) -> bool:
    inside = cell.box.x0 - _ASIDE <= line.box.x0 and line.box.x1 <= cell.box.x1 + _ASIDE
    return inside and line.box.bottom > cell.box.bottom
