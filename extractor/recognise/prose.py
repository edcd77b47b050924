"""Statements in prose: the sentence patterns applied to paragraphs and to the long cells of tables."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.document import Document, Heading, Paragraph, Table, Text
from extractor.facts import Statement
from extractor.vocabulary import Sentences, sentence_sets

_END = "。！？!?\n"
_LONG_CELL = 16
_SUBJECT_LINE = regex.compile(r"^\s*[（(\d)）.、\s]{0,8}[A-Z]\d{1,4}(?:[-－—]\d{1,3}){0,3}(?![\dA-Za-z])")
_QUOTED_LINE = regex.compile(
    r"^\s*[“\"「『][^”\"」』\n]{2,50}[”\"」』]\s*(?:指标)?\s*(?:的)?(?:指标)?(?:权重|分值|满分|得分)"
)
_GOALS_LINE = regex.compile(
    r"^\s*(?:[（(]?[一二三四五六七八九十\d]{1,3}[)）、.．]\s*)?(?P<head>[一-鿿]{0,10}目标(?:情况|内容|设定|设置)?)\s*[。：:]"
)
_SHORT = 60
_NARROW = str.maketrans("＝％", "=%")
LONGEST = 2000
"""Characters of a text read as one. A longer one is read piece by piece: nothing is lost of it, and what looks at
all pairs of figures of a text takes a time that grows with the text's length alone."""
_STOPS = ("。！？!?\n", "；;", "，,、", " ")


def read_prose(document: Document) -> tuple[Statement, ...]:
    """Every statement of a document's paragraphs and long cells, in reading order."""
    found: list[Statement] = []
    for number, section, text in passages(document):
        found.extend(statements(text, section, number))
    return tuple(found)


def passages(document: Document) -> Iterator[tuple[int, str, Text]]:
    """The texts that may state something: block number, the heading or indicator line that they stand
    under, text."""
    section = ""
    for number, block in enumerate(document.blocks):
        if isinstance(block, Heading):
            section = block.text.flat
            for piece in _pieces(block.text):
                yield number, section, piece
        elif isinstance(block, Paragraph):
            if block.kind in ("contents", "header", "footer"):
                continue
            section = _subject_line(block.text) or section
            goals = _GOALS_LINE.match(block.text.string)
            for piece in _pieces(block.text):
                yield number, goals["head"] if goals else section, piece
        elif isinstance(block, Table):
            for cell in block.cells:
                if len(cell.text) >= _LONG_CELL:
                    for piece in _pieces(cell.text):
                        yield from _in_cell(number, piece)


def _pieces(text: Text) -> Iterator[Text]:
    """A text, cut where a sentence ends if it is long; else where a clause or a word does."""
    start, string = 0, text.string
    while len(string) - start > LONGEST:
        ends = (max(string.rfind(mark, start, start + LONGEST) for mark in marks) for marks in _STOPS)
        end = next((end + 1 for end in ends if end > start), start + LONGEST)
        yield text.cut(start, end)
        start = end
    yield text.cut(start) if start else text


def _subject_line(text: Text) -> str:
    """The words by which a paragraph says what it and the ones after it are about; "" if it does not.

    A line that begins with a code does (B14 …), and a first sentence such as “B14 …”指标权重 3 分。"""
    first = text.string.split("。", 1)[0]
    return (
        first.strip()
        if len(first) <= _SHORT and (_SUBJECT_LINE.match(first) or _QUOTED_LINE.match(first))
        else ""
    )


def _in_cell(number: int, text: Text) -> Iterator[tuple[int, str, Text]]:
    """The stretches of a cell: a short line that begins with a code heads what follows it there."""
    heads = [line for line in text.lines() if len(line) <= _SHORT and _subject_line(line)]
    if not heads:
        yield number, "", text
        return
    starts = [text.string.find(head.string) for head in heads]
    yield number, "", text.cut(0, starts[0])
    for head, start, end in zip(heads, starts, [*starts[1:], len(text)], strict=True):
        yield number, head.flat, text.cut(start, end)


def statements(text: Text, section: str = "", block: int = 0) -> Iterator[Statement]:
    """What one text states, by every pattern set."""
    cues = text.string.translate(_NARROW)
    for patterns in sentence_sets():
        yield from _of_set(patterns, text, section, block, cues)


def _of_set(patterns: Sentences, text: Text, section: str, block: int, cues: str) -> Iterator[Statement]:
    """The statements of one set: a stretch read by one pattern is not read again by a later one of the
    set. ``cues`` is the text with its signs in one width, where the patterns' cues are looked for."""
    taken: list[tuple[int, int]] = []
    found: list[tuple[int, Statement]] = []
    for pattern in patterns.patterns:
        if pattern.cue and pattern.cue not in cues:
            continue
        for match in pattern.expression.finditer(text.string):
            start, end = match.span()
            if start == end or any(s < end and start < e for s, e in taken):
                continue
            taken.append((start, end))
            parts = {
                k: text.cut(*match.span(k)).strip() for k, v in match.groupdict().items() if v is not None
            }
            first, sentence = _sentence(text, start, end)
            at = max(start - first, 0)
            said = Statement(patterns.name, pattern.name, parts, sentence, section, block, at)
            found.append((start, said))
    for _, statement in sorted(found, key=lambda f: f[0]):
        yield statement


def _sentence(text: Text, start: int, end: int) -> tuple[int, Text]:
    """The sentence around a stretch of text, and where it begins in the text."""
    string = text.string
    first = max((string.rfind(mark, 0, start) for mark in _END), default=-1) + 1
    stops = [p for mark in _END if (p := string.find(mark, end)) >= 0]
    last = min(stops, default=len(string) - 1) + 1
    blank = len(string[first:last]) - len(string[first:last].lstrip())
    return first + blank, text.cut(first, last).strip()
