"""Makes documents/ and labels/ from sources/: ``python corpus/make.py [NAME …]``.

Needs reportlab, python-docx and PyYAML; what it writes is the same bytes each time.
"""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import yaml
from making import paper, word
from making.labels import labels
from making.source import Source, load
from making.sums import holds

HERE = Path(__file__).parent
LIMIT = 80_000


def main(names: list[str]) -> None:
    """Makes all documents, or those whose source is named."""
    for path in sorted((HERE / "sources").glob("*.md")):
        if not names or path.stem in names:
            for source in load(path):
                make(source)


def make(source: Source) -> None:
    """One document in each of its formats, and the labels of each."""
    for line in source.about.get("sums", []):
        if not holds(line):
            raise ValueError(f"{source.name}: {line} does not hold")
    found = labels(source)
    target = HERE / "documents" / source.name
    pdf = target.with_suffix(".pdf")
    pages = paper.write(source, pdf)
    if "docx" in source.about["formats"]:
        word.write(source, target.with_suffix(".docx"), pages)
    if "pdf" not in source.about["formats"]:
        pdf.unlink()
    for kind in source.about["formats"]:
        finish(target.with_suffix(f".{kind}"), found)


def finish(document: Path, found: dict[str, Any]) -> None:
    """Writes the labels of a document, which must be small enough to keep in the repository."""
    size = document.stat().st_size
    if size > LIMIT:
        raise ValueError(f"{document.name} has {size} bytes")
    said = {"document": f"documents/{document.name}", **found}
    text = yaml.safe_dump(said, allow_unicode=True, sort_keys=False, default_flow_style=None, width=120)
    label = HERE / "labels" / f"{document.stem}-{document.suffix[1:]}.yml"
    label.write_text(text, encoding="utf-8")
    rows, planted = len(found["indicators"]), len(found["findings"])
    print(f"{document.name}: {size:,} bytes, {rows} rows, {planted} findings")


if __name__ == "__main__":
    main(sys.argv[1:])
