"""同一个项目的预算数或执行数，在资金栏、标签和正文之间写法不一致。

只比较说的是同一件事的两处：其中一个数（年初预算、全年预算或执行数）已经相同，另一个同名的数却不同。年初预算与调整后
预算、申请数与批复数、含税与不含税、截至年中的支出、上年数、其中某一项的预算和支出都不是同一个数，不相比较；单位
不同的换算后比较，精度不同的以四舍五入能否解释为准。自评表完成情况里写的全年支出与资金栏执行数只差一位数字或两位颠倒的，
也提醒核对。

错误示例::

    # 项目绩效评价报告

    项目年初预算86.00万元，调整后预算80.00万元，实际支出73.60万元。

    经核查，调整后预算80.00万元，实际支出76.30万元，执行情况较好。

正确示例::

    # 项目绩效评价报告

    项目年初预算86.00万元，调整后预算80.00万元，实际支出73.60万元。

    经核查，调整后预算80万元，实际支出73.6万元，执行情况较好。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import combinations

from extractor.claims import Reading
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Agreement, Quantity, agree, slip
from extractor.rules.fund._retold import retold
from extractor.rules.fund._stated import KEYS, Stated, places

_WORDS = {
    "initial": "年初预算数",
    "full_year": "全年（调整后）预算数",
    "executed": "执行数",
    "budget": "预算数",
}
_FEWEST_DIGITS = 3


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each amount that two places state differently although they agree on another."""
    told: set[tuple[str, ...]] = set()
    for one, other in combinations(places(reading), 2):
        shared = _shared(one, other)
        if not shared:
            continue
        for key in KEYS:
            a, b = one.quantity(key), other.quantity(key)
            if a is None or b is None or agree(a, b) is not Agreement.DISAGREE:
                continue
            values = (key, *sorted((a.plain + a.unit, b.plain + b.unit)))
            if values not in told:
                told.add(values)
                yield _finding(one, other, key, shared, a, b)
    yield from (f for f in retold(reading) if not told)


def _shared(one: Stated, other: Stated) -> str:
    """What both places agree on, in words; "" if nothing."""
    for key in KEYS:
        a, b = one.quantity(key), other.quantity(key)
        if a is not None and b is not None and _same(a, b):
            return f"{_WORDS[key]}同为 {one.amounts[key].string}"
    for key, also in (
        ("budget", "initial"),
        ("budget", "full_year"),
        ("initial", "budget"),
        ("full_year", "budget"),
    ):
        a, b = one.quantity(key), other.quantity(also)
        if a is not None and b is not None and _same(a, b):
            return f"预算数同为 {one.amounts[key].string}"
    return ""


def _same(a: Quantity, b: Quantity) -> bool:
    digits = min(len(str(q.value.normalize().as_tuple().digits)) for q in (a, b))
    return digits >= _FEWEST_DIGITS and agree(a, b) is Agreement.AGREE


def _finding(one: Stated, other: Stated, key: str, shared: str, a: Quantity, b: Quantity) -> Finding:
    note = slip(a, b)
    severity: Severity = "error" if note else "warning"
    said = "，".join(
        f"{place.where}为 {place.amounts[key].string}{_unit(place, key, q)}"
        for place, q in ((one, a), (other, b))
    )
    return Finding(
        rule="budget-disagree",
        severity=severity,
        subject=f"项目{_WORDS[key]}",
        message=f"项目的{_WORDS[key]}前后不一致：{said}{f'（{note}）' if note else ''}；两处的{shared}。",
        evidence=tuple(
            evidence(p.amounts[key], f"{p.where}：{_WORDS[key]}", "stated", p.quote) for p in (one, other)
        ),
        expected=f"各处{_WORDS[key]}一致",
        actual=said,
        impact="影响预算执行率和资金结余的计算",
        confidence=0.92 if note else 0.8,
    )


def _unit(place: Stated, key: str, q: Quantity) -> str:
    """The unit, where the cell itself does not print it."""
    return "" if place.amounts[key].string.endswith(q.unit) else f" {q.unit}"
