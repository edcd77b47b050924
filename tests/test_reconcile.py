"""One defect, one finding: repetitions go, consequences are listed under their cause, a failing rule is named."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from extractor import rules
from extractor.claims import Reading
from extractor.document import Document, Place
from extractor.findings import Evidence, Finding
from extractor.reconcile import blocked, reconcile


def finding(rule: str, *texts: str, row: int = 1, severity: str = "error") -> Finding:
    cited = tuple(Evidence(t, Place(part="body", table=0, row=row, col=n)) for n, t in enumerate(texts))
    return Finding(rule, severity, "甲", f"{rule}：{'、'.join(texts)}", cited)  # type: ignore[arg-type]


@pytest.fixture
def consequence(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rules, "follows", lambda name: ("cause",) if name == "effect" else ())


@pytest.mark.usefixtures("consequence")
def test_what_follows_from_a_finding_is_listed_under_it() -> None:
    cause, effect, other = (
        finding("cause", "95%", "9.5"),
        finding("effect", "95%"),
        finding("effect", "80%", row=7),
    )
    kept = blocked([effect, cause, other])
    assert [f.rule for f in kept] == ["cause", "effect"]
    assert kept[0].caused == (effect.id,)
    assert kept[1] == other


@pytest.mark.usefixtures("consequence")
def test_the_same_figure_elsewhere_is_no_consequence() -> None:
    assert len(blocked([finding("cause", "95%", row=1), finding("effect", "95%", row=2)])) == 2


def test_order_is_worst_first_then_reading_order(monkeypatch: pytest.MonkeyPatch) -> None:
    found = [finding("a", "1", row=5, severity="info"), finding("b", "2", row=9), finding("c", "3", row=2)]
    monkeypatch.setattr(rules, "run", lambda *_: (found + found[:1], []))
    monkeypatch.setattr(rules, "follows", lambda name: ())
    kept, _ = reconcile(Reading(Document("md")))
    assert [f.rule for f in kept] == ["c", "b", "a"]


def test_a_rule_that_raises_is_named_and_the_others_go_on(monkeypatch: pytest.MonkeyPatch) -> None:
    def fails(reading: Reading) -> Iterator[Finding]:
        raise ValueError("broken")

    def works(reading: Reading) -> Iterator[Finding]:
        yield finding("works", "1")

    monkeypatch.setattr(rules, "names", lambda **_: ["fails", "works"])
    monkeypatch.setattr(rules, "rule", lambda name: fails if name == "fails" else works)
    monkeypatch.setattr(rules, "follows", lambda name: ())
    kept, problems = reconcile(Reading(Document("md")))
    assert [f.rule for f in kept] == ["works"]
    assert "fails" in problems[0].message and problems[0].code == "rule-failed"


def test_an_id_does_not_depend_on_where_things_stand() -> None:
    assert finding("a", "1", row=1).id == finding("a", "1", row=8).id
    assert finding("a", "1").id != finding("a", "2").id
