"""Everything that does not add up in a document's tables, judged together: one wrong figure is one defect.

A figure that breaks a column's sum and a row's relation is reported once, by the rule whose sum or
relation would
hold again with the same other value. What follows from a defect already reported is left out.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.facts import INDICATOR_FIELDS, BudgetLine
from extractor.recognise.titles import title_kind
from extractor.rules._once import once
from extractor.rules.table._grid import Grid
from extractor.rules.table._means import Mean, wrong_means
from extractor.rules.table._misses import Miss, misses
from extractor.rules.table._notes import explanation, overlap
from extractor.rules.table._reading import grids
from extractor.rules.table._relations import meaning
from extractor.rules.table._shape import TOTALS
from extractor.rules.table._shares import Uneven, uneven
from extractor.rules.table._ties import (
    BadTotal,
    Offset,
    apart,
    known,
    offsets_in,
    shares_or_misses,
    tied,
    without_consequences,
)
from extractor.rules.table._totals import judge
from extractor.vocabulary import words


@dataclass(frozen=True, slots=True)
class Defects:
    """The defects of a document's tables by kind."""

    totals: tuple[BadTotal, ...]
    offsets: tuple[Offset, ...]
    shares: tuple[Uneven, ...]
    misses: tuple[Miss, ...]
    means: tuple[Mean, ...] = ()


_NUMBERED = regex.compile(r"附?\s*表\s*[\d一二三四五六七八九十]")


@once
def defects(reading: Reading) -> Defects:
    """The defects of a document, computed once for all rules of the folder."""
    return _joined([_of_table(reading, grid) for grid in grids(reading)])


def _joined(parts: Sequence[Defects]) -> Defects:
    return Defects(
        tuple(t for p in parts for t in p.totals),
        tuple(o for p in parts for o in p.offsets),
        tuple(s for p in parts for s in p.shares),
        tuple(m for p in parts for m in p.misses),
        tuple(m for p in parts for m in p.means),
    )


def forms_tables(reading: Reading) -> frozenset[int]:
    """The tables of forms (自评表, 目标表, score tables): their weights, scores and sources of funds
    have rules of
    their own. A table of money that stands alone in a report is read as ``other``; one that goes before or follows
    a form under a numbered caption of its own and has no indicators is a data table."""
    captions = {t.number: t.caption.flat for t in reading.document.tables if t.caption is not None}
    captioned = {n for n, caption in captions.items() if _NUMBERED.match(caption)}
    untitled = {n for n in captioned if title_kind(_NUMBERED.sub("", captions[n], 1)) is None}
    return frozenset(
        n
        for form in reading.forms
        if form.indicators or (form.budget and form.kind != "other")
        for n in form.tables
        if n not in captioned
        or (n == form.tables[0] and not (n in untitled and form.indicators))
        or any(r.place.table == n for r in form.indicators)
    )


def _of_table(reading: Reading, grid: Grid) -> Defects:
    in_form = grid.table.number in forms_tables(reading)
    views = (grid,) if in_form else (grid, grid.other)
    judged = [judge(view) for view in ([_standing_by(reading, grid)] if in_form else views)]
    shares = () if in_form else tuple(u for view in views for u in uneven(view))
    funds = {
        (home.row, home.col)
        for b in _lines_of_funds(reading, grid)
        if b.rate and (home := b.rate.text.home).table == grid.table.number
    }
    missed = [m for view in views for m in misses(view) if not _executed(m, funds)]
    if in_form:
        missed = [m for m in missed if not _of_scores(m)]
    offsets = tuple(o for view, j in zip(views, judged, strict=False) for o in offsets_in(view, j))
    paired = {a.total.spot for o in offsets for a in o.pair}
    failures = [f for j in judged for f in j.failed if f.addition.total.spot not in paired]
    shares, missed = shares_or_misses(shares, missed)
    totals, missed = tied(without_consequences(failures, missed, judged), missed)
    means = () if in_form else tuple(m for view in views for m in wrong_means(view) if not known(m, totals))
    return Defects(tuple(_noted(reading, t) for t in totals), offsets, shares, tuple(apart(missed)), means)


def _standing_by(reading: Reading, grid: Grid) -> Grid:
    """The columns of a form that are no field of its rows (a second score, what it differs by), which nothing else
    sums; whatever an indicator is called (…占比), its row counts."""
    table = grid.table.number
    rows = [r for form in reading.forms for r in form.indicators if r.place.table == table]
    homes = {f.text.home.col for r in rows for f in r.others.values() if f.text.home.table == table}
    fields = {f.text.home.col for r in rows for n in INDICATOR_FIELDS if (f := r.get(n)) is not None}
    ats = {r.place.row for r in rows}
    return replace(
        grid,
        columns=tuple(c for c in grid.columns if c.at in homes - fields),
        rows=tuple(replace(r, kind="item", depth=0, part=False) if r.at in ats else r for r in grid.rows),
    )


def _lines_of_funds(reading: Reading, grid: Grid) -> Iterator[BudgetLine]:
    """The lines of a table whose execution rate another rule judges."""
    for form in reading.forms:
        if grid.table.number in form.tables:
            yield from (b for b in form.budget if b.executed is not None and (b.full_year or b.initial))


def _executed(miss: Miss, funds: Collection[tuple[int | None, int | None]]) -> bool:
    """Whether a miss is the execution rate of a line of funds, which another rule judges."""
    return meaning(miss.field) == "rate" and miss.stated.spot in funds


def _of_scores(miss: Miss) -> bool:
    """Whether a relation is about weights or scores, which other rules judge (but for the totals' rates)."""
    if miss.line.kind in TOTALS and miss.stated.ratio:
        return False
    if miss.named and meaning(miss.field) == "difference":  # of two scores, which no other rule judges
        return False
    columns = {number.cell.col for number in miss.numbers}
    fields = words("table-fields")
    return any(
        fields.meaning(cell.text.flat) == "weight"
        for column in miss.grid.columns
        if column.at in columns
        for cell in column.path
    )


def _noted(reading: Reading, total: BadTotal) -> BadTotal:
    addition = total.failure.addition
    half = addition.half + addition.total.half
    grid = total.failure.grid
    note = explanation(reading, grid, addition.gap, half or Decimal("0.5"), addition.field)
    if note is None and addition.gap < 0:
        note = overlap(reading, grid, addition.field)
    return replace(total, note=note)
