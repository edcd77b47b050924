"""Rates, shares and growths that one slip of the pen parts from the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations, permutations

import regex

from extractor.quantity import Interval, Quantity
from extractor.rules._printed import Printed
from extractor.rules.text._figures import Said, Sentence, figures_of
from extractor.rules.text._mending import Mended, Wanted, mend, sentences_of
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._pairs import named_part, share_of

_TOLD = r"(?:已经?|仅|只|约|均)?(?:达到?|为|是|有)?(?:约|仅)?\s*$"
_RATE = regex.compile(rf"(?P<label>[一-鿿]{{2,16}}?(?:率|进度|满意度)){_TOLD}")
_SHARE = regex.compile(rf"占(?:比|[^，,。；;\d]{{0,12}}(?:的|比例|比重))?{_TOLD}")
_OF = regex.compile(rf"(?:为|是|完成|达|执行)了?(?P<whole>[一-鿿]{{2,10}})的{_TOLD}")
_CHANGE = regex.compile(
    r"(?:增长|增加|上升|提高|增幅|上涨|多|高|下降|减少|降低|降幅|下滑|回落|压减|少|下浮|上浮|升幅|涨幅|节约)(?:了|率|幅度)?"
    r"(?:为|达到?|约)?\s*$"
)
_GAP = regex.compile(r"(?:增[加长]|多|减少?|少|下降|降低|提高|节约|净增|新增|上升|压减|高|低)(?:了|出)?\s*$")
_THEN = regex.compile(r"上年|去年|同期|上一?年度|20\d\d\s*年|由|从")
_FALLS = regex.compile(r"下降|减少|降低|降幅|下滑|回落|压减|少|下浮|节约")
_AIMED = regex.compile(
    r"目标|任务|不低于|不高于|标准|要求|计划|以上|以下|考核|权重|平均|分别|年均|税率|利率|费率|得分率|差异率|偏差率|调整率|应达|须达|累计"
)
_APART = ("ratio", "points", "score", "time")
_CLASS = regex.compile(
    r"\s*(?:元)?(?:档|级|段|以[上下内]|标准|岁|等次)"
)  # 200 元档: what a thing is, not how much
_EACH = regex.compile(r"每|均|单价|标准")
_LISTS = ("、", "和", "及", "与")
_NEAR, _FEW, _REACH, _BESIDE = 4, 24, 14, 24
_DIGITS = 3
_ONE = Interval.point(1)


def mended_rate_mistakes(paragraph: Sentence, known: Printed) -> Iterator[Mistake]:
    """The rates of a paragraph that no figures give, but those that they are told of with one slip mended."""
    for start, end in sentences_of(paragraph.string):
        inside = [f for f in paragraph.figures if start <= f.quantity.start < end]
        for number, said in enumerate(inside):
            if not _is_rate(said) or _listed(inside, number):
                continue
            wanted = list(_relations(paragraph, inside, number))
            if not wanted or _explained(paragraph, inside, number, known):
                continue
            found = next((m for w in wanted if (m := mend(w, known))), None)
            if found is not None:
                yield _mistake(paragraph, said, found)


def _is_rate(said: Said) -> bool:
    quantity = said.quantity
    plain = said.family == "ratio" and said.alone and not quantity.malformed and quantity.op in ("", "~")
    return plain and sum(map(str.isdigit, quantity.plain)) >= _DIGITS and not _AIMED.search(said.lead)


def _listed(inside: Sequence[Said], number: int) -> bool:
    """Whether a rate is one of a list that belongs to figures listed before: 甲 5 个、乙 3 个，占比 62.5%、37.5%."""
    after = inside[number + 1 : number + 2]
    before = inside[number - 1 : number] if number else []
    follows = any(f.family == "ratio" and f.before.strip() in _LISTS for f in after)
    return follows or (inside[number].before.strip() in _LISTS and any(f.family == "ratio" for f in before))


def _plain(said: Said) -> bool:
    fits = said.alone and said.family not in _APART and not said.quantity.malformed and said.base.low > 0
    return fits and not _CLASS.match(said.after) and not _EACH.search(said.lead)


def _alike(one: Said, other: Said) -> bool:
    return one.quantity.dimension == other.quantity.dimension


def _relations(paragraph: Sentence, inside: Sequence[Said], number: int) -> Iterator[Wanted]:
    """What a rate may be of by the words that it is told with, the nearest figures first."""
    said = inside[number]
    near = [f for f in inside[:number] if _plain(f)][-_NEAR:][::-1]
    pairs = [(a, b) for a, b in combinations(near, 2) if _alike(a, b)]
    if rate := _RATE.search(said.lead):
        pairs += _bracketed(inside, number)
        told = [p for pair in pairs for p in _part_first(rate["label"], *_sorted(*pair))]
        yield from (_divided(said, part, whole) for part, whole in told)
    elif (share := _SHARE.search(said.lead)) and near and near[0] is inside[number - 1]:
        part = near[0]
        before = [f for f in paragraph.figures if f.quantity.start < part.quantity.start and _plain(f)]
        wholes = [f for f in before[::-1] if _alike(part, f) and f.base.low > part.base.high]
        yield from (_divided(said, part, whole) for whole in wholes[:_NEAR])
    elif number > 1 and share_of(inside, number):
        yield _divided(said, *_sorted(inside[number - 2], inside[number - 1]))
    elif not share and (of := _OF.search(said.lead)):
        yield from (
            _divided(said, *_sorted(a, b)) for a, b in pairs if of["whole"][-2:] in _sorted(a, b)[1].lead
        )
    elif number and inside[number - 1].family == "points":
        return  # 提高 5.6 个百分点，增幅 11.2%: of the rates told there
    elif _CHANGE.search(said.lead) or said.before.strip() == "、":
        yield from (_changed(said, a, b) for a, b in pairs)


def _bracketed(inside: Sequence[Said], number: int) -> list[tuple[Said, Said]]:
    """The two figures of the bracket right behind a rate."""
    behind = inside[number + 1 :]
    if not behind or not regex.match(r"\s*[（(]", inside[number].after):
        return []
    within = [f for f in behind if f.room == behind[0].room]
    fits = len(within) == 2 and all(map(_plain, within)) and _alike(*within)
    return [(within[0], within[1])] if fits else []


def _sorted(one: Said, other: Said) -> tuple[Said, Said]:
    """Part and whole."""
    return (one, other) if one.base.high <= other.base.high else (other, one)


def _counts(label: str, part: Said, whole: Said) -> bool:
    """Whether a rate counts a part: the part is told by its word, or as so many of the whole (312 例中 287 例)."""
    named = label if label.endswith("率") else label.removesuffix("进度").removesuffix("度") + "率"
    meant = "应" in whole.lead and "实" in part.lead
    return (
        meant
        or bool(named_part(named, part))
        or (part.quantity.start > whole.quantity.end and part.before.rstrip("的有").endswith("中"))
    )


def _part_first(label: str, small: Said, great: Said) -> Iterator[tuple[Said, Said]]:
    """Part and whole of a rate: the smaller one, or the greater one if that is what the rate counts."""
    if _counts(label, small, great):
        yield small, great
    elif _counts(label, great, small):
        yield great, small


def _divided(rate: Said, part: Said, whole: Said) -> Wanted:
    """What each of a rate, its part and its whole must be."""
    if Decimal(0) in rate.base:
        return ()
    return ((rate, part.base / whole.base), (part, whole.base * rate.base), (whole, part.base / rate.base))


def _changed(rate: Said, one: Said, other: Said) -> Wanted:
    """What each of a growth, the difference or later value and the earlier value must be."""
    gap = next((f for f in (one, other) if _GAP.search(f.lead)), None)
    if gap is not None:
        base = other if gap is one else one
        return _divided(rate, *_sorted(gap, base)) if _THEN.search(base.before[-_REACH:]) else ()
    then = [f for f in (one, other) if _THEN.search(f.before[-_REACH:])]
    if len(then) != 1:
        return ()
    earlier, later = then[0], other if then[0] is one else one
    factor = _ONE + (-rate.base if _FALLS.search(rate.lead) else rate.base)
    if factor.low <= 0:
        return ()
    change = later.base / earlier.base - _ONE
    change = -change if _FALLS.search(rate.lead) else change
    return ((rate, change), (later, earlier.base * factor), (earlier, later.base / factor))


def _explained(paragraph: Sentence, inside: Sequence[Said], number: int, known: Printed) -> bool:
    """Whether two figures near a rate give it, three of its sentence, or one right before it and any of the
    document."""
    said, own = inside[number], [f for f in inside if _plain(f)][-6:]
    near = [q for s in paragraph.around for q in figures_of(s) if q.dimension.partition(":")[0] not in _APART]
    for a, b in permutations(near[-_FEW:], 2):
        if _side_by_side(a, b) and _gives(said, a.base(), b.base()):
            return True
    rates = [f.base for f in inside[:number] if f.family == "ratio"][-_NEAR:]
    if any(_gives(said, a, b) for a, b in permutations(rates, 2)):
        return True
    kind = own[-1].quantity.dimension if own else ""
    mine = [f.base for f in own if f.quantity.dimension == kind]
    for x, y, z in permutations(mine, 3):
        if _gives(said, x + y, z) or _gives(said, x - y, z):
            return True
    for x, y in permutations(mine, 2):  # an increase over what the later value was before
        if _gives(said, x, y - x) or _gives(said, x, y + x):
            return True
    last = [f for f in inside[:number] if _plain(f)][-2:]
    return any(_gives(said, f.base, other) for f in last for other in known.alike(f.quantity))


def _side_by_side(one: Quantity, other: Quantity) -> bool:
    """Whether two figures count the same, or count near each other (16 户中 15 人)."""
    kinds = {q.dimension.partition(":")[0] for q in (one, other)}
    return one.dimension == other.dimension or (len(kinds) == 1 and abs(one.start - other.start) < _BESIDE)


def _gives(said: Said, above: Interval, below: Interval) -> bool:
    if below.low <= 0:
        return False
    quotient = above / below
    ways = [quotient, quotient - _ONE, _ONE - quotient]
    if (
        quotient.low >= 0 and quotient.high < 1
    ):  # a gap of the later value, the earlier one left unsaid; of the earlier one alike
        ways += [quotient / (_ONE - quotient), quotient / (_ONE + quotient)]
    return any(agrees(said.quantity, q) for q in ways)


def _mistake(paragraph: Sentence, rate: Said, found: Mended) -> Mistake:
    how = "、".join(f"{f.lead[-8:]} {f.string}" for f in found.others) + " 的关系"
    what = found.odd.lead[-12:].strip("的为是：: ") or ("比率" if found.odd is rate else "数额")
    return Mistake(paragraph, found.odd, found.others, found.computed, how, what, "warning", 0.75)
