"""Totals and differences of a paragraph that one slip of the pen parts from the figures beside them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import NamedTuple

import regex

from extractor.rules._printed import Printed
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mending import Mended, Wanted, mend
from extractor.rules.text._mistakes import Mistake, agrees
from extractor.rules.text._other_units import other_units
from extractor.rules.text._sums import total

_LISTS = regex.compile(
    r"其中|包括|包含|分别|[由用]于?|来源|构成|组成|[：:]|按[^，,。]{2,10}[，,]|从[^，,。]{2,10}看|[一-鿿]{2,6}方面"
)
_TOTAL = regex.compile(r"(?:[合总共]计|[两二三四五六七八九]项共?|共)[一-鿿]{0,6}$")
_LEFT = regex.compile(
    r"(?:[结剩]余|尚[余有]|节余|余|结转|未[一-鿿]{1,4}|相?差|缺口|净?[增追]加|净?调[增减]|核[增减]|压减|减少|[比较][^，,。；;]{1,8}[多少]|节约)"
    r"(?:资金|金额|额|数)?(?:了|为|是|约)?$"
)
_APART = regex.compile(r"均|每|单价|标准|上年|去年|同期|上限|最[高低]|另|此外|其余|约|目标|任务|计划|应")
_ADJUSTED = regex.compile(r"调[增减]|追加|核[增减]|压减|[增追]加|减少")
_AFTER = regex.compile(r"调整后?的?(?:全年|年度)?预算|全年预算")
_ACT = regex.compile(
    r"^(?:全年|当年|累计|实际|已)*(?:支出|支付|执行|使用|拨付|完成|到位|下达|兑付|收入|预算)(?:资金|金额|数|安排)?(?:为|了)?$"
)
_REST = regex.compile(r"[结剩节]余|尚[余有]|未支[出付]")
_BUDGET = regex.compile(r"预算|到位|下达|安排|投资")
_SPENT = regex.compile(r"支出|支付|使用|执行|列支|已付")
_END = regex.compile(r"[。！？\n]")
_HIDDEN = regex.compile(r"等|其余|其他[^，,。；;、]{0,6}(?:由|未)|余下|主要")
_FAMILIES = ("money", "count", "area", "length", "weight")
_WHOLES, _MOST, _FEWEST = 3, 8, 2
_SURE_PARTS, _SURE_DIGITS, _CLOSE = 3, 4, 16


class _Sum(NamedTuple):
    """A total and the figures that may be its parts."""

    whole: Said
    parts: tuple[Said, ...]

    @property
    def holds(self) -> bool:
        return agrees(self.whole.quantity, total(self.parts))

    @property
    def holds_of_some(self) -> bool:
        """Whether parts side by side make the total without the others."""
        spans = ((a, b) for a in range(len(self.parts)) for b in range(a + _FEWEST, len(self.parts) + 1))
        return any(agrees(self.whole.quantity, total(self.parts[a:b])) for a, b in spans)

    def wanted(self) -> Wanted:
        made = total(self.parts)
        rest = [(p, self.whole.base - total([o for o in self.parts if o is not p])) for p in self.parts]
        return ((self.whole, made), *rest)


def mended_sum_mistakes(paragraph: Sentence, known: Printed) -> Iterator[Mistake]:
    """Totals told with their parts that would hold with one slip mended; differences in the same way."""
    plain = [f for f in paragraph.figures if _plain(f)]
    for kind in dict.fromkeys((f.quantity.dimension, f.quantity.scale) for f in plain):
        alike = [f for f in plain if (f.quantity.dimension, f.quantity.scale) == kind]
        sums = list(_sums(paragraph, alike))
        true = {f.quantity.start for s in sums if s.holds for f in (s.whole, *s.parts)}
        for one in sums:
            made = total(one.parts)
            if any(agrees(f.quantity, made) for f in alike):
                continue  # told elsewhere in the paragraph: 合同价, 结算价 and 核减 after another amount
            if not true & {f.quantity.start for f in (one.whole, *one.parts)} and not one.holds_of_some:
                found = mend(one.wanted(), known)
                if found is not None and _enough(one, found):
                    yield _mistake(paragraph, found, "之和")
                    break
        yield from _differences(paragraph, alike, known)
        yield from _halves(paragraph, alike, known)
    yield from _bracketed(paragraph, known)
    yield from other_units(paragraph, [f for f in plain if f.family == "money"])


def _plain(said: Said) -> bool:
    return _fits(said) and not said.depth and not _APART.search(said.lead)


def _enough(one: _Sum, found: Mended) -> bool:
    """Whether so many figures make it unlikely that a slip mends by chance."""
    digits = len(found.odd.quantity.value.normalize().as_tuple().digits)
    return digits >= _SURE_DIGITS or (digits > _FEWEST and len(one.parts) >= _SURE_PARTS)


def _sums(paragraph: Sentence, alike: Sequence[Said]) -> Iterator[_Sum]:
    """Runs of figures of one sentence, with each total told before them or right behind them."""
    for first in range(len(alike)):
        for last in range(first + _FEWEST, min(first + _MOST, len(alike)) + 1):
            run = alike[first:last]
            if _END.search(_between(paragraph, run[0], run[-1])) or not all(map(_named, run[1:])):
                break
            whole = alike[last] if last < len(alike) else None
            if (
                whole is not None
                and _TOTAL.search(whole.lead)
                and not _END.search(_between(paragraph, run[-1], whole))
            ):
                yield _Sum(whole, tuple(run))
            if whole is None or _closes(paragraph, run[-1], whole):
                yield from (
                    _Sum(w, tuple(run))
                    for w in alike[max(first - _WHOLES, 0) : first][::-1]
                    if _leads_on(paragraph, w, run)
                )


def _named(said: Said) -> bool:
    """Whether a part has a name of its own: not a mere number of a list, nor what was paid of the part before."""
    return len(said.lead) > 1 and not _ACT.match(said.lead)


def _between(paragraph: Sentence, one: Said, other: Said) -> str:
    return paragraph.string[one.quantity.end : other.quantity.start]


def _closes(paragraph: Sentence, last: Said, after: Said) -> bool:
    """Whether a list ends before the next figure of its kind."""
    return bool(regex.search(r"[。；;]|其中|[比较]", _between(paragraph, last, after)))


def _leads_on(paragraph: Sentence, whole: Said, run: Sequence[Said]) -> bool:
    """Whether words between a total and figures say that these make it up, and none is left out."""
    words = _between(paragraph, whole, run[0])
    end = _END.search(paragraph.string, run[-1].quantity.end)
    listed = paragraph.string[run[0].quantity.start : end.start() if end else len(paragraph.string)]
    if len(run) < _SURE_PARTS and len(words) > _CLOSE:
        return False
    return bool(_LISTS.search(words)) and not _HIDDEN.search(listed)


def _differences(paragraph: Sentence, alike: Sequence[Said], known: Printed) -> Iterator[Mistake]:
    """What is left, or how much more, of the two figures before it."""
    for number, left in enumerate(alike):
        if not number or not _LEFT.search(left.lead):
            continue
        after = alike[number + 1 : number + 2]
        if after and _ADJUSTED.search(left.lead) and _AFTER.search(after[0].lead):
            if _ADJUSTED.search(alike[number - 1].lead):
                continue
            yield from _adjusted(paragraph, (alike[number - 1], left, after[0]), known)
            continue
        before = alike[max(number - _WHOLES, 0) : number]
        if len(before) < _FEWEST:
            continue
        pairs = [(a, b) for n, a in enumerate(before) for b in before[n + 1 :]]
        if any(agrees(left.quantity, d) for a, b in pairs for d in (a.base - b.base, b.base - a.base)):
            continue
        one, other = _budget_and_spent(alike[:number]) if _REST.search(left.lead) else before[-2:]
        great, small = (one, other) if one.base.high >= other.base.high else (other, one)
        gap = great.base - small.base
        wanted = ((left, gap), (great, small.base + left.base), (small, great.base - left.base))
        two_ways = any(
            (left.base + f.base).meets(gap) or (gap + f.base).meets(left.base)
            for f in paragraph.figures
            if f.family == left.family and f is not left
        )
        far = _END.search(_between(paragraph, other, left)) and not _REST.search(left.lead)
        if two_ways or _explained(left, alike) or far:
            continue
        found = mend(wanted, known)
        if found is not None and sum(map(str.isdigit, found.odd.quantity.plain)) > _FEWEST:
            yield _mistake(paragraph, found, "之差")


def _bracketed(paragraph: Sentence, known: Printed) -> Iterator[Mistake]:
    """120 名（甲 58 名、乙 63 名）: the bracket right behind a figure, of parts in its unit and nothing else."""
    for whole, first in pairwise(paragraph.figures):
        if first.room == whole.room or not regex.match(r"\s*[（(]", whole.after) or not _fits(whole):
            continue
        inside = tuple(f for f in paragraph.figures if f.room == first.room)
        words = paragraph.string[whole.quantity.end : inside[-1].quantity.end]
        if len(inside) < _FEWEST or not all(_fits(f) and _same_kind(f, whole) for f in inside):
            continue
        one = _Sum(whole, inside)
        if not one.holds and not _HIDDEN.search(words) and not _APART.search(words):
            found = mend(one.wanted(), known)
            if found is not None:
                yield _mistake(paragraph, found, "之和")


def _same_kind(one: Said, other: Said) -> bool:
    return (one.quantity.dimension, one.quantity.scale) == (other.quantity.dimension, other.quantity.scale)


def _fits(said: Said) -> bool:
    """Whether a figure may be a part or a total, wherever it stands."""
    plain = said.alone and said.family in _FAMILIES and not said.quantity.malformed
    return plain and said.base.low > 0


def _halves(paragraph: Sentence, alike: Sequence[Said], known: Printed) -> Iterator[Mistake]:
    """上半年 A，下半年 B: halves that make no figure of the document, but one with a slip mended."""
    for first, second in pairwise(alike):
        if "上半年" not in first.lead or "下半年" not in second.lead:
            continue
        whole = known.alike(first.quantity)
        made = first.base + second.base
        if any(y.meets(made) for y in (*whole, *known.bare(first.quantity))):
            continue
        ways = (mend(((first, y - second.base), (second, y - first.base)), known) for y in whole)
        found = next(
            (m for m in ways if m and len(m.odd.quantity.value.as_tuple().digits) >= _SURE_DIGITS), None
        )
        if found is not None:
            yield _mistake(paragraph, found, "之和为别处所写的全年数")


def _budget_and_spent(before: Sequence[Said]) -> Sequence[Said]:
    """The last budget and the last spending told, where both are told as such; else the last two figures."""
    budgets = [f for f in before if _BUDGET.search(f.lead) and not _SPENT.search(f.lead)]
    spent = [f for f in before if _SPENT.search(f.lead)]
    changed = any(_ADJUSTED.search(f.lead) for f in before)
    if not budgets or not spent or (changed and not _AFTER.search(budgets[-1].lead)):
        return before[-2:]
    return budgets[-1], spent[-1]


def _adjusted(paragraph: Sentence, three: tuple[Said, Said, Said], known: Printed) -> Iterator[Mistake]:
    """A budget before and after what was added or taken away: 年初预算 A，调增 D，调整后 B."""
    before, change, after = three
    gap = -change.base if "减" in change.lead else change.base
    if agrees(after.quantity, before.base + gap) or _END.search(_between(paragraph, before, after)):
        return
    moved = after.base - before.base
    moved = -moved if "减" in change.lead else moved
    found = mend(((after, before.base + gap), (before, after.base - gap), (change, moved)), known)
    if found is not None:
        yield _mistake(paragraph, found, "调整前后")


def _explained(left: Said, alike: Sequence[Said]) -> bool:
    """Whether any two figures of its kind differ by it or make it."""
    others = [f for f in alike if f is not left]
    pairs = ((a, b) for a in others for b in others if a is not b)
    return any(agrees(left.quantity, made) for a, b in pairs for made in (a.base - b.base, a.base + b.base))


def _mistake(paragraph: Sentence, found: Mended, what: str) -> Mistake:
    how = "、".join(f"{f.lead[-8:]} {f.string}" for f in found.others) + f"（{what}）"
    name = found.odd.lead[-12:].strip("的为是：: ") or "数额"
    return Mistake(paragraph, found.odd, found.others, found.computed, how, name, "warning", 0.75)
