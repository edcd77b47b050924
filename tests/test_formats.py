"""Which parser a file goes to: its content decides, its name must not lie, and a refusal says what to do."""

from __future__ import annotations

import subprocess
import sys
import zipfile
from pathlib import Path

import pytest
from ooxml_files import docx, p

from extractor.document import Unreadable
from extractor.parsers import formats, parse, sniff

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 600


def ole(stream: str) -> bytes:
    return OLE + stream.encode("utf-16-le") + b"\x00" * 100


def word_bytes(folder: Path) -> bytes:
    return docx(folder / "source.bin", p("文")).read_bytes()


REFUSED = {
    "pdf-called-docx": (
        "a.docx",
        b"%PDF-1.7\n",
        "unsupported-type",
        ["“a.docx”", ".docx", "PDF", "改名为 .pdf"],
    ),
    "pdf-called-txt": ("a.txt", b"\xef\xbb\xbf%PDF-1.4", "unsupported-type", ["改名为 .pdf"]),
    "page-called-xls": ("a.xls", b"<html><table></table>", "unsupported-type", ["网页", "改名为 .html"]),
    "text-called-docx": ("a.docx", "只是文字".encode(), "unsupported-type", ["纯文本", "改名为 .txt"]),
    "bitmap": ("a.txt", b"BM\x00\x01", "unsupported-type", ["图片"]),
    "doc": ("a.doc", ole("WordDocument"), "unsupported-type", ["DOC", "另存为 DOCX"]),
    "doc-called-docx": ("a.docx", ole("WordDocument"), "unsupported-type", ["旧版 Word", "另存为 DOCX"]),
    "wps": ("a.wps", ole("WordDocument"), "unsupported-type", ["WPS 文字", "另存为 DOCX"]),
    "xls": ("a.xls", ole("Workbook"), "unsupported-type", ["XLS", "另存为 XLSX"]),
    "et": ("a.et", ole("Workbook"), "unsupported-type", ["WPS 表格", "另存为 XLSX"]),
    "rtf": ("a.rtf", b"{\\rtf1 x}", "unsupported-type", ["RTF", "另存为 DOCX"]),
    "rtf-called-doc": ("a.doc", b"{\\rtf1 x}", "unsupported-type", ["RTF", "另存为 DOCX"]),
    "png": ("a.png", b"\x89PNG\r\n\x1a\n", "unsupported-type", ["图片", "OCR"]),
    "jpg-called-pdf": ("a.pdf", b"\xff\xd8\xff\xe0", "unsupported-type", ["图片"]),
    "rar": ("a.rar", b"Rar!\x1a\x07\x00", "unsupported-type", ["解压"]),
    "unknown": ("a.bin", b"\x01\x02\x00\x03", "unsupported-type", ["“a.bin”"]),
    "text-without-suffix": ("a", "文字".encode(), "unsupported-type", ["“a”"]),
    "encrypted": ("a.docx", ole("EncryptedPackage"), "needs-password", ["“a.docx”", "加密"]),
    "encrypted-sheet": ("a.xlsx", ole("EncryptedPackage"), "needs-password", ["加密"]),
    "zero-bytes": ("a.docx", b"", "empty", ["“a.docx”", "空文件"]),
}


@pytest.mark.parametrize("name", REFUSED)
def test_refused(name: str, tmp_path: Path) -> None:
    file_name, data, status, words = REFUSED[name]
    (tmp_path / file_name).write_bytes(data)
    with pytest.raises(Unreadable) as refused:
        sniff(tmp_path / file_name)
    assert refused.value.status == status
    assert [word for word in words if word not in refused.value.message] == []
    assert refused.value.message.endswith("。")


@pytest.mark.parametrize(
    ("members", "suffix", "word"),
    [
        (["OFD.xml"], ".ofd", "OFD"),
        (["mimetype", "content.xml"], ".odt", "OpenDocument"),
        (["甲.txt"], ".zip", "ZIP"),
        (["OFD.xml"], ".docx", "OFD"),
    ],
)
def test_other_packages_are_refused_by_name(
    members: list[str], suffix: str, word: str, tmp_path: Path
) -> None:
    path = tmp_path / f"a{suffix}"
    with zipfile.ZipFile(path, "w") as package:
        for member in members:
            package.writestr(member, "x")
    with pytest.raises(Unreadable, match=word) as refused:
        sniff(path)
    assert refused.value.status == "unsupported-type"


@pytest.mark.parametrize("name", ["a.docx", "A.DOCX", "a.tmp", "a"])
def test_a_word_file_is_known_by_its_content(name: str, tmp_path: Path) -> None:
    (tmp_path / name).write_bytes(word_bytes(tmp_path))
    assert sniff(tmp_path / name) == ".docx"


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.html", "<h1>报告</h1>"),
        ("a.htm", "正文"),
        ("a.txt", "BM指数"),
        ("a.md", "<p>注"),
        ("b.txt", "CAJ"),
    ],
)
def test_text_is_read_as_its_name_says(name: str, text: str, tmp_path: Path) -> None:
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert sniff(tmp_path / name) == Path(name).suffix


def test_a_word_file_called_doc_is_to_be_renamed(tmp_path: Path) -> None:
    (tmp_path / "a.doc").write_bytes(word_bytes(tmp_path))
    with pytest.raises(Unreadable, match=r"改名为 \.docx"):
        sniff(tmp_path / "a.doc")


def test_missing_file_and_folder(tmp_path: Path) -> None:
    for path, word in ((tmp_path / "没有.docx", "找不到"), (tmp_path, "文件夹")):
        with pytest.raises(Unreadable, match=word) as refused:
            parse(path)
        assert refused.value.status == "unreadable"


def test_formats_are_found_without_loading_their_libraries() -> None:
    code = (
        "import sys, extractor.parsers as p\n"
        "assert {'.pdf', '.docx', '.xlsx', '.html', '.md', '.txt'} <= set(p.formats()), p.formats()\n"
        "assert not {'lxml', 'pypdfium2', 'numpy'} & set(sys.modules)\n"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_every_suffix_has_one_parser() -> None:
    assert {
        suffix: name for suffix, name in formats().items() if suffix in (".docm", ".htm", ".xlsm", ".txt")
    } == {
        ".docm": "docx",
        ".htm": "html",
        ".xlsm": "xlsx",
        ".txt": "markdown",
    }
