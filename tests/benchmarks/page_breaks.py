"""How page breaks in forms are read: every form of the cases on pages of its own, begun at a height that chance gives,
so that breaks fall anywhere in it.

Run: python tests/benchmarks/page_breaks.py [--keep DIR] [--seed N] [--show]
Needs LibreOffice Writer, Chromium and Noto Serif CJK; what is not installed is left out and said so.
"""

from __future__ import annotations

import random
import subprocess
import sys
import tempfile
from pathlib import Path

import yaml

sys.path[:0] = [str(Path(__file__).parent), str(Path(__file__).parents[2])]  # run as a script from anywhere

from cell_recall import HEAD, arguments, measure, row  # noqa: E402
from content import Item, TableContent  # noqa: E402
from typeset import Style, typeset  # noqa: E402

from extractor.document import Table  # noqa: E402
from extractor.parsers.markdown import parse_text  # noqa: E402
from extractor.parsers.pdf import parse  # noqa: E402

CASES = sorted((Path(__file__).parents[1] / "cases" / "forms").glob("*.yml"))
STYLES = (
    Style("forms, libreoffice, 9 points", "libreoffice", table_size=9, repeat_head=False),
    Style("forms, libreoffice, 12 points", "libreoffice", table_size=12, repeat_head=False),
    Style("forms, chromium, 9 points", "chromium", table_size=9, repeat_head=False),
    Style("forms, chromium, 12 points", "chromium", table_size=12, repeat_head=False, centred=True),
)
_MOST_LINES = 40  # above a form, of the fifty of a page
_WIDEST, _NARROWEST = 24, 3  # characters that a column's width is made for


def forms(seed: int) -> list[Item]:
    """The tables of all cases, each form after a page break and some lines."""
    chance = random.Random(seed)
    items: list[Item] = []
    for path in CASES:
        items.append(("break", ""))
        for table in parse_text(yaml.safe_load(path.read_text(encoding="utf-8"))["text"]).tables:
            lines = chance.randint(1, _MOST_LINES)
            items += [("p", f"表前说明{n}，{path.stem}。") for n in range(lines)]
            items.append(as_content(table))
    return items


def as_content(table: Table) -> TableContent:
    """A table without the columns and rows that no cell begins in, which no print shows."""
    xs, ys = (sorted(set(places)) for places in zip(*((c.col, c.row) for c in table.cells), strict=True))
    rows = [[""] * len(xs) for _ in ys]
    widths = [float(_NARROWEST)] * len(xs)
    spans = []
    for cell in table.cells:
        row_at, col = ys.index(cell.row), xs.index(cell.col)
        n_rows = sum(cell.row <= y < cell.row + cell.rowspan for y in ys)
        n_cols = sum(cell.col <= x < cell.col + cell.colspan for x in xs)
        rows[row_at][col] = cell.text.string
        if n_rows * n_cols > 1:
            spans.append((row_at, col, n_rows, n_cols))
        if n_cols == 1:
            widths[col] = min(max(widths[col], float(len(cell.text.string))), _WIDEST)
    return TableContent(rows, spans, 0, widths)


def main() -> None:
    """Prints one row for each typesetting."""
    options = arguments(__doc__).parse_args()
    print(HEAD)
    items = forms(options.seed)
    with tempfile.TemporaryDirectory() as temporary:
        folder = options.keep or Path(temporary)
        folder.mkdir(parents=True, exist_ok=True)
        for number, style in enumerate(STYLES):
            target = folder / f"forms-{number}-{options.seed}.pdf"
            try:
                if not target.exists():
                    typeset(items, style, target)
            except (FileNotFoundError, subprocess.CalledProcessError) as error:
                print(f"{style.name}: left out ({error})", file=sys.stderr)
                continue
            print(row(style.name, measure(items, parse(target), options.show)), flush=True)


if __name__ == "__main__":
    main()
