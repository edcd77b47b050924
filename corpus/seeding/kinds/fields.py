"""A wrong figure in a certain place: a weight, a score, a total, a target, an actual value, a rate …"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator

from seeding.figures import value
from seeding.forms import figure
from seeding.kinds import kind
from seeding.plot import Plot, Seed
from seeding.sheet import Spot

TOTAL = re.compile(r"合\s*计|总\s*计|小\s*计|总\s*额|总\s*分")
SPENT = re.compile(r"执行数|支出|支付|使用|已付")
AMOUNT = re.compile(r"元|支出|资金|预算|金额|经费")
RATE = re.compile(r"执行率|支付率|支出率|使用率")
GROWTH = re.compile(r"增长|下降|增幅|降幅|同比|提高|减少")
SHARE = re.compile(r"占[^，。]{0,8}$|占比|比重")
SUMMARY = re.compile(r"摘要|概要|概述|报告要点|内容提要")


def _where(name: str, said: str, fits: Callable[[Plot, Spot], bool]) -> None:
    """Registers a kind whose places are the tied figures that fit."""

    def candidates(plot: Plot) -> Iterator[Seed]:
        for spot in plot.tied():
            if fits(plot, spot) and (seed := plot.first(name, spot, plot.slips(spot))):
                yield seed

    kind(name, said)(candidates)


def _field(
    name: str, said: str, field: str, news: Callable[[Plot, Spot, Spot | None], list[str]] | None = None
) -> None:
    """Registers a kind whose places are one field of the indicator rows."""

    def candidates(plot: Plot) -> Iterator[Seed]:
        for entry in plot.entries():
            spot = figure(plot.sheet, entry.cells.get(field))
            if spot is None or spot.start not in plot.ties:
                continue
            weight = figure(plot.sheet, entry.cells.get("weight"))
            wrong = news(plot, spot, weight) if news else list(plot.slips(spot))
            if seed := plot.first(name, spot, wrong):
                yield seed

    kind(name, said)(candidates)


def _weights(plot: Plot, spot: Spot, weight: Spot | None) -> list[str]:
    """Other weights as they are written by mistake."""
    steps = plot.drawn([-3, -2, -1, 1, 2, 5])
    return [str(spot.value + n) for n in steps if spot.value + n > 0]


def _scores(plot: Plot, spot: Spot, weight: Spot | None) -> list[str]:
    """Other scores that the weight allows."""
    top = weight.value if weight else spot.value + 1
    steps = [str(spot.value - n) for n in plot.drawn([1, 2, 3]) if spot.value - n >= 0]
    return [new for new in [*plot.slips(spot), *steps] if value(new) <= top]


def _labelled(pattern: re.Pattern[str]) -> Callable[[Plot, Spot], bool]:
    return lambda _, spot: bool(pattern.search(spot.label[-10:] if not spot.whole_cell else spot.head))


_field("weight", "权重写错", "weight", _weights)
_field("score", "得分写错", "score", _scores)
_field("target", "目标值写错", "target")
_field("actual", "完成值写错", "actual")
_where("total", "合计写错", lambda _, s: s.whole_cell and any(TOTAL.match(t) for t in s.labels[-1:]))
_where(
    "executed-amount",
    "执行数写错",
    lambda _, s: (
        bool(SPENT.search(s.label + s.head))
        and s.unit not in ("%", "‰", "分")
        and bool(AMOUNT.search(s.unit + s.head))
    ),
)
_where(
    "execution-rate",
    "执行率写错",
    lambda _, s: bool(RATE.search(s.head if s.whole_cell else s.label)) and s.unit in ("%", ""),
)
_where("prose-rate", "正文比率写错", lambda _, s: not s.whole_cell and s.unit == "%")
_where("growth", "增长率写错", lambda p, s: s.unit == "%" and _labelled(GROWTH)(p, s))
_where("share", "占比写错", lambda p, s: s.unit == "%" and _labelled(SHARE)(p, s))
_where("summary", "摘要与正文不符", lambda _, s: s.cell is None and bool(SUMMARY.search(s.section)))
