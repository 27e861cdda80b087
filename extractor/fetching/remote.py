"""Files that ``fsspec`` reaches: object stores, web folders, archives elsewhere."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from extractor.errors import FetchError, SettingsError, SourceError, UsageError
from extractor.fetching.base import Item, Unlisted, by_meeting, hints_of, main_file, version_of, without_password
from extractor.plan import RemoteSource
from extractor.sources import Blob, Hints, Reading, read_blobs
from extractor.sources.bundles import read_at_most
from extractor.sources.reading import MAX_SOURCE_BYTES

# Where a store keeps a digest of a file's content. S3's ETag is no MD5 for parts and encryption, but changes with the
# content. That of a web server is often made of size and time alone, and counts for nothing here.
_CHECKSUMS = {"s3": "ETag", "s3a": "ETag", "gs": "md5Hash", "gcs": "md5Hash"}
# Where a folder is there only as long as there is something in it.
_WITHOUT_FOLDERS = frozenset(("s3", "s3a", "gs", "gcs", "abfs", "abfss", "az", "adl", "oss", "memory"))
_PIECE_BYTES = 1 << 20
_WILDCARD = re.compile(r"[*?\[]")
_WEB_WILDCARD = re.compile(r"[*\[]")
_LASTING = (FileNotFoundError, PermissionError)
_CHECK = "Check the URL, the options and the network."


@dataclass(frozen=True)
class _File:
    """A file: ``name`` is its URL without secrets, ``path`` what its file system calls it, ``info`` what that says."""

    name: str
    path: str
    filesystem: Any
    info: Mapping[str, Any]


def items(source: RemoteSource, base: Path) -> Iterator[Item | Unlisted]:
    """One item for the files of a meeting, or an archive; the key is the URL without user name and password.

    The version is a hash of the content, which is read for it; on Amazon S3 a hash of the ETag, on Google's storage one
    of ``md5Hash``, where the file has one. Files that were unpacked from one export are read one by one. Raises
    FetchError where none of the URLs can be listed, UsageError where ``fsspec`` or what it needs is not installed.
    """
    hints = hints_of(source, base)
    files: dict[str, _File] = {}
    failures: list[tuple[str, Exception]] = []
    for url in source.urls:
        try:
            files.update((file.name, file) for file in _files(source, url))
        except (ImportError, UsageError) as error:
            raise _unusable(source, error) from None
        except Exception as error:  # every file system raises errors of its own
            failures.append((without_password(url), error))
    if len(failures) == len(source.urls):
        raise _unreachable(f"The source {source.name} cannot be read at {failures[0][0]}", failures[0][1])
    return _listed(source, files, failures, hints)


def _listed(
    source: RemoteSource, files: dict[str, _File], failures: list[tuple[str, Exception]], hints: Hints
) -> Iterator[Item | Unlisted]:
    for url, error in sorted(failures, key=lambda failure: failure[0]):
        told = _unreachable(f"{url} cannot be listed", error)
        yield Unlisted(f"{source.name}:{url}", url, str(told), told.transient)
    for names in by_meeting(files):
        yield _item(source, [files[name] for name in names], hints)


def _unusable(source: RemoteSource, error: Exception) -> UsageError:
    if isinstance(error, UsageError):
        return error
    if getattr(error, "name", None) == "fsspec":
        what = f"The source {source.name} needs a package that is not installed."
        return UsageError(what, "Install it: pip install 'decisions[remote]'.")
    return UsageError(f"The source {source.name} needs a package that is not installed: {error}.", "Install it.")


def _unreachable(what: str, error: Exception) -> FetchError:
    reason = without_password(" ".join(str(error).split())).rstrip(".")
    kind = type(error).__name__
    return FetchError(f"{what} ({kind}: {reason}).", _CHECK, transient=not isinstance(error, _LASTING))


def _files(source: RemoteSource, url: str) -> Iterator[_File]:
    """The files that ``url`` names; raises whatever the file system raises."""
    import fsspec

    if "://" not in url and "::" not in url:
        what = f"The source {source.name}: {url} is no URL."
        raise SettingsError(what, "Write it as s3://bucket/folder/*.vtt, or name files of this machine by type folder.")
    protocol = url.split("://", 1)[0].split("::", 1)[0]
    if protocol not in fsspec.available_protocols():
        raise SettingsError(f"The source {source.name}: fsspec knows no {protocol}://.", "Correct the URL.")
    filesystem, path = fsspec.url_to_fs(url, use_listings_cache=False, **source.options)
    outer = without_password(url.split("::", 1)[1]) if protocol in ("zip", "tar", "libarchive") and "::" in url else ""
    for place, info in _entries(filesystem, path, protocol).items():
        name = f"{outer}/{place.lstrip('/')}" if outer else without_password(filesystem.unstrip_protocol(place))
        hidden = any(part.startswith(".") for part in place.removeprefix(path).split("/"))
        if info.get("type") == "file" and not hidden:
            yield _File(name, place, filesystem, info)


def _entries(filesystem: Any, path: str, protocol: str) -> dict[str, Any]:
    wildcard = (_WEB_WILDCARD if protocol in ("http", "https") else _WILDCARD).search(path)
    if wildcard is not None:
        found: dict[str, Any] = filesystem.glob(path, detail=True)
        folder = path[: wildcard.start()].rpartition("/")[0]
        if not found and folder and protocol not in _WITHOUT_FOLDERS and not filesystem.exists(folder):
            raise FileNotFoundError(f"{folder} does not exist")
        return found
    if path.endswith("/") or filesystem.isdir(path):
        return dict(filesystem.find(path, detail=True))
    return {path: filesystem.info(path)}


def _item(source: RemoteSource, files: list[_File], hints: Hints) -> Item | Unlisted:
    label = main_file([file.name for file in files])
    origin = f"{source.name}:{label}"
    try:
        versions = [(file.name.rpartition("/")[2], _version(file)) for file in files]
    except Exception as error:  # as above
        told = _unreachable(f"{label} cannot be read", error)
        return Unlisted(origin, label, str(told), told.transient)
    version = versions[0][1] if len(files) == 1 else version_of("\x1f".join(each) for each in versions)
    return Item(origin, version, label, partial(_read, files, source.source_format, hints))


def _version(file: _File) -> str:
    protocols = file.filesystem.protocol
    for protocol in [protocols] if isinstance(protocols, str) else protocols:
        key = _CHECKSUMS.get(protocol)
        checksum = file.info.get(key) if key is not None else None
        if checksum:
            return version_of([f"{key}\x1f{checksum}"])
    digest = hashlib.sha256()
    with file.filesystem.open(file.path, "rb") as stream:
        while piece := stream.read(_PIECE_BYTES):
            digest.update(piece)
    return digest.hexdigest()


def _read(files: list[_File], source_format: str | None, hints: Hints) -> list[Reading]:
    return read_blobs([Blob(_readable(file.name), _bytes(file), hints) for file in files], source_format)


def _readable(name: str) -> str:
    return unquote(name) if name.startswith(("http://", "https://")) else name


def _bytes(file: _File) -> bytes:
    try:
        with file.filesystem.open(file.path, "rb") as stream:
            data = read_at_most(stream, MAX_SOURCE_BYTES)
    except FileNotFoundError:
        raise SourceError(f"{file.name} is not there any more.", "Run it again.") from None
    except Exception as error:  # as above
        raise _unreachable(f"{file.name} cannot be read", error) from None
    if data is None:
        limit = MAX_SOURCE_BYTES // 2**20
        raise SourceError(f"{file.name} is larger than {limit} MB.", "Split the export into smaller parts.")
    return data
