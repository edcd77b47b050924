"""What stands inside a paragraph: runs, fields, symbols, formulas; text boxes are set aside."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field

from extractor.parsers.word.fields import Field
from extractor.parsers.word.formula import formula
from extractor.parsers.word.names import (
    ALTERNATE,
    WRAPPERS,
    Element,
    M,
    R,
    W,
    chosen,
    toggle,
)
from extractor.parsers.word.styles import Look, Styles
from extractor.parsers.word.symbols import readable, symbol, unread

_A = "{http://schemas.openxmlformats.org/drawingml/2006/main}"
_GRAPHIC = _A + "graphicData"
_DIAGRAM = "{http://schemas.openxmlformats.org/drawingml/2006/diagram}relIds"
_INLINE = WRAPPERS | {W + name for name in ("hyperlink", "fldSimple", "dir", "bdo", "sdt")}
_NOTES = {W + "footnoteReference": "footnotes", W + "endnoteReference": "endnotes"}
_NOTES[W + "commentReference"] = "comments"
_SIGNS = {W + "tab": "\t", W + "ptab": "\t", W + "cr": "\n", W + "noBreakHyphen": "-"}
_UNPRINTED_BREAKS = ("page", "column")


@dataclass(slots=True)
class Found:
    """What the paragraphs lead to: notes in the order of their marks, headers, faults by code."""

    notes: dict[str, list[str]] = field(default_factory=dict)
    faults: Counter[str] = field(default_factory=Counter)
    headers: list[str] = field(default_factory=list)


@dataclass(slots=True)
class Line:
    """A paragraph as read: its text, the text boxes that hang on it, the diagrams it shows (relation ids)."""

    parts: list[str] = field(default_factory=list)
    boxes: list[Element] = field(default_factory=list)
    diagrams: list[str] = field(default_factory=list)

    @property
    def string(self) -> str:
        """The text, without blanks at its ends."""
        return "".join(self.parts).strip()


class Inline:
    """Reads the paragraphs of one part in order; fields may go on from one to the next."""

    def __init__(self, styles: Styles, found: Found) -> None:
        self._styles = styles
        self._found = found
        self._fields: list[Field] = []
        self._line = Line()
        self._look = Look()
        self._run_children: dict[str, Callable[[Element, str | None], None]] = {
            W + "t": self._text,
            W + "sym": self._symbol,
            W + "br": self._break,
            W + "fldChar": self._field,
            W + "instrText": self._instruction,
            W + "ruby": self._ruby,
            W + "drawing": self._drawing,
            W + "pict": self._drawing,
            W + "object": self._object,
            ALTERNATE: self._alternate,
        }

    def read(self, paragraph: Element, look: Look) -> Line:
        """The text of a paragraph whose style looks so, and what hangs on it."""
        self._line, self._look = Line(), look
        self._children(paragraph)
        # A field still in its code at the paragraph's end was cut off; what follows must not vanish with it.
        while self._fields and not self._fields[-1].in_result:
            self._fields.pop()
        self._found.faults["private-use"] += unread(self._line.string)
        return self._line

    @property
    def in_contents(self) -> bool:
        """Whether a table of contents has begun and not ended."""
        return any(f.makes_contents for f in self._fields)

    def _children(self, parent: Element) -> None:
        for child in parent:
            tag = child.tag
            if tag == W + "r":
                self._run(child)
            elif tag in _INLINE:
                self._children(child)
            elif tag in (M + "oMath", M + "oMathPara"):
                self._put(formula(child))
            elif tag == ALTERNATE:
                choice = chosen(child)
                if choice is not None:
                    self._children(choice)

    def _run(self, run: Element) -> None:
        props = run.find(W + "rPr")
        font = None
        if props is not None:
            if self._hidden(props):
                self._fields_only(run)
                return
            fonts = props.find(W + "rFonts")
            font = None if fonts is None else fonts.get(W + "ascii") or fonts.get(W + "hAnsi")
        elif self._look.hidden:
            self._fields_only(run)
            return
        self._read_run(run, font)

    def _read_run(self, run: Element, font: str | None) -> None:
        for child in run:
            read = self._run_children.get(child.tag)
            if read is not None:
                read(child, font)
            elif child.tag in _SIGNS:
                self._put(_SIGNS[child.tag])
            elif child.tag in _NOTES and not self._in_code():
                notes = self._found.notes.setdefault(_NOTES[child.tag], [])
                notes.append(child.get(W + "id", ""))

    def _hidden(self, props: Element) -> bool:
        own = toggle(props, "vanish")
        if own is None:
            style = props.find(W + "rStyle")
            own = None if style is None else self._styles.run(style.get(W + "val")).hidden
        return bool(self._look.hidden if own is None else own)

    def _fields_only(self, run: Element) -> None:
        """Of a hidden run only where fields begin and end."""
        for child in run.iterchildren(W + "fldChar"):
            self._field(child, None)

    def _in_code(self) -> bool:
        return any(not f.in_result for f in self._fields)

    def _put(self, string: str) -> None:
        """Print a string, unless it stands in a field's code."""
        if self._fields and self._in_code():
            self._fields[-1].code.append(string)
            return
        if string and self._fields:
            for f in self._fields:
                f.printed = True
        self._line.parts.append(string)

    def _text(self, element: Element, font: str | None) -> None:
        string = element.text or ""
        if element.get("{http://www.w3.org/XML/1998/namespace}space") != "preserve":
            string = string.strip(" \t\r\n")
        self._put(readable(string.replace("\n", " "), font))

    def _symbol(self, element: Element, font: str | None) -> None:
        try:
            code = int(element.get(W + "char", ""), 16)
        except ValueError:
            return
        if 0 < code < 0xD800 or 0xE000 <= code < 0x110000:
            self._put(symbol(element.get(W + "font") or font, code) or chr(code))

    def _break(self, element: Element, font: str | None) -> None:
        if element.get(W + "type") not in _UNPRINTED_BREAKS or self._line.string:
            self._put("\n")

    def _field(self, element: Element, font: str | None) -> None:
        kind = element.get(W + "fldCharType")
        if kind == "begin":
            self._fields.append(Field(form=_form_data(element)))
        elif kind == "separate" and self._fields:
            self._fields[-1].in_result = True
        elif kind == "end" and self._fields:
            ended = self._fields.pop()
            self._put(ended.drawn())

    def _instruction(self, element: Element, font: str | None) -> None:
        if self._fields:
            self._fields[-1].code.append(element.text or "")

    def _ruby(self, element: Element, font: str | None) -> None:
        base = element.find(W + "rubyBase")
        if base is not None:
            self._children(base)

    def _alternate(self, element: Element, font: str | None) -> None:
        choice = chosen(element)
        if choice is not None:
            self._read_run(choice, font)

    def _object(self, element: Element, font: str | None) -> None:
        """An embedded sheet or formula is only a picture here."""
        self._found.faults["embedded-object"] += 1
        self._drawing(element, font)

    def _drawing(self, element: Element, font: str | None) -> None:
        """Text boxes in a drawing, each once; what else is drawn is counted."""
        for child in element:
            if child.tag == W + "txbxContent":
                self._line.boxes.append(child)
            elif child.tag == ALTERNATE:
                choice = chosen(child)
                if choice is not None:
                    self._drawing(choice, font)
            elif child.tag == _GRAPHIC and child.get("uri", "").endswith("/chart"):
                self._found.faults["chart-unread"] += 1
            elif child.tag == _DIAGRAM:
                self._line.diagrams.append(child.get(R + "dm", ""))
            else:
                if isinstance(child.tag, str) and child.tag.endswith(("}blip", "}imagedata")):
                    self._found.faults["picture"] += 1
                self._drawing(child, font)


def _form_data(begin: Element) -> Element | None:
    """The data of a form's check box or drop-down list."""
    data = begin.find(W + "ffData")
    if data is None or (data.find(W + "checkBox") is None and data.find(W + "ddList") is None):
        return None
    return data
