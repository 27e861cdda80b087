"""An extractor that needs no model, and sources made of conversations: every turn that begins with "We" is decided."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from typing import Self

from kept import ENGINE, decision, found, quote

from extractor.conversation import Conversation
from extractor.errors import EngineError
from extractor.extraction import Extracted
from extractor.fetching import Item
from extractor.records import ConversationRecords
from extractor.sources import Reading

Answer = Callable[[Conversation], ConversationRecords | EngineError]


def decided(conversation: Conversation) -> ConversationRecords:
    """Every turn that begins with "We" as a decision."""
    said = [turn for turn in conversation.turns if turn.text.startswith("We ")]
    return found(
        conversation, *(decision(conversation, turn.text, quote(conversation, turn.index, turn.text)) for turn in said)
    )


class Reader:
    """An extractor in this process; ``read`` are the conversations that it was asked for."""

    info = ENGINE
    destination = None

    def __init__(self, answer: Answer = decided) -> None:
        self.answer = answer
        self.read: list[str] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *exception: object) -> None:
        return None

    def each(self, conversations: Iterable[Conversation]) -> Iterator[Extracted]:
        for conversation in conversations:
            self.read.append(conversation.id)
            answer = self.answer(conversation)
            if isinstance(answer, EngineError):
                yield Extracted(conversation, error=answer)
            else:
                yield Extracted(conversation, answer)


def item(origin: str, *conversations: Conversation) -> Item:
    """A source that holds these conversations."""
    version = str(hash(conversations))
    return Item(origin, version, origin, lambda: [Reading(path=origin, conversations=conversations)])
