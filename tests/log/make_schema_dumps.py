"""Writes the dumps of the present schema that tests open with later code: ``tests/log/schemas/REVISION.DATABASE.sql``.

    python tests/log/make_schema_dumps.py

To be run when the present revision is final, before the next one is begun; dumps of earlier revisions stay as they are.
Each is a small log with rows in every table, all words invented. PostgreSQL's programs must be on this machine.
"""

from __future__ import annotations

import datetime as dt
import re
import shutil
import sqlite3
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parent)]

import postgres  # noqa: E402
from kept import DAY, EMBEDDER, action, decision, found, keep, question, quote, talk  # noqa: E402
from sqlalchemy import func, select  # noqa: E402

from extractor.delivery import targets_of  # noqa: E402
from extractor.log import linked, reviewing, runs, schema, sources, tables, tending, undoing, visibility  # noqa: E402
from extractor.log.backup import backup  # noqa: E402
from extractor.log.erasing import erase_person  # noqa: E402
from extractor.log.store import Log  # noqa: E402
from extractor.nightly.delivering import begin_digest  # noqa: E402
from extractor.plan import DigestPlan  # noqa: E402
from extractor.records import Due  # noqa: E402

SCHEMAS = HERE / "schemas"
NOW = dt.datetime(2026, 4, 1, 3, tzinfo=dt.UTC)
BACKUP = Path("/var/backups/decisions/log.db")
"""Where the log in the dumps says that a backup of it lies."""
_OF_SEARCH = re.compile(r"""(?:INSERT INTO|CREATE TABLE) ["']records_fts|INSERT INTO sqlite_master|PRAGMA writable""")

_OF_SESSION = re.compile(r"(?m)^(?:--.*|SET .*;|SELECT pg_catalog.set_config.*|\\\w+.*)\n")


def fill(log: Log, folder: Path) -> None:
    """A row or more in every table: reviews, links, revisions, versions, an erased person, what waits to be done."""
    for number in range(4):
        said = talk(
            f"Ada Lund: We'll paint the shed number {number} green; 50% is done.",
            "Ben Ito: I buy the paint.",
            "Cy Roe: Who knows what the paint costs?",
            "Dora Eck: I never liked sheds.",
            name=f"m-{number}",
            title=f"Shed steering {number}",
            started_at=DAY + dt.timedelta(days=7 * number),
        )
        due = Due(text="soon", date=DAY + dt.timedelta(days=number))
        first = quote(said, 0, "paint the shed")
        keep(
            log,
            said,
            found(
                said,
                decision(said, f"Paint the shed number {number} green.", first, decided_by=("ada-lund",), topic="shed"),
                action(said, "Buy the paint.", quote(said, 1, "buy the paint"), owners=("ben-ito",), due=due),
                question(said, "What does paint cost?", quote(said, 2, "Who knows"), raised_by=("cy-roe",)),
            ),
        )
    _reviewed(log)
    _with_rights(log)
    erase_person(log, "Dora Eck", "Eve Oak", EMBEDDER)
    runs.note_run(log, NOW, NOW, 1, 0, "{}")
    begin_digest(log, targets_of(DigestPlan(file="digest.md"), folder), empty=True, today=NOW.date())
    backup(log, folder / "backup.db")
    with log.write() as tx:
        tx.connection.execute(tables.backups.update().values(path=str(BACKUP)))
    _assert_every_table_has_rows(log)


def _reviewed(log: Log) -> None:
    with log.read() as connection:
        names = list(connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars())
    with log.write("Eve Oak") as tx:
        reviewing.approve(tx, names[0], "yes")
        reviewing.reject(tx, names[4])
        reviewing.edit(tx, names[6], {"statement": "Paint it greener."}, EMBEDDER)
        reviewing.merge(tx, names[9], names[6])
        linked.confirm(tx, names[6], names[0], "supersedes")
    with log.write() as tx:
        linked.suggest(tx, names[7], names[1], "relates", confidence=0.4, judge="test")
        sources.put_in_quarantine(tx, "folder:bad.vtt", "v1", "bad.vtt", "no cue")
    said = talk("Ada Lund: We paint the shed number 2 yellow.", name="m-2", title="Shed steering 2")
    again = decision(said, "Paint the shed number 2 yellow.", quote(said, 0, "paint the shed number 2"))
    keep(log, said, found(said, again), "folder:m-2.vtt")


def _with_rights(log: Log) -> None:
    """An account with all that lets somebody in, a restricted conversation, and acts that were taken back."""
    at = "2026-04-01T03:00:00.000000Z"
    with log.write("Eve Oak") as tx:
        visibility.restrict(tx, "m-3", ["Eve Oak", "Ada Lund"])
        eve = tx.person("Eve Oak")
        account = {
            "id": 1,
            "login": "eve",
            "person": eve,
            "role": "admin",
            "password": "$argon2id$none",
            "created_at": at,
        }
        opened = {"account": 1, "created_at": at}
        for table, row in (
            (tables.accounts, account),
            (tables.identities, {"issuer": "https://id.example.org", "subject": "eve", "account": 1}),
            (tables.sessions, {"digest": "0" * 64, "seen_at": at, "expires_at": at, **opened}),
            (tables.tokens, {"id": 1, "name": "script", "digest": "1" * 64, "scope": "read", **opened}),
        ):
            tx.connection.execute(table.insert().values(row))
    with log.read() as connection:
        names = list(connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars())
    with log.write("Eve Oak") as tx:
        tending.comment(tx, names[1], "By when?")
        tending.assign(tx, names[3:4], "Ada Lund")
        tending.close(tx, names[2], "Forty.")
        reviewing.approve(tx, names[3], needed=2)
    with log.write("Ada Lund") as tx:
        reviewing.approve(tx, names[3], needed=2)
        undoing.undo(tx, names[3], EMBEDDER)


def _assert_every_table_has_rows(log: Log) -> None:
    with log.read() as connection:
        for table in tables.metadata.sorted_tables:
            assert connection.execute(select(func.count()).select_from(table)).scalar_one(), table.name


def _sqlite(folder: Path) -> str:
    with Log.open(folder, clock=lambda: NOW) as log:
        fill(log, folder)
    connection = sqlite3.connect(folder / "log.db")
    try:
        plain = [one for one in connection.iterdump() if not _OF_SEARCH.match(one) and one != "COMMIT;"]
        return "\n".join([*plain, *_search(connection), "COMMIT;"]) + "\n"
    finally:
        connection.close()


def _search(connection: sqlite3.Connection) -> Iterator[str]:
    """The full-text search, which ``iterdump`` writes in a way that cannot be read."""
    yield connection.execute("SELECT sql || ';' FROM sqlite_master WHERE name = 'records_fts'").fetchone()[0]
    quoted = "SELECT rowid, quote(statement), quote(words) FROM records_fts ORDER BY rowid"
    for row in connection.execute(quoted):
        yield "INSERT INTO records_fts(rowid, statement, words) VALUES({}, {}, {});".format(*row)


def _postgresql(folder: Path) -> str:
    with postgres.cluster() as cluster:
        url = cluster.new_database()
        with Log.open(folder, url, clock=lambda: NOW) as log:
            fill(log, folder)
        connecting = ("-h", "127.0.0.1", "-p", str(cluster.port), "-U", postgres.USER)
        plain = ("--format=plain", "--inserts", "--no-owner", "--no-privileges")
        dumped = cluster.run("pg_dump", *connecting, *plain, url.rpartition("/")[2])
    return re.sub(r"\n{3,}", "\n\n", _OF_SESSION.sub("", dumped))


def main() -> None:
    SCHEMAS.mkdir(exist_ok=True)
    makers: dict[str, Callable[[Path], str]] = {"sqlite": _sqlite, "postgresql": _postgresql}
    for name, make in makers.items():
        folder = Path(tempfile.mkdtemp(prefix="decisions-dump-"))
        try:
            path = SCHEMAS / f"{schema.LATEST}.{name}.sql"
            path.write_text(make(folder).replace(str(folder), "/home/decisions"), encoding="utf-8")
            print(f"{path} ({path.stat().st_size // 1024} KB)")
        finally:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
