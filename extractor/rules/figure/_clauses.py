"""Clauses of two texts that are the same words with other numbers."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.document import Text
from extractor.quantity import normal

_CLAUSE = regex.compile(r"[^，,。；;：:\n]+")
_NUMBER = regex.compile(r"(?<![A-Za-z\d.])\d+(?:\.\d+)?")
_NOISE = regex.compile(r"[\s“”\"'‘’（）()的了则均]|扣完为止")
_ORDINAL = regex.compile(r"^\s*(?:[（(]?\d{1,2}[)）.、]|[①-⑳])\s*")
_HOLE = "#"
_SHORTEST = 6


def other_numbers(one: Text, other: Text) -> Iterator[tuple[Text, Text]]:
    """The clauses that both texts have once, word for word, but for their numbers."""
    mine, theirs = _clauses(one), _clauses(other)
    for words in mine.keys() & theirs.keys():
        a, b = mine[words], theirs[words]
        if len(a) == len(b) == 1 and not _same(_numbers(a[0]), _numbers(b[0])):
            yield a[0], b[0]


def _same(a: list[Decimal], b: list[Decimal]) -> bool:
    """Whether numbers are the same, or come to the same rate: 每 2 个百分点扣 1 分 and 每 1 个百分点扣 0.5 分."""
    return a == b or (len(a) > 1 and all(x * b[0] == y * a[0] for x, y in zip(a, b, strict=True)))


def _clauses(text: Text) -> dict[str, list[Text]]:
    found: dict[str, list[Text]] = {}
    for match in _CLAUSE.finditer(normal(text.string)):
        start = match.start()
        if ordinal := _ORDINAL.match(match[0]):
            start += ordinal.end()
        clause = text.cut(start, match.end())
        words = str(_NOISE.sub("", _NUMBER.sub(_HOLE, normal(clause.string))))
        if _HOLE in words and len(words) >= _SHORTEST:
            found.setdefault(words, []).append(clause)
    return found


def _numbers(clause: Text) -> list[Decimal]:
    return [Decimal(n) for n in _NUMBER.findall(normal(clause.string))]
