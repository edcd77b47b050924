"""Every rule has cases that it finds and cases that it leaves, and its manual's two examples do what they say."""

from __future__ import annotations

import textwrap
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor import rules
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Source

CASES = Path(__file__).parent / "cases" / "rules"


def cases_of(rule: str) -> list[dict[str, Any]]:
    path = CASES / f"{rule}.yml"
    return yaml.safe_load(path.read_text(encoding="utf-8")) if path.exists() else []


def findings_on(markdown: str, rule: str, regime: str | None = None) -> list[Any]:
    """What a rule finds; by the regime that it names for its cases (``REGIME``) if none is given."""
    chosen = getattr(rules.module(rule), "REGIME", "") if regime is None else regime
    result = check(parse_text(markdown), Source("case.md"), select=[rule], regime=chosen)
    assert not result.problems, result.problems
    return [f for f in result.findings if f.rule == rule]


def said(finding: Any) -> str:
    parts = [finding.message, finding.subject, finding.expected, finding.actual]
    return " | ".join(parts + [e.text for e in finding.evidence])


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_rule_has_cases_both_ways(rule: str) -> None:
    cases = cases_of(rule)
    assert sum("finds" in c for c in cases) >= 1, f"{rule}: no case that finds"
    assert sum("leaves" in c for c in cases) >= 2, f"{rule}: fewer than two cases that leave"


def test_no_case_file_without_rule() -> None:
    assert {p.stem for p in CASES.glob("*.yml")} <= set(rules.names(between=False))


ALL = [pytest.param(r, c, id=f"{r}: {c['name']}") for r in rules.names(between=False) for c in cases_of(r)]


@pytest.mark.parametrize(("rule", "case"), ALL)
def test_case(rule: str, case: dict[str, Any]) -> None:
    found = findings_on(case["document"], rule, case.get("regime"))
    if "leaves" in case:
        assert not found, [f.message for f in found]
        return
    assert len(found) == len(case["finds"]), [f.message for f in found]
    left = list(found)
    for wanted in case["finds"]:
        fits = [f for f in left if all(t in said(f) for t in wanted["tokens"])]
        assert fits, (wanted, [said(f) for f in left])
        assert fits[0].severity == wanted.get("severity", "error"), fits[0]
        left.remove(fits[0])


def example(manual: str, title: str) -> str:
    lines = manual.split(f"{title}::", 1)[1].split("\n")
    block = []
    for line in lines[1:]:
        if line and not line.startswith(" "):
            break
        block.append(line)
    return textwrap.dedent("\n".join(block))


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_manual(rule: str) -> None:
    manual = rules.manual(rule)
    assert findings_on(example(manual, "错误示例"), rule), "the wrong example is not found"
    assert not findings_on(example(manual, "正确示例"), rule), "the right example is accused"


@pytest.mark.parametrize("rule", rules.names(between=False))
def test_message_is_complete(rule: str) -> None:
    for case in cases_of(rule):
        for finding in findings_on(case["document"], rule, case.get("regime")) if "finds" in case else []:
            assert finding.evidence and finding.message and finding.subject
            assert any("一" <= c <= "鿿" for c in finding.message)
