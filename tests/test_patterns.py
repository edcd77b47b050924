"""The pattern files: every example in them is read as it says, and nothing is read in what they leave."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
import regex
import yaml

from extractor.document import Text
from extractor.recognise.prose import statements
from extractor.vocabulary import BadPattern, patterns_folder, pieces, sentence_sets, use_patterns, words

ROOT = Path(__file__).parent.parent
FILES = sorted(patterns_folder().glob("*.yml"))
LEAST = 2


def data(path: Path) -> Mapping[str, Any]:
    loaded: Mapping[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
    return loaded


SETS = {path.stem: data(path) for path in FILES}
WORDS = {name: found for name, found in SETS.items() if "words" in found}
SENTENCES = {name: found for name, found in SETS.items() if "sentences" in found}


def examples(sets: Mapping[str, Mapping[str, Any]], kind: str) -> Iterator[Any]:
    for name, found in sets.items():
        for number, example in enumerate(found.get("examples", {}).get(kind, [])):
            yield pytest.param(name, example, id=f"{name}-{number}")


def read(name: str, text: str) -> list[dict[str, str]]:
    """What one set reads in a text: the named groups of each statement."""
    return [
        {part: value.string for part, value in found.parts.items() if value.string}
        for found in statements(Text(text))
        if found.kind == name
    ]


@pytest.mark.parametrize("name", [name for name in SETS if name != "pieces"])
def test_every_set_says_what_it_matches_and_leaves(name: str) -> None:
    found = SETS[name]
    assert found.get("about")
    assert len(found["examples"]["match"]) >= LEAST
    assert len(found["examples"]["leave"]) >= LEAST


@pytest.mark.parametrize(("name", "example"), list(examples(WORDS, "match")))
def test_word_means(name: str, example: list[str]) -> None:
    text, meaning = example
    assert words(name).meaning(str(text)) == meaning


@pytest.mark.parametrize(("name", "example"), list(examples(WORDS, "leave")))
def test_word_means_nothing(name: str, example: str) -> None:
    assert words(name).meaning(str(example)) is None


@pytest.mark.parametrize(("name", "example"), list(examples(SENTENCES, "match")))
def test_sentence_is_read(name: str, example: Mapping[str, str]) -> None:
    wanted = {part: str(value) for part, value in example.items() if part != "text"}
    assert wanted in read(name, example["text"])


@pytest.mark.parametrize(("name", "example"), list(examples(SENTENCES, "leave")))
def test_sentence_is_left(name: str, example: str) -> None:
    assert not read(name, example)


@pytest.mark.parametrize("name", list(WORDS))
def test_no_spelling_means_two_things(name: str) -> None:
    spelled = [str(s) for entry in WORDS[name]["words"].values() for s in entry.get("is", ())]
    assert len(spelled) > 0 or any(entry.get("like") for entry in WORDS[name]["words"].values())
    for meaning, entry in WORDS[name]["words"].items():
        for spelling in entry.get("is", ()):
            assert words(name).meaning(str(spelling)) == meaning, spelling


def test_pieces_compile() -> None:
    assert pieces()
    for source in pieces().values():
        regex.compile(source)


def test_sentence_patterns_compile_and_name_what_they_state() -> None:
    for found in sentence_sets():
        for pattern in found.patterns:
            assert pattern.expression.groupindex, f"{found.name}: {pattern.name}"


@pytest.fixture
def own(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A user's folder of patterns; what was read from it is forgotten afterwards."""
    monkeypatch.setenv("GOUJI_PATTERNS", "")
    yield tmp_path
    for cached in (words, pieces, sentence_sets):
        cached.cache_clear()


def test_a_user_s_words_come_first(own: Path) -> None:
    (own / "columns.yml").write_text(
        "words:\n  target:\n    is: [本期任务量]\n  actual:\n    is: [得分]\n", "utf-8"
    )
    use_patterns(own)
    assert words("columns").meaning("本期任务量") == "target"
    assert words("columns").meaning("得分") == "actual"
    assert words("columns").meaning("三级指标") == "level3"


def test_a_user_s_sentences_are_read(own: Path) -> None:
    (own / "own-score.yml").write_text(
        "sentences:\n  - name: 评定\n    pattern: '评定为(?P<score>{number})分'\n", "utf-8"
    )
    use_patterns(own)
    assert read("own-score", "经核查评定为 88.5 分。".replace(" ", "")) == [{"score": "88.5"}]


@pytest.mark.parametrize(
    ("content", "line"),
    [
        ("words: [", 2),
        ("about: x\n", 0),
        ("words:\n  target: 目标\n", 2),
        ("words:\n  target:\n    like: ['(']\n", 3),
        ("sentences:\n  - pattern: x\n", 0),
        ("sentences:\n  - name: x\n    pattern: '(?P<a>'\n", 0),
    ],
)
def test_a_bad_file_is_refused_by_name_and_line(own: Path, content: str, line: int) -> None:
    (own / "broken.yml").write_text(content, "utf-8")
    with pytest.raises(BadPattern, match=rf"broken\.yml.*{f'第 {line} 行' if line else ''}"):
        use_patterns(own)


def test_no_folder(own: Path) -> None:
    with pytest.raises(BadPattern, match="没有文件夹"):
        use_patterns(own / "none")


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "cli.py", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


FORM = """# 2022年度项目支出绩效自评表
| 项目名称 | 道路照明 | < | < |
| 三级指标 | 本期任务量 | 实际完成值 | 得分 |
| 新装路灯 | ≥300盏 | 312盏 | 100 |
该项目综合得分 88.6 分，评价等级“良”。
"""


def test_explanation_names_the_pattern_that_read_each_head_and_sentence(tmp_path: Path) -> None:
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    done = run("--explain-patterns", str(tmp_path / "form.md"))
    assert done.returncode == 0, done.stderr
    assert "实际完成值 → actual（columns.yml 的 is）" in done.stdout
    assert "overall-score.yml" in done.stdout and "88.6" in done.stdout


def test_command_takes_a_user_s_patterns(tmp_path: Path) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "columns.yml").write_text("words:\n  target:\n    is: [本期任务量]\n", "utf-8")
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    done = run("--patterns", str(tmp_path / "own"), "--explain-patterns", str(tmp_path / "form.md"))
    assert "本期任务量 → target（columns.yml" in done.stdout, done.stderr


TWO = """# 2022年度项目支出绩效自评表
| 项目名称 | 道路照明 | < | < | < |
| 三级指标 | 甲栏 | 乙栏 | 实际完成值 | 得分 |
| 新装路灯 | ≥280盏 | ≥300盏 | 312盏 | 60 |
| 维修路灯 | ≥480盏 | ≥500盏 | 512盏 | 40 |
"""


@pytest.mark.parametrize("known", [False, True])
def test_a_user_s_patterns_reach_the_processes_that_read(tmp_path: Path, known: bool) -> None:
    (tmp_path / "own").mkdir()
    (tmp_path / "own" / "columns.yml").write_text("words:\n  target:\n    is: [乙栏]\n", "utf-8")
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text(f"{TWO}\n{name}", "utf-8")
    more = ["--patterns", str(tmp_path / "own")] if known else []
    done = run(str(tmp_path / "a.md"), str(tmp_path / "b.md"), "--json", *more)
    rows = [d["forms"][0]["indicators"] for d in json.loads(done.stdout)["documents"]]
    targets = [[row.get("target", {}).get("text") for row in some] for some in rows]
    assert targets == [["≥300盏", "≥500盏"] if known else [None, None]] * 2


def test_command_refuses_a_bad_pattern_file(tmp_path: Path) -> None:
    (tmp_path / "columns.yml").write_text("words: [", "utf-8")
    (tmp_path / "form.md").write_text(FORM, "utf-8")
    done = run("--patterns", str(tmp_path), str(tmp_path / "form.md"))
    assert done.returncode == 2
    assert "columns.yml" in done.stderr and "Traceback" not in done.stderr
