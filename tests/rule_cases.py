"""Cases of rules in YAML and examples in their manuals: read, and held against what was found."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from extractor.findings import Finding

Case = dict[str, Any]


def cases_of(folder: Path, rule: str) -> list[Case]:
    """A rule's cases; none if it has no file."""
    path = folder / f"{rule}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def assert_both_ways(cases: list[Case], rule: str) -> None:
    """At least one document that the rule finds, and two that it leaves."""
    assert sum("finds" in c for c in cases) >= 1, f"{rule}: no case that finds"
    assert sum("leaves" in c for c in cases) >= 2, f"{rule}: fewer than two cases that leave"


def assert_as_told(found: Sequence[Finding], case: Case, usual: str) -> None:
    """Exactly the findings that a case tells, each with its tokens and severity (``usual`` if it names none), and
    with so many ``places`` where it says how many."""
    if "leaves" in case:
        assert not found, [f.message for f in found]
        return
    assert len(found) == len(case["finds"]), [f.message for f in found]
    left = list(found)
    for wanted in case["finds"]:
        fits = [f for f in left if all(t in said(f) for t in wanted["tokens"])]
        assert fits, (wanted, [said(f) for f in left])
        assert fits[0].severity == wanted.get("severity", usual), fits[0]
        assert len(fits[0].evidence) == wanted.get("places", len(fits[0].evidence)), fits[0]
        left.remove(fits[0])


def said(finding: Finding) -> str:
    """All that a finding says, in one line."""
    parts = [finding.message, finding.subject, finding.expected, finding.actual]
    return " | ".join(parts + [e.text for e in finding.evidence])


def example(manual: str, title: str) -> str:
    """The indented example of a manual after ``title::``."""
    lines = manual.split(f"{title}::", 1)[1].split("\n")
    block = []
    for line in lines[1:]:
        if line and not line.startswith(" "):
            break
        block.append(line)
    return textwrap.dedent("\n".join(block))
