"""Levels, parent rows and subtotals of a form with the leaf rows that each stands for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.document import Text
from extractor.facts import Figure, Form, Indicator, Level, Subtotal
from extractor.rules._form import children, extends, leaves, named, parents, points
from extractor.rules.report._sums import Sum, column, gaps, total
from extractor.vocabulary import tight

_CODE = regex.compile(r"[A-Z](?:\d+(?:[-.]\d+)*)?")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Group:
    """A level, a parent row or a subtotal: its label, what it states, and the rows it stands for."""

    name: str
    label: Text
    kind: str
    weight: Figure | None
    score: Figure | None
    rows: tuple[Indicator, ...]

    def stated(self, field: str) -> Figure | None:
        figure = self.weight if field == "weight" else self.score
        return figure if points(figure) is not None else None

    def sum(self, field: str) -> Sum:
        return total(column(self.rows, field), field)

    def gap(self, field: str) -> Decimal | None:
        """Stated less summed, None if both agree or nothing can be said."""
        figure = self.stated(field)
        if figure is None or not self.rows or gaps(self.rows, field):
            return None
        stated, rows = points(figure), self.sum(field)
        assert stated is not None
        units = {a.quantity.unit.replace("分", "") for a in rows.addends} | {stated.unit.replace("分", "")}
        if not rows.addends or rows.meets(stated) or len(units) > 1:
            return None
        if _within_level(rows):
            return None
        return stated.value - rows.printed


def _within_level(rows: Sum) -> bool:
    """Whether the rows share out their level's weight among themselves: they make 100, or 1 in fractions."""
    if rows.printed == _HUNDRED:
        return True
    return rows.printed == 1 and all(a.quantity.value < 1 for a in rows.addends)


def groups(form: Form) -> tuple[Group, ...]:
    """Every level, parent row and subtotal of a form whose rows are known for certain."""
    return (*_levels(form), *_parents(form), *_subtotals(form))


def _levels(form: Form) -> Iterator[Group]:
    rows = leaves(form)
    depth = {level.text.home.col for row in rows for level in row.levels}
    for col in sorted(depth, key=lambda c: -1 if c is None else c):
        at = [next((level for level in row.levels if level.text.home.col == col), None) for row in rows]
        if not all(at[n] or not any(at[:n]) for n in range(len(rows))):
            continue  # a row below lacks the level: cells left blank, not merged
        for run in _runs(at):
            level = at[run[0]]
            assert level is not None
            name = f"{level.code} {level.name}".strip()
            yield Group(name, level.text, "level", level.weight, level.score, tuple(rows[n] for n in run))


def _runs(at: Sequence[Level | None]) -> list[list[int]]:
    """The rows under the same level, a level that is printed again on the next page being the same."""
    found: list[list[int]] = []
    for n, level in enumerate(at):
        if level is None:
            continue
        last = at[found[-1][-1]] if found else None
        if last is not None and (last.text is level.text or tight(last.text.flat) == tight(level.text.flat)):
            found[-1].append(n)
        else:
            found.append([n])
    return found


def _parents(form: Form) -> Iterator[Group]:
    rows, single = form.indicators, set(map(id, leaves(form)))
    for n in parents(form):
        row = rows[n]
        below = tuple(r for r in children(rows, n) if id(r) in single)
        if below:
            yield Group(named(row), row.label, "parent", row.weight, row.score, below)


def _subtotals(form: Form) -> Iterator[Group]:
    for subtotal in form.subtotals:
        scope = None if subtotal.grand else _scope(form, subtotal)
        if scope:
            name = subtotal.label.flat
            yield Group(name, subtotal.label, "subtotal", subtotal.weight, subtotal.score, scope)


def _scope(form: Form, subtotal: Subtotal) -> tuple[Indicator, ...]:
    """The rows that a subtotal sums: those of the level it names, else those above it (below it where the table begins
    with one); () if not clear."""
    rows = [r for r in leaves(form) if r.place.table == subtotal.place.table]
    rows = _beside(form, subtotal, rows)
    above = [r for r in rows if (r.place.row or 0) < (subtotal.place.row or 0)]
    label = tight(subtotal.label.flat)
    code = _CODE.match(label)
    if code and any(r.code for r in above):
        return tuple(r for r in above if extends(r.code, code[0]))
    for group in _levels(form):
        name = tight(group.label.flat.split("（")[0].split("(")[0]).removesuffix("指标")
        if name and label.startswith(name) and all(r in above for r in group.rows):
            return group.rows
    if label.removesuffix("小计").removesuffix("合计"):
        return ()
    if _stand_on_top(form, rows):
        return _below(form, subtotal, rows)
    others = [s.place.row or 0 for s in form.subtotals if (s.place.row or 0) < (subtotal.place.row or 0)]
    since = tuple(r for r in above if (r.place.row or 0) > max(others, default=-1))
    weight = points(subtotal.weight)
    if weight is not None and not total(column(since, "weight"), "weight").meets(weight):
        whole = total(column(above, "weight"), "weight")
        if whole.meets(weight) or len(since) == len(above):
            return tuple(above)
        return since if any(group.rows == since for group in _levels(form)) else ()
    return since


def _beside(form: Form, subtotal: Subtotal, rows: Sequence[Indicator]) -> list[Indicator]:
    """The rows of a subtotal's own block, where another block beside it has a subtotal in the same row."""
    col = subtotal.label.home.col
    starts = sorted(
        {
            s.label.home.col
            for s in form.subtotals
            if s.place == subtotal.place and s.label.home.col is not None
        }
    )
    if col is None or len(starts) < 2:
        return list(rows)
    end = next((start for start in starts if start > col), None)
    return [
        r for r in rows if (at := r.label.home.col) is not None and col <= at and (end is None or at < end)
    ]


def _stand_on_top(form: Form, rows: Sequence[Indicator]) -> bool:
    """Whether a form's subtotals stand above what they sum: no row comes before the first of them."""
    first = min((s.place.row or 0 for s in form.subtotals if not s.grand), default=0)
    return all((r.place.row or 0) > first for r in rows)


def _below(form: Form, subtotal: Subtotal, rows: Sequence[Indicator]) -> tuple[Indicator, ...]:
    """The rows from a subtotal down to the next one."""
    at = subtotal.place.row or 0
    end = min((r for s in form.subtotals if (r := s.place.row or 0) > at), default=None)
    return tuple(r for r in rows if at < (r.place.row or 0) and (end is None or (r.place.row or 0) < end))
