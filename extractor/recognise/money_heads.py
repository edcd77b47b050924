"""Heads of money, also those that name a year or the months so far: 2023年预算数, 2024年1-6月执行数."""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

import regex

from extractor.document import Cell, Table
from extractor.quantity import normal
from extractor.recognise.heads import row_meanings
from extractor.recognise.years import year_in
from extractor.vocabulary import tight, words

_YEAR = regex.compile(r"(?P<year>20\d{2})年度?")
_SO_FAR = regex.compile(
    r"(?:截[至止到])?(?:\d{1,2}[-—~～至到]+)?(?:\d{1,2}月(?:\d{1,2}日)?|上半年|半年|年中|一季度|[前三]季度)(?:底|末|份)?(?:累计)?"
)
_BEGINS = regex.compile(r"[\s（(]*(?:\d|截|上半|半年|年中|[一前三])")
_LONGEST = 30
_REVISED = regex.compile(r"调[整增减剂]")
_BUDGETS = ("initial", "full_year")


class _Dated(NamedTuple):
    meaning: str
    year: int
    so_far: bool


def money_heads(table: Table, row: int) -> dict[int, tuple[str, Cell]]:
    """For each column of a row whose cell begins in it: what its head means as one of money. Of heads that mean the
    same in several years the last year's counts; what was spent in a year without a budget is history."""
    found = row_meanings(table, row, words("funds"))
    dated = [
        (cell, head)
        for cell in table.row(row)
        if cell.row == row and cell.col not in found and (head := _stripped(cell.text.flat)).meaning
    ]
    year = max((y for m, text in _texts(found, dated) if m in _BUDGETS and (y := year_in(text))), default=0)
    taken = {m for m, _ in found.values()}
    heads = [head for _, head in dated]
    for cell, head in dated:
        past = bool(head.year) and head.year != year
        if head.meaning in taken or past or any(_above(other, head) for other in heads):
            continue
        found |= dict.fromkeys(range(cell.col, cell.col + cell.colspan), (head.meaning, cell))
    return _revised(found)


def spent_so_far(text: str) -> str:
    """``executed`` or ``rate`` for the label of what was spent in the year's first months (截至7月底支出), "" else."""
    head = _stripped(text)
    return head.meaning if head.so_far and not head.year else ""


def _texts(
    found: dict[int, tuple[str, Cell]], dated: Iterable[tuple[Cell, _Dated]]
) -> Iterable[tuple[str, str]]:
    """Meaning and words of every head of money."""
    yield from ((m, cell.text.flat) for m, cell in found.values())
    yield from ((head.meaning, cell.text.flat) for cell, head in dated)


def _stripped(text: str) -> _Dated:
    """A head without the year and the months that it begins with; months go with what was spent alone."""
    if len(text) > _LONGEST or not _BEGINS.match(text):
        return _Dated("", 0, False)
    rest = tight(normal(text))
    year = _YEAR.match(rest)
    rest = rest[year.end() :] if year else rest
    months = _SO_FAR.match(rest)
    rest = rest[months.end() :] if months else rest
    if not (year or months) or len(rest) < 2:
        return _Dated("", 0, False)
    meaning = words("funds").meaning(rest) or ""
    fits = meaning in ("executed", "rate", *(() if months else _BUDGETS))
    return _Dated(meaning if fits else "", int(year["year"]) if year else 0, bool(months))


def _above(other: _Dated, head: _Dated) -> bool:
    """Whether a head speaks of the whole year where another of its meaning and year speaks of the first months."""
    return other.meaning == head.meaning and head.so_far and not other.so_far


def _revised(found: dict[int, tuple[str, Cell]]) -> dict[int, tuple[str, Cell]]:
    """Of two heads of the year's budget one of which is the revised, the other is the first (预算数 | 调整预算数)."""
    budgets = {cell.col: cell.text.flat for m, cell in found.values() if m == "full_year"}
    revised = [c for c, text in budgets.items() if _REVISED.search(text)]
    if len(budgets) != 2 or len(revised) != 1 or any(m == "initial" for m, _ in found.values()):
        return found
    first = next(c for c in budgets if c not in revised)
    return {c: ("initial" if cell.col == first else m, cell) for c, (m, cell) in found.items()}
