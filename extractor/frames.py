"""The result as pandas data frames, for those who have pandas."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, NamedTuple

from extractor.rows import KINDS, columns

if TYPE_CHECKING:
    from extractor.result import Result


class Frames(NamedTuple):
    """Three pandas.DataFrame with the columns of ``extractor.rows``.

    ``…_value`` are float64, NaN where there is none; beside them stands each figure exactly as printed.
    """

    indicators: Any
    budgets: Any
    findings: Any


def frames(results: Iterable[Result]) -> Frames:
    """The rows of one result or of many. Raises ImportError, with a sentence, without pandas."""
    try:
        import pandas  # type: ignore[import-untyped,import-not-found,unused-ignore]
    except ImportError as error:
        raise ImportError("to_pandas() 需要 pandas，请先安装：pip install pandas") from error
    gathered = list(results)
    return Frames(*(_frame(pandas, kind, gathered) for kind in Frames._fields))


def _frame(pandas: Any, kind: str, results: list[Result]) -> Any:
    rows = [row for result in results for row in KINDS[kind](result)]
    frame = pandas.DataFrame(rows, columns=columns(kind))
    values = [name for name in frame.columns if name.endswith("_value") or name.startswith("value_")]
    return frame.astype(dict.fromkeys(values, "float64"))
