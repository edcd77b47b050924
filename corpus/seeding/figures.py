"""Printed numbers: what they are, how far rounding reaches, and how a slip of the pen changes them."""

from __future__ import annotations

import random
import re
from collections.abc import Iterator
from decimal import Decimal
from fractions import Fraction
from itertools import pairwise
from typing import NamedTuple

NUMBER = re.compile(r"(?<![\d.,A-Za-z\-])\d+(?:,\d{3})*(?:\.\d+)?(?![\d\-]|,\d{3}|\.\d)")
UNIT = re.compile(r"万元|亿元|元|%|‰|个百分点|分(?!钟)|万?人次|[㐀-鿿]")
SCALE = {
    "亿元": Fraction(10**8),
    "万元": Fraction(10**4),
    "元": Fraction(1),
    "%": Fraction(1, 100),
    "‰": Fraction(1, 1000),
}
OTHER_UNITS = {"万元": ("元", "亿元"), "元": ("万元",), "亿元": ("万元",), "%": ("‰",), "‰": ("%",)}


class Span(NamedTuple):
    """What a figure stands for, both ends included."""

    low: Fraction
    high: Fraction

    def meets(self, other: Span) -> bool:
        return self.low <= other.high and other.low <= self.high


def value(text: str) -> Decimal:
    """1,248.60 as a number."""
    return Decimal(text.replace(",", ""))


def decimals(text: str) -> int:
    return len(text.partition(".")[2])


def span(number: Decimal, digits: int, rounded: bool) -> Span:
    """What a figure stands for: half a unit of its last digit around it if it is rounded or has decimals."""
    half = Fraction(1, 2 * 10**digits) if digits or rounded else Fraction(0)
    return Span(Fraction(number) - half, Fraction(number) + half)


def printed(number: Decimal | Fraction, like: str) -> str:
    """A number with the decimals and the thousands separators of another."""
    shift = 10 ** decimals(like)
    scaled = Fraction(number) * shift
    whole = Decimal(int(scaled + Fraction(1, 2) if scaled >= 0 else scaled - Fraction(1, 2))) / shift
    return f"{whole:,.{decimals(like)}f}" if "," in like else f"{whole:.{decimals(like)}f}"


def distinctive(text: str) -> bool:
    """Whether a figure is unlikely to be met by chance: three digits or more, two of them not 0."""
    digits = re.sub(r"\D", "", text).lstrip("0")
    return len(digits) >= 3 and len(digits.replace("0", "")) >= 2


def digit_slips(text: str, rng: random.Random) -> Iterator[str]:
    """The number with one digit changed, in the order of a draw."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    rng.shuffle(places)
    for at in places:
        for digit in rng.sample("123456789", 9):
            if digit != text[at]:
                yield text[:at] + digit + text[at + 1 :]


def swaps(text: str, rng: random.Random) -> Iterator[str]:
    """The number with two neighbouring digits swapped."""
    places = [i for i, c in enumerate(text) if c.isdigit()]
    pairs = [(a, b) for a, b in pairwise(places) if text[a] != text[b]]
    rng.shuffle(pairs)
    for a, b in pairs:
        made = text[:a] + text[b] + text[a + 1 : b] + text[a] + text[b + 1 :]
        if len(made) == 1 or made[0] != "0" or made[1:2] == ".":
            yield made


def numbers_in(text: str) -> set[Decimal]:
    """All numbers that a text says, written in any way."""
    plain = re.sub(r"(?<=\d)[,，](?=\d{3})", "", text)
    return {Decimal(n).normalize() for n in re.findall(r"\d+(?:\.\d+)?", plain)}
