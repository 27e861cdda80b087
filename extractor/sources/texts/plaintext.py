"""Plain text and Markdown with speaker labels; the fallback for text that is nothing else."""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.texts.dialogue import Script
from extractor.sources.texts.notes import NOTES, notes_before_transcript

_OTHER_FORMATS = re.compile(
    r"\s*(?:\{\s*[\"}]|\[\s*[\[{\"\]]|<\?xml|<!doctype|<html|<svg|<!--|#!|---\s*\n[a-z_]+:[^\n]*\n(?:[^\n]*\n)*?(?:jobs|apiVersion):"
    r"|From \S+ .*\d{4}\s*$)",
    re.IGNORECASE | re.MULTILINE,
)
_NO_TRANSCRIPTS = (
    ".json .jsonl .ndjson .ipynb .csv .tsv .html .htm .xml .svg .css .js .mjs .ts .tsx .jsx .py .pyi .java .kt .c .h "
    ".cc .cpp .hpp .rs .go .rb .php .pl .sh .bash .ps1 .bat .sql .yaml .yml .toml .ini .cfg .conf .lock .tex .bib "
    ".ics .vcf .eml .mbox .vtt .srt .sbv .ass .ssa .diff .patch .r .m .swift .scala .lua"
).split()


def fits(blob: Blob) -> float:
    """Low, so that every format with a signature comes first; 0 for what is plainly no prose."""
    head = blob.head
    if not head.strip() or blob.name.lower().endswith(tuple(_NO_TRANSCRIPTS)):
        return 0.0
    if _OTHER_FORMATS.match(head) or _is_table(head):
        return 0.0
    return 0.3


def _is_table(head: str) -> bool:
    """Whether the first lines are a CSV or TSV table: a header of short names and as many cells below."""
    rows = [line for line in head.split("\n")[:4] if line.strip()]
    for separator in (",", "\t", ";"):
        cells = [row.rstrip("\r").split(separator) for row in rows]
        if len(rows) < 2 or len(cells[0]) < 3 or any(len(row) != len(cells[0]) for row in cells):
            continue
        names = [cell.strip().strip('"') for cell in cells[0]]
        if all(re.fullmatch(r"[A-Za-z_][\w .()/-]{0,30}", name) for name in names):
            return True
    return False


def read(blob: Blob) -> Reading:
    """One conversation, its turns labelled where the text says who speaks, else one turn a paragraph without speaker.

    Turns have a start where the text gives times from the start, and the heading they stand under as their topic. Front
    matter gives the title and the day. Raises SourceError for text without a word.
    """
    if not any(character.isalnum() for character in blob.text):
        raise SourceError(f"{blob.name} holds no words.", "Export the transcript again.")
    script = Script(blob)
    if notes_before_transcript(script, NOTES):
        script.warnings.append("The notes beside the transcript were set aside.")
    script.discover()
    return script.reading(FORMAT.name)


FORMAT = Format("text", "plain text or Markdown with speaker labels", fits, read, verified=True)
