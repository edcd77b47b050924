"""The flow: bytes, document, facts, claims by subject, findings, result."""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from dataclasses import replace
from pathlib import Path

from extractor.confirm import confirm
from extractor.coverage import coverage
from extractor.document import Document, Problem, Unreadable
from extractor.parsers import parse
from extractor.progress import advance
from extractor.recognise import recognise
from extractor.recognise.bound import bound_reports
from extractor.reconcile import reconcile_all
from extractor.regimes import regime as regime_of
from extractor.resolve import resolve
from extractor.result import Result, Source

# Problems that say that text is missing.
_LOST = frozenset(("limit-table", "limit-page-chars", "undecodable-text"))


def extract(
    path: str | Path, select: Collection[str] = (), ignore: Collection[str] = (), regime: str = ""
) -> Result:
    """Read one file and check it with all rules, or with those selected and not ignored (by name).

    ``regime`` is the name or the file of a regime to check it by too; KeyError if there is no such one. Never raises
    for what is wrong with the file: the result's ``status`` and ``problems`` say it.
    """
    file = Path(path)
    try:
        document = parse(file)
    except Unreadable as error:
        return Result(_source(file), error.status, problems=(Problem(error.status, error.message),))
    result = check(document, _source(file, document), select, ignore, regime)
    if document.format != "pdf":
        return result
    findings, doubts = confirm(file, result.findings)
    return replace(result, findings=findings, problems=result.problems + doubts)


def check(
    document: Document,
    source: Source,
    select: Collection[str] = (),
    ignore: Collection[str] = (),
    regime: str = "",
) -> Result:
    """Everything after parsing: recognise, resolve and reconcile a document."""
    advance()
    recognised = recognise(document)
    advance()
    reading = resolve(document, recognised)
    bound = bound_reports(document)
    readings = [resolve(part, recognise(part)) for part in bound] if len(bound) > 1 else [reading]
    laid = regime_of(regime) if regime else None
    findings, problems = reconcile_all([replace(r, regime=laid) for r in readings], select, ignore)
    return Result(
        source=source,
        status=_status(document),
        about=recognised.about,
        forms=recognised.forms,
        findings=findings,
        problems=document.problems + problems,
        coverage=coverage(reading),
        document=document,
    )


def _status(document: Document) -> str:
    """``empty`` without any text, ``ok-partial`` when pages or parts could not be read, else ``ok``."""
    if not document.blocks:
        return "empty"
    unread = document.pages and document.pages_read < len(document.pages)
    cut = any(problem.code in _LOST for problem in document.problems)
    return "ok-partial" if unread or cut else "ok"


def _source(file: Path, document: Document | None = None) -> Source:
    """The file as it came; what cannot be read of it stays empty."""
    pages = len(document.pages) or None if document else None
    suffix = file.suffix.lower().lstrip(".")
    try:
        with file.open("rb") as stream:
            digest = hashlib.file_digest(stream, "sha256").hexdigest()
        size = file.stat().st_size
    except OSError:
        return Source(str(file), suffix)
    return Source(str(file), document.format if document else suffix, digest, size, pages)
