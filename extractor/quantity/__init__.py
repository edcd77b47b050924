"""Figures: how they are printed, what they stand for, and whether two of them agree."""

from extractor.quantity.arithmetic import evaluate
from extractor.quantity.cell import read
from extractor.quantity.compare import Agreement, agree, fulfils
from extractor.quantity.dates import Day, dates
from extractor.quantity.finding import conditions, find
from extractor.quantity.interval import Interval, most_met
from extractor.quantity.normal import normal
from extractor.quantity.numerals import chinese_number
from extractor.quantity.quantity import Quantity
from extractor.quantity.slip import one_off, slip, slipped, slips
from extractor.quantity.units import Unit, unit_of

__all__ = [
    "Agreement",
    "Day",
    "Interval",
    "Quantity",
    "Unit",
    "agree",
    "chinese_number",
    "conditions",
    "dates",
    "evaluate",
    "find",
    "fulfils",
    "most_met",
    "normal",
    "one_off",
    "read",
    "slip",
    "slipped",
    "slips",
    "unit_of",
]
