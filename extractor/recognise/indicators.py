"""Indicator rows: levels from merged cells, the name, and the fields that the heads give meaning to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import BudgetLine, Figure, Indicator, Level, Subtotal
from extractor.recognise.broken_levels import broken_levels
from extractor.recognise.coded_levels import coded_levels
from extractor.recognise.fields import inline_pairs
from extractor.recognise.figures import figure
from extractor.recognise.heads import LEVELS, Heads
from extractor.recognise.level_rows import level_row, levels_of_rows
from extractor.recognise.name_cells import name_cell
from extractor.recognise.names import Named, named, numbered
from extractor.recognise.outlined_levels import outlined_levels
from extractor.recognise.row_cells import RowCells, place_of_row, weighed_columns
from extractor.recognise.several_in_cell import parted
from extractor.recognise.units import hint_in_name
from extractor.recognise.values import FIGURES, Values
from extractor.vocabulary import tight, words

_CODE = regex.compile(r"[A-Z]\d{1,4}(?:[-.]\d{1,3}){0,3}")
_NOTE_STARTS = tuple(tight(s) for s in ("说明", "注:", "备注", "填表说明", "填报说明", "注1"))


@dataclass
class IndicatorArea:
    """Reads the rows below indicator heads, one after the other."""

    table: Table
    heads: Heads
    rows: list[Indicator] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    projects: dict[str, Text] = field(default_factory=dict)
    funds: dict[str, BudgetLine] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    placeholders: int = 0
    closed: bool = False
    above: list[Text] = field(default_factory=list)
    _last_name: Cell | None = None

    def __post_init__(self) -> None:
        self.seen = self.heads.meanings
        self.printed = dict(self.heads.printed)
        self._look()

    def _look(self) -> None:
        self.values = Values(self.table, self.heads)
        broken, weighed = broken_levels(self.table, self.heads), weighed_columns(self.table, self.heads)
        self.cells = RowCells(self.table, self.heads, self.values, broken, weighed)

    @property
    def block(self) -> Text | None:
        """What names the area (长期绩效指标), if anything does."""
        return self.heads.block

    @property
    def indicators(self) -> list[Indicator]:
        """The rows; where one column holds all names, those that only head others are their levels."""
        levels = {m for m in self.heads.columns.values() if m in LEVELS}
        if len(levels) != 1:
            return self.rows
        coded = coded_levels(self.rows, self.numbers)
        return coded if len(coded) < len(self.rows) else outlined_levels(self.rows, self.numbers)

    def rename(self, heads: Heads) -> None:
        """Go on under other heads (a second head row in mid-table, or a further table)."""
        self.heads = heads.named(self.heads.block)
        self._look()
        self.seen = self.seen | heads.meanings

    def apart(self, row: int) -> bool:
        """Whether a row among the indicators holds labels and values (评价结论 | …)."""
        return self.cells.apart(row)

    def note(self, row: int) -> bool:
        """Whether a row is one cell that states labels and values by itself: 自评总分：96分  等级：优."""
        cells = self.cells.own(row)
        wide = len(cells) == 1 and cells[0].colspan >= self.table.n_cols - 1
        return wide and any(True for _ in inline_pairs(cells[0].text))

    def read(self, row: int) -> bool:
        """Read a row; False if it does not belong to the area (a note, another area)."""
        cells = self.cells.own(row)
        if not cells:
            return True
        if self._is_wide(cells):
            return self._wide(cells[0])
        label = self.cells.sum_label(row, cells)
        if label:
            self.subtotals.append(self.cells.subtotal(row, label))
        else:
            self._add_indicator(row)
        return True

    def _is_wide(self, cells: list[Cell]) -> bool:
        return len(cells) == 1 and cells[0].colspan >= self.table.n_cols - 1

    def _wide(self, cell: Cell) -> bool:
        """A cell over the whole width is a sum, a note or the title of another area: the area ends, unless
        rows follow."""
        if words("rows").meaning(cell.text.flat) not in (None, "level"):
            return True
        self.closed = tight(cell.text.flat).startswith(_NOTE_STARTS)
        if "level1" not in self.heads.meanings and self._begins_below(cell):
            self.above = level_row(cell, self.above)
        return not self.closed and (bool(self.rows) or self._begins_below(cell))

    def _begins_below(self, cell: Cell) -> bool:
        """Whether the first row of indicators follows: the cell names the unit whose rows they are."""
        below = cell.row + cell.rowspan
        while below < self.table.n_rows and (next_ := self.cells.own(below)) and self._is_wide(next_):
            below += 1  # one level's row above another's
        return (
            below < self.table.n_rows
            and self.cells.name(below) is not None
            and len(self.cells.own(below)) > 2
        )

    def _add_indicator(self, row: int) -> None:
        cell = self.cells.name(row)
        if cell is None or (cell.row != row and cell is self._last_name):
            self._continue(row, self.values.row(row))
            return
        values = self.values.row(row, hint_in_name(cell.text.flat))
        if self._is_remark(cell, values):
            return
        self._last_name = cell
        parts = named(cell.text)
        if self._is_placeholder(cell, parts, values):
            self.placeholders += 1
            return
        project = self.cells.project(row)
        if project is not None and project.flat not in self.projects:
            self.projects[project.flat] = project
            money = self.cells.money(row)
            if money is not None:
                self.funds[project.flat] = money
        found = self._indicator(cell, parts, values, row)
        every = parted(replace(found, block=project.flat) if project is not None else found)
        self.rows.extend(every)
        self.numbers.extend([self.cells.number(row)] * len(every))

    def _is_placeholder(self, cell: Cell, parts: Named, values: dict[str, Figure]) -> bool:
        """Whether a row is a template's, left unfilled: no name of its own (指标2：, ……, 数量指标) and
        nothing stated."""
        if not parts.name:
            return True
        meaning = words("rows").meaning
        kind = meaning(cell.text.flat)
        kind = kind if kind is not None or meaning(parts.name) != "placeholder" else "placeholder"
        if kind == "placeholder":
            return all(v.blank or meaning(v.string) == "placeholder" for v in values.values())
        stated = [values[name] for name in FIGURES if name in values]
        higher = self.heads.columns.get(cell.col, "") != max(
            m for m in self.heads.columns.values() if m in LEVELS
        )
        return bool(stated) and all(v.blank for v in stated) and (higher or kind == "level")

    def _indicator(self, cell: Cell, parts: Named, values: dict[str, Figure], row: int) -> Indicator:
        levels = self.cells.levels(row, cell)
        if parts.weight is not None and "weight" not in values:
            values = {**values, "weight": figure(parts.weight)}
        held = name_cell(cell.text, self.printed.get(cell.col, ""), self.heads.meanings)
        if held.level is not None:
            levels = (*levels, Level(named(held.level).name, held.level))
            parts = named(held.name)
        elif held.name is not cell.text:
            parts = parts._replace(name=named(held.name).name)
        more = {"target": held.target, "actual": held.actual}
        values = {**values, **{m: figure(text) for m, text in more.items() if text is not None}}
        fields: dict[str, Any] = dict(values)
        place = place_of_row(row, cell.text.home, cell.row)
        others = self.values.others(row, hint_in_name(cell.text.flat))
        return Indicator(
            parts.name,
            cell.text,
            parts.code or self._coded(row),
            (*levels_of_rows(self.above), *self._parented(parts, cell, levels)),
            others=others,
            place=place,
            **fields,
        )

    def _coded(self, row: int) -> str:
        """The code that a column of its own gives a row (指标编码: C1-3), "" for a plain number."""
        number = self.cells.number(row)
        return number if _CODE.fullmatch(number) else ""

    def _parented(self, parts: Named, cell: Cell, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        """A row numbered 1. 2. … under a row with a code (B3-2) is part of it: that row becomes its last
        level."""
        if parts.code or not numbered(cell.text.flat) or not self.rows:
            return levels
        for above in reversed(self.rows):
            if above.code and above.levels == levels:
                return (*levels, Level(above.name, above.label, above.code, above.weight, above.score))
            if not numbered(above.label.flat):
                break
        return levels

    def _is_remark(self, cell: Cell, values: dict[str, Figure]) -> bool:
        """Whether a row is a remark under the rows (需要说明的问题): in the first level's column, and
        nothing stated."""
        first = min(c for c, m in self.heads.columns.items() if m in LEVELS)
        deeper = any(m in LEVELS and c > first for c, m in self.heads.columns.items())
        known = words("rows").meaning(cell.text.flat)
        return deeper and cell.col <= first and not known and all(v.blank for v in values.values())

    def _continue(self, row: int, values: dict[str, Figure]) -> None:
        """A further row under the same name: what it states fills fields left blank, the rest is a second
        condition; with points of its own it is a row of its own.

        A row may hold a small table of its own (支出 | 预算 | 执行率 over their figures): the figure under
        the
        indicator's own name is its actual value, else the last ratio."""
        if not self.rows:
            return
        last = self.rows[-1]
        if _gives(values.get("weight")) and _gives(last.weight):
            more: dict[str, Any] = {name: values.get(name) for name in FIGURES}
            self.rows.append(replace(last, **more, place=place_of_row(row, last.label.home, row)))
            self.numbers.append(self.cells.number(row))
            return
        under = self.cells.under_own_name(row, last)
        if under is not None:
            values = {**values, "actual": under}
            last = replace(last, actual=None)
        fresh: dict[str, Any] = {
            name: value
            for name, value in values.items()
            if not value.blank and ((old := last.get(name)) is None or old.blank)
        }
        if fresh:
            self.rows[-1] = replace(last, **fresh)


def _gives(points: Figure | None) -> bool:
    return points is not None and points.quantity is not None
