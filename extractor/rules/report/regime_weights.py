"""一级指标的权重与所选办法（--regime）的设置不同。

只在用 --regime 指定办法时检查。自评表：预算执行率和产出、效益、满意度等一级指标的权重，与办法列出的各种设置都不同的提醒
核对（办法多允许按项目情况适当调整）；评价报告的指标体系：产出、效益等合计低于办法规定的最低比例的提醒核对。一级指标的
名目与办法不同、权重没有写全或合计不是 100 的，不判断。满意度列在效益之下的，按满意度计。

下面的例子指定的是 ministry-2020。

错误示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 50.00 | 50.00 | 50.00 | 10 | 100% | 10 |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 栽种乔木株数 | ≥300株 | 312株 | 40 | 40 |
    | ^ | 质量指标 | 苗木成活率 | ≥95% | 96% | 20 | 20 |
    | 效益指标 | 生态效益指标 | 新增绿地面积 | ≥2亩 | 2.4亩 | 20 | 20 |
    | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 |
    | 总分 | | | | | 100 | 100 |

正确示例::

    # 项目支出绩效自评表

    | 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |
    | ^ | 年度资金总额 | 50.00 | 50.00 | 50.00 | 10 | 100% | 10 |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 栽种乔木株数 | ≥300株 | 312株 | 30 | 30 |
    | ^ | 质量指标 | 苗木成活率 | ≥95% | 96% | 20 | 20 |
    | 效益指标 | 生态效益指标 | 新增绿地面积 | ≥2亩 | 2.4亩 | 30 | 30 |
    | 满意度指标 | 服务对象满意度指标 | 居民满意度 | ≥90% | 92% | 10 | 10 |
    | 总分 | | | | | 100 | 100 |
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from decimal import Decimal

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.regimes import Regime, Share
from extractor.rules._form import leaves, number, subject, title
from extractor.rules.report._sums import Addend, column, funds, gaps
from extractor.vocabulary import words

REGIME = "ministry-2020"  # that the manual's examples and the cases are checked with
FOLLOWS = ("weights-total",)
_HUNDRED = Decimal(100)
_FUNDS = "预算执行率"
_FALLS_UNDER = "效益"  # 满意度 may be listed under it

Shares = Mapping[str, tuple[Addend, ...]]


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each form whose first levels are not weighted as the regime that was chosen says."""
    regime = reading.regime
    if regime is None:
        return
    for form in reading.forms_of(("self_evaluation",)):
        yield from _self_evaluation(reading, regime, form)
    for form in reading.forms_of(("indicator_system", "score_table")):
        found = list(_evaluation(reading, regime, form))
        if found:
            yield from found
            return


def _self_evaluation(reading: Reading, regime: Regime, form: Form) -> Iterator[Finding]:
    own = _shares(form)
    known = [w for w in regime.weights if own and set(w) == set(own)]
    if not known or any(_same(own, weights) for weights in known):
        return
    nearest = min(known, key=lambda w: sum(w[level] != _sum(own[level]) for level in w))
    off = [level for level in nearest if _sum(own[level]) != nearest[level]]
    said = "、".join(f"{level} {number(_sum(own[level]))} 分" for level in off)
    due = "、".join(f"{level} {number(weight)}" for level, weight in nearest.items())
    yield _finding(reading, form, [a for level in off for a in own[level]], regime, (
        f"{title(reading, form)}：一级指标权重为{said}，{regime.title}的一般设置为 {due}，"
        "两者不同，请核实调整的依据。", due, said,
    ))  # fmt: skip


def _evaluation(reading: Reading, regime: Regime, form: Form) -> Iterator[Finding]:
    own = _shares(form)
    for share in regime.shares:
        if not own or not {"产出", "效益"} <= set(own):
            return
        addends = [a for level in share.levels for a in own.get(level, ())]
        whole = sum((a.quantity.value for a in addends), Decimal(0))
        if whole < share.least:
            yield _finding(reading, form, addends, regime, (
                f"{title(reading, form)}：{_names(own, share)}的权重合计 {number(whole)} 分，"
                f"低于{regime.title}规定的 {number(share.least)} 分，请核实。",
                f"不低于 {number(share.least)}", number(whole),
            ))  # fmt: skip


def _names(own: Shares, share: Share) -> str:
    return "、".join(level for level in share.levels if level in own)


def _shares(form: Form) -> Shares:
    """The weights under each first level; {} where a row belongs to none, a weight is missing, or all do not
    make 100."""
    rows = leaves(form)
    found: dict[str, list[Addend]] = {}
    if not rows or gaps(rows, "weight"):
        return {}
    for row in rows:
        level = _level(row) if form.kind == "self_evaluation" else _level(row) or "其他"
        if not level:
            return {}
        found.setdefault(level, []).extend(column([row], "weight"))
    for addend in funds(form, "weight"):
        found.setdefault(_FUNDS, []).append(addend)
    own = {level: tuple(addends) for level, addends in found.items() if addends}
    return own if sum(map(_sum, own.values())) == _HUNDRED else {}


def _level(row: Indicator) -> str:
    """The first level of a row as regimes call it; "" if it has none that they know."""
    named = [words("levels").meaning(level.name) for level in row.levels]
    known = [meaning for meaning in named if meaning]
    if not known:
        alone = words("levels").meaning(row.name)
        return _FUNDS if alone == _FUNDS else ""
    return known[1] if known[:2] == [_FALLS_UNDER, "满意度"] else known[0]


def _sum(addends: tuple[Addend, ...]) -> Decimal:
    return sum((a.quantity.value for a in addends), Decimal(0))


def _same(own: Shares, weights: Mapping[str, Decimal]) -> bool:
    return all(_sum(own[level]) == weight for level, weight in weights.items())


def _finding(
    reading: Reading, form: Form, addends: list[Addend], regime: Regime, said: tuple[str, str, str]
) -> Finding:
    message, expected, actual = said
    return Finding(
        rule="regime-weights",
        severity="warning",
        subject=subject(reading, form, "一级指标权重设置"),
        message=message,
        evidence=tuple(evidence(a.figure, f"权重：{a.name}", "addend") for a in addends),
        expected=expected,
        actual=actual,
        impact="权重设置不合办法的，影响得分能否与其他项目比较",
        confidence=0.8,
    )
