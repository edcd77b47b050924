"""Totals that all shares of their table deny: each share is its part over the sum of the parts."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from decimal import Decimal

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found
from extractor.rules.table._portions import is_named, of_all
from extractor.rules.table._relations import scale_of
from extractor.rules.table._shape import TOTALS

_FEWEST, _DENYING = 3, 2

Part = tuple[Line, Number, Number]


def shared_out(finder: Finder) -> Iterator[Found]:
    """The amounts beside a share of 100% that are not the sum by which all other shares were computed."""
    for share in finder.fields:
        if finder.ratios[share.at] and (is_named(share) or of_all(finder, share)):
            for amount in finder.fields:
                if not finder.ratios[amount.at]:
                    yield from _of_pair(finder, share, amount)


def _of_pair(finder: Finder, share: Line, amount: Line) -> Iterator[Found]:
    lines = zip(finder.lines, finder.columns[share.at], finder.columns[amount.at], strict=True)
    given = [
        (line, s, p) for line, s, p in lines if s is not None and p is not None and s.ratio and not p.ratio
    ]
    wholes = [t for t in given if t[1].value * scale_of(t[1]) == 1]
    parts = [t for t in given if t not in wholes]
    if len(wholes) != 1 or len(parts) < _FEWEST or any(line.kind in TOTALS for line, _, _ in parts):
        return
    line, _, total = wholes[0]
    summed = _sum([p for _, _, p in parts])
    if summed.low <= 0 or summed.meets(total.interval) or not all(_holds(t, summed) for t in parts):
        return
    if sum(not _holds(t, total.interval) for t in parts) < _DENYING:
        return
    name = finder.grid.brief
    yield (
        line, amount, total, tuple(p for _, _, p in parts), summed, f"{name(line)}＝各项之和", len(parts),
        len(parts) + 1, True, _solver(total, summed),
    )  # fmt: skip


def _sum(numbers: Sequence[Number]) -> Interval:
    middle = sum((n.value for n in numbers), Decimal(0))
    half = sum((n.half for n in numbers), Decimal(0))
    return Interval(middle - half, middle + half)


def _solver(total: Number, summed: Interval) -> Callable[[Number], Interval | None]:
    """Only the total is known to be wrong."""
    return lambda number: summed if number.spot == total.spot else None


def _holds(part: Part, whole: Interval) -> bool:
    _, share, number = part
    return (number.interval / whole).meets(share.interval.scaled(scale_of(share)))
