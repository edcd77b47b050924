"""Time, memory and size of the HTML page and the annotated PDF of a report of 90 pages with 40 findings.

Run: python tests/benchmarks/takeaway.py [SOURCE.pdf]
Without a source, a report of 90 pages is made by repeating one of the corpus; findings are made on figures.
"""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

ROOT = Path(__file__).parents[2]
sys.path.insert(0, str(ROOT))

from pypdf import PdfReader, PdfWriter  # noqa: E402

from extractor.document import Document, Table, Text  # noqa: E402
from extractor.findings import Evidence, Finding  # noqa: E402
from extractor.outputs import Batch, outputs  # noqa: E402
from extractor.parsers import parse  # noqa: E402
from extractor.result import Result, Source  # noqa: E402

PAGES, FINDINGS = 90, 40


def report(folder: Path) -> Path:
    """A report of 90 pages."""
    pages = list(PdfReader(ROOT / "corpus" / "documents" / "report-bicycles-errors.pdf").pages)
    writer = PdfWriter()
    for number in range(PAGES):
        writer.add_page(pages[number % len(pages)])
    target = folder / "report.pdf"
    writer.write(target)
    return target


def figures(document: Document) -> list[Text]:
    """The cells that are figures, on all pages."""
    cells = (cell.text for block in document.blocks if isinstance(block, Table) for cell in block.cells)
    return [text for text in cells if text.flat.replace(".", "").replace("%", "").isdigit()]


def findings(document: Document) -> tuple[Finding, ...]:
    """Forty findings, each on two figures far apart."""
    found = figures(document)
    step = max(len(found) // (2 * FINDINGS), 1)
    texts = found[::step][: 2 * FINDINGS]
    far = zip(texts, reversed(texts), strict=True)
    sides = [tuple(Evidence(text.flat, text.place, "值") for text in pair) for pair in far]
    words = [f"第{n}项前后不一致" for n in range(FINDINGS)]
    pairs = zip(words, sides, strict=False)
    return tuple(Finding("made", "error", said, said, pair) for said, pair in pairs)


def peak() -> float:
    """MB that this process and the largest of its children held at the most, together."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(resource.getrusage(kind).ru_maxrss for kind in kinds) / 1024


def spent() -> float:
    """Seconds of processor time, of this process and its children."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(sum(resource.getrusage(kind)[:2]) for kind in kinds)


def timed(work: Callable[[], object], words: str, target: Path) -> None:
    """Does something and prints what it took, and the size of what it wrote."""
    start, before = time.perf_counter(), spent()
    work()
    seconds = time.perf_counter() - start
    print(
        f"{words:28} {seconds:6.2f} s ({spent() - before:.2f} s CPU)  {target.stat().st_size / 1e6:6.2f} MB"
        f"  peak so far {peak():6.0f} MB"
    )


def main() -> None:
    """Prints a line for each output, of made findings; then for the whole command, with those it finds."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else report(folder)
        document = parse(source)
        result = Result(Source(str(source), "pdf"), "ok", findings=findings(document), document=document)
        pages = {side.place.page for finding in result.findings for side in finding.evidence}
        print(f"{len(document.pages)} pages, {len(result.findings)} findings on {len(pages)} of them")
        for kind in ("html", "pdf", "xlsx"):
            target = folder / f"result.{kind}"
            timed(partial(outputs()[kind].write, Batch([result]), target), f"writing .{kind}", target)
        for kind in ("html", "pdf"):
            target = folder / f"found.{kind}"
            command = [sys.executable, str(ROOT / "cli.py"), str(source), "-o", str(target), "--quiet"]
            timed(partial(subprocess.run, command, check=True), f"extract report -o result.{kind}", target)


if __name__ == "__main__":
    main()
