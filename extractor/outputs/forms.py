"""A form on the terminal: its funds and its indicator rows as tables, aligned for wide characters."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from extractor.outputs.wording import KINDS, place_words, shown

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table

    from extractor.facts import Figure, Form

_MONEY = {"initial": "年初预算", "full_year": "全年预算", "executed": "执行数"}
_FUNDS = _MONEY | {"weight": "分值", "rate": "执行率", "score": "得分"}
_ROWS = {"target": "目标值", "actual": "实际值", "weight": "分值", "score": "得分"}
_WIDE = ("项目", "指标", "目标值", "实际值")


def form_report(form: Form, number: int, count: int) -> Iterable[RenderableType]:
    """The form's head line, its funds and its indicators; ``number`` out of ``count`` forms of the file."""
    from rich.text import Text

    yield Text(_head(form, number, count), "bold")
    if form.budget:
        yield Text(f"  资金（{shown(form.unit)}）" if form.unit else "  资金")
        yield funds_table(form)
    if form.indicators:
        yield indicators_table(form)


def _head(form: Form, number: int, count: int) -> str:
    order = f"表 {number}/{count}　" if count > 1 else ""
    title = f"　{shown(form.title.flat)}" if form.title else ""
    project = f"　项目：{shown(form.project.flat)}" if form.project else ""
    where = place_words(form.place)
    return f"{order}{KINDS.get(form.kind, form.kind)}{title}{project}{f'（{where}）' if where else ''}"


def funds_table(form: Form) -> Table:
    """The funds, with the columns that some line fills."""
    used = [name for name in _FUNDS if any(getattr(line, name) is not None for line in form.budget)]
    rows = [
        [("　" if line.part else "") + line.item, *(_said(getattr(line, name)) for name in used)]
        for line in form.budget
    ]
    return _table(["项目", *(_FUNDS[name] for name in used)], rows)


def indicators_table(form: Form) -> Table:
    """The indicator rows, with the columns that some row fills, and the total."""
    used = [name for name in _ROWS if any(row.get(name) is not None for row in form.indicators)]
    coded = any(row.code for row in form.indicators)
    rows = [
        [row.code] * coded + [row.name, *(_said(row.get(name)) for name in used)] for row in form.indicators
    ]
    if form.weight or form.score:
        total = {"weight": form.weight, "score": form.score}
        rows.append([""] * coded + ["合计", *(_said(total.get(name)) for name in used)])
    return _table(["代码"] * coded + ["指标", *(_ROWS[name] for name in used)], rows)


def _said(figure: Figure | None) -> str:
    return "" if figure is None else figure.string


def _table(heads: Sequence[str], rows: Iterable[Sequence[str]]) -> Table:
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=True, expand=True)
    for head in heads:
        wide = head in _WIDE
        side = "left" if wide or head == "代码" else "right"
        table.add_column(head, ratio=2 if wide else None, justify=side, no_wrap=True, overflow="ellipsis")  # type: ignore[arg-type]
    for row in rows:
        table.add_row(*(Text(shown(cell)) for cell in row))
    return table
