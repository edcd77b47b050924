"""Dates as written: 2020-01-01, 2019年6月10日, 2019.6.13, 二○二三年九月; 6月14日 is of the year before it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.quantity.normal import normal
from extractor.quantity.numerals import chinese_number


@dataclass(frozen=True, slots=True)
class Day:
    """A day, a month or a year as printed; ``month`` and ``day`` are None where nothing is said."""

    year: int
    month: int | None
    day: int | None
    text: str
    start: int
    end: int

    @property
    def earliest(self) -> tuple[int, int, int]:
        """The first day that it can mean, as (year, month, day)."""
        return self.year, self.month or 1, self.day or 1

    @property
    def latest(self) -> tuple[int, int, int]:
        """The last day that it can mean, as (year, month, day)."""
        return self.year, self.month or 12, self.day or 31


_ALONE = "(?<![0-9.])(?<![0-9],)"
_ARABIC_YEAR = r"(?:19|20)[0-9]{2}"
_CHINESE_YEAR = r"[一二][〇零九OoO0][〇零一二三四五六七八九Oo0]{2}"
_NUM = r"(?:[0-9]{1,2}|[一二三四五六七八九十]{1,3})"
_TO = r"(?: ?[-~]{1,2} ?| ?—{1,2} ?| ?[至到] ?)"
_D = rf">{_NUM}) {{0,2}}(?:[日号]|(?={_TO}{_NUM} ?[日号])))?"
_WRITTEN = (
    rf"(?<![0-9])(?P<y>{_ARABIC_YEAR}|{_CHINESE_YEAR}) {{0,2}}年(?:度)?"
    rf"(?: {{0,2}}(?P<m>{_NUM}) {{0,2}}(?:月|(?={_TO}{_NUM} ?月))(?: {{0,2}}(?P<d{_D})?"
)
_STROKES = (
    rf"{_ALONE}(?P<y2>{_ARABIC_YEAR}) ?(?P<s>[-/.]) {{0,2}}(?P<m2>1[0-2]|0?[1-9]) ?(?P=s) {{0,2}}"
    r"(?P<d2>3[01]|[12][0-9]|0?[1-9])(?![0-9])"
)
_SHORT_STROKE = rf"{_ALONE}(?P<y3>{_ARABIC_YEAR})[-/](?P<m3>1[0-2]|0[1-9])(?![.,]?[0-9]|[%年])"
_POINTS = (  # 2019.6 is a date only beside another: 2019.6-2020.5
    rf"{_ALONE}(?P<y4>{_ARABIC_YEAR})\.(?P<m4>1[0-2]|0?[1-9])(?={_TO}{_ARABIC_YEAR}\.[0-9]{{1,2}}(?!\.?[0-9]))"
    rf"|(?<=[0-9])(?P<to2>{_TO})(?P<y5>{_ARABIC_YEAR})\.(?P<m5>1[0-2]|0?[1-9])(?!\.?[0-9])"
)
_YEARS = (  # 2018-2020年, and 2018-2020 alone
    rf"{_ALONE}(?P<y6>{_ARABIC_YEAR})"
    rf"(?={_TO}{_ARABIC_YEAR}(?: ?年|(?![.,]?[0-9]|[%\u4e00-\u9fff])))"
    rf"|(?<=[0-9])(?P<to3>{_TO})(?P<y7>{_ARABIC_YEAR})(?![-/.,]?[0-9]|年)"
)
_PARTIAL = (
    rf"(?<![0-9.一二三四五六七八九十])(?P<next>同年|当年|次年)? {{0,2}}(?P<m8>{_NUM}) {{0,2}}"
    rf"(?:月|(?={_TO}{_NUM} ?月))(?!份?以[上下])(?: {{0,2}}(?P<d8{_D}"
    rf"|(?P<to>{_TO})(?P<d9>{_NUM}) ?[日号]"
)
_DATE = re.compile("|".join([_STROKES, _POINTS, _YEARS, _WRITTEN, _SHORT_STROKE, _PARTIAL]))
_LETTER_O = str.maketrans("Oo0", "〇〇〇")


def dates(text: str) -> list[Day]:
    """Every date in a text, in order; a month and day without a year take the year of the date before them.

    >>> [(d.year, d.month, d.day) for d in dates("2019年6月10日至14日，二○二三年九月，次年1月5日")]
    [(2019, 6, 10), (2019, 6, 14), (2023, 9, None), (2024, 1, 5)]
    """
    found: list[Day] = []
    for match in matches(normal(text)):
        day = _day(text, match, found[-1] if found else None)
        if day:
            found.append(day)
    return found


def matches(plain: str) -> list[re.Match[str]]:
    """Everything in a normalised text that is written as a date, also a month whose year is not known."""
    found: list[re.Match[str]] = []
    for match in _DATE.finditer(plain):
        follows = bool(found) and found[-1].end() == match.start()
        if follows or not (match["to"] or match["to2"] or match["to3"]):
            found.append(match)
    return found


def _day(text: str, match: re.Match[str], last: Day | None) -> Day | None:
    year = _first(match, "y", "y2", "y3", "y4", "y5", "y6", "y7")
    month = _first(match, "m", "m2", "m3", "m4", "m5", "m8")
    day = _first(match, "d", "d2", "d8", "d9")
    if year is None:
        if last is None:
            return None
        year = last.year + (match["next"] == "次年")
        month = last.month if match["d9"] else month
    if not 1 <= (month or 1) <= 12 or not 1 <= (day or 1) <= 31:
        return None
    start = match.start() + len(match["to"] or match["to2"] or match["to3"] or "")
    return Day(year, month, day, text[start : match.end()], start, match.end())


def _first(match: re.Match[str], *names: str) -> int | None:
    """The number in the first of some groups that took part."""
    word = next((match[name] for name in names if match[name]), None)
    if word is None:
        return None
    if word.isascii():
        return int(word)
    value = chinese_number(word.translate(_LETTER_O))
    return None if value is None else int(value)
