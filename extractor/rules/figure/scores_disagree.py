"""同一指标的得分在得分表、指标体系、工作底稿或正文之间不一致。

错误示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 |
    | B11 预算执行率 | 5 | 4.5 |
    | B12 资金到位率 | 5 | 5 |

    “B11 预算执行率”指标权重 5 分，得分 4 分。

正确示例::

    # 绩效评价报告

    | 指标 | 权重 | 得分 |
    | B11 预算执行率 | 5 | 4.5 |
    | B12 资金到位率 | 5 | 5 |

    “B11 预算执行率”指标权重 5 分，得分 4.50 分。
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.figure._versions import disagreeing, finding

FOLLOWS = ("total-score",)


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator whose score is stated in more than one way."""
    for versions in disagreeing(reading, "score"):
        yield finding(versions, "scores-disagree", "得分", "影响总分和评价等级")
