"""Rules to findings: every rule applied, the same finding kept once, what follows from another listed under it."""

from __future__ import annotations

from collections.abc import Collection

from extractor import rules
from extractor.claims import Reading
from extractor.document import Problem
from extractor.findings import SEVERITIES, Finding


def reconcile(
    reading: Reading, select: Collection[str] = (), ignore: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings on a document, worst first and in reading order, and the rules that failed."""
    found, problems = rules.run(reading, select, ignore)
    unique = {finding.id: finding for finding in reversed(found)}
    kept = [f for f in found if unique.get(f.id) is f]
    kept.sort(key=lambda f: SEVERITIES.index(f.severity))
    return tuple(kept), tuple(problems)
