"""What a figure in prose is told as: what was aimed at, what was reached, or neither for certain."""

from __future__ import annotations

from typing import Literal, NamedTuple

import regex

from extractor.quantity import Quantity

Role = Literal["target", "actual", ""]

_LIMITS = (">=", "<=", ">", "<")
_STOP = "。！？\n"
_SENTENCE = _STOP + "；;"
_AIM_AFTER = regex.compile(
    r"\s*(?:及?以[上下内])?的?(?:年度|绩效|预期|预定|既定|年初|设定|计划|考核)*(?:目标|指标值|标准值|计划[数值]|任务[数量]|预期(?!目标))"
)
_AIM = regex.compile(
    r"目标|指标值|(?<!改善|行动|发展|提升|培养|支持|专项|振兴)计划(?!内|外|书)|拟|预期|预计|力争|确保|任务|要求"
)
_AIM_LEADS = regex.compile(
    r"(?:目标|绩效目标)(?:设[定置])?(?:包括|如下|主要)?(?:为|是|[:：])|(?:计划|拟|力争)(?:完成|实现|通过|开展|实施)"
)
_TURNED = regex.compile(r"实际(?!需要)|已完成|(?:为|占|达到?)(?:年度)?目标的|得\s*\d")
_DONE = regex.compile(r"实际|完成|共|合计|达到?|为|已|实现|超额|累计|仅")
_PLANNING = regex.compile(r"下一步|明年|次年|下年|今后|建议|将|拟|预计|预期|力争|有望|争取|如果|若")
_GOALS = regex.compile(r"目标(?!.*(?:完成|实现|达成|分析|评价|情况|进展|对比))")
_CODED = regex.compile(r"\s*[A-Z]\d")  # C1 全年奖补 624 家次，较目标 …: a line of an indicator's own
_TERM = regex.compile(r"总体|长期|中期|实施期|总目标|规划")
_ALREADY = regex.compile(r"实际|已|[较比由从]|现有|原有|上年|去年")
_REACHES = regex.compile(r"(?:达到?|为|保持在|稳定在|控制在|提高到|提升到|提高至|提升至)$")
_SETS_OUT = regex.compile(
    r"^\s*(?:完成|新增|新建|开展|组织|建[成设]|举办|改造|培训|发放|实施|资助|救助|适配|修缮|购置|采购|放流|放养|种植)"
)
_ADVICE = regex.compile(r"^(?!.*问题).*(?:建议|下一步|改进|打算|评分标准|评价标准|计分|方法|依据)")
_REPORTED = regex.compile(
    r"实际|已|共|合计|完成|实现|达到?|只有|仅|全年|截[至止]|经[一-鿿]{0,12}(?:调查|统计|测算|验收|核查|抽查|评估)"
)
_RESULTS = regex.compile(
    r"完成|产出|成效|效益|绩效|效果|结论|分析|评价|做法|经验|问题|不足|短板|摘要|总结|指标|得分|满意|质量|数量|时效|成本|过程"
)
_CHANGED_TO = regex.compile(r"(?:提[高升]|增[加长]|扩大|降低|下降|减少|缩短|压缩)[到至]$|降至$")
_NOT_IT_AFTER = regex.compile(
    r"\s*(?:减去|扣除|减|加)|[^。；;\n]{0,16}?(?:未完成|尚未|没有完成|未实施|未开工)(?!率)|[，,]\s*(?:为|是|在)[^。；;，,\n]{0,8}最[高低]"
)
_COMPARED = regex.compile(
    r"(?:比|较|超[过出额]?|高[于出]|低于|多于|少于|增[加长]|减少|下降|提[高升]|节[约省]|差|少|多|降低|压减|由|从|至|原|余|[少多](?:完成|开展|实施|举办|支出|安排|建设))(?:了)?$"
    r"|[少多](?:完成|开展|实施|支[出付]|用|发放|培训|建成?)了?$"
)


class Told(NamedTuple):
    """Where a figure stands: the text, the figure's span in it, and the words of its clause before it."""

    string: str
    start: int
    end: int
    lead: str


def role(told: Told, quantity: Quantity | None, section: str = "", aimed: bool = False) -> Role:
    """The role of a figure: a limit (不低于 90%) is never what was reached.

    ``section`` is the heading that it stands under, ``aimed`` whether a form states its goals there."""
    string, start, end, lead = told
    limit = quantity is not None and quantity.op in _LIMITS
    before = sentence_before(string, start)
    if _AIM_AFTER.match(string, end):
        return "target"
    if _NOT_IT_AFTER.match(string, end):
        return ""
    if _COMPARED.search(lead.rstrip()) and not _CHANGED_TO.search(lead.rstrip()):
        return ""
    if aimed or _in_list_of_aims(_whole_before(string, start)):
        return "target"
    if _AIM.search(lead):
        return "" if _DONE.search(_AIM.sub("", lead).strip().lstrip("为是")) else "target"
    if heads_goals(section):
        return "target" if limit or _set_for_the_year(section, before, lead) else ""
    if limit or _PLANNING.search(before) or _ADVICE.search(section):
        return ""
    return "actual"


def heads_goals(section: str) -> bool:
    """Whether a heading says that goals are told under it, not how far they were reached."""
    return _GOALS.search(section) is not None and not _CODED.match(section)


def _set_for_the_year(section: str, before: str, lead: str) -> bool:
    """Whether a plain figure under a heading of goals is one: 覆盖率达到 98%, not what a longer term aims at."""
    return not (_TERM.search(section + before) or _ALREADY.search(before)) and bool(
        _REACHES.search(lead.rstrip()) or _SETS_OUT.search(lead)
    )


def sentence_before(string: str, start: int) -> str:
    """The words of a figure's sentence before it."""
    return string[max(string.rfind(mark, 0, start) for mark in _SENTENCE) + 1 : start]


def cued(lead: str) -> bool:
    """Whether a lead says itself whether its figure was aimed at or reached."""
    return bool(_AIM.search(lead) or _DONE.search(lead))


def reported(before: str, section: str) -> bool:
    """Whether words or their heading say that they report what was done, not what a project consists of."""
    return bool(_REPORTED.search(before) or _RESULTS.search("".join(section.split())))


def _in_list_of_aims(before: str) -> bool:
    """Whether a list of goals goes on (目标为：甲 3 个；乙 5 个) and has not turned to what was done (目标为 3 个，
    实际 4 个；乙 5 个)."""
    found = _AIM_LEADS.search(before)
    return found is not None and not _TURNED.search(before, found.end())


def _whole_before(string: str, start: int) -> str:
    """The words before a figure up to the full stop, parts of a list included."""
    return string[max(string.rfind(mark, 0, start) for mark in _STOP) + 1 : start]
