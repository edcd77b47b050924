"""What rules on forms share: plain numbers of a column, leaf rows, merged cells, names."""

from __future__ import annotations

from collections.abc import Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Figure, Form, Indicator
from extractor.quantity import Quantity

KINDS = {
    "self_evaluation": "自评表",
    "target_declaration": "绩效目标表",
    "score_table": "得分表",
    "indicator_system": "指标体系表",
    "worksheet": "工作底稿",
    "basic_data": "基础表",
}
WHOLE = ("self_evaluation", "target_declaration")
_POINT_UNITS = ("", "分", "%", "％")
_SEGMENTS = regex.compile(r"[A-Z]|\d+")
_RANKS = tuple(
    regex.compile(p)
    for p in (
        r"\s*[一二三四五六七八九十]+\s*[、.．]",
        r"\s*[（(]\s*[一二三四五六七八九十]+\s*[)）]",
        r"\s*\d{1,2}\s*[、.．](?!\d)",
        r"\s*[（(]\s*\d{1,2}\s*[)）]",
        r"\s*[①-⑳]",
    )
)
_LONGEST_TITLE = 40


def points(figure: Figure | None) -> Quantity | None:
    """The figure as points of a score (10, 9.5分, 10%); None if it is blank, a range or something else."""
    q = figure.quantity if figure is not None else None
    if q is None or q.op not in ("", "=") or q.upper is not None or q.malformed:
        return None
    return q if q.unit in _POINT_UNITS else None


def empty(figure: Figure | None) -> bool:
    """Whether a cell is there and nothing is printed in it (a dash or stroke is something)."""
    return figure is not None and figure.string == ""


def number(value: Decimal) -> str:
    """A decimal without an exponent and without zeros that say nothing: 100, 9.61."""
    plain = format(value, "f")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain


def rounded(value: Decimal, digits: int) -> Decimal:
    """A computed number to a number of decimals, halves up, as spreadsheets do."""
    return value.quantize(Decimal(1).scaleb(-digits), ROUND_HALF_UP)


def leaves(form: Form) -> tuple[Indicator, ...]:
    """The rows that are scored themselves: not those whose children are listed as rows too."""
    above = set(parents(form))
    return tuple(row for n, row in enumerate(form.indicators) if n not in above)


def parents(form: Form) -> tuple[int, ...]:
    """The numbers of the rows whose children are rows too."""
    rows = form.indicators
    levels = {id(level.text) for row in rows for level in row.levels}
    return tuple(n for n, row in enumerate(rows) if id(row.label) in levels or _leads(rows, n))


def children(rows: Sequence[Indicator], n: int) -> tuple[Indicator, ...]:
    """The rows that belong to row ``n``: by their levels, by codes (A1, A11) or by numbering (一、 1.)."""
    row = rows[n]
    below = [r for r in rows if any(level.text is row.label for level in r.levels)]
    if below:
        return tuple(below)
    found: list[Indicator] = []
    for later in rows[n + 1 :]:
        if not (extends(later.code, row.code) or _deeper(later, row)):
            break
        found.append(later)
    return tuple(found)


def _leads(rows: Sequence[Indicator], n: int) -> bool:
    if n + 1 >= len(rows):
        return False
    return extends(rows[n + 1].code, rows[n].code) or _deeper(rows[n + 1], rows[n])


def extends(code: str, above: str) -> bool:
    """Whether a code stands under another: A11 and A1-2 under A1, A1 under A.

    C10 seems to stand under C1 too, but then it does not follow it directly.
    """
    if not above or len(code) <= len(above):
        return False
    one, other = (_SEGMENTS.findall(c) for c in (above, code))
    return other[: len(one)] == one or (len(one) == len(other) == 2 and code.startswith(above))


def _deeper(row: Indicator, above: Indicator) -> bool:
    """Whether a row's numbering is a deeper one than that of a row above it in the same column."""
    mine, upper = rank(row.label), rank(above.label)
    return bool(mine and upper and mine > upper and row.label.home.col == above.label.home.col)


def rank(label: Text) -> int:
    """How deep a label's numbering is: 一、 1, （一） 2, 1. 3, (1) 4, ① 5; 0 without numbering."""
    return _rank(label.string)


@lru_cache(maxsize=1 << 14)
def _rank(label: str) -> int:
    return next((n for n, mark in enumerate(_RANKS, 1) if mark.match(label)), 0)


def merged(rows: Sequence[Indicator], n: int, field: str) -> bool:
    """Whether the cell of row ``n`` goes on over the row below it (which then has no cell of its own)."""
    if n + 1 >= len(rows):
        return False
    below, row = rows[n + 1], rows[n]
    return below.get(field) is None and row.get(field) is not None and below.place.table == row.place.table


def title(reading: Reading, form: Form) -> str:
    """How messages name a form: by its project if the document has several, else by title or kind."""
    kind = KINDS.get(form.kind, "表格")
    projects = {f.project.flat for f in reading.forms if f.project is not None and f.project.flat}
    if form.project is not None and len(projects) > 1:
        return f"“{form.project.flat}”{kind}"
    name = form.title.flat if form.title is not None else ""
    if form.kind in WHOLE or not 0 < len(name) <= _LONGEST_TITLE or "单位：" in name or "单位:" in name:
        return kind
    return f"《{name}》"


def subject(reading: Reading, form: Form, name: str) -> str:
    """What a finding is about: the name, preceded by the project's if the document has several."""
    projects = {f.project.flat for f in reading.forms if f.project is not None and f.project.flat}
    if form.project is not None and len(projects) > 1:
        return f"{form.project.flat}：{name}"
    return name


def named(row: Indicator) -> str:
    """Code and name of a row."""
    return f"{row.code} {row.name}".strip()


def quote(row: Indicator) -> str:
    """A row as a reader sees it: label and its short fields."""
    said = [
        f.string
        for f in (row.target, row.actual, row.weight, row.score, row.rate)
        if f is not None and f.string
    ]
    return " ".join([row.label.flat, *said])


def remarks(row: Indicator) -> str:
    """Everything that a row says about how it is scored and why."""
    texts = (row.rule, row.note, row.deviation, row.explanation, row.source)
    return " ".join(f.string for f in texts if f is not None)
