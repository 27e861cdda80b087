"""What the lines of a Teams transcript look like, whatever wrote them: Teams, Word, Markdown, or the clipboard.

All patterns are matched at one place or within the first characters of a line, with bounded repeats.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple

from extractor.sources.documents.talk import images
from extractor.sources.people import fold_name
from extractor.sources.texts.labels import LONGEST_NAME, clean_label, reads_like_a_name
from extractor.sources.times import clock_seconds

_BLANK = " \t\u00a0\u202f\u2003"
_MARKS = f"{_BLANK}\ufeff\u200b\u200e\u200f*_#>\\"
_CLOCK = re.compile(
    r"(?<![\d:.,/-])(?P<clock>\d{1,3}:\d{2}(?::\d{2})?)(?![\d:/]|[.,]\d)(?![\s\u202f]?[ap]\.?[\s\u202f]?m\b)",
    re.IGNORECASE,
)
_HOURS = r"hours?|hrs?|stunden?|std\.?|heures?|horas?|uur|uren|ora|ore|h"
_MINUTES = r"minutes?|mins?\.?|minuten?|minutos?|minuut|minuto|minuti|m"
_SECONDS = r"seconds?|secs?\.?|sekunden?|sek\.?|secondes?|segundos?|segs?\.?|seconden?|secondo|secondi|s"
_SPELT_OUT = re.compile(
    rf"(?<!\S)(?=\d)(?:(?P<hours>\d{{1,3}})[ ](?:{_HOURS})(?=[\s\d]|$),?\s?)?"
    rf"(?:(?P<minutes>\d{{1,3}})[ ](?:{_MINUTES})(?=[\s\d]|$),?\s?)?"
    rf"(?:(?P<seconds>\d{{1,3}})[ ](?:{_SECONDS})(?=[\s\d:*_]|$))?(?P<again>\d{{1,3}}:\d{{2}}(?::\d{{2}})?)?$",
    re.IGNORECASE,
)
_RANGE = re.compile(
    r"(?P<begin>\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,7})?)"
    r"[ \t]{1,4}-->[ \t]{1,4}(?P<end>\d{1,2}:\d{1,2}:\d{1,2}(?:\.\d{1,7})?)$"
)
_DURATION = re.compile(
    rf"(?:[^\W\d]{{3,12}}[:*_ \t]{{1,6}})?(?=\d)(?:\d{{1,3}} ?(?:{_HOURS})\s{{0,2}})?"
    rf"(?:\d{{1,3}} ?(?:{_MINUTES})\s{{0,2}})?"
    rf"(?:\d{{1,3}} ?(?:{_SECONDS}))?\.?$",
    re.IGNORECASE,
)
_TITLE = re.compile(
    r"(?P<title>.{0,300}?)[ _-]{0,3}(?P<day>(?:19|20)\d{6})(?:_(?P<time>\d{6}))?(?:\s?[-\u2013]\s?(?P<kind>\D{4,60}))?$"
)
_DAY = re.compile(r"(?:19|20)\d{6}")
_KIND = re.compile(
    r"recording|transcript|aufzeichnung|transkript|enregistrement|grabaci|transcripci|grava[cç]|transcri|opname|registrazione"
    r"|optagelse|opptak|inspelning|nagranie",
    re.IGNORECASE,
)
_SYSTEM = re.compile(
    r"(?P<name>.{0,120}?)\s?(?:"
    r"(?P<stop>stopped (?:the )?transcription|(?:hat die )?transkription (?:gestoppt|beendet|angehalten)"
    r"|a (?:arrêté|stoppé|interrompu|mis fin à) la transcription|(?:detuvo|finalizó|paró) la transcripción"
    r"|(?:parou|interrompeu|encerrou) a transcrição|heeft (?:de )?transcriptie (?:gestopt|beëindigd)"
    r"|ha (?:interrotto|arrestato) la trascrizione)"
    r"|started (?:the )?transcription|(?:hat die )?transkription gestartet"
    r"|a (?:commencé|démarré|lancé) la transcription"
    r"|(?:inició|comenzó|empezó) la transcripción|(?:iniciou|começou) a transcrição|heeft (?:de )?transcriptie gestart"
    r"|ha (?:avviato|iniziato) la trascrizione)\s?\.?$",
    re.IGNORECASE,
)
_ABOUT_TRANSCRIPTION = re.compile(r"tra(?:ns[ck]|sc)ri", re.IGNORECASE)
_NOTICE = re.compile(
    r"(?:ai-generated content may be incorrect|ki-generierte inhalte können fehlerhaft sein"
    r"|(?:le )?contenu généré par l.ia peut être incorrect|el contenido generado por ia puede ser incorrecto"
    r"|(?:o )?conteúdo gerado por ia pode (?:estar|ser) incorreto|door ai gegenereerde inhoud kan onjuist zijn)\.?$",
    re.IGNORECASE,
)
_INITIALS = re.compile(r"[^\W\d_]{1,3}$")
_DIGITS_ONLY = re.compile(r"[\d :]{3,16}$")
_SECONDS_OF = (1, 60, 3600)
_LONGEST_LINE = 240
_WORD = re.compile(r"[^\W\d_]+")
_IN_BRACKETS = re.compile(r"\([^()]{0,80}\)")
_SWAPPED = re.compile(r"([^,]{1,60}), ?([^,]{1,60})$")


class Bare(NamedTuple):
    """A line without white space, marks of Markdown and images around it; ``begin`` is where it starts in the line."""

    text: str
    begin: int


@dataclass(frozen=True)
class Label:
    """What a line says of who speaks. ``begin`` is where the words start in the line, its end where none are on it.

    ``strong`` is whether the line can hardly be speech: bold type, three blanks, or a time in words stands before the
    time. ``start`` and ``end`` are seconds.
    """

    name: str
    begin: int
    start: float | None
    strong: bool
    inline: bool = False
    end: float | None = None


def bare(line: str) -> Bare:
    """A line as it is compared with patterns; no longer than a label or a heading can be."""
    begin = 0
    for start, end in images(line):
        if line[begin:start].strip(_MARKS):
            break
        begin = end
    rest = line[begin:]
    begin += len(rest) - len(rest.lstrip(_MARKS))
    return Bare(line[begin:].rstrip(f"{_BLANK}*_\\"), begin)


def label_of(line: str) -> Label | None:
    """The label that a line may be or start with: ``Name   0:09``, ``**Name** 0:09``, ``Name 0:09 text``,
    ``Name 0 minutes 9 seconds``."""
    text, offset = bare(line)
    spelt = _spelt_label(text, len(line))
    if spelt is not None:
        return spelt
    clock = _CLOCK.search(text, 0, 2 * LONGEST_NAME)
    if clock is None or not clock.start():
        return None
    before, after = text[: clock.start()], text[clock.end() :]
    name = _name(before)
    if not name or before[-1] not in f"{_BLANK}*_([":
        return None
    closing = len(after) - len(after.lstrip(")]:*_\\" + _BLANK))
    rest = after[closing:]
    gap = len(before) - len(before.rstrip(_BLANK))
    set_off = (
        gap > 1 or before.rstrip(_BLANK)[-1:] in ("*", "_", "-", "\u2013", "\u2014", "(", "[", "|") or "\t" in before
    )
    if not rest:
        return Label(name, len(line), clock_seconds(clock["clock"]), set_off)
    if after[0] not in f"{_BLANK})]:*":
        return None
    begin = offset + clock.end() + closing
    return Label(name, begin, clock_seconds(clock["clock"]), set_off and gap > 2, inline=True)


def is_spelt_label(line: str) -> bool:
    """Whether a line is a name and a time in words, with minutes and seconds."""
    label = _spelt_label(bare(line).text, 0)
    return label is not None and label.strong


def _spelt_label(text: str, begin: int) -> Label | None:
    spelt = _SPELT_OUT.search(text) if len(text) <= _LONGEST_LINE else None
    if spelt is None or not spelt.start() or not any(spelt[unit] for unit in ("hours", "minutes", "seconds")):
        return None
    name = _name(text[: spelt.start()])
    both = spelt["minutes"] is not None and spelt["seconds"] is not None
    return Label(name, begin, _spelt_seconds(spelt), both and reads_like_a_name(name)) if name else None


def _name(text: str) -> str:
    written = text.rstrip(f"{_BLANK}*_([-\u2013\u2014|:\\").strip(_MARKS)
    return clean_label(written) if len(written) <= LONGEST_NAME and any(each.isalnum() for each in written) else ""


def time_alone(text: str) -> float | None:
    """The seconds of a bare line that is nothing but a time, in words or figures or both."""
    spelt = _SPELT_OUT.match(text) if len(text) <= LONGEST_NAME else None
    if spelt and any(spelt[unit] for unit in ("hours", "minutes", "seconds")):
        return _spelt_seconds(spelt)
    clock = _CLOCK.fullmatch(text)
    return clock_seconds(clock["clock"]) if clock else None


def is_spelt(text: str) -> bool:
    """Whether a bare line is nothing but a time in words."""
    spelt = _SPELT_OUT.match(text) if len(text) <= LONGEST_NAME else None
    return spelt is not None and any(spelt[unit] for unit in ("hours", "minutes", "seconds"))


def is_garbled_time(text: str) -> bool:
    """Whether a bare line is what is left of a time that was copied without its words, as ``0 90:09``."""
    return ":" in text and bool(_DIGITS_ONLY.match(text))


def is_initials(text: str, name: str) -> bool:
    """Whether a bare line is the letters of a picture that stand for ``name``, as ``AO`` for Ana Orr."""
    if not _INITIALS.match(text) or text != text.upper() or not _WORD.search(name):
        return False
    return text in _initials_of(name) or text == name[0].upper()


def time_range(text: str) -> tuple[float, float] | None:
    """Start and end of a bare line such as ``0:0:5.100 --> 0:0:8.250``."""
    match = _RANGE.match(text) if "-->" in text else None
    return (clock_seconds(match["begin"]), clock_seconds(match["end"])) if match else None


def _spelt_seconds(match: re.Match[str]) -> float:
    units = ("seconds", "minutes", "hours")
    return float(sum(int(match[name] or 0) * unit for name, unit in zip(units, _SECONDS_OF, strict=True)))


def is_duration(text: str) -> bool:
    """Whether a bare line says how long the meeting was, as ``56m 10s``."""
    return len(text) <= LONGEST_NAME and bool(_DURATION.match(text))


def is_notice(text: str) -> bool:
    """Whether a bare line is Teams' notice that the words are made by AI."""
    return len(text) <= _LONGEST_LINE and bool(_NOTICE.match(text))


class Event(NamedTuple):
    """``Ana Li started transcription``: who, and whether it stopped."""

    name: str
    stopped: bool


def event_of(text: str) -> Event | None:
    """The event that a bare line reports."""
    if len(text) > _LONGEST_LINE or not _ABOUT_TRANSCRIPTION.search(text):
        return None
    match = _SYSTEM.match(text.replace("*", "").replace("_", " ").rstrip())
    return Event(fold_name(match["name"]), match["stop"] is not None) if match else None


class Title(NamedTuple):
    """A heading as Teams makes it: ``Title-YYYYMMDD_HHMMSS-Meeting Recording``."""

    title: str
    day: str
    time: str | None


def title_of(text: str, *, bare_day: bool = False) -> Title | None:
    """The heading that a bare line is; with ``bare_day`` also one that ends with the day."""
    match = _TITLE.match(text) if len(text) <= 2 * _LONGEST_LINE and _DAY.search(text) else None
    if match is None or not (_KIND.search(match["kind"]) if match["kind"] else bare_day and match["title"].strip()):
        return None
    return Title(match["title"].strip(" -_"), match["day"], match["time"])


# Letters of the picture before a name


def without_glued_initials(names: Iterable[str], known: Iterable[str] = ()) -> dict[str, str]:
    """The names whose first letters are those of a picture, with the names they stand for: ``SSydney Orr``.

    They are where the name stands elsewhere without them, or where every name of the file begins so. A file that has
    one has others.
    """
    written = Counter(names)
    glued = {name: rest for name in written if (rest := _unglued(name))}
    elsewhere = {fold_name(name).casefold() for name in (*written, *known)}
    shown = {name: rest for name, rest in glued.items() if rest.casefold() in elsewhere}
    plain = {name: rest for name, rest in glued.items() if rest[1:2].islower()}
    return shown | plain if shown or (plain and len(plain) == len(written)) else {}


def _unglued(name: str) -> str | None:
    for count in (2, 1):
        letters, rest = name[:count], name[count:]
        if len(letters) < count or not letters.isalpha() or letters != letters.upper() or not rest[:1].isupper():
            continue
        words = _WORD.findall(_IN_BRACKETS.sub("", rest))
        if not words or len(words[0]) < 2:
            continue
        if count == 1 and letters == rest[0]:
            return rest
        if count == 2 and len(words) > 1 and letters in _initials_of(rest):
            return rest
    return None


def _initials_of(name: str) -> set[str]:
    words = _WORD.findall(_IN_BRACKETS.sub("", name))
    found = {words[0][0] + words[-1][0], words[0][0] + words[min(1, len(words) - 1)][0]}
    swapped = _SWAPPED.match(_IN_BRACKETS.sub("", name).strip())
    first = _WORD.findall(swapped[2]) if swapped else []
    if first:
        found.add(first[0][0] + words[0][0])
    return {letters.upper() for letters in found}
