"""A package read within limits: parts by name, their relationships, and XML that can do no harm."""

from __future__ import annotations

import posixpath
import zipfile
from collections.abc import Iterator
from functools import cached_property
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

from lxml import etree

from extractor.document import Unreadable
from extractor.parsers.ooxml.corrupt import CORRUPT

MAX_INFLATED = 256 << 20
"""All parts read of one file together, in bytes once unpacked (``limit-inflated``)."""
MAX_RATIO = 100
"""A part may unpack to this many times its size, once it is larger than ``RATIO_FROM`` bytes."""
RATIO_FROM = 100_000
MAX_PARTS = 20_000
"""Entries in the package (``limit-parts``)."""

_STRICT = (
    (b"http://purl.oclc.org/ooxml/wordprocessingml/main", b"wordprocessingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/spreadsheetml/main", b"spreadsheetml/2006/main"),
    (b"http://purl.oclc.org/ooxml/officeDocument/relationships", b"officeDocument/2006/relationships"),
    (b"http://purl.oclc.org/ooxml/officeDocument/math", b"officeDocument/2006/math"),
    (b"http://purl.oclc.org/ooxml/drawingml/main", b"drawingml/2006/main"),
    (b"http://purl.oclc.org/ooxml/drawingml/diagram", b"drawingml/2006/diagram"),
)
_DOCTYPES = tuple("<!DOCTYPE".encode(name) for name in ("ascii", "utf-16-le", "utf-16-be"))
_SAFE: dict[str, Any] = {
    "resolve_entities": False,
    "no_network": True,
    "load_dtd": False,
    "remove_comments": True,
    "remove_pis": True,
}


class Relation(NamedTuple):
    """A part that another refers to: the last word of its type (``footnotes``) and its name."""

    type: str
    target: str


class Package:
    """A package opened for reading (``with``). Raises ``Unreadable``: ``damaged``, ``limit-…``."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self._left = MAX_INFLATED
        try:
            self._zip = zipfile.ZipFile(path)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
            raise self.damaged("压缩结构不完整") from None
        if len(self._zip.filelist) > MAX_PARTS:
            raise Unreadable("limit-parts", f"文件“{self.name}”内部的部件超过 {MAX_PARTS} 个，不予读取。")

    def limit(self, name: str, cause: str) -> Unreadable:
        """The refusal of a file beyond a limit."""
        return Unreadable(f"limit-{name}", f"文件“{self.name}”的{cause}，不予读取。")

    def __enter__(self) -> Package:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._zip.close()

    def damaged(self, cause: str) -> Unreadable:
        """The refusal of a file that is not as its format says."""
        return Unreadable("damaged", f"文件“{self.name}”已损坏：{cause}，请用原软件打开后重新保存再试。")

    @cached_property
    def _entries(self) -> dict[str, zipfile.ZipInfo]:
        """Entries by name; names are compared without case, and some writers use the wrong slash."""
        return {_key(info.filename): info for info in self._zip.filelist}

    def has(self, part: str) -> bool:
        """Whether the package holds a part."""
        return _key(part) in self._entries

    def read(self, part: str) -> bytes:
        """The bytes of a part, namespaces of the strict variant turned into the usual ones."""
        info = self._entries.get(_key(part))
        if info is None:
            raise self.damaged(f"缺少 {part}")
        self._check(info)
        try:
            data = self._zip.read(info)
        except NotImplementedError:
            words = (
                f"文件“{self.name}”的压缩方式（{info.compress_type}）不受支持，请用原软件打开后重新保存再试。"
            )
            raise Unreadable("unsupported-type", words) from None
        except RuntimeError:
            raise Unreadable("needs-password", f"文件“{self.name}”已加密，请解密后再试。") from None
        except CORRUPT:
            raise self.damaged(f"{part} 无法解压") from None
        if b"http://purl.oclc.org/ooxml" in data:
            for strict, usual in _STRICT:
                data = data.replace(strict, b"http://schemas.openxmlformats.org/" + usual)
        return data

    def _check(self, info: zipfile.ZipInfo) -> None:
        """Refuse what would unpack to too much. zipfile never reads more than the size stated here."""
        size = info.file_size
        self._left -= size
        if self._left < 0:
            raise Unreadable(
                "limit-inflated", f"文件“{self.name}”解压后超过 {MAX_INFLATED >> 20} MB，不予读取。"
            )
        if size > RATIO_FROM and size > MAX_RATIO * max(info.compress_size, 1):
            raise Unreadable(
                "limit-inflated",
                f"文件“{self.name}”的 {info.filename} 压缩比超过 {MAX_RATIO}:1，疑为压缩炸弹，不予读取。",
            )

    def tree(self, part: str) -> etree._Element:
        """The root of a part."""
        try:
            return etree.fromstring(self._xml(part), etree.XMLParser(**_SAFE))
        except etree.XMLSyntaxError as error:
            raise self._invalid(part, error) from None

    def stream(
        self, part: str, events: tuple[str, ...], tags: tuple[str, ...]
    ) -> Iterator[tuple[str, etree._Element]]:
        """A part's elements of some names as they are read: pairs of event and element."""
        try:
            for event, element in etree.iterparse(BytesIO(self._xml(part)), events=events, tag=tags, **_SAFE):
                yield str(event), element
        except etree.XMLSyntaxError as error:
            raise self._invalid(part, error) from None

    def _xml(self, part: str) -> bytes:
        """The bytes of a part without a document type: it may define entities that unfold without end."""
        data = self.read(part)
        if any(mark in data for mark in _DOCTYPES):
            raise Unreadable("limit-doctype", f"文件“{self.name}”的 {part} 含 DOCTYPE 声明，不予读取。")
        return data

    def _invalid(self, part: str, error: etree.XMLSyntaxError) -> Unreadable:
        if "depth" in str(error):
            return self.too_deep()
        return self.damaged(f"{part} 不是有效的 XML（第 {error.lineno or 0} 行）")

    def too_deep(self) -> Unreadable:
        """The refusal of elements nested beyond the limit."""
        return Unreadable("limit-depth", f"文件“{self.name}”的内容嵌套过深，不予读取。")

    def relations(self, part: str) -> dict[str, Relation]:
        """The parts that a part refers to, by relation id; ``""`` for the package itself."""
        folder, name = posixpath.split(part)
        rels = posixpath.join(folder, "_rels", f"{name}.rels")
        if not self.has(rels):
            return {}
        found = {}
        for element in self.tree(rels):
            target, kind = element.get("Target"), element.get("Type", "")
            if target and element.get("TargetMode") != "External":
                base = "" if target.startswith("/") else folder
                full = posixpath.normpath(posixpath.join(base, target.lstrip("/").replace("\\", "/")))
                found[element.get("Id", "")] = Relation(kind.rpartition("/")[2], full)
        return found

    def main_part(self, usual: str) -> str:
        """The part that the document begins with."""
        found = next((r.target for r in self.relations("").values() if r.type == "officeDocument"), usual)
        return found if self.has(found) else usual


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
