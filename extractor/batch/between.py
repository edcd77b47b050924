"""The rules between documents, run from the ledger: one project's sheets at a time, whatever the batch's
size.

A project is known by its owner and its name without years; names that were changed a little are matched,
unless one document names both. Without an owner only equal names are one project.
"""

from __future__ import annotations

import json
import os
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from itertools import islice

from extractor import rules
from extractor.batch.ledger import Ledger
from extractor.document import Problem
from extractor.findings import SEVERITIES, Finding
from extractor.rules.batch._names import clusters, same_unit
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
    for documents in _same_content(ledger):
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


def _same_content(ledger: Ledger) -> Iterator[list[str]]:
    """The paths of each group of files that hold the same bytes, in order."""
    sql = (
        "SELECT sha256 FROM files WHERE run = ? AND sha256 != '' "
        "GROUP BY sha256 HAVING count(*) > 1 ORDER BY min(place)"
    )
    for (sha256,) in ledger.query(sql, ledger.run):
        paths = "SELECT path FROM files WHERE run = ? AND sha256 = ? ORDER BY place"
        yield [os.fsdecode(row[0]) for row in ledger.query(paths, ledger.run, sha256)]


def _owners(ledger: Ledger) -> Iterator[list[tuple[str, str, int]]]:
    """Owner, project and file of every sheet of a file that was read itself, owners alike together.

    Owners whose names begin the same come together; of sheets without an owner, those of one project.
    """
    sql = (
        "SELECT unit, project, file FROM sheets JOIN files ON files.id = file "
        "WHERE files.run = ? AND same_as IS NULL AND project != '' ORDER BY unit, project, place"
    )
    group: list[tuple[str, str, int]] = []
    for row in ledger.query(sql, ledger.run):
        if group and not (same_unit(group[0][0], row[0]) if row[0] else group[0][:2] == row[:2]):
            yield group
            group = []
        group.append(row)
    if group:
        yield group


def projects(ledger: Ledger) -> Iterator[list[Sheet]]:
    """The sheets of each project of which there is more than one."""
    for owned in _owners(ledger):
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
    marks = ", ".join("?" * len(group))
    sql = (
        "SELECT path, sha256, record FROM sheets JOIN files ON files.id = file WHERE files.run = ? "
        f"AND same_as IS NULL AND unit = ? AND project IN ({marks}) ORDER BY place, number LIMIT ?"
    )
    found = [row for unit in owners for row in ledger.query(sql, ledger.run, unit, *group, _MOST_SHEETS)]
    sheets = [sheet_from(json.loads(record), os.fsdecode(path), sha256) for path, sha256, record in found]
    return sorted(sheets, key=lambda sheet: sheet.document)[:_MOST_SHEETS]
