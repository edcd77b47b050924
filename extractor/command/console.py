"""The two streams: the result alone on standard output, everything else on standard error, UTF-8 whatever
the locale.
"""

from __future__ import annotations

import os
import sys
from typing import NoReturn

import typer


def prepare() -> None:
    """Makes both streams UTF-8, and has something stand where a stream was closed: a file would take its
    number.
    """
    for number in (0, 1, 2):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)
    for name in ("stdout", "stderr"):
        stream = getattr(sys, name)
        if stream is None:
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115
        elif hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")


def say(text: str) -> None:
    """Puts out a result."""
    try:
        sys.stdout.buffer.write(text.encode(errors="replace"))
        sys.stdout.buffer.flush()
    except BrokenPipeError:
        nobody_reads()


def nobody_reads() -> NoReturn:
    """Ends quietly; standard output is let go, or the interpreter would fail once more when it flushes it."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    raise typer.Exit(141)


def warn(sentence: str) -> None:
    """Tells the user."""
    print(sentence.encode(errors="backslashreplace").decode(), file=sys.stderr)
