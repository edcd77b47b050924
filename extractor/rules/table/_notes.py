"""What a document itself says of a difference: a footnote or a line near the table that names 尾差."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import takewhile

import regex

from extractor.claims import Reading
from extractor.document import Block, Paragraph, Table, Text
from extractor.quantity import find, normal
from extractor.rules.table._grid import Grid, Line

_EXPLAINS = regex.compile(r"尾差|尾数|四舍五入|进位|取整|误差")
_NAMED = regex.compile(r"(?:尾差|尾数|误差|差异|相差|差额)\D{0,4}\d")
_NOTE = regex.compile(r"[（(]?(?:注|备注|说明|附注|[*※①-⑨])")
_OVERLAPS = regex.compile(
    r"重复|去重|只计一次|不重复计|交叉|重叠|兼报|不(?:作|做|可)(?:合计|加总|相加)|不等于|[少小]于.{0,8}之和"
)
_NEAR = 6
_LONGEST = 400


def explanation(reading: Reading, grid: Grid, gap: Decimal, half: Decimal, field: Line) -> Text | None:
    """The text that explains a gap: it speaks of 尾差 or rounding and names the gap, or names none and
    the gap is small.

    Small is up to ten times what rounding alone would make. A note on another field says nothing of this one.
    """
    for text in _sentences(_texts(reading, grid.table)):
        if not _speaks_of(normal(text.flat), grid, field):
            continue
        named = [
            q
            for q in find(text.string)
            if q.dimension in ("money", "number") or q.dimension.startswith("count")
        ]
        tolerances = [
            (abs(q.value), Decimal(5).scaleb(-q.precision - 1) if q.precision else q.value * 0) for q in named
        ]
        if any(abs(value - abs(gap)) <= max(spread, half) for value, spread in tolerances):
            return text
        if "四舍五入" in text.string and abs(gap) <= half * 10 and not _NAMED.search(normal(text.string)):
            return text
    return None


def overlap(reading: Reading, grid: Grid, field: Line) -> Text | None:
    """A note right by a table which says that its parts overlap (合计按人剔除重复), of the field or of no other one."""
    for text in _near(reading, grid.table):
        words = normal(text.flat)
        if _NOTE.match(words) and _OVERLAPS.search(words) and _speaks_of(words, grid, field):
            return text
    return None


def _speaks_of(words: str, grid: Grid, field: Line) -> bool:
    """Whether a note names a field, or none of its table."""
    others = {c.label for c in (*grid.columns, *grid.rows) if len(c.label) > 1} - {field.label}
    name = _bare(field.label)
    named = any((n := _bare(label)) and n in words for label in others)
    return not named or (bool(name) and name in words)


def _bare(label: str) -> str:
    """A head without its unit."""
    return label.replace("(", "（").split("（")[0].strip()


def _sentences(texts: Iterable[Text]) -> Iterator[Text]:
    """The sentences that speak of 尾差 or rounding."""
    for text in texts:
        if not _EXPLAINS.search(text.string):
            continue
        start = 0
        for sentence in regex.split(r"(?<=[。；;\n])", text.string):
            if _EXPLAINS.search(sentence):
                yield text.cut(start, start + len(sentence)).strip()
            start += len(sentence)


def _near(reading: Reading, table: Table) -> Iterator[Text]:
    """The paragraphs and footnotes near a table, not those of the tables before and after it."""
    blocks = reading.document.blocks
    at = next((i for i, b in enumerate(blocks) if b is table), len(blocks))
    before = list(takewhile(_is_text, reversed(blocks[max(0, at - 3) : at])))
    of_other = len(before) < min(3, at)  # a note that begins there belongs to the table above
    notes = [b for b in before if not (of_other and isinstance(b, Paragraph) and _NOTE.match(b.text.flat))]
    for block in (*reversed(notes), *takewhile(_is_text, blocks[at + 1 : at + _NEAR + 1])):
        if isinstance(block, Paragraph) and len(block.text) <= _LONGEST:
            yield block.text


def _is_text(block: Block) -> bool:
    return not isinstance(block, Table)


def _texts(reading: Reading, table: Table) -> Iterator[Text]:
    """The paragraphs and footnotes near a table, its remarks, and all footnotes of the document."""
    yield from _near(reading, table)
    for cell in table.cells:
        if 6 < len(cell.text) <= _LONGEST and not cell.text.flat[:1].isdecimal():
            yield cell.text
    for block in reading.document.blocks:
        if isinstance(block, Paragraph) and block.kind == "footnote":
            yield block.text
