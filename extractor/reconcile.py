"""Rules to findings: every rule applied, the same finding kept once, what follows from another listed under it."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from extractor import rules
from extractor.claims import Reading
from extractor.document import Place, Problem
from extractor.findings import SEVERITIES, Finding


def reconcile(
    reading: Reading, select: Collection[str] = (), ignore: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The findings on a document, worst first and in reading order, and the rules that failed."""
    found, problems = rules.run(reading, select, ignore)
    kept = blocked(_once(found))
    return tuple(sorted(kept, key=_order)), tuple(problems)


def reconcile_all(
    readings: Iterable[Reading], select: Collection[str] = (), ignore: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Problem, ...]]:
    """The same for the reports bound in one file, each by itself."""
    done = [reconcile(reading, select, ignore) for reading in readings]
    found = _once(finding for findings, _ in done for finding in findings)
    return tuple(sorted(found, key=_order)), tuple(dict.fromkeys(p for _, problems in done for p in problems))


def _once(found: Iterable[Finding]) -> list[Finding]:
    """Findings without repetitions of the same one."""
    return list({finding.id: finding for finding in found}.values())


def blocked(found: list[Finding]) -> list[Finding]:
    """Findings without those that follow from another: one wrong figure is one finding.

    A finding follows from one of a rule named in its own rule's ``FOLLOWS`` when both cite the same figure in the
    same place; it is then listed under that one.
    """
    cited: dict[tuple[str, str, Place], Finding] = {}
    for finding in found:
        for item in finding.evidence:
            cited.setdefault((finding.rule, item.text, _spot(item.place)), finding)
    causes: dict[str, list[str]] = {}
    for finding in found:
        cause = _cause(finding, cited)
        if cause is not None and cause.id != finding.id:
            causes.setdefault(cause.id, []).append(finding.id)
    gone = {i for ids in causes.values() for i in ids}
    return [f.cause(tuple(causes[f.id])) if f.id in causes else f for f in found if f.id not in gone]


def _cause(finding: Finding, cited: dict[tuple[str, str, Place], Finding]) -> Finding | None:
    """The finding that explains another: of a rule that it follows, citing the same figure."""
    for item in finding.evidence:
        for rule in rules.follows(finding.rule):
            cause = cited.get((rule, item.text, _spot(item.place)))
            if cause is not None:
                return cause
    return None


def _spot(place: Place) -> Place:
    """A place as it is compared: its first box."""
    return place._replace(parts=())


def _order(finding: Finding) -> tuple[int, int, float, int, int, int]:
    """Worst first, then as the reader meets the first place cited."""
    place = finding.evidence[0].place if finding.evidence else Place()
    top = place.box.top if place.box else 0.0
    spot = (place.page or 0, top, place.paragraph or 0, place.table or 0, place.row or 0)
    return (SEVERITIES.index(finding.severity), *spot)
