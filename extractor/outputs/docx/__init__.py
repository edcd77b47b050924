"""DOCX: the document itself with a Word comment at every cited figure; text and layout stay as they are."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch, NotWritten, opened

if TYPE_CHECKING:
    from extractor.result import Result

NAME = "docx"
SUFFIXES = (".docx",)


def write(batch: Batch, target: Path | None) -> None:
    """Writes the commented copy. Raises NotWritten for several files or a source that is not a DOCX."""
    if batch.many:
        raise NotWritten("批注版 DOCX 一次只能写一个文件，请逐个检查")
    for result in batch:
        if not result.ok:
            continue  # what could not be read has no copy; the command says why and ends with its status
        _check(result)
        from extractor.outputs.docx.comments import commented

        data = commented(result)
        with opened(target) as out:
            out.write(data)


def _check(result: Result) -> None:
    if result.source.format != "docx":
        hint = "，请改用 -o 名称.pdf" if result.source.format == "pdf" else ""
        raise NotWritten(f"源文件不是 DOCX，不能写成批注版 DOCX{hint}")
