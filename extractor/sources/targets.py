"""What paths name: files, folders, wildcards and exports -> the targets to read, each once. Nothing is read here."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import SourceError
from extractor.sources.base import Bundle, BundleFormat, Hints
from extractor.sources.bundles import bundle_of_folder
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
    """Something to read: a file, or a folder that is an export (``bundle``); or what is wrong with it."""

    path: str
    within: str | None = None
    problem: SourceError | None = None
    bundle: bool = False

    @property
    def joins(self) -> bool:
        """Whether it is a file that others of the same name may belong to."""
        return self.problem is None and not self.bundle and self.path != STANDARD_INPUT


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
                new = [target for target in inside if _first_time(target.path, seen)]
                if len(new) == len(inside):
                    folders.setdefault(match, len(inside))
                yield from new
            elif _first_time(match, seen):
                yield Target(match)


def _in_folder(folder: str, source_format: str | None, hints: Hints) -> Iterator[Target]:
    """Every source below ``folder``: each file, and each folder that is an export as one."""
    files = list(files_below(folder))
    exports = _exports_among([path for path, problem in files if problem is None], folder, source_format, hints)
    for export in exports:
        yield Target(export, within=folder, bundle=True)
    inside_exports = tuple(map(_beginning, exports))
    for path, problem in files:
        if not path.startswith(inside_exports):
            yield Target(path, within=folder, problem=problem)


def _exports_among(files: list[str], top: str, source_format: str | None, hints: Hints) -> list[str]:
    """The folders that are exports; one that holds an export further down is none itself."""
    below: dict[str, list[str]] = {}
    for file in files:
        for folder in Path(file).parents:
            below.setdefault(str(folder), []).append(file)
            if str(folder) == str(Path(top)):
                break
    found: list[str] = []
    for place in sorted(below, key=lambda each: (-len(Path(each).parts), each)):
        if any(export.startswith(_beginning(place)) for export in found):
            continue
        if format_of(bundle_of_folder(place, below[place], hints), source_format) is not None:
            found.append(place)
    return sorted(found)


def _beginning(folder: str) -> str:
    """What the paths of all files below ``folder`` begin with."""
    return os.path.join(folder, "")  # noqa: PTH118 (a Path has no separator at its end)


def format_of(bundle: Bundle, source_format: str | None) -> BundleFormat | None:
    """The format of several files that a folder is in, of all or of the one that is named; None where it is none."""
    if source_format is None:
        return detect_bundle(bundle)
    forced = by_name(source_format)
    return forced if isinstance(forced, BundleFormat) and forced.fits(bundle) > 0 else None


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


def files_below(directory: str) -> Iterator[tuple[str, SourceError | None]]:
    """All files below ``directory`` in a stable order, and directories that cannot be listed with their error.

    Links to directories are followed; a directory that is reached twice, or contains itself, is listed once.
    """
    problems: list[OSError] = []
    seen = {_real(directory)}
    for folder, folders, names in os.walk(directory, onerror=problems.append, followlinks=True):
        below = sorted(name for name in folders if not name.startswith(".") or _is_mailbox(Path(folder) / name))
        folders[:] = [name for name in below if _first_time(str(Path(folder) / name), seen)]
        for name in sorted(name for name in names if not name.startswith(".")):
            path = str(Path(folder) / name)
            yield path, _not_regular(path)
    for problem in problems:
        name = str(problem.filename)
        yield name, SourceError(f"The directory {shown(name)} cannot be listed.", "Check its permissions.")


def _is_mailbox(folder: Path) -> bool:
    """Whether a hidden folder is one of a Maildir's mailboxes."""
    return is_directory(str(folder / _MAILDIR_PART))


def _not_regular(path: str) -> SourceError | None:
    """The error of a pipe, a socket or a device: reading one that nobody named could wait for ever."""
    try:
        mode = Path(path).stat().st_mode
    except (OSError, ValueError):
        return None
    if stat.S_ISREG(mode):
        return None
    return SourceError(f"{shown(path)} is no regular file.", "Copy what it holds to a file.")
