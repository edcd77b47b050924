"""How often a document prints each figure: what it prints twice is no slip of the pen."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cached_property

from extractor.claims import Reading
from extractor.document import Document, Table
from extractor.quantity import Interval, Quantity, find
from extractor.rules._once import once


@once
def printed_in(reading: Reading) -> Printed:
    """The figures that a reading's document prints."""
    return Printed(reading.document)


@dataclass(frozen=True)
class Printed:
    """The figures of a document, read when first asked for."""

    document: Document

    def times(self, quantity: Quantity) -> int:
        """How often a figure's number is printed as a figure of its kind."""
        return self._times[quantity.value, quantity.dimension, quantity.scale]

    def alike(self, quantity: Quantity) -> tuple[Interval, ...]:
        """What the document's figures of a kind stand for, in base units, each once."""
        return self._alike.get(quantity.dimension, ())

    def bare(self, quantity: Quantity) -> tuple[Interval, ...]:
        """What the document's numbers without a unit would stand for in a figure's unit: the cells of a table."""
        return tuple(base.scaled(quantity.scale) for base in self._alike.get("number", ()))

    @cached_property
    def _figures(self) -> list[Quantity]:
        return [q for text in self._texts() if any(map(str.isdigit, text)) for q in find(text)]

    @cached_property
    def _times(self) -> Counter[tuple[Decimal, str, Decimal]]:
        return Counter((q.value, q.dimension, q.scale) for q in self._figures)

    @cached_property
    def _alike(self) -> dict[str, tuple[Interval, ...]]:
        found: dict[str, dict[Interval, None]] = {}
        for quantity in self._figures:
            found.setdefault(quantity.dimension, {}).setdefault(quantity.base())
        return {dimension: tuple(bases) for dimension, bases in found.items()}

    def _texts(self) -> Iterator[str]:
        for block in self.document.blocks:
            if isinstance(block, Table):
                yield from (cell.text.string for cell in block.cells)
            else:
                yield block.text.string
