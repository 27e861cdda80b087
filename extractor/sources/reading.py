"""Paths -> readings: opens what is named, finds out its format, and reports what cannot be read."""

from __future__ import annotations

import contextlib
import gc
import hashlib
import os
import sys
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import partial
from pathlib import Path
from typing import BinaryIO, TextIO

from extractor.conversation import Coverage
from extractor.errors import SourceError
from extractor.sources.base import NO_HINTS, Blob, Bundle, BundleFormat, Format, Hints, Reading
from extractor.sources.bundles import bundle_of, bundle_of_folder, is_archive, read_at_most
from extractor.sources.decoding import whole_characters
from extractor.sources.finishing import finished
from extractor.sources.joining import join_chats
from extractor.sources.registry import by_name, detect, detect_bundle
from extractor.sources.targets import STANDARD_INPUT, Target, files_below, format_of, is_directory, listed, shown

MAX_SOURCE_BYTES = 512 * 1024 * 1024
OUR_FAULT = "could not be read by a fault of decisions itself"
REPORT_IT = "Read it again with DECISIONS_DEBUG=1 and report what that prints."


def read_source(path: str, source_format: str | None = None, hints: Hints = NO_HINTS) -> Reading:
    """Read one source: a file, standard input where ``path`` is ``-``, or an export that is a folder or an archive.

    ``source_format`` names a format instead of finding it out. Raises SourceError for whatever cannot be read at all; a
    source that can be read in part comes back with ``error`` set.
    """
    if path != STANDARD_INPUT and is_directory(path):
        return _read_folder(path, source_format, hints)
    blob = _load(path, hints)
    readings = list(_readings_of(blob, path, source_format))
    if len(readings) != 1:
        raise SourceError(f"{blob.name} is an archive of {len(readings)} files.", "Unpack it and name one of them.")
    return readings[0]


def read_sources(paths: Iterable[str], source_format: str | None = None, hints: Hints = NO_HINTS) -> Iterator[Reading]:
    """Read every file that ``paths`` name: files, folders (recursively, hidden files excepted), wildcards, archives,
    ``-``. Nothing is read before it is asked for. A chat beside a transcript of the same meeting joins it.

    A source that cannot be read becomes a reading with ``error`` and never ends the iteration. A file that is named
    twice is read once. Raises SourceError only for a ``source_format`` that does not exist.
    """
    listing = listed(paths, source_format, hints)
    readable: Counter[str] = Counter()
    for unit in listing.units:
        found = _read_targets(unit, source_format, hints)
        for target, reading in found:
            readable[target.within or ""] += bool(reading.conversations)
        yield from join_chats([reading for _, reading in found])
    for folder, files_in_it in listing.folders.items():
        if not readable[folder]:
            yield _nothing_in(folder, files_in_it)


def read_unit(unit: Sequence[Target], source_format: str | None = None, hints: Hints = NO_HINTS) -> list[Reading]:
    """Read what :func:`~extractor.sources.targets.listed` gives as one unit, as :func:`read_sources` does; never
    raises SourceError.
    """
    return join_chats([reading for _, reading in _read_targets(unit, source_format, hints)])


def read_blobs(blobs: Sequence[Blob], source_format: str | None = None) -> list[Reading]:
    """Read files that do not lie on this machine, as :func:`read_sources` reads those that do.

    What is given together is of one meeting: a chat among it joins the transcript. A blob's name stands as its path.
    One that cannot be read becomes a reading with ``error``. Raises SourceError only for a ``source_format`` that does
    not exist.
    """
    if source_format is not None:
        by_name(source_format)
    return join_chats([reading for blob in blobs for reading in _read_blob(blob, source_format)])


def read_bundle(bundle: Bundle, source_format: str) -> Reading:
    """Read several files that are one export of the named format, wherever they come from. Its ``sha256`` is None.

    Raises SourceError where nothing can be had from it, or the format is none of several files.
    """
    known = by_name(source_format)
    if not isinstance(known, BundleFormat):
        raise SourceError(f"{known.label} are single files, and {bundle.name} is not.", "Name the format of an export.")
    blob = Blob(shown(bundle.name), b"", bundle.hints)
    return _finished(partial(known.read, bundle), known, blob, bundle.name)


def _read_blob(blob: Blob, source_format: str | None) -> Iterator[Reading]:
    try:
        if len(blob.data) > MAX_SOURCE_BYTES:
            raise _too_large(blob.name)
        yield from _readings_of(blob, blob.name, source_format)
    except SourceError as error:
        yield replace(_failed(blob.name, error), sha256=blob.sha256)


def _read_targets(unit: Sequence[Target], source_format: str | None, hints: Hints) -> list[tuple[Target, Reading]]:
    return [(target, reading) for target in unit for reading in _read_target(target, source_format, hints)]


def _read_target(target: Target, source_format: str | None, hints: Hints) -> Iterator[Reading]:
    if target.problem is not None:
        yield _failed(target.path, target.problem)
        return
    blob: Blob | None = None
    try:
        if target.bundle:
            yield _read_folder(target.path, source_format, hints)
            return
        blob = _load(target.path, hints)
        yield from _readings_of(blob, target.path, source_format)
    except SourceError as error:
        yield replace(_failed(target.path, error), sha256=blob.sha256 if blob else None)


def _nothing_in(folder: str, files: int) -> Reading:
    what = f"The directory {shown(folder)} holds no file{' that can be read' if files else 's'}."
    return _failed(folder, SourceError(what, "Name a directory with transcripts or exports."))


def _failed(path: str, error: SourceError) -> Reading:
    return Reading(path=shown(path), error=whole_characters(str(error)))


def _readings_of(blob: Blob, path: str, source_format: str | None) -> Iterator[Reading]:
    """What came of one file: one reading, or one for each file of an archive that is no export.

    Raises SourceError where the file as a whole cannot be read.
    """
    if not blob.data.strip():
        what = "is empty" if not blob.data else "holds nothing but white space"
        raise SourceError(f"{blob.name} {what}.", "Export the transcript again.")
    forced = by_name(source_format) if source_format is not None else None
    if is_archive(blob):
        yield from _readings_of_archive(blob, path, forced)
    elif isinstance(forced, BundleFormat):
        raise SourceError(f"{blob.name} is a single file, which {forced.label} are not.", "Name the whole export.")
    else:
        yield _read(blob, path, forced)


def _readings_of_archive(blob: Blob, path: str, forced: Format | BundleFormat | None) -> Iterator[Reading]:
    bundle = bundle_of(blob)
    if not bundle.names:
        raise SourceError(f"{blob.name} is an archive without files.", "Pack the transcripts again.")
    whole = None if isinstance(forced, Format) else forced or detect_bundle(bundle)
    if whole is not None:
        yield replace(_finished(partial(whole.read, bundle), whole, blob, path), sha256=blob.sha256)
        return
    one_format = forced if isinstance(forced, Format) else None
    for name in bundle.names:
        yield _member(bundle, name, path, one_format)


def _member(bundle: Bundle, name: str, path: str, forced: Format | None) -> Reading:
    place = f"{path}/{name}"
    try:
        blob = Blob(shown(place), bundle.data_of(name), bundle.hints)
        if is_archive(blob):
            raise SourceError(f"{blob.name} is an archive within an archive.", "Unpack it first.")
        if not blob.data.strip():
            raise SourceError(f"{blob.name} is empty.", "Pack it again.")
        return _read(blob, place, forced)
    except SourceError as error:
        return _failed(place, error)


def _read_folder(folder: str, source_format: str | None, hints: Hints) -> Reading:
    """The reading of a folder that is an export; raises SourceError where it is none."""
    files = [file.path for file in files_below(folder) if file.problem is None]
    bundle = bundle_of_folder(folder, files, hints)
    known = format_of(bundle, source_format)
    if known is None:
        raise SourceError(f"{shown(folder)} is a folder that is no export.", "Name the files in it.")
    hashes: dict[str, str] = {}

    def data_of(name: str) -> bytes:
        data = bundle.data_of(name)
        hashes[name] = hashlib.sha256(data).hexdigest()
        return data

    hashed = replace(bundle, data_of=data_of)
    reading = _finished(partial(known.read, hashed), known, Blob(shown(folder), b"", hints), folder)
    return replace(reading, sha256=_sha256_of(hashed, hashes))


def _sha256_of(bundle: Bundle, hashes: dict[str, str]) -> str:
    """One hash for all files, their names included; a file that cannot be read counts with its name alone.

    ``hashes`` has those of the files that were opened already; opening the others adds theirs.
    """
    digest = hashlib.sha256()
    for name in bundle.names:
        if name not in hashes:
            with contextlib.suppress(SourceError):
                bundle.data_of(name)
        digest.update(f"{name}\x1f{hashes.get(name, '')}\x1e".encode("utf-8", "replace"))
    return digest.hexdigest()


def _read(blob: Blob, path: str, forced: Format | None) -> Reading:
    known = forced or detect(blob)
    try:
        reading = _finished(partial(known.read, blob), known, blob, path)
    except SourceError as error:
        if forced is None or forced.fits(blob) > 0:
            raise
        remedy = f"It does not look like {forced.label}; without --source-format its format is found out."
        raise SourceError(error.what, remedy) from error
    return replace(reading, sha256=blob.sha256)


def _with_damage(reading: Reading, blob: Blob) -> Reading:
    """The reading of JSON that is damaged, with what was lost in its account and in its error."""
    if "parsed" not in vars(blob) or not blob.parsed.lost or reading.coverage is None:
        return reading
    asides = {part.reason: part.characters for part in reading.coverage.set_aside}
    asides["cut off"] = min(blob.parsed.lost, asides.get("structure", 0))
    asides["structure"] = asides.get("structure", 0) - asides["cut off"]
    error = f"{blob.name} is JSON, but {blob.parsed.problem}; what stands before that was read. Export it again."
    return replace(
        reading,
        coverage=Coverage.of(reading.coverage.used, asides),
        error=f"{reading.error} {error}" if reading.error else error,
    )


def _finished(read: Callable[[], Reading], known: Format | BundleFormat, blob: Blob, path: str) -> Reading:
    reading = _with_damage(_guarded(read, blob.name), blob)
    stem = None if path == STANDARD_INPUT else blob.stem
    conversations = tuple(
        finished(each, blob.hints, people_by_id=known.people_by_id, stem=stem) for each in reading.conversations
    )
    if len(conversations) == 1 and reading.coverage is not None:
        conversations = (conversations[0].model_copy(update={"coverage": reading.coverage}),)
    error = whole_characters(reading.error) if reading.error is not None else None
    return replace(reading, path=shown(path), format=known.name, conversations=conversations, error=error)


def _guarded(read: Callable[[], Reading], name: str) -> Reading:
    """What ``read`` gives; SourceError for whatever it raises, as a fault in one file must not lose the others."""
    collecting = gc.isenabled()
    gc.disable()  # A reader makes many objects and no cycles: looking for them took a quarter of the time.
    try:
        return read()
    except SourceError:
        raise
    except RecursionError:
        raise SourceError(f"{name} is nested too deeply to be read.", "Export it again in smaller parts.") from None
    except MemoryError:
        what = f"{name} is too large for the memory of this machine."
        raise SourceError(what, "Split the export into smaller parts.") from None
    except Exception as fault:
        if os.environ.get("DECISIONS_DEBUG"):
            raise
        raise SourceError(f"{name} {OUR_FAULT} ({type(fault).__name__}: {fault}).", REPORT_IT) from fault
    finally:
        if collecting:
            gc.enable()


# Loading


def _load(path: str, hints: Hints) -> Blob:
    if path == STANDARD_INPUT:
        return Blob("standard input", _standard_input(), hints)
    name = shown(path)
    try:
        state = Path(path).stat()
        if state.st_size > MAX_SOURCE_BYTES:
            raise _too_large(name)
        with Path(path).open("rb") as file:
            return Blob(name, _limited(file, name), hints)
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
        if stream is not None:
            return _limited(stream.buffer, "standard input")
    except (OSError, ValueError):
        pass
    raise SourceError("Standard input is closed.", "Send a transcript to it, or name a file.")


def _limited(file: BinaryIO, name: str) -> bytes:
    data = read_at_most(file, MAX_SOURCE_BYTES)
    if data is None:
        raise _too_large(name)
    return data


def _too_large(name: str) -> SourceError:
    limit = MAX_SOURCE_BYTES // (1024 * 1024)
    return SourceError(f"{name} is larger than {limit} MB.", "Split the export into smaller parts.")
