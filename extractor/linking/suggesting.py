"""Suggesting links: what is new in the log is judged against what was there, in the order it came.

What waits for it stands in the log's outbox, so a process that is killed leaves the rest to the next. Every link is a
suggestion; nothing else in the log changes by it.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

import numpy as np

from extractor.errors import EngineError, EngineRateLimitError, EngineServerError, EngineTimeoutError
from extractor.index import RecordIndex, RecordSession
from extractor.linking.candidates import POOL, candidates, side_of, vectors_of
from extractor.linking.sides import Judge, Judged
from extractor.log import linked, outbox
from extractor.log.views import records_by_id
from extractor.records import LinkKind

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from extractor.log.outbox import Due
    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

AT_ONCE: Final = 50
"""Records that are judged between two commits, where judging is quick; a model's answers are kept one by one."""
IN_A_ROW: Final = 3
"""Records over which the judge's server may fail, one after the other, until the rest are left for the next run."""
_OF_THE_SERVER: Final = (EngineRateLimitError, EngineServerError, EngineTimeoutError)


@dataclass
class Suggested:
    """What was done: records judged, links suggested by kind, and what could not be judged and why.

    ``in_a_row`` is over how many records the judge's server failed since it last answered.
    """

    judged: int = 0
    links: Counter[LinkKind] = field(default_factory=Counter)
    unjudged: list[tuple[str, str]] = field(default_factory=list)
    in_a_row: int = 0


def suggest_links(
    log: Log,
    judge: Judge,
    index: RecordIndex,
    embedder: str,
    progress: Callable[[int, int], None] | None = None,
) -> Suggested:
    """Judges every record that waits for it; the index must be up to date.

    A record that a judge could not get through stays waiting, and is named; where its server fails over several in a
    row, the rest are counted and wait too. Raises EngineError where the judge cannot work at all.
    """
    result = Suggested()
    skipped: set[str] = set()
    with log.read() as connection:
        total = outbox.pending(connection, "linking")
    if not total:
        return result
    with index.session() as session:
        while True:
            with log.read() as connection:
                limit = len(skipped) + (1 if judge.leaves_machine else AT_ONCE)
                dues = [due for due in outbox.waiting(connection, "linking", limit) if due.subject not in skipped]
            if not dues:
                return result
            skipped |= _judge(log, judge, session, embedder, dues, result)
            if progress is not None:
                progress(result.judged, total)
            left = total - result.judged - len(skipped)
            if result.in_a_row >= IN_A_ROW and left > 0:
                result.unjudged.append((f"{left} more", result.unjudged[-1][1]))
                return result


def _judge(
    log: Log, judge: Judge, index: RecordSession, embedder: str, dues: Sequence[Due], result: Suggested
) -> set[str]:
    """Judges some records and commits what was found; returns those that could not be judged."""
    with log.read() as connection:
        vectors = vectors_of(connection, [due.subject for due in dues], embedder)
    known = [due.subject for due in dues if due.subject in vectors]
    near = dict(zip(known, _nearest(index, [vectors[name] for name in known]), strict=True))
    found: dict[str, list[Judged]] = {}
    failed: set[str] = set()
    with log.read() as connection:
        for name, new in records_by_id(connection, known).items():
            chosen = [] if new.state in ("rejected", "merged") else candidates(connection, new, near[name], embedder)
            if not chosen:
                continue
            try:
                found[name] = judge.judge(
                    side_of(new), [one.side for one in chosen], [one.similarity for one in chosen]
                )
            except EngineError as error:
                if error.terminal:
                    raise
                result.unjudged.append((name, error.what))
                failed.add(name)
                result.in_a_row += isinstance(error, _OF_THE_SERVER)
            else:
                result.in_a_row = 0
    with log.write() as tx:
        for name, links in found.items():
            for link in links:
                _suggest(tx, name, link, f"{judge.name}/{judge.version}", result)
        outbox.done(tx, [due for due in dues if due.subject not in failed])
    result.judged += len(dues) - len(failed)
    return failed


def _suggest(tx: Transaction, name: str, link: Judged, judge: str, result: Suggested) -> None:
    new = linked.suggest(
        tx,
        name,
        link.earlier.id,
        link.kind,
        confidence=round(link.confidence, 4),
        judge=judge,
        from_quote=link.from_quote,
        to_quote=link.to_quote,
    )
    result.links[link.kind] += new


def _nearest(index: RecordSession, vectors: Sequence[NDArray[np.float32]]) -> list[list[str]]:
    if not vectors:
        return []
    return [[name for name, _ in hits] for hits in index.nearest(np.stack(vectors), POOL)]
