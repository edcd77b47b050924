"""The page of a batch: counts, charts, and a line for each document with a link to its own page."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING
from urllib.parse import quote

from extractor.findings import SEVERITIES as LEVELS
from extractor.outputs import Batch
from extractor.outputs.folder import free_name
from extractor.outputs.html.charts import Bar, chart
from extractor.outputs.html.shell import document, safe
from extractor.outputs.rule_names import rule_title
from extractor.outputs.wording import (
    KINDS,
    SEVERITIES,
    change_words,
    cut,
    nothing,
    place_words,
    status_words,
)

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.findings import Evidence, Finding
    from extractor.result import Result

_GRADE = 12  # characters of a score or a grade
_BARS = 30  # bars of a chart; what is left out is said
_HEADS = ("文件", "类型", "单位", "项目", "年度", "总分", "等级", *SEVERITIES.values(), "状态")


@dataclass
class Index:
    """What the index says of the documents that have passed; their pages stand in ``folder``."""

    folder: str
    _compared: list[Comparison] = field(default_factory=list)
    _rows: list[tuple[list[int], str]] = field(default_factory=list)
    _taken: set[str] = field(default_factory=set)
    _rules: dict[str, Counter[str]] = field(default_factory=dict)
    _scores: dict[str, list[Decimal]] = field(default_factory=dict)

    def add(self, result: Result) -> str:
        """Counts a document in; gives the name of its page."""
        self._compared += [result.comparison] if result.comparison else []
        taken = free_name(result.source.path, self._taken)
        self._taken.add(taken.casefold())
        name = f"{taken.removesuffix('.json')}.html"
        levels: Counter[str] = Counter(finding.severity for finding in result.findings)
        for finding in result.findings:
            self._rules.setdefault(finding.rule, Counter())[finding.severity] += 1
        score, unit = result.about.total_score, result.about.project_unit
        if score and score.quantity:
            self._scores.setdefault(unit.flat if unit else "（未写明单位）", []).append(score.quantity.value)
        self._rows.append(([-levels[level] for level in LEVELS], self._row(result, name, levels)))
        return name

    def _row(self, result: Result, name: str, levels: Counter[str]) -> str:
        about = result.about
        address = f"{quote(self.folder, errors='replace')}/{quote(name, errors='replace')}"
        texts = [about.project_unit, about.project]
        figures = [about.total_score, about.grade]
        cells = [
            f'<a href="{safe(address)}">{safe(result.source.path)}</a>',
            safe(KINDS.get(about.kind, about.kind) if result.ok else ""),
            *(safe(text.flat) if text else "" for text in texts),
            safe(about.year or ""),
            *(safe(cut(figure.string, _GRADE)) if figure else "" for figure in figures),
        ]
        counts = "".join(
            f'<td class="count {level}{" found" if levels[level] else ""}">{levels[level]}</td>'
            for level in LEVELS
        )
        short = (1, 4, 5, 6)
        plain = "".join(f"<td{' class=short' * (n in short)}>{cell}</td>" for n, cell in enumerate(cells))
        return f'<tr>{plain}{counts}<td class="short">{safe(status_words(result.status))}</td></tr>'

    def page(self, batch: Batch) -> bytes:
        """The index, documents with the most errors first."""
        rows = "".join(row for _, row in sorted(self._rows, key=lambda pair: pair[0]))
        heads = "".join(f"<th>{head}</th>" for head in _HEADS)
        body = "\n".join(
            [
                f"<header><h1>勾稽检查汇总</h1>{_counts(batch)}</header>",
                f'<section class="summary charts">{self._rule_chart()}{self._score_chart()}</section>',
                f'<section class="summary">{_between(batch.findings)}{self._changes(batch)}<h2>各文件</h2>',
                f"<table><thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></section>",
            ]
        )
        return document("勾稽检查汇总", body)

    def _changes(self, batch: Batch) -> str:
        """What changed since an earlier result, over all documents."""
        if batch.comparison is None:
            return ""
        absent = "".join(f"<li>这次没有读到：{safe(path)}</li>" for path in batch.comparison.absent)
        said = safe(change_words([*self._compared, batch.comparison]))
        return f"<h2>{said}</h2><ul>{absent}</ul>"

    def _rule_chart(self) -> str:
        most = sorted(self._rules.items(), key=lambda pair: (-pair[1].total(), pair[0]))
        bars = [
            Bar(
                rule_title(rule).rstrip("。") or rule,
                [(level, counts[level]) for level in LEVELS],
                str(counts.total()),
            )
            for rule, counts in most[:_BARS]
        ]
        return chart(_titled("各规则发现的问题数", len(most)), bars, legend=SEVERITIES)

    def _score_chart(self) -> str:
        means = {unit: sum(scores, Decimal(0)) / len(scores) for unit, scores in self._scores.items()}
        lowest = sorted(means.items(), key=lambda pair: (pair[1], pair[0]))
        bars = [
            Bar(unit, [("score", max(float(mean), 0.0))], f"{mean:.2f}（{len(self._scores[unit])} 份）")
            for unit, mean in lowest[:_BARS]
        ]
        return chart(
            _titled("各单位的平均总分", len(lowest)), bars, max(100.0, *map(float, means.values()), 0.0)
        )


def _titled(title: str, count: int) -> str:
    return title if count <= _BARS else f"{title}（共 {count} 项，列出 {_BARS} 项）"


def _counts(batch: Batch) -> str:
    tally = batch.tally
    said = [f"{tally.statuses.total()} 个文件", f"{tally.unread} 个未能读取"]
    said += [f"{SEVERITIES[level]} {tally.severities[level]}" for level in LEVELS]
    said += [f"已核销 {tally.waived}"] if tally.waived else []
    return "".join(f'<span class="fact">{safe(text)}</span>' for text in said)


def _between(findings: tuple[Finding, ...]) -> str:
    if not findings:
        return ""
    lines = "".join(
        f'<li class="finding {finding.severity}"><span class="badge">{SEVERITIES[finding.severity]}</span> '
        f'{safe(finding.message)} <span class="rule">{safe(finding.rule)}</span>'
        f'<ol class="sides">{"".join(map(_side, finding.evidence))}</ol></li>'
        for finding in findings
    )
    return f'<h2>文件之间的问题</h2><ul class="between">{lines}</ul>'


def _side(side: Evidence) -> str:
    where = f"{side.document}　{place_words(side.place)}".strip("　")
    return f'<li><span class="where">{safe(where)}</span> {_said(side)}</li>'


def _said(side: Evidence) -> str:
    """实际完成值：98% — or nothing more, where what is cited is the document itself."""
    if side.text == side.document:
        return ""
    return f'{safe(side.label)} <b class="cited">{safe(side.text or nothing(side.label))}</b>'
