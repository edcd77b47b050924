"""Numbered lines: headings and paragraphs that begin with a number of some style (第一章 一、 （一） 1. （1） 1) ①)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import regex

from extractor.document import Block, Heading, Paragraph, Text
from extractor.quantity import chinese_number

PLAIN = -1
_CH = r"[一二三四五六七八九十]{1,3}"
_STYLES = tuple(
    regex.compile(pattern)
    for pattern in (
        rf"\s*第\s*(?P<n>{_CH}|\d{{1,2}})\s*[章部篇]",
        rf"\s*第\s*(?P<n>{_CH}|\d{{1,2}})\s*节",
        rf"\s*(?P<n>{_CH})\s*[、.．]",
        rf"\s*[（(]\s*(?P<n>{_CH})\s*[)）]",
        r"\s*(?P<n>\d{1,2})\s*(?:[、．]|\.(?!\d))",
        r"\s*[（(]\s*(?P<n>\d{1,2})\s*[)）]",
        r"\s*(?P<n>\d{1,2})\s*[)）]",
    )
)
_INSIDE = (  # the number of a style anywhere in a text
    "第({c}|{n})[章部篇]",
    "第({c}|{n})节",
    "{c}[、.．]",
    r"[（(]\s*{c}\s*[)）]",
    r"{n}\s*[、.．]",
    r"[（(]\s*{n}\s*[)）]",
    r"{n}\s*[)）]",
)
_NUMERALS = "零一二三四五六七八九"


@dataclass(frozen=True, slots=True)
class Numbered:
    """A line with its style (0 the largest), its number, and the number of its block."""

    style: int
    number: int
    text: Text
    block: int
    heading: bool


def numbered(text: Text, block: int = 0, heading: bool = False) -> Numbered | None:
    """A line that begins with a number, None if it does not."""
    for style, pattern in enumerate(_STYLES):
        match = pattern.match(text.string)
        if match:
            number = chinese_number(match["n"])
            return Numbered(style, int(number), text, block, heading) if number else None
    return None


def outline(blocks: Sequence[Block]) -> Iterator[Numbered]:
    """The numbered headings and paragraphs in reading order; headings without a number have style ``PLAIN``."""
    for n, block in enumerate(blocks):
        if isinstance(block, Heading) or (isinstance(block, Paragraph) and block.kind == "body"):
            found = numbered(block.text, n, isinstance(block, Heading))
            if found is not None:
                yield found
            elif isinstance(block, Heading):
                yield Numbered(PLAIN, 0, block.text, n, True)


def stands(style: int, number: int, string: str) -> bool:
    """Whether a number of a style stands anywhere in a text."""
    pattern = _INSIDE[style].format(n=rf"(?<!\d){number}", c=_chinese(number))
    return regex.search(pattern, string) is not None


def _chinese(number: int) -> str:
    tens, ones = divmod(number, 10)
    head = "" if tens == 0 else ("十" if tens == 1 else f"{_NUMERALS[tens]}十")
    return head + (_NUMERALS[ones] if ones else "")
