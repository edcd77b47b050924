"""Lists within a table that are none of its labels, funds or indicators: 序号 | 乡镇 | 项目名称 | 金额, and those that
break figures down by place below the indicators: 县（市、区） | 任务数 | 完成数."""

from __future__ import annotations

from extractor.document import Table
from extractor.quantity import read
from extractor.recognise.columns import indicator_heads
from extractor.recognise.funds import fund_heads
from extractor.vocabulary import words

_FEWEST = 3


def is_list(table: Table, row: int) -> bool:
    """Whether a row heads a list (序号 | 乡镇 | 项目名称 | 金额): its words are heads of columns, no
    labels."""
    cells = [c for c in table.row(row) if c.row == row and c.text]
    return (
        len(cells) >= 3
        and words("columns").meaning(cells[0].text.flat) == "number"
        and row + 1 < table.n_rows
    )


def by_place(table: Table, row: int) -> bool:
    """Whether a row heads a list of places: its first word is that of places, all others are words too, and figures
    stand below."""
    cells = [c for c in table.row(row) if c.row == row and c.text]
    if (
        len(cells) < _FEWEST
        or row + 1 >= table.n_rows
        or words("places").meaning(cells[0].text.flat) != "place"
    ):
        return False
    below = [c.text.flat for c in table.row(row + 1) if c.row == row + 1 and c.col > cells[0].col]
    return not any(read(c.text.flat) for c in cells) and any(read(text) for text in below)


def after_places(table: Table, row: int) -> int:
    """The row after a list of places: the next one whose cells begin elsewhere than the list's heads."""
    starts = _starts(table, row)
    return next(
        (later for later in range(row + 1, table.n_rows) if _starts(table, later) != starts), table.n_rows
    )


def _starts(table: Table, row: int) -> list[int]:
    return [c.col for c in table.row(row) if c.row == row]


def after_list(table: Table, row: int) -> int:
    """The row after a list: the next one that heads indicators or funds, else the table's end."""
    for later in range(row + 1, table.n_rows):
        if indicator_heads(table, later) or fund_heads(table, later):
            return later
    return table.n_rows
