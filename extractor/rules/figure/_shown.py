"""Rates that their own sentence computes from the amounts of a part: 省级补助应到位 A，实际到位 B，到位率 r%."""

from __future__ import annotations

from decimal import Decimal

import regex

from extractor.claims import Claim
from extractor.quantity import find

_SURE = 1
_CLAUSE = regex.compile(r"[，,、；;：:（(）)。\n]")
_SOURCE = regex.compile(
    r"其中|中央|省级|省本级|市级|市本级|县级|区级|镇级|乡镇|村级|地方|本级|上级|自筹|配套|债券|补助|社会资本|捐赠|贷款|第[一二三四]批"
)


def of_named_part(claim: Claim, indicator: str) -> bool:
    """Whether a rate that is called by less than the name of its ``indicator`` is the quotient of two amounts
    right before it in its sentence, and those are told of one source of the money."""
    rate = claim.figure.quantity
    if rate is None or rate.dimension != "ratio" or claim.origin.kind != "prose" or claim.confidence >= _SURE:
        return False
    figures = find(claim.quote)
    for whole, part, said in zip(figures, figures[1:], figures[2:], strict=False):
        if said.text != rate.text or whole.dimension != part.dimension or Decimal(0) in whole.base():
            continue
        lead = _CLAUSE.split(claim.quote[: whole.start])[-1]
        source = _SOURCE.search(lead)
        if source and source[0] not in indicator and rate.base().meets(part.base() / whole.base()):
            return True
    return False
