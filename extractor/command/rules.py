"""The rules by name: those chosen, the list, the manual."""

from __future__ import annotations

from typing import NoReturn

import typer


def chosen(given: list[str]) -> tuple[str, ...]:
    """Names as given, commas allowed; a mistake in the command line when one is unknown."""
    names = [name.strip() for text in given for name in text.split(",") if name.strip()]
    if names:
        from extractor.rules import names as known

        for unknown in sorted(set(names) - set(known())):
            _unknown(unknown, known())
    return tuple(names)


def manual_of(name: str) -> str:
    """A rule's manual, as it is printed."""
    from extractor.rules import manual, names

    try:
        return f"{manual(name).strip()}\n"
    except KeyError:
        _unknown(name, names())


def listed() -> str:
    """All rules, a line each."""
    from extractor.rules import manual, names

    return "".join(f"{name}  {manual(name).strip().splitlines()[0]}\n" for name in names())


def schema() -> str:
    """The schema of the JSON that is put out."""
    from importlib.resources import files

    return files("extractor.outputs").joinpath("schema.json").read_text("utf-8")


def _unknown(name: str, known: list[str]) -> NoReturn:
    from rapidfuzz import process

    close = [match for match, score, _ in process.extract(name, known, limit=3) if score >= 60]
    hint = f"是不是 {'、'.join(close)}？" if close else "用 extract --rules 列出全部规则。"
    raise typer.BadParameter(f"没有名为“{name}”的规则，{hint}")
