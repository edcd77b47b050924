"""Rows typed with tabs whose figures slipped sideways: a merged label left some tabs too many, or too few.

The per cents tell where a row's figures belong: under the only head that names a rate, else where those of most rows
stand. A row whose only per cent stands elsewhere is moved there by giving up blank fields (or taking some), so that
its words come under words and its figures under figures of the rows in place; a row for which that cannot be done
stays as it is. Columns that are blank in all rows at the end are dropped.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from itertools import groupby

_RATE = re.compile(r"-?[\d,.]+\s*%")
_FIGURE = re.compile(r"-?[\d,]*\.?\d+\s*%?")
_RATE_HEAD = re.compile(r"[^\d]*(?:率|占比|比重|比例)(?:[(（].*)?")
_FEWEST, _MOST = 3, 4


def straightened(rows: Sequence[Sequence[str]]) -> list[list[str]]:
    """The rows, all of one length, with slipped figures back under their heads."""
    places = [_rate_at(row) for row in rows]
    column = _column(rows[0], Counter(p for p in places if p is not None))
    if column is None:
        return [list(row) for row in rows]
    kinds = _kinds([row for row, at in zip(rows, places, strict=True) if at == column])
    moved = [_moved(row, at, column, kinds) for row, at in zip(rows, places, strict=True)]
    width = max(n for row in moved for n in (1, *(n + 1 for n, cell in enumerate(row) if cell)))
    return [row[:width] for row in moved]


def _rate_at(row: Sequence[str]) -> int | None:
    """Where the only per cent of a row stands."""
    found = [n for n, cell in enumerate(row) if _RATE.fullmatch(cell)]
    return found[0] if len(found) == 1 else None


def _column(head: Sequence[str], seen: Counter[int]) -> int | None:
    """The column that the per cents belong to; None where that is not clear."""
    total = sum(seen.values())
    named = [n for n, cell in enumerate(head) if _RATE_HEAD.fullmatch(cell)]
    if total < _FEWEST or len(named) > 1:
        return None
    if named:
        return named[0] if seen[named[0]] else None
    column, times = seen.most_common(1)[0]
    return column if times * 2 > total else None


def _kinds(rows: Sequence[Sequence[str]]) -> Mapping[int, bool]:
    """For each column that the rows in place fill alike, whether it holds figures."""
    seen: dict[int, set[bool]] = {}
    for row in rows:
        for n, cell in enumerate(row):
            if cell:
                seen.setdefault(n, set()).add(_FIGURE.fullmatch(cell) is not None)
    return {n: kinds.pop() for n, kinds in seen.items() if len(kinds) == 1}


def _moved(row: Sequence[str], at: int | None, column: int, kinds: Mapping[int, bool]) -> list[str]:
    if at is None or at == column or abs(at - column) > _MOST:
        return list(row)
    tried = _without(row, at, at - column) if at > column else _with(row, at, column - at)
    return next((t for t in tried if _fits(t, kinds)), list(row))


def _fits(row: Sequence[str], kinds: Mapping[int, bool]) -> bool:
    return all(kinds.get(n, is_figure) == is_figure for n, is_figure in _told(row))


def _told(row: Sequence[str]) -> Iterator[tuple[int, bool]]:
    return ((n, _FIGURE.fullmatch(cell) is not None) for n, cell in enumerate(row) if cell)


def _with(row: Sequence[str], at: int, more: int) -> Iterator[list[str]]:
    """The row with blank fields before its last run of figures, taken from its end."""
    start = at
    while start and _FIGURE.fullmatch(row[start - 1]):
        start -= 1
    if start < at and not any(row[-more:]):
        yield [*row[:start], *[""] * more, *row[start:-more]]


def _without(row: Sequence[str], at: int, less: int) -> Iterator[list[str]]:
    """The row with blank fields before its rate given up, those nearest to it first."""
    runs = [list(run) for blank, run in groupby(range(at), lambda n: not row[n]) if blank]
    for gone in _taken(runs[::-1], less):
        yield [*(cell for n, cell in enumerate(row) if n not in gone), *[""] * less]


def _taken(runs: Sequence[Sequence[int]], less: int) -> Iterator[frozenset[int]]:
    """Every way to take so many fields out of runs, most out of the first ones first."""
    if not less:
        yield frozenset()
    elif runs:
        for count in range(min(less, len(runs[0])), -1, -1):
            yield from (frozenset(runs[0][:count]) | rest for rest in _taken(runs[1:], less - count))
