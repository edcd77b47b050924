"""引用的表、图、附件不存在；题注编号重复、跳号；题注、引用与所指内容不符。

- 正文“如表 1-6 所示”而全文没有表 1-6；“详见附件六”而附件只到附件五。文件里没有编号题注（附件标题）的不判断；
- 题注编号重复，提醒核对；编号中间缺号，作为提示；
- 题注写“产出指标得分表”而表内是成本指标；以某年为例引用的表，题注的年份不含该年。

附件另册装订（全文没有附件标题）的、引用其他文件的表和附件的，都不指出。

错误示例::

    # 一、基本情况

    人员情况如表 1-3 所示。

    表 1-1 预算安排情况表

    | 年度 | 金额 |
    | 2020 | 100 |

    表 1-2 人员情况表

    | 年度 | 人数 |
    | 2020 | 12 |

正确示例::

    # 一、基本情况

    人员情况如表 1-2 所示。

    表 1-1 预算安排情况表

    | 年度 | 金额 |
    | 2020 | 100 |

    表 1-2 人员情况表

    | 年度 | 人数 |
    | 2020 | 12 |
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.claims import Reading
from extractor.document import Block, Heading, Paragraph, Text
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import chinese_number
from extractor.rules.report._captions import Caption, begun, captions_in, cited, plain_number

RULE = "references"
_APPENDIX = regex.compile(r"\s*附件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d\-－—–.])")
_TO_APPENDIX = regex.compile(
    r"(?:详?见|参见|如)\s*[“\"]?附件\s*(?P<number>\d{1,2}|[一二三四五六七八九十]{1,2})(?![\d\-－—–.])"
)
_CLASS = regex.compile(r"(?:项目)?(?P<word>决策|过程|成本|产出|效益|满意度|投入|管理)(?:类)?指标")
_YEARS = regex.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[-－—–~至到]{1,2}\s*((?:19|20)\d{2}))?\s*年")
_EXAMPLE = regex.compile(r"以\s*((?:19|20)\d{2})\s*年(?:度)?为例\s*[（(]?\s*(?:[见如])?\s*$")
_FEWEST = 2


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on captions and on references to them, and to appendices."""
    blocks = reading.document.blocks
    captions = list(captions_in(blocks))
    yield from _missing(blocks, captions)
    yield from _numbering(captions, set(begun(blocks)))
    yield from _misnamed(reading, captions)
    yield from _appendices(blocks)


def _missing(blocks: tuple[Block, ...], captions: list[Caption]) -> Iterator[Finding]:
    known = {(c.kind, c.number) for c in captions}
    there = known | set(begun(blocks))
    told: set[tuple[str, str]] = set()
    for text, match in cited(blocks):
        key = (match["kind"], plain_number(match["number"]))
        if key in there or key in told or sum(k == key[0] for k, _ in known) < _FEWEST:
            continue
        told.add(key)
        label = f"{key[0]} {key[1]}"
        yield _finding(
            "warning",
            label,
            f"正文引用了{label}，全文没有编号为{label}的题注。",
            [(text.cut(*match.span()), "正文引用")],
            text,
            0.8,
        )


def _numbering(captions: list[Caption], begun: set[tuple[str, str]]) -> Iterator[Finding]:
    """Numbers used twice, and numbers left out within a chapter."""
    groups: dict[tuple[str, str], list[Caption]] = {}
    for caption in captions:
        if caption.kind == "图" or caption.table is not None:
            groups.setdefault((caption.kind, caption.number.split("-")[0]), []).append(caption)
    for group in groups.values():
        for before, caption in pairwise(group):
            a, b = (int(c.number.split("-")[1]) for c in (before, caption))
            where = [(before.text, "前一题注"), (caption.text, "后一题注")]
            label = f"{caption.kind} {caption.number}"
            if a == b and plain_number(before.text.flat) != plain_number(caption.text.flat):
                said = f"题注编号{label}用了两次：“{before.text.flat}”和“{caption.text.flat}”。"
                yield _finding("warning", label, said, where, caption.text, 0.8)
            elif b == a + 2 and (caption.kind, f"{caption.number.split('-')[0]}-{a + 1}") not in begun:
                gap = f"{before.number.split('-')[0]}-{a + 1}"
                said = f"题注编号不连续：“{before.text.flat}”之后为“{caption.text.flat}”，缺 {gap}。"
                yield _finding("info", label, said, where, caption.text, 0.6)


def _misnamed(reading: Reading, captions: list[Caption]) -> Iterator[Finding]:
    """Captions that name another class of indicators than their table holds; tables cited for a year they
    do not hold."""
    levels = {t: row.levels for form in reading.forms for t in form.tables for row in form.indicators[:1]}
    for caption in captions:
        match = _CLASS.search(caption.text.string)
        first = levels.get(caption.table.number, ()) if caption.table is not None else ()
        held = next(
            (
                w
                for lv in first[:1]
                if (w := regex.search(r"决策|过程|成本|产出|效益|满意度|投入|管理", lv.name))
            ),
            None,
        )
        if match and held and match["word"] != held[0] and match["word"] not in first[0].name:
            said = f"题注为“{caption.text.flat}”，表内却是“{first[0].text.flat}”类指标，题注与内容不符。"
            where = [(caption.text, "题注"), (first[0].text, "表内一级指标")]
            yield _finding("warning", f"{caption.kind} {caption.number}", said, where, caption.text, 0.9)
    yield from _other_year(reading.document.blocks, captions)


def _other_year(blocks: tuple[Block, ...], captions: list[Caption]) -> Iterator[Finding]:
    by_number = {(c.kind, c.number): c for c in captions}
    for text, match in cited(blocks):
        caption = by_number.get((match["kind"], plain_number(match["number"])))
        year = _EXAMPLE.search(text.string[: match.start()])
        span = _YEARS.search(caption.text.string) if caption is not None else None
        if caption is None or year is None or span is None:
            continue
        first, last = int(span[1]), int(span[2] or span[1])
        if not first <= int(year[1]) <= last:
            label = f"{caption.kind} {caption.number}"
            said = (
                f"正文以 {year[1]} 年为例引用{label}，而该表题注为“{caption.text.flat}”，"
                f"不含 {year[1]} 年，疑引用有误。"
            )
            where = [(text.cut(*match.span()), "正文引用"), (caption.text, "题注")]
            yield _finding("warning", label, said, where, text, 0.85)


def _appendices(blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """References to an appendix that is not there, where the document has numbered ones of its own."""
    own: set[int] = set()
    for block in blocks:
        if (
            isinstance(block, (Heading, Paragraph))
            and len(block.text) <= 60
            and getattr(block, "kind", "") != "contents"
        ):
            match = _APPENDIX.match(block.text.string)
            if match and not block.text.string.rstrip().endswith(("。", "；")):
                own.add(_value(match["number"]))
    if len(own) < _FEWEST:
        return
    told: set[int] = set()
    for block in blocks:
        if not isinstance(block, Paragraph) or block.kind != "body":
            continue
        for match in _TO_APPENDIX.finditer(block.text.string):
            number = _value(match["number"])
            if number and number not in own | told:
                told.add(number)
                label = f"附件{match['number']}"
                said = f"正文引用了{label}，文件里没有{label}（有附件 {'、'.join(map(str, sorted(own)))}）。"
                yield _finding(
                    "warning", label, said, [(block.text.cut(*match.span()), "正文引用")], block.text, 0.75
                )


def _value(number: str) -> int:
    return int(number) if number.isdigit() else int(chinese_number(number) or 0)


def _finding(
    severity: Severity, label: str, said: str, where: list[tuple[Text, str]], quoted: Text, confidence: float
) -> Finding:
    return Finding(
        rule=RULE,
        severity=severity,
        subject=label,
        message=said,
        evidence=tuple(evidence(text, name, "stated", quoted.flat[:200]) for text, name in where),
        expected="编号连续唯一，引用与题注、内容一致",
        actual=said,
        impact="影响报告的规范性和可核对性",
        confidence=confidence,
    )
