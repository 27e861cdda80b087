"""Paths -> readings: opens what is named, finds out its format, and reports what cannot be read."""

from __future__ import annotations

import glob
import os
import stat
import sys
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import TextIO

from extractor.conversation import Conversation
from extractor.errors import SourceError
from extractor.sources.base import Blob, Reading
from extractor.sources.decoding import whole_characters
from extractor.sources.filename_dates import start_in_name
from extractor.sources.registry import by_name, detect

MAX_SOURCE_BYTES = 512 * 1024 * 1024
STANDARD_INPUT = "-"

_WILDCARDS = "*?["


def read_source(path: str, source_format: str | None = None, started_at: datetime | date | None = None) -> Reading:
    """Read one file, or standard input where ``path`` is ``-``.

    ``source_format`` names a format instead of finding it out; ``started_at`` is when the conversation began, where the
    source does not say. Raises SourceError for whatever cannot be read at all; a source that can be read in part comes
    back with ``error`` set.
    """
    return _read(_load(path), path, source_format, started_at)


def read_sources(
    paths: Iterable[str], source_format: str | None = None, started_at: datetime | date | None = None
) -> Iterator[Reading]:
    """Read every file that ``paths`` name: files, directories (recursively, hidden files excepted), wildcards, ``-``.

    A source that cannot be read becomes a reading with ``error`` and never ends the iteration. A file that is named
    twice is read once. Raises SourceError only for a ``source_format`` that does not exist.
    """
    if source_format is not None:
        by_name(source_format)
    seen: set[str] = set()
    for path in paths:
        if path != STANDARD_INPUT and _is_directory(path):
            yield from _read_directory(path, source_format, started_at, seen)
        elif path != STANDARD_INPUT and _is_pattern(path):
            yield from _read_pattern(path, source_format, started_at, seen)
        elif _first_time(path, seen):
            yield _attempt(path, source_format, started_at)


def _is_directory(path: str) -> bool:
    """False also where it cannot be told; the attempt to read then says why."""
    return os.path.isdir(path)  # noqa: PTH112 (Path.is_dir raises for a forbidden or over-long path)


def _shown(path: str) -> str:
    """The path as it is printed and stored: bytes of a name that are no UTF-8 as ``\\xff``."""
    try:
        name = os.fsencode(path)
    except UnicodeEncodeError:
        name = path.encode("utf-8", "backslashreplace")
    return name.decode("utf-8", "backslashreplace")


def _first_time(path: str, seen: set[str]) -> bool:
    real = path if path == STANDARD_INPUT else _real(path)
    if real in seen:
        return False
    seen.add(real)
    return True


def _real(path: str) -> str:
    try:
        return os.path.realpath(path)
    except (OSError, ValueError):
        return path


def _is_pattern(path: str) -> bool:
    return any(mark in path for mark in _WILDCARDS) and not os.path.lexists(path)


def _read_pattern(
    pattern: str, source_format: str | None, started_at: datetime | date | None, seen: set[str]
) -> Iterator[Reading]:
    matches = sorted(glob.glob(pattern, recursive=True))  # noqa: PTH207 (patterns may be absolute)
    if not matches:
        yield _failed(pattern, SourceError(f"No file matches {_shown(pattern)}.", "Check the pattern and the folder."))
    for match in matches:
        if _is_directory(match):
            yield from _read_directory(match, source_format, started_at, seen)
        elif _first_time(match, seen):
            yield _attempt(match, source_format, started_at)


def _read_directory(
    directory: str, source_format: str | None, started_at: datetime | date | None, seen: set[str]
) -> Iterator[Reading]:
    found, readable = 0, 0
    for path, problem in _files_below(directory):
        found += 1
        if problem:
            yield _failed(path, problem)
        elif _first_time(path, seen):
            reading = _attempt(path, source_format, started_at)
            readable += bool(reading.conversations)
            yield reading
        else:
            readable += 1
    if not readable:
        what = f"The directory {_shown(directory)} holds no file that can be read."
        if not found:
            what = f"The directory {_shown(directory)} holds no files."
        yield _failed(directory, SourceError(what, "Name a directory with transcripts or exports."))


def _files_below(directory: str) -> Iterator[tuple[str, SourceError | None]]:
    """All files below ``directory`` in a stable order, and directories that cannot be listed with their error.

    Links to directories are followed; a directory that is reached twice, or contains itself, is listed once.
    """
    problems: list[OSError] = []
    seen = {_real(directory)}
    for folder, folders, names in os.walk(directory, onerror=problems.append, followlinks=True):
        below = sorted(name for name in folders if not name.startswith("."))
        folders[:] = [name for name in below if _first_time(str(Path(folder) / name), seen)]
        for name in sorted(name for name in names if not name.startswith(".")):
            path = str(Path(folder) / name)
            yield path, _not_regular(path)
    for problem in problems:
        name = str(problem.filename)
        yield name, SourceError(f"The directory {_shown(name)} cannot be listed.", "Check its permissions.")


def _not_regular(path: str) -> SourceError | None:
    """The error of a pipe, a socket or a device: reading one that nobody named could wait for ever."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode):
        return None
    return SourceError(f"{_shown(path)} is no regular file.", "Copy what it holds to a file.")


def _attempt(path: str, source_format: str | None, started_at: datetime | date | None) -> Reading:
    blob: Blob | None = None
    try:
        blob = _load(path)
        return _read(blob, path, source_format, started_at)
    except SourceError as error:
        return replace(_failed(path, error), sha256=blob.sha256 if blob else None)


def _failed(path: str, error: SourceError) -> Reading:
    return Reading(path=_shown(path), error=whole_characters(str(error)))


def _read(blob: Blob, path: str, source_format: str | None, started_at: datetime | date | None) -> Reading:
    if not blob.data.strip():
        what = "is empty" if not blob.data else "holds nothing but white space"
        raise SourceError(f"{blob.name} {what}.", "Export the transcript again.")
    known = by_name(source_format) if source_format is not None else detect(blob)
    try:
        reading = known.read(blob)
    except RecursionError:
        raise SourceError(
            f"{blob.name} is nested too deeply to be read.", "Export it again in smaller parts."
        ) from None
    conversations = tuple(_dated(each, blob, path, started_at) for each in reading.conversations)
    error = whole_characters(reading.error) if reading.error is not None else None
    return replace(
        reading,
        path=_shown(path),
        sha256=blob.sha256,
        format=known.name,
        conversations=conversations,
        error=error,
    )


def _dated(conversation: Conversation, blob: Blob, path: str, started_at: datetime | date | None) -> Conversation:
    """The conversation with its start: as given, else as the file's name says. Messages carry their own times."""
    if any(turn.sent_at is not None for turn in conversation.turns):
        return conversation
    if started_at is not None:
        return conversation.model_copy(update={"started_at": started_at})
    if conversation.started_at is not None or path == STANDARD_INPUT:
        return conversation
    start, sentence = start_in_name(blob.stem)
    if sentence is None:
        return conversation
    return conversation.model_copy(update={"started_at": start, "warnings": (*conversation.warnings, sentence)})


# Loading


def _load(path: str) -> Blob:
    if path == STANDARD_INPUT:
        return Blob("standard input", _standard_input())
    name = _shown(path)
    try:
        state = Path(path).stat()
        if stat.S_ISDIR(state.st_mode):
            raise SourceError(
                f"{name} is a directory.", "Name the files in it, or give it to a command that reads many."
            )
        if state.st_size > MAX_SOURCE_BYTES:
            raise _too_large(name)
        with Path(path).open("rb") as file:
            return Blob(name, _limited(file.read(MAX_SOURCE_BYTES + 1), name))
    except FileNotFoundError:
        raise SourceError(f"{name} does not exist.", "Check the path.") from None
    except PermissionError:
        raise SourceError(f"{name} may not be read.", "Check its permissions.") from None
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        raise SourceError(f"{name} cannot be read ({reason}).", "Check the path and the disk.") from None


def _standard_input() -> bytes:
    """All of standard input, which Python sets to None where the process was started with it closed."""
    stream: TextIO | None = sys.stdin
    try:
        data = stream.buffer.read(MAX_SOURCE_BYTES + 1) if stream is not None else None
    except (OSError, ValueError):
        data = None
    if data is None:
        raise SourceError("Standard input is closed.", "Send a transcript to it, or name a file.")
    return _limited(data, "standard input")


def _limited(data: bytes, name: str) -> bytes:
    if len(data) > MAX_SOURCE_BYTES:
        raise _too_large(name)
    return data


def _too_large(name: str) -> SourceError:
    limit = MAX_SOURCE_BYTES // (1024 * 1024)
    return SourceError(f"{name} is larger than {limit} MB.", "Split the export into smaller parts.")
