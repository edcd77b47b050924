"""A sheet: what is kept of a form to be compared with forms of other documents, as plain data and back."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from decimal import Decimal
from typing import Any

from extractor.document import Box, Place, Text
from extractor.facts import About, Figure, Form
from extractor.findings import Evidence
from extractor.quantity import Agreement, Quantity, agree

KINDS = {
    "self_evaluation": "自评表",
    "target_declaration": "目标表",
    "evaluation_report": "评价报告",
}
TOTAL = "年度资金总额"
COLUMNS = {
    "initial": "年初预算数",
    "full_year": "全年预算数",
    "executed": "全年执行数",
    "target": "目标值",
    "actual": "实际完成值",
    "weight": "分值",
    "score": "得分",
    "amount": "",
}
_AMOUNTS = ("当年预算数", "预算执行数", "上年预算数", "上年预算执行数")
_FUNDS = ("initial", "full_year", "executed")
_ROWS = ("target", "actual", "weight", "score")
_MOST = 400  # entries of a sheet: the forms have at most some dozens of rows

Key = tuple[str, str, str]
"""Area (fund, field, row, total), name within it, and column."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form of a document: whose figures they are, of which year, and the figures by key."""

    document: str
    sha256: str
    kind: str
    project: str
    unit: str
    year: int | None
    money: str
    entries: Mapping[Key, Figure]

    @property
    def file(self) -> str:
        """The document's name, as messages name it."""
        return self.document.replace("\\", "/").rpartition("/")[2]

    @property
    def title(self) -> str:
        """What the sheet is: 2022年自评表."""
        return f"{self.year}年{KINDS.get(self.kind, '表')}" if self.year else KINDS.get(self.kind, "表")

    def quantity(self, key: Key) -> Quantity | None:
        """An entry's figure; an amount without a unit of its own is in the unit of the sheet's funds."""
        figure = self.entries.get(key)
        if figure is None or figure.quantity is None:
            return None
        money = key[0] == "fund" and not figure.quantity.unit and self.money
        return replace(figure.quantity, unit=self.money) if money else figure.quantity

    def evidence(self, key: Key) -> Evidence:
        """An entry as evidence, under the document's name."""
        figure = self.entries[key]
        label = f"{self.file}：{entry_name(key)}"
        quantity = figure.quantity
        value, unit = (quantity.plain, quantity.unit) if quantity else ("", "")
        return Evidence(figure.string, figure.place, label, value=value, unit=unit, document=self.document)


def entry_name(key: Key) -> str:
    """An entry as messages name it: 年度资金总额全年预算数, 设备完好率的目标值."""
    area, name, column = key
    between = "的" if area == "row" else ""
    return f"{name}{between}{COLUMNS[column]}"


def apart(a: Sheet, b: Sheet, key: Key, other: Key | None = None) -> bool:
    """Whether two sheets state figures that cannot be the same; a gap of a power of ten is a matter of
    units.
    """
    first, second = a.quantity(key), b.quantity(other or key)
    if first is None or second is None or agree(first, second) is not Agreement.DISAGREE:
        return False
    amounts = key[0] in ("fund", "field") and not (first.unit and second.unit)
    return not (amounts and _power_of_ten(first.value, second.value))


def _power_of_ten(a: Decimal, b: Decimal) -> bool:
    return bool(a and b) and abs((a / b).log10() % 1) == 0 if (a > 0) == (b > 0) else False


# To plain data


def sheets_of(about: About, forms: Iterable[Form]) -> list[dict[str, Any]]:
    """The sheets of a document as plain data: one for each form of a project, of a report its funds."""
    sheets = [_form(form, about) for form in forms if form.kind in ("self_evaluation", "target_declaration")]
    if about.kind == "evaluation_report" and about.project:
        funds = (pair for form in forms for pair in _funds(form))
        money = next((form.unit for form in forms if form.unit), "")
        sheets = [_plain("evaluation_report", about.project, about, about.year, money, funds)]
    return [sheet for sheet in sheets if sheet["project"]]


def _form(form: Form, about: About) -> dict[str, Any]:
    pairs = [*_funds(form), *_fields(form), *_rows(form)]
    if form.score is not None:
        pairs.append((("total", "总分", "score"), form.score))
    unit = form.fields.get("实施单位")
    year = form.year or about.year
    return _plain(form.kind, form.project or about.project, about, year, form.unit, pairs, unit)


def _plain(
    kind: str, project: Text | None, about: About, year: int | None, money: str,
    pairs: Iterable[tuple[Key, Figure]], unit: Figure | None = None,
) -> dict[str, Any]:  # fmt: skip
    owner = unit.string if unit else about.project_unit.flat if about.project_unit else ""
    pairs = list(pairs)[:_MOST]
    times = Counter(key for key, _ in pairs)  # a key met twice tells no two rows apart: neither is compared
    return {
        "kind": kind,
        "project": project.flat if project else "",
        "unit": owner,
        "year": year,
        "money": money,
        "entries": [[*key, _figure(figure)] for key, figure in pairs if times[key] == 1 and not figure.blank],
    }


def _funds(form: Form) -> Iterator[tuple[Key, Figure]]:
    for line in form.budget:
        if line.item == TOTAL:
            for column in _FUNDS:
                figure = getattr(line, column)
                if figure is not None:
                    yield ("fund", line.item, column), figure


def _fields(form: Form) -> Iterator[tuple[Key, Figure]]:
    for name in _AMOUNTS:
        if name in form.fields:
            yield ("field", name, "amount"), form.fields[name]


def _rows(form: Form) -> Iterator[tuple[Key, Figure]]:
    for row in form.indicators:
        for column in _ROWS:
            figure = row.get(column)
            if figure is not None:
                yield ("row", row.name, column), figure


def _figure(figure: Figure) -> list[Any]:
    q, p = figure.quantity, figure.place
    read = (
        [q.text, str(q.value), q.op, None if q.upper is None else str(q.upper), q.unit, q.precision, q.exact]
        if q
        else None
    )
    return [
        figure.string[:300],
        read,
        [p.page, list(p.box) if p.box else None, p.part, p.paragraph, p.table, p.row, p.col],
    ]


# And back


def sheet_from(record: Mapping[str, Any], document: str, sha256: str) -> Sheet:
    """A sheet of plain data."""
    entries = {(area, name, column): _figure_from(plain) for area, name, column, plain in record["entries"]}
    of = {key: record[key] for key in ("kind", "project", "unit", "year", "money")}
    return Sheet(document, sha256, **of, entries=entries)


def _figure_from(plain: list[Any]) -> Figure:
    text, read, (page, box, *rest) = plain
    place = Place(page, Box(*box) if box else None, *rest)
    if read is None:
        return Figure(Text(text, place))
    said, value, op, upper, unit, precision, exact = read
    quantity = Quantity(
        said, Decimal(value), op, None if upper is None else Decimal(upper), unit, precision, exact
    )
    return Figure(Text(text, place), quantity)
