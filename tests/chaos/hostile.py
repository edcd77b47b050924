"""Files that mean harm, over all classes we know, and healthy ones among them. ``python -m tests.chaos.hostile DIR``.

Everything is made from a seed: the same files each time. Only harmless consequences are meant for who unpacks them.
"""

# ruff: noqa: E501 - templates of XML and PDF stay on one line
from __future__ import annotations

import os
import random
import socket
import struct
import sys
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path

from tests.chaos.floods import page_floods, text_floods
from tests.chaos.pieces import HELLO, RELS, W, cell, flate, p, package, page, pdf, stream, word
from tests.chaos.traps import pdf_traps, sheet_traps, word_traps, zip_traps

CORPUS = Path(__file__).parents[2] / "corpus" / "documents"
HEALTHY = (
    "self-evaluation-meals.docx",
    "self-evaluation-meals.pdf",
    "report-bicycles.pdf",
    "report-farmland.docx",
)
Files = Iterator[tuple[str, bytes]]


# PDF


def pdf_structure() -> Files:
    """Trees that bite their tails, counts that lie, depth without end."""
    catalog, leaf = b"<</Type/Catalog/Pages 2 0 R>>", b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]>>"
    yield "tree-cycle", pdf({1: catalog, 2: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"})
    yield (
        "tree-cycle-two",
        pdf(
            {1: catalog, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: b"<</Type/Pages/Kids[2 0 R]/Count 1>>"}
        ),
    )
    yield "count-lies", pdf({1: catalog, 2: b"<</Type/Pages/Kids[3 0 R]/Count 2000000000>>", 3: leaf})
    yield "count-negative", pdf({1: catalog, 2: b"<</Type/Pages/Kids[3 0 R]/Count -5>>", 3: leaf})
    for n in (3001, 200_000):
        yield (
            f"pages-{n}",
            pdf({1: catalog, 2: b"<</Type/Pages/Kids[%s]/Count %d>>" % (b"3 0 R " * n, n), 3: leaf}),
        )
    yield "no-pages", pdf({1: catalog, 2: b"<</Type/Pages/Kids[]/Count 0>>"})
    yield "no-root", pdf({1: b"<<>>", 2: b"null"})
    yield "root-of-itself", pdf({1: b"1 0 R"})
    for n in (1000, 100_000):
        yield f"array-deep-{n}", pdf({1: catalog, 2: b"[" * n + b"]" * n})
        yield f"dict-deep-{n}", pdf({1: catalog, 2: b"<</A" * n + b" 1" + b">>" * n})
    yield (
        "parent-cycle",
        pdf(
            {
                1: catalog,
                2: b"<</Type/Pages/Kids[3 0 R]/Count 1/Parent 3 0 R>>",
                3: b"<</Type/Page/Parent 2 0 R>>",
            }
        ),
    )
    yield (
        "prev-cycle",
        pdf({1: catalog, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: leaf}, trailer=b"/Prev 9"),
    )
    yield "size-lies", pdf({1: catalog, 2: b"<</Kids[]>>"}, trailer=b"/Size 2147483647")
    yield "length-lies", page(b"<</Length 2147483647>>stream\nq\nendstream")
    yield "length-of-itself", page(b"<</Length 4 0 R>>stream\nq\nendstream")
    yield "header-only", b"%PDF-1.7\n"
    yield "header-and-rubbish", b"%PDF-1.7\n" + random.Random(1).randbytes(100_000)
    yield (
        "encrypted",
        page(stream(HELLO)).replace(b"/Root", b"/Encrypt<</Filter/Standard/V 2/R 3/O(x)/U(y)/P -4>>/Root"),
    )
    yield "startxref-far", page(stream(HELLO)).replace(b"startxref\n", b"startxref\n99999999999")
    action = b"<</Type/Catalog/Pages 2 0 R/OpenAction<</S/JavaScript/JS(while(1){})>>>>"
    yield "javascript", pdf({1: action, 2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>", 3: leaf})


def pdf_content() -> Files:
    """Streams that unfold, drawings without end, pages beyond measure."""
    yield "flate-bomb", page(flate(b" " * 400_000_000))
    twice = zlib.compress(zlib.compress(b"\0" * 300_000_000, 9), 9)
    yield "flate-twice", page(stream(twice, b"/Filter[/FlateDecode/FlateDecode]"))
    yield "filters-many", page(stream(b"x", b"/Filter[" + b"/ASCIIHexDecode" * 5000 + b"]"))
    yield "predictor", page(flate(b"x" * 99, b"/DecodeParms<</Predictor 12/Columns 2147483647/Colors 32>>"))
    yield "flate-garbage", page(stream(b"\x78\x9cnothing", b"/Filter/FlateDecode"))
    form = b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X 6 0 R/Y 6 0 R>>>>"
    yield "form-of-itself", page(stream(b"/X Do"), extra={6: stream(b"/X Do /Y Do", form)})
    forms = {
        n: stream(
            b"/X Do " * 10,
            b"/Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</X %d 0 R>>>>" % (n + 1),
        )
        for n in range(6, 20)
    }
    yield "forms-billion", page(stream(b"/X Do"), extra=forms | {20: stream(HELLO, form)})
    for name, box in (
        ("huge", b"0 0 1e9 1e9"),
        ("nothing", b"0 0 0 0"),
        ("words", b"a b c d"),
        ("nan", b"0 0 nan inf"),
    ):
        yield f"box-{name}", page(stream(HELLO), box)
    yield (
        "lines-million",
        page(flate(b"".join(b"0 %d m 500 %d l S\n" % (n % 800, n % 800) for n in range(400_000)))),
    )
    grid = b"".join(b"%d 0 m %d 800 l S 0 %d m 590 %d l S\n" % ((n, n, n, n)) for n in range(590))
    yield "grid-fine", page(flate(grid))
    dots = b"".join(b"%.2f %.2f 1 1 re f\n" % (n % 590, n / 590) for n in range(150_000))
    yield "dots", page(flate(dots))
    yield (
        "path-one-long",
        page(flate(b"0 0 m " + b"".join(b"%d %d l " % (n % 590, n % 800) for n in range(500_000)) + b"S")),
    )
    yield "text-million", page(flate(b"BT /F 1 Tf 0 0 Td (" + b"9" * 1_000_000 + b") Tj ET"))
    yield "text-stacked", page(flate(b"BT /F 9 Tf 72 700 Td " + b"(12.5%) Tj 0 0 Td " * 40_000 + b"ET"))
    yield "font-size-huge", page(stream(b"BT /F 1e30 Tf (x) Tj ET"))
    yield "matrix-nan", page(stream(b"1e38 1e38 1e38 1e38 1e38 1e38 cm " * 50 + HELLO))
    yield "state-deep", page(flate(b"q " * 2_000_000))
    image = b"/Type/XObject/Subtype/Image/Width 100000/Height 100000/BitsPerComponent 8/ColorSpace/DeviceRGB"
    yield "image-huge", page(stream(b"/X Do"), extra={6: flate(b"\0" * 1000, image)})
    for decoder in (
        b"JBIG2Decode",
        b"JPXDecode",
        b"DCTDecode",
        b"CCITTFaxDecode",
        b"LZWDecode",
        b"RunLengthDecode",
    ):
        keys = image.replace(b"100000", b"100") + b"/Filter/" + decoder
        yield (
            f"image-{decoder.decode().lower()}",
            page(stream(b"/X Do"), extra={6: stream(b"\0\1\2\3" * 99, keys)}),
        )
        yield (
            f"content-{decoder.decode().lower()}",
            page(stream(b"\x80\x0b\x60\x50" * 99, b"/Filter/" + decoder)),
        )
    glyph = b"<</Type/Font/Subtype/Type3/FontBBox[0 0 9 9]/FontMatrix[1 0 0 1 0 0]/CharProcs<</a 6 0 R>>"
    glyph += (
        b"/Encoding<</Differences[97/a]>>/FirstChar 97/LastChar 97/Widths[9]/Resources<</Font<</F 5 0 R>>>>>>"
    )
    yield (
        "glyph-of-itself",
        page(stream(b"BT /F 9 Tf (a) Tj ET"), extra={5: glyph, 6: stream(b"9 0 d0 BT /F 9 Tf (aaaa) Tj ET")}),
    )
    cmap = b"begincmap " + b"100 beginbfrange <0000> <ffff> <0041> endbfrange " * 3000 + b"endcmap"
    font = (
        b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/Identity-H/ToUnicode 6 0 R/DescendantFonts[5 0 R]>>"
    )
    yield "cmap-bomb", page(stream(b"BT /F 9 Tf <00410042> Tj ET"), extra={5: font, 6: flate(cmap)})


def mutated(name: str, data: bytes, count: int) -> Files:
    """A sound file with bytes changed, cut short, and doubled."""
    dice = random.Random(name)
    for n in range(count):
        broken = bytearray(data)
        for _ in range(dice.choice((1, 5, 50, 500))):
            broken[dice.randrange(len(broken))] = dice.randrange(256)
        yield f"changed-{n}", bytes(broken)
    for n, part in enumerate((0.02, 0.3, 0.6, 0.9, 0.999)):
        yield f"cut-{n}", data[: int(len(data) * part)]
    yield "doubled", data + data
    yield "tail-only", data[len(data) // 2 :]


# Packages


def word_files() -> Files:
    """DOCX: bombs, spans, depth, entities, cycles, names."""
    row = "<w:tr>{}</w:tr>"
    for span in ("2147483647", "-1", "99999999999999999999", "x", "1e9"):
        yield (
            f"span-{span}",
            word(f'<w:tbl>{row.format(cell("a", f"""<w:gridSpan w:val="{span}"/>""") + cell("b"))}</w:tbl>'),
        )
        yield (
            f"before-{span}",
            word(f'<w:tbl><w:tr><w:trPr><w:gridBefore w:val="{span}"/></w:trPr>{cell("a")}</w:tr></w:tbl>'),
        )
    merge = row.format(cell("x", "<w:vMerge/>") * 60)
    yield "merge-many", word(f"<w:tbl>{merge * 2000}</w:tbl>", stored=True)
    yield "cells-many", word(f"<w:tbl>{row.format(cell('9') * 60) * 1500}</w:tbl>", stored=True)
    for depth in (25, 5000):
        yield (
            f"tables-deep-{depth}",
            word("<w:tbl><w:tr><w:tc>" * depth + p("x") + "</w:tc></w:tr></w:tbl>" * depth, stored=True),
        )
        yield (
            f"controls-deep-{depth}",
            word("<w:sdt><w:sdtContent>" * depth + p("x") + "</w:sdtContent></w:sdt>" * depth, stored=True),
        )
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    laughs = f'<?xml version="1.0"?><!DOCTYPE w:document [<!ENTITY a0 "ha">{entities}]><w:document {W}><w:body>{p("&a11;")}</w:body></w:document>'
    yield "entities", package({"word/document.xml": laughs})
    outside = laughs.replace('"ha"', 'SYSTEM "file:///etc/hostname"').replace("&a11;", "&a0;")
    yield "entity-file", package({"word/document.xml": outside})
    yield (
        "entity-net",
        package({"word/document.xml": outside.replace("file:///etc/hostname", "http://127.0.0.1:9/x")}),
    )
    yield (
        "entities-utf16",
        package({"word/document.xml": laughs.replace('"1.0"', '"1.0" encoding="utf-16"').encode("utf-16")}),
    )
    yield "bomb", word(p("0" * 300_000_000))
    yield "bomb-attribute", word(f'<w:p w:x="{"0" * 20_000_000}"/>', stored=True)
    yield "paragraphs-million", word("<w:p/>" * 1_200_000, stored=True)
    yield "runs-million", word("<w:p>" + "<w:r><w:t>9</w:t></w:r>" * 200_000 + "</w:p>", stored=True)
    styles = f'<w:styles {W}><w:style w:styleId="a"><w:basedOn w:val="b"/></w:style><w:style w:styleId="b"><w:basedOn w:val="a"/></w:style></w:styles>'
    yield "styles-cycle", word('<w:p><w:pPr><w:pStyle w:val="a"/></w:pPr></w:p>' + p("x"), styles=styles)
    numbers = f'<w:numbering {W}><w:abstractNum w:abstractNumId="0"><w:numStyleLink w:val="a"/><w:lvl w:ilvl="0"><w:start w:val="99999999999"/><w:lvlText w:val="%1%2%3%9."/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    yield (
        "numbering-cycle",
        word(
            '<w:p><w:pPr><w:numPr><w:ilvl w:val="0"/><w:numId w:val="1"/></w:numPr></w:pPr></w:p>' * 50,
            numbering=numbers,
        ),
    )
    yield "xml-broken", package({"word/document.xml": f"<w:document {W}><w:body><w:p>"})
    yield "xml-empty", package({"word/document.xml": b""})
    yield "xml-rubbish", package({"word/document.xml": random.Random(2).randbytes(5000)})
    yield (
        "xml-null",
        package({"word/document.xml": f"<w:document {W}><w:body>{p('a')}\0</w:body></w:document>"}),
    )
    yield "body-missing", package({"word/document.xml": f"<w:document {W}/>"})
    yield "part-missing", package({})
    yield (
        "traversal",
        package(
            {
                "word/document.xml": f"<w:document {W}><w:body>{p('x')}</w:body></w:document>",
                "../../../gouji-out": "x",
                "/etc/gouji": "x",
                "C:\\gouji": "x",
            }
        ),
    )
    yield "parts-many", package({f"x/{n}": "" for n in range(21_000)})


def zip_files() -> Files:
    """Packages whose directory lies."""
    sound = word(p("正文") * 50)
    yield "size-lies", _directory(sound, 24, 0x7FFFFFF0)
    yield "packed-lies", _directory(sound, 20, 0x7FFFFFF0)
    yield "offset-lies", _directory(sound, 42, 0x7FFFFFF0)
    yield "flag-encrypted", _directory(sound, 8, 1)
    yield "method-unknown", _directory(sound, 10, 99)
    yield "crc-wrong", _directory(sound, 16, 1)
    yield "end-only", b"PK\x05\x06" + b"\0" * 18
    yield (
        "end-lies",
        b"PK\x03\x04" + b"PK\x05\x06" + struct.pack("<HHHHIIH", 0, 0, 65535, 65535, 2**31, 2**31, 0),
    )
    yield "zip64-lies", sound + b"PK\x06\x06" + b"\xff" * 52 + b"PK\x06\x07" + b"\xff" * 16 + sound[-22:]
    yield "comment", sound[:-2] + b"\xff\xff" + b"x" * 65535
    inner = sound
    for _ in range(5):
        inner = package(
            {
                "word/embeddings/a.docx": inner,
                "word/document.xml": f"<w:document {W}><w:body>{p('x')}</w:body></w:document>",
            }
        )
    yield "nested", inner


def _directory(data: bytes, offset: int, value: int) -> bytes:
    """A package with a field of every entry of its directory changed."""
    broken, at = bytearray(data), data.find(b"PK\x01\x02")
    while at >= 0:
        size = 2 if offset in (8, 10) else 4
        broken[at + offset : at + offset + size] = value.to_bytes(size, "little")
        at = data.find(b"PK\x01\x02", at + 4)
    return bytes(broken)


def sheet_files() -> Files:
    """XLSX: dimensions, references and merges beyond measure."""
    ns = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships"'
    book = f'<workbook {ns}><sheets><sheet name="a" sheetId="1" r:id="s1"/></sheets></workbook>'
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/worksheet"
    rels = RELS.format(part="x", more=f'<Relationship Id="s1" Type="{base}" Target="worksheets/sheet1.xml"/>')

    def sheet(inside: str) -> bytes:
        parts: dict[str, str | bytes] = {
            "xl/workbook.xml": book,
            "xl/_rels/workbook.xml.rels": rels,
            "xl/worksheets/sheet1.xml": f"<worksheet {ns}>{inside}</worksheet>",
        }
        return package(parts, "xl/workbook.xml", "spreadsheetml.sheet", stored=True)

    value = '<c r="{}" t="inlineStr"><is><t>x</t></is></c>'
    yield (
        "corners",
        sheet(
            f'<sheetData><row r="1">{value.format("A1")}</row><row r="1048576">{value.format("XFD1048576")}</row></sheetData>'
        ),
    )
    yield (
        "beyond",
        sheet(f'<sheetData><row r="99999999999">{value.format("ZZZZZZZ99999999999")}</row></sheetData>'),
    )
    yield "row-negative", sheet(f'<sheetData><row r="-1">{value.format("A-1")}</row></sheetData>')
    yield (
        "cells-many",
        sheet(
            "<sheetData>"
            + "".join(f'<row r="{n}">' + "<c><v>9</v></c>" * 60 + "</row>" for n in range(1, 9000))
            + "</sheetData>"
        ),
    )
    merges = "".join(f'<mergeCell ref="A{n}:XFD{n + 1000}"/>' for n in range(1, 3000))
    yield (
        "merges",
        sheet(
            f'<sheetData><row r="1">{value.format("A1")}</row></sheetData><mergeCells>{merges}</mergeCells>'
        ),
    )
    yield (
        "merge-all",
        sheet(
            f'<sheetData><row r="1">{value.format("A1")}</row></sheetData><mergeCells><mergeCell ref="A1:XFD1048576"/></mergeCells>'
        ),
    )
    yield (
        "string-index",
        sheet('<sheetData><row r="1"><c r="A1" t="s"><v>99999999999999999999</v></c></row></sheetData>'),
    )
    yield (
        "number-huge",
        sheet(
            f'<sheetData><row r="1"><c r="A1"><v>1e999999999</v></c><c r="B1"><v>{"9" * 100_000}</v></c></row></sheetData>'
        ),
    )


# Text


def text_files() -> Files:
    """Markdown and plain text that make readers of patterns sweat."""
    yield "line-long.md", ("完成率99.87%，" * 1_000_000).encode()
    yield "digits.md", b"9" * 3_000_000
    yield "commas.md", b"1," * 1_000_000
    yield "numerals.md", ("一" * 1_000_000).encode()
    yield "brackets.md", b"(" * 1_000_000
    yield "sums.md", ("1+" * 200_000 + "1=5").encode()
    yield "blanks.md", b"# a" + b" " * 3_000_000 + b"b"
    yield "table-wide.md", b"|" + b" a |" * 200_000
    yield "table-long.md", "| 产出指标 | 数量指标 | 甲 | ≥9 | 9 | 5 | 5 |\n".encode() * 60_000
    yield "nulls.md", b"a\0" * 100_000
    yield "utf16.md", "正文\n".encode("utf-16") * 1000
    yield "rubbish.md", random.Random(3).randbytes(500_000)
    yield "surrogates.md", b"\xed\xa0\x80" * 1000
    yield "controls.md", bytes(range(1, 32)) * 1000 + "\u202e\u2066\ufeff".encode()
    yield "percents.md", "99.87%与97.82%，".encode() * 30_000
    yield "headings.md", b"".join(b"#" * (n % 7) + b" 1.%d a\n" % n for n in range(60_000))


def html_files() -> Files:
    """HTML: spans, depth and floods."""
    for span in ("1000000000", "-1", "x" * 1000):
        yield (
            f"span-{span[:12]}",
            f'<html><table><tr><td rowspan="{span}" colspan="{span}">a</td><td>b</td></tr></table></html>'.encode(),
        )
    spans = "<tr>" + '<td rowspan="65000" colspan="1000">a</td>' * 50 + "</tr>"
    yield "spans-overlapping", f"<html><table>{spans * 50}</table></html>".encode()
    for tag in ("div", "table><tr><td", "b", "font"):
        yield f"deep-{tag[:5]}", f"<html><body>{f'<{tag}>' * 30_000}x</body></html>".encode()
    yield "attributes", f"<html><body {' '.join(f'a{n}=1' for n in range(200_000))}>x</body></html>".encode()
    yield "entities", b"<html><body>" + b"&amp;&#x41;&nosuch;" * 300_000 + b"</body></html>"
    yield "charset-lies", '<html><meta charset="utf-7"><body>+ADw-script+AD4-正文</body></html>'.encode()
    yield (
        "doctype-entity",
        b'<?xml version="1.0"?><!DOCTYPE html [<!ENTITY a SYSTEM "file:///etc/hostname">]><html><body>&a;</body></html>',
    )
    yield "script", b"<html><body><script>while(1){}</script><p>&lt;img onerror=x&gt;99%</p></body></html>"
    yield "unclosed", b"<html><table><tr><td>" * 20_000


def wrong_types(sound: bytes) -> Files:
    """Files that are not what they are called."""
    png = b"\x89PNG\r\n\x1a\n" + b"\0" * 99
    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 5000
    for suffix in ("pdf", "docx", "xlsx", "html", "doc", "xls", "wps", "et", "ofd", "rtf", "md"):
        yield f"png.{suffix}", png
        yield f"ole.{suffix}", ole
        yield f"empty.{suffix}", b""
    yield "ole-encrypted.docx", ole + "EncryptedPackage".encode("utf-16-le")
    yield "word.pdf", sound
    yield "word.xlsx", sound
    yield "program.pdf", b"\x7fELF" + b"\0" * 4000
    yield "gzip.docx", b"\x1f\x8b\x08" + b"\0" * 50


def things(folder: Path) -> None:
    """What is no file: pipes, sockets, links, folders named as files, names of all kinds."""
    outside = folder.parent.parent / "outside.docx"
    outside.write_bytes((CORPUS / HEALTHY[0]).read_bytes())
    os.mkfifo(folder / "pipe.pdf")
    with socket.socket(socket.AF_UNIX) as end:
        here = Path.cwd()
        os.chdir(folder)
        end.bind("socket.docx")
        os.chdir(here)
    (folder / "broken-link.pdf").symlink_to("nowhere.pdf")
    (folder / "outside-link.docx").symlink_to(outside)
    (folder / "loop.pdf").symlink_to("loop.pdf")
    (folder / "device.pdf").symlink_to("/dev/zero")
    (folder / "up").symlink_to("..")
    (folder / "folder.pdf").mkdir()
    for n, name in enumerate(
        (b"\xff\xfe\x80", "名" * 80, "a\nb", "-o", "'; drop table files; --", "\u202efdp")
    ):
        raw = name if isinstance(name, bytes) else name.encode()
        Path(os.fsdecode(os.fsencode(folder) + b"/" + raw + b".md")).write_text(
            f"# 标题 {n}\n", encoding="utf-8"
        )


def make(folder: Path) -> list[str]:
    """Fills a folder; the names of the healthy files in it."""
    sound = {name: (CORPUS / name).read_bytes() for name in HEALTHY}
    classes: dict[str, tuple[str, Callable[[], Files]]] = {
        "structure": (".pdf", pdf_structure),
        "content": (".pdf", pdf_content),
        "mutated-pdf": (".pdf", lambda: mutated("pdf", sound[HEALTHY[1]], 25)),
        "mutated-report": (".pdf", lambda: mutated("report", sound[HEALTHY[2]], 10)),
        "word": (".docx", word_files),
        "zip": (".docx", zip_files),
        "mutated-docx": (".docx", lambda: mutated("docx", sound[HEALTHY[0]], 25)),
        "sheet": (".xlsx", sheet_files),
        "text": ("", text_files),
        "html": (".html", html_files),
        "traps-pdf": (".pdf", pdf_traps),
        "traps-word": (".docx", word_traps),
        "traps-zip": (".docx", zip_traps),
        "traps-sheet": (".xlsx", sheet_traps),
        "floods": ("", text_floods),
        "floods-html": ("", page_floods),
        "wrong": ("", lambda: wrong_types(sound[HEALTHY[0]])),
    }
    for name, (suffix, files) in classes.items():
        (folder / name).mkdir(parents=True)
        for file, data in files():
            (folder / name / f"{file}{suffix}").write_bytes(data)
    (folder / "things").mkdir()
    things(folder / "things")
    for name, data in sound.items():
        (folder / "mutated-docx" / f"sound-{name}").write_bytes(data)
    return [f"mutated-docx/sound-{name}" for name in sound]


if __name__ == "__main__":
    make(Path(sys.argv[1]))
