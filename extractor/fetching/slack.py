"""Channels read through Slack's API, as the reader of Slack's exports reads them."""

from __future__ import annotations

import json
import posixpath
import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

from extractor.fetching.base import Item, Unlisted, hints_of, version_of
from extractor.fetching.slack_api import PAGE, Api, RefusedError
from extractor.plan import SlackSource
from extractor.sources import Bundle, Hints, Reading, read_bundle
from extractor.sources.chats.posts import LONGEST_SILENCE
from extractor.sources.chats.slack import Groups, Said, groups_of
from extractor.sources.chats.slack_messages import stamp_of
from extractor.sources.values import by_id, mapping, mappings, string

MOST_PAGES_BACK = 10
"""How many pages of messages from before the window are read to find where the first stretch in it begins."""

_DAY_S = 86_400
_SILENCE_S = LONGEST_SILENCE.total_seconds()
_ID = re.compile(r"[UWCG][A-Z0-9]{2,20}")
_LISTS = (("is_im", "dms"), ("is_mpim", "mpims"), ("is_private", "groups"))

Message = dict[str, Any]
Failure = tuple[str, RefusedError]


@dataclass(frozen=True)
class _Workspace:
    """What the messages of all channels need to be read: people and channels by id."""

    source: SlackSource
    hints: Hints
    users: dict[str, dict[str, Any]]
    channels: dict[str, dict[str, Any]]


def items(source: SlackSource, base: Path) -> Iterator[Item | Unlisted]:
    """One item for each thread, and for each stretch of other messages until nobody writes for four hours.

    Conversations have the ids that an export of the channel would give them. Listing takes the messages with their
    words, so that an edit is seen wherever it is; the version is made of what is said, and a reaction changes nothing.

    Looked for are threads whose first message is not older than ``days``, or of which an answer was sent to the channel
    too since then. Not seen are answers in threads that began earlier, and edits of older messages. A stretch that
    began earlier and goes on is read from its beginning, where that is within the 2,000 messages before. Private
    channels need the scopes ``groups:read`` and ``groups:history``, and are asked for where no channel is named, or
    one that is not public.

    Raises FetchError, also while it is iterated, where Slack cannot be reached, the token is refused or lacks a scope
    that everything needs, or no channel can be read.
    """
    hints = hints_of(source, base)
    return _items(source, Api(source), hints)


def _items(source: SlackSource, api: Api, hints: Hints) -> Iterator[Item | Unlisted]:
    known, chosen, failures = _channels(source, api)
    users = by_id(list(api.pages("users.list", "members"))) if chosen else {}
    workspace = _Workspace(source, hints, users, known)
    since = time.time() - source.days * _DAY_S
    refused = len(failures)
    for channel_id in chosen:
        try:
            groups, whole = _groups(api, channel_id, since)
        except RefusedError as error:
            failures.append((channel_id, error))
            continue
        yield from _items_of(workspace, channel_id, groups, whole=whole)
    if failures and len(failures) - refused == len(chosen):
        raise failures[0][1]
    for place, failure in sorted(failures, key=lambda each: each[0]):
        label = _title(known.get(place, {"name": place}))
        yield Unlisted(f"{source.name}:{place}", label, f"{label}: {failure}", transient=False)


# Channels


def _channels(source: SlackSource, api: Api) -> tuple[dict[str, Message], list[str], list[Failure]]:
    """All channels listed, by id; the ids of those to read, sorted; and what of the named ones is not there."""
    wanted = sorted({name.removeprefix("#") for name in source.channels})
    if not wanted:
        known = _list(api, "public_channel,private_channel")
        return known, sorted(each for each in known if known[each].get("is_member") is True), []
    known = _list(api, "public_channel")
    failures: list[Failure] = []
    chosen: set[str] = set()
    private: dict[str, Message] | None = None
    for name in wanted:
        try:
            if _find(name, known) is None and not _ID.fullmatch(name):
                private = _list(api, "private_channel") if private is None else private
                known |= private
            elif name not in known and _find(name, known) is None:
                known[name] = mapping(api.ask("conversations.info", channel=name).get("channel"))
            found = _find(name, known)
            if found is None:
                raise RefusedError("There is no such channel that the bot can see.", "Correct its name, or invite it.")
            chosen.add(found)
        except RefusedError as error:
            failures.append((name, error))
    return known, sorted(chosen), failures


def _list(api: Api, types: str) -> dict[str, Message]:
    return by_id(list(api.pages("conversations.list", "channels", types=types)))


def _find(name: str, known: dict[str, Message]) -> str | None:
    if name in known:
        return name
    return next((each for each, channel in known.items() if channel.get("name") == name), None)


def _title(channel: Message) -> str:
    name = string(channel.get("name"))
    return f"#{name}" if name else "direct messages"


# Messages


def _groups(api: Api, channel_id: str, since: float) -> tuple[Groups, bool]:
    """The conversations of a channel that go on after ``since``, a time in seconds since 1970; and whether the first of
    the stretches is whole. Raises RefusedError.
    """
    recent = list(api.pages("conversations.history", "messages", channel=channel_id, oldest=f"{since:.6f}"))
    roots = {string(each.get("thread_ts")) or stamp_of(each) for each in recent if _in_thread(each)}
    messages = [*recent, *(answer for root in sorted(roots) for answer in _answers(api, channel_id, root))]
    groups = groups_of(messages)
    before, horizon, more = [], since, True
    for _ in range(MOST_PAGES_BACK):
        if not more or _begins_after_silence(groups, since, horizon):
            break
        page = api.ask("conversations.history", channel=channel_id, latest=f"{horizon:.6f}", limit=str(PAGE))
        found = mappings(page.get("messages"))
        before += [each for each in found if not _in_thread(each)]
        more = bool(found) and page.get("has_more") is True
        horizon = min((float(stamp_of(each) or horizon) for each in found), default=horizon)
        groups = groups_of([*before, *messages])
    whole = not more or _begins_after_silence(groups, since, horizon)
    return Groups(groups.threads, _going_on(groups, since)), whole


def _in_thread(message: Message) -> bool:
    return bool(message.get("reply_count")) or string(message.get("thread_ts")) not in ("", stamp_of(message))


def _answers(api: Api, channel_id: str, root: str) -> list[Message]:
    """A thread with its first message; nothing where it was deleted meanwhile."""
    try:
        return list(api.pages("conversations.replies", "messages", channel=channel_id, ts=root))
    except RefusedError as error:
        if error.reason != "thread_not_found":
            raise
        return []


def _going_on(groups: Groups, since: float) -> list[list[Said]]:
    return [stretch for stretch in groups.stretches if float(stretch[-1].post.id) >= since]


def _begins_after_silence(groups: Groups, since: float, horizon: float) -> bool:
    """Whether nothing before ``horizon``, up to which messages are known, can belong to a stretch after ``since``."""
    going_on = _going_on(groups, since)
    return not going_on or float(going_on[0][0].post.id) - horizon > _SILENCE_S


# Items


def _items_of(workspace: _Workspace, channel_id: str, groups: Groups, *, whole: bool) -> Iterator[Item | Unlisted]:
    source, channel = workspace.source, workspace.channels[channel_id]
    stretches = groups.stretches if whole else groups.stretches[1:]
    found = [*groups.threads.items(), *((stretch[0].post.id, stretch) for stretch in stretches)]
    for root, group in sorted(found, key=lambda each: each[0]):
        label = f"{_title(channel)}, {datetime.fromtimestamp(float(root), UTC):%Y-%m-%d %H:%M}"
        origin = f"{source.name}:{channel_id}/{root}"
        yield Item(origin, version_of(map(_said, group)), label, partial(_read, workspace, channel_id, root, group))
    if not whole:
        label = _title(channel)
        error = (
            f"{label} holds messages outside threads that follow each other without a silence of four hours since long"
            f" before the last {source.days} days. Raise days of the source {source.name}, or read an export."
        )
        yield Unlisted(f"{source.name}:{channel_id}", label, error, transient=False)


def _said(said: Said) -> str:
    entry, post = said
    who = [string(entry.get(key)) for key in ("user", "bot_id", "username")]
    quotes = [[quote.author, quote.text] for quote in post.quotes]
    parts = [post.id, post.thread, post.kind, who, post.text, str(post.edited_at), post.files, quotes]
    return json.dumps(parts)


def _read(workspace: _Workspace, channel_id: str, root: str, group: list[Said]) -> list[Reading]:
    """The one conversation in ``group``, read as from an export that holds nothing else."""
    channel = workspace.channels[channel_id]
    folder = string(channel.get("name")) or channel_id
    days: dict[str, list[Message]] = {}
    for entry, post in group:
        day = datetime.fromtimestamp(float(post.id), UTC)
        days.setdefault(f"{folder}/{day:%Y-%m-%d}.json", []).append(entry)
    mentioned = set(_ID.findall(json.dumps(days)))
    users = [user for user_id, user in workspace.users.items() if user_id in mentioned]
    files: dict[str, list[Message]] = {"users.json": users, **days}
    for each, known in workspace.channels.items():
        if each in mentioned or each == channel_id:
            files.setdefault(_list_of(known), []).append(known)
    data = {name: json.dumps(entries).encode() for name, entries in files.items()}
    name = posixpath.join(f"slack:{workspace.source.name}", channel_id, root)
    return [read_bundle(Bundle(name, tuple(sorted(data)), data.__getitem__, workspace.hints), "slack")]


def _list_of(channel: Message) -> str:
    return f"{next((name for mark, name in _LISTS if channel.get(mark) is True), 'channels')}.json"
