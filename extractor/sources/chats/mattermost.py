"""Mattermost: bulk exports (JSON lines, alone or in an archive with what was shared) and posts of the API."""

from __future__ import annotations

import posixpath
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Blob, Bundle, BundleFormat, Format, Reading
from extractor.sources.chats.mattermost_posts import Posts
from extractor.sources.chats.posts import ONE_PAGE, Channel, Post, by_time, conversations_of, reading_of_json
from extractor.sources.transcripts import name_places, not_read
from extractor.sources.values import by_id, json_in, mapping, string, strings

EXPORT_AGAIN = "Export it again."

_LINE = re.compile(r'\s*\{\s*"type"\s*:\s*"([a-z_]{2,30})"')
_TYPES = frozenset(
    "version team channel user bot post direct_channel direct_post emoji role scheme attachment "
    "channel_bookmark channel_member".split()
)
_LAID_BESIDE = ("data", "bulk-export-attachments", "exported_emoji")
_POST = ("create_at", "user_id", "channel_id", "message")
_USER = ("username", "email", "auth_service", "notify_props", "locale", "roles")
_CHANNEL = ("team_id", "display_name", "header", "purpose", "total_msg_count")
_SAMPLE = 20
_MOST_KEYS = 3


# Bulk exports


def fits(blob: Blob) -> float:
    """1.0 where the first line is an entry of a bulk export, 0.9 where it is too long to be looked at."""
    head = blob.head.lstrip("\ufeff \t\r\n")
    if not head.startswith("{"):
        return 0.0
    line, newline, _ = head.partition("\n")
    if not newline and len(blob.text) > len(blob.head):
        match = _LINE.match(head)
        return 0.9 if match is not None and match[1] in _TYPES else 0.0
    entry = mapping(json_in(line))
    kind = string(entry.get("type"))
    return 1.0 if kind in _TYPES and kind in entry and len(entry) <= _MOST_KEYS else 0.0


@dataclass
class _Export:
    """A bulk export, sorted: what is in it, and the lines that are damaged."""

    users: list[dict[str, Any]] = field(default_factory=list)
    channels: list[dict[str, Any]] = field(default_factory=list)
    posts: list[dict[str, Any]] = field(default_factory=list)
    direct: list[dict[str, Any]] = field(default_factory=list)
    damaged: list[str] = field(default_factory=list)


def read(blob: Blob) -> Reading:
    """One conversation for every thread, and for every stretch of other messages in a channel.

    Human language: ``message`` and the words of ``props.attachments`` of posts and replies (used; of notices a ``system
    message``), and ``display_name``, ``header``, ``purpose`` and ``description`` of channels and teams (``heading``).
    All else is ``structure``. Raises SourceError where nobody says anything.
    """
    return _read_lines(blob, FORMAT.name, blob.name, [])


def _read_lines(blob: Blob, format_name: str, source: str, unread: list[str]) -> Reading:
    export, asides = _Export(), Counter[str]()
    _sort_lines(blob.text, export, asides)
    maker = Posts({name: user for user in export.users if (name := string(user.get("username")))})
    titles = {_channel_key(each): string(each.get("display_name")).strip() for each in export.channels}
    channels: dict[str, tuple[Channel, list[Post]]] = {}
    for entry in (*export.posts, *export.direct):
        key = _channel_key(entry)
        if key not in channels:
            title = "" if "channel_members" in entry else titles.get(key) or string(entry.get("channel"))
            channels[key] = Channel(f"mattermost:{key}", title), []
        channels[key][1].extend(maker.exported(entry))
    found: list[Conversation] = []
    for channel, posts in channels.values():
        found += conversations_of(channel, maker.each_once(posts), maker.people, source)
    error = None
    if export.damaged:
        error = f"Lines of {source} are damaged and were not read: {name_places(export.damaged)}. {EXPORT_AGAIN}"
    if not found:
        raise SourceError(f"{source} is a Mattermost export without a message in it.", "Export a longer time span.")
    found.sort(key=by_time)
    warnings = [*maker.warnings(), *not_read("Shared files of the export", unread)]
    return reading_of_json(blob, format_name, found, asides + maker.asides, warnings, error)


def _sort_lines(text: str, export: _Export, asides: Counter[str]) -> None:
    places = {"user": export.users, "bot": export.users, "channel": export.channels, "post": export.posts}
    places["direct_post"] = export.direct
    for number, line in enumerate(text.split("\n"), 1):
        if not line.strip("\ufeff \t\r"):
            continue
        entry = json_in(line.lstrip("\ufeff"))
        kind = string(mapping(entry).get("type"))
        if not kind:
            export.damaged.append(f"line {number}")
            asides["unreadable message"] += len(line)
            continue
        inner = mapping(mapping(entry).get(kind))
        if kind in places:
            places[kind].append({**inner, "is_bot": True} if kind == "bot" else inner)
        if kind in ("team", "channel", "direct_channel"):
            words = ("display_name", "header", "purpose", "description")
            asides["heading"] += sum(len(string(inner.get(key))) for key in words)


def _channel_key(entry: dict[str, Any]) -> str:
    if "channel_members" in entry:
        return f"direct:{','.join(sorted(strings(entry['channel_members'])))}"
    return f"{string(entry.get('team'))}/{string(entry.get('channel')) or string(entry.get('name'))}"


def fits_bundle(bundle: Bundle) -> float:
    """That of the JSON lines in an archive, if it holds nothing else that exports do not."""
    name = _lines_of_bundle(bundle)
    if name is None:
        return 0.0
    try:
        return fits(bundle.blob(name))
    except SourceError:
        return 0.0


def read_bundle(bundle: Bundle) -> Reading:
    """The posts of an export archive; see :func:`read`. The files shared in it are named and not read."""
    name = _lines_of_bundle(bundle)
    if name is None:
        raise SourceError(f"{bundle.name} is no Mattermost export.", "Give the files it holds one by one.")
    unread = [posixpath.basename(other) for other in bundle.names if other != name]
    return _read_lines(bundle.blob(name), EXPORT.name, bundle.name, unread)


def _lines_of_bundle(bundle: Bundle) -> str | None:
    """The JSON lines of an export, where all else lies in the folders that exports have beside them."""
    folders = {name.rpartition("/")[0] for name in bundle.names}
    root = min(folders, key=len, default="")
    prefix = f"{root}/" if root else ""
    top = [name for name in bundle.names if name.rpartition("/")[0] == root]
    below = {name.removeprefix(prefix).partition("/")[0] for name in bundle.names if name not in top[:2]}
    if len(top) != 1 or not top[0].endswith((".jsonl", ".json")) or not below or not below <= set(_LAID_BESIDE):
        return None
    return top[0]


# The API


def fits_json(blob: Blob) -> float:
    """1.0 for posts, 0.9 for a user or a channel, which are told from posts to say so."""
    value = blob.json
    if _is_record(value, _USER) or _is_record(value, _CHANNEL):
        return 0.9
    sample = list(islice((post for post, _ in _api_posts(value)), _SAMPLE))
    alike = sum(1 for post in sample if sum(key in post for key in _POST) >= 3 and "create_at" in post)
    return 1.0 if alike and alike * 2 > len(sample) else 0.0


def read_json(blob: Blob) -> Reading:
    """One conversation for every thread, and for every stretch of other messages in a channel.

    Human language: ``message`` and the words of ``props.attachments`` (used; of notices a ``system message``). All else
    is ``structure``. People are called by their ids where the file does not say who they are, as posts do not. Raises
    SourceError where nobody says anything.
    """
    value = blob.json
    for marks, what in ((_USER, "a Mattermost user"), (_CHANNEL, "a Mattermost channel")):
        if _is_record(value, marks):
            raise SourceError(f"{blob.name} describes {what} and holds no messages.", "Give the file with the posts.")
    users, names = _tables(value)
    maker = Posts(users)
    channels: dict[str, list[Post]] = {}
    entries = list(_api_posts(value))
    maker.learn(entries)
    for entry, _ in entries:
        post = maker.posted(entry)
        if post is not None:
            channels.setdefault(string(entry.get("channel_id")), []).append(post)
    found: list[Conversation] = []
    for channel_id, posts in channels.items():
        channel = Channel(f"mattermost:{channel_id}".removesuffix(":"), names.get(channel_id) or blob.stem)
        found += conversations_of(channel, maker.each_once(posts), maker.people, blob.name)
    if not found:
        raise SourceError(f"{blob.name} holds no Mattermost post with words.", "Ask for a longer time span.")
    found.sort(key=by_time)
    warnings = maker.warnings()
    if mapping(value).get("has_next") is True or string(mapping(value).get("prev_post_id")):
        warnings.append(ONE_PAGE)
    return reading_of_json(blob, API.name, found, maker.asides, warnings)


def _is_record(value: object, marks: Iterable[str]) -> bool:
    entry = mapping(value[0]) if isinstance(value, list) and value else mapping(value)
    found = sum(key in entry for key in marks)
    return found >= 3 and "message" not in entry and "id" in entry and "create_at" in entry


def _api_posts(value: object) -> Iterator[tuple[dict[str, Any], dict[str, Any]]]:
    """The posts of one or several answers with what is known of their authors; also those that perceval wrapped."""
    for each in value if isinstance(value, list) else [value]:
        entry = mapping(each)
        if entry.get("backend_name") == "Mattermost":
            entry = mapping(entry.get("data"))
        posts = entry.get("posts")
        if isinstance(posts, (dict, list)):
            inner = list(posts.values()) if isinstance(posts, dict) else posts
            yield from ((mapping(post), {}) for post in inner)
        elif entry:
            yield entry, mapping(entry.get("user_data"))


def _tables(value: object) -> tuple[dict[str, dict[str, Any]], dict[str, str]]:
    """Users and names of channels by their ids, where a file holds them beside the posts."""
    entry = mapping(value)
    users = entry.get("users")
    channel = mapping(entry.get("channel"))
    names = {string(channel.get("id")): string(channel.get("display_name")) or string(channel.get("name"))}
    return by_id(list(users.values()) if isinstance(users, dict) else users), names


FORMAT = Format("mattermost", "Mattermost bulk exports (.jsonl)", fits, read, people_by_id=True, verified=True)
API = Format(
    "mattermost-json", "Mattermost posts (JSON of the API)", fits_json, read_json, people_by_id=True, verified=True
)
EXPORT = BundleFormat(
    "mattermost-export", "Mattermost export archives (.zip)", fits_bundle, read_bundle, people_by_id=True
)
