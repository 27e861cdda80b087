"""The standard streams of a command, made so that no reader that left and no encoding can break it."""

from __future__ import annotations

import codecs
import io
import os
import sys
from typing import TYPE_CHECKING, TextIO

from extractor.errors import DecisionsError

if TYPE_CHECKING:
    from _typeshed import ReadableBuffer

_JSON_ESCAPES = "decisions-json-escapes"


class OutputError(DecisionsError):
    """The result is there and could not be written: a full disk, a closed standard output."""

    exit_code = 3


def guard() -> None:
    """Replaces standard output and error by streams that behave where these are closed, full or of few characters.

    Standard output: a reader that leaves (``| head``) ends nothing; any other failure raises OutputError, once. A
    character that the encoding lacks becomes ``\\uXXXX``, which JSON reads back. Standard error: no failure to write
    there changes what a command does. Streams that somebody has already put in their place only get the escapes.
    """
    _occupy_closed_descriptors()
    codecs.register_error(_JSON_ESCAPES, _json_escapes)
    sys.stdout = _guarded(sys.stdout, 1, _JSON_ESCAPES, silent=False)
    sys.stderr = _guarded(sys.stderr, 2, "backslashreplace", silent=True)


def _occupy_closed_descriptors() -> None:
    """Opens the null device on closed standard descriptors, so that no file that is opened later gets their number."""
    for descriptor in (0, 1, 2):
        try:
            os.fstat(descriptor)
        except OSError:
            os.set_inheritable(os.open(os.devnull, os.O_RDWR), True)


def _guarded(stream: TextIO | None, descriptor: int, errors: str, *, silent: bool) -> TextIO:
    if stream is None:
        return _text(_Guard(descriptor, silent=silent, closed=True), "utf-8", errors)
    if isinstance(stream, io.TextIOWrapper):
        raw = getattr(stream.buffer, "raw", stream.buffer)
        if type(raw) is io.FileIO and raw.fileno() == descriptor:
            stream.flush()
            return _text(_Guard(descriptor, silent=silent), stream.encoding, errors, stream.line_buffering)
        stream.reconfigure(errors=errors)
    return stream


def _text(raw: _Guard, encoding: str, errors: str, line_buffering: bool = True) -> TextIO:
    return io.TextIOWrapper(io.BufferedWriter(raw), encoding, errors, line_buffering=line_buffering)


class _Guard(io.FileIO):
    """A standard descriptor; after its first failure what is written goes nowhere."""

    def __init__(self, descriptor: int, *, silent: bool, closed: bool = False) -> None:
        super().__init__(descriptor, "wb", closefd=False)
        self._silent = silent
        self._was_closed = closed
        self._failed = False

    def write(self, data: ReadableBuffer, /) -> int:
        if not self._failed:
            try:
                if self._was_closed:
                    raise OSError(0, "it is closed")
                return super().write(data)
            except BrokenPipeError:
                self._failed = True
            except OSError as error:
                self._failed = True
                if not self._silent:
                    what = f"Standard output cannot be written: {error.strerror}."
                    raise OutputError(what, "Write to a file with room, with --out where there is one.") from None
        return memoryview(data).nbytes


def _json_escapes(error: UnicodeError) -> tuple[str, int]:
    if not isinstance(error, UnicodeEncodeError):
        raise error
    units = error.object[error.start : error.end].encode("utf-16-be", "surrogatepass")
    return "".join(f"\\u{units[at]:02x}{units[at + 1]:02x}" for at in range(0, len(units), 2)), error.end
