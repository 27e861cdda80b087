"""The plain-text files of DiscordChatExporter: a head, messages with their author and time, a count at the end."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath

from extractor.conversation import Reaction
from extractor.sources.base import Blob
from extractor.sources.chats.posts import Channel, Post
from extractor.sources.chats.stamps import day_comes_first, find_stamp, moment_of
from extractor.sources.ledger import Ledger, Line, Piece, lines_of
from extractor.sources.people import People
from extractor.sources.transcripts import Draft
from extractor.sources.values import moment

RULE = "=" * 62

_MESSAGE = re.compile(r"\[([^\[\]\n]{6,48})\] (\S.{0,120}?)(?: \(pinned\))?\s*$")
_HEAD = re.compile(r"(?:Guild|Channel|Topic|After|Before): ")
_CHANNEL = re.compile(r"Channel: (.{1,300})")
_FILES, _REACTIONS = "{Attachments}", "{Reactions}"
_SECTIONS = {_FILES: "attachment", "{Embed}": "link preview", "{Stickers}": "attachment", _REACTIONS: "reaction"}
_REACTION = re.compile(r"(\S{1,80})(?: \((\d{1,9})\))?(?: |$)")
_NOTICE = re.compile(
    r"(?:(?:Added|Removed) .{1,200} (?:to|from) the group|Left the group|Started a call(?: that lasted .{1,60})?"
    r"|Changed the channel (?:name(?:: .{1,200})?|icon)|Pinned a message|Joined the server|Started a thread)\.$"
)
_OLD_DATE = "%d-%b-%y %I:%M %p"


def is_notice(text: str) -> bool:
    """Whether a message is one of the sentences that the exporter writes for Discord's notices."""
    return bool(_NOTICE.match(text))


def times_of(values: list[str], blob: Blob) -> list[datetime | None]:
    """The times of a file, in whichever of the exporter's ways they are written; None where one is in no known way.

    Raises SourceError where they may have the day or the month first and nothing says which.
    """
    written = [moment(value) or _old_moment(value) for value in values]
    stamps = [find_stamp(f"[{value}]") if time is None else None for value, time in zip(values, written, strict=True)]
    local = [stamp for stamp in stamps if stamp is not None]
    day_first = day_comes_first(local, blob.hints.day_first, blob.name) if local else True
    return [moment_of(each, day_first) if each else time for each, time in zip(stamps, written, strict=True)]


def _old_moment(value: str) -> datetime | None:
    try:
        return datetime.strptime(value.strip(), _OLD_DATE)
    except ValueError:
        return None


@dataclass
class Chat:
    """What a text or CSV file holds."""

    channel: Channel
    people: People = field(default_factory=People)
    posts: list[Post] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    undated: list[str] = field(default_factory=list)


@dataclass
class _Entry:
    line: Line
    written: str
    author: str
    lines: list[Line] = field(default_factory=list)


def read_text(blob: Blob, ledger: Ledger) -> Chat:
    """The messages of a text file; its characters are marked in ``ledger``. Raises as :func:`times_of` does."""
    entries, name = _entries(lines_of(blob.text), ledger)
    chat = Chat(Channel(f"discord:{blob.stem}", name or blob.stem))
    times = times_of([entry.written for entry in entries], blob)
    for entry, sent_at in zip(entries, times, strict=True):
        if sent_at is None:
            chat.undated.append(f"line {entry.line.number}")
        _add(chat, entry, sent_at, ledger)
    return chat


def _entries(lines: list[Line], ledger: Ledger) -> tuple[list[_Entry], str]:
    entries: list[_Entry] = []
    name, rules = "", 0
    for index, line in enumerate(lines):
        match = _MESSAGE.match(line.text)
        if line.text.strip() == RULE and (rules < 2 or _ends_here(lines, index)):
            rules += 1
            ledger.set_aside(line.start, line.end, "markup")
        elif rules != 2:
            channel = _CHANNEL.match(line.text)
            name = channel[1].strip() if channel and rules == 1 else name
            ledger.set_aside(line.start, line.end, "header" if rules < 2 else "boilerplate")
        elif match is not None and (find_stamp(f"[{match[1]}]") or moment(match[1]) or _old_moment(match[1])):
            entries.append(_Entry(line, match[1], match[2]))
            ledger.set_aside(line.start, line.end, "speaker label")
        elif entries:
            entries[-1].lines.append(line)
    return entries, name


def _ends_here(lines: list[Line], index: int) -> bool:
    """Whether the count of messages stands below, or the rule is the one below it."""
    around = [line.text for line in (*lines[max(0, index - 1) : index], *lines[index + 1 : index + 2])]
    return any(text.startswith("Exported ") and text.rstrip().endswith("message(s)") for text in around)


def _add(chat: Chat, entry: _Entry, sent_at: datetime | None, ledger: Ledger) -> None:
    draft, gap, section = Draft(chat.people.add(entry.author)), 0, ""
    files: list[str] = []
    reactions: list[Reaction] = []
    for line in entry.lines:
        text = line.text.strip()
        section = text if text in _SECTIONS else section
        if section:
            ledger.set_aside(line.start, line.end, _SECTIONS[section])
            if section == _FILES and text and text != section:
                files.append(PurePosixPath(text.partition("?")[0]).name)
            elif section == _REACTIONS and text != section:
                reactions += [Reaction(name=name, count=int(count or 1)) for name, count in _REACTION.findall(text)]
        elif text:
            piece = Piece(line.text, line.start) if draft.parts else Piece(line.text, line.start).trimmed()
            draft.add(piece.cut(0, len(piece.text.rstrip())), ledger, "\n" if gap == 0 else "\n\n")
        gap = 0 if text else gap + 1
    if is_notice(draft.text):
        for line in entry.lines:
            ledger.set_aside(line.start, line.end, "system message")
    elif not draft.parts:
        chat.unread.append(f"line {entry.line.number}")
    else:
        post = Post(f"line-{entry.line.number}", draft.speaker, draft.text, draft.length, sent_at)
        post.files, post.reactions = files, tuple(reactions)
        chat.posts.append(post)
