"""摘要与结论所写的评价等级不一致。

自评等级与评价等级、本年与上年的等级不相比较；“优”与“优秀”、“良”与“良好”视为一致。

错误示例::

    # 绩效评价报告

    # 摘要

    绩效评价得分为 86.50 分，评价等级为“良”。

    # 评价结论

    本项目绩效评价得分为 86.50 分，评价等级为“优”。

正确示例::

    # 绩效评价报告

    # 摘要

    绩效评价得分为 86.50 分，评价等级为“良”。

    # 评价结论

    本项目绩效评价得分为 86.50 分，评价等级为“良好”。
"""

from __future__ import annotations

from collections.abc import Iterator

from extractor.claims import Claim, Reading
from extractor.findings import Finding, evidence


def check(reading: Reading) -> Iterator[Finding]:
    """One finding if the document's grade is stated in more than one way."""
    for subject in reading.subjects:
        groups: dict[str, list[Claim]] = {}
        for claim in subject.of("grade"):
            if not claim.scope:
                groups.setdefault(plain_grade(claim.figure.string), []).append(claim)
        if len(groups) > 1:
            yield _finding(subject.title, list(groups.values()))


def plain_grade(text: str) -> str:
    """A grade as it is compared: 优秀 and 优 are one, so are 良好 and 良, 中等 and 中."""
    bare = text.strip('“”"‘’「」 ')
    return {"优秀": "优", "良好": "良", "中等": "中", "较差": "差"}.get(bare, bare)


def _finding(subject: str, groups: list[list[Claim]]) -> Finding:
    said = "，".join(f"一处为{group[0].figure.string}" for group in groups)
    return Finding(
        rule="grades-disagree",
        severity="error",
        subject=subject,
        message=f"评价等级前后不一致：{said}。",
        evidence=tuple(evidence(c.figure, c.label, quote=c.quote) for group in groups for c in group),
        expected="各处评价等级一致",
        impact="影响评价结论",
    )
