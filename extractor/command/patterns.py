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
