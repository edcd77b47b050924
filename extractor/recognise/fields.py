"""Label/value areas: 项目名称 | … pairs of any width, and 标签：值 lines."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import Figure
from extractor.recognise.figures import figure
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import tight, words

_INLINE = regex.compile(r"^\s*(?P<label>[^:：\d]{2,16})\s*[:：]\s*")
_LONGEST_LABEL = 24


def label_of(text: str) -> str:
    """A label's one name: its synonym's, or as printed without colon and blanks."""
    return words("labels").meaning(text) or tight(text)


def label_pairs(table: Table, row: int) -> Iterator[tuple[str, Figure]]:
    """The pairs of a label and its value in a row."""
    cells = [c for c in table.row(row) if c.row == row]
    position = 0
    while position < len(cells):
        cell = cells[position]
        following = cells[position + 1] if position + 1 < len(cells) else None
        if following is not None and _is_label(cell, position, cells) and not _known(following):
            yield label_of(cell.text.flat), figure(following.text, unit_in_brackets(cell.text.flat))
            position += 2
            continue
        pair = inline_pair(cell.text)
        if pair:
            yield pair
        position += 1


def inline_pair(text: Text) -> tuple[str, Figure] | None:
    """The pair that a text such as 项目名称：… states by itself, if its label is a known one."""
    found = _INLINE.match(text.string)
    if not found:
        return None
    label = words("labels").meaning(found["label"])
    value = text.cut(found.end()).strip()
    if label is None or "\n" in value.string[:-1] and len(value.string) > 80:
        return None
    return label, figure(value, unit_in_brackets(found["label"]))


def _known(cell: Cell) -> bool:
    return words("labels").meaning(cell.text.flat) is not None


def _is_label(cell: Cell, position: int, cells: list[Cell]) -> bool:
    """A known label; else a short text that ends with a colon or stands where labels stand (first of each pair)."""
    flat = cell.text.flat
    if not flat or len(flat) > _LONGEST_LABEL:
        return False
    if _known(cell) or flat.endswith((":", "：")):
        return True
    return position % 2 == 0 and len(cells) % 2 == 0 and not any(c.isdigit() for c in flat)
