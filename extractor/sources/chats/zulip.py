"""Zulip: the export of an organization, as a folder or a tar, and messages as the API gives them."""

from __future__ import annotations

import json
import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Blob, Bundle, BundleFormat, Format, Reading
from extractor.sources.chats.posts import (
    Channel,
    Post,
    by_time,
    conversations_of,
    reading_of,
    reading_of_json,
)
from extractor.sources.chats.zulip_messages import NOTIFIER, Messages
from extractor.sources.transcripts import name_places, not_read
from extractor.sources.values import by_id, id_of, mapping, mappings, number, string

_PART = re.compile(r"messages-\d{1,9}\.json$")
_API = ("sender_full_name", "sender_id", "sender_email", "display_recipient", "stream_id", "topic_links", "subject")
_QUIET = ("attachment.json", "migration_status.json", "analytics.json", "stats.json")
_PERSON, _STREAM = 1, 2
_SAMPLE = 20


@dataclass
class _Place:
    """Where messages go: a channel with its topics, or direct messages."""

    key: str
    title: str
    topics: dict[str, str] = field(default_factory=dict)
    posts: list[Post] = field(default_factory=list)

    def add(self, post: Post, topic: str) -> None:
        """Add a post to the topic, whose name is the same however it is capitalized."""
        if topic:
            post.thread = f"topic:{topic.casefold()}"
            self.topics.setdefault(post.thread, f"#{self.title} > {topic}")
        self.posts.append(post)

    def conversations(self, messages: Messages, source: str) -> list[Conversation]:
        title = f"#{self.title}" if self.title else ""
        channel = Channel(f"zulip:{self.key}", title, self.topics)
        return conversations_of(channel, messages.each_once(self.posts), messages.people, source)


# Exports


def fits(bundle: Bundle) -> float:
    """1.0 for ``realm.json`` beside files of messages."""
    return 1.0 if _root_of(bundle.names) is not None else 0.0


def read(bundle: Bundle) -> Reading:
    """One conversation for every topic of a channel, and for every stretch of direct messages.

    Human language: ``content`` of messages (used; ``rendered_content`` set aside as ``copy``), their ``subject`` and
    the channels' ``description`` (``heading``). All else is ``structure``. Raises SourceError where the bundle is
    no Zulip export or nobody says anything in it.
    """
    root = _root_of(bundle.names)
    if root is None:
        raise SourceError(f"{bundle.name} is no Zulip export.", "Give the files it holds one by one.")
    export = _Export(bundle, root)
    realm = mapping(export.parsed(f"{root}realm.json"))
    people: dict[str, dict[str, Any]] = {}
    for table in ("zerver_userprofile", "zerver_userprofile_mirrordummy", "zerver_userprofile_crossrealm"):
        people.update(by_id(realm.get(table)))
    messages = Messages(people)
    recipients = _Recipients(realm)
    export.asides["heading"] += sum(len(string(each.get("description"))) for each in recipients.streams.values())
    reactions = _reactions_of(realm.get("zerver_reaction"))
    for part in export.parts:
        data = mapping(export.parsed(part))
        for name, rows in _reactions_of(data.get("zerver_reaction")).items():
            reactions.setdefault(name, rows)
        _add_messages(mappings(data.get("zerver_message")), messages, recipients, reactions, export.asides)
    found = [each for place in recipients.places.values() for each in place.conversations(messages, bundle.name)]
    error = None
    if export.damaged:
        error = f"{bundle.name} holds files that are damaged: {name_places(export.damaged)}. Export it again."
    if not found:
        raise SourceError(f"{bundle.name} is a Zulip export without a message in it.", "Export it with messages.")
    found.sort(key=by_time)
    warnings = [*messages.warnings(), *not_read("Files of the export that hold no messages", export.unread)]
    if recipients.unknown:
        noun = "message has a recipient" if recipients.unknown == 1 else "messages have recipients"
        warnings.append(f"{recipients.unknown} {noun} that the export does not list.")
    asides = export.asides + messages.asides
    return reading_of(bundle.name, None, EXPORT.name, export.characters, found, asides, warnings, error)


def _root_of(names: Sequence[str]) -> str | None:
    """The folder that holds the export (``""`` for the top, else ending in ``/``), None where it is none."""
    parts = {posixpath.dirname(name) for name in names if _PART.match(posixpath.basename(name))}
    realms = {posixpath.dirname(name) for name in names if posixpath.basename(name) == "realm.json"}
    roots = sorted(parts & realms, key=lambda root: (root.count("/"), root))
    return None if not roots else f"{roots[0]}/" if roots[0] else ""


class _Export:
    """The files of an export; counts the characters of those that were read and names the others."""

    def __init__(self, bundle: Bundle, root: str) -> None:
        self._bundle = bundle
        self.characters = 0
        self.asides: Counter[str] = Counter()
        self.damaged: list[str] = []
        inside = [name for name in bundle.names if name.startswith(root)]
        self.parts = [name for name in inside if _PART.match(name.removeprefix(root))]
        read = {f"{root}realm.json", *self.parts, *(root + name for name in _QUIET)}
        self.unread = [name for name in bundle.names if name not in read]

    def parsed(self, name: str) -> object:
        try:
            text = self._bundle.data_of(name).decode("utf-8-sig")
            value = json.loads(text)
        except (ValueError, RecursionError, SourceError):
            self.damaged.append(posixpath.basename(name))
            return None
        self.characters += len(text)
        return value


class _Recipients:
    """The tables of ``realm.json`` that say where a message went, and the places that messages were put in."""

    def __init__(self, realm: dict[str, Any]) -> None:
        self.streams = by_id(realm.get("zerver_stream"))
        self.places: dict[str, _Place] = {}
        self.unknown = 0
        self._rows = by_id(realm.get("zerver_recipient"))
        self._members: dict[str, list[str]] = {}
        for row in mappings(realm.get("zerver_subscription")):
            user = id_of(row.get("user_profile"))
            self._members.setdefault(id_of(row.get("recipient")), []).append(user)

    def place(self, recipient: str, sender: str) -> tuple[_Place, bool]:
        """Where a message to ``recipient`` by ``sender`` belongs, and whether that is a channel.

        A message to one person belongs with the answers to it, which have another recipient: its sender.
        """
        row = self._rows.get(recipient)
        if row is None:
            self.unknown += 1
            return self._at(f"recipient-{recipient}", f"recipient {recipient}"), True
        kind, target = number(row.get("type")), id_of(row.get("type_id"))
        if kind == _STREAM:
            name = string(self.streams.get(target, {}).get("name"))
            return self._at(target, name or f"channel {target}"), True
        members = [sender, target] if kind == _PERSON else self._members.get(recipient, []) or [f"group-{target}"]
        return self._at(f"direct:{','.join(sorted(set(members)))}", ""), False

    def _at(self, key: str, title: str) -> _Place:
        return self.places.setdefault(key, _Place(key, title))


def _add_messages(
    rows: Iterable[dict[str, Any]],
    messages: Messages,
    recipients: _Recipients,
    reactions: dict[str, list[dict[str, Any]]],
    asides: Counter[str],
) -> None:
    for row in rows:
        sender, topic = id_of(row.get("sender")), string(row.get("subject")).strip("\x07 ")
        asides["heading"] += len(string(row.get("subject")))
        if string(messages.users.get(sender, {}).get("email")) == NOTIFIER:
            asides["system message"] += len(string(row.get("content")))
            asides["copy"] += len(string(row.get("rendered_content")))
            continue
        post = messages.post(row, sender, reactions.get(id_of(row.get("id")), []))
        if post is not None:
            place, is_channel = recipients.place(id_of(row.get("recipient")), sender)
            place.add(post, topic if is_channel else "")


def _reactions_of(rows: object) -> dict[str, list[dict[str, Any]]]:
    """The rows of the table of reactions by the messages that they are on."""
    found: dict[str, list[dict[str, Any]]] = {}
    for row in mappings(rows):
        found.setdefault(id_of(row.get("message")), []).append(row)
    return found


# The API


def fits_json(blob: Blob) -> float:
    """1.0 where most of the first entries are messages of the API."""
    sample = list(islice(_api_messages(blob.json), _SAMPLE))
    alike = sum(1 for entry in sample if isinstance(entry, dict) and _is_message(entry))
    return 1.0 if alike and alike * 2 > len(sample) else 0.0


def read_json(blob: Blob) -> Reading:
    """One conversation for every topic of a channel, and for every stretch of direct messages.

    Human language: ``content`` (used; the tags of HTML set aside as ``markup``) and ``subject`` (``heading``). All
    else is ``structure``. Raises SourceError where nobody says anything.
    """
    entries = _api_messages(blob.json)
    messages = Messages(_people_in(entries))
    places: dict[str, _Place] = {}
    asides = Counter[str]()
    for entry in entries:
        if not isinstance(entry, dict):
            messages.damaged += 1
            continue
        topic = string(entry.get("subject", entry.get("topic"))).strip()
        asides["heading"] += len(topic)
        if string(entry.get("sender_email")) == NOTIFIER:
            asides["system message"] += len(string(entry.get("content")))
            continue
        post = messages.post(entry, _sender(entry), mappings(entry.get("reactions")))
        if post is None:
            continue
        recipient = entry.get("display_recipient")
        if isinstance(recipient, list):
            members = sorted({id_of(each.get("id")) for each in mappings(recipient)})
            places.setdefault(f"direct:{','.join(members)}", _Place(f"direct:{','.join(members)}", "")).add(post, "")
        else:
            key = id_of(entry.get("stream_id")) or string(recipient)
            places.setdefault(key, _Place(key, string(recipient) or f"channel {key}")).add(post, topic)
    found = [each for place in places.values() for each in place.conversations(messages, blob.name)]
    if not found:
        raise SourceError(f"{blob.name} holds no Zulip message with words.", "Ask for more messages.")
    found.sort(key=by_time)
    warnings = messages.warnings()
    if mapping(blob.json).get("history_limited") is True:
        warnings.append("Zulip left older messages out of its answer.")
    return reading_of_json(blob, API.name, found, asides + messages.asides, warnings)


def _api_messages(value: object) -> list[object]:
    inner = value.get("messages", value.get("message")) if isinstance(value, dict) else value
    if isinstance(inner, dict):
        return [inner]
    return inner if isinstance(inner, list) else [value] if isinstance(value, dict) else []


def _is_message(entry: dict[str, Any]) -> bool:
    return "content" in entry and "timestamp" in entry and sum(key in entry for key in _API) >= 3


def _sender(entry: dict[str, Any]) -> str:
    return id_of(entry.get("sender_id")) or string(entry.get("sender_email")) or string(entry.get("sender_full_name"))


def _people_in(entries: Iterable[object]) -> dict[str, dict[str, Any]]:
    """The people that messages name, by their ids."""
    people: dict[str, dict[str, Any]] = {}
    for entry in map(mapping, entries):
        name = string(entry.get("sender_full_name"))
        people.setdefault(_sender(entry), {"full_name": name, "email": entry.get("sender_email")})
        people.update({key: each for key, each in by_id(entry.get("display_recipient")).items() if key not in people})
    return people


EXPORT = BundleFormat("zulip", "Zulip exports (.tar.gz)", fits, read, people_by_id=True)
API = Format("zulip-json", "Zulip messages (JSON of the API)", fits_json, read_json, people_by_id=True)
