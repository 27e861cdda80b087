"""For a record the earlier ones it may have to do with: nearest by meaning and by words, never all of them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Final, NamedTuple

import numpy as np
from sqlalchemy import select

from extractor.linking.sides import Quote, Side
from extractor.log import searching, tables
from extractor.log.views import records_by_id

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from sqlalchemy import Connection

    from extractor.log.views import LogRecord

POOL: Final = 40
"""Records that the search by meaning and the search by words each hand on."""
JUDGED: Final = 8
"""Earlier records that are judged for each new one: those nearest by meaning, and of those by words as many again as
there are places left."""
BY_WORDS: Final = 3
"""Places that are kept for the records found by words alone."""


class Candidate(NamedTuple):
    """An earlier record, and the cosine of its claim to the new one's."""

    side: Side
    similarity: float


def candidates(connection: Connection, new: LogRecord, near: Sequence[str], embedder: str) -> list[Candidate]:
    """The earlier records that a judge should see, nearest first.

    ``near`` are the ids that the vector index gives for the record; similarities are computed from the vectors that the
    log keeps, so that they are exact. Records of the same conversation, later ones, and those that were rejected,
    merged or erased are left out.
    """
    by_words = searching.by_words(connection, new.text, POOL)
    known = records_by_id(connection, dict.fromkeys((*near, *by_words)))
    earlier = {name: one for name, one in known.items() if _may_be_linked(new, one)}
    vectors = vectors_of(connection, [new.id, *earlier], embedder)
    if new.id not in vectors:
        return []
    cosine = {name: float(vectors[new.id] @ vectors[name]) for name in earlier if name in vectors}
    nearest = sorted(cosine, key=lambda name: (-cosine[name], name))
    rare = [name for name in by_words if name in cosine][:BY_WORDS]
    chosen = list(dict.fromkeys((*nearest[: JUDGED - len(rare)], *rare, *nearest)))[:JUDGED]
    chosen.sort(key=lambda name: (-cosine[name], name))
    return [Candidate(side_of(earlier[name]), max(-1.0, min(1.0, cosine[name]))) for name in chosen]


def side_of(record: LogRecord) -> Side:
    """A record as a judge sees it."""
    return Side(
        id=record.id,
        type=record.type,
        text=record.text,
        conversation=record.conversation,
        status=record.status,
        topic=getattr(record.record, "topic", None),
        said_on=record.said_on,
        owners=record.owners,
        decided_by=record.deciders,
        due=record.due,
        quotes=tuple(
            Quote(quote.role, record.people.get(quote.speaker or ""), quote.quote) for quote in record.record.evidence
        ),
        title=record.title,
        series=str(record.series) if record.series is not None else None,
        state=record.state,
    )


def _may_be_linked(new: LogRecord, other: LogRecord) -> bool:
    gone = other.state in ("rejected", "merged") or other.erased_at is not None
    return other.seq < new.seq and other.conversation != new.conversation and not gone


def vectors_of(connection: Connection, names: Sequence[str], embedder: str) -> dict[str, NDArray[np.float32]]:
    """Vectors of records by their ids, of those that have one of this embedder."""
    table = tables.vectors
    wanted = select(table.c.record, table.c.vector).where(table.c.record.in_(names), table.c.embedder == embedder)
    return {row.record: np.frombuffer(row.vector, dtype="<f4") for row in connection.execute(wanted)}
