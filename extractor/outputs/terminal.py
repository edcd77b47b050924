"""The terminal: a report for a person, in Chinese. Colours on a terminal only (and not with NO_COLOR)."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable
from pathlib import Path
from shutil import get_terminal_size
from typing import TYPE_CHECKING, Any

from extractor.findings import SEVERITIES, Finding
from extractor.outputs import READ, Batch, Tally, opened, wording
from extractor.outputs.forms import form_report
from extractor.outputs.wording import around, change_words, cut, place_words, shown, waiver_words

if TYPE_CHECKING:
    from rich.console import Console, RenderableType

    from extractor.comparison import Comparison
    from extractor.findings import Evidence
    from extractor.result import Result
    from extractor.waivers import Waived

NAME = "terminal"
SUFFIXES = (".txt",)

_COLOURS = {"error": "bold red", "warning": "yellow", "info": "cyan"}
_WIDTH = (60, 100, 160)  # columns: the least, what a file or a pipe gets, the most


def write(batch: Batch, target: Path | None) -> None:
    """One file: what it is, its forms, its findings. Several: a line for each, then what was found."""
    console = _console(target)
    with opened(target) as out:
        if batch.many:
            _print(console, several_report(batch))
        else:
            for result in batch:
                _print(console, result_report(result, batch.brief))
        out.write(console.file.getvalue().encode(errors="replace"))  # type: ignore[attr-defined]


def _console(target: Path | None) -> Console:
    """A console that gathers, so that the bytes are UTF-8 whatever the locale says."""
    from io import StringIO

    from rich.console import Console

    colour = target is None and sys.stdout.isatty() and not os.environ.get("NO_COLOR")
    least, usual, most = _WIDTH
    width = min(max(get_terminal_size((usual, 24)).columns, least), most)
    system: Any = "standard" if colour else None
    return Console(
        file=StringIO(), width=width, force_terminal=colour, color_system=system, legacy_windows=False,
        markup=False, highlight=False, emoji=False, soft_wrap=False,
    )  # fmt: skip


def _print(console: Console, parts: Iterable[RenderableType | str]) -> None:
    """Prints what rich lays out, and plain strings line by line, folded as Chinese is."""
    for part in parts:
        if isinstance(part, str):
            lines = (wording.folded(line, console.width) for line in part.split("\n"))
            console.print("\n".join(lines), soft_wrap=True)
        else:
            console.print(part)


def result_report(result: Result, brief: bool = False) -> Iterable[RenderableType | str]:
    """The report on one file; ``brief`` leaves out what it is and its forms. Nothing for a file not read."""
    if result.status not in READ:
        return
    if not brief:
        yield from _about(result)
        for number, form in enumerate(result.forms, 1):
            yield from form_report(form, number, len(result.forms))
    comparison = result.comparison
    yield from _findings(result.findings, comparison.new if comparison else ())
    yield from waived_lines(result.waived)
    yield from compared_lines(comparison)
    yield from _problems(result)
    tally = Tally()
    tally.add(result)
    yield summary_line(tally)


def _about(result: Result) -> Iterable[RenderableType | str]:
    from rich.text import Text

    about, coverage = result.about, result.coverage
    title = f"《{shown(about.title.flat)}》" if about.title else ""
    yield Text(f"{wording.KINDS.get(about.kind, about.kind)}{title}", "bold")
    facts = [
        ("文件", result.source.path),
        ("项目", about.project),
        ("项目单位", about.project_unit),
        ("主管部门", about.department),
        ("评价机构", about.evaluator),
        ("委托单位", about.commissioner),
        ("年度", about.year),
        ("总分", about.total_score and about.total_score.string),
        ("等级", about.grade and about.grade.string),
    ]
    for label, value in facts:
        if value:
            yield Text(f"  {label}：{shown(str(value).strip())}")
    pages = f"{coverage.pages} 页，" if coverage.pages else ""
    yield Text(f"  读取：{pages}{coverage.tables} 个表，{coverage.indicator_rows} 行指标\n", "dim")


def _findings(findings: tuple[Finding, ...], new: Iterable[str] = ()) -> Iterable[RenderableType | str]:
    from rich.text import Text

    if not findings:
        yield Text("没有发现问题。", "green")
        return
    for severity in SEVERITIES:
        found = [finding for finding in findings if finding.severity == severity]
        if found:
            yield Text(f"{wording.SEVERITIES[severity]} {len(found)} 项", _COLOURS[severity])
        for number, finding in enumerate(found, 1):
            yield finding_text(finding, number, "【新增】" if finding.id in new else "")


def finding_text(finding: Finding, number: int, mark: str = "") -> str:
    """A finding with both places, over several lines; ``mark`` stands before it."""
    lines = [f"{number:3d}. {mark}{shown(finding.message)}  [{finding.rule}]"]
    lines += [f"     · {_evidence_words(evidence)}" for evidence in finding.evidence]
    tail = [("应为", finding.expected), ("相差", finding.difference), ("影响", finding.impact)]
    lines += [f"     {label}：{shown(value)}" for label, value in tail if value]
    if finding.caused:
        lines.append(f"     由此引起、不再另列的问题：{len(finding.caused)} 项")
    return "\n".join(lines) + "\n"


def waived_lines(waived: Iterable[Waived]) -> Iterable[RenderableType | str]:
    """Findings judged before, a line each with the reason."""
    from rich.text import Text

    judged = list(waived)
    if judged:
        yield Text(f"已核销 {len(judged)} 项，不再计入", "dim")
    for one in judged:
        yield f"  · {shown(one.finding.message)}  [{one.finding.rule}] 核销：{waiver_words(one.waiver)}"


def compared_lines(comparison: Comparison | None) -> Iterable[RenderableType | str]:
    """What changed since an earlier result, and the findings that are gone."""
    from rich.text import Text

    if comparison is None:
        return
    yield Text(change_words([comparison]), "bold")
    for record in comparison.gone:
        yield f"  · 已消除：{shown(str(record['message']))}"
    for path in comparison.absent:
        yield f"  · 这次没有读到：{shown(path)}"


def _evidence_words(evidence: Evidence) -> str:
    """第3页 实际完成值：99.87%（原文：…）"""
    where = place_words(evidence.place)
    said = cut(shown(evidence.text), 60) or wording.nothing(evidence.label)
    quote = shown(around(evidence.text, evidence.quote)) if evidence.quote else ""
    more = f"（原文：{quote}）" if quote and quote != said else ""
    return f"{where} {'：'.join(filter(None, (shown(evidence.label), said)))}{more}".strip()


def _problems(result: Result) -> Iterable[RenderableType | str]:
    from rich.text import Text

    if result.problems:
        yield Text("未能读取或需要留意的内容", "bold")
    for problem in result.problems:
        where = place_words(problem.place)
        named = f"{where}：" if where and where not in problem.message else ""
        yield f"  · {named}{shown(problem.message)}"


def summary_line(tally: Tally) -> RenderableType:
    """合计：错误 1，警告 0，提示 2（另有已核销 1）"""
    from rich.text import Text

    counts = [f"{wording.SEVERITIES[severity]} {tally.severities[severity]}" for severity in SEVERITIES]
    counts += [f"另有已核销 {tally.waived}"] if tally.waived else []
    return Text(f"合计：{'，'.join(counts)}", "bold")


def several_report(batch: Batch) -> Iterable[RenderableType | str]:
    """Several files: a table with a line for each, every error and warning on a line, and the sums."""
    from rich.box import SIMPLE_HEAD
    from rich.table import Table
    from rich.text import Text

    table = Table(box=SIMPLE_HEAD, pad_edge=False, expand=True)
    table.add_column("文件", ratio=3, overflow="fold")
    table.add_column("类型", ratio=2, no_wrap=True)
    for head in ("年度", "总分", "错误", "警告", "提示"):
        table.add_column(head, justify="right", no_wrap=True)
    table.add_column("状态", min_width=12)
    said: list[str] = []
    compared: list[Comparison] = []
    for result in batch:
        if not _no_file(result):
            table.add_row(*(Text(shown(cell)) for cell in _row(result)))
        said += _lines(result)
        compared += [result.comparison] if result.comparison else []
    if table.row_count and not batch.brief:
        yield table
    said += [f"  {shown(finding.message)}  [{finding.rule}]" for finding in batch.findings]
    folders = batch.tally.statuses.total() - table.row_count
    count, unread = table.row_count, batch.tally.unread - folders
    if not said and unread < count:
        said = ["已读取的文件中没有发现问题。" if unread else "没有发现问题。"]
    yield from said
    yield from waived_lines(batch.waived)
    if batch.comparison is not None:
        yield Text(change_words([*compared, batch.comparison]), "bold")
    if not table.row_count:
        yield "没有读取任何文件。"
        return
    files = f"{count} 个文件，其中 {unread} 个未能读取"
    yield Text.assemble((files + "；", "bold"), summary_line(batch.tally))  # type: ignore[arg-type]


def _no_file(result: Result) -> bool:
    """Whether a result stands for a folder in which there was nothing to read."""
    return any(problem.code == "no-documents" for problem in result.problems)


def _row(result: Result) -> list[str]:
    tally = Tally()
    tally.add(result)
    about = result.about
    kind = wording.KINDS.get(about.kind, about.kind) if result.status in READ else ""
    counts = [str(tally.severities[severity] or "") for severity in SEVERITIES]
    score = about.total_score.string if about.total_score else ""
    status = wording.status_words(result.status)
    return [result.source.path, kind, str(about.year or ""), score, *counts, status]


def _lines(result: Result) -> Iterable[str]:
    """A file's errors and warnings, a line each, under its name; and what is gone since the earlier result."""
    found = [finding for finding in result.findings if finding.severity != "info"]
    new = result.comparison.new if result.comparison else ()
    gone = result.comparison.gone if result.comparison else ()
    if found or gone:
        yield shown(result.source.path)
    for finding in found:
        places = dict.fromkeys(place_words(evidence.place) for evidence in finding.evidence)
        where = "、".join(filter(None, places))
        mark = "【新增】" if finding.id in new else ""
        said = f"{mark}{wording.SEVERITIES[finding.severity]}：{shown(finding.message)}"
        yield f"  {said}（{where}）[{finding.rule}]" if where else f"  {said}[{finding.rule}]"
    for record in gone:
        yield f"  已消除：{shown(str(record['message']))}"
