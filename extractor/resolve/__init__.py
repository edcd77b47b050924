"""Facts to claims: what is stated about one subject is gathered under it, whatever it is called."""

from __future__ import annotations

from extractor.claims import Reading
from extractor.document import Document
from extractor.facts import Recognised
from extractor.resolve.gather import gather


def resolve(document: Document, recognised: Recognised) -> Reading:
    """The reading of a document: its facts and the subjects that they are about."""
    subjects = gather(document, recognised)
    return Reading(document, recognised.forms, recognised.statements, subjects, recognised.about)
