"""同一项目同一年度，目标表申报的指标目标值与自评表所列的目标值不一致。

自评应当对照批复的绩效目标；自评表里的目标值若与目标表不同，可能是事后改低了目标，需要核实有无调整批复。

错误示例::

    # 2023年度项目支出绩效目标表

    | 项目名称 | 河道保洁项目 | 实施单位 | 青浦镇水务站 |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |
    | 产出指标 | 数量指标 | 保洁河道长度 | ≥120公里 |
    | 产出指标 | 质量指标 | 保洁合格率 | ≥98% |

    ----

    # 2023年度项目支出绩效自评表

    | 项目名称 | 河道保洁项目 | 实施单位 | 青浦镇水务站 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 保洁河道长度 | ≥120公里 | 121公里 | 50 | 50 |
    | 产出指标 | 质量指标 | 保洁合格率 | ≥92% | 95% | 50 | 50 |

正确示例::

    # 2023年度项目支出绩效目标表

    | 项目名称 | 河道保洁项目 | 实施单位 | 青浦镇水务站 |
    | 一级指标 | 二级指标 | 三级指标 | 指标值 |
    | 产出指标 | 数量指标 | 保洁河道长度 | ≥120公里 |
    | 产出指标 | 质量指标 | 保洁合格率 | ≥98% |

    ----

    # 2023年度项目支出绩效自评表

    | 项目名称 | 河道保洁项目 | 实施单位 | 青浦镇水务站 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 保洁河道长度 | 120公里 | 121公里 | 50 | 50 |
    | 产出指标 | 质量指标 | 保洁合格率 | ≥98.0% | 99% | 50 | 50 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.findings import Finding
from extractor.rules.batch._sheets import Key, Sheet, apart


def check(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A finding for each indicator whose target the self-evaluation states otherwise than the declaration."""
    declared = [sheet for sheet in sheets if sheet.kind == "target_declaration" and sheet.year]
    for done in sheets:
        if done.kind == "self_evaluation" and done.year:
            same = [sheet for sheet in declared if sheet.year == done.year]
            # Declared in several versions, the targets hold as far as no version states what was evaluated.
            if same:
                yield from _between(same, done)


def _between(declared: list[Sheet], done: Sheet) -> Iterator[Finding]:
    for key in done.entries:
        stating = [sheet for sheet in declared if key in sheet.entries]
        if key[0] == "row" and key[2] == "target" and stating and all(apart(s, done, key) for s in stating):
            yield _finding(stating[0], done, key)


def _finding(declared: Sheet, done: Sheet, key: Key) -> Finding:
    was, now = declared.entries[key].string, done.entries[key].string
    return Finding(
        rule="target-vs-self-evaluation",
        severity="warning",
        subject=f"{done.project} {key[1]}",
        message=(
            f"{done.project}：{key[1]}的目标值，{declared.title}（{declared.file}）为 {was}，"
            f"{done.title}（{done.file}）为 {now}，两者不一致。"
        ),
        evidence=(declared.evidence(key), done.evidence(key)),
        expected=was,
        actual=now,
        impact="影响该指标是否达标的判断",
        confidence=0.85,
    )
