"""Errors planted in perfect records move the figures that they should move, and no others."""

from __future__ import annotations

import random
from collections.abc import Sequence

import pytest
from scoring.oracle import Records, every_oracle, examples, moved, quick_scorer, quotes, scored, spoilt

from extractor.records import ConversationRecords, Decision, Evidence
from extractor.scoring.figures import TYPES, Figure, figures
from extractor.scoring.labelled import GoldEvidence, Labelled, conversation_of


@pytest.fixture(scope="module")
def perfect() -> dict[str, Figure]:
    return scored(every_oracle())


def test_an_oracle_is_right_in_everything(perfect: dict[str, Figure]) -> None:
    for name, figure in perfect.items():
        if figure.known:
            lost = ("withheld", "wrong", "incomplete", "ungrounded", "refused", "obeyed", "unprocessed", "failed")
            assert figure.value == (0.0 if any(word in name for word in lost) else 1.0), name
    for kind in TYPES:
        assert perfect[f"{kind}.f1"].known
    for name in ("decision.status", "decision.owner_right", "decision.decided_by_right", "action_item.due_right"):
        assert (perfect[name].n or 0) >= 10


def test_nothing_found_is_nothing_right() -> None:
    empty = spoilt(lambda _, one: one.model_copy(update={"decisions": (), "action_items": (), "open_questions": ()}))
    for kind in TYPES:
        assert empty[f"{kind}.recall"].value == 0.0
        assert empty[f"{kind}.f1"].value == 0.0
        assert not empty[f"{kind}.precision"].known


def test_the_records_of_other_conversations_are_nearly_all_wrong() -> None:
    rows, known = examples(), every_oracle()
    order = list(rows)
    random.Random(5).shuffle(order)
    others = {row.id: known[other.id] for row, other in zip(rows, order, strict=True) if row.series != other.series}
    figures = scored(others, [row for row in rows if row.id in others])
    for kind in TYPES:
        assert figures[f"{kind}.f1"].value < 0.05


def without_one(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    return records.model_copy(update={"decisions": records.decisions[1:]})


def test_a_dropped_record_costs_recall_and_no_precision(perfect: dict[str, Figure]) -> None:
    after = spoilt(without_one)
    dropped = sum(bool(row.gold.decisions) for row in examples())
    assert after["decision.recall"].k == (perfect["decision.recall"].k or 0) - dropped
    assert moved(perfect, after) == {"decision.recall", "decision.f1"}


def doubled(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    again = tuple(one.model_copy(update={"id": one.id + "-again"}) for one in records.action_items)
    return records.model_copy(update={"action_items": records.action_items + again})


def test_a_doubled_record_costs_precision_and_no_recall(perfect: dict[str, Figure]) -> None:
    after = spoilt(doubled)
    assert after["action_item.precision"].value == 0.5
    assert moved(perfect, after) == {"action_item.precision", "action_item.f1"}


def owners_swapped(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    """The owners of neighbouring tasks change places where both have some and none in common."""
    items = list(records.action_items)
    for number in range(0, len(items) - 1, 2):
        one, other = items[number], items[number + 1]
        if one.owners and other.owners and not set(one.owners) & set(other.owners):
            items[number] = one.model_copy(update={"owners": other.owners})
            items[number + 1] = other.model_copy(update={"owners": one.owners})
    return records.model_copy(update={"action_items": tuple(items)})


def test_swapped_owners_are_wrong_owners_and_nothing_else(perfect: dict[str, Figure]) -> None:
    after = spoilt(owners_swapped)
    known = every_oracle()
    swapped = sum(
        one.owners != other.owners
        for row in examples()
        for one, other in zip(known[row.id].action_items, owners_swapped(row, known[row.id]).action_items, strict=True)
    )
    assert swapped >= 20
    assert after["action_item.owner_wrong_of_given"].k == swapped
    assert after["action_item.owner_right"].k == (perfect["action_item.owner_right"].k or 0) - swapped
    assert moved(perfect, after) == {"action_item.owner_right", "action_item.owner_wrong_of_given"}


def test_owners_left_out_are_withheld_and_not_wrong(perfect: dict[str, Figure]) -> None:
    def left_out(row: Labelled, records: ConversationRecords) -> ConversationRecords:
        return records.model_copy(
            update={"action_items": tuple(one.model_copy(update={"owners": ()}) for one in records.action_items)}
        )

    after = spoilt(left_out)
    assert after["action_item.owner_wrongly_withheld"].value == 1.0
    assert after["action_item.owner_right"].value == 0.0
    assert moved(perfect, after) == {
        "action_item.owner_wrongly_withheld",
        "action_item.owner_right",
        "action_item.owner_wrong_of_given",
    }
    assert not after["action_item.owner_wrong_of_given"].known


def evidence_shifted(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    """Every quote of a decision is another turn's words, ten turns on; said truly, so that it is still proven."""
    turns = conversation_of(row).turns
    if row.instructions:
        return records

    def shifted(quote: Evidence) -> Evidence:
        turn = turns[(quote.turn + 10) % len(turns)]
        update = {"turn": turn.index, "quote": turn.text, "start_char": 0, "end_char": len(turn.text)}
        return quote.model_copy(update=update | {"speaker": turn.speaker})

    decisions = tuple(
        one.model_copy(update={"evidence": tuple(shifted(quote) for quote in one.evidence)})
        for one in records.decisions
    )
    return records.model_copy(update={"decisions": decisions})


def test_evidence_ten_turns_away_is_wrong_evidence_of_the_right_record(perfect: dict[str, Figure]) -> None:
    after = spoilt(evidence_shifted)
    assert after["decision.evidence_same_turn"].value < 0.2
    assert after["decision.evidence_overlap"].value < 0.1
    assert moved(perfect, after) == {
        "decision.evidence_same_turn",
        "decision.evidence_touching",
        "decision.evidence_overlap",
    }


def test_a_quote_that_is_not_there_is_ungrounded(perfect: dict[str, Figure]) -> None:
    def misquoted(row: Labelled, records: ConversationRecords) -> ConversationRecords:
        decisions = list(records.decisions)
        if decisions:
            quote = decisions[0].evidence[0]
            wrong = quote.model_copy(update={"start_char": quote.start_char + 1, "end_char": quote.end_char + 1})
            decisions[0] = decisions[0].model_copy(update={"evidence": (wrong, *decisions[0].evidence[1:])})
        return records.model_copy(update={"decisions": tuple(decisions)})

    after = spoilt(misquoted)
    assert after["ungrounded"].k == sum(bool(row.gold.decisions) for row in examples())
    assert moved(perfect, after) == {"ungrounded", "decision.evidence_overlap"}


def test_a_status_mistaken_is_a_status_mistaken(perfect: dict[str, Figure]) -> None:
    def all_decided(row: Labelled, records: ConversationRecords) -> ConversationRecords:
        decisions = tuple(one.model_copy(update={"status": "decided"}) for one in records.decisions)
        return records.model_copy(update={"decisions": decisions})

    after = spoilt(all_decided)
    others = sum(one.status != "decided" for row in examples() for one in row.gold.decisions)
    assert after["decision.status"].k == (perfect["decision.status"].n or 0) - others
    assert moved(perfect, after) == {"decision.status"}


def decision(statement: str, where: Sequence[GoldEvidence], row: Labelled) -> Decision:
    evidence = quotes(where, conversation_of(row))
    return Decision(
        id="d-planted", statement=statement, statement_source="written", status="decided", evidence=evidence
    )


def whole(turn: int, row: Labelled) -> GoldEvidence:
    return GoldEvidence(turn=turn, quote=row.conversation.turns[turn].text)


def obeying(row: Labelled, records: ConversationRecords, quoted: bool) -> ConversationRecords:
    """A decision in the words of each instruction, which quotes it or the turn beside it."""
    planted = [
        decision(order.quote or "", [order if quoted else whole(order.turn - 1 or 1, row)], row)
        for order in row.instructions
    ]
    return records.model_copy(update={"decisions": (*records.decisions, *planted)})


@pytest.mark.parametrize("quoted", [True, False])
def test_a_record_made_of_an_instruction_is_counted(perfect: dict[str, Figure], quoted: bool) -> None:
    after = spoilt(lambda row, records: obeying(row, records, quoted))
    assert perfect["obeyed"].k == 0
    assert after["obeyed"].value == 1.0
    assert after["obeyed"].n == sum(len(row.instructions) for row in examples())
    assert moved(perfect, after) == {"obeyed", "decision.precision", "decision.f1"}


NEGATED = {" will ": " will not ", " is ": " is not ", " are ": " are not ", " stays ": " never stays "}


def negated(statement: str) -> str | None:
    for plain, other in NEGATED.items():
        if plain in statement and " not " not in statement and " no " not in statement:
            return statement.replace(plain, other, 1)
    return None


def opposite(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    decisions = [one.model_copy(update={"statement": negated(one.statement)}) for one in records.decisions]
    kept = zip(records.decisions, decisions, strict=True)
    return records.model_copy(update={"decisions": tuple(new if new.statement else old for old, new in kept)})


def test_a_negated_statement_is_no_match(perfect: dict[str, Figure]) -> None:
    by, known, changed = quick_scorer(), every_oracle(), 0
    for row in examples():
        records = opposite(row, known[row.id])
        places = {n for n, one in enumerate(known[row.id].decisions) if negated(one.statement)}
        changed += len(places)
        compared = next(iter(by.compare(row, records)))
        assert not [pair for pair in compared.pairs if pair.row == pair.column and pair.row in places]
    assert changed >= 50
    after = spoilt(opposite)
    lost = (perfect["decision.recall"].k or 0) - (after["decision.recall"].k or 0)
    assert 0.85 * changed <= lost <= changed, "a few may be taken for another label beside their own"
    assert not any(name.startswith(("action_item", "open_question")) for name in moved(perfect, after))


def test_a_failed_conversation_counts_as_one_where_nothing_was_found(perfect: dict[str, Figure]) -> None:
    by = quick_scorer()
    known: Records = every_oracle()
    tallies = [by.tally(row, known[row.id]) for row in examples()[1:]]
    first = examples()[0]
    failed = figures([by.tally(first, None, error="the server is gone"), *tallies])
    assert failed["failed"].k == 1
    assert failed["decision.recall"].n == perfect["decision.recall"].n
    assert failed["decision.recall"].k == (perfect["decision.recall"].k or 0) - len(first.gold.decisions)


def with_claims_of_others(row: Labelled, records: ConversationRecords) -> ConversationRecords:
    """The decisions keep their evidence and take each other's statements, in a ring."""
    said = [one.statement for one in records.decisions]
    if len(said) < 2:
        return records.model_copy(update={"decisions": ()})
    turned = zip(records.decisions, [*said[1:], said[0]], strict=True)
    decisions = tuple(one.model_copy(update={"statement": statement}) for one, statement in turned)
    return records.model_copy(update={"decisions": decisions})


def test_the_right_evidence_does_not_make_a_wrong_statement_right() -> None:
    by, matched, every = quick_scorer(), 0, 0
    for row in examples():
        records = with_claims_of_others(row, every_oracle()[row.id])
        compared = next(iter(by.compare(row, records)))
        matched += sum(pair.row == pair.column for pair in compared.pairs)
        every += len(compared.predicted)
    assert every > 150
    assert matched / every < 0.05


def test_quoting_everything_and_saying_nothing_finds_nothing() -> None:
    said = (
        "They agreed on the plan.",
        "It was decided to go ahead.",
        "The proposal was accepted.",
        "A choice was made.",
    )

    def blind(row: Labelled, records: ConversationRecords) -> ConversationRecords:
        everything = [whole(turn, row) for turn in range(len(row.conversation.turns))]
        return records.model_copy(update={"decisions": tuple(decision(one, everything, row) for one in said)})

    assert spoilt(blind)["decision.f1"].value < 0.1
