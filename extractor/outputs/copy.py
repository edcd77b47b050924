"""The document itself with notes in it: what the annotated PDF and DOCX have in common.

The notes are added in a process of its own: a stranger's file that ends it, or has it run on and on, costs
the notes and nothing else.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.apart.child import Child, Lost
from extractor.outputs import Batch, NotWritten, opened

if TYPE_CHECKING:
    from extractor.result import Result

FORMATS = ("pdf", "docx")
_SECONDS = 120.0


def write_copy(batch: Batch, target: Path | None, kind: str, work: str) -> None:
    """Writes the copy with notes; ``work`` (``module:function``) makes its bytes of path, hash and findings.

    Raises NotWritten for several files, another format than ``kind``, and what ``work`` refuses.
    """
    if batch.many:
        raise NotWritten(f"批注版 {kind.upper()} 一次只能写一个文件，请逐个检查")
    for result in batch:
        if not result.ok:
            continue  # what could not be read has no copy; the command says why and ends with its status
        _check(result, kind)
        data = _noted(result, work)
        with opened(target) as out:
            out.write(data)


def _check(result: Result, kind: str) -> None:
    source = result.source.format
    if source != kind:
        hint = f"，请改用 -o 名称.{source}" if source in FORMATS else "，可改用 -o 名称.html 查看"
        raise NotWritten(f"源文件不是 {kind.upper()}，不能写成批注版 {kind.upper()}{hint}")


def _noted(result: Result, work: str) -> bytes:
    try:
        with Child() as child:
            return child.ask(
                work, result.source.path, result.source.sha256, result.findings, seconds=_SECONDS
            )
    except Lost as error:
        raise NotWritten(f"加入批注时{error}，未能写出") from None
    except OSError as error:
        raise NotWritten(str(error)) from None


def source_bytes(path: str, sha256: str) -> bytes:
    """The source as it was read. Raises NotWritten when it has changed since."""
    data = Path(path).read_bytes()
    if sha256 and hashlib.sha256(data).hexdigest() != sha256:
        raise NotWritten("源文件在读取之后被改动过，请重新检查")
    return data
