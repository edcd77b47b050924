"""写明的项数与随后（随前）列举的项数不符，写明的指标个数与指标表不符。

- “包括 3 个二级指标和 5 个三级指标”与紧接着的得分表核对，说的是全部指标的与全部指标的表核对；
- “决策类指标共 5 项……见表 2”与随后得分表的行数核对；
- “从决策、过程、产出、效益四个方面”“对甲、乙、丙三家单位”核对列举的个数；
- “划分 5 个标段：甲、乙、丙……”“3 家企业（甲、乙、丙）”核对列举的个数；
- “共 4 项：①……②……”“三个方面：一是……二是……”核对编号的个数；
- “围绕决策、过程、产出、效益四个维度构建指标体系”与列出一级指标的得分汇总表核对。

列举以“等”字结尾的、名称里的“和、及”可能是并列也可能是名称一部分（表中有此名称的除外）而两种数法中有一种相符的、列举不紧接个数的，都不指出。

错误示例::

    # 资金

    项目预算包括 5 个子项目：设备采购费、安装调试费、人员培训费、后期维护费。

正确示例::

    # 资金

    项目预算包括 4 个子项目：设备采购费、安装调试费、人员培训费、后期维护费。
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.document import Text
from extractor.findings import Evidence, Finding, evidence
from extractor.recognise.prose import passages
from extractor.rules.text._counted_indicators import OtherCount, miscounted_indicators
from extractor.rules.text._counted_lists import CountedList, joined_names, miscounted
from extractor.rules.text._dimensions import Missing, missing_dimensions

RULE = "counts-of-items"
_LABELS = 3
_LISTS = ("、", "①", "一是", "(1)", "（1）")


def check(reading: Reading) -> Iterator[Finding]:
    """Findings on counts that the list or the table beside them does not have."""
    labels = (cell.text.string for t in reading.document.tables for cell in t.cells if cell.col < _LABELS)
    names = joined_names(labels)
    for _, _, text in passages(reading.document):
        if any(mark in text.string for mark in _LISTS):
            for found in miscounted(text, names):
                yield _of_list(text, found)
    for other in miscounted_indicators(reading):
        yield _of_indicators(other)
    for short in missing_dimensions(reading):
        yield _of_dimensions(short)


def _of_list(text: Text, found: CountedList) -> Finding:
    said = found.said.flat
    return Finding(
        rule=RULE,
        severity="warning",
        subject=said[:30],
        message=f"“{said[:60]}”：写明 {found.stated} 项，列举的为 {found.counted} 项，两者不符。",
        evidence=(
            evidence(found.number, "写明的个数", "stated", text.flat[:200]),
            evidence(found.items, "列举的内容", "stated", text.flat[:200]),
        ),
        expected=f"{found.counted} 项",
        actual=f"{found.stated} 项",
        impact="影响内容的完整性",
        confidence=0.8,
    )


def _of_indicators(other: OtherCount) -> Finding:
    form, what = other.form, other.what
    place = evidence(form.title, "指标表") if form.title else Evidence("", form.place, "指标表")
    where = "随后的得分表" if other.follows else f"指标表{f'“{form.title.flat[:30]}”' if form.title else ''}"
    return Finding(
        rule=RULE,
        severity="warning",
        subject=f"{what}个数",
        message=f"正文写明 {other.number} 个{what}，{where}中为 {other.rows} 个，两者不符。",
        evidence=(evidence(other.stated, "正文：指标个数", "stated", other.text.flat[:200]), place),
        expected=f"{other.rows} 个",
        actual=f"{other.number} 个",
        impact="影响指标体系表述的准确性",
        confidence=0.85,
    )


def _of_dimensions(found: Missing) -> Finding:
    tops, left = "、".join(found.tops), "、".join(found.missing)
    place = (
        evidence(found.form.title, "得分表") if found.form.title else Evidence("", found.form.place, "得分表")
    )
    return Finding(
        rule=RULE,
        severity="warning",
        subject="指标体系的维度",
        message=f"正文称指标体系由{found.number}个维度构成，得分表的一级指标为 {tops}，共 {len(found.tops)} 个，"
        f"正文未提“{left}”。",
        evidence=(evidence(found.said, "正文：指标体系", "stated", found.text.flat[:200]), place),
        expected=f"{len(found.tops)} 个：{tops}",
        actual=found.said.flat[:60],
        impact="影响指标体系表述的准确性",
        confidence=0.8,
    )
