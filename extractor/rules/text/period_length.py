"""写明的期限与起止日期不符：2020 年 7 月 1 日至 2023 年 6 月 30 日，为期两年。

- 起止日期紧跟着写的“为期三年”“共 120 天”“期限 6 个月”，或期限之后括注的起止日期；
- 表格里各行的工期（天数）绝大多数等于开工、竣工日期之差，个别一行不等的，提醒核对。

年、月按头尾计或只计差数都认可，天数相差一天以内不算；约数、工作日、“其中”“每期”“延长”一类说的不是全程，不判断；
表里合同工期与实际工期本来可以不同，多数行不等的不判断。

错误示例::

    # 项目概况

    服务期限为 2020 年 7 月 1 日至 2023 年 6 月 30 日，为期两年。

正确示例::

    # 项目概况

    服务期限为 2020 年 7 月 1 日至 2023 年 6 月 30 日，为期三年。
"""

from __future__ import annotations

from calendar import monthrange
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

import regex

from extractor.claims import Reading
from extractor.document import Table, Text
from extractor.findings import Finding, evidence
from extractor.quantity import Day, chinese_number, dates
from extractor.rules.text._days import TO, after, texts

RULE = "period-length"
_LENGTH = (
    r"(?P<n>\d{1,4}|[一二两三四五六七八九十百]{1,5}|半) ?(?P<unit>个?学?年|个月|日历天|天|周|个星期|日)"
    r"(?![度以内前后级半零又多余])(?!\s*[（(]?(?:以内|左右|期))"
)
_NAMED = (
    r"(?:共计?|合计|总计|为期|历时"
    r"|总?(?:期限|工期|服务期限?|服务周期|合同期限?|合同工期|实施期限?|建设期|周期|租期|协议期限?))"
)
_BEHIND = regex.compile(rf"^\s*[止，,、；;（(]*\s*{_NAMED}\s*(?:共|为|是)?\s*{_LENGTH}")
_BEFORE = regex.compile(rf"{_NAMED}\s*(?:共|为|是)?\s*{_LENGTH}\s*[，,（(：:]?\s*(?:即|自|从|为)?\s*$")
_START = regex.compile(r"开工|开始|起始")
_END = regex.compile(r"竣工|完工|完成|结束|终止")
_DAYS = regex.compile(r"工期|天数|历时")
_COUNT = regex.compile(r"\d{2,4}(?=\D{0,3}$)")
_IMPACT = "影响实施期间、合同期间的认定"
_MONTH = 365.25 / 12
_FEWEST_ROWS = 3


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each length of time that is not that of its own dates."""
    for text in texts(reading):
        if sum(c.isdigit() for c in text.string) >= 8:
            yield from _in_text(text)
    for table in reading.document.tables:
        yield from _in_table(table)


def _in_text(text: Text) -> Iterator[Finding]:
    string = text.string
    for start, end in pairwise(dates(string)):
        if not TO.fullmatch(string[start.end : end.start]) or after(start, end):
            continue
        if string[end.end : end.end + 2].strip().startswith(("为第", "第")):
            continue
        match = _BEHIND.search(string[end.end : end.end + 30])
        shift = end.end
        if match is None:
            shift = max(0, start.start - 30)
            match = _BEFORE.search(string[shift : start.start])
        if match is None or _fits(start, end, match["n"], match["unit"]):
            continue
        length = text.cut(shift + match.start("n"), shift + match.end("unit"))
        yield _finding(text.cut(start.start, end.end), length, _measured(start, end), text.flat[:200])


def _span(start: Day, end: Day) -> int:
    """Days from the first to the last, both counted."""
    return (_date(*end.latest) - _date(*start.earliest)).days + 1


def _date(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))


def _fits(start: Day, end: Day, number: str, unit: str) -> bool:
    """Whether a length can be that of a period, counted with both ends or without one."""
    if number == "半":
        return True
    value = int(chinese_number(number) or 0)
    days = _span(start, end)
    if not value or start.month is None or end.month is None:
        return not value or unit not in ("年", "学年") or end.year - start.year in (value, value - 1)
    if unit in ("天", "日历天", "日"):
        return start.day is None or end.day is None or abs(days - value) <= 2
    if unit in ("周", "个星期"):
        return abs(days - 7 * value) <= 7
    months = days / _MONTH
    return abs(months - value * (1 if unit == "个月" else 12)) <= (1.2 if unit == "个月" else 2.0)


def _measured(start: Day, end: Day) -> str:
    """The length of a period in words."""
    days = _span(start, end)
    if start.day and end.day and days < 400:
        return f"约 {days / _MONTH:.1f} 个月（{days} 天）"
    return f"约 {days / _MONTH / 12:.1f} 年（{days / _MONTH:.0f} 个月）"


def _in_table(table: Table) -> Iterator[Finding]:
    """The row whose days are not those of its dates, where those of nearly all others are."""
    columns = [_column(table, word) for word in (_START, _END, _DAYS)]
    rows = [row for n in range(1, table.n_rows) if (row := _row(table, n, columns)) is not None]
    off = [row for row in rows if not row.fits]
    if len(off) == 1 and len(rows) >= _FEWEST_ROWS:
        yield _row_finding(off[0])


@dataclass(frozen=True, slots=True)
class _Row:
    """A row of a table with two dates and a count of days; ``line`` is all of it."""

    start: Text
    end: Text
    days: Text
    line: str

    @property
    def span(self) -> int:
        """Days between its dates."""
        return _span(dates(self.start.string)[0], dates(self.end.string)[0])

    @property
    def fits(self) -> bool:
        """Whether the count is that of the dates, with both ends or without."""
        return abs(self.span - int(_COUNT.match(self.days.flat)[0])) <= 2


def _column(table: Table, word: regex.Pattern[str]) -> int | None:
    """The only column whose head has a word in it."""
    found = [c.col for c in table.row(0) if c.colspan == 1 and word.search(c.text.flat)]
    return found[0] if len(found) == 1 else None


def _row(table: Table, number: int, columns: list[int | None]) -> _Row | None:
    """A row with exactly one day in either column of dates and a count beside them."""
    cells = [table.at(number, col) if col is not None else None for col in columns]
    texts_ = [cell.text for cell in cells if cell is not None]
    if len(texts_) < len(columns) or not _COUNT.match(texts_[2].flat):
        return None
    for text in texts_[:2]:
        found = dates(text.string)
        if len(found) != 1 or not found[0].day:
            return None
    start, end, days = texts_
    return _Row(start, end, days, " | ".join(c.text.flat for c in table.row(number))[:200])


def _row_finding(row: _Row) -> Finding:
    return Finding(
        rule=RULE,
        severity="warning",
        subject="工期",
        message=f"{row.start.flat} 至 {row.end.flat} 为 {row.span} 天，"
        f"所填天数为 {row.days.flat}，而表内其余各行相符，请核实。",
        evidence=(
            evidence(row.start, "起始日期", "stated", row.line),
            evidence(row.end, "终止日期", "stated", row.line),
            evidence(row.days, "天数", "stated", row.line),
        ),
        expected=f"{row.span} 天",
        actual=row.days.flat,
        impact=_IMPACT,
        confidence=0.8,
    )


def _finding(period: Text, length: Text, measured: str, quote: str) -> Finding:
    return Finding(
        rule=RULE,
        severity="error",
        subject="期限",
        message=f"“{period.flat}”{measured}，所写期限为“{length.flat}”，两者不符。",
        evidence=(
            evidence(period, "起止日期", "stated", quote),
            evidence(length, "所写期限", "stated", quote),
        ),
        expected=measured,
        actual=length.flat,
        impact=_IMPACT,
        confidence=0.9,
    )
