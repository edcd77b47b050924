"""Rows that hold several indicators in one cell, one to a numbered line: 1.培训期数 / 2.培训人次 beside 1.12期 /
2.300人次."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise
from typing import Any

import regex

from extractor.document import Text
from extractor.facts import Figure, Indicator
from extractor.quantity import read
from extractor.recognise.figures import figure, said
from extractor.recognise.names import named

_NUMBER = regex.compile(
    r"(?:^|(?<=[\n；;]))\s*+(?:[（(]?(?P<digits>\d{1,2})[.．、)）]|(?P<circled>[①-⑳]))\s*+"
)
_MEASURED = ("target", "actual", "rate")
_TEXTS = ("explanation", "rule", "source", "deviation", "note")
_FEWEST = 2


def parted(row: Indicator) -> list[Indicator]:
    """The indicators that a row holds: itself, or one for each numbered line of its name, if its target or its
    actual value has as many. What has one text for all of them stays with the first."""
    names = numbered_lines(row.label)
    if len(names) < _FEWEST:
        return [row]
    values = {m: _lines(value.text, len(names)) for m in _MEASURED if (value := row.get(m)) is not None}
    if not any(values.get(m) for m in ("target", "actual")):
        return [row]
    texts = {m: numbered_lines(value.text) for m in _TEXTS if (value := row.get(m)) is not None}
    said_of_each = {m: lines for m, lines in texts.items() if len(lines) == len(names)}
    return [_part(row, n, name, values, said_of_each) for n, name in enumerate(names)]


def numbered_lines(text: Text) -> list[Text]:
    """The numbered lines of a text without their numbers, if these count from 1 to its end; else []."""
    marks = list(_NUMBER.finditer(text.string))
    wanted = 1
    kept = []
    for mark in marks:
        number = int(mark["digits"]) if mark["digits"] else ord(mark["circled"]) - ord("①") + 1
        if number == wanted:
            kept.append(mark)
            wanted += 1
    if not kept or kept[0].start() != 0:
        return []
    ends = [mark.start() for mark in kept[1:]] + [len(text)]
    lines = [text.cut(mark.end(), end).strip() for mark, end in zip(kept, ends, strict=True)]
    return [_unmarked(line) for line in lines] if all(line.string for line in lines) else []


def _unmarked(line: Text) -> Text:
    """A line without the semicolon or full stop that ends it."""
    end = len(line.string.rstrip("；;。 \n"))
    return line.cut(0, end) if 0 < end < len(line) else line


def _lines(text: Text, count: int) -> list[Text]:
    """The lines of a value, as many as there are names: numbered, or each a figure by itself; else []."""
    lines = numbered_lines(text)
    if len(lines) == count:
        return lines
    plain = [part for part in _feeds(text) if part.string]
    return plain if len(plain) == count and all(read(part.string) for part in plain) else []


def _feeds(text: Text) -> list[Text]:
    """A text cut at its line feeds."""
    edges = [-1, *(n for n, c in enumerate(text.string) if c == "\n"), len(text)]
    return [text.cut(a + 1, b).strip() for a, b in pairwise(edges)]


def _part(
    row: Indicator, number: int, name: Text, values: dict[str, list[Text]], texts: dict[str, list[Text]]
) -> Indicator:
    parts = named(name)
    fields: dict[str, Figure | None] = {m: figure(lines[number]) for m, lines in values.items() if lines}
    fields |= {m: said(lines[number]) for m, lines in texts.items()}
    if number:
        shared: tuple[Any, ...] = ("weight", "score", *(m for m, lines in values.items() if not lines))
        fields |= dict.fromkeys(shared)
    return replace(row, name=parts.name, label=name, **fields)  # type: ignore[arg-type]
