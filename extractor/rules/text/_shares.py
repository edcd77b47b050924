"""Shares told side by side of one whole that is told before them: 支出 A。甲 B，占 60%；乙 C，占 40%."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.quantity import Interval, slipped
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._sums import total

_SHARE = regex.compile(
    r"^[，,（(]?\s*(?:约|仅)?占(?:比|[^，,。；;\d]{0,12}(?:的|比例|比重))?(?:约|仅)?(?:为|达|达到|是)?$"
)
_APART = regex.compile(r"上年|去年|同期|目标|计划|[。]|分别")
_NAMED = regex.compile(r"(?P<name>[一-鿿]{3,8})占(?:比|总支出的|支出的)?(?:为)?$")
_WITHIN = regex.compile(r"^[，,：:（(]\s*其中[：:]?(?!.*[，,。；;、]).{0,16}$")
_ALONE = regex.compile(r"[，,（(]?\s*占比?(?:总[额数量])?(?:为|达)?")
_REACH = 14
_WHOLE = Interval.point(1)
_WHOLES = 8
_FEWEST, _GAP = 2, 40


class _Share(NamedTuple):
    """A figure and the share of the whole that it is said to be."""

    part: Said
    share: Said


def shares_of_whole_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """The one share, or the one part, of a run that does not fit the whole that the others fit."""
    for run in _runs(paragraph):
        first = paragraph.figures.index(run[0].part)
        wholes = [f for f in paragraph.figures[:first] if _like(f, run[0].part)][-_WHOLES:]
        found = _odd(paragraph, run, wholes) or _wrong_whole(paragraph, run, wholes)
        if found is not None:
            yield found
    yield from _named_shares(paragraph)
    yield from _shares_within(paragraph)


def _shares_within(paragraph: Sentence) -> Iterator[Mistake]:
    """A share told alone of an amount right behind its whole: 投资 A，其中甲 B，占 70%."""
    figures = paragraph.figures
    for whole, part, share in zip(figures, figures[1:], figures[2:], strict=False):
        between = paragraph.string[part.quantity.end : share.quantity.start].strip()
        if not _WITHIN.match(part.before) or not _ALONE.fullmatch(between) or not _like(whole, part):
            continue
        if whole.quantity.scale != part.quantity.scale or Decimal(0) in whole.base:
            continue
        one = _Share(part, share)
        known = [q.base() for q in paragraph.nearby if q.dimension == part.quantity.dimension]
        if share.family == "ratio" and share.alone and part.alone and not any(_fits(one, q) for q in known):
            how = f"其中 {part.string} 与 {whole.string} 之比"
            made = part.base / whole.base
            yield Mistake(paragraph, share, (part, whole), made, how, "占比", "error", 0.9)


def _named_shares(paragraph: Sentence) -> Iterator[Mistake]:
    """Of two shares told by name (基本支出占 27%，项目支出占 73%) the one that is not that of its own amount, where
    the other one is and leaves it the rest of the whole."""
    for one, other in pairwise(paragraph.figures):
        names = [m["name"] if (m := _NAMED.search(f.lead)) else "" for f in (one, other)]
        if not all(names) or not (_is_share(one) and _is_share(other)):
            continue
        for right, wrong, pair in ((one, other, (names[0], names[1])), (other, one, (names[1], names[0]))):
            found = _named_odd(paragraph, right, wrong, pair)
            if found is not None:
                yield found
                return


def _named_odd(paragraph: Sentence, right: Said, wrong: Said, names: tuple[str, str]) -> Mistake | None:
    before = [f for f in paragraph.figures if f.quantity.start < right.quantity.start and f.family == "money"]
    mine, its = (
        [f for f in before if name in f.before[-_REACH:] or name in _told(f, before)] for name in names
    )
    for part in mine:
        for whole in before:
            rest = [f for f in its if agrees(whole.quantity, part.base + f.base)]
            if len(rest) != 1 or whole is part or not agrees(right.quantity, part.base / whole.base):
                continue
            if not agrees(wrong.quantity, rest[0].base / whole.base):
                how = f"{names[1]} {rest[0].string} 与 {whole.string} 之比"
                made = rest[0].base / whole.base
                return Mistake(paragraph, wrong, (rest[0], whole), made, how, "占比", "error", 0.92)
            return None
    return None


def _told(said: Said, figures: Sequence[Said]) -> str:
    """The words of a figure and of the one before it: 基本支出预算 A，支出 B."""
    at = figures.index(said)
    return (figures[at - 1].before if at else "") + said.before


def _is_share(said: Said) -> bool:
    return said.family == "ratio" and said.alone


def _runs(paragraph: Sentence) -> Iterator[list[_Share]]:
    """Shares told one after the other of figures of one kind."""
    run: list[_Share] = []
    for part, share in pairwise(paragraph.figures):
        if share.family != "ratio" or part.family == "ratio" or not (share.alone and part.alone):
            continue
        if not _SHARE.match(paragraph.string[part.quantity.end : share.quantity.start].strip()):
            continue
        if run and not _goes_on(paragraph, run[-1], part):
            if len(run) >= _FEWEST:
                yield run
            run = []
        run.append(_Share(part, share))
    if len(run) >= _FEWEST:
        yield run


def _goes_on(paragraph: Sentence, last: _Share, part: Said) -> bool:
    between = paragraph.string[last.share.quantity.end : part.quantity.start]
    return _like(part, last.part) and len(between) <= _GAP and not _APART.search(between)


def _like(one: Said, other: Said) -> bool:
    return one.quantity.dimension == other.quantity.dimension and one.alone and not one.quantity.malformed


def _fits(one: _Share, whole: Interval) -> bool:
    return Decimal(0) not in whole and agrees(one.share.quantity, one.part.base / whole)


def _odd(paragraph: Sentence, run: Sequence[_Share], wholes: Sequence[Said]) -> Mistake | None:
    """The one share that does not fit a whole which all others fit, if parts or shares add up or three are told."""
    misses = [(w, [s for s in run if not _fits(s, w.base)]) for w in wholes]
    if any(not odd for _, odd in misses) or all(_fits(s, total([s.part for s in run])) for s in run):
        return None
    whole, odd = next(((w, odd) for w, odd in misses if len(odd) == 1), (None, []))
    if whole is None or any(
        _fits(odd[0], q.base()) for q in paragraph.nearby if q.text != odd[0].part.string
    ):
        return None
    every = agrees(whole.quantity, total([s.part for s in run]))
    made = total([s.share for s in run]).meets(_WHOLE)
    if len(run) == _FEWEST and not every and not made:
        return None
    how = f"{odd[0].part.lead[-14:]} {odd[0].part.string} 与{whole.lead[-14:]} {whole.string} 之比"
    computed = odd[0].part.base / whole.base
    return Mistake(paragraph, odd[0].share, (odd[0].part, whole), computed, how, "占比", "error", 0.92)


def _wrong_whole(paragraph: Sentence, run: Sequence[_Share], wholes: Sequence[Said]) -> Mistake | None:
    """The whole itself, where all shares fit the sum of the parts and make 100% and it is a slip of that sum."""
    parts = [s.part for s in run]
    made = total(parts)
    if not wholes or not all(_fits(s, made) for s in run) or not total([s.share for s in run]).meets(_WHOLE):
        return None
    if any(agrees(w.quantity, made) for w in wholes):
        return None
    near = [w for w in wholes if slipped(w.quantity, (made.low + made.high) / 2 / w.quantity.scale)]
    if len(near) != 1:
        return None
    how = "、".join(p.string for p in parts) + " 之和"
    return Mistake(paragraph, near[0], tuple(parts), made, how, near[0].lead[-10:] or "总数", "warning", 0.85)
