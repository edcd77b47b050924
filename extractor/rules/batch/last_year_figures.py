"""下一年的表所填的上年预算数、上年执行数，与上一年的表不一致。

同一项目（名称改动过的也算）上一年的目标表、自评表写有预算数和执行数，下一年的表又把它们作为上年数填报，两处应当相同。
上一年有年初预算、全年预算等几个数时，与其中任何一个相同即可；只差在元与万元的，不报告。

错误示例::

    # 2021年度项目支出绩效自评表

    | 项目名称 | 乡镇垃圾清运项目 | 实施单位 | 云溪县环境卫生管理所 |
    | 当年预算数 | 3,251,800 | 预算执行数 | 3,190,400 |

    ----

    # 2022年度项目支出绩效目标表

    | 项目名称 | 乡镇垃圾清运项目 | 实施单位 | 云溪县环境卫生管理所 |
    | 上年预算数 | 3,521,800 | 上年预算执行数 | 3,190,400 |

正确示例::

    # 2021年度项目支出绩效自评表

    | 项目名称 | 乡镇垃圾清运项目 | 实施单位 | 云溪县环境卫生管理所 |
    | 当年预算数 | 3,251,800 | 预算执行数 | 3,190,400 |

    ----

    # 2022年度项目支出绩效目标表

    | 项目名称 | 乡镇垃圾清运项目 | 实施单位 | 云溪县环境卫生管理所 |
    | 上年预算数 | 3,251,800.00 | 上年预算执行数 | 3,190,400.00 |
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.findings import Finding
from extractor.rules.batch._sheets import TOTAL, Key, Sheet, apart, entry_name

_STATED: dict[Key, tuple[Key, ...]] = {
    ("field", "上年预算数", "amount"): (
        ("field", "当年预算数", "amount"),
        ("fund", TOTAL, "initial"),
        ("fund", TOTAL, "full_year"),
    ),
    ("field", "上年预算执行数", "amount"): (
        ("field", "预算执行数", "amount"),
        ("fund", TOTAL, "executed"),
    ),
}


def check(sheets: Sequence[Sheet]) -> Iterator[Finding]:
    """A finding for each figure that a sheet states of the year before otherwise than that year's own
    sheet.
    """
    for later in sheets:
        for earlier in sheets:
            if later.year and earlier.year == later.year - 1 and earlier.document != later.document:
                yield from _between(earlier, later)


def _between(earlier: Sheet, later: Sheet) -> Iterator[Finding]:
    for key, sources in _STATED.items():
        own = [source for source in sources if earlier.quantity(source) is not None]
        if key in later.entries and own and all(apart(later, earlier, key, source) for source in own):
            yield _finding(earlier, later, key, own)


def _finding(earlier: Sheet, later: Sheet, key: Key, own: list[Key]) -> Finding:
    said = later.entries[key].string
    was = "、".join(f"{entry_name(source)} {earlier.entries[source].string}" for source in own)
    return Finding(
        rule="last-year-figures",
        severity="warning",
        subject=later.project,
        message=(
            f"{later.project}：{later.title}（{later.file}）所填{key[1]}为 {said}，"
            f"{earlier.title}（{earlier.file}）为{was}，两者不一致。"
        ),
        evidence=(later.evidence(key), *(earlier.evidence(source) for source in own)),
        expected=earlier.entries[own[0]].string,
        actual=said,
        impact="影响预算安排与上年对比的依据",
        confidence=0.8,
    )
