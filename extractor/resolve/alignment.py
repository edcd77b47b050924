"""Whether the words that lead to a figure name an indicator: 全年培训农技人员 beside 农技人员培训人次."""

from __future__ import annotations

from functools import lru_cache

import regex

from extractor.quantity import Quantity
from extractor.recognise.units import is_unit
from extractor.resolve.register import plain

SURE, LIKELY = 0.95, 0.85
_COUNT_TAIL = regex.compile(
    r"(?:[场频批班架车台艘户人件]次|数量|次数|人数|户数|份数|篇数|处数|座数|起数|家数|总数|总量|数|量)$"
)
_UNIT_TAIL = regex.compile(r"[个项次人名家户份件套台条张场篇页所座间辆本册天起批期株亩处盏]$")
_SIZE_TAIL = regex.compile(r"(?:长度|里程|面积|天数|金额|(?<=[放款易售贷])额|时间|时长|规模)$")
_IDLE_TAIL = regex.compile(r"(?:任务|工作|活动|服务|项目|情况)$")
_GENERIC = regex.compile(
    r"^[一二三四五六七八九十]是|(?:19|20)\d{2}年度?|全年度?|年度|年内|当年|本年度?|今年|[全我本该][县市区镇乡省州村街]|项目区?|截[至止]\d*年?底?|年[末底]"
    r"|实际|已经?|(?<!公)共(?![享同建产])|共计|[合总]计|计划|预计|力争|确保|拟|应|超额|顺利|圆满|全面|分别"
    r"|完成值|实际值|完成|实现|达到|组织|开展|举办|举行|实施|进行|购置|采购|购买|建设(?!用地)|建成|修建"
)
_LINK = regex.compile(
    r"(?:控制在|保持在|维持在|稳定在|提[高升][到至]|增加[到至]|达|为|是|不|约|均|各|只|仅|虽|在|了|有|得到|目标值?|指标值|不少于|不低于)+$"
)
_HARMLESS = regex.compile(
    r"^(?:各[类级种项]|新|大力|积极|带动|惠及|沿线|辖区内?|城区|集中|累计|对|为|使|通过|并|且|多|先后)*$"
)
_PEOPLE = regex.compile(r"[一-鿿]{0,3}(?:人员|对象|群众|居民|学员)")
_NARROWER = regex.compile(
    r"骨干|教师|重点|示范|贫困|脱贫|残疾|妇女|老年|青年|儿童|[国省市县区镇乡村]|首|部分|[新旧改扩大小中]|机械|人工|其他|[0-9]"
)
_FUND = regex.compile(r"预算|资金|支出|经费|投资|^(?!.*[均每单位]).*成本")
_NEGATIONS = frozenset("未不非无免")
_LEAST = 4
_SHORTEST = 2


@lru_cache(maxsize=4096)
def telling(words: str) -> str:
    """What is left of a name or a lead without what every sentence says: 农技人员培训 of 全年实际完成农技人员培训."""
    bare = _GENERIC.sub("", _LINK.sub("", plain(words)))
    return str(_LINK.sub("", bare))


@lru_cache(maxsize=4096)
def counted(words: str) -> str:
    """Telling words without the word that they count or measure with: 媒体报道 of 媒体报道篇数."""
    bare = telling(words)
    shorter = str(_COUNT_TAIL.sub("", bare))
    if shorter != bare:
        shorter = str(_UNIT_TAIL.sub("", shorter))
    shorter = str(_IDLE_TAIL.sub("", _SIZE_TAIL.sub("", shorter)))
    return shorter if len(shorter) >= _SHORTEST else bare


def speaks_of(lead: str, name: str) -> float:
    """How sure it is that a lead names an indicator: 0 if it does not, SURE or LIKELY."""
    mine, other = counted(lead), counted(name)
    if min(len(mine), len(other)) < _SHORTEST:
        return 0.0
    if mine == other:
        return SURE
    if len(mine) >= _LEAST and sorted(mine) == sorted(other):
        return SURE if not _NEGATIONS & set(mine) else 0.0
    if len(other) >= _LEAST and mine.endswith(other):
        rest = mine[: -len(other)]
        return 0.0 if rest[-1] in _NEGATIONS else SURE if _HARMLESS.match(rest) else LIKELY
    if _NEGATIONS & (set(mine) ^ set(other)):
        return 0.0
    if len(other) >= _LEAST and mine.startswith(other) and _PEOPLE.fullmatch(mine[len(other) :]):
        return LIKELY
    if _spread(mine, other):
        return LIKELY
    return LIKELY if _greater_part(mine, other) or _greater_part(telling(lead), telling(name)) else 0.0


def ends_name(lead: str, name: str, unit: str) -> float:
    """LIKELY for one word that ends a name which counts in the figure's unit: 抽检 7,800 批次 of 食品抽检批次."""
    mine, other = counted(lead), counted(name)
    rest = other.removesuffix(mine)
    fits = _SHORTEST <= len(mine) < _LEAST and 0 < len(other) - len(mine) <= _LEAST and rest != other
    return LIKELY if fits and len(unit) > 1 and name.endswith(unit) and not _NEGATIONS & set(rest) else 0.0


def _spread(mine: str, other: str) -> bool:
    """Whether a lead has both halves of a name and little between them: 普查柑橘黄龙病 has 黄龙病普查."""
    if len(other) < _LEAST or not 0 < len(mine) - len(other) <= _LEAST - 1:
        return False
    for cut in range(2, len(other) - 1):
        first, second = other[:cut], other[cut:]
        if first in mine and second in mine.replace(first, "\0", 1):
            return not _NARROWER.search(mine.replace(first, "", 1).replace(second, "", 1))
    return False


def _greater_part(mine: str, other: str) -> bool:
    """Whether a lead is the end of a name, or its greater part from the beginning: 每月上门 of 每月上门服务."""
    return len(mine) >= _LEAST and (
        other.endswith(mine) or (len(mine) * 5 >= len(other) * 3 and other.startswith(mine))
    )


def within(lead: str, name: str) -> bool:
    """Whether a lead says nothing that a name does not: 计划培训 beside 培训农技人员人次."""
    mine, other = counted(lead), plain(name)
    if len(mine) < _SHORTEST:
        return not mine or mine in other
    return all(mine[i : i + 2] in other for i in range(len(mine) - 1))


def same_measure(told: Quantity, stated: Quantity, name: str) -> bool:
    """Whether two figures count the same; one without a unit counts what the name ends with (篇数)."""
    if told.dimension == stated.dimension:
        return True
    word = told.unit[-1:]
    return stated.dimension == "number" and bool(word) and is_unit(word) and name.endswith(f"{word}数")


def of_funds(quantity: Quantity, name: str) -> bool:
    """Whether a figure is an amount and the name that of funds, which are looked at by rules of their own."""
    return quantity.dimension.startswith("money") and _FUND.search(name) is not None
