"""A workbook written row by row: texts are always texts, numbers keep the digits printed."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass
from decimal import Decimal
from io import BytesIO
from math import ceil
from typing import Any, BinaryIO

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Border, Font, PatternFill, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties

from extractor.outputs.wording import columns, cut

LONGEST = 32_000  # characters; Excel takes 32,767 in a cell
LAST_ROW = 1_048_576
_A4, _A3 = 9, 8  # as Excel counts papers
_ON_A4, _ON_A3 = 230, 340  # characters across that are still readable, landscape
_LINE, _MOST_LINES = 15.0, 10  # points of a line; lines that a row shows at most
FILLS = {"head": "1F4E79", "error": "F8CBAD", "warning": "FFE699", "info": "DDEBF7", "verdict": "F2F2F2"}
_UNWRITABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_NOT_IN_TITLES = re.compile(r"[\[\]:*?/\\'\x00-\x1f]")
_FORMULA = ("=", "+", "-", "@", "'")  # marked so that they stay texts when a person edits the cell
_EDGE = Side(style="thin", color="D0D0D0")


@dataclass(frozen=True, slots=True)
class Number:
    """A number and how it is shown: ``Number(Decimal("0.9782"), "0.00%")``."""

    value: Decimal | int | float
    shown: str = "General"


Cell = str | int | float | Decimal | Number | None


class Book:
    """A workbook; sheets are filled in any order and show in the order in which they were asked for."""

    def __init__(self) -> None:
        self._book = Workbook(write_only=True)
        self._titles: set[str] = set()
        self._styles: dict[tuple[str, str], Any] = {}
        self._sheets: list[Sheet] = []

    def sheet(self, title: str, widths: Sequence[float] = ()) -> Sheet:
        """A new sheet; its title is made one that Excel takes and that is not taken."""
        page = self._book.create_sheet(self._free(title))
        for number, width in enumerate(widths, 1):
            page.column_dimensions[get_column_letter(number)].width = width
        self._sheets.append(Sheet(self, page))
        return self._sheets[-1]

    def table(
        self, title: str, heads: Sequence[str], widths: Sequence[float], printed: int | None = None
    ) -> Sheet:
        """A sheet with a head row that stays in sight and filters; its first ``printed`` columns print."""
        sheet = self.sheet(title, widths)
        sheet.page.freeze_panes = "A2"
        sheet.page.print_title_rows = "1:1"
        sheet.page.page_setup.orientation = "landscape"
        sheet.fit(widths[:printed])
        sheet.printed = printed or 0
        sheet.row(heads, "head")
        sheet.filtered = (len(heads), 0)
        sheet.widths = widths
        return sheet

    def save(self, out: BinaryIO) -> None:
        """Writes the workbook."""
        for sheet in self._sheets:
            sheet.finish()
        buffer = BytesIO()
        self._book.save(buffer)
        out.write(buffer.getbuffer())

    def cell(self, page: Any, value: Cell, look: str = "") -> Any:
        """A cell of a page in a look: one of FILLS, ``bold``, ``left``, or "" for plain."""
        shown = value.shown if isinstance(value, Number) else "General"
        plain = value.value if isinstance(value, Number) else value
        cell: Any = WriteOnlyCell(page)
        quoted = False
        if isinstance(plain, str):
            cell.value = cut(_UNWRITABLE.sub("\ufffd", plain), LONGEST)
            cell.data_type = "s"  # whatever openpyxl took it for: a formula, an error
            quoted = plain.startswith(_FORMULA)
        else:
            cell.value = plain
        cell._style = self._style(page, look, shown, quoted)
        return cell

    def _style(self, page: Any, look: str, shown: str, quoted: bool) -> Any:
        key = (look + quoted * "'", shown)
        if key not in self._styles:
            made: Any = WriteOnlyCell(page)
            made.number_format = shown
            side = "left" if look == "left" else None
            made.alignment = Alignment(wrap_text=True, vertical="top", horizontal=side)
            made.border = Border(left=_EDGE, right=_EDGE, top=_EDGE, bottom=_EDGE)
            if look in FILLS:
                made.fill = PatternFill("solid", fgColor=FILLS[look])
            made.font = Font(bold=look in ("head", "bold"), color="FFFFFF" if look == "head" else None)
            made.quotePrefix = quoted
            self._styles[key] = made._style
        return copy(self._styles[key])

    def _free(self, title: str) -> str:
        base = _NOT_IN_TITLES.sub(" ", _UNWRITABLE.sub("", title)).strip()[:31] or "表"
        name, number = base, 1
        while name.casefold() in self._titles:
            number += 1
            name = f"{base[: 30 - len(str(number))]}_{number}"
        self._titles.add(name.casefold())
        return name


class Sheet:
    """A sheet being filled from top to bottom."""

    def __init__(self, book: Book, page: Any) -> None:
        self.page = page
        self._book = book
        self.rows = 0
        self.widths: Sequence[float] = ()  # given, rows are made high enough for what wraps in them
        self.filtered = (0, 0)  # columns and rows that the filter takes in
        self.printed = 0  # columns that print (0: all)

    def fit(self, widths: Sequence[float]) -> None:
        """Has columns of these widths print readably: on one A4 sheet across, on A3, on several of these."""
        across = sum(widths)
        setup = self.page.page_setup
        setup.paperSize = _A4 if across <= _ON_A4 else _A3
        setup.fitToWidth = max(ceil(across / _ON_A3), 1)
        setup.fitToHeight = 0
        self.page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)

    @property
    def full(self) -> bool:
        """Whether the sheet takes no more rows."""
        return self.rows >= LAST_ROW

    def row(self, values: Iterable[Cell], look: str = "", looks: Sequence[str] = ()) -> None:
        """A row in one look, or each cell in its own; nothing when the sheet is full."""
        if self.full:
            return
        cells = list(values)
        each = [*looks, *[look] * (len(cells) - len(looks))]
        pairs = zip(cells, each, strict=False)
        self.rows += 1
        if self.widths:
            self.page.row_dimensions[self.rows].height = self._height(cells)
        self.page.append([self._book.cell(self.page, value, look) for value, look in pairs])
        self.page.row_dimensions.pop(self.rows, None)  # written; of a batch there would be many

    def _height(self, cells: Iterable[Cell]) -> float:
        """Points for the most lines that a text of the row takes: not every reader works this out itself."""
        lines = 1
        for value, width in zip(cells, self.widths, strict=False):
            if isinstance(value, str):
                lines = max(
                    lines, sum(ceil((columns(line) + 1) / (width - 0.6)) or 1 for line in value.split("\n"))
                )
        return _LINE * min(lines, _MOST_LINES) + 2

    def merge(self, row: int, col: int, rowspan: int, colspan: int) -> None:
        """Merges fields; ``row`` and ``col`` count from 1."""
        last = f"{get_column_letter(col + colspan - 1)}{row + rowspan - 1}"
        self.page.merged_cells.add(f"{get_column_letter(col)}{row}:{last}")

    def finish(self) -> None:
        """Sets the filter over the rows there are, or over those that ``filtered`` says, and what prints."""
        columns, rows = self.filtered
        if columns:
            self.page.auto_filter.ref = f"A1:{get_column_letter(columns)}{rows or max(self.rows, 1)}"
        if self.printed:
            self.page.print_area = f"A1:{get_column_letter(self.printed)}{max(self.rows, 1)}"

    def close(self) -> None:
        """No more rows will come: lets go of the file behind the sheet."""
        self.page.close()
