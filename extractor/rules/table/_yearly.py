"""What each year's line says of its change over the year before: 比上年增加, 增幅, in lines of years that follow on."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import regex

from extractor.quantity import Interval
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Checked, Found, quotient_solver
from extractor.rules.table._relations import based, meaning, scale_of
from extractor.rules.table._signed import signed_sum, solver

_YEAR = regex.compile(r"((?:19|20)\d\d)\s*年?度?")
_OVER = regex.compile(r"[比较与]上一?年|同比|年增[减长加]?")
_NEAREST = 3


def yearly(finder: Finder) -> Iterator[Found]:
    """Changes over the year before that the nearest amount denies which bears out at least as many others."""
    for field in () if finder.grid.turned else finder.fields:
        growth = finder.ratios[field.at]
        if (growth and meaning(field) == "growth") or (not growth and _OVER.search(field.name)):
            yield from _of_field(finder, field, growth)


def _of_field(finder: Finder, field: Line, growth: bool) -> Iterator[Found]:
    plain = [f for f in finder.fields if f.at < field.at and not finder.ratios[f.at]]
    amounts = [f for f in plain if not _OVER.search(f.name) and meaning(f) != "difference"]
    for amount in amounts[: -_NEAREST - 1 : -1]:
        checked = list(_steps(finder, field, amount, growth))
        held = sum(1 for c in checked if c[1] and c[2].value)
        if held and held * 2 >= len(checked):
            yield from _failed(finder, checked, amount, growth)
            return


def _steps(finder: Finder, field: Line, amount: Line, growth: bool) -> Iterator[Checked]:
    """Each line of a year after the line of the year before, with what its change should be."""
    for i in range(1, len(finder.lines)):
        line, before = finder.lines[i], finder.lines[i - 1]
        stated, now, then = (finder.columns[f.at][j] for f, j in ((field, i), (amount, i), (amount, i - 1)))
        if stated is None or now is None or then is None or _year(line) != _year(before) + 1:
            continue
        if not growth:
            computed = signed_sum(((now, 1), (then, -1)))
        elif then.value > then.half:
            computed = (based(now) / based(then) - Interval.point(1)) / Interval.point(scale_of(stated))
        else:
            continue
        yield line, computed.meets(stated.interval), stated, (now, then), computed, field


def _year(line: Line) -> int:
    found = _YEAR.fullmatch(line.name.strip())
    return int(found[1]) if found else -1


def _failed(finder: Finder, checked: list[Checked], amount: Line, growth: bool) -> Iterator[Found]:
    name = finder.grid.brief(amount)
    said = f"（本年{name}－上年{name}）÷上年{name}" if growth else f"本年{name}－上年{name}"
    held = sum(c[1] for c in checked)
    for line, holds, stated, inputs, computed, field in checked:
        if not holds:
            formula = f"{finder.grid.brief(field)}＝{said}"
            yield (
                line, field, stated, inputs, computed, formula, held, len(checked), True,
                _solver(stated, inputs, computed, growth),
            )  # fmt: skip


def _solver(
    stated: Number, inputs: tuple[Number, ...], computed: Interval, growth: bool
) -> Callable[[Number], Interval | None]:
    if growth:
        return quotient_solver(stated, inputs, computed, True)
    now, then = inputs
    return solver(stated, ((now, 1), (then, -1)))
