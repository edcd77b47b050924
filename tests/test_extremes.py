"""Documents beyond all measure are read and checked: no rule fails, and work grows with the document's length.

Work is counted in calls, not in seconds, so that a busy machine changes nothing. The sizes here keep the suite short.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

from extractor.claims import Reading
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Result, Source
from extractor.rules import names

NINES = "9" * 400
FUNDS = "| 项目资金（万元） | | 年初预算数 | 全年预算数 | 全年执行数 | 分值 | 执行率 | 得分 |\n"
HEADS = "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 完成值 | 分值 | 得分 |\n"
ROW = "| {0} | {1} | 完成第{2}处站点的建设数量 | ≥{2}处 | {2}处 | 0.01 | 0.01 |\n"


def checked(markdown: str) -> Result:
    return check(parse_text(markdown), Source("extreme.md"))


def nothing() -> str:
    """Zero wherever something may be divided by it."""
    return (
        f"# 项目支出绩效自评表\n\n{FUNDS}| ^ | 年度资金总额 | 0 | 0.00 | 10.00 | 10 | 0% | 0 |\n"
        f"| ^ | 其中：当年财政拨款 | 0 | 0 | 0 | — | — | — |\n{HEADS}"
        "| 产出指标 | 数量指标 | 培训场次 | ≥0场 | 0场 | 0 | 0 |\n| ^ | ^ | 合格率 | 0% | 5% | 0 | 5 |\n"
        "| 总分 | | | | | 0 | 0 |\n\n合格率为 5÷0=0%，人均 0 元（0÷0），由 0 增至 0，同比增长 0%，占比 3/0=100%。\n\n"
        "每偏差 0 个百分点扣 0 分。\n\n| 项目 | 上年 | 本年 | 增长 | 占比 |\n| 甲 | 0 | 0 | 0% | 0% |\n"
        "| 乙 | 0 | 5 | 100% | 0% |\n| 丙 | 0 | 0 | — | 0% |\n| 合计 | 0 | 0 | 0% | 0% |\n"
    )


def endless() -> str:
    """Figures of 400 digits wherever a figure may stand."""
    n = NINES
    return (
        f"# 项目支出绩效自评表\n\n{FUNDS}| ^ | 年度资金总额 | {n} | {n}.5 | 10.00 | 10 | {n}% | {n} |\n{HEADS}"
        f"| 产出指标 | 数量指标 | 培训场次 | ≥{n}场 | {n}7场 | 50 | 50 |\n"
        f"| ^ | ^ | 合格率 | ≥0.{n}% | {n}% | {n} | 40 |\n| 总分 | | | | | 100 | {n} |\n\n"
        f"合格率为 {n}÷0.{n}=0%，人均 {n} 元，合计 {n} 万元，其中甲 {n} 万元、乙 1 万元。\n\n"
        f"{n}-{n}={n}。每偏差{n}个百分点扣{n}分。{n}年{n}月{n}日。\n\n| 项目 | 上年 | 本年 | 增长 |\n"
        f"| 甲 | {n} | {n}.{n} | {n}% |\n| 乙 | {n} | 5 | 100% |\n| 合计 | 0 | {n} | 0% |\n"
    )


def claims(many: int) -> str:
    """One subject stated again and again, in a table and in prose."""
    rows = "".join(
        f"| B11 抽检合格率 | ≥9{i % 10}% | 9{i % 9}.{i % 7}% | 5 | {i % 5} |\n" for i in range(many // 2)
    )
    said = "".join(f"“B11 抽检合格率”指标权重 5 分，得分 {4 + i % 2} 分。\n\n" for i in range(many // 2))
    return f"# 绩效评价报告\n\n| 指标 | 目标值 | 完成值 | 权重 | 得分 |\n{rows}\n{said}"


def rows(many: int) -> str:
    body = "".join(ROW.format(*(("^", "^") if i else ("产出指标", "数量指标")), i) for i in range(many))
    return f"# 项目支出绩效自评表\n\n{HEADS}{body}| 总分 | | | | | 100 | 99 |\n"


def columns(many: int) -> str:
    lines = "".join(f"| 行{r} |" + " 1.5 |" * many + "\n" for r in range(6))
    return f"# 绩效评价报告\n\n| 项目 |{' 金额 |' * many}\n{lines}| 合计 |{' 9 |' * many}\n"


def items(many: int) -> str:
    listed = "".join(f"（{i}）第{i}项 {i}.76 万元；" for i in range(many))
    return f"# 绩效评价报告\n\n项目支出共 598.70 万元，包括：{listed}共 30 项。\n"


def nested(many: int) -> str:
    formula = f"合格率={'(' * many}1{')' * many}/2=3%。"
    return f"# 绩效评价报告\n\n{formula}{'《' * many}甲{'》' * many}，{'（' * many}其中 3 个。\n"


EXTREMES = {
    "zero": nothing,
    "400 digits": endless,
    "500 claims of one subject": lambda: claims(500),
    "400 rows": lambda: rows(400),
    "400 columns": lambda: columns(400),
    "800 items": lambda: items(800),
    "2,000 brackets": lambda: nested(2000),
}


@pytest.mark.parametrize("name", EXTREMES)
def test_every_rule_holds_out(name: str) -> None:
    assert checked(EXTREMES[name]()).problems == ()


def test_a_figure_of_400_digits_is_reported_as_printed() -> None:
    said = [e.text for f in checked(endless()).findings for e in f.evidence]
    assert any(NINES in text for text in said)


GROWING: dict[str, Callable[[int], str]] = {"claims": claims, "rows": rows}


@pytest.mark.parametrize("name", GROWING)
def test_work_grows_with_the_document_not_with_its_square(name: str, counted: Callable[[str], int]) -> None:
    small, large = (counted(GROWING[name](many)) for many in (50, 200))
    assert large < small * 4 * 1.6


@pytest.fixture
def counted() -> Callable[[str], int]:
    """Counts the calls that checking a document takes: a measure of work that no other process disturbs."""
    import sys

    def calls(markdown: str) -> int:
        document, count = parse_text(markdown), 0

        def note(frame: object, event: str, argument: object) -> None:
            nonlocal count
            count += event == "call"

        checked(markdown)  # whatever is loaded once is loaded
        sys.setprofile(note)
        try:
            check(document, Source("extreme.md"))
        finally:
            sys.setprofile(None)
        return count

    return calls


def test_a_rule_that_raises_is_named_in_the_result(monkeypatch: pytest.MonkeyPatch) -> None:
    """One real rule is replaced by one that fails; all others find what they found."""

    def fails(reading: Reading) -> list[object]:
        raise RuntimeError("broken")

    whole = checked(nothing() + "\n“B11 合格率”权重 5 分。\n")
    monkeypatch.setattr("extractor.rules.report.total_score.check", fails)
    assert "total-score" in names()
    result = checked(nothing() + "\n“B11 合格率”权重 5 分。\n")
    assert [p.code for p in result.problems] == ["rule-failed"] and "total-score" in result.problems[
        0
    ].message
    assert {f.id for f in result.findings} == {f.id for f in whole.findings if f.rule != "total-score"}
