"""The page of one document: what it is, its findings on the left, the cited pages on the right."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extractor.findings import SEVERITIES as LEVELS
from extractor.outputs.html.figures import Figures
from extractor.outputs.html.shell import as_json, document, safe
from extractor.outputs.rule_names import rule_title
from extractor.outputs.wording import (
    KINDS,
    SEVERITIES,
    around,
    change_words,
    cut,
    nothing,
    place_words,
    status_words,
    waiver_words,
)
from extractor.record import NAME, version

if TYPE_CHECKING:
    from extractor.findings import Evidence, Finding
    from extractor.outputs.pictures import Undrawn
    from extractor.result import Result

_QUOTE = 120  # characters of a quote in the list
_TITLE = 28  # characters of a rule's title in the filter


def report_page(result: Result, index: str = "") -> bytes:
    """The page; ``index`` is the address of the batch's page, "" without one."""
    figures = Figures(result)
    data = [_data(finding, figures) for finding in result.findings]
    title = result.about.title.flat if result.about.title else Path(result.source.path).name
    body = "\n".join(
        [
            f"<header>{_back(index)}<h1>{safe(title)}</h1>{''.join(_facts(result))}</header>",
            _filters(result),
            f'<div id="panes"><ol id="findings">{"".join(_items(result))}</ol>',
            _stage(result, figures),
            "</div>",
            _judged(result),
            _compared(result),
            _problems(result, figures.undrawn),
            f"<footer>由 {safe(NAME)} {safe(version())} 生成{_digest(result)}</footer>",
            f'<script type="application/json" id="data">{as_json(data)}</script>',
        ]
    )
    return document(f"勾稽检查 {title}", body, script=True)


def _digest(result: Result) -> str:
    """Which file was read: an auditor may have to show that it is this one."""
    return f"　源文件 SHA-256：{safe(result.source.sha256)}" if result.source.sha256 else ""


def _back(index: str) -> str:
    return f'<a class="back" href="{safe(index)}">返回汇总</a>' if index else ""


def _facts(result: Result) -> Iterator[str]:
    about = result.about
    facts = {
        "文件": result.source.path,
        "类型": KINDS.get(about.kind, about.kind),
        "项目": about.project and about.project.flat,
        "单位": about.project_unit and about.project_unit.flat,
        "年度": about.year,
        "总分": about.total_score and about.total_score.string,
        "等级": about.grade and about.grade.string,
        "状态": status_words(result.status),
    }
    for label, value in facts.items():
        if value:
            yield f'<span class="fact"><b>{label}</b> {safe(value)}</span>'
    counts = Counter(finding.severity for finding in result.findings)
    totals = (f'<span class="total {n}">{SEVERITIES[n]} {counts[n]}</span>' for n in LEVELS if counts[n])
    yield f'<span class="fact paper"><b>问题</b> {"　".join(totals) or "无"}</span>' if result.ok else ""


def _filters(result: Result) -> str:
    counts = Counter(finding.severity for finding in result.findings)
    levels = "".join(
        f'<label class="level {level}"><input type="checkbox" value="{level}" checked>'
        f"{SEVERITIES[level]} {counts[level]}</label>"
        for level in LEVELS
        if counts[level]
    )
    rules = Counter(finding.rule for finding in result.findings)
    options = "".join(
        f'<option value="{safe(rule)}">{safe(_short(rule))}（{n}）</option>'
        for rule, n in rules.most_common()
    )
    return (
        f'<nav id="filters">{levels}<select id="rule" aria-label="规则">'
        f'<option value="">全部规则</option>{options}</select>'
        '<input id="search" type="search" placeholder="查找（/）" aria-label="查找"><span id="count"></span>'
        '<span class="keys">j / k 或 ↓ / ↑ 逐项查看，/ 查找，+ / - 缩放</span></nav>'
    )


def _short(rule: str) -> str:
    return cut(rule_title(rule).rstrip("。"), _TITLE) or rule


def _items(result: Result) -> Iterator[str]:
    if not result.findings:
        yield (
            '<li class="nothing">没有发现问题。</li>'
            if result.ok
            else '<li class="nothing">文件未能读取。</li>'
        )
    for number, finding in enumerate(result.findings, 1):
        new = result.comparison is not None and finding.id in result.comparison.new
        yield _item(finding, number, "【新增】" if new else "")


def _item(finding: Finding, number: int, mark: str = "") -> str:
    before = ("", *(side.quote for side in finding.evidence))
    pairs = enumerate(zip(finding.evidence, before, strict=False))
    sides = "".join(f'<li data-side="{n}">{_side(side, quote)}</li>' for n, (side, quote) in pairs)
    tail = {"应为": finding.expected, "相差": finding.difference, "影响": finding.impact}
    terms = "".join(f"<dt>{label}</dt><dd>{safe(text)}</dd>" for label, text in tail.items() if text)
    return (
        f'<li class="finding {finding.severity}" id="f{number}" data-severity="{finding.severity}" '
        f'data-rule="{safe(finding.rule)}" tabindex="-1">'
        f'<p class="head"><span class="badge">{SEVERITIES[finding.severity]}</span> '
        f'<span class="number">{number}</span> {safe(finding.subject)}</p>'
        f'<p class="message">{mark}{safe(finding.message)}</p>'
        f'<div class="details"><ol class="sides">{sides}</ol><dl>{terms}</dl>'
        f'<p class="rule">{safe(finding.rule)}　{safe(rule_title(finding.rule))}</p></div></li>'
    )


def _side(side: Evidence, before: str) -> str:
    """A cited place; its quote is not said again where it is that of the place ``before``."""
    where = place_words(side.place)
    text = f'<b class="cited">{safe(cut(side.text, _QUOTE) or nothing(side.label))}</b>'
    quote = around(side.text, side.quote, _QUOTE) if side.quote != before else ""
    said = f"<q>{safe(quote)}</q>" if quote and quote != side.text else ""
    return f'<span class="where">{safe(where)}</span> {safe(side.label)} {text}{said}'


def _data(finding: Finding, figures: Figures) -> dict[str, Any]:
    """What the script needs of a finding: where each of its places is shown."""
    targets = [
        {"side": n, "addend": side.role == "addend"} | target
        for n, side in enumerate(finding.evidence)
        for target in figures.targets(side)
    ]
    return {"severity": finding.severity, "targets": targets}


def _stage(result: Result, figures: Figures) -> str:
    shown = figures.markup()
    if not shown:
        shown = '<p class="nothing">没有需要查看的页面。</p>'
    return f'<main id="view"><div id="stage">{shown}</div><svg id="links" aria-hidden="true"></svg></main>'


def _judged(result: Result) -> str:
    """Findings judged before, which are not counted."""
    lines = "".join(
        f"<li>{safe(one.finding.message)} <b>核销：{safe(waiver_words(one.waiver))}</b></li>"
        for one in result.waived
    )
    return _section("waived", f"已核销 {len(result.waived)} 项，不再计入", lines)


def _compared(result: Result) -> str:
    """What changed since an earlier result."""
    if result.comparison is None:
        return ""
    lines = "".join(f"<li>已消除：{safe(record['message'])}</li>" for record in result.comparison.gone)
    return _section("compared", change_words([result.comparison]), lines or "<li>没有消除的问题。</li>")


def _section(name: str, head: str, lines: str) -> str:
    return f'<section id="{name}"><h2>{safe(head)}</h2><ul>{lines}</ul></section>' if lines else ""


def _problems(result: Result, undrawn: list[Undrawn]) -> str:
    said = [f"{place_words(problem.place)} {problem.message}" for problem in result.problems]
    said += [f"第{page}页未能绘制成图，改列文字（{reason}）。" for page, reason in undrawn]
    lines = "".join(f"<li>{safe(line)}</li>" for line in said)
    return _section("problems", "未能读取或需要留意的内容", lines)
