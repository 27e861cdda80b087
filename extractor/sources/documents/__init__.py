"""Transcripts in word processor documents, and the same text copied out of them."""

from extractor.sources.base import Format
from extractor.sources.documents import docx, meet, teams

FORMATS: tuple[Format, ...] = (teams.FORMAT, teams.DOCUMENT, meet.FORMAT, meet.DOCUMENT, docx.FORMAT)
