"""Predictions that no label answers to, laid before a person: labels are never complete, and people find true records.

A case shows what was predicted, its words in their context, and the nearest label. Cases go to a file and come back
with verdicts, or are judged one by one in a terminal; either way the verdicts are kept in one file of the run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from extractor.conversation import Conversation, Model
from extractor.errors import DatasetError
from extractor.records import Evidence, RecordType, Status
from extractor.scoring.labelled import TYPE_OF, Labelled, conversation_of
from extractor.scoring.runs import Result
from extractor.scoring.tally import Compared, Scorer
from extractor.scoring.verdicts import ANSWERS, Answer, Verdict, Verdicts, claim_key

CONTEXT: Final = 2
"""Turns shown before and after a quoted one."""


class Line(Model):
    """A turn of the context; ``start`` and ``end`` are the quoted span's code points in it, None where none is."""

    turn: int
    speaker: str | None
    text: str
    start: int | None = None
    end: int | None = None


class Nearest(Model):
    """The label most like the prediction; ``taken`` is whether another prediction was matched to it."""

    text: str
    probability: float
    taken: bool


class Case(Model):
    """A prediction to judge. ``verdict`` is None until somebody has judged it."""

    conversation: str
    title: str
    type: RecordType
    key: str
    claim: str
    status: Status | None = None
    confidence: float | None = None
    context: tuple[Line, ...]
    nearest: Nearest | None = None
    verdict: Answer | None = None


def cases(rows: Sequence[Labelled], results: Mapping[str, Result], by: Scorer) -> list[Case]:
    """Every prediction without a label, of the types that are labelled exhaustively, in the order of the dataset."""
    found = []
    for row in rows:
        result = results.get(row.id)
        if result is None or result.records is None:
            continue
        conversation = conversation_of(row)
        for compared in by.compare(row, result.records):
            if compared.section in row.complete:
                found += [_case(row, conversation, compared, number, by.verdicts) for number in compared.unmatched]
    return found


def sampled(found: Sequence[Case], size: int) -> list[Case]:
    """``size`` cases drawn by chance, the same every time; a larger draw holds a smaller one."""
    drawn = sorted(found, key=_lot)[:size]
    kept = {(case.conversation, case.type, case.key) for case in drawn}
    return [case for case in found if (case.conversation, case.type, case.key) in kept]


def _lot(case: Case) -> bytes:
    return hashlib.sha256(f"{case.conversation}\x1f{case.type}\x1f{case.key}".encode("utf-8", "replace")).digest()


def _case(
    row: Labelled, conversation: Conversation, compared: Compared, number: int, verdicts: Verdicts | None
) -> Case:
    item = compared.predicted[number]
    kind = TYPE_OF[compared.section]
    return Case(
        conversation=row.id,
        title=row.conversation.title,
        type=kind,
        key=claim_key(item),
        claim=item.text,
        status=item.status,
        confidence=item.confidence,
        context=context_of(item.evidence, conversation),
        nearest=nearest(compared, number),
        verdict=verdicts.of(row.id, kind, item) if verdicts else None,
    )


def nearest(compared: Compared, number: int) -> Nearest | None:
    """The label most like a prediction, None where there are no labels."""
    if not compared.gold:
        return None
    place = int(compared.probabilities[number].argmax())
    taken = any(pair.column == place for pair in compared.pairs)
    chance = float(compared.probabilities[number, place])
    return Nearest(text=compared.gold[place].text, probability=round(chance, 3), taken=taken)


def context_of(evidence: Iterable[Evidence], conversation: Conversation, around: int = CONTEXT) -> tuple[Line, ...]:
    """The quoted turns and ``around`` turns on each side, each once, in their order."""
    spans = {quote.turn: (quote.start_char, quote.end_char) for quote in evidence}
    last = len(conversation.turns) - 1
    shown = {near for turn in spans for near in range(max(0, turn - around), min(last, turn + around) + 1)}
    lines = []
    for number in sorted(shown):
        turn = conversation.turns[number]
        start, end = spans.get(number, (None, None))
        speaker = conversation.name_of(turn.speaker)
        lines.append(Line(turn=number, speaker=speaker, text=turn.text, start=start, end=end))
    return tuple(lines)


def judged(case: Case, answer: Answer, judge: str) -> Verdict:
    """A verdict on a case."""
    return Verdict(conversation=case.conversation, type=case.type, key=case.key, verdict=answer, judge=judge)


def as_lines(found: Iterable[Case]) -> str:
    """Cases as JSON lines, for somebody to fill in ``verdict``."""
    return "".join(case.model_dump_json() + "\n" for case in found)


def read_judged(path: Path, judge: str) -> tuple[list[Verdict], int]:
    """The verdicts in a file of cases, and how many cases have none yet. Raises DatasetError for anything else."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", "Name a file that --to wrote.") from None
    found = [_read(path, number, line) for number, line in enumerate(lines, 1) if line.strip()]
    return [judged(case, case.verdict, judge) for case in found if case.verdict], sum(not one.verdict for one in found)


def _read(path: Path, number: int, line: str) -> Case:
    try:
        return Case.model_validate_json(line)
    except ValidationError:
        remedy = f'"verdict" must be null or one of {", ".join(ANSWERS)}; leave the rest as it was written.'
        raise DatasetError(f"{path}, line {number} is no case with a verdict.", remedy) from None
