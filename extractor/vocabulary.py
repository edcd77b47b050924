"""The pattern sets of patterns/: how things are written, loaded once and only when asked for.

A set of words (``words:``) says what a column's head, a label or a title means. A set of sentences (``sentences:``)
holds regular expressions whose named groups are what a sentence states; ``{name}`` in them stands for a piece of
patterns/pieces.yml. Every set carries its own examples.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, cached_property
from pathlib import Path
from typing import Any

import regex
import yaml

from extractor.quantity import normal

_PACKAGE = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_TRIMMED = regex.compile(r"[\s*＊※★:：、，,。．.;；]+")
_BRACKETS = regex.compile(r"[(\[【].*?[)\]】]")


class BadPattern(Exception):
    """A pattern file that cannot be used; the message names the file and, where known, the line."""


def patterns_folder() -> Path:
    """The folder of the pattern sets: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "patterns"
    return inside if inside.is_dir() else _PACKAGE.parent / "patterns"


def bare(text: str) -> str:
    """A head or label without blanks, marks, brackets and their content, in half width: ``*年度指标值(A)：`` is 年度指标值."""
    return _BRACKETS.sub("", tight(text)) or tight(text)


def tight(text: str) -> str:
    """A head or label without blanks and marks, in half width, its brackets kept."""
    return _TRIMMED.sub("", normal(text))


@dataclass(frozen=True)
class Words:
    """What words mean: for each meaning its spellings and, where spellings are open, expressions that match whole."""

    name: str
    spellings: Mapping[str, str]
    expressions: tuple[tuple[str, Any], ...]
    _known: dict[str, str | None] = field(default_factory=dict, repr=False)

    @cached_property
    def meanings(self) -> frozenset[str]:
        """Everything that a word can mean here."""
        return frozenset(self.spellings.values()) | {meaning for meaning, _ in self.expressions}

    def meaning(self, text: str) -> str | None:
        """The meaning of a head, label or title; None if it has none here."""
        if text not in self._known:
            self._known[text] = self._meaning(text)
        return self._known[text]

    def _meaning(self, text: str) -> str | None:
        if len(text) > 120:
            return None
        for form in (tight(text), bare(text)):
            if form in self.spellings:
                return self.spellings[form]
        plain = bare(text)
        for meaning, expression in self.expressions:
            if len(plain) <= 60 and expression.fullmatch(plain):
                return meaning
        return None


@dataclass(frozen=True)
class Sentence:
    """A pattern for sentences, compiled when first used. Its named groups are what the sentence states."""

    name: str
    source: str
    cue: str = ""

    @cached_property
    def expression(self) -> Any:
        return regex.compile(self.source)


@dataclass(frozen=True)
class Sentences:
    """A set of sentence patterns, tried in order; the first that matches a stretch of text reads it."""

    name: str
    patterns: tuple[Sentence, ...]


def load(path: Path) -> Mapping[str, Any]:
    """A pattern file as data; BadPattern with file and line if it is no YAML mapping."""
    try:
        data = yaml.load(path.read_text(encoding="utf-8"), Loader=_LOADER)
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 0
        raise BadPattern(f"{path.name} 第 {line} 行：不是有效的 YAML（{error.problem}）") from error
    if not isinstance(data, dict):
        raise BadPattern(f"{path.name}：应为键值结构")
    return data


@cache
def words(name: str) -> Words:
    """The set of words of patterns/<name>.yml."""
    path = patterns_folder() / f"{name}.yml"
    spellings: dict[str, str] = {}
    expressions: list[tuple[str, Any]] = []
    for meaning, entry in load(path)["words"].items():
        for spelling in entry.get("is", ()):
            spellings.setdefault(tight(str(spelling)), meaning)
        for source in entry.get("like", ()):
            expressions.append((meaning, _compiled(path, str(source))))
    return Words(name, spellings, tuple(expressions))


@cache
def pieces() -> Mapping[str, str]:
    """The named pieces that sentence patterns are put together from."""
    raw = load(patterns_folder() / "pieces.yml")["pieces"]
    done: dict[str, str] = {}
    for name, source in raw.items():
        done[name] = _filled(str(source), done)
    return done


def _filled(source: str, known: Mapping[str, str]) -> str:
    """A pattern with each {piece} replaced; other braces (repetitions) stay."""
    return regex.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{known[m[1]]})" if m[1] in known else m[0], source)


def _compiled(path: Path, source: str) -> Any:
    try:
        return regex.compile(_filled(source, pieces()) if "{" in source else source)
    except regex.error as error:
        raise BadPattern(f"{path.name}：表达式写错（{error}）：{source}") from error


@cache
def sentence_sets() -> tuple[Sentences, ...]:
    """Every set of sentence patterns, in the order of their files' names."""
    found = []
    for path in sorted(patterns_folder().glob("*.yml")):
        data = load(path)
        if "sentences" in data:
            patterns = tuple(
                Sentence(str(p["name"]), _filled(str(p["pattern"]), pieces()), str(p.get("cue", "")))
                for p in data["sentences"]
            )
            found.append(Sentences(path.stem, patterns))
    return tuple(found)
