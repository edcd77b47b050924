"""同一指标的完成值在表格、正文、底稿之间前后不一致。

逐个指标收集各处所写的完成值：基础表、自评表、正文分析、指标小标题和工作底稿。期间或口径不同（某年某月、不含某项）的
不相比较；精度不同的，以能否由四舍五入解释为准。正文换了说法、只差一处笔误、全文别处没有的数，提醒核对。

错误示例::

    # 绩效评价报告

    附件一 基础表

    | 三级指标 | 应达到值 | 实际达到值 |
    | C11 管网巡检合格率 | 95% | 96.40% |
    | C12 管网巡检覆盖率 | 100% | 100% |

    # C11 管网巡检合格率

    抽查记录显示，管网巡检合格率为 94.60%。

正确示例::

    # 绩效评价报告

    附件一 基础表

    | 三级指标 | 应达到值 | 实际达到值 |
    | C11 管网巡检合格率 | 95% | 96.40% |
    | C12 管网巡检覆盖率 | 100% | 100% |

    # C11 管网巡检合格率

    抽查记录显示，管网巡检合格率为 96.4%。
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.figure._misprints import misprints
from extractor.rules.figure._versions import disagreeing, finding

RULE = "values-disagree"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator whose actual value is stated in more than one way."""
    accused: set[str] = set()
    for versions in disagreeing(reading, "actual"):
        accused.add(versions.subject.title)
        yield finding(versions, RULE, "完成值", "影响该指标是否达标及其得分的判断")
    for misprint in misprints(reading, "actual", RULE, "完成值"):
        if misprint.subject not in accused:
            yield misprint
