"""The examples in README and docs run, and what they point at is there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from PIL import Image

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "docs" / "outputs.md"]
EXAMPLES = [
    pytest.param(code, id=f"{page.name}-{n}")
    for page in PAGES
    for n, code in enumerate(re.findall(r"```python\n(.*?)```", page.read_text("utf-8"), re.DOTALL))
]


@pytest.mark.parametrize("code", EXAMPLES)
def test_python_examples_run(
    code: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    if "pandas" in code:
        pytest.importorskip("pandas", reason="pandas is not installed")
    monkeypatch.chdir(ROOT)
    exec(compile(code, "example", "exec"), {})
    assert capsys.readouterr().out.strip()


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_links_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)\)", page.read_text("utf-8"))
    assert links and [link for link in links if not (page.parent / link).exists()] == []


@pytest.mark.parametrize("name", ["page.png", "annotated.png", "workbook.png"])
def test_pictures_are_small_and_whole(name: str) -> None:
    path = ROOT / "docs" / name
    with Image.open(path) as picture:
        picture.load()
        assert picture.width > 600
    assert path.stat().st_size < 200_000
