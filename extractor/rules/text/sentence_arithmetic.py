"""一句话里自己的算术不成立：算式、率、合计、差额、增长、人均。

只看同一句话（或同一括号）里写明的数：

- 写出来的算式（(120-6)/120=95.00%）重新计算；
- “样本 500 个，合格 490 个，合格率 98%”一类的率，与分子、分母核对；
- “甲 5 万元、乙 3 万元，合计 8 万元”“120 名（甲 90 名+乙 30 名）”“共计 12 人，包括……”核对合计；
- “支出 A。甲 B，占 60%；乙 C，占 40%”的占比，“预算、支出、结余、执行率”四个数里三个相合的，核对另一个；
- “由 77%提高到 91%，提高 14 个百分点”的差额；
- “支出 A，其中甲 B、乙 C”各项之和与总数只差一个数字写错（一位数字、两位颠倒）的，提醒核对；
- “预算 A，支出 B，结余 C”“3 次，每次 12 小时，共计 36 小时”“2 人，费用 10 万元，人均 5 万元”
  “上年 A，本年 B，增长 r”，“支付数占下达数的 r”，“控制价 A，中标价 B，比控制价低 D，下浮 r”，
  “60 人、每人每月 300 元、12 个月，共需 216,000 元”。

每个数按四舍五入前的可能区间计算，区间能够相交的不指出。分子分母不止一种可能、前后文里有同类的两个数能算出所写的率、
“其中”只列部分、写的是目标或标准、分属不同年度的，都不指出。末位截去而未四舍五入的只作提示。

错误示例::

    # 二、绩效分析

    全年抽检水样 1250 个，合格水样 1235 个，水样合格率 99.80%。

正确示例::

    # 二、绩效分析

    全年抽检水样 1250 个，合格水样 1235 个，水样合格率 98.8%。
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from functools import partial

from extractor.claims import Reading
from extractor.document import Place
from extractor.findings import Finding
from extractor.rules._printed import printed_in
from extractor.rules.text._balances import balance_mistakes
from extractor.rules.text._changes import budget_mistakes, growth_mistakes, half_year_mistakes
from extractor.rules.text._compared import compared_mistakes, deduction_mistakes
from extractor.rules.text._enumerations import enumeration_mistakes
from extractor.rules.text._figures import Said, Sentence, paragraphs, sentences
from extractor.rules.text._formulas import formula_mistakes, told_formula_mistakes
from extractor.rules.text._gaps import gap_mistakes
from extractor.rules.text._means import mean_mistakes, period_mistakes
from extractor.rules.text._mended_rates import mended_rate_mistakes
from extractor.rules.text._mended_sums import mended_sum_mistakes
from extractor.rules.text._mistakes import Mistake
from extractor.rules.text._percents import percent_mistakes
from extractor.rules.text._points import point_mistakes
from extractor.rules.text._products import product_mistakes
from extractor.rules.text._rates import rate_mistakes
from extractor.rules.text._repeats import merged, told_with_repeats
from extractor.rules.text._shares import shares_of_whole_mistakes
from extractor.rules.text._slipped_sums import slipped_sum_mistakes
from extractor.rules.text._sums import sum_mistakes
from extractor.rules.text._unit_slips import unit_slip_mistakes
from extractor.rules.text._wholes import share_mistakes

RULE = "sentence-arithmetic"
FOLLOWS = ("values-disagree",)
_KINDS = (
    rate_mistakes,
    share_mistakes,
    sum_mistakes,
    product_mistakes,
    percent_mistakes,
    growth_mistakes,
    gap_mistakes,
    point_mistakes,
    mean_mistakes,
    period_mistakes,
    half_year_mistakes,
)

_MENDED = (compared_mistakes, deduction_mistakes, mended_sum_mistakes, mended_rate_mistakes)
_STRONG = (shares_of_whole_mistakes, balance_mistakes, unit_slip_mistakes)
_WIDE = (budget_mistakes, partial(rate_mistakes, wide=True), slipped_sum_mistakes)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each figure that does not follow from the figures of its own sentence."""
    told = list(paragraphs(reading))  # read once: each keeps its figures
    found = list(_mistakes(reading, told))
    every = (*found, *_mended(reading, told, found))
    yield from merged(told_with_repeats(mistake, RULE, told) for mistake in every)


def _mended(reading: Reading, told: Sequence[Sentence], found: Sequence[Mistake]) -> Iterator[Mistake]:
    """Relations that a slip of the pen mends, between figures of which nothing was said before."""
    often = printed_in(reading)
    known = {_at(m, said) for m in found for said in (m.stated, *m.parts)}
    for paragraph in told:
        for find in _MENDED:
            for mistake in find(paragraph, often):
                of = {_at(mistake, said) for said in (mistake.stated, *mistake.parts)}
                if known.isdisjoint(of):
                    known |= {_at(mistake, mistake.stated)}
                    yield mistake


def _mistakes(reading: Reading, told: Sequence[Sentence]) -> Iterator[Mistake]:
    yield from formula_mistakes(reading)
    strong = [m for paragraph in told for find in _STRONG for m in find(paragraph)]
    yield from strong
    yield from (m for paragraph in told for m in told_formula_mistakes(paragraph))
    accused = {_at(m, m.stated) for m in strong}
    related = [{_at(m, said) for said in (m.stated, *m.parts)} for m in strong]
    for mistake in _of_sentences(reading, told):
        of = {_at(mistake, said) for said in (mistake.stated, *mistake.parts)}
        if accused.isdisjoint(of) and not any(of <= known for known in related):
            yield mistake
    yield from enumeration_mistakes(reading)


def _at(mistake: Mistake, said: Said) -> tuple[int, Place, str]:
    """A figure of a paragraph, whether read in its sentence or in the whole."""
    return mistake.sentence.block, mistake.sentence.text.home, said.string


def _of_sentences(reading: Reading, told: Sequence[Sentence]) -> Iterator[Mistake]:
    """Those of sentences, then those that only whole paragraphs show."""
    for sentence in sentences(reading):
        yield from _first(m for find in _KINDS for m in find(sentence))
    for paragraph in told:
        for find_wide in _WIDE:
            yield from find_wide(paragraph)


def _first(mistakes: Iterable[Mistake]) -> Iterator[Mistake]:
    """Mistakes of one sentence without changes that are told of a figure accused before."""
    accused: set[int] = set()
    for mistake in mistakes:
        of = {p.quantity.start for p in (mistake.stated, *mistake.parts)}
        if mistake.change and of & accused:
            continue
        accused.add(mistake.stated.quantity.start)
        yield mistake
