"""Slack export zips -> threads, and the channel's other messages cut into conversations at silences."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any

from extractor.conversation import Conversation, Coverage, Reaction, Turn
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.decoding import whole_characters
from extractor.sources.people import People
from extractor.sources.slack_export import Channel, Export, names_in_zip, open_export, root_of_export
from extractor.sources.slack_text import readable, text_of_blocks, unescape
from extractor.sources.transcripts import name_places

# A channel's messages outside threads belong to one conversation until nobody writes for longer than this.
LONGEST_SILENCE = timedelta(hours=4)

_TITLE_CHARACTERS = 60
_TS = re.compile(r"(\d{1,11})(?:\.(\d{1,6})\d*)?$")
_DELETED = frozenset(("tombstone",))
_SYSTEM = frozenset(
    """
    channel_join channel_leave channel_topic channel_purpose channel_name channel_archive channel_unarchive
    channel_convert_to_private channel_convert_to_public channel_canvas_updated channel_posting_permissions
    group_join group_leave group_topic group_purpose group_name group_archive group_unarchive
    bot_add bot_remove bot_enable bot_disable pinned_item unpinned_item reminder_add reminder_delete
    huddle_thread sh_room_created sh_room_shared app_conversation_join app_conversation_leave
    bookmark_added tabbed_canvas_updated canvas_updated list_updated ekm_access_denied
    """.split()
)


def fits(blob: Blob) -> float:
    if not blob.data.startswith(b"PK"):
        return 0.0
    names = names_in_zip(blob.data)
    return 1.0 if names is not None and root_of_export(names) is not None else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every thread, and for every stretch of other messages in a channel.

    Raises SourceError where the zip is no Slack export or nobody says anything in it.
    """
    export = open_export(blob)
    reader = _Reader(blob, export)
    conversations = reader.conversations()
    if not conversations:
        raise SourceError(f"{blob.name} is a Slack export without a message in it.", "Export a longer time span.")
    error = None
    if export.damaged:
        error = f"{blob.name} holds files that are damaged: {name_places(export.damaged)}. Download the export again."
    return Reading(blob.name, blob.sha256, FORMAT.name, conversations, reader.coverage(), error)


FORMAT = Format("slack", "Slack exports (.zip)", fits, read)


@dataclass
class _Message:
    """One message: its time stamp (Slack's id for it), its text and how many raw characters that is, and its author."""

    ts: str
    sent_at: datetime
    speaker: str
    characters: int
    text: str
    thread_ts: str | None
    reactions: tuple[Reaction, ...] = ()
    asides: Counter[str] = field(default_factory=Counter)

    @property
    def order(self) -> tuple[datetime, str]:
        return self.sent_at, self.ts


class _Reader:
    def __init__(self, blob: Blob, export: Export) -> None:
        self.blob = blob
        self.export = export
        self.users = {str(user["id"]): user for user in export.users if isinstance(user.get("id"), str)}
        self.channels = {channel.id: channel for channel in export.channels}
        self.people = People()
        self.used = 0
        self.asides: Counter[str] = Counter()
        self.unread: list[str] = []

    def conversations(self) -> tuple[Conversation, ...]:
        found: list[Conversation] = []
        listed = {channel.folder: channel for channel in self.export.channels}
        for folder in sorted(self.export.days):
            channel = listed.get(folder) or Channel(folder, folder, f"#{folder}")
            found.extend(self._channel(channel, self.export.days[folder]))
        found.sort(key=lambda each: (str(each.started_at), each.id))
        if found:
            found[0] = found[0].model_copy(update={"warnings": (*found[0].warnings, *self._source_warnings())})
        return tuple(found)

    def coverage(self) -> Coverage:
        asides = dict(self.asides)
        asides["structure"] = self.export.characters - self.used - sum(asides.values())
        return Coverage.of(self.used, asides)

    def _source_warnings(self) -> list[str]:
        warnings = []
        if self.export.unread:
            warnings.append(
                f"Files of the export that hold no messages were not read: {name_places(self.export.unread)}."
            )
        if self.unread:
            warnings.append(f"Messages without a time or without text were not read: {name_places(self.unread)}.")
        return warnings

    # Messages

    def _channel(self, channel: Channel, entries: Iterable[dict[str, Any]]) -> list[Conversation]:
        messages: dict[str, _Message] = {}
        asides: Counter[str] = Counter()
        files: dict[str, list[str]] = {}
        for entry in entries:
            message = self._message(entry, channel, asides)
            if message is None:
                continue
            if message.ts in messages:
                self.asides["repeated message"] += message.characters
                continue
            messages[message.ts] = message
            files[message.ts] = _file_names(entry)
        self.asides.update(asides)
        threads, rest = _threads(messages.values())
        built = [self._conversation(channel, root, group, files) for root, group in threads.items()]
        built += [self._conversation(channel, None, group, files) for group in _stretches(rest)]
        return built

    def _message(self, entry: dict[str, Any], channel: Channel, asides: Counter[str]) -> _Message | None:
        subtype, raw = str(entry.get("subtype") or ""), _string(entry.get("text"))
        if subtype in _DELETED or entry.get("hidden") is True:
            asides["deleted"] += len(raw)
            return None
        if subtype in _SYSTEM:
            asides["system message"] += len(raw)
            return None
        stamp = _string(entry.get("ts"))
        sent_at = _moment(stamp)
        attachments = _attachment_text(entry)
        raw_text = raw or text_of_blocks(entry.get("blocks")) or attachments or "\n".join(_file_names(entry))
        if sent_at is None or not raw_text.strip():
            self.unread.append(f"{channel.title or channel.id} {stamp or 'without a time'}")
            asides["unreadable message"] += len(raw)
            return None
        characters = len(raw) if raw else len(unescape(raw_text))
        text = readable(raw_text, self._user_name, self._channel_name).strip()
        thread = _string(entry.get("thread_ts")) or None
        speaker = self._speaker(entry)
        message = _Message(stamp, sent_at, speaker, characters, text, thread, self._reactions(entry))
        if raw:
            message.asides["link preview"] = len(attachments)
        return message

    def _speaker(self, entry: dict[str, Any]) -> str:
        comment = entry.get("comment")
        user = entry.get("user") or (comment.get("user") if isinstance(comment, dict) else None)
        bot = entry.get("bot_id")
        if isinstance(user, str) and (user in self.users or not bot):
            return self._person(user, entry.get("user_profile"))
        profile = entry.get("bot_profile")
        name = _string(entry.get("username")) or (_string(profile.get("name")) if isinstance(profile, dict) else "")
        return self.people.add(name or _string(bot) or "unknown", key=f"bot:{bot or name}", role="bot")

    def _person(self, user_id: str, profile: object = None) -> str:
        user = self.users.get(user_id) or (profile if isinstance(profile, dict) else {})
        names = _names(user)
        role = "bot" if user.get("is_bot") is True or user_id == "USLACKBOT" else None
        return self.people.add(names[0] if names else user_id, key=user_id, aliases=names[1:], role=role)

    def _user_name(self, user_id: str) -> str:
        names = _names(self.users.get(user_id, {}))
        return names[0] if names else user_id

    def _channel_name(self, channel_id: str) -> str:
        channel = self.channels.get(channel_id)
        return channel.folder if channel else channel_id

    def _reactions(self, entry: dict[str, Any]) -> tuple[Reaction, ...]:
        found = []
        for each in _dicts(entry.get("reactions")):
            people = [self._person(user) for user in each.get("users") or () if isinstance(user, str)]
            count = each.get("count")
            number = count if isinstance(count, int) else len(people)
            found.append(Reaction(name=_string(each.get("name")), count=number, people=tuple(dict.fromkeys(people))))
        return tuple(found)

    # Conversations

    def _conversation(
        self, channel: Channel, root: str | None, messages: list[_Message], files: dict[str, list[str]]
    ) -> Conversation:
        messages.sort(key=lambda each: each.order)
        first = messages[0]
        turns = tuple(
            Turn(
                index=index,
                speaker=message.speaker,
                text=message.text,
                kind="message",
                sent_at=message.sent_at,
                reply_to=0 if root is not None and first.ts == root and index else None,
                reactions=message.reactions,
            )
            for index, message in enumerate(messages)
        )
        ids = {message.speaker for message in messages}
        ids.update(person for message in messages for reaction in message.reactions for person in reaction.people)
        return Conversation(
            id=f"slack:{channel.id}:{root or first.ts}",
            kind="thread",
            title=self._title(channel, root, first),
            source=self.blob.name,
            started_at=first.sent_at,
            participants=self.people.participants(ids),
            turns=turns,
            coverage=self._share(messages),
            warnings=tuple(_conversation_warnings(root, first, messages, files)),
        )

    def _share(self, messages: list[_Message]) -> Coverage:
        asides: Counter[str] = Counter()
        used = 0
        for message in messages:
            used += message.characters
            asides.update(message.asides)
        self.used += used
        self.asides.update(asides)
        return Coverage.of(used, asides)

    def _title(self, channel: Channel, root: str | None, first: _Message) -> str:
        if root is not None:
            words = " ".join(first.text.split())
            return words if len(words) <= _TITLE_CHARACTERS else words[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"
        return f"{channel.title or 'direct messages'}, {first.sent_at:%Y-%m-%d}"


def _conversation_warnings(
    root: str | None, first: _Message, messages: list[_Message], files: dict[str, list[str]]
) -> list[str]:
    warnings = []
    if root is not None and first.ts != root:
        warnings.append("The first message of the thread is not in the export.")
    shared = [name for message in messages for name in files.get(message.ts, ())]
    if shared:
        warnings.append(f"Shared files were not read: {name_places(shared)}.")
    return warnings


def _threads(messages: Iterable[_Message]) -> tuple[dict[str, list[_Message]], list[_Message]]:
    """The messages of each thread that has replies, by the time stamp of its root, and all other messages."""
    threads: dict[str, list[_Message]] = {}
    rest: list[_Message] = []
    everything = list(messages)
    for message in everything:
        if message.thread_ts is not None and message.thread_ts != message.ts:
            threads.setdefault(message.thread_ts, []).append(message)
    for message in everything:
        if message.ts in threads and message.thread_ts in (None, message.ts):
            threads[message.ts].append(message)
        elif message.thread_ts in (None, message.ts):
            rest.append(message)
    return threads, rest


def _stretches(messages: list[_Message]) -> list[list[_Message]]:
    stretches: list[list[_Message]] = []
    for message in sorted(messages, key=lambda each: each.order):
        if not stretches or message.sent_at - stretches[-1][-1].sent_at > LONGEST_SILENCE:
            stretches.append([])
        stretches[-1].append(message)
    return stretches


def _attachment_text(entry: dict[str, Any]) -> str:
    """The words of attachments: what a bot wrote, or a link's preview. The fallback where there is one."""
    parts = []
    for each in _dicts(entry.get("attachments")):
        fields = [_string(each.get(name)) for name in ("pretext", "title", "text")]
        parts.append(_string(each.get("fallback")) or "\n".join(part for part in fields if part))
    return "\n".join(part for part in parts if part)


def _file_names(entry: dict[str, Any]) -> list[str]:
    files = [*_dicts(entry.get("files")), *_dicts([entry.get("file")])]
    return [_string(each.get("name")) or _string(each.get("title")) or "a file without a name" for each in files]


def _names(user: dict[str, Any]) -> list[str]:
    """The names of a user: the one shown first, then the real name and the user name."""
    profile = user.get("profile")
    both = (profile, user) if isinstance(profile, dict) else (user,)
    found = [_string(each.get(name)).strip() for name in ("display_name", "real_name", "name") for each in both]
    return list(dict.fromkeys(name for name in found if name))


def _moment(stamp: str) -> datetime | None:
    match = _TS.match(stamp)
    if match is None:
        return None
    try:
        return datetime.fromtimestamp(int(match[1]), UTC).replace(microsecond=int((match[2] or "0").ljust(6, "0")))
    except (ValueError, OverflowError, OSError):
        return None


def _dicts(value: object) -> list[dict[str, Any]]:
    return [each for each in value if isinstance(each, dict)] if isinstance(value, list) else []


def _string(value: object) -> str:
    return whole_characters(value) if isinstance(value, str) else ""
