"""PDF: the document itself with every cited figure highlighted and noted, and a bookmark for each finding.

The notes are appended to the file as a PDF update: the bytes of the source stay as they are, and with them
its text and layout. A signed or encrypted file is refused: a note would break the seal.
"""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch
from extractor.outputs.copy import write_copy

NAME = "pdf"
SUFFIXES = (".pdf",)


def write(batch: Batch, target: Path | None) -> None:
    """Writes the annotated copy. Raises NotWritten for several files, another format, a signed file."""
    write_copy(batch, target, NAME, "extractor.outputs.pdf.annotate:annotated")
