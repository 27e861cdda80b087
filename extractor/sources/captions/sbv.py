"""SBV: YouTube's captions, and the chat of a Google Meet recording.

    0:00:20.906,0:00:23.906
    Ana Li: We take the second offer.

A line of a cue may be broken by ``[br]``. Meet shows each message for the same whole number of seconds and always says
who wrote it, and nothing that was spoken comes out like that: such a file is a chat.
"""

from __future__ import annotations

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.captions.cues import is_sbv_timing, parse_sbv_cues
from extractor.sources.captions.payload import Spoken
from extractor.sources.captions.reader import read_captions, turns_of
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.people import People
from extractor.sources.texts.labels import clean_label, split_label
from extractor.sources.transcripts import Draft

_BREAK = "[br]"
_FIRST_LINES = 40


def fits(blob: Blob) -> float:
    """1.0 where the first line with text is the times of a cue, 0.9 where a later one of the first lines is."""
    lines = [line for line in blob.head.splitlines() if line.strip("\ufeff \t")][:_FIRST_LINES]
    if lines and is_sbv_timing(lines[0]):
        return 1.0
    return 0.9 if any(map(is_sbv_timing, lines)) and blob.name.lower().endswith(".sbv") else 0.0


def read(blob: Blob) -> Reading:
    """One conversation; its turns have start and end in seconds. Raises SourceError where no cue is whole."""
    return read_captions(blob, FORMAT.name, "SBV", parse_sbv_cues, _turns)


FORMAT = Format("sbv", "SBV captions of YouTube and chats of Google Meet recordings (.sbv)", fits, read)


def _turns(spoken: list[Spoken], people: People, ledger: Ledger, warnings: list[str]) -> list[Draft]:
    for entry in spoken:
        for said in entry.utterances:
            said.pieces = [part for piece in said.pieces for part in _without_breaks(piece, ledger)]
        entry.utterances = [said for said in entry.utterances if said.pieces]
    spoken = [entry for entry in spoken if entry.utterances]
    return _messages(spoken, people, ledger) if _is_chat(spoken) else turns_of(spoken, people, ledger, warnings)


def _without_breaks(piece: Piece, ledger: Ledger) -> list[Piece]:
    if _BREAK not in piece.text:
        return [piece]
    parts, begin = [], 0
    for text in piece.text.split(_BREAK):
        end = begin + len(text)
        parts.append(piece.cut(begin, end).trimmed())
        begin = min(end + len(_BREAK), len(piece.text))
        piece.cut(end, begin).set_aside(ledger, "markup")
    return [part for part in parts if part.text]


def _label(entry: Spoken) -> tuple[str, int] | None:
    split = split_label(entry.utterances[0].pieces[0].text)
    name = clean_label(split[0]) if split else ""
    return (name, split[1]) if split and name else None


def _is_chat(spoken: list[Spoken]) -> bool:
    """Whether every cue says who wrote it, and all are shown for the same whole number of seconds."""
    shown = {
        round(entry.cue.end - entry.cue.start, 3)
        for entry in spoken
        if entry.cue.start is not None and entry.cue.end is not None
    }
    return len(shown) == 1 and all(each == int(each) > 0 for each in shown) and all(map(_label, spoken))


def _messages(spoken: list[Spoken], people: People, ledger: Ledger) -> list[Draft]:
    """A turn for every cue."""
    drafts = []
    for entry in spoken:
        label = _label(entry)
        if label is None:
            continue
        draft = Draft(people.add(label[0]), entry.cue.start, kind="chat")
        pieces = [piece for said in entry.utterances for piece in said.pieces]
        pieces[0].cut(0, label[1]).set_aside(ledger, "speaker label")
        pieces[0] = pieces[0].cut(label[1], len(pieces[0].text)).trimmed()
        for piece in pieces:
            draft.add(piece, ledger, "\n")
        drafts.append(draft)
    return drafts
