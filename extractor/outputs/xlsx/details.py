"""指标明细, 资金, 未能读取: a line for each row of a form, figures as numbers beside the text as printed."""

from __future__ import annotations

from typing import TYPE_CHECKING

from extractor.outputs.wording import KINDS, place_words, status_words
from extractor.outputs.xlsx.book import Book, Cell
from extractor.outputs.xlsx.numbers import number, said

if TYPE_CHECKING:
    from extractor.facts import BudgetLine, Form, Indicator
    from extractor.result import Result

_DOCUMENT = {"文件": 26, "项目": 26, "单位": 22, "年度": 8, "表": 26, "表格类型": 14}
_FIGURES = {"target": "目标值", "actual": "实际值", "weight": "分值", "score": "得分", "rate": "完成率"}
_TEXTS = {
    "explanation": "指标解释",
    "rule": "评分规则",
    "source": "数据来源",
    "deviation": "偏差原因",
    "note": "说明",
}
_FUNDS = {
    "initial": "年初预算",
    "full_year": "全年预算",
    "executed": "执行数",
    "weight": "分值",
    "rate": "执行率",
    "score": "得分",
}


def _pairs(names: dict[str, str]) -> dict[str, int]:
    """Two columns for a figure: 目标值（原文）, 目标值."""
    return {head: width for name in names.values() for head, width in ((f"{name}（原文）", 16), (name, 12))}


class Indicators:
    """指标明细."""

    def __init__(self, book: Book) -> None:
        heads = _DOCUMENT | {"代码": 10, "一级指标": 14, "二级指标": 14, "三级及以下": 14, "指标": 30}
        heads |= _pairs(_FIGURES) | dict.fromkeys(_TEXTS.values(), 30) | {"位置": 18}
        self._sheet = book.table("指标明细", list(heads), list(heads.values()))

    def add(self, result: Result) -> None:
        """The indicators of one file."""
        for form in result.forms:
            for row in form.indicators:
                self._sheet.row([*_form(result, form), *_indicator(row)])


def _indicator(row: Indicator) -> list[Cell]:
    first, second, *rest = (*(level.name for level in row.levels), "", "")
    below = "/".join(filter(None, rest))
    figures = [cell for name in _FIGURES for cell in (said(row.get(name)), number(row.get(name)))]
    texts = [said(row.get(name)) for name in _TEXTS]
    return [row.code, first, second, below, row.name, *figures, *texts, place_words(row.place)]


class Funds:
    """资金."""

    def __init__(self, book: Book) -> None:
        heads = _DOCUMENT | {"资金": 24, "其中项": 8, "金额单位": 10} | _pairs(_FUNDS) | {"位置": 18}
        self._sheet = book.table("资金", list(heads), list(heads.values()))

    def add(self, result: Result) -> None:
        """The funds of one file."""
        for form in result.forms:
            for line in form.budget:
                self._sheet.row([*_form(result, form), *_line(line, form.unit)])


def _line(line: BudgetLine, unit: str) -> list[Cell]:
    figures = [getattr(line, name) for name in _FUNDS]
    cells = [cell for figure in figures for cell in (said(figure), number(figure))]
    return [line.item, "是" if line.part else "", unit, *cells, place_words(line.place)]


def _form(result: Result, form: Form) -> list[Cell]:
    """What a row stands in: file, project, unit, year, form."""
    project, unit = form.project or result.about.project, result.about.project_unit
    return [
        result.source.path,
        project.flat if project else "",
        unit.flat if unit else "",
        form.year or result.about.year,
        form.title.flat if form.title else "",
        KINDS.get(form.kind, form.kind),
    ]


class Unread:
    """未能读取: files that were not read, and what was not read of the others."""

    def __init__(self, book: Book) -> None:
        heads = {"文件": 40, "状态": 16, "代码": 24, "说明": 80, "位置": 18}
        self._sheet = book.table("未能读取", list(heads), list(heads.values()))

    def add(self, result: Result) -> None:
        """The problems of one file."""
        status = status_words(result.status)
        for problem in result.problems:
            where = place_words(problem.place)
            self._sheet.row([result.source.path, status, problem.code, problem.message, where])
        if not result.ok and not result.problems:
            self._sheet.row([result.source.path, status, result.status, status, ""])
