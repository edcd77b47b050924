"""Errors read a second time: before a PDF is accused, the second engine reads the figures cited again.

Where the two engines read different figures in the same place, the reading is in doubt, not the document.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.document import Box, Place, Problem
from extractor.findings import Evidence, Finding
from extractor.quantity import normal

if TYPE_CHECKING:
    from extractor.layout.page import Chars

Reader = Callable[[Path, Collection[int]], Mapping[int, "Chars"]]
_FIGURE = frozenset("0123456789.%‰")
_OVERLAP = 1.0


def confirm(
    path: Path, findings: Iterable[Finding], reader: Reader | None = None
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings that stand, and a problem (``reading-doubtful``) for each error whose figures read otherwise."""
    found = tuple(findings)
    pages = {
        spot.page
        for f in found
        if f.severity == "error"
        for e in f.evidence
        for spot in _spots(e)
        if spot.page
    }
    if not pages:
        return found, ()
    characters = (reader or _second_engine)(path, pages)
    kept: list[Finding] = []
    problems: list[Problem] = []
    for finding in found:
        doubt = _doubt(finding, characters) if finding.severity == "error" else None
        if doubt is None:
            kept.append(finding)
        else:
            problems.append(doubt)
    return tuple(kept), tuple(problems)


def _second_engine(path: Path, pages: Collection[int]) -> Mapping[int, Chars]:
    from extractor.layout.plumber import read_characters

    return read_characters(path, pages)


def _spots(evidence: Evidence) -> tuple[Place, ...]:
    return evidence.place.parts or (evidence.place,)


def _doubt(finding: Finding, characters: Mapping[int, Chars]) -> Problem | None:
    """The problem with a finding's reading; None if both engines read the same figures, or the second read nothing."""
    for evidence in finding.evidence:
        ours = _figures(evidence.text)
        theirs = "".join(_read(spot, characters) for spot in _spots(evidence))
        if ours and theirs and ours != theirs:
            message = (
                f"“{finding.subject}”处的“{evidence.text}”两种方法读出的数字不同（另一种读作 {theirs}），"
                "未作为问题报告，请看原文。"
            )
            return Problem("reading-doubtful", message, evidence.place)
    return None


def _figures(text: str) -> str:
    return "".join(c for c in normal(text) if c in _FIGURE)


def _read(spot: Place, characters: Mapping[int, Chars]) -> str:
    """The figures that the second engine sees inside a box, from left to right; "" for text that is turned."""
    chars = characters.get(spot.page or 0)
    if chars is None or spot.box is None:
        return ""
    seen: list[tuple[float, str]] = []
    for code, box, turn in zip(chars.codes, chars.boxes, chars.turns, strict=True):
        if _inside(Box(*map(float, box)), spot.box):
            if turn:
                return ""
            seen.append((float(box[0]), chr(int(code))))
    return _figures("".join(_once(sorted(seen))))


def _inside(box: Box, around: Box) -> bool:
    x, y = (box.x0 + box.x1) / 2, (box.top + box.bottom) / 2
    return around.x0 <= x <= around.x1 and around.top <= y <= around.bottom


def _once(seen: list[tuple[float, str]]) -> Iterable[str]:
    """Characters without those printed twice over each other."""
    last: tuple[float, str] = (-1e9, "")
    for x, char in seen:
        if char != last[1] or x - last[0] > _OVERLAP:
            yield char
        last = (x, char)
