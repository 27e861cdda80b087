"""Archives and folders as bundles of files: nothing is unpacked to disk, and nothing is read without a limit."""

from __future__ import annotations

import bz2
import gzip
import io
import lzma
import os
import stat
import struct
import tarfile
import zipfile
import zlib
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import BinaryIO, cast

from extractor.errors import SourceError
from extractor.sources.base import Blob, Bundle, Hints

MAX_MEMBER_BYTES = 256 * 1024 * 1024
MAX_TOTAL_BYTES = 1024 * 1024 * 1024
MAX_MEMBERS = 200_000

_PIECE_BYTES = 4 * 1024 * 1024

_ZIP = (b"PK\x03\x04", b"PK\x05\x06", b"PK\x07\x08")
_TAR_MARK = slice(257, 262)
_TAR_BLOCK = 512
_COMPRESSED: dict[bytes, Callable[[BinaryIO], object]] = {
    b"\x1f\x8b": lambda stream: gzip.GzipFile(fileobj=stream),
    b"BZh": bz2.BZ2File,
    b"\xfd7zXZ": lzma.LZMAFile,
}
_ENCRYPTED = 0x1
_DAMAGE = (
    zipfile.BadZipFile,
    tarfile.TarError,
    zlib.error,
    lzma.LZMAError,
    OSError,
    EOFError,
    ValueError,
    RuntimeError,
    IndexError,
    struct.error,
)
_CLUTTER = ("__MACOSX/", ".DS_Store", "._")


def is_archive(blob: Blob) -> bool:
    """Whether ``blob`` is a zip that is no Office document, or a tar."""
    if blob.data.startswith(_ZIP):
        names = names_in_zip(blob.data)
        return names is None or "[Content_Types].xml" not in names
    return is_tar(blob.data)


def is_tar(data: bytes) -> bool:
    """Whether ``data`` are a tar archive, compressed or not."""
    if data[_TAR_MARK] == b"ustar":
        return True
    if not data.startswith(tuple(_COMPRESSED)):
        return False
    try:
        block = _decompressed(data).read(_TAR_BLOCK)
        return bool(tarfile.TarInfo.frombuf(block, "utf-8", "surrogateescape").name)
    except _DAMAGE:
        return False


def names_in_zip(data: bytes) -> list[str] | None:
    """The names of a zip's members, None where the data are no whole zip."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return archive.namelist()
    except _DAMAGE:
        return None


def member_of_zip(data: bytes, member: str, limit: int = MAX_MEMBER_BYTES) -> bytes:
    """One member, unpacked; raises SourceError where it is missing, damaged or larger than ``limit`` bytes."""
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return _unpacked(archive, archive.getinfo(member), member, limit)
    except KeyError:
        raise SourceError(f"There is no {member} in the archive.", "Export it again.") from None
    except _DAMAGE:
        raise _damaged(member) from None


def _unpacked(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, limit: int) -> bytes:
    if info.file_size > limit:
        raise _too_large(name, limit)
    try:
        with archive.open(info) as file:
            unpacked = file.read(limit + 1)
    except _DAMAGE:
        raise _damaged(name) from None
    if len(unpacked) > limit:
        raise _too_large(name, limit)
    return unpacked


def _damaged(member: str) -> SourceError:
    return SourceError(f"{member} in the archive is damaged or encrypted.", "Export it again.")


def _too_large(member: str, limit: int) -> SourceError:
    megabytes = limit // (1024 * 1024)
    return SourceError(f"{member} is larger than {megabytes} MB when unpacked.", "Export a shorter time span.")


def bundle_of(blob: Blob) -> Bundle:
    """The files of an archive. Raises SourceError for one that is damaged as a whole or holds more than the limits.

    Links, files outside the archive (``../``, ``/etc``), encrypted files and files that another one of the same name
    hides are listed, and give an error when opened; nothing follows or overwrites them.
    """
    return _tar(blob) if is_tar(blob.data) else _zip(blob)


def _zip(blob: Blob) -> Bundle:
    try:
        archive = zipfile.ZipFile(io.BytesIO(blob.data))
    except _DAMAGE:
        raise SourceError(f"{blob.name} is a damaged zip archive.", "Download or export it again.") from None
    listed = _Listed(blob.name)
    infos: dict[str, zipfile.ZipInfo] = {}
    for info in archive.infolist():
        name = info.filename if "/" in info.filename else info.filename.replace("\\", "/")
        if info.is_dir() or name.endswith("/") or _clutter(name):
            continue
        before = infos.get(name)
        same = before is not None and (before.CRC, before.file_size) == (info.CRC, info.file_size)
        error = _refusal(name, link=stat.S_ISLNK(info.external_attr >> 16), locked=bool(info.flag_bits & _ENCRYPTED))
        listed.add(name, info.file_size, error, hides=before is not None and not same)
        infos[name] = info

    def data_of(name: str) -> bytes:
        listed.raise_refusal(name)
        return _unpacked(archive, infos[name], name, MAX_MEMBER_BYTES)

    return Bundle(blob.name, listed.names, data_of, blob.hints)


class _Listed:
    """The files of one archive while it is listed, within the limits."""

    def __init__(self, archive: str) -> None:
        self.archive = archive
        self.refused: dict[str, SourceError | None] = {}
        self._bytes = 0
        self._hidden = 0

    def add(self, name: str, size: int, error: SourceError | None, *, hides: bool) -> None:
        """One more file. ``hides`` is whether another one of its name stands before it and says something else."""
        if hides:
            self._hidden += 1
            what = f"{self.archive} holds several files called {name}, of which the last was read."
            self.refused[f"{name} (hidden, {self._hidden})"] = SourceError(what, "Unpack it and give them one by one.")
        self.refused[name] = error
        self._bytes += size
        if len(self.refused) > MAX_MEMBERS:
            raise SourceError(f"{self.archive} holds more than {MAX_MEMBERS:,} files.", "Export a shorter time span.")
        if self._bytes > MAX_TOTAL_BYTES:
            raise _too_much(self.archive)

    def raise_refusal(self, name: str) -> None:
        error = self.refused.get(name)
        if error is not None:
            raise SourceError(error.what, error.remedy)

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(sorted(self.refused))


def _too_much(archive: str) -> SourceError:
    limit = MAX_TOTAL_BYTES // (1024 * 1024)
    return SourceError(f"{archive} holds more than {limit} MB when unpacked.", "Export a shorter time span.")


def _clutter(name: str) -> bool:
    return name.startswith(_CLUTTER) or name.rpartition("/")[2].startswith(_CLUTTER[1:])


def _refusal(name: str, *, link: bool, locked: bool = False) -> SourceError | None:
    if link:
        return SourceError(f"{name} is a link or a device, which is not followed.", "Pack the file itself.")
    if name.startswith(("/", "\\")) or ".." in name.replace("\\", "/").split("/") or name[1:3] in (":\\", ":/"):
        return SourceError(f"{name} names a place outside the archive.", "Pack it again without that.")
    if locked:
        return SourceError(f"{name} is encrypted.", "Pack it without a password.")
    return None


def _tar(blob: Blob) -> Bundle:
    """A tar has no index: its files are unpacked in memory once, within the limits."""
    files: dict[str, bytes] = {}
    listed = _Listed(blob.name)
    stream = _Limited(_decompressed(blob.data), MAX_TOTAL_BYTES + _PIECE_BYTES)
    try:
        with tarfile.open(fileobj=stream, mode="r|") as archive:
            for member in archive:
                name = member.name.removeprefix("./")
                if member.isdir() or _clutter(name):
                    continue
                error = _refusal(name, link=not member.isfile())
                if error is None and member.size > MAX_MEMBER_BYTES:
                    error = _too_large(name, MAX_MEMBER_BYTES)
                listed.add(name, 0 if error else member.size, error, hides=False)
                file = archive.extractfile(member) if error is None else None
                data = file.read() if file is not None else b""
                if name in files and files[name] != data:
                    listed.add(name, 0, error, hides=True)
                files[name] = data
    except _DAMAGE:
        if stream.too_much:
            raise _too_much(blob.name) from None
        raise SourceError(f"{blob.name} is a damaged tar archive.", "Download or export it again.") from None

    def data_of(name: str) -> bytes:
        listed.raise_refusal(name)
        return files[name]

    return Bundle(blob.name, listed.names, data_of, blob.hints)


class _Limited(io.RawIOBase):
    """A stream that fails after ``limit`` bytes; a few bytes of a compressed tar can stand for any amount."""

    def __init__(self, stream: BinaryIO, limit: int) -> None:
        super().__init__()
        self._stream = stream
        self._left = limit
        self.too_much = False

    def readable(self) -> bool:
        return True

    def read(self, size: int = -1) -> bytes:
        piece = self._stream.read(min(size, _PIECE_BYTES) if size >= 0 else _PIECE_BYTES)
        self._left -= len(piece)
        if self._left < 0:
            self.too_much = True
            raise tarfile.ReadError("larger than allowed")
        return piece


def _decompressed(data: bytes) -> BinaryIO:
    stream = io.BytesIO(data)
    for signature, opener in _COMPRESSED.items():
        if data.startswith(signature):
            return cast(BinaryIO, opener(stream))
    return stream


def read_at_most(file: BinaryIO, limit: int) -> bytes | None:
    """All that ``file`` holds, None where that is more than ``limit`` bytes.

    Read piece by piece, as ``read(limit)`` takes that much memory before it looks how much there is.
    """
    pieces, size = [], 0
    while piece := file.read(_PIECE_BYTES):
        size += len(piece)
        if size > limit:
            return None
        pieces.append(piece)
    return b"".join(pieces)


def bundle_of_folder(folder: str, files: Iterable[str], hints: Hints) -> Bundle:
    """The ``files`` (paths below ``folder``) as one bundle; bytes are read when asked for."""
    inside: dict[str, str] = {}
    paths: dict[str, str] = {}
    for file in files:
        place, name = os.path.split(file)  # a Path for every file took longer than reading them
        if place not in inside:
            inside[place] = (Path(place).relative_to(folder) / "_").as_posix()[:-1]
        paths[inside[place] + name] = file

    def data_of(name: str) -> bytes:
        try:
            with Path(paths[name]).open("rb") as file:
                data = read_at_most(file, MAX_MEMBER_BYTES)
        except OSError as error:
            raise SourceError(f"{name} cannot be read ({error.strerror}).", "Check its permissions.") from None
        if data is None:
            raise SourceError(f"{name} is larger than {MAX_MEMBER_BYTES // 2**20} MB.", "Export a shorter time span.")
        return data

    return Bundle(folder, tuple(sorted(paths)), data_of, hints)
