"""A per cent behind two values and what they differ by: 批复 A，合同价 B，比批复少 D，下浮 r%."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

import regex

from extractor.rules.text._changes import explained_change
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees

_LESS = regex.compile(r"[比较][^，,]{1,12}(?:少|低|节省|节约|减少|降低|下降|压减)了?$")
_MORE = regex.compile(r"[比较][^，,]{1,12}(?:多|高|高出|超出|超|增加|增长|提高)了?$")
_FALL = regex.compile(
    r"^(?:下浮|下降|降低|减少|降幅|节约|低|少|下浮率|下降率|节约率)(?:了|率|幅度)?(?:为|达|约)?$"
)
_RISE = regex.compile(r"^(?:上浮|增长|增加|上升|提高|增幅|高出|超出|多|高|超)(?:了|率|幅度)?(?:为|达|约)?$")


def gap_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """A per cent that is not that of the difference right before it, where the two values that differ by it stand
    before and tell which of them it is of."""
    figures = sentence.figures
    for one, other, gap, said in zip(figures, figures[1:], figures[2:], figures[3:], strict=False):
        base = _base(one, other, gap)
        if base is None or said.family != "ratio" or not said.alone or said.room != gap.room:
            continue
        if not (_FALL if _LESS.search(gap.lead) else _RISE).match(said.lead):
            continue
        made = gap.base / base.base
        if agrees(said.quantity, made) or explained_change(sentence, said, base):
            continue
        how = f"{gap.lead[-6:]} {gap.string}、基数 {base.string}"
        yield Mistake(sentence, said, (gap, base), made, how, said.lead[-10:], "error", 0.9, True)


def _base(one: Said, other: Said, gap: Said) -> Said | None:
    """Which of two values their difference is told against: the greater one of 少, the smaller one of 多."""
    three = (one, other, gap)
    if any(f.room != one.room or not f.alone for f in three) or one.family in ("ratio", "time", "score"):
        return None
    if len({f.quantity.dimension for f in three}) != 1 or min(one.base.low, other.base.low) <= Decimal(0):
        return None
    great, small = (one, other) if one.base.high > other.base.high else (other, one)
    if not agrees(gap.quantity, great.base - small.base):
        return None
    less, more = _LESS.search(gap.lead), _MORE.search(gap.lead)
    # the value told last is the one compared: it must be the smaller one if it is said to be less
    if less and other is small:
        return great
    return small if more and other is great else None
