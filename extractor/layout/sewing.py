"""The cells on both sides of a page break in a table, joined or left apart."""

from __future__ import annotations

from typing import NamedTuple

from .cut_rows import Seam, is_cut, runs_on
from .habits import Column
from .open_table import OpenCell, OpenTable


def sew(table: OpenTable, new: list[OpenCell], n_new: int) -> None:
    """Joins the cells on both sides of the page break and appends the others."""
    if not n_new:
        return
    if not table.is_sewn:
        table.is_sewn = True
        table.habits.measure(cell.placed for cell in table.cells)
        table.settle(table.cells)
    table.habits.measure(cell.placed for cell in new)
    pairs = _pairs(table, new)
    cut = is_cut([p.seam for p in pairs])
    shift = table.n_rows - (1 if cut else 0)
    for cell in new:
        cell.row += shift
    gone: set[int] = set()
    for pair in pairs:
        if cut or runs_on(pair.seam, pair.column_groups):
            pair.upper.rowspan = max(pair.lower.row_end - pair.upper.row, pair.upper.rowspan)
            pair.upper.parts += pair.lower.parts
            pair.upper.placed += pair.lower.placed
            pair.upper.is_open = pair.lower.is_open
            gone.add(id(pair.lower))
    added = [c for c in new if id(c) not in gone]
    table.n_rows = shift + n_new
    table.settle([*table.cells, *added])


class _Pair(NamedTuple):
    upper: OpenCell
    lower: OpenCell
    seam: Seam
    column_groups: bool


def _pairs(table: OpenTable, new: list[OpenCell]) -> list[_Pair]:
    """The cells of the same columns that meet at the page break, from left to right."""
    above = {(c.col, c.colspan): c for c in table.cells}
    near: dict[Column, list[OpenCell]] = {}
    for cell in (*table.cells, *new):
        near.setdefault((cell.col, cell.colspan), []).append(cell)
    pairs: list[_Pair] = []
    leading = True
    pitch = table.habits.pitch
    for lower in (c for c in new if c.row == 0):
        leading = leading and not lower.placed
        column = lower.col, lower.colspan
        upper = above.get(column)
        if upper is None:
            continue
        seam = Seam(
            tuple(upper.placed),
            tuple(lower.placed),
            upper.parts[-1][1],
            lower.parts[0][1],
            upper.rowspan,
            lower.rowspan,
            pitch,
            upper.is_open,
        )
        others = [c for c in near[column] if c is not upper and c is not lower]
        pairs.append(_Pair(upper, lower, seam, _groups(table, column, others, leading)))
    return pairs


def _groups(table: OpenTable, column: Column, others: list[OpenCell], leading: bool) -> bool:
    """Whether the column groups rows: it has merged cells, and stands left of all that is filled, or has no
    gaps."""
    habits = table.habits
    has_merged = habits.merged[column] > 0 or any(c.rowspan > 1 and c.placed for c in others)
    has_gaps = habits.gaps[column] > 0 or any(c.rowspan == 1 and not c.placed for c in others)
    return (has_merged or not has_gaps) if leading else (has_merged and not has_gaps)
