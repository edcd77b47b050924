"""Scores against all that their rule can mean: the indicator's own, else the one that the document states."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.document import Text
from extractor.facts import Figure
from extractor.findings import Finding, evidence
from extractor.quantity import Interval, Quantity, read
from extractor.rules._form import number
from extractor.rules.figure._general import General, general, general_marks, general_of_names, named_marks
from extractor.rules.figure._marks import Facts, Marks, marks
from extractor.rules.figure._remarked import remarked
from extractor.rules.figure._scheme import scheme
from extractor.rules.figure._versions import PLACES, agreed
from extractor.rules.indicator._proportion import score_digits
from extractor.rules.indicator._reached import other_period

_REMARKS = ("deviation", "note")
_WORDS = ("actual", *_REMARKS)
_DEDUCTED = regex.compile(r"扣|酌情|减分")


@dataclass(frozen=True, slots=True)
class Common:
    """What a document says of how all its indicators are scored, or all of one name."""

    rule: General | None
    names: tuple[tuple[str, Text], ...]


def common(reading: Reading) -> Common:
    """The document's own rules for indicators without one."""
    return Common(general(reading), general_of_names(reading))


def by_scheme(reading: Reading, subject: Subject, common: Common, rule: str) -> Iterator[Finding]:
    """A finding if the score is none that the rule can mean."""
    weight, score = agreed(subject, "weight"), agreed(subject, "score")
    if weight is None or score is None or not _points(weight, score):
        return
    facts = _facts(reading, subject, weight)
    texts = {c.figure.string: c for c in subject.of("rule") if not c.figure.blank}
    granted: Marks | None
    if texts:
        if len(texts) > 1:
            return
        (text, claim), *_ = texts.items()
        granted, said = marks(scheme(text), facts), claim.figure
    elif (own := remarked(_remarks(reading, subject), facts)) is not None:
        note = next(c for f in _REMARKS for c in subject.of(f) if c.origin.kind != "prose")
        granted, said = own, note.figure
    elif any(_DEDUCTED.search(w) for w in facts.words):
        return
    elif (named := named_marks(common.names, facts)) is not None:
        granted, said = named[0], Figure(named[1])
    elif common.rule is not None:
        granted = general_marks(common.rule, subject, facts, _levels(reading, score))
        said = Figure(common.rule.said)
    else:
        return
    if granted is not None and not _fits(reading, score, granted):
        yield _finding(subject, facts, weight, score, granted, said, rule)


def _points(weight: Claim, score: Claim) -> bool:
    whole, got = weight.figure.quantity, score.figure.quantity
    assert whole is not None and got is not None
    plain = all(q.unit in ("", "分") and q.op == "" for q in (whole, got))
    return plain and Decimal(0) < whole.value and Decimal(0) <= got.value <= whole.value


def _facts(reading: Reading, subject: Subject, weight: Claim) -> Facts:
    assert weight.figure.quantity is not None
    known: dict[str, Quantity | None] = {}
    printed: dict[str, str] = {}
    for field in ("target", "actual"):
        claims = [c for c in subject.of(field) if c.origin.kind != "prose" and not c.figure.blank]
        one = agreed(subject, field) if all(c.figure.quantity is not None for c in claims) else None
        known[field] = one.figure.quantity if one is not None else None
        printed[field] = _cell(reading, one) if one is not None else ""
    if other_period(printed["target"], printed["actual"]):
        known = {"target": None, "actual": None}
    words = tuple(
        text
        for field in _WORDS
        for c in subject.of(field)
        if c.origin.kind != "prose" and not _is_figure(text := _cell(reading, c))
    )
    return Facts(subject.name, weight.figure.quantity.value, known["target"], known["actual"], words)


def _remarks(reading: Reading, subject: Subject) -> tuple[str, ...]:
    return tuple(
        c.figure.string
        for f in _REMARKS
        for c in subject.of(f)
        if c.origin.kind != "prose" and not c.figure.blank
    )


def _levels(reading: Reading, score: Claim) -> str:
    """The names of the levels above the row that states a score."""
    form = score.origin.form
    rows = reading.forms[form].indicators if form is not None else ()
    home = score.figure.place
    row = next((r for r in rows if (r.place.table, r.place.row) == (home.table, home.row)), None)
    return " ".join((*(level.name for level in row.levels), row.name)) if row is not None else ""


def _cell(reading: Reading, claim: Claim) -> str:
    """What the cell says from which a claim was read, which may be but a figure of it."""
    home, form = claim.figure.place, claim.origin.form
    for row in reading.forms[form].indicators if form is not None else ():
        figure = row.get(claim.field)
        if figure is not None and (figure.place.table, figure.place.row, figure.place.col) == (
            home.table, home.row, home.col,
        ):  # fmt: skip
            return figure.string
    return claim.figure.string


def _is_figure(text: str) -> bool:
    return read(text) is not None


def _fits(reading: Reading, score: Claim, granted: Marks) -> bool:
    """Whether a score is one of those granted, rounded or cut off to its own decimals, or to those of its form where
    it has none."""
    q = score.figure.quantity
    assert q is not None
    form = reading.forms[score.origin.form] if score.origin.form is not None else None
    digits = q.precision or (min(score_digits(form), 2) if form is not None else 0)
    half, step = Decimal(5).scaleb(-digits - 1), Decimal(1).scaleb(-digits)
    return any(Interval(q.value - half, q.value + step).meets(worth) for worth in granted.scores)


def _finding(
    subject: Subject, facts: Facts, weight: Claim, score: Claim, granted: Marks, said: Figure, rule: str
) -> Finding:
    best = granted.scores[0]
    middle = ((best.low + best.high) / 2).quantize(Decimal("0.01"))
    want, got = number(middle), score.figure.string
    place = PLACES.get(score.origin.kind, "表格")
    value = score.figure.quantity.value if score.figure.quantity is not None else Decimal(0)
    shown = [c for f in ("actual", "target") for c in subject.of(f) if c.origin.kind != "prose"][:2]
    return Finding(
        rule=rule,
        severity="error",
        subject=subject.title,
        message=f"{subject.title}的得分与评分规则不符：{granted.why}，分值 {number(facts.weight)}，"
        f"按“{said.string[:60]}”应得 {want} 分，{place}给 {got}。",
        evidence=(
            evidence(score.figure, f"{place}：得分", "stated", score.quote),
            evidence(weight.figure, f"{place}：权重", "stated", weight.quote),
            *(evidence(c.figure, f"{place}：{c.label}", "stated", c.quote) for c in shown),
            evidence(said, "评分规则", "stated", said.string[:200]),
        ),
        expected=f"{want} 分",
        actual=got,
        difference=f"{number(abs(middle - value))} 分",
        impact="影响该指标得分和总分",
        confidence=0.9,
    )
