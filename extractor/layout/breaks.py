"""Tables over page breaks: parts of one table joined, repeated heads dropped, cut rows made whole."""

from __future__ import annotations

from dataclasses import dataclass

from ..document import Box
from .cut_rows import Seam, cell_pitch, is_cut, runs_on
from .grid import Grid, GridCell
from .rooms import cell_rooms
from .wrapping import Placed

_NEAR = 4.0  # points by which the same ruling may differ between pages


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
        _cells(grid, page, 0, list(range(len(grid.xs)))),
        [(page, grid.box)],
        grid,
    )


def _cells(grid: Grid, page: int, first_row: int, col_of: list[int]) -> list[OpenCell]:
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


def continues(table: OpenTable, grid: Grid) -> bool:
    """Whether a page's first table has the same columns as the table that ended the page before."""
    theirs = [x - grid.xs[0] for x in grid.xs]
    if abs(theirs[-1] - table.xs[-1]) > _NEAR:
        return False
    if table.first.is_guess or grid.is_guess:
        return table.first.is_guess and grid.is_guess and len(theirs) == len(table.xs)
    shared = sum(any(abs(x - y) <= _NEAR for y in table.xs[1:-1]) for x in theirs[1:-1])
    fewer = min(len(theirs), len(table.xs)) - 2
    if shared < 0.6 * fewer:
        return False
    return not _begins_anew(table, grid)


def _begins_anew(table: OpenTable, grid: Grid) -> bool:
    """The first row looks like the table's own first row with other content: the next form of the same
    kind."""
    ours = [c for c in table.first.cells if c.row == 0]
    theirs = [c for c in grid.cells if c.row == 0]
    if len(ours) < 2 or [(c.col, c.colspan) for c in ours] != [(c.col, c.colspan) for c in theirs]:
        return False
    same = [a.string == b.string for a, b in zip(ours, theirs, strict=True) if a.lines or b.lines]
    return bool(ours[0].lines) and len(same) > 1 and same[0] and not all(same)


def repeated_head(table: OpenTable, grid: Grid) -> int:
    """How many rows at the top of a part repeat the table's head."""
    rows = 0
    for end in range(1, min(grid.n_rows, 6)):
        ours = [c for c in table.first.cells if c.row < end]
        theirs = [c for c in grid.cells if c.row < end]
        if not _same_rows(ours, theirs, table.first.xs[0] - grid.xs[0]):
            break
        if all(c.row_end <= end for c in theirs) and any(c.lines for c in theirs):
            rows = end
    return rows


def _same_rows(ours: list[GridCell], theirs: list[GridCell], shift: float) -> bool:
    """Cells at the same places with the same texts."""
    return len(ours) == len(theirs) and all(
        (a.row, a.rowspan, a.string) == (b.row, b.rowspan, b.string)
        and abs(a.box.x0 - b.box.x0 - shift) <= _NEAR
        and abs(a.box.x1 - b.box.x1 - shift) <= _NEAR
        for a, b in zip(ours, theirs, strict=True)
    )


def extend(table: OpenTable, grid: Grid, page: int) -> None:
    """Puts a page's part of a table to its end."""
    head = repeated_head(table, grid)
    if head:
        table.header_rows = max(table.header_rows, head)
    xs = table.xs if grid.is_guess else [x - grid.xs[0] for x in grid.xs]
    _widen(table, xs)
    col_of = [min((abs(y - x), i) for i, y in enumerate(table.xs))[1] for x in xs]
    new = [c for c in _cells(grid, page, -head, col_of) if c.row >= 0]
    _sew(table, new, grid.n_rows - head)
    table.parts.append((page, grid.box))


def _widen(table: OpenTable, xs: list[float]) -> None:
    """Takes column rulings that only the new part has into the table."""
    for x in xs:
        if all(abs(x - y) > _NEAR for y in table.xs):
            at = sum(y < x for y in table.xs)
            table.xs.insert(at, x)
            for cell in table.cells:
                if cell.col >= at:
                    cell.col += 1
                elif cell.col + cell.colspan >= at:
                    cell.colspan += 1


def _sew(table: OpenTable, new: list[OpenCell], n_new: int) -> None:
    """Joins the cells on both sides of the page break and appends the others."""
    if not n_new:
        return
    pairs = _pairs(table, new)
    cut = is_cut([p.seam for p in pairs])
    shift = table.n_rows - (1 if cut else 0)
    for cell in new:
        cell.row += shift
    gone: list[OpenCell] = []
    for pair in pairs:
        if cut or runs_on(pair.seam, pair.column_groups):
            pair.upper.rowspan = max(pair.lower.row_end - pair.upper.row, pair.upper.rowspan)
            pair.upper.parts += pair.lower.parts
            pair.upper.placed += pair.lower.placed
            pair.upper.is_open = pair.lower.is_open
            gone.append(pair.lower)
    table.cells += [c for c in new if all(c is not g for g in gone)]
    table.n_rows = shift + n_new


@dataclass(slots=True)
class _Pair:
    upper: OpenCell
    lower: OpenCell
    seam: Seam
    column_groups: bool


def _pairs(table: OpenTable, new: list[OpenCell]) -> list[_Pair]:
    """The cells of the same columns that meet at the page break, from left to right."""
    above = {(c.col, c.colspan): c for c in table.cells if c.row_end == table.n_rows}
    pairs: list[_Pair] = []
    leading = True
    pitch = cell_pitch(c.placed for c in (*table.cells, *new))
    for lower in (c for c in new if c.row == 0):
        leading = leading and not lower.placed
        upper = above.get((lower.col, lower.colspan))
        if upper is not None:
            boxes = upper.parts[-1][1], lower.parts[0][1]
            seam = Seam(
                tuple(upper.placed),
                tuple(lower.placed),
                *boxes,
                upper.rowspan,
                lower.rowspan,
                pitch,
                upper.is_open,
            )
            pairs.append(_Pair(upper, lower, seam, _groups([*table.cells, *new], upper, lower, leading)))
    return pairs


def _groups(cells: list[OpenCell], upper: OpenCell, lower: OpenCell, leading: bool) -> bool:
    """Whether the column groups rows: it has merged cells, and stands left of all that is filled, or has no
    gaps."""
    same = [c for c in cells if (c.col, c.colspan) == (upper.col, upper.colspan)]
    column = [c for c in same if c is not upper and c is not lower]
    has_merged = any(c.rowspan > 1 and c.placed for c in column)
    has_gaps = any(c.rowspan == 1 and not c.placed for c in column)
    return (has_merged or not has_gaps) if leading else (has_merged and not has_gaps)
