"""The tables of Whisper: .tsv with a header and milliseconds, .csv of whisper-timestamped with seconds.

    start<tab>end<tab>text          "Yes, we do.",0.38,2.76
    380<tab>2760<tab>Yes, we do.    Fine.,2.9,3.4

A .csv has no header, or ``text,start,end``. Fields are quoted as in any .csv, in a .tsv only by whisper-timestamped.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.ledger import Ledger, Line, Piece, lines_of
from extractor.sources.paragraphs import ends_paragraph, is_pause
from extractor.sources.people import People
from extractor.sources.speech.fields import seconds
from extractor.sources.transcripts import EXPORT_AGAIN, NO_LABELS, Draft, transcript, without_times
from extractor.sources.values import MILLISECOND

_TSV_HEAD = re.compile(r"\ufeff?start\tend\ttext[ \t]*$")
_TSV_ROW = re.compile(r"(\d{1,12})\t(\d{1,12})\t")
_CSV_HEAD = re.compile(r"\ufeff?text,start,end[ \t]*$")
_CSV_TIMES = re.compile(r"(\d{1,9}(?:\.\d{0,12})?),(\d{1,9}(?:\.\d{0,12})?)[ \t]*$")
_LONGEST_TIMES = 60
_MOST_LOOKED_AT = 20


@dataclass
class _Row:
    """A row of a table; ``begin`` and ``end`` are where its text stands in the line."""

    line: Line
    begin: int
    end: int
    start: float | None
    finish: float | None


def fits(blob: Blob) -> float:
    """1.0 for the header of a .tsv, 0.9 for that of a .csv, 0.8 where the first lines are all rows of a .csv."""
    lines = [line for line in blob.head.split("\n", _MOST_LOOKED_AT)[:_MOST_LOOKED_AT] if line.strip()]
    first = lines[0].rstrip("\r") if lines else ""
    if _TSV_HEAD.match(first):
        return 1.0
    if _CSV_HEAD.match(first):
        return 0.9
    rows = [_csv_row(Line(1, 0, 0, line.rstrip("\r"))) for line in lines]
    if len(rows) > 1 and rows[-1] is None:
        rows.pop()
    return 0.8 if rows and _are_timed(rows) else 0.0


def _are_timed(rows: list[_Row | None]) -> bool:
    """Whether all lines are rows, with words, whose times go on."""
    last = 0.0
    for row in rows:
        if row is None or row.start is None or row.finish is None or not last <= row.start <= row.finish:
            return False
        if not any(character.isalpha() for character in row.line.text[row.begin : row.end]):
            return False
        last = row.start
    return True


def read(blob: Blob) -> Reading:
    """One conversation without speakers. A last row that was cut off is set aside and named in the reading's error.

    Raises SourceError where nobody says anything.
    """
    ledger = Ledger(blob.text)
    lines = [line for line in lines_of(blob.text) if line.text.strip()]
    tabs = bool(lines) and _TSV_HEAD.match(lines[0].text) is not None
    if lines and (tabs or _CSV_HEAD.match(lines[0].text)):
        ledger.set_aside(lines[0].start, lines[0].end, "header")
        lines = lines[1:]
    found = [_tsv_row(line) if tabs else _csv_row(line) for line in lines]
    error = None
    if lines and found[-1] is None and not blob.text.endswith(("\n", "\r")):
        ledger.set_aside(lines[-1].start, lines[-1].end, "cut off")
        error = f"{blob.name} is cut off on line {lines[-1].number}. {EXPORT_AGAIN}"
        found.pop()
    timeless = [line for line, row in zip(lines, found, strict=False) if row is None]
    rows = [row or _timeless(line, tabs) for line, row in zip(lines, found, strict=False)]
    drafts = _paragraphs(rows, tabs, ledger)
    if not drafts:
        raise SourceError(f"{blob.name} holds no spoken words.", EXPORT_AGAIN)
    warnings = [NO_LABELS]
    if timeless:
        warnings.append(without_times([f"line {line.number}" for line in timeless]))
    return transcript(blob, FORMAT.name, drafts, People(), ledger, warnings, error)


def _tsv_row(line: Line) -> _Row | None:
    match = _TSV_ROW.match(line.text)
    if match is None:
        return None
    return _Row(line, match.end(), len(line.text), seconds(match[1], MILLISECOND), seconds(match[2], MILLISECOND))


def _csv_row(line: Line) -> _Row | None:
    tail = line.text[-_LONGEST_TIMES:]
    before, comma, _ = tail.rpartition(",")
    before, second_comma, _ = before.rpartition(",")
    begin = len(line.text) - len(tail) + len(before)
    match = _CSV_TIMES.match(line.text, begin + 1) if comma and second_comma else None
    return _Row(line, 0, begin, seconds(match[1]), seconds(match[2])) if match else None


def _timeless(line: Line, tabs: bool) -> _Row:
    """A row without times: what stands behind the second tab, or all of the line."""
    parts = line.text.split("\t", 2) if tabs else []
    begin = len(parts[0]) + len(parts[1]) + 2 if len(parts) > 2 else 0
    return _Row(line, begin, len(line.text), None, None)


def _paragraphs(rows: list[_Row], tabs: bool, ledger: Ledger) -> list[Draft]:
    drafts: list[Draft] = []
    for row in rows:
        ledger.set_aside(row.line.start, row.line.end, "timestamp")
        piece = _text_of(row, tabs, ledger)
        if not piece.text:
            continue
        if not drafts or _breaks_before(row, drafts[-1]):
            drafts.append(Draft(None, row.start))
        if row.start is not None:
            drafts[-1].mark(row.start)
        drafts[-1].add(piece, ledger)
        drafts[-1].end = row.finish if row.finish is not None else drafts[-1].end
    return drafts


def _text_of(row: _Row, tabs: bool, ledger: Ledger) -> Piece:
    """The text of a row, its quotation marks set aside where they only quote the field."""
    written = row.line.text[row.begin : row.end]
    start = row.line.start + row.begin
    inner = written[1:-1]
    quoted = len(written) > 1 and written[0] == written[-1] == '"' and '"' not in inner.replace('""', "")
    if not quoted or (tabs and '"' not in inner):
        ledger.set_aside(start, start + len(written), "white space")
        return Piece(written, start).trimmed()
    ledger.set_aside(start, start + len(written), "markup")
    if '""' not in inner:
        return Piece(inner, start + 1).trimmed()
    kept: list[int] = []
    skip = False
    for index, character in enumerate(inner):
        skip = character == '"' and not skip
        if not skip:
            kept.append(index)
    return Piece(
        "".join(inner[index] for index in kept), start + 1, tuple(start + 1 + index for index in kept)
    ).trimmed()


def _breaks_before(row: _Row, draft: Draft) -> bool:
    return is_pause(draft.end, row.start) or ends_paragraph(draft.length, draft.parts)


FORMAT = Format("whisper-table", "Whisper tables (.tsv, .csv)", fits, read, verified=True)
