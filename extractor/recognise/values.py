"""The values of an indicator row: each field's cells, joined with the operator and the unit that stand
beside them."""

from __future__ import annotations

from dataclasses import dataclass

from extractor.document import Cell, Table, Text, join
from extractor.facts import Figure
from extractor.quantity import normal
from extractor.recognise.figures import figure, hinted, said
from extractor.recognise.heads import Heads
from extractor.recognise.units import SIGNS, Hint, is_unit

FIGURES = ("target", "actual", "weight", "score", "rate")
_TEXTS = ("explanation", "rule", "source", "deviation", "note")
_MEASURED = ("target", "revised", "actual")
_NO_HINT = Hint()


@dataclass(frozen=True, slots=True)
class Values:
    """Reads the cells of a row under the heads of its area."""

    table: Table
    heads: Heads

    def row(self, row: int, hint: Hint = _NO_HINT) -> dict[str, Figure]:
        """Every field that has a cell of its own in the row."""
        found = {}
        for name in (*FIGURES, *_TEXTS):
            value = self.of(row, name, hint)
            if value is not None:
                found[name] = value
        revised = self._revised(row, hint)
        return {**found, "target": revised} if revised is not None else found

    def _revised(self, row: int, hint: Hint) -> Figure | None:
        """The target in force where a column states what it was changed to in the year (调整后指标值); None where that
        is left blank."""
        value = self.of(row, "revised", hint)
        return value if value is not None and not value.blank else None

    def of(self, row: int, meaning: str, hint: Hint = _NO_HINT, merged: bool = False) -> Figure | None:
        """The figure in a meaning's columns; cells merged from above count only if asked for."""
        cells = self._cells(row, meaning, merged)
        if not cells:
            return None
        text = join([c.text for c in cells]) if len(cells) > 1 else cells[0].text
        if meaning in _TEXTS:
            return said(text)
        if meaning not in _MEASURED:
            return figure(text, self.heads.units.get(self.heads.of(meaning)[0], ""))
        unit = self._unit(row, meaning) or hint.unit
        if meaning in ("target", "revised"):
            return hinted(figure(self._signed(row, text), unit), hint)
        return figure(text, unit)

    def others(self, row: int, hint: Hint = _NO_HINT) -> dict[str, Figure]:
        """What stands in columns that are no field, by their printed heads; a target that was changed too."""
        found: dict[str, Figure] = {}
        aside = {"other"} if self._revised(row, hint) is None else {"other", "target"}
        for col, meaning in self.heads.columns.items():
            cell = self.table.at(row, col)
            if meaning in aside and cell is not None and cell.row == row and cell.text:
                unit = self.heads.units.get(col, "") or hint.unit
                found.setdefault(self.heads.printed[col], figure(cell.text, unit))
        return found

    def shared(self, row: int, one: str, other: str) -> bool:
        """Whether two fields of a row are one cell."""
        return self._cells(row, one, False) == self._cells(row, other, False)

    def _cells(self, row: int, meaning: str, merged: bool) -> list[Cell]:
        cells: list[Cell] = []
        for col in self.heads.of(meaning):
            cell = self.table.at(row, col)
            if cell is not None and cell not in cells and (merged or cell.row == row):
                cells.append(cell)
        return cells

    def _signed(self, row: int, text: Text) -> Text:
        """A target split over columns (≥ | 95 | %) as one text; where it has an operator itself it is
        whole."""
        sign, unit = self._beside(row, "operator"), self._beside(row, "measure")
        if sign is None or not normal(sign.flat).startswith(SIGNS) or normal(text.flat).startswith(SIGNS):
            return text
        if not any(c.isdigit() for c in text.flat):
            return text
        whole = unit is None or not unit.flat[-1:] or text.flat[-1:].isdigit() is False
        return join(
            [sign.strip(), text.strip()]
            if whole or unit is None
            else [sign.strip(), text.strip(), unit.strip()]
        )

    def _beside(self, row: int, meaning: str) -> Text | None:
        columns = self.heads.of(meaning)
        cell = self.table.at(row, columns[0]) if columns else None
        return cell.text if cell is not None and cell.text else None

    def _unit(self, row: int, meaning: str) -> str:
        """The unit that another column states: its own column's cell, the last part of a split target, the
        head."""
        columns = self.heads.of("measure")
        cell = self.table.at(row, columns[0]) if columns else None
        if cell is not None and cell.text:
            return cell.text.flat
        split = self._cells(row, "target", False)
        if meaning == "actual" and len(split) > 1 and is_unit(split[-1].text.flat):
            return split[-1].text.flat
        own = self.heads.of(meaning)
        return self.heads.units.get(own[0], "") if own else ""
