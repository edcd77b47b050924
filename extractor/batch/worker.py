"""A child: started once, it reads one file after the other within its limits and says what came of each.

It is asked to hash a file, then to read it (unless the content is known), and answers in frames. It writes
nothing else.
"""

from __future__ import annotations

import hashlib
import importlib
import os
import stat
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from extractor import progress
from extractor.apart import confine, start
from extractor.batch.frames import Message, Unpacking, packed, value_to_bytes
from extractor.batch.limits import Setup, setup_from
from extractor.document import Problem
from extractor.result import Result, Source
from extractor.waivers import load_waivers

_BLOCK = 1 << 20
# Libraries that decode: what they raise speaks of the file, not of a fault of ours.
_DECODERS = ("zlib", "zipfile", "struct", "lxml", "pdfminer", "pypdfium2", "PIL")
_QUIET = 0.2  # seconds between two signs of progress
_QUESTION = 1 << 20  # bytes of the longest question


def main(record: dict[str, object]) -> None:
    """Serves on standard input and output until the parent has no more questions."""
    questions, answers = start.own_streams()
    setup = setup_from(record)
    confine.confine(setup.limits.memory)
    reading = Reading(setup, lambda message: _send(answers, message))
    _send(answers, Message("B", {}))
    unpacking = Unpacking(_QUESTION)
    while data := os.read(questions, _BLOCK):
        for question in unpacking.take(data):
            for answer in reading.answers(question):
                _send(answers, answer)


def _send(stream: int, message: Message) -> None:
    data = memoryview(packed(message))
    while data:
        data = data[os.write(stream, data) :]


class Reading:
    """Answers to questions about files."""

    def __init__(self, setup: Setup, tell: Callable[[Message], None]) -> None:
        self._setup = setup
        self._tell = tell
        self._told = 0.0
        self._known: tuple[str, str, int] = ("", "", 0)  # the file hashed last, its hash and size
        module, _, name = setup.reader.partition(":")
        self._read: Callable[..., Result] = getattr(importlib.import_module(module), name)
        self._waivers = load_waivers(Path(setup.options.waivers)) if setup.options.waivers else ()
        _limit_pages(setup.limits.pages)

    def answers(self, question: Message) -> Iterator[Message]:
        """The answer to one question: H to ``hash``, R to ``read``."""
        path = str(question.head["path"])
        yield self._hashed(path) if question.kind == "h" else self._result(path)

    def _progress(self, pages: int) -> None:
        now = time.monotonic()
        if pages or now - self._told > _QUIET:
            self._told = now
            self._tell(Message("P", {"pages": pages}))

    def _hashed(self, path: str) -> Message:
        """The content's hash; without one for what cannot be read (the reader has the words for it)."""
        digest = hashlib.sha256()
        size = 0
        try:
            with _opened(path) as file:
                while block := file.read(_BLOCK):
                    digest.update(block)
                    size += len(block)
                    self._progress(0)
        except (OSError, ValueError):
            return Message("H", {"sha256": "", "bytes": 0})
        self._known = (path, digest.hexdigest(), size)
        return Message("H", {"sha256": digest.hexdigest(), "bytes": size})

    def _result(self, path: str) -> Message:
        confine.reset_peak()
        begun = time.monotonic()
        progress.listen(self._pages_told())
        result = self._limited(path)
        progress.listen(None)
        wanted = self._setup.options.severities
        result = replace(result, findings=tuple(f for f in result.findings if f.severity in wanted))
        result = result.judged(self._waivers)
        body = self._body(result)
        peak, held = confine.memory_used()
        seconds = round(time.monotonic() - begun, 3)
        return Message("R", summary(result) | {"seconds": seconds, "peak": peak, "held": held}, body)

    def _pages_told(self) -> Callable[[int], None]:
        """Tells the number of pages once, then only that it gets on."""
        told = [0]

        def tell(pages: int) -> None:
            new = pages if pages != told[0] else 0
            told[0] = pages or told[0]
            self._progress(new)

        return tell

    def _limited(self, path: str) -> Result:
        """One file's result, whatever happens."""
        file, options = Path(path), self._setup.options
        try:
            more = {"regime": options.regime} if options.regime else {}
            return self._read(file, select=options.select, ignore=options.ignore, **more)
        except MemoryError:
            return self._failed(path, "memory", f"读取“{file.name}”时超过内存上限。")
        except RecursionError:
            return self._failed(path, "limit-depth", f"文件“{file.name}”的内容嵌套过深，不予读取。")
        except Exception as error:  # whatever a stranger's file provokes, the others must go on
            if type(error).__module__.partition(".")[0] in _DECODERS:
                return self._failed(path, "damaged", f"文件“{file.name}”已损坏，无法解码。")
            cause = f"{type(error).__name__}: {error}"[:300]
            return self._failed(path, "internal-error", f"读取“{file.name}”时程序内部出错（{cause}）。")

    def _failed(self, path: str, status: str, message: str) -> Result:
        known = self._known[1:] if self._known[0] == path else ("", 0)
        return failed(path, status, message, *known)

    def _body(self, result: Result) -> bytes:
        from extractor.outputs.json import laid_out

        options = self._setup.options
        if not options.record:
            return value_to_bytes(result)
        return f"{laid_out(result.to_json(options.tables, options.text))}\n".encode()


def _opened(path: str) -> BinaryIO:
    """A file opened for reading: never a pipe or a device, which might not answer."""
    descriptor = os.open(path, os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0))
    if not stat.S_ISREG(os.fstat(descriptor).st_mode):
        os.close(descriptor)
        raise OSError("not a file")
    return os.fdopen(descriptor, "rb", 0)


def _limit_pages(pages: int) -> None:
    from extractor.layout import limits

    limits.MAX_PAGES = pages


def failed(path: str, status: str, message: str, sha256: str = "", size: int = 0, code: str = "") -> Result:
    """The result of a file that was not read."""
    suffix = Path(path).suffix.lower().lstrip(".")
    source = Source(path, suffix, sha256, size) if sha256 else Source(path)
    return Result(source, status, problems=(Problem(code or status, message),))


def summary(result: Result) -> dict[str, object]:
    """What the parent keeps at hand of a result: status, counts, the first problem, and the figures to
    compare.
    """
    from extractor.rules.batch._sheets import sheets_of

    problems = Counter(problem.code for problem in result.problems)
    return {
        "status": result.status,
        "pages": result.source.pages or 0,
        "format": result.source.format,
        "severities": Counter(finding.severity for finding in result.findings),
        "rules": Counter(finding.rule for finding in result.findings),
        "waived": [waived.finding.id for waived in result.waived],
        "problems": dict(problems.most_common(20)),
        "message": result.problems[0].message if result.problems else "",
        "sheets": sheets_of(result.about, result.forms) if result.ok else [],
    }


if __name__ == "__main__":  # pragma: no cover - children are started by the parent with their setup
    sys.exit("started by extract")
