"""Part and whole of a rate: which two figures of a sentence it is the quotient of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import regex

from extractor.rules.text._figures import Said, Sentence

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
    "执行": ("支出", "使用", "支付", "执行", "决算", "完成", "列支", "已付", "付款", "报账", "兑付"),
    "支出": ("支出", "使用", "支付", "列支", "已付"),
    "完成": ("完成", "实际"),
    "到位": ("到位", "实际"),
    "使用": ("使用", "支出", "列支", "已付"),
    "支付": ("支付", "支出", "已付", "付款"),
    "结案": ("结案", "审结", "执结", "办结"),
    "回收": ("回收", "收回"),
    "及时": ("及时", "按时", "按期", "时限内", "期限内"),
}
_OF_PLAN = regex.compile(
    r"(?:为|是|完成)(?:了)?(?:全年|年度|年初|当年)?(?:绩效)?(?:计划|目标|任务)(?:数|值|量)?$"
)
_OF_BUDGET = regex.compile(
    r"(?:为|是|完成|执行)(?:了)?(?:全年|年度|年初|当年|本年|调整后)?(?:的)?预算(?:数|额|金额|总额)?$"
)
_MEANT = regex.compile(r"(?:全年|年度|本年度?|年初|当年|原|共)*(?:应|计划|预计|拟)")
_OF_STATE = (("覆盖",), ("普及",))
_SHARES = ("占", "占比", "比重", "比例")
_PLAIN_WORDS = regex.compile(rf"{'|'.join(_DONE)}|全年|年度|已经?|共计?|的|了|为|数量?|其中")
_REST = regex.compile(r"结余|剩余|节余|结转|余额|未支出")
_CLAUSE_END = regex.compile(r"[，,。；;、（(\d]")
_AMONG = regex.compile(r"\s*中(?:的|有)\s*$")
_FAILED = regex.compile(r"[未不没无]|逾期|超期|延期|滞后|缺")
_NOT_ADJUSTED = regex.compile(r"无[一-鿿]{0,4}调整|未[一-鿿]{0,4}调整|没有[一-鿿]{0,4}调整")


def share_of(figures: Sequence[Said], number: int) -> bool:
    """Whether a per cent is told as 占 … 万元的 32%, or as 为年度计划 … 人次的 104%, 为预算 … 的."""
    return (
        number > 0
        and figures[number].before.strip() in ("的", "的比例为", "的比重为")
        and ("占" in figures[number - 1].lead or _of_what_was_meant(figures[number - 1].lead))
    )


def _of_what_was_meant(lead: str) -> bool:
    """Whether a figure is told as the plan or the budget that another is a part of."""
    return bool(_OF_PLAN.search(lead) or _OF_BUDGET.search(lead))


def part_and_whole(label: str, sentence: Sentence, number: int) -> tuple[Said, Said, bool] | None:
    """Part and whole of a rate, and whether both are named as such; None unless it is clear which they
    are."""
    figures = sentence.figures
    said, near = figures[number], candidates(figures, number)
    adjusted_none = _NOT_ADJUSTED.search(sentence.string) is not None
    if len(near) < 2:
        return None
    if share_of(figures, number) and near[-1] is figures[number - 1]:
        return near[-2], _planned(near[-1]), True
    if label.endswith(_SHARES):
        totals = [f for f in near[:-1] if _TOTAL.search(f.lead)]
        return (near[-1], totals[0], True) if len(totals) == 1 and len(near) == 2 else None
    if len(near) == 2 and _AMONG.match(near[1].before):  # 28个中的25个
        return None if _FAILED.search(_CLAUSE_END.split(near[1].after)[0]) else (near[1], near[0], True)
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
    if whole is None or _REST.search(whole.lead + part.lead):
        return None
    if "其中" in whole.lead or ("年初" in whole.lead and not adjusted_none):
        return None
    too_small = said.base.low <= 1 and whole.base.high < part.base.low
    if too_small and (any(w in whole.lead for w in _DONE) or not _is_part(label, part)):
        return None
    if whole in totals:
        return part, whole, True
    return (part, whole, False) if _is_part(label, part) else None


def bracketed(label: str, sentence: Sentence, number: int) -> tuple[Said, Said, bool] | None:
    """Part and whole in the bracket right behind a rate: 到位率 98%（到位 392 万元，预算 400 万元）."""
    said, after = sentence.figures[number], sentence.figures[number + 1 :]
    if not regex.match(r"\s*[（(]", said.after) or not after or after[0].room == said.room:
        return None
    inside = [f for f in after if f.room == after[0].room]
    if len(inside) != 2 or any(
        not f.alone or f.family in ("ratio", "time", "points", "score") for f in inside
    ):
        return None
    if inside[0].quantity.dimension != inside[1].quantity.dimension:
        return None
    part = _part(label, inside)
    whole = next((f for f in inside if f is not part), inside[0])
    return (part, whole, True) if part is not None and _TOTAL.search(whole.before) else None


def named_part(label: str, part: Said) -> tuple[str, ...]:
    """The words of a rate by which its part is told; none if it is not told by them."""
    stem = _stems(label)[:1] if label.endswith("率") else []
    return stem[0] if stem and _tells(part, stem[0]) else ()


def _planned(whole: Said) -> Said:
    """A whole that is a plan is an exact figure: 40 万人次 aimed at are not 39.5 万."""
    return (
        replace(whole, quantity=replace(whole.quantity, exact=True)) if _OF_PLAN.search(whole.lead) else whole
    )


def _part(label: str, near: Sequence[Said]) -> Said | None:
    """The one figure that the rate counts: by the rate's own word, else of two the one that tells what was
    done."""
    for stem in _stems(label):
        parts = [f for f in near if _tells(f, stem)]
        if len(parts) == 1:
            return parts[0]
        if stem in _OF_STATE and not parts:
            return None  # 森林覆盖率 is of no areas planted
    if len(near) != 2:
        return None
    parts = [f for f in near if any(w in f.lead for w in _DONE) and not _TOTAL.search(f.lead)]
    if len(parts) != 1 or _other_thing(parts[0], label + "".join(f.lead for f in near if f is not parts[0])):
        return None
    return parts[0]


def _other_thing(part: Said, known: str) -> bool:
    """Whether what was done is another thing than the rate and its whole are of: 完成改造路灯 beside 维护路灯."""
    words = _PLAIN_WORDS.sub("", part.lead)
    pairs = [words[i : i + 2] for i in range(len(words) - 1)]
    return sum(pair in known for pair in pairs) * 2 < len(pairs)


def candidates(figures: Sequence[Said], number: int) -> list[Said]:
    """The figures before a rate that it can be computed from: those of its own bracket, else those outside
    brackets."""
    said = figures[number]
    found: list[Said] = []
    for figure in reversed(figures[:number]):
        if figure.family in ("ratio", "score"):
            break  # what stands before 得 4 分 is of another indicator
        same = figure.room == said.room if said.depth else figure.depth == 0
        if same and figure.family not in ("time", "points", "score") and figure.alone:
            found.append(figure)
    return _without_parts(_of_one_kind(found[::-1]))


def _without_parts(found: list[Said]) -> list[Said]:
    """Without what is told after 其中, where two figures stand before it: 预算 A，支出 B，其中甲 C、乙 D."""
    cut = next((n for n, f in enumerate(found) if "其中" in f.before), len(found))
    return found[:cut] if cut >= 2 else found


def _of_one_kind(found: list[Said]) -> list[Said]:
    """Those of the dimension of the last figure."""
    return [f for f in found if f.quantity.dimension == found[-1].quantity.dimension] if found else []


def _is_part(label: str, figure: Said) -> bool:
    """Whether the words around a figure say that it is what the rate counts: 到位 in 人员到位率 and
    实际到位."""
    return any(_tells(figure, stem) for stem in _stems(label))


def _tells(figure: Said, stem: tuple[str, ...]) -> bool:
    if _MEANT.match(figure.lead):
        return False
    told = figure.lead + _CLAUSE_END.split(figure.after)[0]
    return any(w in told and not regex.search(f"(?:[不未没]|非(?!常))[一-鿿]{{0,3}}{w}", told) for w in stem)


def _stems(label: str) -> list[tuple[str, ...]]:
    """The words by which a rate's part is told, the last one of its name first: 及时, then 处理 of
    处理及时率."""
    name = label.removesuffix("率")
    stems = [name[i : i + 2] for i in range(max(len(name) - 4, 0), len(name) - 1)][::-1]
    return [_PAIRED.get(stem, (stem,)) for stem in stems]
