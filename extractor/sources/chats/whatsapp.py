"""WhatsApp: the text that a phone makes of a chat."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePath

from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.characters import INVISIBLE
from extractor.sources.chats.posts import Channel, ContentIds, Post, PostMaker, conversations_of, with_warnings
from extractor.sources.chats.stamps import (
    Stamp,
    day_comes_first,
    find_stamp,
    moment_of,
    unknown_words,
)
from extractor.sources.chats.whatsapp_notices import (
    Words,
    is_notice_with_colon,
    is_sent_by_program,
    words_of_message,
)
from extractor.sources.ledger import Ledger, Line, Piece, lines_of
from extractor.sources.people import fold_name
from extractor.sources.transcripts import Draft, cut_off, encoding_warnings, first_words, name_places, not_read

_EXPORT_AGAIN = "Export the chat again, without media."
_COLON = re.compile(rf":(?=[ \u00a0\u202f{INVISIBLE}]|$)")
_OTHER_CHATS = re.compile(r"\s*(?:<|\*|-!-|[-=]?->|→|←|—\||•)")
_TITLE = re.compile(r"WhatsApp Chat (?:with|-) (?=\S)")
_LONGEST_NAME = 120
_MOST_COLONS = 4
_LINES_TO_LOOK_AT = 60
_FEW = 0.15


def fits(blob: Blob) -> float:
    """Sure where the first lines have a date, a time and a name in one of the two ways of WhatsApp."""
    lines = [line for line in blob.head.split("\n", _LINES_TO_LOOK_AT)[:_LINES_TO_LOOK_AT] if line.strip()]
    stamps = [(stamp, line[stamp.end :]) for line in lines if (stamp := find_stamp(line.rstrip("\r")))]
    if (
        not stamps
        or any(_OTHER_CHATS.match(rest) for _, rest in stamps)
        or not any(_colons(rest) for _, rest in stamps)
    ):
        return 0.0
    begins = find_stamp(lines[0]) is not None
    if len(stamps) < len(lines) * _FEW and not begins:
        return 0.0
    bracketed = stamps[0][0].bracketed
    if not begins or len(stamps) < len(lines) * _FEW or any(stamp.bracketed != bracketed for stamp, _ in stamps):
        return 0.6
    if not bracketed:
        return 0.6 if stamps[0][0].has_seconds else 0.95
    return 0.95 if "\u200e" in blob.head or "\u202f" in blob.head else 0.75


@dataclass
class _Entry:
    """A line with a time stamp and the lines below it that have none."""

    stamp: Stamp
    lines: list[Line]
    labels: list[str] = field(default_factory=list)
    name: str | None = None
    begin: int = 0


def read(blob: Blob) -> Reading:
    """One conversation for every stretch of the chat in which nobody is silent for hours.

    What the program says is set aside as ``system message``, what stands for pictures and sound as ``attachment``.
    Times are those of the phone that exported the chat and name no zone. Raises SourceError where no message has words,
    and where neither the file nor the user says whether days or months come first.
    """
    ledger = Ledger(blob.text)
    lines = lines_of(blob.text)
    entries, lost = _entries(lines)
    if not entries:
        raise SourceError(f"{blob.name} has no line with a date, a time and a name.", _EXPORT_AGAIN)
    stamps = [entry.stamp for entry in entries]
    day_first = day_comes_first(stamps, blob.hints.day_first, blob.name)
    strange = unknown_words(stamps)
    entries = _without_impossible_dates(entries, day_first)
    _find_names(entries, blob.hints.speakers)
    for line in lost:
        ledger.set_aside(line.start, line.end, "text outside a message")
    chat = _Chat(ledger)
    for entry in entries:
        chat.add(entry, None if strange else moment_of(entry.stamp, day_first))
    return _reading(blob, chat, _warnings(chat, lost, strange))


def _entries(lines: list[Line]) -> tuple[list[_Entry], list[Line]]:
    entries: list[_Entry] = []
    lost: list[Line] = []
    for line in lines:
        stamp = find_stamp(line.text)
        if stamp is not None:
            entries.append(_Entry(stamp, [line]))
        elif entries:
            entries[-1].lines.append(line)
        elif line.text.strip(INVISIBLE + " \t"):
            lost.append(line)
    return entries, lost


def _without_impossible_dates(entries: list[_Entry], day_first: bool) -> list[_Entry]:
    """Lines that look like a message on a day that does not exist are words of the message above them."""
    kept: list[_Entry] = []
    for entry in entries:
        if kept and moment_of(entry.stamp, day_first) is None and moment_of(kept[0].stamp, day_first) is not None:
            kept[-1].lines += entry.lines
        else:
            kept.append(entry)
    return kept


# Who writes


def _colons(rest: str) -> list[int]:
    """Where names may end in what follows a time stamp."""
    found = []
    for match in _COLON.finditer(rest, 0, _LONGEST_NAME):
        if rest[: match.start()].strip(INVISIBLE + " "):
            found.append(match.start())
        if len(found) == _MOST_COLONS:
            break
    return found


def _find_names(entries: list[_Entry], hinted: Mapping[str, str]) -> None:
    """Find out where the name ends in each entry: at the first colon, or at a later one that all its lines share."""
    different: dict[str, list[str]] = {}
    for entry in entries:
        rest = entry.lines[0].text[entry.stamp.end :]
        entry.labels = different[rest] = [rest[:colon] for colon in _colons(rest)]
    counts = Counter(label for entry in entries for label in entry.labels)
    # The same message twice shows nothing.
    shared = Counter(label for labels in different.values() for label in labels)
    for entry in entries:
        name = entry.labels[0] if entry.labels else None
        for longer in entry.labels[1:]:
            told = fold_name(longer).casefold() in hinted
            if name is not None and (told or shared[longer] == shared[name] > 1):
                name = longer
        if name is None or (counts[name] == 1 and is_notice_with_colon(name)):
            continue
        entry.name, entry.begin = name, entry.stamp.end + len(name) + 1
        entry.begin += entry.lines[0].text.startswith((" ", "\u00a0", "\u202f"), entry.begin)


# Messages


class _Chat(PostMaker):
    """Makes posts of entries and counts what is none."""

    def __init__(self, ledger: Ledger) -> None:
        self.ledger = ledger
        super().__init__()
        self.posts: list[Post] = []
        self.out_of_order = 0
        self._latest: datetime | None = None
        self._ids = ContentIds()

    def add(self, entry: _Entry, sent_at: datetime | None) -> None:
        first, ledger = entry.lines[0], self.ledger
        ledger.set_aside(first.start, first.start + entry.stamp.end, "timestamp")
        if entry.name is None:
            self._set_aside(entry, entry.stamp.end, "system message")
            return
        ledger.set_aside(first.start + entry.stamp.end, first.start + entry.begin, "speaker label")
        pieces = [Piece(first.text[entry.begin :], first.start + entry.begin)]
        pieces += [Piece(line.text, line.start) for line in entry.lines[1:]]
        if is_sent_by_program([piece.text for piece in pieces]):
            self._set_aside(entry, entry.begin, "system message")
            return
        words = words_of_message(pieces)
        for piece, reason in words.asides:
            piece.set_aside(ledger, reason)
        self._post(entry, words, sent_at)

    def _set_aside(self, entry: _Entry, begin: int, reason: str) -> None:
        first = entry.lines[0]
        self.ledger.set_aside(first.start + begin, first.end, reason)
        for line in entry.lines[1:]:
            self.ledger.set_aside(line.start, line.end, reason)

    def _post(self, entry: _Entry, words: Words, sent_at: datetime | None) -> None:
        draft = Draft(self._speaker(entry.name or ""), sent_at=sent_at)
        gap = 0
        for piece in words.pieces:
            if piece.text:
                draft.add(piece, self.ledger, "\n" if gap == 0 else "\n\n")
            gap = 0 if piece.text else gap + 1
        if not draft.parts:
            if words.is_media:
                self.unread.append(words.files[0] if words.files else f"line {entry.lines[0].number}")
            return
        if sent_at is not None:
            self.out_of_order += self._latest is not None and sent_at < self._latest
            self._latest = max(sent_at, self._latest or sent_at)
        post = Post(
            self._ids.of(sent_at, fold_name(entry.name or ""), draft.text),
            draft.speaker,
            draft.text,
            draft.length,
            sent_at,
        )
        post.files = words.files
        self.posts.append(post)

    def _speaker(self, label: str) -> str:
        """The person of a label. ``~`` is before the name that somebody who is no contact goes by."""
        name = fold_name(label)
        bare = name.removeprefix("~").strip() or name
        return self.people.add(bare, key=name.casefold(), aliases=(name,))


# The result


def _warnings(chat: _Chat, lost: list[Line], strange: list[str]) -> list[str]:
    warnings = not_read("Messages of media without words", chat.unread)
    if chat.out_of_order:
        stand = f"{chat.out_of_order} messages stand" if chat.out_of_order > 1 else "1 message stands"
        warnings.append(f"{stand} after later ones in the file; the messages were put in the order of their times.")
    if strange:
        shown = name_places([first_words(word) for word in strange])
        warnings.append(f"The times carry words that are not known ({shown}), so the messages have no times.")
    elif any(post.sent_at is None for post in chat.posts):
        warnings.append("Some dates are in a calendar that is not known; the messages have no times.")
    if lost:
        places = [f"line {line.number}" for line in lost]
        warnings.append(f"Lines before the first message were set aside: {name_places(places)}.")
    return warnings


def _reading(blob: Blob, chat: _Chat, warnings: list[str]) -> Reading:
    title = _title(blob)
    found = conversations_of(Channel("whatsapp", title), chat.posts, chat.people, blob.name)
    if not found:
        raise SourceError(f"{blob.name} is a WhatsApp chat without a message that has words.", _EXPORT_AGAIN)
    conversations = with_warnings(found, [*encoding_warnings(blob), *warnings])
    error = cut_off(blob, _EXPORT_AGAIN)
    return Reading(blob.name, blob.sha256, FORMAT.name, conversations, chat.ledger.coverage(), error)


def _title(blob: Blob) -> str:
    """What the chat is called: the file's name, or its folder's or archive's where all files are called the same."""
    path = PurePath(blob.name)
    named = path.parent.stem if path.stem == "_chat" and path.parent.name else path.stem
    return _TITLE.sub("", named, count=1).strip() or blob.stem


FORMAT = Format("whatsapp", "WhatsApp chats (.txt)", fits, read, verified=True)
