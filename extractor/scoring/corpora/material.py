"""What was downloaded, as files: a folder, a zip archive, or one file; archives within a folder are opened too."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path, PurePosixPath

from extractor.errors import DatasetError, SourceError
from extractor.scoring.labelled import Labelled
from extractor.sources.base import Blob
from extractor.sources.bundles import MAX_MEMBER_BYTES, bundle_of, is_archive


@dataclass(frozen=True)
class Skipped:
    """A piece of raw material that became no labelled conversation: what it is, and why."""

    what: str
    reason: str


@dataclass(frozen=True)
class RawFile:
    """One file: its path within the material, and its bytes, which are read when asked for and not kept."""

    path: str
    opener: Callable[[str], Blob] = field(repr=False)

    @property
    def name(self) -> str:
        return PurePosixPath(self.path).name

    @property
    def blob(self) -> Blob:
        """Raises SourceError for a file that is damaged, encrypted, forbidden or too large."""
        return self.opener(self.path)

    @property
    def text(self) -> str:
        """Its text with ``\\n`` at the ends of lines; raises SourceError for bytes that are no text."""
        return self.blob.text.replace("\r\n", "\n").replace("\r", "\n")


Converted = Iterator[Labelled | Skipped]


class Material:
    """The files of a download. ``skipped`` names the archives in it that cannot be opened."""

    def __init__(self, path: Path) -> None:
        if not path.exists():
            raise DatasetError(f"There is nothing at {path}.", "Name the folder or archive that was downloaded.")
        self.path = path
        self.skipped: list[Skipped] = []
        self._openers = dict(self._open(path))

    def files(self, *suffixes: str) -> list[RawFile]:
        """The files whose names end in one of ``suffixes``, in the order of their paths."""
        names = sorted(name for name in self._openers if name.lower().endswith(suffixes))
        return [RawFile(name, self._openers[name]) for name in names]

    def _open(self, path: Path) -> Iterator[tuple[str, Callable[[str], Blob]]]:
        if path.is_dir():
            for file in sorted(each for each in path.rglob("*") if each.is_file()):
                yield from self._one(file, file.relative_to(path).as_posix())
        else:
            yield from self._one(path, path.name)

    def _one(self, file: Path, name: str) -> Iterator[tuple[str, Callable[[str], Blob]]]:
        if file.suffix.lower() != ".zip":
            yield name, partial(_blob_of_file, file)
            return
        try:
            blob = Blob(name, file.read_bytes())
            if not is_archive(blob):
                raise SourceError(f"{name} is a damaged zip archive.", "Download it again.")
            bundle = bundle_of(blob)
        except OSError as error:
            self.skipped.append(Skipped(name, f"it cannot be read: {error.strerror}"))
            return
        except SourceError as error:
            self.skipped.append(Skipped(name, str(error)))
            return
        for member in bundle.names:
            yield member, bundle.blob


def _blob_of_file(file: Path, name: str) -> Blob:
    try:
        if file.stat().st_size > MAX_MEMBER_BYTES:
            raise SourceError(f"{name} is larger than {MAX_MEMBER_BYTES // 2**20} MB.", "Leave it out.")
        return Blob(name, file.read_bytes())
    except OSError as error:
        raise SourceError(f"{name} cannot be read: {error.strerror}.", "Check its permissions.") from None
