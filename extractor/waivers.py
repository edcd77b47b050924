"""Judged findings stay judged: a file of waivers, by finding, with the reason, who judged and when.

The file is YAML that an auditor can write by hand::

    - finding: weights-disagree-0a1b2c3d4e
      reason: 底稿权重为修订前版本，已取得书面说明
      who: 王某
      when: 2026-11-21
      project: 绿地养护经费      # optional: only in documents of this project
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from extractor.findings import Finding
from extractor.reasons import why

_NEEDED = ("finding", "reason", "who", "when")
_ID = re.compile(r"[a-z0-9-]+-[0-9a-f]{10}")


class BadWaivers(Exception):
    """A waiver file that cannot be used; the message is Chinese and names the file and the line or entry."""


@dataclass(frozen=True, slots=True)
class Waiver:
    """A finding judged to need no action: its id, why, who decided, and the day as written."""

    finding: str
    reason: str
    who: str
    when: str
    project: str = ""

    def covers(self, finding: Finding, projects: Collection[str]) -> bool:
        """Whether it is about this finding (in a document of this project, if it names one)."""
        if self.finding != finding.id:
            return False
        return not self.project or any(self.project in named for named in (*projects, finding.subject))


@dataclass(frozen=True, slots=True)
class Waived:
    """A finding that is there and was judged before."""

    finding: Finding
    waiver: Waiver


def load_waivers(path: Path) -> tuple[Waiver, ...]:
    """The waivers of a file; BadWaivers if it is not a list of complete entries."""
    import yaml

    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except OSError as error:
        raise BadWaivers(f"无法读取核销文件“{path.name}”（{why(error)}）。") from error
    except UnicodeDecodeError as error:
        raise BadWaivers(f"核销文件“{path.name}”不是 UTF-8 文本。") from error
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = f"第 {mark.line + 1} 行" if mark else ""
        raise BadWaivers(f"核销文件“{path.name}”{line}不是有效的 YAML。") from error
    if data is None:
        return ()
    if not isinstance(data, list):
        raise BadWaivers(f"核销文件“{path.name}”应为列表，每项写明 finding、reason、who、when。")
    return tuple(_waiver(entry, number, path.name) for number, entry in enumerate(data, 1))


def _waiver(entry: Any, number: int, name: str) -> Waiver:
    if not isinstance(entry, dict):
        raise BadWaivers(f"核销文件“{name}”第 {number} 项不是键值结构。")
    missing = [key for key in _NEEDED if not str(entry.get(key) or "").strip()]
    unknown = sorted(set(map(str, entry)) - {*_NEEDED, "project"})
    if missing or unknown:
        wrong = f"缺少 {'、'.join(missing)}" if missing else f"有不认识的项 {'、'.join(unknown)}"
        raise BadWaivers(f"核销文件“{name}”第 {number} 项{wrong}。")
    said = {key: str(value).strip() for key, value in entry.items() if value is not None}
    if not _ID.fullmatch(said["finding"]):
        raise BadWaivers(f"核销文件“{name}”第 {number} 项的 finding 不是问题编号：{said['finding'][:40]}。")
    return Waiver(**said)


def waive(
    findings: Iterable[Finding], waivers: Iterable[Waiver], projects: Collection[str] = ()
) -> tuple[tuple[Finding, ...], tuple[Waived, ...]]:
    """The findings that stay open, and those judged before with their waivers.

    ``projects`` are those that the document is about, as it names them.
    """
    known: dict[str, list[Waiver]] = {}
    for waiver in waivers:
        known.setdefault(waiver.finding, []).append(waiver)
    still_open: list[Finding] = []
    judged: list[Waived] = []
    for finding in findings:
        fits = [w for w in known.get(finding.id, ()) if w.covers(finding, projects)]
        if fits:
            judged.append(Waived(finding, fits[0]))
        else:
            still_open.append(finding)
    return tuple(still_open), tuple(judged)


def idle(waivers: Iterable[Waiver], met: Collection[str]) -> list[str]:
    """The ids in a file of waivers that no finding had; ``met`` are those that one had."""
    return list(dict.fromkeys(w.finding for w in waivers if w.finding not in met))
