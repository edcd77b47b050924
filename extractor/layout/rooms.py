"""The room that lines had: a cell's inner edges, a page's text margins."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from .grid import Grid, GridCell
from .lines import Line
from .wrapping import Room

_LARGEST_PAD = 9.0  # points between a ruling and the text beside it


def cell_rooms(grid: Grid) -> list[Room]:
    """The room of each cell's lines: padding is the smallest that the table's own lines keep."""
    lefts, rights = _pads(grid.cells, 0), _pads(grid.cells, 1)
    left = min(_low(lefts), _LARGEST_PAD)
    right = min(_low(rights), left if lefts else _LARGEST_PAD)
    return [Room(cell.box.x0 + left, cell.box.x1 - right) for cell in grid.cells]


def _pads(cells: Iterable[GridCell], side: int) -> list[float]:
    found: list[float] = []
    for cell in cells:
        upright = [line for line in cell.lines if not line.turn]
        if upright and side == 0:
            found.append(min(line.start for line in upright) - cell.box.x0)
        elif len(upright) > 1:
            found.append(cell.box.x1 - max(line.firm_end for line in upright))
    return [max(pad, 0.0) for pad in found]


def _low(pads: list[float]) -> float:
    """A small value that a few stray lines do not decide."""
    return float(np.quantile(pads, 0.1)) if pads else 0.0


def text_room(pages: Iterable[tuple[Line, ...]]) -> Room:
    """The text margins of pages of one width, from the lines of each page."""
    sides = [
        (min(line.start for line in lines), max(line.firm_end for line in lines))
        for lines in ([line for line in page if not line.turn] for page in pages)
        if len(lines) > 4
    ]
    if not sides:
        return Room(0.0, 0.0)
    return Room(float(np.median([s[0] for s in sides])), float(np.median([s[1] for s in sides])))
