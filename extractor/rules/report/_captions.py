"""Numbered captions of tables and figures, and the references to them in the text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.document import Block, Paragraph, Table, Text
from extractor.quantity import normal

_CAPTION = regex.compile(r"\s*(?P<kind>[表图])\s*(?P<number>\d{1,2}\s*[-－—–]\s*\d{1,3})(?!\d)")
_CITED = regex.compile(
    r"(?<![附上下列报代发该本此各填电简])(?P<kind>[表图])\s*(?P<number>\d{1,2}\s*[-－—–]\s*\d{1,3})(?![\d\-－—–年月])"
)
_OF_OTHER = regex.compile(r"》[^，。；]{0,6}$|合同|协议|原报告|审计报告[^，。；]{0,6}$")


@dataclass(frozen=True, slots=True)
class Caption:
    kind: str
    number: str
    text: Text
    table: Table | None


def plain_number(number: str) -> str:
    return str(regex.sub(r"\s", "", regex.sub(r"[－—–]", "-", normal(number))))


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


def cited(blocks: tuple[Block, ...]) -> Iterator[tuple[Text, regex.Match[str]]]:
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
