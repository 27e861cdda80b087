"""What engines made of our examples, and one engine's records held against another's as the log would."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, partial

from scoring.oracle import EXAMPLES, examples, oracle, quick_scorer

from extractor.engines.local.engine import LocalEngine
from extractor.matching.identity import Known, Record, same_records, type_of
from extractor.matching.items import claim_of, places_of
from extractor.records import ConversationRecords, Evidence
from extractor.scoring.answers import REPLAY_KEY, serving
from extractor.scoring.baselines import engine_named
from extractor.scoring.datasets import read_dataset
from extractor.scoring.items import Persons, predicted_items
from extractor.scoring.labelled import SECTIONS, Labelled, conversation_of
from extractor.scoring.running import run
from extractor.settings import Settings

Read = Mapping[str, ConversationRecords]


@cache
def part(name: str) -> tuple[Labelled, ...]:
    return tuple(read_dataset(EXAMPLES).part(name))


@cache
def read_by(engine: str, half: str) -> Read:
    """The records of one half: of ``labels``, of ``local``, or of recorded answers (``openai``, ``plain``; test)."""
    rows = part(half)
    if engine == "labels":
        return {row.id: oracle(row) for row in rows}
    if engine == "local":
        results = list(run(rows, LocalEngine))
    else:
        with serving(EXAMPLES.parent / "answers") as address:
            make = partial(engine_named, f"{engine}:reader", Settings(), base_url=address, api_key=REPLAY_KEY)
            results = list(run(rows, make))
    assert not [result.error for result in results if result.error]
    return {result.id: result.records for result in results if result.records}


def every(records: ConversationRecords) -> list[Record]:
    return [*records.decisions, *records.action_items, *records.open_questions]


def known(record: Record, *former: str) -> Known:
    """A record as the log has it, with the words it had before."""
    return Known(record.id, type_of(record), (claim_of(record), *former), places_of(record.evidence))


@dataclass
class Reread:
    """Counts over all conversations; ``apart`` and ``doubled`` hold both sides' words.

    ``labelled``: records found whose label has a known record too. ``doubled``: those that were not matched.
    ``apart``: matched records with two different labels.
    """

    matched: int = 0
    labelled: int = 0
    doubled: tuple[tuple[str, str], ...] = ()
    apart: tuple[tuple[str, str], ...] = ()


def reread(first: str, second: str, half: str) -> Reread:
    """What the ``second`` engine finds, matched to the records of the ``first``."""
    total = Reread()
    for row in part(half):
        before, after = every(read_by(first, half)[row.id]), every(read_by(second, half)[row.id])
        pairs = same_records([known(record) for record in before], after, conversation_of(row), quick_scorer().embedder)
        labels, others = _labels(row, read_by(first, half)[row.id]), _labels(row, read_by(second, half)[row.id])
        partners = {new: old for old, new, _ in pairs}
        bearers = {label: place for place, label in labels.items()}
        both = [(bearers[label], place) for place, label in others.items() if label in bearers]
        total.matched += len(pairs)
        total.labelled += len(both)
        total.doubled += tuple(_words(before[old], after[new]) for old, new in both if new not in partners)
        total.apart += tuple(
            _words(before[old], after[new])
            for old, new, _ in pairs
            if old in labels and new in others and labels[old] != others[new]
        )
    return total


def _words(one: Record, other: Record) -> tuple[str, str]:
    return claim_of(one), claim_of(other)


def _labels(row: Labelled, records: ConversationRecords) -> dict[int, tuple[str, int]]:
    """The label of each record that has one, by the scorer."""
    scorer, conversation = quick_scorer(), conversation_of(row)
    places = {record.id: place for place, record in enumerate(every(records))}
    found: dict[int, tuple[str, int]] = {}
    for section in SECTIONS:
        items = predicted_items(records, section, Persons(conversation))
        sides = scorer.sides(section, items, scorer.gold(row, row.gold, section), conversation)
        found |= {places[items[pair.row].id]: (section, pair.column) for pair in sides.pairs}
    return found


@dataclass(frozen=True)
class Judged:
    """One conversation's records of a language model, its labels, and which pairs were judged the same or not."""

    row: Labelled
    written: tuple[Record, ...]
    labels: tuple[Record, ...]
    same: dict[tuple[int, int], bool]


def judged() -> list[Judged]:
    """The judged pairs of the train half (``evals/matching/own.jsonl``), by conversation and type."""
    groups: dict[tuple[str, str], list[dict]] = defaultdict(list)
    for line in (EXAMPLES.parent / "matching" / "own.jsonl").read_text(encoding="utf-8").splitlines():
        pair = json.loads(line)
        groups[pair["conversation"], pair["type"]].append(pair)
    rows = {row.id: row for row in examples()}
    return [_group(rows[name], kind, pairs) for (name, kind), pairs in groups.items()]


def _group(row: Labelled, kind: str, pairs: Sequence[dict]) -> Judged:
    labels = tuple(record for record in every(oracle(row)) if type_of(record) == kind)
    numbers = {claim_of(label): number for number, label in enumerate(labels)}
    written: dict[tuple[str, ...], Record] = {}
    same: dict[tuple[int, int], bool] = {}
    for pair in pairs:
        side = pair["a"]
        key = (side["says"], *side["evidence"])
        field = {"decision": "statement", "action_item": "task", "open_question": "question"}[kind]
        evidence = tuple(_quote(line, row) for line in side["evidence"])
        update = {"id": f"x{len(written)}", field: side["says"], "evidence": evidence}
        written.setdefault(key, labels[0].model_copy(update=update))
        same[list(written).index(key), numbers[pair["b"]["says"]]] = pair["judges"][0]
    return Judged(row, tuple(written.values()), labels, same)


def _quote(line: str, row: Labelled) -> Evidence:
    """``[turn] Speaker: words``, the words cut off at some length."""
    turn = int(line[1 : line.index("]")])
    words = line.split(": ", 1)[1].strip()
    start = row.conversation.turns[turn].text.index(words[:150])
    return Evidence(role="accepted", turn=turn, quote=words, start_char=start, end_char=start + len(words))
