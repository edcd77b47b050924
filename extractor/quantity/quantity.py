"""A figure as printed, and what it stands for."""

from __future__ import annotations

from dataclasses import dataclass, replace
from decimal import Decimal

from extractor.quantity.interval import Interval
from extractor.quantity.units import Unit, unit_of

COMPARISONS = frozenset({"=", ">=", "<=", ">", "<"})
_COUNTED = ("count:", "score", "time:")
_DAY = Decimal(86400)


@dataclass(frozen=True, slots=True)
class Quantity:
    """A figure: ``value`` is the number as printed in its ``unit``, ``text`` operator, number and unit.

    ``op`` is one of "" = >= <= > < ~ (约, 左右, 余, 近); of a range ``value`` is the lower end, ``upper`` the
    other. ``unit`` is as printed but for width (％ is %), and without 余 in it (万人 of 3万余人).
    ``precision`` counts the decimals written; ``exact`` figures (counts, targets, constants) are not rounded.
    ``malformed`` marks misplaced separators (4915,260); ``of`` is what a condition is stated of (一级故障).
    """

    text: str
    value: Decimal
    op: str = ""
    upper: Decimal | None = None
    unit: str = ""
    precision: int = 0
    exact: bool = False
    start: int = 0
    end: int = 0
    malformed: bool = False
    of: str = ""

    @property
    def measure(self) -> Unit:
        """The unit read: dimension, scale and divisor."""
        return unit_of(self.unit)

    @property
    def dimension(self) -> str:
        """What the unit measures: ``money``, ``ratio``, ``count:个``; ``number`` without a unit."""
        return unit_of(self.unit).dimension

    @property
    def scale(self) -> Decimal:
        """How many base units one printed unit is."""
        return unit_of(self.unit).scale

    @property
    def plain(self) -> str:
        """The printed number as a decimal string: 99.70, 4208.57."""
        return format(self.value, "f")

    def interval(self, precision: int | None = None) -> Interval:
        """What the printed number stands for, in its unit; ``precision`` is the column's, when it has one.

        An exact figure is a point, an approximate one as wide as its last significant digit.
        """
        top = self.value if self.upper is None else self.upper
        if self.op == "~":
            return self._about(top)
        if self.exact:
            return Interval(self.value, top)
        digits = self.precision if precision is None else max(precision, self.precision)
        half = Decimal(5).scaleb(-digits - 1)
        return (
            Interval.point(self.value)
            - Interval.point(half)
            + Interval(half - half, top - self.value + 2 * half)
        )

    def base(self, precision: int | None = None) -> Interval:
        """The interval in base units: 元, seconds, a ratio as a fraction of 1."""
        unit = unit_of(self.unit)
        if unit.divisor != 1:
            return self.interval(precision) / Interval.point(unit.divisor)
        return self.interval(precision).scaled(unit.scale)

    def at(self, offset: int) -> Quantity:
        """The same figure with its span shifted."""
        return replace(self, start=self.start + offset, end=self.end + offset)

    def _about(self, top: Decimal) -> Interval:
        """500余 is up to 600, 近500 from 400, 约500 from 450 to 550."""
        low, high = significance(self.value), significance(top)
        if any(mark in self.text for mark in "余多逾"):
            return Interval(self.value, top + high)
        if "近" in self.text:
            return Interval(self.value - low, top)
        return Interval(self.value - low / 2, top + high / 2)


def significance(value: Decimal) -> Decimal:
    """One unit in the last significant digit: 100 of 500, 1 of 512, 0.1 of 98.5."""
    _, digits, exponent = value.as_tuple()
    if not isinstance(exponent, int) or not any(digits):
        return Decimal(1)
    zeros = 0 if exponent < 0 else len(digits) - len("".join(map(str, digits)).rstrip("0"))
    return Decimal(1).scaleb(exponent + zeros)


def is_exact(op: str, unit: str, precision: int) -> bool:
    """Whether a figure is exact: stated with a comparison, or a whole number of things, points or days.

    Percentages, amounts and measures are rounded; so is a count in 万.
    """
    if op == "~":
        return False
    if op in COMPARISONS:
        return True
    if precision:
        return False
    measure = unit_of(unit)
    if measure.divisor != 1 or (measure.dimension == "number" and measure.scale == 1):
        return True
    if "/" in measure.dimension:
        return False
    if measure.dimension == "time":
        return measure.scale >= _DAY
    return measure.dimension.startswith(_COUNTED) and (measure.scale < 100 or measure.dimension == "time:月")
