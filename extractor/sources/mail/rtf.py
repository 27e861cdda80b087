"""The rich text (RTF) of Outlook messages -> the HTML or plain text that it was made of, or its words.

Compressed as [MS-OXRTFCP] says. Outlook writes HTML and plain text as RTF that holds the original ([MS-OXRTFEX]): tags
in groups ``\\*\\htmltag``, and between ``\\htmlrtf`` and ``\\htmlrtf0`` what only RTF needs.
"""

from __future__ import annotations

import re
import struct
from dataclasses import dataclass, field, replace

_COMPRESSED, _UNCOMPRESSED = 0x75465A4C, 0x414C454D
_WINDOW = 4096
_FIRST_WORDS = (
    rb"{\rtf1\ansi\mac\deff0\deftab720{\fonttbl;}{\f0\fnil \froman \fswiss \fmodern \fscript \fdecor MS Sans Serif"
    rb"SymbolArialTimes New RomanCourier{\colortbl\red0\green0\blue0"
    b"\r\n"
    rb"\par \pard\plain\f0\fs20\b\i\u\tab\tx"
)
_TOKEN = re.compile(
    rb"\\(?:([a-zA-Z]{1,32})(-?\d{1,10})? ?|'([0-9a-fA-F]{2})|([^a-zA-Z]))|([{}])|([^\\{}\r\n]+)|[\r\n]+|\\", re.DOTALL
)
_HEAD_BYTES = 4096
_CODEPAGES = {0: 1252, 128: 932, 129: 949, 134: 936, 136: 950, 161: 1253, 162: 1254, 163: 1258, 177: 1255, 178: 1256}
_CODEPAGES |= {186: 1257, 204: 1251, 222: 874, 238: 1250}
_CHARACTERS = {
    b"par": "\n", b"line": "\n", b"row": "\n", b"sect": "\n", b"page": "\n", b"tab": "\t", b"cell": "\t",
    b"lquote": "\u2018", b"rquote": "\u2019", b"ldblquote": "\u201c", b"rdblquote": "\u201d", b"bullet": "\u2022",
    b"endash": "\u2013", b"emdash": "\u2014", b"emspace": "\u2003", b"enspace": "\u2002",
}  # fmt: skip
_ESCAPED = {b"\\": "\\", b"{": "{", b"}": "}", b"~": "\u00a0", b"_": "\u2011", b"\n": "\n", b"\r": "\n"}
_NO_TEXT = frozenset(
    b"colortbl stylesheet info pict object header footer headerl headerr footerl footerr mhtmltag listtable".split()
)


def decompressed(data: bytes) -> bytes:
    """The RTF in the property ``PidTagRtfCompressed``. Raises ValueError where there is none."""
    if len(data) < 16:
        raise ValueError("too short for compressed RTF")
    size, raw_size, kind, _ = struct.unpack_from("<IIII", data)
    end = min(size + 4, len(data)) if size else len(data)
    if kind == _UNCOMPRESSED:
        return data[16 : 16 + raw_size]
    if kind != _COMPRESSED:
        raise ValueError("no compressed RTF")
    window = bytearray(_FIRST_WORDS.ljust(_WINDOW, b"\0"))
    write, at, found = len(_FIRST_WORDS), 16, bytearray()
    while at < end:
        flags = data[at]
        at += 1
        for bit in range(8):
            if at + (flags >> bit & 1) >= end:
                return bytes(found)
            if not flags >> bit & 1:
                piece = data[at : at + 1]
                at += 1
            else:
                reference = data[at] << 8 | data[at + 1]
                at += 2
                read = reference >> 4
                if read == write:
                    return bytes(found)
                piece = _copied(window, read, write, (reference & 15) + 2)
            for byte in piece:
                window[write] = byte
                write = (write + 1) % _WINDOW
            found += piece
    return bytes(found)


def _copied(window: bytearray, read: int, write: int, length: int) -> bytes:
    """Bytes from the window, of which the last may be those that are just copied."""
    distance = (write - read) % _WINDOW
    first = bytes(window[(read + index) % _WINDOW] for index in range(min(distance, length)))
    return (first * (length // len(first) + 1))[:length]


def body_of_rtf(rtf: bytes) -> tuple[str, bool]:
    """The text, and whether it is HTML. Never raises."""
    html = rb"\fromhtml" in rtf[:_HEAD_BYTES]
    reader = _Reader(html)
    for token in _TOKEN.finditer(rtf):
        reader.take(token)
    text = reader.text().encode("utf-16-le", "surrogatepass").decode("utf-16-le", "replace")
    return text, html


@dataclass(frozen=True)
class _Group:
    """What holds in a group of the RTF and in those within it."""

    silent: bool = False
    only_rtf: bool = False
    fonts: bool = False
    codec: str = ""
    fallback: int = 1


@dataclass
class _Reader:
    html: bool
    _written: list[str] = field(default_factory=list)
    _bytes: bytearray = field(default_factory=bytearray)
    _group: _Group = field(default_factory=_Group)
    _outer: list[_Group] = field(default_factory=list)
    _codecs: dict[int, str] = field(default_factory=dict)
    _font: int = 0
    _codec: str = "cp1252"
    _skip: int = 0
    _starred: bool = False

    def text(self) -> str:
        self._flush()
        return "".join(self._written)

    def take(self, token: re.Match[bytes]) -> None:
        word, number, code, escaped, brace, run = token.groups()
        if brace:
            self._brace(brace)
        elif word is not None:
            self._word(word, None if number is None else int(number))
        elif code is not None:
            self._add_bytes(bytes((int(code, 16),)))
        elif escaped == b"*":
            self._starred = True
        elif escaped is not None:
            self._add(_ESCAPED.get(escaped, ""))
        elif run is not None:
            self._add_bytes(run)

    def _brace(self, brace: bytes) -> None:
        self._flush()
        self._skip, self._starred = 0, False
        if brace == b"{":
            self._outer.append(self._group)
        elif self._outer:
            self._group = self._outer.pop()

    def _word(self, word: bytes, number: int | None) -> None:
        starred, self._starred = self._starred, False
        if word == b"u" and number is not None:
            self._add(chr(number % 0x10000))
            self._skip = self._group.fallback
        elif word in _CHARACTERS:
            self._add(_CHARACTERS[word])
        elif word == b"htmlrtf":
            self._flush()
            self._group = replace(self._group, only_rtf=number != 0)
        elif word == b"htmltag":
            self._group = replace(self._group, silent=self._group.silent or not self.html, codec=self._codec)
        elif word == b"fonttbl":
            self._group = replace(self._group, silent=True, fonts=True)
        elif starred or word in _NO_TEXT:
            self._group = replace(self._group, silent=True)
        elif number is not None:
            self._set(word, number)

    def _set(self, word: bytes, number: int) -> None:
        if word == b"uc":
            self._group = replace(self._group, fallback=min(max(number, 0), 8))
        elif word == b"ansicpg":
            self._codec = _known_codec(number) or self._codec
        elif word == b"f" and self._group.fonts:
            self._font = number
        elif word == b"f":
            self._flush()
            self._group = replace(self._group, codec=self._codecs.get(number, ""))
        elif word == b"fcharset" and self._group.fonts:
            codec = _known_codec(_CODEPAGES.get(number, 0))
            if codec is not None and number:
                self._codecs[self._font] = codec

    # What is written

    def _heard(self) -> bool:
        return not (self._group.silent or (self.html and self._group.only_rtf))

    def _add(self, characters: str) -> None:
        self._flush()
        if self._skip and characters:
            self._skip -= 1
        elif self._heard():
            self._written.append(characters)

    def _add_bytes(self, data: bytes) -> None:
        skipped = min(self._skip, len(data))
        self._skip -= skipped
        if self._heard():
            self._bytes += data[skipped:]

    def _flush(self) -> None:
        if self._bytes:
            self._written.append(self._bytes.decode(self._group.codec or self._codec, "replace"))
            self._bytes.clear()


def _known_codec(number: int) -> str | None:
    name = "utf-8" if number == 65001 else f"cp{number}"
    try:
        b"".decode(name)
    except LookupError:
        return None
    return name
