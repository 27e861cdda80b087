"""A file replaced whole, or left as it was."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from extractor.errors import DeliveryError


def replace_file(path: Path, text: str) -> None:
    """Writes ``text`` as UTF-8 in place of ``path``: a reader sees the old file or the new one, also after a crash.

    A link stays and its target is replaced; the mode is kept; missing folders are made. Raises DeliveryError.
    """
    target = Path(os.path.realpath(path))
    unfinished = target.with_name(f".decisions-{os.getpid()}-{secrets.token_hex(4)}.tmp")
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        try:
            _write(unfinished, target, text.encode("utf-8", "backslashreplace"))
            unfinished.replace(target)
        finally:
            unfinished.unlink(missing_ok=True)
    except OSError as error:
        raise unwritable(path, error) from None


def _write(unfinished: Path, target: Path, data: bytes) -> None:
    with unfinished.open("xb") as file:
        if target.exists():
            os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
        file.write(data)
        file.flush()
        os.fsync(file.fileno())


def append_line(path: Path, line: str) -> None:
    """Adds ``line``, one line, to the end of ``path``; a line that a crash cut off before does not swallow it.

    Raises DeliveryError.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("ab+") as file:
            end = file.seek(0, os.SEEK_END)
            file.seek(max(end - 1, 0))
            broken = file.read(1) not in (b"", b"\n")
            file.write(b"\n" * broken + line.rstrip("\n").encode("utf-8", "backslashreplace") + b"\n")
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise unwritable(path, error) from None


def unwritable(path: Path, error: OSError) -> DeliveryError:
    """The error for a file that could not be written."""
    what = f"{path} cannot be written: {error.strerror or error}."
    return DeliveryError(what, "Make room, or choose another place in decisions.toml.", transient=True)
