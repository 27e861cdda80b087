"""A language model on Ray, behind a real server on loopback: its errors, its key, and a worker that dies again."""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from builders import meeting
from engines.loopback import LoopbackServer, Reply, Request, answer, failure
from spreading.copies import at_work, workers_of

from extractor.conversation import Conversation
from extractor.engines.choice import engine_from
from extractor.errors import EngineAuthError, WorkerLostError
from extractor.records import Usage
from extractor.settings import Settings
from extractor.spreading import Extracted, Extractor, here, on_ray
from extractor.spreading.ray_pool import IN_FLIGHT_PER_WORKER, RETRIES

pytestmark = [
    pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: pip install 'decisions[ray]'"),
    pytest.mark.skipif(sys.platform != "linux", reason="finds Ray's workers in /proc"),
]
KEY = "sk-canary-of-the-spreading-tests"


@pytest.fixture(scope="module")
def server() -> Iterator[LoopbackServer]:
    with LoopbackServer() as server:
        yield server


@pytest.fixture(scope="module")
def settings(server: LoopbackServer) -> Settings:
    return Settings(openai_base_url=server.url, openai_max_retries=0)


@pytest.fixture(scope="module")
def pool(settings: Settings) -> Iterator[Extractor]:
    """A language model on two workers; its key is in the environment only while Ray starts."""
    os.environ["OPENAI_API_KEY"] = KEY
    with on_ray("openai:m", settings, workers=2) as extractor:
        yield extractor
    del os.environ["OPENAI_API_KEY"]


@pytest.fixture
def told(server: LoopbackServer) -> Iterator[dict[str, Reply]]:
    """What the server answers to a conversation in which a word occurs."""
    replies = dict[str, Reply]()

    def reply(request: Request) -> Reply:
        return next((reply for word, reply in replies.items() if word in request.user), answer())

    server.otherwise, server.requests[:] = reply, []
    yield replies
    server.otherwise = lambda request: answer()


def talks(number: int, **words: str) -> list[Conversation]:
    """Conversations c0, c1, ...; ``c1="thunder"`` has somebody say that word in c1."""
    return [
        meeting(f"Anna: {words.get(f'c{n}', 'Sunshine')} it is.", "Ben: Yes.").model_copy(update={"id": f"c{n}"})
        for n in range(number)
    ]


def shown(one: Extracted) -> tuple[object, ...]:
    error = one.error
    said = (type(error), error.what, error.remedy, error.terminal) if error is not None else None
    return one.conversation.id, one.records, said, one.usage.model_copy(update={"seconds": 0.0})


def test_an_engines_error_is_the_result_of_its_conversation_and_the_others_go_on(
    pool: Extractor, settings: Settings, told: dict[str, Reply]
):
    told["thunder"] = failure(500)
    asked = talks(5, c2="thunder")
    found = [shown(one) for one in pool.each(asked)]
    assert found == [shown(one) for one in here(engine_from("openai:m", settings)).each(asked)]
    assert [said is not None for _, _, said, _ in found] == [False, False, True, False, False]


@pytest.mark.soak
def test_after_an_error_that_would_meet_all_no_new_conversation_is_begun(
    pool: Extractor, server: LoopbackServer, told: dict[str, Reply]
):
    told["it is"] = failure(401, "no such key")
    window = 2 * IN_FLIGHT_PER_WORKER
    found = list(pool.each(talks(40)))
    assert [one.conversation.id for one in found] == [f"c{n}" for n in range(40)]
    assert all(isinstance(one.error, EngineAuthError) and one.error.terminal for one in found)
    assert len(server.requests) == window
    assert {one.usage for one in found[window:]} == {Usage()}


def test_a_result_that_was_on_its_way_when_the_run_ended_is_kept(pool: Extractor, told: dict[str, Reply]):
    told["thunder"] = failure(401, "no such key")
    found = list(pool.each(talks(40, c0="thunder")))
    window = 2 * IN_FLIGHT_PER_WORKER
    assert [one.records is not None for one in found] == [False] + [True] * (window - 1) + [False] * (40 - window)


@pytest.mark.soak
def test_a_conversation_over_which_every_worker_dies_has_an_error_and_the_others_have_records(
    pool: Extractor, told: dict[str, Reply], server: LoopbackServer
):
    told["thunder"] = Reply(delay_s=60)
    done = threading.Event()

    def kill() -> None:
        while not done.wait(0.05):
            if sum("thunder" in request.user for request in server.requests) > len(killed):
                for pid in at_work(os.getpid()):
                    os.kill(pid, signal.SIGKILL)
                killed.append(1)

    killed: list[int] = []
    killer = threading.Thread(target=kill)
    killer.start()
    try:
        found = list(pool.each(talks(1, c0="thunder")))
    finally:
        done.set()
        killer.join()
    assert [type(one.error) for one in found] == [WorkerLostError]
    assert len(killed) == RETRIES + 1
    assert all(one.records is not None for one in pool.each(talks(3)))


def test_the_key_reaches_the_server_and_is_in_no_environment_and_no_file_of_ray(
    pool: Extractor, server: LoopbackServer, told: dict[str, Reply]
):
    assert all(one.records is not None for one in pool.each(talks(2)))
    assert {request.headers["authorization"] for request in server.requests} == {f"Bearer {KEY}"}
    workers = workers_of(os.getpid())
    assert workers
    assert not any(KEY.encode() in Path(f"/proc/{pid}/environ").read_bytes() for pid in workers)
    files = [path for path in Path("/tmp").glob("decisions-ray-*/**/*") if path.is_file()]
    assert files
    assert not any(KEY.encode() in path.read_bytes() for path in files)
