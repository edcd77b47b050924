"""The structure stays easy to see: imports go one way, types and style hold, the command starts at once."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
MODULES = sorted((ROOT / "extractor").rglob("*.py"))
HEAVY = {
    "pdfplumber",
    "pdfminer",
    "pypdfium2",
    "lxml",
    "docx",
    "openpyxl",
    "numpy",
    "yaml",
    "regex",
    "jieba",
    "rapidfuzz",
}
VAGUE = {"utils", "util", "helpers", "helper", "common", "manager", "misc", "base"}


def run(*command: str) -> None:
    done = subprocess.run(
        [sys.executable, "-m", *command], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout[-4000:] + done.stderr[-2000:]


def test_imports_follow_the_flow() -> None:
    code = "from importlinter.cli import lint_imports_command as go; go()"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert "0 broken" in done.stdout, done.stdout[-4000:] + done.stderr[-2000:]


def test_types() -> None:
    run("mypy")


def test_lint() -> None:
    run("ruff", "check", "extractor", "cli.py", "tests", "corpus")


@pytest.mark.parametrize("path", MODULES, ids=lambda p: str(p.relative_to(ROOT)))
def test_module_says_what_it_is(path: Path) -> None:
    assert path.stem.strip("_") not in VAGUE
    source = path.read_text(encoding="utf-8")
    assert not source.strip() or ast.get_docstring(ast.parse(source)), f"{path.name} has no docstring"


@pytest.mark.parametrize("option", ["--help", "--version"])
def test_the_command_answers_without_loading_the_readers(option: str) -> None:
    code = (
        f"import sys; sys.argv=['extract', '{option}']\nimport cli\n"
        "try:\n cli.main()\nexcept SystemExit: pass\nprint(sorted(sys.modules), file=sys.stderr)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip()
    loaded = set(ast.literal_eval(done.stderr.strip().splitlines()[-1]))
    assert not loaded & HEAVY


def test_jieba_stays_out_of_a_plain_form() -> None:
    code = (
        "import sys\nfrom extractor import extract\n"
        "r = extract('corpus/documents/self-evaluation-meals.docx')\nassert r.ok, r\nprint('jieba' in sys.modules)"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"
