"""Waivers keep a judged finding judged; a comparison tells what is new, gone and unchanged."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor import extract
from extractor.comparison import BadResult, compare, load_result
from extractor.waivers import BadWaivers, load_waivers, waive

WRONG = """# 绩效评价报告

| 指标 | 权重 | 得分 |
| B11 预算执行率 | 5 | 4 |
| B12 资金到位率 | 5 | 5 |

“B11 预算执行率”指标权重 {weight} 分，得分 4 分。
"""


def checked(folder: Path, weight: str, name: str = "report.md", before: str = ""):  # type: ignore[no-untyped-def]
    path = folder / name
    path.write_text(before + WRONG.format(weight=weight), encoding="utf-8")
    return extract(path, select=["weights-disagree"])


def test_a_waived_finding_stays_waived_when_the_document_comes_again(tmp_path: Path) -> None:
    first = checked(tmp_path, "4")
    file = tmp_path / "waivers.yml"
    file.write_text(
        f"- finding: {first.findings[0].id}\n  reason: 已说明\n  who: 王某\n  when: 2026-11-21\n",
        encoding="utf-8",
    )
    waivers = load_waivers(file)
    again = checked(tmp_path, "4", "again.md", before="新增的一段说明。\n\n")
    still_open, judged = waive(again.findings, waivers)
    assert not still_open and judged[0][1].reason == "已说明"
    other = checked(tmp_path, "3", "other.md")
    assert waive(other.findings, waivers)[0] == other.findings


def test_a_waiver_for_one_project_covers_no_other(tmp_path: Path) -> None:
    found = checked(tmp_path, "4")
    file = tmp_path / "waivers.yml"
    file.write_text(
        f"- {{finding: {found.findings[0].id}, reason: 甲, who: 乙, when: 2026-01-01, project: 绿地养护}}",
        encoding="utf-8",
    )
    assert waive(found.findings, load_waivers(file), "河道保洁经费")[0]
    assert not waive(found.findings, load_waivers(file), "绿地养护经费")[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- finding: a\n  reason: b", "缺少 who、when"),
        ("finding: a", "应为列表"),
        ("- [a", "YAML"),
        ("- a", "第 1 项"),
        ("- {finding: a, reason: b, who: c, when: d, wen: e}", "wen"),
    ],
)
def test_a_bad_waiver_file_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "核销.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWaivers, match="核销") as error:
        load_waivers(file)
    assert said in str(error.value)


def test_comparison(tmp_path: Path) -> None:
    old = checked(tmp_path, "4")
    file = tmp_path / "old.json"
    file.write_text(json.dumps(old.to_json(), ensure_ascii=False), encoding="utf-8")
    same = compare(load_result(file), old.findings)
    assert (len(same.new), len(same.unchanged), len(same.gone)) == (0, 1, 0)
    changed = compare(load_result(file), checked(tmp_path, "3", "new.md").findings)
    assert (len(changed.new), len(changed.unchanged), len(changed.gone)) == (1, 0, 1)
    mended = compare(load_result(file), checked(tmp_path, "5", "mended.md").findings)
    assert [g["rule"] for g in mended.gone] == ["weights-disagree"] and not mended.new


@pytest.mark.parametrize("text", ["", "[1, 2]", '{"a": 1}'])
def test_what_is_no_result_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "old.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadResult, match=r"old\.json"):
        load_result(file)
