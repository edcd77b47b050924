"""XLSX: workbooks made by openpyxl, every heading, paragraph and cell expected as a sheet shows it."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest
from ooxml_files import shown
from openpyxl import Workbook
from openpyxl.styles import Border, Side
from openpyxl.worksheet.cell_range import CellRange
from openpyxl.worksheet.worksheet import Worksheet

from extractor.document import Paragraph, Place, Unreadable
from extractor.parsers import parse
from extractor.parsers.sheet import cells as cells_module
from extractor.parsers.sheet import regions as regions_module
from extractor.parsers.sheet.number_format import display

LINE = Side(style="thin")
FRAME = Border(left=LINE, right=LINE, top=LINE, bottom=LINE)
Fill = Callable[[Worksheet], None]


def put(sheet: Worksheet, top: int, rows: list[list[object]], framed: bool = True) -> None:
    """Write rows from a row (counted from 1) on."""
    for r, row in enumerate(rows):
        for c, value in enumerate(row):
            cell = sheet.cell(top + r, 1 + c, value)
            if framed:
                cell.border = FRAME


def book(path: Path, *fills: Fill) -> Path:
    """A workbook with a sheet for each function that fills one."""
    made = Workbook()
    made.remove(made.active)
    for number, fill in enumerate(fills, 1):
        fill(made.create_sheet(f"表{number}"))
    made.save(path)
    return path


def form(sheet: Worksheet) -> None:
    """A form as bureaus send it: lines above, a frame with merged cells and a blank row, a line below."""
    sheet["A1"] = "附件1"
    sheet["A2"] = "项目支出绩效自评表"
    sheet.merge_cells("A2:D2")
    sheet["A3"] = "（2023年度）"
    sheet.merge_cells("A3:D3")
    sheet["A4"], sheet["D4"] = "填报单位：某局", "单位：万元"
    put(sheet, 5, [["一级指标", "三级指标", "权重", "得分"], ["产出", "数量", 10, 9.5], ["", "质量", 5, 5]])
    put(sheet, 8, [["", "", "", ""], ["合计", "", 15, 14.5]])
    sheet.merge_cells("A6:A7")
    sheet.merge_cells("A9:B9")
    sheet["A10"] = "填表人：甲"


def test_form(tmp_path: Path) -> None:
    document = parse(book(tmp_path / "a.xlsx", form))
    assert shown(document) == [
        "H1 表1",
        "P 附件1",
        "H2 项目支出绩效自评表",
        "P （2023年度）",
        "P 填报单位：某局  单位：万元",
        "T 5x4 一级指标|三级指标|权重|得分/产出+2x1|数量|10|9.5/质量|5|5/|||/合计+1x2|15|14.5",
        "P 填表人：甲",
    ]
    table = document.tables[0]
    assert str(table.unit) == "单位：万元"
    assert table.cells[5].text.place == Place(part="表1", table=0, row=1, col=1, cell="B6")
    assert [b.text.place.cell for b in document.blocks if isinstance(b, Paragraph)] == [
        "A1",
        "A3",
        "A4",
        "A10",
    ]


def test_addresses_beyond_column_z(tmp_path: Path) -> None:
    def wide(sheet: Worksheet) -> None:
        put(sheet, 3, [[f"列{n}" for n in range(60)], list(range(60))])
        sheet.merge_cells("Z4:AB4")

    found = {
        cell.text.string: cell.text.place.cell
        for cell in parse(book(tmp_path / "a.xlsx", wide)).tables[0].cells
    }
    assert (found["列0"], found["列25"], found["列26"], found["列51"], found["列52"], found["28"]) == (
        "A3", "Z3", "AA3", "AZ3", "BA3", "AC4",
    )  # fmt: skip


def test_several_forms_and_sheets(tmp_path: Path) -> None:
    def two(sheet: Worksheet) -> None:
        put(sheet, 2, [["a", "b"], ["c", "d"]], framed=False)
        put(sheet, 6, [["e", "f"], ["g", "h"]], framed=False)

    def under_one_frame(sheet: Worksheet) -> None:
        put(sheet, 1, [["甲表", "", ""], ["a", "b", "c"], ["", "", ""], ["乙表", "", ""], ["d", "e", "f"]])
        sheet.merge_cells("A1:C1")
        sheet.merge_cells("A4:C4")

    assert shown(parse(book(tmp_path / "a.xlsx", two, lambda sheet: None, under_one_frame))) == [
        "H1 表1", "T 2x2 a|b/c|d", "T 2x2 e|f/g|h", "H1 表3", "H2 甲表", "T 1x3 a|b|c",
        "H2 乙表", "T 1x3 d|e|f",
    ]  # fmt: skip


def test_only_text(tmp_path: Path) -> None:
    def notes(sheet: Worksheet) -> None:
        sheet["B2"], sheet["B3"] = "填表说明", "一、按要求填写。"

    assert shown(parse(book(tmp_path / "a.xlsx", notes))) == ["H1 表1", "H2 填表说明", "P 一、按要求填写。"]


def test_merges_beyond_what_is_used(tmp_path: Path) -> None:
    def wide(sheet: Worksheet) -> None:
        put(sheet, 1, [["a", "b"], ["c", "d"]])
        sheet.merged_cells.ranges.add(CellRange("B2:XFD1048576"))  # merge_cells would make them all

    assert shown(parse(book(tmp_path / "a.xlsx", wide))) == ["H1 表1", "T 2x2 a|b/c|d"]


def test_values_as_printed(tmp_path: Path) -> None:
    def values(sheet: Worksheet) -> None:
        shown_as: list[tuple[object, str]] = [
            (0.9987, "0.00%"), (1234567.891, "#,##0.00"), (10, "0.00"), (datetime(2023, 3, 15), "yyyy/m/d"),
            (True, "General"), ("=100%", "@"), ("两\n行", "General"), (0.1 + 0.2, "General"),
        ]  # fmt: skip
        for row, (value, code) in enumerate(shown_as, 1):
            cell = sheet.cell(row, 2, value)
            cell.number_format = code
            if isinstance(value, str):
                cell.data_type = "s"
            sheet.cell(row, 1, f"n{row}")

    table = parse(book(tmp_path / "a.xlsx", values)).tables[0]
    assert [str(table.at(row, 1).text) for row in range(table.n_rows)] == [  # type: ignore[union-attr]
        "99.87%", "1,234,567.89", "10.00", "2023/3/15", "TRUE", "=100%", "两\n行", "0.3",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("value", "code", "printed"),
    [
        ("0.99870000000000003", "0.00%", "99.87%"),
        ("0.97819999999999996", "0.0%", "97.8%"),
        ("2.5", "0", "3"),
        ("-5.5", "0.0;(0.0)", "(5.5)"),
        ("-5.5", "0.00", "-5.50"),
        ("0", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "-"),
        ("12345", '_ * #,##0.00_ ;_ * -#,##0.00_ ;_ * "-"??_ ;_ @_ ', "12,345.00"),
        ("100", "[Red]0.0", "100.0"),
        ("5", '0"个"', "5个"),
        ("0.98", r"\≥0%", "≥98%"),
        ("104600", "0.00,", "104.60"),
        ("12", "[$￥-804]#,##0.00", "￥12.00"),
        ("3", "00", "03"),
        ("1.5", "0.###", "1.5"),
        ("7078480700", "General", "7078480700"),
        ("0.33333333333333331", "General", "0.333333333"),
        ("45000", 'yyyy"年"m"月"d"日"', "2023年3月15日"),
        ("45000.5", "yyyy-mm-dd hh:mm", "2023-03-15 12:00"),
        ("45000", "aaaa", "星期三"),
        ("0.75", "h:mm AM/PM", "6:00 PM"),
        ("1.25", "[h]:mm", "30:00"),
        ("1e400", "0.00", "1e400"),
        ("不是数", "0.00", "不是数"),
        ("99999999999", "yyyy/m/d", "99999999999"),
        ("1e30", "0.00", "1" + "0" * 30),
        ("5", "[" * 50_000 + "0.00", "5"),
        ("5", "0%" * 30_000, "5"),
    ],
)
def test_number_formats(value: str, code: str, printed: str) -> None:
    assert display(value, code) == printed


def test_what_is_left_out_is_named(tmp_path: Path) -> None:
    def formula(sheet: Worksheet) -> None:
        put(sheet, 1, [["a", "=1+1"], ["b", "c"]])

    def hidden(sheet: Worksheet) -> None:
        sheet["A1"] = "底稿"
        sheet.sheet_state = "hidden"

    document = parse(book(tmp_path / "a.xlsx", formula, hidden))
    assert shown(document) == ["H1 表1", "T 2x2 a|/b|c"]
    assert [problem.code for problem in document.problems] == ["hidden-sheet", "formula-without-value"]
    assert "表2" in document.problems[0].message


def test_limits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = book(tmp_path / "a.xlsx", lambda sheet: put(sheet, 1, [["a", "b"]] * 5))
    with monkeypatch.context() as patch:
        patch.setattr(regions_module, "MAX_FIELDS", 6)
        document = parse(path)
        assert (document.tables[0].n_rows, [x.code for x in document.problems]) == (3, ["limit-table"])
    monkeypatch.setattr(cells_module, "MAX_CELLS", 9)
    with pytest.raises(Unreadable) as refused:
        parse(path)
    assert refused.value.status == "limit-cells"


def test_workbook_without_its_parts(tmp_path: Path) -> None:
    whole = book(tmp_path / "whole.xlsx", lambda sheet: put(sheet, 1, [["a", "b"]]))
    for left_out in ("xl/workbook.xml", "xl/worksheets/sheet1.xml"):
        path = tmp_path / "a.xlsx"
        with zipfile.ZipFile(whole) as old, zipfile.ZipFile(path, "w") as new:
            for name in old.namelist():
                if name != left_out:
                    new.writestr(name, old.read(name))
        with pytest.raises(Unreadable) as refused:
            parse(path)
        assert refused.value.status == "damaged"
