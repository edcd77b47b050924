"""Printed formulas such as (250-2.5-0.75)/(250-2.5), computed with intervals."""

from __future__ import annotations

import re
from dataclasses import dataclass, field, replace

from extractor.quantity.interval import Interval
from extractor.quantity.normal import normal
from extractor.quantity.quantity import Quantity
from extractor.quantity.reading import Reader

_LONGEST = 1000
_DEEPEST = 40
_READER = Reader()
_ADD, _MULTIPLY = "+-", "*×xX·/÷"
_OPEN, _CLOSE = "([{【", ")]}】"
_DIGIT = re.compile("[0-9]")


def evaluate(expr: str) -> tuple[Interval, tuple[Quantity, ...]] | None:
    """What a formula comes to, and its operands as printed; None when it is not a formula, or divides by 0.

    Operands with decimals are rounded to the digits written, whole numbers exact; % and ‰ are proportions,
    other units must be of one and the same scale, in which the result stands.

    >>> result, operands = evaluate("1,904,325/(3,120,488-1,490,271)")
    >>> round(result.low, 4), [q.text for q in operands]
    (Decimal('1.1681'), ['1,904,325', '3,120,488', '1,490,271'])
    """
    if len(expr) > _LONGEST:
        return None
    try:
        formula = _Formula(expr, normal(expr))
        result = formula.total(0)
        formula.blanks()
    except (_NoFormula, ZeroDivisionError):
        return None
    if formula.at < len(formula.text):
        return None
    return result, tuple(formula.operands)


class _NoFormula(Exception):
    """What is written cannot be read as a formula."""


@dataclass(slots=True)
class _Formula:
    printed: str
    text: str
    at: int = 0
    operands: list[Quantity] = field(default_factory=list)

    def blanks(self) -> None:
        while self.at < len(self.text) and self.text[self.at].isspace():
            self.at += 1

    def sign(self, signs: str) -> str:
        """The operator that stands next, stepped over; "" if none of these does."""
        self.blanks()
        char = self.text[self.at : self.at + 1]
        if not char or char not in signs:
            return ""
        self.at += 1
        return char

    def total(self, depth: int) -> Interval:
        result = self.product(depth)
        while char := self.sign(_ADD):
            term = self.product(depth)
            result = result + term if char == "+" else result - term
        return result

    def product(self, depth: int) -> Interval:
        result = self.factor(depth)
        while char := self.sign(_MULTIPLY):
            term = self.factor(depth)
            result = result / term if char in "/÷" else result * term
        return result

    def factor(self, depth: int) -> Interval:
        if depth > _DEEPEST:
            raise _NoFormula
        if self.sign("-"):
            return -self.factor(depth + 1)
        bracket = self.sign(_OPEN)
        if not bracket:
            return self.operand()
        result = self.total(depth + 1)
        if not self.sign(_CLOSE[_OPEN.index(bracket)]):
            raise _NoFormula
        share = self.sign("%‰")
        if share:
            return result / Interval.point(100 if share == "%" else 1000)
        return result

    def operand(self) -> Interval:
        self.blanks()
        if not _DIGIT.match(self.text, self.at):
            raise _NoFormula
        found = _READER.number_with_unit(self.printed, self.text, self.at)
        if found is None or not _plain(found, self.operands):
            raise _NoFormula
        found = replace(found, exact=found.precision == 0)
        self.at = found.end
        self.operands.append(found)
        return found.base() if found.dimension == "ratio" else found.interval()


def _plain(found: Quantity, before: list[Quantity]) -> bool:
    """Whether an operand's unit can be left aside: no unit of another scale stands in the formula."""
    units = {q.scale for q in (*before, found) if q.dimension not in ("number", "ratio")}
    return len(units) < 2 and found.measure.divisor == 1 and (found.dimension != "number" or found.scale == 1)
