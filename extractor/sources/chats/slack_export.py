"""The files of a Slack export, sorted into people, channels and days."""

from __future__ import annotations

import json
import posixpath
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Bundle
from extractor.sources.values import mappings, string

LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_PEOPLE = ("users.json", "org_users.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json$")
# What integrations were added by whom: nobody's words, and no content that somebody could miss.
_QUIET = ("integration_logs.json",)


@dataclass(frozen=True)
class Channel:
    """A channel, private group or direct message: ``folder`` holds its day files, ``title`` is how people call it."""

    id: str
    folder: str
    title: str


@dataclass
class Export:
    """What the export holds. ``characters`` counts all decoded characters of the JSON members read.

    ``days`` are the messages of each folder in the order of the files; ``damaged`` names members that could not be
    read, ``unread`` those that are no conversations. Folders are paths within the bundle, since the export of an
    organization holds one export a workspace.
    """

    users: list[dict[str, Any]] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    days: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    characters: int = 0
    damaged: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)
    workspaces: int = 1

    @cached_property
    def listed(self) -> dict[str, Channel]:
        """The channels by their folder."""
        return {channel.folder: channel for channel in self.channels}

    @cached_property
    def listed_anywhere(self) -> dict[str, Channel]:
        """The channels by their name, where only one is called so."""
        ids: dict[str, set[str]] = {}
        for channel in self.channels:
            ids.setdefault(posixpath.basename(channel.folder), set()).add(channel.id)
        by_name = {posixpath.basename(channel.folder): channel for channel in self.channels}
        return {name: channel for name, channel in by_name.items() if len(ids[name]) == 1}


def roots_of_export(names: Sequence[str]) -> list[str]:
    """The folders that hold an export (``""`` for the top, else ending in ``/``), outermost first."""
    inside: dict[str, tuple[set[str], bool]] = {}
    with_days = {posixpath.dirname(posixpath.dirname(name)) for name in names if "/" in name and _DAY.search(name)}
    for name in names:
        folder, base = posixpath.split(name)
        if base in LISTS or base in _PEOPLE:
            inside.setdefault(folder, (set(), folder in with_days))[0].add(base)
    found = [
        f"{folder}/" if folder else ""
        for folder, (lists, days) in inside.items()
        if days or (lists & set(LISTS) and lists & set(_PEOPLE))
    ]
    return sorted(found, key=lambda root: (root.count("/"), root))


def open_export(bundle: Bundle) -> Export:
    """Read the export in ``bundle``. Raises SourceError where it is none."""
    roots = roots_of_export(bundle.names)
    if not roots:
        raise SourceError(f"{bundle.name} is no Slack export.", "Give the files it holds one by one.")
    export = Export(workspaces=len(roots))
    for root, name, value in _members(bundle, roots, export):
        _sort_in(root, name, value, export)
    return export


def _members(bundle: Bundle, roots: list[str], export: Export) -> Iterator[tuple[str, str, Any]]:
    """Root, name below it and parsed content of every JSON file that belongs to an export; the others are named."""
    shown = len(roots[0]) if len(roots) == 1 else 0
    for path in bundle.names:
        root = _root_of(path, roots)
        name = path.removeprefix(root or "")
        top = name in LISTS or name in _PEOPLE or name in _QUIET
        if root is None or not (top or (name.count("/") == 1 and _DAY.search(name))):
            export.unread.append(path[shown:] if root is not None else path)
            continue
        try:
            text = bundle.data_of(path).decode("utf-8-sig")
            yield root, name, json.loads(text)
        except (ValueError, RecursionError, SourceError):
            export.damaged.append(path[shown:])
        else:
            export.characters += len(text)


def _root_of(path: str, roots: list[str]) -> str | None:
    """The innermost of ``roots`` that ``path`` lies in."""
    known = set(roots)
    folder = posixpath.dirname(path)
    while folder:
        if f"{folder}/" in known:
            return f"{folder}/"
        folder = posixpath.dirname(folder) if folder != posixpath.dirname(folder) else ""
    return "" if "" in known else None


def _sort_in(root: str, name: str, value: Any, export: Export) -> None:
    entries = mappings(value)
    if name in _PEOPLE:
        export.users.extend(entries)
    elif name in LISTS:
        export.channels.extend(channel for entry in entries if (channel := _channel(root, entry, name)) is not None)
    elif "/" in name:
        export.days.setdefault(root + posixpath.dirname(name), []).extend(entries)


def _channel(root: str, entry: dict[str, Any], listed_in: str) -> Channel | None:
    channel_id, name = string(entry.get("id")), string(entry.get("name"))
    if not channel_id:
        return None
    if listed_in == "dms.json" or not name:
        return Channel(channel_id, root + channel_id, "")
    return Channel(channel_id, root + name, f"#{name}" if listed_in in ("channels.json", "groups.json") else "")
