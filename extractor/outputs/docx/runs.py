"""The runs that print a cited text, cut out of longer ones so that a comment covers just that text."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from copy import deepcopy
from typing import NamedTuple

from extractor.outputs.spot import spot
from extractor.parsers.word.names import REMOVED, Element, W

_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
_APART = REMOVED | {W + "txbxContent", W + "rPr", W + "pPr"}  # what prints elsewhere, or not at all
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"


class _Char(NamedTuple):
    """A printed character: its run, its w:t and its offset there."""

    run: Element
    text: Element
    offset: int


def cited_runs(
    elements: Sequence[Element], text: str, quote: str, label: str = "", rest: int | None = None
) -> list[Element]:
    """The runs, in order, that print ``text`` in a paragraph or in cells; all where it is not found.

    Of several occurrences it is the one that `spot` chooses. Runs are split where the text begins and ends; an
    empty run is made where there is none.
    """
    every = [run for element in elements for run in _runs(element)]
    texts = [(run, t) for run in every for t in run.iterchildren(W + "t")]
    chars = [_Char(run, t, n) for run, t in texts for n in range(_printed(t))]
    found = spot("".join((char.text.text or "")[char.offset] for char in chars), text, quote, label, rest)
    if found is None:
        return every or _made(elements[0])
    first, last = chars[found[0]], chars[found[1] - 1]
    _split_after(last)
    first_run = _split_before(first)
    same = first.run is last.run
    return [first_run] if same else [first_run, last.run]


def _runs(parent: Element) -> Iterator[Element]:
    for child in parent:
        if child.tag == W + "r":
            yield child
        elif isinstance(child.tag, str) and child.tag not in _APART and child.tag != _FALLBACK:
            yield from _runs(child)


def _printed(text: Element) -> int:
    """How many characters print; blanks at the ends that do not (no xml:space="preserve") are taken away."""
    string = text.text or ""
    if text.get(_SPACE) != "preserve" and string != string.strip():
        text.text = string.strip()
    return len(text.text or "")


def _split_after(char: _Char) -> None:
    """Moves what follows a character in its run into a run of its own behind it."""
    run, text, offset = char
    at = list(run).index(text)
    tail = deepcopy(run)
    run.addnext(tail)
    for n, child in enumerate(list(tail)):
        if n < at and child.tag != W + "rPr":
            tail.remove(child)
    for child in list(run)[at + 1 :]:
        run.remove(child)
    _keep(tail[_index(tail)], offset + 1, None)
    _keep(text, 0, offset + 1)
    _drop_if_empty(tail)


def _split_before(char: _Char) -> Element:
    """Moves what precedes a character in its run into a run before it; gives the character's run."""
    run, text, offset = char
    at = list(run).index(text)
    lead = deepcopy(run)
    run.addprevious(lead)
    for child in list(lead)[at + 1 :]:
        lead.remove(child)
    for child in list(run)[:at]:
        if child.tag != W + "rPr":
            run.remove(child)
    _keep(lead[at], 0, offset)
    _keep(text, offset, None)
    _drop_if_empty(lead)
    return run


def _index(run: Element) -> int:
    """Where a run's content begins."""
    return 1 if len(run) and run[0].tag == W + "rPr" else 0


def _keep(text: Element, start: int, end: int | None) -> None:
    text.text = (text.text or "")[start:end]
    text.set(_SPACE, "preserve")


def _drop_if_empty(run: Element) -> None:
    left = [
        child for child in run if child.tag != W + "rPr" and not (child.tag == W + "t" and not child.text)
    ]
    parent = run.getparent()
    if not left and parent is not None:
        parent.remove(run)


def _made(element: Element) -> list[Element]:
    """An empty run at the end of the element's first paragraph; none without a paragraph."""
    paragraph = element if element.tag == W + "p" else next(element.iter(W + "p"), None)
    if paragraph is None:
        return []
    run = paragraph.makeelement(W + "r")
    paragraph.append(run)
    return [run]
