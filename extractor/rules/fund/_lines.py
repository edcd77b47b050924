"""Lines of the funds area: their amounts, what stands as the base of the rate, and a total's parts."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Table
from extractor.facts import BudgetLine, Figure, Form
from extractor.quantity import Interval, Quantity, normal
from extractor.rules.table._numbering import depth

COLUMNS = {"initial": "年初预算数", "full_year": "全年预算数", "executed": "全年执行数"}
_FORMULA = regex.compile(r"([A-Z])\s*[/÷]\s*([A-Z])")
_BRACKETS = regex.compile(r"[（(].*?[)）]|\s")
_LETTER = regex.compile(r"\(([A-Z])\)")
_NESTED = regex.compile(r"中央|省级?(?!财政专户)|市级|县级|区级|地方|本级|基本建设|专项债")
_DIVIDES = regex.compile(r"[一-鿿]{2,8}\s*[:：]\s*[（(]?\s*[1１一①]\s*[)）、.．]?(?!\d)")
_BALANCE = regex.compile(r"结余|节余|剩余|结转下年|差额")
_CHANGE = regex.compile(r"(?:预算)?调整(?:数|额|金额)?")
_WORDS = regex.compile(r"[^\W\d_]")
_HUNDRED = Decimal(100)
_UNITLESS = ("", "元", "万元", "千元", "百元", "亿元", "百万元")


def amount(figure: Figure | None) -> Quantity | None:
    """A cell as an amount of money; None if it is blank or something else."""
    q = figure.quantity if figure is not None else None
    if q is None or q.op not in ("", "=") or q.upper is not None or q.malformed or q.unit not in _UNITLESS:
        return None
    return q


def rate(figure: Figure | None) -> Quantity | None:
    """A cell as a rate in per cent (9.7 of 97‰); None if it is blank or something else."""
    q = figure.quantity if figure is not None else None
    if q is None or q.op not in ("", "=") or q.upper is not None or q.unit not in ("%", "％", "‰", ""):
        return None
    return replace(q, value=q.value.scaleb(-1)) if q.unit == "‰" else q


def base_name(reading: Reading, line: BudgetLine) -> str:
    """The column that the rate is taken of: by the formula in its head (B/A), else the adjusted budget."""
    plain = "full_year" if amount(line.full_year) is not None else "initial"
    formula = _FORMULA.search(normal(head(reading, line.rate)))
    if formula is None:
        return plain
    for name in ("initial", "full_year"):
        letter = _LETTER.search(normal(head(reading, getattr(line, name))))
        if letter and letter[1] == formula[2] and amount(getattr(line, name)) is not None:
            return name
    return plain


def head(reading: Reading, figure: Figure | None) -> str:
    """The nearest words without digits above a figure in its column."""
    if figure is None or figure.text.home.table is None or figure.text.home.row is None:
        return ""
    home = figure.text.home
    table: Table | None = next((t for t in reading.document.tables if t.number == home.table), None)
    for row in range(home.row - 1, -1, -1) if table is not None and home.row is not None else ():
        cell = table.at(row, home.col or 0) if table is not None else None
        if (
            cell is not None
            and _WORDS.search(cell.text.flat)
            and not any(c.isdigit() for c in cell.text.flat)
        ):
            return cell.text.flat
    return ""


def printed(reading: Reading, line: BudgetLine, name: str) -> str:
    """A column's name as its head prints it, without brackets; else the usual one."""
    found = _BRACKETS.sub("", head(reading, getattr(line, name))).strip()
    return found if 2 <= len(found) <= 12 else COLUMNS[name]


def is_change(reading: Reading, base: Figure | None, executed: Figure | None) -> bool:
    """Whether a base headed 调整数 is by how much a budget was changed, not the budget as it was then."""
    of, spent = amount(base), amount(executed)
    if of is None or spent is None or not _CHANGE.fullmatch(_BRACKETS.sub("", head(reading, base))):
        return False
    return of.value * 2 < spent.value


def share(part: Quantity, whole: Quantity) -> Interval | None:
    """Part over whole in per cent; None where the whole may be nothing."""
    one, other = part.base(), whole.base()
    if other.low <= 0:
        return None
    return (one / other).scaled(_HUNDRED)


def label(line: BudgetLine) -> str:
    """How messages name a line."""
    return line.label.flat.rstrip("：:")


def _same_column(one: Figure | None, other: Figure | None) -> bool:
    """Whether two figures may be summed: amounts that stand under each other, as far as their columns are known."""
    columns = {f.text.home.col for f in (one, other) if f is not None and f.text.home.col is not None}
    return len(columns) < 2


@dataclass(frozen=True, slots=True)
class Parted:
    """A total line and the lines that make it up."""

    form: Form
    total: BudgetLine
    parts: tuple[BudgetLine, ...]

    def stated(self, name: str) -> tuple[Quantity, tuple[tuple[BudgetLine, Quantity], ...]] | None:
        """The total and all parts of a column; None if one is blank (a part without any money is nothing)."""
        whole = amount(getattr(self.total, name))
        found = []
        for part in self.parts:
            if _BALANCE.search(label(part)):
                continue
            if not _same_column(getattr(self.total, name), getattr(part, name)):
                return None
            q = amount(getattr(part, name))
            if q is not None:
                found.append((part, q))
            elif not _nothing(part):
                return None
        return (whole, tuple(found)) if whole is not None and found else None

    def gap(self, name: str) -> Interval | None:
        """Total less parts in the total's unit; None if rounding explains it or it is not stated."""
        stated = self.stated(name)
        if stated is None:
            return None
        whole, parts = stated
        if any(q.unit != whole.unit for _, q in parts):
            return None
        total = summed([q for _, q in parts])
        rest = whole.interval() - total
        twice = (whole.interval() + whole.interval()).meets(total)  # two breakdowns of the same total
        return None if rest.low <= 0 <= rest.high or (twice and len(parts) > 2) else rest

    def adds_up(self, name: str) -> bool:
        """Whether a column is stated in full, is not all nothing, and agrees."""
        stated = self.stated(name)
        return stated is not None and self.gap(name) is None and stated[0].value != 0


def summed(parts: Sequence[Quantity]) -> Interval:
    """The sum of amounts in their unit."""
    total = Interval.point(0)
    for q in parts:
        total = total + q.interval()
    return total


def _nothing(line: BudgetLine) -> bool:
    """Whether a line states no money at all: all its cells are blank or 0."""
    return all(
        (f := getattr(line, n)) is None or f.blank or (f.quantity is not None and not f.quantity.value)
        for n in COLUMNS
    )


def parted(form: Form) -> Iterator[Parted]:
    """Every total line with its parts, which stand below it or, where it ends the area, above it; a part of a part
    (其中：中央资金) is left out where its whole is."""
    lines = form.budget
    for n, line in enumerate(lines):
        if line.part:
            continue
        parts: list[BudgetLine] = []
        for later in lines[n + 1 :]:
            if not later.part or later.place.table != line.place.table:
                break
            parts.append(later)
        above = _above(lines[: n + 1]) if not parts else []
        for division in _divisions(parts or above):
            group = Parted(form, line, tuple(outer(division)))
            # lines above may be parts of each other: a column that adds up shows that they are not
            if parts or any(group.adds_up(name) for name in COLUMNS):
                yield group


def _divisions(parts: Sequence[BudgetLine]) -> list[Sequence[BudgetLine]]:
    """The parts by what they divide a total by, each of which makes the whole of it: 资金来源：（1）… and 资金结构：
    （1）…."""
    starts = [n for n, part in enumerate(parts) if _DIVIDES.search(part.label.flat)]
    if len(starts) < 2 or starts[0]:
        return [parts]
    return [parts[a:b] for a, b in zip(starts, [*starts[1:], len(parts)], strict=True)]


def _above(lines: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The parts right above a total that ends its lines."""
    *before, total = lines
    parts: list[BudgetLine] = []
    for line in reversed(before):
        if not line.part or line.place.table != total.place.table:
            break
        parts.insert(0, line)
    return parts if len(parts) > 1 else []


def _depth(part: BudgetLine) -> int:
    """How deep a part is numbered, behind what it divides."""
    label = part.label.flat
    return depth(regex.split(r"[:：]", label)[-1].strip() if _DIVIDES.search(label) else label)


def outer(parts: Sequence[BudgetLine]) -> list[BudgetLine]:
    """The parts that are not parts of others; none where it is not said of which they are."""
    if any(p.label.flat.startswith("其中") for p in parts[1:] if not _NESTED.search(p.label.flat)):
        return []  # parts of parts, and of which is not said
    depths = {_depth(p) for p in parts}
    if len(depths) > 1 and 0 not in depths:  # （一） below 三、 is a part of that part
        return [p for p in parts if _depth(p) == min(depths)]
    outer = [p for p in parts if not _NESTED.search(p.label.flat)]
    return outer if outer and any(p.item == "当年财政拨款" for p in outer) else list(parts)
