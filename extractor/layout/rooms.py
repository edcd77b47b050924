"""The room that lines had: a cell's inner edges, a page's text margins."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from .arrays import median
from .grid import Grid, GridCell
from .line import Line
from .wrapping import Room

_ENDERS = "。；：！？;:!?"
_LARGEST_PAD = 9.0  # points between a ruling and the text beside it


def cell_rooms(grid: Grid) -> list[Room]:
    """The room of each cell's lines: padding is the smallest that the table's own lines keep."""
    if grid.is_guess:
        return _column_rooms(grid)
    lefts = [pad for cell in grid.cells for pad in _left_pads(cell)]
    rights = [pad for cell in grid.cells for pad in _right_pads(cell)]
    left = min(_low(lefts), _LARGEST_PAD)
    right = min(_low(rights), left) if rights else left
    return [Room(cell.box.x0 + left, cell.box.x1 - right) for cell in grid.cells]


def _column_rooms(grid: Grid) -> list[Room]:
    """Where no ruling stands, the room is what a column's own lines fill."""
    sides: dict[int, Room] = {}
    for cell in grid.cells:
        for line in cell.lines:
            known = sides.get(cell.col, Room(line.start, line.end))
            sides[cell.col] = Room(min(known.left, line.start), max(known.right, line.end))
    return [sides.get(cell.col, Room(cell.box.x0, cell.box.x1)) for cell in grid.cells]


def _left_pads(cell: GridCell) -> list[float]:
    """What the cell's upright lines leave free at its left side; nothing without any."""
    starts = [line.start for line in cell.lines if not line.turn]
    return [max(min(starts) - cell.box.x0, 0.0)] if starts else []


def _right_pads(cell: GridCell) -> list[float]:
    """Of wrapped lines only, and not of columns so narrow that a word must stand out of them."""
    if len(cell.lines) < 2:
        return []
    lines = [line for line in cell.lines if not line.turn]
    if len(lines) < 2 or cell.box.x1 - cell.box.x0 < 5 * lines[0].em:
        return []
    return [max(cell.box.x1 - max([line.firm_end for line in lines]), 0.0)]


def _low(pads: list[float]) -> float:
    """A small value that a few stray lines do not decide."""
    if not pads:
        return 0.0
    ordered = sorted(pads)
    at = (len(ordered) - 1) * 0.1  # the 0.1 quantile as numpy has it, which takes longer for a few values
    low = int(at)
    first, second = ordered[low], ordered[min(low + 1, len(ordered) - 1)]
    part = at - low
    return first + (second - first) * part if part < 0.5 else second - (second - first) * (1 - part)


def text_room(pages: Iterable[Sequence[Line]], width: float) -> Room:
    """The text margins of pages of one width, from the lines of each page.

    Where no lines run up to a common right margin in the middle of a sentence, equal margins are taken.
    """
    upright = [[line for line in page if not line.turn] for page in pages]
    lines = [line for page in upright for line in page]
    sides = [(min(line.start for line in p), max(line.firm_end for line in p)) for p in upright if len(p) > 4]
    left = median([s[0] for s in sides]) if sides else min((line.start for line in lines), default=0.0)
    right = median([s[1] for s in sides]) if sides else 0.0
    full = [line for line in lines if line.end > right - 1.2 * line.em and line.string[-1] not in _ENDERS]
    if sides and len(full) > 0.1 * len(lines):
        return Room(left, right)
    return Room(left, max([width - left, right, *(line.firm_end for line in lines if not sides)]))
