"""How much of known content is read: cells, joined rows, paragraphs, over typesettings by three engines.

Run from the project's folder: python tests/benchmarks/cell_recall.py [--keep DIR] [--only NAME] [--show]
Needs LibreOffice Writer, Chromium, ReportLab and Noto Serif CJK; what is not installed is left out and said so.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]

from content import Item, Maker, TableContent
from typeset import STYLES, Style, covered, typeset

from extractor.document import Document, Paragraph, Table
from extractor.parsers.pdf import parse


@dataclass
class Score:
    """Counts of what should be found and what was."""

    pages: int = 0
    cells: int = 0
    cells_found: int = 0
    tables: int = 0
    tables_exact: int = 0
    lines: int = 0
    lines_exact: int = 0
    paragraphs: int = 0
    paragraphs_found: int = 0


def measure(items: list[Item], document: Document, show: bool) -> Score:
    """Compares a document as read with the content it was made from."""
    score = Score(pages=len(document.pages))
    truths = [item for item in items if isinstance(item, TableContent)]
    for n, truth in enumerate(truths):
        table = document.tables[n] if n < len(document.tables) else None
        _measure_table(truth, table, score, show)
    if len(truths) != len(document.tables) and show:
        print(f"  tables: {len(document.tables)} read, {len(truths)} made")
    texts = {_plain(b.text.string) for b in document.blocks if isinstance(b, Paragraph)}
    for item in items:
        if not isinstance(item, TableContent) and item[0] == "p":
            score.paragraphs += 1
            score.paragraphs_found += _plain(item[1]) in texts
            if show and _plain(item[1]) not in texts:
                print("  paragraph", item[1][:60])
    return score


def _measure_table(truth: TableContent, table: Table | None, score: Score, show: bool) -> None:
    hidden = covered(truth)
    score.tables += 1
    if table is not None:
        score.tables_exact += _shape(truth) == (
            table.n_rows,
            table.n_cols,
            {(c.row, c.col, c.rowspan, c.colspan) for c in table.cells if c.rowspan * c.colspan > 1},
        )
        if show and len(truth.rows) != table.n_rows:
            print(f"  table {table.number} p{table.place.page}: {table.n_rows}x{table.n_cols}, made {len(truth.rows)}x{len(truth.rows[0])}")
        elif show and _shape(truth)[2] != {(c.row, c.col, c.rowspan, c.colspan) for c in table.cells if c.rowspan * c.colspan > 1}:
            ours = {(c.row, c.col, c.rowspan, c.colspan) for c in table.cells if c.rowspan * c.colspan > 1}
            print(f"  table {table.number} p{table.place.page} spans: read {sorted(ours - _shape(truth)[2])}, made {sorted(_shape(truth)[2] - ours)}")
    for r, row in enumerate(truth.rows):
        for c, text in enumerate(row):
            if (r, c) in hidden or not text:
                continue
            score.cells += 1
            cell = table.at(r, c) if table is not None else None
            found = cell is not None and (cell.row, cell.col) == (r, c) and _plain(cell.text.flat) == _plain(text)
            score.cells_found += found
            if cell is not None and found:
                score.lines += 1
                score.lines_exact += cell.text.string.count("\n") == text.count("\n")
                if show and cell.text.string.count("\n") != text.count("\n"):
                    print("  breaks", repr(cell.text.string)[:150], repr(text)[:150])
            elif show and table is not None and len(truth.rows) == table.n_rows:
                print("  cell", table.number, r, c, repr(cell.text.string if cell else None)[:80], repr(text)[:80])


def _shape(table: TableContent) -> tuple[int, int, set[tuple[int, int, int, int]]]:
    return len(table.rows), len(table.rows[0]), set(table.spans)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def run(style: Style, folder: Path, show: bool) -> Score | None:
    """Makes the PDF unless it is there, reads it and measures."""
    items = Maker(2024, style.whole).report()
    target = folder / (re.sub(r"\W+", "-", style.name) + ".pdf")
    if not target.exists():
        try:
            typeset(items, style, target)
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"{style.name}: left out ({error})", file=sys.stderr)
            return None
    return measure(items, parse(target), show)


def main() -> None:
    """Prints one row for each typesetting."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--keep", type=Path)
    arguments.add_argument("--only", default="")
    arguments.add_argument("--show", action="store_true")
    options = arguments.parse_args()
    print("| typesetting | pages | cells | recall | tables exact | line ends exact | paragraphs |")
    print("|---|---|---|---|---|---|---|")
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for style in STYLES:
            if options.only and options.only != style.name:
                continue
            score = run(style, folder, options.show)
            if score is not None:
                print(_row(style.name, score))


def _row(name: str, s: Score) -> str:
    recall = s.cells_found / max(s.cells, 1)
    lines = s.lines_exact / max(s.lines, 1)
    return (
        f"| {name} | {s.pages} | {s.cells} | {recall:.4f} | {s.tables_exact}/{s.tables} | {lines:.4f} "
        f"| {s.paragraphs_found}/{s.paragraphs} |"
    )


if __name__ == "__main__":
    main()
