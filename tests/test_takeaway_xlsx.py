"""The workbook: opened by openpyxl and by LibreOffice; no cell is a formula, numbers are numbers."""

from __future__ import annotations

import csv
from dataclasses import replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from takeaway import HOSTILE, OFFICE, WRONG, converted, hostile, read, write
from test_record import result, unread

from extractor.outputs import Batch
from extractor.outputs.xlsx.book import FILLS

SHEETS = ["概况", "问题清单", "指标明细", "资金", "未能读取"]
BATCH = ["概况", "按单位", "按规则", *SHEETS[1:]]


def book(path: Path) -> Any:
    return openpyxl.load_workbook(path)


def column(sheet: Any, head: str) -> list[Any]:
    """The cells under a head."""
    number = next(cell.column for cell in sheet[1] if cell.value == head)
    return [row[number - 1] for row in sheet.iter_rows(min_row=2)]


def test_what_prints_is_readable_and_ends_with_the_remarks(report: Any) -> None:
    sheet = report["问题清单"]
    last = next(cell.column_letter for cell in sheet[1] if cell.value == "备注")
    assert sheet.print_area == f"'问题清单'!$A$1:${last}${sheet.max_row}"
    assert (sheet.page_setup.paperSize, sheet.page_setup.fitToWidth) == (9, 1)
    widths = {page.title: sum(d.width for d in page.column_dimensions.values()) for page in report}
    wide = {page.title for page in report if (page.page_setup.fitToWidth or 1) > 1}
    assert wide == {title for title, width in widths.items() if width > 340 and title != "问题清单"}
    assert all(page.sheet_properties.pageSetUpPr.fitToPage for page in report)


@pytest.fixture(scope="module")
def report(tmp_path_factory: pytest.TempPathFactory) -> Any:
    return book(write("xlsx", read("report-bicycles-errors.pdf"), tmp_path_factory.mktemp("x") / "r.xlsx"))


def test_sheets(report: Any) -> None:
    assert report.sheetnames == SHEETS


def test_findings_are_all_there_with_both_places(report: Any) -> None:
    sheet, findings = report["问题清单"], read("report-bicycles-errors.pdf").findings
    assert [cell.value for cell in column(sheet, "问题")] == [finding.message for finding in findings]
    assert [cell.value for cell in column(sheet, "原文一")] == [
        finding.evidence[0].text for finding in findings
    ]
    assert [cell.value for cell in column(sheet, "原文二")] == [
        finding.evidence[1].text for finding in findings
    ]
    assert all("页" in cell.value for cell in column(sheet, "位置一"))
    assert {cell.value for head in ("核实结论", "备注") for cell in column(sheet, head)} <= {None, ""}


def test_findings_can_be_filtered_and_judged(report: Any) -> None:
    sheet = report["问题清单"]
    assert sheet.freeze_panes == "A2" and sheet.auto_filter.ref == sheet.dimensions
    colours = [cell.fill.fgColor.rgb[2:] for cell in column(sheet, "级别")]
    assert colours == [FILLS[finding.severity] for finding in read("report-bicycles-errors.pdf").findings]
    (choice,) = sheet.data_validations.dataValidation
    assert "不属实" in choice.formula1


def test_every_indicator_has_its_line_with_numbers_beside_the_text(report: Any) -> None:
    rows = [row for form in read("report-bicycles-errors.pdf").forms for row in form.indicators]
    sheet = report["指标明细"]
    assert [cell.value for cell in column(sheet, "指标")] == [row.name for row in rows]
    texts, numbers = column(sheet, "得分（原文）"), column(sheet, "得分")
    for row, text, number in zip(rows, texts, numbers, strict=True):
        if row.score and row.score.quantity:
            assert (text.data_type, number.data_type) == ("s", "n")
            assert text.value == row.score.string
            assert Decimal(str(number.value)) == row.score.quantity.value


def test_a_percentage_is_one(tmp_path: Path) -> None:
    sheet = book(write("xlsx", result(), tmp_path / "r.xlsx"))["资金"]
    cell = column(sheet, "执行率")[0]
    assert (cell.value, cell.number_format) == (0.9847, "0.00%")
    assert column(sheet, "执行数")[0].value == 3300


def test_texts_stay_texts(tmp_path: Path) -> None:
    sheets = book(write("xlsx", hostile(), tmp_path / "r.xlsx"))
    cells = [cell for sheet in sheets for row in sheet.iter_rows() for cell in row]
    assert not [cell for cell in cells if cell.data_type in ("f", "e")]
    texts = [cell.value for cell in column(sheets["问题清单"], "问题")]
    assert texts == HOSTILE
    quoted = [cell for cell in cells if isinstance(cell.value, str) and cell.value.startswith("=")]
    assert quoted and all(cell.quotePrefix for cell in quoted)


def test_what_a_workbook_cannot_hold_is_replaced(tmp_path: Path) -> None:
    found = replace(result().findings[0], message="坏\x00\x1b字\ud800" + "长" * 40_000)
    cell = column(book(write("xlsx", result(findings=(found,)), tmp_path / "r.xlsx"))["问题清单"], "问题")[0]
    assert (
        cell.value.startswith("坏\ufffd\ufffd字\ufffd长")
        and cell.value.endswith("…")
        and len(cell.value) == 32_000
    )


def test_a_batch_is_one_workbook(tmp_path: Path) -> None:
    results = [*map(read, WRONG[:6]), unread()]
    between = (results[2].findings[0],)
    sheets = book(write("xlsx", Batch(results, many=True, findings=between), tmp_path / "r.xlsx"))
    assert sheets.sheetnames == BATCH
    paths = [cell.value for cell in column(sheets["概况"], "文件")]
    assert (
        paths[:-1] == [found.source.path for found in results] and "7 个文件，其中 1 个未能读取" in paths[-1]
    )
    count = sum(len(found.findings) for found in results)
    assert (
        sum(cell.value for cell in column(sheets["按单位"], "错误"))
        == column(sheets["概况"], "错误")[-1].value
    )
    assert len(column(sheets["问题清单"], "问题")) == count + 1
    by_rule = sum(
        cell.value for level in ("错误", "警告", "提示") for cell in column(sheets["按规则"], level)
    )
    assert by_rule == count + 1
    assert [cell.value for cell in column(sheets["未能读取"], "文件")][-1] == unread().source.path


def test_all_tables(tmp_path: Path) -> None:
    source = read("report-bicycles-errors.pdf")
    assert source.document
    sheets = book(write("tables", source, tmp_path / "t.xlsx"))
    assert len(sheets.sheetnames) == len(source.document.tables) + 1
    for table, sheet in zip(source.document.tables, sheets.worksheets[1:], strict=True):
        merged = {(area.min_row - 2, area.min_col - 1) for area in sheet.merged_cells.ranges}
        assert merged == {
            (cell.row, cell.col) for cell in table.cells if cell.rowspan > 1 or cell.colspan > 1
        }
        for cell in table.cells:
            got = sheet.cell(cell.row + 2, cell.col + 1)
            assert shown(got) == cell.text.flat, (table.number, cell.row, cell.col)


def shown(cell: Any) -> str:
    """What a person sees in a cell, by its number format."""
    if cell.value is None or isinstance(cell.value, str):
        return cell.value or ""
    places = len(cell.number_format.rstrip("%").partition(".")[2])
    percent = "%" if cell.number_format.endswith("%") else ""
    value = Decimal(str(cell.value)) * (100 if percent else 1)
    return f"{value:{',' if '#,##' in cell.number_format else ''}.{places}f}{percent}"


@pytest.mark.parametrize(
    "text", ["007", "3天", "≥98%", "1,20", "12345678901234567890", "2023-01", "1e5", "", "-"]
)
def test_what_is_no_plain_figure_stays_a_text(text: str) -> None:
    from extractor.outputs.tables.sheets import _typed

    assert _typed(text) == text


def test_all_tables_as_csv(tmp_path: Path) -> None:
    source = read("report-bicycles-errors.docx")
    assert source.document
    with write("tables", source, tmp_path / "t.csv").open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.reader(file))[1:]
    assert len(rows) == sum(table.n_rows for table in source.document.tables)
    first = source.document.tables[0]
    assert [row[6:] for row in rows[: first.n_rows]] == first.strings()


@pytest.mark.skipif(not OFFICE, reason="LibreOffice is not installed")
def test_libreoffice_shows_what_was_written(tmp_path: Path) -> None:
    path = write("xlsx", hostile(), tmp_path / "r.xlsx")
    every = "csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,-1"
    files = {file.stem: file for file in converted(path, every, tmp_path)}
    if not files:
        pytest.skip("LibreOffice has no Calc")
    with files["r-问题清单"].open(encoding="utf-8", newline="") as file:
        head, *rows = list(csv.reader(file))
    assert [row[head.index("问题")].lstrip("\t") for row in rows] == [text.lstrip("\t") for text in HOSTILE]
    with files["r-资金"].open(encoding="utf-8", newline="") as file:
        head, first, *_ = list(csv.reader(file))
    assert first[head.index("执行率")] == "98.47%" and Decimal(first[head.index("执行数")]) == 3300
