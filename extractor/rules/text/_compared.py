"""Differences told against what a figure is compared with: 4,986 人，与目标 5,000 人相比少 14 人; 未通过的 44 件."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

import regex

from extractor.quantity import Interval, one_off
from extractor.rules._printed import Printed
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mending import sentences_of
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._sums import total

_GAP = regex.compile(r"(?:多|少|差|高出?|低|超[过出]?|缺)(?:完成|了)?$")
_AGAINST = regex.compile(r"[比较与离距跟和][^，,。；;]{0,12}$")
_LINK = regex.compile(
    r"(?:的[一-鿿]{1,6})?(?:相比)?[，,]?(?:还|仅|只|相)?(?:多|少|差|高出?|低|超[过出]?|缺)(?:完成|了)?"
)
_NOT = regex.compile(r"(?:未能?|不|没有)(?P<word>[一-鿿]{2,4}?)的$")
_TAKEN = regex.compile(r"扣(?:除|减|分)?$")
_IN_ALL = regex.compile(r"(?:共|合计|累计|总共)扣(?:除|减|分)?$")
_AIM = regex.compile(r"目标|要求|标准|计划|规定|任务")
_APART = regex.compile(r"上年|去年|同期|平均|分别|各|每")


def compared_mistakes(paragraph: Sentence, known: Printed) -> Iterator[Mistake]:
    """Differences that no figure of the document has from the one they are told against; rests in the same way."""
    for start, end in sentences_of(paragraph.string):
        inside = [f for f in paragraph.figures if start <= f.quantity.start < end]
        for number in range(1, len(inside)):
            found = _gap(paragraph, inside, number, known) or _rest(paragraph, inside, number)
            if found is not None:
                yield found


def _gap(paragraph: Sentence, inside: Sequence[Said], number: int, known: Printed) -> Mistake | None:
    """A difference that is not that of a figure before it from the one right before it."""
    against, gap = inside[number - 1], inside[number]
    between = paragraph.string[against.quantity.end : gap.quantity.start].strip()
    if not (gap.alone and against.quantity.upper is None and _AGAINST.search(against.before[-16:])):
        return None
    if not _LINK.fullmatch(between) or not _measures(gap, against) or _APART.search(against.before[-16:]):
        return None
    if _AIM.search(between):  # what is aimed at is exact
        against = replace(against, quantity=replace(against.quantity, exact=True))
    told = [f for f in inside[: number - 1] if f.alone and f.quantity.dimension == against.quantity.dimension]
    alike = (q for q in paragraph.nearby if q.dimension == against.quantity.dimension)
    every = [q.base() for q in alike if q.text != against.string]
    every += known.alike(against.quantity) if against.family != "ratio" else ()
    if not told or any(agrees(gap.quantity, d) for v in every for d in (v - against.base, against.base - v)):
        return None
    near = [f for f in told if _nearly(gap, _apart(f, against))]
    value = near[-1] if near else told[-1]
    if not near and len(told) > 1:
        return None
    how = f"{value.lead[-8:]} {value.string} 与 {against.string} 之差"
    return Mistake(
        paragraph, gap, (value, against), _apart(value, against), how, gap.lead[-8:] or "差额", "warning", 0.8
    )


def deduction_mistakes(paragraph: Sentence, known: Printed) -> Iterator[Mistake]:
    """扣 0.18 分；…扣 1 分。以上共扣 1.28 分: points taken away that are not those told before."""
    taken = [f for f in paragraph.figures if f.family == "score" and f.alone and _TAKEN.search(f.lead)]
    for number, said in enumerate(taken):
        parts = tuple(taken[:number])
        if number < 2 or not _IN_ALL.search(said.lead) or any(_IN_ALL.search(p.lead) for p in parts):
            continue
        made = total(parts)
        if not agrees(said.quantity, made) and not regex.search(r"[每各]", paragraph.string):
            how = "、".join(p.string for p in parts) + " 之和"
            yield Mistake(paragraph, said, parts, made, how, "扣分合计", "warning", 0.85)


def _measures(gap: Said, against: Said) -> bool:
    """Whether a difference is told in the unit of what it is of: points of rates, else the same."""
    if against.family == "ratio":
        return gap.family == "points" or "百分点" in gap.string
    return gap.quantity.dimension == against.quantity.dimension and gap.family != "time"


def _apart(one: Said, other: Said) -> Interval:
    great, small = (one, other) if one.base.high >= other.base.high else (other, one)
    return great.base - small.base


def _nearly(gap: Said, meant: Interval) -> bool:
    """Whether a difference, of two digits at least, is another one but for a slip of the pen."""
    middle = (meant.low + meant.high) / 2 / gap.quantity.scale
    wanted = f"{middle:.{gap.quantity.precision}f}"
    one, other = (s.replace(".", "") for s in (gap.quantity.plain, wanted))
    return len(one) > 1 and one_off(one, other)


def _rest(paragraph: Sentence, inside: Sequence[Said], number: int) -> Mistake | None:
    """收到 668 件，通过 624 件，未通过的 44 件: what is left of a whole, told by the word of its part."""
    rest = inside[number]
    cue = _NOT.search(rest.lead)
    if cue is None or not rest.alone or rest.family != "count":
        return None
    alike = [f for f in inside[:number] if f.alone and f.quantity.dimension == rest.quantity.dimension]
    if len(alike) != 2 or alike[0].base.low <= alike[1].base.high:
        return None
    whole, part = alike
    told = part.lead + part.after[:6]
    if cue["word"] not in told or regex.search(rf"[未不没]{cue['word']}", told):
        return None
    made = whole.base - part.base
    if agrees(rest.quantity, made):
        return None
    how = f" {whole.string} 与{part.lead[-6:]} {part.string} 之差"
    return Mistake(paragraph, rest, (whole, part), made, how, rest.lead[-8:], "error", 0.9)
