"""The functions of pdfium's library that reading a page takes, bound once.

The library is the one that pypdfium2 brings. It is opened where it stands, because pypdfium2 binds all of its
four hundred functions, which takes as long as reading ten pages. What is called for each character or object
is bound without ctypes' usual care: the interpreter's lock stays held, and the functions of the last group take
no types, so that a pointer must be given as ``pointer`` makes it, once for many calls, and a number passes as
a C int; that costs less than half. What is given back is dropped where nobody asks for it. pdfium is not
thread-safe: one document at a time in one process.
"""

from __future__ import annotations

import ctypes
import sys
from collections.abc import Callable
from ctypes import c_char_p, c_float, c_int, c_uint, c_ulong, c_void_p
from importlib.util import find_spec
from pathlib import Path
from typing import Any

Call = Callable[..., Any]
TEXT, PATH, IMAGE, FORM = 1, 2, 3, 5  # kinds of page objects: FPDF_PAGEOBJ_…
LINE_TO, MOVE_TO = 0, 2  # kinds of path segments: FPDF_SEGMENT_…
WRONG_PASSWORD = 4  # FPDF_ERR_PASSWORD


def _library() -> str:
    """The path of pdfium's library."""
    spec = find_spec("pypdfium2_raw")
    names = {"win32": "pdfium.dll", "darwin": "libpdfium.dylib"}
    for folder in (spec and spec.submodule_search_locations) or ():
        path = Path(folder) / names.get(sys.platform, "libpdfium.so")
        if path.is_file():
            return str(path)
    return _bound_library()


def _bound_library() -> str:
    """As _library, where pypdfium2 keeps it elsewhere (such as one that the system has)."""
    from pypdfium2_raw import bindings  # type: ignore[import-untyped]

    return str(bindings._libs["pdfium"]._name)


_PATH = _library()
_slow, _quick = ctypes.CDLL(_PATH), ctypes.PyDLL(_PATH)


def _of(library: ctypes.CDLL, name: str, result: Any, *arguments: Any) -> Call:
    function = library[name]
    function.restype, function.argtypes = result, arguments
    return function


init_library = _of(_slow, "FPDF_InitLibrary", None)
last_error = _of(_slow, "FPDF_GetLastError", c_ulong)
load_document = _of(_slow, "FPDF_LoadDocument", c_void_p, c_char_p, c_void_p)
close_document = _of(_slow, "FPDF_CloseDocument", None, c_void_p)
page_count = _of(_slow, "FPDF_GetPageCount", c_int, c_void_p)
load_page = _of(_slow, "FPDF_LoadPage", c_void_p, c_void_p, c_int)
close_page = _of(_slow, "FPDF_ClosePage", None, c_void_p)
load_text = _of(_slow, "FPDFText_LoadPage", c_void_p, c_void_p)
close_text = _of(_slow, "FPDFText_ClosePage", None, c_void_p)

bounding_box = _of(_quick, "FPDF_GetPageBoundingBox", c_int, c_void_p, c_void_p)
rotation = _of(_quick, "FPDFPage_GetRotation", c_int, c_void_p)
media_box = _of(_quick, "FPDFPage_GetMediaBox", c_int, *(c_void_p,) * 5)

count_chars = _of(_quick, "FPDFText_CountChars", c_int, c_void_p)
ink_box = _of(_quick, "FPDFText_GetCharBox", c_int, c_void_p, c_int, *(c_void_p,) * 4)
text_units = _of(_quick, "FPDFText_GetText", c_int, c_void_p, c_int, c_int, c_void_p)
count_objects = _of(_quick, "FPDFPage_CountObjects", c_int, c_void_p)
count_form_objects = _of(_quick, "FPDFFormObj_CountObjects", c_int, c_void_p)
kind_of = _of(_quick, "FPDFPageObj_GetType", c_int, c_void_p)
bounds_of = _of(_quick, "FPDFPageObj_GetBounds", c_int, *(c_void_p,) * 5)
kind_of_segment = _of(_quick, "FPDFPathSegment_GetType", c_int, c_void_p)
point_of = _of(_quick, "FPDFPathSegment_GetPoint", None, c_void_p, c_void_p, c_void_p)

pointer: Callable[[int], Any] = c_void_p.from_param


def _bare(name: str, result: Any) -> Call:
    function = _quick[name]
    function.restype = result
    return function


code_of = _bare("FPDFText_GetUnicode", c_uint)
loose_box = _bare("FPDFText_GetLooseCharBox", None)
angle_of = _bare("FPDFText_GetCharAngle", c_float)
object_at = _bare("FPDFPage_GetObject", c_void_p)
form_object_at = _bare("FPDFFormObj_GetObject", c_void_p)
matrix_of = _bare("FPDFPageObj_GetMatrix", c_int)
draw_mode = _bare("FPDFPath_GetDrawMode", c_int)
count_segments = _bare("FPDFPath_CountSegments", c_int)
segment_at = _bare("FPDFPath_GetPathSegment", c_void_p)

init_library()  # a second time, by pypdfium2 in the same process, does nothing
