"""Files made to do harm: each has a typed answer that names the limit."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from ooxml_files import docx, p, shown, tbl, tc, tr

from extractor.document import Unreadable
from extractor.parsers import docx as docx_parser
from extractor.parsers import parse
from extractor.parsers.ooxml import package as package_module
from extractor.parsers.word import tables as tables_module

HUGE = '<w:gridSpan w:val="2147483647"/>'
DOCTYPE = '<!DOCTYPE w:document [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;">]>'


def refusal(path: Path) -> Unreadable:
    with pytest.raises(Unreadable) as refused:
        parse(path)
    assert f"“{path.name}”" in refused.value.message
    return refused.value


def test_huge_spans_are_cut_and_named(tmp_path: Path) -> None:
    before = '<w:gridBefore w:val="2147483647"/>'
    body = tbl(tr(tc("a", HUGE), tc("b")), tr(tc("c"), tc("d"))) + p("间") + tbl(tr(tc("e"), props=before))
    document = parse(docx(tmp_path / "a.docx", body))
    assert shown(document) == ["T 2x2 a|b/c|d", "P 间", "T 1x1 e"]
    assert [problem.code for problem in document.problems] == ["limit-columns"]


def test_table_beyond_the_limit_is_cut_and_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables_module, "MAX_FIELDS", 6)
    document = parse(docx(tmp_path / "a.docx", tbl(*[tr(tc("a"), tc("b"))] * 5)))
    assert (document.tables[0].n_rows, [x.code for x in document.problems]) == (3, ["limit-table"])


@pytest.mark.parametrize(
    "around",
    [
        ("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
        ("<w:sdt><w:sdtContent>", "</w:sdtContent></w:sdt>"),
        ("<w:p><w:r><w:pict><w:txbxContent>", "</w:txbxContent></w:pict></w:r></w:p>"),
    ],
)
@pytest.mark.parametrize("depth", [60, 3000])
def test_deep_nesting(around: tuple[str, str], depth: int, tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", around[0] * depth + p("底") + around[1] * depth, stored=True)
    if depth == 60 and "sdt" in around[0]:
        assert shown(parse(path)) == ["P 底"]
    else:
        assert refusal(path).status == "limit-depth"


def test_doctype(tmp_path: Path) -> None:
    assert refusal(docx(tmp_path / "a.docx", p("&b;"), prolog=DOCTYPE)).status == "limit-doctype"


def test_zip_bomb(tmp_path: Path) -> None:
    assert refusal(docx(tmp_path / "a.docx", p("0" * 3_000_000))).status == "limit-inflated"


def test_inflated_size_of_all_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_INFLATED", 3000)
    assert refusal(docx(tmp_path / "a.docx", p("文" * 1000))).status == "limit-inflated"


def test_empty_paragraphs_without_end(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(docx_parser, "MAX_PARAGRAPHS", 1000)
    assert refusal(docx(tmp_path / "a.docx", "<w:p/>" * 1001, stored=True)).status == "limit-paragraphs"
    assert shown(parse(docx(tmp_path / "b.docx", "<w:p/>" * 999 + p("末"), stored=True))) == ["P 末"]


def test_too_many_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(package_module, "MAX_PARTS", 3)
    assert refusal(docx(tmp_path / "a.docx", p("文"))).status == "limit-parts"


@pytest.mark.parametrize("keep", [0.3, 0.6, 0.95])
def test_truncated(keep: float, tmp_path: Path) -> None:
    data = docx(tmp_path / "whole.docx", p("文" * 500)).read_bytes()
    (tmp_path / "a.docx").write_bytes(data[: int(len(data) * keep)])
    assert refusal(tmp_path / "a.docx").status == "damaged"


def test_broken_xml(tmp_path: Path) -> None:
    assert refusal(docx(tmp_path / "a.docx", "<w:p><w:r>")).status == "damaged"


def test_bytes_changed_inside(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("abcdef"), stored=True)
    path.write_bytes(path.read_bytes().replace(b"abcdef", b"abcdeg"))
    assert refusal(path).status == "damaged"


def test_a_compression_that_nobody_knows(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("文"))
    data, at = bytearray(path.read_bytes()), -1
    while (at := data.find(b"PK\x01\x02", at + 1)) >= 0:
        data[at + 10] = 99
    path.write_bytes(data)
    assert refusal(path).status == "unsupported-type"


@pytest.mark.parametrize("method", [zipfile.ZIP_LZMA, zipfile.ZIP_BZIP2])
def test_other_compressions(method: int, tmp_path: Path) -> None:
    whole = docx(tmp_path / "whole.docx", p("文" * 500))
    with zipfile.ZipFile(whole) as old, zipfile.ZipFile(tmp_path / "a.docx", "w", method) as new:
        for name in old.namelist():
            new.writestr(name, old.read(name))
    assert shown(parse(tmp_path / "a.docx")) == ["P " + "文" * 500]
    data = (tmp_path / "a.docx").read_bytes()
    at = data.find(b"word/document.xml") + 30
    (tmp_path / "b.docx").write_bytes(data[:at] + bytes(9) + data[at + 9 :])
    assert refusal(tmp_path / "b.docx").status == "damaged"


@pytest.mark.parametrize("left_out", ["word/document.xml"])
def test_missing_part(left_out: str, tmp_path: Path) -> None:
    source = docx(tmp_path / "whole.docx", p("文"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            if name != left_out:
                new.writestr(name, old.read(name))
    assert refusal(tmp_path / "a.docx").status == "damaged"


def test_body_missing(tmp_path: Path) -> None:
    source = docx(tmp_path / "whole.docx", p("文"))
    with zipfile.ZipFile(source) as old, zipfile.ZipFile(tmp_path / "a.docx", "w") as new:
        for name in old.namelist():
            data = old.read(name)
            new.writestr(name, data.replace(b"w:body", b"w:bodi") if "document.xml" in name else data)
    assert refusal(tmp_path / "a.docx").status == "damaged"


def test_names_that_point_outside_are_only_names(tmp_path: Path) -> None:
    path = docx(tmp_path / "a.docx", p("文"))
    with zipfile.ZipFile(path, "a") as package:
        package.writestr("../../outside.txt", "x")
    assert shown(parse(path)) == ["P 文"]
    assert not list(tmp_path.parent.glob("outside.txt"))
