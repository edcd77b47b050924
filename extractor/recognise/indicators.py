"""Indicator rows: levels from merged cells, the name, and the fields that the heads give meaning to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from extractor.document import Cell, Place, Table, Text, join
from extractor.facts import Figure, Indicator, Level, Subtotal
from extractor.recognise.figures import figure, said
from extractor.recognise.heads import LEVELS, Heads
from extractor.recognise.names import Named, named, numbered
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import bare, tight, words

_FIGURES = ("target", "actual", "weight", "score", "rate")
_TEXTS = ("explanation", "rule", "source", "deviation", "note")
_NOTE_STARTS = ("说明", "注:", "注：", "备注", "填表说明", "填报说明", "注1", "注１")


@dataclass
class IndicatorArea:
    """Reads the rows below indicator heads, one after the other."""

    table: Table
    heads: Heads
    rows: list[Indicator] = field(default_factory=list)
    subtotals: list[Subtotal] = field(default_factory=list)
    placeholders: int = 0
    closed: bool = False
    _last_name: Cell | None = None

    def __post_init__(self) -> None:
        self.seen = self.heads.meanings
        self.printed = dict(self.heads.printed)

    def rename(self, heads: Heads) -> None:
        """Go on under other heads (a second head row in mid-table)."""
        self.heads = heads
        self.seen = self.seen | heads.meanings

    def read(self, row: int) -> bool:
        """Read a row; False if it does not belong to the area (a note, another area)."""
        cells = [c for c in self.table.row(row) if c.row == row and c.text]
        if not cells:
            return True
        if len(cells) == 1 and cells[0].colspan >= self.table.n_cols - 1:
            return self._wide(cells[0])
        label = self._sum_label(row, cells)
        if label:
            self._add_subtotal(row, label)
        else:
            self._add_indicator(row)
        return True

    def _wide(self, cell: Cell) -> bool:
        """A cell over the whole width is a note or the title of another area: the area ends, unless rows follow."""
        self.closed = tight(cell.text.flat).startswith(tuple(tight(s) for s in _NOTE_STARTS))
        return not self.closed and bool(self.rows)

    def _sum_label(self, row: int, cells: list[Cell]) -> Text | None:
        """The label of a sum row (小计, 合计, 总分): among the cells that begin in this row, left of the figures."""
        values = [c for c in self.heads.columns if self.heads.columns[c] in _FIGURES]
        stop = min(values, default=self.table.n_cols)
        for cell in cells:
            meaning = words("rows").meaning(cell.text.flat)
            if meaning in ("grand", "subtotal") and (cell.col <= stop or cell is cells[0]):
                return cell.text
        return None

    def _add_subtotal(self, row: int, label: Text) -> None:
        grand = words("rows").meaning(label.flat) == "grand"
        found = {name: self._value(row, name) for name in ("weight", "score")}
        if found["weight"] is None and found["score"] is None:
            found = self._loose_sums(row, label)
        self.subtotals.append(
            Subtotal(label, found["weight"], found["score"], grand, self._place(row, label.home))
        )

    def _loose_sums(self, row: int, label: Text) -> dict[str, Figure | None]:
        """Weight and score of a sum row whose cells are merged past their columns: its figures in order."""
        figures = [figure(c.text) for c in self.table.row(row) if c.row == row and c.text is not label]
        numbers = [f for f in figures if f.quantity and f.quantity.unit in ("", "分")]
        names = [n for n in ("weight", "score") if self.heads.of(n)]
        return {"weight": None, "score": None, **dict(zip(names, numbers, strict=False))}

    def _add_indicator(self, row: int) -> None:
        cell = self._name_cell(row)
        values = self._values(row)
        if cell is None or (cell.row != row and cell is self._last_name):
            self._continue(row, values)
            return
        if self._is_remark(cell, values):
            return
        self._last_name = cell
        parts = named(cell.text)
        if not parts.name or words("rows").meaning(cell.text.flat) == "placeholder":
            blank = all(v.blank or words("rows").meaning(v.string) == "placeholder" for v in values.values())
            if blank or not parts.name:
                self.placeholders += 1
                return
        levels = self._levels(row, cell)
        self.rows.append(self._indicator(cell, parts, levels, values, row))

    def _indicator(
        self, cell: Cell, parts: Named, levels: tuple[Level, ...], values: dict[str, Figure], row: int
    ) -> Indicator:
        if parts.weight is not None and "weight" not in values:
            values = {**values, "weight": figure(parts.weight)}
        fields: dict[str, Any] = dict(values)
        place = self._place(row, cell.text.home)
        return Indicator(parts.name, cell.text, parts.code, self._parented(cell, parts, levels), place=place, **fields)

    def _parented(self, cell: Cell, parts: Named, levels: tuple[Level, ...]) -> tuple[Level, ...]:
        """A row numbered 1. 2. … under a row with a code (B3-2) is part of it: that row becomes its last level."""
        if parts.code or not numbered(cell.text.flat) or not self.rows:
            return levels
        for above in reversed(self.rows):
            if above.code and above.levels == levels:
                return (*levels, Level(above.name, above.label, above.code, above.weight, above.score))
            if not numbered(above.label.flat):
                break
        return levels

    def _is_remark(self, cell: Cell, values: dict[str, Figure]) -> bool:
        """Whether a row is a remark under the rows (需要说明的问题): in the first level's column, and nothing stated."""
        first = min(c for c, m in self.heads.columns.items() if m in LEVELS)
        deeper = any(m in LEVELS and c > first for c, m in self.heads.columns.items())
        return deeper and cell.col <= first and all(v.blank for v in values.values())

    def _continue(self, row: int, values: dict[str, Figure]) -> None:
        """A further row under the same name: what it states fills fields left blank, the rest is a second condition.

        A row may hold a small table of its own (支出 | 预算 | 执行率 over their figures): the figure under the
        indicator's own name is its actual value."""
        if not self.rows:
            return
        last = self.rows[-1]
        under = self._under_own_name(row, last)
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

    def _under_own_name(self, row: int, last: Indicator) -> Figure | None:
        for cell in self.table.row(row):
            above = self.table.at(row - 1, cell.col)
            if cell.row == row and above is not None and bare(above.text.flat) and bare(above.text.flat) in bare(last.name):
                value = figure(cell.text, unit_in_brackets(above.text.flat))
                if value.quantity:
                    return value
        return None

    def _name_cell(self, row: int) -> Cell | None:
        """The deepest level's cell that has text; a level cell merged over this row counts only if nothing is deeper."""
        for level in reversed(LEVELS):
            for col in reversed([c for c, m in self.heads.columns.items() if m == level]):
                cell = self.table.at(row, col)
                if cell is not None and cell.text:
                    return cell if not self._is_upper(cell, level, row) else None
        return None

    def _is_upper(self, cell: Cell, level: str, row: int) -> bool:
        """Whether a cell is a level's, not a row's name: a deeper level exists in the heads and the cell runs on."""
        deeper = [m for m in self.heads.columns.values() if m in LEVELS and m > level]
        return bool(deeper) and cell.row != row and cell.rowspan > 1

    def _levels(self, row: int, name: Cell) -> tuple[Level, ...]:
        levels: list[Level] = []
        for level in LEVELS:
            for col in [c for c, m in sorted(self.heads.columns.items()) if m == level][:1]:
                cell = self.table.at(row, col)
                if cell is None or cell is name or not cell.text or col >= name.col:
                    continue
                parts = named(cell.text)
                weight = figure(parts.weight) if parts.weight else self._value(row, f"weight:{level}", True)
                score = self._value(row, f"score:{level}", True)
                levels.append(Level(parts.name, cell.text, parts.code, weight, score))
        return tuple(levels)

    def _values(self, row: int) -> dict[str, Figure]:
        found = {}
        for name in (*_FIGURES, *_TEXTS):
            value = self._value(row, name)
            if value is not None:
                found[name] = value
        return found

    def _value(self, row: int, meaning: str, merged: bool = False) -> Figure | None:
        """The figure in a meaning's columns; cells merged from above count only if asked for."""
        cells: list[Cell] = []
        for col in self.heads.of(meaning):
            cell = self.table.at(row, col)
            if cell is not None and cell not in cells and (merged or cell.row == row):
                cells.append(cell)
        if not cells:
            return None
        text = join([c.text for c in cells]) if len(cells) > 1 else cells[0].text
        if meaning in _TEXTS:
            return said(text)
        return self._with_measure(row, meaning, text)

    def _with_measure(self, row: int, meaning: str, text: Text) -> Figure:
        """A figure with what other columns say of it: the operator's and the unit's columns."""
        unit = ""
        if meaning in ("target", "actual"):
            col = self.heads.of("measure")
            cell = self.table.at(row, col[0]) if col else None
            unit = cell.text.flat if cell else ""
        heads = self.heads.units
        return figure(text, unit or (heads.get(self.heads.of(meaning)[0], "") if self.heads.of(meaning) else ""))

    def _place(self, row: int, home: Place) -> Place:
        return Place(page=home.page, box=home.box, part=home.part, table=home.table, row=row, parts=home.parts)
