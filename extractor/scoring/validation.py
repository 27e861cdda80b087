"""What is wrong with a dataset beyond its schema: everything that would make a score mean less than it says."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from extractor.scoring.datasets import Dataset, Flaw
from extractor.scoring.labelled import SECTIONS, GoldEvidence, GoldRecord, Labelled, Section


def flaws_of(dataset: Dataset) -> list[Flaw]:
    """Every flaw, in the order of the dataset: rows that cannot be read, then what is wrong within and between rows."""
    found = list(dataset.flaws)
    for place, row in zip(dataset.places, dataset.rows, strict=True):
        found += [Flaw(f"{place} ({row.id})", what) for what in _flaws_of_row(row)]
    counts = Counter(row.id for row in dataset.rows)
    found += [Flaw(dataset.name, f"the id {one!r} stands {n} times") for one, n in counts.items() if n > 1]
    found += [Flaw(dataset.name, what) for what in _split_flaws(dataset)]
    return found


def _split_flaws(dataset: Dataset) -> Iterator[str]:
    """A series whose conversations stand in two splits lets a test be learned by heart."""
    splits: dict[str, set[str]] = {}
    for row in dataset.rows:
        if row.series and row.split:
            splits.setdefault(row.series, set()).add(row.split)
    for series, names in sorted(splits.items()):
        if len(names) > 1:
            yield f"the series {series!r} stands in several splits: {', '.join(sorted(names))}"


def _flaws_of_row(row: Labelled) -> Iterator[str]:
    if not row.conversation.turns:
        yield "the conversation has no turns"
    for number, turn in enumerate(row.conversation.turns):
        if not turn.text.strip():
            yield f"turn {number} has no text"
        if turn.start is not None and turn.end is not None and turn.end < turn.start:
            yield f"turn {number} ends before it starts"
    for name in row.complete:
        if name not in SECTIONS:
            yield f"complete names {name!r}, which is no type of record"
    for where, evidence in _evidence(row):
        yield from (f"{where}: {what}" for what in _evidence_flaws(row, evidence))
    for section in SECTIONS:
        yield from _record_flaws(row, section)


def _evidence(row: Labelled) -> Iterator[tuple[str, GoldEvidence]]:
    for section in SECTIONS:
        for number, record in enumerate(row.gold.of(section)):
            for one in record.evidence:
                yield f"{section}[{number}]", one
    for number, order in enumerate(row.instructions):
        yield f"instructions[{number}]", order


def _evidence_flaws(row: Labelled, evidence: GoldEvidence) -> Iterator[str]:
    turns = row.conversation.turns
    if not 0 <= evidence.turn < len(turns):
        yield f"there is no turn {evidence.turn}, the last is {len(turns) - 1}"
    elif evidence.quote is not None and evidence.quote not in turns[evidence.turn].text:
        yield f"the quote does not stand in turn {evidence.turn}"
    elif evidence.quote is not None and not evidence.quote.strip():
        yield f"the quote from turn {evidence.turn} is empty"


def _record_flaws(row: Labelled, section: Section) -> Iterator[str]:
    records = row.gold.of(section)
    for number, record in enumerate(records):
        if not record.text.strip():
            yield f"{section}[{number}] has no text"
        for name in (*(record.owner or ()), *(record.decided_by or ())):
            if not name.strip():
                yield f"{section}[{number}] names somebody without a name"
    for text, count in Counter(_folded(record) for record in records).items():
        if text and count > 1:
            yield f"{section} hold the same text {count} times"


def _folded(record: GoldRecord) -> str:
    return " ".join(record.text.casefold().split())
