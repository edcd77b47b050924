"""Ruling edges from pdfium's path objects, form XObjects walked with their matrix."""

from __future__ import annotations

import ctypes
from dataclasses import dataclass
from typing import Any

import numpy as np
import pypdfium2.raw as pdfium

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
    walk.objects(
        int(pdfium.FPDFPage_CountObjects(page)), lambda i: pdfium.FPDFPage_GetObject(page, i), matrix, 0
    )
    segments = np.array(walk.segments, np.float64).reshape(-1, 4)
    across, down = _sorted_out(segments)
    faults: list[Fault] = []
    if walk.full:
        faults.append(("limit-page-edges", f"第{number}页线条过多，表格线只读取了一部分"))
    return Drawn(Edges(across, down), walk.picture, walk.curves, tuple(faults))


class _Walk:
    """Gathers the straight segments of a page's paths."""

    def __init__(self) -> None:
        self.segments: list[tuple[float, float, float, float]] = []
        self.picture = 0.0
        self.curves = 0
        self.seen = 0
        self.full = False
        self._x, self._y = ctypes.c_float(), ctypes.c_float()

    def objects(self, count: int, get: Any, matrix: Matrix, depth: int) -> None:
        """Looks at the objects of a page or of a form."""
        kind_of = pdfium.FPDFPageObj_GetType
        for i in range(count):
            self.seen += 1
            if self.seen > limits.MAX_OBJECTS or len(self.segments) > limits.MAX_EDGES:
                self.full = True
                return
            item = get(i)
            kind = kind_of(item)
            if kind == pdfium.FPDF_PAGEOBJ_PATH:
                self._path(item, matrix)
            elif kind == pdfium.FPDF_PAGEOBJ_IMAGE:
                self.picture = max(self.picture, _area(item, matrix))
            elif kind == pdfium.FPDF_PAGEOBJ_FORM and depth < limits.MAX_FORM_DEPTH:
                inner = _times(_matrix_of(item), matrix)
                count_in = int(pdfium.FPDFFormObj_CountObjects(item))
                self.objects(count_in, lambda j, f=item: pdfium.FPDFFormObj_GetObject(f, j), inner, depth + 1)

    def _path(self, item: Any, matrix: Matrix) -> None:
        count = int(pdfium.FPDFPath_CountSegments(item))
        if count < 2 or not _is_drawn(item):
            return
        a, b, c, d, e, f = _times(_matrix_of(item), matrix)
        get, kind_of = pdfium.FPDFPath_GetPathSegment, pdfium.FPDFPathSegment_GetType
        point = pdfium.FPDFPathSegment_GetPoint
        x, y = self._x, self._y
        start = last = (0.0, 0.0)
        for i in range(min(count, limits.MAX_EDGES)):
            segment = get(item, i)
            kind = kind_of(segment)
            point(segment, x, y)
            px, py = x.value, y.value
            here = (a * px + c * py + e, b * px + d * py + f)
            if kind == pdfium.FPDF_SEGMENT_MOVETO:
                start = here
            elif kind == pdfium.FPDF_SEGMENT_LINETO:
                self.segments.append((*last, *here))
            else:
                self.curves += 1
            last = here
            if pdfium.FPDFPathSegment_GetClose(segment) and last != start:
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
