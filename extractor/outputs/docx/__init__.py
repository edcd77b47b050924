"""DOCX: the document itself with a Word comment at every cited figure; text and layout stay as they are."""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch
from extractor.outputs.copy import write_copy

NAME = "docx"
SUFFIXES = (".docx",)


def write(batch: Batch, target: Path | None) -> None:
    """Writes the commented copy. Raises NotWritten for several files or a source that is not a DOCX."""
    write_copy(batch, target, NAME, "extractor.outputs.docx.comments:commented")
