"""The arithmetic that was checked by hand, written down in the sources and proved again each time.

A line is ``1,200 + 34.5 = 1,234.5`` or, rounded to the digits printed, ``1207.65 / 1234.56 * 100 = 97.82``.
"""

from __future__ import annotations

import ast
import operator
from collections.abc import Callable
from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction

OPERATIONS: dict[type[ast.operator], Callable[[Fraction, Fraction], Fraction]] = {
    ast.Add: operator.add,
    ast.Sub: operator.sub,
    ast.Mult: operator.mul,
    ast.Div: operator.truediv,
}


def holds(line: str) -> bool:
    """Whether the left side, rounded to the digits of the right one, is the right one."""
    left, right = line.replace(",", "").rsplit("=", 1)
    stated = Decimal(right.strip())
    value = evaluate(ast.parse(left.strip(), mode="eval").body, left.strip())
    shift = 10 ** max(0, -int(stated.as_tuple().exponent))
    scaled = value * shift
    nearest = (Decimal(scaled.numerator) / Decimal(scaled.denominator)).quantize(Decimal(1), ROUND_HALF_UP)
    return bool(nearest == stated * shift)


def evaluate(node: ast.expr, text: str) -> Fraction:
    """The exact value of a sum of printed numbers."""
    if isinstance(node, ast.BinOp):
        return OPERATIONS[type(node.op)](evaluate(node.left, text), evaluate(node.right, text))
    if isinstance(node, ast.Constant):
        return Fraction(ast.get_source_segment(text, node) or "")
    raise ValueError(f"not a sum: {text}")
