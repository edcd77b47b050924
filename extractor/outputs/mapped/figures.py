"""A row's field as a mapping's column wants it: a text, or a number in the unit and format asked for."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal, localcontext

from extractor.outputs.mapped.mapping import Column, Fields
from extractor.quantity import unit_of
from extractor.result import Result
from extractor.rows import KINDS, Row

_DIGITS = 60  # of the arithmetic: more than any figure has


@dataclass(frozen=True, slots=True)
class Figure:
    """A number to be written, rounded, and whether it shows thousands."""

    value: Decimal
    thousands: bool = False

    def __str__(self) -> str:
        return format(self.value, ",f" if self.thousands else "f")

    @property
    def decimals(self) -> int:
        """How many decimals it shows."""
        exponent = self.value.as_tuple().exponent
        return max(-exponent, 0) if isinstance(exponent, int) else 0


def mapped_rows(result: Result, fields: Fields) -> Iterator[list[str | Figure]]:
    """The rows of one result that the mapping takes, a cell for each column."""
    for row in KINDS[fields.rows](result):
        if all(str(row.get(key) or "") in wanted for key, wanted in fields.where.items()):
            yield [cell(row, column) for column in fields.columns]


def cell(row: Row, column: Column) -> str | Figure:
    """What stands in a column of a row."""
    if not column.field:
        return column.text
    if column.number:
        found = figure(row, column)
        if found is not None:
            return found
        if column.otherwise is not None:
            return column.otherwise
    value = row.get(column.field)
    text = format(value, "f") if isinstance(value, Decimal) else "" if value is None else str(value)
    return column.values.get(text, text)


def figure(row: Row, column: Column) -> Figure | None:
    """The figure in the column's unit; None where there is none, or its unit is of another kind."""
    value, unit = row.get(f"{column.field}_value"), str(row.get(f"{column.field}_unit") or "")
    if not isinstance(value, Decimal):
        return None
    if column.unit is not None:
        has, wants = unit_of(unit), unit_of(column.unit)
        if has.dimension != wants.dimension or has.divisor != wants.divisor:
            return None
        with localcontext() as context:
            context.prec = _DIGITS
            value = _tidy(value * has.scale / wants.scale)
    if column.decimals is not None:
        value = _rounded(value, column.decimals)
    return Figure(value, column.thousands)


def _tidy(value: Decimal) -> Decimal:
    """Without the zeros and the exponent that a change of unit leaves."""
    plain = value.normalize()
    return plain.quantize(Decimal(1)) if plain == plain.to_integral_value() else plain


def _rounded(value: Decimal, decimals: int) -> Decimal:
    with localcontext() as context:
        context.prec = _DIGITS
        return value.quantize(Decimal(1).scaleb(-decimals), ROUND_HALF_UP)
