"""Tables over page breaks: parts of one table told and joined, repeated heads dropped."""

from __future__ import annotations

from itertools import takewhile

from .grid import Grid, GridCell
from .open_table import OpenTable, open_cells
from .sewing import sew

_HIGHEST_HEAD = 5  # rows
_NEAR = 4.0  # points by which the same ruling may differ between pages


def continues(table: OpenTable, grid: Grid) -> bool:
    """Whether a page's first table has the same columns as the table that ended the page before."""
    theirs = [x - grid.xs[0] for x in grid.xs]
    if abs(theirs[-1] - table.xs[-1]) > _NEAR:
        return False
    if table.first.is_guess or grid.is_guess:
        return table.first.is_guess and grid.is_guess and len(theirs) == len(table.xs)
    shared = sum(any(abs(x - y) <= _NEAR for y in table.xs[1:-1]) for x in theirs[1:-1])
    fewer = min(len(theirs), len(table.xs)) - 2
    if shared < 0.5 * fewer:
        return False
    return not _begins_anew(table, grid)


def _begins_anew(table: OpenTable, grid: Grid) -> bool:
    """The first row looks like the table's own first row with other content: the next form of the same
    kind."""
    ours, theirs = _row(table.first, 0), _row(grid, 0)
    if len(ours) < 2 or [(c.col, c.colspan) for c in ours] != [(c.col, c.colspan) for c in theirs]:
        return False
    if table.labels() > 1:
        return False  # a label that the table's own rows repeat
    same = [a.string == b.string for a, b in zip(ours, theirs, strict=True) if a.lines or b.lines]
    return bool(ours[0].lines) and len(same) > 1 and same[0] and not all(same)


def repeated_head(table: OpenTable, grid: Grid) -> int:
    """How many rows at the top of a part repeat the table's head."""
    shift = table.first.xs[0] - grid.xs[0]
    rows, reach, filled = 0, 0, False
    for row in range(min(grid.n_rows - 1, _HIGHEST_HEAD)):
        theirs = _row(grid, row)
        if not _same_rows(_row(table.first, row), theirs, shift):
            break
        reach = max([reach, *(c.row_end for c in theirs)])
        filled = filled or any(c.lines for c in theirs)
        if filled and reach <= row + 1:
            rows = row + 1
    return rows


def _row(grid: Grid, row: int) -> list[GridCell]:
    """The cells that begin in a row."""
    return [c for c in takewhile(lambda c: c.row <= row, grid.cells) if c.row == row]


def _same_rows(ours: list[GridCell], theirs: list[GridCell], shift: float) -> bool:
    """Cells at the same places with the same texts."""
    return len(ours) == len(theirs) and all(
        a.rowspan == b.rowspan
        and abs(a.box.x0 - b.box.x0 - shift) <= _NEAR
        and abs(a.box.x1 - b.box.x1 - shift) <= _NEAR
        and a.string == b.string
        for a, b in zip(ours, theirs, strict=True)
    )


def extend(table: OpenTable, grid: Grid, page: int, leaves_open: bool = False) -> None:
    """Puts a page's part of a table to its end; ``leaves_open``: cells cut by a page break have no ruling at their
    foot."""
    head = repeated_head(table, grid)
    if head:
        table.header_rows = max(table.header_rows, head)
    xs = table.xs if grid.is_guess else [x - grid.xs[0] for x in grid.xs]
    for x in xs:
        if all(abs(x - y) > _NEAR for y in table.xs):
            table.widen(x)
    col_of = [min((abs(y - x), i) for i, y in enumerate(table.xs))[1] for x in xs]
    new = [c for c in open_cells(grid, page, -head, col_of) if c.row >= 0]
    sew(table, new, grid.n_rows - head, leaves_open)
    table.parts.append((page, grid.box))
