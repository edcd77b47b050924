"""All tables: ``--tables`` with ``-o tables.xlsx``: a sheet a table; with ``-o tables.csv``: one long CSV.

In the CSV every row of a table is a line that begins with the file, the table's number (from 1), its
caption, its unit and the row's number; a merged cell's text stands in its first field, as in the JSON's
``rows``. Texts are guarded as in ``csv``.
"""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch

NAME = "tables"
SUFFIXES = ()


def write(batch: Batch, target: Path | None) -> None:
    """Writes the tables of every file, in the order of the files."""
    assert target is not None, "tables go into a file"
    if target.suffix.lower() == ".csv":
        from extractor.outputs.tables.lines import write_lines

        write_lines(batch, target)
    else:
        from extractor.outputs.tables.sheets import write_sheets

        write_sheets(batch, target)
