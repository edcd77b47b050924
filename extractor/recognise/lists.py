"""Lists within a table that are none of its labels, funds or indicators: 序号 | 乡镇 | 项目名称 | 金额."""

from __future__ import annotations

from extractor.document import Table
from extractor.recognise.columns import indicator_heads
from extractor.recognise.funds import fund_heads
from extractor.vocabulary import words


def is_list(table: Table, row: int) -> bool:
    """Whether a row heads a list (序号 | 乡镇 | 项目名称 | 金额): its words are heads of columns, no
    labels."""
    cells = [c for c in table.row(row) if c.row == row and c.text]
    return (
        len(cells) >= 3
        and words("columns").meaning(cells[0].text.flat) == "number"
        and row + 1 < table.n_rows
    )


def after_list(table: Table, row: int) -> int:
    """The row after a list: the next one that heads indicators or funds, else the table's end."""
    for later in range(row + 1, table.n_rows):
        if indicator_heads(table, later) or fund_heads(table, later):
            return later
    return table.n_rows
