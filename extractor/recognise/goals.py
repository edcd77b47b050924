"""The goals area: what was expected for the year and what was done, as running text."""

from __future__ import annotations

import regex

from extractor.document import Cell, Table
from extractor.facts import Figure
from extractor.recognise.figures import said
from extractor.recognise.heads import LEVELS, Heads, row_meanings
from extractor.vocabulary import words

_UNCHANGED = regex.compile(r"\s*(?:无|同上|未(?:作)?调整|不变|同年初(?:目标)?|[-—/])\s*[。.]?\s*")
_BESIDE = 2
"""The cells in a row with one goal's head alone: it, and what names the area; a list has more."""
_BELOW = ("expected", "actual")
"""The heads that stand one below the other beside what names the area."""


def goal_heads(table: Table, row: int) -> Heads | None:
    """The heads of the goals area: 预期目标 and 实际完成情况, or one of them alone above its text."""
    found = row_meanings(table, row, words("goals"))
    others = row_meanings(table, row, words("columns"))
    if not found or {m for m, _ in others.values()} & {*LEVELS, "weight", "score"}:
        return None
    anchored = _named_cells(table, row)
    named = {c.col for _, c in found.values()}
    if not anchored or any(c.col not in named for c in anchored) or not _texts_below(table, row, anchored):
        return None
    own = [c for c in table.row(row) if c.row == row and c.text]
    if len(anchored) < 2 and (anchored[0].col + anchored[0].colspan < table.n_cols or len(own) > _BESIDE):
        return None
    kept = {c: (m, cell) for c, (m, cell) in found.items() if cell in anchored}
    return Heads(
        row, row, {c: m for c, (m, _) in kept.items()}, {c: cell.text.flat for c, (_, cell) in kept.items()}
    )


def goals_beside(table: Table, row: int) -> tuple[dict[str, Figure], int] | None:
    """The texts right of heads one below the other beside what names the area (总体目标 | 年初目标 | …, below it
    完成情况 | …), and the row after them; None if no such area begins at a row."""
    area = table.at(row, 0)
    known = words("goals").meaning
    if area is None or area.row != row or area.rowspan != len(_BELOW) or known(area.text.flat) != "expected":
        return None
    goals: dict[str, Figure] = {}
    for line, name in enumerate(_BELOW, row):
        cells = [c for c in table.row(line) if c.row == line and c is not area and c.text]
        if len(cells) != 2 or cells[0].col != area.colspan or known(cells[0].text.flat) != name:
            return None
        goals[name] = said(cells[1].text)
    return goals, row + len(_BELOW)


def _named_cells(table: Table, row: int) -> list[Cell]:
    """The cells with text that begin in a row, without those at the left that name the area (总体目标)."""
    cells = [c for c in table.row(row) if c.row == row and c.text]
    known = words("goals").meaning
    while len(cells) > 1 and cells[0].colspan < table.n_cols // 2:
        if cells[0].rowspan == 1 and known(cells[0].text.flat):
            break
        cells = cells[1:]
    return cells


def _texts_below(table: Table, row: int, heads: list[Cell]) -> bool:
    """Whether the next row has a cell under each head and no more: the texts."""
    if row + 1 >= table.n_rows:
        return False
    below = [c for c in table.row(row + 1) if c.row == row + 1 and c.text and c.col >= heads[0].col]
    starts = {c.col for c in heads}
    known = words("labels").meaning
    return len(below) <= len(heads) and all(c.col in starts and not known(c.text.flat) for c in below)


def goals_below(table: Table, heads: Heads) -> tuple[dict[str, Figure], int]:
    """The texts in the row below the heads, by ``expected`` (as changed in the year, then ``initial`` is the first),
    ``revised`` if nothing was changed, and ``actual``; and the row after them.

    Where the goal of a whole period stands beside the year's, the year's is meant, and the other is ``period``."""
    row = heads.last + 1
    goals: dict[str, Figure] = {}
    for name in ("expected", "revised", "actual", "period"):
        columns = heads.of(name)
        cell = table.at(row, columns[0]) if columns else None
        if cell is not None and cell.row == row:
            goals[name] = said(cell.text)
    revised = goals.get("revised")
    if revised is not None and not revised.blank and not _UNCHANGED.fullmatch(revised.string):
        goals |= {"initial": goals["expected"]} if "expected" in goals else {}
        goals["expected"] = goals.pop("revised")
    return goals, row + 1
