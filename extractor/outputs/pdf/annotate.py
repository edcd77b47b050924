"""Highlights, notes and bookmarks, appended to a PDF with pypdf."""

from __future__ import annotations

import hashlib
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pypdf import PdfReader, PdfWriter
from pypdf.errors import PyPdfError
from pypdf.generic import Fit

from extractor.findings import SEVERITIES as LEVELS
from extractor.findings import Finding
from extractor.outputs import NotWritten
from extractor.outputs.notes import headline
from extractor.outputs.pdf.frame import Frame, frames
from extractor.outputs.pdf.highlight import add_highlight
from extractor.outputs.pdf.marks import boxes_by_page, marks
from extractor.outputs.pdf.refusal import refuse
from extractor.outputs.wording import SEVERITIES

if TYPE_CHECKING:
    from extractor.result import Result

_ABOVE = 36  # points of the page that a bookmark shows above its figure


def annotated(result: Result) -> bytes:
    """The source with the notes appended. Raises NotWritten when the file must not or cannot be changed."""
    data = source_bytes(result)
    try:
        writer = PdfWriter(BytesIO(data), incremental=True)
        refuse(PdfReader(BytesIO(data)))
        _annotate(writer, result, data)
        out = BytesIO()
        writer.write(out)
        return out.getvalue()
    except NotWritten:
        raise
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError) as error:
        cause = f"{type(error).__name__}: {error}"[:200]
        raise NotWritten(f"源文件的内部结构不规范，无法加入批注（{cause}）") from error


def source_bytes(result: Result) -> bytes:
    """The source as it was read. Raises NotWritten when it has changed since."""
    data = Path(result.source.path).read_bytes()
    if result.source.sha256 and hashlib.sha256(data).hexdigest() != result.source.sha256:
        raise NotWritten("源文件在读取之后被改动过，请重新检查")
    return data


def _annotate(writer: PdfWriter, result: Result, data: bytes) -> None:
    found = marks(result.findings)
    seen = frames(data, {mark.page for mark in found})
    for number, mark in enumerate(found, 1):
        add_highlight(writer, mark, seen[mark.page], number)
    if result.findings:
        _bookmarks(writer, result.findings, seen)


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
