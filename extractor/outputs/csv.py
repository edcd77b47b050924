"""CSV: ``-o r.csv`` writes r-indicators.csv, r-budgets.csv and r-findings.csv, in UTF-8 with BOM.

A spreadsheet takes a cell that begins with = + - @ for a formula. So a text that begins with one of these,
with a tab, a line end or an apostrophe gets one apostrophe before it. Who reads the file back strips one
leading apostrophe from a cell that has it, and has the text as printed (``guarded``, ``unguarded``). Numbers
are written as they are.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.outputs import Batch, opened

if TYPE_CHECKING:
    from extractor.rows import Row, Value

NAME = "csv"
SUFFIXES = (".csv",)

_GUARDED = ("=", "+", "-", "@", "\t", "\r", "\n", "'", "＝", "＋", "－", "＠")


def write(batch: Batch, target: Path | None) -> None:
    """Writes the three files side by side, each document's rows as soon as it is done."""
    from extractor.rows import KINDS, columns, finding_row

    assert target is not None, "three files cannot go to standard output"
    with ExitStack() as stack:
        sheets = {kind: stack.enter_context(sheet(beside(target, kind))) for kind in KINDS}
        for kind, lines in sheets.items():
            lines.writerow(columns(kind))
        for result in batch:
            for kind, lines in sheets.items():
                lines.writerows(line(row.values()) for row in KINDS[kind](result))
        for found in batch.findings:
            lines = sheets["findings"]
            lines.writerow(line(_between(finding_row(found), columns("findings"))))


def beside(target: Path, name: str) -> Path:
    """The file for a part of the result: result-findings.csv beside result.csv."""
    return target.with_name(f"{target.stem}-{name}{target.suffix}")


@contextmanager
def sheet(target: Path) -> Iterator[Any]:
    """A writer of rows into a file that appears under its name when it is complete."""
    import csv

    with opened(target) as out:
        text = TextIOWrapper(out, "utf-8-sig", errors="replace", newline="", write_through=True)
        yield csv.writer(text)
        text.flush()
        text.detach()


def line(values: Iterable[Value]) -> list[str]:
    """A row's cells: texts guarded, numbers in plain digits, nothing for None."""
    return [guarded(value) if isinstance(value, str) else number(value) for value in values]


def number(value: Value) -> str:
    """A number as plain digits, never with an exponent; "" for None."""
    from decimal import Decimal

    if value is None:
        return ""
    return format(value, "f") if isinstance(value, Decimal) else str(value)


def guarded(text: str) -> str:
    """The text as it may stand in a cell."""
    return f"'{text}" if text.startswith(_GUARDED) else text


def unguarded(cell: str) -> str:
    """The text that ``guarded`` was given."""
    return cell.removeprefix("'")


def _between(row: Row, names: Sequence[str]) -> list[Value]:
    """A finding between documents: the columns of the one document stay empty."""
    return [row.get(name) for name in names]
