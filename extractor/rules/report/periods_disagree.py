"""同一时点、同一时段前后所写不一：评价基准日、评价时段、项目实施期。

正文各处和表格标签（项目起止时间、实施期限）所写的逐一归拢，起止有一端不能相合的即指出；只写年月的与写到日的，
相合即可。标题写明年度，而评价时段不含该年度的，提醒核对。

几个项目、几个标段各自的实施期，一份文件几张表各自的起止时间，“延期至”“调整为”之后的时段，都不比较。

错误示例::

    # 项目概况

    项目实施期为 2021 年 1 月 1 日至 2023 年 12 月 31 日。

    # 实施情况

    项目实施期限为 2022 年 1 月 1 日至 2023 年 12 月 31 日，已全部完工。

正确示例::

    # 项目概况

    项目实施期为 2021 年 1 月 1 日至 2023 年 12 月 31 日。

    # 实施情况

    项目实施期限为 2021 年 1 月至 2023 年 12 月，已全部完工。
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import combinations

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Day, dates
from extractor.recognise.prose import passages
from extractor.rules.text._days import TO, after

RULE = "periods-disagree"
_IS = r"\s*(?:期间)?\s*(?:确定|定)?(?:为|是|[:：]|自|从)*\s*$"
_LABELS: tuple[tuple[str, regex.Pattern[str]], ...] = (
    ("评价基准日", regex.compile(rf"(?:评价|工作|的)?基准日期?{_IS}")),
    ("评价时段", regex.compile(rf"评价(?:的)?(?:时段|期间|范围|时间范围|时间段|所属期|区间|周期){_IS}")),
    (
        "项目实施期",
        regex.compile(
            rf"(?<!合同)(?:项目)?(?:实施期限?|实施时间|实施周期|建设周期|建设期|建设期限|起止时间|起止日期|项目周期|项目期限){_IS}"
        ),
    ),
)
_FIELDS = ("项目起止时间", "实施周期")
_CHANGED = regex.compile(r"延期|延长|调整|变更|原定|标段|分期|一期|二期|批次|子项目|计划|规划")
_LEAD = 24
_POINT = "评价基准日"


@dataclass(frozen=True, slots=True)
class _Period:
    """A labelled period (or day) where it is printed."""

    label: str
    start: Day
    end: Day
    text: Text
    quote: str


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each label whose days disagree, and one if they leave the document's year out."""
    found = [*_told(reading), *_in_forms(reading)]
    for label, _ in _LABELS:
        periods = [p for p in found if p.label == label]
        pair = next(((a, b) for a, b in combinations(periods, 2) if _apart(a, b)), None)
        if pair is not None:
            yield _finding(*pair)
    yield from _other_year(reading, found)


def _told(reading: Reading) -> Iterator[_Period]:
    for _, _, text in passages(reading.document):
        days = dates(text.string)
        for n, day in enumerate(days):
            lead = text.string[max(0, day.start - _LEAD) : day.start]
            label = next((name for name, word in _LABELS if word.search(lead)), None)
            clause = regex.split(r"[。；;\n]", lead)[-1]
            if label is None or _CHANGED.search(clause):
                continue
            end = days[n + 1] if n + 1 < len(days) and _joined(text, day, days[n + 1]) else day
            if label == _POINT or end is not day:
                yield _Period(label, day, end, text.cut(day.start, end.end), text.flat[:200])


def _joined(text: Text, start: Day, end: Day) -> bool:
    return TO.fullmatch(text.string[start.end : end.start]) is not None


def _in_forms(reading: Reading) -> Iterator[_Period]:
    """The period that a document's only form states."""
    forms = [form for form in reading.forms if any(name in form.fields for name in _FIELDS)]
    for form in forms if len(forms) == 1 else ():
        for name in _FIELDS:
            value = form.fields.get(name)
            days = dates(value.string) if value is not None else []
            if value is not None and len(days) == 2 and not _CHANGED.search(value.string):
                yield _Period("项目实施期", days[0], days[1], value.text, f"{name} {value.string}"[:200])


def _apart(a: _Period, b: _Period) -> bool:
    """Whether the ends of two periods cannot be the same days; neither if one contradicts itself."""
    if after(a.start, a.end) or after(b.start, b.end):
        return False
    ends = ((a.start, b.start), (a.end, b.end))
    return any(after(x, y) or after(y, x) for x, y in ends)


def _finding(a: _Period, b: _Period) -> Finding:
    severity: Severity = "error" if a.label == _POINT else "warning"
    return Finding(
        rule=RULE,
        severity=severity,
        subject=a.label,
        message=f"{a.label}前后不一致：一处为“{a.text.flat}”，另一处为“{b.text.flat}”。",
        evidence=(evidence(a.text, a.label, "stated", a.quote), evidence(b.text, b.label, "stated", b.quote)),
        expected=f"各处{a.label}一致",
        actual=f"{a.text.flat}；{b.text.flat}",
        impact="影响评价范围和所属期间的认定",
        confidence=0.85,
    )


def _other_year(reading: Reading, found: list[_Period]) -> Iterator[Finding]:
    """A period of evaluation that does not touch the year of the title."""
    title, year = reading.about.title, reading.about.year
    if title is None or year is None or f"{year}年度" not in title.flat.replace(" ", ""):
        return
    for period in found:
        if period.label == "评价时段" and not period.start.year <= year <= period.end.year:
            yield Finding(
                rule=RULE,
                severity="warning",
                subject="评价时段",
                message=f"标题为 {year} 年度，而评价时段为“{period.text.flat}”，不含该年度，请核实。",
                evidence=(
                    evidence(title, "标题"),
                    evidence(period.text, "评价时段", "stated", period.quote),
                ),
                expected=f"评价时段含 {year} 年",
                actual=period.text.flat,
                impact="影响评价范围和所属期间的认定",
                confidence=0.8,
            )
            return
