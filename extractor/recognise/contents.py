"""A table cut into areas (labels, funds, goals, indicators) and each area read."""

from __future__ import annotations

from dataclasses import dataclass, field

from extractor.document import Table
from extractor.facts import BudgetLine, Figure, Indicator, Subtotal
from extractor.recognise.fields import label_pairs
from extractor.recognise.funds import fund_line, funds_unit, in_funds
from extractor.recognise.goals import goals_below
from extractor.recognise.heads import Heads, fund_heads, goal_heads, indicator_heads, sub_heads
from extractor.recognise.indicators import IndicatorArea
from extractor.recognise.rates import rates_by_values


@dataclass
class Contents:
    """What one table states, by area."""

    fields: dict[str, Figure] = field(default_factory=dict)
    budget: list[BudgetLine] = field(default_factory=list)
    goals: dict[str, Figure] = field(default_factory=dict)
    areas: list[IndicatorArea] = field(default_factory=list)
    unit: str = ""

    @property
    def indicators(self) -> list[Indicator]:
        return [row for area in self.areas for row in rates_by_values(tuple(area.rows))]

    @property
    def subtotals(self) -> list[Subtotal]:
        return [row for area in self.areas for row in area.subtotals]

    @property
    def placeholders(self) -> int:
        return sum(area.placeholders for area in self.areas)

    @property
    def meanings(self) -> set[str]:
        """What the indicator columns mean, over all areas."""
        return {m for area in self.areas for m in area.seen}


def read_table(table: Table, unit: str = "") -> Contents:
    """Read a table row by row; ``unit`` is what its caption says of its figures."""
    contents = Contents(unit=unit)
    row = 0
    while row < table.n_rows:
        row = _read_from(table, row, contents)
    return contents


def _read_from(table: Table, row: int, contents: Contents) -> int:
    """Read the area that begins at a row; returns the row after it."""
    heads = indicator_heads(table, row)
    if heads:
        return _read_indicators(table, heads, contents)
    heads = fund_heads(table, row)
    if heads and in_funds(table, heads.last + 1, heads):
        return _read_funds(table, heads, contents)
    heads = goal_heads(table, row)
    if heads:
        goals, after = goals_below(table, heads)
        for name, goal in goals.items():
            contents.goals.setdefault(name, goal)
        return after
    for name, value in label_pairs(table, row):
        contents.fields.setdefault(name, value)
    return row + 1


def _read_indicators(table: Table, heads: Heads, contents: Contents) -> int:
    area = IndicatorArea(table, heads)
    contents.areas.append(area)
    row = heads.last + 1
    while row < table.n_rows and not area.closed:
        again = indicator_heads(table, row)
        if again:
            if again.meanings == heads.meanings or set(again.printed.values()) == set(heads.printed.values()):
                row = again.last + 1
                continue
            break
        if _other_area(table, row):
            break
        renamed = sub_heads(table, row, heads)
        if renamed:
            area.rename(renamed)
        elif not area.read(row):
            break
        row += 1
    return max(row, heads.last + 1)


def _other_area(table: Table, row: int) -> bool:
    """Whether funds or goals begin at a row; heads of money alone do not end an area (a row may hold a small table)."""
    funds = fund_heads(table, row)
    return bool(funds and in_funds(table, funds.last + 1, funds)) or goal_heads(table, row) is not None


def _read_funds(table: Table, heads: Heads, contents: Contents) -> int:
    row = heads.last + 1
    contents.unit = contents.unit or funds_unit(table, heads)
    while row < table.n_rows and in_funds(table, row, heads):
        line = fund_line(table, row, heads, contents.unit)
        if line:
            contents.budget.append(line)
        row += 1
    return row
