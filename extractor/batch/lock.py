"""A folder is one run's at a time: a lock that ends with its process, however it ends."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from pathlib import Path

LOCK = ".ledger.lock"


class Busy(Exception):
    """Another run works on the folder."""


def locked(folder: Path) -> int:
    """A lock that ends with this process, however it ends. Raises Busy."""
    lock = os.open(folder / LOCK, os.O_RDWR | os.O_CREAT, 0o644)
    for patience in (0.1, 0.2, 0):  # someone who asks for the state holds it for a moment
        try:
            _lock(lock)
            break
        except OSError:
            if not patience:
                os.close(lock)
                raise Busy from None
            time.sleep(patience)
    with suppress(OSError):
        os.ftruncate(lock, 0)
        os.write(lock, f"{os.getpid()} {int(time.time())}\n".encode())
    return lock


def _lock(descriptor: int) -> None:
    try:
        import fcntl
    except ImportError:  # Windows
        import msvcrt

        msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)  # type: ignore[attr-defined]
        return
    fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)


def held(folder: Path) -> bool:
    """Whether a run works on a folder at this moment."""
    try:
        lock = os.open(folder / LOCK, os.O_RDWR)
    except OSError:
        return False
    try:
        _lock(lock)
    except OSError:
        return True
    finally:
        os.close(lock)
    return False
