"""Cells to a table's grid: rows, columns and spans; and the lines that stand in each cell."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import itemgetter
from typing import NamedTuple

from ..document import Box
from .arrays import flatnonzero, np
from .line import Line
from .page import NO_EDGES, Floats, Ints

_ROW_AND_COL = itemgetter(0, 1)
_NEAR = 3.0  # points within which two rulings are one


class GridCell(NamedTuple):
    """A cell of one page's table part, its box, its lines, and whether no ruling closes it at its foot."""

    row: int
    col: int
    rowspan: int
    colspan: int
    box: Box
    lines: tuple[Line, ...] = ()
    is_open: bool = False

    @property
    def row_end(self) -> int:
        return self.row + self.rowspan

    @property
    def col_end(self) -> int:
        return self.col + self.colspan

    @property
    def string(self) -> str:
        """The lines joined without blanks, to compare."""
        return "".join(line.string for line in self.lines).replace(" ", "")


class Grid(NamedTuple):
    """A table, or its part on one page: n+1 column rulings ``xs``, m+1 row rulings ``ys``, cells in reading
    order.

    ``is_guess``: the columns are gaps in the print, not rulings; ``goes_on``: the page ended before such a
    table did.
    """

    xs: tuple[float, ...]
    ys: tuple[float, ...]
    cells: tuple[GridCell, ...]
    is_guess: bool = False
    goes_on: bool = False

    @property
    def n_rows(self) -> int:
        return len(self.ys) - 1

    @property
    def n_cols(self) -> int:
        return len(self.xs) - 1

    @property
    def box(self) -> Box:
        return Box(self.xs[0], self.ys[0], self.xs[-1], self.ys[-1])


NO_GRID = Grid((), (), ())


def cells_to_grid(
    boxes: list[Box], feet: Floats = NO_EDGES.across, is_guess: bool = False, goes_on: bool = False
) -> Grid:
    """Boxes of one table to its grid; fields that no box covers become cells of their own.

    ``feet`` (n, 3) y, x0, x1 are lower sides that no ruling draws; ``is_guess``: no ruling draws the columns;
    ``goes_on``: nor the foot, as the page ended before.
    """
    xs = _positions({b.x0 for b in boxes} | {b.x1 for b in boxes})
    ys = _positions({b.top for b in boxes} | {b.bottom for b in boxes})
    cells = _cells(boxes, xs, ys)
    cells += _uncovered(cells, xs, ys)
    if len(feet):
        sides = feet.tolist()
        cells = [cell._replace(is_open=True) if _stands_on(cell.box, sides) else cell for cell in cells]
    return Grid(xs, ys, tuple(sorted(cells, key=_ROW_AND_COL)), is_guess, goes_on)


def _stands_on(box: Box, feet: list[list[float]]) -> bool:
    middle = (box.x0 + box.x1) / 2
    return any(abs(y - box.bottom) <= _NEAR and x0 <= middle <= x1 for y, x0, x1 in feet)


def _positions(values: set[float]) -> tuple[float, ...]:
    found: list[float] = []
    for value in sorted(values):
        if not found or value - found[-1] > _NEAR:
            found.append(value)
    return tuple(found)


def _cells(boxes: list[Box], xs: tuple[float, ...], ys: tuple[float, ...]) -> list[GridCell]:
    col_of = {x: _index(xs, x) for x in {b.x0 for b in boxes} | {b.x1 for b in boxes}}
    row_of = {y: _index(ys, y) for y in {b.top for b in boxes} | {b.bottom for b in boxes}}
    found: list[GridCell] = []
    for box in boxes:
        row, col = row_of[box.top], col_of[box.x0]
        n_rows, n_cols = row_of[box.bottom] - row, col_of[box.x1] - col
        found.append(GridCell(row, col, max(n_rows, 1), max(n_cols, 1), box))
    return found


def _index(positions: tuple[float, ...], value: float) -> int:
    """The nearest position."""
    at = bisect_left(positions, value)
    if at == 0 or (at < len(positions) and positions[at] - value < value - positions[at - 1]):
        return at
    return at - 1


def _uncovered(cells: list[GridCell], xs: tuple[float, ...], ys: tuple[float, ...]) -> list[GridCell]:
    """One cell for each run of fields of a row that no ruled cell covers."""
    made: list[GridCell] = []
    n_rows, n_cols = len(ys) - 1, len(xs) - 1
    if sum(cell.rowspan * cell.colspan for cell in cells) == n_rows * n_cols:
        return made
    free = field_owners(cells, n_rows, n_cols) < 0
    for row in np.flatnonzero(free.any(axis=1)).tolist():
        cols = flatnonzero(free[row]).tolist()
        for col in cols:
            if made and made[-1].row == row and made[-1].col_end == col:
                last = made[-1]
                made[-1] = last._replace(colspan=last.colspan + 1, box=last.box._replace(x1=xs[col + 1]))
            else:
                made.append(GridCell(row, col, 1, 1, Box(xs[col], ys[row], xs[col + 1], ys[row + 1])))
    return made


def field_owners(cells: Sequence[GridCell], n_rows: int, n_cols: int) -> Ints:
    """(rows, cols) the index of the cell that covers each field, -1 for none."""
    owner = np.full((n_rows, n_cols), -1, np.int64)
    owner[[cell.row for cell in cells], [cell.col for cell in cells]] = np.arange(len(cells))
    for i, cell in enumerate(cells):
        if cell.rowspan > 1 or cell.colspan > 1:
            owner[cell.row : cell.row_end, cell.col : cell.col_end] = i
    return owner


def chars_in_cells(boxes: Floats, grid: Grid) -> Ints:
    """For each character's box the index of the cell its middle stands in, -1 for none."""
    owner = np.full((grid.n_rows + 2, grid.n_cols + 2), -1, np.int64)  # with a border for what stands outside
    owner[1:-1, 1:-1] = field_owners(grid.cells, grid.n_rows, grid.n_cols)
    col = np.searchsorted(grid.xs, (boxes[:, 0] + boxes[:, 2]) / 2)
    row = np.searchsorted(grid.ys, (boxes[:, 1] + boxes[:, 3]) / 2)
    found: Ints = owner[row, col]
    return found


def with_lines(grid: Grid, lines: list[list[Line]]) -> Grid:
    """The grid with each cell's lines."""
    cells = tuple(
        GridCell(row, col, rowspan, colspan, box, tuple(own), is_open)
        for (row, col, rowspan, colspan, box, _, is_open), own in zip(grid.cells, lines, strict=True)
    )
    return Grid(grid.xs, grid.ys, cells, grid.is_guess)
