"""Summary tables that lie on their side: a column for each level (A.决策, B.管理 …, 合计), rows for weight and
score."""

from __future__ import annotations

from extractor.document import Cell, Table
from extractor.facts import Figure, Indicator, Subtotal
from extractor.recognise.figures import figure
from extractor.recognise.names import named
from extractor.vocabulary import words

_ROWS = ("weight", "score", "rate")


def transposed_rows(table: Table) -> tuple[tuple[Indicator, ...], Subtotal | None]:
    """An indicator for each level column and the total column's figures; nothing if the table does not lie
    so."""
    meanings = _row_meanings(table)
    if "score" not in meanings.values() or not 2 <= table.n_rows <= 6:
        return (), None
    rows: list[Indicator] = []
    total: Subtotal | None = None
    for col in range(1, table.n_cols):
        head = table.at(0, col)
        if head is None or not head.text or head.col != col:
            continue
        values = {m: figure(c.text) for r, m in meanings.items() if (c := table.at(r, col)) is not None}
        summing = words("rows").meaning(head.text.flat)
        if summing == "grand":
            total = Subtotal(head.text, values.get("weight"), values.get("score"), True, head.text.home)
        elif summing != "subtotal":
            rows.append(_indicator(head, values))
    return tuple(rows), total


def _row_meanings(table: Table) -> dict[int, str]:
    """What each row is (weight, score, rate), by its first cell; 分值 beside 权重 is the score."""
    found: dict[int, str] = {}
    for row in range(1, table.n_rows):
        cell = table.at(row, 0)
        meaning = words("columns").meaning(cell.text.flat) if cell else None
        if meaning == "weight" and "weight" in found.values():
            meaning = "score"
        if meaning in _ROWS:
            found[row] = meaning
    return found


def _indicator(head: Cell, values: dict[str, Figure]) -> Indicator:
    parts = named(head.text)
    return Indicator(
        parts.name, head.text, parts.code,
        weight=values.get("weight"), score=values.get("score"), rate=values.get("rate"), place=head.text.home,
    )  # fmt: skip
