"""Labelled links as judges meet them: each record with the earlier ones that sound most like it, and the true kinds."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import Final

import numpy as np

from extractor.embedding import Embedder
from extractor.linking.sides import Quote, Side
from extractor.records import EvidenceRole
from extractor.scoring.labelled import SECTIONS, TYPE_OF, GoldRecord, Labelled, Section
from extractor.scoring.link_labels import LabelledKind, LinkLabels

NEAREST: Final = 8
"""How many earlier records are judged with a new one."""

_ROLE: Final[dict[Section, EvidenceRole]] = {
    "decisions": "accepted",
    "action_items": "owner",
    "open_questions": "raised",
}


@dataclass(frozen=True)
class LinkTask:
    """A new record and its candidates, the most alike first.

    ``similarities`` are cosines, one for each of ``earlier``; ``labels`` the judged kinds by the id of the earlier
    record, those that are no candidate too.
    """

    new: Side
    earlier: tuple[Side, ...]
    similarities: tuple[float, ...]
    labels: dict[str, LabelledKind]
    series: str

    def known(self, earlier: Side) -> bool:
        """Whether it is known how the new record stands to this one: it was labelled, or is of another series."""
        return earlier.id in self.labels or earlier.series != self.series


def link_tasks(labelled: LinkLabels, split: str, embedder: Embedder, nearest: int = NEAREST) -> list[LinkTask]:
    """A task for each record of a split that has a conversation of its series before it, in order of time.

    Its candidates are all earlier records, of its own series and of the others, narrowed to the ``nearest`` by cosine.
    """
    rows = sorted((row for row in labelled.conversations.values() if row.split == split), key=_when)
    sides = [side for row in rows for side in sides_of(row)]
    if not sides:
        return []
    vectors = embedder.embed([side.text for side in sides]).astype(np.float64)
    truth: dict[str, dict[str, LabelledKind]] = {}
    for label in labelled.part(split):
        truth.setdefault(_id(*label.later.key), {})[_id(*label.earlier.key)] = label.kind
    began = {row.id: _when(row) for row in rows}
    tasks = []
    for number, new in enumerate(sides):
        before = [at for at, side in enumerate(sides) if began[side.conversation] < began[new.conversation]]
        if not any(sides[at].series == new.series for at in before):
            continue
        cosines = vectors[before] @ vectors[number]
        best = np.argsort(-cosines, kind="stable")[:nearest]
        earlier = tuple(sides[before[at]] for at in best)
        tasks.append(LinkTask(new, earlier, tuple(map(float, cosines[best])), truth.get(new.id, {}), new.series or ""))
    return tasks


def sides_of(row: Labelled) -> list[Side]:
    """The labelled records of a conversation as judges see them."""
    return [
        _side(row, section, index, record) for section in SECTIONS for index, record in enumerate(row.gold.of(section))
    ]


def _side(row: Labelled, section: Section, index: int, record: GoldRecord) -> Side:
    talk = row.conversation
    quotes = tuple(
        Quote(one.role or _ROLE[section], talk.turns[one.turn].speaker, one.quote)
        for one in record.evidence
        if one.quote
    )
    start = talk.started_at
    return Side(
        id=_id(row.id, section, index),
        type=TYPE_OF[section],
        text=record.text,
        conversation=row.id,
        status=record.status,
        said_on=start.date() if isinstance(start, dt.datetime) else start,
        owners=record.owner or (),
        decided_by=record.decided_by or (),
        due=record.due.date if record.due else None,
        quotes=quotes,
        title=talk.title,
        series=row.series,
    )


def _id(conversation: str, section: Section, index: int) -> str:
    return f"{conversation}/{section}/{index}"


def _when(row: Labelled) -> tuple[dt.datetime, str]:
    start = row.conversation.started_at
    if isinstance(start, dt.datetime):
        return start.replace(tzinfo=None), row.id
    return (dt.datetime.combine(start, dt.time()) if start else dt.datetime.min), row.id
