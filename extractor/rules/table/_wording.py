"""Words and evidence that the table rules share."""

from __future__ import annotations

from collections.abc import Iterable
from decimal import ROUND_HALF_UP, Context, Decimal

from extractor.findings import Evidence, evidence
from extractor.quantity import Interval
from extractor.rules.table._grid import Grid, Line, Number

_MOST_ADDENDS = 12
_WIDE = Context(prec=120, rounding=ROUND_HALF_UP)


def shown(value: Decimal, like: Number) -> str:
    """A computed value written as a figure of the table is: its decimals, its thousands, its unit."""
    exponent = value.as_tuple().exponent
    own = -exponent if isinstance(exponent, int) and not like.ratio else 0
    return _written(value, max(like.quantity.precision, own), like)


def about(found: Interval, like: Number) -> str:
    """The middle of an interval, to the digits of a figure of the table."""
    return _written(middle(found), max(like.quantity.precision, 2 if like.ratio else 0), like)


def middle(found: Interval) -> Decimal:
    """The number half way between the ends of an interval."""
    return _WIDE.divide(_WIDE.add(found.low, found.high), Decimal(2))


def rounded(value: Decimal, digits: int) -> Decimal:
    """A number with so many decimals, halves away from 0."""
    return value.quantize(Decimal(1).scaleb(-min(digits, 8)), context=_WIDE)


def _written(value: Decimal, digits: int, like: Number) -> str:
    plain = format(rounded(value, digits), ",f" if "," in like.text else "f")
    unit = like.quantity.unit
    return plain + (unit if unit and like.text.rstrip().endswith(unit) else "")


def cell_evidence(grid: Grid, number: Number, role: str) -> Evidence:
    """The evidence of one cell, with its row as quote."""
    row = next((r for r in grid.rows if r.at == number.cell.row), None)
    column = next((c for c in grid.columns if c.at == number.cell.col), None)
    label = "，".join(x.label for x in (row, column) if x is not None and x.label)
    cells = grid.table.row(number.cell.row)
    quote = " | ".join(c.text.flat[:40] for c in cells if c.text)[:300]
    return evidence(number.figure, f"{grid.title}：{label}", role, quote)


def addends(grid: Grid, numbers: Iterable[Number]) -> tuple[Evidence, ...]:
    """The evidence of what was added up, when it is little enough to read."""
    given = list(numbers)
    return tuple(cell_evidence(grid, n, "addend") for n in given) if len(given) <= _MOST_ADDENDS else ()


def where(grid: Grid, line: Line, field: Line) -> str:
    """A cell in words: “合计”行“预算”列."""
    row, column = (field, line) if grid.turned else (line, field)
    plain = grid.other if grid.turned else grid
    return f"{plain.called(row)}{plain.other.called(column)}"


def spot_words(grid: Grid, number: Number) -> str:
    """A figure's place in words."""
    row = next((r for r in grid.rows if r.at == number.cell.row), None)
    column = next((c for c in grid.columns if c.at == number.cell.col), None)
    plain = grid.other if grid.turned else grid
    return (plain.called(row) if row else "") + (plain.other.called(column) if column else "")
