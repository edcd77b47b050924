"""What ties a figure to others, so that a reader of the document alone sees a wrong one.

A tie is derived from what the source declares (its hand-checked ``sums``, ``form`` directives, ``ties``)
and from what it prints (total rows, the same figure under the same words), never from the tool.
"""

from __future__ import annotations

import ast
import operator
import re
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from seeding.figures import SCALE, Span, decimals, printed, span, value
from seeding.sheet import Spot

OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


@dataclass(frozen=True)
class Conflict:
    """What a changed figure contradicts: the figures against it, and pairs that together say the same."""

    against: tuple[str, ...]
    pairs: tuple[tuple[str, str], ...] = ()
    subjects: tuple[str, ...] = ()


@dataclass(frozen=True)
class Formula:
    """An arithmetic relation; ``places[i]`` prints operand i, the last one the result."""

    text: str
    operands: tuple[str, ...]
    places: tuple[Spot | None, ...]
    family: tuple[str, ...]
    subjects: tuple[str, ...] = ()

    @property
    def spots(self) -> tuple[Spot, ...]:
        return tuple(s for s in self.places if s is not None)

    @property
    def adds(self) -> bool:
        """Whether it is a mere sum."""
        return not re.search(r"[-*/]", self.text)

    def breaks(self, spot: Spot, new: str, factor: Fraction = Fraction(1)) -> Conflict | None:
        """What the relation says against a new figure at a spot; None if rounding could explain it."""
        spans, exact = [], []
        for text, place in zip(self.operands, self.places, strict=True):
            own = place is not None and place.start == spot.start
            shown = new if own else text
            digits, rounded = decimals(shown), place is not None and place.rounded
            reach = span(value(shown), digits, rounded)
            scale = factor if own else Fraction(1)
            spans.append(Span(reach.low * scale, reach.high * scale))
            exact.append(Fraction(value(shown)) * scale)
        *left, right = spans
        try:
            if evaluate(self.text, left).meets(right):
                return None
            computed = evaluate(self.text, [Span(e, e) for e in exact[:-1]]).low
        except ZeroDivisionError:
            return None
        result = (
            new if self.places[-1] is not None and self.places[-1].start == spot.start else self.operands[-1]
        )
        pair = (result, printed(computed, self.operands[-1]))
        others = tuple(s.text for s in self.spots if s.start != spot.start)
        return Conflict(others, (pair,), self.subjects)


@dataclass(frozen=True)
class Repeated:
    """One fact printed at several spots."""

    spots: tuple[Spot, ...]
    family: tuple[str, ...]
    subjects: tuple[str, ...] = ()

    def breaks(self, spot: Spot, new: str, factor: Fraction = Fraction(1)) -> Conflict | None:
        """The other statements if none of them can be the new figure."""
        mine = span(value(new), decimals(new), False)
        mine = Span(mine.low * factor, mine.high * factor)
        others = [s for s in self.spots if s.start != spot.start]
        if not others or any(_reach(s, spot).meets(mine) for s in others):
            return None
        return Conflict(tuple(s.text for s in others), subjects=self.subjects)


Tie = Formula | Repeated


def _reach(other: Spot, spot: Spot) -> Span:
    """Another statement of the fact in the unit of this one."""
    reach = span(other.value, decimals(other.text), False)
    ratio = SCALE[other.unit] / SCALE[spot.unit] if {other.unit, spot.unit} <= SCALE.keys() else Fraction(1)
    return Span(reach.low * ratio, reach.high * ratio)


def evaluate(text: str, spans: list[Span]) -> Span:
    """The left side of a formula whose operands are x0, x1 … as an interval."""
    return _evaluate(ast.parse(text, mode="eval").body, spans)


def _evaluate(node: ast.expr, spans: list[Span]) -> Span:
    if isinstance(node, ast.Name):
        return spans[int(node.id[1:])]
    assert isinstance(node, ast.BinOp)
    a, b = _evaluate(node.left, spans), _evaluate(node.right, spans)
    ends = [OPERATIONS[type(node.op)](x, y) for x in a for y in b]
    return Span(min(ends), max(ends))


def parsed(line: str) -> tuple[str, tuple[str, ...]]:
    """A line of ``sums``: its left side with x0, x1 … for the numbers, and all numbers, the result last."""
    left, right = line.rsplit("=", 1)
    operands: list[str] = []

    def name(found: re.Match[str]) -> str:
        operands.append(found[0])
        return f"x{len(operands) - 1}"

    text = re.sub(r"\d+(?:,\d{3})*(?:\.\d+)?", name, left.strip())
    return text, (*operands, right.strip())


def addition(
    addends: list[Spot], total: Spot, family: tuple[str, ...], subjects: tuple[str, ...] = ()
) -> Formula:
    """The relation of a total and its parts. ValueError if it does not hold: the source is not clean."""
    places = (*addends, total)
    text = " + ".join(f"x{i}" for i in range(len(addends)))
    made = Formula(text, tuple(s.text for s in places), places, family, subjects)
    if sum(s.value for s in addends) != total.value and made.breaks(total, total.text):
        raise ValueError(f"{' + '.join(s.text for s in addends)} is not {total.text}")
    return made


def same(a: str, b: str) -> bool:
    """Whether two printed numbers are one number."""
    return Decimal(value(a)) == Decimal(value(b))
