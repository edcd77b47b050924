"""Time, memory and size of the HTML page and the annotated PDF of a report of 90 pages with 40 findings.

Run: python tests/benchmarks/takeaway.py [SOURCE.pdf]
Without a source, a report of 90 pages is made by repeating one of the corpus; findings are made on figures.
"""

from __future__ import annotations

import resource
import sys
import tempfile
import time
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


def main() -> None:
    """Prints a line for each output."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        source = Path(sys.argv[1]) if len(sys.argv) > 1 else report(folder)
        document = parse(source)
        result = Result(Source(str(source), "pdf"), "ok", findings=findings(document), document=document)
        pages = {side.place.page for finding in result.findings for side in finding.evidence}
        print(f"{len(document.pages)} pages, {len(result.findings)} findings on {len(pages)} of them")
        for kind in ("html", "pdf", "xlsx"):
            start = time.perf_counter()
            target = folder / f"result.{kind}"
            outputs()[kind].write(Batch([result]), target)
            seconds = time.perf_counter() - start
            peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
            size = target.stat().st_size / 1e6
            print(f"{kind:5} {seconds:6.2f} s  {size:6.2f} MB  peak so far {peak:6.0f} MB")


if __name__ == "__main__":
    main()
