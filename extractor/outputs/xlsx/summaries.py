"""The front of a batch's workbook: 概况 with a line for each file, 按单位, 按规则."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from decimal import Decimal
from typing import TYPE_CHECKING

from extractor.findings import SEVERITIES as LEVELS
from extractor.outputs import Batch
from extractor.outputs.rule_names import rule_title
from extractor.outputs.wording import KINDS, SEVERITIES, status_words
from extractor.outputs.xlsx.book import Book, Cell, Number
from extractor.outputs.xlsx.numbers import number, said

if TYPE_CHECKING:
    from extractor.result import Result

_COUNTS = {SEVERITIES[level]: 8 for level in LEVELS}
_FILES = {"文件": 44, "类型": 16, "单位": 26, "项目": 30, "年度": 8}
_FILES |= {"总分（原文）": 12, "总分": 10, "等级": 8} | _COUNTS
_SCORES = {"平均总分": 12, "最低总分": 12, "最高总分": 12}
_UNITS = {"单位": 34, "文件数": 10, "有问题的文件": 14} | _COUNTS | _SCORES
_RULES = {"规则": 28, "检查内容": 70, "涉及文件": 10, **_COUNTS}


@dataclass
class _Sum:
    """What is counted of a unit or a rule."""

    files: int = 0
    affected: int = 0
    levels: Counter[str] = field(default_factory=Counter)
    scores: list[Decimal] = field(default_factory=list)

    def counts(self) -> list[Cell]:
        return [self.levels[level] for level in LEVELS]


class Summaries:
    """The three sheets; files are listed as they come, units and rules when all have passed."""

    def __init__(self, book: Book) -> None:
        heads = _FILES | {"状态": 20}
        self._files = book.table("概况", list(heads), list(heads.values()))
        self._by_unit = book.table("按单位", list(_UNITS), list(_UNITS.values()))
        self._by_rule = book.table("按规则", list(_RULES), list(_RULES.values()))
        self._units: dict[str, _Sum] = {}
        self._rules: dict[str, _Sum] = {}

    def add(self, result: Result) -> None:
        """Lists a file and counts it in."""
        about = result.about
        levels: Counter[str] = Counter(finding.severity for finding in result.findings)
        unit = about.project_unit.flat if about.project_unit else ""
        looks = [""] * len(_FILES)
        looks[-3:] = [level if levels[level] else "" for level in LEVELS]
        file: list[Cell] = [result.source.path, KINDS.get(about.kind, about.kind) if result.ok else "", unit]
        file += [about.project.flat if about.project else "", about.year]
        file += [said(about.total_score), number(about.total_score), said(about.grade)]
        file += [*(levels[level] for level in LEVELS), status_words(result.status)]
        self._files.row(file, looks=looks)
        self._count(result, unit, levels)

    def _count(self, result: Result, unit: str, levels: Counter[str]) -> None:
        total = self._units.setdefault(unit or "（未写明单位）", _Sum())
        total.files += 1
        total.affected += bool(result.findings)
        total.levels.update(levels)
        score = result.about.total_score
        if score and score.quantity:
            total.scores.append(score.quantity.value)
        for rule in {finding.rule for finding in result.findings}:
            self._rules.setdefault(rule, _Sum()).affected += 1
        for finding in result.findings:
            self._rules[finding.rule].levels[finding.severity] += 1

    def close(self, batch: Batch) -> None:
        """Writes the sums, units with the most errors first."""
        for finding in batch.findings:
            self._rules.setdefault(finding.rule, _Sum()).levels[finding.severity] += 1
        for unit, total in sorted(self._units.items(), key=lambda pair: [-n for n in _order(pair[1])]):
            self._by_unit.row([unit, total.files, total.affected, *total.counts(), *_scores(total.scores)])
        for rule, total in sorted(self._rules.items(), key=lambda pair: [-n for n in _order(pair[1])]):
            self._by_rule.row([rule, rule_title(rule), total.affected, *total.counts()])
        tally = batch.tally
        counts = [tally.severities[level] for level in LEVELS]
        files = f"合计：{tally.statuses.total()} 个文件，其中 {tally.unread} 个未能读取"
        self._files.filtered = (len(_FILES) + 1, self._files.rows)  # not the line of the sums
        self._files.row([files, *[""] * (len(_FILES) - 4), *counts, ""], "bold")


def _order(total: _Sum) -> list[int]:
    return [*(total.levels[level] for level in LEVELS), total.files]


def _scores(scores: list[Decimal]) -> list[Cell]:
    if not scores:
        return ["", "", ""]
    mean = sum(scores, Decimal(0)) / len(scores)
    return [Number(round(value, 2), "0.00") for value in (mean, min(scores), max(scores))]
