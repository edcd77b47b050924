"""The command: arguments, exit status, what stands on which stream. Reading is faked except in a few runs."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from in_process import InProcess
from test_record import SCHEMA, finding, result, unread
from typer.testing import CliRunner

import cli
import extractor
import extractor.rules
from extractor.result import Result, Source

ROOT = Path(__file__).parents[1]
Run = Callable[..., tuple[int, str, str]]
KNOWN = ["execution-rate", "total-score", "values-disagree"]


def fake_extract(path: Path, select: Any = (), ignore: Any = ()) -> Result:
    """A result that the file's name asks for."""
    name = Path(path).name
    if "raise" in name:
        raise ZeroDivisionError("through")
    if "stop" in name:
        raise KeyboardInterrupt
    if not Path(path).exists() or "bad" in name:
        return replace(unread(), source=Source(str(path)))
    severities = [level for level in ("error", "warning", "info") if level in name]
    found = tuple(finding(level, f"rule-{'-'.join([*select, *ignore, 'x'])}") for level in severities)
    return replace(result(), source=Source(str(path), "pdf"), findings=found)


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command in an empty folder; gives status, standard output and standard error."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(extractor, "extract", fake_extract, raising=False)
    monkeypatch.setattr("extractor.batch.run.Worker", InProcess)
    monkeypatch.setattr(
        extractor.rules, "names", lambda between=None: [] if between else KNOWN, raising=False
    )
    manuals = {name: f"手册 {name}\n\n    缩进的例子" for name in KNOWN}
    monkeypatch.setattr(extractor.rules, "manual", lambda name: manuals[name], raising=False)

    def ran(*arguments: str) -> tuple[int, str, str]:
        status = cli.run(list(arguments))
        out, err = capsysbinary.readouterr()
        return status, out.decode(), err.decode()

    return ran


def touch(*names: str) -> None:
    """Makes files, with the folders they stand in."""
    for name in names:
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_bytes(name.encode())


# Exit status

STATUSES = {
    "error.pdf": 0,
    "--fail-on error error.pdf": 1,
    "--fail-on error warning.pdf": 0,
    "--fail-on warning warning.pdf": 1,
    "--fail-on warning error.pdf": 1,
    "--fail-on warning info.pdf": 0,
    "--fail-on error info.pdf error.pdf": 1,
    "--fail-on warning --min-severity error warning.pdf": 0,
    "missing.pdf": 3,
    "bad.pdf": 3,
    "raise.pdf": 3,
    "info.pdf missing.pdf": 3,
    "--fail-on error error.pdf missing.pdf": 3,
    "empty-folder": 3,
    "stop.pdf": 130,
    "": 2,
    "--json": 2,
    "--nonsense info.pdf": 2,
    "--fail-on info info.pdf": 2,
    "--fail-on": 2,
    "--json=yes info.pdf": 2,
    "--min-severity high info.pdf": 2,
    "--json --jsonl info.pdf": 2,
    "--select no-such-rule info.pdf": 2,
    "--ignore no-such-rule info.pdf": 2,
    "--explain no-such-rule": 2,
    "-o x.unknown info.pdf": 2,
    "-o nowhere/x.json info.pdf": 2,
    "-o info.pdf --json info.pdf": 2,
    "--version": 0,
    "--help": 0,
    "--help --nonsense": 2,
    "--rules": 0,
    "--schema": 0,
    "--explain total-score": 0,
    "--select total-score,values-disagree info.pdf": 0,
}


@pytest.mark.parametrize("line", STATUSES)
def test_exit_status(line: str, run: Run) -> None:
    touch("error.pdf", "warning.pdf", "info.pdf", "bad.pdf", "raise.pdf", "stop.pdf")
    Path("empty-folder").mkdir()
    status, out, err = run(*line.split())
    assert status == STATUSES[line]
    assert "Traceback" not in out + err
    if status == 2:
        assert out == "" and len(err.splitlines()) == 2 and "--help" in err


@pytest.mark.parametrize("line", ["missing.pdf", "bad.pdf", "raise.pdf", "empty-folder"])
def test_failure_is_one_sentence_that_names_the_file(line: str, run: Run) -> None:
    touch("bad.pdf", "raise.pdf")
    Path("empty-folder").mkdir()
    _, out, err = run(line)
    assert len(err.splitlines()) == 1 and line in err and err.rstrip().endswith("。")
    assert line not in out or line == "empty-folder"


@pytest.mark.parametrize("name", ["missing.pdf", "bad.pdf", "raise.pdf"])
def test_a_file_not_read_still_has_its_result(name: str, run: Run) -> None:
    touch("bad.pdf", "raise.pdf")
    _, out, _ = run(name, "--json")
    record = json.loads(out)
    jsonschema.validate(record, SCHEMA)
    assert record["forms"] == [] and record["problems"] and record["source"]["path"] == name


def test_an_exception_is_a_typed_result(run: Run) -> None:
    touch("raise.pdf", "info.pdf")
    _, out, _ = run("raise.pdf", "info.pdf", "--json")
    broken, whole = json.loads(out)["documents"]
    assert broken["status"] == "internal-error" and "ZeroDivisionError" in broken["problems"][0]["message"]
    assert whole["status"] == "ok-partial"


def test_memory_that_runs_out_is_a_status(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def greedy(*_: Any, **__: Any) -> Result:
        raise MemoryError

    monkeypatch.setattr(extractor, "extract", greedy)
    touch("a.pdf")
    status, out, _ = run("a.pdf", "--json")
    assert (status, json.loads(out)["status"]) == (3, "memory")


# Streams and shapes


def test_one_file_is_one_object(run: Run) -> None:
    touch("error.pdf")
    status, out, err = run("error.pdf", "--json")
    record = json.loads(out)
    jsonschema.validate(record, SCHEMA)
    assert (status, err, record["source"]["path"]) == (0, "", "error.pdf")


@pytest.mark.parametrize("given", [["folder"], ["folder/a.pdf", "folder/b.docx"]])
def test_several_files_or_a_folder_are_a_batch(given: list[str], run: Run) -> None:
    touch("folder/b.docx", "folder/a.pdf")
    _, out, _ = run(*given, "--json")
    record = json.loads(out)
    jsonschema.validate(record, SCHEMA)
    paths = [Path(document["source"]["path"]).as_posix() for document in record["documents"]]
    assert paths == ["folder/a.pdf", "folder/b.docx"]
    assert record["findings"] == [] and record["summary"]["documents"] == 2


def test_a_folder_without_documents_still_has_a_result(run: Run) -> None:
    touch("folder/.hidden.pdf", "folder/~$open.docx", "folder/notes.xyz", "folder/.git/a.pdf")
    status, out, err = run("folder", "--json")
    record = json.loads(out)
    jsonschema.validate(record, SCHEMA)
    assert (status, [d["problems"][0]["code"] for d in record["documents"]]) == (3, ["no-documents"])
    assert "folder" in err


def test_a_folder_is_walked_in_the_order_of_names(run: Run) -> None:
    touch("d/b.pdf", "d/a/z.PDF", "d/a/y.docx", "d/c.doc", "d/.x.pdf", "d/~$b.docx", "d/e.bin")
    _, out, _ = run("d", "--json")
    paths = [Path(document["source"]["path"]).as_posix() for document in json.loads(out)["documents"]]
    assert paths == ["d/b.pdf", "d/c.doc", "d/a/y.docx", "d/a/z.PDF"]


def test_a_file_named_twice_is_read_once(run: Run) -> None:
    touch("d/a.pdf")
    _, out, _ = run("d", "d/a.pdf", "--json")
    assert len(json.loads(out)["documents"]) == 1


def test_json_lines(run: Run) -> None:
    touch("a.pdf", "b.pdf")
    _, out, _ = run("a.pdf", "b.pdf", "--jsonl")
    records = [json.loads(line) for line in out.splitlines()]
    assert [next(iter(record)) for record in records] == ["schema_version", "schema_version", "batch"]


def test_tables_and_text_are_added_when_asked_for(run: Run) -> None:
    touch("a.pdf")
    plain = json.loads(run("a.pdf", "--json")[1])
    more = json.loads(run("a.pdf", "--json", "--tables", "--text")[1])
    assert set(more) - set(plain) == {"tables", "blocks"}


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no pipes with names here")
def test_a_pipe_is_not_opened(run: Run) -> None:
    os.mkfifo("error.pdf")
    status, out, _ = run("error.pdf", "--json")
    assert (status, json.loads(out)["problems"][0]["code"]) == (3, "not-a-file")


# Choosing


@pytest.mark.parametrize(("least", "left"), [("info", 3), ("warning", 2), ("error", 1)])
def test_min_severity(least: str, left: int, run: Run) -> None:
    touch("error-warning-info.pdf")
    _, out, _ = run("error-warning-info.pdf", "--json", "--min-severity", least)
    assert len(json.loads(out)["findings"]) == left


def test_select_and_ignore_reach_the_flow(run: Run) -> None:
    touch("error.pdf")
    arguments = ["--select", "total-score,values-disagree", "--ignore", "execution-rate"]
    _, out, _ = run("error.pdf", "--json", *arguments)
    assert json.loads(out)["findings"][0]["rule"] == "rule-total-score-values-disagree-execution-rate-x"


def test_explain_prints_the_manual_plainly(run: Run) -> None:
    assert run("--explain", "total-score")[1] == "手册 total-score\n\n    缩进的例子\n"


def test_an_unknown_rule_names_its_neighbours(run: Run) -> None:
    assert "values-disagree" in run("--explain", "value-disagrees")[2]
    assert "--rules" in run("--explain", "zzzzz")[2]


def test_rules_are_listed(run: Run) -> None:
    out = run("--rules")[1]
    assert [line.split()[0] for line in out.splitlines()] == KNOWN


def test_an_unknown_option_names_its_neighbours(run: Run) -> None:
    assert "--json" in run("--josn", "a.pdf")[2]


def test_schema_is_the_published_one(run: Run) -> None:
    assert json.loads(run("--schema")[1]) == SCHEMA


def test_help_names_every_option_and_status(run: Run) -> None:
    said = run("--help")[1]
    for option in (
        "--json",
        "--jsonl",
        "-o",
        "--tables",
        "--text",
        "--fail-on",
        "--min-severity",
        "--select",
    ):
        assert f"  {option}" in said
    for option in ("--ignore", "--rules", "--explain", "--schema", "--quiet", "--version", "--help"):
        assert f"  {option}" in said
    assert "退出码" in said and "None" not in said


# Targets


@pytest.mark.parametrize("name", ["x.json", "x.jsonl", "x.txt"])
def test_a_target_takes_all_that_would_be_printed(name: str, run: Run) -> None:
    touch("error.pdf")
    flag = {"x.json": ["--json"], "x.jsonl": ["--jsonl"], "x.txt": []}[name]
    status, out, _ = run("error.pdf", "-o", name)
    assert (status, out) == (0, "")
    assert Path(name).read_text("utf-8") == run("error.pdf", *flag)[1]


def test_a_folder_target(run: Run) -> None:
    touch("d/error.pdf", "d/bad.pdf")
    status, out, _ = run("d", "-o", "out/")
    assert (status, out) == (3, "")
    assert sorted(path.name for path in Path("out").glob("[!.]*")) == [
        "bad.pdf.json",
        "batch.json",
        "error.pdf.json",
        "ledger.sqlite3",
    ]


def test_a_target_that_cannot_be_written(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: Any) -> None:
        raise OSError(28, "No space left on device")

    touch("error.pdf")
    monkeypatch.setattr("extractor.outputs.json.write", full)
    status, out, err = run("error.pdf", "-o", "x.json")
    assert (status, out) == (4, "") and "x.json" in err and len(err.splitlines()) == 1


# The whole process


def process(*arguments: str | bytes, **more: Any) -> subprocess.CompletedProcess[bytes]:
    """The command as a process of its own."""
    env = os.environ | {"PYTHONPATH": str(ROOT)} | more.pop("env", {})
    command = [sys.executable, str(ROOT / "cli.py"), *arguments]
    return subprocess.run(command, capture_output=True, env=env, timeout=60, check=False, **more)


def test_help_and_version_load_nothing_heavy() -> None:
    code = (
        "import sys, cli\n"
        "for option in ('--help', '--version'): assert cli.run([option]) == 0\n"
        "heavy = {'rich', 'numpy', 'lxml', 'yaml', 'jieba', 'pdfplumber', 'docx', 'pypdfium2', 'rapidfuzz'}\n"
        "print(sorted(heavy & set(sys.modules)))"
    )
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, env=env, text=True, check=True)
    assert done.stdout.splitlines()[-1] == "[]"


def test_runner_sees_the_same_command() -> None:
    done = CliRunner().invoke(cli.app, ["--version"])
    assert done.exit_code == 0 and done.stdout.startswith("gouji ")


LOCALES = [
    {"LC_ALL": "C"},
    {"LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"},
    {"PYTHONIOENCODING": "latin-1"},
]


@pytest.mark.parametrize("locale", LOCALES)
def test_output_is_utf_8_whatever_the_locale(locale: dict[str, str], tmp_path: Path) -> None:
    done = process("没有这个文件.pdf".encode(), "--json", env=locale, cwd=tmp_path)
    assert done.returncode == 3
    assert json.loads(done.stdout.decode("utf-8"))["status"] == "unreadable"
    assert b"Traceback" not in done.stderr and "。" in done.stderr.decode("utf-8")


@pytest.mark.skipif(sys.platform in ("win32", "darwin"), reason="names are Unicode here")
@pytest.mark.parametrize("flags", [["--json"], ["-o", "out/"], []])
def test_a_name_with_any_bytes(flags: list[str], tmp_path: Path) -> None:
    Path(os.fsdecode(bytes(tmp_path) + b"/d")).mkdir()
    Path(os.fsdecode(bytes(tmp_path) + b"/d/\xff.pdf")).write_bytes(b"")
    done = process("d", *flags, cwd=tmp_path)
    assert done.returncode == 3 and b"Traceback" not in done.stderr
    if flags == ["--json"]:
        assert bytes.fromhex(json.loads(done.stdout)["documents"][0]["source"]["path_hex"]) == b"d/\xff.pdf"


@pytest.mark.skipif(not hasattr(signal, "SIGPIPE"), reason="no such signal here")
def test_a_reader_that_goes_away_is_no_error() -> None:
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    command = [sys.executable, str(ROOT / "cli.py"), "--schema"]
    reader, writer = os.pipe()
    os.close(reader)
    with subprocess.Popen(command, stdout=writer, stderr=subprocess.PIPE, env=env) as running:
        os.close(writer)
        said = running.communicate(timeout=60)[1]
    assert said == b"" and running.returncode == 141
