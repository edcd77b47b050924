"""A small run of the seeded-error benchmark must not fall below its floors; the benchmark judges fairly."""

from __future__ import annotations

import sys
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml

CORPUS = Path(__file__).parent.parent / "corpus"
sys.path.insert(0, str(CORPUS))

from making.sums import holds  # noqa: E402
from seeding.floors import FLOORS, figures, settle  # noqa: E402
from seeding.judge import about, judge  # noqa: E402
from seeding.kinds import KINDS  # noqa: E402
from seeding.run import PARTS, Bed, Outcome, beds, drawn, measure  # noqa: E402

from extractor.document import Place  # noqa: E402
from extractor.findings import Evidence, Finding  # noqa: E402

SAMPLE = "md 1 per kind, seed 7"
TYPESET = [("total", "docx"), ("weight", "docx"), ("score", "pdf"), ("execution-rate", "pdf")]


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Outcome]:
    """One defect of each kind in each part, the same each time."""
    return {part: measure(part, ["md"], seed=7, many=1) for part in PARTS}


def test_no_figure_falls(outcomes: dict[str, Outcome]) -> None:
    assert SAMPLE in yaml.safe_load(FLOORS.read_text(encoding="utf-8"))["runs"]
    assert settle({part: figures(outcome) for part, outcome in outcomes.items()}, SAMPLE, store=False) == []


@pytest.mark.parametrize("part", PARTS)
def test_every_kind_is_planted(outcomes: dict[str, Outcome], part: str) -> None:
    assert {v.seed.kind for v in outcomes[part].verdicts} == set(KINDS)


@pytest.mark.parametrize(("kind", "form"), TYPESET)
def test_typeset(kind: str, form: str) -> None:
    """A real file says what its Markdown says: the same defect is found in it."""
    small = [bed for bed in beds("developed") if bed.source.about["kind"] != "evaluation_report"]
    bed, seed = drawn(small, kind, seed=2, many=1)[0]
    assert bed.verdict(seed, "md").found
    assert bed.verdict(seed, form).found


ASIDE = [pytest.param(bed, id=bed.source.name) for bed in beds("aside")]


@pytest.mark.parametrize("bed", ASIDE)
def test_aside_is_clean_by_its_own_arithmetic(bed: Bed) -> None:
    """Each declared sum holds; totals, levels and declared ties hold too, or the plot could not be made."""
    assert [line for line in bed.source.about["sums"] if not holds(line)] == []
    assert len(bed.plot.ties) >= 10


WRONG = [
    ("| 总分 | < | < | 100 |", "| 总分 | < | < | 101 |"),
    ("| 合计 | 862.40 |", "| 合计 | 826.40 |"),
    ("设置警示标志420块以上", "设置警示标志240块以上"),
]


@pytest.mark.parametrize(("right", "wrong"), WRONG)
def test_a_source_that_contradicts_itself_is_no_ground(right: str, wrong: str) -> None:
    source = next(bed.source for bed in beds("aside") if bed.source.name == "self-evaluation-guardrails")
    assert source.text.count(right) == 1
    told = set(Bed(source).plot.ties)
    try:
        left = set(Bed(replace(source, text=source.text.replace(right, wrong))).plot.ties)
    except ValueError:
        return
    assert told - left, "the wrong figure is still tied"


def finding(message: str, subject: str = "", severity: Any = "error", *texts: str) -> Finding:
    return Finding("any-rule", severity, subject, message, tuple(Evidence(t, Place()) for t in texts))


def test_judgement() -> None:
    """A finding that names the defect is a hit, one that follows from it is not false, another is."""
    bed = next(bed for bed in beds("developed") if bed.source.name == "self-evaluation-meals")
    seed = next(s for s in bed.candidates("total", 3) if s.old == "98.38")
    said = [
        finding(f"总分为 {seed.said}，各行得分相加为 98.38。", "总分"),
        finding("总分与各行得分之和不符。", "总分"),
        finding("家长满意度的目标为 85.37%，完成值为 91.2%。", "家长满意度"),
        finding("家长满意度没有填写原因。", "家长满意度", "info"),
    ]
    verdict = judge(seed, "x", said, frozenset())
    assert [list(verdict.hits), list(verdict.follow), list(verdict.false)] == [said[:1], said[1:2], said[2:3]]
    assert not judge(seed, "x", said, frozenset(about(f) for f in said)).found


def test_rounding_is_no_defect() -> None:
    """A rate that rounding explains is not planted: only what no rounding explains breaks a tie."""
    bed = next(bed for bed in beds("developed") if bed.source.name == "report-farmland")
    rate = next(s for s in bed.plot.sheet.spots if s.text == "84.93" and s.sentence != s.start)
    assert bed.plot.conflict(rate, "84.93") is None
    assert bed.plot.conflict(rate, "84.9") is None
    assert bed.plot.conflict(rate, "84.39") is not None
