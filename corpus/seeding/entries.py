"""The indicator rows of a source's tables, as its ``form`` directives announce them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from making.labels import FIELDS, PLACEHOLDER, split

from seeding.sheet import Entry, Table

RULES = re.compile(r"评分标准|评分规则|评分细则|评价标准|计分|评分办法")


def entries_of(table: Table, number: int, kind: str, says: dict[str, str]) -> Iterator[Entry]:
    """The indicator rows of a form, or the one indicator of a worksheet."""
    if "head" not in says:
        rows = {table.cells[r, 0].text: table.cells[r, 1] for r in range(len(table.lines))}
        cells = {f: rows[says[f]] for f in FIELDS if f in says}
        cells["name"] = rows[says["name"]]
        if rule := next((c for head, c in rows.items() if RULES.search(head)), None):
            cells["rule"] = rule
        yield Entry(kind, table.number * 10 + number, *split(cells["name"].text), cells)
        return
    start, columns = head_of(table, says)
    for r in range(start + 1, len(table.lines)):
        row = table.row(r)
        if any(re.match(says.get("until", r"总\s*分|合\s*计"), c.text) for c in row):
            return
        name = row[columns["name"]]
        if name.row != r or PLACEHOLDER.fullmatch(name.text) or re.match(says.get("skip", "小计"), name.text):
            continue
        cells = {f: row[c] for f, c in columns.items()}
        yield Entry(kind, table.number * 10 + number, *split(name.text), cells)


def head_of(table: Table, says: dict[str, str]) -> tuple[int, dict[str, int]]:
    """The head's row that a directive names, and the column of each field."""
    rows = [[c.text.replace("<br>", "") for c in table.row(r)] for r in range(len(table.lines))]
    heads = [i for i, row in enumerate(rows) if says["head"] in row]
    start = heads[int(says.get("nth", "1")) - 1]
    columns = {key: rows[start].index(says[key]) for key in ("name", "op", "unit", *FIELDS) if key in says}
    ruled = [i for i, text in enumerate(rows[start]) if RULES.search(text)]
    return start, columns | ({"rule": ruled[0]} if ruled else {})
