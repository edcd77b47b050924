"""Files that no note may be added to: encrypted ones, and ones that a signature protects."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from pypdf import PdfReader

from extractor.outputs import NotWritten

_SIGNATURES_EXIST = 1  # bit of /SigFlags
_DEEPEST = 50


def refuse(reader: PdfReader) -> None:
    """Raises NotWritten, with the reason, for a file that must stay as it is."""
    if reader.is_encrypted:
        raise NotWritten("源文件设有密码或权限保护，不能加入批注，请先另存为不加密的 PDF")
    if _signed(reader):
        raise NotWritten("源文件带有数字签名，加入批注会使签名失效，请改用 -o 名称.html 查看")


def _signed(reader: PdfReader) -> bool:
    catalog: Any = reader.trailer["/Root"]
    if "/Perms" in catalog:
        return True
    form = catalog.get("/AcroForm")
    if form is None:
        return False
    form = form.get_object()
    flags = form.get("/SigFlags", 0)
    return bool(int(flags) & _SIGNATURES_EXIST) or any(_is_signature(f) for f in _fields(form, 0))


def _fields(parent: Any, depth: int) -> Iterator[Any]:
    """All fields of a form, those below others too."""
    children: Any = parent.get("/Kids" if depth else "/Fields")
    for reference in children.get_object() if depth < _DEEPEST and children is not None else ():
        field = reference.get_object()
        yield field
        yield from _fields(field, depth + 1)


def _is_signature(field: Any) -> bool:
    return field.get("/FT") == "/Sig" and field.get("/V") is not None
