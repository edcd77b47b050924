"""目标值一栏照抄了指标名称（或它的末几个字、上级指标的名称），没有写出要达到的值。

“审计工作及时性”的目标值写“及时性”、与指标名称一字不差，都说明不了要达到什么程度；与二级指标名称相同，多半是填错了栏。
“健全”“及时”这样的定性目标值是答案，不是名称，不报；合并成一格的说明行、目标值带数字的也不报。

错误示例::

    # 项目支出绩效自评表

    | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 数量指标 | 维修校舍栋数 | ≥6栋 | 6栋 | 50 | 50 |
    | 时效指标 | 资金拨付及时性 | 及时性 | 及时 | 50 | 50 |

正确示例::

    # 项目支出绩效自评表

    | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |
    | 数量指标 | 维修校舍栋数 | ≥6栋 | 6栋 | 50 | 50 |
    | 时效指标 | 资金拨付及时性 | 及时 | 及时 | 50 | 50 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.facts import Form, Indicator
from extractor.findings import Finding, evidence
from extractor.rules._form import leaves, named, quote, subject, title
from extractor.vocabulary import tight

_NOUNS = (
    "性",
    "率",
    "度",
    "数量",
    "情况",
    "程度",
    "水平",
    "指标",
    "次数",
    "人数",
    "数",
    "量",
    "效益",
    "成本",
)
_SHORTEST = 2


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each row whose target only repeats a name."""
    for form in reading.forms:
        if form.kind == "worksheet":
            continue
        for row in leaves(form):
            copied = _copied(row)
            if copied:
                yield _finding(reading, form, row, copied)


def _copied(row: Indicator) -> str:
    """In words what the target copies; "" if it is a target."""
    target = row.target
    if (
        target is None
        or target.blank
        or target.quantity
        or target.conditions
        or target.text.home == row.label.home
    ):
        return ""
    said, name = tight(target.string), tight(row.name)
    if len(said) < _SHORTEST or any(c.isdigit() for c in said):
        return ""
    levels = [level.name for level in row.levels if tight(level.name) == said]
    if levels:
        return f"与上级指标“{levels[-1]}”的名称相同"
    if said == name and len(said) > _SHORTEST:
        return "与指标名称相同"
    return (
        "只是指标名称的末几个字"
        if name.endswith(said) and len(said) > _SHORTEST and said.endswith(_NOUNS)
        else ""
    )


def _finding(reading: Reading, form: Form, row: Indicator, copied: str) -> Finding:
    assert row.target is not None
    actual = f"，实际完成值为“{row.actual.string}”" if row.actual is not None and row.actual.string else ""
    shifted = "，各栏内容疑似错位" if row.levels and tight(row.levels[-1].name) == tight(row.name) else ""
    places = [
        evidence(row.label, "指标名称", "stated", quote(row)),
        evidence(row.target, "目标值", "stated", quote(row)),
    ]
    if row.actual is not None and row.actual.string:
        places.append(evidence(row.actual, "实际完成值", "also", quote(row)))
    return Finding(
        rule="target-copies-name",
        severity="warning",
        subject=subject(reading, form, named(row)),
        message=f"{title(reading, form)}：“{named(row)}”的目标值写作“{row.target.string}”，{copied}，"
        f"没有写出要达到的值{actual}{shifted}。",
        evidence=tuple(places),
        expected="可衡量的目标值",
        actual=row.target.string,
        impact="目标不可衡量，无法据以判断是否达标",
        confidence=0.85,
    )
