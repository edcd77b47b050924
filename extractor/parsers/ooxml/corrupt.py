"""What the library raises for a package that it cannot unpack."""

from __future__ import annotations

import zipfile
import zlib

_METHODS: tuple[type[Exception], ...] = (zlib.error,)
try:
    from lzma import LZMAError

    _METHODS += (LZMAError,)
except ImportError:  # a Python built without it cannot read such packages either
    pass

CORRUPT: tuple[type[Exception], ...] = (zipfile.BadZipFile, *_METHODS, OSError, EOFError, ValueError)
