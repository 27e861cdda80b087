"""What reviewers said of records, and how far they agree where two of them judged the same one.

It is no blind test: who comes second sees what the first one said. So agreement is an upper bound of what two who do
not know of each other would reach.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from statistics import NormalDist
from typing import TYPE_CHECKING, Any, Final, Literal, TypeAlias

from sqlalchemy import and_, select

from extractor.log import tables, views
from extractor.log.transaction import MACHINE, person_of

if TYPE_CHECKING:
    from sqlalchemy import Connection, Row

Word = Literal["right", "reworded", "wrong"]
"""What a person says of what an engine found: it holds as the engine words it, in other words, or not at all."""
_HOLDING: Final = frozenset({"approve", "add", "edit", "split", "split off", "accept revision"})
_REFUSING: Final = frozenset({"reject", "merge"})
_Verdict: TypeAlias = tuple[str, str, int | None]
"""What was done, by which actor, with which version."""
_BULK: Final = '"bulk":true'


@dataclass(frozen=True)
class Judged:
    """A record that people have judged one by one; approvals in bulk are no judgements.

    ``words`` is the last word of each person, by their number. ``as_found`` is whether it stands as an engine worded
    it. ``confidence`` is a probability, None where the engine gives none.
    """

    record: str
    conversation: str
    engine: str
    state: str
    confidence: float | None
    as_found: bool
    words: Mapping[int, Word]


@dataclass(frozen=True)
class Kappa:
    """Cohen's kappa of two reviewers over the ``both`` records that both judged; None where it is not defined."""

    one: str
    other: str
    both: int
    value: float | None


@dataclass(frozen=True)
class Agreement:
    """Of ``both`` records that two reviewers or more judged, in ``agreed`` they all said the same."""

    agreed: int
    both: int
    kappas: tuple[Kappa, ...] = ()

    @property
    def share(self) -> float | None:
        return self.agreed / self.both if self.both else None


def judged_records(connection: Connection, conversations: Sequence[str] | None = None) -> list[Judged]:
    """Records that people have judged and that have words, in the order of their entry."""
    verdicts = _verdicts(connection)
    found: list[Judged] = []
    for batch in views.batches(verdicts):
        table = tables.records
        wanted = select(table).where(table.c.id.in_(batch), table.c.erased_at.is_(None))
        if conversations is not None:
            wanted = wanted.where(table.c.conversation.in_(conversations))
        rows = connection.execute(wanted.order_by(table.c.seq)).all()
        changed = _reworded(connection, [row.id for row in rows])
        found += (_judged(row, verdicts[row.id], changed[row.id]) for row in rows)
    return [one for one in found if one.words]


def agreement_of(judged: Iterable[Judged], names: Mapping[int, str]) -> Agreement:
    """How far reviewers agree; ``names`` are people's by their numbers."""
    both = [one.words for one in judged if len(one.words) > 1]
    pairs = defaultdict[tuple[int, int], list[tuple[Word, Word]]](list)
    for words in both:
        for one, other in combinations(sorted(words), 2):
            pairs[one, other].append((words[one], words[other]))
    kappas = tuple(
        Kappa(names.get(one, "somebody"), names.get(other, "somebody"), len(said), kappa(said))
        for (one, other), said in sorted(pairs.items())
    )
    return Agreement(sum(len(set(words.values())) == 1 for words in both), len(both), kappas)


def kappa(pairs: Sequence[tuple[str, str]]) -> float | None:
    """Agreement beyond chance: (p_o - p_e) / (1 - p_e), Cohen, Educational and Psychological Measurement 20 (1960) 37.

    None where chance alone agrees always: both said one and the same of everything, or there is nothing.
    """
    total = len(pairs)
    if not total:
        return None
    observed = sum(one == other for one, other in pairs)
    first, second = (Counter(side) for side in zip(*pairs, strict=True))
    by_chance = sum(first[word] * second[word] for word in first)
    if by_chance == total * total:
        return None
    return (observed * total - by_chance) / (total * total - by_chance)


def lower_bound(hits: int, total: int, level: float = 0.95) -> float:
    """The lower end of Wilson's score interval of a share (JASA 22 (1927) 209); 0 where there is nothing."""
    if not total:
        return 0.0
    z = NormalDist().inv_cdf((1 + level) / 2)
    share, spread = hits / total, z * z / total
    middle = share + spread / 2
    return max((middle - z * math.sqrt(share * (1 - share) / total + spread / (4 * total))) / (1 + spread), 0.0)


def _verdicts(connection: Connection) -> dict[str, list[_Verdict]]:
    """Acts that say whether a record is right and that stand, by records, in order."""
    reviews, events = tables.reviews, tables.events
    wanted = (
        select(reviews.c.record, reviews.c.verdict, reviews.c.reviewer, reviews.c.version)
        .join(events, events.c.seq == reviews.c.seq)
        .where(reviews.c.verdict.in_((*_HOLDING, *_REFUSING, "reopen")), reviews.c.undone_by.is_(None))
        .where(~and_(reviews.c.verdict == "approve", events.c.payload.contains(_BULK, autoescape=True)))
        .order_by(reviews.c.seq)
    )
    found = defaultdict[str, list[_Verdict]](list)
    for record, verdict, reviewer, version in connection.execute(wanted):
        found[record].append((verdict, reviewer, version))
    return found


def _reworded(connection: Connection, records: Sequence[str]) -> dict[str, set[int]]:
    """For each record the versions in which it says something that no engine said."""
    table = tables.versions
    by_people = select(table.c.record).where(table.c.record.in_(records), table.c.actor != MACHINE)
    wanted = select(table.c.record, table.c.version, table.c.actor, table.c.content)
    rows = connection.execute(wanted.where(table.c.record.in_(by_people))).all()
    by_machine = {(row.record, row.content) for row in rows if row.actor == MACHINE}
    found = defaultdict[str, set[int]](set)
    for row in rows:
        if (row.record, row.content) not in by_machine:
            found[row.record].add(row.version)
    return found


def _judged(row: Row[Any], verdicts: Iterable[_Verdict], reworded: set[int]) -> Judged:
    words: dict[int, Word] = {}
    for verdict, reviewer, version in verdicts:
        person = person_of(reviewer)
        if person is None:
            continue
        if verdict == "reopen":
            words.pop(person, None)
        elif verdict in _REFUSING:
            words[person] = "wrong"
        else:
            words[person] = "reworded" if version in reworded else "right"
    return Judged(
        record=row.id,
        conversation=row.conversation,
        engine=row.engine,
        state=row.state,
        confidence=row.confidence,
        as_found=row.version not in reworded,
        words=words,
    )
