"""Pieces of text -> turns -> a conversation and its account: what all readers of text formats share."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from extractor.conversation import Conversation, ConversationKind, Mark, Reaction, Turn, TurnKind, text_id
from extractor.sources.base import Blob, Reading
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.people import People

EXPORT_AGAIN = "Export the transcript again."
NO_LABELS = "There are no speaker labels in the file, so no turn has a speaker."

_MOST_NAMED = 3
_FIRST_WORDS = 40


@dataclass
class Draft:
    """A turn in the making. Pieces are joined by one character, which one character of the source pays for."""

    speaker: str | None
    start: float | None = None
    end: float | None = None
    kind: TurnKind = "speech"
    sent_at: datetime | None = None
    topic: str | None = None
    reply_to: Draft | None = None
    reactions: list[Reaction] = field(default_factory=list)
    parts: list[str] = field(default_factory=list)
    length: int = 0
    finish: int = 0
    marks: list[Mark] = field(default_factory=list)

    def add(self, piece: Piece, ledger: Ledger, joiner: str = " ") -> None:
        """Append a piece that stands later in the source than all before."""
        if not piece.text:
            return
        if self.parts:
            for character in joiner:
                if ledger.join(self.finish, piece.start):
                    self.parts.append(character)
                    self.length += 1
        piece.use(ledger)
        self.parts.append(piece.text)
        self.length += len(piece.text)
        self.finish = piece.end

    def mark(self, time: float) -> None:
        """What is added next was said at ``time`` seconds."""
        char = self.length + bool(self.parts)
        if self.marks and self.marks[-1].char == char:
            self.marks.pop()
        self.marks.append(Mark(char=char, time=time))

    @property
    def text(self) -> str:
        """The pieces, joined."""
        return "".join(self.parts)


def first_words(text: str) -> str:
    """The beginning of ``text`` on one line, to name it in a message."""
    words = " ".join(text[: 4 * _FIRST_WORDS].split())
    return words if len(words) <= _FIRST_WORDS else words[:_FIRST_WORDS].rstrip() + "…"


def name_places(places: Sequence[str]) -> str:
    """``line 3``, ``line 3 and line 8``, ``line 3, line 8, line 9 and 12 more``."""
    shown, more = list(places[:_MOST_NAMED]), len(places) - _MOST_NAMED
    if more > 0:
        return f"{', '.join(shown)} and {more} more"
    return " and ".join([", ".join(shown[:-1]), shown[-1]] if len(shown) > 1 else shown)


def not_read(what: str, places: Sequence[str]) -> list[str]:
    """The warning that ``what`` (a noun in the plural) was not read, with its places; none where there are none."""
    return [f"{what} were not read: {name_places(places)}."] if places else []


def without_times(places: Sequence[str]) -> str:
    """The warning about text whose times are none."""
    return f"The times cannot be read, and the text was kept without them: {name_places(places)}."


def encoding_warnings(blob: Blob) -> list[str]:
    """What a reader must say about how the text was decoded, other than that it is cut off."""
    decoded, warnings = blob.decoded, []
    if decoded.guessed:
        warnings.append(f"The encoding is not declared and not UTF-8; the text was read as {decoded.encoding}.")
    if decoded.problem and not decoded.cut_off:
        warnings.append(decoded.problem)
    return warnings


def turns_have(count: int) -> str:
    """How a warning about ``count`` turns begins."""
    return "1 turn has" if count == 1 else f"{count} turns have"


def written_by_ai(what: str, *, plural: bool = True) -> str:
    """The warning that ``what`` is set aside, because it proves nothing about what was said."""
    are, were = ("are", "were") if plural else ("is", "was")
    return f"{what}, which {are} written by AI, {were} set aside."


def cut_off(blob: Blob, remedy: str) -> str | None:
    """The reading's error where the bytes end in the middle of a character; None where they do not."""
    if not blob.decoded.cut_off:
        return None
    return f"{blob.name} is cut off in the middle of a character at its end. {remedy}"


def transcript(
    blob: Blob,
    format_name: str,
    drafts: Iterable[Draft],
    people: People,
    ledger: Ledger,
    warnings: Sequence[str] = (),
    error: str | None = None,
    *,
    title: str | None = None,
    started_at: datetime | date | None = None,
    kind: ConversationKind = "meeting",
    remedy: str = EXPORT_AGAIN,
) -> Reading:
    """The reading of a text that is one conversation. ``title`` is the file's name where the text gives none.

    Bytes that end in the middle of a character are its error where there is no other, and ``remedy`` what to do then.
    """
    turns = _turns(drafts)
    notes = [*encoding_warnings(blob), *warnings]
    lost = ledger.not_understood()
    if lost:
        places = [f"line {blob.text.count(chr(10), 0, index) + 1}" for index in lost[: _MOST_NAMED + 1]]
        places += [""] * (len(lost) - len(places))
        notes.append(f"Characters that were not understood were set aside on {name_places(places)}.")
    coverage = ledger.coverage()
    conversation = Conversation(
        id=text_id((turn.speaker, turn.text) for turn in turns),
        kind=kind,
        title=title or blob.stem,
        source=blob.name,
        started_at=started_at,
        participants=people.participants(),
        turns=tuple(turns),
        coverage=coverage,
        warnings=tuple(notes),
    )
    conversations = (conversation,) if turns else ()
    error = error or cut_off(blob, remedy)
    return Reading(blob.name, blob.sha256, format_name, conversations, coverage, error)


def _turns(drafts: Iterable[Draft]) -> list[Turn]:
    turns: list[Turn] = []
    place: dict[int, int] = {}
    for draft in drafts:
        if not draft.parts:
            continue
        place[id(draft)] = len(turns)
        turn = Turn(
            index=len(turns),
            speaker=draft.speaker,
            text=draft.text,
            kind=draft.kind,
            start=draft.start,
            end=draft.end,
            marks=tuple(draft.marks) if any(mark.char for mark in draft.marks) else (),
            sent_at=draft.sent_at,
            topic=draft.topic,
            reply_to=place.get(id(draft.reply_to)) if draft.reply_to is not None else None,
            reactions=tuple(draft.reactions),
        )
        turns.append(turn)
    return turns
