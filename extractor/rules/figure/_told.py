"""扣 A 分，得 B 分 as a sentence tells it, against the weight of the indicator that it speaks of."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.document import Place, Text
from extractor.facts import Statement
from extractor.findings import Finding, evidence
from extractor.quantity import Quantity
from extractor.recognise.figures import figure
from extractor.rules.figure._versions import PLACES

_EACH = regex.compile(r"[每各][^，,。；;]{0,12}$")


def told_deductions(reading: Reading, rule: str) -> Iterator[Finding]:
    """扣 A 分，得 B 分 whose sum is no weight that is stated for the indicator."""
    scored: dict[tuple[Place, int | None], tuple[Subject, Claim]] = {}
    for subject in reading.subjects:
        for claim in subject.of("score"):
            scored[_at(claim.figure.text)] = subject, claim
    for said in reading.said("indicator-score"):
        score = said.parts.get("score")
        found = scored.get(_at(score)) if score is not None else None
        if found is not None and "deducted" in said.parts and not _per_unit(said):
            yield from _deducted(found[0], found[1], said, rule)


def _at(text: Text) -> tuple[Place, int | None]:
    """Where a text begins: a sentence may tell the scores of several indicators."""
    return text.home, text.strip().start


def _per_unit(said: Statement) -> bool:
    """Whether points are taken for each of several things: 每季度扣1分，得3分."""
    return _EACH.search(said.sentence.string[: said.sentence.string.find("扣", said.at)]) is not None


def _deducted(subject: Subject, score: Claim, said: Statement, rule: str) -> Iterator[Finding]:
    taken = figure(said.parts["deducted"])
    weights = [c for c in subject.of("weight") if c.figure.quantity is not None]
    elsewhere = [c for c in subject.of("score") if c.origin.kind != "prose" and c.figure.quantity is not None]
    a, b = taken.quantity, score.figure.quantity
    if a is None or b is None or not weights or not any(_same(c, b) for c in elsewhere):
        return
    both = a.interval() + b.interval()
    if any(c.figure.quantity and c.figure.quantity.value in both for c in weights):
        return
    weight, told = weights[0], a.value + b.value
    where = PLACES.get(weight.origin.kind, "表格")
    whole = weight.figure.quantity.value if weight.figure.quantity else told
    yield Finding(
        rule=rule,
        severity="error",
        subject=subject.title,
        message=f"{subject.title}：正文写“扣 {taken.string} 分，得 {score.figure.string} 分”，"
        f"两者相加为 {told} 分，与权重 {weight.figure.string}（{where}）不符。",
        evidence=(
            evidence(taken, "正文：扣分", "stated", said.sentence.flat),
            evidence(score.figure, "正文：得分", "stated", said.sentence.flat),
            evidence(
                weight.figure, f"{PLACES.get(weight.origin.kind, '表格')}：权重", "stated", weight.quote
            ),
        ),
        expected=f"扣分与得分之和为 {weight.figure.string}",
        actual=f"{told}",
        difference=f"{abs(told - whole)} 分",
        impact="影响该指标得分和总分",
        confidence=0.92,
    )


def _same(claim: Claim, score: Quantity) -> bool:
    return claim.figure.quantity is not None and claim.figure.quantity.value == score.value
