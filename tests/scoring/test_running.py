"""A run gives a result for every conversation, whatever becomes of one, and its folder survives a crash."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterable
from pathlib import Path

import pytest
from scoring.toy import ferry

from extractor.conversation import Conversation
from extractor.drafts import Drafts
from extractor.errors import AnswerCutOffError, DatasetError, EngineAuthError, UsageError
from extractor.records import EngineInfo
from extractor.scoring import running
from extractor.scoring.labelled import Labelled
from extractor.scoring.runs import Result, RunFolder, read_scores

ROWS = [Labelled.model_validate(ferry(number)) for number in range(8)]
IDS = [row.id for row in ROWS]


class Engine:
    """Finds nothing, after ``meet`` has looked at the conversation."""

    info = EngineInfo(name="toy", model="none", version="0", leaves_machine=False)
    destination = None

    def __init__(self, meet: Callable[[Conversation], object]) -> None:
        self._meet = meet

    def extract(self, conversation: Conversation) -> Drafts:
        self._meet(conversation)
        return Drafts()


def failing(name: str, error: Exception) -> Callable[[], Engine]:
    def meet(conversation: Conversation) -> None:
        if conversation.id == name:
            raise error

    return lambda: Engine(meet)


@pytest.mark.parametrize("jobs", [1, 4, 20])
def test_every_conversation_has_one_result(jobs: int) -> None:
    results = list(running.run(ROWS, lambda: Engine(lambda _: None), jobs))
    assert sorted(one.id for one in results) == IDS
    assert all(one.records is not None and one.error is None for one in results)


def test_no_conversation_is_no_result_and_no_engine() -> None:
    def make() -> Engine:
        raise AssertionError("an engine was made for nothing")

    assert list(running.run([], make, 4)) == []


def test_one_at_a_time_they_come_in_the_order_of_the_dataset() -> None:
    assert [one.id for one in running.run(ROWS, lambda: Engine(lambda _: None))] == IDS


def test_as_many_conversations_run_at_a_time_as_there_are_jobs_each_with_an_engine_of_its_own() -> None:
    together = threading.Barrier(4, timeout=20)
    made: list[Engine] = []

    def make() -> Engine:
        made.append(Engine(lambda _: together.wait()))
        return made[-1]

    results = list(running.run(ROWS, make, 4))
    assert [one.error for one in results] == [None] * 8
    assert len(made) == 4


@pytest.mark.parametrize("jobs", [1, 3])
def test_a_conversation_on_which_the_engine_breaks_is_a_result_and_the_others_go_on(jobs: int) -> None:
    results = {one.id: one for one in running.run(ROWS, failing("ferry-2", ValueError("no rope")), jobs)}
    assert results["ferry-2"].error == "ValueError: no rope"
    assert results["ferry-2"].records is None
    assert [one.id for one in results.values() if one.error] == ["ferry-2"]
    assert sorted(results) == IDS


def test_what_was_paid_for_a_conversation_that_failed_is_counted() -> None:
    error = AnswerCutOffError("The answer was cut off.", "Ask for less.")
    error.calls, error.input_tokens, error.output_tokens = 2, 70, 9
    results = {one.id: one for one in running.run(ROWS, failing("ferry-2", error))}
    assert results["ferry-2"].error == "The answer was cut off."
    usage = results["ferry-2"].usage
    assert (usage.calls, usage.input_tokens, usage.output_tokens) == (2, 70, 9)


def test_an_error_that_would_meet_all_alike_ends_the_run_after_what_is_done() -> None:
    error = EngineAuthError("The server refused the key.", "Check it.")
    done: list[str] = []
    with pytest.raises(EngineAuthError):
        keep(done, running.run(ROWS, failing("ferry-3", error)))
    assert done == IDS[:3]


def keep(done: list[str], results: Iterable[Result]) -> None:
    """Adds each id as it comes, so that what came before an error is known."""
    done += (one.id for one in results)


def test_with_several_jobs_what_was_under_way_when_the_run_ended_has_its_result() -> None:
    both, failed = threading.Barrier(2, timeout=20), threading.Event()
    error = EngineAuthError("The server refused the key.", "Check it.")

    def meet(conversation: Conversation) -> None:
        if conversation.id in ("ferry-0", "ferry-1"):
            both.wait()
        if conversation.id == "ferry-0":
            failed.set()
            raise error
        assert failed.wait(20)

    done: list[str] = []
    with pytest.raises(EngineAuthError):
        keep(done, running.run(ROWS, lambda: Engine(meet), 2))
    assert "ferry-1" in done
    assert len(done) < 7


def test_an_engine_that_cannot_be_made_ends_the_run() -> None:
    def make() -> Engine:
        raise UsageError("There is no such engine.", "Choose another.")

    with pytest.raises(UsageError):
        list(running.run(ROWS, make, 2))


def test_whoever_stops_asking_waits_for_no_conversation_that_takes_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(running, "GRACE_S", 0.05)
    begun, released, finished = threading.Event(), threading.Event(), list[str]()

    def meet(conversation: Conversation) -> None:
        if conversation.id == "ferry-1":
            begun.set()
            released.wait(20)
        finished.append(conversation.id)

    results = running.run(ROWS, lambda: Engine(meet))
    assert next(results).id == "ferry-0"
    assert begun.wait(20)
    results.close()
    assert finished == ["ferry-0"]
    released.set()


# The folder.


def result(name: str, error: str | None = None) -> Result:
    return Result(id=name, error=error)


def test_a_folder_gives_back_what_was_put_in_and_of_two_results_the_later(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    assert folder.results() == {}
    for one in (result("a", "no rope"), result("b\u2028c\x85"), result("a")):
        folder.append(one)
    assert folder.results() == {"a": result("a"), "b\u2028c\x85": result("b\u2028c\x85")}
    folder.settle(["b\u2028c\x85", "a"])
    assert list(folder.results()) == ["b\u2028c\x85", "a"]
    assert len((tmp_path / "results.jsonl").read_bytes().splitlines()) == 2


WHOLE = result("grün").model_dump_json().encode()


def test_a_line_cut_off_anywhere_costs_its_result_and_nothing_else(tmp_path: Path) -> None:
    for size in range(len(WHOLE)):
        folder = RunFolder(tmp_path)
        (tmp_path / "results.jsonl").write_bytes(result("a").model_dump_json().encode() + b"\n" + WHOLE[:size])
        assert list(folder.results()) == ["a"]
        folder.append(result("b"))
        assert list(folder.results()) == ["a", "b"]


def test_a_whole_line_without_its_end_is_a_result(tmp_path: Path) -> None:
    (tmp_path / "results.jsonl").write_bytes(WHOLE)
    folder = RunFolder(tmp_path)
    folder.append(result("b"))
    assert list(folder.results()) == ["grün", "b"]


def test_a_damaged_line_in_the_middle_is_named(tmp_path: Path) -> None:
    folder = RunFolder(tmp_path)
    folder.append(result("a"))
    with (tmp_path / "results.jsonl").open("ab") as file:
        file.write(b"{half\n")
    with pytest.raises(DatasetError, match=r"results\.jsonl, line 2 is no result"):
        folder.results()


def test_a_folder_that_holds_no_run_is_said_to_hold_none(tmp_path: Path) -> None:
    assert not RunFolder(tmp_path).exists
    with pytest.raises(DatasetError, match=r"There is no .*run\.json"):
        RunFolder(tmp_path).info()
    (tmp_path / "run.json").write_text('{"schema_version": 1}')
    with pytest.raises(DatasetError, match="is not what a run writes"):
        RunFolder(tmp_path).info()
    with pytest.raises(DatasetError, match="eval score"):
        read_scores(tmp_path)


def test_where_nothing_can_be_written_an_error_says_so(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("x")
    with pytest.raises(DatasetError, match="cannot be written"):
        RunFolder(tmp_path / "file" / "run").append(result("a"))
