"""The pattern sets of patterns/: how things are written, loaded once and only when asked for.

A set of words (``words:``) says what a column's head, a label or a title means. A set of sentences
(``sentences:``)
holds regular expressions whose named groups are what a sentence states; ``{name}`` in them stands for a
piece of
patterns/pieces.yml. Every set carries its own examples.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator, Mapping
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
_NUMBERING = regex.compile(
    r"\s*(?:[(（]\s*(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[)）]|(?:\d{1,2}|[一二三四五六七八九十]{1,2})\s*[、.．](?!\d)|[①-⑳])\s*"
)
_FORMULA = regex.compile(
    r"\s*(?:[①-⑳](?:\s*[=＝].*)?|(?<=[数额值率款金])[A-Z]|(?<![A-Za-z])[A-Z]?\s*[=＝]\s*[(（]?[A-Z①-⑳].*)$"
)
_TRANSLATED = regex.compile(r"(?<=[一-鿿])[A-Za-z][A-Za-z/&'\-]{2,}$")
_OWN = "GOUJI_PATTERNS"


class BadPattern(Exception):
    """A pattern file that cannot be used; the message names the file and, where known, the line."""


def patterns_folder() -> Path:
    """The folder of the pattern sets: inside the installed package, or beside it in a checkout."""
    inside = _PACKAGE / "patterns"
    return inside if inside.is_dir() else _PACKAGE.parent / "patterns"


def use_patterns(folder: Path) -> None:
    """Read a user's own pattern files too, before the built-in ones; also in the processes started from here.

    Raises BadPattern for a folder that is none, and for any file in it that cannot be used."""
    if not folder.is_dir():
        raise BadPattern(f"没有文件夹“{folder}”")
    os.environ[_OWN] = str(folder.resolve())
    for cached in (load, words, pieces, sentence_sets):
        cached.cache_clear()
    for path in sorted(folder.glob("*.yml")):
        data = load(path)
        if not {"words", "sentences", "pieces"} & set(data):
            raise BadPattern(f"{path.name}：应有 words、sentences 或 pieces")
        if "words" in data:
            words(path.stem)
    for patterns in sentence_sets():
        for pattern in patterns.patterns:
            _compiled(Path(f"{patterns.name}.yml"), pattern.source)


def fingerprint() -> str:
    """What tells the pattern files in use from others: results made with others are not the same."""
    digest = hashlib.sha256()
    for path in (*_files("*"), *_files("regimes/*")):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()


def _files(name: str) -> Iterator[Path]:
    """The pattern files that match a name (``*`` allowed): a user's own first, then the built-in ones."""
    for folder in pattern_folders():
        yield from sorted(folder.glob(f"{name}.yml"))


def pattern_folders() -> list[Path]:
    """The folders in use: a user's own, then the built-in one."""
    own = os.environ.get(_OWN)
    return ([Path(own)] if own else []) + [patterns_folder()]


def unnumbered(text: str) -> str:
    """A head or label without the number before it: 1.项目名称, （二）主管部门."""
    found = _NUMBERING.match(text)
    return text[found.end() :] if found and found.end() < len(text.rstrip()) else text


def unmarked(text: str) -> str:
    """A head without what stands for its column after it, and without a formula: 到位率④=②/①, 执行数B."""
    return _FORMULA.sub("", text) or text


def bare(text: str) -> str:
    """A head or label without blanks, marks, brackets and their content, in half width: ``*年度指标值(A)：``
    is 年度指标值."""
    return str(_BRACKETS.sub("", tight(text))) or tight(text)


def tight(text: str) -> str:
    """A head or label without blanks and marks, in half width, its brackets kept."""
    return str(_TRIMMED.sub("", normal(text)))


@dataclass(frozen=True)
class Words:
    """What words mean: for each meaning its spellings and, where spellings are open, expressions that match
    whole."""

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

    def reason(self, text: str) -> str:
        """The meaning of a text and what in the file gives it; "" if it has none here."""
        meaning = self.meaning(text)
        if meaning is None:
            return ""
        for form in (tight(text), bare(text), tight(unnumbered(text)), bare(unnumbered(text))):
            if form in self.spellings:
                return f"{meaning}（{self.name}.yml 的 is）"
            for known, expression in self.expressions:
                if known == meaning and expression.fullmatch(form):
                    return f"{meaning}（{self.name}.yml 的 like：{expression.pattern}）"
        return meaning

    def _meaning(self, text: str) -> str | None:
        if len(text) > 120:
            return None
        forms = dict.fromkeys((text, unnumbered(text), unmarked(text)))
        return next((known for form in forms if (known := self._plain_meaning(form))), None)

    def _plain_meaning(self, text: str) -> str | None:
        close = tight(text)
        plain = str(_BRACKETS.sub("", close)) or close
        for form in (close, plain):
            if form in self.spellings:
                return self.spellings[form]
        for meaning, expression in self.expressions:
            if len(plain) <= 60 and expression.fullmatch(plain):
                return meaning
        return self._plain_meaning(one) if (one := _TRANSLATED.sub("", plain)) and one != plain else None


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


@cache
def load(path: Path) -> Mapping[str, Any]:
    """A pattern file as data, read once; BadPattern with file and line if it is no YAML mapping."""
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
    """The set of words of patterns/<name>.yml, a user's own before the built-in ones."""
    spellings: dict[str, str] = {}
    expressions: list[tuple[str, Any]] = []
    for path in _files(name):
        for meaning, entry in _entries(path):
            for spelling in entry.get("is", ()):
                spellings.setdefault(tight(str(spelling)), meaning)
            for source in entry.get("like", ()):
                expressions.append((meaning, _compiled(path, str(source))))
    return Words(name, spellings, tuple(expressions))


def _entries(path: Path) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Each meaning of a word file with its ``is`` and ``like``; BadPattern if they are not lists."""
    known = load(path).get("words", {})
    if not isinstance(known, dict):
        raise BadPattern(f"{path.name}：words 应为“含义: 写法”")
    for meaning, entry in known.items():
        if not isinstance(entry, dict) or not all(isinstance(entry.get(k, []), list) for k in ("is", "like")):
            raise BadPattern(
                f"{path.name} 第 {_line_of(path, str(meaning))} 行：{meaning} 应有 is 或 like 列表"
            )
        yield str(meaning), entry


def _line_of(path: Path, needle: str) -> int:
    """The line of a pattern file that holds a text, 0 if none does."""
    lines = path.read_text(encoding="utf-8").splitlines()
    return next((n for n, line in enumerate(lines, 1) if needle in line), 0)


@cache
def pieces() -> Mapping[str, str]:
    """The named pieces that sentence patterns are put together from."""
    done: dict[str, str] = {}
    for path in reversed(list(_files("pieces"))):
        for name, source in load(path).get("pieces", {}).items():
            done[name] = _filled(str(source), done)
    return done


def _filled(source: str, known: Mapping[str, str]) -> str:
    """A pattern with each {piece} replaced; other braces (repetitions) stay."""
    return str(regex.sub(r"\{([a-z_]+)\}", lambda m: f"(?:{known[m[1]]})" if m[1] in known else m[0], source))


def _compiled(path: Path, source: str) -> Any:
    try:
        return regex.compile(_filled(source, pieces()) if "{" in source else source)
    except regex.error as error:
        at = f" 第 {_line_of(path, source)} 行" if path.is_file() else ""
        raise BadPattern(f"{path.name}{at}：表达式写错（{error}）：{source}") from error


@cache
def sentence_sets() -> tuple[Sentences, ...]:
    """Every set of sentence patterns, in the order of their files' names; a user's patterns come first in
    theirs."""
    found: dict[str, list[Sentence]] = {}
    for path in _files("*"):
        for entry in load(path).get("sentences", ()):
            found.setdefault(path.stem, []).append(_sentence(path, entry))
    return tuple(Sentences(name, tuple(found[name])) for name in sorted(found))


def _sentence(path: Path, entry: Mapping[str, Any]) -> Sentence:
    if not isinstance(entry, dict) or not {"name", "pattern"} <= set(entry):
        raise BadPattern(f"{path.name}：每个句式应有 name 和 pattern：{entry}")
    return Sentence(str(entry["name"]), _filled(str(entry["pattern"]), pieces()), str(entry.get("cue", "")))
