"""Forty reviewed conversations, read again otherwise: every record on its row, every verdict as it was given."""

from __future__ import annotations

import os
from collections.abc import Sequence

import pytest
from kept import ENGINE, action, found, quote, talk
from log.reviewed import SEEN_FIRST, Bench, Counts, Reader, State, Subject, subjects
from scoring.oracle import quick_scorer

from extractor.conversation import Conversation
from extractor.log import intake, reviewing, views
from extractor.log.checking import verify
from extractor.log.intake import Outcome, Proposal, propose
from extractor.log.store import Log
from extractor.matching.identity import Known, Record, type_of
from extractor.records import ConversationRecords

SOAK = bool(os.environ.get("DECISIONS_SOAK"))
SAMPLED = 3
"""Of so many conversations one is read again, all forty in ``make soak``."""
WHOLE, BY_TEXT = State(), State(by_text=True)
PART = State(by_text=True, share=SEEN_FIRST)
MOVED = State(by_text=True, before=True)
Again = Sequence[tuple[State, Reader]]

SCENES: dict[str, tuple[State, Again]] = {
    "the other engine": (WHOLE, [(WHOLE, "engine")]),
    "a changed prompt": (WHOLE, [(WHOLE, "prompt")]),
    "a grown thread": (PART, [(BY_TEXT, "first")]),
    "renumbered turns": (BY_TEXT, [(MOVED, "first")]),
    "one after the other": (
        PART,
        [(PART, "engine"), (BY_TEXT, "prompt"), (MOVED, "engine"), (MOVED, "first"), (BY_TEXT, "prompt")],
    ),
}
KNOWN: dict[tuple[str, str], dict[str, int]] = {
    # One claim of the local engine quotes a turn that promises two things, each a label.
    ("the other engine", "test"): {"merged": 1},
    # "I don't know if X fits in there at all", as a record of its own, is not seen to be the question about X.
    ("a changed prompt", "train"): {"doubled": 1},
    # What one prompt words as one decision and the other as two; the scorer gives the one now this label, now that.
    ("a changed prompt", "test"): {"merged": 1},
    ("one after the other", "test"): {"merged": 4, "doubled": 2},
}
"""What is left, read by eye; everything else is 0."""


def measured(log: Log, scene: str, some: Sequence[Subject]) -> dict[str, Counts]:
    """The counts of each half."""
    first, again = SCENES[scene]
    benches = {half: Bench(log) for half in ("train", "test")}
    for subject in some:
        bench = benches[subject.row.split]
        bench.read_first(subject, first)
        for state, reader in again:
            bench.read_again(subject, state, reader)
    return {half: bench.counts for half, bench in benches.items()}


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
@pytest.mark.parametrize("scene", SCENES)
def test_what_was_reviewed_is_found_again_and_stays_as_it_was_reviewed(log: Log, scene: str) -> None:
    some = subjects() if SOAK else subjects()[::SAMPLED]
    found = measured(log, scene, some)
    assert sum(counts.conversations for counts in found.values()) == len(some)
    for half, counts in found.items():
        print(f"{scene}, {half}: {counts}")
        left = KNOWN.get((scene, half), {})
        assert not counts.overwritten
        assert not counts.returned
        assert len(counts.doubled) <= left.get("doubled", 0), counts.doubled
        assert len(counts.merged) <= left.get("merged", 0), counts.merged
        assert min(counts.reviewed.values()) > (10 if SOAK else 1)
        assert counts.both_labelled > (10 if SOAK else 1)
    assert verify(log).ok


def test_a_rejected_sentence_does_not_hide_the_same_one_about_another_thing(log: Log) -> None:
    lines = ("Ada Quist: I will write to the office about the ladder by Friday.", "Bo Tarn: Good.")
    grown = talk(*lines, "Ada Quist: I will write to the office about the trumpet by Friday.")
    ladder, trumpet = (
        found(grown, action(grown, grown.turns[turn].text, quote(grown, turn, grown.turns[turn].text)))
        for turn in (0, 2)
    )
    (first,) = taken_in(log, talk(*lines), ladder).new
    with log.write("Odile Brandt") as tx:
        reviewing.reject(tx, first)
    again = taken_in(log, grown, trumpet)
    assert len(again.new) == 1
    assert not taken_in(log, grown, ladder).new, "what was rejected stays so"
    with log.read() as connection:
        states = {name: one.state for name, one in views.records_by_id(connection, [first, *again.new]).items()}
    assert states == {first: "rejected", again.new[0]: "proposed"}


def taken_in(log: Log, conversation: Conversation, records: ConversationRecords) -> Outcome:
    with log.write() as tx:
        return propose(tx, Proposal(conversation, records, ENGINE, "folder:m-1.vtt"), quick_scorer().embedder)


@pytest.mark.parametrize("log_url", ["postgresql"], indirect=True)
def test_the_same_holds_in_postgresql(log: Log) -> None:
    found = measured(log, "one after the other", subjects()[4:7])["test"]
    assert found.conversations == 3
    assert found.both_labelled > 30
    assert [found.overwritten, found.returned, found.doubled, found.merged] == [[]] * 4
    assert verify(log).ok


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
def test_the_same_engine_finds_every_record_again_and_suggests_nothing(log: Log) -> None:
    for scene in ("a grown thread", "renumbered turns"):
        counts = measured(log, scene, subjects()[:6])["test"]
        assert counts.found == counts.matched + counts.new
        assert counts.new == (0 if scene == "renumbered turns" else counts.found - counts.reviewed.total())
        assert counts.suggested == counts.reworded == 0


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
def test_the_bench_sees_what_a_log_without_identity_would_do(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("log.reviewed.same_records", lambda *_: [])
    counts = measured(log, "a changed prompt", subjects()[:6])["test"]
    live = counts.reviewed["approve"] + counts.reviewed["edit"]
    assert len(counts.doubled) > live / 2
    assert len(counts.returned) > counts.reviewed["reject"] / 2


def crossed(known: Sequence[Known], found: Sequence[Record], *_: object) -> list[tuple[int, int, float]]:
    """Every record on the row of another one of its type."""
    pairs = []
    for kind in {one.type for one in known}:
        rows = [place for place, one in enumerate(known) if one.type == kind]
        columns = [place for place, one in enumerate(found) if type_of(one) == kind]
        pairs += [(row, column, 1.0) for row, column in zip(rows, reversed(columns), strict=False)]
    return pairs


@pytest.mark.parametrize("log_url", ["sqlite"], indirect=True)
def test_the_bench_sees_edits_that_are_overwritten_and_records_that_are_merged(
    log: Log, monkeypatch: pytest.MonkeyPatch
) -> None:
    def as_if_untouched(work: intake._Intake, known: views.LogRecord, record: views.Record, _: list[str]) -> None:
        intake.rows.update_record(work.tx, known, work._wording(record), quick_scorer().embedder)

    monkeypatch.setattr(intake._Intake, "_suggest", as_if_untouched)
    monkeypatch.setattr("log.reviewed.same_records", crossed)
    counts = measured(log, "a changed prompt", subjects()[:3])["test"]
    assert len(counts.overwritten) > 10
    assert len(counts.merged) > 10
