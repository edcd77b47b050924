"""Whether a finding is about the planted defect: it names it, it follows from it, or it is false."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from seeding.figures import NUMBER, OTHER_UNITS, distinctive, numbers_in, value
from seeding.plot import Seed

LOUD = ("error", "warning")
SUMS = ("weights-total", "total-score", "level-weights", "level-scores", "table-totals", "fund-parts")
About = tuple[str, str]


@dataclass(frozen=True)
class Verdict:
    """What was said of one planted defect: findings that name it, that follow from it, and false ones."""

    seed: Seed
    document: str
    hits: tuple[Any, ...] = ()
    follow: tuple[Any, ...] = ()
    false: tuple[Any, ...] = field(default=())

    @property
    def found(self) -> bool:
        return bool(self.hits)


def judge(seed: Seed, document: str, findings: Iterable[Any], before: frozenset[About]) -> Verdict:
    """Sorts the findings on a document with one defect; ``before`` was said of the clean document too."""
    groups: dict[str, list[Any]] = {"hits": [], "follow": [], "false": []}
    for finding in findings:
        if finding.severity in LOUD and about(finding) not in before:
            text = said(finding)
            hit = names(seed, text) or misses_it(seed, finding)
            groups["hits" if hit else "follow" if touches(seed, text) else "false"].append(finding)
    return Verdict(seed, document, *(tuple(group) for group in groups.values()))


def about(finding: Any) -> About:
    """Rule and subject: a finding on the clean document stays the same one when its figures change."""
    return finding.rule, finding.subject


def said(finding: Any) -> str:
    """What a reader is told: message, subject, expectation, what the evidence prints; not the quotes."""
    parts = [finding.message, finding.subject, finding.expected, finding.actual]
    return re.sub(r"\s", "", " | ".join([*parts, *(f"{e.label} {e.text}" for e in finding.evidence)]))


def names(seed: Seed, text: str) -> bool:
    """Whether a text names the defect: the wrong figure, or its subject and what it conflicts with.

    A wrong word (a name, a grade, a date) counts only beside its subject or what it conflicts with.
    """
    against = any(_says(text, a) for a in seed.against)
    subject = any(s in text for s in seed.subjects)
    if seed.said and _says(text, seed.said) and (_sure(seed.said) or against or subject):
        return True
    if (subject and against) or any(_says(text, a) and _says(text, b) for a, b in seed.pairs):
        return True
    return seed.kind == "blank" and subject


def misses_it(seed: Seed, finding: Any) -> bool:
    """Whether a finding says that a sum is off by just what the defect changed: too many addends to be listed."""
    told = numbers_in(finding.difference)
    if finding.rule not in SUMS or len(told) != 1:
        return False
    old = [value(n) for n in seed.old.split("｜") if NUMBER.fullmatch(n)]
    new = value(seed.said) if NUMBER.fullmatch(seed.said) else 0
    return any(abs(o - new).normalize() in told for o in old)


def touches(seed: Seed, text: str) -> bool:
    """Whether a text speaks of what the defect changed, so that it may follow from it."""
    figures = [seed.said, *seed.old.split("｜"), *seed.against, *(n for pair in seed.pairs for n in pair)]
    if any(all(_says(text, s) for s in trace) for trace in (*seed.traces, *seed.pairs)):
        return True
    return any(s in text for s in seed.subjects) or any(f and _sure(f) and _says(text, f) for f in figures)


def _sure(figure: str) -> bool:
    """Whether a figure, with its unit or without, is not met by chance."""
    number = NUMBER.match(figure)
    if number is None or figure[number.end() :] not in ("", *OTHER_UNITS):
        return False
    return distinctive(number[0]) or number.end() > 3


def _says(text: str, figure: str) -> bool:
    """A number in any way of writing it, or a string."""
    if NUMBER.fullmatch(figure):
        return value(figure).normalize() in numbers_in(text)
    return re.sub(r"\s", "", figure).replace(",", "") in text.replace(",", "")
