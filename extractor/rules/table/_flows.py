"""Balances carried from line to line: 期末 = 期初 + 增加 - 减少, the next 期初 is this 期末, 累计 adds up."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import product

import regex

from extractor.rules.table._finder import Finder
from extractor.rules.table._grid import Line, Number
from extractor.rules.table._lagged import Found
from extractor.rules.table._signed import Terms, Tried, few_fail, signed_sum, tried

_OPENING = regex.compile(
    r"期初|年初(?!预算|计划|目标)|月初|季初|上[年期月季].{0,2}(?:结转|结余|余额|结存)|原有"
)
_CLOSING = regex.compile(r"期末|年末|月末|季末|结转下[年期]|(?<!初|上年|上期)(?:结余|余额|结存|库存)(?!率)")
_RUNNING = regex.compile(r"累计")
_MOST = 4


def flows(finder: Finder) -> Iterator[Found]:
    """Balances that do not follow from what came in and went out, or from the line before; running totals."""
    yield from _balances(finder)
    if finder.grid.turned:
        return
    yield from _carried(finder)
    for field in _plain(finder):
        if _RUNNING.search(field.name):
            yield from _running(finder, field)


def _plain(finder: Finder) -> list[Line]:
    return [f for f in finder.fields if not finder.ratios[f.at]]


def _ends(finder: Finder) -> tuple[Line, Line] | None:
    """The field of opening balances and that of closing ones."""
    opening = [f for f in _plain(finder) if _OPENING.search(f.name)]
    closing = [f for f in _plain(finder) if _CLOSING.search(f.name) and f not in opening]
    return (opening[0], closing[0]) if len(opening) == 1 == len(closing) else None


def _balances(finder: Finder) -> Iterator[Found]:
    """Closing balances that are not the opening one with what lies between added or taken off."""
    ends = _ends(finder)
    if ends is None:
        return
    opening, closing = ends
    between = [f for f in _plain(finder) if opening.at < f.at < closing.at][:_MOST]
    best: tuple[tuple[int, ...], list[Tried]] | None = None
    for signs in product((1, -1), repeat=len(between)):
        checked = list(tried(finder, closing, [(opening, 1), *zip(between, signs, strict=True)]))
        if best is None or _held(checked) > _held(best[1]):
            best = signs, checked
    if best is None or not between:
        return
    name = finder.grid.brief
    steps = "".join(f"{'＋' if s > 0 else '－'}{name(f)}" for f, s in zip(between, best[0], strict=True))
    yield from few_fail(best[1], f"{name(closing)}＝{name(opening)}{steps}", (2, 5, 3), named=True)


def _held(checked: Sequence[Tried]) -> int:
    return sum(c[1] for c, _ in checked)


def _carried(finder: Finder) -> Iterator[Found]:
    """Opening balances that are not the closing one of the line before, where nearly all others are."""
    ends = _ends(finder)
    if ends is None:
        return
    opening, closing = ends
    name = finder.grid.brief
    checked = _steps(finder, opening, ((closing, -1),))
    yield from few_fail(
        checked, f"{name(opening)}＝上一行的{name(closing)}", (3, 6, 4), named=True, alone=True
    )


def _running(finder: Finder, field: Line) -> Iterator[Found]:
    """Running totals that are not the one before and the line's own figure, where nearly all others are."""
    name = finder.grid.brief
    for amount in reversed([f for f in _plain(finder) if f.at < field.at]):
        checked = _from_first(finder, field, amount)
        found = list(few_fail(checked, f"{name(field)}＝各期{name(amount)}逐期相加", (2, 5, 2), named=True))
        if found or (len(checked) > 1 and _held(checked) == len(checked)):
            yield from found
            return
        checked = _steps(finder, field, ((field, -1), (amount, 0)))
        yield from few_fail(
            checked, f"{name(field)}＝上期{name(field)}＋本期{name(amount)}", (3, 6, 3), named=True
        )


def _steps(finder: Finder, result: Line, parts: Sequence[tuple[Line, int]]) -> list[Tried]:
    """Each item whose figure should be the sum of others, each so many lines before it (-1) or in it (0)."""
    found = []
    for i, line in enumerate(finder.lines):
        before = finder.lines[i - 1] if i else None
        if line.kind != "item" or before is None or before.kind != "item" or before.at != line.at - 1:
            continue
        stated = finder.columns[result.at][i]
        numbers = [finder.columns[f.at][i + back] for f, back in parts]
        if stated is not None and all(numbers):
            terms: Terms = tuple((n, 1) for n in numbers if n is not None)
            found.append(_checked(line, stated, terms, result))
    return found


def _from_first(finder: Finder, result: Line, amount: Line) -> list[Tried]:
    """Each item with the sum of all amounts from the first line on, as far as none is missing."""
    found: list[Tried] = []
    so_far: list[tuple[Number, int]] = []
    for i, line in enumerate(finder.lines[:_LONGEST]):
        number, stated = finder.columns[amount.at][i], finder.columns[result.at][i]
        if line.kind != "item" or number is None:
            break
        so_far.append((number, 1))
        if stated is not None and len(so_far) > 1:
            found.append(_checked(line, stated, tuple(so_far), result))
    return found


_LONGEST = 60


def _checked(line: Line, stated: Number, terms: Terms, result: Line) -> Tried:
    computed = signed_sum(terms)
    return (line, computed.meets(stated.interval), stated, (), computed, result), terms
