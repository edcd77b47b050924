"""A part's content in reading order: paragraphs and tables, with what hangs on them after them."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from extractor.parsers.captions import is_contents
from extractor.parsers.word.inline import Found, Inline, Line
from extractor.parsers.word.names import ALTERNATE, REMOVED, WRAPPERS, Element, R, W, chosen, value
from extractor.parsers.word.numbering import Numbering
from extractor.parsers.word.styles import Look, Styles, paragraph_look
from extractor.parsers.word.tables import Content, Grid, read_table

MAX_NESTING = 20
"""Tables and text boxes inside one another (``limit-depth``)."""
_MAX_HEADING = 120
_PAGE_AT_END = re.compile(r"[\s\S]*\S[\s\S]*?(?<![0-9.．%])[-(（]?(?:[0-9]{1,4}|[ivxIVX]{1,6})[-)）]?")


@dataclass(frozen=True, slots=True)
class Para:
    """A paragraph without a place: ``level`` if a heading, ``title`` if centred, ``caption`` by its style."""

    string: str
    level: int | None = None
    contents: bool = False
    title: bool = False
    caption: bool = False


Item = Para | Grid


class Flow:
    """Reads the parts of one document; numbering goes on over all of them in the order that they are read."""

    def __init__(
        self, styles: Styles, numbering: Numbering, found: Found, diagram: Callable[[str], list[str]]
    ) -> None:
        self._styles = styles
        self._numbering = numbering
        self._found = found
        self._diagram = diagram
        self._inline = Inline(styles, found)
        self._held = ""
        self._depth = 0

    def items(self, elements: Iterable[Element]) -> Iterator[Item]:
        """The paragraphs (empty ones too) and tables of successive elements of a body, a cell, a note …"""
        for element in elements:
            tag = element.tag
            if tag == W + "p":
                yield from self._paragraph(element)
            elif tag == W + "tbl":
                yield self._table(element)
            elif tag in WRAPPERS:
                yield from self.items(element)
            elif tag == W + "sdt":
                yield from self.items(element.iterchildren(W + "sdtContent"))
            elif tag == ALTERNATE:
                choice = chosen(element)
                yield from self.items(choice if choice is not None else ())
            elif tag == W + "altChunk":
                self._found.faults["embedded-part"] += 1
            elif tag == W + "sectPr":
                self._section(element)
            elif tag not in REMOVED:
                continue

    def rest(self) -> Iterator[Item]:
        """What is held back at a part's end: a paragraph whose mark was deleted, with no next one to join."""
        if self._held:
            yield Para(self._held)
            self._held = ""

    def _paragraph(self, element: Element) -> Iterator[Item]:
        props = element.find(W + "pPr")
        style_id = value(props, "pStyle")
        look = paragraph_look(props, self._styles.paragraph(style_id))
        in_contents = self._inline.in_contents
        line = self._inline.read(element, look)
        string = self._held + line.string
        self._held = ""
        if props is not None:
            self._section(props.find(W + "sectPr"))
            if _mark_deleted(props):
                self._held = string
                string = ""
        if look.num_id and not self._held:
            string = (self._numbering.next(look.num_id, look.num_level, style_id) + string).rstrip()
        yield _para(string, look, in_contents or self._inline.in_contents)
        yield from self._hanging(line)

    def _hanging(self, line: Line) -> Iterator[Item]:
        """Text boxes and diagrams that hang on a paragraph."""
        for box in line.boxes:
            with _Deeper(self):
                yield from list(self.items(box))
        for relation in line.diagrams:
            for string in self._diagram(relation):
                yield Para(string)

    def _section(self, section: Element | None) -> None:
        """Take down the headers and footers that a section refers to."""
        for child in section if section is not None else ():
            if child.tag in (W + "headerReference", W + "footerReference"):
                self._found.headers.append(child.get(R + "id", ""))

    def _table(self, element: Element) -> Grid:
        with _Deeper(self):
            return read_table(element, self._cell)

    def _cell(self, element: Element) -> Content:
        """A cell's text, a line for each paragraph; what is nested stands in the text as well."""
        held, self._held = self._held, ""
        items = [*self.items(element), *self.rest()]
        self._held = held
        nested = [g for item in items if isinstance(item, Grid) for g in (item, *item.nested)]
        return Content("\n".join(item.string for item in items if item.string), nested)


class _Deeper:
    """Counts how deep tables and text boxes stand in one another."""

    def __init__(self, flow: Flow) -> None:
        self._flow = flow

    def __enter__(self) -> None:
        self._flow._depth += 1
        if self._flow._depth > MAX_NESTING:
            raise RecursionError

    def __exit__(self, *ignored: object) -> None:
        self._flow._depth -= 1


def _mark_deleted(props: Element) -> bool:
    """Whether a paragraph's end was deleted with tracking: it then runs on into the next."""
    mark = props.find(W + "rPr")
    return mark is not None and any(child.tag in REMOVED for child in mark)


def _para(string: str, look: Look, in_contents: bool) -> Para:
    contents = look.contents or is_contents(string)
    if (in_contents or (look.leader and "\t" in string)) and _PAGE_AT_END.fullmatch(string):
        contents = True
    fits = 0 < len(string) <= _MAX_HEADING and not contents
    level = look.level if fits else None
    return Para(string, level, contents, bool(look.centred), look.caption)
