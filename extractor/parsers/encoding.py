"""Bytes of a text file to a string: by its mark, by what it declares, else UTF-8, else GB18030."""

from __future__ import annotations

import codecs
from pathlib import Path

from extractor.document import Problem, Unreadable

MAX_BYTES = 64 << 20
"""A text or web page of more bytes is refused (``limit-bytes``)."""

MAX_CHARACTERS = 1_500_000
"""A text or web page with more characters to read, some fifteen hundred pages, is refused (``limit-characters``)."""

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
# Chinese pages declare gb2312 and use characters that only its supersets have.
_SUPERSETS = {"gb2312": "gb18030", "gbk": "gb18030", "hz": "gb18030", "iso8859-1": "cp1252"}


def read_text(path: Path) -> bytes:
    """All bytes of a text file within the limit."""
    try:
        if path.stat().st_size > MAX_BYTES:
            raise Unreadable("limit-bytes", f"文件“{path.name}”超过 {MAX_BYTES >> 20} MB，不予读取。")
        return path.read_bytes()
    except OSError as error:
        raise Unreadable("unreadable", f"无法打开文件“{path.name}”（{type(error).__name__}）。") from None


def check_length(path: Path, characters: int) -> None:
    """Raises ``Unreadable`` for more characters than the limit."""
    if characters > MAX_CHARACTERS:
        words = f"文件“{path.name}”的文字超过 {MAX_CHARACTERS // 10_000} 万字，不予读取，请拆分后再试。"
        raise Unreadable("limit-characters", words)


def decode(data: bytes, declared: str | None = None) -> tuple[str, tuple[Problem, ...]]:
    """The string that the bytes stand for, and a problem when some of them stand for nothing."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return _decode(data[len(mark) :], encoding)
    for encoding in (*_declared(declared), "utf-8", "gb18030"):
        try:
            return data.decode(encoding), ()
        except (UnicodeError, LookupError):  # also what only Python calls an encoding: rot13, idna
            continue
    # Neither fits: the one that loses fewer characters.
    return min((_decode(data, e) for e in ("utf-8", "gb18030")), key=lambda found: found[0].count("\ufffd"))


def _declared(name: str | None) -> tuple[str, ...]:
    try:
        found = codecs.lookup(name).name if name else None
    except LookupError:
        return ()
    if not found or found.startswith(("utf-16", "utf-32")):
        return ()  # it could not be read as it was
    return (_SUPERSETS.get(found, found),)


def _decode(data: bytes, encoding: str) -> tuple[str, tuple[Problem, ...]]:
    string = data.decode(encoding, "replace")
    lost = string.count("\ufffd")
    if not lost:
        return string, ()
    return string, (Problem("undecodable-text", f"有 {lost} 处字节不是有效的文字，已用“\ufffd”代替。"),)
