"""What one PDF may cost: every limit of reading a page or a file, in one place."""

from __future__ import annotations

MAX_PAGES = 3000  # pages of one file
MAX_CHARS = 60_000  # characters of one page; a dense A3 table has about 10,000
MAX_EDGES = 60_000  # ruling edges of one page before they are joined
MAX_OBJECTS = 200_000  # page objects looked at on one page
MAX_CROSSINGS = 200_000  # points of one page's ruling grid; a real page has hundreds
MAX_MEETINGS = 4_000_000  # pairs of a level and an upright ruling of one page that are looked at
MAX_SIDE = 14_400.0  # points; the largest page that PDF 1.7 allows
MAX_FORM_DEPTH = 8  # form XObjects within form XObjects
