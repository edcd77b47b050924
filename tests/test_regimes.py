"""Regimes: every pack can be used, a user's own is found, and what cannot be used is refused by name."""

from __future__ import annotations

import json
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from in_process import InProcess

import cli
from extractor.regimes import USUAL, Share, regime, regimes
from extractor.vocabulary import BadPattern

REPORT = "# 绩效评价报告\n\n# 评价结论\n\n本项目绩效评价得分为 78.20 分，评价等级为“{grade}”。\n"
OWN = "title: 某市办法\ngrades: {优: 95, 良: 78, 中: 60, 差: 0}\n"


@pytest.mark.parametrize("name", regimes())
def test_every_pack_can_be_used(name: str) -> None:
    found = regime(name)
    assert found.title and found.grades[-1][0] == 0
    assert [low for low, _ in found.grades] == sorted((low for low, _ in found.grades), reverse=True)


def test_the_usual_one_says_what_the_ministry_laid_down() -> None:
    usual = regime(USUAL)
    assert usual.grades == ((Decimal(90), "优"), (Decimal(80), "良"), (Decimal(60), "中"), (Decimal(0), "差"))
    assert dict(usual.weights[0]) == {"预算执行率": 10, "产出": 50, "效益": 30, "满意度": 10}
    assert usual.shares == (Share(("产出", "效益", "满意度"), Decimal(60)),)


BAD = {
    "grades: {优: 90}": "title",
    "title: 甲\nfoo: 1": "foo",
    "title: 甲\ngrades: {优: 90}": "grades",
    "title: 甲\ngrades: {优: 多, 差: 0}": "grades",
    "title: 甲\nself_evaluation: [{产出: 60, 效益: 30}]": "self_evaluation",
    "title: 甲\nself_evaluation: [{产量: 100}]": "self_evaluation",
    "title: 甲\nevaluation: [{least: 60}]": "evaluation",
    "- 甲": "own.yml",
    "title: [": "own.yml",
}


@pytest.mark.parametrize("text", BAD)
def test_a_file_that_cannot_be_used_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "own.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadPattern, match=r"own\.yml") as error:
        regime(str(file))
    assert BAD[text] in str(error.value)


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]) -> Any:
    """Runs the command on a report of 78.20 points and a grade; gives status, messages, standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("extractor.batch.run.Worker", InProcess)
    monkeypatch.setenv("GOUJI_PATTERNS", "")
    Path("laid/regimes").mkdir(parents=True)
    Path("laid/regimes/city.yml").write_text(OWN, encoding="utf-8")

    def ran(grade: str, *arguments: str) -> tuple[int, list[tuple[str, str]], str]:
        Path("a.md").write_text(REPORT.format(grade=grade), encoding="utf-8")
        status = cli.run(["a.md", "--json", *arguments])
        out, err = capsysbinary.readouterr()
        found = json.loads(out)["findings"] if out else []
        return status, [(f["severity"], f["expected"]) for f in found], err.decode()

    return ran


def test_a_regime_is_chosen_by_name_by_file_or_from_a_folder(run: Any) -> None:
    assert run("良")[1] == [("warning", "中")]
    assert run("良", "--regime", "shanghai")[1] == []
    assert run("中", "--regime", "shanghai")[1] == [("error", "良")]
    assert run("优", "--regime", "laid/regimes/city.yml")[1] == [("error", "良")]
    assert run("优", "--regime", "city", "--patterns", "laid")[1] == [("error", "良")]


@pytest.mark.parametrize("name", ["mars", "mars.yml", "../regimes/shanghai", ""])
def test_an_unknown_regime_is_refused_with_those_there_are(run: Any, name: str) -> None:
    status, _, err = run("良", "--regime", name)
    if name:
        assert status == 2 and name in err and all(known in err for known in regimes())
    else:
        assert status == 0
