"""Relations that heads and remarks write out: ③=②-①, 执行率(B/A), 差额（3=2-1）."""

from __future__ import annotations

from collections.abc import Iterator

import regex

from extractor.quantity import normal
from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Grid, Line
from extractor.rules.table._relations import Broken, Kind, Relation

_SYMBOL = r"(?:[①-⑳]|(?<![A-Za-z])[A-K](?![A-Za-z])|\(\d{1,2}\)|(?<![\d.])\d{1,2}(?![\d.%]))"
_FORMULA = regex.compile(
    rf"(?:(?P<result>{_SYMBOL})\s*=\s*|(?<=[(\[])(?=\s*\(?[A-K①-⑳]))"
    rf"\(?\s*(?P<left>{_SYMBOL})\s*(?P<sign>[-+/÷×*])\s*(?P<right>{_SYMBOL})\s*\)?(?:\s*[×*]\s*100\s*%?)?\s*(?=[)\]，。；;]|$)"
)
_NAMED = regex.compile(
    r"^\s*(?P<first>[①-⑳])|(?P<last>[①-⑳]|(?<=[数额值率款金])[A-K])(?:\s*=[^①-⑳]*[①-⑳A-K].*)?$|[(\[](?P<inner>[A-K①-⑳]|\d{1,2})(?:\s*=.*)?[)\]]|^(?P<alone>[A-K]|\d{1,2})(?:\s*=.*)?$"
)


def written(finder: Finder) -> Iterator[tuple[Relation, list[Broken]]]:
    """The relations written out in a table that hold in at least one line, and the lines in which they
    do not."""
    symbols = _symbols(finder.fields)
    for field, text in _texts(finder.grid, finder.fields):
        for found in _FORMULA.finditer(normal(text)):
            result = symbols.get(_plain(found["result"])) if found["result"] else field
            left, right = symbols.get(_plain(found["left"])), symbols.get(_plain(found["right"]))
            if result is None or left is None or right is None or len({result.at, left.at, right.at}) < 3:
                continue
            tried = finder.try_(*_roles(found["sign"], result, left, right), stated=True)
            if tried is not None:
                yield tried


def _roles(sign: str, result: Line, left: Line, right: Line) -> tuple[Kind, Line, Line, Line]:
    if sign == "+":
        return "sum", left, right, result
    if sign == "-":
        return "sum", result, right, left
    return ("product", left, right, result) if sign in "×*" else ("product", result, right, left)


def _symbols(fields: list[Line]) -> dict[str, Line]:
    """What stands for a field: its ① or (A) or column number; symbols used twice stand for nothing."""
    found: dict[str, Line] = {}
    twice: set[str] = set()
    for field in fields:
        for cell in field.path:
            for mark in _NAMED.finditer(normal(cell.text.flat).strip()):
                symbol = _plain(mark["first"] or mark["last"] or mark["inner"] or mark["alone"])
                if found.setdefault(symbol, field) is not field:
                    twice.add(symbol)
    return {s: f for s, f in found.items() if s not in twice}


def _texts(grid: Grid, fields: list[Line]) -> Iterator[tuple[Line, str]]:
    """Each field's own names, and the remarks beside it that are no figures."""
    for field in fields:
        for cell in field.path:
            yield field, cell.text.flat
    if grid.turned:
        beyond = range(grid.columns[-1].at + 1, grid.table.n_cols)
        for field in fields:
            for col in beyond:
                beside = grid.table.at(field.at, col)
                if beside is not None and beside.text and len(beside.text) <= 60:
                    yield field, beside.text.flat


def _plain(symbol: str) -> str:
    return symbol.strip("() ")
