"""A person leaves the log: their words go, and their name, wherever they took part or are named."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from sqlalchemy import Row, select

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.log import forgetting, rows, tables, views
from extractor.log.blanking import Blanking, blank
from extractor.log.canonical import to_json
from extractor.log.conversations import content_of, put_turns
from extractor.log.erased import as_key, digested, name_key
from extractor.log.redacting import Person, Redaction, Said, is_plain, shown_id, shown_name
from extractor.log.views import CLAIM_FIELD
from extractor.matching.items import claim_of

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord


@dataclass
class Leaving:
    """One person leaving, in one transaction. ``number`` is theirs, ``name`` what they are called so far."""

    tx: Transaction
    number: int
    name: str
    embedder: Embedder
    blanking: Blanking
    said: list[str] = field(default_factory=list)
    """Every word of theirs that was found."""
    origins: dict[str, None] = field(default_factory=dict)

    def leave(self) -> None:
        """Takes the person out of everything."""
        aliases = self._aliases()
        plain = {name for name in (self.name, *aliases) if is_plain(name)}
        self.tx.note_erased(self.number, digested({self.name, *plain}))
        self._rename()
        everywhere = Person(self.number, names=frozenset(plain))
        part = self._took_part()
        series: list[int | None] = []
        for conversation in [*part, *self._naming(everywhere, part)]:
            series.append(self._conversation(conversation))
        self._other_records(Redaction(everywhere, Said(())))
        self._comments()
        self._rights()
        self.blanking.notes(Redaction(everywhere, Said(self.said)).text)
        self.blanking.series(series)
        self.blanking.counts["names"] += 1
        self.tx.event("person.erased", f"person:{self.number}", reason=self.blanking.reason)

    @cached_property
    def _participants(self) -> set[tuple[str, str]]:
        table = tables.participants
        wanted = select(table.c.conversation, table.c.participant).where(table.c.person == self.number)
        return {(row.conversation, row.participant) for row in self.tx.connection.execute(wanted)}

    def _took_part(self) -> list[str]:
        return sorted({conversation for conversation, _ in self._participants})

    def _aliases(self) -> set[str]:
        """Everything else the person is called in any conversation."""
        found: set[str] = set()
        table = tables.conversations
        for batch in views.batches(self._took_part()):
            for row in self.tx.connection.execute(select(table).where(table.c.id.in_(batch))):
                for one in views.participants_of(row):
                    if (row.id, as_key(one.id)) in self._participants:
                        found.update((one.name, *one.aliases))
        return found - {""}

    def _rename(self) -> None:
        name, table = shown_name(self.number), tables.people
        values = {"name": name, "key": name_key(name), "erased_at": self.tx.at}
        self.tx.connection.execute(table.update().where(table.c.id == self.number).values(values))

    def _naming(self, person: Person, known: Iterable[str]) -> list[str]:
        """Other conversations in which the person is named in full."""
        found: set[str] = set()
        if person.pattern is None:
            return []
        search = person.pattern.search
        table, turns = tables.conversations, tables.turns
        for row in self.tx.connection.execute(select(table.c.id, table.c.title, table.c.warnings, table.c.source)):
            if search(row.title) or search(row.warnings) or search(row.source):
                found.add(row.id)
        for name, words, rest in self.tx.connection.execute(select(turns.c.conversation, turns.c.text, turns.c.rest)):
            if search(words) or search(rest):
                found.add(name)
        return sorted(found - set(known))

    def _conversation(self, name: str) -> int | None:
        """Takes the person out of a conversation and its records; returns the series it belongs to."""
        connection, table = self.tx.connection, tables.conversations
        row = connection.execute(select(table).where(table.c.id == name)).one()
        conversation = views.conversation_by_id(connection, name)
        if row.erased_at is not None or conversation is None:
            return None
        named = self.tx.erased.named_in(forgetting.texts_of(conversation)).get(self.number, ())
        person = forgetting.erased_in(self.tx.erased, self.number, conversation.participants, named)
        ids = {one.id for one in conversation.participants if (name, as_key(one.id)) in self._participants}
        person = Person(self.number, person.ids | ids, person.names, person.parts)
        quoted = self._quoted(name, person)
        redaction = Redaction.of(person, conversation, quoted)
        self.said += [*quoted, *(turn.text for turn in conversation.turns if turn.speaker in person.ids)]
        self._put(redaction.conversation(conversation), row, redaction)
        of_it = select(tables.records.c.id).where(tables.records.c.conversation == name)
        for record in views.records_by_id(connection, connection.execute(of_it).scalars().all()).values():
            self._record(record, redaction)
        for origin in self.blanking.origins(name):
            self.origins[origin] = None
        return row.series if row.series is None else int(row.series)

    def _quoted(self, conversation: str, person: Person) -> list[str]:
        """Words of theirs that evidence holds, also where the turns are not kept any more."""
        table = tables.evidence
        of_it = select(tables.records.c.id).where(tables.records.c.conversation == conversation)
        wanted = select(table.c.quote).where(table.c.record.in_(of_it), table.c.speaker.in_(person.ids))
        return [str(quote) for quote in self.tx.connection.execute(wanted).scalars()]

    def _put(self, conversation: Conversation, row: Row[Any], redaction: Redaction) -> None:
        """Keeps a conversation as it is without the person, under a new salt."""
        tx, table = self.tx, tables.conversations
        if conversation.turns or row.forgotten_at is None:
            put_turns(tx, row.id, conversation.turns)
        self.blanking.counts["turns"] += len(redaction.own)
        subject = views.subject_of(row.seq)
        tx.forget_salt(subject)
        content = tx.digest(subject, content_of(row.id, conversation))
        values = {
            "title": conversation.title,
            "source": conversation.source,
            "participants": to_json([one.model_dump(mode="json") for one in conversation.participants]),
            "warnings": to_json(list(conversation.warnings)),
            "unprocessed": redaction.person.without_name(row.unprocessed).text,
            "content": content,
            "updated_at": tx.at,
        }
        tx.connection.execute(table.update().where(table.c.id == row.id).values(values))
        part = tables.participants
        mine = (part.c.conversation == row.id) & (part.c.person == self.number)
        if tx.connection.execute(part.delete().where(mine)).rowcount:
            key = {"conversation": row.id, "participant": shown_id(self.number)}
            tx.upsert(part, key, {"person": self.number})
        tx.event("conversation.redacted", subject, person=self.number, content=content)
        tx.mark("conversation", row.id)
        self.blanking.counts["conversations"] += 1

    def _record(self, known: LogRecord, redaction: Redaction) -> None:
        if known.erased_at is not None:
            return
        claim = CLAIM_FIELD[known.type]
        before = json.loads(rows.content_of(known.record))
        after = redaction.record(before, claim)
        if after is None:
            self.blanking.record(known.id)
            return
        kept = self._wordings(known, redaction, claim)
        if after == before and not kept:
            return
        record = views.MODELS[known.type].model_validate(after)
        self._put_record(known, record)
        self.tx.forget_salt(known.id)
        content = rows.content_of(record)
        self.tx.event(
            "record.redacted", known.id, person=self.number, content=self.tx.digest(known.id, content), wordings=kept
        )
        self.tx.mark("record", known.id)
        self.blanking.counts["records changed"] += 1

    def _put_record(self, known: LogRecord, record: views.Record) -> None:
        body = record.model_dump(mode="json", exclude={"id", "evidence"})
        claim, table, quotes = claim_of(record), tables.records, tables.evidence
        topic = getattr(record, "topic", None)
        values = {"text": claim, "topic": topic, "body": to_json(body), "updated_at": self.tx.at}
        self.tx.connection.execute(table.update().where(table.c.id == known.id).values(values))
        for number, quote in enumerate(record.evidence):
            span = {"start_char": quote.start_char, "end_char": quote.end_char}
            changed = {"quote": quote.quote, "speaker": quote.speaker, **span}
            which = (quotes.c.record == known.id) & (quotes.c.number == number)
            self.tx.connection.execute(quotes.update().where(which).values(changed))
        rows.put_words(self.tx, known.seq, claim, rows.searched_words(record))
        if claim != known.text:
            rows.put_vector(self.tx, known.id, claim, self.embedder)

    def _wordings(self, known: LogRecord, redaction: Redaction, claim: str) -> int:
        """Takes the person out of every wording a record had or was suggested; returns how many changed."""
        count = 0
        for table, key in ((tables.versions, "version"), (tables.revisions, "id")):
            wanted = select(table.c[key], table.c.content).where(table.c.record == known.id)
            for name, content in self.tx.connection.execute(wanted).all():
                before = json.loads(content)
                after = redaction.record(before, claim)
                if after != before:
                    count += 1
                    changed = to_json(after if after is not None else blank(known.type, before))
                    which = (table.c.record == known.id) & (table.c[key] == name)
                    self.tx.connection.execute(table.update().where(which).values(content=changed))
        self.blanking.counts["wordings"] += count
        return count

    def _other_records(self, redaction: Redaction) -> None:
        """Records of other conversations that name the person: a reviewer may have written anything."""
        pattern = redaction.person.pattern
        if pattern is None:
            return
        found: set[str] = set()
        texts: Sequence[tuple[Any, str, str]] = (
            (tables.records, "id", "body"),
            (tables.evidence, "record", "quote"),
            (tables.versions, "record", "content"),
            (tables.revisions, "record", "content"),
        )
        for table, key, column in texts:
            for name, words in self.tx.connection.execute(select(table.c[key], table.c[column])):
                if pattern.search(words):
                    found.add(name)
        for record in views.records_by_id(self.tx.connection, sorted(found)).values():
            self._record(record, redaction)

    def _comments(self) -> None:
        """The person's own comments on records go."""
        table = tables.reviews
        mine = (table.c.reviewer == f"person:{self.number}") & table.c.comment.is_not(None)
        done = self.tx.connection.execute(table.update().where(mine).values(comment=None))
        self.blanking.counts["comments"] += done.rowcount

    def _rights(self) -> None:
        """The person signs in no more, reviews nothing more, and is no more among those who may see a conversation.

        Where they were the only one, their number stays: else everybody might see it.
        """
        connection, table = self.tx.connection, tables.restrictions
        named = select(table.c.conversation).where(table.c.person == self.number).order_by(table.c.conversation)
        for conversation in connection.execute(named).scalars().all():
            others = select(table.c.person).where(table.c.conversation == conversation, table.c.person != self.number)
            people = sorted(connection.execute(others).scalars())
            if people:
                mine = (table.c.conversation == conversation) & (table.c.person == self.number)
                connection.execute(table.delete().where(mine))
                subject = views.subject_of(views.number_of(connection, conversation))
                self.tx.event("conversation.restricted", subject, people=people)
        records = tables.records
        connection.execute(records.update().where(records.c.assignee == self.number).values(assignee=None))
        accounts = tables.accounts
        for account in (
            connection.execute(select(accounts.c.id).where(accounts.c.person == self.number)).scalars().all()
        ):
            for other in (tables.identities, tables.sessions, tables.tokens):
                connection.execute(other.delete().where(other.c.account == account))
            gone = {"login": f"erased-{account}", "password": None, "disabled_at": self.tx.at}
            connection.execute(accounts.update().where(accounts.c.id == account).values(gone))
            self.blanking.counts["accounts"] += 1
