"""The same content as PDF by LibreOffice (from DOCX), Chromium (from HTML) and ReportLab."""

from __future__ import annotations

import html
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from content import Item, TableContent

SONG = "Noto Serif CJK SC"


@dataclass(frozen=True)
class Style:
    """One way of typesetting: text and table size in points, whether heads repeat and rows may be cut,
    alignment; ``ruling`` of tables: grid, three (lines: above, under the head, at the end), level (a line under
    each row) or shades (every other row, no line)."""

    name: str
    engine: str
    size: float = 10.5
    table_size: float = 10.5
    repeat_head: bool = True
    cut_rows: bool = True
    centred: bool = False
    landscape: bool = False
    furniture: bool = False
    short: bool = False  # no row higher than a page, where rows are not cut
    ruling: str = "grid"
    flat: bool = False  # no tall merged cells: ReportLab cannot cut them and repeat heads


STYLES = (
    Style("libreoffice", "libreoffice"),
    Style("libreoffice, no repeated heads", "libreoffice", 12, 9, repeat_head=False),
    Style(
        "libreoffice, rows whole, centred",
        "libreoffice",
        14,
        10.5,
        cut_rows=False,
        short=True,
        centred=True,
        furniture=True,
    ),
    Style("libreoffice, landscape", "libreoffice", 16, 12, landscape=True, centred=True, furniture=True),
    Style("chromium", "chromium"),
    Style("chromium, no repeated heads", "chromium", 14, 9, repeat_head=False, centred=True, furniture=True),
    Style("chromium, rows whole", "chromium", 12, 10.5, cut_rows=False, short=True),
    Style("reportlab", "reportlab", table_size=9, cut_rows=False, short=True, flat=True),
    Style(
        "reportlab, no repeated heads",
        "reportlab",
        12,
        9,
        repeat_head=False,
        cut_rows=False,
        centred=True,
        short=True,
        flat=True,
    ),
)


def typeset(items: Sequence[Item], style: Style, target: Path) -> None:
    """Writes the content as a PDF. Raises FileNotFoundError where the typesetter is not installed."""
    {"libreoffice": _libreoffice, "chromium": _chromium, "reportlab": _reportlab}[style.engine](
        items, style, target
    )


def covered(table: TableContent) -> set[tuple[int, int]]:
    """The fields that a span covers and that are not its first."""
    return {
        (r, c)
        for row, col, rowspan, colspan in table.spans
        for r in range(row, row + rowspan)
        for c in range(col, col + colspan)
        if (r, c) != (row, col)
    }


# LibreOffice


def _libreoffice(items: Sequence[Item], style: Style, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / f"{target.stem}.docx"
        docx_of(items, style).save(str(source))
        profile = f"-env:UserInstallation=file://{folder}/profile"
        command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", folder, str(source)]
        subprocess.run(command, check=True, capture_output=True, timeout=600)
        target.write_bytes(source.with_suffix(".pdf").read_bytes())


def docx_of(items: Sequence[Item], style: Style) -> Any:
    """The content as a python-docx document."""
    import docx
    from docx.enum.section import WD_ORIENT
    from docx.shared import Pt

    document = docx.Document()
    section = document.sections[0]
    section.page_width, section.page_height = Pt(595), Pt(842)
    if style.landscape:
        section.orientation = WD_ORIENT.LANDSCAPE
        section.page_width, section.page_height = Pt(842), Pt(595)
    normal = document.styles["Normal"]
    normal.font.size = Pt(style.size)
    _fonts(normal)
    for level in (1, 2):
        _fonts(document.styles[f"Heading {level}"])
    if style.furniture:
        section.header.paragraphs[0].text = "某某专项经费绩效评价报告"
        _page_number(section.footer.paragraphs[0])
    for item in items:
        _docx_item(document, item, style)
    return document


def _fonts(style: Any) -> None:
    from docx.oxml.ns import qn

    style.font.name = SONG
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for name in ("w:eastAsia", "w:ascii", "w:hAnsi"):
        fonts.set(qn(name), SONG)
    for name in ("w:asciiTheme", "w:hAnsiTheme", "w:eastAsiaTheme", "w:cstheme"):
        fonts.attrib.pop(qn(name), None)


def _page_number(paragraph: Any) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    paragraph.alignment = 1
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = OxmlElement("w:r")
    run.append(OxmlElement("w:t"))
    field.append(run)
    paragraph._p.append(field)


def _docx_item(document: Any, item: Item, style: Style) -> None:
    from docx.shared import Pt

    if isinstance(item, TableContent):
        if item.caption:
            document.add_paragraph(item.caption).alignment = 1
        if item.unit:
            document.add_paragraph(item.unit).alignment = 2
        _docx_table(document, item, style)
        return
    kind, text = item
    if kind == "break":
        document.add_page_break()
    elif kind == "title":
        document.add_heading(text, 0)
    elif kind in ("h1", "h2"):
        document.add_heading(text, int(kind[1]))
    else:
        document.add_paragraph(text).paragraph_format.first_line_indent = Pt(2 * style.size)


def _docx_table(document: Any, content: TableContent, style: Style) -> None:
    from docx.oxml import OxmlElement
    from docx.shared import Pt

    style_name = "Table Grid" if style.ruling == "grid" else None
    table = document.add_table(len(content.rows), len(content.rows[0]), style=style_name)
    table.autofit = False
    width = (842 if style.landscape else 595) - 180
    hidden = covered(content)
    for r, row in enumerate(table.rows):
        cells = row.cells
        for c, cell in enumerate(cells):
            cell.width = Pt(width * content.widths[c] / sum(content.widths))
            if (r, c) not in hidden:
                _docx_cell(cell, content.rows[r][c], style)
        properties = row._tr.get_or_add_trPr()
        if not style.cut_rows:
            properties.append(OxmlElement("w:cantSplit"))
        if style.repeat_head and r < content.head:
            properties.append(OxmlElement("w:tblHeader"))
    for row, col, rowspan, colspan in content.spans:
        merged = table.cell(row, col).merge(table.cell(row + rowspan - 1, col + colspan - 1))
        for extra in merged.paragraphs[1 + content.rows[row][col].count("\n") :]:
            extra._p.getparent().remove(extra._p)
    if style.ruling != "grid":
        _docx_rules(table, content, style.ruling)


def _docx_rules(table: Any, content: TableContent, ruling: str) -> None:
    """Level borders, or shades, of every field; a covered one has those of its own row."""
    for r, row in enumerate(table.rows):
        for field in row._tr.tc_lst:
            under_head = r < content.head and (
                r == content.head - 1 or _spans_over_columns(content, r, field)
            )
            edges = {"top": r == 0 or ruling == "level", "bottom": under_head or r == len(content.rows) - 1}
            edges["bottom"] |= ruling == "level"
            shaded = r < content.head or (r - content.head) % 2 == 1
            _docx_sides(field, edges if ruling != "shades" else {}, shaded and ruling == "shades")


def _spans_over_columns(content: TableContent, r: int, field: Any) -> bool:
    text = "".join(t.text or "" for t in field.iter() if t.tag.endswith("}t"))
    return any(
        row == r and colspan > 1 and content.rows[r][c] == text for row, c, _, colspan in content.spans
    )


def _docx_sides(field: Any, edges: dict[str, bool], shaded: bool) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    properties = field.get_or_add_tcPr()
    borders = OxmlElement("w:tcBorders")
    for name, drawn in edges.items():
        if drawn:
            side = OxmlElement(f"w:{name}")
            side.set(qn("w:val"), "single")
            side.set(qn("w:sz"), "8")
            borders.append(side)
    properties.append(borders)
    if shaded:
        shade = OxmlElement("w:shd")
        shade.set(qn("w:val"), "clear")
        shade.set(qn("w:fill"), "D9E2F3")
        properties.append(shade)


def _docx_cell(cell: Any, text: str, style: Style) -> None:
    from docx.shared import Pt

    for n, line in enumerate(text.split("\n")):
        paragraph = cell.paragraphs[0] if n == 0 else cell.add_paragraph()
        run = paragraph.add_run(line)
        run.font.size = Pt(style.table_size)
        paragraph.paragraph_format.space_after = Pt(0)
        if style.centred:
            paragraph.alignment = 1
    if style.centred:
        cell.vertical_alignment = 1


# Chromium


def _chromium(items: Sequence[Item], style: Style, target: Path) -> None:
    with tempfile.TemporaryDirectory() as folder:
        source = Path(folder) / "report.html"
        source.write_text(html_of(items, style), encoding="utf-8")
        command = ["chromium", "--headless", "--no-sandbox", "--disable-gpu", "--disable-pdf-tagging"]
        command += [f"--user-data-dir={folder}/profile", f"--print-to-pdf={target}"]
        command += [*([] if style.furniture else ["--no-pdf-header-footer"]), source.as_uri()]
        subprocess.run(command, check=True, capture_output=True, timeout=600)


_CSS = {
    "grid": "td{border:1px solid #000}",
    "three": "table{border:solid #000;border-width:1.5pt 0}thead td{border-bottom:1px solid #000}",
    "level": "td{border:solid #000;border-width:1px 0}",
    "shades": "thead td{background:#9bd}tbody tr:nth-child(even) td{background:#def}",
}


def html_of(items: Sequence[Item], style: Style) -> str:
    """The content as one HTML page."""
    align = "text-align:center;vertical-align:middle;" if style.centred else "vertical-align:top;"
    whole = "" if style.cut_rows else "tr{break-inside:avoid}"
    group = "" if style.repeat_head else "thead{display:table-row-group}"
    size = "landscape" if style.landscape else "portrait"
    css = (
        f"@page{{size:A4 {size};margin:72pt 90pt}}{whole}{group}"
        f"body{{font:{style.size}pt '{SONG}';line-height:1.5}}p{{text-indent:2em;margin:6pt 0}}"
        f"table{{border-collapse:collapse;width:100%;font-size:{style.table_size}pt;table-layout:fixed}}"
        f"td{{padding:2pt 5pt;overflow-wrap:anywhere;{align}}}{_CSS[style.ruling]}"
        ".caption{text-align:center;text-indent:0}.unit{text-align:right;text-indent:0}.break{break-before:page}"
    )
    body = "".join(_html_item(item) for item in items)
    head = f'<meta charset="utf-8"><title>报告</title><style>{css}</style>'
    return f'<!doctype html><html lang="zh">{head}{body}</html>'


def _html_item(item: Item) -> str:
    if not isinstance(item, TableContent):
        kind, text = item
        tag = {"title": "h1", "h1": "h2", "h2": "h3", "p": "p", "break": "div class=break"}[kind]
        return f"<{tag}>{html.escape(text)}</{tag.split()[0]}>"
    out = f"<p class=caption>{item.caption}</p>" if item.caption else ""
    out += f"<p class=unit>{item.unit}</p>" if item.unit else ""
    widths = "".join(f'<col style="width:{100 * w / sum(item.widths):.2f}%">' for w in item.widths)
    hidden, spans = covered(item), {(r, c): (h, w) for r, c, h, w in item.spans}
    rows = [_html_row(row, r, hidden, spans) for r, row in enumerate(item.rows)]
    head = f"<thead>{''.join(rows[: item.head])}</thead>" if item.head else ""
    return (
        f"{out}<table><colgroup>{widths}</colgroup>{head}<tbody>{''.join(rows[item.head :])}</tbody></table>"
    )


def _html_row(
    row: list[str], r: int, hidden: set[tuple[int, int]], spans: dict[tuple[int, int], tuple[int, int]]
) -> str:
    cells = ""
    for c, text in enumerate(row):
        if (r, c) in hidden:
            continue
        rowspan, colspan = spans.get((r, c), (1, 1))
        cells += f"<td rowspan={rowspan} colspan={colspan}>{html.escape(text).replace(chr(10), '<br>')}</td>"
    return f"<tr>{cells}</tr>"


# ReportLab


def _reportlab(items: Sequence[Item], style: Style, target: Path) -> None:
    from reportlab.lib.pagesizes import A4
    from reportlab.lib.styles import ParagraphStyle
    from reportlab.pdfbase import pdfmetrics
    from reportlab.pdfbase.cidfonts import UnicodeCIDFont
    from reportlab.platypus import PageBreak, Paragraph, SimpleDocTemplate

    pdfmetrics.registerFont(UnicodeCIDFont("STSong-Light"))

    def of(size: float, **more: Any) -> Any:
        return ParagraphStyle(
            "s", fontName="STSong-Light", fontSize=size, leading=size * 1.5, wordWrap="CJK", **more
        )

    sizes = {
        "title": of(20),
        "h1": of(15),
        "h2": of(style.size * 1.15),
        "p": of(style.size, firstLineIndent=2 * style.size),
    }
    flow: list[Any] = []
    for item in items:
        if isinstance(item, TableContent):
            flow += [Paragraph(item.caption, of(style.size, alignment=1))] if item.caption else []
            flow += [Paragraph(item.unit, of(style.size, alignment=2))] if item.unit else []
            flow.append(
                _reportlab_table(item, style, of(style.table_size, alignment=1 if style.centred else 0))
            )
        elif item[0] == "break":
            flow.append(PageBreak())
        else:
            flow.append(Paragraph(html.escape(item[1]), sizes[item[0]]))
    SimpleDocTemplate(str(target), pagesize=A4, leftMargin=90, rightMargin=90).build(flow)


def _reportlab_table(content: TableContent, style: Style, text: Any) -> Any:
    from reportlab.lib import colors
    from reportlab.platypus import Paragraph, Table

    hidden = covered(content)
    data = [
        [
            "" if (r, c) in hidden else Paragraph(html.escape(cell).replace("\n", "<br/>"), text)
            for c, cell in enumerate(row)
        ]
        for r, row in enumerate(content.rows)
    ]
    rules: list[Any] = [("VALIGN", (0, 0), (-1, -1), "MIDDLE" if style.centred else "TOP")]
    rules += _reportlab_rules(content, style.ruling, colors)
    rules += [("SPAN", (c, r), (c + w - 1, r + h - 1)) for r, c, h, w in content.spans]
    widths = [415 * w / sum(content.widths) for w in content.widths]
    repeat = content.head if style.repeat_head else 0
    return Table(data, widths, repeatRows=repeat, style=rules, spaceAfter=12, splitInRow=int(style.cut_rows))


def _reportlab_rules(content: TableContent, ruling: str, colors: Any) -> list[Any]:
    head = content.head
    if ruling == "grid":
        return [("GRID", (0, 0), (-1, -1), 0.5, colors.black)]
    if ruling == "level":
        return [(name, (0, 0), (-1, -1), 0.5, colors.black) for name in ("LINEABOVE", "LINEBELOW")]
    if ruling == "shades":
        striped = range(head + 1, len(content.rows), 2)
        rows = [("BACKGROUND", (0, r), (-1, r), colors.lightgrey) for r in striped]
        return [("BACKGROUND", (0, 0), (-1, head - 1), colors.lightblue), *rows]
    over = [
        ("LINEBELOW", (c, r), (c + w - 1, r), 0.5, colors.black)
        for r, c, h, w in content.spans
        if r + h < head and w > 1
    ]
    ends = [
        ("LINEABOVE", (0, 0), (-1, 0), 1.5, colors.black),
        ("LINEBELOW", (0, -1), (-1, -1), 1.5, colors.black),
    ]
    return [*ends, ("LINEBELOW", (0, head - 1), (-1, head - 1), 0.5, colors.black), *over]
