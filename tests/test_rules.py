"""Every rule has cases that it finds and cases that it leaves, and its manual's two examples do what they say."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rule_cases import assert_as_told, assert_both_ways, cases_of, example

from extractor import rules
from extractor.findings import Finding
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Source

CASES = Path(__file__).parent / "cases" / "rules"


def findings_on(markdown: str, rule: str, regime: str | None = None) -> list[Finding]:
    """What a rule finds; by the regime that it names for its cases (``REGIME``) if none is given."""
    chosen = getattr(rules.module(rule), "REGIME", "") if regime is None else regime
    result = check(parse_text(markdown), Source("case.md"), select=[rule], regime=chosen)
    assert not result.problems, result.problems
    return [f for f in result.findings if f.rule == rule]


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_rule_has_cases_both_ways(rule: str) -> None:
    assert_both_ways(cases_of(CASES, rule), rule)


def test_no_case_file_without_rule() -> None:
    assert {p.stem for p in CASES.glob("*.yml")} <= set(rules.names(between=False))


ALL = [
    pytest.param(r, c, id=f"{r}: {c['name']}") for r in rules.names(between=False) for c in cases_of(CASES, r)
]


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_case(rule: str, case: dict[str, Any]) -> None:
    assert_as_told(findings_on(case["document"], rule, case.get("regime")), case, "error")


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_manual(rule: str) -> None:
    manual = rules.manual(rule)
    assert findings_on(example(manual, "错误示例"), rule), "the wrong example is not found"
    assert not findings_on(example(manual, "正确示例"), rule), "the right example is accused"


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_message_is_complete(rule: str) -> None:
    for case in cases_of(CASES, rule):
        for finding in findings_on(case["document"], rule, case.get("regime")) if "finds" in case else []:
            assert finding.evidence and finding.message and finding.subject
            assert any("一" <= c <= "鿿" for c in finding.message)
