"""A scoring rule read as a whole: what earns full marks, what each step costs, which bands and grades earn what.

A rule of which anything that may be about points is left over is ``open``: nothing can be computed by it.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any, Literal

import regex

from extractor.quantity import chinese_number, normal
from extractor.rules.figure._ranges import Range, range_of

_N = r"\d+(?:\.\d+)?"
_CH = r"[一二两三四五六七八九十]"
_OF = r"(?:(?:该|本|此)?(?:项|指标|项指标|三级指标)?(?:权重|分值|满分|总分|标准分|分数)(?:分值|分)?的?)"
_UNIT = (
    r"个?百分点|%|‰|个?工作日|个月|小时|分钟|平方米|公里|人次|户次|[项处笔次例个条起件份天日周月户家人亩米台套所名吨批篇期场宗座辆盏张]"
    r"|万?元|万[^\d，。；扣]{1,2}"
)
_BELOW, _ABOVE, _OFF = (
    r"低于?|降低?|下降|减少|少于?|缺少?|未达到?|未完成|不足|差",
    r"逾期|超期|延期|延迟|推迟|滞后|拖延|晚于?|迟于?|超过?|超出|高于?|高出|增加|增高|多于?",
    r"偏差|偏离|相差",
)
_FOUND = r"发现|有|出现|存在|发生|查出|缺失"
_STEP = regex.compile(
    rf"(?:每(?P<way>(?:{_BELOW}|{_ABOVE}|{_OFF}|{_FOUND})*)|(?P<way>{_FOUND}|缺少?|少)(?:任?何)?)(?:于)?"
    rf"(?:(?:年度|预期|计划|规定|合同)?(?:目标|计划|指标|标准|基准|时限|时间|限额|控制)(?:值|数)?)?(?:的)?"
    rf"(?P<step>{_N}|{_CH})?(?P<unit>{_UNIT})(?P<rest>[^，。；|扣\d]{{0,22}})[，]?(?:则|就|相应|应|直接|予以)?"
    rf"扣(?:除|减|掉)?{_OF}?(?P<amount>{_N})(?P<points>分|%)(?:{_OF}|的分值)?"
)
_THINGS, _LACKING = ("项", "个", "处", "条", "份", "种"), ("缺", "缺少", "少")
_FLOOR = regex.compile(
    r"(?:直至|直到)?扣(?:完|光)(?:本项|该项)?(?:分值|权重分|分)?(?:为止)?|(?:直至|扣至|扣到)0分(?:为止)?|(?:最低|最少)(?:得|为)?0分|不(?:计|出现|倒扣)负分|不低于0分|不倒扣"
)
_CAP = regex.compile(
    rf"(?:累计|合计)?(?:最多|最高|至多)扣(?:除|减)?(?P<a>{_N})分|扣分(?:最多|最高)?不超过(?P<b>{_N})分"
)
_DIGITS = regex.compile(
    r"(?:得分|结果|计算结果)?(?:四舍五入)?[，]?(?:均)?保留(?:到|至)?[一两二三\d]位小数|四舍五入"
    r"|不足[\d.]*[一两]?个?\p{Han}{0,3}?的?(?:部分)?[，]?(?:均)?(?:按[\d一]个?\p{Han}{1,3}(?:计算?|扣分|算)|(?:不|忽略不)(?:扣|计)分?|忽略不计)"
)
_WORTH = rf"(?:(?:该|本)?(?:项|指标|项指标)?(?:权重|分值|满分|标准分|总分|标准)(?:分值|分)?(?:值)?|{_N}分)"
_AIMED = r"[^，。；|=＝×*]{0,4}(?:目标|计划|指标|预期|标准)[^，。；|=＝×*]{0,8}"
_DONE = rf"(?P<done>(?:完成|实际|达到|达成)[^，。；|=＝×*/÷]{{0,10}}[/÷]{_AIMED})"
_PRODUCT = regex.compile(
    rf"(?:得分|本项得分)?[=＝]?(?:{_WORTH}[×*])?[(（]?(?P<part>[^，。；|=＝×*]{{0,16}}(?:率|比例|{_DONE}))[)）]?(?:[×*]100%)?[×*]{_WORTH}(?:[×*]100%)?"
    rf"|(?:得分|本项得分)?[=＝]?{_WORTH}[×*][(（]?(?P<part>[^，。；|=＝×*]{{0,16}}(?:率|比例|{_DONE}))[)）]?(?:[×*]100%)?"
)
_PROPORTION = regex.compile(
    r"按(?:照)?(?:其|实际|该)?(?:完成|达成|实现|执行|到位|达标|相应|未完成)?(?:值|情况)?(?:的)?(?:占目标值的?)?(?:比例|比率|百分比|完成率|执行率|达标率|率)"
    r"(?:折算|计算|扣减|计|折)?(?:得|计|给|赋|评|扣)?分?"
    r"|按(?:照)?[^，。；|]{0,10}(?:与|占|除以|[/÷])[^，。；|]{0,10}(?:之比|的?比例|比值|值)?(?:折算|计算|计|得|给)+分?"
)
_AWARD = (
    rf"(?:的|者|时|[，]|(?<!否)则|可|均|其)*(?:"
    rf"(?P<full>(?:得|计|给|为|获)(?:该项|本项)?(?:满分|全分|全部分值|{_OF}?100%(?:的?分值|的?权重分?|的?分)?)|不扣分)"
    rf"|(?P<none>不(?:得|计|给|予计)分|(?:得|计|为)0分|扣(?:完|除全部分?值?)|得0%)"
    rf"|(?:得|计|给|赋)(?:该项|本项)?(?P<got>{_N})分"
    rf"|(?:(?:得|计|给|按|赋)+(?:其)?{_OF}?(?P<share>{_N})%(?:的?(?:分值|权重分?|满分|标准分|得?分))?|(?<=[优良中差好])(?P<share>{_N})%|{_OF}?(?P<share>{_N})%的?(?:分值|权重分?|满分|标准分))"
    rf"|(?:得)?(?P<half>一半|半)(?:的)?分(?:值)?"
    rf"|扣(?:除|减)?(?P<lost>{_N})分|扣(?:除|减)?{_OF}(?P<cut>{_N})%)"
)
_CLAUSE = regex.compile(rf"(?P<cond>[^，；。|、]{{1,34}}?){_AWARD}(?=[，；。|、]|$)")
_ELSE = regex.compile(
    r"^(?:否则?|反之|其他|其他情况|未达到?(?:目标|标准|要求|上述)?(?:值)?(?:的)?|未完成(?:的)?|不达标(?:的)?)$"
)
_LEFT = regex.compile(
    rf"扣|得(?!到)|计分|赋分|占(?!用)|按(?!时|期|照?规定|要求|合同|照?(?:国家|有关|相关)|进度|计划|程序|月|季|年|标准|制度)|酌|视|档|加分|系数|{_N}分|等次|等级|封顶|上限|分别|各\d"
)
_SEVERAL = regex.compile(r"加权|其中|各占|各得|各计|各\d|分别|之和|平均|两项")
_WITHIN = regex.compile(
    r"(?:之间|区间|以内|范围内?|\d%?[-—~～至]\d+(?:\.\d+)?%?)[^。；]{0,12}?按[^。；]{0,8}比例"
)
_QUOTES = regex.compile(r"[\s“”\"'「」《》]")


@dataclass(frozen=True, slots=True)
class Points:
    """Points earned or lost: a number of them, or a share of the weight."""

    value: Decimal
    of_weight: bool = False

    def of(self, weight: Decimal) -> Decimal:
        return weight * self.value if self.of_weight else self.value


@dataclass(frozen=True, slots=True)
class Step:
    """What each ``size`` of a ``unit`` costs: ``way`` says how far below, above or off the target, or found."""

    way: Literal["below", "above", "off", "found"]
    size: Decimal
    unit: str
    cost: Points
    said: str


@dataclass(frozen=True, slots=True)
class Band:
    """What a range of the actual value earns; ``lost`` points are taken from the weight."""

    range: Range
    points: Points
    lost: bool = False

    def earned(self, weight: Decimal) -> Decimal:
        worth = self.points.of(weight)
        return max(weight - worth, Decimal(0)) if self.lost else worth


@dataclass(frozen=True, slots=True)
class Scheme:
    """A scoring rule taken apart; ``words`` are the conditions without figures (健全) and what they earn,
    ``most`` what can be taken off at most."""

    text: str
    steps: tuple[Step, ...] = ()
    bands: tuple[Band, ...] = ()
    words: tuple[tuple[str, Points], ...] = ()
    otherwise: Points | None = None
    proportion: bool = False
    product: str = ""
    open: bool = True
    most: Decimal | None = None


FULL, NOTHING = Points(Decimal(1), True), Points(Decimal(0))


@lru_cache(maxsize=1 << 10)
def scheme(text: str) -> Scheme:
    """A scoring rule taken apart."""
    plain = (
        _QUOTES.sub("", normal(text))
        .replace(",", "，")
        .replace(";", "；")
        .replace("(", "（")
        .replace(")", "）")
    )
    cap = _CAP.search(plain)
    rest = _CAP.sub("|", plain)
    for known in (_FLOOR, _DIGITS):
        rest = known.sub("|", rest)
    steps = tuple(s for m in _STEP.finditer(rest) if (s := _step(m)) is not None)
    rest = _STEP.sub("|", rest)
    product = _PRODUCT.search(rest)
    rest = _PRODUCT.sub("|", rest)
    proportion = bool(_PROPORTION.search(rest))
    rest = _PROPORTION.sub("|", rest)
    clauses = list(_clauses(rest))
    unread = any(c == "" for c in clauses)
    rest = _CLAUSE.sub("|", rest)
    return Scheme(
        plain,
        steps,
        tuple(c for c in clauses if isinstance(c, Band)),
        tuple(c for c in clauses if isinstance(c, tuple) and c[0]),
        next((c[1] for c in clauses if isinstance(c, tuple) and not c[0]), None),
        proportion or (product is not None and bool(product["done"])),
        product["part"] if product is not None and not product["done"] else "",
        bool(unread or _LEFT.search(rest) or _SEVERAL.search(plain) or _WITHIN.search(plain)),
        Decimal(cap["a"] or cap["b"]) if cap is not None else None,
    )


def _step(match: Any) -> Step | None:
    way = match["way"] or ""
    size = chinese_number(match["step"] or "1")
    if size is None or size <= 0:
        return None
    kind: Literal["below", "above", "off", "found"] = "found"
    if regex.search(_OFF, way):
        kind = "off"
    elif regex.search(_ABOVE, way):
        kind = "above"
    elif regex.search(_BELOW, way) and not (match["unit"] in _THINGS and way in _LACKING):
        kind = "below"
    unit = match["unit"].removeprefix("个") if match["unit"] != "个" else "个"
    share = match["points"] == "%"
    amount = Decimal(match["amount"]) / (100 if share else 1)
    return Step(kind, size, unit, Points(amount, share), match[0])


def _clauses(text: str) -> Iterator[Band | tuple[str, Points] | Literal[""]]:
    """Bands, and conditions in words ("" for otherwise) with what they earn; "" for one that cannot be read."""
    for match in _CLAUSE.finditer(text):
        points, lost = _points(match)
        found = range_of(match["cond"])
        if found is not None:
            yield Band(found, points, lost)
        elif not lost and not any(c.isdigit() for c in match["cond"].removeprefix("100%")):
            yield ("" if _ELSE.match(match["cond"]) else match["cond"]), points
        else:
            yield ""


def _points(match: Any) -> tuple[Points, bool]:
    if match["full"]:
        return FULL, False
    if match["none"]:
        return NOTHING, False
    if match["half"]:
        return Points(Decimal("0.5"), True), False
    if match["lost"] or match["cut"]:
        value = Decimal(match["lost"] or match["cut"])
        return (Points(value), True) if match["lost"] else (Points(value / 100, True), True)
    if match["share"]:
        return Points(Decimal(match["share"]) / 100, True), False
    return Points(Decimal(match["got"])), False
