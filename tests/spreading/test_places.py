"""What --on means, and that extraction in this process goes on, stops and costs as it should."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Iterator

import pytest
from builders import ScriptedEngine, meeting

from extractor.conversation import Conversation
from extractor.drafts import Drafts
from extractor.errors import (
    AnswerCutOffError,
    DecisionsError,
    EngineAuthError,
    EngineError,
    EngineSetupError,
    EngineUnreachableError,
    UsageError,
)
from extractor.records import Usage
from extractor.settings import Settings
from extractor.spreading import Place, extractor_for, here, on_ray, where

TALK = meeting("Anna: I'll write the report.", "Ben: Thanks.")
WITHOUT_RAY = """
import sys


class Blocked:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] == "ray":
            raise ModuleNotFoundError(name)


sys.meta_path.insert(0, Blocked())
from extractor.errors import UsageError
from extractor.settings import Settings
from extractor.spreading import extractor_for

assert extractor_for("local", "local", Settings()).destination is None
try:
    extractor_for("ray", "local", Settings())
except UsageError as error:
    print(error)
"""


@pytest.mark.parametrize(
    ("on", "place"),
    [
        (None, Place()),
        ("local", Place()),
        ("ray", Place(ray=True)),
        ("ray:auto", Place(ray=True, address="auto")),
        ("ray:head.example:6379", Place(ray=True, address="head.example:6379")),
        ("ray:[fd00::2]:6379", Place(ray=True, address="[fd00::2]:6379")),
        ("ray:ray://10.0.0.7:10001", Place(ray=True, address="ray://10.0.0.7:10001")),
    ],
)
def test_a_place_is_read(on: str | None, place: Place):
    assert where(on) == place


@pytest.mark.parametrize(
    "on",
    ["", "Ray", "ray:", "rays", "local:x", "ray:head", "ray:head:0", "ray:head:65536", "ray:http://head:1", "dask"],
)
def test_what_is_no_place_is_refused_with_those_there_are(on: str):
    with pytest.raises(UsageError, match="Choose local, ray"):
        where(on)


def test_without_the_package_the_error_says_what_to_install():
    run = [sys.executable, "-c", WITHOUT_RAY]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, env=os.environ, check=True)
    assert done.stdout == "Ray is not installed. Install it: pip install 'decisions[ray]'.\n"


def test_an_engine_that_cannot_start_is_named_before_ray_is():
    with pytest.raises(EngineSetupError):
        on_ray("openai:m", Settings())
    with pytest.raises(UsageError, match="no engine"):
        on_ray("oracle", Settings())


def test_fewer_than_one_worker_are_refused():
    with pytest.raises(UsageError, match="0 workers"):
        on_ray("local", Settings(), workers=0)


def test_an_address_where_nobody_listens_is_an_error_at_once():
    with (
        pytest.raises(EngineUnreachableError, match=r"no Ray cluster at ray://127\.0\.0\.1:1:"),
        extractor_for("ray:ray://127.0.0.1:1", "local", Settings()),
    ):
        pass


def test_text_for_a_cluster_is_announced_as_going_there():
    assert on_ray("local", Settings()).destination is None
    assert on_ray("local", Settings(), "head:6379").destination == "the Ray cluster at head:6379"


@pytest.mark.parametrize("kind", [EngineAuthError, AnswerCutOffError, UsageError])
def test_an_error_says_the_same_in_another_process(kind: type[DecisionsError]):
    error = kind("The key is wrong.", "Set another.")
    if isinstance(error, EngineError):
        error.calls, error.output_tokens = 3, 7
    again = pickle.loads(pickle.dumps(error))
    assert (type(again), str(again), vars(again)) == (kind, "The key is wrong. Set another.", vars(error))


def numbered(number: int) -> list[Conversation]:
    return [TALK.model_copy(update={"id": f"c-{n}"}) for n in range(number)]


def test_here_a_conversation_is_worked_on_when_it_is_asked_for():
    asked: list[str] = []

    def told() -> Iterator[Conversation]:
        for talk in numbered(3):
            asked.append(talk.id)
            yield talk

    with here(ScriptedEngine([Drafts()] * 3)) as extractor:
        results = extractor.each(told())
        assert next(results).conversation.id == "c-0"
        assert asked == ["c-0"]


def test_here_an_error_is_one_conversations_result_with_what_was_paid_for_it():
    cut = AnswerCutOffError("The answer was cut off.", "Try a larger model.")
    cut.calls, cut.input_tokens = 2, 70
    found = list(here(ScriptedEngine([Drafts(), cut, Drafts()])).each(numbered(3)))
    assert [one.error for one in found] == [None, cut, None]
    assert [one.records is None for one in found] == [False, True, False]
    assert found[1].usage == Usage(calls=2, input_tokens=70)


def test_here_nothing_is_tried_after_an_error_that_would_meet_all():
    wrong = EngineAuthError("Wrong key.", "Set another.")
    found = list(here(ScriptedEngine([Drafts(), wrong])).each(numbered(4)))
    assert [one.error for one in found] == [None, wrong, wrong, wrong]
    assert [one.conversation.id for one in found] == ["c-0", "c-1", "c-2", "c-3"]
