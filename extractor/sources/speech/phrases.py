"""Words and segments as speech recognition writes them -> phrases: runs of words by one voice, each with its time."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from extractor.sources.paragraphs import ends_sentence, is_pause

# From this length on a phrase ends at the next word, so that no word is far from a time.
LONGEST_PHRASE_CHARACTERS = 200
# How far behind the word before a word may stand in the text that it is looked for in.
_LONGEST_GAP = 200

_UNSPACED = ((0x2E80, 0x312F), (0x31A0, 0x9FFF), (0xF900, 0xFAFF), (0xFE30, 0xFE4F), (0xFF00, 0xFFEF))


@dataclass(slots=True)
class Word:
    """One word. ``speaker`` is a label, times are seconds from the start of the recording.

    ``joiner`` stands between it and the word before: None is a blank, or nothing where the script has no blanks.
    """

    text: str
    start: float | None = None
    end: float | None = None
    speaker: str | None = None
    joiner: str | None = None


@dataclass(slots=True)
class Phrase:
    """What one voice says in one go. ``characters`` are those of the source, without the blanks put between words."""

    speaker: str | None
    text: str
    start: float | None
    end: float | None
    joiner: str | None
    characters: int


def joiner_between(before: str, after: str) -> str:
    """What stands between two pieces of text: nothing where both are in a script that is written without blanks."""
    unspaced = bool(before) and bool(after) and _is_unspaced(before[-1]) and _is_unspaced(after[0])
    return "" if unspaced else " "


def _is_unspaced(character: str) -> bool:
    code = ord(character)
    return code >= _UNSPACED[0][0] and any(first <= code <= last for first, last in _UNSPACED)


def is_punctuation(text: str) -> bool:
    """Whether there is neither letter nor digit in ``text``."""
    return not any(character.isalnum() for character in text)


@dataclass(slots=True)
class _Group:
    """A phrase in the making. ``last`` is its last word that is not blank, ``end`` when the last one with a time ended,
    ``spaced`` whether white space stands before the phrase.
    """

    words: list[Word] = field(default_factory=list)
    length: int = 0
    voice: str | None = None
    settled: bool = False
    last: Word | None = None
    end: float | None = None
    spaced: bool = False

    def add(self, word: Word) -> None:
        if not self.settled:
            self.settled = not is_punctuation(word.text)
            self.voice = word.speaker if self.settled or not self.words else self.voice
        if word.text.strip():
            self.last = word
        if word.end is not None:
            self.end = word.end
        self.words.append(word)
        self.length += len(word.text) + 1


def phrases(words: Iterable[Word]) -> list[Phrase]:
    """The words cut into phrases: where the speaker changes, behind a sentence, at a pause, and before one gets long.

    A mark that is written onto the word before it goes with that word, whoever is said to speak it.
    """
    found: list[Phrase] = []
    group = _Group()
    for word in words:
        if _breaks_before(word, group):
            spaced = word.text[:1].isspace() or group.words[-1].text[-1:].isspace()
            found.append(_phrase(group, bool(found)))
            group = _Group(spaced=spaced)
        group.add(word)
    if group.last is not None:
        found.append(_phrase(group, bool(found)))
    return found


def _breaks_before(word: Word, group: _Group) -> bool:
    last, said = group.last, word.text.strip()
    if last is None or not said:
        return False
    glued = word.joiner == "" and not (word.text[0].isspace() or group.words[-1].text[-1:].isspace())
    if glued and is_punctuation(said):
        return False
    if group.settled and word.speaker != group.voice:
        return True
    if glued and not _is_unspaced(said[0]):
        return False
    if ends_sentence(last.text) or group.length >= LONGEST_PHRASE_CHARACTERS:
        return True
    return is_pause(group.end, word.start)


def _phrase(group: _Group, goes_on: bool) -> Phrase:
    parts: list[str] = []
    added = 0
    for word in group.words:
        text = word.text.strip() if word.joiner is None else word.text
        if parts and text:
            joiner = joiner_between(parts[-1], text) if word.joiner is None else word.joiner
            parts.append(joiner)
            added += len(joiner)
        if text:
            parts.append(text)
    text = "".join(parts).strip()
    before = " " if group.spaced else group.words[0].joiner
    return Phrase(
        speaker=group.voice,
        text=text,
        start=next((word.start for word in group.words if word.start is not None), None),
        end=max((word.end for word in group.words if word.end is not None), default=None),
        joiner=before if goes_on else None,
        characters=max(0, len(text) - added),
    )


def aligned(text: str, words: Sequence[Word]) -> list[Word] | None:
    """``text`` cut into one piece for each of ``words``, in their order; None where the text says anything else.

    The pieces are all of ``text``: marks between two words go with the first, those before the second with that.
    """
    starts: list[int] = []
    finish = 0
    for word in words:
        wanted = word.text.strip()
        at = text.find(wanted, finish, finish + len(wanted) + _LONGEST_GAP)
        if at < 0 or not wanted or not is_punctuation(text[finish:at]):
            return None
        starts.append(_boundary(text, finish, at) if starts else 0)
        finish = at + len(wanted)
    if not is_punctuation(text[finish:]):
        return None
    pieces = zip(words, starts, [*starts[1:], len(text)], strict=True)
    return [replace(word, text=text[begin:end], joiner="") for word, begin, end in pieces]


def _boundary(text: str, finish: int, at: int) -> int:
    """Where the piece begins whose word stands at ``at``, the word before ending at ``finish``."""
    begin = at
    while begin > finish and not text[begin - 1].isspace():
        begin -= 1
    return begin if begin > finish else at


def with_speakers(words: Sequence[Word], default: str | None) -> list[Word]:
    """The words of one segment, those without a speaker given that of the word before, else of the one after.

    Recognizers leave a word without one where they could not time it: a number, a date, a sum.
    """
    first = next((word.speaker for word in words if word.speaker is not None), default)
    found, speaker = [], first
    for word in words:
        speaker = word.speaker if word.speaker is not None else speaker
        found.append(word if word.speaker is not None else replace(word, speaker=speaker))
    return found
