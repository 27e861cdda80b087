"""Many reviewers at once, each with a sign-in or a token of their own, against one serving process.

``make soak`` has fifty of them; run it with ``-rP`` for how long they waited.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import statistics
import subprocess
import sys
import time
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from door_world import PASSWORD, password_hash
from kept import decision, found, keep, quote, talk
from load_session import Ledger, Sitting
from sqlalchemy import select

from extractor.log import checking, tables, visibility
from extractor.log.store import Log
from extractor.review import access, credentials

TESTS = Path(__file__).resolve().parents[1]
SOAK = bool(os.environ.get("DECISIONS_SOAK"))
REVIEWERS = 50 if SOAK else 8
ROUNDS = 6 if SOAK else 2
LINES = tuple(f"Person {number}: The committee paints the shed, part {number}, as agreed." for number in range(8))
OWN, SHARED, PRIVATE = 7, 4, 1


def meeting(log: Log, name: str, decisions: int) -> list[str]:
    """Adds a meeting with so many decisions; returns their ids."""
    said = talk(*LINES, name=name, title=f"Committee {name}")
    made = [
        decision(said, f"The committee paints part {number} ({name}).", quote(said, number, f"part {number}"))
        for number in range(decisions)
    ]
    return list(keep(log, said, found(said, *made)).new)


def reviewers(log: Log, ledger: Ledger, address: str) -> list[Sitting]:
    """People with accounts and something to judge; every second one comes with a token in place of a password."""
    shared, made = meeting(log, "m-shared", SHARED), []
    for number in range(REVIEWERS):
        login, name = f"reviewer-{number}", f"Reviewer {number}"
        own, private = meeting(log, f"m-{number}", OWN), meeting(log, f"m-private-{number}", PRIVATE)
        with log.write() as tx:
            account = access.add(tx, login, name, "reviewer", password_hash())
            token = credentials.make_token(tx, account.number, "load", "review", 1)[1] if number % 2 else None
            visibility.restrict(tx, f"m-private-{number}", [name])
            place = tables.conversations.c
            sought = select(place.seq).where(place.id == f"m-{number}")
            seq = tx.connection.execute(sought).scalar_one()
        made.append(
            Sitting(ledger, address, login, name, PASSWORD, token, f"m-{number}", seq, own, shared, private, [])
        )
    for one, other in zip(made, [*made[1:], made[0]], strict=True):
        one.hidden += other.private
    return made


@contextlib.contextmanager
def serving(folder: Path, url: str | None) -> Iterator[str]:
    """A server in its own process; gives its address. What it notes of its failures ends in ``notes.txt``."""
    command = [sys.executable, str(TESTS / "review" / "load_server.py"), str(folder / "data"), *([url] if url else [])]
    paths = [str(TESTS), str(TESTS.parent), os.environ.get("PYTHONPATH", "")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(paths)}
    with (folder / "notes.txt").open("w") as notes:
        server = subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=notes, text=True)
        try:
            assert server.stdout is not None
            port = server.stdout.readline().strip()
            assert port, (folder / "notes.txt").read_text()
            yield f"http://127.0.0.1:{port}"
        finally:
            server.terminate()
            server.wait(60)


async def sit_all(sittings: list[Sitting]) -> None:
    await asyncio.gather(*(one.sit(ROUNDS) for one in sittings))


def lost_or_doubled(log: Log, ledger: Ledger) -> list[str]:
    """What stands in the log of acts that nobody was told of, or more or less than once of those that they were."""
    with log.read() as connection:
        reviews, people, events = tables.reviews.c, tables.people.c, tables.events.c
        names = {f"person:{row.id}": row.name for row in connection.execute(select(people.id, people.name))}
        noted = connection.execute(select(reviews.seq, reviews.reviewer, reviews.comment).order_by(reviews.seq)).all()
        actors = {row.seq: names.get(row.actor, "") for row in connection.execute(select(events.seq, events.actor))}
    said = Counter(row.comment for row in noted)
    wrong = [f"the remark “{words}” is there {said[words]} times" for words in ledger.remarks if said[words] != 1]
    told = sorted((one for one in ledger.told if one.event), key=lambda one: one.event)
    numbers = [one.event for one in told]
    wrong += [f"two acts were told of event {number}" for number, count in Counter(numbers).items() if count > 1]
    wrong += [f"{one} is {actors.get(one.event)!r}'s" for one in told if actors.get(one.event) != one.who]
    by_form, of_act = {words for words in ledger.remarks if words.endswith("goes home")}, Counter[int]()
    for row in noted:
        if row.comment in by_form:
            continue
        place = bisect_left(numbers, row.seq)  # an act's events end with the one that was told
        if place == len(told) or told[place].who != names[row.reviewer]:
            wrong.append(f"nobody was told of the act {row.seq} by {names[row.reviewer]}")
        else:
            of_act[numbers[place]] += 1
    return wrong + [f"{one} is there {of_act[one.event]} times" for one in told if of_act[one.event] != 1]


def waited(times: list[float]) -> str:
    ordered = sorted(times) or [0.0]
    p95 = ordered[int(0.95 * (len(ordered) - 1))]
    return f"{len(times)}: median {statistics.median(ordered):.0f} ms, p95 {p95:.0f} ms, most {ordered[-1]:.0f} ms"


def test_many_reviewers_at_once_meet_no_error_and_no_act_of_theirs_is_lost(
    log: Log, log_url: str | None, tmp_path: Path
) -> None:
    ledger = Ledger()
    with serving(tmp_path, log_url) as address:
        sittings = reviewers(log, ledger, address)
        began = time.perf_counter()
        asyncio.run(sit_all(sittings))
        took = time.perf_counter() - began
    print(f"{log.database.dialect}: {REVIEWERS} reviewers in {took:.1f} s; {len(ledger.told)} acts done, ", end="")
    print(f"{ledger.nothing_new} were so already, {ledger.conflicts} conflicts, {ledger.refused} did not fit")
    print(f"pages {waited(ledger.reads_ms)}; acts {waited(ledger.acts_ms)}; sign-ins {waited(ledger.sign_ins_ms)}")
    assert not ledger.problems, "\n".join(ledger.problems[:10])
    assert (tmp_path / "notes.txt").read_text() == ""
    assert lost_or_doubled(log, ledger) == []
    assert len(ledger.told) >= REVIEWERS * (8 + ROUNDS)
    report = checking.verify(log)
    assert report.ok, report.problems
