"""The outputs: found by folder, whole or not at all, and readable by those they are for."""

from __future__ import annotations

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rich.cells import cell_len
from test_record import SCHEMA, figure, finding, form, indicator, result, unread

from extractor.document import Place, Problem, Text
from extractor.facts import Form
from extractor.findings import Evidence
from extractor.outputs import Batch, outputs, suffixes
from extractor.outputs.destination import destination
from extractor.outputs.folder import free_name
from extractor.outputs.json import laid_out
from extractor.outputs.terminal import finding_text
from extractor.outputs.wording import KINDS, around, cut, folded, place_words, shown, status_words
from extractor.record import result_to_record
from extractor.result import Result, Source


def written(name: str, batch: Batch, tmp_path: Path) -> str:
    """What an output writes to a file."""
    target = tmp_path / "out"
    outputs()[name].write(batch, target)
    return target.read_text("utf-8")


def printed(batch: Batch, capsysbinary: pytest.CaptureFixture[bytes]) -> str:
    """What the terminal output writes to standard output."""
    outputs()["terminal"].write(batch, None)
    return capsysbinary.readouterr().out.decode()


def test_outputs_are_found_by_folder() -> None:
    assert {"json", "jsonl", "terminal", "folder"} <= set(outputs())
    for name, output in outputs().items():
        assert name == output.NAME and callable(output.write)
    endings = [suffix for output in outputs().values() for suffix in output.SUFFIXES]
    assert len(endings) == len(set(endings)), "two outputs claim one ending"


def test_a_new_file_is_a_new_output(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import extractor.outputs as package

    source = "NAME = 'marks'\nSUFFIXES = ('.marks',)\ndef write(batch, target): pass\n"
    (tmp_path / "marks_for_test.py").write_text(source)
    monkeypatch.setattr(package, "__path__", [*package.__path__, str(tmp_path)])
    try:
        assert suffixes()[".marks"] == "marks"
    finally:
        sys.modules.pop("extractor.outputs.marks_for_test", None)


def test_finding_the_outputs_loads_nothing_heavy() -> None:
    heavy = {"rich", "numpy", "lxml"}
    code = f"import sys, extractor.outputs as o; o.outputs(); print(sorted({heavy} & set(sys.modules)))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


# JSON


def test_json_of_one_file_is_its_record(tmp_path: Path) -> None:
    said = written("json", Batch([result()], tables=True, text=True), tmp_path)
    assert json.loads(said) == result_to_record(result(), True, True)


@pytest.mark.parametrize("results", [[], [result()], [result(), unread()]])
def test_json_of_several_files(results: list[Result], tmp_path: Path) -> None:
    between = (finding(rule="forms-disagree"),)
    said = json.loads(written("json", Batch(results, many=True, findings=between), tmp_path))
    jsonschema.validate(said, SCHEMA)
    assert [document["status"] for document in said["documents"]] == [r.status for r in results]
    assert [found["rule"] for found in said["findings"]] == ["forms-disagree"]
    assert said["summary"]["documents"] == len(results)


def test_summary_counts(tmp_path: Path) -> None:
    said = json.loads(written("json", Batch([result(), result(), unread()], many=True), tmp_path))
    assert said["summary"] == {
        "documents": 3,
        "unread": 1,
        "statuses": {"damaged": 1, "ok-partial": 2},
        "findings": {"error": 2, "warning": 0, "info": 2},
        "rules": {"copied-text": 2, "values-disagree": 2},
    }


VALUES: list[Any] = [
    {},
    [],
    [[]],
    {"a": []},
    {"a": [{"b": [{"c": [{"d": [{"e": 1}]}]}]}]},
    "",
    1,
    None,
    ["一", {"k": None}],
]


@pytest.mark.parametrize("value", VALUES)
def test_laid_out_json_means_the_same(value: Any) -> None:
    assert json.loads(laid_out(value)) == value


def test_lone_surrogate_becomes_valid_utf_8(tmp_path: Path) -> None:
    broken = result(problems=(Problem("x", "坏字\ud800"),))
    assert json.loads(written("json", Batch([broken]), tmp_path))["problems"][0]["message"] == "坏字\ufffd"


def test_figures_stay_exact_text(tmp_path: Path) -> None:
    odd = replace(
        form(), indicators=(indicator('<script>"=1+1"\\', actual=figure("=100%", "100", op="=", unit="%")),)
    )
    row = json.loads(written("json", Batch([result(forms=(odd,))]), tmp_path))["forms"][0]["indicators"][0]
    assert (row["name"], row["actual"]["text"]) == ('<script>"=1+1"\\', "=100%")


def test_json_lines(tmp_path: Path) -> None:
    lines = written("jsonl", Batch([result(), unread()], many=True), tmp_path).splitlines()
    records = [json.loads(line) for line in lines]
    for record in records:
        jsonschema.validate(record, SCHEMA)
    assert [record.get("status") for record in records] == ["ok-partial", "damaged", None]
    assert records[-1]["batch"]["summary"]["documents"] == 2


def test_a_line_is_out_before_the_next_file_is_read(capsysbinary: pytest.CaptureFixture[bytes]) -> None:
    seen: list[bytes] = []

    def results() -> Iterator[Result]:
        yield result()
        seen.append(capsysbinary.readouterr().out)
        yield unread()

    outputs()["jsonl"].write(Batch(results(), many=True), None)
    assert seen[0].count(b"\n") == 1


# Files


def test_a_file_appears_whole_or_not_at_all(tmp_path: Path) -> None:
    def results() -> Iterator[Result]:
        yield result()
        raise KeyboardInterrupt

    target = tmp_path / "out.json"
    target.write_text("before")
    with pytest.raises(KeyboardInterrupt):
        outputs()["json"].write(Batch(results(), many=True), target)
    assert target.read_text() == "before"
    assert list(tmp_path.iterdir()) == [target]


def test_folder_has_a_file_for_each_and_a_list(tmp_path: Path) -> None:
    results = [
        replace(result(), source=Source(path)) for path in ("a/表.pdf", "b/表.pdf", "b/batch", "b/\udcff.pdf")
    ]
    outputs()["folder"].write(Batch([*results, unread()], many=True), tmp_path / "new" / "out")
    listed = json.loads((tmp_path / "new/out/batch.json").read_text("utf-8"))
    jsonschema.validate(listed, SCHEMA)
    assert [entry["result"] for entry in listed["files"]][:3] == [
        "表.pdf.json",
        "表.pdf-2.json",
        "batch-2.json",
    ]
    assert len(list((tmp_path / "new/out").iterdir())) == 6
    for entry in listed["files"][:3]:
        record = json.loads((tmp_path / "new/out" / entry["result"]).read_text("utf-8"))
        assert record["source"]["path"] == entry["source"]["path"]
    assert [entry["findings"]["error"] for entry in listed["files"]] == [1, 1, 1, 1, 0]


def test_names_that_differ_in_case_only_do_not_meet() -> None:
    assert free_name("A.PDF", {"a.pdf.json"}) == "A.PDF-2.json"


def test_long_names_fit_a_file_system_and_stay_apart() -> None:
    one, other = (free_name("表" * 84 + end, set()) for end in ("甲", "乙"))
    assert len(one.encode()) <= 255 and one != other


TARGETS = {
    "": ("terminal", False),
    "x.json": ("json", True),
    "x.JSON": ("json", True),
    "x.jsonl": ("jsonl", True),
    "x.txt": ("terminal", True),
    "new/": ("folder", True),
    ".": ("folder", True),
}


@pytest.mark.parametrize("target", TARGETS)
def test_destination(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    output, path = destination(target, "", [])
    assert (output.NAME, path is not None) == TARGETS[target]


@pytest.mark.parametrize("target", ["x", "x.docx0", "missing/x.json", "source.json"])
def test_destination_refuses(target: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    source = tmp_path / "source.json"
    source.touch()
    with pytest.raises(ValueError, match="-o"):
        destination(target, "", [source])


# The terminal


def test_report_says_what_the_document_is_and_names_both_places(capsysbinary: Any) -> None:
    said = printed(Batch([result()]), capsysbinary)
    for words in (
        "绩效自评表《项目支出绩效自评表》",
        "样例项目",
        "某中心",
        "2031",
        "96.00",
        "优",
        "12 页",
        "资金（万元）",
    ):
        assert words in said
    assert "第3页 实际完成值：96.4%" in said and "第12页 正文：94.6%" in said
    assert "合计：错误 1，警告 0，提示 1" in said
    assert "[values-disagree]" in said
    assert "第5页没有文字层。" in said


def test_report_shows_expected_difference_and_impact() -> None:
    said = finding_text(finding(expected="两处一致", difference="1.8", impact="得分"), 1)
    for words in ("应为：两处一致", "相差：1.8", "影响：得分"):
        assert words in said


def test_report_says_when_nothing_is_found(capsysbinary: Any) -> None:
    assert "没有发现问题" in printed(Batch([result(findings=())]), capsysbinary)
    assert "没有发现问题" not in printed(Batch([result()]), capsysbinary)


def test_brief_report_has_findings_only(capsysbinary: Any) -> None:
    said = printed(Batch([result()], brief=True), capsysbinary)
    assert "样例项目" not in said and "资金" not in said and "第12页" in said


def test_a_file_not_read_has_no_report(capsysbinary: Any) -> None:
    assert printed(Batch([unread()]), capsysbinary) == ""


def test_several_files_are_one_table(capsysbinary: Any) -> None:
    said = printed(Batch([result(), unread()], many=True), capsysbinary)
    assert "自评表.pdf" in said and "文件损坏" in said and "部分读取" in said
    assert "2 个文件，其中 1 个未能读取；合计：错误 1，警告 0，提示 1" in said
    assert "设备完好率：自评表为 96.4%，正文为 94.6%（第3页、第12页）" in said


NOTHING = {
    "没有发现问题。": [result(findings=()), result(findings=())],
    "已读取的文件中没有发现问题。": [result(findings=()), unread()],
    "": [unread(), unread()],
}


@pytest.mark.parametrize("words", NOTHING)
def test_nothing_found_is_said_of_files_read_only(words: str, capsysbinary: Any) -> None:
    said = printed(Batch(NOTHING[words], many=True), capsysbinary)
    assert [line for line in said.splitlines() if "没有发现" in line] == [words] * bool(words)


@pytest.mark.parametrize("columns", [60, 100, 160])
def test_no_line_is_wider_than_the_terminal(columns: int, capsysbinary: Any, monkeypatch: Any) -> None:
    monkeypatch.setenv("COLUMNS", str(columns))
    found = replace(finding(), message="说明" * 90 + "12345.67% value-of-a-word（完）" * 9)
    long = indicator(
        "名" * 90, target=figure("目" * 200), actual=figure("a" * 200), weight=figure("10", "10")
    )
    said = printed(
        Batch([result(forms=(replace(form(), indicators=(long,)),), findings=(found,))]), capsysbinary
    )
    assert max(map(cell_len, said.splitlines())) <= columns
    assert "…" in said


def test_columns_are_aligned_for_wide_characters(capsysbinary: Any) -> None:
    rows = (indicator("短", weight=figure("甲1", "1")), indicator("长名称abc", weight=figure("甲2", "2")))
    said = printed(Batch([result(forms=(Form("other", indicators=rows),), findings=())]), capsysbinary)
    ends = {cell_len(line[: line.index("甲")]) for line in said.splitlines() if "甲" in line}
    assert len(ends) == 1


def test_total_row_is_shown(capsysbinary: Any) -> None:
    assert re.search(r"合计 +100 +96", printed(Batch([result()]), capsysbinary))


HOSTILE = "\x1b[31m红\x1b]0;t\x07[bold]粗[/bold]:smile:\u202e反\ud800"


def test_a_document_cannot_steer_the_terminal(capsysbinary: Any) -> None:
    row = indicator(HOSTILE, target=figure(HOSTILE))
    found = replace(
        finding(), message=HOSTILE, evidence=(Evidence(HOSTILE, Place(1), HOSTILE, quote=HOSTILE),)
    )
    bad = result(forms=(replace(form(), title=Text(HOSTILE), indicators=(row,)),), findings=(found,))
    said = printed(Batch([bad]), capsysbinary)
    assert "\x1b" not in said and "\u202e" not in said
    assert "[bold]粗[/bold]:smile:" in said


def test_colours_on_a_terminal_only(capsysbinary: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    plain = printed(Batch([result()]), capsysbinary)
    monkeypatch.setattr(sys.stdout, "isatty", lambda: True)
    monkeypatch.delenv("NO_COLOR", raising=False)
    coloured = printed(Batch([result()]), capsysbinary)
    monkeypatch.setenv("NO_COLOR", "1")
    refused = printed(Batch([result()]), capsysbinary)
    assert "\x1b[" not in plain and "\x1b[1;31m错误" in coloured and "\x1b[3" not in refused


# Words

PLACES = {
    "第3页": Place(3, table=1, row=2, col=3),
    "第3、4页": Place(3, parts=(Place(3), Place(4), Place(4))),
    "第3—5、8页": Place(3, parts=(Place(4), Place(5), Place(8))),
    "第2个表第5行第4列": Place(part="body", table=1, row=4, col=3),
    "第2个表第5行": Place(table=1, row=4),
    "第12段": Place(part="body", paragraph=11),
    "脚注第1段": Place(part="footnotes", paragraph=0),
    "页眉第1段": Place(part="header2", paragraph=0),
    "“概况”第1个表": Place(part="概况", table=0),
    "": Place(),
}


@pytest.mark.parametrize("words", PLACES)
def test_place_words(words: str) -> None:
    assert place_words(PLACES[words]) == words


def test_words_for_every_kind_and_status_of_the_schema() -> None:
    kinds = {
        kind for part in ("document", "form") for kind in SCHEMA["$defs"][part]["properties"]["kind"]["enum"]
    }
    assert kinds == set(KINDS)
    statuses = re.findall(
        r"[a-z-]+(?=\||\))", SCHEMA["$defs"]["status"]["pattern"].replace("limit-[a-z0-9-]+|", "")
    )
    assert "ok-partial" in statuses and all(status_words(status) != status for status in statuses)
    assert status_words("limit-pages") == "超出限制（limit-pages）"


def test_cut_and_around() -> None:
    assert cut("一二三四五", 5) == "一二三四五" and cut("一二三四五六", 5) == "一二三四…"
    quote = "甲" * 100 + "94.6%" + "乙" * 100
    assert "94.6%" in around("94.6%", quote) and len(around("94.6%", quote)) <= 62
    assert around("94.6%", "为94.6%") == "为94.6%"


FOLDS = {
    "  1. 一二三四五六": "  1. 一二三\n     四五六",
    "一二三四五。六": "一二三四\n五。六",
    "一二三四12.50%": "一二三四\n12.50%",
    "一二 三四 五六": "一二 三四\n五六",
    "短": "短",
    "": "",
}


@pytest.mark.parametrize("line", FOLDS)
def test_folded(line: str) -> None:
    width = 11 if line.startswith(" ") else 10
    assert folded(line, width) == FOLDS[line]


@pytest.mark.parametrize("line", ["a" * 500, "，" * 500, " " * 500, "甲a，" * 200])
def test_folding_loses_nothing(line: str) -> None:
    assert re.sub(r"\s", "", folded(line, 20)) == re.sub(r"\s", "", line)


def test_shown_keeps_ordinary_text() -> None:
    assert shown("一般文字 ≥95%（①）\n下一行\t列") == "一般文字 ≥95%（①） 下一行 列"
