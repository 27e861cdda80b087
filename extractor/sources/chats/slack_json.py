"""Slack: messages as one JSON file, whatever wrote it: the API, slackdump, perceval, or one day of an export."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import ONE_PAGE, Channel, by_time, conversations_of, reading_of_json
from extractor.sources.chats.slack_messages import Messages, stamp_of
from extractor.sources.values import by_id, mapping, mappings, string

_STAMP = re.compile(r"\d{9,11}\.\d{1,6}$")
_CHANNEL_ID = re.compile(r"[CDG][A-Z0-9]{6,20}$")
_SAYS = ("text", "blocks", "attachments", "files", "subtype", "bot_id")
_ANSWER = frozenset(("ok", "error", "needed", "provided", "warning", "response_metadata", "errors"))
# Where dumps put the answers to a message; in ``replies`` the API puts their time stamps only.
_ANSWERS = ("slackdump_thread_replies", "thread_replies", "replies")
_SAMPLE = 20


@dataclass
class _Batch:
    """The messages of one channel. ``id`` and ``name`` are empty where the file does not say which."""

    id: str
    name: str
    entries: list[dict[str, Any]] = field(default_factory=list)


def fits(blob: Blob) -> float:
    """1.0 for messages, 0.9 for an answer of the API that has none."""
    value = blob.json
    if _is_refusal(value):
        return 0.9
    if isinstance(value, dict) and value.get("ok") is True and value.get("messages") == []:
        return 0.9 if "has_more" in value or "response_metadata" in value else 0.0
    sample = list(islice(_messages_in(value), _SAMPLE))
    alike = sum(1 for entry in sample if _is_message(entry))
    return 1.0 if sample and alike * 2 > len(sample) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every thread, and for every stretch of other messages in a channel.

    Human language: what :mod:`~extractor.sources.chats.slack_messages` lists. People are called by the profiles that
    messages carry, or a ``users`` list beside them, and else by their ids. Raises SourceError where nobody says
    anything.
    """
    value = blob.json
    if _is_refusal(value):
        error = string(value.get("error")) or "no reason given"
        raise SourceError(f"{blob.name} is an answer in which Slack refuses ({error}).", "Ask for the messages again.")
    batches, damaged = _batches(value)
    messages = Messages(
        by_id(mapping(value).get("users")), {batch.id: batch.name for batch in batches if batch.id and batch.name}
    )
    found: list[Conversation] = []
    for batch in batches:
        messages.learn(batch.entries)
    for batch in batches:
        channel = _channel(batch, blob)
        posts = messages.posts(batch.entries, channel.title)
        found += conversations_of(channel, posts, messages.people, blob.name)
    found.sort(key=by_time)
    if not found:
        raise SourceError(f"{blob.name} holds no Slack message with words.", "Export a longer time span.")
    messages.damaged = damaged
    warnings = messages.warnings()
    if mapping(value).get("has_more") is True:
        warnings.append(ONE_PAGE)
    return reading_of_json(blob, FORMAT.name, found, messages.asides, warnings)


def _is_refusal(value: object) -> bool:
    return isinstance(value, dict) and value.get("ok") is False and value.keys() <= _ANSWER


def _is_message(entry: dict[str, Any]) -> bool:
    stamp = entry.get("ts")
    if isinstance(stamp, str):
        return bool(_STAMP.match(stamp)) and any(key in entry for key in _SAYS)
    return entry.get("type") == "message" and bool(stamp_of(entry)) and ("user" in entry or "bot_id" in entry)


def _channel(batch: _Batch, blob: Blob) -> Channel:
    key = f"slack:{batch.id or batch.name}".removesuffix(":")
    direct = batch.id.startswith("D") and not batch.name
    return Channel(key, "" if direct else f"#{batch.name}" if batch.name else batch.id or blob.stem)


# The shapes that messages come in


def _batches(value: object) -> tuple[list[_Batch], int]:
    """The messages of each channel, answers included, and how many entries are no messages."""
    batches: dict[tuple[str, str], _Batch] = {}
    damaged = 0
    for container, entries in _containers(value):
        channel_id, name = _channel_of(container)
        for entry in entries:
            if not isinstance(entry, dict):
                damaged += 1
                continue
            entry = _unwrapped(entry)
            own_id, own_name = _channel_of(entry)
            place = (channel_id or own_id, name or own_name)
            batches.setdefault(place, _Batch(*place)).entries.extend(_with_answers(entry))
    return list(batches.values()), damaged


def _containers(value: object) -> Iterator[tuple[dict[str, Any], list[Any]]]:
    """What holds messages, and the messages in it: one message, a list, an answer of the API, a list of answers."""
    for each in value if isinstance(value, list) else [value]:
        entry = mapping(each)
        inner = entry.get("messages")
        if isinstance(inner, dict):
            inner = inner.get("matches")
        if isinstance(inner, list):
            yield entry, inner
        elif isinstance(entry.get("message"), dict) and "text" not in entry:
            yield entry, [entry["message"]]
        else:
            yield {}, [each]


def _messages_in(value: object) -> Iterator[dict[str, Any]]:
    for _, entries in _containers(value):
        for entry in islice(entries, _SAMPLE):
            yield _unwrapped(entry) if isinstance(entry, dict) else {}


def _unwrapped(entry: dict[str, Any]) -> dict[str, Any]:
    """The message itself where perceval wrapped it, with the profile of its author."""
    data = entry.get("data")
    if entry.get("backend_name") != "Slack" or not isinstance(data, dict):
        return entry
    profile = data.get("user_data")
    return {**data, "user_profile": profile} if isinstance(profile, dict) and "user_profile" not in data else data


def _channel_of(entry: dict[str, Any]) -> tuple[str, str]:
    """Id and name of the channel, as far as a message or what holds it says."""
    channel_id, name = string(entry.get("channel_id")), string(entry.get("channel_name"))
    channel = entry.get("channel", entry.get("channel_info"))
    if isinstance(channel, dict):
        channel_id, name = channel_id or string(channel.get("id")), name or string(channel.get("name"))
    elif isinstance(channel, str) and _CHANNEL_ID.match(channel):
        channel_id = channel_id or channel
    else:
        name = name or string(channel)
    if "messages" in entry:
        name = name or string(entry.get("name"))
    return channel_id, name.removeprefix("#")


def _with_answers(entry: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A message and the answers that a dump nests in it."""
    yield entry
    for key in _ANSWERS:
        for answer in mappings(entry.get(key)) if key in entry else ():
            if "text" in answer or "blocks" in answer:
                yield answer if "thread_ts" in answer else {**answer, "thread_ts": stamp_of(entry)}


FORMAT = Format(
    "slack-json", "Slack messages (JSON of the API, slackdump or one day)", fits, read, people_by_id=True, verified=True
)
