"""Claims: everything that a document states about one subject, each statement kept with its place and origin."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property

from extractor.document import Document
from extractor.facts import About, Figure, Form, Statement
from extractor.regimes import Regime


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a claim was made: a form's kind (``score_table``, ``worksheet`` …) or ``prose``; ``form`` its number."""

    kind: str
    form: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement of one field.

    ``scope`` says what it is limited to (不含自助服务, 2018年度); claims of different scope are never
    compared. ``label`` is the column head or words that name the field, ``quote`` the row or sentence."""

    field: str
    figure: Figure
    origin: Origin
    label: str
    quote: str = ""
    scope: str = ""
    name: str = ""
    confidence: float = 1.0


@dataclass(frozen=True)
class Subject:
    """What is spoken of: an indicator with its code and every name it is given, and all claims about it.

    ``space`` is "" for the report as a whole, else the form that the subject belongs to alone."""

    name: str
    code: str = ""
    names: tuple[str, ...] = ()
    claims: tuple[Claim, ...] = ()
    space: str = ""

    @property
    def title(self) -> str:
        """Code and name, as messages name it."""
        return f"{self.code} {self.name}".strip()

    @cached_property
    def _by_field(self) -> dict[str, list[Claim]]:
        found: dict[str, list[Claim]] = {}
        for claim in self.claims:
            found.setdefault(claim.field, []).append(claim)
        return found

    def of(self, name: str) -> list[Claim]:
        """All claims of a field, in the document's order."""
        return self._by_field.get(name, [])


@dataclass(frozen=True)
class Reading:
    """All that was read from one document: what the rules look at. ``regime`` is the one that the user chose."""

    document: Document
    forms: tuple[Form, ...] = ()
    statements: tuple[Statement, ...] = ()
    subjects: tuple[Subject, ...] = ()
    about: About = field(default_factory=About)
    regime: Regime | None = None

    def forms_of(self, kinds: Iterable[str]) -> Iterator[Form]:
        """The forms of some kinds."""
        wanted = set(kinds)
        return (form for form in self.forms if form.kind in wanted)

    def said(self, kind: str) -> Iterator[Statement]:
        """The statements of one pattern set."""
        return (s for s in self.statements if s.kind == kind)
