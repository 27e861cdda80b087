"""What goes into the index and what comes out of it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from extractor.chunking import Chunk
from extractor.conversation import Conversation, Model, Turn

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Scalar = str | int | float | bool | None
Metadata = Mapping[str, Scalar | list[str]]

_UNSTORABLE = re.compile("[\x00\ud800-\udfff]")


class Passage(Model):
    """A stretch of a conversation that was found.

    It runs from character ``from_char`` of turn ``from_turn`` to character ``to_char`` of turn ``to_turn``, the turn
    included, the character not. ``time`` is when it begins: seconds from the start of the recording, or the moment
    a message was sent. ``score`` is the cosine similarity of question and passage in [-1, 1]; passages are
    ordered by meaning and words together, so their scores need not fall.
    """

    source: str
    conversation_id: str
    title: str
    speakers: tuple[str, ...]
    from_turn: int
    to_turn: int
    from_char: int
    to_char: int
    time: float | datetime | None
    text: str
    score: float

    def overlaps(self, other: Passage) -> bool:
        """Whether the two share at least one character of the conversation."""
        return (
            self.conversation_id == other.conversation_id
            and (self.from_turn, self.from_char) < (other.to_turn, other.to_char)
            and (other.from_turn, other.from_char) < (self.to_turn, self.to_char)
        )


class Added(Model):
    """What one ``PassageIndex.add`` did: conversations seen, and what became of their chunks."""

    conversations: int = 0
    chunks_new: int = 0
    chunks_unchanged: int = 0
    chunks_removed: int = 0

    def __add__(self, other: Added) -> Added:
        return Added(
            conversations=self.conversations + other.conversations,
            chunks_new=self.chunks_new + other.chunks_new,
            chunks_unchanged=self.chunks_unchanged + other.chunks_unchanged,
            chunks_removed=self.chunks_removed + other.chunks_removed,
        )


class StoreStatus(Model):
    """The state of an index of any kind.

    ``place`` is its folder, or the address of its server. ``healthy`` means that every row was read back with its
    vector, and a sample found by it; of a server's, that it answers. ``embedder`` made the vectors; ``other_embedder``
    means that it is not the one in use. ``problem`` says in words what is wrong, None where nothing is. ``size_bytes``
    counts every file in the index's folder, ``generation`` the changes made so far; both are 0 on a server.
    """

    place: str
    exists: bool
    healthy: bool
    collection: str | None = None
    embedder: str | None = None
    generation: int = 0
    size_bytes: int = 0
    other_embedder: bool = False
    problem: str | None = None


class IndexStatus(StoreStatus):
    """The state of an index of passages."""

    passages: int = 0
    conversations: int = 0


class RecordStatus(StoreStatus):
    """The state of an index of records."""

    records: int = 0


@dataclass(frozen=True, eq=False)
class Entry:
    """A record as the index knows it. Its words are not kept there: the log has them.

    ``id`` is the record's, ``vector`` that of its text, of shape (dimension,), ``type`` one of decision, action_item
    and open_question.
    """

    id: str
    vector: NDArray[np.float32]
    type: str


@dataclass(frozen=True)
class Row:
    """One chunk as it is stored. ``id`` is a hash of conversation, span and text: equal ids, equal vectors."""

    id: str
    text: str
    metadata: Metadata


def row_of(conversation: Conversation, chunk: Chunk, sha256: str | None) -> Row:
    """The row of a chunk; ``sha256`` is that of the source the conversation was read from."""
    metadata: dict[str, Scalar | list[str]] = {
        "conversation": storable(conversation.id),
        "source": storable(conversation.source),
        "title": storable(conversation.title),
        "from_turn": chunk.from_turn,
        "to_turn": chunk.to_turn,
        "from_char": chunk.from_char,
        "to_char": chunk.to_char,
    }
    optional: dict[str, Scalar | list[str]] = {
        "sha256": sha256,
        "speakers": _speakers(conversation, chunk.from_turn, chunk.to_turn),
        "time": _time(conversation.turns[chunk.from_turn], chunk.from_char),
    }
    if chunk.lead:
        optional["lead"] = chunk.lead
        optional["rest_speakers"] = _speakers(conversation, chunk.from_turn + 1, chunk.to_turn)
        optional["rest_time"] = _time(conversation.turns[chunk.from_turn + 1], 0)
    metadata.update({key: value for key, value in optional.items() if value not in (None, [])})
    text = storable(chunk.text)
    span = f"{chunk.from_turn}:{chunk.from_char}-{chunk.to_turn}:{chunk.to_char}"
    digest = hashlib.sha256(f"{metadata['conversation']}\x1f{span}\x1f{text}".encode()).hexdigest()
    return Row(digest[:32], text, metadata)


def passage_of(row: Row, score: float) -> Passage:
    """The passage of a stored row."""
    stored = row.metadata
    return Passage.model_validate(
        {
            "source": stored["source"],
            "conversation_id": stored["conversation"],
            "title": stored["title"],
            "speakers": stored.get("speakers", ()),
            "from_turn": stored["from_turn"],
            "to_turn": stored["to_turn"],
            "from_char": stored["from_char"],
            "to_char": stored["to_char"],
            "time": stored.get("time"),
            "text": row.text,
            "score": score,
        }
    )


def without_lead(row: Row) -> Row | None:
    """The row without the turn that it repeats from the one before; None where it repeats none."""
    stored = dict(row.metadata)
    lead, from_turn = stored.pop("lead", None), stored["from_turn"]
    if not isinstance(lead, int) or not isinstance(from_turn, int):
        return None
    stored.update(
        from_turn=from_turn + 1,
        from_char=0,
        speakers=stored.get("rest_speakers", []),
        time=stored.get("rest_time"),
    )
    return Row(row.id, row.text[lead:], stored)


def _speakers(conversation: Conversation, from_turn: int, to_turn: int) -> list[str]:
    turns = conversation.turns[from_turn : to_turn + 1]
    return list(dict.fromkeys(storable(name) for turn in turns if (name := conversation.name_of(turn.speaker))))


def _time(turn: Turn, char: int) -> Scalar:
    """Seconds to the millisecond, for chromadb may lose a float's last bits; a moment in ISO format."""
    said = turn.time_at(char)
    if isinstance(said, datetime):
        return said.isoformat()
    return None if said is None else round(said, 3)


def storable(text: str) -> str:
    """The text with U+FFFD, of the same length, for what a database cannot hold: lone surrogates and NUL."""
    return _UNSTORABLE.sub("\ufffd", text)
