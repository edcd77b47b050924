"""What hostile files are made of: PDFs of numbered objects, packages of parts."""

from __future__ import annotations

import zipfile
import zlib
from io import BytesIO

W = 'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main"'
HELLO = b"BT /F 12 Tf 72 700 Td (hello 99.87%) Tj ET"
TYPES = (
    '<?xml version="1.0"?><Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">'
    '<Override PartName="{part}" ContentType="application/vnd.openxmlformats-officedocument.{kind}.main+xml"/></Types>'
)
RELS = (
    '<?xml version="1.0"?><Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    '<Relationship Id="r1" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument" '
    'Target="{part}"/>{more}</Relationships>'
)


def pdf(objects: dict[int, bytes], root: int = 1, trailer: bytes = b"") -> bytes:
    """A PDF of numbered objects, with a cross-reference table that is right."""
    out = BytesIO()
    out.write(b"%PDF-1.7\n")
    places = {}
    for number, body in objects.items():
        places[number] = out.tell()
        out.write(b"%d 0 obj\n%s\nendobj\n" % (number, body))
    start = out.tell()
    last = max(objects)
    out.write(b"xref\n0 %d\n0000000000 65535 f \n" % (last + 1))
    for number in range(1, last + 1):
        out.write(b"%010d 00000 %s \n" % (places.get(number, 0), b"n" if number in places else b"f"))
    out.write(b"trailer<</Size %d/Root %d 0 R%s>>\nstartxref\n%d\n%%%%EOF" % (last + 1, root, trailer, start))
    return out.getvalue()


def stream(data: bytes, keys: bytes = b"") -> bytes:
    return b"<</Length %d%s>>stream\n%s\nendstream" % (len(data), keys, data)


def flate(data: bytes, keys: bytes = b"") -> bytes:
    return stream(zlib.compress(data, 9), b"/Filter/FlateDecode" + keys)


def page(
    content: bytes, box: bytes = b"0 0 595 842", more: bytes = b"", extra: dict[int, bytes] | None = None
) -> bytes:
    """A PDF of one page."""
    resources = b"/Resources<</Font<</F 5 0 R>>/XObject<</X 6 0 R>>>>"
    objects = {
        1: b"<</Type/Catalog/Pages 2 0 R>>",
        2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        3: b"<</Type/Page/Parent 2 0 R/MediaBox[%s]/Contents 4 0 R%s%s>>" % (box, resources, more),
        4: content,
        5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
    }
    return pdf(objects | (extra or {}))


def package(
    parts: dict[str, str | bytes],
    part: str = "word/document.xml",
    kind: str = "wordprocessingml.document",
    stored: bool = False,
) -> bytes:
    """A package with what every one needs and these parts; ``stored`` ones are no bombs by their ratio."""
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_STORED if stored else zipfile.ZIP_DEFLATED) as target:
        target.writestr("[Content_Types].xml", TYPES.format(part="/" + part, kind=kind))
        target.writestr("_rels/.rels", RELS.format(part=part, more=""))
        for name, data in parts.items():
            target.writestr(name, data)
    return out.getvalue()


def word(body: str, stored: bool = False, **parts: str | bytes) -> bytes:
    """A DOCX with this body; ``styles`` and the like are further parts."""
    document = f'<?xml version="1.0"?><w:document {W}><w:body>{body}</w:body></w:document>'
    names = {f"word/{name}.xml": data for name, data in parts.items()}
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships/"
    links = "".join(f'<Relationship Id="r{n}" Type="{base}{n}" Target="{n}.xml"/>' for n in parts)
    rels = {"word/_rels/document.xml.rels": RELS.format(part="x", more=links)} if parts else {}
    return package({"word/document.xml": document, **rels, **names}, stored=stored)


def p(text: str) -> str:
    return f"<w:p><w:r><w:t>{text}</w:t></w:r></w:p>"


def cell(text: str, props: str = "") -> str:
    return f"<w:tc><w:tcPr>{props}</w:tcPr>{p(text)}</w:tc>"
