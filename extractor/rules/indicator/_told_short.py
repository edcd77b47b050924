"""What a row says of how far it stayed from its target (低于目标1.5个百分点), though its figures reach it."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.rules.indicator._reached import Scored

_CLAUSE = regex.compile(r"[，,。；;：:\n]")
_N = r"\d[\d,]*(?:\.\d+)?"
_GAP = r"(?:年度|年初|计划|预期|绩效|设定)*(?:目标|指标)值?(?:要求)?的?(?:了|约|近)?\s*"
_BELOW = regex.compile(
    rf"^(?P<of>.*?)[略仍尚]?(?:低于|少于|[比较]){_GAP}(?:低|少|短|差)?(?:了)?(?P<n>{_N})(?P<unit>\D{{1,4}}?)$"
)
_ABOVE = regex.compile(rf"^(?P<of>.*?)[略仍尚]?(?:超[出过]|高于|多于){_GAP}(?P<n>{_N})(?P<unit>\D{{1,4}}?)$")
_MISSED = regex.compile(
    rf"^(?P<of>.*?)[仍尚还均]?(?:没有?能?|未能?)(?:达到?|完成)(?:年度|年初|计划|预期|绩效)*(?:目标值?)?的?(?P<n>{_N})(?P<unit>\D{{1,4}}?)(?:的?(?:目标|要求)值?)?$"
)
_OF_ALL = regex.compile(r"(?:全年|本年|实际|完成[值率数]|[该本]?指标|[由因]此|故|而|但|结果)*")
_POINTS = ("个百分点", "百分点")
_RATES = ("%", "％")


def told_short(row: Scored) -> str:
    """The clause of a row's reason or note by which its target was missed by a figure that cannot be so: the target
    is reached, and no rounding tells otherwise; "" if there is none."""
    for said in (row.row.deviation, row.row.note):
        for clause in _CLAUSE.split(said.string) if said is not None else ():
            if _misses(clause.strip(), row):
                return str(clause.strip())
    return ""


def _misses(clause: str, row: Scored) -> bool:
    below = row.target.op not in ("<=", "<")
    gap = (_BELOW if below else _ABOVE).match(clause)
    if gap is not None:
        return _own(gap["of"], row) and _fits(gap["unit"], row, _POINTS) and Decimal(_plain(gap["n"])) > 0
    missed = _MISSED.match(clause) if below else None
    if missed is None or not _own(missed["of"], row) or not _fits(missed["unit"], row, _RATES):
        return False
    wanted = Decimal(_plain(missed["n"]))
    return wanted > row.actual.value and wanted != row.target.value


def _own(subject: str, row: Scored) -> bool:
    """Whether a clause speaks of the whole indicator: not of a quarter, a place or another rate."""
    rest = _OF_ALL.sub("", subject)
    return not rest or (len(rest) > 1 and row.row.name.endswith(rest))


def _fits(unit: str, row: Scored, rates: tuple[str, ...]) -> bool:
    """Whether a figure is in the unit of target and actual value."""
    if row.target.unit != row.actual.unit:
        return False
    return unit in rates if row.target.unit in _RATES else unit == row.target.unit


def _plain(printed: str) -> str:
    return printed.replace(",", "")
