"""The file that ``--out`` names: checked before the work, replaced whole after it."""

from __future__ import annotations

import os
import secrets
import stat
from pathlib import Path

from extractor.cli.streams import OutputError
from extractor.errors import UsageError

_NOT_REPLACED = ("/dev/stdout", "/dev/stderr", "/dev/fd/", "/proc/")


def check_out(out: Path | None) -> None:
    """Raises UsageError where ``out`` cannot be written, so that no work is done for nothing. Leaves nothing there."""
    if out is None:
        return
    try:
        if _written_straight(out):
            _must_be_writable(out)
            return
        target = _target(out)
        if target.exists():
            _must_be_writable(target)
        unfinished = _unfinished(target)
        unfinished.touch(exist_ok=False)
        unfinished.unlink()
    except (OSError, ValueError) as error:
        raise _unusable(out, error) from None


def write_file(text: str, out: Path) -> None:
    """Writes ``text`` to ``out`` as UTF-8: a file is replaced whole or left as it was and keeps its mode.

    A link stays and its target is replaced; a device or a pipe is written to. Raises UsageError where ``out`` is no
    place to write to, OutputError where writing fails.
    """
    check_out(out)
    data = text.encode("utf-8", "backslashreplace")
    try:
        if _written_straight(out):
            out.write_bytes(data)
        else:
            _replace(_target(out), data)
    except OSError as error:
        what = f"--out {out} cannot be written: {error.strerror}."
        raise OutputError(what, "Make room, or choose another --out.") from None


def _replace(target: Path, data: bytes) -> None:
    unfinished = _unfinished(target)
    try:
        with unfinished.open("xb") as file:
            if target.exists():
                os.fchmod(file.fileno(), stat.S_IMODE(target.stat().st_mode))
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(target)
    finally:
        unfinished.unlink(missing_ok=True)


def _written_straight(out: Path) -> bool:
    """Whether ``out`` is there and no file that could be replaced; also ``/dev/stdout`` where that leads to a file."""
    try:
        mode = out.stat().st_mode
    except FileNotFoundError:
        return False
    if stat.S_ISDIR(mode):
        raise IsADirectoryError(0, "it is a directory")
    return not stat.S_ISREG(mode) or str(out.absolute()).startswith(_NOT_REPLACED)


def _target(out: Path) -> Path:
    return Path(os.path.realpath(out))


def _unfinished(target: Path) -> Path:
    return target.with_name(f".decisions-{os.getpid()}-{secrets.token_hex(4)}.tmp")


def _must_be_writable(path: Path) -> None:
    if not os.access(path, os.W_OK):
        raise PermissionError(0, "it is write-protected")


def _unusable(out: Path, error: OSError | ValueError) -> UsageError:
    why = "the folder does not exist" if isinstance(error, FileNotFoundError) else getattr(error, "strerror", None)
    return UsageError(f"--out {out} cannot be written: {why or error}.", "Choose another --out.")
