"""Ruling edges from pdfium's path objects, form XObjects walked with their matrix."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from itertools import repeat
from typing import Any

import numpy as np
import pypdfium2_raw as pdfium  # type: ignore[import-untyped]

from . import limits
from .page import Edges, Floats

Matrix = tuple[float, float, float, float, float, float]
Fault = tuple[str, str]
_TILT = 0.009  # rise over run up to which a ruling counts as level: half a degree
_MIN_LENGTH = 1.0  # points; pdfplumber's edge_min_length_prefilter


@dataclass(frozen=True, slots=True)
class Drawn:
    """What is drawn on a page: level and upright edges as seen, the area (square points) of the largest
    picture, the number of curved segments, and what a limit left out."""

    edges: Edges
    picture: float
    curves: int
    faults: tuple[Fault, ...]


def page_drawings(page: Any, number: int, matrix: Matrix) -> Drawn:
    """Walks all objects of a page."""
    walk = _Walk()
    walk.objects(int(pdfium.FPDFPage_CountObjects(page)), _Walk.page_object, page, matrix, 0)
    segments = np.array(walk.segments, np.float64).reshape(-1, 4)
    across, down = _sorted_out(segments)
    faults: list[Fault] = []
    if walk.full:
        faults.append(("limit-page-edges", f"第{number}页线条过多，表格线只读取了一部分"))
    return Drawn(Edges(across, down), walk.picture, walk.curves, tuple(faults))


_OBJECT = ctypes.PYFUNCTYPE(ctypes.c_void_p, ctypes.c_void_p, ctypes.c_int)
_NUMBER = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p)
_POINT = ctypes.PYFUNCTYPE(ctypes.c_int, ctypes.c_void_p, ctypes.c_void_p, ctypes.c_void_p)


def _of(prototype: Any, function: Any) -> Any:
    """The library's function behind a prototype that costs less than ctypes' usual conversions."""
    return prototype(ctypes.cast(function, ctypes.c_void_p).value)


class _Walk:
    """Gathers the straight segments of a page's paths."""

    page_object = _of(_OBJECT, pdfium.FPDFPage_GetObject)
    form_object = _of(_OBJECT, pdfium.FPDFFormObj_GetObject)
    kind_of = _of(_NUMBER, pdfium.FPDFPageObj_GetType)
    count_segments = _of(_NUMBER, pdfium.FPDFPath_CountSegments)
    segment = _of(_OBJECT, pdfium.FPDFPath_GetPathSegment)
    kind_of_segment = _of(_NUMBER, pdfium.FPDFPathSegment_GetType)
    closes = _of(_NUMBER, pdfium.FPDFPathSegment_GetClose)
    point = _of(_POINT, pdfium.FPDFPathSegment_GetPoint)

    def __init__(self) -> None:
        self.segments: list[tuple[float, float, float, float]] = []
        self.picture = 0.0
        self.curves = 0
        self.seen = 0
        self.full = False
        self._xy = (ctypes.c_float * 2)()
        self._x = ctypes.addressof(self._xy)
        self._y = self._x + ctypes.sizeof(ctypes.c_float)

    def objects(self, count: int, get: Any, holder: Any, matrix: Matrix, depth: int) -> None:
        """Looks at the objects of a page or of a form."""
        allowed = max(limits.MAX_OBJECTS - self.seen, 0)
        self.full |= count > allowed
        self.seen += count
        at = ctypes.cast(holder, ctypes.c_void_p).value
        items = list(map(get, repeat(at), range(min(count, allowed))))
        for item, kind in zip(items, map(_Walk.kind_of, items), strict=True):
            if kind == pdfium.FPDF_PAGEOBJ_TEXT:
                continue
            if len(self.segments) > limits.MAX_EDGES:
                self.full = True
                return
            self._object(item, kind, matrix, depth)

    def _object(self, at: int, kind: int, matrix: Matrix, depth: int) -> None:
        item = ctypes.cast(at, pdfium.FPDF_PAGEOBJECT)
        if kind == pdfium.FPDF_PAGEOBJ_PATH:
            self._path(at, item, matrix)
        elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
            self.picture = max(self.picture, _area(item, matrix))
        elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < limits.MAX_FORM_DEPTH:
            inner = _times(_matrix_of(item), matrix)
            self.objects(
                int(pdfium.FPDFFormObj_CountObjects(item)), _Walk.form_object, item, inner, depth + 1
            )

    def _path(self, at: int, item: Any, matrix: Matrix) -> None:
        count = _Walk.count_segments(at)
        if count < 2 or not _is_drawn(item):
            return
        a, b, c, d, e, f = _times(_matrix_of(item), matrix)
        xy, to_x, to_y = self._xy, self._x, self._y
        start = last = (0.0, 0.0)
        for segment in map(_Walk.segment, repeat(at), range(min(count, limits.MAX_EDGES))):
            _Walk.point(segment, to_x, to_y)
            x, y = xy
            here = (a * x + c * y + e, b * x + d * y + f)
            kind = _Walk.kind_of_segment(segment)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self.segments.append((*last, *here))
            else:
                self.curves += 1
            last = here
            if _Walk.closes(segment) and last != start:
                self.segments.append((*last, *start))
                last = start


def _area(item: Any, matrix: Matrix) -> float:
    """Of an object's bounds; ``matrix`` maps the form it stands in to the page."""
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not pdfium.FPDFPageObj_GetBounds(item, left, bottom, right, top):
        return 0.0
    scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
    return abs((right.value - left.value) * (top.value - bottom.value)) * scale


def _is_drawn(item: Any) -> bool:
    mode, stroke = ctypes.c_int(), ctypes.c_int()
    pdfium.FPDFPath_GetDrawMode(item, mode, stroke)
    return bool(mode.value or stroke.value)


def _matrix_of(item: Any) -> Matrix:
    m = pdfium.FS_MATRIX()
    if not pdfium.FPDFPageObj_GetMatrix(item, m):
        return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
    return (m.a, m.b, m.c, m.d, m.e, m.f)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then`` after it."""
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _sorted_out(segments: Floats) -> tuple[Floats, Floats]:
    """(n, 4) segments x0, y0, x1, y1 to level edges (y, x0, x1) and upright ones (x, top, bottom)."""
    x0, y0, x1, y1 = segments.T
    run, rise = np.abs(x1 - x0), np.abs(y1 - y0)
    level = (run >= _MIN_LENGTH) & (rise <= _TILT * run)
    upright = (rise >= _MIN_LENGTH) & (run <= _TILT * rise)
    across = np.stack(((y0 + y1) / 2, np.minimum(x0, x1), np.maximum(x0, x1)), axis=1)[level]
    down = np.stack(((x0 + x1) / 2, np.minimum(y0, y1), np.maximum(y0, y1)), axis=1)[upright]
    return across, down
