"""Texts to figures: the quantity or the conditions that a cell states."""

from __future__ import annotations

from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import conditions, read

_LONGEST_FIGURE = 80


def figure(text: Text, unit: str = "") -> Figure:
    """The figure of a cell; ``unit`` is what its column's head or its form says, used where the cell has none."""
    flat = text.flat
    if not flat or len(flat) > _LONGEST_FIGURE:
        return Figure(text.strip())
    quantity = read(flat, unit)
    if quantity is not None:
        return Figure(text.strip(), quantity)
    return Figure(text.strip(), None, conditions(flat))


def said(text: Text) -> Figure:
    """A text that is no figure (a rule, an explanation), with its place."""
    return Figure(text.strip())
