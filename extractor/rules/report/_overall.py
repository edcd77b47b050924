"""Where a document states the total score of the project: whole score tables and concluding sentences."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.facts import Figure, Form, Statement
from extractor.findings import Evidence, evidence
from extractor.quantity import Quantity
from extractor.recognise.figures import figure
from extractor.resolve.scope import period_before
from extractor.rules._form import points, title

_OTHER = regex.compile(
    r"上年|去年|以前年度|复核|复评|抽查|平均|自查|预计|初评|满分|财政评价|调整前|其中|分别|类|子项目|区县"
)
_TOTAL = regex.compile(r"综合|总[得评]?分|等级|等次|评价得分|自评得分|评价结果")
_HUNDRED = Decimal(100)


@dataclass(frozen=True, slots=True)
class Stated:
    """A total score where it stands: ``where`` in words; ``own``: the unit's own score, by its words."""

    figure: Figure
    quantity: Quantity
    where: str
    quote: str
    own: bool = False

    def evidence(self, role: str = "stated") -> Evidence:
        """The evidence that it gives."""
        return evidence(self.figure, f"{self.where}：总分", role, self.quote)


def stated_totals(reading: Reading) -> list[Stated]:
    """Every statement of the project's total score; none when the document is about several projects."""
    alone = [f for f in reading.forms if f.kind == "self_evaluation"]
    if len(alone) > 1:
        return []
    return [*_in_prose(reading), *_in_forms(reading)]


def _in_forms(reading: Reading) -> Iterator[Stated]:
    for form in reading.forms:
        weight, q = points(form.weight), points(form.score)
        if form.kind == "worksheet" or form.score is None or q is None or q.unit not in ("", "分"):
            continue
        if by_others(reading) and form.scored_twice:
            continue  # the total read may be the unit's own
        if weight is not None and weight.value == _HUNDRED and _whole(form):
            yield Stated(form.score, q, title(reading, form), "")


def _whole(form: Form) -> bool:
    return len(form.indicators) > 1


def _in_prose(reading: Reading) -> Iterator[Stated]:
    others = by_others(reading)
    for statement in reading.said("overall-score"):
        found = _stated(statement, reading.about.year)
        if found and not (found.own and others):
            yield found


def by_others(reading: Reading) -> bool:
    """Whether the document is an evaluation by others, in which the unit's own score is another one."""
    title = reading.about.title
    return reading.about.kind == "evaluation_report" and title is not None and "自评" not in title.flat


def _stated(statement: Statement, year: int | None) -> Stated | None:
    total = statement.parts.get("total")
    if total is None:
        return None
    sentence = statement.sentence.string
    at = sentence.find(total.string)
    clause = sentence[max(0, at - 40) : at]
    value = figure(total, "分")
    q = points(value)
    if q is None or not (Decimal(1) < q.value <= _HUNDRED) or _OTHER.search(clause):
        return None
    if not _TOTAL.search(clause) and "grade" not in statement.parts:
        return None
    if period_before(sentence, max(at, 0), year):
        return None
    section = statement.section if 0 < len(statement.section) <= 20 else ""
    where = f"正文“{section}”" if section else "正文"
    return Stated(value, q, where, statement.sentence.flat, "自评" in clause[-16:])
