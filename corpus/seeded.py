"""The seeded-error benchmark: plants one defect at a time in clean documents and measures what is found.

    python corpus/seeded.py                        every kind of defect, both parts, Markdown in memory
    python corpus/seeded.py --formats md,docx,pdf  the same, typeset too
    python corpus/seeded.py --rule table-totals    defects that this rule should find, and only this rule
    python corpus/seeded.py --show                 each defect that was missed and each false finding

``developed`` are the clean documents of sources/, on which rules are developed; ``aside`` are those of
aside/, on which they are not. Recall: planted defects that an error or a warning names. Precision: errors
that name the defect or follow from it, among all that the clean document has not; an error on a clean
document is false, once.
Exit status 1 if a figure is below its floor in seeded.yml; ``--store`` makes the measured figures the floors.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Iterator, Sequence

from seeding.floors import figures, settle
from seeding.kinds import KINDS
from seeding.run import PARTS, Outcome, measure
from seeding.score import by_kind, by_rule, errors, score, table


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the benchmark, prints the tables; 1 if a figure fell."""
    asked = options(arguments)
    began = time.process_time()
    parts = list(PARTS) if asked.part == "all" else [asked.part]
    rules = [asked.rule] if asked.rule else []
    found = {part: measure(part, asked.formats, asked.seed, asked.per_kind, rules) for part in parts}
    for line in report(found, asked.show):
        print(line)
    print(f"\n{time.process_time() - began:.1f} s CPU")
    if rules:
        return 0
    run = f"{'+'.join(asked.formats)} {asked.per_kind} per kind, seed {asked.seed}"
    fell = settle({part: figures(outcome) for part, outcome in found.items()}, run, asked.store)
    print("\n".join(fell))
    return 1 if fell else 0


def options(arguments: Sequence[str] | None) -> argparse.Namespace:
    """The command line."""
    raw = argparse.RawDescriptionHelpFormatter
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=raw)
    parser.add_argument("--formats", default=["md"], type=lambda text: text.split(","), help="md, docx, pdf")
    parser.add_argument("--part", default="all", choices=[*PARTS, "all"])
    parser.add_argument("--seed", default=1, type=int, help="the draw of places and figures")
    parser.add_argument("--per-kind", default=10, type=int, help="defects of each kind in each part")
    parser.add_argument("--rule", help="only this rule")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was false")
    parser.add_argument("--store", action="store_true", help="make the measured figures the floors")
    return parser.parse_args(arguments)


def report(found: dict[str, Outcome], show: bool) -> Iterator[str]:
    """The tables, then what was said of the clean documents."""
    kinds = {part: by_kind(outcome.verdicts) for part, outcome in found.items()}
    rules = {part: by_rule(outcome.verdicts, outcome.false) for part, outcome in found.items()}
    whole = {part: {"all": score(outcome.verdicts, outcome.false)} for part, outcome in found.items()}
    yield from table("defect", kinds, lambda kind: f"{KINDS[kind][0]} {kind}")
    yield ""
    yield from table("rule", rules)
    yield ""
    yield from table("", whole)
    for part, outcome in found.items():
        yield ""
        yield from clean(part, outcome)
        yield from details(outcome) if show else ()


def clean(part: str, outcome: Outcome) -> Iterator[str]:
    """What was said of the clean documents."""
    warnings = len(outcome.false) - errors(outcome.false)
    yield f"{part}: {errors(outcome.false)} errors and {warnings} warnings on clean documents"
    for name, finding in outcome.clean:
        yield f"  CLEAN {finding.severity} {name} {finding.rule}: {finding.message}"


def details(outcome: Outcome) -> Iterator[str]:
    """The defects that were missed, with what follows from them, and the false findings."""
    for verdict in outcome.verdicts:
        seed = verdict.seed
        change = f"{seed.old[:40]!r} -> {seed.said or seed.text!r}"
        about = f"{seed.kind} {verdict.document} {change} {'/'.join(seed.subjects[:3])}"
        if not verdict.found:
            yield f"  MISSED {about} [{', '.join(seed.family)}]"
            yield from (f"    follows {f.rule}: {f.message}" for f in verdict.follow)
        for finding in verdict.false:
            yield f"  FALSE {finding.severity} {finding.rule}: {finding.message} <- {about}"


if __name__ == "__main__":
    sys.exit(main())
