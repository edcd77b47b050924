"""Packages and PDFs whose parts refer to themselves, repeat without end, or are not what they say."""

# ruff: noqa: E501 - templates of XML and PDF stay on one line
from __future__ import annotations

import random
import zipfile
import zlib
from collections.abc import Iterator
from io import BytesIO

from tests.chaos.pieces import HELLO, RELS, W, cell, flate, p, package, page, pdf, stream, word

Files = Iterator[tuple[str, bytes]]
BASE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"


def word_traps() -> Files:
    """DOCX: notes of themselves, floods of one element, names and encodings."""
    note = f'<w:footnotes {W}><w:footnote w:id="1"><w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p></w:footnote></w:footnotes>'
    yield "note-of-itself", word('<w:p><w:r><w:footnoteReference w:id="1"/></w:r></w:p>', footnotes=note)
    yield "text-node-huge", word(p("9" * 10_500_000), stored=True)
    yield "text-long", word(p("完成率99.87%，" * 40_000), stored=True)
    yield (
        "namespaces",
        word(
            f"<w:p {' '.join(f'xmlns:a{n}={chr(34)}urn:{n}{chr(34)}' for n in range(20_000))}/>", stored=True
        ),
    )
    yield (
        "attributes",
        word(f"<w:p {' '.join(f'a{n}={chr(34)}1{chr(34)}' for n in range(50_000))}/>", stored=True),
    )
    yield "name-long", word(f"<{'a' * 200_000}/>", stored=True)
    yield "cdata", word(f"<w:p><w:r><w:t><![CDATA[{'<w:p>' * 200_000}]]></w:t></w:r></w:p>", stored=True)
    yield "instructions", word("<?a b?>" * 100_000 + p("x"), stored=True)
    yield "breaks", word("<w:p><w:r>" + "<w:br/>" * 300_000 + "</w:r></w:p>", stored=True)
    yield "tabs", word("<w:p><w:r>" + "<w:tab/>" * 300_000 + "</w:r></w:p>", stored=True)
    yield "tables-many", word(f"<w:tbl><w:tr>{cell('9')}</w:tr></w:tbl>" * 10_000, stored=True)
    yield (
        "grid-columns",
        word(
            f"<w:tbl><w:tblGrid>{'<w:gridCol/>' * 100_000}</w:tblGrid><w:tr>{cell('a')}</w:tr></w:tbl>",
            stored=True,
        ),
    )
    choice = '<mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>{0}</mc:Choice><mc:Fallback>{0}</mc:Fallback></mc:AlternateContent>'
    inner = p("x")
    for _ in range(14):
        inner = choice.format(inner)
    yield "alternatives-doubled", word(inner, stored=True)
    yield (
        "insertions-deep",
        word(
            "<w:p>" + "<w:ins>" * 200 + "<w:r><w:t>x</w:t></w:r>" + "</w:ins>" * 200 + "</w:p>", stored=True
        ),
    )
    yield (
        "fields-open",
        word(
            "<w:p>"
            + '<w:r><w:fldChar w:fldCharType="begin"/></w:r>' * 20_000
            + "<w:r><w:t>x</w:t></w:r></w:p>",
            stored=True,
        ),
    )
    formula = "<m:f><m:num>" * 240 + "<m:r><m:t>1</m:t></m:r>" + "</m:num></m:f>" * 240
    yield (
        "formula-deep",
        word(
            f'<w:p xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"><m:oMath>{formula}</m:oMath></w:p>',
            stored=True,
        ),
    )
    chain = "".join(
        f'<w:style w:styleId="s{n}"><w:basedOn w:val="s{n + 1}"/></w:style>' for n in range(20_000)
    )
    yield (
        "styles-chain",
        word(
            '<w:p><w:pPr><w:pStyle w:val="s0"/></w:pPr></w:p>' + p("x"),
            stored=True,
            styles=f"<w:styles {W}>{chain}</w:styles>",
        ),
    )
    levels = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="chineseCounting"/><w:start w:val="2147483647"/><w:lvlText w:val="{"%1" * 5000}"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    yield (
        "number-text-long",
        word(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
            * 300,
            stored=True,
            numbering=levels,
        ),
    )
    yield (
        "level-huge",
        word(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="99999999999"/><w:numId w:val="-7"/></w:numPr><w:outlineLvl w:val="x"/></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'
        ),
    )
    for encoding in ("utf-7", "ebcdic", "utf-16", "latin-9", "x" * 300):
        yield (
            f"encoding-{encoding[:10]}",
            package(
                {
                    "word/document.xml": f'<?xml version="1.0" encoding="{encoding}"?><w:document {W}><w:body>{p("正文")}</w:body></w:document>'.encode()
                }
            ),
        )
    yield (
        "relations-many",
        package(
            {
                "word/document.xml": f"<w:document {W}><w:body>{p('x')}</w:body></w:document>",
                "word/_rels/document.xml.rels": RELS.format(
                    part="x",
                    more=f'<Relationship Id="r" Type="{BASE}/header" Target="document.xml"/>' * 50_000,
                ),
            },
            stored=True,
        ),
    )
    yield (
        "header-of-itself",
        package(
            {
                "word/document.xml": f'<w:document {W}><w:body>{p("x")}<w:sectPr><w:headerReference xmlns:r="{BASE}" r:id="h"/></w:sectPr></w:body></w:document>',
                "word/_rels/document.xml.rels": RELS.format(
                    part="x", more=f'<Relationship Id="h" Type="{BASE}/header" Target="document.xml"/>'
                ),
            }
        ),
    )
    for n, target in enumerate(
        ("../../../../etc/passwd", "file:///etc/hostname", "", "C:\\a", "/" * 5000, "\u0000a")
    ):
        rels = RELS.format(part=target.replace("\0", "&#1;"), more="")
        yield (
            f"target-{n}",
            package(
                {
                    "_rels/.rels": rels,
                    "word/document.xml": f"<w:document {W}><w:body>{p('x')}</w:body></w:document>",
                }
            ),
        )


def zip_traps() -> Files:
    """Packages: other compressions, overlapping entries, names twice, rubbish around."""
    document = f"<w:document {W}><w:body>{p('正文' * 300)}</w:body></w:document>"
    for name, method in (("lzma", zipfile.ZIP_LZMA), ("bzip2", zipfile.ZIP_BZIP2)):
        data = packed({"word/document.xml": document}, method)
        yield f"method-{name}", data
        yield f"method-{name}-broken", data[:-700] + random.Random(9).randbytes(300) + data[-400:]
        yield f"method-{name}-bomb", packed({"word/document.xml": "0" * 300_000_000}, method)
    yield (
        "dictionary-huge",
        packed({"word/document.xml": document}, zipfile.ZIP_LZMA).replace(
            b"\x5d\x00\x00\x80\x00", b"\x5d\xff\xff\xff\xff"
        ),
    )
    yield "names-twice", package({"word/document.xml": document, "word/Document.xml": "<a/>"})
    yield "folder-as-part", package({"word/document.xml/": "", "word/document.xml": document})
    yield "rubbish-before", b"\0" * 50_000 + package({"word/document.xml": document})
    yield "rubbish-after", package({"word/document.xml": document}) + random.Random(5).randbytes(70_000)
    yield (
        "types-rubbish",
        package({"word/document.xml": document}).replace(b"wordprocessingml", b"wordprocessingmm"),
    )
    yield (
        "types-twice",
        packed({"[Content_Types].xml": "<a/>", "word/document.xml": document}, zipfile.ZIP_STORED),
    )
    yield (
        "local-header-lies",
        package({"word/document.xml": document}).replace(
            b"PK\x03\x04\x14\x00\x00\x00\x08", b"PK\x03\x04\x14\x00\x00\x00\x09"
        ),
    )
    yield (
        "year-zero",
        package({"word/document.xml": document}).replace(b"PK\x03\x04", b"PK\x03\x04", 1)[:10]
        + b"\xff\xff\xff\xff"
        + package({"word/document.xml": document})[14:],
    )


def packed(parts: dict[str, str], method: int) -> bytes:
    """A package compressed in another way, put after what every one needs."""
    with zipfile.ZipFile(out := BytesIO(package({})), "a", method) as target:
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def sheet_traps() -> Files:
    """XLSX: sheets of one part, strings and formats without end, cells on top of each other."""
    ns = f'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="{BASE}"'

    def book(inside: str, sheets: int = 1, **parts: str) -> bytes:
        names = "".join(f'<sheet name="s{n}" sheetId="{n + 1}" r:id="s"/>' for n in range(sheets))
        more = f'<Relationship Id="s" Type="{BASE}/worksheet" Target="sheet.xml"/>'
        more += "".join(f'<Relationship Id="{n}" Type="{BASE}/{n}" Target="{n}.xml"/>' for n in parts)
        given = {f"xl/{n}.xml": text for n, text in parts.items()}
        return package(
            {
                "xl/workbook.xml": f"<workbook {ns}><sheets>{names}</sheets></workbook>",
                "xl/_rels/workbook.xml.rels": RELS.format(part="x", more=more),
                "xl/sheet.xml": f"<worksheet {ns}>{inside}</worksheet>",
                **given,
            },
            "xl/workbook.xml",
            "spreadsheetml.sheet",
            stored=True,
        )

    row = "<sheetData><row r='1'>{}</row></sheetData>"
    text = '<c r="{}" t="inlineStr"><is><t>{}</t></is></c>'
    yield "one-part-many-sheets", book(row.format(text.format("A1", "x" * 1000)), 5000)
    yield "workbook-as-sheet", book("").replace(b"sheet.xml", b"workbook.xml")
    yield "cell-repeated", book(row.format(text.format("A1", "9") * 100_000))
    yield "cell-long", book(row.format(text.format("A1", "完成率99.87%，" * 50_000)))
    yield (
        "diagonal",
        book(
            "<sheetData>"
            + "".join(f'<row r="{n * 300}">{text.format(f"ABC{n * 300}", "9")}</row>' for n in range(1, 3000))
            + "</sheetData>"
        ),
    )
    yield "wide", book(row.format("<c><v>9</v></c>" * 16_384))
    strings = f"<sst {ns}>" + "<si><t>a</t></si>" * 200_000 + "</sst>"
    yield (
        "strings-many",
        book(
            row.format(
                '<c r="A1" t="s"><v>199999</v></c><c r="B1" t="s"><v>-1</v></c><c r="C1" t="s"><v>x</v></c>'
            ),
            sharedStrings=strings,
        ),
    )
    runs = f"<sst {ns}><si>" + "<r><t>9</t></r>" * 100_000 + "</si></sst>"
    yield "runs-many", book(row.format('<c r="A1" t="s"><v>0</v></c>' * 3), sharedStrings=runs)
    for n, code in enumerate(
        (
            "0" * 200_000,
            "[" * 50_000,
            ";" * 50_000,
            '"' * 50_001,
            "#,##0.00_);[Red](#,##0.00)" * 3000,
            "yyyy" * 20_000,
            "\\" * 9999,
            "0%" * 30_000,
        )
    ):
        formats = f'<styleSheet {ns}><numFmts><numFmt numFmtId="200" formatCode="{code.replace(chr(34), "&quot;")}"/></numFmts><cellXfs><xf numFmtId="200"/></cellXfs></styleSheet>'
        yield (
            f"format-{n}",
            book(
                row.format(
                    '<c r="A1" s="0"><v>45000.5</v></c><c r="B1" s="99"><v>1e308</v></c><c r="C1" s="0"><v>-1e-300</v></c>'
                ),
                styles=formats,
            ),
        )
    yield (
        "values-odd",
        book(
            row.format(
                "".join(
                    f'<c t="{kind}"><v>{value}</v></c>'
                    for kind in ("n", "b", "e", "str", "d", "x")
                    for value in ("", "NaN", "inf", "1e400", "0x10", "１２", "-", "9" * 5000)
                )
            )
        ),
    )
    yield (
        "merges-many",
        book(
            row.format(text.format("A1", "x"))
            + "<mergeCells>"
            + '<mergeCell ref="A1:B2"/>' * 100_000
            + "</mergeCells>"
        ),
    )
    yield (
        "merge-odd",
        book(
            row.format(text.format("A1", "x"))
            + '<mergeCells><mergeCell ref="B2:A1"/><mergeCell ref="A0:A-1"/><mergeCell ref=""/><mergeCell/></mergeCells>'
        ),
    )


def pdf_traps() -> Files:
    """PDF: streams named ten thousand times, cycles in what hangs on the catalogue, fonts that unfold."""
    catalog, leaf = (
        b"<</Type/Catalog/Pages 2 0 R%s>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 4 0 R/Resources<</Font<</F 5 0 R>>>>%s>>",
    )
    one = {
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        4: stream(HELLO),
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }

    def hung(at_catalog: bytes = b"", at_page: bytes = b"", **more: bytes) -> bytes:
        return pdf(
            {1: catalog % at_catalog, 3: leaf % at_page, **one, **{int(k[1:]): v for k, v in more.items()}}
        )

    lines = flate(b"".join(b"0 %d m 500 %d l S\n" % (n % 800, n % 800) for n in range(20_000)))
    yield (
        "contents-repeated",
        hung(at_page=b"/Contents[" + b"4 0 R " * 10_000 + b"]", n4=lines).replace(b"/Contents 4 0 R", b""),
    )
    yield "contents-of-itself", hung(n4=b"[4 0 R 4 0 R]")
    yield (
        "outline-cycle",
        hung(
            b"/Outlines 6 0 R",
            n6=b"<</First 7 0 R/Last 7 0 R>>",
            n7=b"<</Title(a)/Next 7 0 R/First 7 0 R/Parent 7 0 R>>",
        ),
    )
    yield (
        "fields-cycle",
        hung(
            b"/AcroForm<</Fields[6 0 R]/NeedAppearances true>>",
            b"/Annots[6 0 R]",
            n6=b"<</FT/Tx/T(a)/Kids[6 0 R]/Parent 6 0 R/Subtype/Widget/Rect[0 0 9 9]>>",
        ),
    )
    yield (
        "names-cycle",
        hung(b"/Names<</Dests 6 0 R>>/Dests 6 0 R", n6=b"<</Kids[6 0 R 6 0 R]/Limits[(a)(z)]>>"),
    )
    yield (
        "structure-cycle",
        hung(
            b"/StructTreeRoot 6 0 R/MarkInfo<</Marked true>>",
            n6=b"<</Type/StructTreeRoot/K 6 0 R/ParentTree 6 0 R/Kids[6 0 R]/RoleMap 6 0 R>>",
        ),
    )
    yield (
        "layers-cycle",
        hung(
            b"/OCProperties<</OCGs[6 0 R]/D<</Order 7 0 R>>>>",
            n6=b"<</Type/OCG/Name(a)>>",
            n7=b"[7 0 R 6 0 R]",
        ),
    )
    yield (
        "annotations-many",
        hung(
            at_page=b"/Annots["
            + b"<</Subtype/Link/Rect[0 0 9 9]/A<</S/URI/URI(http://127.0.0.1:9/)>>>>" * 50_000
            + b"]"
        ),
    )
    yield (
        "launch",
        hung(b"/OpenAction<</S/Launch/F(/bin/true)>>", b"/AA<</O<</S/URI/URI(http://127.0.0.1:9/)>>>>"),
    )
    deep = {
        n: b"<</Type/Pages/Kids[%d 0 R]/Count 1/Parent %d 0 R>>" % (n + 1, n - 1) for n in range(10, 3000)
    }
    yield (
        "tree-deep",
        pdf({1: catalog % b"", **one, 2: b"<</Type/Pages/Kids[10 0 R]/Count 1>>", **deep, 3000: leaf % b""}),
    )
    yield (
        "prev-chain",
        hung()
        + b"".join(
            b"\nxref\n0 0\ntrailer<</Size 9/Root 1 0 R/Prev %d>>\nstartxref\n%d\n%%%%EOF" % (n, n)
            for n in range(3000)
        ),
    )
    table = zlib.compress(b"\1\0\0\0\0\0\0\0\0" * 10)
    yield (
        "xref-stream-wide",
        b"%PDF-1.7\n9 0 obj<</Type/XRef/W[8 8 8]/Index[0 2147483647]/Size 2147483647/Root 1 0 R/Filter/FlateDecode/Length "
        + b"%d>>stream\n" % len(table)
        + table
        + b"\nendstream endobj\nstartxref\n9\n%%EOF",
    )
    yield (
        "object-stream-of-itself",
        hung(n6=stream(b"6 0 <</Type/ObjStm>>", b"/Type/ObjStm/N 1000000/First 5/Extends 6 0 R")),
    )
    for name, font in (
        (
            "widths",
            b"<</Type/Font/Subtype/TrueType/BaseFont/A/FirstChar -2147483648/LastChar 2147483647/Widths[9]>>",
        ),
        (
            "differences",
            b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding<</Differences[" + b"65/a " * 300_000 + b"]>>>>",
        ),
        (
            "cid-widths",
            b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[<</Subtype/CIDFontType2/BaseFont/A/W[0 2147483647 9]/CIDSystemInfo<<>>>>]>>",
        ),
        (
            "descendant-of-itself",
            b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/DescendantFonts[5 0 R]>>",
        ),
        ("encoding-of-itself", b"<</Type/Font/Subtype/Type1/BaseFont/A/Encoding 5 0 R>>"),
    ):
        yield f"font-{name}", hung(n5=font)
    cmap = b"begincmap 1 beginbfchar <41> <" + b"4e00" * 10_000 + b"> endbfchar endcmap"
    yield (
        "glyph-unfolds",
        page(
            flate(b"BT /F 9 Tf 72 700 Td (" + b"A" * 20_000 + b") Tj ET"),
            extra={5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/ToUnicode 6 0 R>>", 6: flate(cmap)},
        ),
    )
    for n, rubbish in enumerate(
        (
            random.Random(7).randbytes(9000),
            b"\0\1\0\0" + b"\xff" * 9000,
            b"\1\0\4\4" + b"\xff" * 900,
            b"OTTO" + b"\0" * 900,
        )
    ):
        descriptor = b"<</Type/FontDescriptor/FontName/A/FontFile%s 7 0 R>>" % (b"2", b"2", b"3", b"3")[n]
        yield (
            f"font-file-{n}",
            hung(
                n5=b"<</Type/Font/Subtype/TrueType/BaseFont/A/FontDescriptor 6 0 R>>",
                n6=descriptor,
                n7=flate(rubbish),
            ),
        )
    yield (
        "pattern-of-itself",
        page(
            stream(b"/Pattern cs /P scn 0 0 500 500 re f " + HELLO),
            more=b"/Resources<</Pattern<</P 6 0 R>>/Font<</F 5 0 R>>>>",
            extra={
                6: stream(
                    b"/Pattern cs /P scn 0 0 9 9 re f",
                    b"/PatternType 1/PaintType 1/TilingType 1/BBox[0 0 1 1]/XStep 0.00001/YStep 0.00001/Resources<</Pattern<</P 6 0 R>>>>",
                )
            },
        ),
    )
    yield (
        "mask-of-itself",
        page(
            stream(b"/G gs " + HELLO),
            more=b"/Resources<</ExtGState<</G 6 0 R>>/Font<</F 5 0 R>>>>",
            extra={
                6: b"<</SMask<</S/Alpha/G 7 0 R>>>>",
                7: stream(
                    b"/G gs /X Do",
                    b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</ExtGState<</G 6 0 R>>/XObject<</X 7 0 R>>>>",
                ),
            },
        ),
    )
    yield (
        "function-of-itself",
        page(
            stream(b"/S sh " + HELLO),
            more=b"/Resources<</Shading<</S<</ShadingType 2/ColorSpace/DeviceGray/Coords[0 0 9 9]/Function 6 0 R>>>>/Font<</F 5 0 R>>>>",
            extra={6: b"<</FunctionType 3/Domain[0 1]/Functions[6 0 R 6 0 R]/Bounds[.5]/Encode[0 1 0 1]>>"},
        ),
    )
    for name, content in (
        ("strings-open", b"BT /F 9 Tf " + b"(" * 1_000_000), ("hex-long", b"BT /F 9 Tf <" + b"41" * 500_000 + b"> Tj ET"),
        ("number-long", b"0" * 1_000_000 + b" 0 m 9 9 l S"), ("comment-long", b"%" + b"x" * 5_000_000 + b"\n" + HELLO), ("operands", b"9 " * 1_000_000 + HELLO),
        ("texts-nested", b"BT " * 500_000 + HELLO), ("marked-deep", b"/A BMC " * 300_000 + HELLO), ("clips", b"0 0 9 9 re W n " * 100_000 + HELLO),
        ("curves", b"0 0 m " + b"1 2 3 4 5 6 c " * 150_000 + b"S"), ("dashes", b"[0.00001 0.00001] 0 d 0 0 m 1000000 1000000 l S " + HELLO),
        ("image-inline", b"BI /W 100000 /H 100000 /BPC 8 /CS /RGB ID " + b"\0" * 9000), ("dictionaries-deep", b"/A " + b"<</B " * 200_000 + b" BDC"),
        ("far-away", b"BT /F 9 Tf 1e9 1e9 Td (9%) Tj -1e38 0 Td (8%) Tj ET"), ("turning", b"BT /F 9 Tf " + b"0 1 -1 0 300 300 Tm (9%) Tj 1 0 0 1 300 300 Tm (8%) Tj " * 10_000 + b"ET"),
        ("squares", b"".join(b"%d %d 1.5 1.5 re S " % (x * 2, y * 3) for x in range(280) for y in range(270))),
    ):  # fmt: skip
        yield f"content-{name}", page(flate(content))
    for name, more in (
        ("unit-huge", b"/UserUnit 1e30"),
        ("turned-45", b"/Rotate 45"),
        ("crop-outside", b"/CropBox[9000 9000 9100 9100]"),
        ("box-inverted", b"/CropBox[500 500 10 10]"),
    ):
        yield f"page-{name}", page(stream(HELLO), more=more)
    kids = b"<</Type/Pages/Kids[%s]/Count 400>>" % (b"3 0 R " * 400)
    yield (
        "heavy-pages",
        pdf(
            {
                1: catalog % b"",
                **one,
                2: kids,
                3: leaf % b"",
                4: flate(
                    b"".join(b"%.2f %d m 500 %d l S\n" % (n / 9, n % 800, n % 800) for n in range(6000))
                ),
            }
        ),
    )
