"""Worksheets (工作底稿): a table about one indicator, its fields as labels on the left or inside the
cells."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise
from typing import Any

import regex

from extractor.document import Table, Text
from extractor.facts import Figure, Indicator
from extractor.recognise.figures import figure, said
from extractor.recognise.names import named
from extractor.vocabulary import words

_FIGURES = {"weight", "target", "actual", "score"}
_POINTS = regex.compile(r"\s*(?P<number>\d{1,3}(?:\.\d{1,3})?)\s*分?\s*(?:$|[，,。；;（(\n])")
_LABEL = regex.compile(r"(?:^|\n)\s*(?P<label>[^\s:：，。；]{2,20})\s*[:：]")
_QUOTED = regex.compile(r"^\s*(?P<code>[A-Z][\d-]*)?\s*[“\"「](?P<name>[^”\"」]{2,40})[”\"」]")


def worksheet_fields(table: Table) -> dict[str, Figure]:
    """The fields of a worksheet: {} if the table is none (it must state a weight or score, and a rule or a
    basis)."""
    if table.n_cols > 4 or table.n_rows > 40:
        return {}
    found: dict[str, Figure] = {}
    for meaning, text in _stated(table):
        value = (
            _points(text)
            if meaning in ("weight", "score")
            else figure(text)
            if meaning in _FIGURES
            else said(text)
        )
        if meaning not in found or found[meaning].blank:
            found[meaning] = value
    if not {"weight", "score"} & set(found) or not {"rule", "basis", "explanation"} & set(found):
        return {}
    return found


def _points(text: Text) -> Figure:
    """The points that a cell begins with: 2分，反映…."""
    found = _POINTS.match(text.string)
    return figure(text.cut(*found.span("number")), "分") if found else figure(text)


def _stated(table: Table) -> Iterator[tuple[str, Text]]:
    """Every label that means something on a worksheet, with what is stated under it."""
    meaning_of = words("worksheet").meaning
    for row in range(table.n_rows):
        cells = [c for c in table.row(row) if c.row == row]
        for left, right in pairwise(cells):
            outer = meaning_of(left.text.flat)
            if outer is None or meaning_of(right.text.flat):
                continue
            inner = list(_inside(right.text))
            yield from inner
            if outer not in {m for m, _ in inner}:
                yield outer, right.text


def _inside(text: Text) -> Iterator[tuple[str, Text]]:
    """The 标签：值 parts of a cell, each up to the next label."""
    marks = [(m, words("worksheet").meaning(m["label"])) for m in _LABEL.finditer(text.string)]
    known = [(m, meaning) for m, meaning in marks if meaning]
    for number, (mark, meaning) in enumerate(known):
        end = known[number + 1][0].start() if number + 1 < len(known) else len(text)
        yield str(meaning), text.cut(mark.end(), end).strip()


def worksheet_name(before: list[Text], fields: dict[str, Figure]) -> Text | None:
    """The indicator that a worksheet is about: from a label 指标名称, else from the title or line before
    it."""
    if "name" in fields and not fields["name"].blank:
        return fields["name"].text
    for text in reversed(before):
        quoted = _QUOTED.match(text.string)
        if quoted:
            start = quoted.start("code") if quoted["code"] else quoted.start("name")
            return text.cut(start, quoted.end("name"))
    for text in reversed(before):
        mark = regex.match(r"[^:：]{2,10}(?:项目|指标)名称\s*[:：]\s*", text.string)
        if mark and named(text.cut(mark.end())).code:
            return text.cut(mark.end()).strip()
    return None


def worksheet_indicator(fields: dict[str, Figure], name: Text, table: Table) -> Indicator:
    """The one row that a worksheet stands for."""
    parts = named(Text(name.string.replace("“", " ").replace("「", " "), name.home, name.ink))
    keep = ("explanation", "target", "actual", "weight", "score", "rule", "source")
    values: dict[str, Any] = {k: v for k, v in fields.items() if k in keep}
    if "basis" in fields:
        values["note"] = fields["basis"]
    return Indicator(parts.name, name, parts.code, place=table.place, **values)
