"""The cells on both sides of a page break in a table, joined or left apart."""

from __future__ import annotations

from dataclasses import dataclass

from .cut_rows import Seam, cell_pitch, is_cut, runs_on
from .open_table import OpenCell, OpenTable


def sew(table: OpenTable, new: list[OpenCell], n_new: int) -> None:
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
    columns: dict[tuple[int, int], list[OpenCell]] = {}
    for cell in (*table.cells, *new):
        columns.setdefault((cell.col, cell.colspan), []).append(cell)
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
            pairs.append(_Pair(upper, lower, seam, _groups(columns[lower.col, lower.colspan], upper, lower, leading)))
    return pairs


def _groups(same: list[OpenCell], upper: OpenCell, lower: OpenCell, leading: bool) -> bool:
    """Whether the column groups rows: it has merged cells, and stands left of all that is filled, or has no
    gaps."""
    column = [c for c in same if c is not upper and c is not lower]
    has_merged = any(c.rowspan > 1 and c.placed for c in column)
    has_gaps = any(c.rowspan == 1 and not c.placed for c in column)
    return (has_merged or not has_gaps) if leading else (has_merged and not has_gaps)
