"""A rate beside the two figures that it is the quotient of, in one sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import permutations

import regex

from extractor.quantity import Interval, Quantity
from extractor.rules.text._figures import Said, Sentence
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
_DONE = ("实际", "完成", "执行", "支出", "使用", "支付", "到位", "合格", "达标", "回收", "收回", "有效", "满意", "办结",
         "解决", "接通", "通过", "其中", "实有", "参加", "覆盖", "兑现", "发放到", "及时", "开工", "竣工", "验收", "利用")  # fmt: skip
_PAIRED = {"执行": ("支出", "使用", "支付", "执行", "决算", "完成"), "支出": ("支出", "使用", "支付"), "完成": ("完成", "实际"),
           "到位": ("到位", "实际"), "使用": ("使用", "支出"), "支付": ("支付", "支出"), "回收": ("回收", "收回"),
           "有效": ("有效",), "满意": ("满意",), "合格": ("合格",), "达标": ("达标",)}  # fmt: skip
_MANY = 12


def rate_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """Rates that are not the quotient of the two figures they plainly belong to; formulas (=) are read elsewhere."""
    figures = sentence.figures
    for number, said in enumerate(figures):
        label = _label(sentence, number)
        if not label or sentence.string[: said.quantity.start].rstrip().endswith(("=", "＝", "≈")):
            continue
        pair = _pair(label, figures, number)
        if pair is None or _explained(said, sentence):
            continue
        part, whole, sure = pair
        computed = _quotient(part.base, whole.base)
        if computed is None or agrees(said.quantity, computed):
            continue
        how = f"{_called(part)} {part.string} 与{_called(whole)} {whole.string} 之比"
        yield Mistake(sentence, said, (part, whole), computed, how, label, "error" if sure else "warning")


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


def _pair(label: str, figures: Sequence[Said], number: int) -> tuple[Said, Said, bool] | None:
    """Part and whole of a rate, and whether both are named as such; None unless there is just one such pair."""
    said = figures[number]
    near = _candidates(figures, number)
    if len(near) != 2 or near[0].quantity.dimension != near[1].quantity.dimension:
        return None
    if _share_of(figures, number) and near[1] is figures[number - 1]:
        return near[0], near[1], True
    parts = [f for f in near if _is_part(label, f)]
    if len(parts) != 1:
        parts = [f for f in near if any(w in f.lead for w in _DONE) and not _TOTAL.search(f.lead)]
    if len(parts) != 1:
        return None
    part = parts[0]
    whole = near[0] if near[1] is part else near[1]
    if said.base.low <= 1 and whole.quantity.value < part.quantity.value:
        return None
    named = bool(_TOTAL.search(whole.before)) and not any(w in whole.lead for w in ("其中", "调整", "年初"))
    return (part, whole, True) if named else ((part, whole, False) if _is_part(label, part) else None)


def _candidates(figures: Sequence[Said], number: int) -> list[Said]:
    """The figures before a rate that it can be computed from: those of its own bracket, else those outside brackets."""
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
    """Whether the words before a figure say that it is what the rate counts: 到位 in 人员到位率 and 实际到位."""
    stem = label.removesuffix("率")[-2:]
    words = _PAIRED.get(stem, (stem,))
    return (
        len(stem) == 2 and any(w in figure.lead for w in words) and not figure.lead.startswith(("应", "计划"))
    )


def _explained(said: Said, sentence: Sentence) -> bool:
    """Whether any quotient near by gives the rate: figures of the paragraph, sums and differences of the sentence."""
    own = [f.quantity for f in sentence.figures if f.family not in ("ratio", "points")][:_MANY]
    return any(agrees(said.quantity, computed) for computed in _quotients(own, sentence.nearby))


def _quotients(own: list[Quantity], nearby: Sequence[Quantity]) -> Iterator[Interval]:
    plain = [q for q in nearby if q.dimension not in ("ratio", "points")][-40:]
    for a, b in permutations(plain, 2):
        if _comparable(a, b) and (computed := _quotient(a.base(), b.base())) is not None:
            yield computed
            yield Interval.point(1) - computed
            yield computed - Interval.point(1)
    for a, b in permutations(own, 2):
        for c in own:
            if c is not a and c is not b and _comparable(a, b) and _comparable(b, c):
                yield from _combined(a.base(), b.base(), c.base())


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
