"""标题编号跳号、重号；目录与正文标题不一致。

同一上级标题之下、同一编号样式（一、（一）1. （1）第一章）的标题应当连续。编号回到 1 视为另起一组；
缺号之间正文里有以该编号
起头的短段落的，视为标题没有识别出来，不指出；目录与正文只差空格、标点的不指出。

错误示例::

    # 一、基本情况

    说明。

    # 二、评价结论

    说明。

    # 四、有关建议

    说明。

正确示例::

    # 一、基本情况

    说明。

    # 二、评价结论

    说明。

    # 三、有关建议

    说明。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex
from rapidfuzz import fuzz

from extractor.claims import Reading
from extractor.document import Block, Heading, Paragraph, Text
from extractor.findings import Finding, evidence
from extractor.quantity import chinese_number, normal

RULE = "headings"
_CH = r"[一二三四五六七八九十]{1,3}"
_STYLES = (
    regex.compile(rf"\s*第(?P<n>{_CH}|\d{{1,2}})[章部篇]"),
    regex.compile(rf"\s*(?P<n>{_CH})\s*[、.．]"),
    regex.compile(rf"\s*[（(]\s*(?P<n>{_CH})\s*[)）]"),
    regex.compile(r"\s*(?P<n>\d{1,2})\s*[、.．](?!\d)"),
    regex.compile(r"\s*[（(]\s*(?P<n>\d{1,2})\s*[)）]"),
)
_NOISE = regex.compile(r"[\s、，,。.．：:；;（）()“”\"\-—…·]|[.．…·]{2,}.*$")
_PAGE = regex.compile(r"[\s.．…·⋯‥]*[（(\-]?\s*\d{1,4}\s*[)）\-]?\s*$")
_SHORT = 60
_NEAR = 60.0


@dataclass(frozen=True, slots=True)
class _Numbered:
    """A heading with its style (0 the largest), its number, and the number of its block."""

    style: int
    number: int
    text: Text
    block: int


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on numbers missing or used twice, and on contents that differ from the headings."""
    blocks = reading.document.blocks
    headings = [
        found
        for n, block in enumerate(blocks)
        if isinstance(block, Heading) and (found := _numbered(block.text, n)) is not None
    ]
    yield from _sequence(headings, blocks)
    yield from _contents(headings, blocks)


def _numbered(text: Text, block: int) -> _Numbered | None:
    for style, pattern in enumerate(_STYLES):
        match = pattern.match(text.string)
        if match:
            number = int(match["n"]) if match["n"].isdigit() else chinese_number(match["n"])
            return _Numbered(style, int(number), text, block) if number else None
    return None


def _sequence(headings: Sequence[_Numbered], blocks: Sequence[Block]) -> Iterator[Finding]:
    """Each heading against the last one of its style under the same parent."""
    last: dict[int, _Numbered] = {}
    for heading in headings:
        before = last.get(heading.style)
        last = {s: h for s, h in last.items() if s < heading.style} | {heading.style: heading}
        if before is None or heading.number in (1, before.number + 1) or heading.number < before.number:
            continue
        if heading.number == before.number:
            yield _finding(before, heading, "重复使用同一编号")
        elif not _unseen(before, heading, blocks) and heading.number == before.number + 2:
            yield _finding(before, heading, "之间缺号")


def _unseen(before: _Numbered, heading: _Numbered, blocks: Sequence[Block]) -> bool:
    """Whether a missing number stands at the beginning of a paragraph in between."""
    for block in blocks[before.block + 1 : heading.block]:
        if isinstance(block, Paragraph):
            match = _STYLES[heading.style].match(block.text.string)
            if (
                match
                and (found := _numbered(block.text, 0))
                and before.number < found.number < heading.number
            ):
                return True
    return False


def _finding(before: _Numbered, heading: _Numbered, what: str) -> Finding:
    a, b = before.text.flat[:40], heading.text.flat[:40]
    return Finding(
        rule=RULE,
        severity="warning",
        subject="标题编号",
        message=f"标题编号有误：“{a}”与“{b}”{what}。",
        evidence=(evidence(before.text, "前一标题"), evidence(heading.text, "后一标题")),
        expected=f"编号依次为 {before.number}、{before.number + 1}",
        actual=f"{before.number}、{heading.number}",
        impact="影响报告的完整性和规范性",
        confidence=0.75,
    )


def _contents(headings: Sequence[_Numbered], blocks: Sequence[Block]) -> Iterator[Finding]:
    """Entries of the contents whose heading reads otherwise."""
    known = {_plain(h.text.flat) for h in headings}
    every = {_plain(b.text.flat) for b in blocks if not isinstance(b, Paragraph) and hasattr(b, "text")}
    for block in blocks:
        if not isinstance(block, Paragraph) or block.kind != "contents":
            continue
        entry = _PAGE.sub("", block.text.flat).rstrip(".．…·⋯‥ ")
        found = _numbered(Text(entry), 0)
        if found is None or _plain(entry) in known | every:
            continue
        near = [
            h
            for h in headings
            if (h.style, h.number) == (found.style, found.number) and len(h.text) <= _SHORT
        ]
        best = max(near, key=lambda h: fuzz.ratio(_plain(h.text.flat), _plain(entry)), default=None)
        if best is not None and fuzz.ratio(_plain(best.text.flat), _plain(entry)) >= _NEAR:
            yield _differs(block.text, entry, best)


def _plain(text: str) -> str:
    return str(_NOISE.sub("", normal(text)))


def _differs(entry: Text, printed: str, heading: _Numbered) -> Finding:
    return Finding(
        rule=RULE,
        severity="info",
        subject="目录",
        message=f"目录写为“{printed}”，正文标题为“{heading.text.flat}”，两者不一致。",
        evidence=(evidence(entry, "目录"), evidence(heading.text, "正文标题")),
        expected=heading.text.flat,
        actual=printed,
        impact="影响报告的规范性",
        confidence=0.85,
    )
