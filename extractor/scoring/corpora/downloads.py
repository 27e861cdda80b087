"""Fetching a corpus. Nothing is fetched unless somebody asks, and its licence is said first."""

from __future__ import annotations

import contextlib
import os
import tempfile
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.errors import CorpusDownloadError
from extractor.scoring.corpora.registry import Corpus, Remote

if TYPE_CHECKING:
    import httpx2

MAX_BYTES: Final = 512 * 1024 * 1024
"""The most that is fetched of one file; the largest, ICSI_plus_NXT.zip, has 55 MB."""

TIMEOUT_SECONDS: Final = 60.0
"""How long a server may stay silent."""

_ELSEWHERE: Final = "fetch it by other means and name the folder or file with --from"

Progress = Callable[[str, int, int | None], None]


def download(
    corpus: Corpus, into: Path, *, say: Callable[[str], None], progress: Progress | None = None
) -> tuple[Path, ...]:
    """Fetch the files of ``corpus`` to the folder ``into`` and return their paths.

    ``say`` is given the corpus's notice (origin and licence) before the first request; ``progress`` the name of the
    file, the bytes so far and the bytes in all where the server tells. A file that is already there is kept, and said
    to be. A file stands under its name only when it is whole and, where it must be one, a zip archive whose members
    have the right checksums. Folders that were made and stay empty are removed. Raises CorpusDownloadError.
    """
    import httpx2

    say(corpus.notice)
    done = []
    with _folder(into), httpx2.Client(follow_redirects=True, timeout=TIMEOUT_SECONDS, max_redirects=5) as client:
        for remote in corpus.remotes:
            target = into / remote.file
            if target.exists():
                say(f"{target} is already there and was not fetched again.")
            else:
                _fetch(client, remote, target, progress)
            done.append(target)
    return tuple(done)


@contextlib.contextmanager
def _folder(into: Path) -> Iterator[None]:
    """Makes a folder; of what was made, what is empty in the end is removed."""
    made = [folder for folder in (into, *into.parents) if not folder.exists()]
    try:
        try:
            into.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise _unwritable(into, error) from None
        yield
    finally:
        with contextlib.suppress(OSError):
            for folder in made:
                folder.rmdir()


def _fetch(client: httpx2.Client, remote: Remote, target: Path, progress: Progress | None) -> None:
    with _beside(target) as part:
        _stream(client, remote, part, progress)
        if remote.zipped:
            _check_zip(part, remote)
        part.replace(target)


@contextlib.contextmanager
def _beside(target: Path) -> Iterator[Path]:
    """A file of its own next to ``target``, which is removed unless it was moved away."""
    try:
        handle, name = tempfile.mkstemp(dir=target.parent, prefix=f".{target.name}.", suffix=".part")
        os.close(handle)
    except OSError as error:
        raise _unwritable(target, error) from None
    part = Path(name)
    try:
        yield part
    finally:
        part.unlink(missing_ok=True)


def _stream(client: httpx2.Client, remote: Remote, part: Path, progress: Progress | None) -> None:
    import httpx2

    try:
        with client.stream("GET", remote.url) as answer, part.open("wb") as file:
            if answer.status_code != 200:
                raise _refused(remote, answer.status_code)
            told = answer.headers.get("content-length", "")
            whole = int(told) if told.isdecimal() and "content-encoding" not in answer.headers else None
            size = 0
            for piece in answer.iter_bytes():
                size += len(piece)
                if size > MAX_BYTES:
                    raise CorpusDownloadError(
                        f"{remote.url} sends more than {MAX_BYTES // 2**20} MB.",
                        f"{_ELSEWHERE[0].upper()}{_ELSEWHERE[1:]}.",
                    )
                file.write(piece)
                if progress is not None:
                    progress(remote.file, size, whole)
    except httpx2.HTTPError as error:
        what = f"{remote.url} could not be fetched ({type(error).__name__}: {error})."
        raise CorpusDownloadError(what, f"Check the connection and try again, or {_ELSEWHERE}.") from None
    except OSError as error:
        raise _unwritable(part, error) from None
    if size == 0 or (whole is not None and size != whole):
        raise CorpusDownloadError(f"{remote.url} sent {size:,} bytes of {whole or 'some'}.", "Try again.")


def _refused(remote: Remote, status: int) -> CorpusDownloadError:
    return CorpusDownloadError(
        f"{remote.url} answers {status}.", f"Look at the corpus's page whether it has moved, or {_ELSEWHERE}."
    )


def _check_zip(part: Path, remote: Remote) -> None:
    try:
        with zipfile.ZipFile(part) as archive:
            bad = archive.testzip()
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError, ValueError):
        bad = remote.file
    except Exception as error:  # zlib.error and lzma.LZMAError have no root of their own
        bad = f"{remote.file} ({error})"
    if bad is not None:
        raise CorpusDownloadError(f"What {remote.url} sent is no whole zip archive: {bad} is damaged.", "Try again.")


def _unwritable(path: Path, error: OSError) -> CorpusDownloadError:
    return CorpusDownloadError(f"{path} cannot be written: {error.strerror}.", "Name a folder that can be written.")
