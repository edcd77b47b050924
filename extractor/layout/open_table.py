"""Tables and cells that may still grow on the next page."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from operator import attrgetter

from ..document import Box, Cell, Place
from .grid import NO_GRID, Grid
from .habits import Habits, widened
from .rooms import cell_rooms
from .wrapping import Placed, lines_to_text


@dataclass(slots=True, eq=False, repr=False)
class OpenCell:
    """A cell that may still grow on the next page, with the lines ``placed`` in it."""

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

    def closed(self, number: int) -> Cell:
        """As a cell of table ``number``."""
        row, col = self.row, self.col
        (page, box), *more = self.parts
        spots = tuple(Place(p, b, None, None, number, row, col) for p, b in self.parts) if more else ()
        home = Place(page, box, None, None, number, row, col, spots)
        text = lines_to_text(self.placed, home, keep_breaks=not self._is_upright_column())
        return Cell(text, row, col, self.rowspan, self.colspan)

    @property
    def string(self) -> str:
        return "".join([p.line.string for p in self.placed]).replace(" ", "")

    def _is_upright_column(self) -> bool:
        """A column one character wide, whose text runs downwards."""
        if len(self.placed) < 2:
            return False
        em = self.placed[0].line.em
        return all(len(p.line.string) <= 1 or p.room.right - p.room.left < 2 * em for p in self.placed)


@dataclass(slots=True, eq=False, repr=False)
class OpenTable:
    """The document's table ``number``, which may go on on the next page; ``xs`` are column rulings relative to
    its left side.

    ``cells`` may still grow: all of the first page, and once the table has gone on (``is_sewn``) those that reach
    its end. All others are ``done``, and ``habits`` tells what they were like.
    """

    number: int
    xs: list[float]
    n_rows: int
    cells: list[OpenCell]
    parts: list[tuple[int, Box]]
    first: Grid
    header_rows: int = 0
    is_sewn: bool = False
    habits: Habits = field(default_factory=Habits)
    done: list[Cell] = field(default_factory=list)
    is_guess: bool = False

    def close(self) -> None:
        """Makes all cells, in reading order, as the table cannot go on."""
        self.done += [cell.closed(self.number) for cell in self.cells]
        self.done.sort(key=attrgetter("row", "col"))
        self.is_guess = self.first.is_guess
        self.cells, self.first = [], NO_GRID

    def settle(self, cells: Iterable[OpenCell]) -> None:
        """Keeps those of ``cells`` that reach the table's end open; the others can grow no more."""
        self.cells = []
        first = self.first.cells[0]
        for cell in cells:
            if cell.row_end == self.n_rows:
                self.cells.append(cell)
                continue
            self.habits.count((cell.col, cell.colspan), cell.rowspan, bool(cell.placed))
            self.habits.labels += cell.col == first.col and cell.string == first.string
            self.done.append(cell.closed(self.number))

    def labels(self) -> int:
        """How many cells say what the first cell of the table says, in its column."""
        first = self.first.cells[0]
        return self.habits.labels + sum(c.col == first.col and c.string == first.string for c in self.cells)

    def widen(self, x: float) -> None:
        """Takes in a column ruling that only a new part of the table has."""
        at = sum(y < x for y in self.xs)
        self.xs.insert(at, x)
        self.habits.widen(at)
        for cell in self.cells:
            cell.col, cell.colspan = widened((cell.col, cell.colspan), at)
        self.done = [_widened(cell, at) for cell in self.done]


def _widened(cell: Cell, at: int) -> Cell:
    """A cell that is done, after a column was put in before column ``at``."""
    col, colspan = widened((cell.col, cell.colspan), at)
    home = cell.text.home
    home = home._replace(col=col, parts=tuple(part._replace(col=col) for part in home.parts))
    return cell._replace(text=replace(cell.text, home=home), col=col, colspan=colspan)


def open_table(grid: Grid, page: int, number: int) -> OpenTable:
    """The first part of a table."""
    return OpenTable(
        number,
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
