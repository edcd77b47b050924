"""The forms on a sheet: rows between empty rows, with the lines above and below that belong to no table."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from extractor.parsers.grid import Field, squeeze
from extractor.parsers.sheet.cells import Range, Sheet

MAX_FIELDS = 2_000_000
"""Rows times columns of a table; a sheet beyond is read in part (``limit-table``)."""
_MAX_TITLE = 45


@dataclass(frozen=True, slots=True)
class LineOfText:
    """A row that is no row of a table; ``title`` when it looks like the name of what follows."""

    string: str
    title: bool = False
    address: str | None = None


@dataclass(frozen=True, slots=True)
class Form:
    """A table on a sheet: its fields and its size; ``cut`` when it was too large to be read whole."""

    fields: list[Field]
    size: tuple[int, int]
    cut: bool = False


class _Area:
    """The used part of a sheet: what stands in each row, merged ranges cut to what is used."""

    def __init__(self, sheet: Sheet) -> None:
        self.strings = sheet.strings
        bottom = max(row for row, _ in self.strings)
        right = max(col for _, col in self.strings)
        self.merged = {
            (m.top, m.left): Range(m.top, m.left, min(m.bottom, bottom), max(min(m.right, right), m.left))
            for m in sheet.merged
            if m.top <= bottom and m.left <= right
        }
        self.rows: dict[int, list[int]] = {}
        for row, col in self.strings:
            self.rows.setdefault(row, []).append(col)
        self.bordered: dict[int, int] = {}
        for row, _ in sheet.bordered:
            self.bordered[row] = self.bordered.get(row, 0) + 1
        # Rows that a merged cell with text reaches are not empty.
        self.held: set[int] = set()
        for anchor, m in self.merged.items():
            if anchor in self.strings and m.bottom > m.top:
                self.held.update(range(m.top, m.bottom + 1))

    def alone(self, row: int) -> int | None:
        """The column of a row's only string, if it has one and is not part of something taller."""
        cols = self.rows.get(row, [])
        return cols[0] if len(cols) == 1 and row not in self.held else None

    def width(self, row: int, col: int) -> int:
        m = self.merged.get((row, col))
        return m.right - m.left + 1 if m else 1


def regions(sheet: Sheet) -> Iterator[LineOfText | Form]:
    """The lines and tables of a sheet, from top to bottom."""
    if not sheet.strings:
        return
    area = _Area(sheet)
    for rows in _split(area):
        yield from _region(area, rows)


def _split(area: _Area) -> Iterator[list[int]]:
    """Runs of rows without an empty one; a blank row inside borders is a row of its form."""
    used = sorted({*area.rows, *area.held, *area.bordered})
    for _, group in groupby(enumerate(used), key=lambda pair: pair[1] - pair[0]):
        rows = [row for _, row in group]
        start = 0
        for n, row in enumerate(rows):
            new_form = n and not area.rows.get(rows[n - 1]) and rows[n - 1] not in area.held
            if new_form and _spans_form(area, row):
                yield from _trimmed(area, rows[start:n])
                start = n
        yield from _trimmed(area, rows[start:])


def _spans_form(area: _Area, row: int) -> bool:
    """Whether a row is nothing but one merged cell: the title of a form."""
    col = area.alone(row)
    return col is not None and area.width(row, col) >= 3


def _trimmed(area: _Area, rows: list[int]) -> Iterator[list[int]]:
    """Without blank rows at both ends."""
    full = [n for n, row in enumerate(rows) if row in area.rows or row in area.held]
    if full:
        yield rows[full[0] : full[-1] + 1]


def _region(area: _Area, rows: list[int]) -> Iterator[LineOfText | Form]:
    left = min(col for row in rows for col in area.rows.get(row, [1 << 20]))
    right = max(_right(area, row) for row in rows)
    first, last = 0, len(rows)
    framed = any(area.bordered.get(row, 0) > 1 for row in rows)
    while first < last and _is_line(area, rows[first], right - left + 1, framed):
        yield _line(area, rows[first])
        first += 1
    while last > first and framed and _outside(area, rows[last - 1]):
        last -= 1
    if first < last:
        yield _form(area, rows[first], rows[last - 1], framed)
    for row in rows[last:]:
        yield _line(area, row)


def _right(area: _Area, row: int) -> int:
    return max((col + area.width(row, col) - 1 for col in area.rows.get(row, [])), default=-1)


def _outside(area: _Area, row: int) -> bool:
    """Whether a row stands outside a frame: no border, and no taller cell reaches into it."""
    return not area.bordered.get(row) and row not in area.held


def _is_line(area: _Area, row: int, width: int, framed: bool) -> bool:
    """Whether a row above the table is text: outside its frame, or a single cell over its whole width."""
    if framed and _outside(area, row):
        return True
    col = area.alone(row)
    if col is None:
        return False
    return area.width(row, col) >= width or (not area.bordered.get(row) and area.width(row, col) == 1)


def _line(area: _Area, row: int) -> LineOfText:
    cols = sorted(area.rows.get(row, []))
    string = "  ".join(area.strings[row, col] for col in cols)
    plain = not re.search(r"[：:。；]|^[（(]|^附[件表]?\s*[\d一二三四五六七八九十]*$", string)
    title = plain and 0 < len(string) <= _MAX_TITLE and len(cols) == 1
    return LineOfText(string, title, _address(row, cols[0]) if cols else None)


def _address(row: int, col: int) -> str:
    """A cell's name on its sheet: D7 for the seventh row's fourth field."""
    letters = ""
    col += 1
    while col:
        col, rest = divmod(col - 1, 26)
        letters = chr(65 + rest) + letters
    return f"{letters}{row + 1}"


def _form(area: _Area, top: int, bottom: int, framed: bool) -> Form:
    """The table between two rows, on the columns that any of them uses."""
    inside = [(row, col) for row in range(top, bottom + 1) for col in area.rows.get(row, [])]
    left = min(col for _, col in inside)
    right = max(_right(area, row) for row in range(top, bottom + 1))
    n_cols = right - left + 1
    n_rows = min(bottom - top + 1, max(MAX_FIELDS // n_cols, 1))
    fields: list[Field] = []
    covered: set[tuple[int, int]] = set()
    for row in range(top, top + n_rows):
        for col in range(left, right + 1):
            if (row, col) in covered:
                continue
            m = area.merged.get((row, col)) or Range(row, col, row, col)
            high, wide = min(m.bottom, top + n_rows - 1) - row + 1, min(m.right, right) - col + 1
            if high * wide > 1:
                covered.update((row + r, col + c) for r in range(high) for c in range(wide))
            string = area.strings.get((row, col), "")
            fields.append(Field(string, row - top, col - left, high, wide, _address(row, col)))
    squeezed, n_cols = squeeze(fields, n_cols)
    return Form(squeezed, (n_rows, n_cols), cut=n_rows < bottom - top + 1)
