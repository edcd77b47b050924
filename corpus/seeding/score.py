"""Recall and precision of a run, and the table that shows them."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from seeding.judge import Verdict
from seeding.kinds import KINDS


@dataclass(frozen=True)
class Score:
    """Of some planted defects: how many were found, and how many errors were true and false."""

    planted: int = 0
    found: int = 0
    true: int = 0
    false: int = 0

    @property
    def recall(self) -> float:
        return self.found / self.planted if self.planted else 1.0

    @property
    def precision(self) -> float:
        return self.true / (self.true + self.false) if self.true + self.false else 1.0


def score(verdicts: Iterable[Verdict], clean: Sequence[Any] = ()) -> Score:
    """The score of some verdicts; errors on the clean documents are false, each once."""
    made = list(verdicts)
    true = sum(errors((*v.hits, *v.follow)) for v in made)
    false = sum(errors(v.false) for v in made) + errors(clean)
    return Score(len(made), sum(v.found for v in made), true, false)


def errors(findings: Iterable[Any]) -> int:
    return sum(f.severity == "error" for f in findings)


def by_kind(verdicts: Sequence[Verdict]) -> dict[str, Score]:
    """The score of each kind of defect."""
    return {kind: score(v for v in verdicts if v.seed.kind == kind) for kind in KINDS}


def by_rule(verdicts: Sequence[Verdict], clean: Sequence[Any]) -> dict[str, Score]:
    """For each rule: the defects that it should find, found by any rule; its own true and false errors."""
    true = Counter(f.rule for v in verdicts for f in (*v.hits, *v.follow) if f.severity == "error")
    false = Counter(
        f.rule for f in [*clean, *(f for v in verdicts for f in v.false)] if f.severity == "error"
    )
    found = Counter(f for v in verdicts if v.found for f in v.seed.family[:1])
    planted = Counter(f for v in verdicts for f in v.seed.family[:1])
    rules = sorted({*true, *false, *planted})
    return {rule: Score(planted[rule], found[rule], true[rule], false[rule]) for rule in rules}


def table(title: str, columns: dict[str, dict[str, Score]], say: Callable[[str], str] = str) -> Iterator[str]:
    """A Markdown table: for each part how many were planted, recall and precision of errors."""
    yield f"| {title} | " + " | ".join(f"{part} n | recall | precision" for part in columns) + " |"
    yield "|---|" + "---|---|---|" * len(columns)
    rows = dict.fromkeys(row for scores in columns.values() for row in scores)
    for row in rows:
        cells = [_cells(scores.get(row, Score())) for scores in columns.values()]
        yield f"| {say(row)} | " + " | ".join(cells) + " |"


def _cells(own: Score) -> str:
    recall = f"{own.recall:.2f}" if own.planted else "–"
    precision = f"{own.precision:.2f}" if own.true + own.false else "–"
    return f"{own.planted} | {recall} | {precision}"
