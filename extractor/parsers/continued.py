"""Tables broken by hand, made one again: the next table of the same width repeats the head or is 续表."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from extractor.document import Block, Cell, Paragraph, Table, Text

_CONTINUED = re.compile(r"[(（]?\s*(?:续上?表|接上?表|上表续|表续)|[(（]\s*(?:续|接上页)\s*[)）]")
_MAX_LINE = 60
_MAX_HEAD = 3
_MIN_HEADS = 3
_MAX_HEAD_TEXT = 20


def join_continued(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with tables joined that were broken by hand, and all tables numbered anew.

    A table goes on with the next of as many columns when nothing stands between them and the head
    is repeated, or when a line between them says so (续表). The repeated head is dropped; the line stays,
    after the table. Empty paragraphs are expected to be gone.
    """
    result: list[Block] = []
    open_at: int | None = None  # where the last table stands, as long as only 续表 lines follow
    marked = False
    for block in blocks:
        if isinstance(block, Table):
            upper = result[open_at] if open_at is not None else None
            if open_at is not None and isinstance(upper, Table) and _goes_on(upper, block, marked):
                result[open_at] = _joined(upper, block)
            else:
                open_at = len(result)
                result.append(block)
            marked = False
            continue
        if isinstance(block, Paragraph) and _says_continued(block.text.string):
            marked = True
        else:
            open_at = None
        result.append(block)
    return _numbered(result) if len(result) < len(blocks) else tuple(result)


def _says_continued(string: str) -> bool:
    return len(string) <= _MAX_LINE and _CONTINUED.search(string) is not None


def _goes_on(upper: Table, lower: Table, marked: bool) -> bool:
    if upper.n_cols != lower.n_cols or not upper.n_rows or not lower.n_rows:
        return False
    if marked:
        return True
    repeated = _repeated(upper, lower)
    if not repeated or repeated >= min(upper.n_rows, lower.n_rows):
        return False
    return upper.header_rows == lower.header_rows == repeated or _looks_like_head(lower)


def _repeated(upper: Table, lower: Table) -> int:
    """How many rows at the lower table's top are those at the upper table's top."""
    count = 0
    most = max(lower.header_rows, _MAX_HEAD)
    while count < min(most, upper.n_rows, lower.n_rows) and _row(upper, count) == _row(lower, count):
        count += 1
    # A head's merged cells must not reach into the rows that stay.
    while count and any(c.row < count < c.row + c.rowspan for c in lower.cells):
        count -= 1
    return count


def _row(table: Table, row: int) -> list[tuple[str, int, int, int, int]]:
    return [(c.text.flat, c.row, c.col, c.rowspan, c.colspan) for c in table.row(row)]


def _looks_like_head(table: Table) -> bool:
    """Whether the first row names columns: several short words, most of them different (权重 may stand behind each
    level), no figures, no label of a form."""
    words = [c.text.flat for c in table.row(0)]
    heads = {w for w in words if w}
    return (
        len(heads) >= _MIN_HEADS
        and all(words)
        and len(heads) * 2 > len(words)
        and all(len(w) <= _MAX_HEAD_TEXT and not w.endswith(("：", ":")) for w in heads)
        and not any(re.fullmatch(r"[\d.,%％\-/年月日]+", w) for w in heads)
    )


def _joined(upper: Table, lower: Table) -> Table:
    head = _repeated(upper, lower) if _repeated(upper, lower) < lower.n_rows else 0
    down = upper.n_rows - head
    moved = tuple(c._replace(row=c.row + down) for c in lower.cells if c.row >= head)
    return replace(upper, cells=upper.cells + moved, n_rows=down + lower.n_rows)


def _numbered(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """The blocks with the tables counted from 0; every cell knows its table's number and its own row."""
    result: list[Block] = []
    number = 0
    for block in blocks:
        if isinstance(block, Table):
            cells = tuple(_at_home(cell, number) for cell in block.cells)
            place = block.place._replace(table=number)
            result.append(replace(block, number=number, cells=cells, place=place))
            number += 1
        else:
            result.append(block)
    return tuple(result)


def _at_home(cell: Cell, number: int) -> Cell:
    home = cell.text.home._replace(table=number, row=cell.row, col=cell.col)
    return cell._replace(text=Text(cell.text.string, home, cell.text.ink))
