"""A run beside what was known before it: findings between documents that were judged, what is new and what is gone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from typing import Any, NamedTuple

from extractor.batch.limits import Options
from extractor.comparison import Comparison, Earlier, compare
from extractor.findings import SEVERITIES, Finding
from extractor.result import Result
from extractor.waivers import Waived, Waiver, idle, waive

_NAMED = 5


class Between(NamedTuple):
    """What is said between the documents of a run."""

    findings: tuple[Finding, ...]
    waived: tuple[Waived, ...]
    comparison: Comparison | None


@dataclass
class Judging:
    """What a run is judged by; it remembers which waivers met a finding and which documents came again.

    ``many`` is whether several files were asked for. Of the earlier result only what this run looks for counts.
    """

    options: Options
    waivers: tuple[Waiver, ...] = ()
    earlier: Earlier | None = None
    many: bool = False
    _met: set[str] = field(default_factory=set)

    def result(self, result: Result) -> Result:
        """A result with what changed in it."""
        self.met(waived.finding.id for waived in result.waived)
        ids = [finding.id for finding in result.findings]
        known = [waived.finding.id for waived in result.waived]
        known += (i for finding in result.findings for i in finding.caused)
        return replace(result, comparison=self._compared(result.source.path, result.ok, ids, known))

    def record(self, path: str, record: dict[str, Any]) -> Comparison | None:
        """What changed in a result that was written as JSON."""
        ids = [finding["id"] for finding in record["findings"]]
        known = [finding["id"] for finding in record.get("waived", ())]
        known += (i for finding in record["findings"] for i in finding.get("caused", ()))
        return self._compared(path, record["status"] in ("ok", "ok-partial"), ids, known)

    def _compared(self, path: str, read: bool, ids: list[str], known: list[str]) -> Comparison | None:
        if self.earlier is None:
            return None
        before = self.earlier.of(path, not self.many)
        return compare(self.earlier.name, self._asked(before), ids, known) if read else None

    def between(self, findings: Iterable[Finding]) -> Between:
        """The findings between documents, judged and compared; to be asked for when all documents have passed."""
        left, waived = waive(findings, self.waivers)
        self.met(w.finding.id for w in waived)
        if self.earlier is None:
            return Between(left, waived, None)
        ids, known = [f.id for f in left], [w.finding.id for w in waived]
        comparison = compare(self.earlier.name, self._asked(self.earlier.between), ids, known)
        return Between(left, waived, replace(comparison, absent=self.earlier.absent))

    def _asked(self, records: Iterable[Any]) -> Iterator[Any]:
        """The findings of before that this run would report too."""
        for record in records:
            rule = record.get("rule")
            if (
                record.get("severity") in self.options.severities
                and rule not in self.options.ignore
                and (not self.options.select or rule in self.options.select)
            ):
                yield record

    def met(self, ids: Iterable[str]) -> None:
        """Notes findings that were judged before."""
        self._met.update(ids)

    def unused(self) -> str:
        """A sentence on waivers whose finding did not come up, "" if there are none or not all was looked for."""
        if len(self.options.severities) < len(SEVERITIES) or self.options.select:
            return ""
        left = [i for i in idle(self.waivers, self._met) if i.rpartition("-")[0] not in self.options.ignore]
        if not left:
            return ""
        more = " 等" if len(left) > _NAMED else ""
        return (
            f"核销文件中有 {len(left)} 项没有对上本次的任何问题（可能已改正，或不在本次的文件里）："
            f"{'、'.join(left[:_NAMED])}{more}。"
        )
