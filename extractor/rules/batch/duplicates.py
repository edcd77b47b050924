"""内容相同的文件，或同一项目同一年度的表重复报送。

内容逐字节相同的文件只读取一次；文件不同而项目、年度、表的种类和全部数据都相同的，按重复报送提示。

错误示例::

    # 2023年度项目支出绩效自评表

    | 项目名称 | 老旧小区改造项目 | 实施单位 | 平山县住房保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 改造小区数 | ≥12个 | 12个 | 60 | 60 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 40 | 40 |

    ----

    # 项目支出绩效自评表（2023年度）

    | 项目名称 | 老旧小区改造项目 | 实施单位 | 平山县住房保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 改造小区数 | ≥12个 | 12个 | 60 | 60 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 40 | 40 |

正确示例::

    # 2022年度项目支出绩效自评表

    | 项目名称 | 老旧小区改造项目 | 实施单位 | 平山县住房保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 改造小区数 | ≥12个 | 12个 | 60 | 60 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 40 | 40 |

    ----

    # 2023年度项目支出绩效自评表

    | 项目名称 | 老旧小区改造项目 | 实施单位 | 平山县住房保障中心 |
    | 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
    | 产出指标 | 数量指标 | 改造小区数 | ≥12个 | 12个 | 60 | 60 |
    | 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 40 | 40 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.document import NOWHERE
from extractor.findings import Evidence, Finding
from extractor.rules.batch._sheets import Sheet


def check(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A finding for each sheet handed in more than once, in files that differ."""
    groups: dict[object, list[Sheet]] = {}
    for sheet in sheets:
        said = frozenset((key, figure.string.replace(" ", "")) for key, figure in sheet.entries.items())
        if sheet.year and said:
            groups.setdefault((sheet.kind, sheet.year, said), []).append(sheet)
    for group in groups.values():
        group = list({sheet.sha256: sheet for sheet in reversed(group)}.values())[::-1]
        documents = list(dict.fromkeys(sheet.document for sheet in group))
        if len(documents) > 1:
            names = "、".join(sheet.file for sheet in group)
            message = f"{group[0].project}：{names}都是{group[0].title}，数据全部相同，可能重复报送。"
            yield _finding(group[0].project, message, documents)


def same_content(documents: Sequence[str]) -> Iterator[Finding]:
    """A finding for files that hold the same bytes."""
    names = [document.replace("\\", "/").rpartition("/")[2] for document in documents[:10]]
    more = f"等 {len(documents)} 个文件" if len(documents) > len(names) else ""
    yield _finding(names[0], f"{'、'.join(names)}{more}内容完全相同，只读取了第一个。", documents)


def _finding(subject: str, message: str, documents: Sequence[str]) -> Finding:
    """Says that documents are the same."""
    cited = tuple(
        Evidence(document, NOWHERE, "文件", "duplicate", document=document) for document in documents[:20]
    )
    return Finding("duplicates", "info", subject, message, cited, impact="同一内容不应重复计入")
