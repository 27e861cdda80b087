"""Which links there can be at all, whatever a judge says."""

import pytest
from linked import DAY, decision, question, task

from extractor.linking.sides import KINDS, possible

MADE = {"decision": decision, "action_item": task, "open_question": question}


@pytest.mark.parametrize("earlier", MADE)
@pytest.mark.parametrize("new", MADE)
def test_records_of_any_two_types_can_relate_and_relating_is_the_last_resort(new, earlier):
    kinds = possible(MADE[new]("a", 2), MADE[earlier]("b", 1))
    assert kinds[-1] == "relates"
    assert set(kinds) <= set(KINDS)


def test_there_is_no_link_within_one_conversation():
    assert possible(decision("a", 1), decision("b", 1)) == ()


@pytest.mark.parametrize("state", ["rejected", "merged"])
def test_a_record_that_is_out_of_the_log_is_linked_to_nothing(state):
    assert possible(decision("a", 2), decision("b", 1, state=state)) == ()
    assert possible(decision("a", 2, state=state), decision("b", 1)) == ()


def test_only_what_is_open_can_be_answered():
    for new in MADE.values():
        assert "answers" not in possible(new("a", 2), decision("b", 1))
        assert "answers" not in possible(new("a", 2), task("b", 1))
    assert "answers" in possible(decision("a", 2), question("b", 1))
    assert "answers" in possible(task("a", 2), question("b", 1))
    assert "answers" in possible(decision("a", 2), decision("b", 1, status="deferred"))
    assert "answers" not in possible(question("a", 2), question("b", 1))
    assert "answers" not in possible(question("a", 2), decision("b", 1, status="deferred"))


def test_a_question_replaces_carries_out_and_contradicts_nothing():
    for earlier in MADE.values():
        kinds = set(possible(question("a", 2), earlier("b", 1)))
        assert not kinds & {"supersedes", "contradicts", "implements", "answers"}


def test_only_decisions_and_tasks_are_carried_out():
    assert "implements" not in possible(task("a", 2), question("b", 1))
    assert "implements" in possible(task("a", 2), decision("b", 1))
    assert "implements" in possible(decision("a", 2), task("b", 1))


def test_what_is_known_to_be_older_replaces_answers_and_carries_out_nothing():
    late = {"said_on": DAY}
    assert possible(decision("a", 3, **late), decision("b", 2)) == ("duplicates", "contradicts", "relates")
    assert possible(decision("a", 3, **late), question("b", 2)) == ("relates",)


def test_records_without_a_day_are_taken_in_the_order_given():
    assert "supersedes" in possible(decision("a", 2, said_on=None), decision("b", 1))
