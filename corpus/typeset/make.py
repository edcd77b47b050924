"""Makes the PDFs of this folder and what they hold, report.yml and unruled.yml: the same content by three
typesetters.

Run: python corpus/typeset/make.py
Needs LibreOffice Writer, Chromium, ReportLab and a font with Chinese characters. Few characters are used, so
that the embedded fonts stay small.
"""

from __future__ import annotations

import random
import sys
from pathlib import Path
from typing import Any

import yaml

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parents[1] / "tests" / "benchmarks"))

import typeset  # noqa: E402
from content import Item, TableContent  # noqa: E402
from typeset import Style  # noqa: E402

STYLES = (
    Style("libreoffice", "libreoffice", furniture=True),
    Style("chromium", "chromium", repeat_head=False),
    Style("chromium-landscape", "chromium", 12, 12, centred=True, landscape=True),
    Style("reportlab", "reportlab", repeat_head=False),
)
UNRULED = (
    Style("unruled-chromium-three", "chromium", ruling="three"),
    Style("unruled-chromium-level", "chromium", 12, 9, repeat_head=False, centred=True, ruling="level"),
    Style("unruled-chromium-shades", "chromium", ruling="shades"),
    Style("unruled-libreoffice-three", "libreoffice", ruling="three", furniture=True),
    Style("unruled-libreoffice-level", "libreoffice", 12, ruling="level"),
    Style("unruled-reportlab-three", "reportlab", 10, 9, repeat_head=False, ruling="three"),
    Style("unruled-reportlab-level", "reportlab", centred=True, ruling="level"),
)
CLAUSES = ("按进度支付", "年末结清", "进度正常", "支付正常")


def sentence(rng: random.Random, clauses: int) -> str:
    """A sentence of so many clauses."""
    return "，".join(rng.choice(CLAUSES) for _ in range(clauses)) + "。"


def groups(rng: random.Random) -> TableContent:
    """Rows in three groups with subtotals, some with long notes."""
    rows, spans = [["类别", "项目", "金额", "说明"]], []
    for kind in "甲乙丙":
        start = len(rows)
        for i in range(9):
            note = sentence(rng, rng.choice([2, 9, 20])) if i % 2 else ""
            rows.append(
                [f"{kind}类" if i == 0 else "", f"项目{len(rows)}", f"{rng.uniform(1, 99999):,.2f}", note]
            )
        rows.append(["", "小计", f"{rng.uniform(1, 99999):,.2f}", ""])
        spans.append((start, 0, len(rows) - start, 1))
    return TableContent(rows, spans, 1, [1, 1, 1.4, 2], "表 1-1 项目支付进度表", "单位：元")


def form(rng: random.Random) -> TableContent:
    """A form of differently divided rows, narrow columns and one long text."""
    rows = [["项目", "", "甲类项目", "", ""], ["金额", "年末", "支付", "进度", ""]]
    rows += [["", "1,234.56", "1,200.00", "97.20%", ""], ["说明", sentence(rng, 60), "", "", ""]]
    rows.append(["类别", "项目", "金额", "进度", "说明"])
    for i in range(14):
        figures = [f"{rng.uniform(1, 9999999):.2f}", f"{rng.uniform(1, 100):.2f}%"]
        rows.append(["甲类" if i == 0 else "", f"项目{i}", *figures, sentence(rng, rng.choice([1, 2, 12]))])
    spans = [
        (0, 0, 1, 2),
        (0, 2, 1, 3),
        (1, 0, 2, 1),
        (1, 3, 1, 2),
        (2, 3, 1, 2),
        (3, 1, 1, 4),
        (5, 0, 14, 1),
    ]
    return TableContent(rows, spans, 0, [1, 1, 1, 1, 1.6])


def amounts() -> TableContent:
    """A head of two levels, its lower one under two of the upper heads."""
    rows = [["项目", "年度支付", "", "年末结清", ""], ["", "金额", "进度", "金额", "进度"]]
    rows += [
        ["甲类", "300.00", "97.00%", "280.00", "100.00%"],
        ["乙类", "150.50", "95.00%", "1,142.50", "95.27%"],
    ]
    rows.append(["小计", "450.50", "96.33%", "1,422.50", "96.20%"])
    return TableContent(
        rows,
        [(0, 0, 2, 1), (0, 1, 1, 2), (0, 3, 1, 2)],
        2,
        [1, 1, 1, 1, 1],
        "表 1-2 支付和结清表",
        "单位：元",
    )


def notes(rng: random.Random) -> TableContent:
    """Rows with long texts beside short ones."""
    rows = [["项目", "说明", "进度说明", "金额"]]
    for i, (a, b) in enumerate(((6, 9), (1, 2), (4, 3), (1, 1), (2, 7))):
        rows.append([str(i + 1), sentence(rng, a), sentence(rng, b), f"{rng.uniform(1, 99999):,.2f}"])
    return TableContent(rows, [], 1, [0.7, 2, 2, 1], "表 1-3 进度说明表")


def long(rng: random.Random) -> TableContent:
    """One line a row, over several pages."""
    rows = [["项目", "金额", "年末支付", "进度", "类别"]]
    for i in range(75):
        part = rng.uniform(1, 100)
        rows.append(
            [
                f"项目{i + 1}",
                f"{rng.uniform(1, 9999):,.2f}",
                f"{part:.2f}",
                f"{part:.1f}%",
                "甲乙丙"[i % 3] + "类",
            ]
        )
    return TableContent(rows, [], 1, [1, 1, 1, 1, 1], "表 1-4 各项目支付表", "单位：元")


def unruled() -> list[Item]:
    """Tables for rulings that are no grid."""
    rng = random.Random(5)
    items: list[Item] = [("title", "支付进度说明"), ("h1", "一、项目进度")]
    for table in (amounts(), notes(rng), long(rng), amounts()):
        items += [("p", sentence(rng, 20)), table]
    return [*items, ("p", sentence(rng, 12))]


def content() -> list[Item]:
    """What all the files hold."""
    rng = random.Random(3)
    items: list[Item] = [("title", "支付进度说明"), ("h1", "一、项目进度")]
    items += [("p", sentence(rng, 40)), ("p", sentence(rng, 30)), groups(rng), ("p", sentence(rng, 12))]
    form_ = form(rng)
    return [*items, ("break", ""), ("h1", "项目表"), form_, ("break", ""), ("h1", "项目表"), form_]


def listed(item: Item) -> dict[str, Any]:
    """An item as report.yml has it."""
    if not isinstance(item, TableContent):
        return {item[0]: item[1]}
    spans = [list(span) for span in item.spans]
    return {
        "table": {
            "caption": item.caption,
            "unit": item.unit,
            "head": item.head,
            "rows": item.rows,
            "spans": spans,
        }
    }


class _Dumper(yaml.SafeDumper):
    """Lists of plain values on one line."""


def _list(dumper: yaml.SafeDumper, values: list[Any]) -> yaml.Node:
    plain = all(not isinstance(value, list | dict) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=plain)


_Dumper.add_representer(list, _list)


def main() -> None:
    """Writes all files of the folder."""
    typeset.SONG = "Droid Sans Fallback"
    for name, styles, items in (("report", STYLES, content()), ("unruled", UNRULED, unruled())):
        for style in styles:
            typeset.typeset(items, style, HERE / f"{style.name}.pdf")
        _write(items, HERE / f"{name}.yml")


def _write(items: list[Item], target: Path) -> None:
    head = (
        "# What the PDFs of this folder hold, in order; a table's spans are row, column, rowspan, colspan.\n"
    )
    found = [listed(item) for item in items if isinstance(item, TableContent) or item[0] != "break"]
    text = yaml.dump(found, Dumper=_Dumper, allow_unicode=True, width=120, sort_keys=False)
    target.write_text(head + text, encoding="utf-8")


if __name__ == "__main__":
    main()
