"""Figures: every row of cases/quantity, the modules' own examples, and what holds of every figure read."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import yaml

import extractor.quantity as quantity
from extractor.quantity import Interval, Quantity, read

CASES = Path(__file__).parent / "cases" / "quantity"


def rows(name: str) -> list[tuple[Any, ...]]:
    """The rows of a file of cases: pairs of a mapping (grouped or not), or lists."""
    data = yaml.safe_load((CASES / f"{name}.yml").read_text(encoding="utf-8"))
    if isinstance(data, list):
        return [tuple(row) for row in data]
    if all(isinstance(value, dict) for value in data.values()):
        return [pair for group in data.values() for pair in group.items()]
    return list(data.items())


def figure(text: str) -> Quantity:
    found = read(text)
    assert found is not None, f"not read as a figure: {text}"
    return found


def shown(found: Quantity | None) -> str | None:
    """A figure as read.yml writes it."""
    if found is None:
        return None
    value = found.plain if found.upper is None else f"{found.plain}..{found.upper:f}"
    flags = ["exact"] * found.exact + ["malformed"] * found.malformed
    return " ".join(part for part in (found.op, value, found.unit, *flags) if part)


@pytest.mark.parametrize(("text", "expected"), rows("read"))
def test_read(text: str, expected: str | None) -> None:
    found = read(text)
    assert shown(found) == expected
    if found:
        assert text[found.start : found.end] == found.text


@pytest.mark.parametrize(("text", "expected"), rows("find"))
def test_find(text: str, expected: list[str]) -> None:
    found = quantity.find(text)
    assert [q.text for q in found] == expected
    assert [text[q.start : q.end] for q in found] == expected


@pytest.mark.parametrize(("text", "expected"), rows("conditions"))
def test_conditions(text: str, expected: list[str]) -> None:
    assert [f"{q.of} | {q.text}" for q in quantity.conditions(text)] == expected


@pytest.mark.parametrize(("one", "other", "expected"), rows("agree"))
def test_agree(one: str, other: str, expected: str) -> None:
    a, b = figure(one), figure(other)
    assert quantity.agree(a, b).value == expected
    assert quantity.agree(b, a).value == expected


@pytest.mark.parametrize(("target", "actual", "expected"), rows("fulfils"))
def test_fulfils(target: str, actual: str, expected: bool | None) -> None:
    assert quantity.fulfils(figure(target), figure(actual)) is expected


@pytest.mark.parametrize(("one", "other", "expected"), rows("slip"))
def test_slip(one: str, other: str, expected: str) -> None:
    assert quantity.slip(figure(one), figure(other)) == expected


@pytest.mark.parametrize(("text", "expected"), rows("dates"))
def test_dates(text: str, expected: list[str]) -> None:
    found = quantity.dates(text)
    assert ["-".join(str(n) for n in (d.year, d.month, d.day) if n is not None) for d in found] == expected
    for day in found:
        assert text[day.start : day.end] == day.text
        assert day.earliest <= day.latest


@pytest.mark.parametrize(("text", "expected"), rows("evaluate"))
def test_evaluate(text: str, expected: list[Any] | None) -> None:
    found = quantity.evaluate(text)
    if expected is None:
        assert found is None
        return
    assert found is not None
    result, operands = found
    assert len(operands) == expected[0]
    assert [text[q.start : q.end] for q in operands] == [q.text for q in operands]
    low, high = Decimal(expected[1]), Decimal(expected[-1])
    assert result.low.quantize(low) == low
    assert result.high.quantize(high) == high
    assert len(expected) == 3 or result.high - result.low < Decimal("1e-50")


@pytest.mark.parametrize(("text", "expected"), rows("units"))
def test_unit_of(text: str, expected: list[str]) -> None:
    unit = quantity.unit_of(text)
    assert [unit.dimension, unit.scale] == [expected[0], Decimal(expected[1])]
    assert unit.text == text


@pytest.mark.parametrize(("text", "expected"), rows("numerals"))
def test_chinese_number(text: str, expected: str | None) -> None:
    found = quantity.chinese_number(text)
    assert found == (None if expected is None else Decimal(expected))


@pytest.mark.parametrize(("text", "expected"), rows("normal"))
def test_normal(text: str, expected: str) -> None:
    assert quantity.normal(text) == expected
    assert len(expected) == len(text)


@pytest.mark.parametrize("name", [m.name for m in pkgutil.iter_modules(quantity.__path__)])
def test_examples_in_docstrings(name: str) -> None:
    module = importlib.import_module(f"extractor.quantity.{name}")
    assert doctest.testmod(module).failed == 0


READ = [found for text, expected in rows("read") if expected and (found := read(text))]


@pytest.mark.parametrize("found", READ, ids=lambda q: q.text)
def test_figure_holds_its_number(found: Quantity) -> None:
    """The interval holds what is printed, a column's precision narrows it, shifting moves the span alone."""
    assert found.value in found.interval()
    wide, narrow = found.interval(), found.interval(found.precision + 2)
    assert wide.low <= narrow.low <= narrow.high <= wide.high
    assert found.base().low <= found.base().high
    assert found.at(7).text == found.text and found.at(7).start == found.start + 7
    assert quantity.agree(found, found) is quantity.Agreement.AGREE
    assert quantity.slip(found, found) == ""


def test_interval_of_rounded_and_exact() -> None:
    assert figure("97.82%").interval() == Interval(Decimal("97.815"), Decimal("97.825"))
    assert figure("97.8%").interval(2) == Interval(Decimal("97.795"), Decimal("97.805"))
    assert figure("12次").interval() == Interval.point(12)
    assert figure("-2.19%").interval() == Interval(Decimal("-2.195"), Decimal("-2.185"))
    assert figure("5-10%").interval() == Interval(Decimal("4.5"), Decimal("10.5"))
    assert figure("100万元").base() == Interval(Decimal("995000"), Decimal("1005000"))
    assert figure("500余人").interval() == Interval(Decimal(500), Decimal(600))
    assert figure("近500人").interval() == Interval(Decimal(400), Decimal(500))
    assert figure("约500人").interval() == Interval(Decimal(450), Decimal(550))


def test_interval_arithmetic_is_rounded_outward() -> None:
    one, three = Interval.point(1), Interval.point(3)
    assert Decimal(1) in one / three * three
    assert (one / three).low < (one / three).high
    assert Interval(Decimal(-1), Decimal(2)) * Interval(Decimal(-3), Decimal(5)) == Interval(
        Decimal(-6), Decimal(10)
    )
    assert one - Interval(Decimal(2), Decimal(4)) == Interval(Decimal(-3), Decimal(-1))
    assert one.gap(three) == 2 and three.gap(one) == 2 and one.gap(one) == 0
    assert Interval(Decimal(1), Decimal(2)).meets(Interval(Decimal(2), Decimal(3)))
    assert (-three).neg() == three and three.scaled(Decimal("0.1")) == Interval.point(Decimal("0.3"))
    with pytest.raises(ZeroDivisionError):
        one / Interval(Decimal(-1), Decimal(1))


def test_published_quotient() -> None:
    """1,207.65 / 1,234.56 is 97.82%, 97.8% or 98%, and neither 97.9% nor 99.87%."""
    computed = figure("1,207.65").interval() / figure("1,234.56").interval()
    met = {
        text: figure(text).base().meets(computed) for text in ("97.82%", "97.8%", "98%", "97.9%", "99.87%")
    }
    assert met == {"97.82%": True, "97.8%": True, "98%": True, "97.9%": False, "99.87%": False}


def test_unit_of_the_column_is_taken_only_without_one() -> None:
    assert shown(read("90.00", "%")) == "90.00 %"
    assert shown(read("1,234", "万元")) == "1234 万元"
    assert shown(read("12", "次")) == "12 次 exact"
    assert shown(read("12人", "次")) == "12 人 exact"


@pytest.mark.parametrize("length", [400, 401, 999])
def test_very_long_figures(length: int) -> None:
    digits = "9" * length
    found = figure(digits + ".5%")
    assert found.plain == digits + ".5"
    assert found.base().low < found.value * found.scale < found.base().high
    grouped = figure(",".join(["999"] * (length // 3)))
    assert grouped.plain == "999" * (length // 3) and not grouped.malformed


@pytest.mark.parametrize(
    "char", [*"19,一零万百十((.-年第至约=～", "1 ", "1,", "111,", "a1", "1.", "1:", "十分之", "〔2", "@a"]
)
def test_repeated_characters_end_in_few_figures_or_many_but_end(char: str) -> None:
    """No input makes it fail: neither recursion nor backtracking depends on the length."""
    text = char * 20_000
    found = quantity.find(text)
    assert all(text[q.start : q.end] == q.text for q in found)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert read(text) is None and quantity.evaluate(text) is None
