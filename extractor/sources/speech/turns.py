"""Phrases -> turns -> a conversation and its account: what all readers of recognizers' JSON share.

The rule, the same for all of them: what one known speaker says in a row is one turn; words without a speaker are cut
into paragraphs at pauses, as captions are.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from extractor.conversation import Conversation, Coverage, Mark, Turn, text_id
from extractor.errors import SourceError
from extractor.sources.base import Blob, Reading
from extractor.sources.paragraphs import ends_paragraph, is_pause
from extractor.sources.people import People
from extractor.sources.reasons import AI_NOTES
from extractor.sources.speech.phrases import (
    Phrase,
    Word,
    aligned,
    joiner_between,
    phrases,
    with_speakers,
)
from extractor.sources.texts.labels import names_nobody
from extractor.sources.transcripts import (
    EXPORT_AGAIN,
    NO_LABELS,
    encoding_warnings,
    first_words,
    name_places,
    turns_have,
    written_by_ai,
)
from extractor.sources.values import string

AI_NOTES_SET_ASIDE = written_by_ai("The summary and the notes")

_TOKEN = re.compile(r"\w+")
# A copy of the whole text is written a little differently in places; this many words more are something lost.
_MOST_MISSING_WORDS = 3
_MOST_MISSING_SHARE = 0.02


@dataclass
class _Draft:
    speaker: str | None
    label: str | None
    start: float | None
    end: float | None = None
    parts: list[str] = field(default_factory=list)
    length: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, phrase: Phrase) -> None:
        if self.parts:
            joiner = joiner_between(self.parts[-1], phrase.text) if phrase.joiner is None else phrase.joiner
            self.parts.append(joiner)
            self.length += len(joiner)
        if phrase.start is not None:
            self.marks.append(Mark(char=self.length, time=phrase.start))
        self.parts.append(phrase.text)
        self.length += len(phrase.text)
        if phrase.end is not None:
            self.end = phrase.end if self.end is None else max(self.end, phrase.end)

    def turn(self, index: int) -> Turn:
        marks = tuple(self.marks) if len(self.marks) > 1 else ()
        text = "".join(self.parts)
        return Turn(index=index, speaker=self.speaker, text=text, start=self.start, end=self.end, marks=marks)


class Spoken:
    """What is said in one recording, as a reader finds it.

    A reader hands over words or segments in the order of the file, and everything else that is human language with the
    reason why it is no part of a turn. ``roles`` gives the role of a speaker by label, ``nobody`` labels that stand for
    an unknown speaker in this format.
    """

    def __init__(self, blob: Blob, *, nobody: frozenset[str] = frozenset()) -> None:
        self.blob = blob
        self.phrases: list[Phrase] = []
        self.asides: Counter[str] = Counter()
        self.warnings: list[str] = []
        self.damaged: list[str] = []
        self.roles: dict[str, str] = {}
        self.title: str | None = None
        self.started_at: datetime | None = None
        self._nobody = nobody
        self._heard = 0
        self._wholes: list[str] = []

    # What a reader finds

    def entries(self, value: object, noun: str) -> list[dict[str, Any]]:
        """The objects of a list; what is none is named in the reading's error. ``noun`` is what an entry is called."""
        if value is None:
            return []
        if not isinstance(value, list):
            self.damaged.append(f"the {noun}s")
            return []
        found = []
        for place, entry in enumerate(value, 1):
            if isinstance(entry, dict):
                found.append(entry)
            else:
                self.damaged.append(f"{noun} {place}")
        return found

    def text(self, value: object, place: str) -> str:
        """A text; what is neither text nor missing is named in the reading's error."""
        if value is not None and not isinstance(value, str):
            self.damaged.append(place)
        return string(value)

    def words(self, words: Sequence[Word]) -> None:
        """Add words, which are all that the file says of what they are part of."""
        self._heard += sum(len(word.text) for word in words)
        self.phrases += phrases(word for word in words if word.text)

    def segment(
        self,
        speaker: str | None,
        text: str,
        words: Sequence[Word] = (),
        start: float | None = None,
        end: float | None = None,
    ) -> None:
        """Add a segment, which is cut where one of its words is by another speaker.

        The words are a copy of the text, unless they alone say who speaks and stand elsewhere in it.
        """
        said = with_speakers([word for word in words if word.text.strip()], speaker)
        if not text.strip():
            self._heard += len(text)
            self.words(said)
            return
        if said:
            pieces = aligned(text, said)
            voices = {word.speaker for word in said}
            if pieces is None and len(voices) > 1:
                self.copy(text)
                self.words(said)
                return
            self.copy(*(word.text for word in said))
            if pieces is not None:
                self.words(_timed(pieces, start, end))
                return
            speaker = said[0].speaker
        self.words([Word(text, start, end, speaker)])

    def cut(self, text: str, words: Sequence[Word]) -> None:
        """Add words that ``text`` is the whole of, written as they are in it where they are found there."""
        said = [word for word in words if word.text.strip()]
        if not said:
            self.segment(None, text)
            return
        pieces = aligned(text, said)
        if pieces is None:
            self.words(said)
            self.whole(text)
        else:
            self.copy(*(word.text for word in said))
            self.words(pieces)

    def aside(self, reason: str, *texts: object) -> None:
        """Set texts aside for ``reason``; what is no text counts nothing."""
        self.asides[reason] += sum(len(text) for text in texts if isinstance(text, str))

    def copy(self, *texts: object) -> None:
        """Set texts aside that stand in the file once more."""
        self.aside("copy", *texts)

    def whole(self, text: object) -> None:
        """Set a text aside that should hold nothing but what the words and segments say."""
        self.copy(text)
        if isinstance(text, str):
            self._wholes.append(text)

    def notes(self, *values: object) -> None:
        """Set aside what AI wrote: all strings in ``values``, however deep."""
        found = sum(len(text) for text in strings_in(values))
        if found:
            self.asides[AI_NOTES] += found
            if AI_NOTES_SET_ASIDE not in self.warnings:
                self.warnings.append(AI_NOTES_SET_ASIDE)

    def in_order(self) -> None:
        """Put phrases that come from several channels in order of time; one without a time stays behind the one before
        it."""
        keys, last = [], 0.0
        for phrase in self.phrases:
            last = phrase.start if phrase.start is not None else last
            keys.append(last)
        order = sorted(range(len(keys)), key=keys.__getitem__)
        self.phrases = [self.phrases[index] for index in order]

    # What comes of it

    def conversation(self) -> Conversation | None:
        """The conversation, None where nobody says anything."""
        people = People()
        drafts = self._drafts(people)
        if not drafts:
            return None
        turns = tuple(draft.turn(index) for index, draft in enumerate(drafts))
        return Conversation(
            id=text_id((turn.speaker, turn.text) for turn in turns),
            kind="meeting",
            title=self.title or self.blob.stem,
            source=self.blob.name,
            started_at=self.started_at,
            participants=people.participants(),
            turns=turns,
            coverage=self.coverage(),
            warnings=tuple(dict.fromkeys([*self.warnings, *self._speaker_warnings(drafts), *self._lost()])),
        )

    def coverage(self) -> Coverage:
        """The account of what was found, without the structure around it."""
        used = sum(phrase.characters for phrase in self.phrases)
        return Coverage.of(used, {**self.asides, "white space": self._heard - used})

    def _drafts(self, people: People) -> list[_Draft]:
        drafts: list[_Draft] = []
        for phrase in self.phrases:
            known = phrase.speaker is not None and not self._is_nobody(phrase.speaker)
            label = phrase.speaker
            speaker = people.add(label, role=self.roles.get(label)) if known and label is not None else None
            if not drafts or not _goes_on(drafts[-1], phrase, speaker):
                drafts.append(_Draft(speaker, label, phrase.start))
            drafts[-1].add(phrase)
        return drafts

    def _is_nobody(self, label: str) -> bool:
        folded = label.casefold()
        return (folded in self._nobody or names_nobody(label)) and folded not in self.blob.hints.speakers

    def _speaker_warnings(self, drafts: list[_Draft]) -> list[str]:
        nameless = [draft for draft in drafts if draft.speaker is None]
        unknown = sum(draft.label is not None for draft in nameless)
        unlabelled = len(nameless) - unknown
        found = []
        if unlabelled == len(drafts):
            return [NO_LABELS]
        if unknown:
            found.append(f"{turns_have(unknown)} no speaker, because the transcript does not know who it is.")
        if unlabelled:
            found.append(f"{turns_have(unlabelled)} no speaker, because there is no speaker label in the file for it.")
        return found

    def _lost(self) -> list[str]:
        """A warning where the file's whole text has words that were not read, because its segments lack them."""
        if not self._wholes:
            return []
        wanted = Counter(token.casefold() for text in self._wholes for token in _TOKEN.findall(text))
        read = Counter(token.casefold() for phrase in self.phrases for token in _TOKEN.findall(phrase.text))
        missing = wanted - read
        count = missing.total()
        if count <= max(_MOST_MISSING_WORDS, _MOST_MISSING_SHARE * wanted.total()):
            return []
        shown = first_words(" ".join(missing))
        return [f'The whole text in the file has {count} words that its parts lack and that were not read ("{shown}").']


def reading(blob: Blob, format_name: str, found: Iterable[Spoken]) -> Reading:
    """The reading of a file that holds the recordings ``found``; raises SourceError where nobody says anything."""
    recordings = list(found)
    conversations = [each for spoken in recordings if (each := spoken.conversation()) is not None]
    damaged = [place for spoken in recordings for place in spoken.damaged]
    if not conversations:
        that = " that can be read" if damaged else ""
        raise SourceError(f"{blob.name} holds no spoken words{that}.", EXPORT_AGAIN)
    notes = encoding_warnings(blob)
    first = conversations[0].model_copy(update={"warnings": (*notes, *conversations[0].warnings)})
    error = None
    if damaged:
        error = f"{blob.name} holds parts that are damaged and were not read: {name_places(damaged)}. {EXPORT_AGAIN}"
    coverage = Coverage.of_structured(len(blob.text), [spoken.coverage() for spoken in recordings])
    return Reading(blob.name, blob.sha256, format_name, (first, *conversations[1:]), coverage, error)


def strings_in(value: object) -> list[str]:
    """All strings in a JSON value, however deep, keys of objects excepted."""
    found: list[str] = []
    waiting: list[object] = [value]
    while waiting:
        each = waiting.pop()
        if isinstance(each, str):
            found.append(each)
        elif isinstance(each, dict):
            waiting += each.values()
        elif isinstance(each, (list, tuple)):
            waiting += each
    return found


def _goes_on(draft: _Draft, phrase: Phrase, speaker: str | None) -> bool:
    if speaker is not None or draft.speaker is not None:
        return draft.speaker == speaker
    return not is_pause(draft.end, phrase.start) and not ends_paragraph(draft.length, draft.parts)


def _timed(pieces: list[Word], start: float | None, end: float | None) -> list[Word]:
    """The pieces of a segment, its own start and end given to the first and the last where they have none."""
    if pieces[0].start is None:
        pieces[0].start = start
    if pieces[-1].end is None:
        pieces[-1].end = end
    return pieces
