"""What a file is, by its bytes: the format it may be read as, or a sentence that says why it cannot be."""

from __future__ import annotations

import mmap
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.document import Unreadable

if TYPE_CHECKING:
    import zipfile

_OFFICE = "请用 WPS 或 Word 打开后另存为 DOCX 或 PDF 再试"
_SHEET = "请用 WPS 或 Excel 打开后另存为 XLSX 再试"
_OFD = "请用 OFD 阅读器转换为 PDF 后再试"
_PICTURE = "请先做文字识别（OCR），另存为带文字的 PDF 或 DOCX 后再试"
_ARCHIVE = "请先解压，再读取其中的文件"

# Kind: the name a user knows it by, the suffixes it goes by (best first), what to do where it cannot be read.
_KINDS: dict[str, tuple[str, tuple[str, ...], str]] = {
    "pdf": ("PDF 文件", (".pdf",), ""),
    "docx": ("Word 文档（DOCX）", (".docx", ".docm", ".dotx", ".dotm"), _OFFICE),
    "xlsx": ("Excel 工作簿（XLSX）", (".xlsx", ".xlsm", ".xltx", ".xltm"), _SHEET),
    "pptx": ("演示文稿（PPTX）", (".pptx", ".pptm", ".ppsx"), "请另存为 PDF 后再试"),
    "odt": ("OpenDocument 文件", (".odt", ".ods", ".odp"), _OFFICE),
    "ofd": ("OFD 版式文件", (".ofd",), _OFD),
    "doc": ("旧版 Word 文档（DOC）", (".doc", ".dot"), _OFFICE),
    "wps": ("WPS 文字文档", (".wps", ".wpt"), _OFFICE),
    "xls": ("旧版 Excel 工作簿（XLS）", (".xls", ".xlt"), _SHEET),
    "et": ("WPS 表格", (".et", ".ett"), _SHEET),
    "ppt": ("演示文稿（PPT）", (".ppt", ".pps", ".dps"), "请另存为 PDF 后再试"),
    "ole": ("旧版 Office 文件", (".doc", ".xls", ".ppt", ".wps", ".et", ".dps"), _OFFICE),
    "rtf": ("RTF 文档", (".rtf",), _OFFICE),
    "caj": ("CAJ 文件", (".caj", ".kdh", ".nh"), "请转换为 PDF 后再试"),
    "html": ("网页（HTML）", (".html", ".htm", ".xhtml"), ""),
    "mhtml": ("单个文件网页（MHTML）", (".mht", ".mhtml"), _OFFICE),
    "xml": ("XML 文件", (".xml",), _OFFICE),
    "text": ("纯文本", (".txt", ".md", ".html", ".htm", ".xhtml"), ""),
    "image": ("图片", (".png", ".jpg", ".jpeg", ".gif", ".bmp", ".tif", ".tiff", ".webp", ".heic"), _PICTURE),
    "zip": ("ZIP 压缩包", (".zip",), _ARCHIVE),
    "archive": ("压缩包", (".rar", ".7z", ".gz", ".tar", ".bz2", ".xz"), _ARCHIVE),
}

_MAGIC: tuple[tuple[bytes, str], ...] = (
    (b"{\\rtf", "rtf"),
    (b"\x89PNG\r\n", "image"),
    (b"\xff\xd8\xff", "image"),
    (b"GIF87a", "image"),
    (b"GIF89a", "image"),
    (b"II*\x00", "image"),
    (b"MM\x00*", "image"),
    (b"Rar!\x1a\x07", "archive"),
    (b"7z\xbc\xaf\x27\x1c", "archive"),
    (b"\x1f\x8b", "archive"),
    (b"CAJ\x00", "caj"),
)

_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_OLE_STREAMS = (("WordDocument", "doc"), ("Workbook", "xls"), ("PowerPoint Document", "ppt"))
_MAIN_PARTS = (
    (b"wordprocessingml.document.main", "docx"),
    (b"wordprocessingml.template.main", "docx"),
    (b"ms-word.document.macroEnabled.main", "docx"),
    (b"ms-word.template.macroEnabledTemplate.main", "docx"),
    (b"spreadsheetml.sheet.main", "xlsx"),
    (b"spreadsheetml.template.main", "xlsx"),
    (b"ms-excel.sheet.macroEnabled.main", "xlsx"),
    (b"ms-excel.template.macroEnabled.main", "xlsx"),
    (b"presentationml.", "pptx"),
)
_HEAD = 4096
_TYPES_LIMIT = 1 << 20


def suffix_for(path: Path, readable: frozenset[str]) -> str:
    """The suffix to read a file as, out of ``readable``; raises ``Unreadable`` where there is none."""
    head = _head(path)
    suffix = path.suffix.lower()
    kind = _kind(path, head, suffix)
    if kind == "encrypted":
        raise Unreadable("needs-password", f"文件“{path.name}”已加密，请用密码打开后另存为未加密的文件再试。")
    label, goes_by, advice = _KINDS.get(kind, ("无法识别的内容", (), _OFFICE))
    if suffix in readable and suffix in goes_by:
        return suffix
    if suffix in readable and kind == "zip":
        return suffix  # a package without its parts: its own parser says what is missing
    known = next((s for s in goes_by if s in readable), None)
    # Plain text is what every nameless file may be; any other content speaks for itself.
    if known and kind != "text" and not _claimed(suffix):
        return known
    raise Unreadable("unsupported-type", _refusal(path, suffix, kind, label, known, advice, goes_by))


def _claimed(suffix: str) -> bool:
    """Whether a suffix says that a file is of some format we know the name of."""
    return any(suffix in goes_by for _, goes_by, _ in _KINDS.values())


def _refusal(
    path: Path, suffix: str, kind: str, label: str, known: str | None, advice: str, goes_by: tuple[str, ...]
) -> str:
    """The sentence for a file that is not what it is called, or that is of a format we do not read."""
    if suffix in goes_by or not _claimed(suffix):
        named = label if kind in _KINDS and kind != "text" else f"扩展名为 {suffix or '空'} 的文件"
        return f"文件“{path.name}”无法读取：不支持{named}，{advice or _OFFICE}。"
    cause = f"扩展名为 {suffix}，内容却是{label}"
    if known:
        return f"文件“{path.name}”的{cause}，请改名为 {known} 后再试。"
    return f"文件“{path.name}”的{cause}，无法读取，{advice or _OFFICE}。"


def _head(path: Path) -> bytes:
    """The first bytes; raises ``Unreadable`` for a missing, closed or empty file."""
    try:
        if path.is_dir():
            raise Unreadable("unreadable", f"“{path.name}”是文件夹，不是文件。")
        with path.open("rb") as source:
            head = source.read(_HEAD)
    except FileNotFoundError:
        raise Unreadable("unreadable", f"找不到文件“{path.name}”。") from None
    except PermissionError:
        raise Unreadable("unreadable", f"没有读取文件“{path.name}”的权限。") from None
    except (OSError, ValueError) as error:
        raise Unreadable("unreadable", f"无法打开文件“{path.name}”（{type(error).__name__}）。") from None
    if not head:
        raise Unreadable("empty", f"文件“{path.name}”是空文件（0 字节）。")
    return head


def _kind(path: Path, head: bytes, suffix: str) -> str:
    """The kind of a file by its first bytes: a key of the kinds, ``encrypted``, or ``binary``."""
    if head.startswith(_OLE):
        return _ole_kind(path, suffix)
    if head.startswith((b"PK\x03\x04", b"PK\x05\x06")):
        return _zip_kind(path)
    for magic, kind in _MAGIC:
        if head.startswith(magic):
            return kind
    # The PDF standard's readers accept up to a kilobyte of rubbish before the header.
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        head = head.decode("utf-16", "replace").encode()
    elif b"\x00" in head:
        return "image" if head.startswith(b"BM") else "binary"
    return _text_kind(head.removeprefix(b"\xef\xbb\xbf").lstrip().lower())


def _text_kind(head: bytes) -> str:
    if head.startswith(b"mime-version:") and b"multipart/related" in head:
        return "mhtml"
    html = (b"<!doctype html", b"<html", b"<head", b"<body", b"<table", b"<meta")
    if head.startswith(html) or (head.startswith((b"<?xml", b"<!--")) and b"<html" in head):
        return "html"
    if head.startswith(b"<?xml"):
        return "xml"
    return "text"


def _ole_kind(path: Path, suffix: str) -> str:
    """The old Office format inside a compound file, by its streams' names (they stand there in UTF-16)."""
    with path.open("rb") as source, mmap.mmap(source.fileno(), 0, access=mmap.ACCESS_READ) as data:
        if data.find("EncryptedPackage".encode("utf-16-le")) >= 0:
            return "encrypted"
        found = next((k for name, k in _OLE_STREAMS if data.find(name.encode("utf-16-le")) >= 0), "ole")
    by_name = next((k for k in ("wps", "et") if suffix in _KINDS[k][1]), None)
    return by_name or found


def _zip_kind(path: Path) -> str:
    """The package format inside a ZIP file; ``zip`` when it is none or cannot be read."""
    import zipfile

    from extractor.parsers.ooxml.corrupt import CORRUPT

    try:
        with zipfile.ZipFile(path) as package:
            names = set(package.namelist())
            if "[Content_Types].xml" in names:
                return _package_kind(package)
            if "OFD.xml" in names:
                return "ofd"
            return "odt" if "mimetype" in names and "content.xml" in names else "zip"
    except NotImplementedError:  # an unknown compression
        return "zip"
    except CORRUPT:
        return "zip"


def _package_kind(package: zipfile.ZipFile) -> str:
    info = package.getinfo("[Content_Types].xml")
    if info.flag_bits & 1:
        return "encrypted"
    with package.open(info) as part:
        types = part.read(_TYPES_LIMIT)
    return next((kind for main, kind in _MAIN_PARTS if main in types), "zip")
