"""Numbered captions of tables and figures (表 1-2, 图 3, 附表 1), and the references to them in the text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.document import Block, Paragraph, Table, Text
from extractor.quantity import chinese_number, normal

_PAIR = r"\d{1,2}\s*[-－—–]\s*\d{1,3}"
_ONE = r"(?:\d{1,2}|[一二三四五六七八九十]{1,3})"
_CAPTION = regex.compile(
    rf"\s*(?P<kind>附?[表图])\s*(?P<number>{_PAIR}(?!\d)|{_ONE}(?![\d\-－—–.．、年月日份张个项次])(?=\s*[^\s，。；、]))"
)
# A pair of numbers is a reference wherever it stands; one number only where the words around it say so.
_CITED = regex.compile(
    rf"(?<![附上下列报代发该本此各填电简])(?P<kind>[表图])\s*(?P<number>{_PAIR})(?![\d\-－—–年月])"
    rf"|(?:见|如|参见|根据|依据|由|从|（|\()\s*(?P<kind>附?[表图])\s*(?P<number>{_ONE})"
    rf"(?![\d\-－—–.．年月日份张个项次名人篇种类家万亿%])"
)
_OF_OTHER = regex.compile(
    r"》[^，。；]{0,6}$|(?:合同|协议)(?:书|附件|文本|中|的|之)*$|原报告|审计报告[^，。；]{0,6}$|自评[表报][^，。；]{0,6}$"
)


@dataclass(frozen=True, slots=True)
class Caption:
    kind: str
    number: str
    text: Text
    table: Table | None


def plain_number(number: str) -> str:
    """A number (or any text) without blanks, its strokes alike; 三 is 3."""
    plain = str(regex.sub(r"\s", "", regex.sub(r"[－—–]", "-", normal(number))))
    value = chinese_number(plain) if plain and all(c in "一二三四五六七八九十" for c in plain) else None
    return plain if value is None else str(int(value))


def chapter(number: str) -> str:
    """What stands before the last part of a number: 3- of 3-2, nothing of 5."""
    head, stroke, _ = number.rpartition("-")
    return head + stroke


def captions_in(blocks: tuple[Block, ...]) -> Iterator[Caption]:
    """Every numbered caption: of tables as the parser ties them, of figures as lines of their own."""
    seen: set[tuple[str, str, str]] = set()
    for block in blocks:
        if isinstance(block, Table):
            text, table = block.caption, block
        elif isinstance(block, Paragraph) and block.kind in ("body", "caption") and len(block.text) <= 80:
            text, table = block.text, None
        else:
            continue
        match = _CAPTION.match(text.string) if text is not None else None
        if text is None or match is None or text.string.rstrip().endswith(("。", "；", "，")):
            continue
        key = (match["kind"], plain_number(match["number"]), plain_number(text.flat))
        if table is not None or key not in seen:
            yield Caption(match["kind"], plain_number(match["number"]), text, table)
        seen.add(key)


def used_twice(captions: Sequence[Caption]) -> set[tuple[str, str]]:
    """The numbers that stand over two tables: the next number may then be missing."""
    titles: dict[tuple[str, str], set[str]] = {}
    for caption in captions:
        if caption.table is not None:
            titles.setdefault((caption.kind, caption.number), set()).add(plain_number(caption.text.flat))
    return {key for key, found in titles.items() if len(found) > 1}


def cited(blocks: tuple[Block, ...]) -> Iterator[tuple[Text, regex.Match[str]]]:
    """Every reference in the text to a table or figure of the document, with its match."""
    for block in blocks:
        if (
            isinstance(block, Paragraph)
            and block.kind in ("body", "footnote")
            and not _CAPTION.match(block.text.string)
        ):
            for match in _CITED.finditer(block.text.string):
                if not _OF_OTHER.search(block.text.string[: match.start()][-20:]):
                    yield block.text, match


def begun(blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    """Numbers that a line of any length begins with: a caption that ran together with what follows it."""
    for block in blocks:
        if not isinstance(block, Table):
            for line in block.text.lines():
                if match := _CAPTION.match(line.string):
                    yield match["kind"], plain_number(match["number"])


def told_of(kind: str, number: str, blocks: tuple[Block, ...]) -> bool:
    """Whether a number of a table or figure stands anywhere in the document."""
    stroke = number.replace("-", r"\s*[-－—–]\s*")
    pattern = regex.compile(rf"{kind}\s*{stroke}(?!\d)")
    for block in blocks:
        texts = (c.text for c in block.cells) if isinstance(block, Table) else (block.text,)
        if any(kind[-1] in text.string and pattern.search(text.string) for text in texts):
            return True
    return False
