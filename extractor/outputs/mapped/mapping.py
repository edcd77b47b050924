"""The mapping file, read and checked: what is wrong in it is told with its file and line.

rows: budgets                 # indicators, budgets or findings
where:                        # optional: rows of these values only
  form_kind: [self_evaluation]
columns:
  - name: 项目名称            # the column's head, the key in JSON
    field: project            # a column of that kind's CSV
  - name: 全年预算数（万元）
    field: full_year
    unit: 万元                # the figure as a number in this unit
    decimals: 2               # rounded half up to so many
    thousands: true           # 1,207.65; in CSV only where asked for
    otherwise: ""             # for what is no figure, or not of that unit; the printed text without it
  - name: 运算符
    field: target_op
    values: {">=": "≥"}       # texts to replace
  - name: 来源
    text: 自评表              # the same in every row
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from extractor.reasons import why
from extractor.rows import KINDS, columns

_KEYS = ("name", "field", "text", "unit", "decimals", "thousands", "otherwise", "values")
_MOST_DECIMALS = 12


@dataclass(frozen=True, slots=True)
class Column:
    """A column to be written. ``number`` is whether its field is written as a number."""

    name: str
    field: str = ""
    text: str = ""
    unit: str | None = None
    decimals: int | None = None
    thousands: bool = False
    otherwise: str | None = None
    values: Mapping[str, str] = dataclasses.field(default_factory=dict)

    @property
    def number(self) -> bool:
        """Whether a unit or a number format is asked for."""
        return self.unit is not None or self.decimals is not None or self.thousands


@dataclass(frozen=True, slots=True)
class Fields:
    """A mapping: the kind of rows, which of them, and the columns in their order."""

    rows: str
    columns: tuple[Column, ...]
    where: Mapping[str, tuple[str, ...]] = dataclasses.field(default_factory=dict)


class _Wrong(Exception):
    """A mistake at a node, or at the file's beginning."""

    def __init__(self, node: yaml.Node | None, sentence: str) -> None:
        super().__init__(sentence)
        self.line = node.start_mark.line + 1 if node else 1


def read_fields(path: Path) -> Fields:
    """The mapping in a file. Raises ValueError, with a Chinese sentence that names file and line."""
    try:
        root = yaml.compose(path.read_text("utf-8-sig"), Loader=yaml.SafeLoader)
        return _fields(root)
    except _Wrong as error:
        raise ValueError(f"映射文件“{path}”第 {error.line} 行：{error}。") from None
    except yaml.MarkedYAMLError as error:
        line = error.problem_mark.line + 1 if error.problem_mark else 1
        raise ValueError(f"映射文件“{path}”第 {line} 行：不是正确的 YAML（{error.problem}）。") from None
    except (OSError, UnicodeError) as error:
        cause = why(error) if isinstance(error, OSError) else "不是 UTF-8 文本"
        raise ValueError(f"映射文件“{path}”无法读取：{cause}。") from None
    except (yaml.YAMLError, RecursionError):
        raise ValueError(f"映射文件“{path}”不是正确的 YAML。") from None


def _fields(root: yaml.Node | None) -> Fields:
    entries = _entries(root, ("rows", "where", "columns"))
    for needed in ("rows", "columns"):
        if needed not in entries:
            raise _Wrong(root, f"缺少 {needed}")
    kind = _text(entries["rows"])
    if kind not in KINDS:
        raise _Wrong(entries["rows"], f"rows 只能是 {'、'.join(KINDS)}，不能是“{kind}”")
    known = columns(kind)
    node = entries["columns"]
    if not isinstance(node, yaml.SequenceNode) or not node.value:
        raise _Wrong(node, "columns 应是一个列表，每项写 name 和 field")
    read = tuple(_column(item, known) for item in node.value)
    _differ(read, node)
    return Fields(kind, read, _where(entries["where"], known) if "where" in entries else {})


def _differ(read: tuple[Column, ...], node: yaml.SequenceNode) -> None:
    """Two columns of one name would be one key in JSON."""
    for number, column in enumerate(read):
        if any(column.name == before.name for before in read[:number]):
            raise _Wrong(node.value[number], f"列名“{column.name}”重复")


def _column(node: yaml.Node, known: list[str]) -> Column:
    entries = _entries(node, _KEYS)
    if "name" not in entries:
        raise _Wrong(node, "此列缺少 name")
    if ("field" in entries) == ("text" in entries):
        raise _Wrong(node, "此列应写 field 或 text，二者取一")
    readers: dict[str, Callable[[yaml.Node], Any]] = {
        "decimals": _decimals,
        "thousands": _yes,
        "values": _values,
    }
    given = {key: readers.get(key, _text)(value) for key, value in entries.items()}
    column = Column(**given)
    if column.field and column.field not in known:
        raise _Wrong(entries["field"], f"没有字段“{column.field}”，可用的有：{'、'.join(known)}")
    if column.number and f"{column.field}_value" not in known:
        raise _Wrong(node, f"字段“{column.field}”不是数值，不能写 unit、decimals 或 thousands")
    return column


def _where(node: yaml.Node, known: list[str]) -> dict[str, tuple[str, ...]]:
    entries = _entries(node, tuple(known))
    return {
        key: tuple(map(_text, value.value)) if isinstance(value, yaml.SequenceNode) else (_text(value),)
        for key, value in entries.items()
    }


def _entries(node: yaml.Node | None, allowed: tuple[str, ...]) -> dict[str, yaml.Node]:
    """A mapping's entries; a mistake for anything else, for an unknown key, for a key given twice."""
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, f"此处应写“名称: 值”，可用的名称有：{'、'.join(allowed)}")
    found: dict[str, yaml.Node] = {}
    for key, value in node.value:
        name = _text(key)
        if name not in allowed:
            raise _Wrong(key, f"不认识“{name}”，可用的有：{'、'.join(allowed)}")
        if name in found:
            raise _Wrong(key, f"“{name}”写了两次")
        found[name] = value
    return found


def _text(node: yaml.Node) -> str:
    if not isinstance(node, yaml.ScalarNode):
        raise _Wrong(node, "此处应是文字")
    return str(node.value)


def _decimals(node: yaml.Node) -> int:
    text = _text(node)
    if not text.isdecimal() or int(text) > _MOST_DECIMALS:
        raise _Wrong(node, f"decimals 应是 0 到 {_MOST_DECIMALS} 的整数，不能是“{text}”")
    return int(text)


def _yes(node: yaml.Node) -> bool:
    text = _text(node)
    if text not in ("true", "false"):
        raise _Wrong(node, f"此处应是 true 或 false，不能是“{text}”")
    return text == "true"


def _values(node: yaml.Node) -> dict[str, str]:
    if not isinstance(node, yaml.MappingNode):
        raise _Wrong(node, "values 应写“原文: 替换为”")
    return {_text(key): _text(value) for key, value in node.value}
