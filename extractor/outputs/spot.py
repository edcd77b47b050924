"""Where a cited text stands within the paragraph or the cells that hold it; blanks do not count."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from extractor.document import Cell, Table

_NUMBER = set("0123456789.,")


def spot(
    string: str, text: str, quote: str = "", label: str = "", rest: int | None = None
) -> tuple[int, int] | None:
    """First and last offset (exclusive) of ``text`` in ``string``. None when the text is not there.

    Of several, the one that ``rest`` printed characters stand from up to the end (see ``printed``), where that is
    known. Else one within ``quote``, not part of a longer figure (10 in 105), that the last word of ``label``
    (正文：得分) stands nearest before; then the first.
    """
    kept = [i for i, char in enumerate(string) if not char.isspace()]
    plain = "".join(string[i] for i in kept)
    wanted = "".join(text.split())
    starts = list(_starts(plain, wanted, 0, len(plain))) if wanted else []
    if not starts:
        return None
    if rest is not None:
        start = min(starts, key=lambda at: abs(len(plain) - rest - at))
    else:
        start = _likeliest(plain, wanted, starts, "".join(quote.split()), label)
    return kept[start], kept[start + len(wanted) - 1] + 1


def printed(string: str) -> int:
    """How many characters of a string print: all but blanks."""
    return sum(map(len, string.split()))


def _likeliest(plain: str, wanted: str, starts: list[int], quote: str, label: str) -> int:
    first, last = _region(plain, quote)
    quoted = [at for at in starts if first <= at <= last - len(wanted)] or starts
    alone = [at for at in quoted if _alone(plain, at, at + len(wanted))]
    word = "".join(label.rpartition("：")[2].split())
    return min(alone or quoted, key=lambda at: _distance(plain, word, at))


def spread(table: Table, row: int, col: int, text: str) -> list[Cell]:
    """The cells that print a text: the one at a field of the grid, and those after it where it goes on there.

    A form may set ≥, 900 and 吨 in three cells. Only the first where they do not make up the text; none where
    there is no cell.
    """
    first = cell = table.at(row, col)
    found, wanted, joined = [], "".join(text.split()), ""
    while cell is not None and wanted.startswith(joined):
        found.append(cell)
        joined += "".join(cell.text.string.split())
        if joined == wanted:
            return found
        cell = table.at(row, cell.col + cell.colspan)
    return [first] if first else []


def _region(plain: str, quote: str) -> tuple[int, int]:
    at = plain.find(quote) if quote else -1
    return (0, len(plain)) if at < 0 else (at, at + len(quote))


def _starts(plain: str, wanted: str, start: int, end: int) -> Iterator[int]:
    at = plain.find(wanted, start, end)
    while at >= 0:
        yield at
        at = plain.find(wanted, at + 1, end)


def _distance(plain: str, word: str, start: int) -> int:
    """How far before an offset a word ends; the whole length where it does not stand there."""
    at = plain.rfind(word, 0, start) if word else -1
    return start - at - len(word) if at >= 0 else len(plain)


def _alone(plain: str, start: int, end: int) -> bool:
    before = plain[start - 1 : start] if plain[start] in _NUMBER else ""
    after = plain[end : end + 1] if plain[end - 1] in _NUMBER else ""
    joined = after in _NUMBER and (after.isdigit() or plain[end + 1 : end + 2].isdigit())
    return before not in _NUMBER and not joined
