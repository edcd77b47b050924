"""The amounts of money that a document prints, in tables (with the unit that their table gives them) and in prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.facts import Figure
from extractor.quantity import Interval, Quantity, find, unit_of
from extractor.rules.table._grid import Grid
from extractor.rules.table._reading import grids

_COUNTED = regex.compile(r"[人次件户个辆台套份条宗场只]|数|量|面积|率|比|天|年")
_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its figure with its unit, whether the table's unit line alone gives it, and where it stands.

    ``label`` says where in Chinese, ``quote`` the sentence around it; ``table`` is None in prose."""

    figure: Figure
    quantity: Quantity
    label: str
    quote: str = ""
    table: int | None = None
    lined: bool = False
    spot: tuple[int, int] = (0, 0)

    @property
    def base(self) -> Interval:
        """In 元, with half a unit of its last digit on both sides."""
        half = Decimal(5).scaleb(-self.quantity.precision - 1)
        value = self.quantity.value
        return Interval(value - half, value + half).scaled(self.quantity.scale)

    @property
    def digits(self) -> int:
        """How many digits it says, noughts at its end left out."""
        return len(self.quantity.value.normalize().as_tuple().digits)

    @property
    def telling(self) -> bool:
        """Whether it says so many digits that another amount has them by chance only once in thousands."""
        return self.digits >= _FEWEST_DIGITS

    @property
    def unit(self) -> str:
        return self.quantity.unit


def in_tables(reading: Reading) -> list[Amount]:
    """The amounts of the document's tables with the unit that it gives them."""
    return [amount for grid in grids(reading) for amount in _of_grid(grid)]


def _of_grid(grid: Grid) -> Iterator[Amount]:
    unit = grid.unit if unit_of(grid.unit).dimension == "money" else ""
    counted = {line.at for line in grid.columns if _COUNTED.search(line.name)}
    rows = {line.at for line in grid.rows if _COUNTED.search(line.name)}
    for (row, col), number in grid.numbers.items():
        quantity = number.quantity
        lined = not quantity.unit and bool(unit) and col not in counted and row not in rows
        if lined:
            quantity = replace(quantity, unit=unit)
        if quantity.dimension == "money" and quantity.value > 0:
            yield Amount(number.figure, quantity, grid.title, "", grid.table.number, lined, (row, col))


def in_prose(reading: Reading) -> list[Amount]:
    """The amounts of the running text, with their own units."""
    texts = (b.text for b in reading.document.blocks if isinstance(b, Paragraph) and b.kind == "body")
    return [amount for text in texts for amount in _of_text(text)]


def _of_text(text: Text) -> Iterator[Amount]:
    for quantity in find(text.string):
        if quantity.dimension != "money" or quantity.value <= 0 or quantity.op or quantity.upper is not None:
            continue
        cut = text.cut(quantity.start, quantity.end)
        yield Amount(Figure(cut, quantity), quantity, "正文", _sentence(text, quantity.start))


def _sentence(text: Text, at: int) -> str:
    start = max(text.string.rfind(mark, 0, at) for mark in "。；\n") + 1
    end = min((i for mark in "。；\n" if (i := text.string.find(mark, at)) >= 0), default=len(text))
    return text.string[start : end + 1].strip()[:200]


class Sorted:
    """Amounts by their value in 元, to look up what a value may be."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self.amounts = sorted(amounts, key=lambda a: a.base.low)
        self.lows = [a.base.low for a in self.amounts]

    def meeting(self, wanted: Interval) -> Iterator[Amount]:
        """The amounts that may be a value: they overlap with it, and are not much vaguer."""
        slack = (wanted.high - wanted.low) + wanted.high / 1000
        for i in range(bisect_left(self.lows, wanted.low - slack), len(self.amounts)):
            if self.lows[i] > wanted.high:
                return
            if self.amounts[i].base.meets(wanted):
                yield self.amounts[i]
