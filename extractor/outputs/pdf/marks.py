"""What is to be marked on which page: the cited boxes, each once, with the notes of all that cite it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.document import Box
from extractor.findings import SEVERITIES, Severity
from extractor.outputs.notes import note

if TYPE_CHECKING:
    from extractor.document import Place
    from extractor.findings import Finding


@dataclass
class Mark:
    """A cited place on one page: its boxes (points from the top left, as seen), and what is said of it."""

    page: int
    boxes: tuple[Box, ...]
    severity: Severity
    rule: str
    notes: list[str] = field(default_factory=list)


def marks(findings: Sequence[Finding]) -> list[Mark]:
    """The marks of all findings, in the order of their first citation."""
    found: dict[tuple[int, tuple[Box, ...]], Mark] = {}
    for number, finding in enumerate(findings, 1):
        for side in finding.evidence:
            for page, boxes in boxes_by_page(side.place):
                key = (page, tuple(_rounded(box) for box in boxes))
                mark = found.setdefault(key, Mark(page, boxes, finding.severity, finding.rule))
                mark.severity = min(mark.severity, finding.severity, key=SEVERITIES.index)
                mark.notes.append(note(finding, number, side))
    return list(found.values())


def boxes_by_page(place: Place) -> Iterator[tuple[int, tuple[Box, ...]]]:
    """The boxes of a place, by page."""
    boxes: dict[int, list[Box]] = {}
    for part in place.parts or (place,):
        if part.page and part.box:
            boxes.setdefault(part.page, []).append(part.box)
    for page, found in boxes.items():
        yield page, tuple(found)


def _rounded(box: Box) -> Box:
    return Box(*(round(edge, 1) for edge in box))
