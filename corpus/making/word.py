"""Typesets a source as DOCX with python-docx, the same bytes each time."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from pathlib import Path

from docx import Document
from docx.document import Document as Word
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH, WD_BREAK
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Pt, RGBColor

from making.source import CONTENTS, PAGE, Line, Source, Table

THEN = datetime(2024, 1, 1)
SIZES = {1: 18, 2: 14, 3: 12, 4: 11, 5: 10.5}


def write(source: Source, target: Path, pages: dict[str, int]) -> None:
    """Writes a source as DOCX; ``pages`` gives the contents their numbers."""
    document = Document()
    dress(document)
    for block in source.blocks:
        if isinstance(block, Table):
            add_table(document, block)
        elif block.level == CONTENTS:
            for heading in source.headings:
                add_entry(document, heading, pages[heading.text])
        elif block.level == PAGE:
            document.add_paragraph().add_run().add_break(WD_BREAK.PAGE)
        else:
            add_line(document, block)
    if head := source.about.get("running_head"):
        document.sections[0].header.paragraphs[0].text = head
    save(document, target)


def dress(document: Word) -> None:
    """Chinese typefaces and black headings instead of the template's."""
    names = ["Normal", *(f"Heading {n}" for n in SIZES)]
    for name in names:
        style = document.styles[name]
        style.font.name = "Times New Roman"
        style.font.color.rgb = RGBColor(0, 0, 0)
        style.element.get_or_add_rPr().get_or_add_rFonts().set(qn("w:eastAsia"), "宋体")
    document.styles["Normal"].font.size = Pt(10.5)
    for level, size in SIZES.items():
        document.styles[f"Heading {level}"].font.size = Pt(size)


def add_line(document: Word, line: Line) -> None:
    """A heading or a paragraph; a form's title is centred."""
    if not line.level:
        document.add_paragraph(line.text)
        return
    paragraph = document.add_heading(line.text, line.level)
    if line.level == 1:
        paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER


def add_entry(document: Word, heading: Line, page: int) -> None:
    """An entry of the contents: indented by level, a tab, the page."""
    paragraph = document.add_paragraph(f"{heading.text}\t{page}")
    paragraph.paragraph_format.left_indent = Pt(21 * (heading.level - 2))


def add_table(document: Word, table: Table) -> None:
    """Caption, unit line and the table with its merged cells."""
    if table.caption:
        document.add_paragraph(table.caption).alignment = WD_ALIGN_PARAGRAPH.CENTER
    if table.unit:
        document.add_paragraph(table.unit).alignment = WD_ALIGN_PARAGRAPH.RIGHT
    made = document.add_table(table.n_rows, table.n_cols, "Table Grid")
    made.alignment = WD_TABLE_ALIGNMENT.CENTER
    grid = [list(row.cells) for row in made.rows]
    for span in table.cells:
        cell = grid[span.row][span.col]
        if span.rows * span.cols > 1:
            cell = cell.merge(grid[span.row + span.rows - 1][span.col + span.cols - 1])
        first, *rest = span.text.split("\n")
        cell.paragraphs[0].text = first
        for text in rest:
            cell.add_paragraph(text)
    for row in made.rows[: table.head]:
        row._tr.get_or_add_trPr().append(OxmlElement("w:tblHeader"))
    document.add_paragraph()


def save(document: Word, target: Path) -> None:
    """Saves with fixed dates: python-docx stamps the archive with the current time."""
    document.core_properties.created = document.core_properties.modified = THEN
    document.core_properties.author = "gouji corpus"
    raw = io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as old, zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, THEN.timetuple()[:6]), old.read(name), zipfile.ZIP_DEFLATED)
