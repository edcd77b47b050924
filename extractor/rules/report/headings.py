"""标题、条目的编号跳号、重号、错号。

同一上级之下、同一编号样式（第一章、第一节、一、（一）1. （1）1））的标题和段落应当连续。编号回到 1 视为另起一组；
缺的编号写在别的段落里的，视为没有单独成段，不指出；跳过两个号以上的，多半是标题没有识别出来，不指出。
同一上级之下两个标题都编作第一，中间又没有别的标题的，也指出。

错误示例::

    # 一、基本情况

    说明。

    # 二、评价结论

    说明。

    # 四、有关建议

    说明。

正确示例::

    # 一、基本情况

    说明。

    # 二、评价结论

    说明。

    # 三、有关建议

    说明。
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from extractor.claims import Reading
from extractor.document import Block, Table
from extractor.findings import Finding, evidence
from extractor.rules.report._outline import PLAIN, Numbered, outline, stands

RULE = "headings"


def check(reading: Reading) -> Iterator[Finding]:
    """A finding for each number that is missing, used twice or out of its row."""
    blocks = reading.document.blocks
    for run in _runs(blocks):
        yield from _sequence(run, blocks)


def _runs(blocks: Sequence[Block]) -> Iterator[list[Numbered]]:
    """Lines of one style under one parent, in order; a number 1 begins another run, and so does, for lines
    that are no headings, a heading without a number."""
    runs: dict[int, list[Numbered]] = {}
    parted = 0
    for line in outline(blocks):
        if line.style == PLAIN:
            ended = [style for style, run in runs.items() if not run[-1].heading]
            parted = line.block
        else:
            ended = [style for style in runs if style > line.style]
        yield from [runs.pop(style) for style in ended]
        if line.style == PLAIN:
            continue
        run = runs.setdefault(line.style, [])
        if run and line.number == 1 and not _first_again(run, line, runs, parted):
            yield run
            run = runs[line.style] = []
        run.append(line)
    yield from runs.values()


def _first_again(run: list[Numbered], line: Numbered, runs: dict[int, list[Numbered]], parted: int) -> bool:
    """Whether two headings that follow each other under one heading are both the first."""
    parent = any(style < line.style and lines[-1].heading for style, lines in runs.items())
    alone = len(run) == 1 and run[0].number == 1 and run[0].block > parted
    return parent and alone and run[0].heading and line.heading


def _sequence(run: Sequence[Numbered], blocks: Sequence[Block]) -> Iterator[Finding]:
    """Each line of a run against the one before it; the one behind it tells which of the two is wrong."""
    for n in range(1, len(run)):
        before, line = run[n - 1], run[n]
        behind = run[n + 1].number if n + 1 < len(run) else None
        if behind == before.number + 2 and line.number != before.number + 1:
            yield _finding(before, line, f"应为第 {before.number + 1}，编号有误")
        elif line.number == before.number and _plain(line) != _plain(before):
            yield _finding(before, line, "重复使用同一编号")
        elif line.number == before.number + 2 and not _explained(run, n, blocks):
            yield _finding(before, line, "之间缺号")


def _explained(run: Sequence[Numbered], n: int, blocks: Sequence[Block]) -> bool:
    """Whether a gap follows from a number used twice before it, or what is missing stands in a text."""
    return (n > 1 and run[n - 1].number == run[n - 2].number) or _unseen(run[n - 1], run[n], blocks)


def _plain(line: Numbered) -> str:
    return "".join(line.text.flat.split())


def _unseen(before: Numbered, line: Numbered, blocks: Sequence[Block]) -> bool:
    """Whether a missing number stands in a text in between."""
    for block in blocks[before.block : line.block]:
        if isinstance(block, Table):
            if any(stands(line.style, line.number - 1, c.text.flat[:12]) for c in block.cells):
                return True
        elif stands(line.style, line.number - 1, block.text.string):
            return True
    return False


def _finding(before: Numbered, line: Numbered, what: str) -> Finding:
    a, b = before.text.flat[:40], line.text.flat[:40]
    return Finding(
        rule=RULE,
        severity="warning",
        subject="标题编号" if line.heading else "条目编号",
        message=f"{'标题' if line.heading else '条目'}编号有误：“{a}”与“{b}”{what}。",
        evidence=(evidence(before.text, "前一标题"), evidence(line.text, "后一标题")),
        expected=f"编号依次为 {before.number}、{before.number + 1}",
        actual=f"{before.number}、{line.number}",
        impact="影响报告的完整性和规范性",
        confidence=0.75 if line.heading else 0.7,
    )
