"""Errors on PDF are read a second time: what the second engine reads differently is a doubt, not an accusation."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from pathlib import Path

import numpy as np
import pdfplumber
import pytest
from pdfplumber.utils.exceptions import PdfminerException

from extractor import extract
from extractor.confirm import confirm
from extractor.document import Box, Place
from extractor.findings import Evidence, Finding
from extractor.layout.page import Chars

BOX = Box(100, 100, 160, 112)
CORPUS = Path(__file__).parent.parent / "corpus" / "documents"


def printed(text: str, turn: int = 0, twice: bool = False) -> Chars:
    """The characters of a text as an engine gives them, 10 points each, on the line of BOX."""
    letters = [c for c in text for _ in range(1 + twice)]
    step = 10 / (1 + twice)
    boxes = [
        [101 + (n - (twice and n % 2)) * step, 101, 108 + (n - (twice and n % 2)) * step, 111]
        for n in range(len(letters))
    ]
    array = np.array(boxes, np.float64).reshape(-1, 4)
    return Chars(np.array([ord(c) for c in letters], np.uint32), array, np.full(len(letters), turn), array)


def accused(severity: str = "error") -> Finding:
    evidence = (Evidence("97.8%", Place(1, BOX)),)
    return Finding("values-disagree", severity, "合格率", "合格率前后不一致。", evidence)  # type: ignore[arg-type]


def reader(chars: Chars | None):  # type: ignore[no-untyped-def]
    def read(path: Path, pages: Collection[int]) -> Mapping[int, Chars]:
        return {} if chars is None else dict.fromkeys(pages, chars)

    return read


@pytest.mark.parametrize(
    "chars",
    [printed("97.8%"), printed("９７.８％"), printed("97.8%", twice=True), None, printed("8.79", turn=1)],
)
def test_what_both_engines_read_stands(chars: Chars | None) -> None:
    kept, doubts = confirm(Path("x.pdf"), [accused()], reader(chars))
    assert len(kept) == 1 and not doubts


def test_what_they_read_differently_is_a_doubt() -> None:
    kept, doubts = confirm(Path("x.pdf"), [accused()], reader(printed("91.8%")))
    assert not kept
    assert (
        doubts[0].code == "reading-doubtful" and "97.8%" in doubts[0].message and "91.8%" in doubts[0].message
    )


def test_only_errors_are_read_again() -> None:
    def never(path: Path, pages: Collection[int]) -> Mapping[int, Chars]:
        raise AssertionError("a warning is no accusation")

    assert confirm(Path("x.pdf"), [accused("warning")], never)[0]


def test_no_error_on_the_corpus_is_doubted() -> None:
    for path in sorted(CORPUS.glob("*-errors.pdf")):
        assert not [p for p in extract(path).problems if p.code == "reading-doubtful"], path.name


def test_a_file_that_the_second_engine_cannot_open_keeps_its_findings(tmp_path: Path) -> None:
    path = tmp_path / "a.pdf"
    path.write_bytes(b"%PDF-1.4")
    with pytest.raises(PdfminerException):
        pdfplumber.open(path)
    kept, doubts = confirm(path, [accused()])
    assert len(kept) == 1 and not doubts
