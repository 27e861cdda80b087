"""Files on this machine. The version of a file is its hash; of several files, that of their names and hashes."""

from __future__ import annotations

import glob
import hashlib
import os
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from extractor.errors import FetchError
from extractor.fetching.base import Item, Unlisted, hints_of, home_expanded, main_file, version_of
from extractor.plan import FolderSource
from extractor.settings import CONFIG_NAME
from extractor.sources import Hints, Target, listed, read_unit
from extractor.sources.targets import files_below, shown

_PIECE_BYTES = 1 << 20
_WILDCARDS = frozenset("*?[")
_LASTING = (FileNotFoundError, PermissionError, NotADirectoryError)

Unit = tuple[Target, ...]


def items(source: FolderSource, base: Path) -> Iterator[Item | Unlisted]:
    """One item for the files of a meeting, an export in a folder, or an archive.

    The key is the path without links, relative to ``base`` where it lies below it. Raises FetchError where none of the
    paths is there; a folder that is there may be empty, and a wildcard in it may match nothing.
    """
    hints = hints_of(source, base)
    named = [_named(path, base) for path in source.paths]
    missing = [each.anchor for each in named if not os.path.lexists(each.anchor)]
    if len(missing) == len(named):
        what = f"The source {source.name} cannot be read: {shown(missing[0])} does not exist."
        raise FetchError(what, "Correct its paths, or mount the disk that they lie on.", transient=True)
    may_match_nothing = {each.path for each in named if each.pattern and each.anchor not in missing}
    units = listed([each.path for each in named], source.source_format, hints).units
    wanted = [
        unit for unit in units if unit[0].path not in may_match_nothing and Path(unit[0].path).name != CONFIG_NAME
    ]
    return items_of(source.name, wanted, source.source_format, hints, os.path.realpath(base))


def items_of(
    name: str, units: Sequence[Unit], source_format: str | None, hints: Hints, home: str = ""
) -> Iterator[Item | Unlisted]:
    """One item for each unit, in the order of their keys; every origin begins with ``name``.

    A key is the path without links, relative to ``home`` where it lies below it. A file is hashed when its item is
    asked for.
    """
    keyed = sorted((_key(unit, home), place) for place, unit in enumerate(units))
    return (_item(name, key, units[place], source_format, hints) for key, place in keyed)


@dataclass(frozen=True)
class _Named:
    """A path of the settings as it is listed; ``anchor`` is what must be there for it to name anything: the path
    itself, or the folder before its first wildcard.
    """

    path: str
    anchor: str
    pattern: bool = False


def _named(written: str, base: Path) -> _Named:
    path = home_expanded(written)
    whole = base / path
    wildcard = next((place for place, part in enumerate(path.parts) if not _WILDCARDS.isdisjoint(part)), None)
    if wildcard is None or os.path.lexists(whole):
        return _Named(str(whole), str(whole))
    pattern = path if path.is_absolute() else Path(glob.escape(str(base))) / path
    return _Named(str(pattern), str(base / Path(*path.parts[:wildcard])), pattern=True)


def _key(unit: Unit, home: str) -> str:
    path = main_file([target.real or target.path for target in unit]) if len(unit) > 1 else unit[0].real
    return shown((path or unit[0].path).removeprefix(os.path.join(home, ""))).replace(os.sep, "/")  # noqa: PTH118


def _item(source: str, key: str, unit: Unit, source_format: str | None, hints: Hints) -> Item | Unlisted:
    origin = f"{source}:{key}"
    problem = next((target.problem for target in unit if target.problem is not None), None)
    if problem is not None:
        return Unlisted(origin, key, str(problem), transient=False)
    try:
        version = _version(unit)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        name = shown(getattr(error, "filename", None) or unit[0].path)
        what = f"{name} cannot be read ({reason}). Check the path, its permissions and the disk."
        return Unlisted(origin, key, what, transient=not isinstance(error, _LASTING))
    return Item(origin, version, key, partial(read_unit, unit, source_format, hints))


def _version(unit: Unit) -> str:
    """Raises OSError, or ValueError for what is no regular file."""
    (first, *others) = unit
    if first.bundle:
        files = [file.path for file in files_below(first.path) if file.problem is None]
        return version_of(f"{shown(os.path.relpath(path, first.path))}\x1f{_sha256(path)}" for path in files)
    if others:
        return version_of(f"{shown(Path(target.path).name)}\x1f{_sha256(target.path)}" for target in unit)
    return _sha256(first.path)


def _sha256(path: str) -> str:
    # Plain calls: for 10,000 small files, Path objects and buffered readers take longer than hashing does.
    if not stat.S_ISREG(os.stat(path).st_mode):  # noqa: PTH116
        raise ValueError("no regular file")
    digest = hashlib.sha256()
    with open(path, "rb", buffering=0) as file:  # noqa: PTH123
        while piece := file.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()
