"""PDF to Document: pages by pdfium, layout by geometry, faults of the text layer told."""

from __future__ import annotations

from pathlib import Path

from ..document import Document, Page, Problem, Unreadable
from ..layout import limits
from ..layout.assembly import flows_to_blocks
from ..layout.flow import PageFlow, page_to_flow
from ..layout.pdfium import PdfiumError, PdfiumFile

SUFFIXES = (".pdf",)
_PASSWORD = 4  # pdfium's FPDF_ERR_PASSWORD


def parse(path: Path) -> Document:
    """Reads a PDF. Raises Unreadable: needs-password, damaged, limit-pages, empty."""
    try:
        with PdfiumFile(path) as file:
            if file.n_pages > limits.MAX_PAGES:
                raise Unreadable("limit-pages", f"文件有{file.n_pages}页，超过上限{limits.MAX_PAGES}页")
            return _read(file)
    except PdfiumError as error:
        if error.code == _PASSWORD:
            raise Unreadable("needs-password", "文件已加密，需要密码才能打开") from None
        raise Unreadable("damaged", "文件已损坏或不是有效的PDF") from None


def _read(file: PdfiumFile) -> Document:
    flows: list[PageFlow] = []
    pages: list[Page] = []
    problems: list[Problem] = []
    for number in range(1, file.n_pages + 1):
        content = file.page(number)
        flows.append(page_to_flow(content))
        pages.append(Page(number, content.width, content.height))
    return Document("pdf", tuple(flows_to_blocks(flows)), tuple(pages), tuple(problems), len(pages))
