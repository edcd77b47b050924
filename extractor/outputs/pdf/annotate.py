"""Highlights, notes and bookmarks, appended to a PDF with pypdf."""

from __future__ import annotations

from io import BytesIO
from typing import Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import Fit

from extractor.findings import SEVERITIES as LEVELS
from extractor.findings import Finding
from extractor.outputs import NotWritten
from extractor.outputs.copy import source_bytes
from extractor.outputs.notes import headline
from extractor.outputs.pdf.frame import Frame, frames
from extractor.outputs.pdf.highlight import add_highlight
from extractor.outputs.pdf.marks import boxes_by_page, marks
from extractor.outputs.pdf.refusal import refuse
from extractor.outputs.wording import SEVERITIES

_ABOVE = 36  # points of the page that a bookmark shows above its figure


def annotated(path: str, sha256: str, findings: tuple[Finding, ...]) -> bytes:
    """The source with the notes appended. Raises NotWritten when the file must not or cannot be changed."""
    data = source_bytes(path, sha256)
    try:
        writer = PdfWriter(BytesIO(data), incremental=True)
        refuse(PdfReader(BytesIO(data)))
        _annotate(writer, findings, data)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()
    except NotWritten:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        cause = f"{type(error).__name__}: {error}"[:200]
        raise NotWritten(f"源文件的内部结构不规范，无法加入批注（{cause}）") from error


def _annotate(writer: PdfWriter, findings: tuple[Finding, ...], data: bytes) -> None:
    found = marks(findings)
    seen = frames(data, {mark.page for mark in found})
    for number, mark in enumerate(found, 1):
        add_highlight(writer, mark, seen[mark.page], number)
    if findings:
        _bookmarks(writer, findings, seen)


def _bookmarks(writer: PdfWriter, findings: tuple[Finding, ...], seen: dict[int, Frame]) -> None:
    """A bookmark for each finding under one that counts them, after those that the file has."""
    counts = [(SEVERITIES[level], sum(f.severity == level for f in findings)) for level in LEVELS]
    title = f"勾稽检查：{'，'.join(f'{name} {count}' for name, count in counts if count)}"
    parent: Any = writer.add_outline_item(title=title, page_number=None)
    for number, finding in enumerate(findings, 1):
        page, fit = _target(finding, seen)
        writer.add_outline_item(title=headline(finding, number), page_number=page, parent=parent, fit=fit)


def _target(finding: Finding, seen: dict[int, Frame]) -> tuple[int | None, Fit]:
    """The page (from 0) and the spot of a finding's first place; None where none has a page."""
    for side in finding.evidence:
        for page, boxes in boxes_by_page(side.place):
            left, top = seen[page].point(0, max(boxes[0].top - _ABOVE, 0))
            return page - 1, Fit.xyz(left, top)
    return None, Fit.fit()
