"""Rules between documents: each has cases of several documents that it finds and that it leaves, and a
manual that runs.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

import pytest
from rule_cases import assert_as_told, assert_both_ways, cases_of, example

from extractor import rules
from extractor.batch.between import between
from extractor.batch.find import Found
from extractor.batch.ledger import Ledger
from extractor.batch.worker import summary
from extractor.findings import Finding
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Result, Source
from extractor.rules.batch._names import alike, clusters, project_key, same_unit, unit_key

CASES = Path(__file__).parent / "cases" / "batch"
ALL = ("error", "warning", "info")
NAMES = rules.names(between=True)


def read(markdown: str, path: str) -> Result:
    digest = hashlib.sha256(markdown.encode()).hexdigest()
    return check(parse_text(markdown), Source(path, "md", digest, len(markdown)), select=["none"])


def findings_on(documents: list[str], rule: str = "") -> list[Finding]:
    """What is found between documents, by way of a ledger as in a batch."""
    ledger = Ledger(None)
    try:
        ledger.enter(Found(f"folder/{n}.md") for n in range(len(documents)))
        for row in list(ledger.rows()):
            result = read(documents[row.place], row.path)
            ledger.hashed(row.id, result.source.sha256, result.source.bytes, 0, "", "")
            ledger.done(row.id, dict(summary(result)), b"")
        findings, problems = between(ledger, [rule] if rule else [], (), ALL)
    finally:
        ledger.close()
    assert not problems, problems
    return findings


@pytest.mark.parametrize("rule", NAMES)
def test_rule_has_cases_both_ways(rule: str) -> None:
    assert_both_ways(cases_of(CASES, rule), rule)


def test_no_case_file_without_rule() -> None:
    assert {p.stem for p in CASES.glob("*.yml")} <= set(NAMES)


@pytest.mark.parametrize(
    ("rule", "case"), [pytest.param(r, c, id=f"{r}: {c['name']}") for r in NAMES for c in cases_of(CASES, r)]
)
def test_case(rule: str, case: dict[str, Any]) -> None:
    found = findings_on(case["documents"], rule)
    assert_as_told(found, case, "warning")
    assert all(len({e.document for e in f.evidence}) > 1 for f in found)


@pytest.mark.parametrize("rule", NAMES)
def test_manual(rule: str) -> None:
    manual = rules.manual(rule)
    assert findings_on(example(manual, "错误示例").split("----\n"), rule), "the wrong example is not found"
    assert not findings_on(example(manual, "正确示例").split("----\n"), rule), "the right example is accused"


# Names


ONE = [
    ("2022年乡镇垃圾清运项目经费", "乡镇垃圾清运"),
    ("热线全媒体智能咨询平台项目经费", "热线智能咨询平台"),
    ("义务教育学校营养餐补助资金", "义务教育学校营养餐补助"),
]
TWO = [
    ("污水管网一期工程", "污水管网二期工程"),
    ("第一批农村危房改造补助", "第二批农村危房改造补助"),
    ("设备购置", "医疗设备购置"),
    ("东城区道路养护维修工程", "西城区道路养护维修工程"),
    ("人民医院设备更新改造", "妇幼医院设备更新改造"),
    ("农村公路养护（12标）", "农村公路养护（13标）"),
]


@pytest.mark.parametrize(("a", "b"), ONE)
def test_one_project(a: str, b: str) -> None:
    assert alike(project_key(a), project_key(b))


@pytest.mark.parametrize(("a", "b"), TWO)
def test_two_projects(a: str, b: str) -> None:
    assert not alike(project_key(a), project_key(b))


def test_owners() -> None:
    assert same_unit(unit_key("219001-临江区水务管理中心"), unit_key("临江区水务管理中心本级"))
    assert same_unit("临江区水务管理中", "临江区水务管理中心")
    assert not same_unit("临江区", "临江区水务管理中心") and not same_unit("", "")


def test_names_that_one_file_holds_are_two_projects() -> None:
    a, b = "乡镇生活垃圾清运", "乡镇生活垃圾收集清运"
    assert len(clusters([(a, frozenset({1})), (b, frozenset({2}))])) == 1
    assert len(clusters([(a, frozenset({1, 3})), (b, frozenset({2, 3}))])) == 2
