"""Who speaks in captions without voice tags: labels in the text, and marks that somebody else begins.

A label is what stands before a colon (``Ana: ``, ``>> ANA:``, ``- Ana: ``) or in brackets (``[Ana] ``, ``(Ana) ``); the
file decides which, and whether it has any. ``>>``, and dashes before the lines of a dialogue, say no more than that the
speaker is another one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from extractor.sources.captions.payload import Spoken, Utterance
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.reasons import LABEL
from extractor.sources.texts.labels import accepted_labels, clean_label, reads_like_a_name, split_label

_MOST_CUES = 0.5
_OFTEN = 2
_FEWEST = 3
_CHANGE = re.compile(r">{2,3}\s*+(?=\S)")
_DASH = re.compile(r"[-–—](?: (?=\S)|(?=[^\s\d–—-]))")
_BRACKETS = re.compile(r"(?:[-–—] )?(?:\[([^\[\]]{1,60})\]|\(([^()]{1,60})\))[ \t]*+:?[ \t]*+")

# What captions put in brackets that is nobody's name.
_SOUNDS = frozenset(
    """
    music musik musique música applause applauding clapping cheering cheers laughter laugh laughs laughing chuckle
    chuckles chuckling inaudible unintelligible indistinct crosstalk silence silent noise background foreign speaking
    sigh sighs sighing cough coughs coughing pause beep beeping ringing ring gasps gasp crying sobbing singing sings
    whispering whispers shouting screaming typing knocking door phone static blank_audio audio sound sounds video
    break end start recording redacted overlapping phonetic applaus gelächter lachen rires applaudissements risas
    aplausos
    """.split()
)

Split = Callable[[str], tuple[str, int] | None]


@dataclass(frozen=True)
class Labels:
    """The labels of a file. ``split`` gives the name in front of a text and where the text after it begins; those not
    in ``names`` are text. ``every_cue`` is whether most cues carry one, so that labels do not only mark changes.
    """

    split: Split
    names: frozenset[str]
    every_cue: bool


def find_labels(spoken: list[Spoken]) -> Labels | None:
    """The labels of the file, None where colons and brackets are only text."""
    opening = [_without_change(said.pieces[0].text) for entry in spoken for said in entry.utterances]
    return _colon_labels(opening) or _bracket_labels(opening)


def _without_change(text: str) -> str:
    change = _CHANGE.match(text)
    return text[change.end() :] if change else text


def _before_colon(text: str) -> tuple[str, int] | None:
    split = split_label(text)
    name = clean_label(split[0]) if split else ""
    return (name, split[1]) if split and name else None


def _in_brackets(text: str) -> tuple[str, int] | None:
    match = _BRACKETS.match(text)
    name = clean_label(match[1] or match[2]) if match else ""
    return (name, match.end()) if match and name else None


def _colon_labels(opening: list[str]) -> Labels | None:
    candidates, first = _candidates(opening, _before_colon)
    names = accepted_labels(candidates)
    labelled = sum(candidates[name] for name in names)
    if labelled and labelled >= len(opening) * _MOST_CUES:
        return Labels(_before_colon, names, True)
    plain = all(name[0].isupper() and reads_like_a_name(name) for name in names)
    marks_changes = plain and first in names and any(candidates[name] >= _OFTEN for name in names)
    return Labels(_before_colon, names, False) if marks_changes else None


def _bracket_labels(opening: list[str]) -> Labels | None:
    candidates, first = _candidates(opening, _in_brackets)
    names = frozenset(filter(_can_stand_in_brackets, candidates))
    labelled = sum(candidates[name] for name in names)
    several = sum(1 for name in names if candidates[name] >= _OFTEN) >= _OFTEN
    if labelled >= len(opening) * _MOST_CUES and (len(names) >= _OFTEN or labelled >= _FEWEST):
        return Labels(_in_brackets, names, True)
    return Labels(_in_brackets, names, False) if several and first in names else None


def _candidates(opening: Iterable[str], split: Split) -> tuple[Counter[str], str | None]:
    """How often each name stands in front, and the name in front of the first text."""
    found = [label[0] if label else None for label in map(split, opening)]
    return Counter(name for name in found if name), found[0] if found else None


def _can_stand_in_brackets(name: str) -> bool:
    words = {word.strip(".,!?♪-").casefold() for word in name.split()}
    return name[0].isupper() and reads_like_a_name(name) and not words & _SOUNDS


def split_at_labels(said: Utterance, labels: Labels, ledger: Ledger) -> list[Utterance]:
    """Cut the label off an utterance, and the utterance where a later line carries a label or begins with ``>>``."""
    parts = [Utterance()]
    for piece in said.pieces:
        change = _CHANGE.match(piece.text)
        begin = change.end() if change else 0
        label = labels.split(piece.text[begin:] if begin else piece.text)
        if label and label[0] in labels.names:
            piece = _behind(piece, begin + label[1], ledger)
            parts.append(Utterance(label[0], voiced=True))
        elif change:
            piece = _behind(piece, begin, ledger)
            parts.append(Utterance(changed=True))
        if piece.text:
            parts[-1].pieces.append(piece)
    return [part for part in parts if part.pieces]


def split_at_changes(said: Utterance, ledger: Ledger) -> list[Utterance]:
    """Cut an utterance, in a file without labels, where ``>>`` or a dialogue's dash says that somebody else begins."""
    dialogue = sum(1 for piece in said.pieces if _DASH.match(piece.text)) >= _OFTEN
    parts = [Utterance()]
    for piece in said.pieces:
        mark = _CHANGE.match(piece.text) or (_DASH.match(piece.text) if dialogue else None)
        if mark:
            piece = _behind(piece, mark.end(), ledger)
            parts.append(Utterance(changed=True))
        parts[-1].pieces.append(piece)
    return [part for part in parts if part.pieces]


def _behind(piece: Piece, begin: int, ledger: Ledger) -> Piece:
    """The piece from ``begin`` on; what stands before is a label."""
    piece.cut(0, begin).set_aside(ledger, LABEL)
    return piece.cut(begin, len(piece.text)).trimmed()
