"""The goals area: what was expected for the year and what was done, as running text."""

from __future__ import annotations

from extractor.document import Table
from extractor.facts import Figure
from extractor.recognise.figures import said
from extractor.recognise.heads import Heads


def goals_below(table: Table, heads: Heads) -> tuple[dict[str, Figure], int]:
    """The texts in the row below the heads, by ``expected`` and ``actual``; and the row after them."""
    row = heads.last + 1
    goals: dict[str, Figure] = {}
    if row >= table.n_rows:
        return goals, row
    for name in ("expected", "actual"):
        columns = heads.of(name)
        cell = table.at(row, columns[0]) if columns else None
        if cell is not None and cell.row == row:
            goals[name] = said(cell.text)
    return goals, row + 1
