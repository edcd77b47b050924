"""How the outputs for people name things in Chinese: kinds, severities, statuses, places."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import TYPE_CHECKING
from unicodedata import east_asian_width

from extractor.document import Place

if TYPE_CHECKING:
    from extractor.comparison import Comparison
    from extractor.waivers import Waiver

KINDS = {
    "self_evaluation": "绩效自评表",
    "target_declaration": "绩效目标表",
    "evaluation_report": "绩效评价报告",
    "department_evaluation": "部门整体绩效",
    "score_table": "评分表",
    "indicator_system": "指标体系表",
    "worksheet": "指标底稿",
    "basic_data": "基础数据表",
    "other": "其他表格",
    "unknown": "未能识别的类型",
}
SEVERITIES = {"error": "错误", "warning": "警告", "info": "提示"}
STATUSES = {
    "ok": "已读取",
    "ok-partial": "部分读取",
    "empty": "没有内容",
    "needs-password": "需要密码",
    "unsupported-type": "不支持的格式",
    "damaged": "文件损坏",
    "timeout": "超时",
    "memory": "内存不足",
    "crash": "解析中断",
    "unreadable": "无法读取",
    "internal-error": "程序内部错误",
}
_PARTS = {
    "body": "",
    "footnote": "脚注",
    "endnote": "尾注",
    "header": "页眉",
    "footer": "页脚",
    "comment": "批注",
    "textbox": "文本框",
}
# Control characters, bidirectional overrides and lone surrogates could change what a terminal shows.
_UNSHOWN = re.compile("[\x00-\x1f\x7f-\x9f\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

_PIECES = re.compile(r"[ ]*(?:[!-~]{1,40}|[^ ])[，。、；：？！）》”％‰…]*|[ ]+")


def shown(text: str) -> str:
    """A document's text, safe to show: line feeds as blanks, what a terminal would obey as U+FFFD."""
    return _UNSHOWN.sub("\ufffd", re.sub(r"[\r\n\t]+", " ", text))


def cut(text: str, longest: int) -> str:
    """At most ``longest`` characters, the last of them … where something is left out."""
    return text if len(text) <= longest else text[: longest - 1].rstrip() + "…"


def nothing(label: str) -> str:
    """What stands for an empty text behind its label: （空）, unless the label says so itself."""
    return "" if label.endswith("（空）") else "（空）"


def around(text: str, quote: str, longest: int = 60) -> str:
    """What a quote says around a text in it, at most ``longest`` characters and two …"""
    if len(quote) <= longest:
        return quote
    middle = max(quote.find(text), 0) + len(text) // 2
    start = max(0, min(middle - longest // 2, len(quote) - longest))
    end = start + longest
    return ("…" if start else "") + quote[start:end].strip() + ("…" if end < len(quote) else "")


def columns(text: str) -> int:
    """How many columns a text takes on a terminal: two for a wide character."""
    return sum(2 if east_asian_width(character) in "WF" else 1 for character in text)


def folded(line: str, width: int) -> str:
    """A long line over several of at most ``width`` columns, the later ones indented as its own words are.

    Chinese may break anywhere but before a closing mark; a number or a Latin word stays whole where it can.
    """
    indent = " " * (len(line) - len(line.lstrip(" ·0123456789.")))
    lines = [""]
    for piece in _PIECES.findall(line):
        if columns(lines[-1]) + columns(piece) > width and lines[-1].strip():
            lines.append(indent)
            piece = piece.lstrip()
        lines[-1] += piece
    return "\n".join(lines)


def status_words(status: str) -> str:
    """A status in Chinese; the limits, whose names are open, as 超出限制."""
    return STATUSES.get(status, f"超出限制（{status}）" if status.startswith("limit-") else status)


def change_words(comparisons: Iterable[Comparison]) -> str:
    """与上次结果“old.json”相比：新增 2 项，消除 1 项，未变 5 项, summed over the comparisons."""
    every = list(comparisons)
    new, gone, same = (sum(len(getattr(c, name)) for c in every) for name in ("new", "gone", "unchanged"))
    absent = sum(len(c.absent) for c in every)
    more = f"；上次的 {absent} 个文件这次没有读到" if absent else ""
    names = f"“{shown(every[0].earlier)}”" if every else ""
    return f"与上次结果{names}相比：新增 {new} 项，消除 {gone} 项，未变 {same} 项{more}"


def waiver_words(waiver: Waiver) -> str:
    """已有书面说明（王某，2026-11-21）"""
    return f"{shown(waiver.reason)}（{shown(waiver.who)}，{shown(waiver.when)}）"


def place_words(place: Place) -> str:
    """Where to look: 第3页, 第3—5、8页, or without pages 第2个表第5行第4列, 第12段 (counted from 1), D7 单元格."""
    pages = sorted({part.page for part in (place, *place.parts) if part.page})
    if pages:
        return f"第{_runs(pages)}页"
    return _part_words(place.part) + _spot_words(place)


def _runs(numbers: list[int]) -> str:
    """Ascending numbers in short: 3—5、8."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and runs[-1][-1] == number - 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return "、".join(f"{run[0]}—{run[-1]}" if len(run) > 2 else "、".join(map(str, run)) for run in runs)


def _part_words(part: str | None) -> str:
    if not part:
        return ""
    known = _PARTS.get(part.rstrip("0123456789").removesuffix("s"))
    return f"“{shown(part)}”" if known is None else known


def _spot_words(place: Place) -> str:
    if place.cell is not None:
        return f" {place.cell} 单元格"
    if place.table is not None:
        row = f"第{place.row + 1}行" if place.row is not None else ""
        col = f"第{place.col + 1}列" if place.col is not None else ""
        return f"第{place.table + 1}个表{row}{col}"
    return f"第{place.paragraph + 1}段" if place.paragraph is not None else ""
