"""Reports with known content, made from a seed: what every typesetting is measured against."""

from __future__ import annotations

import random
from dataclasses import dataclass, field, replace

Span = tuple[int, int, int, int]  # row, col, rowspan, colspan


@dataclass
class TableContent:
    """A table as it is: rows of strings ("" where a span covers), spans, how many rows are its head, column
    widths."""

    rows: list[list[str]]
    spans: list[Span] = field(default_factory=list)
    head: int = 1
    widths: list[float] = field(default_factory=list)
    caption: str = ""
    unit: str = ""


Item = tuple[str, str] | TableContent  # ("h1" | "h2" | "p" | "title" | "break", text) or a table

_PLACES = ["社区", "街道", "园区", "校区", "站点", "片区", "中心", "窗口"]
_THINGS = [
    "绿化养护",
    "道路保洁",
    "设备更新",
    "图书采购",
    "法律援助",
    "职业培训",
    "水质监测",
    "养老服务",
    "档案整理",
    "信息系统运维",
]
_MEASURES = ["完成率", "合格率", "及时率", "覆盖率", "满意度", "到位率", "达标率", "增长率"]
_CLAUSES = [
    "按照年初批复的实施方案组织推进",
    "由主管部门会同财政部门共同核定",
    "经第三方机构抽样核查并留存记录",
    "资金拨付与合同约定的进度保持一致",
    "受汛期影响部分点位延后验收",
    "已建立台账并逐月更新",
    "对照标准逐项打分",
    "未发现截留、挤占或者挪用的情况",
    "实际支出以银行回单为准",
    "下一步将完善采购需求论证",
    "累计服务群众约3.2万人次",
    "其中线上办理占比为67.5%",
    "验收报告由监理单位出具",
    "相关制度较为健全且执行有效",
]
_REASONS = ["", "", "", "招标流程延长", "受天气影响，工期顺延", "需求减少", "合同金额调整，差额结转下年使用"]


class Maker:
    """Makes content from a seed."""

    def __init__(self, seed: int, short: bool = False, flat: bool = False) -> None:
        self.rng = random.Random(seed)
        self.short = short  # no row is higher than a page
        self.flat = flat  # no tall merged cells

    def sentence(self, clauses: int) -> str:
        return "，".join(self.rng.sample(_CLAUSES, clauses)) + "。"

    def paragraph(self) -> str:
        return "".join(self.sentence(self.rng.randint(2, 5)) for _ in range(self.rng.randint(2, 5)))

    def money(self) -> str:
        return f"{self.rng.uniform(1, 99999):,.2f}"

    def name(self) -> str:
        return self.rng.choice(_PLACES) + self.rng.choice(_THINGS) + self.rng.choice(_MEASURES)

    def report(self) -> list[Item]:
        """A report of 40 and more pages."""
        items: list[Item] = [("title", "某某专项经费绩效评价报告")]
        tables = [
            self.indicators,
            self.budget,
            self.rules,
            self.matrix,
            self.spending,
            self.small,
            self.grouped,
        ]
        for number, kind in enumerate(tables, 1):
            items.append(("h1", f"{'一二三四五六七八'[number - 1]}、{self.rng.choice(_THINGS)}情况"))
            items += [("p", self.paragraph()) for _ in range(4)]
            items.append(("h2", f"（一）{self.rng.choice(_THINGS)}分析"))
            items += [("p", self.paragraph()) for _ in range(3)]
            table = kind()
            table.caption = f"表 {number}-1 {self.rng.choice(_THINGS)}情况表"
            items.append(table)
            items += [("p", self.paragraph()) for _ in range(2)]
        for number in range(6):
            items += [("break", ""), ("h2", f"附件{number + 1} 工作底稿"), self.worksheet()]
        for _ in range(4):
            items += [("break", ""), ("h1", "项目支出绩效自评表"), self.form()]
        return [self._flat(item) if self.flat and isinstance(item, TableContent) else item for item in items]

    @staticmethod
    def _flat(table: TableContent) -> TableContent:
        """Without tall merged cells: their fields below the first are empty cells."""
        return replace(table, spans=[span for span in table.spans if span[2] < 4])

    def indicators(self) -> TableContent:
        """Three levels with merged cells, targets, scores and reasons, over many pages."""
        rows = [
            [
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因分析及改进措施",
            ]
        ]
        spans: list[Span] = []
        for first in ("产出指标", "效益指标", "满意度指标"):
            start = len(rows)
            for second in ("数量指标", "质量指标", "时效指标", "成本指标")[: self.rng.randint(2, 4)]:
                begin = len(rows)
                for _ in range(self.rng.randint(3, 12)):
                    rows.append(
                        self._indicator(
                            first if len(rows) == start else "", second if len(rows) == begin else ""
                        )
                    )
                spans.append((begin, 1, len(rows) - begin, 1))
            spans.append((start, 0, len(rows) - start, 1))
        rows.append(["总分", "", "", "", "", "100", f"{self.rng.uniform(80, 100):.2f}", ""])
        spans.append((len(rows) - 1, 0, 1, 5))
        return TableContent(rows, [s for s in spans if s[2] * s[3] > 1], 1, [2, 2, 3, 2, 2, 1.2, 1.2, 3])

    def _indicator(self, first: str, second: str) -> list[str]:
        rng = self.rng
        target = rng.choice(["≥95%", "100%", "=365天", ">=98%", "及时", "≤0.01%", "1200人次"])
        actual = rng.choice([f"{rng.uniform(80, 100):.2f}%", "100%", "365天", "及时", "1,236人次"])
        weight = str(rng.choice([2, 3, 5, 10]))
        long = self.sentence(rng.randint(2, 4)) if rng.random() < 0.3 else rng.choice(_REASONS)
        return [first, second, self.name(), target, actual, weight, weight, long]

    def budget(self) -> TableContent:
        """Amounts with a total, its unit above."""
        rows = [["序号", "项目内容", "预算数", "决算数", "差异", "执行率"]]
        for i in range(1, 90):
            rows.append(
                [
                    str(i),
                    self.name()[:8],
                    self.money(),
                    self.money(),
                    self.money(),
                    f"{self.rng.uniform(60, 100):.2f}%",
                ]
            )
        rows.append(["合计", "", self.money(), self.money(), self.money(), "96.30%"])
        return TableContent(rows, [(len(rows) - 1, 0, 1, 2)], 1, [1, 3, 2, 2, 2, 2], unit="单位：万元")

    def rules(self) -> TableContent:
        """Long texts of several paragraphs in narrow columns."""
        rows = [["指标", "指标解释", "评分标准", "数据来源"]]
        for _ in range(26):
            text = "\n".join(f"{n}.{self.sentence(3)}" for n in range(1, self.rng.randint(3, 6)))
            rows.append(
                [
                    self.name(),
                    self.paragraph(),
                    text,
                    self.rng.choice(["访谈", "问卷调查", "财务资料", "合同及验收资料"]),
                ]
            )
        return TableContent(rows, [], 1, [2, 5, 5, 1.5])

    def matrix(self) -> TableContent:
        """Two levels of head over narrow columns, in which figures break."""
        rows = [
            ["年度", "收入", "", "", "支出", "", "", "结余"],
            ["", "财政拨款", "自筹", "小计", "人员", "公用", "小计", ""],
        ]
        spans = [(0, 0, 2, 1), (0, 1, 1, 3), (0, 4, 1, 3), (0, 7, 2, 1)]
        for year in range(1975, 2024):
            rows.append([f"{year}年", *[self.money() for _ in range(7)]])
        return TableContent(rows, spans, 2, [1.4, 1, 1, 1, 1, 1, 1, 1], unit="单位：元")

    def spending(self) -> TableContent:
        """Groups by a merged first column with subtotals."""
        rows = [["类别", "明细", "金额（元）", "说明"]]
        spans: list[Span] = []
        for kind in ("人员经费", "办公经费", "专用设备", "委托业务", "其他"):
            start = len(rows)
            for _ in range(self.rng.randint(6, 14)):
                note = self.sentence(self.rng.randint(1, 3)) if self.rng.random() < 0.6 else ""
                rows.append([kind if len(rows) == start else "", self.name(), self.money(), note])
            rows.append(["", "小计", self.money(), ""])
            spans.append((start, 0, len(rows) - start, 1))
        return TableContent(rows, spans, 1, [1.5, 3, 2, 4])

    def small(self) -> TableContent:
        """A small table that stays on a page."""
        rows = [
            ["指标", "A.决策", "B.过程", "C.产出", "D.效益", "合计"],
            ["权重", "15", "25", "30", "30", "100"],
        ]
        rows.append(["得分", "14.5", "23", "28.75", "27", "93.25"])
        return TableContent(rows, [], 1, [1, 1, 1, 1, 1, 1])

    def grouped(self) -> TableContent:
        """Rows of one line each, numbers only: nothing but its content tells a new row."""
        rows = [["月份", *[f"{site}号站" for site in "一二三四五六"]]]
        for i in range(120):
            rows.append([f"第{i + 1}周", *[str(self.rng.randint(1, 999)) for _ in range(6)]])
        return TableContent(rows, [], 1, [1.5, 1, 1, 1, 1, 1, 1])

    def worksheet(self) -> TableContent:
        """Labels and long texts, two columns, without a head."""
        rows = [
            ["指标解释", self.sentence(2)],
            ["指标标准", f"指标权重：{self.rng.randint(2, 9)}\n{self.sentence(3)}"],
        ]
        rows.append(["数据来源", "财务资料、访谈"])
        rows.append(
            [
                "评价过程",
                "".join(self.paragraph() for _ in range(self.rng.randint(2, 3 if self.short else 9))),
            ]
        )
        rows.append(["得分", f"{self.rng.uniform(1, 9):.1f}"])
        return TableContent(rows, [], 0, [2, 6])

    def form(self) -> TableContent:
        """A self-evaluation form: differently divided rows above an indicator part."""
        rng = self.rng
        rows = [
            ["项目名称", "", self.name() + "专项", "", "", "", "", "", ""],
            ["主管部门", "", "某某市某某局", "", "实施单位", "某某市某某服务中心", "", "", ""],
            ["项目资金（元）", "", "", "年初预算数", "全年预算数", "全年执行数", "分值", "执行率", "得分"],
            ["", "", "年度资金总额", self.money(), self.money(), self.money(), "10", "98.20%", "9.82"],
            ["", "", "其中：财政拨款", self.money(), self.money(), self.money(), "—", "", ""],
            ["", "", "其他资金", "0", "0", "0", "—", "", ""],
            ["年度总体目标", "预期目标", "", "", "", "实际完成情况", "", "", ""],
            ["", self.paragraph(), "", "", "", self.paragraph(), "", "", ""],
            [
                "绩效指标",
                "一级指标",
                "二级指标",
                "三级指标",
                "年度指标值",
                "实际完成值",
                "分值",
                "得分",
                "偏差原因",
            ],
        ]
        spans = [
            (0, 0, 1, 2),
            (0, 2, 1, 7),
            (1, 0, 1, 2),
            (1, 2, 1, 2),
            (1, 5, 1, 4),
            (2, 0, 4, 2),
            (6, 0, 2, 1),
        ]
        spans += [(6, 1, 1, 4), (6, 5, 1, 4), (7, 1, 1, 4), (7, 5, 1, 4)]
        for first in ("产出指标", "效益指标"):
            start = len(rows)
            for second in ("数量指标", "质量指标"):
                begin = len(rows)
                for _ in range(rng.randint(1, 6)):
                    row = self._indicator(
                        first if len(rows) == start else "", second if len(rows) == begin else ""
                    )
                    rows.append(["", *row])
                spans.append((begin, 2, len(rows) - begin, 1))
            spans.append((start, 1, len(rows) - start, 1))
        spans.append((8, 0, len(rows) - 8, 1))
        rows.append(["总分", "", "", "", "", "", "100", "97.60", ""])
        spans.append((len(rows) - 1, 0, 1, 6))
        return TableContent(rows, [s for s in spans if s[2] * s[3] > 1], 0, [1] * 9)
