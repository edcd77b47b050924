"""XLSX (also .xlsm .xltx .xltm): every visible sheet, its forms as tables, figures as cells print them.

A sheet's name is a heading of level 1. Rows between empty rows make a table; a blank row inside borders
belongs to its form. Rows above it that are one cell over the whole width, or stand outside the frame, are
headings (level 2, when they look like a title) or paragraphs; so are rows below the frame. Hidden sheets are
left out (a problem names them), hidden rows and columns are not: totals count them.

Places: ``part`` is the sheet's name; ``paragraph`` counts its lines, ``table`` the document's tables; ``row``
and ``col`` are those of the table, ``cell`` is the address on the sheet.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from extractor.document import Block, Document, Heading, Paragraph, Place, Problem, Text
from extractor.parsers.captions import attach_captions
from extractor.parsers.grid import to_table
from extractor.parsers.ooxml.package import Package
from extractor.parsers.sheet.cells import Book, S
from extractor.parsers.sheet.regions import Form, regions

SUFFIXES = (".xlsx", ".xlsm", ".xltx", ".xltm")

_R_ID = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}id"
_MAX_SHEETS = 1000


def parse(path: Path) -> Document:
    """Read a workbook. Raises ``Unreadable``: ``damaged``, ``needs-password``, ``limit-…``."""
    with Package(path) as package:
        reader = _Reader(package)
        blocks = attach_captions(list(reader.blocks()))
        return Document("xlsx", blocks, problems=tuple(reader.problems()))


class _Reader:
    """A workbook being read."""

    def __init__(self, package: Package) -> None:
        self._package = package
        main = package.main_part("xl/workbook.xml")
        if not package.has(main):
            raise package.damaged("缺少工作簿（xl/workbook.xml）")
        root = package.tree(main)
        self._relations = package.relations(main)
        parts = {r.type: r.target for r in self._relations.values() if package.has(r.target)}
        settings = root.find(S + "workbookPr")
        from_1904 = settings is not None and settings.get("date1904") in ("1", "true")
        self._book = Book(package, parts.get("sharedStrings"), parts.get("styles"), from_1904)
        self._sheets = list(root.iterfind(f"{S}sheets/{S}sheet"))
        if len(self._sheets) > _MAX_SHEETS:
            raise package.limit("sheets", f"工作表超过 {_MAX_SHEETS} 张")
        self._hidden: list[str] = []
        self._cut = 0
        self._tables = 0

    def blocks(self) -> Iterator[Block]:
        """The sheets in the order of their tabs."""
        for sheet in self._sheets:
            name = sheet.get("name", "")
            relation = self._relations.get(sheet.get(_R_ID, ""))
            if sheet.get("state", "visible") != "visible":
                self._hidden.append(name)
            elif relation is not None and relation.type == "worksheet":
                yield from self._sheet(name, relation.target)

    def _sheet(self, name: str, part: str) -> Iterator[Block]:
        paragraph = 0
        for region in regions(self._book.sheet(name, part)):
            if not paragraph:
                yield Heading(Text(name, Place(part=name, paragraph=0)), 1)
                paragraph = 1
            if isinstance(region, Form):
                self._cut += region.cut
                yield to_table(self._tables, region.fields, region.size, part=name)
                self._tables += 1
                continue
            text = Text(region.string, Place(part=name, paragraph=paragraph, cell=region.address))
            paragraph += 1
            yield Heading(text, 2) if region.title else Paragraph(text)

    def problems(self) -> Iterator[Problem]:
        """What was left out, once the blocks have been read."""
        if self._hidden:
            yield Problem("hidden-sheet", f"隐藏的工作表未读取：{'、'.join(self._hidden)}。")
        if self._cut:
            yield Problem("limit-table", f"有 {self._cut} 张表格的行数超过上限，多出的行未读取。")
        missing = self._book.faults["formula-without-value"]
        if missing:
            message = f"有 {missing} 个公式没有保存计算结果，请用 Excel 或 WPS 打开并保存后再试。"
            yield Problem("formula-without-value", message)
