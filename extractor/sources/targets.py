"""What paths name: files, folders, wildcards and exports -> the targets to read, each once. Nothing is read here."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from extractor.errors import SourceError
from extractor.sources.base import NO_HINTS, Bundle, BundleFormat, Hints
from extractor.sources.bundles import bundle_of_folder
from extractor.sources.joining import meeting_of
from extractor.sources.registry import by_name, detect_bundle

STANDARD_INPUT = "-"

_WILDCARDS = "*?["
_MAILDIR_PART = "cur"


def is_directory(path: str) -> bool:
    """Whether ``path`` is a folder; False also where it cannot be told; the attempt to read then says why."""
    return os.path.isdir(path)  # noqa: PTH112 (Path.is_dir raises for a forbidden or over-long path)


def shown(path: str) -> str:
    """The path as it is printed and stored: bytes of a name that are no UTF-8 as ``\\xff``."""
    try:
        name = os.fsencode(path)
    except UnicodeEncodeError:
        name = path.encode("utf-8", "backslashreplace")
    return name.decode("utf-8", "backslashreplace")


@dataclass(frozen=True)
class Target:
    """Something to read: a file, or a folder that is an export (``bundle``); or what is wrong with it.

    ``within`` is the folder that was named, where it was found in one; ``real`` is the path without links.
    """

    path: str
    within: str | None = None
    problem: SourceError | None = None
    bundle: bool = False
    real: str = ""

    @property
    def joins(self) -> bool:
        """Whether it is a file that others of the same name may belong to."""
        return self.problem is None and not self.bundle and self.path != STANDARD_INPUT


@dataclass(frozen=True)
class Listing:
    """What paths name. ``units`` are read one by one: each the files of one meeting, or else a single target.
    ``folders`` are those of which nothing was named before, with the number of sources in each.
    """

    units: list[tuple[Target, ...]] = field(default_factory=list)
    folders: dict[str, int] = field(default_factory=dict)


def listed(paths: Iterable[str], source_format: str | None = None, hints: Hints = NO_HINTS) -> Listing:
    """What ``paths`` name (files, folders, wildcards, exports, ``-``), each once, in the order in which it was found.

    Raises SourceError only for a ``source_format`` that does not exist.
    """
    if source_format is not None:
        by_name(source_format)
    folders: dict[str, int] = {}
    meetings: dict[str, list[Target]] = {}
    for target in targets(paths, source_format, hints, folders):
        meetings.setdefault(meeting_of(target.path) if target.joins else f"\x00{len(meetings)}", []).append(target)
    return Listing([tuple(files) for files in meetings.values()], folders)


def targets(paths: Iterable[str], source_format: str | None, hints: Hints, folders: dict[str, int]) -> Iterator[Target]:
    """What ``paths`` name, each once. ``folders`` gets the folders of which nothing was named before, with the number
    of sources in each.
    """
    seen: set[str] = set()
    for path in paths:
        if path != STANDARD_INPUT and _is_pattern(path):
            matches = sorted(glob.glob(path, recursive=True))  # noqa: PTH207 (patterns may be absolute)
            if not matches:
                error = SourceError(f"No file matches {shown(path)}.", "Check the pattern and the folder.")
                yield Target(path, problem=error)
        else:
            matches = [path]
        for match in matches:
            if match != STANDARD_INPUT and is_directory(match):
                inside = list(_in_folder(match, source_format, hints))
                new = [target for target in inside if _first_time(target.real, seen)]
                if len(new) == len(inside):
                    folders.setdefault(match, len(inside))
                yield from new
            elif _first_time(real := match if match == STANDARD_INPUT else _real(match), seen):
                yield Target(match, real=real)


def _in_folder(folder: str, source_format: str | None, hints: Hints) -> Iterator[Target]:
    """Every source below ``folder``: each file, and each folder that is an export as one."""
    files = list(files_below(folder))
    exports = _exports_among([file.path for file in files if file.problem is None], folder, source_format, hints)
    for export in exports:
        yield Target(export, within=folder, bundle=True, real=_real(export))
    inside_exports = tuple(map(_beginning, exports))
    for file in files:
        if not file.path.startswith(inside_exports):
            yield Target(file.path, within=folder, problem=file.problem, real=file.real)


def _exports_among(files: list[str], top: str, source_format: str | None, hints: Hints) -> list[str]:
    """The folders that are exports; one that holds an export further down is none itself."""
    found: list[str] = []
    below = _by_folder(files, top)
    for place in sorted(below, key=lambda each: (-len(Path(each).parts), each)):
        if any(export.startswith(_beginning(place)) for export in found):
            continue
        if format_of(bundle_of_folder(place, below[place], hints), source_format) is not None:
            found.append(place)
    return sorted(found)


def _by_folder(files: list[str], top: str) -> dict[str, list[str]]:
    """The files below each folder up to ``top``, however deep they lie in it."""
    beside: dict[str, list[str]] = {}
    for file in files:
        beside.setdefault(os.path.dirname(file), []).append(file)  # noqa: PTH120 (a Path each took longer than reading)
    below: dict[str, list[str]] = {}
    for folder, inside in beside.items():
        for place in (Path(folder), *Path(folder).parents):
            below.setdefault(str(place), []).extend(inside)
            if place == Path(top):
                break
    return below


def _beginning(folder: str) -> str:
    """What the paths of all files below ``folder`` begin with."""
    return "" if folder == "." else os.path.join(folder, "")  # noqa: PTH118 (a Path has no separator at its end)


def format_of(bundle: Bundle, source_format: str | None) -> BundleFormat | None:
    """The format of several files that a folder is in, of all or of the one that is named; None where it is none."""
    if source_format is None:
        return detect_bundle(bundle)
    forced = by_name(source_format)
    return forced if isinstance(forced, BundleFormat) and forced.fits(bundle) > 0 else None


def _first_time(real: str, seen: set[str]) -> bool:
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


class File(NamedTuple):
    """A file found in a folder: its path, that without links, and what is wrong with it."""

    path: str
    real: str
    problem: SourceError | None = None


def files_below(directory: str) -> Iterator[File]:
    """All files below ``directory`` in a stable order, and directories that cannot be listed with their error.

    Links to directories are followed; a directory that is reached twice, or contains itself, is listed once.
    """
    problems: list[OSError] = []
    seen = {_real(directory)}
    for folder, folders, names in os.walk(directory, onerror=problems.append, followlinks=True):
        below = sorted(name for name in folders if not name.startswith(".") or _is_mailbox(Path(folder) / name))
        folders[:] = [name for name in below if _first_time(_real(str(Path(folder) / name)), seen)]
        place, real = _beginning(str(Path(folder))), _beginning(_real(folder))
        for name in sorted(name for name in names if not name.startswith(".")):
            yield _file(place + name, real + name)
    for problem in problems:
        name = str(problem.filename)
        error = SourceError(f"The directory {shown(name)} cannot be listed.", "Check its permissions.")
        yield File(name, _real(name), error)


def _is_mailbox(folder: Path) -> bool:
    """Whether a hidden folder is one of a Maildir's mailboxes."""
    return is_directory(str(folder / _MAILDIR_PART))


def _file(path: str, real: str) -> File:
    """The file ``path``, which is ``real`` where it is no link. A pipe, a socket or a device is an error: reading one
    that nobody named could wait for ever.
    """
    try:
        mode = os.lstat(path).st_mode
        if stat.S_ISLNK(mode):
            real, mode = _real(path), os.stat(path).st_mode  # noqa: PTH116 (a Path each took longer than reading)
    except (OSError, ValueError):
        return File(path, real)
    if stat.S_ISREG(mode):
        return File(path, real)
    return File(path, real, SourceError(f"{shown(path)} is no regular file.", "Copy what it holds to a file."))
