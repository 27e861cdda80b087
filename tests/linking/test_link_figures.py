"""Labelled links as judges meet them, and how good a judge is by them."""

import datetime as dt
import json
from pathlib import Path
from typing import Any

import pytest
from linked import decision

from extractor.embedding import load_embedder
from extractor.linking.sides import Judged, Side
from extractor.scoring.link_figures import ANY, link_figures
from extractor.scoring.link_labels import LinkLabels, read_link_labels
from extractor.scoring.link_pairs import LinkTask, link_tasks


def talk(name: str, series: str, day: int, *choices: str) -> dict[str, Any]:
    """A labelled conversation whose turns each settle one thing."""
    gold = [
        {"text": text, "status": "decided", "owner": ["Ben"], "evidence": [{"turn": turn, "quote": text}]}
        for turn, text in enumerate(choices)
    ]
    started_at = dt.datetime(2026, 3, day, 9).isoformat()
    turns = [{"speaker": "Anna", "text": text} for text in choices]
    return {
        "id": name,
        "split": "test",
        "series": series,
        "conversation": {"kind": "meeting", "title": name, "started_at": started_at, "turns": turns},
        "gold": {"decisions": gold},
    }


def pair(later: tuple[str, int, str], earlier: tuple[str, int, str], kind: str, series: str) -> dict[str, Any]:
    def side(conversation: str, index: int, quote: str) -> dict[str, Any]:
        evidence = [{"turn": index, "quote": quote}]
        return {"conversation": conversation, "section": "decisions", "index": index, "evidence": evidence}

    return {
        "later": side(*later),
        "earlier": side(*earlier),
        "kind": kind,
        "why": "so",
        "series": series,
        "split": "test",
    }


BLUE, GREY, CHOIR, GREY_AGAIN = "Blue tiles.", "Grey tiles.", "The choir sings at noon.", "Grey tiles, we said."


@pytest.fixture
def labels(tmp_path: Path) -> LinkLabels:
    talks = [
        talk("hall-1", "hall", 2, BLUE, "Ben paints the door."),
        talk("hall-2", "hall", 9, GREY),
        talk("hall-3", "hall", 16, GREY_AGAIN),
        talk("choir-1", "choir", 5, CHOIR),
        talk("choir-2", "choir", 12, "The choir sings at one."),
    ]
    (tmp_path / "talks").mkdir()
    for one in talks:
        (tmp_path / "talks" / f"{one['id']}.json").write_text(json.dumps(one), encoding="utf-8")
    pairs = [
        pair(("hall-2", 0, GREY), ("hall-1", 0, BLUE), "supersedes", "hall"),
        pair(("hall-3", 0, GREY_AGAIN), ("hall-2", 0, GREY), "duplicates", "hall"),
        pair(("hall-3", 0, GREY_AGAIN), ("hall-1", 0, BLUE), "none", "hall"),
        pair(("choir-2", 0, "The choir sings at one."), ("choir-1", 0, CHOIR), "supersedes", "choir"),
    ]
    (tmp_path / "labels.json").write_text(json.dumps(pairs), encoding="utf-8")
    return read_link_labels(tmp_path / "labels.json", [tmp_path / "talks"])


@pytest.fixture
def tasks(labels: LinkLabels) -> list[LinkTask]:
    return link_tasks(labels, "test", load_embedder())


def named(tasks: list[LinkTask], text: str) -> LinkTask:
    return next(task for task in tasks if task.new.text == text)


def found(task: LinkTask, text: str) -> Side:
    return next(side for side in task.earlier if side.text == text)


def test_a_record_is_judged_where_its_series_had_a_conversation_before_it(tasks):
    assert [task.new.conversation for task in tasks] == ["hall-2", "choir-2", "hall-3"]


def test_candidates_are_earlier_records_of_all_series_the_most_alike_first(tasks):
    task = named(tasks, GREY)
    assert {side.text for side in task.earlier} == {BLUE, "Ben paints the door.", CHOIR}
    assert task.earlier[0].text == BLUE
    assert list(task.similarities) == sorted(task.similarities, reverse=True)


def test_no_more_candidates_are_taken_than_are_asked_for(labels):
    assert [len(task.earlier) for task in link_tasks(labels, "test", load_embedder(), nearest=2)] == [2, 2, 2]


def test_another_split_has_no_tasks(labels):
    assert link_tasks(labels, "train", load_embedder()) == []


def test_a_record_is_shown_with_what_was_labelled_of_it(tasks):
    side = found(named(tasks, GREY), BLUE)
    assert (side.type, side.status, side.owners, side.said_on) == (
        "decision",
        "decided",
        ("Ben",),
        dt.date(2026, 3, 2),
    )
    assert (side.series, side.title, side.conversation) == ("hall", "hall-1", "hall-1")
    assert [(quote.speaker, quote.text) for quote in side.quotes] == [("Anna", BLUE)]


def test_it_is_known_how_records_of_two_series_and_labelled_pairs_stand(tasks):
    task = named(tasks, GREY)
    assert task.labels == {found(task, BLUE).id: "supersedes"}
    assert task.known(found(task, BLUE))
    assert task.known(found(task, CHOIR))
    assert not task.known(found(task, "Ben paints the door."))


def test_a_kind_is_right_where_it_is_the_labelled_one_and_a_link_where_any_is(tasks):
    links = {
        GREY: [(BLUE, "contradicts"), (CHOIR, "relates"), ("Ben paints the door.", "relates")],
        GREY_AGAIN: [(GREY, "duplicates"), (BLUE, "duplicates")],
    }
    judged = [
        [Judged(found(task, text), kind, 0.9, 0, 0) for text, kind in links.get(task.new.text, [])] for task in tasks
    ]
    figures = link_figures(tasks, judged)
    counted = {
        kind: tuple((both[name].k, both[name].n) for name in ("precision", "recall"))
        for kind, both in figures.items()
        if both["precision"].n or both["recall"].n
    }
    assert counted == {
        "supersedes": ((0, 0), (0, 2)),
        "duplicates": ((1, 2), (1, 1)),
        "contradicts": ((0, 1), (0, 0)),
        "relates": ((0, 1), (0, 0)),
        ANY: ((2, 4), (2, 3)),
    }
    precision = figures[ANY]["precision"]
    assert precision.value == 0.5
    assert 0 < precision.low < 0.5 < precision.high < 1


def test_a_label_that_is_no_candidate_is_missed_all_the_same():
    task = LinkTask(decision("Grey.", 2), (), (), {"d-1": "supersedes"}, "Tile round")
    assert link_figures([task], [[]])["supersedes"]["recall"].n == 1
