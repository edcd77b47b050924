"""Fields (page numbers, contents, check boxes …): what they print, not what they are told."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from extractor.parsers.word.names import Element, W, number, toggle, value
from extractor.parsers.word.symbols import symbol

_ENCLOSED = re.compile(r"\\o\s*(?:\\a[lcr]\s*)?\(([^,，;]*)[,，;](.*)\)\s*$", re.IGNORECASE)
_FRACTION = re.compile(r"\\f\s*\(([^,，;()]*)[,，;]([^()]*)\)", re.IGNORECASE)
_SYMBOL = re.compile(r"SYMBOL\s+(0x[0-9a-f]+|\d+)(?:.*\\f\s*\"?([^\"\\]+)\"?)?", re.IGNORECASE)
_CIRCLES = "○◯〇⚪"
_CHINESE = "一二三四五六七八九十"


@dataclass(slots=True)
class Field:
    """A field that has begun: its code, whether its result has and printed anything, its form's data."""

    code: list[str] = field(default_factory=list)
    in_result: bool = False
    printed: bool = False
    form: Element | None = None

    @property
    def instruction(self) -> str:
        """The code as a string."""
        return "".join(self.code).strip()

    @property
    def makes_contents(self) -> bool:
        """Whether it is a table of contents."""
        return self.instruction.upper().startswith("TOC")

    def drawn(self) -> str:
        """What a field shows that has no result of its own: a check box, a list's entry, a circled number."""
        if self.form is not None:
            return _form(self.form)
        if self.printed:
            return ""
        code = self.instruction
        if code.upper().startswith("EQ"):
            return _equation(code)
        sign = _SYMBOL.match(code)
        return (symbol((sign[2] or "").strip(), int(sign[1], 0)) or "") if sign else ""


def _form(form: Element) -> str:
    """A legacy check box; drop-down lists carry an index of their entry."""
    box = form.find(W + "checkBox")
    if box is not None:
        on = toggle(box, "checked")
        return "☑" if (toggle(box, "default") if on is None else on) else "☐"
    entries = [entry.get(W + "val", "") for entry in form.findall(f"{W}ddList/{W}listEntry")]
    chosen = number(value(form.find(W + "ddList"), "result"))
    return entries[chosen] if 0 <= chosen < len(entries) else ""


def _equation(code: str) -> str:
    r"""An EQ field: ``eq \o\ac(○,1)`` is ①, ``eq \f(1,2)`` is 1/2."""
    enclosed = _ENCLOSED.search(code)
    if enclosed:
        around, inner = enclosed[1].strip(), enclosed[2].strip()
        return _circled(inner) if around in _CIRCLES else inner
    fraction = _FRACTION.search(code)
    return f"{fraction[1].strip()}/{fraction[2].strip()}" if fraction else ""


def _circled(inner: str) -> str:
    if inner.isdecimal() and 1 <= int(inner) <= 20:
        return chr(ord("①") + int(inner) - 1)
    return chr(ord("㊀") + _CHINESE.index(inner)) if inner and inner in _CHINESE else f"({inner})"
