"""Texts to figures: the quantity or the conditions that a cell states."""

from __future__ import annotations

from dataclasses import replace

from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import conditions, read
from extractor.recognise.units import Hint

_LONGEST_FIGURE = 80


def figure(text: Text, unit: str = "") -> Figure:
    """The figure of a cell; ``unit`` is what its column's head or its form says, used where the cell has
    none."""
    flat = text.flat
    if not flat or len(flat) > _LONGEST_FIGURE:
        return Figure(text.strip())
    quantity = read(flat, unit)
    if quantity is not None:
        return Figure(text.strip(), quantity)
    return Figure(text.strip(), None, conditions(flat))


def hinted(value: Figure, hint: Hint) -> Figure:
    """A figure with the operator that its name leaves open (苗木成活率（≥**%） | 85), if it has none of its
    own."""
    quantity = value.quantity
    if quantity is None or quantity.op or not hint.op:
        return value
    return replace(value, quantity=replace(quantity, op=hint.op, exact=True))


def said(text: Text) -> Figure:
    """A text that is no figure (a rule, an explanation), with its place."""
    return Figure(text.strip())
