"""A request to end (Ctrl-C, SIGTERM): obeyed at once, and again at the next turn if it went unheard.

Python drops an exception that a signal raises inside a callback of its own (a weak reference's, a finalizer's);
a batch that then waited for a hanging child would not end.
"""

from __future__ import annotations

import signal
from contextlib import suppress
from types import TracebackType
from typing import Any

_ASKED: tuple[tuple[signal.Signals, type[BaseException], tuple[int, ...]], ...] = (
    (signal.SIGINT, KeyboardInterrupt, ()),
    (signal.SIGTERM, SystemExit, (143,)),
)


class Stops:
    """Hears requests to end while it is open (use with ``with``); in other threads than the main one it hears none."""

    def __init__(self) -> None:
        self._heard: BaseException | None = None
        self._before: dict[signal.Signals, Any] = {}

    def __enter__(self) -> Stops:
        for number, kind, arguments in _ASKED:
            if number is signal.SIGINT and signal.getsignal(number) is not signal.default_int_handler:
                continue  # somebody else decides what Ctrl-C means
            with suppress(ValueError):
                self._before[number] = signal.signal(number, self._stop(kind, arguments))
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        self._before.clear()

    def check(self) -> None:
        """Raises KeyboardInterrupt or SystemExit if an end was asked for."""
        if self._heard is not None:
            raise self._heard

    def _stop(self, kind: type[BaseException], arguments: tuple[int, ...]) -> Any:
        def stop(*_: object) -> None:
            self._heard = kind(*arguments)
            raise self._heard

        return stop
