"""Signs of life: the flow tells, from page to page and step to step, that it gets on; whoever wants to know
listens.

A watcher in another process can so tell a long document from one that hangs. Without a listener a sign
costs a call.
"""

from __future__ import annotations

from collections.abc import Callable

Listener = Callable[[int], None]

_listener: list[Listener] = []


def listen(listener: Listener | None) -> None:
    """Sets who is told: a function of the document's number of pages (0 where it is not known). None for
    nobody.
    """
    _listener[:] = [listener] if listener else []


def advance(pages: int = 0) -> None:
    """Tells that a page was read or a step done."""
    for listener in _listener:
        listener(pages)
