"""What reading PDF costs: against pdfplumber, against pdfium's raw text, and in memory.

Run: python tests/benchmarks/pdf_speed.py FILE.pdf...   (default: the typeset corpus)
Each measurement is a process of its own, so that imports and all are counted; times are CPU time.
The memory of 100, 300 and 1,000 pages is measured on the first file's pages repeated.
"""

from __future__ import annotations

import argparse
import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

ROOT = Path(__file__).parents[2]
PLUMBER = """
import sys, pdfplumber
with pdfplumber.open(sys.argv[1]) as file:
    for page in file.pages:
        page.extract_text()
        page.extract_tables()
        page.close()
"""
OURS = """
import sys
from pathlib import Path
from extractor.parsers.pdf import parse
parse(Path(sys.argv[1]))
"""
RAW = """
import sys, pypdfium2
file = pypdfium2.PdfDocument(sys.argv[1])
for page in file:
    text = page.get_textpage()
    text.get_text_range()
    text.close()
    page.close()
"""
NOTHING = "import sys, extractor.parsers.pdf"
IDLE = "import sys, pypdfium2"
ROUNDS = 11
CACHE = Path(tempfile.gettempdir()) / "pdf-speed-bytecode"


def cost(program: str, path: Path) -> tuple[float, float]:
    """CPU seconds and peak memory (MB) of a process that runs a program on a file."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    report = "\nimport resource; print(resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "PYTHONPYCACHEPREFIX": str(CACHE)}
    environment.pop("PYTHONDONTWRITEBYTECODE", None)  # an installed package has its bytecode
    command = [sys.executable, "-c", program + report, str(path)]
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=environment)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return seconds, int(done.stdout.split()[-1]) / 1024


def best(program: str, path: Path, times: int = 3) -> float:
    """The least CPU time of a few runs."""
    return min(cost(program, path)[0] for _ in range(times))


def repeated(path: Path, pages: int, target: Path) -> None:
    """A file of so many pages, those of another again and again."""
    import pypdfium2

    source, made = pypdfium2.PdfDocument(path), pypdfium2.PdfDocument.new()
    while len(made) < pages:
        made.import_pages(source, list(range(min(len(source), pages - len(made)))))
    made.save(target)


def measure_speed(paths: list[Path]) -> None:
    """One row for each file: the middle of the rounds' ratios with the least and the greatest, each round a run of all
    programs one after the other, so that what slows the machine slows all of them; and the ratio of the least times, as
    a busy machine only adds."""
    for program in (PLUMBER, OURS):
        cost(program, paths[0])  # bytecode is written
    start, idle = best(NOTHING, paths[0]), best(IDLE, paths[0])
    print(f"start of a process with ours {start:.2f} s, with pdfium alone {idle:.2f} s")
    print("| file | pages | ms a page | pdfplumber / ours, whole process | least / least | ours / raw text |")
    print("|---|---|---|---|---|---|")
    for path in paths:
        rounds = [tuple(cost(p, path)[0] for p in (PLUMBER, OURS, RAW, NOTHING, IDLE)) for _ in range(ROUNDS)]
        whole = sorted(plumber / ours for plumber, ours, *_ in rounds)
        plumber, ours, raw, start, idle = (min(column) for column in zip(*rounds, strict=True))
        n = page_count(path)
        ratio = f"{median(whole):.1f} ({whole[0]:.1f}–{whole[-1]:.1f})"
        over_raw = (ours - start) / max(raw - idle, 0.001)
        print(
            f"| {path.name} | {n} | {1000 * (ours - start) / n:.1f} | {ratio} | {plumber / ours:.1f} | {over_raw:.1f} |"
        )


def page_count(path: Path) -> int:
    """Pages of a file."""
    import pypdfium2

    return len(pypdfium2.PdfDocument(path))


def measure_memory(path: Path) -> None:
    """Peak memory at 100, 300 and 1,000 pages."""
    with tempfile.TemporaryDirectory() as folder:
        for pages in (100, 300, 1000):
            target = Path(folder) / f"{pages}.pdf"
            repeated(path, pages, target)
            print(f"peak memory at {pages} pages: {cost(OURS, target)[1]:.0f} MB")


def main() -> None:
    """Speed, then memory."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("files", nargs="*", type=Path)
    files = arguments.parse_args().files or sorted((ROOT / "corpus" / "typeset").glob("*.pdf"))
    measure_speed(files)
    measure_memory(files[0])


if __name__ == "__main__":
    main()
