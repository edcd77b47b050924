"""The names of WordprocessingML's elements, and the few ways in which they are asked."""

from __future__ import annotations

from collections.abc import Iterator

from lxml import etree

Element = etree._Element

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
M = "{http://schemas.openxmlformats.org/officeDocument/2006/math}"
R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"

ALTERNATE = MC + "AlternateContent"
WRAPPERS = frozenset(W + name for name in ("ins", "moveTo", "customXml", "smartTag", "sdtContent"))
"""Elements that stand around content without changing it: tracked insertions and the like."""
REMOVED = frozenset(W + name for name in ("del", "moveFrom"))
"""Tracked deletions, and where moved text has left."""

_OFF = ("0", "false", "off", "none")
# Extensions whose content we read; for any other the fallback is meant for us.
_UNDERSTOOD = (
    "http://schemas.microsoft.com/office/word/",
    "http://schemas.microsoft.com/office/drawing/2010/main",
    "urn:schemas-microsoft-com:",
)


def value(parent: Element | None, name: str) -> str | None:
    """The ``w:val`` of a child."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val")


def number(string: str | None, default: int = 0) -> int:
    """An attribute as an integer; ``default`` where it is missing or none."""
    try:
        return int(string) if string else default
    except ValueError:
        return default


def toggle(parent: Element | None, name: str) -> bool | None:
    """Whether a property is on; None where it is not said."""
    found = None if parent is None else parent.find(W + name)
    return None if found is None else found.get(W + "val", "1").lower() not in _OFF


def chosen(alternate: Element) -> Element | None:
    """Of alternative contents the one to read: the first choice understood, else the fallback."""
    choices = alternate.findall(MC + "Choice")
    for choice in choices:
        wanted = [choice.nsmap.get(prefix) or "" for prefix in choice.get("Requires", "").split()]
        if wanted and all(uri.startswith(_UNDERSTOOD) for uri in wanted):
            return choice
    fallback = alternate.find(MC + "Fallback")
    return fallback if fallback is not None else next(iter(choices), None)


def contents(parent: Element) -> Iterator[Element]:
    """The children with everything that merely stands around them taken off."""
    for child in parent:
        if child.tag in WRAPPERS:
            yield from contents(child)
        elif child.tag == W + "sdt":
            inner = child.find(W + "sdtContent")
            if inner is not None:
                yield from contents(inner)
        elif child.tag == ALTERNATE:
            choice = chosen(child)
            if choice is not None:
                yield from contents(choice)
        elif child.tag not in REMOVED:
            yield child
