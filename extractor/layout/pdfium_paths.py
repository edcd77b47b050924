"""Ruling edges from pdfium's path objects, form XObjects walked with their matrix."""

from __future__ import annotations

from ctypes import addressof, c_float, c_int
from dataclasses import dataclass
from itertools import repeat

from . import limits
from . import pdfium_library as library
from .arrays import np
from .page import Edges, Fault, Floats

Matrix = tuple[float, float, float, float, float, float]
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


def page_drawings(page: int, number: int, matrix: Matrix) -> Drawn:
    """Walks all objects of a page."""
    walk = _Walk()
    walk.objects(library.count_objects(page), library.object_at, page, matrix, 0)
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
        self._numbers = (c_float * 6)()  # what pdfium writes its answers into
        self._first = addressof(self._numbers)
        self._modes = (c_int * 2)()
        self._mode = addressof(self._modes)

    def objects(self, count: int, get: library.Call, holder: int, matrix: Matrix, depth: int) -> None:
        """Looks at the objects of a page or of a form."""
        allowed = max(limits.MAX_OBJECTS - self.seen, 0)
        self.full |= count > allowed
        self.seen += count
        items = list(map(get, repeat(holder), range(min(count, allowed))))
        for item, kind in zip(items, map(library.kind_of, items), strict=True):
            if kind == library.TEXT:
                continue
            if len(self.segments) > limits.MAX_EDGES:
                self.full = True
                return
            self._object(item, kind, matrix, depth)

    def _object(self, item: int, kind: int, matrix: Matrix, depth: int) -> None:
        if kind == library.PATH:
            self._path(item, matrix)
        elif kind == library.IMAGE:
            self.picture = max(self.picture, self._area(item, matrix))
        elif kind == library.FORM and depth < limits.MAX_FORM_DEPTH:
            inner = _times(self._matrix(item), matrix)
            self.objects(library.count_form_objects(item), library.form_object_at, item, inner, depth + 1)

    def _path(self, path: int, matrix: Matrix) -> None:
        count = library.count_segments(path)
        if count < 2 or not self._is_drawn(path):
            return
        a, b, c, d, e, f = _times(self._matrix(path), matrix)
        numbers, to_x, to_y = self._numbers, self._first, self._first + 4
        start = last = (0.0, 0.0)
        for segment in map(library.segment_at, repeat(path), range(min(count, limits.MAX_EDGES))):
            library.point_of(segment, to_x, to_y)
            x, y = numbers[0], numbers[1]
            here = (a * x + c * y + e, b * x + d * y + f)
            kind = library.kind_of_segment(segment)
            if kind == library.MOVE_TO:
                start = here
            elif kind == library.LINE_TO:
                self.segments.append((*last, *here))
            else:
                self.curves += 1
            last = here
            if library.closes(segment) and last != start:
                self.segments.append((*last, *start))
                last = start

    def _area(self, item: int, matrix: Matrix) -> float:
        """Of an object's bounds; ``matrix`` maps the form it stands in to the page."""
        first = self._first
        if not library.bounds_of(item, first, first + 4, first + 8, first + 12):
            return 0.0
        left, bottom, right, top = self._numbers[:4]
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
        return abs((right - left) * (top - bottom)) * scale

    def _is_drawn(self, path: int) -> bool:
        modes = self._modes
        modes[0] = modes[1] = 0
        library.draw_mode(path, self._mode, self._mode + 4)
        return bool(modes[0] or modes[1])

    def _matrix(self, item: int) -> Matrix:
        if not library.matrix_of(item, self._first):
            return (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
        a, b, c, d, e, f = self._numbers
        return (a, b, c, d, e, f)


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
