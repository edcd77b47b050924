"""What the tables of a document make of each level: scores and weights by the levels' names."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Figure, Form
from extractor.findings import Evidence, evidence
from extractor.quantity import Quantity
from extractor.rules._form import leaves, points, title
from extractor.rules.report._groups import Group, groups
from extractor.rules.report._level_words import FIRST, key
from extractor.rules.report._sums import row_unread
from extractor.rules.report.total_score import score_gap
from extractor.rules.report.weights_total import weight_gap

_MOST_ADDENDS = 12
_MOST_SUMMED = 8


@dataclass(frozen=True, slots=True)
class Known:
    """A level by one table: its points, how they are shown there, and ``gap``, by how much the table's total is off."""

    key: str
    value: Decimal
    slack: Decimal
    where: str
    evidence: tuple[Evidence, ...]
    gap: Decimal | None = None

    def meets(self, told: Quantity, precision: int) -> bool:
        """Whether points told, to a precision, may be these."""
        return abs(told.value - self.value) <= self.slack + (
            Decimal(5).scaleb(-precision - 1) if self.value != round(self.value, precision) else 0
        )


def known_levels(reading: Reading, field: str) -> dict[str, list[Known]]:
    """Each level's points by every table that states or makes them; none where tables are of several projects."""
    if sum(f.kind == "self_evaluation" for f in reading.forms) > 1:
        return {}
    found: dict[str, list[Known]] = {}
    for form in reading.forms:
        if form.kind not in ("score_table", "self_evaluation", "indicator_system"):
            continue
        for one in (*_summed(reading, form, field), *_listed(reading, form, field)):
            found.setdefault(one.key, []).append(one)
    return {name: all_ for name, all_ in found.items() if len({k.value for k in all_}) == 1}


def _summed(reading: Reading, form: Form, field: str) -> Iterator[Known]:
    if row_unread(reading, form) or any(
        t.is_guess for t in reading.document.tables if t.number in form.tables
    ):
        return
    if field == "score" and weight_gap(reading, form) is not None:
        return
    gap = (score_gap if field == "score" else weight_gap)(reading, form)
    where, cols = title(reading, form), [g.label.home.col or 0 for g in groups(form) if g.kind == "level"]
    for group in groups(form):
        rows = group.sum(field)
        if group.kind == "subtotal" or not _certain(group, field) or not rows.addends:
            continue
        if key(group.name) in FIRST and group.kind == "level" and (group.label.home.col or 0) > min(cols):
            continue  # 满意度 as a second level: prose may mean one of its rows
        slack = Decimal(5).scaleb(-rows.precision - 1) * rows.loose if rows.precision > 1 else Decimal(0)
        shown = rows.addends if len(rows.addends) <= _MOST_ADDENDS else ()
        said = group.stated(field)
        proofs = (
            *((evidence(said, f"{where}：{group.name}", "stated"),) if said else ()),
            *(evidence(a.figure, f"{where}：{a.name}", "addend") for a in shown),
        )
        yield Known(key(group.name), rows.printed, slack, where, proofs, gap)


def _certain(group: Group, field: str) -> bool:
    """Whether all rows of a level are read: each states its points, and they make what the level itself states."""
    if group.gap("weight") is not None or group.gap(field) is not None:
        return False
    return all(points(r.get(field)) is not None or r.get(field) is None for r in group.rows)


def _listed(reading: Reading, form: Form, field: str) -> Iterator[Known]:
    """The rows of a summary, which are first levels themselves."""
    rows = leaves(form)
    if not 2 <= len(rows) <= _MOST_SUMMED or any(r.levels for r in rows):
        return
    if not all(key(r.name) in FIRST or len(r.code) == 1 for r in rows):
        return
    where = title(reading, form)
    for row in rows:
        figure: Figure | None = row.get(field)
        q = points(figure)
        if figure is not None and q is not None:
            proof = evidence(figure, f"{where}：{row.name}", "stated")
            yield Known(key(row.name), q.value, Decimal(0), where, (proof,))
