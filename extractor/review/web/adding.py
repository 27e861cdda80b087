"""A record that a reviewer adds by hand: the passages they chose, and the words they typed, on the way to an act."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any, Final, get_args

from pydantic import ValidationError
from sqlalchemy import select

from extractor.errors import NoSuchRecordError, UsageError
from extractor.grounding import locate_in
from extractor.log import tables, views
from extractor.records import EvidenceRole, RecordType
from extractor.review import acts
from extractor.review.fields import due_of, several

if TYPE_CHECKING:
    from sqlalchemy import Connection, Select

ROLES: Final[tuple[str, ...]] = get_args(EvidenceRole)
CLAIM: Final = views.CLAIM_FIELD


@dataclass(frozen=True)
class Chosen:
    """Words of a turn that are to prove the record: ``text`` is all of the turn, ``words`` those chosen."""

    turn: int
    text: str
    speaker: str
    start: int
    end: int
    words: str
    role: str = "proposed"

    @property
    def place(self) -> str:
        return f"{self.turn}:{self.start}:{self.end}"


@dataclass(frozen=True)
class Typed:
    """What stands in the form. ``words`` and ``roles`` are in the order of the passages."""

    type: RecordType = "decision"
    claim: str = ""
    status: str = "decided"
    owners: str = ""
    due: str = ""
    comment: str = ""
    words: tuple[str, ...] = ()
    roles: tuple[str, ...] = ()


@dataclass(frozen=True)
class Draft:
    """A record about to be added to a meeting. ``names`` are those who take part."""

    conversation: str
    number: int
    title: str
    names: tuple[str, ...]
    passages: tuple[Chosen, ...]
    typed: Typed = Typed()

    def of_type(self, kind: RecordType) -> Draft:
        """The draft as it first stands in the form: the claim is what was said."""
        said = " ".join(" ".join(passage.words.split()) for passage in self.passages)
        return replace(self, typed=Typed(type=kind, claim=said))

    def with_typed(self, typed: Typed) -> Draft:
        passages = tuple(
            replace(
                passage,
                words=typed.words[number] if number < len(typed.words) else passage.words,
                role=typed.roles[number] if number < len(typed.roles) else passage.role,
            )
            for number, passage in enumerate(self.passages)
        )
        return replace(self, passages=passages, typed=typed)

    def act(self) -> acts.Add:
        """The act; raises UsageError where words do not stand in their turn, or a value does not fit."""
        typed = self.typed
        fields: dict[str, Any] = {CLAIM[typed.type]: typed.claim.strip(), "owners": tuple(several(typed.owners))}
        if typed.type == "decision":
            fields["status"] = typed.status
        if typed.type != "open_question" and typed.due.strip():
            fields["due"] = due_of(typed.due.strip())
        found = tuple(_passage(chosen) for chosen in self.passages if chosen.words.strip())
        if not found:
            raise UsageError("A record needs the words that prove it.", "Choose a turn, and leave its words in.")
        try:
            return acts.Add(
                conversation=self.conversation,
                type=typed.type,
                passages=found,
                fields={name: value for name, value in fields.items() if value},
                comment=typed.comment.strip() or None,
            )
        except ValidationError as error:
            raise UsageError(f"{error.errors()[0]['msg']}.", "Write less.") from None


def draft_of(connection: Connection, number: int, places: Iterable[str]) -> Draft:
    """A draft from places such as ``12:5:40`` (turn, first code point, end exclusive), or ``12`` for a whole turn.

    Raises NoSuchRecordError where there is no such meeting for the viewer, UsageError for what is no place in it.
    """
    table = tables.conversations
    wanted: Select[Any] = select(table.c.id, table.c.title, table.c.participants).where(table.c.seq == number)
    row = connection.execute(wanted).first()
    if row is None:
        raise NoSuchRecordError(f"There is no meeting {number}.", "See the list of meetings.")
    names = {person.id: person.name for person in views.participants_of(row)}
    chosen = tuple(_chosen(connection, row.id, names, place) for place in dict.fromkeys(places))
    return Draft(row.id, number, row.title, tuple(dict.fromkeys(names.values())), chosen)


def _chosen(connection: Connection, conversation: str, names: dict[str, str], place: str) -> Chosen:
    parts = place.split(":")
    if len(parts) not in (1, 3) or not all(part.isdecimal() and len(part) < 10 for part in parts):
        raise UsageError(f"{place[:40]} is no place in a transcript.", "Select words in it, or choose a turn.")
    table, turn = tables.turns, int(parts[0])
    wanted = select(table.c.text, table.c.speaker).where(table.c.conversation == conversation, table.c.number == turn)
    row = connection.execute(wanted).first()
    if row is None:
        raise UsageError(f"The meeting has no turn {turn}.", "Select words in its transcript.")
    start, end = (int(parts[1]), int(parts[2])) if len(parts) == 3 else (0, len(row.text))
    start, end = min(start, len(row.text)), min(end, len(row.text))
    return Chosen(turn, row.text, names.get(row.speaker, ""), start, end, row.text[start:end])


def _passage(chosen: Chosen) -> acts.Passage:
    """The words where they stand; those that were left as they were chosen, exactly there."""
    if chosen.role not in ROLES:
        raise UsageError(f"{chosen.role} is nothing that words prove.", f"Choose one of {', '.join(ROLES)}.")
    start, end = chosen.start, chosen.end
    if chosen.text[start:end].split() != chosen.words.split():
        found = locate_in(chosen.words, chosen.turn, chosen.text)
        if found is None:
            what = f"Those words do not stand in turn {chosen.turn} as you wrote them."
            raise UsageError(what, "Copy them from the turn, or leave the whole turn in.")
        start, end = found.start, found.end
    return acts.Passage(turn=chosen.turn, start_char=start, end_char=end, role=chosen.role)  # type: ignore[arg-type]
