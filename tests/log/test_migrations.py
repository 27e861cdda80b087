"""A log of every schema that there has been opens with today's code, and nothing stops half way between two of them."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from kept import decision, found, keep, quote, talk
from sqlalchemy import func, inspect, select, text

from extractor.errors import LogMissingError
from extractor.log import checking, schema, searching, tables
from extractor.log.database import Database
from extractor.log.store import FILE, Log

REPO = Path(__file__).resolve().parents[2]
SCHEMAS = Path(__file__).parent / "schemas"
REVISIONS = sorted(schema.known_revisions())
NEXT = "9999"
NEXT_REVISION = f'''
import os, signal
import sqlalchemy as sa
from alembic import op
revision, down_revision, branch_labels, depends_on = "{NEXT}", "{schema.LATEST}", None, None

def upgrade():
    op.add_column("people", sa.Column("shoe_size", sa.Integer()))
    op.execute("UPDATE people SET shoe_size = 42")
    if os.environ.get("KILLED"):
        os.kill(os.getpid(), signal.SIGKILL)
'''
"""A schema after today's, for which there is always an older one."""
OPEN = """
import sys
from pathlib import Path
from extractor.log import schema
from extractor.log.store import Log
folder, url, migrations = sys.argv[1:]
if migrations:
    schema.MIGRATIONS, schema.LATEST = Path(migrations), "9999"
with Log.open(Path(folder), url or None) as log, log.read() as connection:
    print(schema.revision_of(connection))
"""


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "data"
    made.mkdir()
    return made


@pytest.fixture
def migrations(tmp_path: Path) -> Path:
    """The migrations, with one more."""
    copy = tmp_path / "migrations"
    shutil.copytree(schema.MIGRATIONS, copy)
    (copy / "versions" / f"{NEXT}_next.py").write_text(NEXT_REVISION)
    return copy


def opened(folder: Path, url: str | None, migrations: Path | str = "", **more: str) -> subprocess.Popen[str]:
    """A process that opens the log and prints the revision of its schema."""
    return subprocess.Popen(
        [sys.executable, "-c", OPEN, str(folder), url or "", str(migrations)],
        env={**os.environ, "PYTHONPATH": str(REPO), **more},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def load(revision: str, folder: Path, url: str | None) -> None:
    """A full log of an earlier schema, as it was written then."""
    if url is None:
        connection = sqlite3.connect(folder / FILE)
        connection.executescript((SCHEMAS / f"{revision}.sqlite.sql").read_text(encoding="utf-8"))
        connection.close()
        return
    with psycopg.connect(url) as session:
        session.execute((SCHEMAS / f"{revision}.postgresql.sql").read_bytes())


@contextlib.contextmanager
def database_of(folder: Path, url: str | None) -> Iterator[Database]:
    database = Database(url or f"sqlite:///{folder / FILE}", folder)
    try:
        yield database
    finally:
        database.close()


def revision_of(folder: Path, url: str | None) -> str | None:
    with database_of(folder, url) as database, database.reading() as connection:
        return schema.revision_of(connection)


def assert_is_todays(log: Log) -> None:
    """The schema is the latest, the tables are those of the code, and what stands in them is what the events say."""
    with log.read() as connection:
        assert schema.revision_of(connection) == schema.LATEST
        own = {"include_name": lambda name, *_: "_fts" not in (name or "")}
        assert compare_metadata(MigrationContext.configure(connection, opts=own), tables.metadata) == []
    assert checking.verify(log).problems == ()


def add(log: Log) -> None:
    said = talk("Ada Lund: We paint the boat house.", name="m-new", title="Boats")
    keep(log, said, found(said, decision(said, "Paint the boat house.", quote(said, 0, "paint the boat house"))))


@pytest.fixture(params=REVISIONS)
def revision(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def test_there_is_a_log_of_every_schema() -> None:
    assert REVISIONS[-1] == schema.LATEST
    expected = {f"{revision}.{database}.sql" for revision in REVISIONS for database in ("sqlite", "postgresql")}
    assert {path.name for path in SCHEMAS.iterdir()} == expected


def test_a_full_log_of_an_earlier_schema_opens_verifies_and_takes_more(
    revision: str, folder: Path, log_url: str | None
) -> None:
    load(revision, folder, log_url)
    assert revision_of(folder, log_url) == revision
    with database_of(folder, log_url) as database, database.reading() as connection:
        then = set(inspect(connection).get_table_names()) & tables.metadata.tables.keys()
    assert len(then) > 20
    with Log.open(folder, log_url, create=False) as log:
        assert_is_todays(log)
        with log.read() as connection:
            for table in (one for one in tables.metadata.sorted_tables if one.name in then):
                assert connection.execute(select(func.count()).select_from(table)).scalar_one(), table.name
            before = searching.by_words(connection, "paint the shed", 50)
        assert before
        add(log)
        assert checking.verify(log).problems == ()
        with log.read() as connection:
            assert len(searching.by_words(connection, "boat house", 50)) == 1


def test_an_empty_log_of_an_earlier_schema_opens(revision: str, folder: Path, log_url: str | None) -> None:
    made = {"log_id": "0123456789abcdef", "created_at": "2026-04-01T03:00:00.000000Z"}
    with database_of(folder, log_url) as database:
        schema.upgrade(database, revision)
        with database.writing() as connection:
            for key, value in made.items():
                connection.execute(text("INSERT INTO meta (key, value) VALUES (:k, :v)"), {"k": key, "v": value})
    with Log.open(folder, log_url, create=False) as log:
        assert_is_todays(log)
        add(log)
        assert checking.verify(log).problems == ()


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
def test_the_stored_logs_have_the_schema_that_their_migration_makes(
    revision: str, kind: str, tmp_path: Path, request: pytest.FixtureRequest
) -> None:
    """A migration that was changed after its dump was made is found here."""
    made, stored = tmp_path / "made", tmp_path / "stored"
    made.mkdir()
    stored.mkdir()
    urls: list[str | None] = [None, None]
    if kind == "postgresql":
        cluster = request.getfixturevalue("postgres_cluster")
        urls = [cluster.new_database(), cluster.new_database()]
    with database_of(made, urls[0]) as database:
        schema.upgrade(database, revision)
    load(revision, stored, urls[1])
    assert described(made, urls[0]) == described(stored, urls[1])


def described(folder: Path, url: str | None) -> list[tuple[str, ...]]:
    """Everything that a schema is made of, as the database describes it."""
    own = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'records_fts_%'"
    with database_of(folder, url) as database, database.reading() as connection:
        rows = connection.execute(text(own if url is None else DESCRIPTION))
        return sorted(tuple(" ".join(str(value).split()) for value in row) for row in rows)


DESCRIPTION = """
SELECT 'column', table_name, column_name, data_type || ' ' || is_nullable || coalesce(column_default, '')
FROM information_schema.columns WHERE table_schema = 'public'
UNION ALL SELECT 'constraint', conrelid::regclass::text, conname, pg_get_constraintdef(oid)
FROM pg_constraint WHERE connamespace = 'public'::regnamespace
UNION ALL SELECT 'index', tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION ALL SELECT 'trigger', tgrelid::regclass::text, tgname, pg_get_triggerdef(oid)
FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'function', '', proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace
"""


def test_a_log_of_a_later_version_is_left_as_it_is(folder: Path, log_url: str | None) -> None:
    load(schema.LATEST, folder, log_url)
    with database_of(folder, log_url) as database, database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '4711'"))
    for create in (True, False):
        with pytest.raises(LogMissingError, match=r"later version of decisions \(schema 4711\).*Upgrade"):
            Log.open(folder, log_url, create=create)
    assert revision_of(folder, log_url) == "4711"


@pytest.mark.skipif(sys.platform == "win32", reason="there is no SIGKILL on Windows")
def test_a_migration_that_is_killed_leaves_the_old_schema_and_the_next_one_completes(
    folder: Path, log_url: str | None, migrations: Path
) -> None:
    load(schema.LATEST, folder, log_url)
    killed = opened(folder, log_url, migrations, KILLED="yes")
    killed.communicate(timeout=60)
    assert killed.returncode == -signal.SIGKILL
    with Log.open(folder, log_url, create=False) as log:
        assert_is_todays(log)
    completed = opened(folder, log_url, migrations)
    assert completed.communicate(timeout=60)[0].strip() == NEXT
    with database_of(folder, log_url) as database, database.reading() as connection:
        assert "shoe_size" in {column["name"] for column in inspect(connection).get_columns("people")}
        assert set(connection.execute(text("SELECT shoe_size FROM people")).scalars()) == {42}


def test_a_log_that_was_never_finished_is_made_by_the_next(folder: Path, log_url: str | None) -> None:
    """Killed between the schema and the log's own id, or before either."""
    (folder / FILE).touch()
    with database_of(folder, log_url) as database:
        schema.upgrade(database)
    with Log.open(folder, log_url) as log:
        assert_is_todays(log)
        add(log)


@pytest.mark.slow
def test_eight_processes_that_open_a_new_log_at_once_open_one(folder: Path, log_url: str | None) -> None:
    racers = [opened(folder, log_url) for _ in range(8)]
    ended = [(*racer.communicate(timeout=120), racer.returncode) for racer in racers]
    assert [code for _, _, code in ended] == [0] * 8, ended
    assert {out.strip() for out, _, _ in ended} == {schema.LATEST}
    with Log.open(folder, log_url, create=False) as log:
        assert_is_todays(log)
        with log.read() as connection:
            assert set(connection.execute(select(tables.meta.c.key)).scalars()) == {"log_id", "created_at"}


@pytest.mark.slow
def test_eight_processes_that_open_an_old_log_at_once_migrate_it_once(
    folder: Path, log_url: str | None, migrations: Path
) -> None:
    load(schema.LATEST, folder, log_url)
    racers = [opened(folder, log_url, migrations) for _ in range(8)]
    ended = [(*racer.communicate(timeout=120), racer.returncode) for racer in racers]
    assert [code for _, _, code in ended] == [0] * 8, ended
    assert {out.strip() for out, _, _ in ended} == {NEXT}
