"""What the tests of the outputs share: the corpus read once, results that try to do harm, LibreOffice."""

from __future__ import annotations

import re
import shutil
import subprocess
import unicodedata
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from test_record import figure, finding, form, indicator, result

from extractor import extract
from extractor.document import Cell, Document, Paragraph, Place, Problem, Table, Text
from extractor.findings import Evidence
from extractor.outputs import Batch, outputs
from extractor.result import Result, Source

DOCUMENTS = Path(__file__).parents[1] / "corpus" / "documents"
WRONG = sorted(path.name for path in DOCUMENTS.glob("*-errors.*"))
OFFICE = next(filter(None, map(shutil.which, ("soffice", "libreoffice"))), None)
SCRIPT = "<script>window.hit=1</script>"
PICTURE = '<img src=x onerror="window.hit=1">'
HOSTILE = [
    SCRIPT,
    PICTURE,
    "<p>段</p>",
    "</script><b>x",
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1,1)",
    "\t=1",
    "'=1",
]


@cache
def read(name: str) -> Result:
    """A document of the corpus, read and checked."""
    return extract(DOCUMENTS / name)


def corpus(suffix: str) -> list[str]:
    """The documents with errors in them."""
    return [name for name in WRONG if name.endswith(suffix)]


def write(name: str, what: Result | Batch, target: Path) -> Path:
    """Writes one result, or a batch, by an output of this name."""
    outputs()[name].write(what if isinstance(what, Batch) else Batch([what]), target)
    return target


def plain(text: str) -> str:
    """A text without what two readers may tell differently: blanks and compatibility forms."""
    return re.sub(r"\s", "", unicodedata.normalize("NFKC", text))


def hostile() -> Result:
    """A result whose every text would do harm, were it taken for anything but a text."""
    cells = tuple(
        Cell(Text(text, Place(part="body", table=0, row=n, col=0)), n, 0) for n, text in enumerate(HOSTILE)
    )
    table = Table(0, cells, len(HOSTILE), 1, 0, Text(SCRIPT), None, Place(part="body", table=0))
    paragraph = Paragraph(Text(f"{PICTURE}{SCRIPT}为 96.4%", Place(part="body", paragraph=0)))
    sides = tuple(
        Evidence(text, cell.text.home, PICTURE, quote=text) for text, cell in zip(HOSTILE, cells, strict=True)
    )
    beside = Evidence("96.4%", paragraph.text.home, SCRIPT, quote=paragraph.text.string)
    found = [
        replace(finding(), subject=text, message=text, evidence=(*sides, beside), expected=text)
        for text in HOSTILE
    ]
    rows = tuple(
        indicator(text, target=figure(text), actual=figure(text), rule=figure(text)) for text in HOSTILE
    )
    about = replace(result().about, title=Text(SCRIPT), project_unit=Text(PICTURE), project=Text("=1+1"))
    return result(
        source=Source(f"{SCRIPT}.docx", "docx"),
        about=about,
        forms=(replace(form(), title=Text(SCRIPT), indicators=rows),),
        findings=tuple(found),
        problems=(Problem("x", PICTURE),),
        document=Document("docx", (table, paragraph)),
    )


def converted(source: Path, kind: str, home: Path, *more: Path, reader: str = "") -> list[Path]:
    """What LibreOffice makes of files, in a folder of its own; ``reader`` says how it reads them."""
    assert OFFICE
    out = home / "converted"
    profile = f"-env:UserInstallation={(home / 'profile').as_uri()}"
    command: list[Any] = [
        OFFICE,
        profile,
        "--headless",
        "--norestore",
        "--convert-to",
        kind,
        "--outdir",
        out,
        *([f"--infilter={reader}"] if reader else []),
        source,
        *more,
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=120)
    return sorted(out.iterdir()) if out.exists() else []
