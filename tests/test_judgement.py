"""Waivers keep a judged finding judged; a comparison tells what is new, gone and unchanged."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from in_process import InProcess
from openpyxl import load_workbook
from test_record import SCHEMA

import cli
from extractor import extract
from extractor.comparison import BadResult, compare, load_earlier
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Result, Source
from extractor.waivers import BadWaivers, Waiver, idle, load_waivers, waive

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT / "corpus"))

from making.source import DIRECTIVE, load  # noqa: E402

WRONG = """# {project}绩效评价报告

| 指标 | 权重 | 得分 |
| B11 预算执行率 | 5 | 4 |
| B12 资金到位率 | 5 | 5 |

“B11 预算执行率”指标权重 {weight} 分，得分 4 分。
"""


def checked(folder: Path, weight: str, name: str = "report.md", before: str = "") -> Result:
    path = folder / name
    path.write_text(before + WRONG.format(weight=weight, project=""), encoding="utf-8")
    return extract(path, select=["weights-disagree"])


def waiver_file(folder: Path, *ids: str, **more: str) -> Path:
    said = {"reason": "已说明", "who": "王某", "when": "2026-11-21"} | more
    file = folder / "waivers.yml"
    file.write_text(
        yaml.safe_dump([{"finding": i} | said for i in ids], allow_unicode=True), encoding="utf-8"
    )
    return file


def ids(result: Result) -> set[str]:
    return {finding.id for finding in result.findings}


# What a finding is known by

ERRORS = sorted(path.stem for path in (ROOT / "corpus/documents").glob("*-errors.pdf"))
MORE = "\n为便于审核，补充说明：检查点位 (80-3)/80=96.52%，已全部登记。\n"


@pytest.mark.parametrize("name", ERRORS)
def test_a_finding_keeps_its_id_whatever_the_typesetting(name: str) -> None:
    paper, word = (extract(ROOT / f"corpus/documents/{name}.{form}") for form in ("pdf", "docx"))
    assert ids(paper) == ids(word) != set()


@pytest.mark.parametrize("name", ERRORS)
def test_a_finding_keeps_its_id_when_the_document_grows(name: str) -> None:
    """Text and a table are put in before and in the middle: places shift, more is found, what was found stays."""
    sources = (s for p in sorted((ROOT / "corpus/sources").glob("*.md")) for s in load(p))
    source = next(s for s in sources if s.name == name)
    lines = [line for line in source.text.split("\n") if not DIRECTIVE.fullmatch(line.strip())]
    middle = [n for n, line in enumerate(lines) if n and not (line + lines[n - 1]).count("|")]
    at = middle[len(middle) // 2]
    before = "# 编制说明\n\n重新报送，说明如下。\n\n| 事项 | 说明 |\n| 甲 | 已补充 |\n\n"
    grown = before + "\n".join([*lines[:at], MORE, *lines[at:]])
    old, new = (check(parse_text(t), Source("a.md")) for t in ("\n".join(lines), grown))
    assert len(ids(new) - ids(old)) == 1
    assert ids(old) <= ids(new)


def test_a_figure_said_again_is_the_same_finding(tmp_path: Path) -> None:
    once, twice = (
        checked(tmp_path, "4", before=before) for before in ("", "B11 预算执行率权重为 5 分。\n\n")
    )
    assert ids(once) == ids(twice) != set()


# Waivers


def test_a_waived_finding_stays_waived_when_the_document_comes_again(tmp_path: Path) -> None:
    first = checked(tmp_path, "4")
    waivers = load_waivers(waiver_file(tmp_path, first.findings[0].id))
    again = checked(tmp_path, "4", "again.md", before="新增的一段说明。\n\n").judged(waivers)
    assert not again.findings and again.waived[0].waiver.reason == "已说明"
    other = checked(tmp_path, "3", "other.md")
    assert waive(other.findings, waivers)[0] == other.findings


def test_a_waiver_for_one_project_covers_no_other(tmp_path: Path) -> None:
    found = checked(tmp_path, "4")
    waivers = load_waivers(waiver_file(tmp_path, found.findings[0].id, project="绿地养护"))
    assert waive(found.findings, waivers, ["河道保洁经费"])[0]
    assert not waive(found.findings, waivers, ["河道保洁经费", "绿地养护经费"])[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("- finding: a\n  reason: b", "缺少 who、when"),
        ("finding: a", "应为列表"),
        ("- [a", "YAML"),
        ("- a", "第 1 项"),
        ("- {finding: a-0123456789, reason: b, who: c, when: d, wen: e}", "wen"),
        ("- {finding: 第三个问题, reason: b, who: c, when: d}", "第三个问题"),
    ],
)
def test_a_bad_waiver_file_is_refused_by_name(tmp_path: Path, text: str, said: str) -> None:
    file = tmp_path / "核销.yml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadWaivers, match="核销") as error:
        load_waivers(file)
    assert said in str(error.value)


def test_waivers_that_met_nothing_are_known() -> None:
    waivers = [Waiver(f"rule-{n:010}", "甲", "乙", "丙") for n in (1, 2, 1)]
    assert idle(waivers, {"rule-0000000002"}) == ["rule-0000000001"]


# Comparison


def written(folder: Path, record: Any, name: str = "old.json") -> Path:
    file = folder / name
    file.write_text(json.dumps(record, ensure_ascii=False), encoding="utf-8")
    return file


def test_comparison(tmp_path: Path) -> None:
    old = checked(tmp_path, "4")
    earlier = load_earlier(written(tmp_path, old.to_json())).of("report.md", alone=True)
    assert ids(old)

    def counts(result: Result) -> tuple[int, int, int]:
        found = compare("old.json", earlier, [f.id for f in result.findings])
        return len(found.new), len(found.unchanged), len(found.gone)

    assert counts(old) == (0, 1, 0)
    assert counts(checked(tmp_path, "3", "new.md")) == (1, 0, 1)
    assert counts(checked(tmp_path, "5", "mended.md")) == (0, 0, 1)


def test_what_is_judged_or_listed_under_another_is_neither_new_nor_gone() -> None:
    before = [{"id": "a", "message": "甲", "caused": ["b"]}, {"id": "c", "message": "丙"}]
    found = compare("old.json", before, ["b", "d"], known=["c"])
    assert (found.new, found.unchanged, [g["id"] for g in found.gone]) == (("d",), ("b",), ["a"])


RESULT: dict[str, Any] = {"schema_version": "1.0", "source": {"path": "in/a.pdf"}, "findings": []}
NO_RESULTS = {
    "": "不是本工具",
    "[1, 2]": "不是本工具",
    '{"a": 1}': "不是本工具",
    "[" * 100_000: "不是本工具",
    json.dumps(RESULT | {"schema_version": "2.0"}): "2.0",
    json.dumps(RESULT | {"findings": [{"id": 7}]}): "不是本工具",
    json.dumps(RESULT | {"source": {}}): "不是本工具",
    json.dumps({"schema_version": "1.0", "files": [{"result": "../x.json"}], "findings": []}): "不是本工具",
    json.dumps({"schema_version": "1.0", "files": [{"result": "gone.json"}], "findings": []}): "gone.json",
}


@pytest.mark.parametrize("text", NO_RESULTS, ids=lambda text: text[:20])
def test_what_is_no_result_is_refused(tmp_path: Path, text: str) -> None:
    file = tmp_path / "old.json"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(BadResult, match=r"old\.json|gone\.json") as error:
        load_earlier(file)
    assert NO_RESULTS[text] in str(error.value)


def test_documents_are_known_again_by_path_then_name_then_stem(tmp_path: Path) -> None:
    paths = ["in/a.pdf", "in/b.pdf", "x/c.docx", "y/d.pdf", "z/d.pdf"]
    documents = [RESULT | {"source": {"path": p}, "findings": [{"id": p, "message": "甲"}]} for p in paths]
    batch = {"schema_version": "1.0", "documents": documents, "findings": []}
    earlier = load_earlier(written(tmp_path, batch))
    asked = ["in/a.pdf", "again/b.pdf", "again/c.pdf", "again/d.pdf", "again/e.pdf"]
    assert [[f["id"] for f in earlier.of(p)] for p in asked] == [
        ["in/a.pdf"],
        ["in/b.pdf"],
        ["x/c.docx"],
        [],
        [],
    ]
    assert earlier.absent == ("y/d.pdf", "z/d.pdf")


# On the command line


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with one document ``in/甲.md`` of two errors, of which the working directory is the parent."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("extractor.batch.run.Worker", InProcess)
    Path("in").mkdir()
    Path("in/甲.md").write_text(WRONG.format(weight="4", project="甲"), encoding="utf-8")
    return tmp_path


def ran(capsysbinary: pytest.CaptureFixture[bytes], *arguments: str) -> tuple[int, str, str]:
    status = cli.run([*arguments, "--jobs", "1"])
    out, err = capsysbinary.readouterr()
    return status, out.decode(), err.decode()


def test_the_command_sets_judged_findings_apart(folder: Path, capsysbinary: Any) -> None:
    first = json.loads(ran(capsysbinary, "in/甲.md", "--json")[1])
    errors = [f["id"] for f in first["findings"] if f["severity"] == "error"]
    file = str(waiver_file(folder, *errors, "values-disagree-0123456789"))
    status, out, err = ran(capsysbinary, "in/甲.md", "--json", "--fail-on", "error", "--waivers", file)
    record = json.loads(out)
    jsonschema.validate(record, SCHEMA)
    assert errors and status == 0
    assert [w["id"] for w in record["waived"]] == errors
    assert record["waived"][0]["waiver"] == {"reason": "已说明", "who": "王某", "when": "2026-11-21"}
    assert not set(errors) & {f["id"] for f in record["findings"]}
    assert len(err.splitlines()) == 1 and "values-disagree-0123456789" in err
    said = ran(capsysbinary, "in/甲.md", "--waivers", file)[1]
    assert "已说明（王某，2026-11-21）" in "".join(said.split()) and f"另有已核销 {len(errors)}" in said
    ran(capsysbinary, "in/甲.md", "--waivers", file, "-o", "r.html")
    assert "已说明（王某，2026-11-21）" in Path("r.html").read_text("utf-8")
    ran(capsysbinary, "in/甲.md", "--waivers", file, "-o", "r.xlsx")
    rows = list(load_workbook("r.xlsx")["问题清单"].values)
    verdict, remark = (rows[0].index(head) for head in ("核实结论", "备注"))
    assert [row[remark] for row in rows if row[verdict] == "已核销"] == ["已说明（王某，2026-11-21）"] * len(
        errors
    )


def test_the_command_tells_what_changed(folder: Path, capsysbinary: Any) -> None:
    document, old = Path("in/甲.md"), "old.json"
    ran(capsysbinary, "in/甲.md", "-o", old)
    document.write_text(WRONG.format(weight="3", project="甲"), encoding="utf-8")
    record = json.loads(ran(capsysbinary, "in/甲.md", "--json", "--compare", old)[1])
    jsonschema.validate(record, SCHEMA)
    change = record["comparison"]
    assert change["earlier"] == old and len(change["gone"]) == 1
    assert set(change["new"]) | set(change["unchanged"]) == {f["id"] for f in record["findings"]}
    said = ran(capsysbinary, "in/甲.md", "--compare", old)[1]
    assert "【新增】" in said and "已消除：" in said and "新增 1 项，消除 1 项" in said
    ran(capsysbinary, "in/甲.md", "--compare", old, "-o", "r.html")
    page = Path("r.html").read_text("utf-8")
    assert "【新增】" in page and "已消除：" in page
    ran(capsysbinary, "in/甲.md", "--compare", old, "-o", "r.xlsx")
    rows = list(load_workbook("r.xlsx")["问题清单"].values)
    assert rows[0][-1] == "与上次相比" and {"新增", "已消除"} <= {row[-1] for row in rows}
    only = ran(capsysbinary, "in/甲.md", "--json", "--compare", old, "--select", "total-score")[1]
    assert json.loads(only)["comparison"]["gone"] == [], "what was not looked for is not gone"


@pytest.mark.parametrize("old", ["old.json", "old.jsonl", "old/"])
def test_batches_are_compared(folder: Path, capsysbinary: Any, old: str) -> None:
    Path("in/乙.md").write_text(WRONG.format(weight="4", project="乙"), encoding="utf-8")
    ran(capsysbinary, "in", "-o", old)
    Path("in/乙.md").rename("in/丙.md")
    Path("in/甲.md").write_text(WRONG.format(weight="5", project="甲"), encoding="utf-8")
    record = json.loads(ran(capsysbinary, "in", "--json", "--compare", old)[1])
    jsonschema.validate(record, SCHEMA)
    ours, other = (
        {Path(d["source"]["path"]).stem: d["comparison"] for d in record["documents"]}[n] for n in "甲丙"
    )
    assert len(ours["gone"]) == 1 and not ours["new"]
    assert other["new"] and not other["gone"] and not other["unchanged"]
    assert [Path(p).stem for p in record["comparison"]["absent"]] == ["乙"]
    assert "上次的 1 个文件这次没有读到" in ran(capsysbinary, "in", "--compare", old)[1]


def test_an_output_folder_is_judged_and_compared_with_itself(folder: Path, capsysbinary: Any) -> None:
    """The same command again with waivers: what was read is judged anew, the list says what changed."""
    Path("in/乙.md").write_text(WRONG.format(weight="4", project="乙"), encoding="utf-8")
    ran(capsysbinary, "in", "-o", "out/")
    found = [f["id"] for f in json.loads(Path("out/甲.md.json").read_text("utf-8"))["findings"]]
    Path("in/甲.md").write_text(WRONG.format(weight="3", project="甲"), encoding="utf-8")
    file = str(waiver_file(folder, *found))
    _, _, err = ran(capsysbinary, "in", "-o", "out/", "--waivers", file, "--compare", "out/")
    listed = json.loads(Path("out/batch.json").read_text("utf-8"))
    jsonschema.validate(listed, SCHEMA)
    ours, other = ({Path(f["source"]["path"]).stem: f for f in listed["files"]}[n] for n in "甲乙")
    assert ours["comparison"]["new"] and ours["comparison"]["gone"] and "waived" not in ours
    assert other["waived"] == len(found) == listed["summary"]["waived"]
    assert not other["comparison"]["gone"], "what is judged is there"
    judged = json.loads(Path("out/乙.md.json").read_text("utf-8"))
    assert [w["id"] for w in judged["waived"]] == found and judged["findings"] == []
    assert "已核销" in err and "新增 1 项" in err


@pytest.mark.parametrize("option", ["--waivers", "--compare"])
@pytest.mark.parametrize("text", [None, "无关的文字"])
def test_a_file_that_cannot_be_used_is_a_mistake(
    folder: Path, capsysbinary: Any, option: str, text: Any
) -> None:
    if text is not None:
        Path("x.yml").write_text(text, encoding="utf-8")
    status, out, err = ran(capsysbinary, "in/甲.md", option, "x.yml")
    assert (status, out) == (2, "") and "x.yml" in err and len(err.splitlines()) == 2


def test_a_file_of_waivers_is_made_to_be_filled_in(folder: Path, capsysbinary: Any) -> None:
    found = [f["id"] for f in json.loads(ran(capsysbinary, "in/甲.md", "--json")[1])["findings"]]
    ran(capsysbinary, "in/甲.md", "-o", "w.yml")
    text = Path("w.yml").read_text("utf-8")
    assert load_waivers(Path("w.yml")) == () and all(i in text for i in found)
    marked = [line for line in text.splitlines(True) if line.startswith(("# - ", "#   "))]
    filled = "".join(line.removeprefix("# ") for line in marked)
    Path("w.yml").write_text(filled.replace('""', '"王某"'), encoding="utf-8")
    assert [w.finding for w in load_waivers(Path("w.yml"))] == found
    before = load_waivers(Path("w.yml"))
    ran(capsysbinary, "in/甲.md", "--waivers", "w.yml", "-o", "again.yml")
    assert load_waivers(Path("again.yml")) == before, "what was judged stays judged"
