"""The pages over logs of 1,000, 10,000 and 100,000 decisions: how long each takes, and how that grows.

    python tests/benchmarks/bench_review.py [--most 100000] [--rounds 20] [--postgresql] [--folder FOLDER]

A server in its own process as ``decisions serve`` runs it, once for the one person at this machine (a cookie) and once
for a team (a token), and a client on loopback that keeps its connection: medians and 95th percentiles in milliseconds,
and the exponent b of time = a * n^b between the smallest and the largest log. Beside them stands what the same server
takes for a file and for saying who asks, and how long it computed itself, where the system tells that. A meeting has
ten decisions, two actions and a question; a fifth of all waits, 3 % of the conversations are for somebody else alone,
one record in twenty is linked.
"""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import http.client
import json
import math
import random
import subprocess
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote, urlencode

import sqlalchemy

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bench_log import A_MEETING, ENGINE, PEOPLE, SIZES, Text, WordVectors, databases, measured

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.log import tables
from extractor.log.intake import Proposal, propose
from extractor.log.store import Log
from extractor.log.visibility import NOBODY
from extractor.records import (
    ActionItem,
    ConversationHeader,
    ConversationRecords,
    Decision,
    Due,
    Evidence,
    OpenQuestion,
    record_id,
)
from extractor.review import access, credentials

if TYPE_CHECKING:
    from sqlalchemy import Connection

REVIEWER: Final = "Person A"
LONG: Final = (200, 2_000)
"""Turns of two meetings that every log has."""
TURNS: Final = 40
"""Turns of every other meeting."""
AT_ONCE: Final = 50
TARGET_MS: Final = 50.0
PROPOSED: Final = 5_000
"""Decisions that are proposed one by one; a larger log has copies of them."""
COPIED: Final = {
    "conversations": ("seq", ("id",)),
    "conversation_ids": ("", ("id", "conversation")),
    "turns": ("", ("conversation",)),
    "participants": ("", ("conversation",)),
    "records": ("seq", ("id", "conversation")),
    "evidence": ("", ("record",)),
    "record_people": ("", ("record",)),
    "versions": ("", ("record",)),
    "vectors": ("", ("record",)),
    "events": ("seq", ("subject",)),
}
"""Tables with the column that counts and those that hold ids, in the order in which they refer to one another."""
KIND_OF: Final = (*["decision"] * A_MEETING, "action_item", "action_item", "open_question")


def meeting(number: int, text: Text, turns: int = TURNS) -> tuple[Conversation, ConversationRecords]:
    """A meeting with ten decisions, two actions and a question; a long one with as many for every 200 turns."""
    name, day = f"meeting-{number}", dt.date(2016, 1, 1) + dt.timedelta(days=number % 3650)
    people = tuple(Participant(id=one.lower().replace(" ", "-"), name=one) for one in PEOPLE[number % 15 :][:5])
    said = tuple(
        Turn(index=place, speaker=people[place % 5].id, text=text.sentence(), start=float(place * 10))
        for place in range(turns)
    )
    characters = sum(len(turn.text) for turn in said)
    coverage = Coverage(characters=characters, used=characters)
    more = {"kind": "meeting", "title": f"Series {number % 50} {day}", "source": f"{name}.vtt", "started_at": day}
    conversation = Conversation(id=name, participants=people, turns=said, coverage=coverage, **more)
    chance = random.Random(number)
    found = [
        _record(name, place, said[place * 3 % turns], people, chance)
        for place in range(len(KIND_OF) * max(turns // 200, 1))
    ]
    header = ConversationHeader(id=name, turns=turns, participants=people, **more)
    return conversation, ConversationRecords(
        conversation=header,
        decisions=tuple(one for one in found if isinstance(one, Decision)),
        action_items=tuple(one for one in found if isinstance(one, ActionItem)),
        open_questions=tuple(one for one in found if isinstance(one, OpenQuestion)),
        coverage=coverage,
    )


def _record(
    name: str, place: int, turn: Turn, people: tuple[Participant, ...], chance: random.Random
) -> Decision | ActionItem | OpenQuestion:
    kind = KIND_OF[place % len(KIND_OF)]
    proof = Evidence(
        role="accepted", turn=turn.index, quote=turn.text, start_char=0, end_char=len(turn.text), speaker=turn.speaker
    )
    owners = (people[place % 5].id,) if place % 2 else ()
    common: dict[str, Any] = {
        "id": record_id(name, kind, proof, 0),
        "evidence": (proof,),
        "confidence": round(chance.random(), 3),
        "flags": ("hedged",) if chance.random() < 0.1 else (),
    }
    if kind == "decision":
        significance = chance.choice(("high", "medium", "low", None))
        said = {"statement": turn.text, "statement_source": "quoted", "status": "decided", "owners": owners}
        return Decision(**common, **said, decided_by=(people[0].id,), significance=significance)
    if kind == "action_item":
        due = Due(text="then", date=dt.date(2026, 1, 1) + dt.timedelta(days=chance.randrange(700)))
        return ActionItem(**common, task=turn.text, owners=owners, due=due if place % 2 else None)
    return OpenQuestion(**common, question=turn.text, raised_by=(people[1].id,), owners=owners)


def fill(log: Log, decisions: int, embedder: WordVectors) -> None:
    """Fills an empty log and has people judge it, without the acts: what they write is put where they keep it."""
    text, wanted = Text(1), min(decisions, PROPOSED) // A_MEETING
    for start in range(0, wanted, AT_ONCE):
        with log.write() as tx:
            for number in range(start, min(start + AT_ONCE, wanted)):
                propose(tx, Proposal(*meeting(number, text), ENGINE, f"bench:{number}"), embedder)
    with log.write() as tx:
        copy(tx.connection, decisions // A_MEETING // wanted)
        for number, turns in enumerate(LONG, wanted):
            propose(tx, Proposal(*meeting(number, text, turns), ENGINE, f"bench:{number}"), embedder)
        judge(tx.connection, tx.person("Stranger to the bench"))


def copy(connection: Connection, times: int) -> None:
    """Has all that is in the log there so many times; copies bear ids with a number behind them."""
    if times < 2:
        return
    copies = f"(WITH RECURSIVE n(k) AS (SELECT 1 UNION ALL SELECT k + 1 FROM n WHERE k < {times - 1}) SELECT k FROM n)"
    for name, (counted, named) in COPIED.items():
        columns = [column.name for column in tables.metadata.tables[name].columns]
        most = connection.exec_driver_sql(f"SELECT max({counted}) FROM {name}").scalar() if counted else 0
        values = [_copied(column, counted, named, most) for column in columns]
        into = f"INSERT INTO {name} ({', '.join(columns)})"
        statement = f"{into} SELECT {', '.join(values)} FROM {name} CROSS JOIN {copies} AS copies"
        connection.execute(sqlalchemy.text(statement))
    number, kept = ("rowid", "statement, words") if connection.dialect.name == "sqlite" else ("seq", "words")
    most = connection.exec_driver_sql(f"SELECT max({number}) FROM records_fts").scalar()
    connection.exec_driver_sql(
        f"INSERT INTO records_fts ({number}, {kept}) "
        f"SELECT records_fts.{number} + k * {most}, {kept} FROM records_fts CROSS JOIN {copies} AS copies"
    )


def _copied(column: str, counted: str, named: tuple[str, ...], most: int) -> str:
    """What a copy has in a column: an event of a conversation keeps the number that it is called by."""
    if column == "subject":
        return "CASE WHEN subject LIKE 'conversation:%' THEN subject ELSE subject || '~' || k END"
    return f"{column} || '~' || k" if column in named else f"{column} + k * {most}" if column == counted else column


def judge(connection: Connection, stranger: int) -> None:
    """Has most records approved, some rejected, done or linked, and some conversations for a stranger alone."""

    def run(statement: str) -> None:
        connection.execute(sqlalchemy.text(statement))

    run("UPDATE records SET state = 'approved', touched = TRUE WHERE seq % 5 > 0")
    run("UPDATE records SET state = 'rejected' WHERE seq % 50 = 1")
    run("UPDATE records SET closed_at = created_at WHERE type <> 'decision' AND seq % 3 = 0 AND state = 'approved'")
    run(f"INSERT INTO restrictions SELECT id, {stranger} FROM conversations WHERE seq % 33 = 5")
    kinds = "CASE later.seq % 3 WHEN 0 THEN 'supersedes' WHEN 1 THEN 'contradicts' ELSE 'duplicates' END"
    run(
        "INSERT INTO links (id, from_record, to_record, kind, state, judge, created_at) "
        f"SELECT 'l-' || later.seq, later.id, earlier.id, {kinds}, "
        "CASE later.seq % 40 WHEN 0 THEN 'confirmed' ELSE 'suggested' END, 'bench', later.created_at "
        "FROM records AS later JOIN records AS earlier ON earlier.seq = later.seq - 19 WHERE later.seq % 20 = 0"
    )
    run("DELETE FROM outbox")


def ready(log: Log, decisions: int) -> None:
    """Fills a log that is empty, and has the database know what is in it as a server in use does."""
    with log.read() as connection:
        empty = connection.exec_driver_sql("SELECT 1 FROM records LIMIT 1").first() is None
    if empty:
        fill(log, decisions, WordVectors())
        if log.database.dialect == "postgresql":  # what autovacuum does on a server that is not thrown away
            with log.database.outside() as connection:
                connection.exec_driver_sql("VACUUM ANALYZE")


def serve(folder: Path, url: str | None, team: bool) -> None:
    """Serves a log as ``decisions serve`` does, on any free port; says in a line of JSON where, and how to get in."""
    import uvicorn

    from extractor.cli.serve import _listening
    from extractor.plan import ReviewPlan, ServePlan
    from extractor.review.service import Desk
    from extractor.review.web.app import create_app
    from extractor.review.web.door import LocalDoor, TeamDoor
    from extractor.review.web.site import Site

    embedder = WordVectors()
    with Log.open(folder, url) as log:
        plan = ServePlan(port=0, accounts=team)
        listener = _listening(plan)
        door: LocalDoor | TeamDoor = TeamDoor(log, plan) if team else LocalDoor(log, REVIEWER, plan)
        key = door.link if isinstance(door, LocalDoor) else _token(log)
        app = create_app(Site(Desk(log, lambda: embedder, ReviewPlan()), plan, door))
        print(json.dumps({"port": listener.getsockname()[1], "key": key}), flush=True)
        config = uvicorn.Config(app, log_level="warning", access_log=False, server_header=False)
        uvicorn.Server(config).run(sockets=[listener])


def _token(log: Log) -> str:
    with log.write() as tx:
        login = f"bench-{time.time_ns()}"
        account = access.add(tx, login, f"{REVIEWER} {login}", "admin")
        return credentials.make_token(tx, account.number, "bench", "admin", 7)[1]


@dataclass
class Client:
    """A browser, or a program with a token, that keeps its connection."""

    port: int
    server: int
    headers: dict[str, str] = field(default_factory=lambda: {"Sec-Fetch-Site": "same-origin"})

    def __post_init__(self) -> None:
        self._kept = http.client.HTTPConnection("127.0.0.1", self.port)

    def get(self, path: str) -> str:
        return self._asked("GET", path, None, {}, (200,))[1]

    def post(self, path: str, **fields: Any) -> str:
        """Sends a form; returns what cookie it is given."""
        form = {"Content-Type": "application/x-www-form-urlencoded"}
        return self._asked("POST", path, urlencode(fields), form, (303,))[0]

    def act(self, **act: Any) -> None:
        self._asked("POST", "/api/v1/acts", json.dumps(act), {"Content-Type": "application/json"}, (200,))

    def _asked(
        self, method: str, path: str, body: str | None, headers: dict[str, str], right: tuple[int, ...]
    ) -> tuple[str, str]:
        self._kept.request(method, path, body, {**self.headers, **headers})
        answer = self._kept.getresponse()
        words = answer.read().decode()
        if answer.status not in right:
            raise SystemExit(f"{method} {path} was answered with {answer.status}: {words[:300]}")
        return (answer.getheader("set-cookie") or "").partition(";")[0], words


@contextlib.contextmanager
def served(folder: Path, url: str | None, *, team: bool) -> Iterator[Client]:
    """A client that is let in to a server of its own."""
    command = [sys.executable, __file__, "--serve", str(folder), "team" if team else "local", *([url] if url else [])]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as server:
        try:
            assert server.stdout is not None
            said = json.loads(server.stdout.readline())
            client = Client(said["port"], server.pid)
            if team:
                client.headers = {"Authorization": f"Bearer {said['key']}"}
            else:
                cookie = client.post("/sign-in/link", key=said["key"].partition("key=")[2])
                client.headers["Cookie"] = cookie
            yield client
        finally:
            server.terminate()
            server.wait(20)


def _column(connection: Connection, statement: str) -> list[Any]:
    return list(connection.execute(sqlalchemy.text(statement)).scalars())


class Visits:
    """What people ask of one log; ``log`` says only what there is to ask for."""

    def __init__(self, log: Log, client: Client, seed: int) -> None:
        self.client = client
        self.chance = random.Random(seed)
        self.text = Text(1)
        said = Counter(word.strip(".").lower() for _ in range(500) for word in self.text.sentence().split())
        self.common = [word for word, _ in said.most_common(8)]
        with log.seen_by(NOBODY).read() as connection:
            ask = partial(_column, connection)
            self.waits = iter(ask("SELECT id FROM records WHERE state = 'proposed' ORDER BY weight DESC LIMIT 4000"))
            self.records = ask("SELECT id FROM records WHERE state = 'approved' AND seq % 7 = 0 ORDER BY seq LIMIT 900")
            self.meetings = ask("SELECT seq FROM conversations WHERE turns < 100 ORDER BY seq DESC LIMIT 300")
            self.long = {
                turns: ask(f"SELECT seq FROM conversations WHERE turns = {turns} ORDER BY seq LIMIT 1")[0]
                for turns in LONG
            }

    def a_file(self) -> None:
        self.client.get("/static/site.css")

    def who_am_i(self) -> None:
        self.client.get("/api/v1/me")

    def inbox(self) -> None:
        self.client.get("/")

    def inbox_of_a_record(self) -> None:
        self.client.get(f"/?record={next(self.waits)}")

    def inbox_by_meeting(self) -> None:
        self.client.get("/?by=meeting")

    def inbox_for_me(self) -> None:
        self.client.get("/?who=me&reason=conflict&reason=confidence")

    def log(self) -> None:
        self.client.get("/log")

    def log_of_an_owner(self) -> None:
        self.client.get(f"/log?{urlencode({'owner': self.chance.choice(PEOPLE), 'since': '2019-03-04'})}")

    def search_sentence(self) -> None:
        self._searched(self.text.sentence(6))

    def search_common(self) -> None:
        self._searched(" ".join(self.chance.sample(self.common, 2)))

    def search_typing(self) -> None:
        """A sentence of which somebody has typed a part, mostly in the middle of a word."""
        words = self.text.sentence(4)
        self._searched(words[: self.chance.randrange(2, len(words))])

    def search_a_letter(self) -> None:
        self._searched(self.chance.choice("bcdfghklmnprstvz"))

    def record(self) -> None:
        self.client.get(f"/records/{self.chance.choice(self.records)}")

    def meetings_list(self) -> None:
        self.client.get("/meetings")

    def meeting(self) -> None:
        self.client.get(f"/meetings/{self.chance.choice(self.meetings)}")

    def meeting_200_turns(self) -> None:
        self.client.get(f"/meetings/{self.long[200]}")

    def meeting_2000_turns(self) -> None:
        self.client.get(f"/meetings/{self.long[2_000]}?turn=900")

    def questions(self) -> None:
        self.client.get("/questions")

    def actions(self) -> None:
        self.client.get("/actions?state=both")

    def actions_overdue(self) -> None:
        self.client.get("/actions?show=overdue")

    def actions_mine(self) -> None:
        self.client.get("/actions?show=mine")

    def api_waiting(self) -> None:
        self.client.get("/api/v1/waiting")

    def api_search(self) -> None:
        self.client.get(f"/api/v1/search?q={quote(self.text.sentence(4))}")

    def approve_by_form(self) -> None:
        self.client.post("/acts", act="approve", record=next(self.waits), next="/")

    def approve_by_api(self) -> None:
        self.client.act(act="approve", record=next(self.waits))

    def _searched(self, words: str) -> None:
        self.client.get(f"/log?{urlencode({'q': words, 'state': 'both'})}")


YARDSTICK: Final = "who_am_i"
ASKED: Final = tuple(name for name in vars(Visits) if not name.startswith("_"))


def computed_ms(server: int, database: str | None) -> float:
    """How long a server, and what serves its database, have computed so far; 0 where the system does not tell.

    Of PostgreSQL those processes count that say in their titles that they serve this database.
    """
    total, title = 0, f"/{database}".rpartition("/")[2]
    for folder in Path("/proc").glob("[0-9]*"):
        with contextlib.suppress(OSError):
            mine = int(folder.name) == server
            serves = database is not None and f" {title} ".encode() in (folder / "cmdline").read_bytes()
            if mine or serves:
                total += sum(int((task / "schedstat").read_text().split()[0]) for task in folder.glob("task/*"))
    return total / 1e6


@dataclass(frozen=True)
class Took:
    """What one kind of visit took, in milliseconds: for who waits the median and the 95th percentile, and the mean of
    what the server and its database computed, whatever else the machine did meanwhile.
    """

    median: float
    p95: float
    computed: float


def timed(visit: Callable[[], None], rounds: int, client: Client, url: str | None) -> Took:
    visit()
    before = computed_ms(client.server, url)
    median, p95 = measured(visit, rounds)
    return Took(median, p95, (computed_ms(client.server, url) - before) / (rounds + 1))


def told(name: str, sizes: list[int], table: dict[str, list[Took]]) -> None:
    """Prints the table, and what in the largest log is over the target."""
    print(f"\n{name:<20}" + "".join(f"{f'{size:,}':>26}" for size in sizes) + f"{'exponent':>10}")
    for one, took in table.items():
        growth = took[-1].median / took[0].median
        exponent = math.log(growth) / math.log(sizes[-1] / sizes[0]) if len(sizes) > 1 else 0.0
        cells = "".join(f"{f'{it.median:.1f} ({it.p95:.1f}) {it.computed:.1f}':>26}" for it in took)
        print(f"{one:<20}{cells}{exponent:>10.2f}")
    print("milliseconds: median (95th percentile) and, of them, computed by the server and its database")
    for one, took in table.items():
        if took[-1].median >= TARGET_MS:
            over = took[-1].median / table[YARDSTICK][-1].median
            print(f"over {TARGET_MS:g} ms: {one}, {over:.0f} times what {YARDSTICK} takes")


def visited(name: str, places: list[tuple[int, Path, str | None]], rounds: int, *, team: bool) -> None:
    """Measures all visits to logs of several sizes, and prints them."""
    table: dict[str, list[Took]] = {one: [] for one in ASKED}
    for seed, (size, folder, url) in enumerate(places):
        with Log.open(folder, url) as log:
            ready(log, size)
            with served(folder, url, team=team) as client:
                visits = Visits(log, client, 2 * seed + team)
                for one in ASKED:
                    table[one].append(timed(getattr(visits, one), rounds, client, url))
        print(f"{name}: {size:,} decisions visited", file=sys.stderr)
    told(name, [size for size, _, _ in places], table)


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--most", type=int, default=10_000)
    parser.add_argument("--rounds", type=int, default=20)
    parser.add_argument("--postgresql", action="store_true", help="PostgreSQL too, in a cluster of its own")
    parser.add_argument("--folder", type=Path, help="keep the SQLite logs here, and use those that are here")
    given = parser.parse_args()
    sizes = [size for size in SIZES if size <= given.most]
    with databases(given.postgresql) as found, tempfile.TemporaryDirectory() as folder:
        for name, new_url in found:
            places = [(size, (given.folder or Path(folder)) / f"{name}-{size}", new_url()) for size in sizes]
            for team, door in ((False, "alone"), (True, "team")):
                visited(f"{name}, {door}", places, given.rounds, team=team)


if __name__ == "__main__":
    if sys.argv[1:2] == ["--serve"]:
        serve(Path(sys.argv[2]), sys.argv[4] if len(sys.argv) > 4 else None, team=sys.argv[3] == "team")
    else:
        main()
