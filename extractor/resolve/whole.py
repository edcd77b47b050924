"""The document as a whole as a subject: its total score and grade, wherever they are stated."""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Claim, Origin
from extractor.facts import Form, Recognised, Statement
from extractor.recognise.figures import figure, said
from extractor.resolve.register import Entry
from extractor.resolve.scope import period_before

NAME = "综合得分"
_FULL_MARKS = 100
_OTHERS = ("自评", "专家", "上年", "初评", "预评")


def whole(recognised: Recognised) -> Entry | None:
    """The document's total as a subject; None for a file of several forms, where each has its own."""
    alone = [f for f in recognised.forms if f.kind == "self_evaluation"]
    if len(alone) > 1:
        return None
    entry = Entry(NAME, "", "")
    entry.names.setdefault(NAME)
    for statement in recognised.statements:
        if statement.kind == "overall-score":
            entry.claims.extend(_of_statement(statement, recognised))
    for number, form in enumerate(recognised.forms):
        if recognised.about.kind == "evaluation_report" and form.scored_twice:
            continue  # the total read may be the unit's own
        if form.score is not None and form.score.quantity is not None and _covers_all(form):
            entry.claims.append(
                Claim("score", form.score, Origin(form.kind, number), "总分", _quote(form), name=NAME)
            )
    return entry if entry.claims else None


def _of_statement(statement: Statement, recognised: Recognised) -> Iterator[Claim]:
    sentence = statement.sentence.string
    total, grade = statement.parts.get("total"), statement.parts.get("grade")
    told = total or grade
    start = sentence.find(told.string) if told else 0
    scope = period_before(sentence, max(start, 0), recognised.about.year)
    if recognised.about.kind == "evaluation_report":
        scope = " ".join(filter(None, (scope, *(w for w in _OTHERS if w in sentence[: max(start, 0)]))))
    if total is not None:
        yield Claim("score", figure(total), Origin("prose"), "综合得分", statement.sentence.flat, scope, NAME)
    if grade is not None:
        yield Claim("grade", said(grade), Origin("prose"), "评价等级", statement.sentence.flat, scope, NAME)


def _covers_all(form: Form) -> bool:
    """Whether a form's total is the document's: its weights make the full marks."""
    if form.weight is None or form.weight.quantity is None:
        return form.kind == "self_evaluation"
    return form.weight.quantity.value == _FULL_MARKS


def _quote(form: Form) -> str:
    last = form.subtotals[-1].label.flat if form.subtotals else "合计"
    return " ".join(f.string for f in (form.weight, form.score) if f).join((f"{last} ", ""))
