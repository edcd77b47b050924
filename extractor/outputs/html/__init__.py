"""HTML: one file to look at, with no server and no network: findings beside the pages that they cite.

For a batch: an index with counts and charts, and a folder next to it (``result-files`` beside
``result.html``) with one such file for each document.
"""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch, opened

NAME = "html"
SUFFIXES = (".html", ".htm")


def write(batch: Batch, target: Path | None) -> None:
    """Writes the page, or the index and its pages; of a batch, one document at a time is in memory."""
    from extractor.outputs.html.report import report_page

    if batch.many:
        _write_many(batch, target)
        return
    for result in batch:
        page = report_page(result)
        with opened(target) as out:
            out.write(page)


def _write_many(batch: Batch, target: Path | None) -> None:
    from extractor.outputs.html.index import Index
    from extractor.outputs.html.report import report_page

    assert target is not None, "several pages cannot go to standard output"
    folder = target.with_name(f"{target.stem}-files")
    folder.mkdir(exist_ok=True)
    index = Index(folder.name)
    for result in batch:
        with opened(folder / index.add(result)) as out:
            out.write(report_page(result, f"../{target.name}"))
    page = index.page(batch)
    with opened(target) as out:
        out.write(page)
