"""The cells of a sheet as strings, its merged ranges, and which cells have a border."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from lxml import etree

from extractor.parsers.ooxml.package import Package
from extractor.parsers.sheet.number_format import BUILT_IN, display

S = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
MAX_CELLS = 2_000_000
"""Cells of a workbook that hold something (``limit-cells``)."""
MAX_ROW, MAX_COL = 1_048_576, 16_384

_REFERENCE = re.compile(r"\$?([A-Z]{1,3})\$?([0-9]{1,7})")
_SIDES = tuple(S + side for side in ("left", "right", "top", "bottom"))


class Range(NamedTuple):
    """A merged range, its rows and columns counted from 0, the last ones included."""

    top: int
    left: int
    bottom: int
    right: int


@dataclass(slots=True)
class Sheet:
    """What a sheet shows: strings that are not empty by (row, column), merged ranges, bordered cells."""

    name: str
    strings: dict[tuple[int, int], str] = field(default_factory=dict)
    merged: list[Range] = field(default_factory=list)
    bordered: set[tuple[int, int]] = field(default_factory=set)


class Format(NamedTuple):
    """A cell format: the code of its numbers, and whether it draws a border."""

    code: str
    border: bool


class Book:
    """A workbook's strings and formats, shared by its sheets."""

    def __init__(self, package: Package, strings: str | None, styles: str | None, from_1904: bool) -> None:
        self._package = package
        self._from_1904 = from_1904
        self._strings = self._shared(strings) if strings else []
        self._formats = _formats(package.tree(styles)) if styles else []
        self._left = MAX_CELLS
        self.faults: Counter[str] = Counter()

    def _shared(self, part: str) -> list[str]:
        found = []
        for _, element in self._package.stream(part, ("end",), (S + "si",)):
            found.append(_rich(element))
            element.clear()
        return found

    def sheet(self, name: str, part: str) -> Sheet:
        """Read a sheet. Raises ``Unreadable`` (``limit-cells``, ``damaged``)."""
        sheet = Sheet(name)
        at = [-1, -1]
        for event, element in self._package.stream(
            part, ("start", "end"), (S + "row", S + "c", S + "mergeCell")
        ):
            if element.tag == S + "row":
                if event == "start":
                    at = [_index(element.get("r"), at[0] + 1), -1]
                else:
                    element.clear()
            elif event == "end" and element.tag == S + "c":
                at = list(_position(element.get("r")) or (at[0], at[1] + 1))
                self._cell(sheet, element, (at[0], at[1]))
            elif event == "end":
                merged = _range(element.get("ref", ""))
                if merged is not None:
                    sheet.merged.append(merged)
        return sheet

    def _cell(self, sheet: Sheet, cell: etree._Element, at: tuple[int, int]) -> None:
        if not (0 <= at[0] < MAX_ROW and 0 <= at[1] < MAX_COL):
            return
        style = _index(cell.get("s"), 0, base=0)
        shape = self._formats[style] if 0 <= style < len(self._formats) else Format("General", False)
        string = self._string(cell, shape.code).strip()
        if string or shape.border:
            self._left -= 1
            if self._left < 0:
                raise self._package.limit("cells", f"单元格超过 {MAX_CELLS} 个")
        if string:
            sheet.strings[at] = string
        if shape.border:
            sheet.bordered.add(at)

    def _string(self, cell: etree._Element, code: str) -> str:
        """A cell as printed; an error value and a truth value print as Excel's words."""
        kind = cell.get("t", "n")
        if kind == "inlineStr":
            inline = cell.find(S + "is")
            return "" if inline is None else _rich(inline)
        value = cell.findtext(S + "v")
        if not value:
            self.faults["formula-without-value"] += cell.find(S + "f") is not None
            return ""
        if kind == "s":
            at = _index(value, -1, base=0)
            return self._strings[at] if 0 <= at < len(self._strings) else ""
        if kind == "b":
            return "TRUE" if value == "1" else "FALSE"
        return display(value, code, self._from_1904) if kind == "n" else value


def _rich(element: etree._Element) -> str:
    """The text of a string in one or several runs, without its phonetic guide."""
    texts: Iterable[etree._Element] = element.iter(S + "t")
    found = "".join(t.text or "" for t in texts if t.getparent().tag != S + "rPh")  # type: ignore[union-attr]
    # Excel writes control characters as _x000D_.
    return re.sub(r"_x([0-9A-Fa-f]{4})_", lambda m: _control(m[1]), found).replace("\r\n", "\n")


def _control(code: str) -> str:
    character = chr(int(code, 16))
    return "" if character == "\r" else character if character.isprintable() or character in "\n\t" else ""


def _formats(root: etree._Element) -> list[Format]:
    """The cell formats of a workbook by their index."""
    codes = {
        _index(e.get("numFmtId"), -1, base=0): e.get("formatCode", "General") for e in root.iter(S + "numFmt")
    }
    borders = [
        any(side.tag in _SIDES and side.get("style", "none") != "none" for side in border)
        for border in root.iterfind(f"{S}borders/{S}border")
    ]
    found = []
    for xf in root.iterfind(f"{S}cellXfs/{S}xf"):
        number = _index(xf.get("numFmtId"), 0, base=0)
        border = _index(xf.get("borderId"), 0, base=0)
        code = codes.get(number) or BUILT_IN.get(number, "General")
        found.append(Format(code, 0 <= border < len(borders) and borders[border]))
    return found


def _index(string: str | None, default: int, base: int = 1) -> int:
    """A number in the file as an index from 0; ``base`` is what the file counts from."""
    try:
        return int(string) - base if string else default
    except ValueError:
        return default


def _position(reference: str | None) -> tuple[int, int] | None:
    """B3 as (2, 1)."""
    match = _REFERENCE.fullmatch(reference or "")
    if match is None:
        return None
    column = 0
    for letter in match[1]:
        column = column * 26 + ord(letter) - ord("A") + 1
    return int(match[2]) - 1, column - 1


def _range(reference: str) -> Range | None:
    first, _, last = reference.partition(":")
    start, end = _position(first), _position(last)
    if start is None or end is None or end < start or end[1] < start[1]:
        return None
    return Range(*start, *end)
