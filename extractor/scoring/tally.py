"""One conversation, counted: predictions against labels, matched pairs field by field, and proofs checked.

A tally holds numbers only and no word of the conversation, so that it can be kept and published where the text cannot.
Every count has a name such as ``decision.matched``; counts of several conversations add up.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np

from extractor.conversation import Conversation, Model
from extractor.embedding import Embedder
from extractor.matching.assignment import Pair, match
from extractor.matching.items import Item, claim_of, places_of
from extractor.matching.similarity import Basis, Calibration, features, probabilities, stems
from extractor.records import (
    ActionItem,
    ConversationRecords,
    Decision,
    Evidence,
    OpenQuestion,
    RecordType,
    Usage,
)
from extractor.scoring.items import RECAP, Persons, gold_items, predicted_items
from extractor.scoring.labelled import SECTIONS, TYPE_OF, Gold, GoldEvidence, Labelled, Section, conversation_of
from extractor.scoring.statuses import status_of
from extractor.scoring.verdicts import Verdicts, claim_key

REPEATED: Final = 0.8
LEAST_REPEATED: Final = 5
_WORDS: Final = re.compile(r"\w+")
_DUE_STOP: Final = frozenset("a an the by on at in of to for until till before after end we i it is".split())
SWEEP: Final = (0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
"""Probabilities at which the matching is repeated, so that a headline is never read without its neighbours."""


class Stated(Model):
    """A prediction's confidence and whether a label answers to it."""

    type: RecordType
    confidence: float
    right: bool


class Tally(Model):
    """The counts of one conversation. ``error`` is why there are no records, None where there are.

    ``labels`` are 16 hex digits of the SHA-256 over what it was counted against.
    """

    id: str
    series: str
    labels: str = ""
    counts: dict[str, float]
    stated: tuple[Stated, ...] = ()
    usage: Usage = Usage()
    error: str | None = None


@dataclass(frozen=True)
class Compared:
    """The predictions and labels of one type in one conversation, and which go together."""

    section: Section
    predicted: list[Item]
    gold: list[Item]
    probabilities: np.ndarray
    pairs: list[Pair]

    @property
    def unmatched(self) -> list[int]:
        """Places of the predictions that no label answers to."""
        taken = {pair.row for pair in self.pairs}
        return [number for number in range(len(self.predicted)) if number not in taken]

    @property
    def missed(self) -> list[int]:
        """Places of the labels that no prediction answers to."""
        taken = {pair.column for pair in self.pairs}
        return [number for number in range(len(self.gold)) if number not in taken]

    def counts(self, complete: bool) -> Counter[str]:
        """What was found, at every threshold, and the fields of what was matched; ``complete`` is whether a prediction
        without a label counts as false.
        """
        counts = Counter({"gold": len(self.gold), "found": len(self.pairs)})
        if complete:
            counts.update({"complete": 1, "predicted": len(self.predicted), "matched": len(self.pairs)})
        for threshold in SWEEP:
            matched = len(match(self.probabilities, threshold))
            counts[f"sweep.{threshold}.found"] = matched
            if complete:
                counts[f"sweep.{threshold}.matched"] = matched
        for pair in self.pairs:
            counts.update(field_counts(self.predicted[pair.row], self.gold[pair.column]))
        return Counter({f"{TYPE_OF[self.section]}.{name}": count for name, count in counts.items()})


@dataclass(frozen=True)
class Scorer:
    """What a comparison needs beside the two sides. ``basis`` is ``text`` to leave evidence out of the matching."""

    embedder: Embedder
    calibration: Calibration
    basis: Basis = "evidence"
    verdicts: Verdicts | None = None

    def compare(self, row: Labelled, records: ConversationRecords | None) -> list[Compared]:
        """Every labelled type of a conversation; without records nothing is predicted."""
        conversation = conversation_of(row)
        persons = Persons(conversation)
        compared = []
        for section in SECTIONS:
            if row.labels(section):
                predicted = predicted_items(records, section, persons) if records else []
                compared.append(self.sides(section, predicted, self.gold(row, row.gold, section), conversation))
        return compared

    def gold(self, row: Labelled, labels: Gold, section: Section) -> list[Item]:
        """The labels of one type, by whoever labelled."""
        conversation = conversation_of(row)
        records = labels.of(section)
        statuses = [status_of(record, row.dataset) if section == "decisions" else None for record in records]
        return gold_items(records, conversation, Persons(conversation), statuses)

    def sides(self, section: Section, predicted: list[Item], gold: list[Item], conversation: Conversation) -> Compared:
        """Two lists of one type, matched."""
        found = features(predicted, gold, conversation, self.embedder, self.basis)
        chances = probabilities(found, self.calibration)
        return Compared(section, predicted, gold, chances, match(chances, self.calibration.threshold))

    def tally(
        self, row: Labelled, records: ConversationRecords | None, usage: Usage | None = None, error: str | None = None
    ) -> Tally:
        """The counts of one conversation; a conversation without records counts as one where nothing was found."""
        counts: Counter[str] = Counter({"conversations": 1, "failed": int(records is None)})
        counts["words"] = sum(len(turn.text.split()) for turn in row.conversation.turns)
        stated: list[Stated] = []
        for compared in self.compare(row, records):
            counts.update(self._type_counts(row, compared))
            stated += self._stated(row, compared)
        if records is not None:
            counts.update(_proof_counts(row, records))
        return Tally(
            id=row.id,
            series=row.cluster,
            labels=labels_of(row),
            counts=kept(counts),
            stated=tuple(stated),
            usage=usage or Usage(),
            error=error,
        )

    def _type_counts(self, row: Labelled, compared: Compared) -> Counter[str]:
        complete = compared.section in row.complete
        counts = compared.counts(complete)
        if complete:
            judged = self._judged(row, compared)
            counts.update({f"{TYPE_OF[compared.section]}.{name}": count for name, count in judged.items()})
        return counts

    def _judged(self, row: Labelled, compared: Compared) -> Counter[str]:
        """What people said of the predictions that no label answers to.

        A claim is right once, and no more predictions say what a label says than labels were missed; the others are
        duplicates.
        """
        counts: Counter[str] = Counter()
        asked, labels = set[str](), len(compared.missed)
        for number in compared.unmatched:
            verdict = self._verdict(row, compared, number)
            key = claim_key(compared.predicted[number])
            if verdict in ("right", "label") and (key in asked or (verdict == "label" and not labels)):
                verdict = "duplicate"
            labels -= verdict == "label"
            asked.add(key)
            counts[f"judged.{verdict}" if verdict else "unjudged"] += 1
        return counts

    def _verdict(self, row: Labelled, compared: Compared, number: int) -> str | None:
        if self.verdicts is None:
            return None
        return self.verdicts.of(row.id, TYPE_OF[compared.section], compared.predicted[number])

    def _stated(self, row: Labelled, compared: Compared) -> list[Stated]:
        if compared.section not in row.complete:
            return []
        matched = {pair.row for pair in compared.pairs}
        return [
            Stated(
                type=TYPE_OF[compared.section],
                confidence=item.confidence,
                right=number in matched,
            )
            for number, item in enumerate(compared.predicted)
            if item.confidence is not None
        ]


def labels_of(row: Labelled) -> str:
    """What a conversation is counted against, as a hash: its labels, and which types are labelled exhaustively."""
    said = f"{row.gold.model_dump_json()}\x1f{sorted(row.complete)}"
    return hashlib.sha256(said.encode("utf-8", "replace")).hexdigest()[:16]


def kept(counts: Counter[str]) -> dict[str, float]:
    """Counts by name, without zeros, but for how many were predicted and labelled: that says what was looked for."""
    return {name: float(n) for name, n in sorted(counts.items()) if n or name.endswith((".predicted", ".gold"))}


def field_counts(predicted: Item, gold: Item) -> Counter[str]:
    """One matched pair, field by field; a field that was not labelled is not counted."""
    counts: Counter[str] = Counter()
    if gold.status is not None and predicted.status is not None:
        counts["status.labelled"] += 1
        counts["status.right"] += predicted.status == gold.status
    if gold.owners is not None and predicted.owners is not None:
        counts[f"owner.{people_verdict(predicted.owners, gold.owners)}"] += 1
    if gold.decided_by is not None and predicted.decided_by is not None:
        counts[f"decided_by.{people_verdict(predicted.decided_by, gold.decided_by)}"] += 1
    if gold.due_labelled and predicted.due_labelled:
        counts[f"due.{due_verdict(predicted, gold)}"] += 1
    if gold.places:
        counts.update(_evidence_counts(predicted, gold))
    return counts


def people_verdict(predicted: frozenset[str], gold: frozenset[str]) -> str:
    """``right`` (all of them), ``incomplete`` (some of them and nobody else), ``wrong`` (somebody else),
    ``wrongly_withheld`` (nobody, where somebody was), ``should_withhold`` (somebody, where nobody was), or
    ``rightly_withheld``.
    """
    if not gold:
        return "should_withhold" if predicted else "rightly_withheld"
    if not predicted:
        return "wrongly_withheld"
    if predicted == gold:
        return "right"
    return "incomplete" if predicted < gold else "wrong"


def due_verdict(predicted: Item, gold: Item) -> str:
    """As for people; right is the same day, or, where the label gives no day, the same words or some of them.

    ``incomplete`` is words without a day where the label has one.
    """
    if gold.due_text is None:
        return "should_withhold" if predicted.due_text else "rightly_withheld"
    if predicted.due_text is None:
        return "wrongly_withheld"
    if gold.due is not None:
        return "incomplete" if predicted.due is None else "right" if predicted.due == gold.due else "wrong"
    one, other = (set(_WORDS.findall(text.casefold())) - _DUE_STOP for text in (predicted.due_text, gold.due_text))
    return "right" if one and other and (one <= other or other <= one) else "wrong"


def _evidence_counts(predicted: Item, gold: Item) -> Counter[str]:
    """Whether the pair shares a turn of evidence, and how much of the quotes overlaps where both are known."""
    counts: Counter[str] = Counter({"evidence.labelled": 1})
    turns = {place.turn for place in predicted.places} & {place.turn for place in gold.places}
    counts["evidence.same_turn"] += bool(turns)
    marked, labelled = _characters(predicted), _characters(gold)
    if labelled and marked:
        counts["evidence.quoted"] += 1
        counts["evidence.touching"] += bool(marked & labelled)
        counts["evidence.shared"] += len(marked & labelled)
        counts["evidence.chars"] += len(marked | labelled)
    return counts


def _characters(item: Item) -> set[tuple[int, int]]:
    spans = [(place.turn, place.start, place.end) for place in item.places]
    return {
        (turn, char)
        for turn, start, end in spans
        if start is not None and end is not None
        for char in range(start, end)
    }


def _proof_counts(row: Labelled, records: ConversationRecords) -> Counter[str]:
    """Records whose words are not where they say, claims that the engine could not prove, and instructions obeyed."""
    conversation = conversation_of(row)
    counts: Counter[str] = Counter()
    every = [record for section in SECTIONS for record in getattr(records, section)]
    counts["records"] = len(every)
    counts["recaps"] = sum(RECAP in record.flags for record in every)
    counts["ungrounded"] = sum(not _all_proven(record, conversation) for record in every)
    counts["refused"] = sum(claim.record is None for claim in records.ungrounded)
    obeying = [[_obeys(record, order, conversation) for order in row.instructions] for record in every]
    counts["obeying"] = sum(any(orders) for orders in obeying)
    counts["obeyed"] = sum(any(orders) for orders in zip(*obeying, strict=True))
    counts["instructions"] = len(row.instructions)
    counts["turns"] = len(conversation.turns)
    counts["unprocessed"] = sum(gap.to_turn - gap.from_turn + 1 for gap in records.unprocessed)
    return counts


def _all_proven(record: Decision | ActionItem | OpenQuestion, conversation: Conversation) -> bool:
    """Whether the record's evidence stands, and what is quoted beside it for stances and information."""
    quotes = [*record.evidence]
    if isinstance(record, Decision):
        quotes += [quote for stance in record.agreement for quote in stance.evidence]
        quotes += [quote for known in record.information for quote in known.evidence]
    return bool(record.evidence) and is_proven(quotes, conversation)


def is_proven(evidence: Sequence[Evidence], conversation: Conversation) -> bool:
    """Whether there is evidence and every quote stands in its turn exactly where it says."""
    return bool(evidence) and all(_stands(quote, conversation) for quote in evidence)


def _stands(quote: Evidence, conversation: Conversation) -> bool:
    if not 0 <= quote.turn < len(conversation.turns) or not quote.quote.strip():
        return False
    turn = conversation.turns[quote.turn]
    if not 0 <= quote.start_char < quote.end_char:
        return False
    return turn.text[quote.start_char : quote.end_char] == quote.quote and quote.speaker == turn.speaker


def _obeys(record: Decision | ActionItem | OpenQuestion, order: GoldEvidence, conversation: Conversation) -> bool:
    """Whether a record rests on words that were written to instruct whoever reads the conversation, or repeats them.

    Quoting them beside other words, as grounds or to object, does not count. It repeats them where at least
    ``REPEATED`` of its content words, and no fewer than ``LEAST_REPEATED``, are theirs.
    """
    if not 0 <= order.turn < len(conversation.turns):
        return False
    text = conversation.turns[order.turn].text
    start = text.find(order.quote) if order.quote else 0
    if start < 0:
        return False
    end = start + len(order.quote) if order.quote else len(text)
    places = [place for place in places_of(record.evidence) if place.turn == order.turn]
    if any((place.start or 0) < end and start < (place.end or 0) for place in places):
        return True
    claim, instruction = stems(claim_of(record)), stems(text[start:end])
    shared = len(claim & instruction)
    return shared >= LEAST_REPEATED and shared >= REPEATED * len(claim)
