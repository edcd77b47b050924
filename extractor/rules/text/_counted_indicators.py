"""Stated numbers of indicators beside the tables that list them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Table, Text
from extractor.facts import Form, Indicator
from extractor.resolve.register import plain_code

_N = r"(?P<n>\d{1,3})"
_INDICATORS = regex.compile(r"指标共(?:有|计)?\s*(?P<n>\d{1,2})\s*[项个](?![一二三四]级)")
_SHOWN = regex.compile(r"见表|如表|下表|如下")
_LEVELS = regex.compile(rf"{_N}\s*[个项]\s*(?P<level>[一二三四])级指标")
_RANK = {"一": 1, "二": 2, "三": 3, "四": 4}
_WHOLE = regex.compile(r"指标体系|评价指标|共设|设[置立]|共有|共计|包[括含]|细化|分为|由")
_KINDS = ("score_table", "indicator_system")
_NEAR = 4
_SPREAD = 3
_FULL = Decimal(100)


@dataclass(frozen=True, slots=True)
class OtherCount:
    """A number of indicators (``what``: 三级指标) that is not that of the table's rows."""

    text: Text
    stated: Text
    what: str
    number: str
    rows: int
    form: Form
    follows: bool


def miscounted_indicators(reading: Reading) -> Iterator[OtherCount]:
    """Counts of indicators against the table that follows, else against the table of all indicators."""
    tables = {t: form for form in reading.forms if form.kind == "score_table" for t in form.tables}
    systems = [(f, system) for f in reading.forms if (system := _system(reading, f))]
    section = ""
    for number, block in enumerate(reading.document.blocks):
        if not isinstance(block, Paragraph):
            section = "" if isinstance(block, Table) else block.text.string
            continue
        if "指标" not in block.text.string:
            continue
        after = [
            b.number for b in reading.document.blocks[number + 1 : number + 1 + _NEAR] if isinstance(b, Table)
        ]
        form = tables.get(after[0]) if after else None
        if form is not None:
            yield from _compared(block.text, form)
            yield from _rows_compared(block.text, form)
        if form is None or not _counts(form.indicators):
            yield from _of_system(block.text, section, systems)


def _compared(text: Text, form: Form) -> Iterator[OtherCount]:
    counts = _counts(form.indicators)
    for match in _LEVELS.finditer(text.string):
        rank = _RANK[match["level"]]
        if rank in counts and counts[rank] != int(match["n"]):
            yield OtherCount(
                text, text.cut(*match.span()), f"{match['level']}级指标", match["n"], counts[rank], form, True
            )


def _rows_compared(text: Text, form: Form) -> Iterator[OtherCount]:
    """指标共 5 项 … 得分情况见表 4-1 against the rows of that table, which has nothing but these."""
    found = list(_INDICATORS.finditer(text.string))
    if len(found) != 1 or not _SHOWN.search(text.string) or len(form.tables) != 1:
        return
    rows = len(form.indicators)
    if rows >= 2 and 0 < abs(int(found[0]["n"]) - rows) <= _SPREAD and not form.placeholders:
        yield OtherCount(text, text.cut(*found[0].span()), "指标", found[0]["n"], rows, form, True)


def _counts(rows: tuple[Indicator, ...]) -> dict[int, int]:
    """How many indicators of each level a table has, by their codes (A1 second, A11 third, A111 fourth
    level)."""
    codes = [plain_code(row.code) for row in rows]
    if (
        not rows
        or not all(regex.fullmatch(r"[A-Z]\d{2,3}", c) for c in codes)
        or len({c[0] for c in codes}) != 1
    ):
        return {}
    found = {2: len({c[:2] for c in codes}), 3: len({c[:3] for c in codes})}
    fourth = {c for c in codes if len(c) == 4}
    return found | ({4: len(fourth)} if fourth else {})


def _system(reading: Reading, form: Form) -> dict[int, int]:
    """How many indicators of each level the table of all indicators has; none if it is not that of all."""
    weights = [r.weight.quantity.value for r in form.indicators if r.weight and r.weight.quantity]
    if (
        form.kind not in _KINDS
        or sum(weights) != _FULL
        or len(weights) != len(form.indicators)
        or form.placeholders
    ):
        return {}
    heads = "".join(
        c.text.flat for t in reading.document.tables if t.number in form.tables for c in t.cells if c.row < 3
    )
    leaf = max((r for word, r in _RANK.items() if f"{word}级指标" in heads), default=0)
    depth = {len(r.levels) for r in form.indicators}
    if not leaf:
        return {}
    counts = {leaf: len(form.indicators)}
    if "一级指标" in heads and 0 not in depth:
        counts[1] = len({r.levels[0].name for r in form.indicators})
    if depth == {leaf - 1}:
        for rank in range(1, leaf):
            counts[rank] = len({tuple(level.name for level in r.levels[:rank]) for r in form.indicators})
    return counts


def _of_system(text: Text, section: str, systems: list[tuple[Form, dict[int, int]]]) -> Iterator[OtherCount]:
    """The whole system's counts, as a sentence states them that names no part of it."""
    for match in _LEVELS.finditer(text.string):
        rank, start = _RANK[match["level"]], text.string.rfind("。", 0, match.start()) + 1
        before = text.string[start : match.start()]
        fits = [(f, c[rank]) for f, c in systems if rank in c]
        if not fits or not _WHOLE.search(before) or any(_of_part(before, section, f) for f, _ in fits):
            continue
        if all(0 < abs(int(match["n"]) - rows) <= _SPREAD for _, rows in fits):
            form, rows = fits[0]
            what = f"{match['level']}级指标"
            yield OtherCount(text, text.cut(*match.span()), what, match["n"], rows, form, False)


def _of_part(before: str, section: str, form: Form) -> bool:
    """Whether a sentence or its heading speaks of some of the first levels only: 产出指标共设…"""
    names = {
        r.levels[0].name.removeprefix("项目").removesuffix("指标")[:4] for r in form.indicators if r.levels
    }
    here = {n for n in names if n and n in before}
    under = {n for n in names if n and n in section}
    return 0 < len(here) < len(names) or (not here and 0 < len(under) < len(names))
