"""Relations between the fields of a table: c = a + b, c = a × b (or a = c ÷ b), c = a ÷ b - 1."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from typing import Literal

from extractor.quantity import Interval
from extractor.rules.table._grid import Grid, Line, Number
from extractor.vocabulary import words

Kind = Literal["sum", "product", "growth"]
Triple = tuple[Number, Number, Number]


@dataclass(frozen=True, slots=True)
class Relation:
    """``sum``: a + b = c; ``product``: a × b × 10^power = c; ``growth``: a ÷ b - 1 = c. ``named`` when
    a head says so."""

    kind: Kind
    a: Line
    b: Line
    c: Line
    power: int = 0
    named: bool = False
    computed: Line | None = None

    @property
    def result(self) -> Line:
        """The field that is computed from the others: a rate or difference, else c."""
        return self.computed or self.c

    def words(self, name: Callable[[Line], str]) -> str:
        """The relation as a formula with the result on the left; ``name`` says what a field is called."""
        a, b, c = (name(f) for f in (self.a, self.b, self.c))
        if self.kind == "growth":
            return f"{c}＝（{a}－{b}）÷{b}"
        if self.result is self.c:
            return f"{c}＝{a}{'＋' if self.kind == 'sum' else '×'}{b}"
        rest = b if self.result is self.a else a
        return f"{name(self.result)}＝{c}{'－' if self.kind == 'sum' else '÷'}{rest}"


@dataclass(frozen=True, slots=True)
class Broken:
    """A line in which a relation fails that holds in ``held`` of ``present`` lines."""

    grid: Grid
    relation: Relation
    line: Line
    numbers: Triple
    held: int
    present: int

    @property
    def stated(self) -> Number:
        """The figure of the result's field."""
        return self.numbers[(self.relation.a, self.relation.b, self.relation.c).index(self.relation.result)]

    @property
    def inputs(self) -> tuple[Number, ...]:
        """The figures that the result is computed from, in the formula's order."""
        a, b, c = self.numbers
        if self.stated is c:
            return a, b
        return c, b if self.stated is a else a

    def should_be(self, number: Number) -> Interval | None:
        """What one of the three figures must be for the relation to hold, in the unit as printed."""
        return solve(self.relation, self.numbers, number)


def meaning(line: Line) -> str | None:
    """What a field's own name means: difference, rate, growth, …"""
    return words("table-fields").meaning(line.path[-1].text.flat) if line.path else None


def solve(relation: Relation, numbers: Triple, wanted: Number) -> Interval | None:
    """The value that one figure must have, the others taken as printed; None when it would need a
    division by 0."""
    a, b, c = (based(n) for n in numbers)
    shift = Decimal(1).scaleb(relation.power)
    try:
        if relation.kind == "sum":
            found = a + b if wanted is numbers[2] else c - (b if wanted is numbers[0] else a)
        elif relation.kind == "product":
            found = (
                (a * b).scaled(shift)
                if wanted is numbers[2]
                else c / (b if wanted is numbers[0] else a).scaled(shift)
            )
        elif wanted is numbers[2]:
            found = a / b - _ONE
        else:
            found = (c + _ONE) * b if wanted is numbers[0] else a / (c + _ONE)
        return found / Interval.point(scale_of(wanted))
    except ZeroDivisionError:
        return None


_ONE = Interval.point(1)


def based(number: Number) -> Interval:
    """A figure's interval, per cents as proportions; other units stay as printed."""
    return number.interval.scaled(scale_of(number))


def scale_of(number: Number) -> Decimal:
    """0.01 for per cents; 1 for what has any other unit."""
    return number.quantity.scale if number.ratio else Decimal(1)


def _sum_holds(numbers: Triple, power: int) -> bool:
    a, b, c = numbers
    return abs(a.value + b.value - c.value) <= a.half + b.half + c.half


def _product_holds(numbers: Triple, power: int) -> bool:
    a, b, c = numbers
    factor = (scale_of(a) * scale_of(b)).scaleb(power)
    spread = abs(a.value) * b.half + abs(b.value) * a.half + a.half * b.half
    c_scale = scale_of(c)
    return abs(a.value * b.value * factor - c.value * c_scale) <= spread * factor + c.half * c_scale


def _growth_holds(numbers: Triple, power: int) -> bool:
    a, b, c = numbers
    rate, half = 1 + c.value * scale_of(c), c.half * scale_of(c)
    spread = abs(b.value) * half + abs(rate) * b.half + half * b.half
    return abs(b.value * rate - a.value) <= spread + a.half


TESTS: dict[Kind, Callable[[Triple, int], bool]] = {
    "sum": _sum_holds,
    "product": _product_holds,
    "growth": _growth_holds,
}
