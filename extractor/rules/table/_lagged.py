"""Relations between a line and the one before it: growth, and what the readings of other modules share."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._relations import based, meaning, scale_of
from extractor.vocabulary import words

Found = tuple[
    Line, Line, Number, tuple[Number, ...], Interval, str, int, int, bool, Callable[[Number], Interval | None]
]
_NEAREST = 4


def lagged(finder: Finder) -> Iterator[Found]:
    """Growth rates that are not the growth over the line before (or after, in lists that go back in time)."""
    for rate in finder.fields:
        if meaning(rate) != "growth" or not finder.ratios[rate.at]:
            continue
        for amount in _amounts(finder, rate):
            for step in (-1, 1):
                checked = list(_steps(finder, rate, amount, step))
                yield from few_fail(checked, _growth_words(finder, rate, amount))


def _growth_words(finder: Finder, rate: Line, amount: Line) -> str:
    name = finder.grid.brief(amount)
    return f"{finder.grid.brief(rate)}＝（本期{name}－上期{name}）÷上期{name}"


def is_share(line: Line) -> bool:
    """Whether a line or field is called a share: 占比, 比重."""
    return line.kind == "share" or any(
        words("table-lines").meaning(c.text.flat) == "share" for c in line.path
    )


def _amounts(finder: Finder, rate: Line) -> list[Line]:
    """The fields of amounts nearest before a rate."""
    before = [f for f in finder.fields if f.at < rate.at and not finder.ratios[f.at]]
    return before[: -_NEAREST - 1 : -1]


Checked = tuple[Line, bool, Number, tuple[Number, ...], Interval, Line]


def _steps(finder: Finder, rate: Line, amount: Line, step: int) -> Iterator[Checked]:
    rates, amounts = finder.columns[rate.at], finder.columns[amount.at]
    for i, line in enumerate(finder.lines):
        before = i + step
        if line.kind != "item" or not 0 <= before < len(finder.lines) or finder.lines[before].kind != "item":
            continue
        stated, now, then = rates[i], amounts[i], amounts[before]
        if stated is None or now is None or then is None or then.value <= then.half:
            continue
        computed = (based(now) / based(then) - Interval.point(1)) / Interval.point(scale_of(stated))
        yield line, computed.meets(stated.interval), stated, (now, then), computed, rate


def few_fail(checked: Sequence[Checked], formula: str) -> Iterator[Found]:
    """The failures, when at least two lines and twice as many as fail hold (and not only with 0 or 100%)."""
    held = [c for c in checked if c[1]]
    telling = [c for c in held if c[2].value not in (0, 100)]
    if len(telling) < 2 or len(held) < 2 * (len(checked) - len(held)):
        return
    growth = "－" in formula
    for line, holds, stated, inputs, computed, field in checked:
        if not holds:
            solved = quotient_solver(stated, inputs, computed, growth)
            yield line, field, stated, inputs, computed, formula, len(held), len(checked), True, solved


def quotient_solver(
    stated: Number, inputs: tuple[Number, ...], computed: Interval, growth: bool
) -> Callable[[Number], Interval | None]:
    """What each figure of a quotient (or of a growth, a quotient less 1) must be, the others taken as
    printed."""
    above, below = inputs

    def solved(number: Number) -> Interval | None:
        if number is stated:
            return computed
        quotient = based(stated) + Interval.point(1) if growth else based(stated)
        if number.spot == above.spot:
            return quotient * below.interval
        if number.spot == below.spot and quotient.low > 0:
            return above.interval / quotient
        return None

    return solved
