"""PDF to Document: pages by pdfium, layout by geometry, faults of the text layer told."""

from __future__ import annotations

import gc
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from .. import progress
from ..document import Document, Page, Place, Problem, Unreadable
from ..layout import arrays, limits  # noqa: F401 (numpy is loaded where imports are nested little: see arrays)
from ..layout.assembly import Assembly
from ..layout.flow import PageFlow, pages_to_flows
from ..layout.glyphs import GlyphCount, are_trusted, repaired
from ..layout.page import Fault, PageContent, unread_page
from ..layout.pdfium import PdfiumError, PdfiumFile
from ..layout.pdfium_library import WRONG_PASSWORD
from ..layout.turning import Turn, blocks_as_seen, turned

SUFFIXES = (".pdf",)

_TOGETHER = 8  # pages whose characters are worked on at once
_ENOUGH = 20_000  # characters that are enough at once
_STAMP = 30  # so few characters on a page-wide picture are a scanner's stamp, not its text


def parse(path: Path) -> Document:
    """Reads a PDF.

    Raises Unreadable with status needs-password, damaged, limit-pages, or empty (no page, or an empty file).
    """
    if path.stat().st_size == 0:
        raise Unreadable("empty", "文件为空（0字节）")
    try:
        with _uncollected(), PdfiumFile(path) as file:
            if file.n_pages > limits.MAX_PAGES:
                raise Unreadable("limit-pages", f"文件有{file.n_pages}页，超过上限{limits.MAX_PAGES}页")
            if not file.n_pages:
                raise Unreadable("damaged", "文件中没有可读的页面")
            return _document(_read(file, path))
    except PdfiumError as error:
        if error.code == WRONG_PASSWORD:
            raise Unreadable("needs-password", "文件已加密，需要密码才能打开") from None
        raise Unreadable("damaged", "文件已损坏或不是有效的PDF") from None


@contextmanager
def _uncollected() -> Iterator[None]:
    """No search for cycles meanwhile: reading makes none, and many objects that each search would walk."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


@dataclass(slots=True, eq=False, repr=False)
class _Reading:
    """What has been read of a file so far."""

    assembly: Assembly = field(default_factory=Assembly)
    last: PageFlow | None = None
    pages: list[Page] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)
    glyphs: GlyphCount = field(default_factory=GlyphCount)
    turns: dict[int, Turn] = field(default_factory=dict)
    trusted: int = 0

    def problem(self, code: str, message: str, page: int) -> None:
        self.problems.append(Problem(code, message, Place(page)))


def _read(file: PdfiumFile, path: Path) -> _Reading:
    """Reads the pages, a few at a time: what is done to arrays costs little more for several than for one."""
    reading = _Reading()
    for number in range(1, file.n_pages + 1):
        file.add(number)
        progress.advance(file.n_pages)
        if file.n_added == _TOGETHER or file.n_chars > _ENOUGH or number == file.n_pages:
            first = number - file.n_added + 1
            _take(reading, [_page(page, path, n) for n, page in enumerate(file.take(), first)])
    return reading


def _page(content: PageContent | None, path: Path, number: int) -> PageContent:
    """A page as the first engine read it, else by the second; one that neither reads has a fault and no size."""
    if content is None:
        unreadable = ("page-unreadable", f"第{number}页已损坏，无法读取")
        return _again(path, number) or unread_page(number, 0.0, 0.0, unreadable)
    return _in_full(content, _again(path, number)) if content.is_cut else content


def _again(path: Path, number: int) -> PageContent | None:
    """A page by the second engine; None where that cannot read it."""
    try:
        from ..layout.plumber import read_page

        return read_page(path, number)
    except Exception:  # whatever a second engine raises on a broken page, the page is what is lost
        return None


def _in_full(cut: PageContent, other: PageContent | None) -> PageContent:
    """What has more of a page's text: as the first engine read it, which may have ``cut`` it, or the second."""
    if other is None:
        told = ("limit-page-chars", f"第{cut.number}页有一行文字过长，其后的部分可能未能读取")
        return cut._replace(faults=(*cut.faults, told))
    first, second = ((page.chars.codes > 0x20).sum() for page in (cut, other))
    return other if second > first else cut


def _take(reading: _Reading, contents: Sequence[PageContent]) -> None:
    """Takes in pages that follow each other, at least one."""
    contents, count = repaired(contents)
    reading.glyphs = reading.glyphs.plus(count)
    pages: list[PageContent] = []
    for page in contents:
        upright, turn = turned(page)
        pages.append(upright)
        if turn is not None:
            reading.turns[page.number] = turn
    sheets = pages_to_flows(pages, reading.last)
    reading.glyphs = reading.glyphs.plus(GlyphCount(doubled=sheets.doubled))
    reading.last = sheets.flows[-1]
    reading.assembly.take(sheets.flows)
    trusted = are_trusted([page.chars.codes for page in contents])
    for page, flow, is_trusted in zip(contents, sheets.flows, trusted, strict=True):
        reading.pages.append(Page(page.number, page.width, page.height))
        doubts = _doubts(page, is_trusted)
        for code, message in (*page.faults, *doubts, *flow.faults):
            reading.problem(code, message, page.number)
        reading.trusted += not page.faults and not doubts


def _doubts(page: PageContent, is_trusted: bool) -> tuple[Fault, ...]:
    """What is to be said of a page's text layer."""
    if _is_scan(page):
        return (("page-without-text", f"第{page.number}页没有文字层（扫描件或图片），未能读取"),)
    if not is_trusted:
        return (("page-untrusted-text", f"第{page.number}页的文字编码异常，读出的文字不可信"),)
    return ()


def _is_scan(content: PageContent) -> bool:
    n = int((content.chars.codes > 0x20).sum())
    if n == 0:
        return content.pictured > 0.02 or content.curves > 200
    return n < _STAMP and content.pictured > 0.5


def _document(reading: _Reading) -> Document:
    blocks = tuple(blocks_as_seen(reading.assembly.blocks(), reading.turns))
    problems = (*reading.problems, *_glyph_problems(reading.glyphs))
    return Document("pdf", blocks, tuple(reading.pages), problems, reading.trusted)


def _glyph_problems(count: GlyphCount) -> list[Problem]:
    found: list[Problem] = []
    if count.repaired:
        found.append(Problem("glyph-repaired", f"{count.repaired}个部首或符号字形已还原为对应的汉字或符号"))
    if count.doubled:
        found.append(Problem("glyph-doubled", f"{count.doubled}个重复叠印的字符只保留了一个"))
    if count.unknown:
        found.append(Problem("glyph-unknown", f"{count.unknown}个字形没有对应的文字，无法识别"))
    if count.slanted:
        found.append(Problem("text-slanted", f"{count.slanted}个斜排的字符（水印等）未计入正文"))
    return found
