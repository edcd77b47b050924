"""Growth and means: a per cent of change beside both values, an amount per head beside amount and heads."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.quantity import Interval, unit_of
from extractor.rules.text._figures import Said, Sentence, in_part
from extractor.rules.text._mistakes import Mistake, agrees

_UP = regex.compile(
    r"(?:同比|比上年|较上年|比去年|较去年|环比|比[^，,]{0,10}|较[^，,]{0,10})?(?:增长|增加|上升|提高|增幅|上涨)(?:了|率|幅度)?(?:为|约)?$"
)
_DOWN = regex.compile(
    r"(?:同比|比上年|较上年|比去年|较去年|环比|比[^，,]{0,10}|较[^，,]{0,10})?(?:下降|减少|降低|降幅|下滑|回落)(?:了|率|幅度)?(?:为|约)?$"
)
_BEFORE = regex.compile(r"上年|去年|同期|上一?年度|年初|原来|改造前|实施前|(?P<year>(?:19|20)\d{2})\s*年")
_CHANGE = regex.compile(r"(?:增加|增长|减少|下降|降低|提高|核增|新增)(?:了|额|金额|数)?$")
_HEADS = {"人均": ("人",), "户均": ("户",), "村均": ("村",), "校均": ("校", "所"), "次均": ("次", "人次"), "平均每人": ("人",),
          "平均每户": ("户",), "场均": ("场",), "台均": ("台",), "件均": ("件",)}  # fmt: skip
_BY_TIME = regex.compile(r"(?P<by>月|日)均(?P<what>[一-鿿]{1,10})$")
_MEAN = regex.compile(
    r"(?P<word>人均|户均|村均|校均|次均|场均|台均|件均|平均每人|平均每户)(?P<what>[一-鿿]{0,10})$"
)


def growth_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """上年 A，本年 B，增长 r%: both values right before it, the earlier one told as such."""
    figures = sentence.figures
    for number, said in enumerate(figures):
        up, down = _UP.search(said.lead), _DOWN.search(said.lead)
        if (
            said.family != "ratio"
            or not said.alone
            or not (up or down)
            or "百分点" in said.string + said.after
        ):
            continue
        near = [f for f in figures[:number] if f.room == said.room]
        if (
            len(near) != 2
            or near[0].quantity.dimension != near[1].quantity.dimension
            or near[0].family == "ratio"
        ):
            continue
        pair = _in_time(sentence, near[0], near[1])
        if pair is None:
            continue
        computed = _growth(*pair, falling=bool(down))
        if computed is None or agrees(said.quantity, computed) or _explained(sentence, said):
            continue
        how = f"前期 {pair[0].string}、本期 {pair[1].string}"
        what = said.lead[-10:].strip("，") or "增长率"
        yield Mistake(sentence, said, pair, computed, how, what, "error", 0.9)


def _in_time(sentence: Sentence, first: Said, second: Said) -> tuple[Said, Said] | None:
    """The earlier and the later of two values; None if the sentence does not tell which is which."""
    one, two = _BEFORE.search(first.before), _BEFORE.search(second.before)
    if _CHANGE.search(second.lead) or _CHANGE.search(first.lead) or "目标" in first.before + second.before:
        return None
    if one and two and one["year"] and two["year"]:
        if one["year"] == two["year"]:
            return None
        return (first, second) if one["year"] < two["year"] else (second, first)
    if two and not two["year"]:
        return second, first
    if one and not one["year"]:
        return first, second
    return None


def _growth(before: Said, after: Said, falling: bool) -> Interval | None:
    if Decimal(0) in before.base:
        return None
    change = after.base / before.base - Interval.point(1)
    return -change if falling else change


def _explained(sentence: Sentence, said: Said) -> bool:
    same = [q for q in sentence.nearby if q.dimension not in ("ratio", "points")][-30:]
    for a in same:
        for b in same:
            if a is b or a.dimension != b.dimension or Decimal(0) in b.base():
                continue
            change = a.base() / b.base() - Interval.point(1)
            if agrees(said.quantity, change) or agrees(said.quantity, -change):
                return True
    return False


def mean_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """12 人，费用 691 万元，人均 57.6 万元: one amount and one number of heads before a mean."""
    for number, said in enumerate(sentence.figures):
        cue = _MEAN.search(
            said.lead.removesuffix("为").removesuffix("达到").removesuffix("约").removesuffix("是")
        )
        if cue is None or said.family != "money" or not said.alone:
            continue
        near = [f for f in in_part(sentence, number) if f.room == said.room and f.alone]
        amounts = [f for f in near if f.quantity.dimension == "money"]
        heads = [f for f in near if _is_head(f, _HEADS[cue["word"]])]
        if len(amounts) != 1 or len(heads) != 1 or Decimal(0) in heads[0].base or _is_mean(amounts[0]):
            continue
        computed = amounts[0].base / heads[0].base
        if not _mean_agrees(said, computed, sentence):
            how = f"{amounts[0].string} ÷ {heads[0].string}"
            yield Mistake(sentence, said, (amounts[0], heads[0]), computed, how, cue[0], "error", 0.9)


def period_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """全年受理量 790 万件 … 月均受理量 65.8 万件: the mean of the same thing by the month or the day."""
    for number, said in enumerate(sentence.figures):
        cue = _BY_TIME.search(said.lead)
        if cue is None or not said.alone or len(cue["what"]) < 2:
            continue
        whole = _yearly(sentence.figures[:number], said, cue["what"])
        if whole is None:
            continue
        counts = (Decimal(12),) if cue["by"] == "月" else (Decimal(365), Decimal(366))
        computed = [whole.base.scaled(1 / n) for n in counts]
        if not any(agrees(said.quantity, c) for c in computed):
            how = f"全年{cue['what']} {whole.string} ÷ {counts[0]}"
            yield Mistake(sentence, said, (whole,), computed[0], how, cue[0], "error", 0.9)


def _yearly(before: Sequence[Said], said: Said, what: str) -> Said | None:
    """The year's figure of the same thing, told before; None if the year is not named."""
    found = [f for f in before if f.lead.endswith(what) and f.quantity.dimension == said.quantity.dimension]
    named = [f for f in found if "全年" in f.before]
    if named:
        return named[0] if len(named) == 1 else None
    first = before[0] if before else None
    return found[0] if found and first is not None and "全年" in first.before else None


def _is_head(said: Said, units: tuple[str, ...]) -> bool:
    kind = said.quantity.dimension
    unit = said.quantity.unit + (said.after[:1] if said.quantity.unit == "个" else "")
    return kind in {unit_of(u).dimension for u in units} or unit.removeprefix("个") in units


def _is_mean(said: Said) -> bool:
    return bool(regex.search(r"均|每|单价|标准", said.lead))


def _mean_agrees(said: Said, computed: Interval, sentence: Sentence) -> bool:
    """Whether the mean is the quotient, also by the month or the year, or of any two figures near by."""
    money = [q for q in sentence.nearby if q.dimension == "money"]
    heads = [q for q in sentence.nearby if q.dimension.startswith("count") and Decimal(0) not in q.base()]
    quotients = [computed, *(m.base() / h.base() for m in money[-20:] for h in heads[-20:])]
    stated = said.base
    return any(stated.meets(q) or stated.scaled(Decimal(12)).meets(q) for q in quotients)
