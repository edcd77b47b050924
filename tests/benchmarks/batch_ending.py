"""What the end of a large batch costs. ``python tests/benchmarks/batch_ending.py [records]``.

Fills a ledger with 100,000 small records (self-evaluations of four years; some alike, some at odds) and prints
the time and the memory of what comes after the last file: the rules between documents, the list, the summary.
``usual``: many owners with a few projects; ``one owner``: one owner with all of them; ``no owner``: nobody named.
"""

from __future__ import annotations

import hashlib
import json
import resource
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from extractor.batch.between import between
from extractor.batch.find import Found
from extractor.batch.folder import Folder, tally_of
from extractor.batch.ledger import Ledger, Row
from extractor.batch.status import passed_over, summary
from extractor.batch.worker import summary as head_of
from extractor.parsers.markdown import parse_text
from extractor.pipeline import check
from extractor.result import Source

RECORDS = 100_000
PLACES = ("临江", "青浦", "平山", "云溪", "北川", "南陵", "东固", "西和", "安远", "定南")
THINGS = (
    "校舍维修",
    "河道保洁",
    "道路养护",
    "设备购置",
    "农田水利",
    "垃圾清运",
    "图书采购",
    "危房改造",
    "绿化管护",
    "路灯改造",
)
FORM = """# 2023年度项目支出绩效自评表

| 项目名称 | 校舍维修项目 | 实施单位 | 临江区教育中心 |
| 一级指标 | 二级指标 | 三级指标 | 年度指标值 | 实际完成值 | 分值 | 得分 |
| 产出指标 | 数量指标 | 维修面积 | ≥8600平方米 | 8742平方米 | 50 | 50 |
| 产出指标 | 质量指标 | 验收合格率 | 100% | 100% | 50 | 50 |
"""
Named = tuple[str, str]


def usual(n: int) -> Named:
    return (
        f"{PLACES[n % 10]}{PLACES[n // 10 % 10]}区第{n // 100 % 500}中心",
        f"{THINGS[n % 10]}{n // 50_000}号项目",
    )


def one_owner(n: int) -> Named:
    words = THINGS[n % 10], PLACES[n // 10 % 10], PLACES[n // 100 % 10], THINGS[n // 1000 % 10]
    return "临江区教育中心", f"{''.join(words)}{PLACES[n // 10_000 % 10]}项目"


def no_owner(n: int) -> Named:
    return "", f"{THINGS[n % 10]}{n // 3}项目"


def fill(ledger: Ledger, records: int, named: Callable[[int], Named]) -> None:
    """Enters files and their results, none of which was ever read."""
    result = check(parse_text(FORM), Source("a.md", "md"), select=["none"])
    head = dict(head_of(result))
    sheets: Any = head["sheets"]
    ledger.enter(Found(f"in/{n // 1000:03}/{n:06}.md") for n in range(records))
    for n, row in enumerate(ledger.rows()):
        unit, project = named(n)
        sheet = sheets[0] | {"unit": unit, "project": project, "year": 2020 + n % 4}
        if n % 7 == 0:
            sheet = json.loads(json.dumps(sheet).replace("8742", str(8000 + n % 900)))
        _keep(ledger, row, n if n % 50 else n // 500, head | {"sheets": [sheet]})


def _keep(ledger: Ledger, row: Row, content: int, head: dict[str, Any]) -> None:
    ledger.hashed(row.id, hashlib.sha256(str(content).encode()).hexdigest(), 100, 0, "", "")
    ledger.done(row.id, head, b"{}")


def ending(ledger: Ledger, folder: Path) -> Iterator[tuple[str, float]]:
    """What is done at the end of a run, and the seconds that it takes."""
    begun = time.perf_counter()
    findings, _ = between(ledger, (), (), ("error", "warning", "info"))
    yield f"rules ({len(findings)} findings)", time.perf_counter() - begun
    begun = time.perf_counter()
    tally, passed = tally_of(ledger.rows()), passed_over(ledger.passed())
    Folder(folder, ledger).finish(findings, tally, passed)
    yield "list", time.perf_counter() - begun
    begun = time.perf_counter()
    list(summary(ledger, tally, passed))
    yield "summary", time.perf_counter() - begun


def peak() -> int:
    """Megabytes that this process held at the most."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss >> 10


def main(records: int) -> None:
    print(f"{records} records; before them {peak()} MB")
    for named in (usual, one_owner, no_owner):
        with tempfile.TemporaryDirectory() as name:
            ledger = Ledger(Path(name))
            fill(ledger, records, named)
            steps = ", ".join(f"{what} {seconds:.1f} s" for what, seconds in ending(ledger, Path(name)))
            ledger.close()
        print(f"{named.__name__:>9}: {steps}; {peak()} MB at the most")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else RECORDS)
