"""Bar charts as SVG, drawn here: findings by rule, scores by unit."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from extractor.outputs.html.shell import safe
from extractor.outputs.wording import cut

_ROW = 22  # points of height a bar takes
_LABEL, _BARS, _END = 330, 240, 90  # widths: names, bars, what is said after a bar
_LONGEST = 26  # characters of a name


class Bar(NamedTuple):
    """A bar: its name, its parts as (class, length), and what is said after it."""

    name: str
    parts: Sequence[tuple[str, float]]
    said: str


def chart(
    title: str, bars: Sequence[Bar], whole: float = 0, legend: Mapping[str, str] = MappingProxyType({})
) -> str:
    """A chart of horizontal bars; ``whole`` is the length of a full one (0: that of the longest).

    ``legend`` names the classes of the parts.
    """
    if not bars:
        return ""
    full = whole or max(sum(length for _, length in bar.parts) for bar in bars) or 1
    rows = "".join(_row(bar, n, full) for n, bar in enumerate(bars))
    size = f"0 0 {_LABEL + _BARS + _END} {len(bars) * _ROW}"
    drawn = f'<svg viewBox="{size}" role="img"><title>{safe(title)}</title>{rows}</svg>'
    named = "".join(f'<span class="total {kind}">■ {safe(name)}</span>' for kind, name in legend.items())
    return f"<figure><h2>{safe(title)}</h2>{named and f'<p class=legend>{named}</p>'}{drawn}</figure>"


def _row(bar: Bar, number: int, full: float) -> str:
    top = number * _ROW
    middle = top + _ROW * 0.7
    parts = [f'<rect class="track" x="{_LABEL}" y="{top + 4}" width="{_BARS}" height="{_ROW - 8}"/>']
    at = float(_LABEL)
    for kind, length in bar.parts:
        width = _BARS * length / full
        parts.append(
            f'<rect class="bar {kind}" x="{at:.1f}" y="{top + 4}" width="{width:.1f}" height="{_ROW - 8}"/>'
        )
        at += width
    name = f"<title>{safe(bar.name)}</title>{safe(cut(bar.name, _LONGEST))}"
    return (
        f'<text x="{_LABEL - 6}" y="{middle}" text-anchor="end">{name}</text>{"".join(parts)}'
        f'<text x="{_LABEL + _BARS + 6}" y="{middle}">{safe(bar.said)}</text>'
    )
