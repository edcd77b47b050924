"""A sentence whose own figures do not fit: how it is told."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal

from extractor.findings import Evidence, Finding, Severity, evidence
from extractor.quantity import Interval, Quantity, slip
from extractor.rules.text._figures import Said, Sentence

_FEW = 12


@dataclass(frozen=True, slots=True)
class Mistake:
    """A stated figure and the figures beside it that it does not follow from.

    ``computed`` is what follows, in the stated figure's base units; ``how`` says it in words
    (490 个 ÷ 500 个); ``change`` marks a change between two values, which follows from a mistake in either.
    """

    sentence: Sentence
    stated: Said
    parts: tuple[Said, ...]
    computed: Interval
    how: str
    what: str
    severity: Severity = "error"
    confidence: float = 0.95
    change: bool = False


def finding(mistake: Mistake, rule: str) -> Finding:
    """The finding on a mistake: what is printed, what it is computed from, what follows instead."""
    stated = mistake.stated.quantity
    expected = printed(mistake.computed, stated)
    note = _note(mistake, expected)
    gap = _gap(mistake.computed, stated)
    return Finding(
        rule=rule,
        severity="info" if truncated(stated, mistake.computed) else mistake.severity,
        subject=mistake.what,
        message=f"{mistake.what}：正文写为 {stated.text}，按同一句中的{mistake.how}计算，应为 {expected}"
        f"{f'，相差 {gap}' if gap else ''}{note}。",
        evidence=tuple(_evidence(mistake)),
        expected=expected,
        actual=stated.text,
        difference=gap,
        impact="句中数据自相矛盾，影响所述结论的可信度",
        confidence=mistake.confidence,
    )


def agrees(stated: Quantity, computed: Interval) -> bool:
    """Whether a printed figure can be what follows from others, in base units."""
    return stated.base().meets(computed)


def truncated(stated: Quantity, computed: Interval) -> bool:
    """Whether a figure fits when its last digits were cut off instead of rounded."""
    unit = Decimal(1).scaleb(-stated.precision)
    size = Interval(abs(stated.value), abs(stated.value) + unit).scaled(stated.scale)
    return not stated.exact and size.low <= computed.high and computed.low < size.high


def printed(computed: Interval, like: Quantity) -> str:
    """A computed figure in the unit and with the digits of a printed one; more digits where those tell nothing."""
    middle = (computed.low + computed.high) / 2 / like.scale
    digits = like.precision
    near = middle.quantize(Decimal(1).scaleb(-digits))
    if near == like.value or abs(near) < Decimal(1).scaleb(1 - digits):
        small = -middle.adjusted() + 1 if middle else 0
        near = middle.quantize(Decimal(1).scaleb(-max(digits + 2, min(small, 12))))
    blank = " " if " " in like.text.strip() else ""
    return f"{near:,f}{blank}{like.unit}" if "," in like.text else f"{near:f}{blank}{like.unit}"


def _gap(computed: Interval, stated: Quantity) -> str:
    middle = (computed.low + computed.high) / 2 / stated.scale
    gap = abs(middle.quantize(Decimal(1).scaleb(-stated.precision)) - stated.value)
    unit = "个百分点" if stated.dimension == "ratio" and stated.scale == Decimal("0.01") else stated.unit
    return f"{gap:f} {unit}".strip() if gap else ""


def _note(mistake: Mistake, expected: str) -> str:
    stated = mistake.stated.quantity
    if truncated(stated, mistake.computed):
        return "（末位系截去而非四舍五入）"
    middle = (mistake.computed.low + mistake.computed.high) / 2 / stated.scale
    near = Quantity(
        expected,
        middle.quantize(Decimal(1).scaleb(-stated.precision)),
        "",
        None,
        stated.unit,
        stated.precision,
    )
    why = slip(stated, near)
    return f"（{why}）" if why else ""


def _evidence(mistake: Mistake) -> Iterable[Evidence]:
    quote = mistake.sentence.text.flat
    yield evidence(mistake.stated.figure(), f"正文：{mistake.what}", "stated", quote)
    for part in mistake.parts[:_FEW]:
        yield evidence(part.figure(), f"正文：{part.lead[-16:] or '相关数据'}", "stated", quote)
