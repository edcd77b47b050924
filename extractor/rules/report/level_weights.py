"""一级、二级指标标明的权重，与下属各指标权重之和不符。

上级权重写在标签里（产出指标（50分））、写在旁边的权重栏、写在小计行或列成单独一行的，都与其下末级指标之和核对。
下级权重按上级的 100% 分配的、上级单元格留空而看不出归属的、有漏填权重的不判断；差额与整张表的合计差额相同的，
由“权重合计”规则一并说明；上级自己的权重在别处写法不同的，由“权重不一致”规则说明；多级一起不符时只报最下一级。
正文和标题写的各级分值（产出（30分，得28分））与得分表核对。

错误示例::

    # 项目绩效评价报告

    | 一级指标 | 三级指标 | 权重 | 得分 |
    | 决策（20分） | 立项规范性 | 10 | 10 |
    | ^ | 目标合理性 | 8 | 8 |
    | 过程（30分） | 资金到位率 | 15 | 15 |
    | ^ | 制度执行有效性 | 15 | 12 |

正确示例::

    # 项目绩效评价报告

    | 一级指标 | 三级指标 | 权重 | 得分 |
    | 决策（20分） | 立项规范性 | 10 | 10 |
    | ^ | 目标合理性 | 10 | 8 |
    | 过程（30分） | 资金到位率 | 15 | 15 |
    | ^ | 制度执行有效性 | 15 | 12 |
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.report._level_told import told_findings
from extractor.rules.report._levels import level_findings
from extractor.rules.report._summary import summary_findings
from extractor.rules.report.weights_total import weight_gap


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each level whose weight is not what its rows make."""
    for form in reading.forms:
        if form.kind != "worksheet":
            yield from level_findings(reading, form, "weight", weight_gap(reading, form), "level-weights")
    yield from summary_findings(reading, "weight", "level-weights")
    yield from told_findings(reading, "weight", "level-weights")
