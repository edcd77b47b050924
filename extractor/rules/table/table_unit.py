"""表格注明的金额单位与正文或其他表格不符，同一个金额相差一万倍。

逐个比较表内金额与正文（自带单位）、其他表格的金额：换算后相等的，说明单位无误；数字相同而换算后恰好相差一万倍（或一亿倍、
一千倍），说明其中一处单位有误。表内没有一个金额与别处相符，却有两个以上相差同一倍数的，报错误；只有一个的，五位数字或者名称也相同时提示核实。
少于四位数字的金额容易巧合，不比较；单价、标准、人均等带分母的金额不比较。

错误示例::

    项目预算1,248.60万元，实际支出1,186.17万元。

    表1 支出情况表

    单位：元

    | 内容 | 预算 | 支出 |
    |---|---|---|
    | 运维 | 812.45 | 779.32 |
    | 租赁 | 436.15 | 406.85 |
    | 合计 | 1,248.60 | 1,186.17 |

正确示例::

    项目预算1,248.60万元，实际支出1,186.17万元。

    表1 支出情况表

    单位：元

    | 内容 | 预算 | 支出 |
    |---|---|---|
    | 运维 | 8,124,500.00 | 7,793,200.00 |
    | 租赁 | 4,361,500.00 | 4,068,500.00 |
    | 合计 | 12,486,000.00 | 11,861,700.00 |
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.findings import Evidence, Finding, evidence
from extractor.rules.table._amounts import Amount, Sorted, in_prose, in_tables

_Home = tuple[int | None, int | None]
_POWERS = (4, -4, 8, -8, 3, -3)
_UNITS = {Decimal(1): "元", Decimal(1000): "千元", Decimal(10**4): "万元", Decimal(10**8): "亿元"}
_SURE_DIGITS = 5
_PLAIN = regex.compile(r"(?:金额|资金|费用|数额|总额|额|款|数)$")
_SHOWN = 3


@dataclass(frozen=True, slots=True)
class _Pair:
    """An amount of a table and one elsewhere that is so many powers of ten as much."""

    mine: Amount
    other: Amount
    power: int


@dataclass(frozen=True, slots=True)
class _Weighed:
    """What speaks for the unit of a table, or of a column whose head has one, and what against it."""

    home: _Home
    agreeing: int
    against: tuple[_Pair, ...]


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each table whose amounts are elsewhere stated ten thousand times as large or small."""
    homes: dict[_Home, list[Amount]] = {}
    for amount in in_tables(reading):
        homes.setdefault(_home(amount), []).append(amount)
    prose = in_prose(reading)
    everywhere = Sorted([*prose, *(a for own in homes.values() for a in own)])
    weighed = [_weighed(home, own, everywhere) for home, own in homes.items()]
    accused: set[_Home] = set()
    for one in sorted(weighed, key=lambda w: (w.agreeing, -len(w.against))):
        against = [p for p in one.against if _home(p.other) not in accused]
        if one.agreeing or not against:
            continue
        finding = _finding(against, one.home)
        if finding is not None:
            accused.add(one.home)
            yield finding


def _home(amount: Amount) -> _Home:
    """The table whose unit line gives an amount its unit, or the column whose head does."""
    return amount.table, amount.spot[1] if amount.headed else None


def _weighed(home: _Home, own: Sequence[Amount], everywhere: Sorted) -> _Weighed:
    agreeing, against = 0, list[_Pair]()
    for amount in {a.figure.string: a for a in own if a.lined or a.headed}.values():
        others = [a for a in everywhere.meeting(amount.base) if _apart(home, a)]
        agreeing += bool(others) and amount.telling
        pair = None if others else _elsewhere(home, amount, everywhere)
        if pair is not None:
            against.append(pair)
    return _Weighed(home, agreeing, tuple(against))


def _apart(home: _Home, other: Amount) -> bool:
    """Whether an amount has its unit from elsewhere: its own, another table's or another column's head."""
    return other.table != home[0] or not (other.lined or other.headed)


def _elsewhere(home: _Home, amount: Amount, everywhere: Sorted) -> _Pair | None:
    """The same digits elsewhere, a power of ten away."""
    for power in _POWERS:
        if _unit(amount, power):
            wanted = amount.base.scaled(Decimal(1).scaleb(power))
            for other in everywhere.meeting(wanted):
                if _apart(home, other):
                    return _Pair(amount, other, power)
    return None


def _unit(amount: Amount, power: int) -> str:
    """The unit in which a table's amount would be the other one; "" if there is none."""
    return _UNITS.get((amount.quantity.scale * Decimal(1).scaleb(power)), "")


def _finding(against: Sequence[_Pair], home: _Home) -> Finding | None:
    telling = [p for p in against if p.mine.telling and p.other.telling]
    if not telling:
        return None
    power, many = Counter(p.power for p in telling).most_common(1)[0]
    pairs = sorted(
        (p for p in against if p.power == power), key=lambda p: -min(p.mine.digits, p.other.digits)
    )
    sure = many > 1
    long = min(pairs[0].mine.digits, pairs[0].other.digits) >= _SURE_DIGITS
    if not sure and not long and not any(p.mine.called_like(p.other) or _same_word(p) for p in telling):
        return None
    title, unit = pairs[0].mine.label, pairs[0].mine.unit
    if home[1] is not None:
        title = f"{title}“{pairs[0].mine.names[-1]}”列"
    times = format(Decimal(1).scaleb(abs(power)), "f")
    said = "；".join(
        f"表中 {p.mine.figure.string}（{unit}），{p.other.label}为 {_printed(p.other)}"
        for p in pairs[:_SHOWN]
    )
    return Finding(
        rule="table-unit",
        severity="error" if sure else "warning",
        subject=f"{title}：单位",
        message=f"{title}注明单位为“{unit}”，与别处同一金额相差 {times} 倍：{said}；"
        f"单位疑应为“{_unit(pairs[0].mine, power)}”。",
        evidence=tuple(item for p in pairs[:_SHOWN] for item in _both(p)),
        expected=_unit(pairs[0].mine, power),
        actual=unit,
        difference=f"{times} 倍",
        impact="影响全表金额",
        confidence=0.95 if sure else 0.75,
    )


def _same_word(pair: _Pair) -> bool:
    """Whether what the head calls the amounts (多领 of 多领金额) stands just before the amount in prose."""
    word = _PLAIN.sub("", pair.mine.names[-1])
    said = pair.other.names[0] if pair.other.table is None else ""
    return len(word) > 1 and pair.mine.quantity.precision > 1 and said.endswith(word)


def _printed(amount: Amount) -> str:
    text = amount.figure.string
    return text if text.endswith(amount.unit) else f"{text} {amount.unit}"


def _both(pair: _Pair) -> tuple[Evidence, Evidence]:
    return (
        evidence(pair.mine.figure, f"{pair.mine.label}（单位：{pair.mine.unit}）"),
        evidence(pair.other.figure, f"{pair.other.label}（{pair.other.unit}）", "stated", pair.other.quote),
    )
