"""Indicators of a report whose target and actual value stand in one place and the score in another."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.findings import Evidence, Finding, evidence
from extractor.rules._form import points
from extractor.rules.indicator._reached import figure, full_by_rule, granted, reached

Pair = tuple[Claim, Claim]
_BELOW = regex.compile(r"(?:低于|未达到?|未完成|不及)[^，。；]{0,6}目标值?")


@dataclass(frozen=True, slots=True)
class Apart:
    """A subject with full marks and the target and actual values, stated together, that miss."""

    subject: Subject
    pairs: tuple[Pair, ...]
    score: Claim
    weight: Claim
    grant: str

    def finding(self, rule: str, impact: str) -> Finding:
        """A warning: the scoring rule may say otherwise."""
        said = "；".join(f"目标值为 {t.figure.string}，实际完成值为 {a.figure.string}" for t, a in self.pairs)
        note = f"；评分规则写有“{self.grant}”，请核实差额是否不足以扣分" if self.grant else ""
        return Finding(
            rule=rule,
            severity="warning",
            subject=self.subject.title,
            message=f"{self.subject.title}：{said}，未达到目标值，仍得满分 {self.score.figure.string} 分"
            f"（权重 {self.weight.figure.string}）{note}。",
            evidence=tuple(self._evidence()),
            expected=f"得分低于 {self.weight.figure.string} 分",
            actual=f"{self.score.figure.string} 分",
            impact=impact,
            confidence=0.6 if self.grant else 0.75,
        )

    def _evidence(self) -> Iterator[Evidence]:
        for target, actual in self.pairs:
            yield evidence(target.figure, "目标值", "stated", target.quote)
            yield evidence(actual.figure, "实际完成值", "stated", actual.quote)
        yield evidence(self.score.figure, "得分", "stated", self.score.quote)


def stated_apart(reading: Reading) -> Iterator[Apart]:
    """Every subject of a report that has full marks wherever its score is stated, and misses a target."""
    for subject in reading.subjects:
        if subject.space == "":
            found = _apart(subject)
            if found:
                yield found


def _apart(subject: Subject) -> Apart | None:
    scores, weights = _numbers(subject, "score"), _numbers(subject, "weight")
    values = {q.value for c in weights if (q := points(c.figure))}
    if not scores or len({q.value for c in scores if (q := points(c.figure))}) != 1 or not values:
        return None
    top = points(scores[0].figure)
    weight = next((c for c in weights if (q := points(c.figure)) and top and q.value == top.value), None)
    judged = {c.origin.form for c in scores} - {None}  # a row with its own score is judged there
    missed = [p for p in _pairs(subject) if p[0].origin.form not in judged and _missed(p, subject.name)]
    if weight is None or not missed or len(values) > 1:
        return None
    rules = " ".join(c.figure.string for c in subject.of("rule"))
    if all(full_by_rule(rules, q) for _, a in missed if (q := figure(a.figure))):
        return None
    grants = [_granted(rules, pair) for pair in missed]
    return Apart(subject, tuple(missed), scores[0], weight, grants[0] if all(grants) else "")


def _granted(rules: str, pair: Pair) -> str:
    target, actual = (figure(c.figure) for c in pair)
    assert target is not None and actual is not None
    return granted(f"{pair[1].quote} {rules}", target, actual)


def _numbers(subject: Subject, field: str) -> list[Claim]:
    return [c for c in subject.of(field) if points(c.figure) is not None and not c.scope]


def _pairs(subject: Subject) -> Iterable[Pair]:
    """Target and actual value stated in the same row or sentence."""
    for target in subject.of("target"):
        for actual in subject.of("actual"):
            if (
                target.quote == actual.quote
                and target.origin == actual.origin
                and not (target.scope or actual.scope)
            ):
                yield target, actual


def _missed(pair: Pair, name: str) -> bool:
    target, actual = (figure(c.figure) for c in pair)
    if target is None or actual is None:
        return False
    met = reached(target, actual, name)
    return met is False or (met is None and bool(_BELOW.search(pair[0].quote)))
