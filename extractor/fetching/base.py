"""What every kind of source gives, and what they share: keys, versions, hints, secrets."""

from __future__ import annotations

import hashlib
import os
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, field
from pathlib import Path, PurePath

from extractor.errors import FetchError, SettingsError, SourceError, UsageError
from extractor.plan import PlannedSource
from extractor.settings import load_settings
from extractor.sources import Hints, Reading
from extractor.sources.hinting import is_day_first, names_by_label, names_by_spelling, zone_of
from extractor.sources.joining import meeting_of
from extractor.sources.registry import by_name

_USER_INFO = re.compile(r"(?<=://)[^/@\s]+@")


@dataclass(frozen=True)
class Item:
    """One thing to read. ``origin`` is its key, the same every night, and begins with the name of its source.

    ``version`` is a SHA-256 in hexadecimal digits of the content, or of what identifies it: the same as yesterday
    means unchanged. ``label`` is for people. ``read`` reads it now; a part that cannot be read is a reading with
    ``error``. It raises SourceError where nothing can be had from the item, FetchError where it cannot be reached.
    ``visible_to`` are names of those who may see what is read from it, everybody where there are none.
    """

    origin: str
    version: str
    label: str
    read: Callable[[], list[Reading]] = field(repr=False, compare=False)
    visible_to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Unlisted:
    """Something that a source names and that cannot be listed or hashed; ``error`` is what is wrong and what to do.

    ``transient`` is whether it may be there tomorrow without anybody's doing.
    """

    origin: str
    label: str
    error: str
    transient: bool


def version_of(parts: Iterable[str]) -> str:
    """One hash of several strings, in their order."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(part.encode("utf-8", "surrogatepass") + b"\x1e")
    return digest.hexdigest()


def hints_of(source: PlannedSource, base: Path) -> Hints:
    """What the source's settings, and the ``people`` of ``decisions.toml``, say of its conversations.

    Raises SettingsError for a time zone or a format that there is not.
    """
    try:
        if source.source_format is not None:
            by_name(source.source_format)
        setting = f"The source {source.name}: timezone"
        zone = zone_of(source.timezone, setting) if source.timezone is not None else None
    except (SourceError, UsageError) as error:
        raise SettingsError(error.what, error.remedy) from None
    return Hints(
        speakers=names_by_spelling(load_settings(base).people) | names_by_label(source.speakers),
        timezone=zone,
        day_first=is_day_first(source.date_order) if source.date_order is not None else None,
    )


def secret_of(source: PlannedSource, variable: str, what: str) -> str:
    """The secret in the environment variable; raises FetchError, which names it, where it is empty or unset."""
    secret = os.environ.get(variable, "").strip()
    if not secret:
        raise FetchError(f"The source {source.name} needs {what} in {variable}, which is not set.", f"Set {variable}.")
    return secret


def home_expanded(written: str) -> Path:
    """The path with ``~`` as the user's folder; as it is written where there is no such user."""
    return Path(os.path.expanduser(written))  # noqa: PTH111 (Path.expanduser raises where there is none)


def without_password(text: str) -> str:
    """``text`` without user names and passwords in URLs."""
    return _USER_INFO.sub("", text)


def main_file(paths: Sequence[str]) -> str:
    """Of the files of a meeting the one that it is known by: no chat, as that comes later and joins the transcript."""
    return min(paths, key=lambda path: ("chat" in PurePath(path).name.casefold(), path))


def by_meeting(paths: Iterable[str]) -> list[list[str]]:
    """Paths of files, grouped into meetings, sorted by the path that each is known by."""
    meetings: dict[str, list[str]] = {}
    for path in sorted(paths):
        meetings.setdefault(meeting_of(path), []).append(path)
    return sorted(meetings.values(), key=main_file)
