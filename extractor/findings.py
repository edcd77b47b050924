"""A finding: what contradicts what, where both stand, and what follows from it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field, replace
from typing import Literal

from extractor.document import Place, Text
from extractor.facts import Figure
from extractor.quantity import normal

Severity = Literal["error", "warning", "info"]
SEVERITIES: tuple[Severity, ...] = ("error", "warning", "info")


@dataclass(frozen=True, slots=True)
class Evidence:
    """One place in conflict. ``text`` is exactly what is printed there, ``quote`` the line or row around it.

    ``start`` is where in the paragraph or cell at ``place`` the text begins (None: not known). ``document`` is the
    path of the document, where a finding is between several.
    """

    text: str
    place: Place
    label: str = ""
    role: str = "stated"
    value: str = ""
    unit: str = ""
    quote: str = ""
    document: str = ""
    start: int | None = field(default=None, compare=False)


def evidence(source: Figure | Text, label: str, role: str = "stated", quote: str = "") -> Evidence:
    """The evidence that a figure or a text gives, under a label in Chinese such as 实际完成值."""
    quantity = None if isinstance(source, Text) else source.quantity
    text = source if isinstance(source, Text) else source.text
    said = Evidence(text.flat, source.place, label, role, quote=quote, start=text.strip().start)
    if quantity is None:
        return said
    return replace(said, value=str(quantity.value), unit=quantity.unit)


@dataclass(frozen=True, slots=True)
class Finding:
    """What a rule returns. ``message`` is Chinese and complete by itself; ``caused`` lists the ids of the findings
    that follow from this one and are not reported again."""

    rule: str
    severity: Severity
    subject: str
    message: str
    evidence: tuple[Evidence, ...]
    expected: str = ""
    actual: str = ""
    difference: str = ""
    impact: str = ""
    confidence: float = 1.0
    caused: tuple[str, ...] = ()

    @property
    def id(self) -> str:
        """Stable across runs, typesettings and unrelated edits: rule, subject, what is printed and what it should be.

        Not where it stands, how it is broken into lines, or how often it is said again.
        """
        own = [e for e in self.evidence if e.role != "also"] or self.evidence
        said = sorted({_plain(f"{e.label}={e.text}") for e in own})
        whole = "|".join([self.rule, _plain(self.subject), _plain(self.expected), *said])
        digest = hashlib.sha256(whole.encode("utf-8", "replace")).hexdigest()
        return f"{self.rule}-{digest[:10]}"

    def cause(self, ids: tuple[str, ...]) -> Finding:
        """The same finding with what follows from it."""
        return replace(self, caused=self.caused + ids)


def _plain(text: str) -> str:
    """A text in half width without blanks: the same in a PDF and in a DOCX."""
    return "".join(normal(text).split())
