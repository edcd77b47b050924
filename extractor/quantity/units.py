"""Units: what dimension a printed unit measures, and how many base units it stands for."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from types import MappingProxyType

from extractor.quantity.measures import COUNTS, MEASURES, OTHER_LONGEST, OTHER_WORDS, PEOPLE, QUALIFIERS, WEAK
from extractor.quantity.normal import normal
from extractor.quantity.numerals import chinese_number


@dataclass(frozen=True, slots=True)
class Unit:
    """A unit: ``scale`` base units of its ``dimension``, divided by ``divisor`` (3 in 三分之二, else 1)."""

    text: str
    dimension: str
    scale: Decimal = Decimal(1)
    divisor: Decimal = Decimal(1)


MULTIPLES: Mapping[str, Decimal] = MappingProxyType(
    {
        "百": Decimal(100),
        "千": Decimal(1000),
        "万": Decimal(10) ** 4,
        "十万": Decimal(10) ** 5,
        "百万": Decimal(10) ** 6,
        "千万": Decimal(10) ** 7,
        "亿": Decimal(10) ** 8,
        "万亿": Decimal(10) ** 12,
    }
)


def _table() -> Mapping[str, tuple[str, Decimal]]:
    table: dict[str, tuple[str, Decimal]] = {}
    for dimension, words in MEASURES.items():
        for word, scale in (pair.split("=") for pair in words.split()):
            table[word] = dimension, Decimal(scale)
    table |= {word: ("count:人", Decimal(1)) for word in PEOPLE}
    for word in COUNTS:
        table.setdefault(word, (f"count:{word}", Decimal(1)))
    return MappingProxyType(table)


UNITS = _table()
LONGEST = max(map(len, UNITS))
_SLASH = re.compile(r"[/·]|每")
_FRACTION = re.compile(r"(.{1,12})分之|/([0-9]{1,30})")


@lru_cache(maxsize=4096)
def unit_of(text: str) -> Unit:
    """The unit that a printed word stands for; "" is a number, an unknown word a dimension of its own.

    >>> unit_of("万元").dimension, unit_of("万元").scale
    ('money', Decimal('10000'))
    >>> unit_of("元/分钟").dimension
    'money/time:分钟'
    """
    word = normal(text).replace(" ", "").removeprefix("单位:")
    if word[:1] in ("(", "["):
        word = word.strip("()[]")
    head, *under = _SLASH.split(word)
    if (not head and under and under[0].isdigit()) or ("分之" in word and word not in UNITS):
        return _fraction(text, word)
    dimension, scale = _simple(head)
    below = "".join("/" + _below(part) for part in under if part)
    return Unit(text, dimension + below, scale)


def _simple(word: str) -> tuple[str, Decimal]:
    """Dimension and scale of a unit without a stroke."""
    if not word:
        return "number", Decimal(1)
    if word in UNITS:
        return UNITS[word]
    for size in (2, 1):
        multiple = MULTIPLES.get(word[:size])
        if multiple is not None and (word[size:] in UNITS or not word[size:]):
            dimension, scale = UNITS.get(word[size:], ("number", Decimal(1)))
            return dimension, scale * multiple
    return f"unit:{word}", Decimal(1)


def _below(word: str) -> str:
    """What stands under the stroke, by its word: 元/分钟 and 元/小时 are never compared."""
    kind = _simple(word)[0].partition(":")[0]
    return f"{kind}:{word}"


def _fraction(text: str, word: str) -> Unit:
    found = _FRACTION.fullmatch(word)
    divisor = chinese_number(found[1] or found[2]) if found else None
    if not divisor:
        return Unit(text, f"unit:{word}")
    return Unit(text, "ratio", Decimal(1) / divisor, divisor)


def unit_at(text: str, start: int, prose: bool = False) -> str:
    """The longest known unit at an offset of a normalised text, with multiple and stroke; "" if none."""
    end = _word_end(text, start, prose)
    while end > start and end < len(text) and text[end] in "/·":
        below = _word_end(text, end + 1, prose)
        if below == end + 1:
            break
        end = below
    return text[start:end]


def _word_end(text: str, start: int, prose: bool) -> int:
    best = _base_end(text, start, prose)
    for size in (2, 1):
        if text[start : start + size] in MULTIPLES:
            end = _base_end(text, start + size, prose)
            if end > start + size or text[start] not in "百千" or size == 2:
                best = max(best, end)
    return best


def _base_end(text: str, start: int, prose: bool) -> int:
    for size in range(min(LONGEST, len(text) - start), 0, -1):
        word = text[start : start + size]
        if word in UNITS and not _runs_on(text, start, start + size, word, prose):
            return start + size
    return start


def _runs_on(text: str, start: int, end: int, word: str, prose: bool) -> bool:
    """Whether what looks like a unit is the beginning of another word."""
    after = text[end : end + 1]
    if word[-1].isascii() and word[-1].isalpha() and after.isascii() and after.isalnum():
        return True
    if not prose:
        return False
    if word in WEAK and "\u4e00" <= after <= "\u9fff" and not text.startswith(QUALIFIERS, end):
        return True
    return any(
        text[start:stop] in OTHER_WORDS and text[start : stop + 1] != "项目标"
        for stop in range(end + 1, end + OTHER_LONGEST)
    )
