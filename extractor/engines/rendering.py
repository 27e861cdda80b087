"""A window of a conversation as text for a language model: participants, numbered turns, and a fence around them.

The fence's marker holds 16 hex digits of the SHA-256 of the text inside, which no text can hold of itself: words in a
conversation cannot close the fence, and lines after a turn's first are set in, so that they cannot pass for a turn.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable
from typing import Final

from extractor.conversation import Conversation, Participant, Reaction, Turn
from extractor.engines.structured import encodable
from extractor.engines.windows import Piece, Window, estimate_tokens
from extractor.prompt_files import Prompt

UNKNOWN_SPEAKER: Final = "unknown speaker"
LISTED_PARTICIPANTS: Final = 60
LISTED_ALIASES: Final = 5
NAME_CHARACTERS: Final = 120
KIND_NOTES: Final = {
    "chat": "chat message",
    "system": "system message",
    "quote": "earlier message, quoted",
    "minutes": "minutes",
}
"""What is said of a turn that is neither speech nor an ordinary message of a thread."""


class Transcript:
    """Renders one conversation, window by window."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self._labels = _labels(conversation.participants)
        self._ids = {label.casefold(): person for person, label in self._labels.items()}

    @property
    def pieces(self) -> list[Piece]:
        """All turns, each as one piece."""
        return [Piece(turn.index, turn.text) for turn in self._conversation.turns]

    def cost(self, piece: Piece) -> int:
        """Estimated tokens of a piece with its label and its line break."""
        return estimate_tokens(self.line(piece)) + 1

    def line(self, piece: Piece) -> str:
        """``[12] (00:05:31) Anna Berg: text``; lines after the first are set in."""
        turn = self._conversation.turns[piece.turn]
        notes = self._notes(turn, piece)
        about = f" ({', '.join(notes)})" if notes else ""
        speaker = self._labels[turn.speaker] if turn.speaker is not None else UNKNOWN_SPEAKER
        text = "\n    ".join(encodable(piece.text).splitlines())
        return f"[{piece.turn}]{about} {speaker}: {text}"

    @property
    def head_tokens(self) -> int:
        """Estimated tokens of the longest head that a window may have."""
        return estimate_tokens(self._head(self._conversation.participants[:LISTED_PARTICIPANTS]))

    def head(self, turns: Iterable[int]) -> str:
        """Title, kind, date and participants; where there are very many, the first of those who speak in ``turns``."""
        people = self._conversation.participants
        if len(people) > LISTED_PARTICIPANTS:
            speakers = {self._conversation.turns[number].speaker for number in turns}
            people = tuple(person for person in people if person.id in speakers)
        return self._head(people[:LISTED_PARTICIPANTS])

    def _head(self, people: Iterable[Participant]) -> str:
        conversation = self._conversation
        lines = [f"{conversation.kind}: {one_line(conversation.title)}"]
        if conversation.started_at is not None:
            lines.append(f"date: {conversation.started_at.isoformat()}")
        return "\n".join([*lines, "participants:", *(self._listed(person) for person in people)])

    def text(self, window: Window) -> str:
        """Everything that goes inside the fence."""
        parts = [self.head(sorted(window.shown))]
        if window.context:
            parts += ["turns for context only:", *map(self.line, window.context)]
        parts += ["turns:", *map(self.line, window.own)]
        return "\n".join(parts)

    def message(self, prompt: Prompt, window: Window) -> str:
        """The user message: what is asked, then the fenced conversation."""
        text = self.text(window)
        return prompt.fill("user", task=self._task(prompt, window), marker=marker(text), conversation=text)

    def person(self, name: str) -> str:
        """A participant's id where the label was given out because two share the name, else the name itself."""
        person = self._ids.get(name.casefold().strip())
        return person if person is not None and self._labels[person] != self._name(person) else name

    def _task(self, prompt: Prompt, window: Window) -> str:
        first, last = window.own[0], window.own[-1]
        if (first.turn, first.part) == (0, 1) and (last.turn, last.part) == (self._last_turn, last.parts):
            return prompt.fill("whole")
        span = {"first": window.first, "last": window.last}
        if not window.context:
            return prompt.fill("part", **span)
        before = {"context_first": window.context[0].turn, "context_last": window.context[-1].turn}
        return prompt.fill("part_after_context", **span, **before)

    @property
    def _last_turn(self) -> int:
        return len(self._conversation.turns) - 1

    def _name(self, person_id: str) -> str:
        return one_line(self._conversation.name_of(person_id) or person_id)

    def _listed(self, person: Participant) -> str:
        label = self._labels[person.id]
        also = [alias for alias in map(one_line, person.aliases[:LISTED_ALIASES]) if alias and alias != label]
        notes = [f"also {', '.join(also)}"] if also else []
        if person.role:
            notes.append(one_line(person.role))
        return f"- {label}" + (f" ({'; '.join(notes)})" if notes else "")

    def _notes(self, turn: Turn, piece: Piece) -> list[str]:
        notes = [_clock(turn.start)] if turn.start is not None else []
        if turn.sent_at is not None:
            notes.append(turn.sent_at.isoformat(sep=" ", timespec="minutes"))
        if turn.kind in KIND_NOTES:
            notes.append(KIND_NOTES[turn.kind])
        if turn.topic:
            notes.append(f"under the heading {one_line(turn.topic)}")
        if turn.reply_to is not None:
            notes.append(f"reply to [{turn.reply_to}]")
        if piece.parts > 1:
            notes.append(f"part {piece.part} of {piece.parts}")
        notes += [self._reaction(reaction) for reaction in turn.reactions]
        return notes

    def _reaction(self, reaction: Reaction) -> str:
        people = [self._labels.get(person, one_line(person)) for person in reaction.people]
        by = f" by {' and '.join(people)}" if people else ""
        return f"reaction {one_line(reaction.name)} x{reaction.count}{by}"


def marker(text: str) -> str:
    """16 hex digits of the SHA-256 of the text."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()[:16]


def _labels(participants: Iterable[Participant]) -> dict[str, str]:
    """A label for each participant's id: the name, with the id after it where two share the name."""
    names = {person.id: one_line(person.name) or person.id for person in participants}
    bearers = Counter(name.casefold() for name in names.values())
    return {
        person: f"{name} ({one_line(person)})" if bearers[name.casefold()] > 1 else name
        for person, name in names.items()
    }


def _clock(seconds: float) -> str:
    minutes, second = divmod(max(0, int(seconds)), 60)
    hour, minute = divmod(minutes, 60)
    return f"{hour:02}:{minute:02}:{second:02}"


def one_line(text: str, characters: int = NAME_CHARACTERS) -> str:
    """A name or a title: on one line, and not so long that it could pass for the conversation."""
    return encodable(" ".join(text.split())[:characters])
