"""Makes DOCX files for the tests out of pieces of XML, and shows documents as short lines to compare."""

from __future__ import annotations

import zipfile
from pathlib import Path

from extractor.document import Block, Document, Heading, Table

WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_REL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
NAMESPACES = " ".join(
    f'xmlns:{prefix}="{uri}"'
    for prefix, uri in {
        "w": WORD,
        "r": _REL,
        "m": "http://schemas.openxmlformats.org/officeDocument/2006/math",
        "mc": "http://schemas.openxmlformats.org/markup-compatibility/2006",
        "wps": "http://schemas.microsoft.com/office/word/2010/wordprocessingShape",
        "wp": "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing",
        "a": "http://schemas.openxmlformats.org/drawingml/2006/main",
        "dgm": "http://schemas.openxmlformats.org/drawingml/2006/diagram",
        "v": "urn:schemas-microsoft-com:vml",
        "cx": "http://example.org/unknown-extension",
    }.items()
)
_TYPES = (
    '<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Default Extension="xml" ContentType="application/xml"/><Default Extension="rels" '
    'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override '
    'PartName="/word/document.xml" ContentType="application/vnd.openxmlformats-officedocument.'
    'wordprocessingml.document.main+xml"/></Types>'
)
_RELS = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">{}</Relationships>'
)


def relation(name: str, kind: str, target: str) -> str:
    """One relationship."""
    return f'<Relationship Id="{name}" Type="{_REL}/{kind}" Target="{target}"/>'


def docx(path: Path, body: str, *, prolog: str = "", stored: bool = False, **parts: str) -> Path:
    """A DOCX file of a body and other parts (``styles``, ``footnotes``, ``header1``), each the inner XML."""
    relations = ""
    method = zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED
    with zipfile.ZipFile(path, "w", method) as package:
        package.writestr("[Content_Types].xml", _TYPES)
        package.writestr("_rels/.rels", _RELS.format(relation("r", "officeDocument", "word/document.xml")))
        xml = f"{prolog}<w:document {NAMESPACES}><w:body>{body}</w:body></w:document>"
        package.writestr("word/document.xml", xml)
        for name, inner in parts.items():
            kind = name.rstrip("0123456789")
            root = {"header": "hdr", "footer": "ftr"}.get(kind, kind)
            package.writestr(f"word/{name}.xml", f"<w:{root} {NAMESPACES}>{inner}</w:{root}>")
            relations += relation(name, {"diagram": "diagramData"}.get(kind, kind), f"{name}.xml")
        package.writestr("word/_rels/document.xml.rels", _RELS.format(relations))
    return path


def p(text: str = "", props: str = "") -> str:
    """A paragraph of one run."""
    return f"<w:p><w:pPr>{props}</w:pPr>{r(text)}</w:p>"


def r(text: str, props: str = "") -> str:
    """A run."""
    return f'<w:r><w:rPr>{props}</w:rPr><w:t xml:space="preserve">{text}</w:t></w:r>' if text else ""


def tc(text: str = "", props: str = "") -> str:
    """A cell of one paragraph."""
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"


def tr(*cells: str, props: str = "") -> str:
    """A row."""
    return f"<w:tr><w:trPr>{props}</w:trPr>{''.join(cells)}</w:tr>"


def tbl(*rows: str, widths: tuple[int, ...] = ()) -> str:
    """A table, with the widths of its grid if they are given."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return f"<w:tbl><w:tblPr/><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"


def shown(document: Document) -> list[str]:
    """Every block as a line: ``H1 …``, ``P …``, ``caption …``, or a table (see ``shown_table``)."""
    return [_shown(block) for block in document.blocks]


def _shown(block: Block) -> str:
    if isinstance(block, Heading):
        return f"H{block.level} {block.text}"
    if isinstance(block, Table):
        return shown_table(block)
    return f"{'P' if block.kind == 'body' else block.kind} {block.text}"


def shown_table(table: Table) -> str:
    """``T 2x3 a|b+1x2/c|d|e``: the size, then the cells that begin in each row with their spans."""
    rows: list[list[str]] = [[] for _ in range(table.n_rows)]
    for cell in table.cells:
        span = f"+{cell.rowspan}x{cell.colspan}" if cell.rowspan * cell.colspan > 1 else ""
        rows[cell.row].append(f"{cell.text}{span}")
    return f"T {table.n_rows}x{table.n_cols} " + "/".join("|".join(row) for row in rows)
