"""Bytes -> text, without losing or inventing a character.

Order: byte order mark, UTF-16 without one where that is obvious, strict UTF-8, and only then a guess, which is marked
as one. Line breaks are left as they are: every code point counts in the coverage.
"""

from __future__ import annotations

import codecs
import io
import re
import zipfile
from dataclasses import dataclass

from extractor.errors import SourceError

EXPORT_AS_TEXT = "Export the transcript as text, VTT or SRT."

_BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF", "a PDF", EXPORT_AS_TEXT),
    (b"{\\rtf", "a rich text document (RTF)", EXPORT_AS_TEXT),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old Office document", EXPORT_AS_TEXT),
    (b"\x89PNG", "an image", "Give the transcript itself, not a picture of it."),
    (b"\xff\xd8\xff", "an image", "Give the transcript itself, not a picture of it."),
    (b"GIF8", "an image", "Give the transcript itself, not a picture of it."),
    (b"ID3", "an audio recording", "Transcribe the recording first and give its transcript."),
    (b"OggS", "an audio recording", "Transcribe the recording first and give its transcript."),
    (b"fLaC", "an audio recording", "Transcribe the recording first and give its transcript."),
    (b"RIFF", "an audio or video recording", "Transcribe the recording first and give its transcript."),
    (b"\x1aE\xdf\xa3", "a video recording", "Transcribe the recording first and give its transcript."),
    (b"\x1f\x8b", "compressed with gzip", "Unpack it first."),
    (b"BZh", "compressed with bzip2", "Unpack it first."),
    (b"\xfd7zXZ", "compressed with xz", "Unpack it first."),
    (b"7z\xbc\xaf", "a 7z archive", "Unpack it first."),
    (b"SQLite format 3\x00", "an SQLite database", "Give the transcripts themselves."),
)
_OFFICE = (
    ("word/", "a Word document", EXPORT_AS_TEXT),
    ("xl/", "an Excel workbook", EXPORT_AS_TEXT),
    ("ppt/", "a PowerPoint presentation", EXPORT_AS_TEXT),
    ("content.xml", "an OpenDocument file", EXPORT_AS_TEXT),
)
# Not among them: the colours of IRC (\x02 \x03 \x0f \x11 \x16 \x1d \x1e \x1f), bell, escape and white space.
_CONTROL = re.compile(r"[\x00\x01\x04-\x06\x0e\x10\x12-\x15\x17-\x1a\x1c\x7f]")
_SURROGATE = re.compile("[\ud800-\udfff]")
_SAMPLE = 1 << 16
_CONTROL_SHARE = 0.01
_LATIN_SHARE = 0.4
_MOST_LATIN_PAIRS = 0.1


@dataclass(frozen=True)
class Decoded:
    """The text of a source.

    ``guessed`` is whether the encoding is a guess. ``problem`` is one sentence on bytes that are no characters of the
    encoding, None where all are. ``cut_off`` is whether the data end in the middle of a character; these bytes are then
    not part of ``text``.
    """

    text: str
    encoding: str
    guessed: bool = False
    problem: str | None = None
    cut_off: bool = False


def decode(data: bytes, name: str) -> Decoded:
    """Decode ``data``; ``name`` is what messages call it. Raises SourceError for data that are no text."""
    refuse_known_binary(data, name)
    decoded = _decode(data)
    _refuse_control_characters(decoded.text, name)
    return decoded


def whole_characters(text: str) -> str:
    """``text`` with halves of surrogate pairs, which JSON and mail can hold and UTF-8 cannot, replaced."""
    return _SURROGATE.sub("\ufffd", text)


def refuse_known_binary(data: bytes, name: str) -> None:
    """Raise SourceError, saying what it is, for data with the signature of a format that holds no readable text."""
    if data.startswith(b"PK\x03\x04"):
        what, remedy = _kind_of_zip(data)
        raise SourceError(f"{name} is {what}.", remedy)
    for signature, what, remedy in _SIGNATURES:
        if data.startswith(signature):
            raise SourceError(f"{name} is {what}.", remedy)
    if data[4:8] == b"ftyp":
        raise SourceError(f"{name} is a video recording.", "Transcribe the recording first and give its transcript.")


def _kind_of_zip(data: bytes) -> tuple[str, str]:
    try:
        names = zipfile.ZipFile(io.BytesIO(data)).namelist()
    except (zipfile.BadZipFile, ValueError, OSError):
        return "a damaged zip archive", "Export or copy it again."
    for member, what, remedy in _OFFICE:
        if any(name.startswith(member) for name in names):
            return what, remedy
    return "a zip archive", "Unpack it and give the files it holds."


def _decode(data: bytes) -> Decoded:
    for mark, encoding in _BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _decode_as(data[len(mark) :], encoding)
    wide = _wide_without_mark(data[:_SAMPLE])
    if wide:
        return _decode_as(data, wide)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        if error.reason == "unexpected end of data" and error.end == len(data):
            return _cut_off(data[: error.start], "utf-8")
    return _guess(data)


def _cut_off(whole: bytes, encoding: str) -> Decoded:
    problem = "The file ends in the middle of a character."
    return Decoded(whole.decode(encoding), encoding, problem=problem, cut_off=True)


def _decode_as(data: bytes, encoding: str) -> Decoded:
    codec = "utf-8" if encoding == "utf-8-sig" else encoding
    try:
        return Decoded(data.decode(codec), encoding)
    except UnicodeDecodeError as error:
        if error.reason in ("unexpected end of data", "truncated data") and error.end == len(data):
            whole = _cut_off(data[: error.start], codec)
            return Decoded(whole.text, encoding, problem=whole.problem, cut_off=True)
    return _with_replacements(data, encoding, codec)


def _with_replacements(data: bytes, encoding: str, codec: str, *, guessed: bool = False) -> Decoded:
    text = data.decode(codec, "replace")
    bad = text.count("\ufffd")
    where = "place is" if bad == 1 else "places are"
    problem = f"{bad} {where} not {encoding} and stand as \ufffd."
    return Decoded(text, encoding, guessed=guessed, problem=problem)


def _wide_without_mark(sample: bytes) -> str | None:
    """``utf-16-le`` or ``utf-16-be`` where zero bytes stand at every second place only, else None."""
    pairs = len(sample) // 2
    if pairs < 2 or b"\x00" not in sample:
        return None
    even, odd = sample[0::2].count(0), sample[1::2].count(0)
    for zeros, others, encoding in ((odd, even, "utf-16-le"), (even, odd, "utf-16-be")):
        if zeros >= max(2, pairs * _MOST_LATIN_PAIRS) and others == 0:
            return encoding
    return None


def _guess(data: bytes) -> Decoded:
    """Text that is not UTF-8: mostly UTF-8 with damage, Western (cp1252), or what charset-normalizer finds."""
    mended = data.decode("utf-8", "replace")
    bad = mended.count("\ufffd")
    good = sum(1 for character in mended if character > "\x7f") - bad
    if good > 4 * bad:
        return _with_replacements(data, "utf-8", "utf-8", guessed=True)
    high = sum(1 for byte in data[:_SAMPLE] if byte > 0x7F)
    letters = sum(1 for byte in data[:_SAMPLE] if byte > 0x40)
    if high <= letters * _LATIN_SHARE:
        encoding = "cp1252"
    else:
        from charset_normalizer import from_bytes

        best = from_bytes(data[:_SAMPLE]).best()
        encoding = best.encoding if best is not None else "cp1252"
    try:
        return Decoded(data.decode(encoding), encoding, guessed=True)
    except UnicodeDecodeError:
        return _with_replacements(data, encoding, encoding, guessed=True)


def _refuse_control_characters(text: str, name: str) -> None:
    sample = text[:_SAMPLE]
    found = len(_CONTROL.findall(sample))
    if "\x00" in text or found > len(sample) * _CONTROL_SHARE:
        raise SourceError(f"{name} is not text: it holds binary data.", EXPORT_AS_TEXT)
