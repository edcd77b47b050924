"""问题清单: a line for each finding with two places, and columns for the auditor's verdict and remark; printed up to
these.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

from openpyxl.worksheet.datavalidation import DataValidation

from extractor.outputs.rule_names import rule_name
from extractor.outputs.wording import SEVERITIES, place_words, waiver_words
from extractor.outputs.xlsx.book import Book, Cell, Number

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.findings import Evidence, Finding
    from extractor.outputs import Batch
    from extractor.result import Result
    from extractor.waivers import Waived

VERDICTS = ("属实", "部分属实", "不属实", "待核实", "已核销")
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
    """The sheet; for a batch, each line begins with its file and unit.

    Where the results are compared with an earlier one, a last column says what is new, unchanged or gone.
    """

    def __init__(self, book: Book, many: bool, compared: bool = False) -> None:
        self._many = many
        heads = {"文件": 24, "单位": 18} | _WIDTHS if many else _WIDTHS
        heads = heads | {"与上次相比": 12} if compared else heads
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
        file: list[Cell] = [result.source.path, unit.flat if unit else ""]
        self._lines(file, result.findings, result.waived, result.comparison)

    def between(self, batch: Batch) -> None:
        """The findings between documents."""
        self._lines(["（多个文件之间）", ""], batch.findings, batch.waived, batch.comparison)

    def _lines(
        self,
        file: list[Cell],
        findings: Iterable[Finding],
        waived: Iterable[Waived],
        comparison: Comparison | None,
    ) -> None:
        """Open findings, then those judged before with the waiver as the remark, then those that are gone."""
        new = comparison.new if comparison else ()
        for finding in findings:
            change = ["新增" if finding.id in new else "未变"] if comparison else []
            self._line(file, [*self._cells(finding), *change], finding.severity)
        for one in waived:
            remark = waiver_words(one.waiver)
            self._line(file, [*self._cells(one.finding, "已核销", remark)], one.finding.severity)
        for record in comparison.gone if comparison else ():
            self._line(file, self._gone(record), "")

    def _line(self, file: list[Cell], own: list[Cell], severity: str) -> None:
        cells = [*(file if self._many else []), *own]
        looks = [""] * len(cells)
        looks[3 if self._many else 1] = severity
        looks[self._verdict : self._verdict + 2] = ["verdict", "verdict"]
        self._sheet.row(cells, looks=looks)

    def _gone(self, record: Mapping[str, Any]) -> list[Cell]:
        """A finding of the earlier result: what it says, and that it is gone."""
        said = [str(record.get(name) or "") for name in ("rule", "subject", "message")]
        level = SEVERITIES.get(str(record.get("severity")), "")
        blank = [""] * (len(_WIDTHS) - 6)
        return [self._sheet.rows, level, rule_name(said[0]), *said[1:], *blank, str(record["id"]), "已消除"]

    def _cells(self, finding: Finding, verdict: str = "", remark: str = "") -> list[Cell]:
        first, second = (*finding.evidence, None, None)[:2]
        return [
            self._sheet.rows,
            SEVERITIES[finding.severity],
            finding.subject,
            finding.message,
            *_side(first),
            *_side(second),
            finding.expected,
            verdict,
            remark,
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
