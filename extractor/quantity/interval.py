"""Closed intervals of decimals: what a rounded figure stands for, and what follows from it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import MAX_EMAX, MIN_EMIN, ROUND_CEILING, ROUND_FLOOR, Context, Decimal

DIGITS = 60
_DOWN = Context(prec=DIGITS, rounding=ROUND_FLOOR, Emin=MIN_EMIN, Emax=MAX_EMAX)
_UP = Context(prec=DIGITS, rounding=ROUND_CEILING, Emin=MIN_EMIN, Emax=MAX_EMAX)


@dataclass(frozen=True, slots=True)
class Interval:
    """All numbers from ``low`` to ``high``, both included. Results are rounded outward to 60 digits.

    >>> one, three = Interval.point(1), Interval.point(3)
    >>> Decimal(1) in one / three * three
    True
    """

    low: Decimal
    high: Decimal

    @staticmethod
    def point(x: Decimal | int) -> Interval:
        """The interval that holds one number."""
        value = Decimal(x)
        return Interval(value, value)

    def __contains__(self, x: Decimal) -> bool:
        return self.low <= x <= self.high

    def meets(self, other: Interval) -> bool:
        """Whether both have a number in common."""
        return self.low <= other.high and other.low <= self.high

    def gap(self, other: Interval) -> Decimal:
        """How far they are apart, 0 when they meet."""
        if self.meets(other):
            return Decimal(0)
        if self.high < other.low:
            return _DOWN.subtract(other.low, self.high)
        return _DOWN.subtract(self.low, other.high)

    def __add__(self, other: Interval) -> Interval:
        return Interval(_DOWN.add(self.low, other.low), _UP.add(self.high, other.high))

    def __sub__(self, other: Interval) -> Interval:
        return Interval(_DOWN.subtract(self.low, other.high), _UP.subtract(self.high, other.low))

    def __mul__(self, other: Interval) -> Interval:
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(
            min(_DOWN.multiply(a, b) for a, b in pairs), max(_UP.multiply(a, b) for a, b in pairs)
        )

    def __truediv__(self, other: Interval) -> Interval:
        """Raises ZeroDivisionError when the divisor may be 0."""
        if Decimal(0) in other:
            raise ZeroDivisionError("the divisor's interval contains 0")
        pairs = [(a, b) for a in (self.low, self.high) for b in (other.low, other.high)]
        return Interval(min(_DOWN.divide(a, b) for a, b in pairs), max(_UP.divide(a, b) for a, b in pairs))

    def __neg__(self) -> Interval:
        return Interval(self.high.copy_negate(), self.low.copy_negate())

    def neg(self) -> Interval:
        """The same as ``-interval``."""
        return -self

    def scaled(self, factor: Decimal) -> Interval:
        """Every number times an exact factor."""
        return self * Interval.point(factor)


def most_met(found: Sequence[Interval]) -> Interval:
    """What the most of some intervals have in common; of several such stretches the lowest. At least one interval."""
    ends = sorted([(i.low, 0) for i in found] + [(i.high, 1) for i in found])
    best, most, now = 0, 0, 0
    for at, (_, closes) in enumerate(ends):
        now += -1 if closes else 1
        if now > most:
            best, most = at, now
    return Interval(ends[best][0], next(value for value, closes in ends[best:] if closes))
