"""The cells on both sides of a page break in a table, joined or left apart."""

from typing import NamedTuple

from .cut_rows import is_cut, runs_on, under_heads
from .habits import Column
from .open_table import OpenCell, OpenTable
from .seams import Seam


def sew(table: OpenTable, new: list[OpenCell], n_new: int, leaves_open: bool = False) -> None:
    """Joins the cells on both sides of the page break and appends the others; ``leaves_open``: those that are cut have
    no ruling at their foot."""
    if not n_new:
        return
    if not table.is_sewn:
        table.is_sewn = True
        table.habits.measure(cell.placed for cell in table.cells)
        table.habits.measure_feet(_feet(table.cells))
        table.settle(table.cells)
    table.habits.measure(cell.placed for cell in new)
    table.habits.measure_feet(_feet(new))
    pairs = _pairs(table, new, leaves_open)
    seams = [pair.seam for pair in pairs]
    goes_on, headed = is_cut(seams), under_heads(seams)
    if (
        headed and not goes_on and all(seam.is_open for seam in seams if seam.is_leaf)
    ):  # no cell differs from the others
        pairs = [pair._replace(seam=pair.seam._replace(is_open=False)) for pair in pairs]
    met = {id(pair.lower) for pair in pairs}
    cut = goes_on and all(id(cell) in met for cell in new if cell.row == 0 and cell.placed)
    shift = table.n_rows - (1 if cut else 0)
    for cell in new:
        cell.row += shift
    gone: set[int] = set()
    for pair in pairs:
        if goes_on or _goes_on(pair, headed):  # a merged cell may be cut where a row begins beside it
            pair.upper.rowspan = max(pair.lower.row_end - pair.upper.row, pair.upper.rowspan)
            pair.upper.parts += pair.lower.parts
            pair.upper.placed += pair.lower.placed
            pair.upper.is_open = pair.lower.is_open
            gone.add(id(pair.lower))
    added = [c for c in new if id(c) not in gone]
    table.n_rows = shift + n_new
    table.settle([*table.cells, *added])


def _feet(cells: list[OpenCell]) -> list[float]:
    """What is left under the lowest line of each row of a page but the last."""
    feet: dict[int, float] = {}
    last = max((cell.row for cell in cells), default=0)
    for cell in cells:
        if cell.placed and cell.rowspan == 1 and cell.row < last:
            left = cell.parts[-1][1].bottom - cell.placed[-1].line.box.bottom
            feet[cell.row] = min(left, feet.get(cell.row, left))
    return list(feet.values())


class _Pair(NamedTuple):
    """Two cells that meet; ``leading``: nothing is filled at the left of the lower one; ``column_groups`` and
    ``is_full`` tell of their column."""

    upper: OpenCell
    lower: OpenCell
    seam: Seam
    leading: bool
    column_groups: bool
    is_full: bool


def _goes_on(pair: _Pair, headed: bool) -> bool:
    """Whether a cell goes on over a new row; of heads that end a page, only what stands at the side of their table."""
    if headed and not pair.seam.is_open and (pair.seam.lower or not pair.leading):
        return False
    return runs_on(pair.seam, pair.column_groups, pair.is_full)


def _pairs(table: OpenTable, new: list[OpenCell], leaves_open: bool) -> list[_Pair]:
    """The cells of the same columns that meet at the page break, from left to right."""
    above = {(c.col, c.colspan): c for c in table.cells}
    near: dict[Column, list[OpenCell]] = {}
    for cell in (*table.cells, *new):
        near.setdefault((cell.col, cell.colspan), []).append(cell)
    pairs: list[_Pair] = []
    leading, parted = True, False
    pitch, foot = table.habits.pitch, table.habits.foot
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
            foot,
            leaves_open and not upper.is_open,
        )
        others = [c for c in near[column] if c is not upper and c is not lower]
        gaps = _has_gaps(table, column, others)
        groups = _groups(table, column, others, leading, gaps) and not parted
        pairs.append(_Pair(upper, lower, seam, leading, groups, not gaps))
        parted = parted or (upper.rowspan > 1 and bool(lower.placed) and not seam.flows)  # a group ends there
    return pairs


def _has_gaps(table: OpenTable, column: Column, others: list[OpenCell]) -> bool:
    """Whether a plain cell of the column is blank."""
    return table.habits.gaps[column] > 0 or any(c.rowspan == 1 and not c.placed for c in others)


def _groups(table: OpenTable, column: Column, others: list[OpenCell], leading: bool, has_gaps: bool) -> bool:
    """Whether the column groups rows: it has merged cells, and stands left of all that is filled, or has no
    gaps."""
    habits = table.habits
    has_merged = habits.merged[column] > 0 or any(c.rowspan > 1 and c.placed for c in others)
    return (has_merged or not has_gaps) if leading else (has_merged and not has_gaps)
