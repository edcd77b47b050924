"""PDF: the document itself with every cited figure highlighted and noted, and a bookmark for each finding.

The notes are appended to the file as a PDF update: the bytes of the source stay as they are, and with them
its text and layout. A signed or encrypted file is refused: a note would break the seal.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch, NotWritten, opened

if TYPE_CHECKING:
    from extractor.result import Result

NAME = "pdf"
SUFFIXES = (".pdf",)


def write(batch: Batch, target: Path | None) -> None:
    """Writes the annotated copy. Raises NotWritten for several files, another format, a signed file."""
    if batch.many:
        raise NotWritten("批注版 PDF 一次只能写一个文件，请逐个检查")
    for result in batch:
        if not result.ok:
            continue  # what could not be read has no copy; the command says why and ends with its status
        _check(result)
        from extractor.outputs.pdf.annotate import annotated

        data = annotated(result)
        with opened(target) as out:
            out.write(data)


def _check(result: Result) -> None:
    if result.source.format != "pdf":
        hint = "，请改用 -o 名称.docx" if result.source.format == "docx" else ""
        raise NotWritten(f"源文件不是 PDF，不能写成批注版 PDF{hint}")
