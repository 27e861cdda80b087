"""Reviews as labels: conversations with what people let stand, in the format of every dataset.

Gold is what was approved, as it is worded now, and what people added because it had been missed. What they rejected
stands beside it under ``rejected``, with their reasons. Of every record ``review`` says how it came about. An approval
in bulk is no label, and nothing that was erased is in any row.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import select

from extractor.log import tables, views
from extractor.log.naming import people_names
from extractor.log.wording import BY_HAND
from extractor.records import ActionItem, Decision
from extractor.review.agreement import Agreement, Judged, agreement_of, judged_records
from extractor.scoring.labelled import SECTIONS, TYPE_OF, Labelled
from extractor.scoring.unlabelled import as_json, row_of

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.conversation import Conversation
    from extractor.log.views import LogRecord

DATASET: Final = "reviews"
_SECTION_OF: Final = {kind: section for section, kind in TYPE_OF.items()}


@dataclass
class Labels:
    """Rows of a dataset as JSON, ``counts`` of their records by what people said of them, and how far they agree.

    ``without_words`` counts conversations with reviews whose turns the log does not keep any more.
    """

    rows: list[dict[str, Any]] = field(default_factory=list)
    counts: Counter[str] = field(default_factory=Counter)
    agreement: Agreement = field(default_factory=lambda: Agreement(0, 0))
    without_words: int = 0


def labels_of(connection: Connection, conversations: Sequence[str] | None = None) -> Labels:
    """Labels from all reviews, or from those in these conversations, as the viewer of the connection sees them."""
    judged = judged_records(connection, conversations)
    found = Labels(agreement=agreement_of(judged, people_names(connection)))
    by_conversation = defaultdict[str, dict[str, Judged]](dict)
    for one in judged:
        by_conversation[one.conversation][one.record] = one
    for name, those in by_conversation.items():
        conversation = views.conversation_by_id(connection, name)
        if conversation is None or not conversation.turns:
            found.without_words += 1
            continue
        row = _row(connection, conversation, those)
        found.rows.append(row)
        found.counts.update(one["review"] for section in SECTIONS for one in row["gold"][section])
        found.counts.update(one["review"] for one in row["rejected"])
    return found


def _row(connection: Connection, conversation: Conversation, judged: Mapping[str, Judged]) -> dict[str, Any]:
    table = tables.records
    ids = select(table.c.id).where(table.c.conversation == conversation.id).order_by(table.c.seq)
    records = views.records_by_id(connection, connection.execute(ids).scalars().all())
    series = next((f"series-{one.series}" for one in records.values() if one.series is not None), "")
    blank = row_of(conversation, DATASET, series)
    labels = _labels(conversation, blank)
    gold: dict[str, list[dict[str, Any]]] = {section: [] for section in SECTIONS}
    unlabelled: set[str] = set()
    for one in records.values():
        section = _SECTION_OF[one.type]
        if one.id in judged and one.state == "approved" and _evidence(one):
            gold[section].append(_gold(one, _how(one, judged[one.id]), labels))
        elif one.state != "rejected" and one.merged_into not in records:
            unlabelled.add(section)
    complete = [section for section in SECTIONS if section not in unlabelled]
    refused = [one for one in records.values() if one.id in judged and _refused(one, records)]
    return as_json(blank) | {"gold": gold, "complete": complete, "rejected": list(_rejected(connection, refused))}


def _refused(record: LogRecord, records: Mapping[str, LogRecord]) -> bool:
    """Whether an engine should not have found it: what repeats an earlier conversation may be found here once more."""
    wrong = record.state == "rejected" or record.merged_into in records
    return wrong and record.engine != BY_HAND


def _how(record: LogRecord, judged: Judged) -> str:
    if record.engine == BY_HAND:
        return "missed"
    return "approved" if judged.as_found else "edited"


def _labels(conversation: Conversation, row: Labelled) -> dict[str, str]:
    """What people are called in the row, by their ids: as its speakers are, else by name."""
    names = {person.id: person.name for person in conversation.participants}
    spoken = zip(conversation.turns, row.conversation.turns, strict=True)
    return names | {said.speaker: turn.speaker for said, turn in spoken if said.speaker and turn.speaker}


def _gold(record: LogRecord, how: str, labels: Mapping[str, str]) -> dict[str, Any]:
    """A record as a label. A field that is empty was reviewed as empty."""
    said = record.record
    found: dict[str, Any] = {"text": record.text, "evidence": _evidence(record)}
    if isinstance(said, Decision):
        found["status"] = said.status
        found["decided_by"] = [labels.get(one, one) for one in said.decided_by]
    if isinstance(said, Decision | ActionItem):
        found["owner"] = [labels.get(one, one) for one in said.owners]
        found["due"] = said.due.model_dump(mode="json") if said.due else None
    return found | {"record": record.id, "review": how}


def _evidence(record: LogRecord) -> list[dict[str, Any]]:
    """The quotes that stand in the conversation as it is now."""
    return [
        quote.model_dump(mode="json", include={"turn", "quote", "role"})
        for number, quote in enumerate(record.record.evidence)
        if number not in record.lost_quotes
    ]


def _rejected(connection: Connection, refused: Sequence[LogRecord]) -> Iterator[dict[str, Any]]:
    """What an engine found and people refused, with their reasons."""
    table, reasons = tables.reviews, defaultdict[str, list[str]](list)
    for batch in views.batches(one.id for one in refused):
        wanted = select(table.c.record, table.c.comment).where(
            table.c.record.in_(batch), table.c.verdict.in_(("reject", "merge")), table.c.undone_by.is_(None)
        )
        for record, comment in connection.execute(wanted.order_by(table.c.seq)):
            if comment:
                reasons[record].append(comment)
    for one in refused:
        said = {"type": one.type, "text": one.text, "evidence": _evidence(one), "reasons": reasons[one.id]}
        yield said | {"record": one.id, "review": one.state}
