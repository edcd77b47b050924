"""YAML: a file of waivers to fill in. Each finding is an entry put in comments; what was waived stays as it was.

Who judges a finding to need no action takes the marks away before its entry and says why; ``--waivers`` reads
the file, whatever is still in comments.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.outputs import Batch, opened
from extractor.outputs.wording import SEVERITIES, shown

if TYPE_CHECKING:
    from extractor.findings import Finding
    from extractor.waivers import Waived

NAME = "waivers"
SUFFIXES = (".yml", ".yaml")

_HEAD = """\
# 核销清单。经核实无需处理的问题：去掉该项各行前的“# ”，填写 reason（理由）、who（何人）、when（何时）。
# 其余不必改动。填好后用 extract --waivers 本文件 再次检查，列出的问题不再计入。
"""


def write(batch: Batch, target: Path | None) -> None:
    """Writes entries document by document."""
    with opened(target) as out:
        out.write(_HEAD.encode())
        for result in batch:
            named = result.about.project
            entries = _entries(result.findings, result.waived, named.flat if named else "")
            for text in (f"\n# 文件：{shown(result.source.path)}\n", *entries) if result.ok else ():
                out.write(text.encode("utf-8", "replace"))
        for text in (
            ("\n# 多个文件之间\n", *_entries(batch.findings, batch.waived, "")) if batch.findings else ()
        ):
            out.write(text.encode("utf-8", "replace"))


def _entries(findings: Iterable[Finding], waived: Iterable[Waived], project: str) -> Iterator[str]:
    for one in waived:
        said = {name: getattr(one.waiver, name) for name in ("finding", "reason", "who", "when", "project")}
        yield f"\n{_about(one.finding)}{_entry({k: v for k, v in said.items() if v or k != 'project'}, '')}"
    for finding in findings:
        blank = {"finding": finding.id, "reason": "", "who": "", "when": ""}
        entry = _entry(blank | ({"project": project} if project else {}), "# ")
        yield f"\n{_about(finding)}{entry}"


def _about(finding: Finding) -> str:
    return f"# 【{SEVERITIES[finding.severity]}】{shown(finding.message)}\n"


def _entry(said: dict[str, str], mark: str) -> str:
    """An entry, its values as quoted strings, which YAML reads as JSON writes them."""
    lines = (f"{name}: {json.dumps(shown(text), ensure_ascii=False)}" for name, text in said.items())
    return "".join(f"{mark}{'  ' if number else '- '}{line}\n" for number, line in enumerate(lines))
