"""Word comments on the cited figures, added with python-docx."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING, Any, cast
from zipfile import BadZipFile, ZipFile

import docx
from docx.text.run import Run
from lxml import etree

from extractor.outputs import NotWritten
from extractor.outputs.copy import source_bytes
from extractor.outputs.docx.runs import cited_runs
from extractor.outputs.docx.traced import Elements
from extractor.outputs.notes import AUTHOR, INITIALS, note
from extractor.outputs.wording import place_words
from extractor.parsers.word.names import W

if TYPE_CHECKING:
    from extractor.findings import Evidence, Finding
    from extractor.parsers.word.names import Element

_NOT_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")
_DRAWN = "{http://schemas.openxmlformats.org/drawingml/2006/main}p"
_PARTS = ("styles", "numbering", "footnotes", "endnotes")
_SIGNATURES = "_xmlsignatures/"


@dataclass(frozen=True, slots=True)
class _Remark:
    """A comment to be made: its text, and what it stands on."""

    text: str
    elements: list[Element]
    cited: str = ""
    quote: str = ""
    label: str = ""
    rest: int | None = None


def commented(path: str, sha256: str, findings: tuple[Finding, ...]) -> bytes:
    """The source with the comments in it. Raises NotWritten when the file must not or cannot be changed."""
    document = _opened(source_bytes(path, sha256))
    elements = _elements(document)
    # All places are looked up before the first comment is in: it must not change what they mean.
    for remark in list(_remarks(findings, elements)):
        _comment(document, remark)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


def _opened(data: bytes) -> Any:
    try:
        with ZipFile(BytesIO(data)) as package:
            if any(name.startswith(_SIGNATURES) for name in package.namelist()):
                raise NotWritten("源文件带有数字签名，加入批注会使签名失效，请改用 -o 名称.html 查看")
        return docx.Document(BytesIO(data))
    except (ValueError, KeyError, BadZipFile, etree.XMLSyntaxError) as error:
        cause = f"{type(error).__name__}: {error}"[:120]
        raise NotWritten(
            f"源文件不是通常的 DOCX，无法加入批注，请用 WPS 或 Word 另存为 .docx 后再试（{cause}）"
        ) from None


def _elements(document: Any) -> Elements:
    part = document.part

    def drawn(relation: str) -> list[str]:
        target = part.related_parts.get(relation)
        texts = etree.fromstring(target.blob).iter(_DRAWN) if target is not None else ()
        return [string for text in texts if (string := "".join(map(str, text.itertext())).strip())]

    parts = {
        name: etree.fromstring(rel.target_part.blob)
        for rel in reversed(part.rels.values())
        if not rel.is_external and (name := rel.reltype.rpartition("/")[2]) in _PARTS
    }
    return Elements(document.element.body, parts, drawn)


def _remarks(findings: tuple[Finding, ...], elements: Elements) -> Iterator[_Remark]:
    """A remark for each place of each finding; one that no comment can stand at is told at another."""
    for number, finding in enumerate(findings, 1):
        found = [(side, elements.at(side.place, side.text)) for side in finding.evidence]
        lost = [side for side, there in found if not there]
        missing = f"\n（{'、'.join(_named(side) for side in lost)}处不能加批注）" if lost else ""
        for side, there in found:
            if there:
                text = note(finding, number, side) + missing
                rest = elements.rest(side.place, side.start)
                yield _Remark(text, there, side.text, side.quote, side.label, rest)
        if len(lost) == len(found):
            yield _Remark(note(finding, number) + missing, [])


def _named(side: Evidence) -> str:
    return place_words(side.place) or side.label or "未写明位置"


def _comment(document: Any, remark: _Remark) -> None:
    """Adds a comment; one without a place of its own stands on the document's first paragraph."""
    elements = remark.elements or [_first(document)]
    runs = elements
    if elements[0].tag != W + "r":
        runs = cited_runs(elements, remark.cited, remark.quote, remark.label, remark.rest)
    if runs:
        ends = [Run(cast(Any, run), document) for run in (runs[0], runs[-1])]
        text = _NOT_XML.sub("\ufffd", remark.text)
        document.add_comment(ends, text=text, author=AUTHOR, initials=INITIALS)


def _first(document: Any) -> Element:
    """The document's first paragraph, made where there is none."""
    paragraph: Element = (document.paragraphs or [document.add_paragraph()])[0]._p
    return paragraph
