"""HTML (public notices): headings, paragraphs, lists and tables as a browser shows them. It is never run.

Left out: scripts, styles, comments and what is hidden (``display:none``). A table that only lays out the
page (every row has one cell with content, and there are tables inside) is read through; any other nested
table follows its outer one, and its text is part of the outer cell's. Check boxes print as ☑ or ☐, input
fields as their value.

Places: part ``body``; ``paragraph`` counts headings and paragraphs, ``table`` the tables, both from 0.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path

from lxml import etree

from extractor.document import (
    Block,
    Document,
    Heading,
    Paragraph,
    ParagraphKind,
    Place,
    Problem,
    Table,
    Text,
    Unreadable,
)
from extractor.parsers.captions import attach_captions, is_contents
from extractor.parsers.continued import join_continued
from extractor.parsers.encoding import check_length, decode, read_text
from extractor.parsers.grid import to_table
from extractor.parsers.headings import infer_headings
from extractor.parsers.web.flow import Flow, Para
from extractor.parsers.web.tables import Grid

SUFFIXES = (".html", ".htm", ".xhtml")

MAX_ATTRIBUTES = 5000
"""Attributes of one tag (``limit-attributes``)."""

_LONG_TAG = re.compile(r"<[A-Za-z][^<>]{10000,}")
_ATTRIBUTE = re.compile(r"""[^\s=>"']+(?:\s*=\s*(?:"[^"]*"?|'[^']*'?|[^\s>"']*))?""")
_CHARSET = re.compile(rb"charset\s*=\s*[\"']?\s*([A-Za-z0-9_.:-]+)", re.IGNORECASE)
_HEAD = 4096
_FAULTS = {
    "limit-columns": "有 {} 个表格的列数超过上限，多出的列未读取。",
    "limit-table": "有 {} 个表格过大，多出的行未读取。",
    "picture-without-text": "网页有 {} 张图片而几乎没有文字，请先做文字识别（OCR）。",
}
_FEW = 40
_BAD = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")


def parse(path: Path) -> Document:
    """Read a web page in the encoding it declares, else UTF-8 or GB18030. Raises ``Unreadable``."""
    data = read_text(path)
    declared = _CHARSET.search(data[:_HEAD])
    string, problems = decode(data, declared[1].decode("ascii") if declared else None)
    string = _BAD.sub("", re.sub(r"^\s*<\?xml[^>]*\?>", "", string))
    if not string.strip():
        raise Unreadable("empty", f"文件“{path.name}”里没有文字。")
    if _many_attributes(string):
        raise Unreadable("limit-attributes", f"文件“{path.name}”的一个标签有过多属性，不予读取。")
    too_deep = Unreadable("limit-depth", f"文件“{path.name}”的内容嵌套过深或一段过长，不予读取。")
    parser = etree.HTMLParser(no_network=True, remove_comments=True, remove_pis=True)
    try:
        root = etree.fromstring(string, parser)
        # The parser stops at its limits without raising, and what follows would be lost.
        if any(entry.type_name == "ERR_RESOURCE_LIMIT" for entry in parser.error_log):
            raise too_deep
        document = _document(root, problems)
    except etree.XMLSyntaxError:
        raise Unreadable("damaged", f"文件“{path.name}”不是有效的网页。") from None
    except RecursionError:
        raise too_deep from None
    check_length(path, sum(map(_length, document.blocks)))
    return document


def _many_attributes(string: str) -> bool:
    """Whether a tag has more attributes than the limit: the parser compares each with all others."""
    return any(len(_ATTRIBUTE.findall(tag[0])) > MAX_ATTRIBUTES for tag in _LONG_TAG.finditer(string))


def _length(block: Block) -> int:
    return sum(len(c.text) for c in block.cells) if isinstance(block, Table) else len(block.text)


def _document(root: etree._Element | None, problems: tuple[Problem, ...]) -> Document:
    flow = Flow()
    blocks = list(_blocks(flow.items(root) if root is not None else ()))
    faults = dict(flow.faults)
    pictures = faults.pop("picture", 0)
    bare = not any(isinstance(b, Table) for b in blocks)
    if pictures and bare and sum(len(b.text.string) for b in blocks if not isinstance(b, Table)) < _FEW:
        faults["picture-without-text"] = pictures
    found = tuple(Problem(code, _FAULTS[code].format(n)) for code, n in faults.items() if n)
    read = infer_headings(attach_captions(join_continued(blocks)))
    return Document("html", read, problems=problems + found)


def _blocks(items: Iterable[Para | Grid]) -> Iterator[Block]:
    paragraphs = tables = 0
    for item in items:
        if isinstance(item, Grid):
            for grid in (item, *item.nested):
                yield to_table(tables, grid.fields, grid.size, header_rows=grid.header_rows)
                tables += 1
            continue
        text = Text(item.string, Place(part="body", paragraph=paragraphs))
        paragraphs += 1
        if item.level is not None:
            yield Heading(text, item.level)
        else:
            kind: ParagraphKind = "contents" if is_contents(item.string) else "body"
            yield Paragraph(text, "caption" if item.caption else kind)
