"""gouji 勾稽: reads Chinese fiscal performance documents and finds where they contradict themselves.

``extract(path)`` reads one file and gives its :class:`~extractor.result.Result`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from extractor.pipeline import extract as extract
    from extractor.result import Result as Result

__all__ = ["Result", "extract"]


def __getattr__(name: str) -> Any:
    """Load the flow only when it is asked for, so that ``extract --help`` answers at once."""
    if name == "extract":
        from extractor.pipeline import extract

        return extract
    if name == "Result":
        from extractor.result import Result

        return Result
    raise AttributeError(name)
