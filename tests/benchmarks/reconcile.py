"""CPU time after recognition, and how it grows. ``python tests/benchmarks/reconcile.py [--rules] [REPORT]``.

Reports of 90 to 1,000 pages are put together from the corpus' sources, each copy with words of its own, and read,
resolved and reconciled; printed are the seconds of each step and, for each length, what a page costs in relation to the
shortest. ``--rules`` adds the rules that take most at the greatest length. REPORT: a file to take instead, as it is.
"""

from __future__ import annotations

import argparse
import re
import sys
import time
from collections.abc import Callable, Iterator
from itertools import product
from pathlib import Path
from typing import TypeVar

sys.path.insert(0, str(Path(__file__).parents[2]))

from extractor import rules
from extractor.claims import Reading
from extractor.document import Document
from extractor.parsers import parse
from extractor.parsers.markdown import parse_text
from extractor.recognise import recognise
from extractor.reconcile import reconcile
from extractor.resolve import resolve

SOURCES = Path(__file__).parents[2] / "corpus" / "sources"
PAGES = (90, 300, 1000)
PAGE = 750
"""Characters of a page, as counted in a report of 89 pages."""
SYLLABLES = "东西南北上下大小新安平清长永宁和泰康丰"
SHOWN = 12
Made = TypeVar("Made")


def bodies() -> list[str]:
    """The sources without their labels, the reports first."""
    paths = sorted(SOURCES.glob("*.md"), key=lambda p: (not p.name.startswith("report"), p.name))
    return [re.sub(r"\A---\n.*?\n---\n", "", p.read_text(encoding="utf-8"), flags=re.DOTALL) for p in paths]


def report(pages: int) -> str:
    """A report of so many pages: the sources again and again, their words for places and projects told apart."""
    parts: list[str] = []
    left = pages * PAGE
    texts = bodies()
    for number, name in enumerate("".join(pair) for pair in product(SYLLABLES, repeat=2)):
        if left <= 0:
            break
        text = re.sub(r"(?<=[一-鿿])(项目|设施|服务|资金)", rf"{name}\1", texts[number % len(texts)])
        parts.append(f"# 第{number + 1}部分 {name}\n\n{text[:left]}")
        left -= len(text)
    return "\n\n".join(parts)


def timed(what: Callable[[], Made]) -> tuple[float, Made]:
    """The CPU seconds of a call, and what it returned."""
    begun = time.process_time()
    made = what()
    return time.process_time() - begun, made


def steps(document: Document) -> Iterator[tuple[str, float, Reading | int]]:
    """Each step after parsing with its seconds and what came of it: at last the number of findings."""
    recognised_in, recognised = timed(lambda: recognise(document))
    resolved_in, reading = timed(lambda: resolve(document, recognised))
    yield "recognise", recognised_in, reading
    yield "resolve", resolved_in, reading
    reconciled_in, (findings, _) = timed(lambda: reconcile(reading))
    yield "reconcile", reconciled_in, len(findings)


def slowest(reading: Reading) -> Iterator[tuple[float, str]]:
    """The rules that take most, each run alone after the others have filled what they share."""
    taken = [(timed(lambda n=name: rules.run(reading, [n], ()))[0], name) for name in rules.names(False)]  # type: ignore[misc]
    yield from sorted(taken, reverse=True)[:SHOWN]


def main() -> None:
    asked = argparse.ArgumentParser(description=__doc__)
    asked.add_argument("report", nargs="?", type=Path)
    asked.add_argument("--rules", action="store_true")
    given = asked.parse_args()
    made = [(n, parse_text(report(n))) for n in PAGES] if given.report is None else []
    documents = made or [(0, parse(given.report))]
    list(steps(parse_text(report(5))))  # patterns compiled
    first: dict[str, float] = {}
    reading: Reading | None = None
    for pages, document in documents:
        told = []
        for what, seconds, result in steps(document):
            reading = result if isinstance(result, Reading) else reading
            a_page = seconds / (pages or 1)
            growth = a_page / first.setdefault(what, a_page)
            told.append(f"{what} {seconds:.2f} s ({growth:.2f})")
            findings = result
        print(f"{pages or given.report} pages: {', '.join(told)}; {findings} findings")
    for seconds, name in slowest(reading) if given.rules and reading is not None else ():
        print(f"  {seconds:6.2f} s  {name}")


if __name__ == "__main__":
    main()
