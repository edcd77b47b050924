"""The parent's side: a child asked for one thing after another, and ended when it gives no answer."""

from __future__ import annotations

import json
import os
import pickle
import selectors
import signal
import subprocess
import time
from contextlib import suppress
from typing import Any

from extractor.apart.serve import ANSWER, QUESTION
from extractor.apart.start import started

_BLOCK = 1 << 20
_LONGEST = 1 << 30  # bytes of an answer
_MEMORY = 1536 << 20  # bytes of address space


class Lost(Exception):
    """No answer: a Chinese phrase says why."""


class Child:
    """A process that does what it is asked for (use with ``with``). It starts when first asked, and anew
    after an end.
    """

    def __init__(self, memory: int = _MEMORY) -> None:
        self._memory = memory
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Child:
        return self

    def __exit__(self, *_: object) -> None:
        self._end()

    def ask(self, work: str, *arguments: Any, seconds: float = 60.0) -> bytes:
        """What a function, as ``module:name``, gives for arguments that can be pickled.

        Raises OSError with the function's own reason, Lost where there is no answer.
        """
        question = pickle.dumps((work, arguments), 5)
        process = self._started()
        assert process.stdin is not None
        try:
            process.stdin.write(QUESTION.pack(len(question)) + question)
            kind, body = self._answer(process, time.monotonic() + seconds)
        except (OSError, Lost) as error:
            self._end()
            raise error if isinstance(error, Lost) else Lost("进程异常退出") from None
        if kind == b"O":
            raise OSError(body.decode())
        if kind != b"V":
            raise Lost("超过内存上限" if kind == b"M" else f"程序内部出错（{body.decode()}）")
        return body

    def _started(self) -> subprocess.Popen[bytes]:
        if self._process is None:
            self._process = started("extractor.apart.serve", json.dumps({"memory": self._memory}))
        return self._process

    def _answer(self, process: subprocess.Popen[bytes], end: float) -> tuple[bytes, bytes]:
        data = self._read(process, ANSWER.size, end)
        kind, length = ANSWER.unpack(data)
        if length > _LONGEST:
            raise Lost("结果过大")
        return kind, self._read(process, length, end)

    def _read(self, process: subprocess.Popen[bytes], length: int, end: float) -> bytes:
        assert process.stdout is not None
        data = bytearray()
        with selectors.DefaultSelector() as selector:
            selector.register(process.stdout, selectors.EVENT_READ)
            while len(data) < length:
                if not selector.select(max(end - time.monotonic(), 0)):
                    raise Lost("超过时限")
                block = os.read(process.stdout.fileno(), min(_BLOCK, length - len(data)))
                if not block:
                    raise Lost("进程异常退出")
                data += block
        return bytes(data)

    def _end(self) -> None:
        process, self._process = self._process, None
        if process is None:
            return
        with suppress(ProcessLookupError, PermissionError):
            os.killpg(process.pid, signal.SIGKILL) if hasattr(os, "killpg") else process.kill()
        for stream in (process.stdin, process.stdout):
            if stream is not None:
                with suppress(OSError):
                    stream.close()
        process.wait()
