"""正文金额的单位与别处不符：数字逐位相同，却一处写“元”、一处写“万元”（或“亿元”）。

正文里一个金额，全文没有换算后相等的，却有数字和小数位都相同、恰好相差一万倍（或一亿倍）的，说明其中一处单位写错。少于四位
数字的金额容易巧合，不比较（写足小数的整数除外）；四位的要求前面的词相同，或与表格的行名、列名相同；五位以上的不作此要求。
人均、单价、标准、每亩等与总额口径不同的金额，名称相同才比较。整张表的单位与别处不符的，由“表格单位”规则指出。

错误示例::

    全年支出1,186.17元，其中运维支出779.32万元。

    表1 支出情况表

    单位：万元

    | 内容 | 支出 |
    |---|---|
    | 运维 | 779.32 |
    | 租赁 | 406.85 |
    | 合计 | 1,186.17 |

正确示例::

    全年支出1,186.17万元，其中运维支出779.32万元。

    表1 支出情况表

    单位：万元

    | 内容 | 支出 |
    |---|---|
    | 运维 | 779.32 |
    | 租赁 | 406.85 |
    | 合计 | 1,186.17 |
"""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.findings import Evidence, Finding, evidence
from extractor.rules.table._amounts import Amount, Sorted, in_prose, in_tables

RULE = "amount-unit"
FOLLOWS = ("table-unit", "values-disagree", "sentence-arithmetic", "passages-disagree")
_POWERS = (4, -4, 8, -8)
_DIGITS = 5
_PER = regex.compile(r"每|均|单价|标准|定额|单位成本|[按以]\s*$")


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each amount of the prose that stands elsewhere with the same digits in another unit."""
    prose = in_prose(reading)
    everywhere = Sorted([*prose, *in_tables(reading)])
    said: set[frozenset[int]] = set()
    for mine in prose:
        other = _elsewhere(mine, everywhere) if mine.telling or _printed_out(mine) else None
        pair = frozenset((id(mine), id(other)))
        if other is not None and pair not in said:
            said.add(pair)
            yield _finding(mine, other)


def _per(amount: Amount) -> bool:
    """Whether an amount is one for each person, piece or the like."""
    return (amount.table is None and bool(_PER.search(amount.names[0][-12:]))) or "/" in amount.unit


def _printed_out(amount: Amount) -> bool:
    """Whether a round amount is printed with all its digits: 4,100.00."""
    return amount.quantity.precision > 1 and amount.quantity.value >= 1000


def _elsewhere(mine: Amount, everywhere: Sorted) -> Amount | None:
    """The same digits a power of ten away, where no other amount of the document is this one."""
    if any(a is not mine for a in everywhere.meeting(mine.base)):
        return None
    for power in _POWERS:
        for other in everywhere.meeting(mine.base.scaled(Decimal(1).scaleb(power))):
            long = mine.digits >= _DIGITS and not _per(mine)
            if _alike(mine, other) and (long or mine.called_like(other)):
                return other
    return None


def _alike(mine: Amount, other: Amount) -> bool:
    one, two = mine.quantity, other.quantity
    return one.value == two.value and one.precision == two.precision and not _per(other)


def _finding(mine: Amount, other: Amount) -> Finding:
    there = other.label if other.table is not None else "正文另一处"
    times = format(max(mine.base.high / other.base.high, other.base.high / mine.base.high).quantize(1), "f")
    shown = f"{other.figure.string}（{other.unit}）" if other.table is not None else other.figure.string
    return Finding(
        rule=RULE,
        severity="error" if mine.called_like(other) else "warning",
        subject=f"{mine.figure.string}：单位",
        message=f"正文写 {mine.figure.string}，{there}为 {shown}，数字相同而单位相差 {times} 倍，"
        "其中一处单位有误。",
        evidence=(_evidence(mine, "正文"), _evidence(other, there)),
        expected=other.unit,
        actual=mine.unit,
        difference=f"{times} 倍",
        impact="影响该金额及引用它的计算",
        confidence=0.9,
    )


def _evidence(amount: Amount, where: str) -> Evidence:
    return evidence(amount.figure, f"{where}（{amount.unit}）", "stated", amount.quote)
