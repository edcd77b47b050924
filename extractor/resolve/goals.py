"""The running texts of a form that tell what was aimed at and what was reached."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

import regex

from extractor.document import Text
from extractor.facts import Figure, Form

Field = Literal["target", "actual"]

_PLANNED = regex.compile(r"目标(?!.*(?:完成|实现))")
_DONE = regex.compile(r"(?:完成|实现)情况|概述|主要绩效|工作成效|实施成效|产出情况")
_SIDES: tuple[tuple[Field, str], ...] = (("target", "expected"), ("actual", "actual"))


def goal_texts(form: Form) -> Iterator[tuple[Field, Text]]:
    """The texts that tell what was aimed at and what was reached, each once."""
    found: list[tuple[Field, Figure | None]] = [(field, form.goals.get(name)) for field, name in _SIDES]
    for name, figure in form.fields.items():
        if _PLANNED.search(name):
            found.append(("target", figure))
        elif _DONE.search(name):
            found.append(("actual", figure))
    seen: set[str] = set()
    for field, told_there in found:
        if told_there is not None and not told_there.blank and told_there.string not in seen:
            seen.add(told_there.string)
            yield field, told_there.text
