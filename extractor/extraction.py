"""The main job: readings and an engine in, one document out. No log, no files, no terminal."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from extractor.consolidate import consolidate
from extractor.conversation import Conversation
from extractor.drafts import Drafts, Engine
from extractor.errors import DecisionsError, EngineError
from extractor.records import ConversationRecords, Document, Unprocessed, Usage
from extractor.sources import Reading

Progress = Callable[[Conversation], None]


@dataclass(frozen=True)
class Extracted:
    """What became of one conversation: ``records``, or the ``error`` that the engine gave up with, never both.

    ``records`` may be of a part of it: turns that the engine could not see through are in ``records.unprocessed``.
    ``usage`` is what was paid for, with an error too.
    """

    conversation: Conversation
    records: ConversationRecords | None = None
    error: EngineError | None = None
    usage: Usage = field(default_factory=Usage)


def extracted(engine: Engine, conversation: Conversation) -> Extracted:
    """One conversation's records, or the engine's error. Raises what is no fault of the engine's work (ModelError)."""
    try:
        drafts = engine.extract(conversation)
    except EngineError as error:
        spent = Usage(calls=error.calls, input_tokens=error.input_tokens, output_tokens=error.output_tokens)
        return Extracted(conversation, error=error, usage=spent)
    except Exception as fault:
        if os.environ.get("DECISIONS_DEBUG") or isinstance(fault, DecisionsError):
            raise
        what = f"A fault of decisions itself kept the engine from it ({type(fault).__name__}: {fault})."
        return Extracted(conversation, error=EngineError(what, "Run it again with DECISIONS_DEBUG=1 and report that."))
    return Extracted(conversation, consolidate(conversation, drafts), usage=drafts.usage)


def each(engine: Engine, conversations: Iterable[Conversation]) -> Iterator[Extracted]:
    """The conversations in their order, each worked on when it is asked for.

    After an error that would meet every conversation alike (``error.terminal``) no other is tried: those that are left
    have the same error.
    """
    ended: EngineError | None = None
    for conversation in conversations:
        one = Extracted(conversation, error=ended) if ended is not None else extracted(engine, conversation)
        if one.error is not None and one.error.terminal:
            ended = one.error
        yield one


def extract(readings: Sequence[Reading], engine: Engine, on_conversation: Progress | None = None) -> Document:
    """Runs ``engine`` over every conversation of ``readings``, one after another.

    A conversation that the engine could not process stands in the document with all its turns ``unprocessed`` and the
    reason; the others go on. An error that would meet every conversation alike (a wrong key, an unreachable server)
    ends the run: it is raised where nothing has succeeded before it, and otherwise the conversations that are left
    become ``unprocessed`` too, so that what was paid for is not lost. Where every single one failed, the last error
    is raised.
    """
    started = time.perf_counter()
    done: list[ConversationRecords] = []
    usage = Usage()
    succeeded, last_error = False, None
    for one in each(engine, _told(readings, on_conversation)):
        usage += one.usage
        if one.error is not None:
            if one.error.terminal and not succeeded:
                raise one.error
            last_error = one.error
        succeeded = succeeded or one.error is None
        done.append(one.records if one.records is not None else unprocessed(one))
    if last_error is not None and not succeeded:
        raise last_error
    elapsed = round(time.perf_counter() - started, 3)
    return Document(
        engine=engine.info,
        sources=tuple(reading.report for reading in readings),
        conversations=tuple(done),
        usage=usage.model_copy(update={"seconds": elapsed}),
    )


def unprocessed(one: Extracted) -> ConversationRecords:
    """The place in a document of a conversation that failed: no records, all its turns ``unprocessed``."""
    turns = len(one.conversation.turns)
    reason = one.error.what if one.error is not None else ""
    gaps = (Unprocessed(from_turn=0, to_turn=turns - 1, reason=reason),) if turns else ()
    return consolidate(one.conversation, Drafts(unprocessed=gaps))


def is_complete(document: Document) -> bool:
    """Whether every source was read whole and every turn of every conversation was processed."""
    return not any(source.error for source in document.sources) and not any(
        conversation.unprocessed for conversation in document.conversations
    )


def _told(readings: Iterable[Reading], on_conversation: Progress | None) -> Iterator[Conversation]:
    """The conversations of the readings; ``on_conversation`` is called with each before it is handed on."""
    for reading in readings:
        for conversation in reading.conversations:
            if on_conversation is not None:
                on_conversation(conversation)
            yield conversation
