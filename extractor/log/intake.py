"""What an engine found in a conversation -> rows of the log, each thing on the row that is there already.

A conversation that is read again, by whatever engine and however grown, is matched one to one to the records the log
has of it, in any state. A record that no person has touched takes on what was found; one that a person has touched
keeps every word, and what differs becomes a suggested revision. What is not found again is marked so, never deleted;
what was rejected stays rejected.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.log import forgetting, rows, views
from extractor.log.canonical import storable_model, to_json
from extractor.log.conversations import as_known, key_of, put_conversation
from extractor.log.tables import evidence, records, revisions, versions
from extractor.matching.identity import Known, differs, same_records, settled, type_of
from extractor.matching.items import claim_of, places_of
from extractor.matching.similarity import contradicts
from extractor.records import ConversationRecords, EngineInfo, RecordType, Unprocessed, record_id

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord, Record

_ERASED: Final = "its words were erased from the log"


@dataclass(frozen=True)
class Proposal:
    """One conversation, what an engine found in it, and the place it was read from.

    ``beside`` are the ids of all conversations that were read from there.
    """

    conversation: Conversation
    records: ConversationRecords
    engine: EngineInfo
    origin: str
    beside: frozenset[str] = frozenset()


@dataclass
class Outcome:
    """What became of a proposal, as ids. ``skipped`` says why nothing was taken in, None where it was."""

    conversation: str
    is_new: bool = False
    new: list[str] = field(default_factory=list)
    updated: list[str] = field(default_factory=list)
    suggested: list[str] = field(default_factory=list)
    unchanged: list[str] = field(default_factory=list)
    not_found: list[str] = field(default_factory=list)
    skipped: str | None = None


def fingerprint(engine: EngineInfo) -> str:
    """An engine and the versions of all it goes by, as it is stored beside what it found."""
    return "/".join(part for part in (engine.name, engine.model, engine.version) if part)


def propose(tx: Transaction, proposal: Proposal, embedder: Embedder) -> Outcome:
    """Takes a conversation and its records into the log; the same once more changes nothing."""
    conversation, found = storable_model(proposal.conversation), storable_model(proposal.records)
    key = key_of(tx.connection, conversation, proposal.origin, proposal.beside)
    if key is not None and forgetting.is_erased(tx.connection, key):
        return Outcome(key, skipped=_ERASED)
    if key is None and forgetting.succeeds_erased(tx.connection, conversation.id, proposal.origin):
        return Outcome(conversation.id, skipped=_ERASED)
    if key is not None:
        conversation = as_known(tx.connection, conversation, key, proposal.origin)
    known = [] if key is None else _known(tx, key)
    name = key if key is not None else conversation.id
    conversation, found = forgetting.without_erased_people(tx.connection, tx.erased, conversation, found, key)
    grown = put_conversation(tx, name, conversation, found, fingerprint(proposal.engine))
    outcome = Outcome(name, is_new=key is None)
    work = _Intake(tx, name, conversation, found, fingerprint(proposal.engine), outcome)
    if grown.moved:
        known = [work.relocated(one) for one in known]
    work.match(known, embedder)
    return outcome


def _known(tx: Transaction, conversation: str) -> list[LogRecord]:
    wanted = select(records.c.id).where(records.c.conversation == conversation).order_by(records.c.seq)
    known = views.records_by_id(tx.connection, tx.connection.execute(wanted).scalars())
    return forgetting.recalled(tx.connection, list(known.values()))


@dataclass
class _Intake:
    """One proposal on its way into the log."""

    tx: Transaction
    key: str
    conversation: Conversation
    found: ConversationRecords
    engine: str
    outcome: Outcome

    @cached_property
    def names(self) -> dict[str, str]:
        """Names of all whom the records may name, by their ids in the conversation."""
        return {person.id: person.name for person in self.found.conversation.participants}

    def match(self, known: Sequence[LogRecord], embedder: Embedder) -> None:
        found: list[Record] = [*self.found.decisions, *self.found.action_items, *self.found.open_questions]
        sides = [self._side(one) for one in known]
        pairs = {new: old for old, new, _ in same_records(sides, found, self.conversation, embedder)}
        pairs |= self._edited(known, sides, found, pairs)
        taken = {one.id for one in known}
        erased = [one for one in known if one.erased_at is not None]
        for place, record in enumerate(found):
            if place in pairs:
                self._again(known[pairs[place]], record, embedder)
            elif not forgetting.stands_for_erased(record, type_of(record), erased):
                self._new(record, taken, embedder)
        missed = set(range(len(known))) - set(pairs.values())
        for place in sorted(missed):
            self._missed(known[place])

    def _edited(
        self, known: Sequence[LogRecord], sides: Sequence[Known], found: Sequence[Record], pairs: Mapping[int, int]
    ) -> dict[int, int]:
        """Further pairs, found -> known: records whose message was edited and now says another number, or a "not".

        Identity takes the two for a contradiction. Here the old words are gone and the new ones stand in their place;
        what a person rejected or merged was the old words.
        """
        more: dict[int, int] = {}
        for new in set(range(len(found))) - pairs.keys():
            said = {(quote.speaker, quote.time) for quote in found[new].evidence if quote.time is not None}
            for old, record in enumerate(known):
                lost = {(record.record.evidence[n].speaker, record.record.evidence[n].time) for n in record.lost_quotes}
                if (
                    old not in (*pairs.values(), *more.values())
                    and record.type == type_of(found[new])
                    and record.state in ("proposed", "approved")
                    and said & lost
                    and any(contradicts(claim, claim_of(found[new])) for claim in sides[old].claims)
                ):
                    more[new] = old
                    break
        return more

    def relocated(self, record: LogRecord) -> LogRecord:
        """The record with its evidence where the words stand now; where they stand no more, the quote stays, marked."""
        changed, lost = settled(record.record, self.conversation)
        if changed == record.record and lost == record.lost_quotes:
            return record
        for number, quote in enumerate(changed.evidence):
            values = {"turn": quote.turn, "start_char": quote.start_char, "end_char": quote.end_char}
            self.tx.connection.execute(
                evidence.update()
                .where(evidence.c.record == record.id, evidence.c.number == number)
                .values(**values, located=number not in lost)
            )
        if record.erased_at is None:
            self.tx.event("record.relocated", record.id, lost=list(lost), content=rows.digest_of(self.tx, changed))
        return record.model_copy(update={"record": changed, "lost_quotes": lost})

    def _side(self, record: LogRecord) -> Known:
        """A record as identity compares it: by every wording it has had, and where it was said.

        Of an erased one nothing is left but the place.
        """
        wordings = views.versions_of(self.tx.connection, record.id) if record.version > 1 else []
        said = (record.text, *(getattr(one.record, views.CLAIM_FIELD[record.type]) for one in wordings))
        places = places_of(_standing(record.record, record.lost_quotes).evidence)
        if record.erased_at is not None:
            said = tuple(quote.quote for quote in record.record.evidence)
        return Known(record.id, record.type, tuple(dict.fromkeys(filter(None, said))), places)

    def _new(self, record: Record, taken: set[str], embedder: Embedder) -> None:
        name = self._name(record, type_of(record), taken)
        taken.add(name)
        record = record.model_copy(update={"id": name})
        rows.insert_record(self.tx, self.key, self._wording(record), embedder)
        self.outcome.new.append(name)

    def _wording(self, record: Record) -> rows.Wording:
        return rows.Wording(record, rows.said_on(self.conversation, record), self.names, self.engine)

    def _name(self, record: Record, kind: RecordType, taken: Iterable[str]) -> str:
        """An id from the first quote; one that another record already bears gets the next ordinal."""
        first = min(record.evidence, key=lambda quote: (quote.turn, quote.start_char, quote.end_char))
        ordinal = 0
        while (name := record_id(self.key, kind, first, ordinal)) in taken:
            ordinal += 1
        return name

    def _again(self, known: LogRecord, record: Record, embedder: Embedder) -> None:
        record = record.model_copy(update={"id": known.id})
        if known.erased_at is not None:
            self.outcome.unchanged.append(known.id)
            return
        self._found(known, True)
        changes = differs(_standing(known.record, known.lost_quotes), record)
        redated = self._day_of(record) not in (None, known.said_on)
        if not changes and (known.touched or not redated):
            if redated:
                rows.date_record(self.tx, known, rows.said_on(self.conversation, record))
            self.outcome.unchanged.append(known.id)
        elif known.touched or known.state != "proposed":
            self._suggest(known, record, sorted(changes))
        else:
            rows.update_record(self.tx, known, self._wording(record), embedder)
            self.outcome.updated.append(known.id)

    def _day_of(self, record: Record) -> dt.date | None:
        """The day a record was said, None where it is not known."""
        said = rows.said_on(self.conversation, record)
        return dt.date.fromisoformat(said) if said else None

    def _suggest(self, known: LogRecord, record: Record, fields: list[str]) -> None:
        """Notes a revision, unless the same was suggested before: what a person dismissed does not come back.

        A rejected or merged record gets none.
        """
        content = _without_confidence(_dumped(record))
        digest = self.tx.digest(known.id, content)
        name = f"v-{digest[:16]}"
        if known.state in ("rejected", "merged") or self._is_known(known, record):
            self.outcome.unchanged.append(known.id)
            return
        older = (revisions.c.record == known.id) & (revisions.c.state == "suggested")
        self.tx.connection.execute(revisions.update().where(older).values(state="withdrawn", decided_at=self.tx.at))
        self.tx.connection.execute(
            revisions.insert().values(
                id=name,
                record=known.id,
                content=to_json(_dumped(record)),
                fields=to_json(fields),
                state="suggested",
                engine=self.engine,
                created_at=self.tx.at,
            )
        )
        self.tx.event("revision.suggested", known.id, revision=name, fields=fields, content=digest)
        self.outcome.suggested.append(known.id)

    def _is_known(self, known: LogRecord, record: Record) -> bool:
        """Whether the record has said the same before, or it was suggested before: then a person has seen it.

        Quotes of that time count where they stand now: a turn put in before them makes nothing new.
        """
        content = _without_confidence(_dumped(record))
        for table in (versions, revisions):
            wanted = select(table.c.content).where(table.c.record == known.id)
            for stored in self.tx.connection.execute(wanted).scalars():
                before = views.stored_record(known.type, stored)
                now = _standing(*settled(before, self.conversation))
                if _without_confidence(_dumped(before)) == content or not differs(now, record):
                    return True
        return False

    def _missed(self, known: LogRecord) -> None:
        if known.erased_at is not None or any(_covers(gap, known.record) for gap in self.found.unprocessed):
            return
        self._found(known, False)
        self.outcome.not_found.append(known.id)

    def _found(self, known: LogRecord, found: bool) -> None:
        if known.found != found:
            self.tx.connection.execute(records.update().where(records.c.id == known.id).values(found=found))
            self.tx.event("record.found_again" if found else "record.not_found", known.id)


def _standing(record: Record, lost: Sequence[int]) -> Record:
    """A record with those of its quotes only that stand in the conversation."""
    kept = tuple(quote for number, quote in enumerate(record.evidence) if number not in lost)
    return record.model_copy(update={"evidence": kept})


def _without_confidence(dumped: dict[str, Any]) -> str:
    return to_json({name: value for name, value in dumped.items() if name != "confidence"})


def _dumped(record: Record) -> dict[str, Any]:
    return dict(record.model_dump(mode="json"))


def _covers(gap: Unprocessed, record: Record) -> bool:
    """Whether what an engine did not get through holds the record's words: then nothing is known of it."""
    return any(gap.from_turn <= quote.turn <= gap.to_turn for quote in record.evidence)
