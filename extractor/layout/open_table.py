"""Tables and cells that may still grow on the next page."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Box
from .grid import Grid
from .rooms import cell_rooms
from .wrapping import Placed


@dataclass(slots=True)
class OpenCell:
    """A cell that may still grow on the next page."""

    row: int
    col: int
    rowspan: int
    colspan: int
    parts: list[tuple[int, Box]]
    placed: list[Placed]
    is_open: bool

    @property
    def row_end(self) -> int:
        return self.row + self.rowspan

    @property
    def string(self) -> str:
        return "".join(p.line.string for p in self.placed).replace(" ", "")


@dataclass(slots=True)
class OpenTable:
    """A table that may go on on the next page; ``xs`` are column rulings relative to its left side."""

    xs: list[float]
    n_rows: int
    cells: list[OpenCell]
    parts: list[tuple[int, Box]]
    first: Grid
    header_rows: int = 0


def open_table(grid: Grid, page: int) -> OpenTable:
    """The first part of a table."""
    return OpenTable(
        [x - grid.xs[0] for x in grid.xs],
        grid.n_rows,
        open_cells(grid, page, 0, list(range(len(grid.xs)))),
        [(page, grid.box)],
        grid,
    )


def open_cells(grid: Grid, page: int, first_row: int, col_of: list[int]) -> list[OpenCell]:
    rooms = cell_rooms(grid)
    return [
        OpenCell(
            cell.row + first_row,
            col_of[cell.col],
            cell.rowspan,
            col_of[cell.col_end] - col_of[cell.col],
            [(page, cell.box)],
            [Placed(line, page, room) for line in cell.lines],
            cell.is_open,
        )
        for cell, room in zip(grid.cells, rooms, strict=True)
    ]
