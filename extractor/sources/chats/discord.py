"""Discord: the JSON, CSV and text files of DiscordChatExporter, one channel or thread a file."""

from __future__ import annotations

import csv
import io
import re
from collections import Counter
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any

from extractor.conversation import Conversation, Coverage, Reaction
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.discord_text import RULE, Chat, is_notice, read_text, times_of
from extractor.sources.chats.posts import (
    Channel,
    Post,
    PostMaker,
    conversations_of,
    name_of,
    reading_of_json,
    with_warnings,
)
from extractor.sources.chats.reactions import reactions_by_name
from extractor.sources.ledger import Ledger
from extractor.sources.people import People
from extractor.sources.transcripts import encoding_warnings, not_read
from extractor.sources.values import MILLISECOND, epoch, id_of, mapping, mappings, moment, number, string

EXPORT_AGAIN = "Export the channel again."

_CSV_HEAD = re.compile(r'\ufeff?"?AuthorID"?,"?Author"?,"?Date"?,"?Content"?(?:,|\s)')
# What people and programs write; every other type is a notice of Discord's. Numbers are types that the exporter has no
# name for: 19 a reply, 20 and 23 the answers of a program to a command.
_WRITTEN = frozenset(("", "Default", "Reply", "0", "19", "20", "23"))
_USER = re.compile(r"<@!?(\d{1,20})>")
_EMOJI = re.compile(r"<a?(:\w{1,64}:)\d{1,20}>")
_TEXT_HEAD = tuple(f"{RULE}{end}Guild: " for end in ("\n", "\r\n"))
_CSV_REACTION = re.compile(r"(.{1,100}) \((\d{1,9})\)$")
_DISCORD_EPOCH_MS = 1420070400000
_ID_TIME_BITS = 22
_MOST_COMPONENTS = 1000


def fits(blob: Blob) -> float:
    """1.0 for the keys of an exported channel, and for the heads of its tables and texts."""
    value = blob.json
    if isinstance(value, dict):
        parts = (value.get("guild"), value.get("channel"), value.get("messages"))
        return 1.0 if isinstance(parts[0], dict) and isinstance(parts[1], dict) and isinstance(parts[2], list) else 0.0
    return 1.0 if _CSV_HEAD.match(blob.head) or blob.head.startswith(_TEXT_HEAD) else 0.0


def read(blob: Blob) -> Reading:
    """A thread's file is one conversation; a channel's is cut where nobody writes for hours.

    Human language in the JSON: ``content`` (used; of notices a ``system message``), the words of ``embeds`` (used for
    those of a program, else a ``link preview``), ``stickers``, the labels of ``components`` (``button``), and names and
    topic of the channel (``heading``). All else is ``structure``. Raises SourceError where nobody writes anything.
    """
    export = mapping(blob.json)
    if not isinstance(export.get("messages"), list):
        if _CSV_HEAD.match(blob.head):
            return _read_csv(blob)
        if blob.head.startswith(_TEXT_HEAD):
            return _read_text(blob)
        raise SourceError(f"{blob.name} is no DiscordChatExporter file.", EXPORT_AGAIN)
    messages = Messages()
    posts = messages.posts(export["messages"])
    channel = _channel(export, blob)
    for post in posts:
        post.thread = next(iter(channel.topics), None)
    found = _conversations(channel, posts, messages.people, blob)
    heads = [mapping(export.get("guild")).get("name")]
    heads += [mapping(export.get("channel")).get(key) for key in ("name", "category", "topic")]
    asides = messages.asides + Counter({"heading": sum(len(string(head)) for head in heads)})
    promised, there = number(export.get("messageCount")), len(export["messages"])
    warnings = messages.warnings()
    if promised is not None and promised > there:
        warnings.append(f"The file says that it holds {promised:.0f} messages, but {there} are in it.")
    return reading_of_json(blob, FORMAT.name, found, asides, warnings)


def _conversations(channel: Channel, posts: list[Post], people: People, blob: Blob) -> list[Conversation]:
    found = conversations_of(channel, posts, people, blob.name)
    if not found:
        raise SourceError(f"{blob.name} is a Discord export without a message in it.", "Export a longer time span.")
    return found


def _channel(export: dict[str, Any], blob: Blob) -> Channel:
    channel = mapping(export.get("channel"))
    kind, name = string(channel.get("type")), string(channel.get("name")).strip()
    channel_id = id_of(channel.get("id")) or name or blob.stem
    if "Thread" in kind:
        parent = id_of(channel.get("categoryId")) or id_of(mapping(export.get("guild")).get("id"))
        return Channel(f"discord:{parent}", name, {channel_id: name or blob.stem})
    return Channel(f"discord:{channel_id}", f"#{name}" if name and kind.startswith("Guild") else name or blob.stem)


class Messages(PostMaker):
    """Makes posts of the messages of one channel, and counts what is none."""

    def __init__(self) -> None:
        super().__init__()
        self._names: dict[str, str] = {}

    def posts(self, entries: list[Any]) -> list[Post]:
        """The messages of the channel, each once."""
        messages = mappings(entries)
        self._learn_names(messages)
        self.damaged += len(entries) - len(messages)
        return self.each_once(self._post(entry, index) for index, entry in enumerate(messages))

    def _learn_names(self, messages: list[dict[str, Any]]) -> None:
        for entry in messages:
            for user in (mapping(entry.get("author")), *mappings(entry.get("mentions"))):
                name, user_id = _name(user), id_of(user.get("id"))
                if name and user_id:
                    self._names.setdefault(user_id, name)

    def _post(self, entry: dict[str, Any], index: int) -> Post | None:
        raw, asides = string(entry.get("content")), Counter[str]()
        if string(entry.get("type")) not in _WRITTEN:
            self.asides["system message"] += len(raw)
            return None
        author, forwarded = mapping(entry.get("author")), mapping(entry.get("forwardedMessage"))
        quoted = not raw.strip() and bool(forwarded)
        words = forwarded if quoted else entry
        raw = string(words.get("content"))
        asides["button"] = _length_of_labels(words)
        spent, text = self._text(words, raw, author.get("isBot") is True or quoted, asides)
        files = [_file_name(each) for each in mappings(words.get("attachments"))]
        if not text:
            text = "\n".join(files).strip()
            spent = len(text)
        sent_at = moment(entry.get("timestamp")) or _moment_of_id(entry.get("id"))
        if not text:
            self.unread.append(name_of(sent_at, f"message {index + 1}"))
            self.asides.update(asides)
            return None
        return Post(
            id=id_of(entry.get("id")) or f"message-{index + 1}",
            speaker=None if quoted else self._person(author),
            text=text,
            characters=spent,
            sent_at=sent_at,
            reply_to=_replied(entry),
            kind="quote" if quoted else "message",
            edited_at=moment(entry.get("timestampEdited")),
            reactions=self._reactions(entry),
            asides=asides,
            files=files,
        )

    def _text(self, words: dict[str, Any], raw: str, own_embeds: bool, asides: Counter[str]) -> tuple[int, str]:
        """The words of a message and how many characters they take; what else has words is counted in ``asides``.

        The embeds of a program are what it says; those of a person are previews of links, unless there is nothing else.
        """
        embeds, stickers = _embed_text(words), "\n".join(_names_of(words.get("stickers")))
        parts = [raw] if raw.strip() else []
        if embeds and (own_embeds or not parts):
            parts.append(embeds)
        elif embeds:
            asides["link preview"] += len(embeds)
        if stickers and not parts:
            parts.append(stickers)
        elif stickers:
            asides["attachment"] += len(stickers)
        return sum(map(len, parts)), self._readable("\n".join(parts)).strip()

    def _readable(self, text: str) -> str:
        """Mentions and emoji of exports that left the markup as it is."""
        if "<" not in text:
            return text
        named = _USER.sub(lambda match: f"@{self._names.get(match[1], match[1])}", text)
        return _EMOJI.sub(r"\1", named)

    def _person(self, user: dict[str, Any]) -> str | None:
        name, key = _name(user), id_of(user.get("id"))
        if not name and not key:
            return None
        aliases = [string(user.get("name"))]
        discriminator = string(user.get("discriminator"))
        if aliases[0] and discriminator.strip("0"):
            aliases.append(f"{aliases[0]}#{discriminator}")
        role = "bot" if user.get("isBot") is True else None
        return self.people.add(name or key, key=key or None, aliases=aliases, role=role)

    def _reactions(self, entry: dict[str, Any]) -> tuple[Reaction, ...]:
        return reactions_by_name(
            (_emoji_name(each), number(each.get("count")), map(self._person, mappings(each.get("users"))))
            for each in mappings(entry.get("reactions"))
        )


def _name(user: dict[str, Any]) -> str:
    return string(user.get("nickname")).strip() or string(user.get("name")).strip()


def _emoji_name(reaction: dict[str, Any]) -> str:
    emoji = mapping(reaction.get("emoji"))
    return string(emoji.get("name")) or string(emoji.get("code"))


def _moment_of_id(value: object) -> datetime | None:
    """When a message was made, which its id says."""
    text = id_of(value)
    if not text.isdecimal() or not 15 <= len(text) <= 20:
        return None
    return epoch((int(text) >> _ID_TIME_BITS) + _DISCORD_EPOCH_MS, MILLISECOND)


def _replied(entry: dict[str, Any]) -> str | None:
    reference = mapping(entry.get("reference"))
    return None if reference.get("type") == "Forward" else id_of(reference.get("messageId")) or None


def _names_of(values: object) -> list[str]:
    return [name for each in mappings(values) if (name := string(each.get("name")).strip())]


def _file_name(attachment: dict[str, Any]) -> str:
    named = string(attachment.get("fileName")) or PurePosixPath(string(attachment.get("url")).partition("?")[0]).name
    return named.strip() or "a file without a name"


def _embed_text(words: dict[str, Any]) -> str:
    lines: list[str] = []
    for each in mappings(words.get("embeds")):
        lines.append(string(mapping(each.get("author")).get("name")))
        lines += [string(each.get(key)) for key in ("title", "description")]
        for field in mappings(each.get("fields")):
            lines += [string(field.get("name")), string(field.get("value"))]
        lines.append(string(mapping(each.get("footer")).get("text")))
    return "\n".join(line for line in lines if line.strip())


def _length_of_labels(words: dict[str, Any]) -> int:
    """The characters on a program's buttons, which may lie in rows."""
    length, waiting = 0, mappings(words.get("components"))[:_MOST_COMPONENTS]
    while waiting:
        component = waiting.pop()
        length += len(string(component.get("label")))
        waiting += mappings(component.get("components"))
    return length


# CSV and text


def _read_text(blob: Blob) -> Reading:
    ledger = Ledger(blob.text)
    chat = read_text(blob, ledger)
    return _reading(blob, chat, ledger.coverage())


def _read_csv(blob: Blob) -> Reading:
    """The posts of a CSV file, which knows of no replies; only dates that are written in full name a time zone."""
    rows: list[dict[str, str]] = []
    error = None
    try:
        for row in csv.DictReader(io.StringIO(blob.text.lstrip("\ufeff"), newline="")):
            rows.append({str(key): string(value) for key, value in row.items()})
    except csv.Error as problem:
        error = f"{blob.name} is damaged after row {len(rows) + 1} ({problem}). {EXPORT_AGAIN}"
    chat, asides = Chat(Channel(f"discord:{blob.stem}", blob.stem)), Counter[str]()
    times = times_of([row.get("Date", "") for row in rows], blob)
    for place, (row, sent_at) in enumerate(zip(rows, times, strict=True), 2):
        content = row.get("Content", "")
        if is_notice(content):
            asides["system message"] += len(content)
            continue
        files = [PurePosixPath(url.partition("?")[0]).name for url in row.get("Attachments", "").split(",") if url]
        text = content.strip() or "\n".join(files).strip()
        if not text:
            chat.unread.append(f"row {place}")
            continue
        if sent_at is None:
            chat.undated.append(f"row {place}")
        author, key = row.get("Author", "").strip(), row.get("AuthorID", "").strip()
        speaker = chat.people.add(author or key, key=key or None) if author or key else None
        spent = len(content) if content.strip() else len(text)
        reactions = _csv_reactions(row.get("Reactions", ""))
        chat.posts.append(Post(f"row-{place}", speaker, text, spent, sent_at, reactions=reactions, files=files))
    used = sum(post.characters for post in chat.posts)
    coverage = Coverage.of_structured(len(blob.text), [Coverage.of(used, asides)])
    return _reading(blob, chat, coverage, error)


def _csv_reactions(value: str) -> tuple[Reaction, ...]:
    matches = [_CSV_REACTION.match(part.strip()) for part in value.split(",")]
    return tuple(Reaction(name=match[1].strip(), count=int(match[2])) for match in matches if match)


def _reading(blob: Blob, chat: Chat, coverage: Coverage, error: str | None = None) -> Reading:
    found = _conversations(chat.channel, chat.posts, chat.people, blob)
    warnings = [
        *encoding_warnings(blob),
        *not_read(Messages.UNREAD, chat.unread),
        *not_read("Dates that are written in no known way", chat.undated),
    ]
    return Reading(blob.name, blob.sha256, FORMAT.name, with_warnings(found, warnings), coverage, error)


FORMAT = Format(
    "discord", "Discord channels (DiscordChatExporter: JSON, CSV, text)", fits, read, people_by_id=True, verified=True
)
