"""文件写成之后才发生的事：已完成的工作、实际完成时间晚于文件的落款日期。

落款日期取封面或文末独占一行的日期、“报告日期：……”中最晚的一个，工作底稿各自的日期不算。写明“召开了”“已完成”“通过验收”一类的事、自评表实际完成值一栏的
日期，晚于落款日期的，合为一条提醒核对：或者日期有误，或者落款有误。

计划、要求、期限、合同和规划的终止日期可以在落款之后，“将于”“拟”“前”“底前”一类都不指出；没有落款日期的不判断。

错误示例::

    # 绩效评价报告

    2024 年 7 月 15 日

    # 评价过程

    2024 年 9 月 5 日，评价组在项目单位召开启动会。

正确示例::

    # 绩效评价报告

    2024 年 7 月 15 日

    # 评价过程

    2024 年 3 月 5 日，评价组在项目单位召开启动会。合同期至 2025 年 6 月 30 日，项目单位拟于 2024 年 9 月完成整改。
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Heading, Paragraph, Text
from extractor.findings import Finding, evidence
from extractor.quantity import Day, dates
from extractor.recognise.prose import passages
from extractor.rules.text._days import TO, Dated, cut, states_year

RULE = "dates-after-report"
_LINE = regex.compile(
    r"^(?:[（(]?(?:报告|编制|填报|自评)(?:日期|时间)\s*[:：])?"
    r"[\s\d〇○零一二三四五六七八九十年月日.\-/]{6,16}[)）]?$"
)
_DONE = regex.compile(
    r"^[^。；;\d]{0,16}?(?:召开|开展|走访|踏勘|核查|调研|访谈|发放|收集|回收|座谈|抽查|签订|开工|竣工|完工|验收"
    r"|拨付|支付|印发|下达|提交|出具|通过|撰写|分析|完成|组织|启动|进场|论证|评审|投入使用|公示)"
)
_AHEAD = regex.compile(
    r"计划|拟|预计|将|应|须|要求|争取|力争|确保|建议|限期|到期|有效期|以前|之前|日前|月前|底前|年前|截止|期限|周期|合同期|服务期"
    r"|租期|质保|规划|目标|届满|终止|下一步|尚未|未能|止$"
)
_CLAUSE = regex.compile(r"[。；;\n]")
_BEFORE, _BEHIND = 30, 40
_MOST = 6


def check(reading: Reading) -> Iterator[Finding]:
    """One finding if the document tells of what happened after its own date."""
    issued = _issued(reading)
    if issued is None:
        return
    late = [d for d in _told(reading) if d.day.earliest > issued.day.latest]
    late += [d for d in _actual(reading) if d.day.earliest > issued.day.latest]
    if late:
        yield _finding(issued, late)


def _issued(reading: Reading) -> Dated | None:
    """The document's date: the latest of those that stand alone on a line, or that its cover states."""
    lines = [b.text for b in reading.document.blocks if isinstance(b, (Heading, Paragraph))]
    found = [text for text in lines if _LINE.match(text.flat.strip())]
    if any(form.kind == "worksheet" for form in reading.forms):  # these have dates of their own
        found = [text for text in found if _in_words(text)]
    days = [cut(text, day) for text in found for day in dates(text.string) if day.month]
    return max(days, key=lambda d: d.day.latest, default=None)


def _in_words(text: Text) -> bool:
    """Whether a date is written as on a cover (2024年7月), not as in a field (2024.7.13)."""
    return "年" in text.string


def _told(reading: Reading) -> Iterator[Dated]:
    """The days of what sentences say has been done."""
    for _, _, text in passages(reading.document):
        found = dates(text.string)
        for n, day in enumerate(found):
            if day.month and _dated(found, n) and _done(text.string, day):
                yield cut(text, day)


def _dated(found: list[Day], n: int) -> bool:
    """Whether a day's year is printed, or is that of the beginning of its period."""
    return states_year(found[n]) or (n > 0 and states_year(found[n - 1]))


def _done(string: str, day: Day) -> bool:
    before = _CLAUSE.split(string[max(0, day.start - _BEFORE) : day.start])[-1]
    behind = _CLAUSE.split(string[day.end : day.end + _BEHIND])[0]
    if TO.match(behind) and dates(behind[:14]):
        return False
    if behind[:1] in "前起）)" or _AHEAD.search(before) or _AHEAD.search(behind):
        return False
    return bool(_DONE.match(behind.lstrip("，,、：: ")))


def _actual(reading: Reading) -> Iterator[Dated]:
    """The days that forms state as reached."""
    for form in reading.forms:
        for row in form.indicators:
            if form.kind == "self_evaluation" and row.actual is not None:
                found = dates(row.actual.string)
                if found and states_year(found[-1]) and not _AHEAD.search(row.actual.string):
                    yield Dated(found[-1], row.actual.text, row.label.flat)


def _finding(issued: Dated, late: list[Dated]) -> Finding:
    named = "、".join(dict.fromkeys(d.text.flat for d in late[:_MOST]))
    return Finding(
        rule=RULE,
        severity="warning",
        subject="落款日期与所述事项的先后",
        message=f"文件日期为 {issued.text.flat}，而文中所述已完成的事项在 {named}，晚于文件日期，请核实。",
        evidence=(
            evidence(issued.text, "文件日期", "stated", issued.quote),
            *(evidence(d.text, "所述事项的日期", "stated", d.quote) for d in late[:_MOST]),
        ),
        expected=f"不晚于 {issued.text.flat}",
        actual=named,
        impact="影响时间节点的认定",
        confidence=0.8,
    )
