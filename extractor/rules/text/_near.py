"""Where a text nearly says a name: with one character changed, left out, put in or two exchanged."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from extractor.document import Text
from extractor.quantity import normal

_BLANK = regex.compile(r"\s")
# What tells one thing from another of the same kind, so that names alike but for it are two names.
_TELLS = frozenset(
    "0123456789一二三四五六七八九十百零〇甲乙丙丁东西南北中上下左右前后内外新旧老大小高低正副主次"
    "省市区县州镇乡村街道局厅部委处科所站院校园班组期批第年月日ABCDEFGⅠⅡⅢⅣ、，。；：（）()“”‘’《》—-/"
)
_EMPTY = frozenset("的之了")
_JOINS = frozenset("和与及或暨")


@dataclass(frozen=True)
class Plain:
    """A text without its blanks, brackets alike; ``cut`` leads back to what is printed."""

    text: Text

    @cached_property
    def string(self) -> str:
        """The characters that are compared."""
        return str(_BLANK.sub("", normal(self.text.string)))

    def cut(self, start: int, end: int) -> Text:
        """The printed text of a stretch."""
        places = [n for n, c in enumerate(normal(self.text.string)) if not _BLANK.match(c)]
        return self.text.cut(places[start], places[end - 1] + 1)


@dataclass(frozen=True, slots=True)
class Near:
    """A stretch that is nearly a name; ``lost`` and ``added`` are the characters in which they differ."""

    start: int
    end: int
    said: str
    at: int
    lost: str
    added: str


def near(name: str, string: str) -> Iterator[Near]:
    """Every stretch of a string that differs from a name in one place inside it; cost as for finding a part."""
    half = len(name) // 2
    head, tail = name[:half], name[half:]
    for start in _places(head, string):
        found = _differs(tail, string[start + half : start + len(name) + 1])
        if found is not None:
            yield _near(string, start, start + half + found[0], half + found[1], found)
    for start in _places(tail, string):
        before = string[max(0, start - half - 1) : start]
        found = _differs(head[::-1], before[::-1])
        if found is not None:
            first, lost, added = start - found[0], found[2][::-1], found[3][::-1]
            at = half - found[1] - len(lost)
            yield _near(string, first, start + len(tail), at, (0, 0, lost, added))


def _near(string: str, start: int, end: int, at: int, found: tuple[int, int, str, str]) -> Near:
    return Near(start, end, string[start:end], at, found[2], found[3])


def _places(part: str, string: str) -> Iterator[int]:
    at = string.find(part)
    while at >= 0:
        yield at
        at = string.find(part, at + 1)


def _differs(part: str, window: str) -> tuple[int, int, str, str] | None:
    """How a window begins with a part but for one place that is not its last character.

    The length taken of the window, where they differ, and the characters of either; None if it does not, or
    if it is the part itself, or if what differs tells two things apart.
    """
    at = next((n for n, (a, b) in enumerate(zip(part, window, strict=False)) if a != b), None)
    if at is None or at >= len(part) - 1:
        return None
    rest, left = part[at:], window[at:]
    ways = (
        (rest[:2], left[:2]) if rest[:2] == left[1::-1] else ("", ""),
        (rest[:1], left[:1]),
        (rest[:1], ""),
        ("", left[:1]),
    )
    for lost, added in ways:
        same = part[at + len(lost) :]
        if lost + added and left[len(added) :].startswith(same):
            taken = at + len(added) + len(same)
            return (taken, at, lost, added) if _slip(lost, added) else None
    return None


def _slip(lost: str, added: str) -> bool:
    """Whether a change is one of the pen: not of numbers, places or ranks, nor of an empty word."""
    if len(lost) == len(added) == 1:
        return "一" <= added <= "鿿" and not {lost, added} <= _TELLS and not {lost, added} <= _JOINS
    one = lost or added
    return len(lost) == len(added) == 2 or (one not in _TELLS | _EMPTY | _JOINS and "一" <= one <= "鿿")
