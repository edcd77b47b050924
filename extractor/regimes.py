"""Regimes: what a ministry's or a province's measures lay down, as data in patterns/regimes/<name>.yml.

A regime is chosen by its name, or by the path of a file of one's own. It says how scores become grades, how weights
are usually shared out among the first levels of a self-evaluation, and what an evaluation must give them at least::

    title: 某市项目支出绩效评价办法
    grades: {优: 90, 良: 80, 中: 60, 差: 0}          # lower limits
    self_evaluation:                                 # any of these will do
      - {预算执行率: 10, 产出: 50, 效益: 30, 满意度: 10}
    evaluation:
      - {levels: [产出, 效益], least: 60}            # these together

Levels are called as in patterns/levels.yml. What a regime does not lay down is left out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal, InvalidOperation
from functools import cache
from pathlib import Path
from typing import Any

from extractor.vocabulary import BadPattern, load, pattern_folders, words

USUAL = "ministry-2020"
_KEYS = {"title", "grades", "self_evaluation", "evaluation"}


@dataclass(frozen=True, slots=True)
class Share:
    """Levels that together weigh at least so much of 100."""

    levels: tuple[str, ...]
    least: Decimal


@dataclass(frozen=True)
class Regime:
    """One regime. ``grades`` are lower limits with their grades, from the best down; ``weights`` the ways to share
    out 100 points among the first levels of a self-evaluation; ``shares`` what an evaluation gives them at least."""

    name: str
    title: str
    grades: tuple[tuple[Decimal, str], ...] = ()
    weights: tuple[Mapping[str, Decimal], ...] = ()
    shares: tuple[Share, ...] = ()


def regimes() -> list[str]:
    """The names of all regimes, a user's own among them."""
    return sorted({path.stem for folder in pattern_folders() for path in (folder / "regimes").glob("*.yml")})


@cache
def regime(name: str) -> Regime:
    """A regime by its name or its file. KeyError if there is none; BadPattern if the file cannot be used."""
    path = _file(name)
    data = load(path)
    unknown = sorted(set(map(str, data)) - _KEYS)
    if unknown or not isinstance(data.get("title"), str):
        wrong = f"有不认识的项 {'、'.join(unknown)}" if unknown else "缺少 title"
        raise BadPattern(f"{path.name}：{wrong}")
    try:
        return Regime(
            path.stem, data["title"], _grades(data.get("grades") or {}),
            tuple(_points(entry) for entry in data.get("self_evaluation") or ()),
            tuple(_share(entry) for entry in data.get("evaluation") or ()),
        )  # fmt: skip
    except (AttributeError, InvalidOperation, KeyError, TypeError, ValueError):
        raise BadPattern(f"{path.name}：grades、self_evaluation 或 evaluation 的写法不对") from None


def fingerprint(name: str) -> str:
    """What tells a regime from another of the same name."""
    return hashlib.sha256(_file(name).read_bytes()).hexdigest()


def _file(name: str) -> Path:
    own = Path(name)
    if own.suffix in (".yml", ".yaml"):
        if not own.is_file():
            raise KeyError(name)
        return own
    files = (folder / "regimes" / f"{name}.yml" for folder in pattern_folders())
    found = next((file for file in files if own.name == name and file.is_file()), None)
    if found is None:
        raise KeyError(name)
    return found


def _grades(limits: Mapping[Any, Any]) -> tuple[tuple[Decimal, str], ...]:
    found = [(Decimal(str(least)), str(grade)) for grade, least in limits.items()]
    if found and min(least for least, _ in found) != 0:
        raise ValueError("no grade from 0")
    return tuple(sorted(found, reverse=True))


def _points(entry: Mapping[Any, Any]) -> Mapping[str, Decimal]:
    found = {_level(name): Decimal(str(weight)) for name, weight in entry.items()}
    if sum(found.values()) != 100:
        raise ValueError("weights do not make 100")
    return found


def _share(entry: Mapping[str, Any]) -> Share:
    return Share(tuple(_level(name) for name in entry["levels"]), Decimal(str(entry["least"])))


def _level(name: object) -> str:
    if name not in words("levels").meanings:
        raise ValueError(f"no such level: {name}")
    return str(name)
