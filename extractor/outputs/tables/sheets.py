"""All tables as a workbook: a list of them, and a sheet for each, merged as printed, every text a text."""

from __future__ import annotations

import re
from decimal import Decimal
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch, opened
from extractor.outputs.wording import place_words
from extractor.outputs.xlsx.book import LAST_ROW, Book, Cell, Number, Sheet
from extractor.outputs.xlsx.numbers import DIGITS

if TYPE_CHECKING:
    from extractor.document import Table
    from extractor.result import Result

_LIST = {"工作表": 14, "文件": 40, "表题": 50, "单位": 14, "位置": 18, "行数": 8, "列数": 8, "表头行数": 10}
_FIGURE = re.compile(r"-?(?:0|[1-9][0-9]{0,2}(?:,[0-9]{3})+|[1-9][0-9]*)(?:\.([0-9]{1,12}))?%?")
_ABOVE = 1  # rows above a table: its caption and unit
_WIDTH = (6, 40)  # the narrowest and the widest column, in characters


def write_sheets(batch: Batch, target: Path) -> None:
    """Writes the workbook: 目录, then 表1, 表2 … through all files."""
    book = Book()
    contents = book.table("目录", list(_LIST), list(_LIST.values()))
    for result in batch:
        for table in result.document.tables if result.document else ():
            title = f"表{contents.rows}"
            _table(book, title, table)
            contents.row(_entry(result, table, title))
    with opened(target) as out:
        book.save(out)


def _entry(result: Result, table: Table, title: str) -> list[Cell]:
    caption, unit = (text.flat if text else "" for text in (table.caption, table.unit))
    where = place_words(table.place)
    return [title, result.source.path, caption, unit, where, table.n_rows, table.n_cols, table.header_rows]


def _table(book: Book, title: str, table: Table) -> None:
    sheet = book.sheet(title, _widths(table))
    caption, unit = (text.flat if text else "" for text in (table.caption, table.unit))
    sheet.row([caption, *[""] * (table.n_cols - 2), *([unit] if table.n_cols > 1 else [])], "bold")
    for number, cells in enumerate(table.strings()):
        look = "head" if number < table.header_rows else ""
        sheet.row([_typed(cell) for cell in cells], look)
    _merge(sheet, table)
    sheet.close()


def _merge(sheet: Sheet, table: Table) -> None:
    for cell in table.cells:
        rows = min(cell.rowspan, table.n_rows - cell.row)
        cols = min(cell.colspan, table.n_cols - cell.col)
        if (rows > 1 or cols > 1) and cell.row + rows + _ABOVE <= LAST_ROW:
            sheet.merge(cell.row + 1 + _ABOVE, cell.col + 1, rows, cols)


def _typed(text: str) -> Cell:
    """A plain figure as a number that shows just as printed; anything else (≥98, 007) as the text it is."""
    found = _FIGURE.fullmatch(text)
    digits = text.replace(",", "").removesuffix("%")
    if not found or len(digits.replace(".", "").lstrip("-0")) > DIGITS:
        return text
    shown = ("#,##0" if "," in text else "0") + (f".{'0' * len(found[1])}" if found[1] else "")
    if text.endswith("%"):
        return Number(Decimal(digits).scaleb(-2), f"{shown}%")
    return Number(Decimal(digits), shown)


def _widths(table: Table) -> list[float]:
    least, most = _WIDTH
    longest = [least] * table.n_cols
    for cell in table.cells:
        if cell.colspan == 1:
            longest[cell.col] = max(longest[cell.col], 2 * len(cell.text.flat))
    return [float(min(width, most)) for width in longest]
