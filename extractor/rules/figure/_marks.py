"""The points that an indicator may get by its scoring rule, from what it aimed at, what was reached, what was found."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import ROUND_CEILING, ROUND_FLOOR, ROUND_HALF_UP, Decimal

import regex

from extractor.quantity import Interval, Quantity, chinese_number
from extractor.rules.figure._ranges import Range
from extractor.rules.figure._scheme import Scheme, Step
from extractor.rules.indicator._reached import proportion, reached

_N = r"\d+(?:\.\d+)?|[一二两三四五六七八九十]"
_LOOKED = regex.compile(r"(?:抽[查取检样]|检查|核查|查看|查阅|共|走访|涉及|应|全部|合计)[^，。；]{0,8}$")
_FOUND = regex.compile(
    r"(?:发现|存在|有|缺少?|少|逾期|超期|超|晚|迟|延期?|滞后|推迟|不符合?|违规)[^，。；\d]{0,6}$"
)
_WRONG = regex.compile(r"[^，。；\d]{0,10}?(?:不|未|违|缺|超|逾|差错|问题|错|漏|滞后|补办|偏差)")
_NEGATED = regex.compile(r"(?:[不未无非]|的|基本|较为?|比较|欠|部分|一般)$")
_POINT = ("百分点", "%")
_TINY = Decimal("0.0001")


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of an indicator: its weight, target and actual value, and what is said of it in words."""

    name: str
    weight: Decimal
    target: Quantity | None = None
    actual: Quantity | None = None
    words: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """The scores that a rule can mean, the plain reading first, and why, as a message tells it."""

    scores: tuple[Interval, ...]
    why: str


def marks(rule: Scheme, facts: Facts) -> Marks | None:
    """The scores that the rule grants for these facts; None if the rule or the facts leave that open."""
    if rule.open:
        return None
    return (
        _by_words(rule, facts) or _by_bands(rule, facts) or _by_target(rule, facts) or _by_count(rule, facts)
    )


def _by_words(rule: Scheme, facts: Facts) -> Marks | None:
    """Grades and states: 良得80%, 基本健全得60%; the words said must be one of those that the rule names."""
    if len(rule.words) < 2 or rule.steps or rule.bands or rule.proportion or rule.product:
        return None
    named = {word for text in facts.words if (word := _word(text, [w for w, _ in rule.words]))}
    if len(named) != 1:
        return None
    word = named.pop()
    points = next(p for w, p in rule.words if w == word)
    return Marks((Interval.point(points.of(facts.weight)),), f"评为“{word}”")


def _word(text: str, known: list[str]) -> str:
    """The one word of a scale that a short text says; "" if it says none, several, or one that is denied."""
    plain = str(regex.sub(r"[\s“”\"。；，]|^(?:评定?为|等次|等级|评价)?[:：]?", "", text))
    if len(plain) > 12:
        return ""
    if plain in known:
        return plain
    found = [w for w in known if plain.endswith(w) and len(w) > 1]
    longest = [w for w in found if not any(w != o and w in o for o in found)]
    if len(longest) != 1 or _NEGATED.search(plain.removesuffix(longest[0])):
        return ""
    return str(longest[0])


def _by_bands(rule: Scheme, facts: Facts) -> Marks | None:
    """Ranges of the actual value, of which at least two are named or all others earn the same."""
    actual = facts.actual
    if (
        actual is None
        or actual.op not in ("", "=")
        or actual.upper is not None
        or rule.steps
        or rule.proportion
    ):
        return None
    if len(rule.bands) + (rule.otherwise is not None) < 2 or not all(
        _like(b.range, actual) for b in rule.bands
    ):
        return None
    within = [b for b in rule.bands if b.range.holds(actual.value)]
    scores = [Interval.point(b.earned(facts.weight)) for b in within]
    if not within and rule.otherwise is not None:
        scores = [Interval.point(rule.otherwise.of(facts.weight))]
    return Marks(tuple(scores), f"完成值 {actual.text} 所在的一档") if scores else None


def _like(range_: Range, actual: Quantity) -> bool:
    return range_.unit == actual.unit or (range_.unit == "" and actual.unit != "%") or actual.unit == ""


def _by_target(rule: Scheme, facts: Facts) -> Marks | None:
    """Full marks for what reached the target, else steps below it, its share, or what the rule says otherwise."""
    actual = facts.actual
    if actual is None or actual.op not in ("", "=") or actual.upper is not None:
        return None
    if rule.product:
        return _product(rule, facts, actual)
    if any(b.range.holds(actual.value) and _like(b.range, actual) for b in rule.bands if not b.points.value):
        return Marks((Interval.point(Decimal(0)),), f"完成值 {actual.text}")
    aim = _aim(rule, facts)
    met = reached(aim, actual, facts.name) if aim is not None else None
    if aim is None or len(rule.steps) > 1 or any(s.way == "found" for s in rule.steps):
        return None
    if rule.steps:
        return _capped(rule, facts, _stepped(rule.steps[0], aim, actual, facts, met))
    if met is True and (rule.proportion or rule.otherwise is not None):
        return Marks((Interval.point(facts.weight),), f"目标 {aim.text}、完成值 {actual.text}，已达到")
    if met is False and rule.proportion:
        return _by_any(aim, actual, facts)
    if met is None and rule.proportion:
        return _either(aim, actual, facts)
    if met is False and rule.otherwise is not None and not rule.otherwise.value:
        return Marks((Interval.point(Decimal(0)),), f"目标 {aim.text}、完成值 {actual.text}，未达到")
    return None


def _aim(rule: Scheme, facts: Facts) -> Quantity | None:
    """The value from which on full marks are given: what the rule says if it says one, else the target."""
    full = [b.range for b in rule.bands if b.points.of_weight and b.points.value == 1 and not b.lost]
    if len(full) > 1:
        return None
    if full:
        low, high = full[0].low, full[0].high
        op, value = (">=", low) if low is not None else ("<=", high)
        if value is None or (low is not None and high is not None):
            return None
        said = f"{'≥' if op == '>=' else '≤'}{value}{full[0].unit}"
        return Quantity(said, value, op=op, unit=full[0].unit, exact=True)
    target = facts.target
    return target if target is not None and target.upper is None and target.op != "~" else None


def _product(rule: Scheme, facts: Facts, actual: Quantity) -> Marks | None:
    """执行率×分值, where the actual value is that rate."""
    if actual.unit not in ("%", "％") or not (rule.product in facts.name or facts.name in rule.product):
        return None
    share = actual.base()
    worth = Interval(min(share.low, Decimal(1)), min(share.high, Decimal(1))).scaled(facts.weight)
    return Marks((worth,), f"{rule.product} {actual.text}")


def _shared(aim: Quantity, actual: Quantity, facts: Facts) -> Marks | None:
    share = proportion(aim, actual)
    if share is None:
        return None
    wide = actual.interval()
    slack = (wide.high - wide.low) / (2 * actual.value) if actual.value else Decimal(0)
    worth = share * facts.weight
    return Marks(
        (Interval(worth * (1 - slack), worth * (1 + slack)),),
        f"目标 {aim.text}、完成值 {actual.text}，按比例",
    )


def _by_any(aim: Quantity, actual: Quantity, facts: Facts) -> Marks | None:
    """The share of what full marks begin at, of the target where that is another, or of all."""
    shared = _shared(aim, actual, facts)
    others = [facts.target] if facts.target is not None and facts.target.value != aim.value else []
    if actual.unit in ("%", "％") and aim is not facts.target:
        others.append(Quantity("100%", Decimal(100), unit="%", exact=True))
    more = [m for o in others if (m := _shared(o, actual, facts)) is not None]
    return Marks((*shared.scores, *(i for m in more for i in m.scores)), shared.why) if shared else None


def _either(aim: Quantity, actual: Quantity, facts: Facts) -> Marks | None:
    """Full marks or the share, where the target does not say whether more or less of it is wanted."""
    if aim.op not in ("", "=") or aim.dimension != actual.dimension:
        return None
    more = actual.value * actual.scale > aim.value * aim.scale
    shared = _shared(actual, aim, facts) if more else _shared(aim, actual, facts)
    if shared is None:
        return None
    return Marks((*shared.scores, Interval.point(facts.weight)), shared.why)


def _stepped(step: Step, aim: Quantity, actual: Quantity, facts: Facts, met: bool | None) -> Marks | None:
    """What the steps below (or above) the target leave, in proportion or by whole steps."""
    if met is True:
        return Marks((Interval.point(facts.weight),), f"目标 {aim.text}、完成值 {actual.text}，已达到")
    gaps = _gaps(step, aim, actual)
    cost = step.cost.of(facts.weight)
    found: list[Interval] = []
    for gap in gaps:
        count = Interval(max(gap.low / step.size, Decimal(0)), max(gap.high / step.size, Decimal(0)))
        found += [left(facts.weight, n.scaled(cost)) for n in in_steps(count)]
    return Marks(tuple(found), f"目标 {aim.text}、完成值 {actual.text}，“{step.said}”") if found else None


def _gaps(step: Step, aim: Quantity, actual: Quantity) -> Iterator[Interval]:
    """How many units of the step the actual value is off its target, by each reading; none in the other direction."""
    low = aim.op in ("<=", "<")
    if (step.way == "below" and low) or (step.way == "above" and aim.op in (">=", ">")):
        return
    if step.unit in _POINT and aim.dimension == actual.dimension == "ratio":
        far = (actual.base() - aim.base()).scaled(Decimal(100))
    elif step.unit in _POINT and aim.dimension == actual.dimension:
        far = Interval.point(Decimal(0))
    elif step.unit in (aim.unit, aim.unit.removeprefix("个")) and aim.unit == actual.unit:
        far = actual.interval() - Interval.point(aim.value)
    else:
        return
    far = far if step.way == "above" or low else Interval(-far.high, -far.low)
    if step.way == "off" and far.high < 0:
        far = Interval(-far.high, -far.low)
    if far.high < 0:
        return
    if far.high > _TINY:
        yield far
    if step.unit in _POINT and aim.base().low > 0:
        share = ((actual.base() - aim.base()) / aim.base()).scaled(Decimal(100))
        share = share if step.way == "above" or low else Interval(-share.high, -share.low)
        if step.way == "off" and share.high < 0:
            share = Interval(-share.high, -share.low)
        yield share


def in_steps(count: Interval) -> list[Interval]:
    """A number of steps as it is, and as so many whole ones: those begun not counted, counted, or counted from half."""
    ways = (ROUND_FLOOR, ROUND_CEILING, ROUND_HALF_UP)
    return [count, *(Interval(count.low.to_integral_value(w), count.high.to_integral_value(w)) for w in ways)]


def left(weight: Decimal, deducted: Interval) -> Interval:
    """What a deduction leaves of a weight, 0 at least."""
    rest = Interval.point(weight) - deducted
    return Interval(max(rest.low, Decimal(0)), max(rest.high, Decimal(0)))


def _by_count(rule: Scheme, facts: Facts) -> Marks | None:
    """What each thing found wrong costs, where the row says how many there were."""
    if len(rule.steps) != 1 or rule.bands or rule.proportion:
        return None
    step = rule.steps[0]
    counts = {n for text in facts.words for n in _counted(text, step.unit)}
    if len(counts) != 1:
        return None
    number = counts.pop()
    cost = step.cost.of(facts.weight)
    scores = [left(facts.weight, n.scaled(cost)) for n in in_steps(Interval.point(number / step.size))]
    return _capped(rule, facts, Marks(tuple(scores), f"{number}{step.unit}，“{step.said}”"))


def _capped(rule: Scheme, facts: Facts, found: Marks | None) -> Marks | None:
    """Scores with no more taken off than the rule allows."""
    if found is None or rule.most is None:
        return found
    least = max(facts.weight - rule.most, Decimal(0))
    return Marks(tuple(Interval(max(s.low, least), max(s.high, least)) for s in found.scores), found.why)


def _counted(text: str, unit: str) -> Iterator[Decimal]:
    """How many of a unit a text says were found wrong; what was merely looked at does not count. Nothing where a list
    goes on (超范围 2 处、附件不全 1 处): how many there are is its sum then, or not said."""
    told = [
        (m, bool(_FOUND.search(before) or _WRONG.match(text, m.end())))
        for m in regex.finditer(rf"(?P<n>{_N})个?{regex.escape(unit)}", text)
        if not _LOOKED.search(before := text[: m.start()])
    ]
    sure = any(found for _, found in told) and (len(told) == 1 or all(found for _, found in told))
    for match, _ in told if sure else ():
        value = chinese_number(match["n"])
        if value is not None:
            yield value
