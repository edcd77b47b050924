"""A rate beside the two figures that it is the quotient of, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from itertools import permutations

import regex

from extractor.findings import Severity
from extractor.quantity import Interval, Quantity
from extractor.quantity.slip import slipped
from extractor.rules.text._figures import Said, Sentence, figures_of, in_part
from extractor.rules.text._mending import one_slip
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._named_wholes import part_of_named
from extractor.rules.text._pairs import bracketed, candidates, named_part, part_and_whole, share_of

_RATE = regex.compile(
    r"(?P<label>[一-鿿]{0,16}(?:率|比例|比重|占比|占|满意度))(?:[一-鿿“”]{0,4})?(?:仅为|约为|达到|达|为|是|仅|约|[:：=＝])*\s*$"
)
_NOT_REACHED = regex.compile(
    r"未达|未能达|没有达|不足|目标|标准|基准|要求|指标值|不低于|不高于|以上|以内|应达|须达|需达|计划率|规定(?!(?:时[限间]|期限)内)|考核|上限|下限|权重|平均|分别|税率|利率"
    r"|增长|增幅|增速|同比|环比|下降|降低|提高|提升|差异|偏差|偏离|误差|节约|结余|结转|变动|调整率|超支|折扣|上浮|下浮|得分率"
)
_JOINED = regex.compile(r"^(?:[的其中和与]|及(?![时格]))+")
_AFTER = regex.compile(r"^\s*(?:以上|以下|以内|及以|的目标|的标准|得满分|得分|扣|的得|为基准|～|~|至)")
_MANY = 5
_BESIDE = 8
_MOST_WIDE = 2
_FAR = Decimal("1.2")
_AS_LARGE = Decimal("1.5")


def rate_mistakes(sentence: Sentence, wide: bool = False) -> Iterator[Mistake]:
    """Rates that are not the quotient of the two figures they plainly belong to; formulas (=) are read
    elsewhere.

    ``wide``: the sentence is a whole paragraph; only rates whose own sentence names the part alone count."""
    for number, said in enumerate(sentence.figures):
        label = _label(sentence, number)
        if not label or sentence.string[: said.quantity.start].rstrip().endswith(("=", "＝", "≈")):
            continue
        found = _checked(sentence, number, label, wide)
        if found is not None:
            yield found


def _checked(sentence: Sentence, number: int, label: str, wide: bool) -> Mistake | None:
    """The mistake in one rate; None if it holds, or it is not certain that it is of the two figures."""
    said = sentence.figures[number]
    pair = (
        bracketed(label, sentence, number)
        or part_of_named(sentence, number)
        or part_and_whole(label, sentence, number)
    )
    if pair is None or _cumulative(label, pair[:2]) or _explained(said, sentence, pair[:2], label):
        return None
    part, whole, sure = pair
    computed = _quotient(part.base, whole.base)
    if computed is None or agrees(said.quantity, computed):
        return None
    if wide and (computed.low > _MOST_WIDE or not _alone_there(sentence, number)):
        return None
    if label.endswith("满意度"):  # often a weighted mean: a slip of the pen alone tells that it is the share
        if not slipped(said.quantity, (computed.low + computed.high) / 2 / said.quantity.scale):
            return None
        sure = False
    if _other_unit(said, part, whole):
        return _unit_mistake(sentence, said, part, whole)
    above_all = computed.low > _FAR and said.base.high <= 1
    if (above_all or ((wide or not sure) and _is_far(said, computed))) and not _slipped(said, part, whole):
        return None  # too far from it to be of these two
    how = f"{_called(part)} {part.string} 与{_called(whole)} {whole.string} 之比"
    severity: Severity = "error" if sure and not wide else "warning"
    return Mistake(sentence, said, (part, whole), computed, how, label, severity)


def _is_far(said: Said, computed: Interval) -> bool:
    """Whether a rate is not of the size of the quotient, so that it may be of others."""
    low, high = computed.low / _AS_LARGE, computed.high * _AS_LARGE
    return not (low <= said.base.low and said.base.high <= high)


def _slipped(rate: Said, part: Said, whole: Said) -> bool:
    """Whether one slip of the pen in one of the three explains that a rate is not that of the two others."""
    of = ((rate, part.base / whole.base), (part, whole.base * rate.base), (whole, part.base / rate.base))
    return any(one_slip(said.quantity, wanted) for said, wanted in of)


def _cumulative(label: str, pair: tuple[Said, Said]) -> bool:
    """Whether a rate is that of several years, and the figures beside it are not."""
    return "累计" in label and not any("累计" in f.lead for f in pair)


def _alone_there(sentence: Sentence, number: int) -> bool:
    """Whether the sentence of a rate holds just one figure of the kind that it is computed from."""
    said = sentence.figures[number]
    start = max(sentence.string.rfind(mark, 0, said.quantity.start) for mark in "。！？\n")
    return sum(f.quantity.start > start for f in candidates(sentence.figures, number)) == 1


def _other_unit(said: Said, part: Said, whole: Said) -> bool:
    """Whether the rate holds for the figures as printed, their different units (元, 万元) left aside."""
    if part.quantity.scale == whole.quantity.scale or part.quantity.dimension != whole.quantity.dimension:
        return False
    computed = _quotient(part.quantity.interval(), whole.quantity.interval())
    return computed is not None and agrees(said.quantity, computed)


def _unit_mistake(sentence: Sentence, said: Said, part: Said, whole: Said) -> Mistake:
    computed = whole.base.scaled(part.quantity.scale / whole.quantity.scale)
    how = f"{_called(part)} {part.string} 与 {said.string} 推算（单位应同为{part.quantity.unit}）"
    return Mistake(sentence, whole, (part, said), computed, how, _called(whole) or "总额")


def _label(sentence: Sentence, number: int) -> str:
    """What a per cent is called if it is a rate that was reached, "" if it is none."""
    said = sentence.figures[number]
    if said.family != "ratio" or not said.alone or said.quantity.op == "=" or said.quantity.malformed:
        return ""
    if share_of(sentence.figures, number):
        return "" if _NOT_REACHED.search(said.before) else "占比"
    if part_of_named(sentence, number):
        return "" if _NOT_REACHED.search(said.lead) else "占比"
    found = _RATE.search(said.lead)
    if not found or _NOT_REACHED.search(said.before[-24:]) or _AFTER.match(said.after):
        return ""
    return str(_JOINED.sub("", found["label"]))


def _explained(said: Said, sentence: Sentence, pair: tuple[Said, Said], label: str) -> bool:
    """Whether other figures near by give the rate: one of the pair with any other, neighbours, sums of the
    sentence."""
    turned = _quotient(pair[1].base, pair[0].base)
    others = _quotients(said, sentence, pair, label)
    return any(agrees(said.quantity, computed) for computed in (*others, *([turned] if turned else [])))


def _quotients(said: Said, sentence: Sentence, pair: tuple[Said, Said], label: str) -> Iterator[Interval]:
    known = {p.quantity.text for p in pair}
    kinds = _kinds(sentence, pair, label)
    plain = [
        q
        for q in sentence.nearby
        if q.dimension not in ("ratio", "points", "score") and (not kinds or q.dimension in kinds)
    ]
    for n, a in enumerate(plain):
        mates = [*plain[n + 1 : n + 4], *(p.quantity for p in pair)]
        for b in mates:
            if a.value != b.value and _comparable(a, b) and {a.text, b.text} != known:
                yield from _both_ways(a.base(), b.base())
    part = in_part(sentence, sentence.figures.index(said))
    own = [f.quantity for f in part if f.family != "ratio"][-_MANY:]
    for a, b, c in permutations(own, 3):
        if _comparable(a, b) and _comparable(b, c):
            yield from _combined(a.base(), b.base(), c.base())


def _kinds(sentence: Sentence, pair: tuple[Said, Said], label: str) -> set[str]:
    """What may be counted by other figures that a rate is of; empty: anything. Where the rate's own word tells its
    part (收回 258 份，回收率), figures of other units count only if the word stands beside them, too."""
    words = named_part(label, pair[0])
    if not words or label.removesuffix("率")[:-2][-2:] not in pair[0].before + pair[1].before:
        return set()
    told = {
        q.dimension
        for string in sentence.around
        for q in figures_of(string)
        if any(w in string[max(q.start - _BESIDE, 0) : q.end + _BESIDE] for w in words)
    }
    return {"number", pair[0].quantity.dimension, *told}


def _both_ways(a: Interval, b: Interval) -> Iterator[Interval]:
    for above, below in ((a, b), (b, a)):
        computed = _quotient(above, below)
        if computed is not None:
            yield from (computed, Interval.point(1) - computed, computed - Interval.point(1))


def _combined(a: Interval, b: Interval, c: Interval) -> Iterator[Interval]:
    """Quotients of three figures: a sum or a difference above or below the stroke."""
    for above, below in ((a + b, c), (c, a + b), (a - b, c), (c, a - b)):
        computed = _quotient(above, below)
        if computed is not None:
            yield computed


def _comparable(a: Quantity, b: Quantity) -> bool:
    """Figures of one dimension, or things counted in whatever unit."""
    kinds = {q.dimension.split("/")[0].partition(":")[0] for q in (a, b)}
    return len(kinds) == 1 or kinds <= {"count", "number"}


def _quotient(a: Interval, b: Interval) -> Interval | None:
    return a / b if Decimal(0) not in b else None


def _called(said: Said) -> str:
    return said.lead[-14:].strip("的为是：: ")
