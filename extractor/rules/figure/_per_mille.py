"""Limits told in running text with per cent for per mille, or the other way about: ≤0.1‰ and 低于0.1%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.document import Place, Text
from extractor.quantity import find
from extractor.recognise.prose import passages

_SIGNS = {"%": "‰", "‰": "%"}
_LIMIT = r"\s*(?:应|要求|须|需|控制在|保持在|为|目标值?为?|[≤≥<>≦≧＜＞]|不?(?:低于|高于|超过|大于|小于|少于)|达到)*\s*"
_SHORTEST = 4


@dataclass(frozen=True, slots=True)
class Mixed:
    """A subject's target, and the text that writes its digits with the other sign."""

    subject: Subject
    target: Claim
    told: tuple[tuple[Text, Text], ...]


def mixed(reading: Reading) -> Iterator[Mixed]:
    """The targets in per cent or per mille whose digits running text gives with the other sign, right after the
    name and as a limit."""
    texts = [text for _, _, text in passages(reading.document)]
    if not any("‰" in claim.figure.string for s in reading.subjects for claim in s.of("target")):
        texts = [text for text in texts if "‰" in text.string]
    accused: set[tuple[Place, str]] = set()  # a target declaration's subjects are told in the same sentences
    for subject in reading.subjects if texts else ():
        for claim in subject.of("target"):
            quantity = claim.figure.quantity
            if quantity is None or quantity.unit not in _SIGNS or not quantity.op or not quantity.value % 100:
                continue
            told = tuple(found for text in texts for found in _told(text, subject, claim))
            places = {(part.place, text.string) for part, text in told}
            if places - accused:
                accused |= places
                yield Mixed(subject, claim, told)
                break


def _told(text: Text, subject: Subject, claim: Claim) -> Iterator[tuple[Text, Text]]:
    quantity = claim.figure.quantity
    names = [n for n in subject.names if len(n) >= _SHORTEST and n in text.string]
    if quantity is None or not names:
        return
    for name in names:
        for match in regex.finditer(regex.escape(name) + _LIMIT + r"(?=\d)", text.string):
            said = match[0].removeprefix(name)
            other = next((q for q in find(text.string) if q.start <= match.end() < q.end), None)
            if (
                other
                and said.strip()
                and other.unit == _SIGNS[quantity.unit]
                and other.value == quantity.value
            ):
                yield text.cut(match.end(), other.end), text
