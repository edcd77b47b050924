"""问题清单: a line for each finding with two places, and columns for the auditor's verdict and remark."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from openpyxl.worksheet.datavalidation import DataValidation

from extractor.outputs.rule_names import rule_name
from extractor.outputs.wording import SEVERITIES, place_words
from extractor.outputs.xlsx.book import Book, Cell, Number

if TYPE_CHECKING:
    from extractor.findings import Evidence, Finding
    from extractor.result import Result

VERDICTS = ("属实", "部分属实", "不属实", "待核实")
_WIDTHS = {
    "序号": 6,
    "级别": 7,
    "规则": 24,
    "对象": 24,
    "问题": 56,
    "位置一": 14,
    "出处一": 18,
    "原文一": 18,
    "位置二": 14,
    "出处二": 18,
    "原文二": 18,
    "其他位置": 36,
    "应为": 28,
    "相差": 14,
    "影响": 24,
    "置信度": 8,
    "核实结论": 12,
    "备注": 30,
    "编号": 20,
}
_LAST = 100_000  # rows that the list of verdicts reaches to


class Issues:
    """The sheet; for a batch, each line begins with its file and unit."""

    def __init__(self, book: Book, many: bool) -> None:
        self._many = many
        heads = {"文件": 30, "单位": 24} | _WIDTHS if many else _WIDTHS
        self._sheet = book.table("问题清单", list(heads), list(heads.values()))
        self._verdict = list(heads).index("核实结论")
        self._sheet.page.data_validations.append(self._choice())

    def _choice(self) -> DataValidation:
        from openpyxl.utils import get_column_letter

        letter = get_column_letter(self._verdict + 1)
        choice = DataValidation("list", formula1=f'"{",".join(VERDICTS)}"', allow_blank=True)
        choice.add(f"{letter}2:{letter}{_LAST}")
        return choice

    def add(self, result: Result) -> None:
        """The findings of one file."""
        unit = result.about.project_unit
        self._lines(result.findings, [result.source.path, unit.flat if unit else ""])

    def between(self, findings: Iterable[Finding]) -> None:
        """The findings between documents."""
        self._lines(findings, ["（多个文件之间）", ""])

    def _lines(self, findings: Iterable[Finding], file: list[Cell]) -> None:
        for finding in findings:
            cells = [*(file if self._many else []), *self._cells(finding)]
            looks = [""] * len(cells)
            looks[3 if self._many else 1] = finding.severity
            looks[self._verdict : self._verdict + 2] = ["verdict", "verdict"]
            self._sheet.row(cells, looks=looks)

    def _cells(self, finding: Finding) -> list[Cell]:
        first, second = (*finding.evidence, None, None)[:2]
        return [
            self._sheet.rows,
            SEVERITIES[finding.severity],
            rule_name(finding.rule),
            finding.subject,
            finding.message,
            *_side(first),
            *_side(second),
            "；".join(_words(side) for side in finding.evidence[2:]),
            finding.expected,
            finding.difference,
            finding.impact,
            Number(round(finding.confidence, 2), "0.00"),
            "",
            "",
            finding.id,
        ]


def _side(side: Evidence | None) -> list[Cell]:
    return [place_words(side.place), side.label, side.text] if side else ["", "", ""]


def _words(side: Evidence) -> str:
    return f"{place_words(side.place)} {side.label}：{side.text}".strip()
