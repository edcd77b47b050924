"""Automatic numbering as printed: 一、 （一） 1. (1) ① from numbering.xml, counted by paragraph."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from extractor.parsers.word.names import ALTERNATE, Element, W, chosen, number, toggle, value
from extractor.parsers.word.numerals import spell
from extractor.parsers.word.styles import Styles
from extractor.parsers.word.symbols import readable, unread

_LEVELS = 9
_PLACEHOLDER = re.compile(r"%([1-9])")
_MAX_LINKS = 5
_MAX_PATTERN = 100  # characters of a level's text; Word prints a few dozen
_BULLET = "•"


@dataclass(frozen=True, slots=True)
class Level:
    """How a level counts and prints: ``pattern`` as 第%1章, ``restart`` the level that restarts it."""

    start: int = 1
    format: str = "decimal"
    pattern: str = ""
    gap: bool = True
    legal: bool = False
    restart: int | None = None
    style: str | None = None


@dataclass(frozen=True, slots=True)
class _List:
    """A numbering in use: the levels, the counters that it shares, and the levels it starts anew."""

    shared: str
    levels: dict[int, Level]
    starts: dict[int, int]


class Numbering:
    """The numbers of one document's paragraphs; ``root`` is numbering.xml, None when there is none."""

    def __init__(self, root: Element | None, styles: Styles) -> None:
        self._styles = styles
        self._abstract: dict[str, Element] = {}
        self._nums: dict[int, Element] = {}
        for element in () if root is None else root:
            if element.tag == W + "abstractNum":
                self._abstract[element.get(W + "abstractNumId", "")] = element
            elif element.tag == W + "num":
                self._nums[number(element.get(W + "numId"))] = element
        self._lists: dict[int, _List | None] = {}
        self._counters: dict[str, list[int | None]] = {}
        self._begun: set[int] = set()

    def next(self, num_id: int, level: int | None, style_id: str | None) -> str:
        """The number that the next paragraph of a numbering prints, with the blank before the text if any.

        ``level`` counts from 0; None leaves it to the level that the paragraph's style is tied to.
        """
        found = self._list(num_id)
        if found is None:
            return ""
        if level is None:
            level = next((n for n, own in found.levels.items() if own.style and own.style == style_id), 0)
        level = min(max(level, 0), _LEVELS - 1)
        counters = self._counters.setdefault(found.shared, [None] * _LEVELS)
        if num_id not in self._begun:
            self._begun.add(num_id)
            for at, start in found.starts.items():
                counters[at] = None if start == found.levels.get(at, Level()).start else start - 1
        _count(counters, level, found.levels)
        return _print(counters, level, found.levels)

    def _list(self, num_id: int) -> _List | None:
        if num_id not in self._lists:
            self._lists[num_id] = self._read(num_id)
        return self._lists[num_id]

    def _read(self, num_id: int) -> _List | None:
        num = self._nums.get(num_id)
        abstract_id = self._definition(num)
        if num is None or abstract_id is None:
            return None
        levels = _levels(self._abstract[abstract_id])
        starts: dict[int, int] = {}
        for override in num.findall(W + "lvlOverride"):
            at = number(override.get(W + "ilvl"))
            levels.update(_levels(override))
            start = value(override, "startOverride")
            if start is not None and 0 <= at < _LEVELS:
                starts[at] = number(start)
        return _List(abstract_id, levels, starts)

    def _definition(self, num: Element | None) -> str | None:
        """The abstract numbering of a numbering, by way of the list styles that it may be linked to."""
        for _ in range(_MAX_LINKS):
            abstract_id = value(num, "abstractNumId")
            abstract = self._abstract.get(abstract_id or "")
            if abstract is None or abstract_id is None:
                return None
            link = value(abstract, "numStyleLink")
            if link is None:
                return abstract_id
            num = self._nums.get(self._styles.numbering_of(link))
        return None


def _levels(parent: Element) -> dict[int, Level]:
    return {number(level.get(W + "ilvl")): _level(level) for level in parent.findall(W + "lvl")}


def _level(element: Element) -> Level:
    fonts = element.find(f"{W}rPr/{W}rFonts")
    font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
    pattern = readable((value(element, "lvlText") or "")[:_MAX_PATTERN], font)
    number_format = _format(element)
    if number_format == "bullet":
        pattern = _BULLET if unread(pattern) or element.find(W + "lvlPicBulletId") is not None else pattern
    restart = value(element, "lvlRestart")
    return Level(
        start=number(value(element, "start"), 1 if element.find(W + "start") is None else 0),
        format=number_format,
        pattern=pattern,
        gap=(value(element, "suff") or "tab") != "nothing",
        legal=toggle(element, "isLgl") or False,
        restart=None if restart is None else number(restart),
        style=value(element, "pStyle"),
    )


def _format(level: Element) -> str:
    """The number format; a custom one stands among alternatives, whose fallback every reader knows."""
    alternate = level.find(ALTERNATE)
    if alternate is not None and level.find(W + "numFmt") is None:
        choice = chosen(alternate)
        found = None if choice is None else choice.find(W + "numFmt")
        padded = re.match(r"0+1", found.get(W + "format", "")) if found is not None else None
        if padded:
            return f"padded{len(padded[0])}"
        return (value(choice, "numFmt") if found is not None else None) or "decimal"
    return value(level, "numFmt") or "decimal"


def _count(counters: list[int | None], level: int, levels: dict[int, Level]) -> None:
    """Count one paragraph at a level: those above begin if they have not, those below begin anew."""
    for above in range(level):
        if counters[above] is None:
            counters[above] = levels.get(above, Level()).start
    now = counters[level]
    counters[level] = levels.get(level, Level()).start if now is None else now + 1
    for below in range(level + 1, _LEVELS):
        restart = levels.get(below, Level()).restart
        if restart is None or level < restart:
            counters[below] = None


def _print(counters: list[int | None], level: int, levels: dict[int, Level]) -> str:
    own = levels.get(level)
    if own is None:
        return ""

    def figure(match: re.Match[str]) -> str:
        at = int(match[1]) - 1
        shown = levels.get(at, Level())
        return _spell(counters[at] or 0, replace(shown, format="decimal") if own.legal else shown)

    printed = _PLACEHOLDER.sub(figure, own.pattern)
    # After 一、 and （一） the text follows at once; after 1. it does not, or 3. and 5万元 would make 3.5.
    parted = own.gap and (printed[-1:].isascii() or own.format == "bullet")
    return printed + " " if printed and parted else printed


def _spell(n: int, level: Level) -> str:
    if level.format.startswith("padded"):
        return str(n).zfill(int(level.format.removeprefix("padded")))
    return spell(n, level.format)
