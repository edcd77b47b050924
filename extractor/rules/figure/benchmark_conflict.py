"""同一指标的评分基准自相矛盾：一处以 80% 为基准，另一处以 60% 为基准。

从标杆值和评分规则里取出写明的满分基准（以 X 为基准、以 X 为满分、≥X 得满分），
同一指标有两个不同的基准即指出，
同一张底稿里上下文不一致的也在内。只写了目标值而没有写“得满分”“为基准”的，不算基准；一段规则里分几项各有基准的，
无法确定所指，不比较。

错误示例::

    # A11“路灯完好率”评价底稿

    | 指标权重 | 指标权重：10 |
    | 评价标准 | 指标标杆值：以 95%为基准。<br>指标评分细则：以 85%为基准，每低一个百分点扣 1 分。 |
    | 评价结果 | 指标得分：10 |

正确示例::

    # A11“路灯完好率”评价底稿

    | 指标权重 | 指标权重：10 |
    | 评价标准 | 指标标杆值：以 95%为基准。<br>指标评分细则：完好率≥95%得满分，每低一个百分点扣 1 分。 |
    | 评价结果 | 指标得分：10 |
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

from extractor.claims import Claim, Reading, Subject
from extractor.facts import Figure
from extractor.findings import Evidence, Finding, evidence
from extractor.rules.figure._scoring import scoring
from extractor.rules.figure._versions import PLACES

RULE = "benchmark-conflict"
_FIELDS = {"target": "标杆值", "rule": "评分规则"}


@dataclass(frozen=True, slots=True)
class _Benchmark:
    figure: Figure
    value: Decimal
    claim: Claim
    field: str

    @property
    def where(self) -> str:
        return f"{PLACES.get(self.claim.origin.kind, '表格')}的{_FIELDS[self.field]}"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each indicator that is scored from two different benchmarks."""
    for subject in reading.subjects:
        found = list(_benchmarks(subject))
        if len({b.value for b in found}) > 1:
            yield _finding(subject, found)


def _benchmarks(subject: Subject) -> Iterator[_Benchmark]:
    """The benchmark of every text that states just one."""
    for field in _FIELDS:
        for claim in subject.of(field):
            figures = [f for f in scoring(claim.figure.text).benchmarks if f.quantity is not None]
            values = {f.quantity.value * f.quantity.scale for f in figures if f.quantity is not None}
            if len(values) == 1:
                yield _Benchmark(figures[0], values.pop(), claim, field)


def _finding(subject: Subject, found: list[_Benchmark]) -> Finding:
    versions: dict[Decimal, list[_Benchmark]] = {}
    for benchmark in found:
        versions.setdefault(benchmark.value, []).append(benchmark)
    said = "，".join(
        f"{'、'.join(dict.fromkeys(b.where for b in group))}为 {group[0].figure.string}"
        for group in versions.values()
    )
    return Finding(
        rule=RULE,
        severity="error",
        subject=subject.title,
        message=f"{subject.title}的评分基准前后不一致：{said}。",
        evidence=tuple(_evidence(b, n) for group in versions.values() for n, b in enumerate(group)),
        expected="同一指标只有一个评分基准",
        actual=said,
        impact="影响该指标是否扣分以及扣多少分",
        confidence=0.95,
    )


def _evidence(benchmark: _Benchmark, number: int) -> Evidence:
    role = "stated" if number == 0 else "also"
    return evidence(benchmark.figure, f"{benchmark.where}：基准", role, benchmark.claim.figure.string[:200])
