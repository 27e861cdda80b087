"""The unattended run as an object: what it counts, when its days begin, and what may go wrong around it."""

from __future__ import annotations

import datetime as dt
import json
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from engines.loopback import LoopbackServer, answer, failure
from kept import DAY, EMBEDDER, action, decision, found, keep, quote, talk
from sqlalchemy import select
from worded import Reader

from extractor.index import PassageIndex, RecordIndex
from extractor.linking.sides import Judged, Side
from extractor.log import linked, tables, views
from extractor.log.events import head
from extractor.log.store import Log
from extractor.mirroring import Mirror
from extractor.nightly.digesting import SHOWN, Span, digest_of
from extractor.nightly.run import Nightly, Orders, Result
from extractor.plan import DigestPlan, FolderSource, NightlyPlan, Retention
from extractor.records import Due, Usage

EVENING = dt.datetime(2026, 3, 10, 14, tzinfo=dt.UTC)
"""In Auckland, where it is 13 hours later, it is the 11th."""


class Costly:
    """A judge that sees no links, and whose every call has its price."""

    name, version, leaves_machine, destination = "costly", "1", True, None

    def __init__(self) -> None:
        self.usage = Usage()

    def judge(self, new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> list[Judged]:
        self.usage += Usage(calls=1, input_tokens=100)
        return []


def night(log: Log, folder: Path, digest: DigestPlan | None = None, **plan: Any) -> Result:
    """One run over the log, with a source in ``folder / "minutes"``."""
    (folder / "minutes").mkdir(exist_ok=True)
    records = RecordIndex(folder / "records", EMBEDDER.name, EMBEDDER.dimension)
    mirror = Mirror(log, records, PassageIndex(folder / "passages", EMBEDDER), EMBEDDER)
    source = FolderSource(type="folder", name="minutes", paths=("minutes",))
    orders = Orders(NightlyPlan(sources=(source,), **plan), digest or DigestPlan(), Retention(), folder)
    return Nightly(log, Reader(), Costly(), mirror, orders).run()


def status(path: Path) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(path.read_text().splitlines()[-1])
    return found


@pytest.fixture
def log(tmp_path: Path) -> Iterator[Log]:
    with Log.open(tmp_path / "data", clock=lambda: EVENING) as opened:
        yield opened


def many(log: Log, number: int) -> list[str]:
    """So many decisions in the log."""
    lines = [f"Ada Lund: We paint shed {place} green." for place in range(number)]
    said = talk(*lines, name="m-1")
    made = (decision(said, turn.text, quote(said, turn.index, turn.text)) for turn in said.turns)
    return keep(log, said, found(said, *made)).new


@pytest.fixture
def auckland(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    time.tzset()
    yield
    monkeypatch.undo()
    time.tzset()


def test_what_is_due_is_overdue_on_the_day_after_as_people_here_count_days(
    log: Log, tmp_path: Path, auckland: None
) -> None:
    said = talk("Ada Lund: I buy the paint.", name="m-1", started_at=DAY)
    due = Due(text="on the 10th", date=EVENING.date())
    keep(log, said, found(said, action(said, "Buy the paint.", quote(said, 0, "I buy the paint"), due=due)))
    night(log, tmp_path, DigestPlan(file="digest.md"), status_file="status.jsonl")
    assert status(tmp_path / "status.jsonl")["log"]["overdue"] == 1
    (overdue,) = [line for line in (tmp_path / "digest.md").read_text().splitlines() if line.startswith("## Overdue")]
    assert "1" in overdue


def test_what_a_judge_costs_is_part_of_what_the_run_costs(log: Log, tmp_path: Path) -> None:
    many(log, 1)
    said = talk("Ada Lund: We paint the gate.", name="m-2")
    keep(log, said, found(said, decision(said, "We paint the gate.", quote(said, 0, "We paint"))))
    night(log, tmp_path, status_file="status.jsonl")
    told = status(tmp_path / "status.jsonl")["usage"]
    assert (told["calls"], told["input_tokens"]) == (1, 100)


def test_a_status_file_of_nobody_is_a_file_of_that_name(log: Log, tmp_path: Path) -> None:
    result = night(log, tmp_path, status_file="~nobody-of-that-name/status.jsonl")
    assert result.problems == []
    assert (tmp_path / "~nobody-of-that-name" / "status.jsonl").exists()


def test_a_digest_reads_whole_only_what_it_shows_and_counts_the_rest(log: Log, monkeypatch: pytest.MonkeyPatch) -> None:
    names = many(log, 3 * SHOWN)
    with log.write() as tx:
        for place, name in enumerate(names[1:]):
            kind = "supersedes" if place % 2 else "relates"
            linked.suggest(tx, name, names[0], kind, confidence=place / 100, judge="test")
        gone = tables.records.c.id == names[-1]
        tx.connection.execute(tables.records.update().where(gone).values(erased_at=tx.at))
    read: list[str] = []
    whole = views._record

    def noted(row: Any, *parts: Any) -> views.LogRecord:
        read.append(row.id)
        return whole(row, *parts)

    monkeypatch.setattr(views, "_record", noted)
    with log.read() as connection:
        span = Span(id="digest-1", after_event=0, last_event=head(connection).seq, from_time=EVENING, to_time=EVENING)
        digest = digest_of(connection, span, "log", EVENING.date())
    standing = names[:-1]
    assert [one.id for one in digest.new] == standing[:SHOWN]
    assert digest.counts.decided == len(standing)
    assert (digest.counts.superseded, digest.counts.links) == (len(standing) // 2, len(standing) // 2)
    assert digest.superseded[0].from_.id == standing[-1]
    assert len(digest.superseded) == len(digest.links) == SHOWN
    assert len(read) <= 6 * SHOWN


def test_what_was_added_before_the_key_was_refused_is_kept_and_told(
    decisions: Any, tmp_path: Path, own_home: Path
) -> None:
    talks = {
        "a.vtt": "We decided to buy spades.",
        "b.vtt": "We decided to buy seeds.",
        "c.vtt": "We decided to buy hoses.",
    }
    for name, words in talks.items():
        (tmp_path / name).write_text(f"WEBVTT\n\n00:00.000 --> 00:04.000\n<v Ada Lund>{words}\n")
    with LoopbackServer() as server:
        server.queue(answer(decisions=[], action_items=[], open_questions=[]))
        server.otherwise = lambda _: failure(401, "Incorrect API key provided", "invalid_api_key")
        env = {"OPENAI_API_KEY": "sk-once", "DECISIONS_OPENAI_BASE_URL": server.url}
        done = decisions("add", *(tmp_path / name for name in talks), "--engine", "openai:small", env=env)
        assert len(server.requests) == 2
    assert done.returncode == 1, done.stderr
    assert "2 of 3 sources were not added" in done.stderr
    assert "a.vtt" in done.stdout
    with Log.open(own_home) as log, log.read() as connection:
        assert len(connection.execute(select(tables.sources.c.origin)).all()) == 1
