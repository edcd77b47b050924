"""The funds area: a line for each kind of money, with budget, spending, rate, weight and score."""

from __future__ import annotations

from extractor.document import Table, Text
from extractor.facts import BudgetLine, Figure
from extractor.recognise.figures import figure
from extractor.recognise.heads import Heads
from extractor.recognise.names import squeezed
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import tight, words

_COLUMNS = ("initial", "full_year", "executed", "weight", "rate", "score")
_MONEY = ("initial", "full_year", "executed")


def _label(table: Table, row: int, heads: Heads) -> Text | None:
    """The cell that names a line: the last one left of the first money column that begins in the row."""
    first = min(heads.columns)
    cells = [c for c in table.row(row) if c.row == row and c.col < first and c.text]
    return cells[-1].text if cells else None


def in_funds(table: Table, row: int, heads: Heads) -> bool:
    """Whether a row is a line of the funds area: its label names a kind of money, or the area's first cell covers it."""
    if row >= table.n_rows:
        return False
    label = _label(table, row, heads)
    if label is not None and words("fund-items").meaning(label.flat):
        return True
    side, start = table.at(row, 0), table.at(heads.first, 0)
    return side is not None and side is start and side.rowspan > 1 and label is not None


def funds_unit(table: Table, heads: Heads) -> str:
    """The money unit that the area's side cell or heads name: 项目资金（元）."""
    for row in range(heads.first, min(heads.last + 2, table.n_rows)):
        for cell in table.row(row):
            unit = unit_in_brackets(cell.text.flat)
            if unit:
                return unit
    return ""


def fund_line(table: Table, row: int, heads: Heads, unit: str) -> BudgetLine | None:
    """Read a line of the funds area."""
    label = _label(table, row, heads)
    if label is None:
        return None
    found: dict[str, Figure] = {}
    for name in _COLUMNS:
        columns = heads.of(name)
        cell = table.at(row, columns[0]) if columns else None
        if cell is not None and cell.row == row:
            money = unit if name in _MONEY else ("%" if name == "rate" else "")
            found[name] = figure(cell.text, money)
    printed = squeezed(label.flat)
    item = words("fund-items").meaning(label.flat) or printed
    part = tight(printed).startswith("其中") or item not in ("年度资金总额",)
    anchor = table.at(row, min(heads.columns))
    return BudgetLine(item=item, label=label, part=part, place=anchor.text.home if anchor else label.home, **found)
