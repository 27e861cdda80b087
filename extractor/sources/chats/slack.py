"""Slack: the export of a workspace or an organization, as a zip or unpacked."""

from __future__ import annotations

import posixpath
from collections.abc import Iterable
from typing import Any, NamedTuple

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Bundle, BundleFormat, Reading
from extractor.sources.chats.posts import Channel, Post, by_time, conversations_of, grouped, reading_of
from extractor.sources.chats.slack_export import Export, open_export, roots_of_export
from extractor.sources.chats.slack_messages import Messages, stamp_of
from extractor.sources.transcripts import name_places, not_read
from extractor.sources.values import by_id


def fits(bundle: Bundle) -> float:
    """1.0 for lists of channels and people above folders of days."""
    return 1.0 if roots_of_export(bundle.names) else 0.0


def read(bundle: Bundle) -> Reading:
    """One conversation for every thread, and for every stretch of other messages in a channel.

    Raises SourceError where the bundle is no Slack export or nobody says anything in it.
    """
    export = open_export(bundle)
    names = {channel.id: posixpath.basename(channel.folder) for channel in export.channels}
    messages = Messages(by_id(export.users), names)
    for entries in export.days.values():
        messages.learn(entries)
    conversations = _conversations(export, messages, bundle.name)
    error = None
    if export.damaged:
        error = f"{bundle.name} holds files that are damaged: {name_places(export.damaged)}. Download the export again."
    if not conversations:
        what = error.partition(". ")[0] + "." if error else f"{bundle.name} is a Slack export without a message in it."
        raise SourceError(what, "Download the export again." if error else "Export a longer time span.")
    warnings = [*not_read("Files of the export that hold no messages", export.unread), *messages.warnings()]
    return reading_of(
        bundle.name, None, EXPORT.name, export.characters, conversations, messages.asides, warnings, error
    )


class Said(NamedTuple):
    """A message as Slack has it, and what a reader takes from it; mentions in its text are ids."""

    entry: dict[str, Any]
    post: Post


class Groups(NamedTuple):
    """The messages of one channel as the conversations that :func:`read` makes of them, each in its order: threads by
    the time stamp of their first message, and the stretches of other messages. What is no message for a reader (a
    notice that somebody joined) is in none.
    """

    threads: dict[str, list[Said]]
    stretches: list[list[Said]]


def groups_of(entries: Iterable[dict[str, Any]]) -> Groups:
    """Sort the messages of one channel, which may come in any order and more than once, into conversations."""
    by_stamp = {stamp_of(entry): entry for entry in sorted(entries, key=stamp_of)}
    posts = Messages({}, {}).posts(by_stamp.values(), "")
    threads, stretches = grouped(posts, Channel("", ""))
    return Groups(
        {root: [Said(by_stamp[post.id], post) for post in group] for root, group in threads.items()},
        [[Said(by_stamp[post.id], post) for post in group] for group in stretches],
    )


def _conversations(export: Export, messages: Messages, source: str) -> list[Conversation]:
    """The conversations of all channels; one that several workspaces share is exported by each, and read once."""
    channels: dict[str, tuple[Channel, list[dict[str, Any]]]] = {}
    for folder in sorted(export.days):
        channel = _channel(export, folder)
        channels.setdefault(channel.key, (channel, []))[1].extend(export.days[folder])
    found: list[Conversation] = []
    for channel, entries in channels.values():
        posts = messages.posts(entries, channel.title or channel.key.removeprefix("slack:"))
        found.extend(conversations_of(channel, posts, messages.people, source))
    found.sort(key=by_time)
    return found


def _channel(export: Export, folder: str) -> Channel:
    name = posixpath.basename(folder)
    known = export.listed.get(folder) or export.listed_anywhere.get(name)
    if known is not None:
        return Channel(f"slack:{known.id}", known.title)
    return Channel(f"slack:{name if export.workspaces == 1 else folder}", f"#{name}")


EXPORT = BundleFormat("slack", "Slack exports (.zip)", fits, read, people_by_id=True, verified=True)
