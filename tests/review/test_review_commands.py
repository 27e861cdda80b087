"""What a reviewer does by commands: each verb, as the person that the settings or the flag name."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from kept import decision, found, keep, quote, talk
from review_world import ADA, BEN, World, proposals, world_in
from typer.testing import CliRunner

from extractor.cli import restrict as restrict_command
from extractor.cli.main import app
from extractor.embedding import load_embedder
from extractor.errors import DecisionsError
from extractor.log import checking, views
from extractor.log.store import Log


@pytest.fixture
def world(own_home: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[World]:
    monkeypatch.setenv("DECISIONS_ME", ADA)
    with Log.open(own_home) as log:
        made = world_in(log, embedder=load_embedder)
        yield made
        assert checking.verify(log).problems == ()


def run(*arguments: str) -> str:
    """Both channels of a command that must succeed."""
    done = CliRunner().invoke(app, list(arguments), catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.output


def refused(*arguments: str) -> str:
    """What a command is refused with."""
    done = CliRunner().invoke(app, list(arguments))
    assert isinstance(done.exception, DecisionsError), done.output
    return str(done.exception)


def test_every_verb_does_its_act(world: World) -> None:
    assert "is approved" in run("review", "approve", world.decision, world.old, "--why", "Yes.")
    assert world.record(world.old).state == "approved"
    assert "as it was before" in run("review", "undo", world.old)
    assert world.record(world.old).state == "proposed"
    run("review", "reject", world.old)
    run("review", "reopen", world.old)
    run("review", "edit", world.decision, "statement=Paint the shed dark green.", "owners=Ben Ito")
    assert world.record(world.decision).owners == (BEN,)
    run("review", "comment", world.decision, "Which green?")
    run("review", "assign", world.old, "--to", "Cy Roe")
    assert world.record(world.old).assignee is not None
    run("review", "done", world.action)
    run("review", "answer", world.question, "Forty.")
    assert world.record(world.question).closed_at is not None
    said = run(
        "review", "split", world.decision, "--part", "1:Paint the shed green.", "--part", "2:Leave the door blue."
    )
    assert f"{world.decision} is split into" in said
    run("review", "merge", world.decision, world.old)
    assert world.record(world.decision).merged_into == world.old
    text = run("history", world.decision)
    assert "commented by Ada Lund: “Which green?”" in text
    assert "approved by Ada Lund: “Yes.”" in text
    assert "split: into" in " ".join(text.split())


def test_what_was_missed_is_added_by_the_words_that_prove_it(world: World) -> None:
    run(
        "review",
        "missed",
        "m-2",
        "--turn",
        "3",
        "--words",
        "ladder goes to the school",
        "--statement",
        "Give the ladder away.",
        "decided_by=Ben Ito",
    )
    (row,) = json.loads(run("list", "--quiet", "--state", "approved", "--format", "json"))["records"]
    assert row["id"].startswith("d-")
    added = world.record(row["id"])
    assert (added.text, added.deciders) == ("Give the ladder away.", (BEN,))
    assert added.record.evidence[0].quote == "ladder goes to the school"
    told = refused("review", "missed", "m-2", "--turn", "3", "--words", "no such words", "--statement", "So.")
    assert "The ladder goes to the school." in told
    assert "no turn 9" in refused("review", "missed", "m-2", "--turn", "9", "--statement", "So.")


def test_a_suggested_wording_is_taken_over_once(world: World) -> None:
    run("review", "comment", world.decision, "Hm.")
    one, *rest = proposals(world.said)
    world.read_again(one.model_copy(update={"statement": "Paint the shed black."}), *rest)
    with world.log.read() as connection:
        (suggested,) = views.revisions_of(connection, [world.decision])
    run("review", "revision", "accept", suggested.id)
    head = world.head()
    run("review", "revision", "accept", suggested.id)
    assert world.record(world.decision).text == "Paint the shed black."
    assert world.head() == head


def test_a_part_that_is_none_is_refused(world: World) -> None:
    for part in ("The roof.", "0:The roof.", "x:The roof.", "1:"):
        assert "is no part of a record" in refused("review", "split", world.decision, "--part", part, "--part", part)


def test_what_is_done_is_neither_open_nor_overdue_nor_without_owner(world: World) -> None:
    said = talk("Ada Lund: Sweep the yard by Monday.", name="m-4")
    from kept import action

    from extractor.records import Due

    late = Due(text="Monday", date="2026-03-09")  # type: ignore[arg-type]
    (task,) = keep(world.log, said, found(said, action(said, "Sweep.", quote(said, 0, "Sweep the yard"), due=late))).new

    def listed(*options: str) -> set[str]:
        return {row["id"] for row in json.loads(run("list", "--quiet", "--format", "json", *options))["records"]}

    for option in ("--overdue", "--unowned", "--open"):
        assert task in listed(option)
    assert task not in listed("--closed")
    run("review", "done", task)
    for option in ("--overdue", "--unowned", "--open"):
        assert task not in listed(option)
    assert listed("--closed") == {task}


def test_a_conversation_is_for_those_who_are_named(world: World) -> None:
    from typer import Typer

    alone = Typer()
    alone.command()(restrict_command.restrict)

    def do(*arguments: str) -> str:
        done = CliRunner().invoke(alone, list(arguments))
        return f"{done.output} {done.exception or ''}"

    assert "Give --to NAME" in do("m-2")
    assert "is seen by Ben Ito, Ada Lund." in do("m-2", "--to", BEN)
    assert "There is no record" in refused("review", "approve", world.decision, "--as", "Cy Roe")
    assert "no conversation" in do("m-2", "--everyone", "--as", "Cy Roe")
    run("review", "approve", world.decision, "--as", BEN)
    assert "is seen by everybody" in do("Shed, second", "--everyone")


def test_what_is_added_for_some_is_seen_by_them_and_who_adds_it(
    world: World, own_home: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("talk.txt")
    path.write_text("Ada Lund: We decided to close the office in May.\nBen Ito: Agreed, we close the office in May.\n")
    run("add", str(path), "--visible-to", BEN)
    shown = {}
    for who in (ADA, BEN, "Cy Roe"):
        monkeypatch.setenv("DECISIONS_ME", who)
        shown[who] = "office" in run("list", "--format", "json")
    assert shown == {ADA: True, BEN: True, "Cy Roe": False}


def test_a_file_that_is_there_already_may_be_restricted_by_adding_it_again(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = Path("talk.txt")
    path.write_text("Ada Lund: We decided to close the office in May.\nBen Ito: Agreed, we close the office in May.\n")
    run("add", str(path))
    run("add", str(path), "--visible-to", BEN)
    monkeypatch.setenv("DECISIONS_ME", "Cy Roe")
    assert "office" not in run("list", "--format", "json")


def test_without_a_verb_what_waits_is_gone_through(world: World) -> None:
    done = CliRunner().invoke(app, ["review", "--plain"], input="")
    assert "Paint" in done.output or "shed" in done.output, done.output


def test_a_decision_of_somebody_unknown_is_not_theirs(world: World) -> None:
    said = talk("Ada Lund: The gate stays open.", name="m-5")
    keep(world.log, said, found(said, decision(said, "Leave the gate open.", quote(said, 0, "The gate stays open"))))
    assert "nothing of yours to undo" in refused("review", "undo", world.decision, "--as", "Cy Roe")
