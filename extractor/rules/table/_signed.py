"""Sums with signs over several fields of a line, tried on all lines: c = a + b + d, 期末 = 期初 + 入 - 出."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Checked, Found
from extractor.rules.table._shape import added_up

Terms = tuple[tuple[Number, int], ...]
Tried = tuple[Checked, Terms]


def signed_sum(terms: Terms) -> Interval:
    """What the terms come to, each within its rounding."""
    middle = sum((n.value * sign for n, sign in terms), Decimal(0))
    half = sum((n.half for n, _ in terms), Decimal(0))
    return Interval(middle - half, middle + half)


def solver(stated: Number, terms: Terms) -> Callable[[Number], Interval | None]:
    """What each figure must be for ``stated`` to be the sum of the terms, the others taken as printed."""

    def solved(number: Number) -> Interval | None:
        if number.spot == stated.spot:
            return signed_sum(terms)
        rest = tuple(t for t in terms if t[0].spot != number.spot)
        sign = next((s for n, s in terms if n.spot == number.spot), 0)
        if not sign:
            return None
        return (stated.interval - signed_sum(rest)).scaled(Decimal(sign))

    return solved


def tried(finder: Finder, result: Line, parts: Sequence[tuple[Line, int]]) -> Iterator[Tried]:
    """Each line with whether the sum holds in it; a blank or a dash counts for nothing."""
    for i, line in enumerate(finder.lines):
        stated = finder.columns[result.at][i]
        terms = _terms(finder, i, line, parts)
        if stated is None or stated.ratio or terms is None or not added_up(line):
            continue
        computed = signed_sum(terms)
        yield (line, computed.meets(stated.interval), stated, (), computed, result), terms


def _terms(finder: Finder, i: int, line: Line, parts: Sequence[tuple[Line, int]]) -> Terms | None:
    found: list[tuple[Number, int]] = []
    for field, sign in parts:
        number = finder.columns[field.at][i]
        if number is not None and not number.ratio:
            found.append((number, sign))
        elif number is not None or finder.grid.state(line, field) not in ("blank", "dash"):
            return None
    return tuple(found) if found else None


def few_fail(
    checked: Sequence[Tried],
    formula: str,
    least: tuple[int, int, int],
    named: bool,
    alone: bool = False,
) -> Iterator[Found]:
    """The lines in which a sum fails, where it holds in enough others.

    ``least``: how many lines must tell something, how many digits together, and of how many lines one may
    fail. ``named`` when a head says so; ``alone`` when one term is all there is.
    """
    held = [c for c in checked if c[0][1]]
    told = {tuple(n.value for n, _ in terms): digits(c[2], terms, 1 if alone else 2) for c, terms in held}
    lines = sum(1 for d in told.values() if d)
    few = (len(checked) - len(held)) * least[2] <= len(checked)
    if lines < least[0] or sum(told.values()) < least[1] or not few:
        return
    for (line, holds, stated, _, computed, field), terms in checked:
        if not holds:
            inputs = tuple(n for n, _ in terms)
            yield (
                line, field, stated, inputs, computed, formula, len(held), len(checked), named,
                solver(stated, terms),
            )  # fmt: skip


def digits(stated: Number, terms: Terms, least: int = 2) -> int:
    """How much a line that holds tells: the digits of the result, up to 4, where enough terms are not 0."""
    if sum(1 for n, _ in terms if n.value) < least or not stated.value:
        return 0
    return min(len(stated.value.normalize().as_tuple().digits), 4)
