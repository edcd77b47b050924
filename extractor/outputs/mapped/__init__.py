"""Rows as an import template wants them: ``--map fields.yml`` with ``-o rows.csv``, .xlsx, .json.

The mapping file says which field goes to which column, under which name, in which unit and number format; see
``mapping`` for what it may hold, and docs/maps for examples.
"""

from __future__ import annotations

from pathlib import Path

from extractor.outputs import Batch

NAME = "mapped"
SUFFIXES = ()
TARGETS = (".csv", ".xlsx", ".json")


def write(batch: Batch, target: Path | None) -> None:
    """Writes a line for each row that the mapping takes, each document's as soon as it is done."""
    from extractor.outputs.mapped.kinds import write_csv, write_json, write_xlsx

    assert target is not None, "mapped rows go into a file"
    writers = {".csv": write_csv, ".xlsx": write_xlsx, ".json": write_json}
    writers[target.suffix.lower()](batch, target)
