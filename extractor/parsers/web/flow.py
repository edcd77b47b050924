"""A page's content in reading order: lines of text and tables."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from lxml import etree

from extractor.parsers.web.tables import MAX_SPAN, Grid, Slot, lay_out

Element = etree._Element

_HIDDEN = frozenset(
    ("script", "style", "template", "noscript", "head", "title", "iframe", "object", "svg", "datalist")
)
_BLOCKS = frozenset(
    (
        *("address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details"),
        *("dialog", "div", "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "header"),
        *("h1", "h2", "h3", "h4", "h5", "h6", "hgroup", "hr", "html", "legend", "li", "main", "menu", "nav"),
        *("ol", "p", "pre", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul"),
    )
)
_BLANKS = re.compile(r"[ \t\r\n\f]+")
_WIDE = r"[\u2e80-\u9fff\u3000-\u303f\uff00-\uffef]"
# A line feed in the source between two Chinese characters is the writer's editor, not a blank.
_SOURCE_BREAK = re.compile(rf"(?<={_WIDE})[ \t]*\r?\n[ \t\r\n]*(?={_WIDE})")
_MAX_ROWSPAN = 65_534
_UNSHOWN = ("hidden", "submit", "button", "image", "file", "password", "reset")


@dataclass(frozen=True, slots=True)
class Para:
    """A line of text without a place yet: ``level`` if it is a heading, ``caption`` of a table."""

    string: str
    level: int | None = None
    caption: bool = False


Item = Para | Grid


class Flow:
    """Reads one page; ``faults`` counts pictures and limits."""

    def __init__(self) -> None:
        self.faults: Counter[str] = Counter()
        self._inline: list[str] = []
        self._items: Counter[Element] = Counter()  # of each ordered list

    def items(self, root: Element) -> Iterator[Item]:
        """The lines that are not empty, and the tables."""
        yield from self._element(root)
        yield from self._line()

    def _element(self, element: Element) -> Iterator[Item]:
        tag = _tag(element)
        if tag in _HIDDEN or _is_hidden(element):
            return
        if tag == "table":
            yield from self._line()
            yield from self._table(element)
        elif tag in _BLOCKS:
            yield from self._line()
            self._number(element, tag)
            yield from self._children(element)
            level = int(tag[1]) if len(tag) == 2 and tag[1].isdigit() else None
            yield from self._line(level, tag == "caption")
        else:
            self._control(element, tag)
            yield from self._children(element)

    def _children(self, element: Element) -> Iterator[Item]:
        self._text(element.text)
        for child in element:
            if isinstance(child.tag, str):
                yield from self._element(child)
            self._text(child.tail)

    def _text(self, text: str | None) -> None:
        if text:
            self._inline.append(_BLANKS.sub(" ", _SOURCE_BREAK.sub("", text)))

    def _line(self, level: int | None = None, caption: bool = False) -> Iterator[Para]:
        """What has gathered since the last block began or ended."""
        string = re.sub(r" ?\n ?", "\n", re.sub(r" {2,}", " ", "".join(self._inline))).strip()
        self._inline.clear()
        if string:
            yield Para(string, level, caption)

    def _number(self, element: Element, tag: str) -> None:
        """The number of an item in an ordered list."""
        parent = element.getparent()
        if tag != "li" or parent is None or _tag(parent) != "ol":
            return
        before = self._items[parent]
        self._items[parent] += 1
        start = parent.get("start", "1")
        first = int(start) if re.fullmatch(r"-?\d{1,6}", start) else 1
        self._inline.append(f"{first + before}. ")

    def _control(self, element: Element, tag: str) -> None:
        """What a form's fields show."""
        kind = element.get("type", "text").lower()
        if tag == "br":
            self._inline.append("\n")
        elif tag == "img":
            self.faults["picture"] += 1
            self._inline.append(element.get("alt", "") if element.get("src") is None else "")
        elif tag == "input" and kind in ("checkbox", "radio"):
            signs = "☐☑" if kind == "checkbox" else "○◉"
            self._inline.append(signs[element.get("checked") is not None])
        elif tag == "input" and kind not in _UNSHOWN:
            self._inline.append(element.get("value", ""))

    def _table(self, table: Element) -> Iterator[Item]:
        """A table's caption and grid, or what it holds when it only lays out the page."""
        captions = [e for e in table if _tag(e) == "caption"]
        for caption in captions:
            yield from self._element(caption)
        rows = list(_rows(table))
        if _lays_out(table, rows):
            for row in rows:
                for cell in _cells(row):
                    yield from self._element(cell)
            return
        nested: list[Grid] = []
        slots = [[self._slot(cell, nested) for cell in _cells(row)] for row in rows if not _is_hidden(row)]
        grid = lay_out([row for row in slots if row], _header_rows(rows), nested)
        self.faults["limit-table"] += grid.cut
        if grid.fields:
            yield grid

    def _slot(self, cell: Element, nested: list[Grid]) -> Slot:
        """A cell's text, a line for each paragraph in it; what is nested stands in the text as well."""
        outer, self._inline = self._inline, []
        items = list(self._element(cell))
        self._inline = outer
        nested.extend(g for item in items if isinstance(item, Grid) for g in (item, *item.nested))
        colspan = _span(cell, "colspan")
        if colspan > MAX_SPAN:
            self.faults["limit-columns"] += 1
        string = "\n".join(item.string for item in items)
        return Slot(string, min(_span(cell, "rowspan"), _MAX_ROWSPAN), min(max(colspan, 1), MAX_SPAN))


def _tag(element: Element) -> str:
    return element.tag.rpartition("}")[2].lower() if isinstance(element.tag, str) else ""


def _is_hidden(element: Element) -> bool:
    style = element.get("style", "").replace(" ", "").lower()
    return element.get("hidden") is not None or "display:none" in style or "mso-hide:all" in style


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, those of its foot last."""
    parts = [e for e in table if _tag(e) in ("thead", "tbody", "tfoot", "tr")]
    for part in sorted(parts, key=lambda e: (_tag(e) != "thead", _tag(e) == "tfoot")):
        if _tag(part) == "tr":
            yield part
        else:
            yield from (row for row in part if _tag(row) == "tr")


def _cells(row: Element) -> list[Element]:
    return [e for e in row if _tag(e) in ("td", "th") and not _is_hidden(e)]


def _header_rows(rows: list[Element]) -> int:
    """How many rows at the top stand in thead or consist of th."""
    count = 0
    for row in rows:
        parent = row.getparent()
        in_head = parent is not None and _tag(parent) == "thead"
        if not in_head and not all(_tag(cell) == "th" for cell in _cells(row)):
            break
        count += 1
    return count if count < len(rows) else 0


def _lays_out(table: Element, rows: list[Element]) -> bool:
    """Whether a table only places things on the page: tables inside, and one cell with content in a row."""
    if next((e for e in table.iterdescendants("table")), None) is None:
        return False
    return all(sum(any(t.strip() for t in map(str, c.itertext())) for c in _cells(row)) <= 1 for row in rows)


def _span(cell: Element, name: str) -> int:
    """A span as stated, 1 if it is none; browsers read the digits that it begins with."""
    digits = re.match(r"\s*(\d{1,12})", cell.get(name, ""))
    return int(digits[1]) if digits else 1
