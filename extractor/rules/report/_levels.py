"""Findings on levels and subtotals that do not state what their rows add up to."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import accumulate

from extractor.claims import Reading
from extractor.facts import Form
from extractor.findings import Evidence, Finding, evidence
from extractor.quantity import Agreement, agree, slip
from extractor.rules._form import leaves, number, points, subject, title
from extractor.rules.report._groups import Group, groups

WORDS = {"weight": "权重", "score": "得分"}
_MOST_ADDENDS = 12
_FEWEST_LEVELS = 2


def level_findings(
    reading: Reading, form: Form, field: str, told: Decimal | None, rule: str
) -> Iterator[Finding]:
    """A finding for each level of a form that is off; ``told`` is the gap that the form's total reports."""
    off = [(g, gap) for g in groups(form) if (gap := g.gap(field)) is not None]
    off = [(g, gap) for g, gap in off if g.kind != "level" or not _shared_out(form, g, field)]
    for same in _by_rows(off):
        group, gap = same[0]
        if gap == told or _explained(group, gap, off) or (field == "weight" and _disputed(reading, group)):
            continue
        yield _finding(reading, form, field, same, rule)


def _shared_out(form: Form, group: Group, field: str) -> bool:
    """Whether all rows of a form, in their order, make the levels of a column one after the other: then rows were taken
    for those of a neighbour, as where no rulings tell them apart."""
    col = group.label.home.col
    alike = {id(g.label): g for g in groups(form) if g.kind == "level" and g.label.home.col == col}
    wanted = [q.value for g in alike.values() if (q := points(g.stated(field))) is not None]
    values = [q.value for row in leaves(form) if (q := points(row.get(field))) is not None]
    if len(wanted) < _FEWEST_LEVELS or len(wanted) < len(alike):
        return False
    sums, run = list(accumulate(values)), list(accumulate(wanted))
    return sums[-1:] == run[-1:] and set(run) <= set(sums)


def _by_rows(off: Sequence[tuple[Group, Decimal]]) -> list[list[tuple[Group, Decimal]]]:
    """Levels and subtotals of the same rows belong to one finding."""
    found: dict[tuple[int, ...], list[tuple[Group, Decimal]]] = {}
    for group, gap in off:
        found.setdefault(tuple(map(id, group.rows)), []).append((group, gap))
    return list(found.values())


def _explained(group: Group, gap: Decimal, off: Sequence[tuple[Group, Decimal]]) -> bool:
    """Whether levels below a level are off by as much together: then the fault is theirs."""
    mine = set(map(id, group.rows))
    below = {tuple(map(id, g.rows)): other for g, other in off if set(map(id, g.rows)) < mine}
    return bool(below) and (gap in below.values() or sum(below.values(), Decimal(0)) == gap)


def _disputed(reading: Reading, group: Group) -> bool:
    """Whether the level's weight is stated in two ways elsewhere: weights-disagree names both."""
    for one in reading.subjects:
        if one.title != group.name:
            continue
        stated = [c.figure.quantity for c in one.of("weight") if c.figure.quantity is not None]
        return any(agree(stated[0], q) is Agreement.DISAGREE for q in stated[1:])
    return False


def _finding(
    reading: Reading, form: Form, field: str, same: Sequence[tuple[Group, Decimal]], rule: str
) -> Finding:
    (group, gap), word = same[0], WORDS[field]
    figure, rows, name = group.stated(field), group.sum(field), title(reading, form)
    assert figure is not None
    stated = points(figure)
    note = slip(stated, rows.addends[0].quantity) if stated and len(rows.addends) == 1 else ""
    others = [
        g
        for g in groups(form)
        if g.rows == group.rows and g.label is not group.label and g.gap(field) is None
    ]
    agreeing = [f for g in others if (f := g.stated(field))]
    also = f"（小计行写的也是 {agreeing[0].string} 分）" if agreeing and group.kind != "subtotal" else ""
    message = (
        f"{name}：“{group.name}”的{word}写为 {_points(figure.string)}，"
        f"下属 {len(rows.addends)} 项{word}相加为 {rows.shown()} 分{also}，"
        f"相差 {number(abs(gap))} 分{f'（{note}）' if note else ''}。"
    )
    return Finding(
        rule=rule,
        severity="error",
        subject=subject(reading, form, group.name),
        message=message,
        evidence=(
            *_stated(same, field),
            *(evidence(f, "小计", "also") for f in agreeing),
            *_addends(group, field),
        ),
        expected=rows.shown(),
        actual=figure.string,
        difference=number(abs(gap)),
        impact="上级权重与下级不衔接，影响得分和总分的计算" if field == "weight" else "影响该级得分和总分",
        confidence=0.95,
    )


def _points(string: str) -> str:
    return string if string.endswith(("分", "%", "％")) else f"{string} 分"


def _stated(same: Sequence[tuple[Group, Decimal]], field: str) -> Iterator[Evidence]:
    for group, _ in same:
        figure = group.stated(field)
        assert figure is not None
        yield evidence(figure, f"{group.name}：{WORDS[field]}", "stated", group.label.flat)


def _addends(group: Group, field: str) -> tuple[Evidence, ...]:
    found = group.sum(field).addends
    if len(found) > _MOST_ADDENDS:
        return ()
    return tuple(evidence(a.figure, f"{WORDS[field]}：{a.name}", "addend") for a in found)
