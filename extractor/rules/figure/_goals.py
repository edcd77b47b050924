"""Figures in a form's running text, each with the one indicator row that it plainly speaks of."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form, Indicator
from extractor.quantity import Agreement, Quantity, agree, find
from extractor.resolve.alignment import SURE, of_funds, same_measure, speaks_of
from extractor.resolve.goals import Field, goal_texts
from extractor.resolve.leads import BREAK, led
from extractor.resolve.limits import scope_of

_SENTENCE = regex.compile(r"[。；;\n]")
_WAS = ("由", "从")
_PERIOD = regex.compile(r"实施周?期|中长期|中期|长期|周期|规划期")
_SPAN = regex.compile(r"[三四五]年|累计|[至到]20\d{2}年|规划|十[四五六]五|20\d{2}年?(?:[至到—–~～-]\d?)")
_ONE_YEAR = regex.compile(
    r"(?<![至到—–~～-])20\d{2}年(?![至到—–~～-])|[当本首每翌]年|年[度均]|第[一二三四五]年"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure of a form's text beside the row that it speaks of; ``field`` is what the text tells of it, ``period``
    that it tells it of the whole period."""

    form: Form
    text: Text
    quantity: Quantity
    clause: str
    row: Indicator
    field: Field
    period: bool = False

    @property
    def figure(self) -> Figure:
        """The figure as the text prints it."""
        return Figure(self.text.cut(self.quantity.start, self.quantity.end), self.quantity)

    @property
    def stated(self) -> Figure:
        """What the row states."""
        figure = self.row.get(self.field)
        assert figure is not None
        return figure


def told(reading: Reading) -> Iterator[Told]:
    """Figures that a form's texts tell otherwise than the row they plainly speak of."""
    for form in reading.forms:
        for field, text in goal_texts(form):
            yield from _contradicting(_owner(reading, form), text, field)
        if form.period_goal is not None and not form.period_goal.blank:
            yield from _contradicting(_of_period(form), form.period_goal.text, "target", period=True)


def _of_period(form: Form) -> Form:
    """The form with the targets of the whole period for those of the year: 实施期指标值 beside 年度指标值."""
    rows = []
    for row in form.indicators:
        found = [(head, f) for head, f in row.others.items() if _PERIOD.search(head)]
        if len(found) == 1 and row.target is not None:
            rows.append(replace(row, target=found[0][1], others={**row.others, "": row.target}))
    return replace(form, indicators=tuple(rows))


def _owner(reading: Reading, form: Form) -> Form:
    """The form whose rows a text speaks of: its own, else the only one that has rows."""
    if form.indicators:
        return form
    others = [f for f in reading.forms if f.indicators]
    return others[0] if len(others) == 1 else form


def _contradicting(form: Form, text: Text, field: Field, period: bool = False) -> Iterator[Told]:
    found: dict[int, list[Told]] = {}
    for one in _matched(form, text, field, period):
        found.setdefault(id(one.row), []).append(one)
    for group in found.values():
        verdicts = {agree(t.quantity, _quantity(t.row, field)) for t in group}
        if len(group) == 1 and verdicts == {Agreement.DISAGREE} and not _elsewhere(group[0]):
            yield group[0]


def _matched(form: Form, text: Text, field: Field, period: bool) -> Iterator[Told]:
    """Every figure with the one row whose subject, unit and scope are its own; of a ``period`` its span is none."""
    rows = [r for r in form.indicators if _stated(r, field) is not None]
    for quantity, lead in led(text.string):
        clause = lead + _clause(text.string, quantity.start, quantity.end)
        before = _SENTENCE.split(text.string[: quantity.start])[-1]
        if quantity.upper is not None or quantity.dimension in ("number", "ratio") or lead.endswith(_WAS):
            continue
        if period and _ONE_YEAR.search(before + clause[len(lead) :]):
            continue
        scope = scope_of(before + clause[len(lead) :])
        scope = frozenset(w for w in scope if not (period and _SPAN.fullmatch(w)))
        mine = _best(rows, quantity, field, lead, clause)
        if len(mine) == 1 and scope == scope_of(mine[0].name):
            yield Told(form, text, quantity, clause, mine[0], field, period)


def _best(rows: list[Indicator], quantity: Quantity, field: Field, lead: str, clause: str) -> list[Indicator]:
    """The rows of a figure's unit that its words name best: those before it, else its whole clause."""
    whole = clause.replace(quantity.text, "")
    sure: dict[float, list[Indicator]] = {}
    for row in rows:
        if same_measure(quantity, _quantity(row, field), row.name) and not of_funds(quantity, row.name):
            fit = speaks_of(lead, row.name) or (speaks_of(whole, row.name) == SURE and SURE)
            sure.setdefault(float(fit), []).append(row)
    return sure[best] if (best := max(sure, default=0.0)) else []


def _clause(string: str, start: int, end: int) -> str:
    stop = BREAK.search(string, end)
    return string[start : stop.start() if stop else len(string)]


def _stated(row: Indicator, field: Field) -> Quantity | None:
    figure = row.get(field)
    return figure.quantity if figure is not None else None


def _quantity(row: Indicator, field: Field) -> Quantity:
    quantity = _stated(row, field)
    assert quantity is not None
    return quantity


def _elsewhere(one: Told) -> bool:
    """Whether the row itself gives the text's figure too, in its remarks or in another column."""
    figures: Iterable[Figure | None] = (
        one.row.target,
        one.row.note,
        one.row.deviation,
        one.row.explanation,
        one.row.source,
        one.row.rule,
        *one.row.others.values(),
    )
    stated = one.stated
    values = {
        q.value * q.scale
        for f in figures
        if f is not None and f is not stated
        for q in (*find(f.string), *((f.quantity,) if f.quantity else ()))
    }
    return one.quantity.value * one.quantity.scale in values
