"""What parent and child say to each other: frames of a kind, a small JSON object and bytes.

A value for an output crosses as a pickle, and is read by a reader that knows the flow's values and nothing
else: a child that fell into a stranger's hands can hand over a wrong result, but cannot have the parent run
anything.
"""

from __future__ import annotations

import io
import json
import pickle
import struct
from collections.abc import Iterator
from dataclasses import is_dataclass
from importlib import import_module
from typing import Any, NamedTuple, cast

from extractor.result import Result

_HEAD = struct.Struct(">cII")
_VALUES = ("document", "facts", "findings", "result", "quantity.quantity", "waivers")
_OTHERS = {("decimal", "Decimal"), ("array", "array"), ("array", "_array_reconstructor")}


class Message(NamedTuple):
    """``kind``: B the child is ready, P it gets on, H a file's hash, R a file's result; or a question to
    it.
    """

    kind: str
    head: dict[str, Any]
    body: bytes = b""


class TooLong(Exception):
    """A frame beyond the limit."""


def packed(message: Message) -> bytes:
    """A message as a frame."""
    head = json.dumps(message.head).encode()
    return _HEAD.pack(message.kind.encode(), len(head), len(message.body)) + head + message.body


class Unpacking:
    """Frames put together from what arrives piece by piece."""

    def __init__(self, longest: int) -> None:
        self._longest = longest
        self._bytes = bytearray()

    def take(self, data: bytes) -> Iterator[Message]:
        """The messages that are complete with this piece. Raises TooLong."""
        self._bytes += data
        while len(self._bytes) >= _HEAD.size:
            kind, n_head, n_body = _HEAD.unpack_from(self._bytes)
            end = _HEAD.size + n_head + n_body
            if end > self._longest:
                raise TooLong
            if len(self._bytes) < end:
                return
            body = _HEAD.size + n_head
            head = json.loads(self._bytes[_HEAD.size : body])
            yield Message(kind.decode("latin-1"), head, bytes(self._bytes[body:end]))
            del self._bytes[:end]


def value_to_bytes(result: Result) -> bytes:
    """A result for the way to the parent."""
    return pickle.dumps(result, 5)


def bytes_to_value(data: bytes) -> Result:
    """A result as it arrives. Raises pickle.UnpicklingError for anything but the flow's values."""
    try:
        value = _Reader(io.BytesIO(data)).load()
    except pickle.UnpicklingError:
        raise
    except Exception as error:  # a garbled pickle may raise nearly anything
        raise pickle.UnpicklingError(str(error)) from None
    if not isinstance(value, Result):
        raise pickle.UnpicklingError("not a result")
    return value


class _Reader(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        """A value class of the flow, and the few others that they hold."""
        if (module, name) in _OTHERS:
            return super().find_class(module, name)
        if module.removeprefix("extractor.") in _VALUES and "." not in name:
            found = getattr(import_module(module), name, None)
            if (
                isinstance(found, type)
                and found.__module__ == module
                and (is_dataclass(found) or issubclass(found, tuple))
            ):
                return cast(Any, found)
        raise pickle.UnpicklingError(f"{module}.{name}")
