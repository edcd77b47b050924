"""The funds area: a line for each kind of money, with budget, spending, rate, weight and score."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import BudgetLine, Figure
from extractor.recognise.figures import figure
from extractor.recognise.heads import Heads, row_meanings
from extractor.recognise.money_heads import money_heads
from extractor.recognise.names import squeezed
from extractor.recognise.units import money_unit
from extractor.vocabulary import tight, words

COLUMNS = ("initial", "full_year", "executed", "weight", "rate", "score")
MONEY = ("initial", "full_year", "executed")
TOTAL = "年度资金总额"
PERIOD = "实施期资金总额"
_DASH = regex.compile(r"\s*[-—–/]{1,2}\s*")
_OF_MONEY = regex.compile(r"(?:资金|拨款|补助|经费|自筹|收入|贷款|配套|投入|合计|总额)$")
_WORTH = regex.compile(r"[（(]\s*+(?:满分|分值|共)?\s*+(\d{1,2}(?:\.\d)?)\s*+分\s*+[)）]")
_SIDE = regex.compile(r"资金|预算|收支")


def fund_heads(table: Table, row: int) -> Heads | None:
    """The heads of a funds area that begins at a row: 年初预算数, 全年预算数, 全年执行数 …, perhaps over two
    lines;
    成本构成, 金额; 实施期资金总额, 年度资金总额 above the amounts."""
    found = {c: f for c, f in money_heads(table, row).items() if not _is_side(table, row, f[1])}
    columns = {c: m for c, (m, _) in found.items() if not _names_items(table, row + 1, c)}
    meanings = set(columns.values())
    money = meanings & set(MONEY)
    if "item" in meanings and len(meanings & {"amount", *MONEY}) == 1:
        return _heads(
            row, row, {c: "full_year" for c, m in columns.items() if m in ("amount", *MONEY)}, found
        )
    if len(money) < 2 and not (len(money) == 1 and "rate" in meanings):
        return _period_heads(table, row)
    columns = {c: m for c, m in columns.items() if m not in ("item", "amount")}
    below = _second_line(table, row, columns)
    merged = {**columns, **{c: m for c, (m, _) in below.items()}}
    return _heads(row, row + bool(below), merged, {**found, **below})


def _is_side(table: Table, row: int, cell: Cell) -> bool:
    """Whether a cell runs on below the heads at its right: it names the area, whatever its words
    (年度预算数)."""
    right = [c for c in table.row(row) if c.row == row and c.col > cell.col and c.text]
    if not right or cell.rowspan < 2 or cell.row + cell.rowspan <= max(c.row + c.rowspan for c in right):
        return False
    return cell.rowspan > 2 or (cell.col == 0 and _heads_figures(table, row, right))


def _heads_figures(table: Table, row: int, heads: Sequence[Cell]) -> bool:
    """Whether heads of money, two at least, stand right above figures."""
    found = money_heads(table, row)
    money = [c for c in heads if c.col in found and found[c.col][0] in MONEY]
    below = [table.at(row + 1, c.col) for c in money] if row + 1 < table.n_rows else []
    return len(below) > 1 and all(c is not None and figure(c.text).quantity is not None for c in below)


def _second_line(table: Table, row: int, above: Mapping[int, str]) -> dict[int, tuple[str, Cell]]:
    """The heads of the row below where they divide a head of this one: 预算数 over 年初预算 and
    调整后预算."""
    if row + 1 >= table.n_rows:
        return {}
    own = [c for c in table.row(row + 1) if c.row == row + 1 and c.text]
    found = money_heads(table, row + 1)
    divides = all(c.col in found and c.col in above for c in own)
    return found if own and divides else {}


def _period_heads(table: Table, row: int) -> Heads | None:
    """Heads of totals above their amounts: of them the year's is the budget, the whole period's is passed
    over."""
    found = row_meanings(table, row, words("fund-items"))
    kinds = {m: c.col for m, c in found.values()}
    if not {TOTAL, PERIOD} <= kinds.keys() or row + 1 >= table.n_rows:
        return None
    below = [table.at(row + 1, col) for col in kinds.values()]
    if not all(c is not None and c.row == row + 1 and figure(c.text).quantity for c in below):
        return None
    names = {TOTAL: "full_year", PERIOD: "period"}
    return _heads(row, row, {c: names[m] for c, (m, _) in found.items() if m in names}, found)


def _names_items(table: Table, row: int, col: int) -> bool:
    """Whether a kind of money stands in a field: its column names the lines, whatever its head says
    (年度预算数)."""
    cell = table.at(row, col) if row < table.n_rows else None
    return cell is not None and words("fund-items").meaning(cell.text.flat) is not None


def _heads(first: int, last: int, columns: Mapping[int, str], found: Mapping[int, tuple[str, Cell]]) -> Heads:
    return Heads(first, last, columns, {c: found[c][1].text.flat for c in columns})


def _label(table: Table, row: int, heads: Heads) -> Text | None:
    """What names a line: the last cell left of the first money column that begins in the row, else, for the first
    line, the cell at the area's side (资金执行情况): its figures are the total's."""
    first = min(heads.columns)
    cells = [c for c in table.row(row) if c.col < first and c.text]
    own = [c for c in cells if c.row == row]
    if own:
        return own[-1].text
    side = cells[-1] if cells and row == heads.last + 1 else None
    return side.text if side is not None and _SIDE.search(side.text.flat) else None


def in_funds(table: Table, row: int, heads: Heads, begun: bool = False, of_form: bool = False) -> bool:
    """Whether a row is a line of the funds area: its label names a kind of money, or the area's first cell
    covers it.

    In an area that has ``begun``, and under 成本构成 | 金额, figures under the money heads will do; in a table that is
    ``of_form`` also beside any words for money. Elsewhere these are the tables of a report."""
    if row >= table.n_rows:
        return False
    label = _label(table, row, heads)
    if label is None or words("columns").meaning(label.flat) == "level1":
        return False
    if words("fund-items").meaning(label.flat):
        return True
    side, start = table.at(row, 0), table.at(heads.first, 0)
    if side is not None and side is start and side.rowspan > 1:
        return True
    told = (
        of_form
        and len(heads.meanings & set(MONEY)) > 1
        and (_OF_MONEY.search(label.flat) is not None or _names_spending(table, heads))
    )
    if not begun and not told and heads.meanings != {"full_year"}:
        return False
    money = [
        c for m in MONEY for col in heads.of(m) if (c := table.at(row, col)) is not None and c.row == row
    ]
    given = [c for c in money if figure(c.text).quantity]
    return bool(given) and all(c in given or _DASH.fullmatch(c.text.flat) for c in money)


def _names_spending(table: Table, heads: Heads) -> bool:
    """Whether the head left of the money says that its column names what the money was spent on: 支出内容."""
    left = table.at(heads.first, min(heads.columns) - 1) if min(heads.columns) else None
    return left is not None and words("funds").meaning(left.text.flat) == "item"


def funds_unit(table: Table, first: int, last: int) -> str:
    """The money unit that the area's side cell or heads name: 项目资金（元）."""
    for row in range(first, min(last + 2, table.n_rows)):
        for cell in table.row(row):
            unit = money_unit(cell.text.flat)
            if unit:
                return unit
    return ""


def fund_line(table: Table, row: int, heads: Heads, unit: str) -> BudgetLine | None:
    """Read a line of the funds area."""
    label = _label(table, row, heads)
    if label is None:
        return None
    found: dict[str, Figure] = {}
    for name in COLUMNS:
        columns = heads.of(name)
        cell = table.at(row, columns[0]) if columns else None
        if cell is not None and cell.row == row:
            found[name] = money_figure(cell.text, name, unit)
    if "score" in found and "rate" not in found:
        found |= _score_and_rate(found["score"])
    if "weight" not in found and (score := found.get("score")) is not None and score.quantity is not None:
        found |= _weight_in_head(table, heads)
    side = table.at(row, 0)
    return line_of(label, found, TOTAL if side is not None and side.text is label and side.row < row else "")


def _weight_in_head(table: Table, heads: Heads) -> dict[str, Figure]:
    """The points that the head of the score says the execution is worth: 得分（10分）."""
    head = table.at(heads.first, heads.of("score")[0])
    told = _WORTH.search(head.text.string) if head is not None else None
    return {"weight": figure(head.text.cut(*told.span(1)))} if head is not None and told else {}


def money_figure(text: Text, column: str, unit: str) -> Figure:
    """A figure of the funds area: amounts in the area's unit, a rate in per cent."""
    return figure(text, unit if column in MONEY else "%" if column == "rate" else "")


def _score_and_rate(printed: Figure) -> dict[str, Figure]:
    """Score and rate of a column that gives both: 9.66（96.56%）; one that is a rate alone stays as it is."""
    parts = printed.conditions
    if printed.quantity is not None or [q.unit for q in parts] != ["", "%"]:
        return {}
    score, rate = (
        printed.text.cut(printed.string.find(q.text), printed.string.find(q.text) + len(q.text))
        for q in parts
    )
    return {"score": figure(score), "rate": figure(rate, "%")}


def line_of(label: Text, found: dict[str, Figure], item: str = "") -> BudgetLine:
    """A line under its label; what is not the total is part of it."""
    item = item or item_of(label.flat)
    return BudgetLine(item=item, label=label, part=item != TOTAL, place=label.home, **found)


def known_item(label: str) -> str | None:
    """The kind of money that a label names, perhaps behind what it divides (1、资金来源：（1）财政性资金)."""
    meaning = words("fund-items").meaning
    tail = regex.split(r"[:：]", label)[-1]
    return meaning(label) or (meaning(tail) if tail.strip() else None)


def item_of(label: str) -> str:
    """What kind of money a label names: its one name, or as printed without 其中."""
    known = known_item(label)
    if known:
        return known
    printed = squeezed(regex.sub(r"[（(][^（）()]*元[)）]", "", label))
    return (
        printed.removeprefix("其中").lstrip(":：-—、，, ") if tight(printed).startswith("其中") else printed
    )
