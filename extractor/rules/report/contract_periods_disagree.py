"""同一份合同的期限，两张表里所写的起止日期不同。

两张表各自列有合同金额和合同期限（竖排、横排都可以），金额的有效数字有五位以上、在各自表中只出现一次的，看作同一份合同；
两张表要另有至少一份合同期限相合，或者合同名称也相同，才互相核对：每年续签、金额不变的合同分列两表的，期限本来不同，不指出。
写明是实际履行、延期、变更后的期限的，不比较。

错误示例::

    表1 年度收支情况（单位：万元）

    | 年度 | 2021年 | 2022年 |
    |---|---|---|
    | 合同金额 | 1,286.45 | 1,342.71 |
    | 合同期限 | 2021.1.1-2021.12.31 | 2022.1.1-2022.12.31 |

    表2 合同清单（单位：万元）

    | 合同名称 | 合同金额 | 服务期限 |
    |---|---|---|
    | 保洁服务合同 | 1,286.45 | 2021.1.1-2021.12.31 |
    | 保洁服务补充合同 | 1,342.71 | 2023.1.1-2023.12.31 |

正确示例::

    表1 年度收支情况（单位：万元）

    | 年度 | 2021年 | 2022年 |
    |---|---|---|
    | 合同金额 | 1,286.45 | 1,342.71 |
    | 合同期限 | 2021.1.1-2021.12.31 | 2022.1.1-2022.12.31 |

    表2 合同清单（单位：万元）

    | 合同名称 | 合同金额 | 服务期限 |
    |---|---|---|
    | 保洁服务合同 | 1,286.45 | 2021.1.1-2021.12.31 |
    | 保洁服务补充合同 | 1,342.71 | 2022.1.1-2022.12.31 |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from itertools import combinations

import regex

from extractor.claims import Reading
from extractor.document import Cell, Table
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Day, dates, normal, read
from extractor.rules.table._grid import titled
from extractor.rules.text._days import TO, after

RULE = "contract-periods-disagree"
_PERIOD = regex.compile(r"期限|期间|服务期|合同期|工期|有效期|起止|时间")
_AMOUNT = regex.compile(r"合同.{0,6}[金价额款]|[金价]额?.{0,4}合同|成交|中标|^(?:合同)?金额")
_LATER = regex.compile(r"实际|延期|延长|变更|调整|履行|支付|付款|质保|维保期")
_DIGITS = 5
_NAME = 6


@dataclass(frozen=True, slots=True)
class _Contract:
    """A contract of a table: what it costs as printed, from when to when it runs, and what it is called."""

    amount: Decimal
    money: Cell
    term: Cell
    start: Day
    end: Day
    name: str
    quote: str


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each contract that two tables give other days."""
    listed = [(t, found) for t in reading.document.tables if (found := list(_contracts(t)))]
    for (one, here), (other, there) in combinations(listed, 2):
        pairs = [(a, b) for a in here for b in there if a.amount == b.amount]
        agreeing = [p for p in pairs if not _apart(*p)]
        for a, b in pairs:
            if _apart(a, b) and (agreeing or _same_name(a, b)):
                yield _finding(one, other, a, b)


def _contracts(table: Table) -> Iterator[_Contract]:
    """The contracts that rows, else columns list with amount and period; amounts that occur twice left out."""
    if table.n_rows * table.n_cols > 20_000:
        return
    found = [*_in_lines(table, turned=False), *_in_lines(table, turned=True)]
    often = Counter(c.amount for c in found)
    yield from (c for c in found if often[c.amount] == 1)


def _in_lines(table: Table, *, turned: bool) -> Iterator[_Contract]:
    lines = range(1, table.n_cols if turned else table.n_rows)
    fields = range(table.n_rows if turned else table.n_cols)
    heads = {f: _head(table, f, turned=turned) for f in fields}
    terms = [f for f in fields if _PERIOD.search(heads[f]) and not _LATER.search(heads[f])]
    moneys = [f for f in fields if _AMOUNT.search(heads[f]) and not _LATER.search(heads[f])]
    if not terms or len(moneys) != 1:
        return
    for line in lines:
        cells = {f: table.at(f, line) if turned else table.at(line, f) for f in fields}
        money, term = cells[moneys[0]], next((c for f in terms if (c := cells[f]) and _days(c)), None)
        amount = _amount(money)
        if money is None or term is None or amount is None or (money.row, money.col) == (term.row, term.col):
            continue
        start, end = _days(term)
        words = [c.text.flat for c in cells.values() if c and c not in (money, term)]
        quote = " | ".join(c.text.flat[:40] for c in cells.values() if c)[:200]
        yield _Contract(amount, money, term, start, end, max(words, key=len, default=""), quote)


def _head(table: Table, field: int, *, turned: bool) -> str:
    """The words that head a column, or of a turned table a row."""
    cells = [table.at(field, n) if turned else table.at(n, field) for n in range(2 if turned else 1)]
    return "".join(dict.fromkeys(normal(c.text.flat) for c in cells if c and not read(c.text.string)))


def _amount(cell: Cell | None) -> Decimal | None:
    quantity = read(cell.text.string) if cell else None
    if quantity is None or quantity.upper is not None or quantity.op:
        return None
    return quantity.value if len(str(quantity.value).replace(".", "").strip("0")) >= _DIGITS else None


def _days(cell: Cell) -> Sequence[Day]:
    """The two days of a cell that holds a period and nothing else."""
    days = dates(cell.text.string)
    if len(days) != 2 or not TO.fullmatch(cell.text.string[days[0].end : days[1].start]):
        return ()
    rest = cell.text.string[: days[0].start] + cell.text.string[days[1].end :]
    return () if len(rest.strip(" 自从至止期()（）\n")) > 2 or after(days[0], days[1]) else days


def _apart(a: _Contract, b: _Contract) -> bool:
    return any(after(x, y) or after(y, x) for x, y in ((a.start, b.start), (a.end, b.end)))


def _same_name(a: _Contract, b: _Contract) -> bool:
    return len(a.name) >= _NAME and normal(a.name).replace(" ", "") == normal(b.name).replace(" ", "")


def _finding(one: Table, other: Table, a: _Contract, b: _Contract) -> Finding:
    first, second = titled(one), titled(other)
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"合同金额 {a.money.text.flat}",
        message=f"同一份合同（金额 {a.money.text.flat}）的期限不一致：{first}为“{a.term.text.flat}”，"
        f"{second}为“{b.term.text.flat}”，请核实。",
        evidence=(_place(first, a), _place(second, b)),
        expected="各处合同期限一致",
        actual=f"{a.term.text.flat}；{b.term.text.flat}",
        impact="影响该合同费用归属年度的认定",
        confidence=0.8,
    )


def _place(title: str, contract: _Contract) -> Evidence:
    return evidence(contract.term.text, f"{title}：合同期限", "stated", contract.quote)
