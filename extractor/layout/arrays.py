"""numpy, loaded without the threads of its linear algebra.

They are started with the library, one a core, and cost as much as reading ten pages; nothing here multiplies
matrices. A program that has loaded numpy before, or has said how many threads it wants, keeps them. What a
library makes when it is loaded stays, so that no search for cycles need walk it, then or later.

Who reads with it imports this module first. Loaded ten imports further down, numpy's own imports stand where the
interpreter's stack of frames comes to the end of a piece, and take and give back the next piece (a call of the
system each) a thousand times, which costs as much as reading five pages (CPython 3.11).
"""

from __future__ import annotations

import gc
import os

_THREADS = "OPENBLAS_NUM_THREADS"
_told = os.environ.get(_THREADS)
os.environ.setdefault(_THREADS, "1")
_collects = gc.isenabled()
gc.disable()
import numpy as np  # noqa: E402
import numpy.typing as npt  # noqa: E402

gc.freeze()
if _collects:
    gc.enable()
if _told is None:
    del os.environ[_THREADS]  # processes started from here decide for themselves

__all__ = ["flatnonzero", "median", "np", "npt"]


def flatnonzero(mask: npt.NDArray[np.bool_]) -> npt.NDArray[np.int64]:
    """The indices (n,) of what is true in one dimension. (numpy's own takes four calls, for a page's few hundred
    characters most of its time.)"""
    return mask.nonzero()[0]


def median(values: npt.ArrayLike) -> float:
    """The median of some numbers, at least one. (numpy's own loads its masked arrays, which takes as long as
    reading five pages.)"""
    ordered = np.sort(np.asarray(values, np.float64))
    half = len(ordered) // 2
    return float(ordered[half] + ordered[~half]) / 2
