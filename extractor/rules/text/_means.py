"""Means: an amount per head beside amount and heads, a monthly or daily mean beside the year's figure."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.quantity import Interval, unit_of
from extractor.rules.text._figures import Said, Sentence, in_part
from extractor.rules.text._mistakes import Mistake, agrees

_HEADS = {
    "人均": ("人", "例"),
    "生均": ("人",),
    "户均": ("户",),
    "村均": ("村",),
    "亩均": ("亩",),
    "校均": ("校", "所"),
    "次均": ("次", "人次"),
    "场均": ("场",),
    "台均": ("台",),
    "件均": ("件",),
    "车均": ("辆",),
    "床均": ("张", "床"),
    "平均每人": ("人",),
    "平均每户": ("户",),
    "平均每亩": ("亩",),
}
_BY_TIME = regex.compile(r"(?P<by>月|日)均(?P<what>[一-鿿]{1,10})$")
_MEAN = regex.compile(rf"(?P<word>{'|'.join(_HEADS)})(?P<what>[一-鿿]{{0,10}})$")


def mean_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """2 人，费用 10 万元，人均 5 万元: one amount and one number of heads before a mean."""
    for number, said in enumerate(sentence.figures):
        cue = _MEAN.search(
            said.lead.removesuffix("为").removesuffix("达到").removesuffix("约").removesuffix("是")
        )
        if cue is None or said.family != "money" or not said.alone:
            continue
        near = [f for f in in_part(sentence, number) if f.room == said.room and f.alone]
        amounts = [f for f in near if f.quantity.dimension == "money"]
        amounts = [f for f in amounts if not _is_mean(f)] or amounts
        heads = [f for f in near if _is_head(f, _HEADS[cue["word"]])]
        if len(amounts) != 1 or len(heads) != 1 or Decimal(0) in heads[0].base or _is_mean(amounts[0]):
            continue
        computed = amounts[0].base / heads[0].base
        if not _mean_agrees(said, computed, sentence):
            how = f"{amounts[0].string} ÷ {heads[0].string}"
            yield Mistake(sentence, said, (amounts[0], heads[0]), computed, how, cue[0], "error", 0.9)


def period_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """全年受理量 24 万件 … 月均受理量 2 万件: the mean of the same thing by the month or the day."""
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
    if kind in ("money", "ratio"):
        return False
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
