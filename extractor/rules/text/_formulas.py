"""Formulas written out in prose or in a cell: 名称=算式=结果."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from decimal import Decimal

import regex

from extractor.claims import Reading
from extractor.document import Text
from extractor.facts import Statement
from extractor.quantity import Interval, Quantity, evaluate, read
from extractor.rules.text._figures import Said, Sentence
from extractor.rules.text._mistakes import Mistake

_HUNDRED = Interval.point(100)
_WAN = Interval.point(10000)
_TOLD = regex.compile(
    r"[=＝](?P<expression>[^=＝。；;\n]{5,90}[÷×*/／][^=＝。；;\n]{1,60})[=＝≈]\s*(?P<result>\d[\d,.]*\s*[%％‰])"
)
_WORDS = regex.compile(r"[一-鿿、“”]")
_YEARS = regex.compile(r"(?:19|20)\d{2}\s*年")
_LONG = 4
_NOT_ONE = regex.compile(r"(?:19|20)\d{2}\s*[-－—–/／]\s*(?:19|20)?\d{2}|\d{3,4}[-－—–]\d{7,8}")


def formula_mistakes(reading: Reading) -> Iterator[Mistake]:
    """Formulas that do not come to the result that is written behind them."""
    for statement in reading.said("formula"):
        expression, result = statement.parts.get("expression"), statement.parts.get("result")
        if expression is None or result is None or _NOT_ONE.search(expression.string):
            continue
        stated, computed = read(result.flat), evaluate(expression.string)
        if stated is None or computed is None:
            continue
        if not _fits(stated, computed[0]):
            yield _mistake(statement, (expression, result), stated, computed)
        else:
            yield from _operands(statement, expression, computed[1])


def told_formula_mistakes(paragraph: Sentence) -> Iterator[Mistake]:
    """Formulas whose operands are told in words: 率＝（1－上诉 1,025 件÷结案 10,712 件）×100%＝90.43%."""
    for found in _TOLD.finditer(paragraph.string):
        expression, stated = found["expression"], read(found["result"].strip())
        bare = _WORDS.sub("", expression)
        if bare == expression or stated is None or _NOT_ONE.search(expression) or _YEARS.search(expression):
            continue
        computed = evaluate(bare)
        if computed is None or len(computed[1]) < 2 or _fits(stated, computed[0]):
            continue
        value = computed[0].scaled(_scale(stated, computed[0]))
        said = _said(stated, paragraph.cut(*found.span("result")), "算式")
        parts = tuple(
            f for f in paragraph.figures if found.start() <= f.quantity.start < found.start("result")
        )
        yield Mistake(paragraph, said, parts, value, f"算式 {expression.strip()} ", "算式", "warning", 0.85)


def _operands(statement: Statement, expression: Text, operands: Sequence[Quantity]) -> Iterator[Mistake]:
    """An operand that is told otherwise in the words before its formula: 退单 1,250 单 … =1,520/50,000."""
    if len(operands) < 2 or all(len(_digits(q)) < _LONG for q in operands):
        return
    sentence = Sentence(statement.sentence, statement.section, statement.block, ())
    start = sentence.string.find(expression.string)
    told = [f for f in sentence.figures if f.quantity.end <= start and f.alone and f.family != "ratio"]
    known = {f.quantity.value for f in told}
    left = [q for q in operands if q.value not in known and len(_digits(q)) >= _LONG]
    apart = [
        f
        for f in told
        if f.quantity.value not in {q.value for q in operands} and len(_digits(f.quantity)) >= _LONG
    ]
    if len(left) != 1 or len(apart) != 1 or not _one_digit(left[0], apart[0].quantity):
        return
    stated = _said(left[0], expression.cut(left[0].start, left[0].end), "算式中的数")
    what = apart[0].lead[-14:] or "算式中的数"
    yield Mistake(
        sentence, stated, (apart[0],), apart[0].base, f"前文{what} {apart[0].string}", f"算式中的{what}"
    )


def _digits(quantity: Quantity) -> str:
    return "".join(c for c in quantity.text if c.isdigit())


def _one_digit(a: Quantity, b: Quantity) -> bool:
    """Whether two figures of one length differ in one digit, or in two neighbours changed about."""
    one, other = _digits(a), _digits(b)
    if len(one) != len(other) or a.precision != b.precision:
        return False
    differ = [i for i, (x, y) in enumerate(zip(one, other, strict=True)) if x != y]
    return len(differ) == 1 or (len(differ) == 2 and differ[1] == differ[0] + 1)


def _fits(stated: Quantity, computed: Interval) -> bool:
    """Whether a result can be what a formula comes to: a share may be written as per cents, 元 as 万元."""
    wanted = stated.interval()
    readings = [computed, computed * _HUNDRED]
    if stated.dimension == "ratio":
        readings = [computed.scaled(1 / stated.scale), computed]
    elif stated.dimension == "money":
        readings = [computed, computed / _WAN, computed * _WAN]
        readings += [computed / _WAN / _WAN] if stated.unit == "亿元" else []
    return any(wanted.meets(r) for r in readings)


def _mistake(
    statement: Statement,
    texts: tuple[Text, Text],
    stated: Quantity,
    computed: tuple[Interval, tuple[Quantity, ...]],
) -> Mistake:
    expression, result = texts
    what = statement.string("label") or "算式"
    sentence = Sentence(statement.sentence, statement.section, statement.block, ())
    parts = tuple(_said(q, expression.cut(q.start, q.end), what) for q in computed[1])
    value = computed[0].scaled(_scale(stated, computed[0]))
    return Mistake(sentence, _said(stated, result, what), parts, value, f"算式 {expression.flat} ", what)


def _scale(stated: Quantity, computed: Interval) -> Decimal:
    """What brings a formula's value to base units: a share is one already, unless it is written in per
    cents."""
    if stated.dimension != "ratio":
        return stated.scale
    return stated.scale if computed.low > 2 and stated.value > 2 else Decimal(1)


def _said(quantity: Quantity, text: Text, lead: str) -> Said:
    return Said(quantity, text, "", lead, "", 0, 0)
