"""日期不存在：4 月 31 日、平年的 2 月 29 日、13 月。

写明了月和日的日期（包括起止日期中省写年份、月份的一端）逐一核对历法；没有写年份的 2 月 29 日不判断。
编号、规格里形似日期的数，以及“满 13 个月”一类的时长，不是日期，不判断。

错误示例::

    # 评价过程

    2023 年 4 月 3 日至 4 月 31 日，评价组实地走访了 12 个乡镇。

正确示例::

    # 评价过程

    2023 年 4 月 3 日至 4 月 30 日，评价组实地走访了 12 个乡镇；2024 年 2 月 29 日提交报告。
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Finding, evidence
from extractor.quantity import Day, dates, normal
from extractor.rules.text._days import texts

RULE = "impossible-date"
_LEAP = 2024
_PART = regex.compile(r"[A-Za-z./-]\||\|[-./]?[A-Za-z]")
# A month and a day whose year is not printed: no figure before it, no length of time behind it.
_BARE = regex.compile(r"(?<![\d.年度个第满共历])(?P<month>\d{1,2}) ?月 ?(?P<day>\d{1,2}) ?日(?!均|常|历)")
_WITH_YEAR = regex.compile(
    r"(?<!\d)(?P<year>(?:19|20)\d{2}) ?年 ?(?P<month>\d{1,2}) ?月(?: ?(?P<day>\d{1,2}) ?[日号])?"
)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each date that no calendar has."""
    told: set[str] = set()
    for text in texts(reading):
        for start, end in _wrong(text.string):
            printed = text.string[start:end]
            if printed not in told:
                told.add(printed)
                yield _finding(text, text.cut(start, end))


def _wrong(string: str) -> Iterator[tuple[int, int]]:
    """Where impossible dates stand in a text."""
    if "月" not in string and not regex.search(r"\d[-./]\d", string):
        return
    found = dates(string)
    for day in found:
        if _too_late(day) and not _code(string, day):
            yield day.start, day.end
    read = [(day.start, day.end) for day in found]
    plain = normal(string)
    for match in (*_WITH_YEAR.finditer(plain), *_BARE.finditer(plain)):
        if any(start < match.end() and match.start() < end for start, end in read):
            continue
        month, number = int(match["month"]), int(match["day"] or 1)
        year = int(match.groupdict().get("year") or _LEAP)
        if not 1 <= month <= 12 or not 1 <= number <= monthrange(year, month)[1]:
            yield match.span()


def _too_late(day: Day) -> bool:
    """Whether a month has no such day; of a year that is not printed, February is taken as the longest."""
    if not day.month or not day.day:
        return False
    year = day.year if str(day.year) in day.text else _LEAP
    return day.day > monthrange(year, day.month)[1]


def _code(string: str, day: Day) -> bool:
    """Whether a date is part of a number of another kind: 2019.2.30-A."""
    return bool(_PART.search(string[day.start - 1 : day.start] + "|" + string[day.end : day.end + 2]))


def _finding(text: Text, printed: Text) -> Finding:
    return Finding(
        rule=RULE,
        severity="error",
        subject=f"日期 {printed.flat}",
        message=f"“{printed.flat}”不是存在的日期，请核实。",
        evidence=(evidence(printed, "日期", "stated", text.flat[:200]),),
        expected="存在的日期",
        actual=printed.flat,
        impact="影响时间节点的认定",
        confidence=0.95,
    )
