"""What is wrong with a dataset beyond its schema: everything that would make a score mean less than it says."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache
from typing import Final

from rapidfuzz.distance import OSA

from extractor.scoring.datasets import Dataset, Flaw
from extractor.scoring.labelled import SECTIONS, GoldEvidence, Labelled, Row, Section

NOTES: Final = ("problems", "conclusion")
"""Keys beside the types of record that public corpora have under ``gold``; they are not scored."""


def flaws_of(dataset: Dataset) -> list[Flaw]:
    """Every flaw, in the order of the dataset: rows that cannot be read, then what is wrong within and between rows."""
    found = list(dataset.flaws)
    for place, row in zip(dataset.places, dataset.rows, strict=True):
        found += [Flaw(f"{place} ({row.id})", what) for what in _flaws_of_row(row)]
    counts = Counter(row.id for row in dataset.rows)
    found += [Flaw(dataset.name, f"the id {one!r} stands {n} times") for one, n in counts.items() if n > 1]
    found += [Flaw(dataset.name, what) for what in _split_flaws(dataset)]
    return found


def remarks_of(dataset: Dataset) -> list[Flaw]:
    """What is odd and may be right all the same: names of people who do not occur, and types complete nowhere."""
    found = []
    for place, row in zip(dataset.places, dataset.rows, strict=True):
        found += [Flaw(f"{place} ({row.id})", what) for what in _strangers(row)]
    complete = {name for row in dataset.rows for name in row.complete}
    open_ended = [name for name in SECTIONS if name not in complete and any(row.labels(name) for row in dataset.rows)]
    if dataset.rows and not complete.intersection(SECTIONS):
        found.append(Flaw(dataset.name, 'no row names a type in "complete", so precision cannot be measured'))
    elif open_ended:
        named = ", ".join(open_ended)
        found.append(Flaw(dataset.name, f'no row names {named} in "complete", so its precision cannot be measured'))
    return found


def _strangers(row: Labelled) -> Iterator[str]:
    """Owners and deciders who neither speak, nor are present, nor are named in what is said."""
    talk = row.conversation
    labels = [turn.speaker for turn in talk.turns if turn.speaker]
    quoted = [quote.author for turn in talk.turns for quote in turn.quotes if quote.author]
    reacting = [person for turn in talk.turns for reaction in turn.reactions for person in reaction.people]
    full = talk.people.values() if isinstance(talk.people, dict) else ()
    known = {_words(name) for name in (*labels, *quoted, *reacting, *(talk.people or ()), *full)}
    text = _words(" ".join([talk.title, *(turn.text for turn in talk.turns)]))
    for section in SECTIONS:
        for number, record in enumerate(row.gold.of(section)):
            for name in dict.fromkeys((*(record.owner or ()), *(record.decided_by or ()))):
                words = _words(name)
                if words and words not in known and not re.search(rf"(?<!\w){re.escape(words)}(?!\w)", text):
                    yield f"{section}[{number}] names {name!r}, who neither speaks, is present, nor is mentioned"


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
    yield from _key_flaws(row)
    for where, evidence in _evidence(row):
        yield from (f"{where}: {what}" for what in _evidence_flaws(row, evidence))
    for section in SECTIONS:
        yield from _record_flaws(row, section)
    yield from _gaps(row)


def _gaps(row: Labelled) -> Iterator[str]:
    """What single records lack that the others of the row have; evidence that was annotated may be empty."""
    undecided = [number for number, one in enumerate(row.gold.decisions) if one.status is None]
    if len(undecided) < len(row.gold.decisions):
        yield from (f"decisions[{number}] has no status, and others have one" for number in undecided)
    records = [(f"{name}[{n}]", one) for name in SECTIONS for n, one in enumerate(row.gold.of(name))]
    if not row.linked and any(one.evidence for _, one in records):
        yield from (f"{where} has no evidence, and others have some" for where, one in records if not one.evidence)


def _key_flaws(row: Labelled) -> Iterator[str]:
    """Keys that look like slips: notes of the maker's own may stand anywhere but among the types of record."""
    yield from _slips("the row", [row])
    yield from _slips("the conversation", [row.conversation])
    yield from _slips("turns", row.conversation.turns, compounds=True)
    others = ((f"other_annotators {name!r}", gold) for name, gold in row.other_annotators.items())
    for where, gold in (("gold", row.gold), *others):
        for key in gold.model_extra or ():
            if key not in NOTES:
                meant = _resembled(key, SECTIONS)
                remedy = f"is {meant!r} meant?" if meant else f"there are {', '.join(SECTIONS)}"
                yield f"{where} has {key!r}, which is no type of record; {remedy}"
        for section in SECTIONS:
            records = gold.of(section)
            yield from _slips(f"{where}: {section}", records, compounds=True)
            yield from _slips(f"{where}: evidence of {section}", [one for record in records for one in record.evidence])
            yield from _slips(f"{where}: due of {section}", [record.due for record in records if record.due])


def _slips(where: str, found: Iterable[Row], compounds: bool = False) -> Iterator[str]:
    """Keys that resemble a field, each once, with how often.

    With ``compounds`` also those that begin with the name of a field that is left out, as ``due_date`` for ``due``.
    """
    counts: Counter[tuple[str, str]] = Counter()
    for one in found:
        fields = tuple(type(one).model_fields)
        for key in one.model_extra or ():
            begun = next((name for name in fields if key.lower().startswith(f"{name}_")), None)
            left_out = compounds and begun not in one.model_fields_set
            meant = _resembled(key, fields) if begun is None else begun if left_out else None
            if meant:
                counts[key, meant] += 1
    for (key, meant), count in counts.items():
        times = f" {count:,} times" if count > 1 else ""
        yield f"{where}: the key {key!r} stands there{times}; is {meant!r} meant?"


@lru_cache(maxsize=1024)
def _resembled(key: str, names: tuple[str, ...]) -> str | None:
    """The name that ``key`` is up to case, underscores and one slip of the pen, two in names of six letters or more.

    Names of two letters resemble too much.
    """
    folded = _bare(key)
    distances = [(OSA.distance(folded, _bare(name)), name) for name in names if len(name) > 2]
    near = [(distance, name) for distance, name in distances if distance <= (2 if len(name) >= 6 else 1)]
    return min(near)[1] if near else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name.casefold())


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
    for text, count in Counter(_words(record.text) for record in records).items():
        if text and count > 1:
            yield f"{section} hold the same text {count} times"


def _words(text: str) -> str:
    return " ".join(text.casefold().split())
