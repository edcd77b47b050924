"""Plain text and Markdown: headings, paragraphs, and tables drawn with pipes or tabs.

Line by line (the text is read as it stands, inline marks such as ``**`` included):

- ``# Title`` is a heading; as many ``#`` (1 to 6, then a blank) as its level.
- Every other line that is not empty is a paragraph of its own; a line of the contents (title, dots, page) has
  ``kind="contents"``.
- Lines that begin with ``|`` are the rows of a table, their cells between pipes; the closing pipe may be
  missing. A row whose cells are all ``---`` (three dashes or more; one if it has a ``:``) is not a row:
  it makes those above it header rows (only the first such row does). Rows that are too short are filled with
  empty cells. In a cell:

  - ``<`` alone merges with the cell at its left, ``^`` alone with the cell above (under a cell merged
    sideways all its fields are marks, the first ``^``); a mark with nothing to merge with is text, as are
    ``\\<`` and ``\\^``;
  - ``<br>`` is a line feed, ``\\|`` a pipe. Blanks at both ends are dropped.

- Two or more lines on end with the same number of tabs, at least one, are a table without header rows;
  a row whose figures slipped by one tab is put right (``extractor.parsers.slipped``).
- A table whose head is that of the table right before it goes on with that one, as in the other formats.
- A line 表 1-2 … directly before a table is its caption, 单位：万元 its unit (in either order; empty lines
  between do not matter): see ``extractor.parsers.captions``.

In a .txt file without such headings, numbered titles (一、 （一）) are taken for them.

Places: part ``body``; a heading's or paragraph's ``paragraph`` counts both from 0, tables not; a cell's home
has ``table`` (from 0), ``row`` and ``col``.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from itertools import groupby
from pathlib import Path

from extractor.document import Block, Document, Heading, Paragraph, Place, Problem, Table, Text, Unreadable
from extractor.parsers.captions import attach_captions, is_contents
from extractor.parsers.continued import join_continued
from extractor.parsers.encoding import check_length, decode, read_text
from extractor.parsers.grid import Field, to_table
from extractor.parsers.headings import infer_headings
from extractor.parsers.slipped import straightened

SUFFIXES = (".md", ".txt")

_HEADING = re.compile(r"(#{1,6})[ \t　]+(.*)")
_RULE = re.compile(r"-{3,}|:-+:?|-+:")
_BREAK = re.compile(r"<br\s*/?>", re.IGNORECASE)
_PIPES, _EMPTY = -1, -2

MAX_COLUMNS = 1000
"""Columns of a table; what stands beyond is left out (``limit-table``)."""
MAX_FIELDS = 2_000_000
"""Rows times columns of a table; the rows beyond are left out (``limit-table``)."""
_PIPE = re.compile(r"(?<!\\)\|")


# What a reader of the document does not see.
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


def parse(path: Path) -> Document:
    """Read a text file in UTF-8, UTF-16 or GB18030. Raises ``Unreadable`` (``empty``, ``limit-bytes``,
    ``limit-characters``).
    """
    string, problems = decode(read_text(path))
    if not string.strip():
        raise Unreadable("empty", f"文件“{path.name}”里没有文字。")
    check_length(path, len(string))
    document = parse_text(string)
    document = replace(document, problems=problems + document.problems)
    if path.suffix.lower() != ".txt":
        return document
    return replace(document, format="txt", blocks=infer_headings(document.blocks))


def parse_text(text: str) -> Document:
    """The document that a text stands for (see the module's description)."""
    blocks: list[Block] = []
    problems: list[Problem] = []
    paragraphs = tables = 0
    for kind, lines in _runs(_COMMENT.sub("", text)):
        if kind:
            table_of = _pipe_table if kind == _PIPES else _tab_table
            blocks.append(table_of(lines, tables, problems))
            tables += 1
            continue
        for line in lines:
            blocks.append(_line(line, Place(part="body", paragraph=paragraphs)))
            paragraphs += 1
    return Document("md", join_continued(attach_captions(blocks)), problems=tuple(problems))


def _runs(text: str) -> list[tuple[int, list[str]]]:
    """Lines that belong together: (_PIPES, rows), (number of tabs, rows) or (0, lines of their own)."""
    runs: list[tuple[int, list[str]]] = []
    for kind, group in groupby(re.split(r"\r\n|\r|\n", text.removeprefix("\ufeff")), _line_kind):
        lines = [line for line in group if line.strip()]
        alone = kind > 0 and len(lines) < 2
        if lines:
            runs.append((0 if alone else kind, lines))
    return runs


def _line_kind(line: str) -> int:
    if line.lstrip().startswith("|"):
        return _PIPES
    if not line.strip():
        return _EMPTY  # an empty line parts two tables
    return 0 if is_contents(line) else line.strip(" \r").count("\t")


def _line(line: str, place: Place) -> Heading | Paragraph:
    """A heading or a paragraph."""
    heading = _HEADING.fullmatch(line.strip())
    if heading:
        title = heading[2].rstrip(" \t").rstrip("#").rstrip(" \t")
        return Heading(Text(title, place), len(heading[1]))
    string = line.strip()
    return Paragraph(Text(string, place), "contents" if is_contents(string) else "body")


def _tab_table(lines: Sequence[str], number: int, problems: list[Problem]) -> Table:
    typed = [[s.strip() for s in line.strip(" \r").split("\t")] for line in lines]
    rows = straightened(_bounded(typed, problems))
    fields = [Field(s, r, c) for r, row in enumerate(rows) for c, s in enumerate(row)]
    return replace(to_table(number, fields, (len(rows), len(rows[0]))), is_guess=True)


def _pipe_table(lines: Sequence[str], number: int, problems: list[Problem]) -> Table:
    rows: list[list[str]] = []
    header_rows = 0
    for line in lines:
        cells = _cells(line)
        if rows and not header_rows and all(_RULE.fullmatch(cell) for cell in cells):
            header_rows = len(rows)
        else:
            rows.append(cells)
    rows = _bounded(rows, problems)
    width = max(len(row) for row in rows)
    filled = [row + [""] * (width - len(row)) for row in rows]
    return to_table(number, _merge(filled), (len(rows), width), header_rows=min(header_rows, len(rows)))


def _bounded(rows: list[list[str]], problems: list[Problem]) -> list[list[str]]:
    """The rows within the limits of a table; what is left out is a problem."""
    width = max(len(row) for row in rows)
    if width > MAX_COLUMNS:
        problems.append(Problem("limit-table", f"有表格超过 {MAX_COLUMNS} 列，多出的列未读取。"))
        rows, width = [row[:MAX_COLUMNS] for row in rows], MAX_COLUMNS
    if len(rows) * width > MAX_FIELDS:
        problems.append(Problem("limit-table", "有表格过大，多出的行未读取。"))
        rows = rows[: MAX_FIELDS // width]
    return rows


def _cells(line: str) -> list[str]:
    """The raw strings between the pipes of a row."""
    parts = _PIPE.split(line.strip())[1:]
    if parts and not parts[-1].strip():
        parts.pop()
    return [part.strip() for part in parts] or [""]


def _merge(rows: Sequence[Sequence[str]]) -> list[Field]:
    """The cells in reading order, each with the fields that its marks give it."""
    fields: list[Field] = []
    covered: set[tuple[int, int]] = set()
    for r, row in enumerate(rows):
        for c, raw in enumerate(row):
            if (r, c) in covered:
                continue
            colspan = _run(row, c)
            rowspan = 1
            while r + rowspan < len(rows) and _goes_on(rows[r + rowspan], c, colspan):
                rowspan += 1
            covered.update((r + i, c + j) for i in range(rowspan) for j in range(colspan))
            fields.append(Field(_unescape(raw), r, c, rowspan, colspan))
    return fields


def _run(row: Sequence[str], col: int) -> int:
    """How many fields a cell covers in its own row."""
    span = 1
    while col + span < len(row) and row[col + span] == "<":
        span += 1
    return span


def _goes_on(row: Sequence[str], col: int, colspan: int) -> bool:
    """Whether a row's fields belong to the cell above: all of its width marked, the first ``^``."""
    return row[col] == "^" and all(mark in ("<", "^") for mark in row[col : col + colspan])


def _unescape(raw: str) -> str:
    if raw in ("\\<", "\\^"):
        return raw[1:]
    return "\n".join(part.strip() for part in _BREAK.split(raw.replace("\\|", "|")))
