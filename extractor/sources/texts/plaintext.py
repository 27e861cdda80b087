"""Plain text and Markdown with speaker labels; the fallback for text that is nothing else."""

from __future__ import annotations

import re

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.reasons import NOTES
from extractor.sources.texts.dialogue import Script
from extractor.sources.texts.minutes_parts import days_in
from extractor.sources.texts.notes import heading_of, notes_before_transcript

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

_HEAD_LINES = 40


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
    matter gives the title and the day, else headings do. Raises SourceError for text without a word.
    """
    if not any(character.isalnum() for character in blob.text):
        raise SourceError(f"{blob.name} holds no words.", "Export the transcript again.")
    script = Script(blob)
    if notes_before_transcript(script, NOTES):
        script.warnings.append("The notes beside the transcript were set aside.")
    script.discover()
    _read_day(script)
    return script.reading(FORMAT.name)


def _read_day(script: Script) -> None:
    """Take the day that a heading above the first turn names, unless front matter has one or they name several."""
    above = script.above_labels() if script.labels and script.started_at is None else []
    headings = (heading_of(line.text.strip()) for _, line in above[:_HEAD_LINES])
    days = {day for heading in headings if heading for day in days_in(heading.words, script.blob.hints.day_first)}
    if len(days) == 1:
        script.started_at = days.pop()


FORMAT = Format("text", "transcripts with speaker labels (plain text, Markdown)", fits, read, verified=True)
