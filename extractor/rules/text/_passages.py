"""Sentences that say the same twice: found by their shingles, set side by side by their words."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import regex
from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from extractor.quantity import normal
from extractor.rules.text._figures import Said, Sentence

_NOISE = regex.compile(r"[\s，,、；;。：:“”\"'‘’《》〈〉<>（）()\[\]【】·\-—－+＋!！?？=＝]")
_EMPTY = regex.compile(r"[的了及和与其经该本共已约均为是达到包含括即，]")
_DIGITS = regex.compile(r"\d+|[①-⑳]")
_SCOPE = regex.compile(
    r"不|未|非|除|含|税|其中|月|季|上半|下半|上年|去年|调整|年初|申报|核定|审定|平均|人均|同比|增加|减少|前|后|第"
)
_HOLE = "\x00"
_SHINGLE = 8
_CROWDED = 12
_ALIKE = 86.0
_LONGEST_GAP = 14


@dataclass(frozen=True)
class Passage:
    """A sentence with each figure replaced by a hole; ``figures`` fill the holes in order."""

    sentence: Sentence
    number: int
    where: str

    @cached_property
    def figures(self) -> tuple[Said, ...]:
        """The figures that may be compared with another passage's."""
        return tuple(f for f in self.sentence.figures if f.alone and not f.quantity.malformed)

    @cached_property
    def skeleton(self) -> str:
        """The sentence's words with a hole for every figure, without blanks, marks and empty words."""
        string, parts, end = self.sentence.string, [], 0
        for said in self.figures:
            parts += [string[end : said.quantity.start], _HOLE]
            end = said.quantity.end
        return str(_EMPTY.sub("", _NOISE.sub("", normal("".join([*parts, string[end:]])))))


def twins(passages: Sequence[Passage]) -> Iterator[tuple[Passage, Passage]]:
    """Pairs of passages that share several stretches of words, each pair once; cost grows with the text's
    length."""
    index: dict[str, list[int]] = {}
    for number, passage in enumerate(passages):
        shared: dict[int, int] = {}
        for shingle in _shingles(passage.skeleton):
            others = index.setdefault(shingle, [])
            for other in others:
                shared[other] = shared.get(other, 0) + 1
            if len(others) < _CROWDED:
                others.append(number)
        for other, count in shared.items():
            if count >= 2:
                yield passages[other], passage


def _shingles(skeleton: str) -> set[str]:
    return {skeleton[i : i + _SHINGLE] for i in range(len(skeleton) - _SHINGLE + 1)}


def paired(one: Passage, other: Passage) -> list[tuple[Said, Said]]:
    """The figures that stand in the same place of two passages; none if the passages are about different
    things."""
    a, b = one.skeleton, other.skeleton
    if fuzz.ratio(a, b, score_cutoff=_ALIKE) == 0 or _DIGITS.findall(a) != _DIGITS.findall(b):
        return []
    found: list[tuple[Said, Said]] = []
    for kind, a0, a1, b0, b1 in _blocks(a, b):
        if kind == "equal":
            found += _filled(one, other, (a0, a1), b0)
        elif not _harmless(a[a0:a1], b[b0:b1]):
            return []
    return found


def _blocks(a: str, b: str) -> Iterator[tuple[str, int, int, int, int]]:
    """What both share (equal), and what stands between (other) as one gap with its span on either side."""
    a0 = b0 = 0
    for op in Indel.opcodes(a, b):
        if op.tag != "equal":
            continue
        if op.src_start > a0 or op.dest_start > b0:
            yield "other", a0, op.src_start, b0, op.dest_start
        yield "equal", op.src_start, op.src_end, op.dest_start, op.dest_end
        a0, b0 = op.src_end, op.dest_end
    if a0 < len(a) or b0 < len(b):
        yield "other", a0, len(a), b0, len(b)


def _harmless(mine: str, theirs: str) -> bool:
    """Whether the words that only one of two passages has leave their meaning as it is; a replaced word
    (城东, 城西)
    names another thing."""
    if mine and theirs:
        return False
    words = mine + theirs
    return len(words) <= _LONGEST_GAP and _SCOPE.search(words) is None and _HOLE not in words


def _filled(one: Passage, other: Passage, span: tuple[int, int], start: int) -> Iterator[tuple[Said, Said]]:
    """The figures of both that fill the holes of a shared stretch."""
    shift = start - span[0]
    for at in range(*span):
        if one.skeleton[at] == _HOLE:
            mine = one.skeleton[:at].count(_HOLE)
            theirs = other.skeleton[: at + shift].count(_HOLE)
            yield one.figures[mine], other.figures[theirs]
