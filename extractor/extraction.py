"""The main job: readings and an engine in, one document out. No log, no files, no terminal."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from extractor.consolidate import consolidate
from extractor.conversation import Conversation
from extractor.drafts import Drafts, Engine
from extractor.errors import EngineError
from extractor.records import ConversationRecords, Document, Unprocessed, Usage
from extractor.sources import Reading

Progress = Callable[[Conversation], None]


def extract(readings: Sequence[Reading], engine: Engine, on_conversation: Progress | None = None) -> Document:
    """Runs ``engine`` over every conversation of ``readings``, one after another.

    A conversation that the engine could not process stands in the document with all its turns ``unprocessed`` and the
    reason; the others go on. An error that would meet every conversation alike (a wrong key, an unreachable server)
    ends the run: it is raised where nothing has succeeded before it, and otherwise the conversations that are left
    become ``unprocessed`` too, so that what was paid for is not lost. Where every single one failed, the last error
    is raised.
    """
    started = time.perf_counter()
    run = _Run(engine)
    done: list[ConversationRecords] = []
    usage = Usage()
    for conversation in _conversations(readings):
        if on_conversation is not None:
            on_conversation(conversation)
        drafts = run.drafts(conversation)
        usage += drafts.usage
        done.append(consolidate(conversation, drafts))
    run.finish()
    elapsed = round(time.perf_counter() - started, 3)
    return Document(
        engine=engine.info,
        sources=tuple(reading.report for reading in readings),
        conversations=tuple(done),
        usage=usage.model_copy(update={"seconds": elapsed}),
    )


@dataclass
class _Run:
    """An engine over several conversations: which error, if any, has ended the run, and whether it ever worked."""

    engine: Engine
    ended_by: EngineError | None = None
    last_error: EngineError | None = None
    succeeded: bool = False

    def drafts(self, conversation: Conversation) -> Drafts:
        if self.ended_by is not None:
            return _unprocessed(conversation, self.ended_by, Usage())
        try:
            drafts = self.engine.extract(conversation)
        except EngineError as error:
            if error.terminal and not self.succeeded:
                raise
            self.last_error = error
            self.ended_by = error if error.terminal else None
            spent = Usage(calls=error.calls, input_tokens=error.input_tokens, output_tokens=error.output_tokens)
            return _unprocessed(conversation, error, spent)
        self.succeeded = True
        return drafts

    def finish(self) -> None:
        if self.last_error is not None and not self.succeeded:
            raise self.last_error


def is_complete(document: Document) -> bool:
    """Whether every source was read whole and every turn of every conversation was processed."""
    return not any(source.error for source in document.sources) and not any(
        conversation.unprocessed for conversation in document.conversations
    )


def _conversations(readings: Iterable[Reading]) -> Iterable[Conversation]:
    return (conversation for reading in readings for conversation in reading.conversations)


def _unprocessed(conversation: Conversation, error: EngineError, usage: Usage) -> Drafts:
    if not conversation.turns:
        return Drafts(usage=usage)
    last = len(conversation.turns) - 1
    return Drafts(unprocessed=(Unprocessed(from_turn=0, to_turn=last, reason=error.what),), usage=usage)
