"""同一指标的目标值（标杆值）前后不一致。

申报时的目标与评价时的目标分属两份表，不相比较；同一份报告里基础表、正文、底稿所写的目标应当一致。正文在指标名称之后写的限值
与目标值数字相同而 ‰、% 不同的，也指出。

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
from extractor.findings import Finding, evidence
from extractor.rules.figure._misprints import misprints
from extractor.rules.figure._per_mille import Mixed, mixed
from extractor.rules.figure._versions import disagreeing, finding

RULE = "targets-disagree"
_IMPACT = "影响该指标是否达标及其得分的判断"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator whose target is stated in more than one way."""
    accused: set[str] = set()
    for versions in disagreeing(reading, "target"):
        accused.add(versions.subject.title)
        yield finding(versions, RULE, "目标值", _IMPACT)
    for misprint in misprints(reading, "target", RULE, "目标值"):
        if misprint.subject not in accused:
            yield misprint
    for found in mixed(reading):
        yield _of_signs(found)


def _of_signs(found: Mixed) -> Finding:
    stated, (first, _) = found.target.figure, found.told[0]
    return Finding(
        rule=RULE,
        severity="error",
        subject=found.subject.title,
        message=f"{found.subject.title}的目标值前后不一致：表中为 {stated.string}，"
        f"正文写为 {first.flat}（‰ 与 % 混用）。",
        evidence=(
            evidence(stated, "目标值", "stated", found.target.quote[:200]),
            *(evidence(told, "正文：限值", "stated", text.flat[:200]) for told, text in found.told),
        ),
        expected="各处目标值一致",
        actual=f"{stated.string}；{first.flat}",
        impact=_IMPACT,
        confidence=0.9,
    )
