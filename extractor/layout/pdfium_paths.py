"""Ruling edges from pdfium's path objects, form XObjects walked with their matrix."""

from collections import deque
from ctypes import addressof, c_float, c_int
from itertools import repeat
from typing import Any, NamedTuple

from . import limits
from . import pdfium_library as library
from .arrays import flatnonzero, np
from .page import NO_EDGES, Edges, Fault, Floats

Matrix = tuple[float, float, float, float, float, float]
_SAME: Matrix = (1.0, 0.0, 0.0, 1.0, 0.0, 0.0)
_AT_ONCE = 10_000  # points of paths that are asked for together
_TILT = 0.009  # rise over run up to which a ruling counts as level: half a degree
_MIN_LENGTH = 1.0  # points; pdfplumber's edge_min_length_prefilter


class Drawn(NamedTuple):
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
    walk.resolve()
    edges = _sorted_out(np.concatenate(walk.segments)) if walk.segments else NO_EDGES
    faults: list[Fault] = []
    if walk.full or walk.n_segments > limits.MAX_EDGES:
        faults.append(("limit-page-edges", f"第{number}页线条过多，表格线只读取了一部分"))
    return Drawn(edges, walk.picture, walk.curves, tuple(faults))


class _Walk:
    """Gathers the straight segments of a page's paths."""

    def __init__(self) -> None:
        self.segments: list[Floats] = []
        self.n_segments = 0
        self.picture = 0.0
        self.curves = 0
        self.full = False
        self._seen = 0
        self._points: list[int] = []  # pdfium's path points not yet asked for where they are
        self._counts: list[int] = []  # how many of them each path has
        self._matrices: list[Matrix] = []  # and its matrix
        self._numbers = (c_float * 6)()  # what pdfium writes its answers into
        self._modes = (c_int * 2)()
        first, mode = addressof(self._numbers), addressof(self._modes)
        self._corners = tuple(range(first, first + 16, 4))
        self._to_matrix = library.pointer(first)
        self._to_fill, self._to_stroke = library.pointer(mode), library.pointer(mode + 4)

    def objects(self, count: int, get: library.Call, holder: int, matrix: Matrix, depth: int) -> None:
        """Looks at the objects of a page or of a form."""
        allowed = max(limits.MAX_OBJECTS - self._seen, 0)
        self.full |= count > allowed
        self._seen += count
        items = list(map(get, repeat(library.pointer(holder)), range(min(count, allowed))))
        for item, kind in zip(items, map(library.kind_of, items), strict=True):
            if kind == library.TEXT:
                continue
            if len(self._points) > _AT_ONCE:
                self.resolve()
            if self.n_segments > limits.MAX_EDGES:
                self.full = True
                return
            self._object(item, kind, matrix, depth)

    def resolve(self) -> None:
        """The paths gathered so far to their segments."""
        points, self._points = self._points, []
        counts, self._counts = self._counts, []
        matrices, self._matrices = self._matrices, []
        if not points:
            return
        xy = np.zeros((len(points), 2), np.float32)
        start = xy.ctypes.data
        stop = start + 8 * len(points)
        deque(map(library.point_of, points, range(start, stop, 8), range(start + 4, stop, 8)), 0)
        kinds = np.fromiter(map(library.kind_of_segment, points), np.int64, len(points))
        own = np.array(matrices[:1] if len(set(matrices)) == 1 else matrices)
        at = _mapped(xy.astype(np.float64), own if len(own) == 1 else np.repeat(own, counts, axis=0))
        line = flatnonzero(kinds == library.LINE_TO)
        found = np.concatenate((at[line - 1], at[line]), axis=1)[line > 0]
        self.curves += len(points) - len(line) - int((kinds == library.MOVE_TO).sum())
        self.segments.append(found)
        self.n_segments += len(found)

    def _object(self, item: int, kind: int, matrix: Matrix, depth: int) -> None:
        if kind == library.PATH:
            self._path(item, matrix)
        elif kind == library.IMAGE:
            self.picture = max(self.picture, self._area(item, matrix))
        elif kind == library.FORM and depth < limits.MAX_FORM_DEPTH:
            inner = _times(self._matrix(library.pointer(item)), matrix)
            self.objects(library.count_form_objects(item), library.form_object_at, item, inner, depth + 1)

    def _path(self, item: int, matrix: Matrix) -> None:
        """Takes note of a path's points. pdfium gives the side that closes a path as a segment like others."""
        path = library.pointer(item)
        count = library.count_segments(path)
        if count < 2 or not self._is_drawn(path):
            return
        count = min(count, limits.MAX_EDGES)
        self._points += map(library.segment_at, repeat(path), range(count))
        self._counts.append(count)
        self._matrices.append(_times(self._matrix(path), matrix))

    def _area(self, item: int, matrix: Matrix) -> float:
        """Of an object's bounds; ``matrix`` maps the form it stands in to the page."""
        if not library.bounds_of(item, *self._corners):
            return 0.0
        left, bottom, right, top = self._numbers[:4]
        scale = abs(matrix[0] * matrix[3] - matrix[1] * matrix[2])
        return abs((right - left) * (top - bottom)) * scale

    def _is_drawn(self, path: Any) -> bool:
        self._modes[0] = self._modes[1] = 0
        library.draw_mode(path, self._to_fill, self._to_stroke)
        return any(self._modes)

    def _matrix(self, item: Any) -> Matrix:
        if not library.matrix_of(item, self._to_matrix):
            return _SAME
        a, b, c, d, e, f = self._numbers
        return (a, b, c, d, e, f)


def _mapped(points: Floats, matrices: Floats) -> Floats:
    """(n, 2) points, each by its own matrix (n, 6), or all by one (1, 6)."""
    x, y = points.T
    a, b, c, d, e, f = matrices.T
    return np.stack((a * x + c * y + e, b * x + d * y + f), axis=1)


def _times(first: Matrix, then: Matrix) -> Matrix:
    """The matrix that applies ``first`` and ``then`` after it."""
    if first == _SAME:
        return then
    a, b, c, d, e, f = first
    p, q, r, s, t, u = then
    return (a * p + b * r, a * q + b * s, c * p + d * r, c * q + d * s, e * p + f * r + t, e * q + f * s + u)


def _sorted_out(segments: Floats) -> Edges:
    """(n, 4) segments x0, y0, x1, y1 to level edges (y, x0, x1) and upright ones (x, top, bottom)."""
    x0, y0, x1, y1 = segments.T
    run, rise = np.abs(x1 - x0), np.abs(y1 - y0)
    level = (run >= _MIN_LENGTH) & (rise <= _TILT * run)
    upright = (rise >= _MIN_LENGTH) & (run <= _TILT * rise)
    across = np.array(((y0 + y1) / 2, np.minimum(x0, x1), np.maximum(x0, x1)))
    down = np.array(((x0 + x1) / 2, np.minimum(y0, y1), np.maximum(y0, y1)))
    return Edges(across[:, level].T, down[:, upright].T)
