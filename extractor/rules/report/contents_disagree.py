"""目录与正文标题不一致。

目录里带编号的条目，正文里没有同样的标题，而同一编号的标题写法不同，或者同样的标题用了另一个编号。

目录多数条目在正文里都找得到才判断；只差空格、标点，或目录只写标题前一部分的，不指出。

错误示例::

    目 录

    一、基本情况……1

    二、绩效评价指标分析……6

    三、有关建议……9

    # 一、基本情况

    说明。

    # 二、绩效评价分析

    说明。

    # 三、有关建议

    说明。

正确示例::

    目 录

    一、基本情况……1

    二、 绩效评价指标分析……6

    # 一、基本情况

    说明。

    # 二、绩效评价指标分析

    说明。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.document import Block, Paragraph, Table, Text
from extractor.findings import Finding, evidence
from extractor.quantity import normal
from extractor.rules.report._outline import Numbered, numbered

RULE = "contents-disagree"
_NOISE = regex.compile(r"[\s、，,。.．：:；;（）()“”\"\-—…·]|[.．…·]{2,}.*$")
_PAGE = regex.compile(r"[\s.．…·⋯‥]*[（(\-]?\s*\d{1,4}\s*[)）\-]?\s*$")
_SHORT = 60
_FOUND = 0.6
_FEW = 2


@dataclass(frozen=True, slots=True)
class _Entry:
    text: Text
    printed: str
    line: Numbered


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each entry of the contents whose heading reads otherwise."""
    blocks = reading.document.blocks
    entries = list(_entries(blocks))
    lines = [
        found
        for n, block in enumerate(blocks)
        if not isinstance(block, Table)
        and getattr(block, "kind", "body") == "body"
        and len(block.text) <= _SHORT
        and (found := numbered(block.text, n)) is not None
    ]
    known = {_plain(line.text.flat) for line in lines}
    strange = [e for e in entries if not _known(_plain(e.printed), known)]
    if len(strange) > max(_FEW, (1 - _FOUND) * len(entries)):
        return
    matched = {_plain(e.printed) for e in entries} - {_plain(e.printed) for e in strange}
    free = [line for line in lines if _plain(line.text.flat) not in matched]
    for entry in strange:
        heading = _other_number(entry, free) or _other_words(entry, free)
        if heading is not None:
            yield _finding(entry, heading)


def _entries(blocks: Sequence[Block]) -> Iterator[_Entry]:
    for block in blocks:
        if isinstance(block, Paragraph) and block.kind == "contents":
            printed = _PAGE.sub("", block.text.flat).rstrip(".．…·⋯‥ ")
            line = numbered(Text(printed))
            if line is not None:
                yield _Entry(block.text, printed, line)


def _known(entry: str, known: set[str]) -> bool:
    """Whether an entry is a heading, or the beginning of one."""
    return entry in known or any(k.startswith(entry) or entry.startswith(k) for k in known)


def _plain(text: str) -> str:
    return str(_NOISE.sub("", normal(text)))


def _bare(text: str) -> str:
    """A title without its number."""
    line = regex.match(r"\s*(?:第.{1,3}[章节部篇]|[（(]?[\d一二三四五六七八九十]{1,3}[)）、.．]+)", text)
    return _plain(text[line.end() :] if line else text)


def _other_number(entry: _Entry, lines: Sequence[Numbered]) -> Numbered | None:
    """The heading with the same words and another number of the same style."""
    words = _bare(entry.printed)
    return next((h for h in lines if h.style == entry.line.style and _bare(h.text.flat) == words), None)


def _other_words(entry: _Entry, lines: Sequence[Numbered]) -> Numbered | None:
    """The heading with the same number that comes nearest."""
    near = [h for h in lines if (h.style, h.number) == (entry.line.style, entry.line.number)]
    words = _bare(entry.printed)
    return max(near, key=lambda h: fuzz.ratio(_bare(h.text.flat), words), default=None)


def _finding(entry: _Entry, heading: Numbered) -> Finding:
    return Finding(
        rule=RULE,
        severity="warning",
        subject="目录",
        message=f"目录写为“{entry.printed}”，正文标题为“{heading.text.flat}”，两者不一致。",
        evidence=(evidence(entry.text, "目录"), evidence(heading.text, "正文标题")),
        expected=heading.text.flat,
        actual=entry.printed,
        impact="影响报告的规范性",
        confidence=0.8,
    )
