"""The options about pattern files: a user's own, and what read what in a document."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import typer

from extractor.command.console import say, warn


def take_patterns(folder: Path) -> None:
    """Use a folder's pattern files beside the built-in ones; one that cannot be used is a mistake in the
    command."""
    from extractor.vocabulary import BadPattern, use_patterns

    try:
        use_patterns(folder)
    except BadPattern as error:
        raise typer.BadParameter(f"--patterns：{error}。") from None


def regime_of(given: str) -> str:
    """A regime's name, or the whole path of its file; a mistake in the command where it cannot be used."""
    if not given:
        return ""
    from extractor.regimes import regime, regimes
    from extractor.vocabulary import BadPattern

    try:
        regime(given)
    except KeyError:
        known = "、".join(regimes())
        raise typer.BadParameter(f"没有名为“{given}”的办法，已有 {known}；也可以给出 .yml 文件。") from None
    except BadPattern as error:
        raise typer.BadParameter(f"--regime：{error}。") from None
    return str(Path(given).resolve()) if given.endswith((".yml", ".yaml")) else given


def show_patterns(files: Sequence[Path]) -> int:
    """Say for each file which pattern read what; 3 if one could not be read, else 0."""
    from extractor.document import Unreadable
    from extractor.parsers import parse
    from extractor.recognise.explain import explain

    if not files:
        raise typer.BadParameter("没有给出要说明的文件。")
    status = 0
    for file in files:
        try:
            document = parse(file)
        except Unreadable as error:
            warn(error.message)
            status = 3
            continue
        say(f"{file.name}\n" + "".join(f"{line}\n" for line in explain(document)))
    return status
