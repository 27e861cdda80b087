"""The payload of a cue -> who says what in it: voices, markup and entities of WebVTT and SRT."""

from __future__ import annotations

import html
import re
from dataclasses import dataclass, field

from extractor.sources.captions.cues import Cue
from extractor.sources.ledger import Ledger, Piece

_TOKEN = re.compile(
    r"""
    (?P<voice><v(?:\.[^\s<>]{0,80})?(?:\s{1,9}(?P<name>[^>]{0,300}))?>)
    |(?P<unvoice></v\s{0,9}>)
    |(?P<markup></?(?:c|i|b|u|ruby|rt)(?:\.[^\s<>]{0,80})?\s{0,9}/?>|</?(?:lang|font)\b[^<>]{0,300}>
    |<\d[\d:.]{0,20}>|\{\\[^{}]{0,300}\})
    |(?P<entity>&(?:\#\d{1,7}|\#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)
    |(?P<break>\r\n|\r|\n)
    """,
    re.VERBOSE | re.IGNORECASE,
)
_LONGEST_NAME = 80
_NEEDS_TOKENS = re.compile(r"[<&{\r\n]")
_OPEN_TAG = re.compile(r"<(?:/|/?v|v[\s.][^>]*|/?[cibu]|\d[\d:.]*)?$", re.IGNORECASE)


@dataclass(slots=True)
class Utterance:
    """Words of one voice within a cue, a piece for each line. ``voiced`` is whether a voice tag or label opens it.

    ``changed`` is whether the file says no more than that the speaker is not the one before.
    """

    speaker: str | None = None
    voiced: bool = False
    closed: bool = False
    changed: bool = False
    pieces: list[Piece] = field(default_factory=list)


@dataclass(slots=True)
class Spoken:
    """One cue and the utterances in it."""

    cue: Cue
    utterances: list[Utterance] = field(default_factory=list)


def ends_in_open_tag(text: str) -> bool:
    """Whether ``text`` ends within a tag that never closes."""
    return bool(_OPEN_TAG.search(text, max(0, text.rfind("<"))))


def utterances(ledger: Ledger, begin: int, end: int) -> list[Utterance]:
    """The voices of a payload in their order; markup is set aside, line ends are cut and left unmarked."""
    text = ledger.text
    if not _NEEDS_TOKENS.search(text, begin, end):
        piece = Piece(text[begin:end], begin).trimmed()
        return [Utterance(pieces=[piece])] if piece.text else []
    found, current, line = [Utterance()], begin, _LineBuilder(text)
    for match in _TOKEN.finditer(text, begin, end):
        line.verbatim(current, match.start())
        current = match.end()
        kind = match.lastgroup if match.lastgroup != "name" else "voice"
        if kind == "entity":
            ledger.set_aside(match.start(), match.end(), "markup")
            line.entity(match.start(), html.unescape(match.group()))
            continue
        if kind == "break":
            line.flush(found[-1])
            continue
        ledger.set_aside(match.start(), match.end(), "markup")
        if kind == "voice":
            line.flush(found[-1])
            found.append(Utterance(_voice_name(match["name"]), voiced=True))
            ledger.set_aside(match.start(), match.end(), "speaker label")
        elif kind == "unvoice":
            line.flush(found[-1])
            found[-1].closed = True
            found.append(_named_inside(found[-1], ledger) or Utterance())
    line.verbatim(current, end)
    line.flush(found[-1])
    return [utterance for utterance in found if utterance.pieces]


def _voice_name(written: str | None) -> str | None:
    name = " ".join(html.unescape(written or "").split())
    return name or None


def _named_inside(voice: Utterance, ledger: Ledger) -> Utterance | None:
    """``<v>Ana Li:</v>``, where the tag names nobody and holds the name: whose the words behind it are."""
    text = voice.pieces[0].text if len(voice.pieces) == 1 else ""
    if not voice.voiced or voice.speaker is not None or not text.endswith(":") or not 1 < len(text) <= _LONGEST_NAME:
        return None
    voice.pieces.pop().set_aside(ledger, "speaker label")
    return Utterance(_voice_name(text[:-1]), voiced=True)


class _LineBuilder:
    """Collects the text of one line of a payload, with the place of every character."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._spans: list[tuple[int, str, bool]] = []

    def verbatim(self, start: int, end: int) -> None:
        if start < end:
            self._spans.append((start, self._text[start:end], True))

    def entity(self, start: int, rendered: str) -> None:
        if rendered:
            self._spans.append((start, rendered, False))

    def flush(self, into: Utterance) -> None:
        """Hand the line over, trimmed; a line without text is none."""
        if len(self._spans) == 1 and self._spans[0][2]:
            piece = Piece(self._spans[0][1], self._spans[0][0])
        else:
            where = [start + offset for start, part, _ in self._spans for offset in range(len(part))]
            piece = Piece("".join(part for _, part, _ in self._spans), where[0] if where else 0, tuple(where))
        self._spans = []
        piece = piece.trimmed()
        if piece.text:
            into.pieces.append(piece)
