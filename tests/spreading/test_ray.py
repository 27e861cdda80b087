"""On Ray, started for real: the same records in the same order, whatever dies, and nothing said or left behind."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from spreading.copies import alive, at_work, copies, short, workers_of

from extractor.conversation import Conversation
from extractor.engines.choice import engine_from
from extractor.settings import Settings
from extractor.spreading import Extracted, Extractor, here, on_ray
from extractor.spreading import ray_session as session
from extractor.spreading.ray_pool import IN_FLIGHT_PER_WORKER

# Not importorskip: what Ray says and where it listens is settled when it is first imported, by the product.
pytestmark = [
    pytest.mark.skipif(find_spec("ray") is None, reason="needs Ray: pip install 'decisions[ray]'"),
    pytest.mark.skipif(sys.platform != "linux", reason="finds Ray's workers in /proc"),
]

LOOPBACK = {"RAY_ENABLE_WINDOWS_OR_OSX_CLUSTER": "0"}
TESTS = Path(__file__).resolve().parents[1]
JOINED = """
import json, sys
from spreading.copies import short
from extractor.settings import Settings
from extractor.spreading import extractor_for

with extractor_for(f"ray:{sys.argv[1]}", "local", Settings(), 1) as extractor:
    print(json.dumps([one.records.model_dump_json() for one in extractor.each(short(2))]))
"""
INTERRUPTED = """
from spreading.copies import copies
from extractor.settings import Settings
from extractor.spreading import extractor_for

with extractor_for("ray", "local", Settings(), 1) as extractor:
    for one in extractor.each(copies(200)):
        print(one.conversation.id, flush=True)
"""


@pytest.fixture(scope="module")
def pool() -> Iterator[Extractor]:
    """The local engine on two workers."""
    with on_ray("local", Settings(), workers=2) as extractor:
        yield extractor


def written(results: Iterator[Extracted]) -> list[tuple[str, str]]:
    """Records as JSON, so that equal means equal to the last digit."""
    return [(one.conversation.id, one.records.model_dump_json() if one.records else str(one.error)) for one in results]


def driver(script: str, *arguments: str, **environment: str) -> subprocess.Popen[str]:
    """A process of its own that runs ``script``."""
    paths = os.pathsep.join((str(TESTS), str(TESTS.parent)))
    return subprocess.Popen(
        [sys.executable, "-c", script, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "PYTHONPATH": paths, **environment},
    )


def test_the_records_are_those_of_this_process_and_in_the_order_given(pool: Extractor):
    talks = short(6)[::-1]
    expected = written(here(engine_from("local", Settings())).each(talks))
    assert written(pool.each(talks)) == expected
    assert [name for name, _ in expected] == [talk.id for talk in talks]


def test_a_killed_worker_costs_nothing_and_nothing_is_said_of_it(pool: Extractor, capfd: pytest.CaptureFixture[str]):
    talks = copies(5)
    results = pool.each(talks)
    found = [next(results)]
    before = set(workers_of(os.getpid()))
    while not (busy := at_work(os.getpid())):
        time.sleep(0.01)
    os.kill(busy[0], signal.SIGKILL)
    found += results
    assert set(workers_of(os.getpid())) - before, "no worker took the place of the one that was killed"
    assert written(iter(found)) == written(here(engine_from("local", Settings())).each(talks))
    assert capfd.readouterr() == ("", "")


@pytest.mark.soak
def test_no_more_conversations_are_read_ahead_than_the_window_holds(pool: Extractor):
    taken: list[Conversation] = []

    def told() -> Iterator[Conversation]:
        for number in range(100):
            taken.append(short_one.model_copy(update={"id": f"c-{number}"}))
            yield taken[-1]

    short_one = short(1)[0]
    results = pool.each(told())
    assert next(results).conversation.id == "c-0"
    assert len(taken) == 2 * IN_FLIGHT_PER_WORKER
    results.close()


@pytest.mark.soak
def test_a_cluster_is_joined_at_its_address_and_gives_the_same(pool: Extractor):
    import ray

    address = ray.get_runtime_context().gcs_address
    joined = driver(JOINED, address, RAY_AUTH_MODE="token", RAY_AUTH_TOKEN=session._TOKEN, **LOOPBACK)
    out, err = joined.communicate(timeout=60)
    assert (joined.returncode, err) == (0, "")
    expected = here(engine_from("local", Settings())).each(short(2))
    assert json.loads(out) == [records for _, records in written(expected)]


def test_it_asks_for_a_token_and_listens_on_loopback_only(pool: Extractor):
    from ray._raylet import AuthenticationMode, get_authentication_mode

    assert get_authentication_mode() == AuthenticationMode.TOKEN
    pids = {path.parts[2] for path in Path("/proc").glob("[0-9]*/cmdline") if b"decisions-ray-" in _read(path)}
    assert pids
    sockets = {link for pid in pids for link in _links(Path("/proc", pid, "fd"))}
    open_to = {address for address, inode in _listening() if f"socket:[{inode}]" in sockets}
    assert open_to
    assert open_to <= {"0100007F", "0000000000000000FFFF00000100007F"}, "it listens on more than loopback"


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except OSError:
        return b""


def _links(folder: Path) -> list[str]:
    links = []
    for entry in folder.iterdir():
        try:
            links.append(str(entry.readlink()))
        except OSError:
            continue
    return links


def _listening() -> Iterator[tuple[str, str]]:
    """Local addresses, as the kernel writes them, and inodes of the sockets that listen."""
    for table in ("tcp", "tcp6"):
        for line in Path("/proc/net", table).read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A":
                yield fields[1].partition(":")[0], fields[9]


def test_outside_its_context_it_does_not_work():
    with pytest.raises(RuntimeError, match="while it is entered"):
        next(on_ray("local", Settings()).each(short(1)))


def test_ctrl_c_ends_it_with_all_its_processes_and_files():
    running = driver(INTERRUPTED)
    assert running.stdout is not None
    assert running.stdout.readline()
    workers = workers_of(running.pid)
    assert workers
    running.send_signal(signal.SIGINT)
    running.communicate(timeout=30)
    assert running.returncode == -signal.SIGINT
    assert not any(alive(pid) for pid in workers)


def test_what_a_killed_driver_left_is_removed_and_what_is_in_use_is_not(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(session, "_PREFIX", "decisions-ray-test-")
    used = session._own_folder()
    left = session._own_folder()
    left.release()
    new = session._own_folder()
    folders = [Path(lock.lock_file).parent for lock in (used, left, new)]
    assert [folder.exists() for folder in folders] == [True, False, True]
    for lock in (used, new):
        session._remove(lock)
    assert not any(folder.exists() for folder in folders)
