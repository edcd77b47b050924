"""The figures below which a run must not fall, stored in seeded.yml by the run's name."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from seeding.run import Outcome
from seeding.score import by_kind, errors, score

FLOORS = Path(__file__).parent.parent / "seeded.yml"


def figures(outcome: Outcome) -> dict[str, Any]:
    """Recall and precision of a part, errors on its clean documents, recall of each kind; rounded down."""
    whole = score(outcome.verdicts, outcome.false)
    kinds = {kind: _down(s.recall) for kind, s in by_kind(outcome.verdicts).items() if s.planted}
    rates = {"recall": _down(whole.recall), "precision": _down(whole.precision)}
    return {**rates, "clean_errors": errors(outcome.false), "kinds": kinds}


def settle(measured: dict[str, dict[str, Any]], run: str, store: bool) -> list[str]:
    """What fell below its floor in such a run; ``store`` makes the measured figures the floors instead."""
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    known = floors["runs"].get(run, {})
    if not store:
        return [line for part, own in measured.items() for line in _below(part, own, known.get(part, {}))]
    floors["runs"][run] = {**known, **measured}
    text = yaml.safe_dump(floors, sort_keys=False, allow_unicode=True, width=100)
    FLOORS.write_text(text, encoding="utf-8")
    return []


def _below(part: str, own: dict[str, Any], floor: dict[str, Any]) -> Iterator[str]:
    for name in ("recall", "precision"):
        if own[name] < floor.get(name, 0):
            yield f"{part}: {name} fell from {floor[name]} to {own[name]}"
    if own["clean_errors"] > floor.get("clean_errors", math.inf):
        yield f"{part}: {own['clean_errors']} errors on clean documents, not {floor['clean_errors']}"
    for kind, least in floor.get("kinds", {}).items():
        if own["kinds"].get(kind, 1.0) < least:
            yield f"{part}: recall of {kind} fell from {least} to {own['kinds'][kind]}"


def _down(number: float) -> float:
    return math.floor(number * 100 + 1e-9) / 100
