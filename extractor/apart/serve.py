"""The child's side: calls functions by name, within limits, and sends what they give.

A question is a pickle (the parent is trusted); an answer is bytes of a kind: V a value, O a reason why it
cannot be done, M no memory, X a fault.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
from importlib import import_module

from extractor.apart import confine, start

QUESTION = struct.Struct(">Q")
ANSWER = struct.Struct(">cQ")


def main(setup: dict[str, int]) -> None:
    """Serves until the parent has no more questions; ``setup`` holds ``memory``, in bytes."""
    questions, answers = start.own_streams()
    confine.confine(setup["memory"])
    with os.fdopen(questions, "rb") as asked, os.fdopen(answers, "wb") as out:
        while len(head := asked.read(QUESTION.size)) == QUESTION.size:
            kind, body = _answer(asked.read(*QUESTION.unpack(head)))
            out.write(ANSWER.pack(kind, len(body)))
            out.write(body)
            out.flush()


def _answer(question: bytes) -> tuple[bytes, bytes]:
    try:
        name, arguments = pickle.load(io.BytesIO(question))
        module, _, function = name.partition(":")
        return b"V", getattr(import_module(module), function)(*arguments)
    except MemoryError:
        return b"M", b""
    except OSError as error:
        return b"O", str(error.strerror or error).encode(errors="replace")
    except Exception as error:  # whatever a stranger's file provokes, the others must go on
        return b"X", f"{type(error).__name__}: {error}"[:200].encode(errors="replace")
