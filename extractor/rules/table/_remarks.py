"""Growth that a remark beside a row states of the row's own years: 2023年同比增加25.28%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.document import Cell
from extractor.facts import Figure
from extractor.quantity import Interval, normal, read
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Grid, Line, Number
from extractor.rules.table._lagged import Checked, Found, few_fail

_YEAR = regex.compile(r"((?:19|20)\d\d)\s*年?度?")
_SAID = regex.compile(
    r"(?P<year>20\d\d)\s*年?\s*(?:同比|较上年|比上年|较上一年|环比)(?:度)?(?P<way>增加|增长|上升|提高|增幅|减少|下降|降低)(?:了|为)?\s*(?P<rate>\d{1,4}(?:\.\d{1,4})?%)"
)


def remarked(finder: Finder) -> Iterator[Found]:
    """Rates in remarks that the row's figures do not make, where the other remarks of the table do."""
    grid = finder.grid
    if not grid.turned:
        return
    years = {int(y[1]): line for line in finder.lines if (y := _YEAR.fullmatch(normal(line.name).strip()))}
    checked = [c for field in finder.fields for c in _of_row(grid, field, years)]
    yield from few_fail(checked, "同比＝（当年－上年）÷上年")


def _of_row(grid: Grid, field: Line, years: dict[int, Line]) -> Iterator[Checked]:
    for col in range(grid.columns[-1].at + 1, grid.table.n_cols):
        cell = grid.table.at(field.at, col)
        if cell is None or len(cell.text) > 200:
            continue
        for found in _SAID.finditer(normal(cell.text.string)):
            year = int(found["year"])
            now, then = (grid.number(years[y], field) if y in years else None for y in (year, year - 1))
            if now is None or then is None or then.value <= then.half:
                continue
            stated = _stated(cell, found.span("rate"))
            growth = now.interval / then.interval - Interval.point(1)
            down = found["way"] in ("减少", "下降", "降低")
            computed = (growth.neg() if down else growth) / Interval.point(Decimal("0.01"))
            yield years[year], computed.meets(stated.interval), stated, (now, then), computed, field


def _stated(cell: Cell, span: tuple[int, int]) -> Number:
    """The rate in a remark as a figure of its own."""
    text = cell.text.cut(*span)
    quantity = read(text.string)
    assert quantity is not None
    return Number(cell, Figure(text, quantity), Decimal(5).scaleb(-quantity.precision - 1))
