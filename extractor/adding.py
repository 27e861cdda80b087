"""From sources to the log: what is new or changed is read, extracted and proposed, one transaction per source.

The transaction of a source is its only commit point: what it held, and that it was read, enter the log together. A
process that is killed before has done nothing, and the next one does it once.
"""

from __future__ import annotations

import os
from collections import deque
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.errors import DecisionsError, EngineError, LogBusyError, LogError, LogFullError, SourceError
from extractor.fetching import Item
from extractor.log.conversations import is_outdated, is_unchanged, key_of
from extractor.log.intake import Outcome, Proposal, fingerprint, propose
from extractor.log.remembering import Remembering
from extractor.log.sources import Seen, note_source, put_in_quarantine
from extractor.log.visibility import restrict_source
from extractor.records import Usage
from extractor.sources import Reading
from extractor.sources.reading import OUR_FAULT, REPORT_IT
from extractor.spreading import Extracted, Extractor

if TYPE_CHECKING:
    from extractor.log.store import Log


@dataclass
class ItemResult:
    """What became of one source.

    ``problem`` is what could not be read or processed, None where all was; ``quarantined`` is whether nothing was.
    ``unchanged`` counts its conversations that the log had already, word for word, or in a later state.
    """

    item: Item
    outcomes: list[Outcome] = field(default_factory=list)
    unchanged: int = 0
    warnings: list[str] = field(default_factory=list)
    problem: str | None = None
    quarantined: bool = False
    usage: Usage = field(default_factory=Usage)

    @property
    def complete(self) -> bool:
        """Whether all of it was read and processed."""
        return self.problem is None


def is_done(item: Item, seen: Seen | None, engine: str | None = None) -> bool:
    """Whether a source needs no reading: the same content was read whole, or could not be read at all.

    ``engine`` is the fingerprint that must have read it; any does when not given.
    """
    if seen is None or seen.version != item.version:
        return False
    return seen.quarantined or (seen.complete and engine in (None, seen.engine))


@dataclass
class _Work:
    """A source that was read, waiting for the engine."""

    result: ItemResult
    waiting: list[Conversation] = field(default_factory=list)
    known: list[str] = field(default_factory=list)
    done: list[Extracted] = field(default_factory=list)
    held: frozenset[str] = frozenset()
    """The ids of all its conversations."""


class Adder:
    """Adds sources to a log with one engine."""

    def __init__(self, log: Log, extractor: Extractor, embedder: Embedder, *, again: bool = False) -> None:
        """``again`` is whether conversations that did not change are extracted once more."""
        self.log = log
        self.extractor = extractor
        self.embedder = Remembering(embedder)
        self.again = again
        self.engine = fingerprint(extractor.info)

    def add(
        self, items: Iterable[Item], on_conversation: Callable[[Conversation], None] | None = None
    ) -> Iterator[ItemResult]:
        """Adds one source after another; yields what became of each as soon as it is in the log.

        A source that cannot be read is quarantined, one that the engine cannot get through is noted as incomplete, and
        the rest go on. Raises EngineError where the engine cannot work at all (a wrong key, no server): what was done
        before stays done.
        """
        ahead: deque[_Work] = deque()
        stream = self._conversations(items, ahead, on_conversation)
        for extracted in self.extractor.each(stream):
            yield from self._finished(ahead)
            ahead[0].done.append(extracted)
            if extracted.error is not None and extracted.error.terminal:
                if any(one.records is not None for one in ahead[0].done):
                    self._commit(ahead[0])  # what was paid for is kept, and the source read again for the rest
                    yield ahead[0].result
                raise extracted.error
            yield from self._finished(ahead)
        yield from self._finished(ahead)

    def _conversations(
        self,
        items: Iterable[Item],
        ahead: deque[_Work],
        on_conversation: Callable[[Conversation], None] | None,
    ) -> Iterator[Conversation]:
        """All conversations that need the engine; each source joins ``ahead`` before the first of its own."""
        for item in items:
            work = self._read(item)
            ahead.append(work)
            for conversation in work.waiting:
                if on_conversation is not None:
                    on_conversation(conversation)
                yield conversation

    def _read(self, item: Item) -> _Work:
        work = _Work(ItemResult(item))
        try:
            readings = item.read()
        except SourceError as error:
            work.result.problem, work.result.quarantined = str(error), True
            return work
        except DecisionsError as error:
            work.result.problem = str(error)
            return work
        except Exception as fault:
            work.result.problem = _our_fault(item, fault)
            return work
        problems = [reading.error for reading in readings if reading.error]
        conversations, twice = _each_once(readings)
        work.result.problem = " ".join(problems) or None
        work.result.quarantined = bool(problems) and not conversations
        work.result.warnings = [f"{one.source}: {warning}" for one in conversations for warning in one.warnings]
        work.result.warnings += [
            f"{item.label}: {name} is there twice, with other words; the later counts." for name in twice
        ]
        work.held = frozenset(one.id for one in conversations)
        with self.log.read() as connection:
            for conversation in conversations:
                key = key_of(connection, conversation, item.origin, work.held)
                if (
                    key is not None
                    and not self.again
                    and is_unchanged(connection, conversation, key, self.engine, item.origin)
                ):
                    work.known.append(key)
                elif key is not None and is_outdated(connection, conversation, key, item.origin):
                    work.result.unchanged += 1
                else:
                    work.waiting.append(conversation)
        work.result.unchanged += len(work.known)
        return work

    def _finished(self, ahead: deque[_Work]) -> Iterator[ItemResult]:
        """Commits the sources at the front of which all conversations are done."""
        while ahead and len(ahead[0].done) == len(ahead[0].waiting):
            work = ahead.popleft()
            self._commit(work)
            yield work.result

    def _commit(self, work: _Work) -> None:
        result, item = work.result, work.result.item
        if result.quarantined:
            self._set_aside(result, result.problem or "")
            return
        if result.problem is not None and not work.done and not work.known:
            return
        for extracted in work.done:
            result.usage += extracted.usage
        proposals = [self._proposal(work, extracted) for extracted in work.done if extracted.records is not None]
        failed = [extracted.error for extracted in work.done if extracted.error is not None]
        result.problem = " ".join([*([result.problem] if result.problem else []), *_reasons(proposals, failed)]) or None
        self.embedder.learn(_claims(proposals))
        try:
            self._enter(work, proposals)
        except LogError as error:
            if not _is_of_content(error):
                raise
            self._set_aside(result, f"The log cannot take what {item.label} holds. Split it into smaller parts.")
        except DecisionsError:
            raise
        except Exception as fault:
            self._set_aside(result, _our_fault(item, fault))

    def _set_aside(self, result: ItemResult, reason: str) -> None:
        """Leaves a source alone that the log cannot take, so that the rest go on."""
        result.problem, result.quarantined, result.outcomes = reason, True, []
        item = result.item
        with self.log.write() as tx:
            put_in_quarantine(tx, item.origin, item.version, _label(item), told_of(item, reason))

    def _enter(self, work: _Work, proposals: Sequence[Proposal]) -> None:
        result, item = work.result, work.result.item
        with self.log.write() as tx:
            result.outcomes = [propose(tx, proposal, self.embedder) for proposal in proposals]
            kept = [
                *work.known,
                *(outcome.conversation for outcome in result.outcomes if not outcome.skipped),
            ]
            for conversation in kept if item.visible_to else ():
                restrict_source(tx, conversation, item.visible_to)
            note_source(
                tx,
                item.origin,
                item.version,
                engine=self.engine,
                label=_label(item),
                conversations=kept,
                complete=result.complete,
                problem=told_of(item, result.problem) if result.problem is not None else None,
            )

    def _proposal(self, work: _Work, extracted: Extracted) -> Proposal:
        assert extracted.records is not None
        origin = work.result.item.origin
        return Proposal(extracted.conversation, extracted.records, self.extractor.info, origin, work.held)


def told_of(item: Item, reason: str) -> str:
    """Why a source could not be read, for everybody: of one that only some may see no word is told."""
    return "It could not be read. Read it by itself to see why: decisions extract." if item.visible_to else reason


def _label(item: Item) -> str:
    return "a restricted source" if item.visible_to else item.label


def _each_once(readings: Sequence[Reading]) -> tuple[list[Conversation], list[str]]:
    """The conversations of a source; of two with one id the later, as an index does it, and the ids of such two."""
    found: dict[str, Conversation] = {}
    twice: dict[str, None] = {}
    for conversation in (one for reading in readings for one in reading.conversations):
        before = found.get(conversation.id)
        if before is not None and before.turns != conversation.turns:
            twice[conversation.id] = None
        found[conversation.id] = conversation
    return list(found.values()), list(twice)


def _is_of_content(error: LogError) -> bool:
    """Whether the database refused what it was given, and works otherwise: it is not full, busy or gone."""
    from sqlalchemy.exc import DBAPIError

    cause = error.__cause__
    usable = isinstance(cause, DBAPIError) and not cause.connection_invalidated
    return usable and not isinstance(error, LogBusyError | LogFullError)


def _our_fault(item: Item, fault: Exception) -> str:
    """What is said of a source over which the program failed; raises the fault again for those who look for it."""
    if os.environ.get("DECISIONS_DEBUG"):
        raise fault
    return f"{item.label} {OUR_FAULT} ({type(fault).__name__}). {REPORT_IT}"


def _reasons(proposals: Sequence[Proposal], failed: Sequence[EngineError]) -> list[str]:
    """Why not all of a source was processed, each reason once."""
    gaps = [gap.reason for proposal in proposals for gap in proposal.records.unprocessed]
    return list(dict.fromkeys([*(error.what for error in failed), *gaps]))


def _claims(proposals: Sequence[Proposal]) -> list[str]:
    found: list[str] = []
    for proposal in proposals:
        found += [one.statement for one in proposal.records.decisions]
        found += [one.task for one in proposal.records.action_items]
        found += [one.question for one in proposal.records.open_questions]
    return found
