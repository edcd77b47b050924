"""Ruled tables in whose body no ruling parts the rows: a frame, upright rulings, and perhaps a rule under the
head.

Read by its rulings, all of the body would be one row of cells with many lines. A form's row may look like that too,
so the body is parted only where every line of it has a text in every column, and one column holds figures.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from .grid import Grid, cells_to_grid
from .pieces import PieceLine
from .unruled_frames import Sheet, fits
from .unruled_rows import has_figures, lines_to_rows, row_boxes, row_edges

_LEAST = 3  # rows and columns
_MOST_RULED = 2  # rows that rulings part: a head and a body
_LEAST_HEIGHT = 30.0  # points of three lines


def may_be_rowless(grid: Grid) -> bool:
    """Whether a table has so few rows, and a last one so high, that no ruling may part its body's rows."""
    if grid.n_rows > _MOST_RULED or grid.n_cols < _LEAST or grid.ys[-1] - grid.ys[-2] < _LEAST_HEIGHT:
        return False
    last = sum(cell.row_end == grid.n_rows and cell.rowspan == cell.colspan == 1 for cell in grid.cells)
    return last == grid.n_cols


def with_rows(grid: Grid, sheet: Sheet) -> Grid:
    """The table with its last row parted, if that is several by its print; ``sheet`` has the lines in it too."""
    top, foot = grid.ys[-2:]
    lines = sheet.between(top, foot, grid.xs[0], grid.xs[-1])
    if any(cell.is_open for cell in grid.cells) or not _are_rows(lines, grid.xs):
        return grid
    boxes = [cell.box for cell in grid.cells if cell.row_end < grid.n_rows]
    rows = [[line] for line in lines]
    for row, (high, low) in zip(rows, pairwise(row_edges(rows, top, foot)), strict=True):
        boxes += row_boxes(row, high, low, grid.xs)
    return cells_to_grid(boxes)


def _are_rows(lines: Sequence[PieceLine], xs: Sequence[float]) -> bool:
    """Whether each line has one text in each column, and is a row by its print."""
    if len(lines) < _LEAST or not all(len(line.pieces) == len(xs) - 1 and fits(line, xs) for line in lines):
        return False
    rows = lines_to_rows(lines, xs)
    return len(rows) >= len(lines) - 1 and has_figures(rows, xs)
