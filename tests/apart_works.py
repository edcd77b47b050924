"""What the tests have a child do: well, badly, and not at all."""

from __future__ import annotations

import ctypes
import os
import socket


def say(text: str) -> bytes:
    """Gives a text back."""
    return text.encode()


def refuse(text: str) -> bytes:
    """Has a reason."""
    raise OSError(text)


def fail(text: str) -> bytes:
    """Is at fault."""
    raise ZeroDivisionError(text)


def fill(text: str) -> bytes:
    """Takes all the memory there is."""
    held = []
    while True:
        held.append(bytearray(64 << 20))


def hang(text: str) -> bytes:
    """Never comes back, in native code that holds the interpreter."""
    ctypes.PyDLL(None).pause()
    return b""


def abort(text: str) -> bytes:
    """Ends the process, as a C library does that finds itself in disorder."""
    os.abort()


def noise(text: str) -> bytes:
    """Prints what the parent must not take for an answer."""
    os.write(1, b"noise")
    print("noise")
    return text.encode()


def connect(text: str) -> bytes:
    """Tries the network."""
    socket.create_connection(("127.0.0.1", 9), 1)
    return b""
