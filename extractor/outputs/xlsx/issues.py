"""问题清单: a line for each finding with two places, and columns for the auditor's verdict and remark; printed up to
these.
"""

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
    "对象": 20,
    "问题": 46,
    "位置一": 11,
    "出处一": 16,
    "原文一": 15,
    "位置二": 11,
    "出处二": 16,
    "原文二": 15,
    "应为": 22,
    "核实结论": 11,
    "备注": 22,
    "相差": 14,
    "影响": 24,
    "其他位置": 36,
    "规则": 26,
    "置信度": 8,
    "编号": 20,
}
_PRINTED = "备注"  # the last column that is printed: what follows is for the screen
_LAST = 100_000  # rows that the list of verdicts reaches to


class Issues:
    """The sheet; for a batch, each line begins with its file and unit."""

    def __init__(self, book: Book, many: bool) -> None:
        self._many = many
        heads = {"文件": 24, "单位": 18} | _WIDTHS if many else _WIDTHS
        printed = list(heads).index(_PRINTED) + 1
        self._sheet = book.table("问题清单", list(heads), list(heads.values()), printed)
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
            finding.subject,
            finding.message,
            *_side(first),
            *_side(second),
            finding.expected,
            "",
            "",
            finding.difference,
            finding.impact,
            "\n".join(_words(side) for side in finding.evidence[2:]),
            rule_name(finding.rule),
            Number(round(finding.confidence, 2), "0.00"),
            finding.id,
        ]


def _side(side: Evidence | None) -> list[Cell]:
    return [place_words(side.place), side.label, side.text] if side else ["", "", ""]


def _words(side: Evidence) -> str:
    return f"{place_words(side.place)} {side.label}：{side.text}".strip()
