"""Batches with real children: what a file does to its reader costs it alone, and every file has one
record.
"""

from __future__ import annotations

import contextlib
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_record import SCHEMA

from extractor.batch.blame import Ends
from extractor.batch.find import Search
from extractor.batch.ledger import Ledger
from extractor.batch.limits import Limits, Options, Setup
from extractor.batch.lock import Busy
from extractor.batch.read import Request, stream, to_folder
from extractor.batch.run import CannotStart
from extractor.batch.status import state_of
from extractor.batch.stops import Stops
from extractor.outputs import Batch

ROOT = Path(__file__).parents[1]
QUICK = Limits(seconds=1.5, page_seconds=0.2, stall=0.8)
Records = dict[str, dict[str, Any]]


@pytest.fixture
def make(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[dict[str, str]], Path]:
    """Makes the files of a folder ``in``; their text says what reading them does."""
    monkeypatch.chdir(tmp_path)

    def made(files: dict[str, str]) -> Path:
        for name, text in files.items():
            path = tmp_path / "in" / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        return tmp_path

    return made


def request(limits: Limits = QUICK, jobs: int = 2, record: bool = True, **more: Any) -> Request:
    """A request for the folder ``in``, read by the tests' own reader."""
    options = Options(text=True, record=record)
    setup = Setup(limits, options, "batch_readers:read")
    return Request((Path("in"),), setup, jobs, Search(without=Path("out")), **more)


def read(**more: Any) -> Records:
    """Reads into ``out`` and gives the records by the files' names."""
    to_folder(request(**more), Path("out"))
    listed = json.loads(Path("out/batch.json").read_text("utf-8"))
    jsonschema.validate(listed, SCHEMA)
    records = {
        e["source"]["path"]: json.loads(Path("out", e["result"]).read_text("utf-8")) for e in listed["files"]
    }
    for record in records.values():
        jsonschema.validate(record, SCHEMA)
    assert listed["summary"]["documents"] == len(records) == len(listed["files"])
    return {Path(path).name: record for path, record in records.items()}


def text_of(record: dict[str, Any]) -> str:
    return str(record["blocks"][0]["text"])


def gone(pid: int) -> bool:
    """Whether a process has ended within ten seconds."""
    for _ in range(100):
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
        except OSError:
            return True
        if state == "Z":
            return True
        time.sleep(0.1)
    return False


ENDS = {
    "hang": ("timeout", "timeout"),
    "native-hang": ("timeout", "timeout"),
    "slow 40 0.3": ("timeout", "timeout"),
    "abort": ("crash", "quarantined"),
    "segfault": ("crash", "quarantined"),
    "leave": ("crash", "quarantined"),
    "memory": ("memory", "memory"),
    "deep": ("limit-depth", "limit-depth"),
    "wrong": ("internal-error", "internal-error"),
}


def test_each_costs_itself_alone(make: Any) -> None:
    harmless = {f"{n}-good.txt": f"harmless {n}" for n in range(6)}
    make({f"{n}-{word.split()[0]}.txt": word for n, word in enumerate(ENDS)} | harmless)
    begun = time.monotonic()
    records = read(limits=Limits(3, 0.02, 1.6, memory=400 << 20))
    assert time.monotonic() - begun < 30
    for n, (word, expected) in enumerate(ENDS.items()):
        record = records[f"{n}-{word.split()[0]}.txt"]
        assert (record["status"], record["problems"][0]["code"]) == expected, word
        assert record["forms"] == [] and record["source"]["sha256"]
    for name, said in harmless.items():
        assert (records[name]["status"], text_of(records[name])) == ("ok", said)


def test_progress_buys_time(make: Any) -> None:
    make({"long.txt": "slow 12 0.15"})  # 1.8 s in all, never 0.8 s without a sign, and 12 pages
    assert read()["long.txt"]["status"] == "ok"


def test_what_a_library_prints_and_where_it_calls(make: Any) -> None:
    make({"a.txt": "print", "b.txt": "network", "c.txt": "environment"})
    records = read()
    assert records["a.txt"]["status"] == "ok"
    assert text_of(records["b.txt"]) == "PermissionError PermissionError PermissionError"
    assert text_of(records["c.txt"]).split()[1] == "True"


def test_a_child_that_was_killed_is_replaced_and_its_file_read(make: Any) -> None:
    make({"a.txt": "once", "b.txt": "harmless"})
    records = read()
    assert text_of(records["a.txt"]) == "second time" and records["b.txt"]["status"] == "ok"


def test_never_a_third_time(make: Any) -> None:
    make({"a.txt": "count", "b.txt": "fine"})
    assert read()["a.txt"]["status"] == "crash"
    os.utime("in/a.txt")
    assert read(limits=Limits(stall=2))["a.txt"]["status"] == "crash"
    Path("in/c.txt").write_text("count")
    assert read()["c.txt"]["status"] == "crash"
    assert Path("in/a.tries").read_text() == "xx" and not Path("in/c.tries").exists()


BLAME = [
    # a file's own ends, its ends from outside, those over all files of the run; whether it is set aside
    (1, 0, 0, False),
    (2, 0, 0, True),
    (0, 1, 1, False),
    (0, 2, 2, True),  # nobody else was met
    (0, 2, 6, True),
    (0, 2, 7, False),  # someone ends children at random
    (1, 1, 1, True),
    (1, 1, 40, False),
    (0, 7, 400, False),
    (0, 8, 400, True),  # a run ends some time
]


@pytest.mark.parametrize(("own", "outside", "in_all", "expected"), BLAME)
def test_whose_doing_an_end_is(own: int, outside: int, in_all: int, expected: bool) -> None:
    assert Ends(own, outside).too_many(in_all) is expected


def test_a_file_that_signals_single_out_is_set_aside(make: Any) -> None:
    make({"a.txt": "killed", "b.txt": "fine"})
    records = read()
    assert (records["a.txt"]["status"], records["a.txt"]["problems"][0]["code"]) == ("crash", "quarantined")
    assert Path("in/a.tries").read_text() == "xx" and records["b.txt"]["status"] == "ok"


def test_files_ended_at_random_are_read(make: Any) -> None:
    make({f"{n}.txt": "once" for n in range(9)} | {"x.txt": "fine", "y.txt": "fine"})
    Path("in/0.mark").touch()
    records = read()
    assert {record["status"] for record in records.values()} == {"ok"}
    assert (
        text_of(records["8.txt"]) == "second time"
        and records["y.txt"]["source"]["duplicate_of"] == "in/x.txt"
    )


def test_what_cost_a_child_in_an_earlier_run_comes_last(make: Any) -> None:
    make({"a.txt": "environment", "b.txt": "environment", "c.txt": "environment c"})
    read(jobs=1)
    base = sqlite3.connect("out/ledger.sqlite3")
    base.execute("UPDATE files SET state = 'todo', status = '', outside = CAST(path AS TEXT) = 'in/a.txt'")
    base.commit()
    base.close()
    to_folder(request(jobs=1, log=Path("log")), Path("out"))
    order = [json.loads(line)["path"] for line in Path("log").read_text().splitlines() if '"done"' in line]
    assert order == ["in/c.txt", "in/a.txt", "in/b.txt"]
    assert json.loads(Path("out/b.txt.json").read_text())["source"]["duplicate_of"] == "in/a.txt"


def test_the_same_with_any_number_of_children(make: Any) -> None:
    files = {f"{n % 5}/{n}.txt": f"text {n // 2}" for n in range(40)} | {"x.txt": "abort", "y.txt": "abort"}
    make(files)
    one, four = read(jobs=1), ""
    first = Path("out/batch.json").read_text()
    Path("out").rename("before")
    four = read(jobs=4)
    timeless = [json.loads(text) for text in (first, Path("out/batch.json").read_text())]
    for record in timeless:
        for entry in record["files"]:
            assert entry.pop("seconds") >= 0 and entry.pop("peak") >= 0
    assert timeless[0] == timeless[1] and one == four
    names = sorted(path.name for path in Path("before").glob("*.json"))
    assert names == sorted(path.name for path in Path("out").glob("*.json"))


def test_content_met_twice_is_read_once(make: Any) -> None:
    make({"a.txt": "environment", "b.txt": "environment", "c.txt": "wrong", "d.txt": "wrong"})
    records = read(jobs=1)
    assert records["b.txt"]["source"]["duplicate_of"] == "in/a.txt"
    assert records["b.txt"]["blocks"] == records["a.txt"]["blocks"] and records["b.txt"]["status"] == "ok"
    assert "duplicate_of" not in records["a.txt"]["source"]
    assert "d.txt" in records["d.txt"]["problems"][0]["message"]


def test_results_in_order_and_between(make: Any) -> None:
    make({"a.txt": "slow 3 0.2", "b.txt": "fine", "c.txt": "fine"})
    batch = Batch(())
    got = list(stream(request(record=False), batch))
    assert [Path(r.source.path).name for r in got] == ["a.txt", "b.txt", "c.txt"]
    assert got[2].source.duplicate_of == "in/b.txt" and got[2].document is not None
    assert [f.rule for f in batch.findings] == ["duplicates"]


# Going on


def test_a_second_run_reads_only_what_changed(make: Any) -> None:
    make({"a.txt": "environment", "b.txt": "environment x", "c.txt": "environment y"})
    before = read(jobs=1)
    Path("in/b.txt").write_text("environment z")
    os.utime("in/c.txt", (1, 1))
    Path("in/d.txt").write_text("fine")
    Path("out/a.txt.json").unlink()
    after = read(jobs=1)
    assert to_folder(request(jobs=1), Path("out"))[2][-1] == "其中 4 个文件没有改动，沿用上次的结果。"
    assert after["a.txt"] == before["a.txt"] and after["c.txt"] == before["c.txt"]
    assert text_of(after["b.txt"]) != text_of(before["b.txt"]) and after["d.txt"]["status"] == "ok"


def test_other_options_read_anew_and_other_limits_what_failed(make: Any) -> None:
    make({"a.txt": "environment", "b.txt": "slow 5 0.3"})
    first = read(limits=Limits(0.5, 0, 0.5), jobs=1)
    assert first["b.txt"]["status"] == "timeout"
    second = read(limits=Limits(30, 0, 5), jobs=1)
    assert second["b.txt"]["status"] == "ok" and second["a.txt"] == first["a.txt"]
    changed = request(jobs=1)
    options = Options(record=True)
    to_folder(
        Request(changed.paths, Setup(QUICK, options, "batch_readers:read"), 1, changed.search), Path("out")
    )
    assert "blocks" not in json.loads(Path("out/a.txt.json").read_text())


def test_what_is_gone_is_not_listed(make: Any) -> None:
    make({"a.txt": "one", "b.txt": "two"})
    read()
    Path("in/a.txt").unlink()
    assert set(read()) == {"b.txt"}


def test_a_second_run_at_the_same_time_refuses(make: Any) -> None:
    make({"a.txt": "one"})
    Path("out").mkdir()
    ledger = Ledger(Path("out"))
    try:
        with pytest.raises(Busy):
            Ledger(Path("out"))
        assert state_of(Path("out"))["files"] == 0
    finally:
        ledger.close()
    assert read()["a.txt"]["status"] == "ok"


def test_children_that_cannot_start(make: Any) -> None:
    make({"a.txt": "one"})
    wrong = Request((Path("in"),), Setup(QUICK, Options(), "no_such_module:read"))
    with pytest.raises(CannotStart):
        list(stream(wrong, Batch(())))


def test_a_ledger_of_another_version_is_begun_anew(make: Any) -> None:
    make({"a.txt": "one"})
    read()
    base = sqlite3.connect("out/ledger.sqlite3")
    base.execute("PRAGMA user_version = 99")
    base.commit()
    base.close()
    assert read()["a.txt"]["status"] == "ok"


def test_a_folder_without_documents_is_no_file(make: Any) -> None:
    Path("in").mkdir()
    _, _, lines = to_folder(request(), Path("out"))
    assert "“in”中没有可以读取的文件" in lines[0] and lines[1] == "共 0 个文件：无"


# The command


def command(*arguments: str, wrap: tuple[str, ...] = (), **more: Any) -> subprocess.Popen[bytes]:
    """The command as a process, with the tests' own reader."""
    code = (
        "import sys, extractor.batch.limits as l; l.READER = 'batch_readers:read'; import cli; "
        "sys.argv[1:] = sys.argv[1:]; cli.main()"
    )
    path = os.pathsep.join([str(ROOT), str(ROOT / "tests")])
    env = os.environ | {"PYTHONPATH": path} | more.pop("env", {})
    full = [*wrap, sys.executable, "-c", code, *arguments]
    return subprocess.Popen(full, stdout=subprocess.PIPE, stderr=subprocess.PIPE, env=env, **more)


def pids_of(parent: int) -> list[int]:
    return [int(p) for p in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="needs /proc")
@pytest.mark.parametrize(
    ("sent", "status"), [(signal.SIGINT, 130), (signal.SIGTERM, 143), (signal.SIGKILL, -9)]
)
def test_no_orphans(sent: signal.Signals, status: int, make: Any) -> None:
    make({"a.txt": "native-hang", "b.txt": "hang"})
    running = command("in", "-o", "out/", "--jobs", "2")
    children: list[int] = []
    for _ in range(100):
        time.sleep(0.1)
        children = pids_of(running.pid)
        if len(children) == 2:
            break
    time.sleep(0.5)
    begun = time.monotonic()
    running.send_signal(sent)
    err = running.communicate(timeout=20)[1].decode()
    assert running.returncode == status and time.monotonic() - begun < 10
    assert len(children) == 2 and all(gone(pid) for pid in children)
    assert "Traceback" not in err and ("继续" in err or sent != signal.SIGINT)


@pytest.mark.parametrize(
    ("sent", "raised"), [(signal.SIGINT, KeyboardInterrupt), (signal.SIGTERM, SystemExit)]
)
def test_a_stop_that_went_unheard_is_heard_at_the_next_turn(
    sent: signal.Signals, raised: type[BaseException]
) -> None:
    with Stops() as stops:
        stops.check()
        with contextlib.suppress(BaseException):  # as Python does for a signal in a callback of its own
            os.kill(os.getpid(), sent)
            time.sleep(1)
        with pytest.raises(raised):
            stops.check()
    assert signal.getsignal(signal.SIGINT) is signal.default_int_handler


HARD = {
    "64 descriptors": (("bash", "-c", 'ulimit -n 64; exec "$0" "$@"'), {}),
    "C": ((), {"LC_ALL": "C", "LANG": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}),
    "streams closed": (("bash", "-c", 'exec "$0" "$@" <&- >&-'), {}),
}


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.parametrize("name", HARD)
def test_hard_places(name: str, make: Any) -> None:
    make({f"{n}-表.txt": f"text {n}" for n in range(20)})
    (Path("in") / os.fsdecode(b"\xff\xfe.txt")).write_text("any bytes")
    wrap, env = HARD[name]
    running = command("in", "-o", "out/", "--jobs", "16", wrap=wrap, env=env)
    err = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 0, err
    listed = json.loads(Path("out/batch.json").read_text("utf-8"))
    assert len(listed["files"]) == 21 and {entry["status"] for entry in listed["files"]} == {"ok"}
    assert any("path_hex" in entry["source"] for entry in listed["files"])


@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
def test_a_full_disk_stops_and_goes_on(make: Any) -> None:
    make({f"{n:02}.txt": f"{os.urandom(40_000).hex()}" for n in range(12)})
    limited = ("bash", "-c", 'ulimit -f 600; exec "$0" "$@"')  # blocks of 1024 bytes for each file
    running = command("in", "-o", "out/", "--text", wrap=limited)
    err = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 5 and "磁盘已满" in err and "Traceback" not in err
    done = state_of(Path("out"))["done"]
    assert 0 < done < 12
    again = command("in", "-o", "out/", "--text")
    assert again.wait(60) == 0
    assert len(json.loads(Path("out/batch.json").read_text())["files"]) == 12


def test_status_and_log_and_options(make: Any) -> None:
    make({"a.txt": "one", "b.txt": "hang", "sub/c.txt": "two", "d.md": "three"})
    running = command(
        "in", "-o", "out/", "--log", "log.jsonl", "--timeout", "1", "--exclude", "sub", "--include", "*.txt"
    )
    err = running.communicate(timeout=60)[1].decode()
    assert running.returncode == 3 and "超时" in err
    events = [json.loads(line) for line in Path("log.jsonl").read_text("utf-8").splitlines()]
    assert [event["event"] for event in events][0 :: len(events) - 1] == ["started", "finished"]
    assert {e["path"]: e["status"] for e in events if e["event"] == "done"} == {
        "in/a.txt": "ok", "in/b.txt": "timeout"
    }  # fmt: skip
    asked = command("out", "--status")
    out = asked.communicate(timeout=60)[0].decode()
    assert asked.returncode == 0 and "已完成：2/2" in out and "超时  1" in out
    assert command("in", "--status").wait(60) == 3
    reasons = {e["reason"] for e in json.loads(Path("out/batch.json").read_text())["passed_over"]}
    assert reasons == {"excluded", "not-included"}
