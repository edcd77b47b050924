"""All tables as one CSV: a line for each row of a table."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch
from extractor.outputs.csv import line, sheet

if TYPE_CHECKING:
    from extractor.document import Table
    from extractor.result import Result
    from extractor.rows import Value

HEADS = ("path", "table", "caption", "unit", "page", "row")


def write_lines(batch: Batch, target: Path) -> None:
    """The head line, then each document's tables as soon as it is done."""
    with sheet(target) as lines:
        lines.writerow([*HEADS, "cells"])
        for result in batch:
            lines.writerows(line(row) for row in _rows(result))


def _rows(result: Result) -> Iterator[list[Value]]:
    for table in result.document.tables if result.document else ():
        for number, cells in enumerate(table.strings(), 1):
            yield [result.source.path, *_head(table), number, *cells]


def _head(table: Table) -> list[Value]:
    caption = table.caption.flat if table.caption else ""
    unit = table.unit.flat if table.unit else ""
    return [table.number + 1, caption, unit, table.place.page]
