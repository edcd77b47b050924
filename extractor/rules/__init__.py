"""The rules: each a module ``<subject>/<name>.py`` with ``check(reading) -> Iterable[Finding]``; found, not listed.

A rule's name is its file's name in kebab case; its docstring is its manual and holds two documents in Markdown,
one that it finds (错误示例) and one that it leaves (正确示例); the suite runs both. ``FOLLOWS`` may name rules whose
findings explain its own. The rules of ``batch/`` look at several documents (see there) and take no part in `run`.
"""

from __future__ import annotations

import importlib
import inspect
from collections.abc import Callable, Collection, Iterable
from decimal import InvalidOperation, localcontext
from functools import cache
from pathlib import Path
from types import ModuleType

from extractor.claims import Reading
from extractor.document import Problem
from extractor.findings import Finding
from extractor.progress import advance

_BETWEEN = "extractor.rules.batch."
_WIDE = 3000  # digits

Check = Callable[[Reading], Iterable[Finding]]


@cache
def _modules() -> dict[str, str]:
    """Rule names to module names, by folder."""
    here = Path(__file__).parent
    found = {}
    for path in sorted(here.glob("*/*.py")):
        if not path.name.startswith("_"):
            found[path.stem.replace("_", "-")] = f"extractor.rules.{path.parent.name}.{path.stem}"
    return found


def names(between: bool | None = None) -> list[str]:
    """The names of all rules; of those on one document (False) or between documents (True) alone."""
    found = _modules().items()
    return [n for n, module in found if between is None or module.startswith(_BETWEEN) is between]


def module(name: str) -> ModuleType:
    """A rule's module; KeyError if there is no such rule."""
    return importlib.import_module(_modules()[name])


def manual(name: str) -> str:
    """A rule's manual; KeyError if there is no such rule."""
    return inspect.cleandoc(importlib.import_module(_modules()[name]).__doc__ or "")


def rule(name: str) -> Check:
    """A rule's function; KeyError if there is no such rule."""
    check: Check = importlib.import_module(_modules()[name]).check
    return check


@cache
def follows(name: str) -> tuple[str, ...]:
    """The rules whose findings explain this rule's where both cite the same figure (``FOLLOWS`` in its module)."""
    return tuple(getattr(importlib.import_module(_modules()[name]), "FOLLOWS", ()))


def _applied(check: Check, reading: Reading) -> list[Finding]:
    """What a rule finds. Figures of hundreds of digits, which the usual arithmetic does not hold, get a wider one."""
    try:
        return list(check(reading))
    except InvalidOperation:
        with localcontext() as context:
            context.prec = _WIDE
            return list(check(reading))


def run(
    reading: Reading, select: Collection[str] = (), ignore: Collection[str] = ()
) -> tuple[list[Finding], list[Problem]]:
    """Apply the rules. A rule that raises is reported as a problem by its name, and the others go on."""
    findings: list[Finding] = []
    problems: list[Problem] = []
    for name in names(between=False):
        if (select and name not in select) or name in ignore:
            continue
        advance()
        try:
            findings.extend(_applied(rule(name), reading))
        except Exception as error:
            problems.append(
                Problem(
                    "rule-failed",
                    f"规则 {name} 运行出错（{type(error).__name__}: {error}），其余规则照常运行。",
                )
            )
    return findings, problems
