"""The seeded-error benchmark: plants one defect at a time in clean documents and measures what the tool finds.

    python corpus/seeded.py                       all kinds of defects, both parts, Markdown in memory
    python corpus/seeded.py --formats md,docx,pdf the same, typeset too
    python corpus/seeded.py --rule table-totals   only the defects that this rule should find, and only this rule
    python corpus/seeded.py --show                each defect that was missed and each false finding

``developed`` are the clean documents of sources/, on which rules are developed; ``aside`` are those of aside/, on which
they are not. Recall: planted defects that an error or a warning names. Precision: errors that name the defect or follow
from it, among all errors that the clean document did not have; an error on a clean document is false, once.
Exit status 1 if a figure is below its floor in seeded.yml; ``--store`` makes the measured figures the floors.
"""

from __future__ import annotations

import argparse
import math
import sys
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import yaml
from seeding.judge import Verdict
from seeding.kinds import KINDS
from seeding.run import PARTS, Bed, beds, drawn
from seeding.score import by_kind, by_rule, errors, score, table

FLOORS = Path(__file__).with_suffix(".yml")


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark, prints the tables; 1 if a figure fell."""
    asked = options(arguments)
    began = time.process_time()
    parts = list(PARTS) if asked.part == "all" else [asked.part]
    outcome = {part: run(part, asked) for part in parts}
    for line in report(outcome, asked):
        print(line)
    print(f"\n{time.process_time() - began:.1f} s CPU")
    if asked.rule:
        return 0
    measured = {part: figures(*found) for part, found in outcome.items()}
    return settle(measured, "+".join(asked.formats), asked.store)


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--formats", default=["md"], type=lambda text: text.split(","), help="md, docx, pdf")
    parser.add_argument("--part", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--seed", default=1, type=int, help="the draw of places and figures")
    parser.add_argument("--per-kind", default=10, type=int, help="defects of each kind in each part")
    parser.add_argument("--rule", help="only this rule")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was false")
    parser.add_argument("--store", action="store_true", help="make the measured figures the floors")
    return parser.parse_args(arguments)


def run(part: str, asked: argparse.Namespace) -> tuple[list[Verdict], list[tuple[str, Any]]]:
    """The verdicts of one part and the loud findings on its clean documents."""
    ground = beds(part, [asked.rule] if asked.rule else [])
    verdicts = []
    for kind in KINDS:
        for bed, seed in drawn(ground, kind, asked.seed, asked.per_kind):
            if not asked.rule or asked.rule in seed.family:
                verdicts += [bed.verdict(seed, form) for form in asked.formats]
    return verdicts, [(bed.source.name, f) for bed in ground for f in clean(bed, asked.formats)]


def clean(bed: Bed, formats: Sequence[str]) -> Iterator[Any]:
    for form in formats:
        yield from bed.before(form)


def report(
    outcome: dict[str, tuple[list[Verdict], list[tuple[str, Any]]]], asked: argparse.Namespace
) -> Iterator[str]:
    """The tables, then what happened on clean documents."""
    kinds = {part: by_kind(verdicts) for part, (verdicts, _) in outcome.items()}
    rules = {part: by_rule(verdicts, [f for _, f in found]) for part, (verdicts, found) in outcome.items()}
    total = {part: {"all": score(v, [f for _, f in found])} for part, (v, found) in outcome.items()}
    yield from table("defect", kinds, lambda kind: f"{KINDS[kind][0]} {kind}")
    yield ""
    yield from table("rule", rules)
    yield ""
    yield from table("all", total)
    for part, (verdicts, found) in outcome.items():
        yield from details(part, verdicts, found, asked.show)


def details(part: str, verdicts: list[Verdict], found: list[tuple[str, Any]], show: bool) -> Iterator[str]:
    """Findings on clean documents; defects missed and false findings where they are asked for."""
    yield f"\n{part}: {errors(f for _, f in found)} errors, {sum(f.severity == 'warning' for _, f in found)} warnings on clean documents"
    for name, finding in found:
        yield f"  CLEAN {finding.severity} {name} {finding.rule}: {finding.message}"
    for verdict in verdicts if show else ():
        seed = verdict.seed
        about = f"{seed.kind} {verdict.document} {seed.old[:40]!r} -> {seed.said or seed.text!r} {'/'.join(seed.subjects[:3])}"
        if not verdict.found:
            yield f"  MISSED {about} [{', '.join(seed.family)}]" + "".join(
                f" ~{f.rule}: {f.message}" for f in verdict.follow
            )
        for finding in verdict.false:
            yield f"  FALSE {finding.severity} {finding.rule}: {finding.message} <- {about}"


def figures(verdicts: list[Verdict], found: list[tuple[str, Any]]) -> dict[str, Any]:
    """The figures that must not fall, rounded down."""
    whole = score(verdicts, [f for _, f in found])
    kinds = {k: down(s.recall) for k, s in by_kind(verdicts).items() if s.planted}
    clean_errors = errors(f for _, f in found)
    return {
        "recall": down(whole.recall),
        "precision": down(whole.precision),
        "clean_errors": clean_errors,
        "kinds": kinds,
    }


def down(number: float) -> float:
    return math.floor(number * 100 + 1e-9) / 100


def settle(measured: dict[str, Any], run_name: str, store: bool) -> int:
    """Compares with the floors of such a run, or makes the figures the floors."""
    floors = yaml.safe_load(FLOORS.read_text(encoding="utf-8"))
    if store:
        floors.setdefault("runs", {}).setdefault(run_name, {}).update(measured)
        FLOORS.write_text(
            yaml.safe_dump(floors, sort_keys=False, allow_unicode=True, width=110), encoding="utf-8"
        )
        return 0
    fell = [
        line
        for part, own in measured.items()
        for line in below(part, own, floors["runs"].get(run_name, {}).get(part, {}))
    ]
    print("\n".join(fell))
    return 1 if fell else 0


def below(part: str, own: dict[str, Any], floor: dict[str, Any]) -> Iterator[str]:
    """What fell below its floor."""
    for name in ("recall", "precision"):
        if own[name] < floor.get(name, 0):
            yield f"{part}: {name} {own[name]} is below {floor[name]}"
    if own["clean_errors"] > floor.get("clean_errors", math.inf):
        yield f"{part}: {own['clean_errors']} errors on clean documents"
    for kind, least in floor.get("kinds", {}).items():
        if own["kinds"].get(kind, 1.0) < least:
            yield f"{part}: recall of {kind} {own['kinds'][kind]} is below {least}"


if __name__ == "__main__":
    sys.exit(main())
