"""XLSX: one workbook, for a file or over a batch: what was found, every row read, what was not read."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch, opened

if TYPE_CHECKING:
    from extractor.outputs.xlsx.book import Book

NAME = "xlsx"
SUFFIXES = (".xlsx",)


def write(batch: Batch, target: Path | None) -> None:
    """Writes the workbook; of a batch, only what the summaries need stays in memory."""
    from extractor.outputs.xlsx.book import Book

    book = Book()
    _fill(book, batch)
    with opened(target) as out:
        book.save(out)


def _fill(book: Book, batch: Batch) -> None:
    """The sheets in the order of their tabs; the summaries, which come first, are filled last."""
    from extractor.outputs.xlsx.details import Funds, Indicators, Unread
    from extractor.outputs.xlsx.issues import Issues
    from extractor.outputs.xlsx.overview import WIDTHS, one_overview
    from extractor.outputs.xlsx.summaries import Summaries

    front = Summaries(book) if batch.many else None
    overview = None if batch.many else book.sheet("概况", WIDTHS)
    issues = Issues(book, batch.many, bool(batch.earlier))
    details = (Indicators(book), Funds(book), Unread(book))
    for result in batch:
        issues.add(result)
        for sheet in details:
            sheet.add(result)
        if front:
            front.add(result)
        if overview:
            one_overview(overview, result)
    issues.between(batch)
    if front:
        front.close(batch)
