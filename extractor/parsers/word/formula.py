"""A formula (OMML) as one line: fractions with a stroke, powers with ^, roots with √."""

from __future__ import annotations

from collections.abc import Callable

from extractor.parsers.word.names import REMOVED, Element, M, W

_OPERATORS = frozenset("+-−－＋×*·÷/=≥≤<> ")


def formula(element: Element) -> str:
    """The text of a formula or of a part of it."""
    if element.tag in REMOVED:
        return ""
    if element.tag in (M + "t", W + "t"):
        return element.text or ""
    if not isinstance(element.tag, str):
        return ""
    form = _FORMS.get(element.tag)
    return form(element) if form else "".join(map(formula, element))


def _part(element: Element, name: str) -> str:
    found = element.find(M + name)
    return "" if found is None else formula(found)


def _property(element: Element, name: str, default: str) -> str:
    """A sign that a formula's properties name: a bracket, the operator of a sum."""
    found = element.find(f"{element.tag}Pr/{M}{name}")
    return default if found is None else found.get(M + "val", "")


def _group(string: str) -> str:
    """In brackets where it would otherwise be read with its neighbours."""
    return f"({string})" if len(string) > 1 and _OPERATORS & set(string) else string


def _fraction(element: Element) -> str:
    return f"{_group(_part(element, 'num'))}/{_group(_part(element, 'den'))}"


def _delimited(element: Element) -> str:
    inner = _property(element, "sepChr", "|").join(formula(e) for e in element.findall(M + "e"))
    return _property(element, "begChr", "(") + inner + _property(element, "endChr", ")")


def _power(element: Element) -> str:
    return f"{_part(element, 'e')}{_part(element, 'sub')}^{_group(_part(element, 'sup'))}"


def _root(element: Element) -> str:
    return f"{_part(element, 'deg')}√{_group(_part(element, 'e'))}"


def _nary(element: Element) -> str:
    return _property(element, "chr", "∫") + _part(element, "e")


def _lines(element: Element) -> str:
    return "\n".join(filter(None, map(formula, element)))


_FORMS: dict[str, Callable[[Element], str]] = {
    M + "f": _fraction,
    M + "d": _delimited,
    M + "sSup": _power,
    M + "sSubSup": _power,
    M + "rad": _root,
    M + "nary": _nary,
    M + "eqArr": _lines,
    M + "oMathPara": _lines,
}
