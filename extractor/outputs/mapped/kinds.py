"""Mapped rows as CSV, as a workbook, as a JSON list of objects."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

from extractor.outputs import Batch, opened
from extractor.outputs.csv import guarded, sheet
from extractor.outputs.json import compact
from extractor.outputs.mapped.figures import Figure, mapped_rows
from extractor.outputs.mapped.mapping import Fields

_WIDTH = 18  # characters of a workbook's column
_EXACT = 15  # digits that a reader of JSON numbers keeps


def _rows(batch: Batch) -> Iterator[list[str | Figure]]:
    fields = _fields(batch)
    return (row for result in batch for row in mapped_rows(result, fields))


def _fields(batch: Batch) -> Fields:
    assert isinstance(batch.fields, Fields), "the mapping comes with the batch"
    return batch.fields


def _names(batch: Batch) -> list[str]:
    return [column.name for column in _fields(batch).columns]


def write_csv(batch: Batch, target: Path) -> None:
    """UTF-8 with BOM; texts guarded as in ``csv``."""
    with sheet(target) as lines:
        lines.writerow([guarded(name) for name in _names(batch)])
        for row in _rows(batch):
            lines.writerow([str(cell) if isinstance(cell, Figure) else guarded(cell) for cell in row])


def write_xlsx(batch: Batch, target: Path) -> None:
    """One sheet; numbers are numbers that show the decimals asked for."""
    from extractor.outputs.xlsx.book import Book, Number

    book = Book()
    names = _names(batch)
    table = book.table("数据", names, [_WIDTH] * len(names))
    for row in _rows(batch):
        cells = (Number(cell.value, _shown(cell)) if isinstance(cell, Figure) else cell for cell in row)
        table.row(cells)
    with opened(target) as out:
        book.save(out)


def _shown(figure: Figure) -> str:
    whole = "#,##0" if figure.thousands else "0"
    return f"{whole}.{'0' * figure.decimals}" if figure.decimals else whole


def write_json(batch: Batch, target: Path) -> None:
    """A list of objects, one on each line; a number is a number unless it has too many digits for one."""
    names = _names(batch)
    with opened(target) as out:
        out.write(b"[")
        for number, row in enumerate(_rows(batch)):
            record = dict(zip(names, map(_plain, row), strict=True))
            out.write(f"{',' if number else ''}\n{compact(record)}".encode())
        out.write(b"\n]\n")


def _plain(cell: str | Figure) -> Any:
    if not isinstance(cell, Figure):
        return cell
    if cell.thousands or len(cell.value.as_tuple().digits) > _EXACT:
        return str(cell)
    return float(cell.value) if cell.decimals else int(cell.value)
