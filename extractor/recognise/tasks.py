"""The tasks of a whole department's form: 任务名称 | 主要内容 | 预算金额 | 执行金额, each with its money."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from extractor.document import Cell, Table
from extractor.facts import BudgetLine, Task
from extractor.recognise.figures import figure
from extractor.recognise.funds import MONEY, TOTAL, line_of, money_figure
from extractor.recognise.money_heads import money_heads
from extractor.recognise.names import named
from extractor.vocabulary import words

_NAMES = ("名称",)
_FEWEST = 3
_COLUMNS = (*MONEY, "rate")
_POINTS = ("weight", "score")


@dataclass(frozen=True, slots=True)
class TaskHeads:
    """The heads of tasks: the column of their names, those of money by meaning, the rest by their printed words;
    ``last`` is the heads' last row, ``end`` the row after those that the cell at their side covers."""

    last: int
    end: int
    name: int
    money: Mapping[str, int]
    others: Mapping[str, int]


def task_heads(table: Table, row: int) -> TaskHeads | None:
    """The heads of tasks that begin at a row: beside a cell that says so (年度主要任务), or with money among them."""
    side = table.at(row, 0)
    beside = side is not None and side.rowspan > 2 and _means(side, "name")
    own = [c for c in table.row(row) if c.row == row and c.text and not (beside and c is side)]
    if len(own) < _FEWEST - beside or any(c.text.flat[:1].isdigit() for c in own[1:]):
        return None
    name = next((c for c in own if _means(c, "name") or (beside and c.text.flat in _NAMES)), None)
    if name is None or any(figure(c.text).quantity for c in own):
        return None
    right = [c for c in own if c.col > name.col]
    found = money_heads(table, row)
    money = [c for c in right if c.col in found and found[c.col][0] in _COLUMNS]
    told = bool(money) or (beside and any(_means(c, "content") for c in right))
    if len(right) < (1 if beside and not money else 2) or not told:
        return None
    lower = _lower(table, row, right)
    last = row + bool(lower)
    columns: dict[str, int] = {}
    others: dict[str, int] = {}
    for cell in right:
        meaning = found[cell.col][0] if cell in money else ""
        _take(cell, meaning, lower.get(cell.col, []), columns, others)
    assert side is not None
    end = side.row + side.rowspan if beside else table.n_rows
    return TaskHeads(last, end, name.col, columns, others)


def _take(
    cell: Cell, meaning: str, parts: list[Cell], columns: dict[str, int], others: dict[str, int]
) -> None:
    """One head, perhaps divided: 预算金额 over 总额 and 财政拨款 is the budget and a part of it."""
    whole = next((p for p in parts if words("fund-items").meaning(p.text.flat) == TOTAL), None)
    for part in parts:
        if part is not whole:
            others[cell.text.flat + part.text.flat] = part.col
    column = whole.col if whole is not None else cell.col
    if meaning and meaning not in columns and (whole is not None or not parts):
        columns[meaning] = column
    elif not parts:
        others[cell.text.flat] = column


def _lower(table: Table, row: int, heads: list[Cell]) -> dict[int, list[Cell]]:
    """The second line of heads, by the column of the head that each divides; {} if there is none."""
    own = [c for c in table.row(row + 1) if c.row == row + 1 and c.text] if row + 1 < table.n_rows else []
    above = {c.col: h for c in own for h in heads if h.col <= c.col < h.col + h.colspan and h.row == row}
    if not own or len(above) < len(own) or any(figure(c.text).quantity for c in own):
        return {}
    if not all(above[c.col].colspan > c.colspan and above[c.col].rowspan == 1 for c in own):
        return {}
    return {h.col: [c for c in own if above[c.col] is h] for h in heads}


def read_tasks(table: Table, heads: TaskHeads, unit: str) -> tuple[list[Task], BudgetLine | None, int]:
    """The tasks below their heads, what they make together where a sum row states how it was spent (金额合计 with
    its rate or score), and the row after them."""
    row = heads.last + 1
    found: list[Task] = []
    total: BudgetLine | None = None
    while row < heads.end:
        name = table.at(row, heads.name)
        if name is None or name.row != row or not _belongs(table, heads, row, name):
            break
        if name.text and not _sums(table, row):
            found.append(_task(table, heads, name, unit))
        elif name.text:
            total = _total(table, heads, name, unit)
        row += 1
    return found, total, max(row, heads.end if heads.end < table.n_rows else row)


def _total(table: Table, heads: TaskHeads, name: Cell, unit: str) -> BudgetLine | None:
    """The sum of the tasks as a line of funds; None where it says neither rate nor score."""
    points = {m: col for head, col in heads.others.items() if (m := words("funds").meaning(head)) in _POINTS}
    columns = {**heads.money, **points}
    cells = {key: cell for key, col in columns.items() if (cell := table.at(name.row, col)) is not None}
    stated = {
        key: money_figure(c.text, key, unit) for key, c in cells.items() if c.row == name.row and c.text
    }
    return line_of(name.text, stated, TOTAL) if stated.keys() & {"rate", "score"} else None


def _belongs(table: Table, heads: TaskHeads, row: int, name: Cell) -> bool:
    """Whether a row is one more task, and no label with its value: nothing at its side begins anew."""
    if heads.end < table.n_rows or heads.end == row + 1:
        return True
    right = [c for c in table.row(row) if c.row == row and c.col > name.col]
    starts = {*heads.money.values(), *heads.others.values()}
    known = words("labels").meaning(name.text.flat) is not None
    return not known and len(right) >= 2 and {c.col for c in right} >= starts


def _sums(table: Table, row: int) -> bool:
    meaning = words("fund-items").meaning
    return any(
        meaning(c.text.flat) == TOTAL or words("rows").meaning(c.text.flat) in ("grand", "subtotal")
        for c in table.row(row)
        if c.row == row and c.text
    )


def _task(table: Table, heads: TaskHeads, name: Cell, unit: str) -> Task:
    def cells(columns: Mapping[str, int]) -> Iterator[tuple[str, Cell]]:
        for key, col in columns.items():
            cell = table.at(name.row, col)
            if cell is not None and cell.row == name.row:
                yield key, cell

    money: dict[str, Any] = {key: money_figure(c.text, key, unit) for key, c in cells(heads.money)}
    others = {
        key: figure(c.text, unit if "资金" in key or "金额" in key else "") for key, c in cells(heads.others)
    }
    return Task(named(name.text).name, name.text, others=others, place=name.text.home, **money)


def _means(cell: Cell, meaning: str) -> bool:
    return words("tasks").meaning(cell.text.flat) == meaning
