"""Pattern sets applied to tables and to prose: a document to forms, statements and what it says of itself."""

from __future__ import annotations

from extractor.document import Document
from extractor.facts import Recognised
from extractor.recognise.about import read_about
from extractor.recognise.forms import read_forms
from extractor.recognise.prose import read_prose
from extractor.recognise.years import dated


def recognise(document: Document) -> Recognised:
    """Everything that the pattern sets find in a document."""
    forms = read_forms(document)
    statements = read_prose(document)
    about = read_about(document, forms, statements)
    return Recognised(dated(forms, about), statements, about)
