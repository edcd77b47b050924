"""What else in a line of funds may be the budget: another column of budgets, the budget with what was added to it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import regex

from extractor.claims import Reading
from extractor.document import Table
from extractor.facts import BudgetLine, Figure
from extractor.quantity import Quantity
from extractor.recognise.funds import money_figure
from extractor.rules.fund._lines import amount, head
from extractor.vocabulary import words

_ADDED = regex.compile(
    r"(?:预算)?(?:年中)?(?:追加|追减|调整|调增|调减)[（(/、]?(?:追?加|追?减|增|减)?[)）]?(?:数|额|金额|预算|情况)?"
)
_LESS = regex.compile(r"^[^增加]*减[^增加]*$")


def other_bases(reading: Reading, line: BudgetLine, base: Figure) -> Iterator[Quantity]:
    """The other budgets that stand in a line's row, in its unit."""
    home, known = base.text.home, amount(base)
    table: Table | None = next((t for t in reading.document.tables if t.number == home.table), None)
    if table is None or home.row is None or known is None:
        return
    own = {f.text.home.col for f in (line.initial, line.full_year, line.executed) if f is not None}
    for cell in table.row(home.row):
        found = money_figure(cell.text, "full_year", known.unit)
        quantity = found.quantity
        if cell.col in own or quantity is None or quantity.unit != known.unit:
            continue
        name = "".join(head(reading, found).split())
        if words("funds").meaning(name) in ("initial", "full_year"):
            yield quantity
        elif _ADDED.fullmatch(name):
            change = -quantity.value if _LESS.match(name) and quantity.value > 0 else quantity.value
            yield replace(
                known, value=known.value + change, precision=max(known.precision, quantity.precision)
            )
