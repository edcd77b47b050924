"""Days as they stand in a document's texts: what rules on dates share."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Reading
from extractor.document import Heading, Table, Text
from extractor.quantity import Day

# What stands between the two days of a period: 起至, 开始，至, －.
TO = regex.compile(r"\s*(?:起|开始|开工|启动|日|止)?\s*[，,]?\s*(?:[-—–―－~～至到]{1,2}|起至|截至|结束于)\s*")
_QUOTED = 200


@dataclass(frozen=True, slots=True)
class Dated:
    """A day with the text it is printed in, and what stands around it."""

    day: Day
    text: Text
    quote: str


def texts(reading: Reading) -> Iterator[Text]:
    """Every heading, paragraph and cell; not the contents."""
    for block in reading.document.blocks:
        if isinstance(block, Table):
            yield from (cell.text for cell in block.cells if cell.text)
        elif isinstance(block, Heading) or block.kind != "contents":
            yield block.text


def cut(text: Text, day: Day) -> Dated:
    """A day of a text, as evidence needs it."""
    return Dated(day, text.cut(day.start, day.end), text.flat[:_QUOTED])


def states_year(day: Day) -> bool:
    """Whether a day is printed with its year, not taken from the date before it."""
    return str(day.year) in day.text and day.month is not None


def after(start: Day, end: Day) -> bool:
    """Whether a period begins after the last day that it can end on."""
    return start.earliest > end.latest
