"""The figures of a sentence, each with the words that lead to it: what 勾稽 inside prose is made of."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure
from extractor.quantity import Interval, Quantity, find
from extractor.recognise.prose import passages

_SENTENCE = regex.compile(r"[^。！？!?\n]+[。！？!?\n]?")
_CLAUSE = regex.compile(r"[，,、；;：:（(）)。\n]")
_BRACKET = regex.compile(r"[（(][^（）()]*[)）]")
_OPEN, _CLOSE = "（([〔【", "）)]〕】"
_SHORTEST = 8


@dataclass(frozen=True, slots=True)
class Said:
    """A figure of a sentence: ``before`` are the words since the figure before it (bracketed ones left out),
    ``lead`` those of its own clause, ``after`` the characters behind it; ``depth`` counts the brackets that
    it stands in, ``room`` tells them apart."""

    quantity: Quantity
    text: Text
    before: str
    lead: str
    after: str
    depth: int
    room: int

    @property
    def string(self) -> str:
        return self.quantity.text

    @property
    def family(self) -> str:
        """What may be set in proportion to it: money, count, time, score, number …"""
        return self.quantity.dimension.split("/")[0].partition(":")[0]

    @property
    def alone(self) -> bool:
        """Whether it is a plain figure: no limit, no range."""
        return self.quantity.op in ("", "=", "~") and self.quantity.upper is None

    @property
    def base(self) -> Interval:
        """What it stands for in base units."""
        return self.quantity.base()

    def figure(self) -> Figure:
        return Figure(self.text, self.quantity)


@dataclass(frozen=True)
class Sentence:
    """A sentence with its figures; ``around`` are the paragraph it stands in and the one before it."""

    text: Text
    section: str
    block: int
    around: tuple[str, ...]

    @cached_property
    def figures(self) -> tuple[Said, ...]:
        """Every figure of the sentence, in order."""
        return tuple(_said(self.text))

    @property
    def string(self) -> str:
        return self.text.string

    def cut(self, start: int, end: int) -> Text:
        """A part of the sentence with its place."""
        return self.text.cut(start, end)

    @cached_property
    def nearby(self) -> tuple[Quantity, ...]:
        """The figures of the paragraph and the one before it."""
        return tuple(q for string in self.around for q in figures_of(string))


def sentences(reading: Reading) -> Iterator[Sentence]:
    """Every sentence of the prose and of long cells that may hold figures."""
    before = ""
    for block, section, text in passages(reading.document):
        if len(text) >= _SHORTEST:
            for match in _SENTENCE.finditer(text.string):
                if any(c.isdigit() for c in match[0]):
                    yield Sentence(text.cut(*match.span()), section, block, (before, text.string))
            before = text.string


def paragraphs(reading: Reading) -> Iterator[Sentence]:
    """Every paragraph and long cell that may hold figures, as one sentence."""
    for block, section, text in passages(reading.document):
        if len(text) >= _SHORTEST and any(c.isdigit() for c in text.string):
            yield Sentence(text, section, block, (text.string,))


def in_part(sentence: Sentence, number: int) -> list[Said]:
    """The figures before one, in its part of the sentence (parts end at semicolons)."""
    found: list[Said] = []
    for said in reversed(sentence.figures[: number + 1]):
        found.append(said)
        if regex.search(r"[；;]", said.before):
            break
    return found[:0:-1]


def figures_of(string: str) -> list[Quantity]:
    """The figures of a text, where it has one in digits."""
    return find(string) if any(c.isdigit() for c in string) else []


def _said(text: Text) -> Iterator[Said]:
    string = text.string
    depths = list(_depths(string))
    end = 0
    for quantity in find(string):
        depth, room = depths[quantity.start]
        words = _BRACKET.sub("", string[end : quantity.start])
        lead = _CLAUSE.split(words)[-1]
        yield Said(
            quantity,
            text.cut(quantity.start, quantity.end),
            words,
            lead.strip(),
            string[quantity.end : quantity.end + 12],
            depth,
            room,
        )
        end = quantity.end


def _depths(string: str) -> Iterator[tuple[int, int]]:
    """For every character how many brackets are open, and the number of the bracket that it stands in."""
    depth, room, count = 0, [0], 0
    for char in string:
        if char in _OPEN:
            depth, count = depth + 1, count + 1
            room.append(count)
        elif char in _CLOSE and depth:
            depth -= 1
            room.pop()
        yield depth, room[-1]
