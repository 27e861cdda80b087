"""Doing what a reviewer asks: under the team's rules, and never over another reviewer's head."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sqlalchemy import select

from extractor.errors import ConflictError, NoSuchRecordError, UsageError
from extractor.log import acting, events, linked, reviewing, tables, tending, undoing, views, visibility, wording
from extractor.log.canonical import storable_model
from extractor.log.history import in_words
from extractor.log.naming import conversation_named
from extractor.log.transaction import person_of
from extractor.plan import ReviewPlan
from extractor.review import acts
from extractor.review.fields import named, with_ids

if TYPE_CHECKING:
    from extractor.embedding import Embedder
    from extractor.log.store import Log
    from extractor.log.transaction import Transaction
    from extractor.log.views import LogRecord


@dataclass(frozen=True)
class Done:
    """What became of an act. ``records`` are those it was about or made, the first one first; ``event`` is the number
    of the last event it wrote, None where everything was so already. ``waits`` says that another reviewer is needed.
    """

    records: tuple[str, ...] = ()
    event: int | None = None
    waits: bool = False


@dataclass
class Desk:
    """Where reviewers work: a log, the team's rules, and what makes vectors of words that a person writes.

    ``embedder`` is called where one is needed: to load it takes as long as a person waits gladly.
    """

    log: Log
    embedder: Callable[[], Embedder]
    rules: ReviewPlan = field(default_factory=ReviewPlan)

    def do(self, by: str, act: acts.OnRecord | acts.Add | acts.Restrict) -> Done:
        """Does one act for the person with this name, as a whole or not at all.

        Raises:
            ConflictError: others have judged or worded the record since the reviewer saw it.
            NoSuchRecordError: there is no such record, or this person may not see it.
            UsageError: the act does not fit the record.
        """
        return self.do_all(by, [act])[0]

    def do_all(self, by: str, wanted: list[acts.OnRecord | acts.Add | acts.Restrict]) -> list[Done]:
        """Does several acts for one person, all of them or none."""
        if not by.strip():
            raise UsageError("Only a person may do that.", "Name who does it.")
        done: list[Done] = []
        known = [self._named(by, act) for act in wanted]
        with self.log.write(by) as tx:
            for act in known:
                before = events.head(tx.connection).seq
                found = self._do(tx, act)
                after = events.head(tx.connection).seq
                done.append(Done(found.records, after if after > before else None, found.waits))
        return done

    def _named(
        self, by: str, act: acts.OnRecord | acts.Add | acts.Restrict
    ) -> acts.OnRecord | acts.Add | acts.Restrict:
        """The act with the id of the conversation that is meant, among those that this person may see."""
        if not isinstance(act, acts.Add | acts.Restrict):
            return act
        with self.log.seen_by(by).read() as connection:
            return act.model_copy(update={"conversation": conversation_named(connection, act.conversation)})

    def _do(self, tx: Transaction, act: acts.OnRecord | acts.Add | acts.Restrict) -> Done:
        if isinstance(act, acts.Add):
            return self._add(tx, act)
        if isinstance(act, acts.Restrict):
            visibility.restrict(tx, act.conversation, act.people)
            return Done()
        _refuse_strangers(tx, act)
        _refuse_unseen(tx, act)
        before = events.head(tx.connection).seq
        done = self._on_record(tx, act)
        if act.comment and act.comment.strip() and events.head(tx.connection).seq == before:
            tending.comment(tx, act.record, act.comment)  # it was so already, and what was typed is not lost
        return done

    def _on_record(self, tx: Transaction, act: acts.OnRecord) -> Done:  # noqa: C901 (one line an act)
        record, why, needed = act.record, act.comment, self.rules.approvals
        made: tuple[str, ...] = (record,)
        waits = False
        match act:
            case acts.Approve():
                waits = self._approve(tx, act)
            case acts.Edit():
                self._edit(tx, act.record, act.fields, why)
            case acts.Reject():
                reviewing.reject(tx, record, why)
            case acts.Reopen():
                reviewing.reopen(tx, record, why)
            case acts.Merge():
                reviewing.merge(tx, record, act.into, why)
                made = (record, act.into)
            case acts.Split():
                made = self._split(tx, act)
            case acts.LinkTo():
                linked.confirm(tx, record, act.to, act.kind)
            case acts.Unlink():
                linked.reject(tx, act.link)
            case acts.Close():
                tending.close(tx, record, why)
            case acts.Comment():
                tending.comment(tx, record, act.comment)
            case acts.Assign():
                tending.assign(tx, [record], act.person)
            case acts.TakeRevision():
                reviewing.accept_revision(tx, act.revision, self.embedder(), why, needed=needed)
            case acts.DismissRevision():
                reviewing.dismiss_revision(tx, act.revision, why)
            case acts.Undo():
                undoing.undo(tx, record, self.embedder(), act.number)
        return Done(made, waits=waits)

    def _approve(self, tx: Transaction, act: acts.Approve) -> bool:
        if act.fields:
            self._edit(tx, act.record, act.fields, None)
        return not reviewing.approve(tx, act.record, act.comment, needed=self.rules.approvals)

    def _edit(self, tx: Transaction, record: str, fields: dict[str, Any], why: str | None) -> None:
        known = acting.for_act(tx, record)
        reviewing.edit(tx, record, named(known, fields), self.embedder(), why, needed=self.rules.approvals)

    def _split(self, tx: Transaction, act: acts.Split) -> tuple[str, ...]:
        known = acting.for_act(tx, act.record)
        parts = [wording.Part(named(known, part.fields), part.evidence) for part in act.parts]
        return wording.split(tx, act.record, parts, self.embedder(), act.comment, needed=self.rules.approvals)

    def _add(self, tx: Transaction, act: acts.Add) -> Done:
        passages = [wording.Passage(one.turn, one.start_char, one.end_char, one.role) for one in act.passages]
        needed, fields = self.rules.approvals, with_ids(_people(tx, act.conversation), act.fields)
        name = wording.add_missed(
            tx, act.conversation, act.type, passages, fields, self.embedder(), act.comment, needed=needed
        )
        return Done((name,), waits=acting.record_in(tx, name).state != "approved")


def _people(tx: Transaction, conversation: str) -> dict[str, str]:
    """The names of those who take part in a conversation, by their ids in it; none where the person may not see it."""
    table, person = tables.conversations, person_of(tx.actor)
    if person is not None and not visibility.may_see(tx.connection, conversation, person):
        return {}
    row = tx.connection.execute(select(table.c.participants).where(table.c.id == conversation)).first()
    return {person.id: person.name for person in views.participants_of(row)} if row is not None else {}


def _refuse_strangers(tx: Transaction, act: acts.OnRecord) -> None:
    """Raises NoSuchRecordError for a record that is not there, or a link or a revision that is another record's."""
    known = acting.record_in(tx, act.record)
    if isinstance(act, acts.Unlink):
        ends = {end for one in views.links_by_id(tx.connection, [act.link]) for end in (one.from_record, one.to_record)}
        if known.id not in ends or not _may_see(tx, ends):
            raise NoSuchRecordError(f"{known.id} has no link {act.link}.", f"See `decisions show {known.id}`.")
    if isinstance(act, acts.TakeRevision | acts.DismissRevision) and _revision(tx, act.revision)[0] != known.id:
        what = f"{known.id} has no suggested wording {act.revision}."
        raise NoSuchRecordError(what, f"See `decisions show {known.id}`.")


def _may_see(tx: Transaction, records: Iterable[str]) -> bool:
    """Whether the person who acts may see all of these records."""
    person = person_of(tx.actor)
    conversations = {one.conversation for one in views.records_by_id(tx.connection, records).values()}
    return person is None or all(visibility.may_see(tx.connection, one, person) for one in conversations)


def _revision(tx: Transaction, revision: str) -> tuple[str | None, str | None]:
    """Whose revision this is and its state; None for one that there is not."""
    table = tables.revisions
    row = tx.connection.execute(select(table.c.record, table.c.state).where(table.c.id == revision)).first()
    return (row.record, row.state) if row is not None else (None, None)


def _refuse_unseen(tx: Transaction, act: acts.OnRecord) -> None:
    """Raises ConflictError where somebody else has judged or worded the record since ``seen``.

    What this reviewer has done themself in the meantime, they know.
    """
    if act.seen is None or isinstance(act, acts.Comment | acts.Assign | acts.Undo):
        return
    known = acting.record_in(tx, act.record)
    since = [
        event
        for event in events.walk(tx.connection, subject=known.id, after=act.seen)
        if event.kind in acting.JUDGING and event.actor != tx.actor
    ]
    if not all(_agrees(act, event) for event in since) and not _is_so_already(tx, known, act):
        what = f"{known.id} has changed since you saw it: {in_words(tx.connection, since)}."
        raise ConflictError(what, "Look at it as it is now, and say it again.", record=known.id)


def _agrees(act: acts.OnRecord, event: events.Event) -> bool:
    """Whether another one's approval is no reason to ask again: who approves as well says the same."""
    return isinstance(act, acts.Approve) and not act.fields and event.kind in ("record.endorsed", "record.approved")


def _is_so_already(tx: Transaction, known: LogRecord, act: acts.OnRecord) -> bool:
    """Whether the record already is what the act would make it: then two reviewers agree."""
    match act:
        case acts.Edit():
            return _reads(known, act.fields)
        case acts.Approve():
            return known.state == "approved" and bool(act.fields) and _reads(known, act.fields)
        case acts.Reject():
            return known.state == "rejected"
        case acts.Reopen():
            return known.state == "proposed" and known.closed_at is None
        case acts.Merge():
            return known.merged_into == act.into
        case acts.Close():
            return known.closed_at is not None
        case acts.TakeRevision():
            return _revision(tx, act.revision)[1] == "accepted"
        case acts.DismissRevision():
            return _revision(tx, act.revision)[1] == "dismissed"
    return False


def _reads(known: LogRecord, fields: dict[str, Any]) -> bool:
    """Whether the record has these values in these fields."""
    return storable_model(reviewing.changed_record(known, named(known, fields))) == known.record
