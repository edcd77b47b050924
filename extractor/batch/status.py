"""A run summed up: at its end, or read from its ledger by someone else while it works."""

from __future__ import annotations

import json
import os
import sqlite3
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import closing
from pathlib import Path
from typing import Any

from extractor.batch.ledger import NAME, Ledger
from extractor.batch.lock import held
from extractor.comparison import Comparison
from extractor.outputs import READ, Tally
from extractor.outputs.wording import change_words, shown, status_words

_SLOWEST = 5
_NAMED = 20
# What a person has to do something about, by problem code or status.
_PERSONAL = {
    "needs-password": "需要密码",
    "quarantined": "两次使解析进程中断，已隔离",
    "timeout": "超时",
    "memory": "内存不足",
    "page-without-text": "有扫描页，需先做文字识别",
    "picture-without-text": "疑为扫描件，需先做文字识别",
    "internal-error": "程序内部错误，请报告",
}


def summary(
    ledger: Ledger, tally: Tally, passed: dict[str, int], changes: Sequence[Comparison] = ()
) -> Iterator[str]:
    """The lines that end a run: by status, by rule, what changed, the slowest files, and what needs a person."""
    counts = tally.statuses.copy()
    for row in ledger.rows():
        if row.code == "no-documents":  # a folder, which is no file
            yield row.problem
            counts[row.status] -= 1
    statuses = "，".join(f"{status_words(s)} {n}" for s, n in sorted(counts.items()) if n)
    yield f"共 {counts.total()} 个文件：{statuses or '无'}"
    if passed:
        yield f"另有 {sum(passed.values())} 个未作为文件读取（隐藏文件、其他类型等）"
    for rule, count in tally.rules.most_common():
        yield f"  {rule}  {count}"
    if tally.waived:
        yield f"已核销、未计入的问题 {tally.waived} 项"
    if changes:
        yield change_words(changes)
    slow = sorted(_slowest(ledger), reverse=True)[:_SLOWEST]
    if slow and slow[0][0] >= 1:
        yield "最慢：" + "，".join(
            f"{shown(os.path.basename(path))} {seconds:.1f} 秒" for seconds, path in slow
        )
    yield from _personal(ledger)


def _slowest(ledger: Ledger) -> list[tuple[float, str]]:
    found: list[tuple[float, str]] = []
    for row in ledger.rows():
        found.append((float(row.head.get("seconds", 0)), row.path))
        if len(found) > 100:
            found = sorted(found, reverse=True)[:_SLOWEST]
    return found


def _personal(ledger: Ledger) -> Iterator[str]:
    told = 0
    for row in ledger.rows():
        codes = [row.status, *row.head.get("problems", {})]
        words = next((_PERSONAL[code] for code in codes if code in _PERSONAL), "")
        if words and told == 0:
            yield "需要人工处理："
        told += bool(words)
        if words and told <= _NAMED:
            yield f"  {shown(row.path)}：{words}"
    if told > _NAMED:
        yield f"  ……共 {told} 个"


def passed_over(pairs: Iterable[tuple[str, str]]) -> dict[str, int]:
    """How many were passed over, by reason."""
    return dict(sorted(Counter(reason for _, reason in pairs).items()))


def state_of(folder: Path) -> dict[str, Any]:
    """What a ledger says of its run at this moment. Raises FileNotFoundError, sqlite3.Error."""
    path = folder / NAME
    if not path.is_file():
        raise FileNotFoundError(str(path))
    with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=ro", uri=True, timeout=30)) as base:
        notes = {key: json.loads(value) for key, value in base.execute("SELECT key, value FROM state")}
        run = base.execute("SELECT coalesce(max(run), 0) FROM files").fetchone()[0]
        sql = "SELECT status, count(*) FROM files WHERE state = 'done' AND run = ? GROUP BY status"
        statuses = dict(base.execute(sql, (run,)).fetchall())
        total = base.execute("SELECT count(*) FROM files WHERE run = ?", (run,)).fetchone()[0]
    return {"files": total, "done": sum(statuses.values()), "statuses": statuses, **notes}


def status_lines(folder: Path) -> Iterator[str]:
    """The state of a run in Chinese."""
    state = state_of(folder)
    words = (
        "正在运行"
        if held(folder)
        else "已完成"
        if state["done"] >= state["files"]
        else "已停止，可用同样的命令继续"
    )
    yield f"{words}：{state['done']}/{state['files']} 个文件"
    unread = sum(n for s, n in state["statuses"].items() if s not in READ)
    yield f"未能读取 {unread} 个"
    for status, count in sorted(state["statuses"].items()):
        yield f"  {status_words(status)}  {count}"
