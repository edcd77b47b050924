"""The labels of a source: what must be found, by the source and its directives, never from the tool."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

from making.source import Source, Table

Row = list[str | list[str] | None]

FIELDS = ("target", "actual", "weight", "score")
CODE = re.compile(r"[（(]?([A-Z]\d+(?:-\d+)*)[）)]?[.、\s]*")
NUMBERED = re.compile(r"指标\s*\d+\s*[:：.、]?\s*")
PLACEHOLDER = re.compile(r"(指标\s*\d*\s*[:：]?)?\s*[….]*|……")


def labels(source: Source) -> dict[str, Any]:
    """The labels of one document, as they are written to YAML."""
    forms: list[dict[str, Any]] = []
    indicators: list[Row] = []
    for kind, rows in all_forms(source):
        forms.append({"kind": kind, "rows": len(rows)})
        indicators += rows
    about = {key: source.about.get(key) for key in ("kind", "year", "project")}
    findings = source.about.get("findings", [])
    check_tokens(source, findings)
    return {**about, "forms": forms, "indicators": indicators, "findings": findings}


def all_forms(source: Source) -> Iterator[tuple[str, list[Row]]]:
    """Kind and indicator rows of each form that the directives announce."""
    for block in source.blocks:
        if isinstance(block, Table):
            for kind, says in block.forms:
                yield kind, list(rows_of(block, says)) if "head" in says else [row_of(block, says)]


def row_of(table: Table, says: dict[str, str]) -> Row:
    """The one indicator of a worksheet: ``weight=指标权重`` names the row that begins with its weight."""
    said = {row[0]: row[1] for row in table.rows()}
    code, name = split(said[says["name"]])
    figures = {field: re.match(r"[\d.]+", said[says[field]]) for field in FIELDS if field in says}
    return [code, name, *(found[0] if (found := figures.get(f)) else None for f in FIELDS)]


def rows_of(table: Table, says: dict[str, str]) -> Iterator[Row]:
    """The rows below the head that the directive names: ``name=三级指标`` gives a field's column by its head.

    A field whose cell is merged with the row above is None: it is not stated again.
    """
    rows = table.rows()
    heads = [i for i, row in enumerate(rows) if says["head"] in row]
    start = heads[int(says.get("nth", "1")) - 1]
    where = {key: rows[start].index(says[key]) for key in ("name", "op", "unit", *FIELDS) if key in says}
    for row in rows[start + 1 :]:
        if any(re.match(says.get("until", r"总\s*分|合\s*计"), cell) for cell in row):
            break
        name = row[where["name"]]
        if name == "^" or PLACEHOLDER.fullmatch(name) or re.match(says.get("skip", "小计"), name):
            continue
        code, name = split(name)
        cells = [row[where[f]] if f in where else None for f in FIELDS]
        target, *others = (None if c == "^" else c for c in cells)
        yield [code, name, whole(target, row, where), *others]


def whole(target: str | None, row: list[str], where: dict[str, int]) -> str | list[str] | None:
    """The target as its cell has it or, where sign and unit have columns of their own, also put together."""
    if target is None or "op" not in where or not re.match(r"[\d.]", target):
        return target
    return [target, row[where["op"]] + target + row[where["unit"]]]


def split(name: str) -> tuple[str, str]:
    """Code and bare name: （B1-1）预算执行率 or 指标1：预算执行率."""
    name = NUMBERED.sub("", name, count=1)
    found = CODE.match(name)
    return (found[1], name[found.end() :]) if found else ("", name)


def check_tokens(source: Source, findings: list[dict[str, Any]]) -> None:
    """A planted figure that is not printed would make a label that nothing can meet."""
    for finding in findings:
        computed = set(map(str, finding.get("computed", [])))
        for token in finding["tokens"]:
            if str(token) not in computed and str(token) not in source.text:
                raise ValueError(f"{source.name}: {token!r} of {finding['rule']} is not in the text")
