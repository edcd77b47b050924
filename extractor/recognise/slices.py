"""A table that holds several forms, one under the other, cut into a table for each."""

from __future__ import annotations

from itertools import pairwise

from extractor.document import Cell, Table
from extractor.recognise.columns import indicator_heads
from extractor.recognise.titles import title_kind
from extractor.vocabulary import words

_NEAR = 4
_FORMS = ("self_evaluation", "target_declaration", "monitoring")


def slices(table: Table) -> list[Table]:
    """The table itself, or its parts: one begins at the title of a form, or where a project is named anew."""
    cuts = _cuts(table)
    if not cuts:
        return [table]
    edges = [0, *cuts, table.n_rows]
    return [_part(table, a, b) for a, b in pairwise(edges) if b > a]


def _cuts(table: Table) -> list[int]:
    """The rows at which a further form begins."""
    cuts: list[int] = []
    rows_above = False
    start = 0
    for row in range(table.n_rows):
        title = _is_title(table, row)
        again = rows_above and (title or _names_project(table, row))
        if again or (title and _project_follows(table, row)):
            cuts.append(max(start, _first_lone(table, row)))
            rows_above, start = False, row
        elif not rows_above and indicator_heads(table, row):
            rows_above = True
    return cuts


def _is_title(table: Table, row: int) -> bool:
    cell = lone_cell(table, row)
    return cell is not None and title_kind(cell.text.flat) in _FORMS


def _project_follows(table: Table, row: int) -> bool:
    """Whether a project is named in the rows just below a title: the title is a form's, not a part's of
    it."""
    return any(_names_project(table, r) for r in range(row + 1, min(row + 1 + _NEAR, table.n_rows)))


def _names_project(table: Table, row: int) -> bool:
    """Whether a row begins with the label 项目名称 and a value beside it."""
    own = [c for c in table.row(row) if c.row == row]
    if len(own) < 2 or words("labels").meaning(own[0].text.flat) != "项目名称":
        return False
    return words("labels").meaning(own[1].text.flat) is None and not indicator_heads(table, row)


def _first_lone(table: Table, row: int) -> int:
    """The first of the rows of one cell that stand directly above a row: the title and the year of its
    form."""
    first = row
    while first > 0 and (cell := lone_cell(table, first - 1)) is not None and len(cell.text) <= 40:
        first -= 1
    return first


def lone_cell(table: Table, row: int) -> Cell | None:
    """The cell of a row over the whole width or with nothing beside it, if there is text in it."""
    cell = table.at(row, 0)
    if cell is None or cell.row != row or not cell.text:
        return None
    alone = all(c is cell or (not c.text and c.row == row) for c in table.row(row))
    return cell if alone and words("labels").meaning(cell.text.flat) is None else None


def _part(table: Table, first: int, end: int) -> Table:
    """The rows from ``first`` up to ``end`` as a table of their own; cells keep their places."""
    cells = []
    for cell in table.cells:
        top, bottom = max(cell.row, first), min(cell.row + cell.rowspan, end)
        if top < bottom:
            cells.append(cell._replace(row=top - first, rowspan=bottom - top))
    place = table.place._replace(row=_printed_row(table, first))
    return Table(table.number, tuple(cells), end - first, table.n_cols, 0, table.caption, table.unit, place)


def _printed_row(table: Table, row: int) -> int:
    """The row of the printed table that a row is."""
    cell = table.at(row, 0)
    home = cell.text.home.row if cell is not None else None
    return row if cell is None or home is None else home + row - cell.row
