"""Funds written as labels and values (资金总额 | 100 | 其中：财政拨款 | 90), with the kinds of money as
columns, or in one text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import BudgetLine, Figure
from extractor.quantity import read
from extractor.recognise.figures import figure
from extractor.recognise.funds import TOTAL, item_of, known_item, line_of, money_figure
from extractor.recognise.money_heads import spent_so_far
from extractor.recognise.units import money_unit
from extractor.vocabulary import tight, words

_LOOSE = frozenset({"合计", "总计", "其他", "其它", "总额", "总金额", "中央", "省", "市", "县", "本级"})
_WHOLE_PERIOD = ("实施期", "中期", "长期", "周期", "项目周期")
_AMOUNT = regex.compile(r"(?P<label>[一-鿿]{2,10})\s*[:：]?\s*(?P<amount>\d[\d,，.]*\s*(?:万元|亿元|元)?)")
_MONEY_SIDE = regex.compile(r"资金|预算")
_LONGEST = 1000
_SPENDING = {"initial", "full_year", "executed", "rate", "weight", "score"}


@dataclass
class PairedFunds:
    """Gathers lines from rows of label/value pairs; a label that comes twice in a row has budget, then
    spending."""

    table: Table
    unit: str = ""
    labels: dict[str, Text] = field(default_factory=dict)
    found: dict[str, dict[str, Figure]] = field(default_factory=dict)
    _period_cols: set[int] = field(default_factory=set)

    def lines(self) -> list[BudgetLine]:
        return [line_of(self.labels[item], found, item) for item, found in self.found.items()]

    def read(self, row: int) -> bool:
        """Read a row; False if it is none of pairs about money."""
        side = self.table.at(row, 0)
        beside = side is not None and side.rowspan > 1 and bool(_MONEY_SIDE.search(side.text.flat))
        pairs = list(_pairs(self.table, row, open_names=beside and bool(self.found)))
        about_money = beside or bool(self.found) or (side is not None and "资金" in side.text.flat)
        if not pairs or not (about_money or any(_certain(label) for label, _, _ in pairs) or _spent(pairs)):
            return False
        self.unit = self.unit or next(
            filter(None, (money_unit(c.text.flat) for c in self.table.row(row))), ""
        )
        taken: set[str] = set()
        for label, column, value in pairs:
            self._take(label, column, value, taken)
        return True

    def _take(self, label: Cell, column: str, value: Cell, taken: set[str]) -> None:
        if tight(label.text.flat).startswith(_WHOLE_PERIOD):
            self._period_cols.add(label.col)
        if label.col in self._period_cols:
            return
        item = TOTAL if column else item_of(label.text.flat)
        name = column or ("executed" if item in taken else "full_year")
        taken.add(item)
        self.labels.setdefault(item, label.text)
        self.found.setdefault(item, {}).setdefault(name, money_figure(value.text, name, self.unit))


def _pairs(table: Table, row: int, open_names: bool = False) -> Iterator[tuple[Cell, str, Cell]]:
    """The label, the money column that it names ("" for a kind of money) and the value of each pair in a
    row; with ``open_names`` any words before an amount name a kind of money."""
    cells = [c for c in table.row(row) if c.row == row]
    position = 0
    while position + 1 < len(cells):
        label, value = cells[position], cells[position + 1]
        column = _column(label)
        named = column or known_item(label.text.flat) or (open_names and _is_name(label) and bool(value.text))
        if named and _is_amount(value) and not (not column and _many_follow(cells[position + 1 :])):
            yield label, column, value
            position += 2
        else:
            position += 1


def _many_follow(cells: list[Cell]) -> bool:
    """Whether three amounts stand side by side: a line of a list (2021年决算 | 2022年预算 | 2022年决算)."""
    run = [c for c in cells[:3] if c.text and _is_amount(c)]
    return len(run) == 3


def _column(label: Cell) -> str:
    meaning = spent_so_far(label.text.flat) or words("funds").meaning(label.text.flat)
    return meaning if meaning in _SPENDING else ""


def _is_name(label: Cell) -> bool:
    """Whether a cell may name a kind of money: words of its own, no figure and no side cell."""
    return label.rowspan == 1 and bool(label.text) and figure(label.text).quantity is None


def _is_amount(cell: Cell) -> bool:
    return not cell.text or figure(cell.text).quantity is not None or cell.text.flat in ("/", "-", "—")


def _certain(label: Cell) -> bool:
    """Whether a label says by itself that it is about the year's money: 年度资金总额, 其中：财政拨款; not
    合计 or 预算数."""
    flat = label.text.flat
    return known_item(flat) is not None and tight(flat) not in _LOOSE


def _spent(pairs: list[tuple[Cell, str, Cell]]) -> bool:
    """Whether pairs state a budget and what was spent of it."""
    columns = {column for _, column, _ in pairs}
    return "executed" in columns and bool(columns & {"initial", "full_year"})


def item_columns(table: Table, row: int, unit: str) -> tuple[list[BudgetLine], int] | None:
    """Lines out of a table whose heads are the kinds of money (中央 | 省 | 本级 | 合计 | 执行数) with a row
    or two of
    figures below; and the row after it. None if the row is no such head."""
    heads = [c for c in table.row(row) if c.row == row and c.text]
    items = [c for c in heads if words("fund-items").meaning(c.text.flat)]
    if len(items) < 2 or row + 1 >= table.n_rows or len({item_of(c.text.flat) for c in items}) < len(items):
        return None
    kinds = [c for c in heads if c in items or _column(c) or c.col > items[0].col]
    if len(kinds) < 3 or any(figure(c.text).quantity for c in kinds):
        return None
    found: dict[str, dict[str, Figure]] = {}
    last = row + 1
    while last < table.n_rows and (column := _value_row(table, last, kinds)):
        _add_values(table, last, kinds, column, unit, found)
        last += 1
    labels = {item_of(c.text.flat): c.text for c in kinds if not _column(c)}
    if last == row + 1:
        return None
    return [line_of(labels[item], values, item) for item, values in found.items() if item in labels], last


def _value_row(table: Table, row: int, kinds: list[Cell]) -> str:
    """The money column that a row of figures stands for (年初预算数 …; full_year if nothing is said), "" for
    another row."""
    cells = [table.at(row, c.col) for c in kinds]
    own = [c for c in cells if c is not None and c.row == row]
    if len(own) != len(kinds) or not all(_is_amount(c) for c in own) or not any(c.text for c in own):
        return ""
    left = [c for c in table.row(row) if c.row == row and c.col < kinds[0].col and c.text]
    return (_column(left[-1]) or "") if left else "full_year"


def _add_values(
    table: Table, row: int, kinds: list[Cell], column: str, unit: str, found: dict[str, dict[str, Figure]]
) -> None:
    for head in kinds:
        cell = table.at(row, head.col)
        named = _column(head)
        item = TOTAL if named else item_of(head.text.flat)
        name = named or column
        if cell is not None and (cell.text or not named):
            own = money_unit(head.text.flat) or unit
            found.setdefault(item, {}).setdefault(name, money_figure(cell.text, name, own))


def amounts_in(text: Text) -> list[BudgetLine]:
    """Lines out of one text: 总额 100 万元；一、财政拨款：90 万元（其中：…）；二、自有资金：10 万元. What
    stands in
    brackets is part of a part and left out; at least two kinds of money and a total must be named."""
    found: dict[str, BudgetLine] = {}
    if len(text) > _LONGEST:
        return []
    for match in _AMOUNT.finditer(text.string):
        inside = text.string.count("（", 0, match.start()) + text.string.count("(", 0, match.start())
        inside -= text.string.count("）", 0, match.start()) + text.string.count(")", 0, match.start())
        item = words("fund-items").meaning(match["label"])
        if inside > 0 or item is None or read(match["amount"]) is None:
            continue
        amount = figure(text.cut(*match.span("amount")).strip())
        found.setdefault(item, line_of(text.cut(*match.span("label")), {"full_year": amount}))
    return list(found.values()) if len(found) > 1 and TOTAL in found else []
