"""日期先后颠倒：起始晚于终止，方案通过论证之前已按方案开展工作，底稿日期早于数据采集结束。

- 写明年份的起止日期（2023 年 9 月 1 日至 2023 年 3 月 31 日）和表格里的开始、完成日期，起晚于止的为错误；
- “方案于某日通过论证（评审）”而“自更早的某日起按方案开展数据采集”，提醒核对；
工作底稿日期也早于论证日的一并列出；
- 底稿（评分）日期早于数据采集的截止日，提醒核对。

终止日期没有写年份的可能跨年，只有跨年后晚于文件的落款日期才提醒核对；前期调研、预调研、起草初稿本就在论证之前，不指出。

错误示例::

    # 绩效评价实施过程

    评价工作方案于 2021 年 6 月 20 日通过专家论证。自 2021 年 6 月 8 日起根据方案开展数据收集和访谈。

正确示例::

    # 绩效评价实施过程

    评价工作方案于 2021 年 6 月 5 日通过专家论证。自 2021 年 6 月 8 日起根据方案开展数据收集和访谈。
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import Day, dates
from extractor.rules.text._days import TO, Dated, after, cut, states_year, texts

RULE = "dates-order"
_PASSED = regex.compile(r"方案[^。；;]{0,40}?于\s*$")
_REVIEW = regex.compile(r"^\s*(?:经|通过)?[^。；;，,]{0,12}(?:论证|评审|审核)")
_BEGIN = regex.compile(r"(?:自|从|于)\s*$")
_WORK = regex.compile(
    r"^\s*(?:起|开始)?[，,]?\s*(?:根据|按照|依据)[^。；;]{0,8}方案[^。；;]{0,24}(?:采集|收集|填报|访谈|调查|实施|评价)"
)
_COLLECTED = regex.compile(r"^[^。；;]{0,24}(?:数据|资料)[^。；;]{0,8}(?:填报|采集|收集|核对)")
_DATED = regex.compile(r"^\s*(?:评价|评分|编制|填表)?日期\s*[:：]")
_PAIRS = (("开始日期", "完成日期"),)
_AROUND = 120


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on periods that end before they begin, and on work done before its plan was approved."""
    yield from _periods(reading)
    yield from _fields(reading)
    found = _plan(reading)
    yield from [found] if found else _scored_early(reading)


def _periods(reading: Reading) -> Iterator[Finding]:
    issued = dates(reading.about.date.string) if reading.about.date else []
    for text in texts(reading):
        if sum(c.isdigit() for c in text.string) < 8:
            continue
        found = dates(text.string)
        for start, end in pairwise(found):
            if not TO.fullmatch(text.string[start.end : end.start]) or not after(start, end):
                continue
            if states_year(start) and states_year(end):
                yield _reversed("起止日期", cut(text, start), cut(text, end))
            elif not states_year(end) and issued and _in_no_year(start, end, issued[-1]):
                yield _reversed("起止日期", cut(text, start), cut(text, end), "warning")


def _in_no_year(start: Day, end: Day, issued: Day) -> bool:
    """Whether a period that ends in a day without a year would end after the document was written, were its
    end in the next year."""
    if not (start.month and start.day and end.month and end.day) or start.year != end.year:
        return False
    return (end.year + 1, end.month, end.day) > issued.latest


def _fields(reading: Reading) -> Iterator[Finding]:
    """Start and end as a form's labels state them."""
    for form in reading.forms:
        for first, last in _PAIRS:
            a, b = form.fields.get(first), form.fields.get(last)
            if a is None or b is None:
                continue
            start, end = dates(a.string), dates(b.string)
            if len(start) == len(end) == 1 and after(start[0], end[0]):
                name = f"{form.project.flat}的起止日期" if form.project else "项目起止日期"
                yield _reversed(name, Dated(start[0], a.text, first), Dated(end[0], b.text, last))


def _reversed(what: str, start: Dated, end: Dated, severity: Severity = "error") -> Finding:
    return Finding(
        rule=RULE,
        severity=severity,
        subject=what,
        message=f"{what}先后颠倒：起始为 {start.text.flat}，终止为 {end.text.flat}，起晚于止。",
        evidence=(
            evidence(start.text, "起始日期", "stated", start.quote),
            evidence(end.text, "终止日期", "stated", end.quote),
        ),
        expected="起始日期不晚于终止日期",
        actual=f"{start.text.flat} 至 {end.text.flat}",
        impact="影响实施期间的认定",
        confidence=0.95 if severity == "error" else 0.85,
    )


def _paragraph_days(reading: Reading) -> Iterator[tuple[Text, Day]]:
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and block.kind == "body":
            for day in dates(block.text.string):
                yield block.text, day


def _words_around(text: Text, day: Day) -> tuple[str, str]:
    """What stands before and after a date: a sentence's length of it, however long the text is."""
    return text.string[max(day.start - _AROUND, 0) : day.start], text.string[day.end : day.end + _AROUND]


def _plan(reading: Reading) -> Finding | None:
    """The plan's approval against the day from which work was done by it, and the worksheets' dates."""
    passed: Dated | None = None
    begun: Dated | None = None
    for text, day in _paragraph_days(reading):
        before, behind = _words_around(text, day)
        if day.day is None:
            continue
        if passed is None and _PASSED.search(before) and _REVIEW.match(behind):
            passed = cut(text, day)
        elif begun is None and _BEGIN.search(before) and _WORK.match(behind):
            begun = cut(text, day)
    if passed is None or begun is None or not begun.day.latest < passed.day.earliest:
        return None
    early = [s for s in _sheets(reading) if s.day.latest < passed.day.earliest]
    sheets = f"，工作底稿日期为 {early[0].text.flat}（{len(early)} 处）" if early else ""
    return Finding(
        rule=RULE,
        severity="warning",
        subject="评价工作方案论证与实施的先后",
        message=f"评价工作方案于 {passed.text.flat} 通过论证，"
        f"而自 {begun.text.flat} 起已根据方案开展数据采集等工作{sheets}，"
        "早于方案通过论证的日期，请核实。",
        evidence=(
            evidence(passed.text, "方案通过论证日期", "stated", passed.quote),
            evidence(begun.text, "按方案开展工作日期", "stated", begun.quote),
            *(
                evidence(s.text, "工作底稿日期", "stated" if n == 0 else "also")
                for n, s in enumerate(early[:4])
            ),
        ),
        expected="先通过论证，后按方案实施",
        actual=f"论证 {passed.text.flat}，实施 {begun.text.flat}",
        impact="影响评价程序的合规性",
        confidence=0.85,
    )


def _sheets(reading: Reading) -> Iterator[Dated]:
    """The dates of worksheets: lines 日期：… of their own."""
    if not any(form.kind == "worksheet" for form in reading.forms):
        return
    for text, day in _paragraph_days(reading):
        if day.day is not None and _DATED.match(text.string) and len(text) <= 30:
            yield cut(text, day)


def _scored_early(reading: Reading) -> Iterator[Finding]:
    """Worksheets dated before data collection ended."""
    ends = []
    for text, day in _paragraph_days(reading):
        before, behind = _words_around(text, day)
        if day.day is not None and TO.search(before[-4:]) and _COLLECTED.match(behind):
            ends.append(cut(text, day))
    sheets = list(_sheets(reading))
    if not ends or not sheets:
        return
    last, first = max(ends, key=lambda d: d.day.latest), min(sheets, key=lambda d: d.day.latest)
    if first.day.latest < last.day.earliest:
        yield Finding(
            rule=RULE,
            severity="warning",
            subject="评分与数据采集的先后",
            message=f"工作底稿的评分日期为 {first.text.flat}，而数据采集到 {last.text.flat} 才结束，"
            "评分早于数据采集完成，请核实。",
            evidence=(
                evidence(first.text, "工作底稿日期", "stated", first.quote),
                evidence(last.text, "数据采集截止日期", "stated", last.quote),
            ),
            expected="数据采集完成后评分",
            actual=f"评分 {first.text.flat}，采集截止 {last.text.flat}",
            impact="影响评分依据的充分性",
            confidence=0.75,
        )
