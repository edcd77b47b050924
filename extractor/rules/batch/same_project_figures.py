"""同一项目同一年度的两份文件，同一数据不一致。

两份同类的表（两个版本的自评表、两次报送的目标表）逐项比较：资金、各指标的目标值、实际值、分值、得分和总分。
自评表与评价报告只比较年度资金总额的预算数和执行数；两者的得分本来就可以不同。申报与自评的预算不相比较，年中可以调整。

错误示例::

    # 2023年度项目支出绩效自评表

    | 项目名称 | 校舍维修项目 | 实施单位 | 临江区教育保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 维修校舍面积 | ≥8600平方米 | 8742平方米 | 50 | 50 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 50 | 50 |

    ----

    # 2023年度项目支出绩效自评表

    | 项目名称 | 校舍维修项目 | 实施单位 | 临江区教育保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 维修校舍面积 | ≥8600平方米 | 8274平方米 | 50 | 50 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 50 | 50 |

正确示例::

    # 2022年度项目支出绩效自评表

    | 项目名称 | 校舍维修项目 | 实施单位 | 临江区教育保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 维修校舍面积 | ≥8600平方米 | 8742平方米 | 50 | 50 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 50 | 50 |

    ----

    # 2023年度项目支出绩效自评表

    | 项目名称 | 校舍维修项目 | 实施单位 | 临江区教育保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 维修校舍面积 | ≥9000平方米 | 9120平方米 | 50 | 50 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 50 | 50 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.findings import Finding
from extractor.rules.batch._sheets import TOTAL, Key, Sheet, apart, entry_name

_ALIKE: tuple[Key, ...] = (("fund", TOTAL, "full_year"), ("fund", TOTAL, "executed"))
_NAMED = 5  # differences named in a message; all stand in the evidence
_CITED = 20


def check(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A finding for each document that differs from the first of its kind and year."""
    for n, first in enumerate(sheets):
        for other in sheets[n + 1 :]:
            if first.year and first.year == other.year and first.document != other.document:
                keys = _comparable(first, other)
                differing = [key for key in keys if apart(first, other, key)]
                if differing and _first_of_kind(sheets[:n], first):
                    yield _finding(first, other, differing)


def _first_of_kind(before: Sequence[Sheet], sheet: Sheet) -> bool:
    """Whether no sheet before is of the same kind and year: versions are compared with the first alone."""
    return not any((b.kind, b.year) == (sheet.kind, sheet.year) for b in before)


def _comparable(a: Sheet, b: Sheet) -> list[Key]:
    kinds = {a.kind, b.kind}
    if len(kinds) == 1:
        return [key for key in a.entries if key in b.entries]
    return list(_ALIKE) if kinds == {"self_evaluation", "evaluation_report"} else []


def _finding(first: Sheet, other: Sheet, keys: list[Key]) -> Finding:
    said = "；".join(
        f"{entry_name(key)}为 {first.entries[key].string} 与 {other.entries[key].string}"
        for key in keys[:_NAMED]
    )
    more = f"等 {len(keys)} 处" if len(keys) > _NAMED else ""
    one = keys[0] if len(keys) == 1 else None
    return Finding(
        rule="same-project-figures",
        severity="warning",
        subject=first.project,
        message=f"{first.project}：{first.title}（{first.file}）与{other.title}（{other.file}）不一致：{said}{more}。",
        evidence=tuple(sheet.evidence(key) for key in keys[:_CITED] for sheet in (first, other)),
        expected="同一项目同一年度的数据一致",
        actual=f"{first.entries[one].string} 与 {other.entries[one].string}"
        if one
        else f"{len(keys)} 处不同",
        impact="需要核实以哪一份为准",
        confidence=0.8,
    )
