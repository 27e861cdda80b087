"""The bytes of a mail's part -> text, also where the mail names a wrong charset or none that there is."""

from __future__ import annotations

import codecs
from typing import NamedTuple

from extractor.errors import SourceError
from extractor.sources.decoding import decode, whole_characters

_SUPERSETS = {
    "ascii": "ascii",
    "iso8859-1": "cp1252",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
    "big5": "cp950",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "tis-620": "cp874",
    "iso2022_jp": "iso2022_jp_ext",
}
_ALIASES = {"ks_c_5601-1987": "cp949", "unicode-1-1-utf-7": "utf-7", "x-sjis": "cp932", "x-gbk": "gb18030"}
_SEVEN_BIT = ("utf-7", "iso2022", "hz", "utf-16", "utf-32")
_WIDE = ("utf-16", "utf-32")
_MULTIBYTE = ("gb", "cp949", "cp932", "cp950", "euc", "big5", "johab", "shift")
_THREE_BYTES_A_CHARACTER = 2.5


class Text(NamedTuple):
    """A decoded text, line breaks as ``\\n``; ``problem`` is half a sentence on its charset, None where all is well."""

    text: str
    problem: str | None = None


def decode_part(data: bytes, charset: str | None) -> Text:
    """Decode ``data``, said to be in ``charset``. Never raises; what cannot be decoded is replaced and named."""
    decoded = _decode(data, charset)
    return Text(whole_characters(decoded.text).replace("\r\n", "\n").replace("\r", "\n"), decoded.problem)


def decode_word(data: bytes, charset: str | None) -> str:
    """Decode a few words of a header. Never raises; there is too little text to guess a charset from."""
    codec = _codec(charset)
    for candidate in (codec, "utf-8", "cp1252"):
        text = _strict(data, candidate) if candidate is not None else None
        if text is not None:
            return whole_characters(text)
    return data.decode("latin-1")


def _decode(data: bytes, charset: str | None) -> Text:
    codec = _codec(charset)
    seven_bit = codec is not None and codec.startswith(_SEVEN_BIT)
    if data.isascii() and not seven_bit:
        return Text(data.decode("ascii"))
    if not seven_bit:
        text = _strict(data, "utf-8")
        if text is not None and _is_utf_8(data, text, codec):
            named = charset and codec not in ("utf-8", "ascii")
            return Text(text, f"says that its text is {charset}, but it is UTF-8" if named else None)
    if codec is not None:
        for candidate in (codec, "latin-1") if codec == "cp1252" else (codec,):
            text = _strict(data, candidate)
            if text is not None:
                return Text(text)
    return _guessed(data, charset)


def _guessed(data: bytes, charset: str | None) -> Text:
    replaced = f"holds characters that are no {charset}; they were replaced by \ufffd"
    if _codec(charset) == "utf-8":
        text = data.decode("utf-8", "replace")
        lost = text.count("\ufffd")
        if sum(character > "\x7f" for character in text) > 2 * lost:
            return Text(text, replaced)
    named = f"says that its text is {charset}, which it is not" if charset else "does not say how its text is encoded"
    try:
        guess = decode(data, "the mail")
    except SourceError:
        return Text(data.decode("latin-1"), f"{named}; it was read as latin-1")
    if _codec(charset) == _codec(guess.encoding):
        return Text(guess.text, replaced)
    return Text(guess.text, f"{named}; it was read as {guess.encoding}")


def _codec(charset: str | None) -> str | None:
    """The name of Python's codec for a charset, or for what mail programs mean by it; None where there is none."""
    if not charset:
        return None
    written = charset.strip().strip("\"'").lower()
    try:
        info = codecs.lookup(_ALIASES.get(written, written))
    except (LookupError, ValueError, UnicodeError):
        return None
    if not getattr(info, "_is_text_encoding", True):
        return None
    return _SUPERSETS.get(info.name, info.name)


def _strict(data: bytes, codec: str) -> str | None:
    try:
        return data.decode(codec)
    except (UnicodeError, ValueError, LookupError):
        return None


def _is_utf_8(data: bytes, text: str, codec: str | None) -> bool:
    """Whether what can be read as UTF-8 is that, whatever is said: in East Asian charsets it can be a coincidence."""
    if codec is None or not codec.startswith(_MULTIBYTE) or _strict(data, codec) is None:
        return codec is None or not codec.startswith(_WIDE)
    characters = sum(1 for character in text if character > "\x7f")
    high = len(data) - (len(text) - characters)
    return high >= _THREE_BYTES_A_CHARACTER * characters
