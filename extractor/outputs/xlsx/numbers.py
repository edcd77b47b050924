"""Figures as a spreadsheet's numbers: 97.82% is 0.9782 shown as 97.82%, 1,207.65 keeps its digits."""

from __future__ import annotations

from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.outputs.xlsx.book import Number

if TYPE_CHECKING:
    from extractor.facts import Figure

DIGITS = 15  # more than these a spreadsheet does not keep; such a figure (a document number) stays a text


def number(figure: Figure | None) -> Number | None:
    """The figure as a number; None for a text, a range, or more digits than a spreadsheet keeps."""
    quantity = figure.quantity if figure else None
    if quantity is None or quantity.upper is not None or quantity.malformed:
        return None
    return as_number(quantity.value, quantity.precision, quantity.unit)


def as_number(value: Decimal, decimals: int, unit: str = "") -> Number | None:
    """A value shown with so many decimals, and as a percentage where its unit is one."""
    if len(value.as_tuple().digits) > DIGITS:
        return None
    places = "0" if decimals <= 0 else f"0.{'0' * min(decimals, 15)}"
    if unit in ("%", "％"):
        return Number(value.scaleb(-2), f"{places}%")
    return Number(value, f"#,##{places}" if abs(value) >= 10000 else places)


def said(figure: Figure | None) -> str | None:
    """The figure as printed; None where the form has no such cell."""
    return figure.string if figure else None
