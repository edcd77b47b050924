"""The year that a title, a project's name or a line speaks of; forms without one take their document's."""

from __future__ import annotations

from dataclasses import replace

import regex

from extractor.facts import About, Form
from extractor.quantity import normal

_DIGITS = str.maketrans("〇零一二三四五六七八九", "00123456789")
_CHINESE = regex.compile(r"[二][〇零Oo0][〇零一二三四五六七八九]{2}(?=\s*年)")
_YEAR = regex.compile(r"(?<!\d)(20\d{2})\s*(?:年\s*度?|(?=[财部]))")
_PERIOD = regex.compile(
    r"(?<!\d)20\d{2}\s*年?(?:\s*度|\s*\d{1,2}\s*月(?:\s*\d{1,2}\s*日)?)?\s*(?:-|—+|~|至|到)\s*(20\d{2})\s*(?:年|\.)"
)


def year_in(text: str) -> int | None:
    """The year that a text names: 2022年度, （ 2022 年 度 ）, 二〇二一年度; of a period its last."""
    plain = _CHINESE.sub(
        lambda m: m[0].replace("O", "〇").replace("o", "〇").translate(_DIGITS), normal(text)
    )
    found = _PERIOD.search(plain) or _YEAR.search(plain)
    return int(found[1]) if found else None


def dated(forms: tuple[Form, ...], about: About) -> tuple[Form, ...]:
    """The forms, with the document's year where a form of the document's own kind has none and no form has
    another."""
    own = {f.year for f in forms if f.year is not None}
    if (
        about.year is None
        or about.kind not in ("self_evaluation", "target_declaration")
        or own - {about.year}
    ):
        return forms
    return tuple(replace(f, year=about.year) if f.year is None and f.kind == about.kind else f for f in forms)
