"""概况 of one file: what it is, how much was read, what was found."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from extractor.findings import SEVERITIES as LEVELS
from extractor.outputs.rule_names import rule_title
from extractor.outputs.wording import KINDS, SEVERITIES, status_words
from extractor.outputs.xlsx.book import Cell, Sheet
from extractor.record import NAME, version

if TYPE_CHECKING:
    from extractor.result import Result

WIDTHS = (22, 76)


def one_overview(sheet: Sheet, result: Result) -> None:
    """Fills the sheet with labels and values, then a line for each rule that found something."""
    sheet.fit(WIDTHS)
    sheet.widths = WIDTHS
    for label, value in [*_document(result), *_reading(result)]:
        sheet.row([label, value], looks=["bold", "left"])
    counts = Counter(finding.severity for finding in result.findings)
    for level in LEVELS:
        sheet.row([SEVERITIES[level], f"{counts[level]} 项"], looks=["bold", level if counts[level] else ""])
    for rule, count in Counter(finding.rule for finding in result.findings).most_common():
        sheet.row([f"　{count} 项", f"{rule_title(rule)}（{rule}）"])


def _document(result: Result) -> list[tuple[str, Cell]]:
    about = result.about
    texts = {
        "标题": about.title,
        "项目": about.project,
        "项目单位": about.project_unit,
        "主管部门": about.department,
        "评价机构": about.evaluator,
        "委托单位": about.commissioner,
        "日期": about.date,
    }
    said: list[tuple[str, Cell]] = [(label, text.flat) for label, text in texts.items() if text]
    said += [("年度", about.year)] if about.year else []
    figures = {"总分": about.total_score, "等级": about.grade}
    said += [(label, figure.string) for label, figure in figures.items() if figure]
    return [("文件", result.source.path), ("类型", KINDS.get(about.kind, about.kind)), *said]


def _reading(result: Result) -> list[tuple[str, Cell]]:
    coverage = result.coverage
    pages: list[tuple[str, Cell]] = [("页数", coverage.pages), ("已读页数", coverage.pages_read)]
    return [
        ("状态", status_words(result.status)),
        *(pages if coverage.pages else []),
        ("表格", coverage.tables),
        ("指标行", coverage.indicator_rows),
        ("数字", coverage.figures),
        ("其中已核对", coverage.figures_checked),
        ("文件摘要（SHA-256）", result.source.sha256),
        ("生成程序", f"{NAME} {version()}"),
    ]
