"""Layout as pure geometry: rulings to cells, characters to lines, lines to text, cut rows, turned pages."""

from __future__ import annotations

import itertools
import random
from collections.abc import Callable, Sequence

import numpy as np
import pytest

from extractor.document import Box, Paragraph, Place, Text, join
from extractor.layout import limits, shapes
from extractor.layout.bare import free_uprights
from extractor.layout.cut_rows import is_cut, runs_on
from extractor.layout.flow import PageFlow, pages_to_flows
from extractor.layout.glyphs import are_trusted, repaired
from extractor.layout.grid import Grid, cells_to_grid, chars_in_cells
from extractor.layout.lattice import (
    Meetings,
    Rulings,
    edges_to_cells,
    edges_to_rulings,
    rulings_to_meetings,
)
from extractor.layout.line import Line
from extractor.layout.lines import chars_to_lines
from extractor.layout.open_ends import missing_sides
from extractor.layout.overflow import with_overflow
from extractor.layout.page import Chars, Edges, PageContent
from extractor.layout.pieces import Piece, PieceLine, chars_to_pieces
from extractor.layout.seams import Seam
from extractor.layout.stripes import rows_between
from extractor.layout.turning import Turn, blocks_as_seen, turned
from extractor.layout.unruled import unruled_tables
from extractor.layout.unruled_frames import Sheet, free_rules
from extractor.layout.wrapping import Placed, Room, joint, lines_to_text

EM = 10.0


def edges(across: Sequence[tuple[float, float, float]], down: Sequence[tuple[float, float, float]]) -> Edges:
    return Edges(np.array(across, float).reshape(-1, 3), np.array(down, float).reshape(-1, 3))


def grid_edges(xs: Sequence[float], ys: Sequence[float]) -> Edges:
    return edges([(y, xs[0], xs[-1]) for y in ys], [(x, ys[0], ys[-1]) for x in xs])


def chars(*texts: tuple[float, float, str], turn: int = 0, em: float = EM) -> Chars:
    """Characters of texts that start at (x, top): Chinese ones an em wide, others half."""
    codes: list[int] = []
    boxes: list[tuple[float, float, float, float]] = []
    for x, top, text in texts:
        for letter in text:
            width = em if ord(letter) >= 0x2E80 else em / 2
            codes.append(ord(letter))
            boxes.append((x, top, x + width, top + em))
            x += width
    array = np.array(boxes, float).reshape(-1, 4)
    return Chars(np.array(codes, np.uint32), array, np.full(len(codes), turn), array)


def lines(*texts: tuple[float, float, str]) -> list[Line]:
    letters = chars(*texts)
    return chars_to_lines(letters, np.zeros(len(letters), np.int64), 1).groups[0]


def placed(*texts: str, room: float = 60.0, page: int = 1, left: float = 0.0) -> tuple[Placed, ...]:
    """Lines below each other from the left side of a room, 12 points apart."""
    return tuple(
        Placed(lines((left, 12.0 * n, text))[0], page, Room(left, left + room))
        for n, text in enumerate(texts)
    )


def text_of(*texts: str, room: float = 60.0) -> str:
    return lines_to_text(placed(*texts, room=room), Place()).string


# Rulings to cells


def slow_cells(across: np.ndarray, down: np.ndarray) -> set[Box]:
    """The same rule by looking at everything: smallest rectangles with four joined corners."""
    points = {
        (x, y)
        for x, top, foot in down
        for y, x0, x1 in across
        if top - 3 <= y <= foot + 3 and x0 - 3 <= x <= x1 + 3
    }

    def level(a: tuple[float, float], b: tuple[float, float]) -> bool:
        return any(
            y == a[1] and x0 - 3 <= min(a[0], b[0]) and max(a[0], b[0]) <= x1 + 3 for y, x0, x1 in across
        )

    def upright(a: tuple[float, float], b: tuple[float, float]) -> bool:
        return any(
            x == a[0] and top - 3 <= min(a[1], b[1]) and max(a[1], b[1]) <= foot + 3 for x, top, foot in down
        )

    found = set()
    for x, y in points:
        right = sorted(p for p in points if p[1] == y and p[0] > x and level((x, y), p))
        below = sorted(p for p in points if p[0] == x and p[1] > y and upright((x, y), p))
        for (_, foot), (far, _) in itertools.product(below, right):
            corner = (far, foot)
            if corner in points and level(corner, (x, foot)) and upright(corner, (far, y)):
                found.add(Box(x, y, far, foot))
                break
    return found


@pytest.mark.parametrize("seed", range(12))
def test_cells_are_those_of_the_plain_rule(seed: int) -> None:
    rng = random.Random(seed)
    xs, ys = [50.0 * i for i in range(6)], [20.0 * i for i in range(7)]
    across = [(y, a, b) for y in ys for a, b in itertools.pairwise(xs) if rng.random() < 0.75]
    down = [(x, a, b) for x in xs for a, b in itertools.pairwise(ys) if rng.random() < 0.75]
    drawn = edges(across, down)
    level, upright = edges_to_rulings(drawn)
    expected = slow_cells(
        np.stack((level.at[level.line], level.start, level.end), 1),
        np.stack((upright.at[upright.line], upright.start, upright.end), 1),
    )
    assert {box for cells in edges_to_cells(drawn) for box in cells} == expected


def test_edges_that_nearly_touch_are_one() -> None:
    drawn = [(10.0, 0, 50), (11.0, 52, 90), (30.0, 0, 40), (30.0, 50, 90), (60.0, 0, 2)]
    for across, down in ((drawn, []), ([], drawn), (drawn, drawn), (drawn, [(12.0, 0, 9)])):
        for lines_, of in zip(edges_to_rulings(edges(across, down)), (across, down), strict=True):
            ends = list(zip(lines_.start.tolist(), lines_.end.tolist(), strict=True))
            if of is drawn:
                assert lines_.at.tolist() == [10.5, 30.0]
                assert ends == [(0, 90), (0, 40), (50, 90)]
            else:
                assert ends == [(start, end) for _, start, end in of]


def test_tables_are_parted_where_no_corner_is_shared() -> None:
    above, below = grid_edges([0, 50, 100], [0, 20, 40]), grid_edges([0, 50, 100], [80, 100, 120])
    assert [len(cells) for cells in edges_to_cells(above.plus(below))] == [4, 4]


def met(drawn: Edges) -> tuple[Rulings, Meetings | None]:
    rulings = edges_to_rulings(drawn)
    return rulings, rulings_to_meetings(rulings)


def test_open_feet_and_open_sides_are_closed() -> None:
    cut = edges([(0, 0, 100), (20, 0, 100)], [(x, 0, 45) for x in (0, 50, 100)])
    added = missing_sides(*met(cut))
    assert added.across.tolist() == [[45, 0, 50], [45, 50, 100]] and not len(added.down)
    sideless = edges([(y, 0, 150) for y in (0, 20, 40)], [(50, 0, 40), (100, 0, 40)])
    assert sorted({row[0] for row in missing_sides(*met(sideless)).down.tolist()}) == [0, 150]


def test_the_foot_of_a_cell_whose_neighbours_end_is_open() -> None:
    upright = [(x, 0, 40) for x in (0, 50, 100, 150)]
    drawn = edges([(0, 0, 150), (20, 0, 150), (40, 0, 50), (40, 100, 150)], upright)
    assert missing_sides(*met(drawn)).across.tolist() == [[40, 50, 100]]
    beside = edges(
        [(y, a, b) for y in (0, 20, 40) for a, b in ((0, 50), (100, 150))], upright
    )  # two tables beside each other
    assert not len(missing_sides(*met(beside)))


def test_a_line_below_a_cut_table_is_parted_among_its_open_cells() -> None:
    upright = [(x, 0, 45) for x in (0, 50, 100, 150)]
    drawn = edges([(0, 0, 150), (20, 0, 150), (40, 50, 100)], upright)
    (flow,) = pages_to_flows(
        [page(chars((5, 25, "指"), (55, 25, "金额"), (105, 25, "得"), (5, 47, "标"), (105, 47, "分")), drawn)]
    ).flows
    assert [line.string for line in flow.lines] == ["标 分"]
    (grid,) = with_overflow((*flow.grids, *flow.lines))
    assert isinstance(grid, Grid) and [c.string for c in grid.cells if c.row == 1] == ["指标", "金额", "得分"]
    aside = [*flow.grids, flow.lines[0]._replace(string="标 分", first=flow.lines[0].first + 1)]
    assert with_overflow(aside) == aside  # not all of it stands below open cells


def test_a_closed_grid_and_lone_rules_are_left_as_they_are() -> None:
    drawn = grid_edges([0, 50, 100], [0, 20, 40]).plus(edges([(-30, 0, 100), (300, 0, 100)], []))
    assert not len(missing_sides(*met(drawn)))


def test_spans_and_fields_without_a_box() -> None:
    grid = cells_to_grid([Box(0, 0, 100, 20), Box(0, 20, 50, 60), Box(50, 20, 100, 40)])
    assert [(c.row, c.col, c.rowspan, c.colspan) for c in grid.cells] == [
        (0, 0, 1, 2),
        (1, 0, 2, 1),
        (1, 1, 1, 1),
        (2, 1, 1, 1),
    ]
    inside = np.array([[10, 5, 20, 15], [60, 45, 70, 55], [200, 5, 210, 15]], float)
    assert chars_in_cells(inside, grid).tolist() == [0, 3, -1]


def unruled(heights: Sequence[float], *pieces: tuple[float, float, str]) -> list[Grid]:
    """The tables that rules from 0 to 200 at some heights frame around some texts."""
    texts = chars(*pieces)
    rules = free_rules(*met(edges([(y, 0, 200) for y in heights], [])))
    return unruled_tables(rules, Sheet(chars_to_pieces(texts.codes, texts.boxes), 800))


TWO_ROWS = ((5, 25, "甲"), (120, 25, "12"), (5, 45, "乙"), (120, 45, "34"))
HEAD = ((5, 5, "项目"), (120, 5, "金额"))


def test_level_rules_with_text_in_columns_are_a_table() -> None:
    (grid,) = unruled((0, 20, 80), *HEAD, *TWO_ROWS)
    assert (grid.n_rows, grid.n_cols) == (3, 2) and grid.is_guess and not grid.goes_on


def test_prose_between_rules_is_no_table() -> None:
    prose = [(0, 5 + 15 * n, "一段没有分栏的正文写到行尾没有空隙") for n in range(5)]
    assert unruled((0, 20, 80), *prose) == []


@pytest.mark.parametrize(("is_open", "first_column_ends"), [(False, 112.5), (True, 100.0)])
def test_columns_of_a_closed_table_are_kept_only_where_all_stands_in_them(
    is_open: bool, first_column_ends: float
) -> None:
    rows = [(x, y, text) for y in range(25, 145, 20) for x, text in ((5, "甲"), (120, "12"))]
    texts = chars(*HEAD, *rows, (5, 145, "一个名称长过前一页的"), (120, 145, "34"))
    sheet = Sheet(chars_to_pieces(texts.codes, texts.boxes), 800, (0.0, 100.0, 200.0), is_open)
    (grid,) = unruled_tables(free_rules(*met(edges([(y, 0, 200) for y in (0, 20, 170)], []))), sheet)
    assert grid.cells[0].box.x1 == first_column_ends


def test_a_row_may_begin_beside_the_last_line_of_a_name_that_runs_on() -> None:
    rows = [
        (5, 25, "可持续影响"),
        (120, 25, "5.0"),
        (5, 41, "指标"),
        (120, 48, "6.0"),
        (5, 70, "乙"),
        (120, 70, "34"),
    ]
    (grid,) = unruled((0, 20, 90), *HEAD, *rows)
    assert grid.n_rows == 4


def test_a_caption_between_rules_of_one_width_parts_two_tables() -> None:
    again = [(x, y + 100, text) for x, y, text in (*HEAD, *TWO_ROWS)]
    grids = unruled((0, 20, 65, 100, 120, 165), *HEAD, *TWO_ROWS, (5, 78, "表2 支付情况"), *again)
    assert [grid.n_rows for grid in grids] == [3, 3]


def test_a_table_may_end_with_the_page() -> None:
    (grid,) = unruled(
        (700, 720),
        (5, 705, "项目"),
        (120, 705, "金额"),
        (5, 725, "甲"),
        (120, 725, "12"),
        (5, 745, "乙"),
        (120, 745, "34"),
    )
    assert grid.goes_on and grid.n_rows == 3


def test_rules_without_end_are_a_drawing() -> None:
    assert unruled(range(0, 4000, 5), *HEAD, *TWO_ROWS) == []


def test_free_rulings_are_those_that_none_crosses(monkeypatch: pytest.MonkeyPatch) -> None:
    drawn = edges([(0, 0, 90), (200, 0, 90)], [(50, 180, 240), (50, 60, 120), (70, 60, 120)])
    assert free_rules(*met(drawn)) == [(0, 0, 90)]
    assert free_uprights(*met(drawn)) == [(60, 120, 50), (60, 120, 70)]
    monkeypatch.setattr(limits, "MAX_MEETINGS", 3)
    assert free_rules(*met(drawn)) == [] and free_uprights(*met(drawn)) == []
    assert not len(missing_sides(*met(drawn)))


def test_cells_of_unruled_tables_never_overlap() -> None:
    rng = random.Random(7)
    found = 0
    for _ in range(150):
        heights = sorted(rng.uniform(0, 400) for _ in range(rng.choice((2, 3, 8, 30))))
        rows = [(rng.uniform(0, 60), 13.0 * n + rng.uniform(0, 6)) for n in range(30)]
        pieces = [
            (x + 70 * k, y, rng.choice(("12,450", "项目", "—", "表1"))) for x, y in rows for k in range(3)
        ]
        for grid in unruled(heights, *pieces):
            found += 1
            fields = [
                (r, c)
                for cell in grid.cells
                for r in range(cell.row, cell.row_end)
                for c in range(cell.col, cell.col_end)
            ]
            assert len(fields) == len(set(fields)) == grid.n_rows * grid.n_cols
    assert found > 50


# Characters to lines


def test_characters_of_one_baseline_are_one_line_from_left_to_right() -> None:
    found = lines((50, 1, "乙"), (0, 0, "甲"), (0, 20, "丙"))
    assert [line.string for line in found] == ["甲 乙", "丙"]  # a gap of several characters reads as a blank
    assert found[0].ink[16:32] == bytes(16)


def test_a_comma_with_the_box_of_its_ink_stays_between_its_digits() -> None:
    figure = chars((0, 0, "12,450.5"))
    figure.boxes[[2, 6], 1] = 8.0  # as high as their ink, at the foot of the line
    (line,) = chars_to_lines(figure, np.zeros(8, np.int64), 1).groups[0]
    assert line.string == "12,450.5"


def test_a_thin_character_stays_on_its_line() -> None:
    letters = chars((0, 0, "第一条"))
    letters.boxes[1, 1::2] = (4.5, 5.5)
    assert [line.string for line in chars_to_lines(letters, np.zeros(3, np.int64), 1).groups[0]] == ["第一条"]


def test_sideways_characters_are_lines_of_their_own() -> None:
    letters = chars((0, 0, "上"), (0, 10, "下"), (50, 0, "直"))
    letters.turns[:2] = 1
    found = chars_to_lines(letters, np.zeros(3, np.int64), 1).groups[0]
    assert [(line.string, line.turn) for line in found] == [("上下", 1), ("直", 0)]


def test_groups_keep_their_characters_apart() -> None:
    letters = chars((0, 0, "甲乙"), (40, 0, "丙丁"))
    found = chars_to_lines(letters, np.array([0, 0, 1, 1]), 2).groups
    assert [[line.string for line in group] for group in found] == [["甲乙"], ["丙丁"]]


# Lines to text: a room of 60 points holds six Chinese characters


@pytest.mark.parametrize(
    ("printed", "read"),
    [
        (("绿化养护工作", "已完成"), "绿化养护工作已完成"),
        (("绿化养护", "已完成"), "绿化养护\n已完成"),
        (("绿化养护工", "（第一期）"), "绿化养护工（第一期）"),
        (("绿化养护工", "作，已完成"), "绿化养护工作，已完成"),
        (("合计支出共", "1234元"), "合计支出共1234元"),
        (("12,345,678.", "26"), "12,345,678.26"),
        (("完成率100.00", "%"), "完成率100.00%"),
        (("plan and", "execution"), "plan and execution"),
        (("budget", "execution"), "budget execution"),
        (("项目已完成。", "1.绿化养护"), "项目已完成。\n1.绿化养护"),
        (("完成绿化养护", "“第一期”"), "完成绿化养护“第一期”"),
    ],
)
def test_which_line_ends_the_width_made(printed: tuple[str, ...], read: str) -> None:
    assert text_of(*printed) == read


def test_centred_lines_have_room_on_both_sides() -> None:
    def centred(text: str, top: float) -> Placed:
        width = sum(10 if ord(c) >= 0x2E80 else 5 for c in text)
        return Placed(lines((30 - width / 2, top, text))[0], 1, Room(0, 60))

    assert joint(centred("绿化养护", 0), centred("作", 12)) == "\n"
    assert joint(centred("绿化养护工作", 0), centred("费", 12)) == ""


def test_ink_keeps_every_printed_character_and_its_page() -> None:
    upper, lower = placed("绿化养护工作", page=1)[0], placed("已完成", page=2)[0]
    text = lines_to_text([upper, lower], Place(page=1))
    assert text.ink is not None and [text.ink.page(i) for i in range(9)] == [1] * 6 + [2] * 3
    assert [page for page, _ in text.ink.lines(0, 9)] == [1, 2]
    whole = join([text, Text("附表"), text], "\n").ink
    pages = [1] * 6 + [2] * 3 + [0] * 4 + [1] * 6 + [2] * 3
    assert whole is not None and [whole.page(i) for i in range(22)] == pages
    for start, end in itertools.combinations(range(23), 2):
        part = whole.cut(start, end)
        assert [part.page(i) for i in range(len(part))] == pages[start:end]


# Cut rows


def seam(
    upper: Sequence[str],
    lower: Sequence[str],
    rows: tuple[int, int] = (1, 1),
    height: float = 30.0,
    **more: bool,
) -> Seam:
    """Cells 60 points wide; the upper one is ``height`` high, its lines 12 points apart from its top."""
    return Seam(
        placed(*upper),
        placed(*lower, page=2),
        Box(0, 0, 60, height),
        Box(0, 0, 60, 30),
        *rows,
        pitch=12.0,
        **more,
    )


CUT = {
    "a sentence goes on while figures have ended": [
        seam(["绿化养护工作", "按照实施方案"], ["组织推进。"]),
        seam(["100%"], []),
        seam(["10"], []),
    ],
    "a paragraph ended with the page": [
        seam(["绿化养护工作", "已经完成。"], ["下一段文字"]),
        seam(["10"], []),
    ],
    "a sentence is cut beside a paragraph that ended": [
        seam(["栽种树木三千棵", "并且养护。"], ["道路铺设沥青。"]),
        seam(["种下树木，铺设", "沥青道路，安装"], ["路灯五十盏。"]),
    ],
    "the end of a label stands below": [
        seam(["效益指标"], ["（30分）"], (1, 3)),
        seam(["实际完成量"], ["占计划的比例乘分值。"], height=15.0),
        seam(["15"], []),
    ],
    "a text ends with a conjunction": [
        seam(["改进措施及"], ["结果应用"], height=15.0),
        seam(["已整改。"], []),
    ],
    "no ruling closes the row": [seam(["甲"], ["乙"], is_open=True), seam(["丙"], [], is_open=True)],
    "heads that are counted are broken": [
        seam(["三级指标"], [], (2, 1)),
        *(seam(["评审人"], [str(n)], height=14.0) for n in (1, 2, 3)),
    ],
    "a label is cut between its words": [
        seam(["年度"], ["履职目标"]),
        seam(["种下树木，铺设", "沥青道路，安装"], ["路灯五十盏。"]),
    ],
    "a list goes on in several cells": [
        seam(["1.举办培训"], ["班期数2.参训人数"], height=14.0),
        seam(["1.12期二期"], ["2.36人"], height=14.0),
        seam(["1.11期二期"], ["2.35人"], height=14.0),
        *(seam([text], [], height=14.0) for text in ("数量指标", "30", "28")),
    ],
    "lists go on beside a label": [
        seam(["总体目标的"], ["完成情况"], (2, 1), height=14.0),
        seam(["目标1：种下树", "木，铺设道路；"], ["目标2：安装路灯。"]),
        seam(["目标1：种三千", "棵，铺了两里；"], ["目标2：安装五十盏"]),
    ],
    "the last character of a label stands below": [
        seam(["工作完成情"], ["况"], height=14.0),
        seam(["栽种树木三千棵", "并且养护。"], ["道路铺设沥青。"]),
    ],
    "a label's points stand below": [
        seam(["合同管理情况（本"], ["指标8分）"], (2, 1), height=14.0),
        seam(["修缮工程变"], ["更审核"], height=14.0),
        seam(["4"], []),
        seam(["4"], []),
    ],
}
NEW = {
    "every cell has a whole text": [
        seam(["街道道路保洁", "完成率"], ["绿化养护"]),
        seam(["100%"], ["95%"]),
        seam(["10"], ["10"]),
    ],
    "texts without full stops fill their cells": [
        seam(["栽种树木三千棵", "并且养护。"], ["道路铺设沥青。"]),
        seam(["种下树木，铺设", "沥青道路安装好"], ["路灯五十盏"]),
    ],
    "a slot for an indicator begins below": [
        seam(["指标1：发放补贴的", "企业户数目标"], ["指标2：培训"]),
        seam(["40"], []),
        seam(["40"], []),
    ],
    "a placeholder stands below": [
        seam(["文旅宣传推", "介活动经费"], ["……"]),
        seam(["41.0"], []),
        seam(["4"], []),
    ],
    "figures with their units stand below others": [
        seam(["疫苗接种的", "剂次剂次数"], ["应急演练次数"]),
        seam(["≥12万剂次"], ["≥4次"]),
        seam(["√"], []),
        seam(["是"], []),
    ],
    "figures stand below heads": [
        seam(["三级指标"], ["哨点数量个数"], (2, 1)),
        seam(["年度指标值"], ["≥18个"], (2, 1)),
        seam(["全年完成值"], ["18个"], (2, 1)),
        seam(["经费保障"], []),
        seam(["其他"], []),
    ],
    "figures stand below heads that no ruling closes": [
        seam(["指标名称"], ["新建校舍面积"], is_open=True),
        seam(["目标值"], ["≥8600平方米"], is_open=True),
        seam(["完成值"], ["8752平方米"], is_open=True),
    ],
    "the next goal stands below": [
        seam(["年度总体目"], [], (2, 1), height=14.0),
        seam(["目标1：种下树", "木，铺设道路；"], ["目标2：安装路灯。"]),
        seam(["目标1：种三千", "棵，铺了两里；"], ["目标2：安装五十盏"]),
    ],
    "a short unit stands below another": [
        seam(["投入经费的"], ["购置设备数"], height=14.0),
        seam(["万元万元万"], ["台"], height=14.0),
        seam(["100"], ["12"], height=14.0),
    ],
    "only figures": [seam(["123,456,78"], ["98"]), seam(["1980年"], ["1981年"])],
    "only the merged cell is open": [seam(["甲"], [], (3, 2), is_open=True), seam(["丙"], ["丁"])],
    "an empty row": [seam(["甲"], []), seam(["10"], [])],
    "text where there was none": [seam([], ["说明"]), seam(["绿化养护工作"], ["道路保洁"])],
}


@pytest.mark.parametrize("seams", CUT.values(), ids=CUT.keys())
def test_a_cut_row_goes_on(seams: list[Seam]) -> None:
    assert is_cut(seams)


@pytest.mark.parametrize("seams", NEW.values(), ids=NEW.keys())
def test_a_new_row_begins(seams: list[Seam]) -> None:
    assert not is_cut(seams)


def test_a_blank_row_is_the_rest_of_one_with_less_left_under_it() -> None:
    row = [seam(["甲"], [], height=14.0)._replace(lower_box=Box(0, 0, 60, 16)), seam(["10"], [], height=14.0)]
    assert is_cut([s._replace(foot=8.0) for s in row])
    assert not is_cut([s._replace(foot=4.0) for s in row])


def test_a_label_goes_on_over_a_new_row() -> None:
    assert runs_on(seam(["效益"], ["指标"]), column_groups=False)
    assert runs_on(seam([], ["实施计划"], (1, 3)), column_groups=False, is_full=True)
    assert not runs_on(seam([], ["实施计划"], (1, 3)), column_groups=False)


def test_a_merged_cell_goes_on_over_a_new_row() -> None:
    assert runs_on(seam(["产出指标"], [], (3, 2)), column_groups=False)
    assert runs_on(seam(["产出指标"], []), column_groups=True)
    assert not runs_on(seam(["备注"], []), column_groups=False)
    assert not runs_on(seam(["产出指标"], ["效益指标"], (3, 2)), column_groups=True)


# What a paragraph is


LEVELS = {
    1: ["第一章 总则", "附件1 底稿"],
    2: ["一、基本情况"],
    3: ["（一）概况", "2.1 资金情况"],
    4: ["1. 背景", "1、背景"],
}
LEVELS |= {5: ["（2）内容"], 6: ["1) 日常", "①日常"], 0: ["99.5%的指标", "2023年度", "项目概况"]}


@pytest.mark.parametrize(
    ("string", "level"), [(s, level or None) for level, found in LEVELS.items() for s in found]
)
def test_numbering_says_a_level(string: str, level: int | None) -> None:
    assert shapes.numbering_level(string) == level


SHAPES = {
    shapes.is_caption: (
        "表 1-1 资金情况|表2 明细|续表 1-1 资金情况|附表一 目标",
        "表明项目已完成|表 1 显示了结果。",
    ),
    shapes.is_unit: ("单位：万元|（金额单位：元）|单位:人", "单位：某某局，共三个科室|项目单位：甲"),
    shapes.is_continued: ("续表|（续）|（续表）", "继续执行"),
    lambda s: shapes.is_contents(s, False): ("一、概况………3|1.1 背景 ........ 12", "一、概况|省略……"),
    lambda s: shapes.is_contents(s, True): ("一、概况 3", "一、概况"),
    lambda s: shapes.is_heading(s, 10, 10, 1): ("一、基本情况|1. 背景", "一、已经完成；|基本情况"),
    lambda s: shapes.is_heading(s, 16, 10, 1): ("基本情况", "基本情况已经写明。|12"),
}


@pytest.mark.parametrize(("is_shape", "examples"), SHAPES.items())
def test_shapes(is_shape: Callable[[str], bool], examples: tuple[str, str]) -> None:
    yes, no = (part.split("|") for part in examples)
    assert [s for s in yes if not is_shape(s)] == [] and [s for s in no if is_shape(s)] == []


# Faults and turned pages


def page(letters: Chars, drawn: Edges | None = None, width: float = 200, height: float = 100) -> PageContent:
    return PageContent(1, width, height, letters, drawn or edges([], []))


def test_a_character_printed_again_is_one() -> None:
    sheets = pages_to_flows([page(chars((0, 0, "甲乙"), (0.4, 0.3, "甲"), (30, 0, "甲")))])
    assert [line.string for line in sheets.flows[0].lines] == ["甲乙 甲"] and sheets.doubled == 1


def test_characters_of_one_glyph_are_not_printed_again() -> None:
    dash, letter = [0.0, 0.0, 2 * EM, EM], [40.0, 0.0, 40 + 0.6 * EM, EM]
    after = [[letter[2] + n, 0.0, letter[2] + n + 4, EM] for n in (0, 4)]

    def read(text: str, boxes: Sequence[Sequence[float]]) -> tuple[str, int]:
        own = np.array(boxes, float)
        codes = np.array([ord(c) for c in text], np.uint32)
        sheets = pages_to_flows([page(Chars(codes, own, np.zeros(len(own), np.int64), own))])
        return sheets.flows[0].lines[0].string, sheets.doubled

    assert read("——", [dash, dash]) == ("——", 0)
    assert read("ffic", [letter, letter, *after]) == ("ffic", 0)
    assert read("ffii", [letter, letter, after[0], after[0]]) == ("fi", 2)
    assert read("甲甲", [dash, dash]) == ("甲", 1)


def test_radicals_of_one_page_are_repaired_on_that_page() -> None:
    (first, second), count = repaired([page(chars((0, 0, "甲乙"))), page(chars((0, 0, "⼀乙")))])
    assert [chr(page.chars.codes[0]) for page in (first, second)] == ["甲", "一"] and count.repaired == 1


def test_pages_read_together_read_as_each_alone() -> None:
    drawn = grid_edges([0, 50, 100], [0, 20, 40])
    pages = [
        page(chars((5, 5, "甲"), (55, 5, "乙"), (5, 25, "丙"), (0, 60, "正文 一")), drawn),
        page(chars((0, 0, "大"), em=60.0)),
        page(chars((5, 0, "一"), (15, 0, "二"), (5, 20, "丁")), drawn),
    ]
    pages[2].chars.boxes[0, 1::2] = (4.5, 5.5)  # as thin as its ink
    together = pages_to_flows(pages).flows
    alone = [pages_to_flows([one]).flows[0] for one in pages]
    assert [_printed(flow) for flow in together] == [_printed(flow) for flow in alone]
    assert _printed(together[2]) == [["一二", "", "丁", ""], []]


def _printed(flow: PageFlow) -> list[list[str]]:
    return [[cell.string for grid in flow.grids for cell in grid.cells], [line.string for line in flow.lines]]


@pytest.mark.parametrize(
    ("text", "trusted"),
    [
        ("项目支出", True),
        ("\ue000\ue001项目", False),
        ("ÏîÄ¿Ãû³ÆÏîÄ¿Ãû³ÆÏîÄ¿Ãû³Æ", False),
        ("", True),
        ("Café plan 2023 项目", True),
    ],
)
def test_text_that_cannot_be_trusted(text: str, trusted: bool) -> None:
    sound = np.array([ord(c) for c in "项目支出"], np.uint32)
    assert are_trusted([sound, np.array([ord(c) for c in text], np.uint32)]) == [True, trusted]


@pytest.mark.parametrize("quarters", [1, 2, 3])
def test_a_box_turned_and_back_is_the_same(quarters: int) -> None:
    turn = Turn(quarters, 200, 100)
    box = Box(10, 20, 60, 35)
    assert turn.seen(Box(*turn.read(np.array([box]))[0].tolist())) == box


def test_a_sideways_page_is_read_upright_and_placed_as_seen() -> None:
    letters = chars((0, 0, "甲"), (0, 10, "乙"), turn=1)
    content, turn = turned(page(letters, edges([(50, 10, 60)], [(30, 0, 40)])))
    assert turn is not None and (content.width, content.height) == (100, 200)
    (flow,) = pages_to_flows([content]).flows
    assert [line.string for line in flow.lines] == ["甲乙"]
    assert content.edges.across.tolist() == [[170, 0, 40]] and content.edges.down.tolist() == [[50, 140, 190]]
    home = Place(1, flow.lines[0].box)
    (block,) = blocks_as_seen([Paragraph(Text("甲乙", home))], {1: turn})
    assert isinstance(block, Paragraph) and block.text.home.box == Box(0, 0, 10, 20)


def test_cells_know_rows_and_columns_apart() -> None:
    content = page(chars((5, 5, "甲"), (55, 5, "乙"), (5, 25, "丙")), grid_edges([0, 50, 100], [0, 20, 40]))
    (flow,) = pages_to_flows([content]).flows
    assert not flow.faults and [cell.string for cell in flow.grids[0].cells] == ["甲", "乙", "丙", ""]


def test_a_row_without_a_shade_stands_between_two_bands() -> None:
    bands = [Grid((0, 50, 100), (y, y + 20), ()) for y in (0, 40, 80)]

    def line(y: float, *pieces: tuple[float, float]) -> PieceLine:
        return PieceLine(y, y + 10, tuple(Piece(x0, x1, "甲") for x0, x1 in pieces))

    inside = [line(5, (5, 20), (55, 70)), line(45, (5, 20), (55, 70))]
    assert not rows_between(bands, inside)
    assert not rows_between(bands, [*inside, line(25, (5, 95)), line(65, (5, 60), (70, 95))])
    assert rows_between(bands, [*inside, line(25, (5, 20), (55, 70))])
