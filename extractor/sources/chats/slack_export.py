"""The zip of a Slack export, opened with care: nothing is unpacked to disk, and no member is read without limit."""

from __future__ import annotations

import io
import json
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from extractor.errors import SourceError
from extractor.sources.base import Blob
from extractor.sources.decoding import whole_characters

MAX_MEMBER_BYTES = 64 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024

LISTS = ("channels.json", "groups.json", "dms.json", "mpims.json")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}\.json$")
_KNOWN = (
    "integration_logs.json",
    "canvases.json",
    "org_users.json",
    "file_conversations.json",
    "huddle_transcripts.json",
)


@dataclass(frozen=True)
class Channel:
    """A channel, private group or direct message: ``folder`` holds its day files, ``title`` is how people call it."""

    id: str
    folder: str
    title: str


@dataclass
class Export:
    """What the zip holds. ``characters`` counts all decoded characters of the JSON members read.

    ``days`` are the messages of each folder in the order of the files; ``damaged`` names members that could not be
    read, ``unread`` those that are no conversations.
    """

    users: list[dict[str, Any]] = field(default_factory=list)
    channels: list[Channel] = field(default_factory=list)
    days: dict[str, list[dict[str, Any]]] = field(default_factory=dict)
    characters: int = 0
    damaged: list[str] = field(default_factory=list)
    unread: list[str] = field(default_factory=list)


def names_in_zip(data: bytes) -> list[str] | None:
    """The names of a zip's members, None where the data are no whole zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except (zipfile.BadZipFile, ValueError, OSError, NotImplementedError, EOFError, IndexError):
        return None


def root_of_export(names: list[str]) -> str | None:
    """The folder in the zip that holds the export (``""`` for the top), None where it is no Slack export."""
    roots = [posixpath.dirname(name) for name in names if posixpath.basename(name) in (*LISTS, "users.json")]
    for root in sorted({root for root in roots if not root.startswith("__MACOSX")}, key=len):
        prefix = f"{root}/" if root else ""
        inside = [name.removeprefix(prefix) for name in names if name.startswith(prefix)]
        lists = any(name in LISTS for name in inside)
        days = any(name.count("/") == 1 and _DAY.search(name) for name in inside)
        if lists or ("users.json" in inside and days):
            return prefix
    return None


def open_export(blob: Blob) -> Export:
    """Read the export in ``blob``. Raises SourceError where it is none, is damaged as a whole, or is too large."""
    names = names_in_zip(blob.data)
    if names is None:
        raise SourceError(f"{blob.name} is a damaged zip archive.", "Download the export again.")
    prefix = root_of_export(names)
    if prefix is None:
        raise SourceError(
            f"{blob.name} is a zip archive, but no Slack export.", "Unpack it and give the files it holds."
        )
    export = Export()
    with zipfile.ZipFile(io.BytesIO(blob.data)) as archive:
        _refuse_too_large(archive, blob.name)
        for member, value in _members(archive, prefix, export):
            _sort_in(member, value, export)
    return export


def _refuse_too_large(archive: zipfile.ZipFile, name: str) -> None:
    if sum(member.file_size for member in archive.infolist()) > MAX_TOTAL_BYTES:
        limit = MAX_TOTAL_BYTES // (1024 * 1024)
        raise SourceError(f"{name} holds more than {limit} MB when unpacked.", "Export a shorter time span.")


def _members(archive: zipfile.ZipFile, prefix: str, export: Export) -> Iterator[tuple[str, Any]]:
    """Name and parsed content of every JSON member that belongs to an export, by name; the others are named."""
    seen: set[str] = set()
    for info in sorted(archive.infolist(), key=lambda each: each.filename):
        if info.is_dir() or info.filename.startswith("__MACOSX/") or info.filename in seen:
            continue
        seen.add(info.filename)
        name = info.filename.removeprefix(prefix)
        top = name in (*LISTS, *_KNOWN, "users.json")
        if not info.filename.startswith(prefix) or not (top or (name.count("/") == 1 and _DAY.search(name))):
            export.unread.append(name)
            continue
        try:
            text = _content(archive, info).decode("utf-8-sig")
            yield name, json.loads(text)
        except (ValueError, RecursionError, RuntimeError, OSError, EOFError, zipfile.BadZipFile, zlib.error):
            export.damaged.append(name)
        else:
            export.characters += len(text)


def _content(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> bytes:
    with archive.open(info) as member:
        data = member.read(MAX_MEMBER_BYTES + 1)
    if len(data) > MAX_MEMBER_BYTES:
        raise ValueError("too large")
    return data


def _sort_in(name: str, value: Any, export: Export) -> None:
    entries = [entry for entry in value if isinstance(entry, dict)] if isinstance(value, list) else []
    if name == "users.json":
        export.users.extend(entries)
    elif name in LISTS:
        export.channels.extend(channel for entry in entries if (channel := _channel(entry, name)) is not None)
    elif "/" in name:
        export.days.setdefault(posixpath.dirname(name), []).extend(entries)


def _channel(entry: dict[str, Any], listed_in: str) -> Channel | None:
    number, name = entry.get("id"), entry.get("name")
    if not isinstance(number, str):
        return None
    if listed_in == "dms.json" or not isinstance(name, str):
        return Channel(number, number, "")
    title = f"#{name}" if listed_in in ("channels.json", "groups.json") else ""
    return Channel(number, whole_characters(name), whole_characters(title))
