"""Relations of three or more figures that do not hold, and the one slip of the pen in one of them that mends them.

Words alone often leave open which figures of a paragraph belong together. That one digit in one figure, printed
nowhere else, would make a relation hold to its last digit tells that they do.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from typing import NamedTuple

from extractor.quantity import Interval, Quantity, slips
from extractor.rules._printed import Printed
from extractor.rules.text._figures import Said

_TRUE_DIGITS = 3
_PER_CENT, _PER_MILLE = Decimal("0.01"), Decimal("0.001")


class Mended(NamedTuple):
    """The figure that a slip of the pen parts from the others, the others, and what they come to."""

    odd: Said
    others: tuple[Said, ...]
    computed: Interval


Wanted = Sequence[tuple[Said, Interval]]
"""The figures of a relation, each with what it must be for the others."""


def mend(wanted: Wanted, often: Printed) -> Mended | None:
    """The one figure of a relation that one slip would make true; None if none is, or if the document prints
    the figure elsewhere, too."""
    for odd, computed in wanted:
        if (
            _digits(odd.quantity) >= _TRUE_DIGITS
            and often.times(odd.quantity) == 1
            and one_slip(odd.quantity, computed)
        ):
            others = tuple(f for f, _ in wanted if f is not odd)
            return Mended(odd, others, computed)
    return None


def _other_sign(quantity: Quantity) -> Decimal:
    """What % stands for where ‰ is printed, and the other way round."""
    return _PER_CENT if quantity.scale == _PER_MILLE else _PER_MILLE


def one_slip(quantity: Quantity, computed: Interval) -> bool:
    """Whether a figure with one slip mended, or with % for ‰, is what it should be."""
    if quantity.scale <= 0 or computed.high <= 0:
        return False
    if quantity.dimension == "ratio" and quantity.interval().scaled(_other_sign(quantity)).meets(computed):
        return True
    low, high = computed.low / quantity.scale, computed.high / quantity.scale
    half = quantity.interval().high - quantity.value
    return any(low <= value + half and value - half <= high for value in slips(quantity))


def _digits(quantity: Quantity) -> int:
    return sum(c.isdigit() for c in quantity.plain)


def sentences_of(string: str) -> Iterator[tuple[int, int]]:
    """Where the sentences of a paragraph begin and end."""
    start = 0
    for number, char in enumerate(string):
        if char in "。！？\n":
            yield start, number + 1
            start = number + 1
    if start < len(string):
        yield start, len(string)
