"""A nightly run that is killed at any instant, and begun again until it ends, leaves the log of an undisturbed one."""

from __future__ import annotations

import os
import random
import shutil
import signal
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import pytest
from delivery.hook_server import HookServer
from snapshots import snapshot

from extractor.index import RecordIndex
from extractor.log import checking, outbox
from extractor.log.store import Log

REPO = Path(__file__).resolve().parents[2]
SOURCES = 60
KILLS = 300 if os.environ.get("DECISIONS_SOAK") else 12
KILLS_A_LOG = 10 if os.environ.get("DECISIONS_SOAK") else 6
SEED = 20261124

WORDS = (
    "the harbour crane",
    "the ferry timetable",
    "the kiln licence",
    "the orchard fence",
    "the choir rota",
    "the archive roof",
    "the lab fridge",
    "the bakery oven",
    "the rowing shed",
    "the tram stop",
)


@dataclass
class Team:
    """A folder with a plan, its sources, and a data folder."""

    folder: Path
    hook: str

    @classmethod
    def in_folder(cls, folder: Path, hook: str) -> Team:
        sources = folder / "minutes"
        sources.mkdir(parents=True)
        for number in range(SOURCES):
            (sources / f"{WORDS[number % 10].replace(' ', '-')}-{number // 10 + 1:02d}.txt").write_text(_talk(number))
        (sources / "broken.docx").write_bytes(b"PK\x03\x04 not really")
        (folder / "decisions.toml").write_text(
            'home = "data"\n[nightly]\nstatus_file = "status.jsonl"\n[[nightly.sources]]\ntype = "folder"\n'
            f'name = "minutes"\npaths = ["minutes"]\n[[digest.webhooks]]\nkind = "json"\nurl = "{hook}"\n'
        )
        return cls(folder, hook)

    def begin(self) -> subprocess.Popen[bytes]:
        environment = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONS_")}
        return subprocess.Popen(
            [sys.executable, "-m", "extractor.cli.main", "nightly", "--quiet"],
            cwd=self.folder,
            env={**environment, "PYTHONPATH": str(REPO)},
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def finish(self) -> None:
        """Runs to the end; the broken source makes it end with 1 the first time it is met, and 0 after that."""
        run = self.begin()
        _, said = run.communicate(timeout=300)
        assert run.returncode in (0, 1), said.decode()

    def log(self) -> Log:
        return Log.open(self.folder / "data", create=False)


def _talk(number: int) -> str:
    thing = WORDS[number % 10]
    day = f"2026-{number // 10 + 1:02d}-05"
    return (
        f"Ada Quist: Welcome on {day}. First {thing}.\n"
        f"Bo Tarn: I propose we repair {thing} before week {number + 10}.\n"
        f"Ada Quist: We decided to repair {thing} before week {number + 10}. Agreed?\n"
        f"Cy Dorn: Agreed.\n"
        f"Bo Tarn: I will write to the office about {thing} by Friday.\n"
        f"Cy Dorn: Do we know who pays for {thing}?\n"
    )


@pytest.fixture(scope="module")
def undisturbed(tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, list[object]], float]:
    with HookServer() as hook:
        team = Team.in_folder(tmp_path_factory.mktemp("calm"), hook.url)
        began = time.monotonic()
        team.finish()
        took = time.monotonic() - began
        assert len(hook.taken) == 1
    with team.log() as log:
        found = snapshot(log, team.folder)
    assert len(found["conversations"]) == SOURCES
    assert len(found["quarantine"]) == 1
    assert len(found["records"]) > SOURCES
    return found, took


@pytest.mark.slow
@pytest.mark.parametrize("trial", range(KILLS // KILLS_A_LOG))
def test_a_run_that_is_killed_again_and_again_ends_as_an_undisturbed_one(
    trial: int, tmp_path: Path, undisturbed: tuple[dict[str, list[object]], float]
) -> None:
    expected, took = undisturbed
    chance = random.Random(SEED + trial)
    with HookServer() as hook:
        team = Team.in_folder(tmp_path / "team", hook.url)
        for _ in range(KILLS_A_LOG):
            run = team.begin()
            time.sleep(chance.uniform(0.05, 1.0) * took * chance.choice((0.3, 0.6, 1.1)))
            run.send_signal(signal.SIGKILL)
            run.communicate()
            if chance.random() < 0.2:
                shutil.rmtree(team.folder / "data" / "index", ignore_errors=True)
        team.finish()
        keys = {request.key for request in hook.taken}
        assert len(hook.taken) == len(keys) == 1, "the digest has one effect, however often it was sent"
    with team.log() as log:
        assert snapshot(log, team.folder) == expected
        assert not checking.verify(log).problems
        with log.read() as connection:
            assert outbox.pending(connection) == 0
    _index_is_whole(team, len(expected["records"]))


def test_two_runs_at_once_do_the_work_of_one(
    tmp_path: Path, undisturbed: tuple[dict[str, list[object]], float]
) -> None:
    expected, _ = undisturbed
    with HookServer() as hook:
        team = Team.in_folder(tmp_path / "team", hook.url)
        runs = [team.begin(), team.begin()]
        ended = [(run.communicate(timeout=300)[1].decode(), run.returncode) for run in runs]
        assert sorted(code for _, code in ended) in ([1, 3], [0, 1]), ended
        locked = [said for said, code in ended if code == 3]
        assert all("is being worked on" in said and "process" in said for said in locked)
        team.finish()
        assert len(hook.taken) == 1
    with team.log() as log:
        assert snapshot(log, team.folder) == expected


def _index_is_whole(team: Team, records: int) -> None:
    from extractor.embedding import load_embedder

    embedder = load_embedder()
    index = RecordIndex(team.folder / "data" / "index" / "records", embedder.name, embedder.dimension)
    assert index.count() == records
    assert index.status().healthy
