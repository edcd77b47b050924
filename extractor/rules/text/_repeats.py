"""A defect that the document repeats (the summary repeats the body) is one finding with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import replace

from extractor.findings import Evidence, Finding


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each message; what the later ones point to is added as further places."""
    kept: dict[str, Finding] = {}
    for finding in findings:
        first = kept.get(finding.message)
        kept[finding.message] = (
            finding
            if first is None
            else replace(first, evidence=first.evidence + tuple(_also(first, finding)))
        )
    yield from kept.values()


def _also(first: Finding, again: Finding) -> Iterator[Evidence]:
    places = {e.place for e in first.evidence}
    for item in again.evidence:
        if item.place not in places and item.role == "stated":
            yield replace(item, role="also")
