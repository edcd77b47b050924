"""Limits told in running text with per cent for per mille, or the other way about: ≤0.1‰ and 低于0.1%."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import count

import regex

from extractor.claims import Claim, Reading, Subject
from extractor.document import Place, Text
from extractor.quantity import find
from extractor.recognise.prose import passages

_SIGNS = {"%": "‰", "‰": "%"}
_LIMIT = regex.compile(
    r"\s*(?:应|要求|须|需|控制在|保持在|为|目标值?为?|[≤≥<>≦≧＜＞]|不?(?:低于|高于|超过|大于|小于|少于)|达到)*\s*$"
)
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
    known = _targets(reading)
    printed = {(f"{value.normalize():f}", sign) for value, sign in known}
    found: dict[int, list[tuple[Text, Text]]] = {}
    for _, _, text in passages(reading.document) if known else ():
        if any(sign in text.string and digits in text.string for digits, sign in printed):
            for number, told in _told(text, known):
                found.setdefault(number, []).append((told, text))
    aimed = [(subject, claim) for some in known.values() for _, subject, claim in some]
    accused: set[tuple[Place, str]] = set()  # a target declaration's subjects are told in the same sentences
    for number, (subject, claim) in enumerate(aimed):
        places = {(part.place, text.string) for part, text in found.get(number, ())}
        if places - accused:
            accused |= places
            yield Mixed(subject, claim, tuple(found[number]))


_Known = dict[tuple[Decimal, str], list[tuple[int, Subject, Claim]]]


def _targets(reading: Reading) -> _Known:
    """The limits that tables state in per cent or per mille, by their number and the other sign."""
    found: _Known = {}
    for subject in reading.subjects:
        for claim in subject.of("target"):
            quantity = claim.figure.quantity
            if quantity is not None and quantity.unit in _SIGNS and quantity.op and quantity.value % 100:
                found.setdefault((quantity.value, _SIGNS[quantity.unit]), []).append((0, subject, claim))
    order = count()
    return {key: [(next(order), s, c) for _, s, c in some] for key, some in found.items()}


def _told(text: Text, known: _Known) -> Iterator[tuple[int, Text]]:
    """The figures of a text that are a target's digits with the other sign, each with the target's number."""
    for quantity in find(text.string):
        for number, subject, _ in known.get((quantity.value, quantity.unit), ()):
            digits = next(
                (n for n in range(quantity.start, quantity.end) if text.string[n].isdigit()), quantity.start
            )
            before = text.string[:digits]
            limit = _LIMIT.search(before)
            names = [n for n in subject.names if len(n) >= _SHORTEST]
            if limit and limit[0].strip() and any(before[: limit.start()].endswith(n) for n in names):
                yield number, text.cut(digits, quantity.end)
