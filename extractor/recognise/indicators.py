"""Indicator rows: levels from merged cells, the name, and the fields that the heads give meaning to."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import Any

from extractor.document import Cell, Place, Table, Text
from extractor.facts import Figure, Indicator, Level, Subtotal
from extractor.recognise.figures import figure
from extractor.recognise.heads import LEVELS, VALUES, Heads
from extractor.recognise.names import Named, glued_target, named, numbered
from extractor.recognise.units import hint_in_name, unit_in_brackets
from extractor.recognise.values import FIGURES, Values
from extractor.vocabulary import bare, tight, words

_NOTE_STARTS = tuple(tight(s) for s in ("说明", "注:", "备注", "填表说明", "填报说明", "注1"))


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
        self.values = Values(self.table, self.heads)

    @property
    def block(self) -> Text | None:
        """What names the area (长期绩效指标), if anything does."""
        return self.heads.block

    def rename(self, heads: Heads) -> None:
        """Go on under other heads (a second head row in mid-table, or a further table)."""
        self.heads = heads.named(self.heads.block)
        self.values = Values(self.table, self.heads)
        self.seen = self.seen | heads.meanings

    def apart(self, row: int) -> bool:
        """Whether a row among the indicators holds labels and values (评价结论 | …): a text over columns that differ."""
        cells = self._own(row)
        if len(cells) < 2 or self._sum_label(row, cells):
            return False
        meanings = [self._covered(cell) for cell in cells]
        named_itself = any(
            m and m <= set(LEVELS) and c.col + c.colspan - 1 >= self._name_col
            for c, m in zip(cells, meanings, strict=True)
        )
        for covered in meanings:
            over = covered & VALUES
            if len(over) >= 2 and not (named_itself and over == {"target", "actual"}):
                return True
            if over and covered & set(LEVELS):
                return True
        return False

    def read(self, row: int) -> bool:
        """Read a row; False if it does not belong to the area (a note, another area)."""
        cells = self._own(row)
        if not cells:
            return True
        if len(cells) == 1 and cells[0].colspan >= self.table.n_cols - 1:
            return self._wide(cells[0], row)
        label = self._sum_label(row, cells)
        if label:
            self._add_subtotal(row, label)
        else:
            self._add_indicator(row)
        return True

    @property
    def _name_col(self) -> int:
        return max(c for c, m in self.heads.columns.items() if m in LEVELS)

    def _own(self, row: int) -> list[Cell]:
        return [c for c in self.table.row(row) if c.row == row and c.text]

    def _covered(self, cell: Cell) -> set[str]:
        """What the columns under a cell mean."""
        span = range(cell.col, cell.col + cell.colspan)
        return {self.heads.columns[c].partition(":")[0] for c in span if c in self.heads.columns}

    def _wide(self, cell: Cell, row: int) -> bool:
        """A cell over the whole width is a sum, a note or the title of another area: the area ends, unless rows follow."""
        if words("rows").meaning(cell.text.flat):
            return True
        self.closed = tight(cell.text.flat).startswith(_NOTE_STARTS)
        return not self.closed and bool(self.rows)

    def _sum_label(self, row: int, cells: list[Cell]) -> Text | None:
        """The label of a sum row (小计, 合计, 总分): among the cells that begin in this row, left of the figures."""
        values = [c for c, m in self.heads.columns.items() if m in FIGURES]
        stop = min(values, default=self.table.n_cols)
        for cell in cells:
            meaning = words("rows").meaning(cell.text.flat)
            if meaning in ("grand", "subtotal") and (cell.col <= stop or cell is cells[0]):
                return cell.text
        return None

    def _add_subtotal(self, row: int, label: Text) -> None:
        grand = words("rows").meaning(label.flat) == "grand"
        found = {name: self.values.of(row, name) for name in ("weight", "score")}
        if (
            found["weight"] is not None
            and found["score"] is not None
            and self.values.shared(row, "weight", "score")
        ):
            found["weight"] = None
        if found["weight"] is None and found["score"] is None:
            found = self._loose_sums(row, label)
        self.subtotals.append(
            Subtotal(label, found["weight"], found["score"], grand, self._place(row, label.home, row))
        )

    def _loose_sums(self, row: int, label: Text) -> dict[str, Figure | None]:
        """Weight and score of a sum row whose cells are merged past their columns: its figures in order."""
        figures = [figure(c.text) for c in self.table.row(row) if c.row == row and c.text is not label]
        numbers = [f for f in figures if f.quantity and f.quantity.unit in ("", "分")]
        names = [n for n in ("weight", "score") if self.heads.of(n)]
        return {"weight": None, "score": None, **dict(zip(names, numbers, strict=False))}

    def _add_indicator(self, row: int) -> None:
        cell = self._name_cell(row)
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
        self.rows.append(self._indicator(cell, parts, values, row))

    def _is_placeholder(self, cell: Cell, parts: Named, values: dict[str, Figure]) -> bool:
        """Whether a row is a template's, left unfilled: no name of its own (指标2：, ……, 数量指标) and nothing stated."""
        if not parts.name:
            return True
        meaning = words("rows").meaning
        kind = meaning(cell.text.flat)
        if kind == "placeholder":
            return all(v.blank or meaning(v.string) == "placeholder" for v in values.values())
        stated = [values[name] for name in FIGURES if name in values]
        higher = self.heads.columns.get(cell.col, "") != max(
            m for m in self.heads.columns.values() if m in LEVELS
        )
        return bool(stated) and all(v.blank for v in stated) and (higher or kind == "level")

    def _indicator(self, cell: Cell, parts: Named, values: dict[str, Figure], row: int) -> Indicator:
        levels = self._levels(row, cell)
        if parts.weight is not None and "weight" not in values:
            values = {**values, "weight": figure(parts.weight)}
        glued = glued_target(cell.text) if "target" not in self.heads.columns.values() else None
        if glued is not None:
            values = {**values, "target": figure(glued[1])}
            parts = parts._replace(name=named(glued[0]).name)
        fields: dict[str, Any] = dict(values)
        place = self._place(row, cell.text.home, cell.row)
        others = self.values.others(row, hint_in_name(cell.text.flat))
        return Indicator(
            parts.name,
            cell.text,
            parts.code,
            self._parented(parts, cell, levels),
            others=others,
            place=place,
            **fields,
        )

    def _parented(self, parts: Named, cell: Cell, levels: tuple[Level, ...]) -> tuple[Level, ...]:
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
        known = words("rows").meaning(cell.text.flat)
        return deeper and cell.col <= first and not known and all(v.blank for v in values.values())

    def _continue(self, row: int, values: dict[str, Figure]) -> None:
        """A further row under the same name: what it states fills fields left blank, the rest is a second condition.

        A row may hold a small table of its own (支出 | 预算 | 执行率 over their figures): the figure under the
        indicator's own name is its actual value, else the last ratio."""
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
        ratio = None
        for cell in self._own(row):
            above = self.table.at(row - 1, cell.col)
            if above is None or above.row != row - 1 or figure(above.text).quantity or not above.text:
                continue
            value = figure(cell.text, unit_in_brackets(above.text.flat))
            head, name = bare(above.text.flat), bare(last.name)
            if value.quantity and (head in name or name in head):
                return value
            if value.quantity and value.quantity.dimension == "ratio":
                ratio = value
        return ratio if self._names_only(last) else None

    def _names_only(self, last: Indicator) -> bool:
        """Whether the row above holds several names where its actual value should stand."""
        cols = self.heads.of("actual")
        return len(cols) > 1 and last.actual is not None and not any(c.isdigit() for c in last.actual.string)

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
        first = self.heads.last + 1
        for level in ("project", *LEVELS):
            for col in [c for c, m in sorted(self.heads.columns.items()) if m == level][:1]:
                cell, first = self._level_cell(row, col, first)
                if cell is None or cell is name or not cell.text or col >= name.col:
                    continue
                if levels and levels[-1].text is cell.text:
                    continue
                parts = named(cell.text)
                weight = (
                    figure(parts.weight)
                    if parts.weight
                    else self.values.of(row, f"weight:{level}", merged=True)
                )
                score = self.values.of(row, f"score:{level}", merged=True)
                levels.append(Level(parts.name, cell.text, parts.code, weight, score))
        return tuple(levels)

    def _level_cell(self, row: int, col: int, first: int) -> tuple[Cell | None, int]:
        """A level's cell at a row, or above it where the levels are not merged but left blank; no higher than
        ``first``, where the level above it begins. And the row at which it begins."""
        for above in range(row, first - 1, -1):
            cell = self.table.at(above, col)
            if cell is not None and cell.text:
                return cell, max(first, cell.row)
            if cell is not None and cell.rowspan > 1:
                break
        return None, first

    def _place(self, row: int, home: Place, start: int) -> Place:
        """Where a row stands: a name's cell begins at ``start``, and the table may be a part of the one printed."""
        printed = row if home.row is None else home.row + row - start
        return Place(
            page=home.page, box=home.box, part=home.part, table=home.table, row=printed, parts=home.parts
        )
