"""The result for one file: what was read, what was found, and what could not be read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from extractor.document import Document, Problem
from extractor.facts import About, Form
from extractor.findings import Finding
from extractor.record import result_to_record
from extractor.waivers import Waived, Waiver, waive

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.frames import Frames


@dataclass(frozen=True, slots=True)
class Source:
    """The file as it came: path as given, format, sha256 (hex), size in bytes, pages (None where there are none).

    ``duplicate_of`` is the path of a file of the same content that was read in its place.
    """

    path: str
    format: str = ""
    sha256: str = ""
    bytes: int = 0
    pages: int | None = None
    duplicate_of: str = ""


@dataclass(frozen=True, slots=True)
class Coverage:
    """How much was read: counts of pages, tables, indicator rows, figures, and figures that some check looked at."""

    pages: int = 0
    pages_read: int = 0
    tables: int = 0
    indicator_rows: int = 0
    placeholders: int = 0
    figures: int = 0
    figures_checked: int = 0


@dataclass(frozen=True)
class Result:
    """Everything known of one file. ``status`` is ``ok`` or says what went wrong (CONTRACT: one typed status).

    ``waived`` are findings judged before, which are none of ``findings``; ``comparison`` is with an earlier result,
    where one was given.
    """

    source: Source
    status: str
    about: About = field(default_factory=About)
    forms: tuple[Form, ...] = ()
    findings: tuple[Finding, ...] = ()
    problems: tuple[Problem, ...] = ()
    coverage: Coverage = field(default_factory=Coverage)
    document: Document | None = None
    waived: tuple[Waived, ...] = ()
    comparison: Comparison | None = None

    @property
    def ok(self) -> bool:
        """Whether the file was read, whatever was found in it."""
        return self.status in ("ok", "ok-partial")

    def judged(self, waivers: Iterable[Waiver]) -> Result:
        """The same with the findings that were judged before set apart."""
        named = (self.about.project, *(form.project for form in self.forms))
        findings, waived = waive(self.findings, waivers, [text.flat for text in named if text is not None])
        return replace(self, findings=findings, waived=self.waived + waived)

    def to_json(self, tables: bool = False, text: bool = False) -> Mapping[str, Any]:
        """The result as the JSON object that the command prints."""
        return result_to_record(self, tables=tables, text=text)

    def to_pandas(self) -> Frames:
        """Indicators, budgets and findings as data frames (see `extractor.frames`). ImportError without pandas."""
        from extractor.frames import frames

        return frames([self])
