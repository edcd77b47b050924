"""A reader for the tests of batches, run in real children: a file's text says what reading it does."""

from __future__ import annotations

import ctypes
import hashlib
import os
import signal
import socket
import subprocess
import time
from pathlib import Path
from typing import Any

from extractor import progress
from extractor.document import Document, Heading, Text
from extractor.result import Result, Source


def read(path: Path, select: Any = (), ignore: Any = ()) -> Result:
    """Does what the file's first word says; the rest are its arguments."""
    data = path.read_bytes()
    word, *arguments = data.decode("utf-8", "replace").split() or [""]
    text = _ACTS.get(word, _plain)(path, *arguments) or data.decode("utf-8", "replace")
    source = Source(str(path), "txt", hashlib.sha256(data).hexdigest(), len(data), 1)
    return Result(source, "ok", document=Document("txt", (Heading(Text(text), 1),)))


def _plain(path: Path, *_: str) -> str:
    return ""


def _hang(path: Path, *_: str) -> str:
    while True:
        pass


def _native_hang(path: Path, *_: str) -> str:
    """Within native code that never comes back and holds the interpreter."""
    library = ctypes.PyDLL(None)
    library.pause()
    return ""


def _slow(path: Path, pages: str, seconds: str, *_: str) -> str:
    for _ in range(int(pages)):
        progress.advance(int(pages))
        time.sleep(float(seconds))
    return ""


def _abort(path: Path, *_: str) -> str:
    os.abort()


def _segfault(path: Path, *_: str) -> str:
    ctypes.string_at(0)
    return ""


def _leave(path: Path, *_: str) -> str:
    os._exit(0)


def _once(path: Path, *_: str) -> str:
    """Ends the child the first time only."""
    mark = path.with_suffix(".mark")
    if not mark.exists():
        mark.touch()
        os.kill(os.getpid(), signal.SIGKILL)
    return "second time"


def _count(path: Path, *_: str) -> str:
    with path.with_suffix(".tries").open("a") as tries:
        tries.write("x")
    os.abort()


def _killed(path: Path, *_: str) -> str:
    """Ended by a signal each time, as by someone who waits for this file."""
    with path.with_suffix(".tries").open("a") as tries:
        tries.write("x")
    os.kill(os.getpid(), signal.SIGKILL)
    return ""


def _memory(path: Path, *_: str) -> str:
    held = []
    while True:
        held.append(bytearray(64 << 20))  # not touched: quick


def _deep(path: Path, *_: str) -> str:
    return _deep(path)


def _wrong(path: Path, *_: str) -> str:
    raise ZeroDivisionError("a fault of ours")


def _print(path: Path, *_: str) -> str:
    os.write(1, b"noise of a library")
    print("noise")
    return ""


def _network(path: Path, *_: str) -> str:
    tried = []
    for attempt in (
        lambda: socket.create_connection(("127.0.0.1", 9), 1),
        lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
        lambda: subprocess.run(["true"], check=False),
    ):
        try:
            attempt()
            tried.append("done")
        except OSError as error:
            tried.append(type(error).__name__)
    return " ".join(tried)


def _environment(path: Path, *_: str) -> str:
    return " ".join([str(os.getpid()), str(os.getsid(0) == os.getpid())])


_ACTS = {
    "hang": _hang, "native-hang": _native_hang, "slow": _slow, "abort": _abort, "segfault": _segfault,
    "leave": _leave, "once": _once, "count": _count, "killed": _killed, "memory": _memory, "deep": _deep,
    "wrong": _wrong, "print": _print, "network": _network, "environment": _environment,
}  # fmt: skip
