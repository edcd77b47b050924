"""Totals told beside their parts in one sentence: 合计, brackets with parts, lists after 包括, remainders,
products."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal
from itertools import combinations

import regex

from extractor.quantity import Interval, Quantity
from extractor.rules.text._figures import Said, Sentence, in_part
from extractor.rules.text._mistakes import Mistake, agrees

_TOTAL = regex.compile(r"(?:合计|共计|总计|累计|共(?![享同青产建治管性富]))(?P<what>[一-鿿“”]{0,14})$")
_NOT_LISTED = regex.compile(
    r"其中|以上|等|约|余|上年|去年|同期|增长|增加|减少|比|较|平均|每|单价|调整|目标|分别|最[高低大小多少]"
)
_YEAR, _WHOLE = "全年", regex.compile(r"计划|总(?:投资|额|量|数|规模|面积|里程)")
_REMAINDER = regex.compile(
    r"(?:差额|差异|结余|剩余|节余|节约|结转|缺口|余额|盈余|预决算差异|收支结余)(?:资金|金额|额|数)?(?:为|是|[:：])?$"
)
_INCOME = regex.compile(r"预算|收入|计划|到位|下达|拨付|收到|安排|批复|来源")
_SPENT = regex.compile(r"支出|决算|执行|支付|使用|花费|成本")
_EACH = regex.compile(r"每(?P<unit>[一-鿿]{1,2})[一-鿿]{0,6}$")
_LIST = regex.compile(r"(?:包括|分别为|分别是|分为|由|组成|具体为|其中包括)[^，,。]{0,16}$")
_LINKS = regex.compile(r"^[^。；;]{0,40}$")
_NEAR = Decimal("0.25")
_MANY = 11


def sum_mistakes(sentence: Sentence) -> Iterator[Mistake]:
    """Totals, remainders and products of a sentence that do not follow from its other figures."""
    figures = sentence.figures
    for number, said in enumerate(figures):
        if not said.alone or said.quantity.malformed or said.family in ("ratio", "points", "number"):
            continue
        found = (
            _bracket(sentence, number)
            or _trailing(sentence, number)
            or _product(sentence, number)
            or _remainder(sentence, number)
            or _listed(sentence, number)
        )
        if found is not None:
            yield found


def total(parts: Sequence[Said]) -> Interval:
    """The sum of some figures in base units."""
    result = Interval.point(0)
    for part in parts:
        result = result + part.base
    return result


def explained(stated: Quantity, quantities: Sequence[Quantity]) -> bool:
    """Whether some of the figures near by add up to a total, or two of them differ by it."""
    same = [q for q in quantities if q.dimension == stated.dimension and q.text != stated.text][:_MANY]
    wanted = stated.base()
    for size in range(2, len(same) + 1):
        for some in combinations(same, size):
            if _added(some).meets(wanted):
                return True
    return any(_differ(a, b, wanted) for a, b in combinations(same, 2))


def _added(some: Sequence[Quantity]) -> Interval:
    result = Interval.point(0)
    for quantity in some:
        result = result + quantity.base()
    return result


def _differ(a: Quantity, b: Quantity, wanted: Interval) -> bool:
    return (a.base() - b.base()).meets(wanted) or (b.base() - a.base()).meets(wanted)


def _mistake(
    sentence: Sentence, said: Said, parts: Sequence[Said], what: str, severity: str = "error"
) -> Mistake | None:
    """The mistake of a total that its parts do not make; None if they do, or are too far from it to be its
    parts."""
    computed = total(parts)
    middle = (computed.low + computed.high) / 2
    if agrees(said.quantity, computed) or explained(said.quantity, sentence.nearby):
        return None
    stated = said.quantity.value * said.quantity.scale
    told = bool(_TOTAL.search(said.lead)) or severity == "plus"
    far = abs(middle - stated) > abs(stated) * _NEAR or any(p.base.low > stated for p in parts)
    if not stated or (far and not told):
        return None
    how = "、".join(p.string for p in parts) + " 之和"
    return Mistake(
        sentence, said, tuple(parts), computed, how, what, "warning" if severity == "warning" else "error"
    )


def _name(said: Said, fallback: str) -> str:
    return said.lead[-14:].strip("的为是：:") or fallback


def _bracket(sentence: Sentence, number: int) -> Mistake | None:
    """120 名（甲 90 名+乙 30 名）: all figures of a bracket right behind a total."""
    figures, said = sentence.figures, sentence.figures[number]
    if not regex.match(r"\s*[（(]", said.after) or number + 2 >= len(figures):
        return None
    room = figures[number + 1].room
    inside = [f for f in figures[number + 1 :] if f.room == room]
    if (
        room == said.room
        or len(inside) < 2
        or any(f.quantity.dimension != said.quantity.dimension for f in inside)
    ):
        return None
    start, end = said.quantity.end, inside[-1].quantity.end
    words = sentence.string[start:end]
    rest = regex.match(r"[^（()）]{0,24}[)）]", sentence.string[end:])
    if rest is None or _NOT_LISTED.search(words + rest[0]) or regex.search(r"预算|决算|目标|如", words):
        return None
    plus = "+" in words or "＋" in words
    return _mistake(
        sentence,
        said,
        inside,
        _name(said, "合计数"),
        "plus" if plus else "error" if len(inside) > 2 else "warning",
    )


def _trailing(sentence: Sentence, number: int) -> Mistake | None:
    """A、B、C，合计 T: the run of figures of one kind before a total, or those of the same thing (核减 …
    共计核减)."""
    figures, said = sentence.figures, sentence.figures[number]
    cue = _TOTAL.search(said.lead)
    if cue is None:
        return None
    alike = [
        f for f in figures[:number] if f.quantity.dimension == said.quantity.dimension and f.room == said.room
    ]
    named = _named(cue["what"], alike)
    parts = named if len(named) > 1 else _run(figures, number)
    if cue[0].startswith("累计") and _nested(parts):
        return None
    if parts and _ends(sentence, parts[0], said) and _summed_before(figures[:number], parts):
        return None
    if len(parts) < 2 or any(_NOT_LISTED.search(p.before) or _TOTAL.search(p.lead) for p in parts[1:]):
        return None
    if any(agrees(said.quantity, total(parts[n:])) for n in range(1, len(parts) - 1)):
        return None  # what stands before is of something else
    whole = total([*parts, said])
    if any(_TOTAL.search(f.lead) and agrees(f.quantity, whole) for f in figures[number + 1 :]):
        return None  # one of the parts itself, called 总计量表
    return _mistake(sentence, said, parts, _name(said, "合计数"))


def _summed_before(figures: Sequence[Said], parts: Sequence[Said]) -> bool:
    """Whether the parts are totals themselves, or have one of their own behind them."""
    between = figures[figures.index(parts[0]) :]
    return any(_TOTAL.search(f.lead) for f in between)


def _ends(sentence: Sentence, first: Said, last: Said) -> bool:
    """Whether a semicolon parts two totals: each is of its own list."""
    between = sentence.string[first.quantity.end : last.quantity.start]
    return regex.search(r"[；;]", between) is not None


def _nested(parts: Sequence[Said]) -> bool:
    """Whether a figure holds others of its run: 总投资 A，年内完成 B, or 1—6月完成 A，全年完成 B."""
    return any(_WHOLE.search(p.lead) for p in parts) or any(_YEAR in p.lead for p in parts[1:])


def _named(what: str, alike: Sequence[Said]) -> list[Said]:
    """The figures whose words hold the word that the total is of: 核减金额 of 需核减 … and 进一步核减金额
    …."""
    stems = {what[i : i + 2] for i in range(len(what) - 1)} - {"金额", "资金", "费用", "数量", "总量"}
    return [f for f in alike if any(s in _clause(f) for s in stems)]


def _clause(said: Said) -> str:
    return said.lead or said.before[-16:]


def _run(figures: Sequence[Said], number: int) -> list[Said]:
    """The figures right before a total, one after the other, all of its kind and in its bracket."""
    said = figures[number]
    found: list[Said] = []
    for at, figure in reversed(list(enumerate(figures[:number]))):
        if figure.depth > said.depth:
            continue
        if figure.quantity.dimension != said.quantity.dimension or figure.room != said.room:
            break
        if not _LINKS.match(figures[at + 1].before):
            break
        found.append(figure)
    return found[::-1]


def _product(sentence: Sentence, number: int) -> Mistake | None:
    """3 次，每次 12 小时，共计 36 小时."""
    if number < 2:
        return None
    times, each, said = sentence.figures[number - 2 : number + 1]
    cue = _EACH.search(each.lead)
    if cue is None or not _TOTAL.search(said.lead) or not times.string.endswith(cue["unit"]):
        return None
    if each.quantity.dimension != said.quantity.dimension or _NOT_LISTED.search(said.lead):
        return None
    computed = each.base * times.base
    if agrees(said.quantity, computed):
        return None
    how = f"{times.string} × {each.string}"
    return Mistake(sentence, said, (times, each), computed, how, _name(said, "合计数"))


def _remainder(sentence: Sentence, number: int) -> Mistake | None:
    """预算 A，支出 B，结余 C: the two figures right before a remainder, outside brackets."""
    said = sentence.figures[number]
    if not _REMAINDER.search(said.lead) or said.family != "money":
        return None
    part = in_part(sentence, number)
    near = [f for f in part if f.room == said.room and f.family == "money" and f.alone]
    if len(near) != 2 or not _INCOME.search(near[0].lead) or not _SPENT.search(near[1].lead):
        return None
    computed = near[0].base - near[1].base
    if said.quantity.value >= 0 and computed.high < 0:
        computed = -computed
    if _goes_two_ways(sentence, number, computed):
        return None
    if agrees(said.quantity, computed) or explained(said.quantity, sentence.nearby):
        return None
    how = f"{near[0].string} － {near[1].string}"
    return Mistake(sentence, said, tuple(near), computed, how, _name(said, "差额"))


def _goes_two_ways(sentence: Sentence, number: int, left: Interval) -> bool:
    """Whether what is left is told in two amounts: 结余 12 万元上缴财政、8 万元结转下年."""
    said, after = sentence.figures[number], sentence.figures[number + 1 : number + 2]
    return any(f.family == "money" and (said.base + f.base).meets(left) for f in after)


def _listed(sentence: Sentence, number: int) -> Mistake | None:
    """120 名，包括甲 90 名，乙 20 名 …: three or more parts of one kind that go on to the sentence's end."""
    figures, said = sentence.figures, sentence.figures[number]
    rest = [f for f in figures[number + 1 :] if f.room == said.room]
    if len(rest) < 3 or any(f.quantity.dimension != said.quantity.dimension for f in rest):
        return None
    words = rest[0].before
    if not regex.search(r"包括|分别为|分别是|分为|组成", words) or any(
        _NOT_LISTED.search(f.before) for f in rest
    ):
        return None
    if "等" in sentence.string[rest[-1].quantity.end :] or regex.search(r"[。；;]", sentence.string[:-1]):
        return None
    return _mistake(sentence, said, rest, _name(said, "合计数"))
