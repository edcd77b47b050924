"""Figures that running text quotes from tables: how they are read, and when one is a slip of the pen."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.facts import Figure
from extractor.quantity import Quantity, find, slipped, unit_of
from extractor.rules.table._grid import Grid, Number
from extractor.rules.table._wording import middle

_ENDS = "，。；：、,;:！？（(\n"
_DIGITS = 4
_BRACKETS = regex.compile(r"[（(\[][^）)\]]*[）)\]]|\s")
_LINK = regex.compile(r"(?:共计?|合计|总计|为|是|达到?|累计|有)*$")
YEAR = regex.compile(r"(?:19|20)\d\d(?=年)")
OTHERWISE = regex.compile(
    r"上年|去年|上一年|同期|以前|计划|目标|预计|申[报请]|拟|应|原|调整前|以上|以下|不超|不低|增|减"
)
"""Words of a sentence whose figures are of another year or kind than a table's."""


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of the prose: the words before it in its clause and in its sentence, and the sentence up to it."""

    figure: Figure
    quantity: Quantity
    clause: str
    before: str
    sentence: str


def said(reading: Reading) -> Iterator[Said]:
    """The plain figures of four digits and more that paragraphs of the body state."""
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and block.kind == "body":
            yield from _of(block.text)


def _of(text: Text) -> Iterator[Said]:
    for quantity in find(text.string):
        if quantity.op in ("", "=") and quantity.upper is None and digits(quantity) >= _DIGITS:
            clause = max(text.string.rfind(mark, 0, quantity.start) for mark in _ENDS) + 1
            start = max(text.string.rfind(mark, 0, quantity.start) for mark in "。；\n") + 1
            figure = Figure(text.cut(quantity.start, quantity.end), quantity)
            words = _LINK.sub("", text.string[clause : quantity.start].strip())
            yield Said(
                figure,
                quantity,
                words,
                text.string[start : quantity.start],
                text.string[start : quantity.end],
            )


def digits(quantity: Quantity) -> int:
    """How many digits a figure is written with."""
    return len(quantity.value.as_tuple().digits)


def plain(name: str) -> str:
    """A row's or column's name without what stands in brackets."""
    bare: str = _BRACKETS.sub("", name)
    return bare


def is_slip(grid: Grid, number: Number, quantity: Quantity) -> bool:
    """Whether a figure is the cell's, to its own decimals, with one digit wrong or two neighbours changed about."""
    unit = number.quantity.unit or (grid.unit if quantity.dimension == "money" else quantity.unit)
    if unit_of(unit).dimension != quantity.dimension:
        return False
    meant = number.interval.scaled(unit_of(unit).scale)
    wanted = round(middle(meant) / quantity.scale, quantity.precision)
    return not quantity.base().meets(meant) and slipped(quantity, wanted)
