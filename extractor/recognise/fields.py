"""Label/value areas: 项目名称 | … pairs of any width, values under their labels, and 标签：值 lines."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

import regex

from extractor.document import Cell, Table, Text
from extractor.facts import Figure
from extractor.recognise.figures import figure
from extractor.recognise.units import unit_in_brackets
from extractor.vocabulary import tight, unnumbered, words

_COLON = regex.compile(r"[:：]")
_GAP = regex.compile(r"\n|\s{2,}|[\t　；;，,。]")
_WIDE_GAP = regex.compile(r"(?:　| {3}){2,}(?=\S)")
_CONCLUSION = "评价结论"
_GRADE = regex.compile(r"[“\"]?(?:优秀?|良好?|中等?|一般|较差|差|不?合格|不?及格)[”\"]?")
_LONGEST_INLINE = 18
_LONGEST_LABEL = 24
_LONGEST_VALUE = 80


def label_of(text: str) -> str:
    """A label's one name: its synonym's, or as printed without colon, numbering and blanks."""
    return words("labels").meaning(text) or tight(unnumbered(text))


def graded(name: str, value: Figure) -> tuple[str, Figure]:
    """A pair of label and value; a conclusion that is a grade alone (自评结论 | 优秀) is the grade."""
    grade = name == _CONCLUSION and _GRADE.fullmatch(tight(value.string))
    return ("绩效等级", value) if grade else (name, value)


def label_pairs(table: Table, row: int) -> Iterator[tuple[str, Figure]]:
    """The pairs of a label and its value in a row."""
    cells = [c for c in table.row(row) if c.row == row]
    certain = any(_known(c) or c.text.flat.endswith((":", "：")) for c in cells)
    position = 0
    while position < len(cells):
        cell = cells[position]
        following = cells[position + 1] if position + 1 < len(cells) else None
        if following is not None and _is_label(cell, position, cells, certain) and not _known(following):
            yield graded(label_of(cell.text.flat), figure(following.text, unit_in_brackets(cell.text.flat)))
            position += 2
            continue
        yield from inline_pairs(cell.text)
        position += 1


def pairs_below(table: Table, row: int) -> list[tuple[str, Figure]]:
    """The pairs of a row of labels whose values stand in the row below; [] if it is no such row."""
    if row + 1 >= table.n_rows:
        return []
    labels = [c for c in table.row(row) if c.row == row and c.text]
    starts = {c.col for c in labels}
    values = [c for c in table.row(row + 1) if c.row == row + 1 and (c.text or c.col in starts)]
    if not labels or [(c.col, c.colspan, c.rowspan) for c in labels] != [
        (c.col, c.colspan, 1) for c in values
    ]:
        return []
    known = [c for c in labels if _known(c)]
    enough = len(known) >= min(2, len(labels)) and len(known) * 3 >= len(labels) * 2
    if not (enough or _names_one_project(table, row, labels)) or any(map(_is_word, values)):
        return []
    if _goes_on_as_list(table, row + 2, values):
        return []
    if any(len(c.text.flat) > _LONGEST_LABEL or c.text.flat.endswith((":", "：")) for c in labels):
        return []
    return [
        graded(label_of(c.text.flat), figure(v.text, unit_in_brackets(c.text.flat)))
        for c, v in zip(labels, values, strict=True)
    ]


def _goes_on_as_list(table: Table, row: int, values: list[Cell]) -> bool:
    """Whether a row goes on with values like those above it: the labels head a list (实施内容 | 开始时间 | …)."""
    cells = [c for c in table.row(row) if c.row == row] if row < table.n_rows and len(values) > 2 else []
    alike = [(c.col, c.colspan) for c in cells] == [(c.col, c.colspan) for c in values]
    return alike and not any(map(_is_word, cells)) and sum(bool(c.text) for c in cells) > len(cells) // 2


def _names_one_project(table: Table, row: int, labels: list[Cell]) -> bool:
    """Whether a row of short words with 项目名称 among them stands over one row of values: a second row of the
    same cells would make it a list, and labels with their values at the side make it pairs."""
    if not any(label_of(c.text.flat) == "项目名称" for c in labels) or len(labels) < 3:
        return False
    pairs = len(labels) % 2 == 0 and not any(_known(a) and _known(b) for a, b in pairwise(labels))
    if pairs or any(len(c.text.flat) > _LONGEST_LABEL // 2 or c.text.flat[0].isdigit() for c in labels):
        return False
    after = [c for c in table.row(row + 2) if c.row == row + 2]
    heads = sum(map(_is_word, after)) * 2 > len(after)
    return bool(after) and (heads or [c.col for c in after] != [c.col for c in labels])


def inline_pairs(text: Text) -> Iterator[tuple[str, Figure]]:
    """The pairs that a text such as 项目单位：…  填报日期：… states by itself, those whose label is a known
    one."""
    if text.string[:1] in "（(" and text.string[-1:] in "）)":
        text = text.cut(1, len(text) - 1)
    marks = list(_marks(text.string))
    for number, (start, colon) in enumerate(marks):
        label = text.string[start:colon]
        known = words("labels").meaning(label)
        end = marks[number + 1][0] if number + 1 < len(marks) else len(text)
        value = _up_to_gap(text.cut(colon + 1, end).strip())
        if known is None or ("\n" in value.string and len(value.string) > _LONGEST_VALUE):
            continue
        yield graded(known, figure(value, unit_in_brackets(label)))


def _up_to_gap(value: Text) -> Text:
    """A value up to a wide gap: what follows (填报单位：某局　　　2019年度) is no part of it."""
    gap = _WIDE_GAP.search(value.string)
    return value.cut(0, gap.start()) if gap else value


def _marks(string: str) -> Iterator[tuple[int, int]]:
    """Where each label begins, and its colon."""
    floor, begun = 0, False
    for found in _COLON.finditer(string):
        colon = found.start()
        start = _label_start(string, floor, colon, begun)
        floor = colon + 1
        if start is not None:
            begun = True
            yield start, colon


def _label_start(string: str, floor: int, colon: int, begun: bool) -> int | None:
    """Where the label before a colon begins: at the text's or line's begin, after a gap, or a known label's
    own begin
    in a text that has begun with one."""
    gap = next(reversed([m.end() for m in _GAP.finditer(string, floor, colon)]), floor)
    label = string[gap:colon].strip()
    if (gap > floor or not floor) and 2 <= len(label) <= _LONGEST_INLINE and not label[0].isdigit():
        return gap
    if not begun:
        return None
    known = words("labels").meaning
    starts = range(max(floor, colon - _LONGEST_INLINE), colon - 2)
    return next((i for i in starts if not string[i].isspace() and known(string[i:colon])), None)


def _is_word(cell: Cell) -> bool:
    """Whether a cell is a label or a column's head, and so no value."""
    return _known(cell) or words("columns").meaning(cell.text.flat) is not None


def _known(cell: Cell) -> bool:
    return words("labels").meaning(cell.text.flat) is not None


def _is_label(cell: Cell, position: int, cells: list[Cell], certain: bool) -> bool:
    """A known label; else a short text that ends with a colon or stands where labels stand (first of each
    pair)."""
    flat = cell.text.flat
    if not flat or len(flat) > _LONGEST_LABEL:
        return False
    if _known(cell) or flat.endswith((":", "：")):
        return True
    if any(True for _ in inline_pairs(cell.text)):
        return False
    if position % 2 or len(cells) % 2 or any(c.isdigit() for c in unnumbered(flat)):
        return False
    return certain or len(cells) == 2
