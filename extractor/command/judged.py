"""The options about what was judged or found before; what is wrong with their files is a mistake in the command."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

import typer

if TYPE_CHECKING:
    from extractor.comparison import Earlier
    from extractor.waivers import Waiver


def waivers_of(path: Path | None) -> tuple[tuple[Waiver, ...], str]:
    """The waivers of a file and what tells its content from others; nothing without a file."""
    if path is None:
        return (), ""
    from extractor.waivers import BadWaivers, load_waivers

    try:
        return load_waivers(path), hashlib.sha256(path.read_bytes()).hexdigest()[:16]
    except BadWaivers as error:
        raise typer.BadParameter(str(error)) from None


def earlier_of(path: Path | None) -> Earlier | None:
    """An earlier result, None without a path."""
    if path is None:
        return None
    from extractor.comparison import BadResult, load_earlier

    try:
        return load_earlier(path)
    except BadResult as error:
        raise typer.BadParameter(str(error)) from None
