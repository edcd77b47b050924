"""The amounts of money that a document prints, in tables (with the unit that their table gives them) and in prose."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Paragraph, Text
from extractor.facts import Figure, Form
from extractor.quantity import Interval, Quantity, find, unit_of
from extractor.recognise.funds import MONEY
from extractor.rules._once import once
from extractor.rules.table._grid import Grid
from extractor.rules.table._reading import grids

_COUNTED = regex.compile(r"[人次件户个辆台套份条宗场只]|数|量|面积|天|年")
_YEAR = regex.compile(r"(?:19|20)\d\d年度?|\d{1,2}月份?")
_MONEY = regex.compile(
    r"预算|[决概结]算|支出|支付|付款|执行|拨|到位|资金|经费|金额|总?额$|投资|投入|收入|款|费用?|价款|财政|贴息|结余|结转|造价"
)
_NEVER = regex.compile(
    r"率|比|均|单价|价格|标准|幅|占|[每/]|面积|数量|天数|进度|指数|[人户件个次位家辆台套份条宗场村亩所校院站点期批项]数"
)
_GENERAL = regex.compile(
    r"(?:19|20)\d\d年度?|.{0,2}[合总共小]计.{0,2}|.{0,2}金额|(?:本年|全年|年初|实际|总)?(?:支出|预算)数?"
)
_BRACKETS = regex.compile(r"[（(][^）)]*[）)]|\s")
_LINK = regex.compile(r"(?:共计?|合计|总计|为|是|达到?|约)*\s*$")
_FOUR = regex.compile(r"[一-鿿]{4}")
_CLAUSE = regex.compile(r"[，。；：、,;:]")
_FEWEST_DIGITS = 4


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount: its figure with its unit, whether the table's unit line alone gives it (``lined``) or the head of its
    column (``headed``), and where it stands.

    ``label`` says where in Chinese, ``quote`` the sentence around it; ``table`` is None in prose. ``names`` are
    those of its row and column, in prose the words before it in its sentence."""

    figure: Figure
    quantity: Quantity
    label: str
    quote: str = ""
    table: int | None = None
    lined: bool = False
    headed: bool = False
    spot: tuple[int, int] = (0, 0)
    names: tuple[str, ...] = ()

    @property
    def base(self) -> Interval:
        """In 元, with half a unit of its last digit on both sides."""
        half = Decimal(5).scaleb(-self.quantity.precision - 1)
        value = self.quantity.value
        return Interval(value - half, value + half).scaled(self.quantity.scale)

    @property
    def digits(self) -> int:
        """How many digits it says, noughts at the end of a whole number left out."""
        value = self.quantity.value
        whole = value == value.to_integral_value()
        return len((value.normalize() if whole else value).as_tuple().digits)

    @property
    def telling(self) -> bool:
        """Whether it says so many digits that another amount has them by chance only once in thousands."""
        return self.digits >= _FEWEST_DIGITS

    @property
    def unit(self) -> str:
        return self.quantity.unit

    def called_like(self, other: Amount) -> bool:
        """Whether a name of a table's amount stands before one in prose, or both have one of three letters or more,
        in prose the same four letters before them."""
        if self.table is None and other.table is None:
            one, two = (_LINK.sub("", a.names[0])[-4:] for a in (self, other))
            return one == two and bool(_FOUR.fullmatch(one))
        if self.table is not None and other.table is not None:
            return self.names[:1] == other.names[:1] and _telling(self.names[0])
        table, prose = (self, other) if other.table is None else (other, self)
        before = prose.names[0]
        return any((_telling(name) and name in before) or _short_name(name, before) for name in table.names)


def _short_name(name: str, before: str) -> bool:
    """Whether a name of two letters stands just before the amount, nothing else in its clause."""
    clause = _CLAUSE.split(before)[-1].strip()
    return len(name) == 2 and clause == name and not _GENERAL.fullmatch(name)


def _telling(name: str) -> bool:
    return len(name) > 2 and not _GENERAL.fullmatch(name)


@once
def in_tables(reading: Reading) -> list[Amount]:
    """The amounts of the document's tables with the unit that it gives them, the funds of its forms among them."""
    found = [amount for grid in grids(reading) for amount in _of_grid(grid)]
    known = {(a.table, *a.spot) for a in found}
    return [
        *found,
        *(a for form in reading.forms for a in _of_funds(form) if (a.table, *a.spot) not in known),
    ]


def _of_funds(form: Form) -> Iterator[Amount]:
    """The amounts of a form's funds, in the unit of its heads or its unit line."""
    for line in form.budget:
        for name in MONEY:
            figure: Figure | None = getattr(line, name)
            q = figure.quantity if figure is not None else None
            if figure is None or q is None or q.dimension != "money" or q.value <= 0:
                continue
            home = figure.text.home
            lined = bool(form.unit) and q.unit == form.unit and not figure.string.endswith("元")
            spot = (home.row or 0, home.col or 0)
            label = f"{line.label.flat.rstrip('：:')}"
            yield Amount(figure, q, "资金表", "", home.table, lined, False, spot, (label,))


def _of_grid(grid: Grid) -> Iterator[Amount]:
    unit = grid.unit if unit_of(grid.unit).dimension == "money" else ""
    columns, rows = ({line.at: line for line in lines} for lines in (grid.columns, grid.rows))
    for (row, col), number in grid.numbers.items():
        quantity, beside = number.quantity, (rows.get(row), columns.get(col))
        lined = (
            not quantity.unit and bool(unit) and _is_money(*(line.name if line else "" for line in beside))
        )
        if lined:
            quantity = replace(quantity, unit=unit)
        if quantity.dimension == "money" and quantity.value > 0:
            names = tuple(_BRACKETS.sub("", line.name) for line in beside if line is not None)
            headed = not lined and not number.text.rstrip().endswith("元")
            home = grid.table.number
            yield Amount(number.figure, quantity, grid.title, "", home, lined, headed, (row, col), names)


def _is_money(row: str, column: str) -> bool:
    """Whether a figure under such names has the unit line's unit: neither counts, rates nor prices."""
    row, column = _YEAR.sub("", row), _YEAR.sub("", column)
    if _NEVER.search(row) or _NEVER.search(column):
        return False
    if _MONEY.search(column):
        return True
    return not _COUNTED.search(column) and (bool(_MONEY.search(row)) or not _COUNTED.search(row))


@once
def in_prose(reading: Reading) -> list[Amount]:
    """The amounts of the running text, with their own units; read once a document."""
    texts = (b.text for b in reading.document.blocks if isinstance(b, Paragraph) and b.kind == "body")
    return [amount for text in texts for amount in _of_text(text)]


def _of_text(text: Text) -> Iterator[Amount]:
    for quantity in find(text.string):
        if quantity.dimension != "money" or quantity.value <= 0 or quantity.op or quantity.upper is not None:
            continue
        cut = text.cut(quantity.start, quantity.end)
        quote = _sentence(text, quantity.start)
        start = max(text.string.rfind(mark, 0, quantity.start) for mark in "。；\n") + 1
        before = text.string[start : quantity.start]
        yield Amount(Figure(cut, quantity), quantity, "正文", quote, names=(before,))


def _sentence(text: Text, at: int) -> str:
    start = max(text.string.rfind(mark, 0, at) for mark in "。；\n") + 1
    end = min((i for mark in "。；\n" if (i := text.string.find(mark, at)) >= 0), default=len(text))
    return text.string[start : end + 1].strip()[:200]


class Sorted:
    """Amounts by their value in 元, to look up what a value may be."""

    def __init__(self, amounts: Sequence[Amount]) -> None:
        self.amounts = sorted(amounts, key=lambda a: a.base.low)
        self.lows = [a.base.low for a in self.amounts]

    def meeting(self, wanted: Interval) -> Iterator[Amount]:
        """The amounts that may be a value: they overlap with it, and are not much vaguer."""
        slack = (wanted.high - wanted.low) + wanted.high / 1000
        for i in range(bisect_left(self.lows, wanted.low - slack), len(self.amounts)):
            if self.lows[i] > wanted.high:
                return
            if self.amounts[i].base.meets(wanted):
                yield self.amounts[i]
