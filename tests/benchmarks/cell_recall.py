"""How much of known content is read: cells, joined rows, paragraphs, over typesettings by three engines.

Run: python tests/benchmarks/cell_recall.py [--keep DIR] [--only NAME] [--seed N] [--show]
Needs LibreOffice Writer, Chromium, ReportLab and Noto Serif CJK; what is not installed is left out and said
so.
"""

from __future__ import annotations

import argparse
import re
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from pathlib import Path

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]  # run as a script from anywhere

from content import Item, Maker, TableContent  # noqa: E402
from typeset import STYLES, Style, covered, typeset  # noqa: E402

from extractor.document import Cell, Document, Paragraph, Table  # noqa: E402
from extractor.parsers.pdf import parse  # noqa: E402

HEAD = """| typesetting | pages | cells | recall | tables exact | line ends exact | paragraphs |
|---|---|---|---|---|---|---|"""


@dataclass
class Score:
    """Counts of what should be found and what was."""

    pages: int = 0
    cells: int = 0
    cells_found: int = 0
    tables: int = 0
    tables_exact: int = 0
    lines_exact: int = 0
    paragraphs: int = 0
    paragraphs_found: int = 0


def measure(items: list[Item], document: Document, show: bool) -> Score:
    """Compares a document as read with the content it was made from."""
    score = Score(pages=len(document.pages))
    truths = [item for item in items if isinstance(item, TableContent)]
    for truth, table in zip(truths, _paired(truths, document.tables), strict=True):
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


def _paired(truths: Sequence[TableContent], tables: Sequence[Table]) -> list[Table | None]:
    """For each table made the one read, in order: one that was cut in two costs none after it."""
    made = ["".join(sorted(_plain("".join(map("".join, truth.rows))))) for truth in truths]
    read = ["".join(sorted(_plain("".join(cell.text.string for cell in table.cells)))) for table in tables]
    found: list[Table | None] = [None] * len(truths)
    for _, a, b, c, d in SequenceMatcher(None, made, read, autojunk=False).get_opcodes():
        found[a:b] = [*tables[c : min(d, c + b - a)], *[None] * max(b - a - (d - c), 0)]
    return found


def _measure_table(truth: TableContent, table: Table | None, score: Score, show: bool) -> None:
    score.tables += 1
    if table is not None:
        score.tables_exact += _shape(truth) == _shape_read(table)
        if show and _shape(truth) != _shape_read(table):
            print(f"  table {table.number}: read {_shape_read(table)}, made {_shape(truth)}"[:300])
    hidden = covered(truth)
    for r, row in enumerate(truth.rows):
        for c, text in enumerate(row):
            if text and (r, c) not in hidden:
                _measure_cell(text, table.at(r, c) if table else None, (r, c), score, show)


def _measure_cell(text: str, cell: Cell | None, at: tuple[int, int], score: Score, show: bool) -> None:
    score.cells += 1
    if cell is None or (cell.row, cell.col) != at or _plain(cell.text.flat) != _plain(text):
        return
    score.cells_found += 1
    same = cell.text.string.count("\n") == text.count("\n")
    score.lines_exact += same
    if show and not same:
        print(f"  breaks {cell.text.string!r}, made {text!r}"[:300])


Shape = tuple[int, int, set[tuple[int, int, int, int]]]


def _shape_read(table: Table) -> Shape:
    spans = {(c.row, c.col, c.rowspan, c.colspan) for c in table.cells if c.rowspan * c.colspan > 1}
    return table.n_rows, table.n_cols, spans


def _shape(table: TableContent) -> Shape:
    return len(table.rows), len(table.rows[0]), set(table.spans)


def _plain(text: str) -> str:
    return re.sub(r"\s+", "", text)


def run(style: Style, folder: Path, seed: int, show: bool) -> Score | None:
    """Makes the PDF unless it is there, reads it and measures."""
    items = Maker(seed, style.short, style.flat).report()
    target = folder / (re.sub(r"\W+", "-", style.name) + f"-{seed}.pdf")
    if not target.exists():
        try:
            typeset(items, style, target)
        except (FileNotFoundError, subprocess.CalledProcessError) as error:
            print(f"{style.name}: left out ({error})", file=sys.stderr)
            return None
    return measure(items, parse(target), show)


def arguments(about: str | None) -> argparse.ArgumentParser:
    """What a benchmark of typesettings is told."""
    parser = argparse.ArgumentParser(description=about)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--seed", type=int, default=2024)
    parser.add_argument("--show", action="store_true")
    return parser


def main() -> None:
    """Prints one row for each typesetting."""
    parser = arguments(__doc__)
    parser.add_argument("--only", default="")
    options = parser.parse_args()
    print(HEAD)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for style in STYLES:
            if options.only and options.only != style.name:
                continue
            score = run(style, folder, options.seed, options.show)
            if score is not None:
                print(row(style.name, score))


def row(name: str, s: Score) -> str:
    """A typesetting's row of the printed table."""
    recall = s.cells_found / max(s.cells, 1)
    lines = s.lines_exact / max(s.cells_found, 1)
    return (
        f"| {name} | {s.pages} | {s.cells} | {recall:.4f} | {s.tables_exact}/{s.tables} | {lines:.4f} "
        f"| {s.paragraphs_found}/{s.paragraphs} |"
    )


if __name__ == "__main__":
    main()
