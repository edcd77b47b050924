"""引用的表、图不存在；题注编号重复、跳号；题注、引用与所指内容不符。

- 正文“如表 1-6 所示”“见表 7”而全文没有这张表。文件里没有两个以上编号题注的不判断；
- 题注编号重复，或中间缺号而全文都没有提到所缺的编号，提醒核对；
- 题注写“产出指标得分表”而表内是成本指标；以某年为例引用的表，题注的年份不含该年。

引用其他文件的表和图的，各章、各附件重新编号的，都不指出。

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
from extractor.document import Block, Text
from extractor.findings import Finding, Severity, evidence
from extractor.rules.report._captions import (
    Caption,
    begun,
    captions_in,
    chapter,
    cited,
    plain_number,
    told_of,
    used_twice,
)

RULE = "references"
_CLASS = regex.compile(r"(?:项目)?(?P<word>决策|过程|成本|产出|效益|满意度|投入|管理)(?:类)?指标")
_YEARS = regex.compile(r"((?:19|20)\d{2})\s*年?\s*(?:[-－—–~至到]{1,2}\s*((?:19|20)\d{2}))?\s*年")
_EXAMPLE = regex.compile(r"以\s*((?:19|20)\d{2})\s*年(?:度)?为例\s*[（(]?\s*(?:[见如])?\s*$")
_FEWEST = 2


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on captions and on references to them."""
    blocks = reading.document.blocks
    captions = list(captions_in(blocks))
    yield from _missing(blocks, captions)
    yield from _numbering(captions, blocks)
    yield from _misnamed(reading, captions)


def _missing(blocks: tuple[Block, ...], captions: list[Caption]) -> Iterator[Finding]:
    known = {(c.kind, c.number) for c in captions}
    there = known | set(begun(blocks))
    twice = used_twice(captions)
    told: set[tuple[str, str]] = set()
    for text, match in cited(blocks):
        key = (match["kind"], plain_number(match["number"]))
        like = sum(k == key[0] and len(chapter(n)) == len(chapter(key[1])) for k, n in known)
        if key in there or key in told or like < _FEWEST or _one_before(key) in twice:
            continue
        told.add(key)
        label = f"{key[0]} {key[1]}"
        yield _finding(
            "warning",
            label,
            f"正文引用了{label}，全文没有编号为{label}的题注。",
            [(text.cut(match.start("kind"), match.end("number")), "正文引用")],
            text,
            0.8,
        )


def _one_before(key: tuple[str, str]) -> tuple[str, str]:
    kind, number = key
    return kind, f"{chapter(number)}{int(number.rpartition('-')[2]) - 1}"


def _numbering(captions: list[Caption], blocks: tuple[Block, ...]) -> Iterator[Finding]:
    """Numbers used twice, and numbers left out within a chapter."""
    groups: dict[tuple[str, str], list[Caption]] = {}
    for caption in captions:
        if "图" in caption.kind or caption.table is not None:
            groups.setdefault((caption.kind, chapter(caption.number)), []).append(caption)
    for (kind, head), group in groups.items():
        for before, caption in pairwise(group):
            a, b = (int(c.number.rpartition("-")[2]) for c in (before, caption))
            where = [(before.text, "前一题注"), (caption.text, "后一题注")]
            label = f"{kind} {caption.number}"
            gap = f"{head}{a + 1}"
            if a == b and plain_number(before.text.flat) != plain_number(caption.text.flat):
                said = f"题注编号{label}用了两次：“{before.text.flat}”和“{caption.text.flat}”。"
                yield _finding("warning", label, said, where, caption.text, 0.8)
            elif b == a + 2 and not told_of(kind, gap, blocks):
                said = f"题注编号不连续：“{before.text.flat}”之后为“{caption.text.flat}”，缺 {gap}。"
                yield _finding("warning", label, said, where, caption.text, 0.6)


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
        if match and held and held[0] not in caption.text.string and match["word"] not in first[0].name:
            said = f"题注为“{caption.text.flat}”，表内却是“{first[0].text.flat}”类指标，题注与内容不符。"
            where = [(caption.text, "题注"), (first[0].text, "表内一级指标")]
            yield _finding("warning", f"{caption.kind} {caption.number}", said, where, caption.text, 0.9)
    yield from _other_year(reading.document.blocks, captions)


def _other_year(blocks: tuple[Block, ...], captions: list[Caption]) -> Iterator[Finding]:
    by_number = {(c.kind, c.number): c for c in captions}
    for text, match in cited(blocks):
        caption = by_number.get((match["kind"], plain_number(match["number"])))
        year = _EXAMPLE.search(text.string[: match.start("kind")])
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
            where = [(text.cut(match.start("kind"), match.end("number")), "正文引用"), (caption.text, "题注")]
            yield _finding("warning", label, said, where, text, 0.85)


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
