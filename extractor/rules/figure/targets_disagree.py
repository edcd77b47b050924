"""同一指标的目标值（标杆值）前后不一致。

申报时的目标与评价时的目标分属两份表，不相比较；同一份报告里基础表、正文、底稿所写的目标应当一致。

错误示例::

    # 绩效评价报告

    附件一 基础表

    | 三级指标 | 应达到值 | 实际达到值 |
    | C21 群众满意度 | 90% | 92% |
    | C22 投诉办结率 | 100% | 100% |

    归纳为如下指标：

    群众满意度：目标值为 95%；

正确示例::

    # 绩效评价报告

    附件一 基础表

    | 三级指标 | 应达到值 | 实际达到值 |
    | C21 群众满意度 | 90% | 92% |
    | C22 投诉办结率 | 100% | 100% |

    归纳为如下指标：

    群众满意度：目标值≥90%；
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Reading
from extractor.findings import Finding
from extractor.rules.figure._misprints import misprints
from extractor.rules.figure._versions import disagreeing, finding

RULE = "targets-disagree"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator whose target is stated in more than one way."""
    accused: set[str] = set()
    for versions in disagreeing(reading, "target"):
        accused.add(versions.subject.title)
        yield finding(versions, RULE, "目标值", "影响该指标是否达标及其得分的判断")
    for misprint in misprints(reading, "target", RULE, "目标值"):
        if misprint.subject not in accused:
            yield misprint
