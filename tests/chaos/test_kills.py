"""Kills at random moments, of children and of the whole run: the end is that of an undisturbed run."""

from __future__ import annotations

import json
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).parents[2]
FILES, CHILDREN, RUNS = 500, 50, 20


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A batch of files, some of them alike, and the results of an undisturbed run in ``calm``."""
    place = tmp_path_factory.mktemp("kills")
    (place / "in").mkdir()
    for n in range(FILES):
        twin = n - 1 if n % 25 == 24 else n
        (place / "in" / f"{n:03}.txt").write_text(f"slow 3 0.02 {twin}", encoding="utf-8")
    done = start(place, "calm", 2)
    assert done.wait(600) == 0
    return place


def start(place: Path, out: str, jobs: int) -> subprocess.Popen[bytes]:
    """The command on the batch, with the tests' reader, which takes its time."""
    code = "import extractor.batch.limits as l; l.READER = 'batch_readers:read'; import cli; cli.main()"
    env = os.environ | {"PYTHONPATH": os.pathsep.join([str(ROOT), str(ROOT / "tests")])}
    command = [sys.executable, "-c", code, "in", "-o", f"{out}/", "--jobs", str(jobs), "--quiet", "--text"]
    return subprocess.Popen(command, cwd=place, env=env, stderr=subprocess.PIPE)


def results(place: Path, out: str) -> dict[str, Any]:
    """Every record of a folder by its name, without times; of the list what does not depend on them."""
    found: dict[str, Any] = {}
    for path in (place / out).glob("*.json"):
        found[path.name] = json.loads(path.read_text("utf-8"))
    for entry in found["batch.json"]["files"]:
        del entry["seconds"], entry["peak"]
    assert len(found) == FILES + 1 and not list((place / out).glob(".*.part"))
    return found


def children(parent: int) -> list[int]:
    with suppress(OSError):
        return [int(p) for p in Path(f"/proc/{parent}/task/{parent}/children").read_text().split()]
    return []


def pauses(seed: int, count: int, least: float, most: float) -> Iterator[float]:
    dice = random.Random(seed)
    for _ in range(count):
        yield dice.uniform(least, most)


def test_children_killed(folder: Path) -> None:
    running, killed, dice = start(folder, "children", 2), 0, random.Random(5)
    for pause in pauses(6, CHILDREN, 0.25, 0.6):
        time.sleep(pause)
        if pids := children(running.pid):
            with suppress(ProcessLookupError):
                os.kill(dice.choice(pids), signal.SIGKILL)
                killed += 1
    assert running.wait(600) == 0, running.stderr and running.stderr.read()
    assert killed > CHILDREN / 2
    assert results(folder, "children") == results(folder, "calm")


def test_runs_killed(folder: Path) -> None:
    for pause in pauses(7, RUNS, 0.3, 2.0):
        running = start(folder, "runs", 2)
        time.sleep(pause)
        running.kill()
        running.wait()
    assert start(folder, "runs", 2).wait(600) == 0
    assert results(folder, "runs") == results(folder, "calm")


@pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="mounting needs root")
def test_a_small_disk(folder: Path) -> None:
    out = folder / "small"
    out.mkdir()
    if subprocess.run(["mount", "-t", "tmpfs", "-o", "size=600k", "tmpfs", str(out)], check=False).returncode:
        pytest.skip("mounting is not allowed here")
    try:
        first = start(folder, "small", 2)
        assert first.wait(600) == 5 and "磁盘已满" in (first.stderr.read() if first.stderr else b"").decode()
        subprocess.run(["mount", "-o", "remount,size=64m", str(out)], check=True)
        assert start(folder, "small", 2).wait(600) == 0
        assert results(folder, "small") == results(folder, "calm")
    finally:
        subprocess.run(["umount", str(out)], check=True)
