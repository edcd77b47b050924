"""How much of a document was read and checked, so that a user sees what was not."""

from __future__ import annotations

from extractor.claims import Reading
from extractor.document import Paragraph, Table
from extractor.facts import INDICATOR_FIELDS
from extractor.quantity import find
from extractor.result import Coverage

_MONEY = ("initial", "full_year", "executed", "weight", "rate", "score")


def coverage(reading: Reading) -> Coverage:
    """Counts over a document; a figure counts as checked when a form, a statement or a claim holds it."""
    document = reading.document
    return Coverage(
        pages=len(document.pages),
        pages_read=document.pages_read,
        tables=len(document.tables),
        indicator_rows=sum(len(form.indicators) for form in reading.forms),
        placeholders=sum(form.placeholders for form in reading.forms),
        figures=sum(_figures(block) for block in document.blocks),
        figures_checked=_checked(reading),
    )


def _figures(block: object) -> int:
    if isinstance(block, Table):
        return sum(len(find(cell.text.string)) for cell in block.cells if cell.text)
    if isinstance(block, Paragraph) and block.kind == "contents":
        return 0
    return len(find(block.text.string)) if hasattr(block, "text") else 0


def _checked(reading: Reading) -> int:
    rows = [row for form in reading.forms for row in form.indicators]
    lines = [line for form in reading.forms for line in form.budget]
    count = sum(1 for r in rows for f in INDICATOR_FIELDS if (v := r.get(f)) is not None and v.quantity)
    count += sum(1 for b in lines for f in _MONEY if (v := getattr(b, f)) is not None and v.quantity)
    return count + sum(len(find(part.string)) for s in reading.statements for part in s.parts.values())
