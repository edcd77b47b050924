"""同一事项的数量在两段话里写得不同，而且只差一处笔误。

摘要、正文、经验、问题常把一个数再说一遍：“法律援助工作站 23 个”与“全县 23 个法律援助工作站”，“实际供餐 192 天”与
“全年供餐 192 天”，“共支出 498 万元”与“实际支付 498 万元”。事项、计量单位相同数字只差一位、相邻两位颠倒，
或数字相同而“元”“万元”不同的，提醒核对。

以下情形不指出：数字相差不止一处笔误的（多半是另一个数）；抽查、其中、新增、上年、累计、某镇等限定了范围的；写的是目标的；
同一段里并列的；两个数各写了两处以上的（本是两件事）。

错误示例::

    # 一、基本情况

    全县现有法律援助工作站 123 个，由县司法局管理。

    # 三、主要做法

    依托全县 132 个法律援助工作站，就近受理申请。

正确示例::

    # 一、基本情况

    全县现有法律援助工作站 123 个，由县司法局管理。

    # 三、主要做法

    抽查 32 个法律援助工作站，其中 23 个法律援助工作站有专人值守。
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity, find, slipped
from extractor.rules._printed import printed_in
from extractor.rules.text._mentions import Mention, mentions

_YEAR = regex.compile(r"20\d{2}(?=\s*年)")
RULE = "figures-retold"
FOLLOWS = (
    "values-disagree",
    "passages-disagree",
    "sentence-arithmetic",
    "targets-disagree",
    "goal-vs-indicator",
)
_NOUN, _AGENT = 4, 4
_DIGITS = 3
_LONG = 5
_MOST = 400
_SURE_DIGITS, _LONGEST = 7, 20


def check(reading: Reading) -> Iterator[Finding]:
    """A warning for each number that another paragraph tells of the same thing with a slip of the pen."""
    every = list(mentions(reading))[:_MOST]
    told = Counter((m.quantity.value, m.quantity.unit) for m in every)
    seen: set[frozenset[str]] = set()
    for one, other in combinations(every, 2):
        if one.block == other.block or not _slip(one, other) or not _same_thing(one, other):
            continue
        if _of_other_years(one, other):
            continue
        both = [told[m.quantity.value, m.quantity.unit] for m in (one, other)]
        key = frozenset((one.quantity.text, other.quantity.text))
        if min(both) == 1 and key not in seen:
            seen.add(key)
            yield _finding(one, other)
    yield from _long_amounts(reading, every, seen)


def _long_amounts(reading: Reading, every: Sequence[Mention], seen: set[frozenset[str]]) -> Iterator[Finding]:
    """Amounts of so many digits, printed once, that a slip from an amount of a table cannot be chance."""
    known = printed_in(reading)
    cells = [f for table in reading.document.tables for cell in table.cells for f in _amounts(cell.text)]
    for mention in every:
        own = mention.quantity
        if own.dimension != "money" or _digits(own) < _SURE_DIGITS or known.times(own) != 1:
            continue
        like = [f for f in cells if (q := f.quantity) and _one_slip(own, q)]
        values = {f.quantity.value for f in like if f.quantity}
        if len(values) == 1 and frozenset((own.text, like[0].string)) not in seen:
            yield _against_cell(mention, like[0])


def _amounts(text: Text) -> list[Figure]:
    """The figure of a cell that holds one and nothing else, if it has as many digits."""
    figures = find(text.string) if len(text) <= _LONGEST and any(map(str.isdigit, text.string)) else []
    fits = len(figures) == 1 and figures[0].text == text.string.strip()
    return [Figure(text.strip(), figures[0])] if fits and not figures[0].malformed else []


def _digits(quantity: Quantity) -> int:
    return len(quantity.value.normalize().as_tuple().digits)


def _one_slip(own: Quantity, other: Quantity) -> bool:
    """Whether a long amount is a cell's figure but for a slip; the cell's unit may stand in its head."""
    alike = other.dimension == "number" or (other.dimension, other.scale) == (own.dimension, own.scale)
    return (
        alike and own.precision == other.precision and own.value != other.value and slipped(own, other.value)
    )


def _against_cell(mention: Mention, cell: Figure) -> Finding:
    what = mention.lead or "金额"
    said = f"{_where(mention)}写为 {mention.quantity.text}，表格中为 {cell.string}"
    return Finding(
        rule=RULE,
        severity="warning",
        subject=what,
        message=f"{what}前后不一致：{said}，疑为笔误，请核实。",
        evidence=(
            evidence(mention.figure(), f"{_where(mention)}：{what}", "stated", mention.sentence),
            evidence(cell, "表格", "stated"),
        ),
        expected="同一事项各处数量一致",
        actual=f"{mention.quantity.text}；{cell.string}",
        impact="同一事实前后数据不一，影响报告的可信度",
        confidence=0.7,
    )


def _slip(one: Mention, other: Mention) -> bool:
    """Whether two numbers differ by one digit, by two that are changed about, or by 元 for 万元 alone."""
    a, b = one.quantity, other.quantity
    if a.dimension == b.dimension == "money" and a.value == b.value and a.scale != b.scale:
        return len(a.value.as_tuple().digits) >= _DIGITS
    if a.value == b.value or a.unit != b.unit or a.precision != b.precision:
        return False
    return slipped(a, b.value) or (len(digits := f"{a.value}") == 2 and digits[::-1] == f"{b.value}")


def _of_other_years(one: Mention, other: Mention) -> bool:
    """Whether what stands before two numbers, headings included, names years and none of them is the same."""
    a, b = (set(_YEAR.findall(m.section + m.text.string[: m.quantity.start])) for m in (one, other))
    return bool(a and b) and a.isdisjoint(b)


def _same_thing(one: Mention, other: Mention) -> bool:
    """Whether two numbers are told of the same thing, before them or behind them; long ones of a rare unit tell it."""
    if len(one.quantity.unit) > 1 and one.quantity.dimension != "money" and _long(one) and _long(other):
        return True
    if one.lead and other.lead:
        return _one_name(*sorted((one.lead, other.lead), key=len))
    if one.lead or other.lead:
        lead, after = (one.lead, other.after) if one.lead else (other.lead, one.after)
        return any(after.startswith(lead[start:]) for start in range(len(lead) - _NOUN + 1))
    return one.whole and other.whole and len(_common(one.after, other.after)) >= _NOUN


def _long(mention: Mention) -> bool:
    return len(mention.quantity.value.as_tuple().digits) >= _LONG


def _one_name(short: str, long: str) -> bool:
    return short == long or (
        len(short) >= _NOUN and long.endswith(short) and len(long) - len(short) >= _AGENT
    )


def _common(one: str, other: str) -> str:
    """The words with which two texts begin alike."""
    same = next(
        (n for n, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other))
    )
    return one[:same]


def _finding(one: Mention, other: Mention) -> Finding:
    what = _what(one, other)
    said = "，".join(f"{_where(m)}写为 {m.quantity.text}" for m in (one, other))
    return Finding(
        rule=RULE,
        severity="warning",
        subject=what,
        message=f"{what}的数量前后不一致：{said}，疑为笔误，请核实。",
        evidence=tuple(
            evidence(m.figure(), f"{_where(m)}：{what}", "stated", m.sentence) for m in (one, other)
        ),
        expected="同一事项各处数量一致",
        actual=f"{one.quantity.text}；{other.quantity.text}",
        impact="同一事实前后数据不一，影响报告的可信度",
        confidence=0.75,
    )


def _what(one: Mention, other: Mention) -> str:
    named: Sequence[str] = [m.lead for m in (one, other) if m.lead]
    return min(named, key=len) if named else _common(one.after, other.after)


def _where(mention: Mention) -> str:
    return f"正文“{mention.section[:20]}”部分" if mention.section else "正文"
