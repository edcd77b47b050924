"""Rates of several fields together: 满意度 = (很满意 + 满意) ÷ 样本数, found by trying runs of fields."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found
from extractor.rules.table._relations import scale_of
from extractor.rules.table._shape import added_up

_MOST_FIELDS = 12
_MOST_TERMS = 6
_ROWS, _DIGITS = 3, 9
_EARLY = 2
_SAMPLE = 6
_NAMED = regex.compile(r"率|满意|占比")

Run = Sequence[Line]


@dataclass(frozen=True, slots=True)
class _Tried:
    """A rate tried as one run over another: the lines in which it holds, and those in which it does not."""

    above: Run
    below: Run
    held: tuple[Number, ...]
    failed: tuple[tuple[Line, Number, tuple[Number, ...], tuple[Number, ...]], ...]


def quotients(finder: Finder, known: set[int]) -> Iterator[Found]:
    """Rates that are not the quotient that their field is in nearly all other lines; ``known`` are the fields
    for which a plain relation was found."""
    amounts = [f for f in finder.fields if not finder.ratios[f.at] and added_up(f)]
    if not 2 < len(amounts) <= _MOST_FIELDS:
        return
    runs = [amounts[i : i + n] for n in range(1, _MOST_TERMS + 1) for i in range(len(amounts) - n + 1)]
    for rate in finder.fields:
        if rate.label and finder.ratios[rate.at] and rate.at not in known:
            yield from _rate(finder, rate, runs)


def _rate(finder: Finder, rate: Line, runs: Sequence[Run]) -> Iterator[Found]:
    """The failures of the one reading that fails least; none where some reading fails nowhere."""
    best: _Tried | None = None
    for above, below in _likely(finder, rate, runs):
        found = _try(finder, rate, above, below)
        if found is not None and (best is None or len(found.failed) < len(best.failed)):
            best = found
    if best is not None:
        yield from _found(finder, rate, best)


def _likely(finder: Finder, rate: Line, runs: Sequence[Run]) -> Iterator[tuple[Run, Run]]:
    """The pairs of runs of which a few lines do not say at once that they are not the rate; in floats, for speed."""
    rates = [(i, n) for i, n in enumerate(finder.columns[rate.at]) if n is not None and n.value > n.half][
        :_SAMPLE
    ]
    lines = [
        (float(scale_of(n) * n.value), float(scale_of(n) * n.half), _floats(finder, i, runs))
        for i, n in rates
    ]
    for a, above in enumerate(runs):
        for b, below in enumerate(runs):
            if a != b and (len(above) > 1 or len(below) > 1) and _fits(lines, a, b):
                yield above, below


_Floats = list[tuple[float, float] | None]


def _floats(finder: Finder, i: int, runs: Sequence[Run]) -> _Floats:
    """The sum of each run in a line and its rounding; None where a figure is missing."""
    numbers = (_all(finder, i, run) for run in runs)
    return [(float(sum(n.value for n in o)), float(sum(n.half for n in o))) if o else None for o in numbers]


def _fits(lines: Sequence[tuple[float, float, _Floats]], a: int, b: int) -> bool:
    """Whether the sample bears a pair of runs out in two lines at least, and in most."""
    held = failed = 0
    for rate, half, sums in lines:
        top, bottom = sums[a], sums[b]
        if top is None or bottom is None:
            continue
        spread = top[1] + rate * bottom[1] + half * (bottom[0] + bottom[1]) + 1e-9 * abs(top[0])
        if abs(top[0] - rate * bottom[0]) <= spread:
            held += 1
        else:
            failed += 1
            if failed > _EARLY or (failed == _EARLY and not held):
                return False
    return held > 1


def _try(finder: Finder, rate: Line, above: Run, below: Run) -> _Tried | None:
    """A reading tried on all lines; None as soon as it fails in too many, or when it holds by chance."""
    held: list[Number] = []
    told: dict[tuple[Decimal, Decimal, Decimal], int] = {}
    failed: list[tuple[Line, Number, tuple[Number, ...], tuple[Number, ...]]] = []
    for i, line in enumerate(finder.lines):
        stated = finder.columns[rate.at][i]
        tops, bottoms = _all(finder, i, above), _all(finder, i, below)
        if stated is None or not tops or not bottoms or not (whole := _sum(bottoms)).low > 0:
            continue
        if (_sum(tops) / whole / Interval.point(scale_of(stated))).meets(stated.interval):
            held.append(stated)
            told[stated.value, _sum(tops).low, whole.low] = _digits(stated)
        else:
            failed.append((line, stated, tops, bottoms))
        if len(failed) > _EARLY + len(held) // 4 or (len(failed) == _EARLY and not held):
            return None
    enough = sum(1 for d in told.values() if d) >= _ROWS and sum(told.values()) >= _DIGITS
    return (
        _Tried(above, below, tuple(held), tuple(failed)) if enough and len(failed) * 4 <= len(held) else None
    )


def _all(finder: Finder, i: int, run: Run) -> tuple[Number, ...]:
    """The figures of a run in a line; none if one is missing or is a rate."""
    numbers = [finder.columns[f.at][i] for f in run]
    found = tuple(n for n in numbers if n is not None and not n.ratio)
    return found if len(found) == len(run) else ()


def _sum(numbers: Sequence[Number]) -> Interval:
    middle = sum((n.value for n in numbers), Decimal(0))
    half = sum((n.half for n in numbers), Decimal(0))
    return Interval(middle - half, middle + half)


def _digits(number: Number) -> int:
    """What a rate that holds tells: its digits; 0 for 0 and 100%."""
    plain = number.value * scale_of(number)
    return 0 if plain in (0, 1) else min(len(number.value.as_tuple().digits), 4)


def _found(finder: Finder, rate: Line, tried: _Tried) -> Iterator[Found]:
    name = finder.grid.brief
    formula = f"{name(rate)}＝{_words(name, tried.above)}÷{_words(name, tried.below)}"
    present = len(tried.held) + len(tried.failed)
    for line, stated, tops, bottoms in tried.failed:
        computed = _sum(tops) / _sum(bottoms) / Interval.point(scale_of(stated))
        yield (
            line, rate, stated, (*tops, *bottoms), computed, formula, len(tried.held), present, True,
            _solver(stated, tops, bottoms, computed),
        )  # fmt: skip


def _words(name: Callable[[Line], str], run: Run) -> str:
    said = "＋".join(name(f) for f in run)
    return f"（{said}）" if len(run) > 1 else said


def _solver(
    stated: Number, tops: Sequence[Number], bottoms: Sequence[Number], computed: Interval
) -> Callable[[Number], Interval | None]:
    """What each figure must be, the others taken as printed; a figure on both sides is not solved for."""

    def solved(number: Number) -> Interval | None:
        if number.spot == stated.spot:
            return computed
        rate = stated.interval.scaled(scale_of(stated))
        above, below = (any(n.spot == number.spot for n in side) for side in (tops, bottoms))
        if above and not below:
            return rate * _sum(bottoms) - _sum([n for n in tops if n.spot != number.spot])
        if below and not above and rate.low > 0:
            return _sum(tops) / rate - _sum([n for n in bottoms if n.spot != number.spot])
        return None

    return solved
