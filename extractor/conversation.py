"""What is read: a conversation, its turns, the people in it, and the account of every character of the source."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from datetime import date, datetime
from typing import Literal, Self

from pydantic import BaseModel, ConfigDict, model_validator

TurnKind = Literal["speech", "message", "chat", "quote", "minutes", "system"]
ConversationKind = Literal["meeting", "thread"]


class Model(BaseModel):
    """Base of every public model: immutable, and a field that is not in the contract is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Participant(Model):
    """Somebody who speaks or writes in a conversation, or whom a record names (``role`` is then ``mentioned``)."""

    id: str
    name: str
    aliases: tuple[str, ...] = ()
    role: str | None = None


class Reaction(Model):
    """An emoji that people put on a message. ``people`` holds participant ids where the export names them."""

    name: str
    count: int
    people: tuple[str, ...] = ()


class Mark(Model):
    """Where a cue begins in a turn that was merged from several: at code point ``char``, ``time`` seconds in."""

    char: int
    time: float


class Quotation(Model):
    """Words of an earlier message that a message repeats, as mail programs do.

    They stand in the message before code point ``char`` of the turn's text, and are no part of it. ``depth`` is 1 for
    what the message itself quotes, 2 for what that quotes, and so on; ``author`` is a participant's id, None where the
    message does not say.
    """

    char: int
    depth: int
    author: str | None
    text: str


class Turn(Model):
    """One speaker's uninterrupted contribution, or one message.

    ``speaker`` is a participant's id, None where the source does not say. ``kind`` is ``speech`` for what was said,
    ``message`` and ``chat`` for what was written, ``quote`` for an earlier message known only from being quoted,
    ``minutes`` for what minutes say in nobody's words, ``system`` for what a program says. ``start`` and ``end`` are
    seconds from the start of the recording; ``sent_at`` is the wall-clock time of a message, without a zone where the
    source gives none. ``text`` is verbatim: offsets of evidence count its code points. ``marks`` are in the order of
    the text; without any, the whole turn has the time ``start``. ``topic`` is the heading it stands under. ``source``
    is the file it stands in, None where that is the conversation's.
    """

    index: int
    speaker: str | None
    text: str
    kind: TurnKind = "speech"
    start: float | None = None
    end: float | None = None
    marks: tuple[Mark, ...] = ()
    sent_at: datetime | None = None
    edited_at: datetime | None = None
    topic: str | None = None
    reply_to: int | None = None
    reactions: tuple[Reaction, ...] = ()
    quotes: tuple[Quotation, ...] = ()
    source: str | None = None

    def time_at(self, char: int) -> float | datetime | None:
        """When the word at code point ``char`` was said: the start of its cue, or the moment the message was sent."""
        said = max((mark for mark in self.marks if mark.char <= char), key=lambda mark: mark.char, default=None)
        if said is not None:
            return said.time
        return self.start if self.start is not None else self.sent_at


class SetAside(Model):
    """Characters of the source that are not text of a turn, and why."""

    reason: str
    characters: int


class Coverage(Model):
    """Where every character of the source went: ``characters`` = ``used`` + all of ``set_aside``.

    Characters are decoded code points. ``used`` counts those that are text of a turn.
    """

    characters: int
    used: int
    set_aside: tuple[SetAside, ...] = ()

    @model_validator(mode="after")
    def adds_up(self) -> Self:
        if any(part.characters < 0 for part in self.set_aside):
            raise ValueError("coverage does not add up: more characters accounted for than there are")
        accounted = self.used + sum(part.characters for part in self.set_aside)
        if accounted != self.characters:
            raise ValueError(f"coverage does not add up: {self.characters} characters, {accounted} accounted for")
        return self

    @classmethod
    def of(cls, used: int, set_aside: dict[str, int]) -> Coverage:
        """Coverage from a count per reason; reasons without characters are left out, the rest sorted by name."""
        parts = tuple(SetAside(reason=reason, characters=n) for reason, n in sorted(set_aside.items()) if n)
        return cls(characters=used + sum(part.characters for part in parts), used=used, set_aside=parts)

    @classmethod
    def of_structured(cls, characters: int, parts: Iterable[Coverage]) -> Coverage:
        """The coverage of a structured source of ``characters``: its ``parts``, and all else as ``structure``."""
        whole = cls.sum_of(parts)
        asides = {part.reason: part.characters for part in whole.set_aside}
        asides["structure"] = asides.get("structure", 0) + characters - whole.characters
        return cls.of(whole.used, asides)

    @classmethod
    def sum_of(cls, parts: Iterable[Coverage]) -> Coverage:
        """The coverage of several parts of one source taken together."""
        used, reasons = 0, dict[str, int]()
        for part in parts:
            used += part.used
            for aside in part.set_aside:
                reasons[aside.reason] = reasons.get(aside.reason, 0) + aside.characters
        return cls.of(used, reasons)


class Conversation(Model):
    """One meeting transcript or one thread.

    ``id`` is the platform's own id where there is one (a thread, a Message-Id), else a hash of the text. ``started_at``
    is a date where only the day is known, and None where nothing is.
    """

    id: str
    kind: ConversationKind
    title: str
    source: str
    started_at: datetime | date | None = None
    participants: tuple[Participant, ...] = ()
    turns: tuple[Turn, ...] = ()
    coverage: Coverage
    warnings: tuple[str, ...] = ()

    @model_validator(mode="after")
    def turns_are_numbered(self) -> Self:
        known = {person.id for person in self.participants}
        for number, turn in enumerate(self.turns):
            if turn.index != number:
                raise ValueError(f"turn {number} carries the number {turn.index}")
            if turn.speaker is not None and turn.speaker not in known:
                raise ValueError(f"turn {number} is by {turn.speaker!r}, who is no participant")
            if any(quote.author is not None and quote.author not in known for quote in turn.quotes):
                raise ValueError(f"turn {number} quotes somebody who is no participant")
        return self

    def participant(self, person_id: str | None) -> Participant | None:
        """The participant with this id, or None."""
        return next((person for person in self.participants if person.id == person_id), None)

    def name_of(self, person_id: str | None) -> str | None:
        """The display name of a participant, or None where nobody is known by this id."""
        person = self.participant(person_id)
        return person.name if person else None


def text_id(turns: Iterable[tuple[str | None, str]]) -> str:
    """A conversation id from who said what: ``c-`` and 16 hex digits of the SHA-256 over speakers and texts."""
    digest = hashlib.sha256()
    for speaker, text in turns:
        digest.update(f"{speaker or ''}\x1f{text}\x1e".encode("utf-8", "surrogatepass"))
    return f"c-{digest.hexdigest()[:16]}"
