"""A folder of hostile files: one typed record each, within time and memory, and the healthy ones whole."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from test_record import SCHEMA

from extractor import extract
from extractor.batch.find import Search, find
from tests.chaos.hostile import make

ROOT = Path(__file__).parents[2]
TIMEOUT, PEAK = 20, 1536 << 20
Record = dict[str, Any]


@pytest.fixture(scope="module")
def batch(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Record, list[str]]:
    """The folder, its list, and the healthy files' names."""
    folder = tmp_path_factory.mktemp("hostile")
    healthy = make(folder / "in")
    command = [sys.executable, str(ROOT / "cli.py"), "in", "-o", "out/", "--text", "--timeout", str(TIMEOUT)]
    env = os.environ | {"PYTHONPATH": str(ROOT)}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, timeout=1800, check=False)
    assert done.returncode == 3 and b"Traceback" not in done.stderr, done.stderr[-2000:]
    return folder, json.loads((folder / "out/batch.json").read_text("utf-8")), healthy


def test_every_file_has_one_typed_record(batch: tuple[Path, Record, list[str]]) -> None:
    folder, listed, _ = batch
    here = Path.cwd()
    os.chdir(folder)
    try:
        found = [f.path for f in find([Path("in")], Search()) if not f.passed]
    finally:
        os.chdir(here)
    assert len(listed["files"]) == len(found) >= 150
    jsonschema.validate(listed, SCHEMA)
    for entry in listed["files"]:
        record = json.loads((folder / "out" / entry["result"]).read_text("utf-8"))
        jsonschema.validate(record, SCHEMA)
        assert record["status"] == entry["status"] != "internal-error", entry
        assert record["source"]["path"] == entry["source"]["path"]


def test_within_time_and_memory(batch: tuple[Path, Record, list[str]]) -> None:
    for entry in batch[1]["files"]:
        pages = entry["source"]["pages"] or 1
        assert entry["seconds"] <= TIMEOUT + 2 * pages + 10, entry
        assert entry["peak"] < PEAK, entry


def test_the_healthy_keep_all_their_text(batch: tuple[Path, Record, list[str]]) -> None:
    folder, listed, healthy = batch
    results = {entry["source"]["path"]: entry for entry in listed["files"]}
    for name in healthy:
        entry = results[f"in/{name}"]
        record = json.loads((folder / "out" / entry["result"]).read_text("utf-8"))
        alone = extract(folder / "in" / name).to_json(text=True)
        assert record["status"] == "ok" and record["blocks"] == alone["blocks"]


def test_nothing_was_put_outside(batch: tuple[Path, Record, list[str]]) -> None:
    folder = batch[0]
    assert sorted(path.name for path in folder.iterdir()) == ["in", "out", "outside.docx"]
    assert not Path("/etc/gouji").exists() and not (folder.parent / "gouji-out").exists()
