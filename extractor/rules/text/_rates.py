"""A rate beside the two figures that it is the quotient of, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

import regex

from extractor.quantity import Interval, Quantity
from extractor.rules.text._figures import Said, Sentence, in_part
from extractor.rules.text._mistakes import Mistake, agrees

_RATE = regex.compile(
    r"(?P<label>[一-鿿]{0,16}(?:率|比例|比重|占比|占))(?:[一-鿿“”]{0,4})?(?:仅为|约为|达到|达|为|是|仅|约|[:：=＝])*\s*$"
)
_NOT_REACHED = regex.compile(
    r"目标|标准|基准|要求|指标值|不低于|不高于|以上|以内|应达|须达|需达|计划率|规定|考核|上限|下限|权重|平均|分别|税率|利率"
    r"|增长|增幅|增速|同比|环比|下降|降低|提高|提升|差异|偏差|偏离|误差|节约|结余|结转|变动|调整率|超支|折扣|上浮|下浮|得分率"
)
_AFTER = regex.compile(r"^\s*(?:以上|以下|以内|及以|的目标|的标准|得满分|得分|扣|的得|为基准|～|~|至)")
_TOTAL = regex.compile(
    r"计划|预算|目标|总|共|应|样本|发放|发出|下达|批复|合计|全部|任务|到位资金|安排|申报|全年|投入|受理|收到|抽[查检取样]"
)
_DONE = (
    *("实际", "完成", "执行", "支出", "使用", "支付", "到位", "合格", "达标", "回收", "收回", "有效", "满意"),
    *(
        "办结",
        "解决",
        "接通",
        "通过",
        "其中",
        "实有",
        "参加",
        "覆盖",
        "兑现",
        "及时",
        "开工",
        "竣工",
        "验收",
        "利用",
    ),
)
_PAIRED = {
    "执行": ("支出", "使用", "支付", "执行", "决算", "完成"),
    "支出": ("支出", "使用", "支付"),
    "完成": ("完成", "实际"),
    "到位": ("到位", "实际"),
    "使用": ("使用", "支出"),
    "支付": ("支付", "支出"),
    "回收": ("回收", "收回"),
}
_SHARES = ("占", "占比", "比重", "比例")
_CLAUSE_END = regex.compile(r"[，,。；;、（(\d]")
_NOT_ADJUSTED = regex.compile(r"无[一-鿿]{0,4}调整|未[一-鿿]{0,4}调整|没有[一-鿿]{0,4}调整")
_MANY = 5


def rate_mistakes(sentence: Sentence, wide: bool = False) -> Iterator[Mistake]:
    """Rates that are not the quotient of the two figures they plainly belong to; formulas (=) are read
    elsewhere.

    ``wide``: the sentence is a whole paragraph; only rates whose own sentence names the part alone count."""
    figures = sentence.figures
    for number, said in enumerate(figures):
        label = _label(sentence, number)
        if not label or sentence.string[: said.quantity.start].rstrip().endswith(("=", "＝", "≈")):
            continue
        pair = _pair(label, sentence, number)
        if pair is None or _explained(said, sentence, pair[:2]):
            continue
        part, whole, sure = pair
        computed = _quotient(part.base, whole.base)
        if (
            computed is None
            or agrees(said.quantity, computed)
            or (wide and not _alone_there(sentence, number))
        ):
            continue
        if _other_unit(said, part, whole):
            yield _unit_mistake(sentence, said, part, whole)
            continue
        how = f"{_called(part)} {part.string} 与{_called(whole)} {whole.string} 之比"
        yield Mistake(
            sentence, said, (part, whole), computed, how, label, "error" if sure and not wide else "warning"
        )


def _alone_there(sentence: Sentence, number: int) -> bool:
    """Whether the sentence of a rate holds just one figure of the kind that it is computed from."""
    said = sentence.figures[number]
    start = max(sentence.string.rfind(mark, 0, said.quantity.start) for mark in "。！？\n")
    return sum(f.quantity.start > start for f in _candidates(sentence.figures, number)) == 1


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
    if _share_of(sentence.figures, number):
        return "" if _NOT_REACHED.search(said.before) else "占比"
    found = _RATE.search(said.lead)
    if not found or _NOT_REACHED.search(said.before[-24:]) or _AFTER.match(said.after):
        return ""
    return str(found["label"]).lstrip("的其中及和与")


def _share_of(figures: Sequence[Said], number: int) -> bool:
    """Whether a per cent is told as 占 … 万元的 32%."""
    return (
        number > 0
        and figures[number].before.strip() in ("的", "的比例为", "的比重为")
        and "占" in figures[number - 1].lead
    )


def _pair(label: str, sentence: Sentence, number: int) -> tuple[Said, Said, bool] | None:
    """Part and whole of a rate, and whether both are named as such; None unless it is clear which they
    are."""
    figures = sentence.figures
    said, near = figures[number], _candidates(figures, number)
    adjusted_none = _NOT_ADJUSTED.search(sentence.string) is not None
    if len(near) < 2:
        return None
    if _share_of(figures, number) and near[-1] is figures[number - 1]:
        return near[-2], near[-1], True
    if label.endswith(_SHARES):
        totals = [f for f in near[:-1] if _TOTAL.search(f.lead)]
        return (near[-1], totals[0], True) if len(totals) == 1 and len(near) == 2 else None
    part = _part(label, near)
    if part is None:
        return None
    if len(near) == 2 and near[1] is part and regex.match(r"[一-鿿]{0,8}中", part.before.strip()):
        return part, near[0], True
    others = [f for f in near if f is not part]
    totals = [f for f in others if _TOTAL.search(f.before)]
    adjusted = [f for f in totals if "调整后" in f.lead]
    totals = adjusted if len(adjusted) == 1 else totals
    whole = totals[0] if len(totals) == 1 else others[0] if len(others) == 1 else None
    if whole is None or "其中" in whole.lead or ("年初" in whole.lead and not adjusted_none):
        return None
    too_small = said.base.low <= 1 and whole.base.high < part.base.low
    if too_small and (any(w in whole.lead for w in _DONE) or not _is_part(label, part)):
        return None
    if whole in totals:
        return part, whole, True
    return (part, whole, False) if _is_part(label, part) else None


def _part(label: str, near: Sequence[Said]) -> Said | None:
    """The one figure that the rate counts: by the rate's own word, else of two the one that tells what was
    done."""
    for stem in _stems(label):
        parts = [f for f in near if _tells(f, stem)]
        if len(parts) == 1:
            return parts[0]
    if len(near) != 2:
        return None
    parts = [f for f in near if any(w in f.lead for w in _DONE) and not _TOTAL.search(f.lead)]
    return parts[0] if len(parts) == 1 else None


def _candidates(figures: Sequence[Said], number: int) -> list[Said]:
    """The figures before a rate that it can be computed from: those of its own bracket, else those outside
    brackets."""
    said = figures[number]
    found: list[Said] = []
    for figure in reversed(figures[:number]):
        if figure.family == "ratio":
            break
        same = figure.room == said.room if said.depth else figure.depth == 0
        if same and figure.family not in ("time", "points") and figure.alone:
            found.append(figure)
    return _of_one_kind(found[::-1])


def _of_one_kind(found: list[Said]) -> list[Said]:
    """Those of the dimension of the last figure."""
    return [f for f in found if f.quantity.dimension == found[-1].quantity.dimension] if found else []


def _is_part(label: str, figure: Said) -> bool:
    """Whether the words around a figure say that it is what the rate counts: 到位 in 人员到位率 and
    实际到位."""
    return any(_tells(figure, stem) for stem in _stems(label))


def _tells(figure: Said, stem: tuple[str, ...]) -> bool:
    if figure.lead.startswith(("应", "计划")):
        return False
    told = figure.lead + _CLAUSE_END.split(figure.after)[0]
    return any(w in told and not regex.search(f"[不未非]{w}", told) for w in stem)


def _stems(label: str) -> list[tuple[str, ...]]:
    """The words by which a rate's part is told, the last one of its name first: 及时, then 处理 of
    处理及时率."""
    name = label.removesuffix("率")
    stems = [name[i : i + 2] for i in range(max(len(name) - 4, 0), len(name) - 1)][::-1]
    return [_PAIRED.get(stem, (stem,)) for stem in stems]


def _explained(said: Said, sentence: Sentence, pair: tuple[Said, Said]) -> bool:
    """Whether other figures near by give the rate: one of the pair with any other, neighbours, sums of the
    sentence."""
    return any(agrees(said.quantity, computed) for computed in _quotients(said, sentence, pair))


def _quotients(said: Said, sentence: Sentence, pair: tuple[Said, Said]) -> Iterator[Interval]:
    plain = [q for q in sentence.nearby if q.dimension not in ("ratio", "points")]
    for n, a in enumerate(plain):
        mates = [*plain[n + 1 : n + 4], *(p.quantity for p in pair)]
        for b in mates:
            if a.value != b.value and _comparable(a, b):
                yield from _both_ways(a.base(), b.base())
    part = in_part(sentence, sentence.figures.index(said))
    own = [f.quantity for f in part if f.family != "ratio"][-_MANY:]
    for a, b, c in permutations(own, 3):
        if _comparable(a, b) and _comparable(b, c):
            yield from _combined(a.base(), b.base(), c.base())


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
