"""One module a format, each with ``SUFFIXES`` and ``parse(path) -> Document``; found, not listed."""

from __future__ import annotations

import importlib
import re
from functools import cache
from pathlib import Path
from typing import cast

from extractor.document import Document, Unreadable
from extractor.parsers.content import suffix_for

__all__ = ["formats", "parse", "sniff"]

_ASSIGNED = r"(?ms)^SUFFIXES\b[^=\n]*=\s*(\(.*?\))"


@cache
def formats() -> dict[str, str]:
    """The parser module of every suffix that can be read: ``{".docx": "docx", …}``.

    The suffixes are read from the modules' source: a parser's libraries are loaded only for its own files.
    """
    modules = sorted(Path(__file__).parent.glob("*.py"))
    return {suffix: module.stem for module in modules for suffix in _suffixes(module)}


def _suffixes(module: Path) -> tuple[str, ...]:
    """What a module of this package assigns to SUFFIXES; () if it is no parser."""
    assigned = re.search(_ASSIGNED, module.read_text(encoding="utf-8"))
    return tuple(re.findall(r"\.\w+", assigned[1])) if assigned else ()


def sniff(path: Path) -> str:
    """The suffix of the format that a file is in, judged by its content first and its name second.

    Raises ``Unreadable`` with ``unreadable``, ``empty``, ``needs-password`` or ``unsupported-type``; the
    sentence names the file, the cause and what to do.
    """
    return suffix_for(path, frozenset(formats()))


def parse(path: Path) -> Document:
    """Read a file.

    Raises ``Unreadable``: as ``sniff`` does, or a parser's own (``damaged``, ``limit-…``); its message names the file.
    """
    module = importlib.import_module(f"{__name__}.{formats()[sniff(path)]}")
    try:
        return cast(Document, module.parse(path))
    except Unreadable as error:
        raise Unreadable(error.status, _named(path, error.message)) from error


def _named(path: Path, message: str) -> str:
    """A message that names its file and ends as a sentence."""
    told = message if path.name in message else f"文件“{path.name}”：{message}"
    return told if told.endswith("。") else f"{told}。"
