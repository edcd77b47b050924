"""A defect that the document repeats (the summary repeats the body) is one finding with all its places."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from extractor.findings import Evidence, Finding, evidence
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, finding

_TELLING = 3
_WORD = 2
_MOST = 3


def told_with_repeats(mistake: Mistake, rule: str, told: Sequence[Sentence]) -> Finding:
    """The finding on a mistake, with the other places that tell its figure by the same word; ``told`` are the
    document's paragraphs."""
    found, stated = finding(mistake, rule), mistake.stated
    word = stated.lead.rstrip("为是达到至共约 ")[-_WORD:]
    if len(stated.quantity.value.as_tuple().digits) < _TELLING or len(word) < _WORD:
        return found
    again = [
        evidence(f.figure(), "正文：别处同样写为", "also", paragraph.text.flat[:200])
        for paragraph in told
        if stated.quantity.plain.split(".")[-1] in paragraph.string
        for f in paragraph.figures
        if _same(f, stated) and word in f.lead and f.text.place != stated.text.place
    ]
    return replace(found, evidence=found.evidence + tuple(again[:_MOST]))


def _same(said: Said, stated: Said) -> bool:
    ours, theirs = said.quantity, stated.quantity
    return (ours.value, ours.unit, ours.op) == (theirs.value, theirs.unit, theirs.op)


def merged(findings: Iterable[Finding]) -> Iterator[Finding]:
    """One finding for each figure that should be another; what the later ones point to is added as further places."""
    kept: dict[tuple[str, str, str], Finding] = {}
    for one in findings:
        key = one.subject, one.actual, one.expected
        first = kept.get(key)
        kept[key] = (
            one if first is None else replace(first, evidence=first.evidence + tuple(_also(first, one)))
        )
    yield from kept.values()


def _also(first: Finding, again: Finding) -> Iterator[Evidence]:
    places = {e.place for e in first.evidence}
    for item in again.evidence:
        if item.place not in places and item.role == "stated":
            yield replace(item, role="also")
