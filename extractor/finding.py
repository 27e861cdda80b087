"""Records of the log that answer to words or a question: found by words and by meaning, joined by reciprocal rank.

The search by words needs nothing but the database; that by meaning the index, and does without where there is none.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.answering import Cited
from extractor.errors import IndexStoreError, UsageError
from extractor.index.model import storable
from extractor.linking.candidates import side_of
from extractor.log import searching, visibility
from extractor.log.store import Log
from extractor.log.views import LogRecord, links_of, records_by_id
from extractor.mirroring import Mirror
from extractor.records import RecordType, ReviewState

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.index import Passage, PassageIndex

STANDING: Final[tuple[ReviewState, ...]] = ("proposed", "approved")
POOL: Final = 60
"""Records that each search hands on, at least; more where many are asked for."""
NEAR: Final = 0.25
"""Cosine below which a record that has none of the words is not taken for an answer.

With the shipped embedder and the 14 questions of ``evals/answering`` over 168 labelled records, those that answer a
question have 0.56 or more, and 90 % of the others less than this.
"""
RECORDS: Final = 10
PASSAGES: Final = 2
"""What a question is answered from; as measured in ``evals/results/answering.json``."""


@dataclass(frozen=True)
class Hit:
    """A record that was found. ``score`` orders the hits; ``words`` is its place among those found by their words,
    from 1, ``similarity`` the cosine of its claim to the question; None where it was not found that way.
    """

    record: LogRecord
    score: float
    words: int | None
    similarity: float | None


@dataclass(frozen=True)
class Found:
    """What a search found, best first. ``problem`` is why it was not by meaning too, None where it was."""

    hits: tuple[Hit, ...]
    problem: str | None = None


def find_records(
    mirror: Mirror,
    question: str,
    limit: int,
    *,
    states: Sequence[ReviewState] = STANDING,
    types: Sequence[RecordType] | None = None,
    viewer: int | str | None = None,
) -> Found:
    """The records that best answer to a question, at most ``limit``, those in one of ``states`` and ``types`` only, and
    of those the ones that ``viewer`` may see, by number or name; None sees all.

    Raises UsageError for a question without a word.
    """
    if not searching.telling_words(question):
        raise UsageError("There is no word in the question.", "Ask with at least one word.")
    pool = max(POOL, 4 * limit)
    near, problem = _by_meaning(mirror, question, pool, types)
    with _seen(mirror, viewer).read() as connection:
        by_words = searching.by_words(connection, question, pool, any_rank=True)
        places = {name: place for place, name in enumerate(by_words, 1)}
        meant = [name for name in near if near[name] >= NEAR or name in places]
        scores = searching.fused((by_words, meant))
        known = records_by_id(connection, scores)
    hits = [
        Hit(record, scores[name], places.get(name), near.get(name))
        for name, record in known.items()
        if record.state in states and record.erased_at is None and (types is None or record.type in types)
    ]
    return Found(tuple(hits[:limit]), problem)


def find_passages(
    mirror: Mirror, question: str, limit: int, viewer: int | str | None = None
) -> tuple[list[Passage], str | None]:
    """The passages of conversations that best answer to a question, and why there are none where they cannot be had."""
    try:
        return passages_seen(mirror.passages, question, limit, mirror.log, viewer), None
    except IndexStoreError as error:
        return [], str(error)


def passages_seen(
    index: PassageIndex, question: str, limit: int, log: Log | None, viewer: int | str | None
) -> list[Passage]:
    """The passages that best answer to a question, those aside that the viewer may not see; without a log there are
    none such.

    Raises what the index raises.
    """
    hidden = _hidden(log, viewer) if log is not None and viewer is not None else set()
    asked = limit
    while True:
        found = index.search(question, asked)
        seen = [passage for passage in found if passage.conversation_id not in hidden]
        if len(seen) >= limit or len(found) < asked:
            return seen[:limit]
        asked *= 4


def evidence_for(mirror: Mirror, question: str, viewer: int | str | None = None) -> tuple[list[Cited], list[str]]:
    """What the log has to answer a question from, records before passages, each best first; and what was not searched.

    ``viewer`` as for ``find_records``. Raises UsageError for a question without a word.
    """
    found = find_records(mirror, question, RECORDS, viewer=viewer)
    passages, problem = find_passages(mirror, question, PASSAGES, viewer)
    with _seen(mirror, viewer).read() as connection:
        records = cited(connection, [hit.record for hit in found.hits])
    near = [passage for passage in passages if passage.score >= NEAR]
    problems = [reason for reason in (found.problem, problem) if reason]
    return [*records, *map(cited_passage, near)], list(dict.fromkeys(problems))


def cited(connection: Connection, records: Sequence[LogRecord]) -> list[Cited]:
    """Records as an answer may cite them, with what a person linked to them as taking their place or answering them."""
    links = [link for link in links_of(connection, [one.id for one in records]) if link.state == "confirmed"]

    def by(record: LogRecord, kind: str) -> tuple[str, ...]:
        return tuple(link.from_record for link in links if link.kind == kind and link.to_record == record.id)

    return [_cited(record, by) for record in records]


def _cited(record: LogRecord, by: Callable[[LogRecord, str], tuple[str, ...]]) -> Cited:
    side = side_of(record)
    return Cited(
        id=record.id,
        kind="record",
        text=side.text,
        type=side.type,
        status=side.status,
        state=record.state,
        said_on=side.said_on,
        title=side.title,
        topic=side.topic,
        owners=side.owners,
        decided_by=side.decided_by,
        due=side.due,
        superseded_by=by(record, "supersedes"),
        answered_by=by(record, "answers"),
        quotes=side.quotes,
    )


def cited_passage(passage: Passage) -> Cited:
    """A passage as an answer may cite it; its id is its conversation's with the turn that it begins with."""
    return Cited(f"{passage.conversation_id}#{passage.from_turn}", "passage", passage.text, title=passage.title)


def _seen(mirror: Mirror, viewer: int | str | None) -> Log:
    return mirror.log if viewer is None else mirror.log.seen_by(viewer)


def _hidden(log: Log, viewer: int | str) -> set[str]:
    with Log(log.database, log.clock).read() as connection:
        number = visibility.person_numbered(connection, viewer) if isinstance(viewer, str) else viewer
        return {storable(one) for one in visibility.hidden_from(connection, number)}


def _by_meaning(
    mirror: Mirror, question: str, pool: int, types: Iterable[RecordType] | None
) -> tuple[Mapping[str, float], str | None]:
    """Ids with their similarity, best first, and why there are none where the index cannot be used."""
    if not mirror.records.exists:
        return {}, "There is no index of records yet; `decisions index rebuild` makes it."
    try:
        vectors = mirror.embedder.embed([question])
        hits = mirror.records.nearest(vectors, pool, list(types) if types is not None else None)
    except IndexStoreError as error:
        return {}, str(error)
    return dict(hits[0]), None
