"""The cells of a row under indicator heads: which of them is the name, which levels stand above it, what
they cover."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Place, Table, Text
from extractor.facts import BudgetLine, Figure, Indicator, Level, Subtotal
from extractor.recognise.broken_levels import Whole
from extractor.recognise.fields import inline_pairs
from extractor.recognise.figures import figure
from extractor.recognise.funds import TOTAL, line_of
from extractor.recognise.heads import LEVELS, VALUES, Heads
from extractor.recognise.names import bare_weight, named
from extractor.recognise.units import unit_in_brackets
from extractor.recognise.values import FIGURES, Values
from extractor.vocabulary import bare, words

_WEIGHED = regex.compile(r"权重|分值|分数")
_OPINION = regex.compile(r"[一-鿿（）()、]{2,20}(?:意见|签章|签字|盖章)(?:[（(][^（）()]{1,10}[)）])?[:：]?")
_SIGNED = ("联系人", "项目负责人", "单位负责人", "填表人", "联系电话", "评价时间", "绩效等级")


@dataclass(frozen=True, slots=True)
class RowCells:
    """Looks at the rows of a table under the heads of an area."""

    table: Table
    heads: Heads
    values: Values
    broken: Mapping[tuple[int, int], Whole] = field(default_factory=dict)
    weighed: frozenset[int] = frozenset()

    def own(self, row: int) -> list[Cell]:
        """The cells with text that begin in a row."""
        return [c for c in self.table.row(row) if c.row == row and c.text]

    def apart(self, row: int) -> bool:
        """Whether a row among the indicators holds labels and values (评价结论 | …): a text over columns
        that differ."""
        cells = self.own(row)
        if len(cells) < 2 or self.sum_label(row, cells):
            return False
        if words("labels").meaning(cells[0].text.flat) in _SIGNED or _OPINION.fullmatch(cells[0].text.flat):
            return True
        if all(any(True for _ in inline_pairs(cell.text)) for cell in cells):
            return True
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

    @property
    def _name_col(self) -> int:
        return max(c for c, m in self.heads.columns.items() if m in LEVELS)

    def _covered(self, cell: Cell) -> set[str]:
        """What the columns under a cell mean."""
        span = range(cell.col, cell.col + cell.colspan)
        return {self.heads.columns[c].partition(":")[0] for c in span if c in self.heads.columns}

    def sum_label(self, row: int, cells: list[Cell]) -> Text | None:
        """The label of a sum row (小计, 合计, 总分): among the cells that begin in this row, left of the
        figures."""
        values = [c for c, m in self.heads.columns.items() if m in FIGURES]
        stop = min(values, default=self.table.n_cols)
        labels = [
            cell
            for cell in cells
            if words("rows").meaning(cell.text.flat) in ("grand", "subtotal")
            and (cell.col <= stop or cell is cells[0] or self.heads.columns.get(cell.col) in LEVELS)
        ]
        own = [cell for cell in labels if cell.col >= min(self.heads.columns)]
        return next((cell.text for cell in (*own, *labels)), None)

    def subtotal(self, row: int, label: Text) -> Subtotal:
        """The sum row under its label; a cell merged over weight and score is the score."""
        weight, score = (
            None if value is not None and value.text == label else value
            for value in (self.values.of(row, "weight"), self.values.of(row, "score"))
        )
        if weight is not None and score is not None and self.values.shared(row, "weight", "score"):
            weight = None
        if weight is None and score is None:
            weight, score = self._loose_sums(row, label)
        told = self._sum_of_names(row, label)
        if weight is None and told is not None and (score is None or told.text != score.text):
            weight = told
        grand = words("rows").meaning(label.flat) == "grand"
        return Subtotal(label, weight, score, grand, place_of_row(row, label.home, row))

    def _sum_of_names(self, row: int, label: Text) -> Figure | None:
        """The points that a sum row states below names that give theirs: 合计 | | 100."""
        if "weight" in self.heads.meanings:
            return None
        cells = [c for c in self.own(row) if c.text is not label and self.heads.columns.get(c.col) in LEVELS]
        found = [f for c in cells if (f := figure(c.text)).quantity and f.quantity.unit in ("", "分")]
        return found[0] if len(found) == 1 else None

    def _loose_sums(self, row: int, label: Text) -> tuple[Figure | None, Figure | None]:
        """Weight and score of a sum row whose cells are merged past their columns: its figures in order."""
        figures = [figure(c.text) for c in self.own(row) if c.text is not label]
        numbers = [f for f in figures if f.quantity and f.quantity.unit in ("", "分")]
        names = [n for n in ("weight", "score") if self.heads.of(n)]
        found = dict(zip(names, numbers, strict=False))
        return found.get("weight"), found.get("score")

    def name(self, row: int) -> Cell | None:
        """The deepest level's cell that has text; a level cell merged over this row counts only if nothing
        is deeper."""
        for level in reversed(LEVELS):
            for col in reversed([c for c, m in self.heads.columns.items() if m == level]):
                cell = self.table.at(row, col)
                if cell is not None and cell.text:
                    return cell if not self._is_upper(cell, level, row) else None
        return None

    def _is_upper(self, cell: Cell, level: str, row: int) -> bool:
        """Whether a cell is a level's, not a row's name: a deeper level exists in the heads and the cell
        runs on."""
        deeper = [m for m in self.heads.columns.values() if m in LEVELS and m > level]
        return bool(deeper) and cell.row != row and cell.rowspan > 1

    def levels(self, row: int, name: Cell) -> tuple[Level, ...]:
        """The levels above a name, the uppermost first."""
        levels: list[Level] = []
        first = self.heads.last + 1
        own = self.heads.columns.get(name.col, "")
        columns = sorted(
            (m, c) for c, m in self.heads.columns.items() if m in LEVELS and (c < name.col or m < own)
        )
        for level, col in columns:
            cell, first = self._level_cell(row, col, first)
            if cell is not None and cell is not name and not (levels and levels[-1].text is cell.text):
                levels.append(self._level(row, cell, level))
        return tuple(levels)

    def project(self, row: int) -> Text | None:
        """The project that a row belongs to, in a table that names many in a column of its own."""
        col = next((c for c, m in sorted(self.heads.columns.items()) if m == "project"), None)
        cell = self._level_cell(row, col, self.heads.last + 1)[0] if col is not None else None
        return cell.text if cell is not None else None

    def number(self, row: int) -> str:
        """What a column of numbers (序号, 编号) says of a row, "" if none does."""
        columns = self.heads.of("number")
        cell = self.table.at(row, columns[0]) if columns else None
        return cell.text.flat if cell is not None and cell.row == row else ""

    def money(self, row: int) -> BudgetLine | None:
        """The budget that stands beside a project's name in such a table, None if none does."""
        found: dict[str, Figure] = {}
        label: Text | None = None
        for col, meaning in sorted(self.heads.columns.items()):
            cell, head = self.table.at(row, col), self.table.at(max(self.heads.last, 0), col)
            if meaning.startswith("money:") and cell is not None and cell.row == row and head is not None:
                label = label or head.text
                found[meaning.partition(":")[2]] = figure(cell.text, self.heads.units.get(col, ""))
        return line_of(label, found, TOTAL) if label is not None else None

    def _level(self, row: int, cell: Cell, level: str) -> Level:
        """A level with the weight in its label (产出指标（50分）), else in the column beside it."""
        parts = named(cell.text)
        if parts.weight is None and (cell.col in self.weighed or _WEIGHED.search(self.heads.label(level))):
            parts = bare_weight(cell.text)
        beside = self.values.of(row, f"weight:{level}", merged=True)
        weight = figure(parts.weight) if parts.weight else beside
        score = self.values.of(row, f"score:{level}", merged=True)
        return Level(parts.name, cell.text, parts.code, weight, score)

    def _level_cell(self, row: int, col: int, first: int) -> tuple[Cell | None, int]:
        """A level's cell at a row, or above it where the levels are not merged but left blank; no higher than
        ``first``, where the level above it begins. And the row at which it begins."""
        for above in range(row, first - 1, -1):
            cell = self.table.at(above, col)
            if cell is not None and cell.text:
                whole = self.broken.get((above, col))
                if whole is not None:
                    return cell._replace(text=whole.text), max(first, whole.row)
                return cell, max(first, cell.row)
            if cell is not None and cell.rowspan > 1:
                break
        return None, first

    def under_own_name(self, row: int, last: Indicator) -> Figure | None:
        """The figure below the indicator's own name, else the last ratio below several names."""
        ratio = None
        for cell in self.own(row):
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


def weighed_columns(table: Table, heads: Heads) -> frozenset[int]:
    """The columns of levels in which every name, of two at least, ends with its points in brackets: 项目决策（15）."""
    levels = sorted(c for c, m in heads.columns.items() if m in LEVELS)[:-1]
    found = set()
    for col in levels:
        cells = {
            id(c): c for row in range(heads.last + 1, table.n_rows) if (c := table.at(row, col)) is not None
        }
        names = [c.text for c in cells.values() if c.text and c.col == col and c.colspan == 1]
        if len(names) > 1 and all(bare_weight(text).weight is not None for text in names):
            found.add(col)
    return frozenset(found)


def place_of_row(row: int, home: Place, start: int) -> Place:
    """Where a row stands: a name's cell begins at ``start``, and the table may be a part of the one
    printed."""
    printed = row if home.row is None else home.row + row - start
    return Place(
        page=home.page, box=home.box, part=home.part, table=home.table, row=printed, parts=home.parts
    )
