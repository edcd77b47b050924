"""一级、二级指标或小计行的得分，与下属各指标得分之和不符。

小计行按它写明的级别（A1 指标小计、产出指标小计）取下属各行，没有写明的取它上面、前一个小计以下的各行；横排
汇总表的各级得分与分项得分表核对。同一列以最多的小数位为精度，四舍五入能解释的不报；总分差额与小计差额相同的，由“总分”
规则一并说明；下级按 100 分制打分、归属不明或有漏填得分的不判断。

正文写的各级得分（决策、过程分别得 18 分、17.5 分；标题“效益（30分，得28分）”）与得分表核对；没有得分表的，
核对得分不高于同处分值、同一句所列各级相加等于总得分。上年、自评、扣分、得分率和逐个单位的得分不是同一个数，不相比较。

错误示例::

    # 项目绩效评价报告

    | 指标 | 权重 | 得分 |
    | A11 立项规范性 | 10 | 10 |
    | A12 目标合理性 | 10 | 8.5 |
    | 小计 | 20 | 19.5 |

正确示例::

    # 项目绩效评价报告

    | 指标 | 权重 | 得分 |
    | A11 立项规范性 | 10 | 10 |
    | A12 目标合理性 | 10 | 8.5 |
    | 小计 | 20 | 18.50 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.report._level_told import told_findings
from extractor.rules.report._levels import level_findings
from extractor.rules.report._summary import summary_findings
from extractor.rules.report.total_score import score_gap


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each level or subtotal whose score is not what its rows make."""
    for form in reading.forms:
        if form.kind != "worksheet":
            yield from level_findings(reading, form, "score", score_gap(reading, form), "level-scores")
    yield from summary_findings(reading, "score", "level-scores")
    yield from told_findings(reading, "score", "level-scores")
