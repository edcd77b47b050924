"""Budget, spending, what is left and the rate told in one paragraph: three of them show that the fourth is wrong."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from typing import NamedTuple

import regex

from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake, agrees

_LEFT = regex.compile(r"(?:结余|剩余|节余|结转|结转结余|未支出)(?:资金|金额|额|数)?(?:为|是|共)?$")
_SPENT = regex.compile(r"(?:支出|支付|使用|执行|列支)(?:资金|金额|数|专项资金)?(?:为|是|了|共|共计)?$")
_BUDGET = regex.compile(r"预算|资金|批复|下达|安排|到位|投入")
_RATE = regex.compile(
    r"(?:执行率|支出率|使用率|支付率|完成率|(?:支付|支出|执行|使用)进度|[为占](?:年度|全年|项目|总|年初)*(?:预算|资金)[^，,。；;\d]{0,4}的)"
    r"(?:已|仅|只)?(?:达到?|为|是|有)?$"
)
_CHANGED = regex.compile(r"追加|追减|调增|调减|调整|调剂|增加预算|核减|压减|上年结转|滚存")
_OTHER = regex.compile(r"上年|去年|结转至|历年")


class _Balance(NamedTuple):
    budget: Said
    spent: Said
    left: Said
    rate: Said

    @property
    def adds(self) -> bool:
        """Whether what is left is the budget without the spending."""
        return agrees(self.left.quantity, self.budget.base - self.spent.base)

    @property
    def divides(self) -> bool:
        """Whether the rate is that of the spending."""
        return agrees(self.rate.quantity, self.spent.base / self.budget.base)


def balance_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """The one of four figures that the other three show to be wrong."""
    balances = list(_balances(paragraph))
    if any(b.adds and b.divides for b in balances):
        return
    found = [m for b in balances for m in [_odd(paragraph, b)] if m is not None]
    yield from found[:1]


def _balances(paragraph: Sentence) -> Iterator[_Balance]:
    """Every budget with the one spending, the one rest and the one rate of a paragraph."""
    money = [f for f in paragraph.figures if f.family == "money" and f.alone and not f.quantity.malformed]
    left = [f for f in money if _LEFT.search(f.lead)]
    rates = [f for f in paragraph.figures if f.family == "ratio" and f.alone and _RATE.search(f.lead)]
    if len({f.quantity.value for f in left}) != 1 or len({f.quantity.value for f in rates}) != 1:
        return
    before = [f for f in money if f.quantity.start < left[0].quantity.start and not _OTHER.search(f.before)]
    spent = [f for f in before if _SPENT.search(f.lead)]
    if not spent:
        return
    for budget in before:
        if budget is not spent[-1] and _BUDGET.search(budget.lead) and Decimal(0) not in budget.base:
            yield _Balance(budget, spent[-1], left[0], rates[0])


def _odd(paragraph: Sentence, four: _Balance) -> Mistake | None:
    """What is wrong if the rest of the four figures agree among themselves."""
    budget, spent, left, rate = four
    if budget.base.low <= 0 or left.base.high <= 0:
        return None
    if four.divides and not four.adds:
        gap = budget.base - spent.base
        if any(f.family == "money" and (left.base + f.base).meets(gap) for f in paragraph.figures):
            return None  # 结余 12 万元上缴财政、8 万元结转下年
        return _mistake(paragraph, left, (budget, spent, rate), "－", "结余")
    if four.adds and not four.divides:
        return _mistake(paragraph, rate, (spent, budget, left), "÷", rate.lead[-10:])
    meant = budget.base - left.base
    if not four.adds and agrees(rate.quantity, meant / budget.base):
        return _mistake(paragraph, spent, (budget, left, rate), "－", spent.lead[-10:])
    whole = spent.base + left.base
    if _CHANGED.search(paragraph.string):
        return None  # 预算 580 万元，年中追加 20 万元: what the others say is the adjusted budget
    if not four.adds and whole.low > 0 and agrees(rate.quantity, spent.base / whole):
        return _mistake(paragraph, budget, (spent, left, rate), "＋", budget.lead[-10:])
    return None


def _mistake(
    paragraph: Sentence, wrong: Said, parts: tuple[Said, Said, Said], sign: str, what: str
) -> Mistake:
    one, other, third = parts
    made = {"－": one.base - other.base, "＋": one.base + other.base}.get(sign)
    computed = made if made is not None else one.base / other.base
    how = f"{one.lead[-8:]} {one.string} {sign}{other.lead[-8:]} {other.string}（与 {third.string} 相合）"
    return Mistake(paragraph, wrong, parts, computed, how, what, "error", 0.92)
