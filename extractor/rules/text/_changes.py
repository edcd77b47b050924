"""Changes told beside both values: 上年 A，本年 B，增加 D，增长 r%; 上半年 and 下半年 beside 全年; a budget
before and after."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.quantity import Interval
from extractor.rules.text._figures import Said, Sentence, in_part
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._sums import explained, total

_COMPARED = r"(?:同比|环比|[比较](?:上年|去年|同期)?(?:同期)?[^，,]{0,8})?"
_TAIL = r"(?:了|率|幅度|额|金额|数)?(?:为|约)?$"
_UP = regex.compile(rf"{_COMPARED}(?:增长|增加|上升|提高|增幅|上涨){_TAIL}")
_DOWN = regex.compile(rf"{_COMPARED}(?:下降|减少|降低|降幅|下滑|回落|压减){_TAIL}")
_COMPARISON = regex.compile(
    r"同比|环比|[比较与](?:上|去|前|同|20)|增长|增加|上升|提高|增幅|上涨|下降|减少|降低|降幅|下滑|回落|压减"
)
_PLAIN = regex.compile(
    r"实际|共计?|其中|总[体量计]|全年|年均|平均|累计|当年|本年度?|今年|数[量额]|金额|相[当应]|幅度|净|[已则即又再也均年的了]"
)
_BEFORE = regex.compile(r"上年|去年|同期|上一?年度|年初|原来|改造前|实施前|(?P<year>(?:19|20)\d{2})\s*年")
_THAN = regex.compile(r"^[，,]?\s*(?:同比|相?[比较])[^，,。；;]{0,14}$")
_BASE = regex.compile(
    r"(?:[较比与同]\s*(?:上年|去年|上一?年度|同期|(?:19|20)\d{2}\s*年)|[由从])[^，,。；;]{0,14}$"
)
_FROM = regex.compile(r"(?:由|从)[^，,。；;]{0,16}$")
_TO = regex.compile(r"(?:提高|增加|上升|增长|下降|降低|减少|下调|上调|压减|扩大|增|升|涨|降|减)(?:到|至|为)$")
_A_YEAR = regex.compile(r"年均|年平均|每年|复合")
_CUT = regex.compile(r"(?:调减|核减|压减|调增|追加|调增预算|增加|调整)(?:了|预算|金额|资金)?$")


def growth_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """A growth or a difference that does not follow from the two values before it, the earlier one told as
    such."""
    figures = sentence.figures
    for number, said in enumerate(figures):
        falling = _DOWN.search(said.lead) is not None
        if not (falling or _UP.search(said.lead)) or not said.alone or _points(said):
            continue
        near = [
            f
            for f in in_part(sentence, number)
            if f.room == said.room and f.family != "ratio" and not _changed(f)
        ]
        alone = _of_base(sentence, number, falling)
        if alone is not None:
            yield alone
            return
        near = _without_listed(near)
        if len(near) > 2 and _THAN.match(near[-1].before) and near[-1] in figures[number - 2 : number]:
            near = near[-2:]
        if len(near) == 3 and _gap_of(*near):
            near = near[:2]
        if (
            len(near) != 2
            or near[0].quantity.dimension != near[1].quantity.dimension
            or _of_other(said, near)
        ):
            continue
        pair = _in_time(*near)
        value = _wrong_value(sentence, number, pair) if pair else None
        if value is not None:
            yield value
            return
        computed = _change(pair, said, falling) if pair else None
        gap = figures[number - 1]
        if pair and _narrower(said, gap, pair[0], falling) and not explained_change(sentence, said, pair[0]):
            how = f"{gap.lead[-4:]} {gap.string}、前期 {pair[0].string}"
            share = gap.base / pair[0].base
            yield Mistake(sentence, said, (gap, pair[0]), share, how, said.lead[-10:], "error", 0.9, True)
            continue
        if (
            pair is None
            or computed is None
            or agrees(said.quantity, computed)
            or explained_change(sentence, said)
        ):
            continue
        how = f"前期 {pair[0].string}、本期 {pair[1].string}"
        yield Mistake(sentence, said, pair, computed, how, said.lead[-10:] or "增长率", "error", 0.9, True)


def _without_listed(near: Sequence[Said]) -> list[Said]:
    """Without the parts that make a value, told before what it is compared with: 全年 A，其中甲 B、乙 C，比上年 D."""
    first = next((n for n, f in enumerate(near) if n and "其中" in f.before), len(near))
    parts = near[first:-1]
    if len(parts) > 1 and agrees(near[first - 1].quantity, total(parts)):
        return [*near[:first], near[-1]]
    return list(near)


def _gap_of(before: Said, after: Said, gap: Said) -> bool:
    """Whether a figure is what two values told before it differ by: 由 A 增加到 B，新增 D."""
    return (
        bool(_FROM.search(before.before) and _TO.search(after.lead))
        and before.quantity.dimension == after.quantity.dimension == gap.quantity.dimension
        and any(agrees(gap.quantity, made) for made in (after.base - before.base, before.base - after.base))
    )


def _of_other(said: Said, near: Sequence[Said]) -> bool:
    """Whether a change names what changed, and it is another thing than the values: 产值由 A 提高到 B，能耗下降 r%;
    其中 … 增长 r%; 年均增长 r%."""
    if "其中" in said.before or _A_YEAR.search(said.lead):
        return True
    words = _PLAIN.sub("", _COMPARISON.split(said.lead)[0])
    if len(words) < 2:
        return False
    known = "".join(f.before + f.string for f in near)
    return words[-2:] not in known


def _of_base(sentence: Sentence, number: int, falling: bool) -> Mistake | None:
    """A per cent that is not that of the difference right before it, of the base right before that: 与上年 A 相比，
    增加 D，增长 r%."""
    if number < 2:
        return None
    base, gap, said = sentence.figures[number - 2 : number + 1]
    if not base.room == gap.room == said.room or not _compared_with(base) or not base.alone:
        return None
    if not _narrower(said, gap, base, falling) or explained_change(sentence, said, base):
        return None
    how = f"{gap.lead[-4:]} {gap.string}、基数 {base.string}"
    made = gap.base / base.base
    return Mistake(sentence, said, (gap, base), made, how, said.lead[-10:], "error", 0.9, True)


def _compared_with(base: Said) -> bool:
    """Whether a figure is what another is compared with."""
    return bool(_BASE.search(base.before)) and "目标" not in base.before


def _narrower(said: Said, gap: Said, before: Said, falling: bool) -> bool:
    """Whether a per cent is not that of the difference told right before it."""
    if said.family != "ratio" or not _changed(gap) or not gap.alone or Decimal(0) in before.base:
        return False
    same = gap.quantity.dimension == before.quantity.dimension and falling == bool(_DOWN.search(gap.lead))
    return same and not agrees(said.quantity, gap.base / before.base)


def _wrong_value(sentence: Sentence, number: int, pair: tuple[Said, Said]) -> Mistake | None:
    """One of two values, where difference and per cent told together confirm the other one."""
    before, after = pair
    told = sentence.figures[number : number + 2]
    if len(told) != 2 or told[1].family != "ratio" or told[0].quantity.dimension != after.quantity.dimension:
        return None
    gap, share = told
    falling, also = (_DOWN.search(f.lead) is not None for f in told)
    if falling != also or not all(_changed(f) and f.alone for f in told) or _points(share):
        return None
    up = -gap.base if falling else gap.base
    sides = ((before, after, after.base - up, "前期数"), (after, before, before.base + up, "本期数"))
    for wrong, other, meant, what in sides:
        base = meant if wrong is before else before.base
        if Decimal(0) in base or agrees(wrong.quantity, meant) or not agrees(share.quantity, gap.base / base):
            continue
        how = f" {other.string}、{gap.lead[-4:]} {gap.string}（{share.lead[-4:]} {share.string} 与之相合）"
        return Mistake(sentence, wrong, (other, gap, share), meant, how, what, "error", 0.9, True)
    return None


def _points(said: Said) -> bool:
    return said.family == "points" or "百分点" in said.string + said.after[:4]


def _changed(said: Said) -> bool:
    return bool(_UP.search(said.lead) or _DOWN.search(said.lead)) and not _TO.search(said.lead)


def _in_time(first: Said, second: Said) -> tuple[Said, Said] | None:
    """The earlier and the later of two values; None if the sentence does not tell which is which."""
    if "目标" in first.before + second.before:
        return None
    if _FROM.search(first.before) and _TO.search(second.lead):
        return first, second
    one, two = _last(first.before), _last(second.before)
    if one and two and one["year"] and two["year"]:
        if one["year"] == two["year"]:
            return None
        return (first, second) if one["year"] < two["year"] else (second, first)
    if two and (not two["year"] or (not one and _THAN.match(second.before))):
        return second, first
    return (first, second) if one and not one["year"] else None


def _last(words: str) -> regex.Match[str] | None:
    found = list(_BEFORE.finditer(words))
    return found[-1] if found else None


def _change(pair: tuple[Said, Said], said: Said, falling: bool) -> Interval | None:
    """What a change comes to: a share of the earlier value, or the difference if it is told in the values'
    unit."""
    before, after = pair
    change = before.base - after.base if falling else after.base - before.base
    if said.quantity.dimension == before.quantity.dimension:
        return change
    if said.family != "ratio" or Decimal(0) in before.base:
        return None
    return change / before.base


def explained_change(sentence: Sentence, said: Said, base: Said | None = None) -> bool:
    """Whether two figures near by give the change; not as one to the ``base`` that it is told to start from."""
    if said.family != "ratio":
        return explained(said.quantity, sentence.nearby)
    same = [q for q in sentence.nearby if q.dimension not in ("ratio", "points")][-30:]
    for a in same:
        for b in same:
            if base is not None and a.text == base.string:
                continue
            if a is b or a.dimension != b.dimension or Decimal(0) in b.base():
                continue
            change = a.base() / b.base() - Interval.point(1)
            if agrees(said.quantity, change) or agrees(said.quantity, -change):
                return True
    return False


def half_year_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """上半年 A，下半年 B，全年 T."""
    found = {w: [f for f in sentence.figures if w in f.lead] for w in ("上半年", "下半年", "全年")}
    if any(len(f) != 1 for f in found.values()):
        return
    first, second, year = (f[0] for f in found.values())
    if (
        regex.search("预算|计划|目标|任务|应|批复", year.lead)
        or not first.quantity.dimension == second.quantity.dimension == year.quantity.dimension
        or year.family == "ratio"
    ):
        return
    computed = total((first, second))
    if not agrees(year.quantity, computed) and not regex.search("均", first.lead + second.lead + year.lead):
        how = f"上半年 {first.string}、下半年 {second.string} 之和"
        yield Mistake(sentence, year, (first, second), computed, how, year.lead[-10:])


def budget_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """年初预算 A，调减 D，调整后预算 B in one paragraph, each told once."""
    money = [f for f in paragraph.figures if f.family == "money" and f.alone and not f.depth]
    first = [
        f for f in money if regex.search(r"年初(?:批复)?(?:部门)?预算(?:数|金额|资金|安排)?(?:为)?$", f.lead)
    ]
    last = [f for f in money if regex.search(r"调整后(?:的)?(?:全年)?预算(?:数|金额|资金)?(?:为)?$", f.lead)]
    change = [f for f in money if _CUT.search(f.lead)]
    if any(len({f.quantity.value for f in found}) != 1 for found in (first, last, change)):
        return
    before, after, moved = first[0], last[0], change[0]
    less = bool(regex.search("减", moved.lead))
    computed = before.base - moved.base if less else before.base + moved.base
    if not agrees(after.quantity, computed) and regex.search(r"[调追核压]", moved.lead):
        how = f"年初预算 {before.string} {'－' if less else '＋'} {moved.lead[-4:]} {moved.string}"
        yield Mistake(paragraph, after, (before, moved), computed, how, "调整后预算", "warning", 0.8)
