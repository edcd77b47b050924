"""Tables and cells that may still grow on the next page."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from ..document import Box, Cell, Place, Text
from .grid import NO_GRID, Grid
from .habits import Habits, widened
from .rooms import cell_rooms
from .wrapping import Placed, lines_to_text


@dataclass(slots=True)
class OpenCell:
    """A cell that may still grow on the next page; its lines are ``placed`` until its ``text`` is made."""

    row: int
    col: int
    rowspan: int
    colspan: int
    parts: list[tuple[int, Box]]
    placed: list[Placed]
    is_open: bool
    text: Text | None = None

    @property
    def row_end(self) -> int:
        return self.row + self.rowspan

    def closed(self, number: int) -> Cell:
        """As a cell of table ``number``."""
        row, col = self.row, self.col
        (page, box), *more = self.parts
        spots = tuple(Place(p, b, None, None, number, row, col) for p, b in self.parts) if more else ()
        home = Place(page, box, None, None, number, row, col, spots)
        return Cell(self.finished(home), row, col, self.rowspan, self.colspan)

    @property
    def string(self) -> str:
        return "".join([p.line.string for p in self.placed]).replace(" ", "")

    def finished(self, home: Place) -> Text:
        """The text of a cell that can grow no more; its lines are not held any longer."""
        if self.text is not None:
            return Text(self.text.string, home, self.text.ink)
        text = lines_to_text(self.placed, home, keep_breaks=not self._is_upright_column())
        self.placed = []
        return text

    def _is_upright_column(self) -> bool:
        """A column one character wide, whose text runs downwards."""
        if len(self.placed) < 2:
            return False
        em = self.placed[0].line.em
        return all(len(p.line.string) <= 1 or p.room.right - p.room.left < 2 * em for p in self.placed)


@dataclass(slots=True)
class OpenTable:
    """A table that may go on on the next page; ``xs`` are column rulings relative to its left side.

    Once it has gone on (``is_sewn``), ``foot`` are the cells that reach its end and may go on below it; all
    others are settled: their texts are made, and ``habits`` tells what they were like. Once it is closed, it is
    the document's table ``number``, and its cells are ``done``.
    """

    xs: list[float]
    n_rows: int
    cells: list[OpenCell]
    parts: list[tuple[int, Box]]
    first: Grid
    header_rows: int = 0
    is_sewn: bool = False
    foot: list[OpenCell] = field(default_factory=list)
    habits: Habits = field(default_factory=Habits)
    number: int = 0
    done: tuple[Cell, ...] = ()
    is_guess: bool = False

    def close(self, number: int) -> None:
        """Makes the cells, as the table cannot go on."""
        self.number = number
        self.is_guess = self.first.is_guess
        self.foot, self.first = [], NO_GRID
        self.cells.sort(key=lambda cell: (-cell.row, -cell.col))
        done: list[Cell] = []
        while self.cells:  # each open cell goes as soon as its cell is made
            done.append(self.cells.pop().closed(number))
        self.done = tuple(done)

    def settle(self, cells: Iterable[OpenCell]) -> None:
        """Keeps those of ``cells`` that reach the table's end in its foot; the others can grow no more."""
        self.foot = []
        first = self.first.cells[0]
        for cell in cells:
            if cell.row_end == self.n_rows:
                self.foot.append(cell)
                continue
            self.habits.count((cell.col, cell.colspan), cell.rowspan, bool(cell.placed))
            self.habits.labels += cell.col == first.col and cell.string == first.string
            cell.text = cell.finished(_NOWHERE)

    def labels(self) -> int:
        """How many cells say what the first cell of the table says, in its column."""
        first = self.first.cells[0]
        open_ones = self.foot if self.is_sewn else self.cells
        return self.habits.labels + sum(c.col == first.col and c.string == first.string for c in open_ones)

    def widen(self, x: float) -> None:
        """Takes in a column ruling that only a new part of the table has."""
        at = sum(y < x for y in self.xs)
        self.xs.insert(at, x)
        self.habits.widen(at)
        for cell in self.cells:
            cell.col, cell.colspan = widened((cell.col, cell.colspan), at)


_NOWHERE = Place()  # until the table's number is known


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
    """A grid's cells, the first row counted as ``first_row``, its columns as ``col_of`` says."""
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
