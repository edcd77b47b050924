"""Defects of rows: one removed above a total, a score above its weight, blanks, a full score not earned."""

from __future__ import annotations

import re
from collections.abc import Iterator
from decimal import Decimal

from making.labels import split

from seeding.figures import printed
from seeding.forms import figure
from seeding.kinds import kind
from seeding.plot import Plot, Seed
from seeding.sheet import HAN, Entry, Spot, Table
from seeding.ties import Conflict, Formula

AT_LEAST = re.compile(r"≥|≧|>=|不低于|不少于|不小于|以上|达到|＞|>")
AT_MOST = re.compile(r"≤|≦|<=|不高于|不超过|不大于|以内|控制在|＜|<")


@kind("row-removed", "合计表少一行")
def row_removed(plot: Plot) -> Iterator[Seed]:
    for table in plot.drawn(plot.sheet.tables):
        for row in plot.drawn(range(1, len(table.lines))):
            if seed := _removed(plot, table, row):
                yield seed


def _removed(plot: Plot, table: Table, row: int) -> Seed | None:
    """A row whose cells are its own and that is a part of a sum with at least three parts."""
    cells = table.row(row)
    mine = [c for c in cells if c.row == row]
    if any(c.rows > 1 for c in mine):
        return None
    spots = [s for c in dict.fromkeys(mine) for s in plot.sheet.at(c)]
    pairs, family = _lacking(plot, spots)
    if not pairs:
        return None
    start, end = table.lines[row]
    names = tuple(split(c.text)[1] for c in dict.fromkeys(mine) if HAN.search(c.text) and len(c.text) <= 20)
    old = "｜".join(s.text for s in spots)
    return Seed("row-removed", start, end, "", "", old, (), (*names, "合计", "总分", "小计"), pairs, family)


def _lacking(
    plot: Plot, spots: list[Spot], least: int = 4
) -> tuple[tuple[tuple[str, str], ...], tuple[str, ...]]:
    """Each total that the row's figures are parts of, with the sum of what is left; of ``least`` operands."""
    pairs, families = [], []
    for spot in spots:
        for tie in plot.ties[spot.start]:
            if (
                not isinstance(tie, Formula)
                or not tie.adds
                or len(tie.operands) < least
                or tie.places[-1] is None
            ):
                continue
            parts = tie.spots[:-1]
            total = tie.places[-1]
            if spot not in parts or total in spots or not tie.breaks(spot, "0"):
                continue
            left = sum((s.value for s in parts if s not in spots), Decimal(0))
            pairs.append((total.text, printed(left, total.text)))
            families.append(tie.family[0])
    return tuple(dict.fromkeys(pairs)), tuple(dict.fromkeys(families))


@kind("score-above-weight", "得分高于分值")
def score_above_weight(plot: Plot) -> Iterator[Seed]:
    for entry in plot.entries():
        weight, score = (figure(plot.sheet, entry.cells.get(f)) for f in ("weight", "score"))
        if weight is None or score is None or entry.kind == "worksheet":
            continue
        new = str(weight.value + plot.rng.choice([Decimal("0.5"), Decimal(1), Decimal(2)]))
        against, subjects = (weight.text,), (entry.name,)
        family, traces = ("score-above-weight",), _traces(plot.conflict(score, new))
        yield Seed(
            "score-above-weight",
            score.start,
            score.end,
            new,
            new,
            score.text,
            against,
            subjects,
            (),
            family,
            traces,
        )


def _traces(found: tuple[Conflict, tuple[str, ...]] | None) -> tuple[tuple[str, ...], ...]:
    """The totals that a wrong figure breaks too, each with the sum of its parts."""
    return found[0].pairs if found else ()


@kind("blank", "漏填分值和得分")
def blank(plot: Plot) -> Iterator[Seed]:
    for entry in plot.entries():
        cells = [entry.cells.get(f) for f in ("weight", "score")]
        weight, score = cells
        if weight is None or score is None or weight.rows + score.rows > 2 or entry.kind == "worksheet":
            continue
        first, last = sorted((weight, score), key=lambda c: c.start)
        between = plot.text[first.end : last.start]
        old = weight.text + "｜" + score.text
        pairs, _ = _lacking(plot, [*plot.sheet.at(weight), *plot.sheet.at(score)], least=3)
        family = ("missing-weight-or-score",)
        yield Seed("blank", first.start, last.end, between, "", old, (), (entry.name,), (), family, pairs)


@kind("full-score-missed", "未达标得满分")
def full_score_missed(plot: Plot) -> Iterator[Seed]:
    for entry in plot.entries():
        target, actual = (figure(plot.sheet, entry.cells.get(f)) for f in ("target", "actual"))
        weight, score = (_anywhere(plot, entry, f) for f in ("weight", "score"))
        if target is None or actual is None or weight is None or score is None or weight.value != score.value:
            continue
        new = _missed(plot, entry, target, actual)
        if new is None:
            continue
        found = plot.conflict(actual, new)
        family = ("full-score-missed-target", *(found[1] if found else ()))
        against = (target.text, *(found[0].against if found else ()))
        yield Seed(
            "full-score-missed",
            actual.start,
            actual.end,
            new,
            new,
            actual.text,
            against,
            (entry.name,),
            (),
            family,
            _traces(found),
        )


def _anywhere(plot: Plot, entry: Entry, field: str) -> Spot | None:
    """A field of an indicator row or, in a report, of another row of the same indicator."""
    report = plot.sheet.source.about["kind"] == "evaluation_report"
    rows = [entry, *(e for e in plot.sheet.entries if report and e.key == entry.key)]
    return next((s for e in rows if (s := figure(plot.sheet, e.cells.get(field)))), None)


def _missed(plot: Plot, entry: Entry, target: Spot, actual: Spot) -> str | None:
    """An actual value that misses the target by 2 to 9 of 100, with as many digits as the true one."""
    sign = entry.cells["op"].text if "op" in entry.cells else entry.cells["target"].text
    if (
        len(plot.sheet.at(entry.cells["target"])) > 1
        or actual.unit in ("日", "月")
        or target.unit != actual.unit
    ):
        return None
    percent = Decimal(plot.rng.randint(2, 9)) / 100
    if AT_MOST.search(sign):
        factor = 1 + percent
    elif AT_LEAST.search(sign) or "%" in sign or "=" in sign:
        factor = 1 - percent
    else:
        return None
    new = printed(target.value * factor, actual.text)
    short = Decimal(new.replace(",", "")) - target.value
    return new if short and (short > 0) == (factor > 1) else None
