"""The documents of corpus/: what is labelled is read and found, and nothing else is reported."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from extractor import extract

CORPUS = Path(__file__).parent.parent / "corpus"
LABELS = sorted((CORPUS / "labels").glob("*.yml"))
FIELDS = ("target", "actual", "weight", "score")
FULL = str.maketrans("０１２３４５６７８９％，（）：．", "0123456789%,():.")
Json = Mapping[str, Any]


@cache
def read(label: Path) -> tuple[Json, Json]:
    """A document's labels and what the tool says of it."""
    wanted = yaml.safe_load(label.read_text(encoding="utf-8"))
    return wanted, extract(CORPUS / wanted["document"]).to_json()


def plain(text: object) -> str:
    """A printed text without what typesetting may change: blanks and the width of characters."""
    return re.sub(r"\s", "", str(text or "").translate(FULL))


def occurs(token: str, text: str) -> bool:
    """Whether a figure stands in a text by itself: 10 is not in 105, and thousands marks do not matter."""
    bare = re.escape(plain(token).replace(",", ""))
    before = r"(?<![\d.])" if bare[0].isdigit() else ""
    after = r"(?!\d|\.\d*[1-9])" if bare[-1].isdigit() else ""
    return re.search(before + bare + after, plain(text).replace(",", "")) is not None


def agrees(row: list[Any], indicator: Json) -> bool:
    """Whether an indicator of the result has the code, name and fields of a label.

    None is not compared; a list holds the texts that will do.
    """
    code, name, *fields = row
    if plain(indicator["name"]) != plain(name) or (code and indicator.get("code") != code):
        return False
    said = [plain((indicator.get(key) or {}).get("text")) for key in FIELDS]
    wanted = [want if isinstance(want, list) else [want] for want in fields]
    return all(None in want or got in map(plain, want) for want, got in zip(wanted, said, strict=True))


def found(label: Json, finding: Json) -> bool:
    """Whether a finding is of the labelled rule, or one in ``also``, and names all the label's figures."""
    if finding["rule"] not in (label["rule"], *label.get("also", [])):
        return False
    parts = [finding.get(key) for key in ("message", "expected", "actual")]
    said = "｜".join(map(str, [*parts, *(e["text"] for e in finding["evidence"])]))
    about = label["tokens"] or re.search(label["subject"], finding["subject"] + said)
    return bool(about) and all(occurs(token, said) for token in label["tokens"])


def follows(label: Json, finding: Json) -> bool:
    """Whether a finding is the labelled one or speaks of its subject: one defect may show in several ways."""
    return (
        found(label, finding)
        or re.search(label["subject"], finding["subject"] + finding["message"]) is not None
    )


@pytest.fixture(params=LABELS, ids=lambda path: path.stem)
def pair(request: pytest.FixtureRequest) -> tuple[Json, Json]:
    """The labels of a document and its result."""
    return read(request.param)


def test_the_corpus_has_documents() -> None:
    named = {yaml.safe_load(label.read_text(encoding="utf-8"))["document"] for label in LABELS}
    assert named == {f"documents/{path.name}" for path in (CORPUS / "documents").iterdir()}
    assert len(named) >= 10


def test_document(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    assert result["status"] == "ok"
    said = result["document"]
    assert (said["kind"], said["year"]) == (wanted["kind"], wanted["year"])
    assert wanted["project"] is None or plain(wanted["project"]) in plain(said["project"])


def test_forms(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    said = Counter((form["kind"], len(form["indicators"])) for form in result["forms"])
    assert not Counter((form["kind"], form["rows"]) for form in wanted["forms"]) - said


def test_indicators(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    left = [indicator for form in result["forms"] for indicator in form["indicators"]]
    missing = []
    for row in wanted["indicators"]:
        match = next((i for i in left if agrees(row, i)), None)
        if match is None:
            missing.append(row)
        else:
            left.remove(match)
    assert not missing


def test_findings(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    labels = [label for label in wanted["findings"] if not label.get("optional")]
    missed = [label for label in labels if not any(found(label, f) for f in result["findings"])]
    assert not missed


def test_severity(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    for label in wanted["findings"]:
        hits = [f["severity"] for f in result["findings"] if found(label, f)]
        assert not hits or label["severity"] in hits, label["rule"]


def test_nothing_else_is_accused(pair: tuple[Json, Json]) -> None:
    wanted, result = pair
    loud = [f for f in result["findings"] if f["severity"] in ("error", "warning")]
    if wanted["findings"]:
        loud = [f for f in loud if f["severity"] == "error"]
    wrong = [f["message"] for f in loud if not any(follows(label, f) for label in wanted["findings"])]
    assert not wrong
