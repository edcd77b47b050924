"""The rules between documents, run from the ledger: one project's sheets at a time, whatever the batch's size.

A project is known by its owner and its name without years; names that were changed a little are matched, unless one
document names both. Without an owner only equal names are one project.
"""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from extractor import rules
from extractor.batch.ledger import Ledger
from extractor.document import Problem
from extractor.findings import SEVERITIES, Finding
from extractor.rules.batch._names import clusters
from extractor.rules.batch._sheets import Sheet, sheet_from

_MOST_SHEETS = 60  # of one project that are compared
_MOST_NAMES = 300  # of one owner that are compared with each other; beyond, only equal names are one project
_LEAST = 8  # characters of a name that stands for a project without its owner
_MOST_OWNED = 20_000  # sheets of one owner looked at
_MOST_FOUND = 10_000

Wanted = Collection[str]


def between(
    ledger: Ledger, select: Wanted, ignore: Wanted, severities: Wanted
) -> tuple[list[Finding], list[Problem]]:
    """The findings between the documents of a run, worst first, and the rules that failed."""
    names = [n for n in rules.names(between=True) if (not select or n in select) and n not in ignore]
    if not names:
        return [], []
    problems: dict[str, Problem] = {}
    found = (f for f in _all(ledger, names, problems) if f.severity in severities)
    findings = {f.id + f.message: f for f in islice(found, _MOST_FOUND)}
    return sorted(findings.values(), key=lambda f: SEVERITIES.index(f.severity)), list(problems.values())


def _all(ledger: Ledger, names: list[str], problems: dict[str, Problem]) -> Iterator[Finding]:
    for documents in ledger.same_content():
        for name in names:
            check = getattr(rules.module(name), "same_content", None)
            if check is not None:
                yield from _applied(name, check, documents, problems)
    for sheets in projects(ledger):
        for name in names:
            yield from _applied(name, rules.module(name).check, sheets, problems)


def _applied(
    name: str, check: Callable[..., Iterable[Finding]], group: object, problems: dict[str, Problem]
) -> list[Finding]:
    try:
        return list(check(group))
    except (OSError, sqlite3.Error):
        raise
    except Exception as error:
        words = f"规则 {name} 运行出错（{type(error).__name__}: {error}），其余规则照常运行。"
        problems.setdefault(name, Problem("rule-failed", words))
        return []


def projects(ledger: Ledger) -> Iterator[list[Sheet]]:
    """The sheets of each project of which there is more than one."""
    for owned in ledger.owners():
        units: dict[str, set[str]] = defaultdict(set)
        files: dict[str, set[int]] = defaultdict(set)
        for unit, project, file in owned[:_MOST_OWNED]:
            units[project].add(unit)
            files[project].add(file)
        for group in _grouped(files, named=bool(owned[0][0])):
            if len({file for project in group for file in files[project]}) > 1:
                owners = sorted({unit for project in group for unit in units[project]})
                yield _sheets(ledger, owners, group)


def _grouped(files: dict[str, set[int]], named: bool) -> list[list[str]]:
    if not named:
        return [[project] for project in files if len(project) >= _LEAST]
    if len(files) > _MOST_NAMES:
        return [[project] for project in files]
    return clusters([(project, frozenset(found)) for project, found in files.items()])


def _sheets(ledger: Ledger, owners: list[str], group: list[str]) -> list[Sheet]:
    found = [pair for unit in owners for pair in ledger.sheets_of(unit, group, _MOST_SHEETS)]
    found.sort(key=lambda pair: pair[0].place)
    return [sheet_from(record, row.path, row.sha256) for row, record in found[:_MOST_SHEETS]]
