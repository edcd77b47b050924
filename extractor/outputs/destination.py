"""Where a result goes: which output writes it, and to which path."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path

from extractor.outputs import Output, outputs, suffixes


def destination(
    target: str, flag: str, sources: Iterable[Path], tables: bool = False, mapped: bool = False
) -> tuple[Output, Path | None]:
    """The output and the path it writes to, None for standard output.

    ``target`` is what ``-o`` was given ("" without it), ``flag`` the output asked for by name ("" if none).
    ``tables`` and ``mapped`` ask for all tables, or mapped rows, where the target takes them.
    Raises ValueError, with a Chinese sentence, for a target that no output takes or that cannot be written.
    """
    if mapped and Path(target).suffix.lower() not in outputs()["mapped"].TARGETS:  # type: ignore[attr-defined]
        raise ValueError("--map 须与 -o 名称.csv、-o 名称.xlsx 或 -o 名称.json 同用。")
    if not target:
        return outputs()[flag or "terminal"], None
    path = Path(target)
    if path.is_dir() or target.endswith(("/", os.sep)):
        return outputs()["folder"], path
    name = suffixes().get(path.suffix.lower(), flag)
    if not name:
        known = "、".join(suffixes())
        raise ValueError(f"-o 的结尾须是 {known}，或是以 / 结尾的文件夹，不能是“{target}”。")
    if not path.absolute().parent.is_dir():
        raise ValueError(f"-o 指定的文件夹“{path.parent}”不存在。")
    if any(_same(path, source) for source in sources):
        raise ValueError(f"-o 不能指向要读取的文件“{target}”。")
    return outputs()[_instead(name, tables, mapped)], path


def _instead(name: str, tables: bool, mapped: bool) -> str:
    """The output that takes another's place."""
    return "mapped" if mapped else "tables" if tables and name in ("csv", "xlsx") else name


def _same(path: Path, source: Path) -> bool:
    return path.exists() and source.exists() and path.samefile(source)
