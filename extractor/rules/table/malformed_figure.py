"""表格中的数字书写不规范，读不出唯一的值。

千分位逗号位置不对（2728,880）、两个小数点、数字中夹字母 O 或 l、重复的百分号；
以及整列都写百分号而个别数字没有写（提示）。
日期、编号、型号、电话、分数区间不是数字，不判断；只在该列多数是数字时判断。

错误示例::

    | 指标 | 受理量 | 办结量 |
    |---|---|---|
    | 咨询 | 12,880 | 12,640 |
    | 投诉 | 3128,450 | 3,120 |
    | 求助 | 5,306 | 5,288 |

正确示例::

    | 指标 | 受理量 | 办结量 |
    |---|---|---|
    | 咨询 | 12,880 | 12,640 |
    | 投诉 | 3,128,450 | 3120 |
    | 求助 | 5,306 | 5,288 |
"""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.claims import Reading
from extractor.document import Cell, Table
from extractor.findings import Finding, Severity, evidence
from extractor.quantity import normal, read
from extractor.rules.table._grid import titled
from extractor.rules.table._marks import figures as figures_of

_COMMAS = regex.compile(
    r"-?(?:\d{1,3}(?:,\d{3})++(?:,\d{1,2}|,\d{4,})|\d{4,}(?:,\d{3})++|\d{1,3}(?:,\d{3})*+,(?:\d{2}|\d{4,6})(?:,\d{3})*+)(?:\.\d+)?\D{0,4}"
)
_POINTS = regex.compile(r"-?\d{1,3}(?:,\d{3})*+\.\d{1,4}\.\d{1,4}[%‰]?|-?\d[\d,]*+\.\.\d+[%‰]?")
_LETTERS = regex.compile(r"-?(?=[\d.,OoIl]*[OoIl])(?=(?:[^\d]*\d){2})[\d.,OoIl]+[%‰]?")
_TWICE = regex.compile(r"-?[\d.,]+[%‰]\s*[%‰]")
_LIST = regex.compile(r"\d{1,2}(?:,\d{1,2})+")
_FORMS = (
    (_COMMAS, "千分位逗号的位置不对"),
    (_POINTS, "有两个小数点"),
    (_LETTERS, "夹有字母 O 或 l"),
    (_TWICE, "百分号重复"),
)
_LONGEST = 24
_FEWEST = 4
_MOST_PERCENT = 130


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each figure in a table that is not written as a figure."""
    for table in reading.document.tables:
        for column in _columns(table):
            figures = [c for c in column if (c.row, c.col) in figures_of(table)]
            yield from _malformed(table, column, figures)
            yield from _without_percent(table, column, figures)


def _columns(table: Table) -> Iterator[list[Cell]]:
    """The filled cells of each column."""
    found: dict[int, list[Cell]] = {}
    for cell in table.cells:
        if cell.text and len(cell.text) <= _LONGEST:
            found.setdefault(cell.col, []).append(cell)
    yield from found.values()


def _malformed(table: Table, column: list[Cell], figures: list[Cell]) -> Iterator[Finding]:
    for cell in column:
        plain = normal(cell.text.flat).replace(" ", "")
        what = next((w for form, w in _FORMS if form.fullmatch(plain)), "")
        if not what or _LIST.fullmatch(plain):
            continue
        others = sum(1 for c in figures if c is not cell) + _beside(table, cell)
        if others >= 2 or (form_is_sure(plain) and others):
            yield _finding(
                table,
                cell,
                f"书写不规范，{what}{_meant(plain)}",
                "warning",
                "该数的值不能确定，影响引用它的计算",
            )


def form_is_sure(plain: str) -> bool:
    """Whether groups of three digits leave no doubt that a figure was meant: 2728,880."""
    return bool(regex.fullmatch(r"-?\d{4,}(?:,\d{3})+(?:\.\d+)?", plain))


def _beside(table: Table, cell: Cell) -> int:
    """How many other figures stand in the cell's row."""
    return sum(1 for c in table.row(cell.row) if c is not cell and (c.row, c.col) in figures_of(table))


def _meant(plain: str) -> str:
    found = read(plain.replace(",", "")) if form_is_sure(plain) else None
    return f"，疑为 {format(found.value, ',f')}" if found else ""


def _without_percent(table: Table, column: list[Cell], figures: list[Cell]) -> Iterator[Finding]:
    """Bare figures in a column where all others (at least four, four in five) are per cents, and the
    head says no unit."""
    quantities = [(c, q) for c in figures if (q := figures_of(table)[c.row, c.col].quantity) is not None]
    with_sign = [c for c, q in quantities if q.dimension == "ratio"]
    bare = [c for c, q in quantities if not q.unit and 0 < q.value <= _MOST_PERCENT]
    if (
        len(with_sign) < _FEWEST
        or len(bare) * 5 > len(quantities)
        or len(with_sign) + len(bare) < len(quantities)
    ):
        return
    for cell in bare:
        yield _finding(
            table,
            cell,
            f"没有写百分号，同列其余 {len(with_sign)} 个数都写了百分号",
            "info",
            "口径相同，仅书写不一致",
        )


def _finding(table: Table, cell: Cell, what: str, severity: Severity, impact: str) -> Finding:
    title = titled(table)
    row = " | ".join(c.text.flat[:40] for c in table.row(cell.row) if c.text)[:300]
    label = next(
        (c.text.flat for c in table.row(cell.row) if c.text and (c.row, c.col) not in figures_of(table)), ""
    )
    place = (
        f"“{label[:40]}”行" if label and label != cell.text.flat else f"第{cell.row + 1}行第{cell.col + 1}列"
    )
    return Finding(
        rule="malformed-figure",
        severity=severity,
        subject=f"{title}：{cell.text.flat}",
        message=f"{title}{place}的“{cell.text.flat}”{what}。",
        evidence=(evidence(cell.text, f"{title}：{label[:40]}", "stated", row),),
        expected="数字书写规范、单位齐全",
        actual=cell.text.flat,
        impact=impact,
        confidence=0.9 if severity == "warning" else 0.7,
    )
