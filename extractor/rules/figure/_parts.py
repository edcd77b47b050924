"""Claims of one paragraph that speak of parts of an indicator, not of all of it.

A paragraph that states several values of one field (甲公司 590 人次，乙公司 610 人次；线上 90%，线下 94%；
自评得 20 分，评价得 18 分) does not contradict itself: at most one of them is the indicator's own.
"""

from __future__ import annotations

from decimal import Decimal

from extractor.claims import Claim
from extractor.document import Place
from extractor.quantity import Agreement, Quantity, agree, slipped

_APART = ("prose", "heading")


def without_parts(claims: list[Claim]) -> list[Claim]:
    """The claims without those that their own paragraph shows to be of a part.

    Tables are what a paragraph is held against. One of its values that a table states stays alone, and so do
    slips of the pen of it; values that differ among themselves all go if no table states one of them; equal or
    not, values that add up to a table's are its parts.
    """
    stated = [q for c in claims if c.origin.kind not in _APART and (q := c.figure.quantity) is not None]
    if not stated:
        return claims
    told: dict[Place, list[Claim]] = {}
    for claim in claims:
        if claim.origin.kind in _APART:
            told.setdefault(claim.figure.text.home, []).append(claim)
    dropped = {id(c) for group in told.values() if len(group) > 1 for c in _parts(group, stated)}
    return [c for c in claims if id(c) not in dropped]


def _parts(group: list[Claim], stated: list[Quantity]) -> list[Claim]:
    """Those of a paragraph's claims that are of parts."""
    other = [c for c in group if not any(_agree(c, q) for q in stated)]
    if not other:
        return []
    if len(other) < len(group):
        return [c for c in other if not any(_slip(c, q) for q in stated)]
    values = {_value(c) for c in group}
    adds = any(sum((_value(c) for c in group), Decimal(0)) == q.value * q.scale for q in stated)
    return other if adds or len(values) > 1 else []


def _agree(claim: Claim, stated: Quantity) -> bool:
    own = claim.figure.quantity
    return own is not None and agree(own, stated) is Agreement.AGREE


def _slip(claim: Claim, stated: Quantity) -> bool:
    own = claim.figure.quantity
    return own is not None and (own.value == stated.value or slipped(own, stated.value))


def _value(claim: Claim) -> Decimal:
    own = claim.figure.quantity
    return own.value * own.scale if own is not None else Decimal(0)
