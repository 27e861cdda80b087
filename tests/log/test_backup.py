"""Copies of the log: of one state, while others write; verified; and brought back without what was erased since."""

from __future__ import annotations

import os
import resource
import signal
import sqlite3
import stat
import subprocess
import threading
from pathlib import Path
from typing import Any

import pytest
from kept import EMBEDDER, action, decision, files_with, found, keep, quote, talk
from sqlalchemy import select, text

from extractor.errors import ChainBrokenError, LogFullError, LogMissingError, UsageError
from extractor.log import checking, dumps, events, tables, views
from extractor.log.backup import Copy, backup, inspected, needs_rebuild, note_rebuilt, restore
from extractor.log.cleaning import to_clean
from extractor.log.erasing import erase_conversation, erase_person, erase_record
from extractor.log.store import Log

WORDS = "the lighthouse lamp is sold to the museum on friday"


def fill(log: Log, *numbers: int) -> None:
    for number in numbers:
        said = talk(
            f"Ada Lund: I hear that {WORDS}.",
            'Ben Ito: Agreed\tand\\noted, "so"; I will call them.',
            name=f"m-{number}",
            title=f"Lamp {number}",
        )
        keep(
            log,
            said,
            found(
                said,
                decision(said, "Sell the lamp.", quote(said, 0, WORDS), quote(said, 1, "Agreed", "accepted")),
                action(said, "Call the museum.", quote(said, 1, "I will call them"), owners=("ben-ito",)),
            ),
        )


def contents(log: Log) -> dict[str, list[tuple[Any, ...]]]:
    """Every row of every table but for what a backup itself writes."""
    rows: dict[str, list[tuple[Any, ...]]] = {}
    with log.read() as connection:
        for table in tables.metadata.sorted_tables:
            if table.name not in ("backups", "meta"):
                rows[table.name] = sorted((tuple(row) for row in connection.execute(select(table))), key=repr)
    return rows


def damaged(path: Path, how: str) -> None:
    data = bytearray(path.read_bytes())
    if how == "cut off":
        data = data[: len(data) * 2 // 3]
    elif how == "emptied":
        data = bytearray()
    elif how == "overwritten":
        third = len(data) // 3
        data[third : 2 * third] = os.urandom(third)
    elif how == "something else":
        data = bytearray(b"WEBVTT\n\n00:01.000 --> 00:02.000\nHello\n")
    path.write_bytes(bytes(data))


def test_a_backup_brings_back_every_row(log: Log, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    fill(log, 1, 2)
    before = contents(log)
    copy = backup(log, tmp_path / "log.bak")
    assert copy.rows["records"] == 4
    assert copy.rows["events"] == copy.head.seq
    fill(log, 3)
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    folder = log.database.folder if url else tmp_path / "fresh"
    brought = restore(tmp_path / "log.bak", folder, url, embedder=EMBEDDER, force=url is not None)
    with Log.open(folder, url) as back:
        after = contents(back)
        assert checking.verify(back, copy.head.hash).problems == ()
        with back.read() as connection:
            assert needs_rebuild(connection)
            assert list(events.walk(connection))[-1].kind == "log.restored"
        note_rebuilt(back)
        with back.read() as connection:
            assert not needs_rebuild(connection)
    assert brought.copy.head == copy.head
    assert {name: rows for name, rows in after.items() if name != "events"} == {
        name: rows for name, rows in before.items() if name != "events"
    }
    assert set(before["events"]) < set(after["events"])


def test_a_restored_log_goes_on(log: Log, tmp_path: Path) -> None:
    fill(log, 1)
    backup(log, tmp_path / "log.bak")
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    log.close()
    restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    with Log.open(log.database.folder, url) as back:
        fill(back, 2)
        assert checking.verify(back).problems == ()
        with pytest.raises(Exception, match="append-only"), back.write() as tx:
            tx.connection.execute(text("DELETE FROM events"))


def test_the_log_that_is_replaced_is_kept_beside_it(log: Log, tmp_path: Path) -> None:
    fill(log, 1)
    backup(log, tmp_path / "log.bak")
    fill(log, 2)
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    with pytest.raises(UsageError, match="already"):
        restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER)
    brought = restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    assert brought.kept is not None
    with log.read() as connection:
        assert connection.execute(select(tables.conversations.c.id)).scalars().all() == ["m-1"]
        known = set(connection.execute(select(tables.backups.c.path)).scalars())
        assert {brought.kept, str(tmp_path / "log.bak")} <= known
        if url is not None:
            name = brought.kept.removeprefix("schema ")
            assert connection.execute(text(f"SELECT count(*) FROM {name}.conversations")).scalar_one() == 2
    if url is None:
        assert inspected(Path(brought.kept)).rows["conversations"] == 2


def test_a_process_that_has_the_log_open_sees_the_one_that_was_brought_back(tmp_path: Path) -> None:
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        backup(log, tmp_path / "log.bak")
        fill(log, 2)
        with Log.open(tmp_path / "data") as other:
            restore(tmp_path / "log.bak", tmp_path / "data", embedder=EMBEDDER, force=True)
            fill(other, 3)
            with log.read() as connection:
                assert connection.execute(select(tables.conversations.c.id)).scalars().all() == ["m-1", "m-3"]
        assert checking.verify(log).problems == ()


def test_a_backup_is_of_one_state_while_others_write(log: Log, tmp_path: Path) -> None:
    fill(log, *range(1, 4))
    stop, wrote = threading.Event(), []

    def write() -> None:
        number = 100
        while not stop.is_set():
            fill(log, number := number + 1)
            wrote.append(number)

    writer = threading.Thread(target=write)
    writer.start()
    try:
        while not wrote:
            pass
        copies = []
        for number in range(3):
            begun = len(wrote)
            copies.append(backup(log, tmp_path / f"{number}.bak"))
            while len(wrote) == begun:
                pass
    finally:
        stop.set()
        writer.join()
    for copy in copies:
        assert inspected(copy.path) == copy
        assert copy.rows["records"] == 2 * copy.rows["conversations"]
    assert checking.verify(log, copies[0].head.hash).problems == ()


def test_a_backup_takes_the_place_of_the_last_one_and_of_nothing_else(log: Log, tmp_path: Path) -> None:
    fill(log, 1)
    first = backup(log, tmp_path / "log.bak")
    fill(log, 2)
    second = backup(log, tmp_path / "log.bak")
    assert second.rows["conversations"] == first.rows["conversations"] + 1
    mine = tmp_path / "mine.txt"
    mine.write_text("dear to me")
    for path in (mine, tmp_path / "no" / "such" / "folder.bak", tmp_path):
        with pytest.raises(UsageError):
            backup(log, path)
    assert mine.read_text() == "dear to me"
    if log.database.path is not None:
        with pytest.raises(UsageError, match="the log itself"):
            backup(log, log.database.path)


def test_a_backup_is_one_file_for_its_owner_only(log: Log, tmp_path: Path) -> None:
    fill(log, 1)
    place = tmp_path / "copies"
    place.mkdir()
    backup(log, place / "log.bak")
    assert [path.name for path in place.iterdir()] == ["log.bak"]
    assert stat.S_IMODE((place / "log.bak").stat().st_mode) == 0o600


def test_a_copy_in_which_a_word_was_changed_is_refused(tmp_path: Path) -> None:
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        backup(log, tmp_path / "log.bak")
    with sqlite3.connect(tmp_path / "log.bak") as connection:
        connection.execute("UPDATE turns SET text = replace(text, 'museum', 'junkyard')")
    connection.close()
    with pytest.raises(UsageError, match="not what its events say"):
        restore(tmp_path / "log.bak", tmp_path / "other", embedder=EMBEDDER)


@pytest.mark.parametrize("how", ["cut off", "emptied", "overwritten", "something else"])
def test_a_damaged_copy_is_refused_and_the_log_stays(log: Log, tmp_path: Path, how: str) -> None:
    fill(log, 1, 2, 3)
    backup(log, tmp_path / "log.bak")
    damaged(tmp_path / "log.bak", how)
    before = contents(log)
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    with pytest.raises((UsageError, ChainBrokenError)) as caught:
        restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    assert "log.bak" in str(caught.value) or isinstance(caught.value, ChainBrokenError)
    assert contents(log) == before


def test_a_database_that_is_no_log_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "shop.db"
    with sqlite3.connect(path) as connection:
        connection.execute("CREATE TABLE orders (id INTEGER)")
    connection.close()
    for wrong in (path, tmp_path / "absent.bak", tmp_path):
        with pytest.raises(UsageError):
            restore(wrong, tmp_path / "data", embedder=EMBEDDER)
    assert not (tmp_path / "data" / "log.db").exists()


def test_a_copy_whose_chain_was_changed_is_refused(tmp_path: Path) -> None:
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        backup(log, tmp_path / "log.bak")
    with sqlite3.connect(tmp_path / "log.bak") as connection:
        connection.execute("DROP TRIGGER events_are_not_changed")
        connection.execute("UPDATE events SET actor = 'person:1' WHERE seq = 1")
    connection.close()
    with pytest.raises(ChainBrokenError):
        restore(tmp_path / "log.bak", tmp_path / "other", embedder=EMBEDDER)


def test_a_copy_of_a_later_version_is_refused(tmp_path: Path) -> None:
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        backup(log, tmp_path / "log.bak")
    with sqlite3.connect(tmp_path / "log.bak") as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
    connection.close()
    with pytest.raises(LogMissingError, match="later version"):
        restore(tmp_path / "log.bak", tmp_path / "other", embedder=EMBEDDER)


def test_a_copy_of_the_other_database_is_refused(tmp_path: Path, postgres_url: str) -> None:
    with Log.open(tmp_path / "data") as log, Log.open(tmp_path / "more", postgres_url) as other:
        fill(log, 1)
        fill(other, 1)
        backup(log, tmp_path / "sqlite.bak")
        backup(other, tmp_path / "postgres.bak")
    with pytest.raises(UsageError, match="SQLite"):
        restore(tmp_path / "sqlite.bak", tmp_path / "x", postgres_url, embedder=EMBEDDER, force=True)
    with pytest.raises(UsageError, match="PostgreSQL"):
        restore(tmp_path / "postgres.bak", tmp_path / "x", embedder=EMBEDDER)


def test_a_log_that_cannot_be_read_any_more_can_be_replaced(tmp_path: Path) -> None:
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        backup(log, tmp_path / "log.bak")
    (tmp_path / "data" / "log.db").write_bytes(b"nothing of use" * 500)
    brought = restore(tmp_path / "log.bak", tmp_path / "data", embedder=EMBEDDER, force=True)
    assert brought.kept is not None
    assert Path(brought.kept).read_bytes().startswith(b"nothing of use")
    assert brought.may_hold_erased
    with Log.open(tmp_path / "data") as back:
        assert checking.verify(back).problems == ()


def test_what_was_erased_since_does_not_come_back_with_a_backup(log: Log, tmp_path: Path) -> None:
    fill(log, 1, 2, 3)
    backup(log, tmp_path / "log.bak")
    erase_conversation(log, "m-1", "Eve Oak")
    with log.read() as connection:
        named = connection.execute(select(tables.records.c.id).where(tables.records.c.conversation == "m-2")).scalars()
        record = sorted(named, key=str)[-1]
    erase_record(log, record, "Eve Oak")
    erase_person(log, "Ben Ito", "Eve Oak", EMBEDDER)
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    brought = restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    assert brought.erased == 3
    assert not brought.may_hold_erased
    with log.read() as connection:
        kept = views.conversation_by_id(connection, "m-2")
        assert kept is not None
        assert "Ben Ito" not in kept.model_dump_json()
        assert views.conversation_by_id(connection, "m-1").turns == ()  # type: ignore[union-attr]
        assert views.records_by_id(connection, [record])[record].text == ""
        assert to_clean(connection) == []
    assert checking.verify(log).problems == ()
    if url is None:
        for path in (tmp_path / "data").glob("log.db*"):
            assert path.name not in files_with(tmp_path / "data", "Ben Ito")


def test_the_password_is_in_no_argument_of_a_program(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    seen: list[tuple[list[str], dict[str, str]]] = []
    real = subprocess.run

    def spying(command: list[str], **more: Any) -> Any:
        seen.append((command, more.get("env") or {}))
        return real(command, **more)

    monkeypatch.setattr(subprocess, "run", spying)
    with Log.open(tmp_path / "data", postgres_url.replace("decisions@", "decisions:hush-hush@")) as log:
        backup(log, tmp_path / "log.bak")
    ((command, environment),) = seen
    assert not any("hush-hush" in part for part in command)
    assert environment["PGPASSWORD"] == "hush-hush"


def test_without_the_programs_of_postgresql_it_is_said_what_to_install(
    postgres_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with Log.open(tmp_path / "data", postgres_url) as log, monkeypatch.context() as patch:
        patch.setattr(dumps, "_PLACES", ())
        patch.setenv("PATH", str(tmp_path))
        with pytest.raises(UsageError, match="pg_dump is not installed"):
            backup(log, tmp_path / "log.bak")
    assert not (tmp_path / "log.bak").exists()


def test_a_copy_that_a_full_disk_stops_leaves_the_last_one(tmp_path: Path) -> None:
    """A limit on the size of files stands for the disk."""
    with Log.open(tmp_path / "data") as log:
        fill(log, 1)
        first: Copy = backup(log, tmp_path / "log.bak")
        fill(log, *range(2, 12))
        limit = resource.getrlimit(resource.RLIMIT_FSIZE)
        before = signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
        resource.setrlimit(resource.RLIMIT_FSIZE, (first.path.stat().st_size, limit[1]))
        try:
            with pytest.raises(LogFullError):
                backup(log, tmp_path / "log.bak")
        finally:
            resource.setrlimit(resource.RLIMIT_FSIZE, limit)
            signal.signal(signal.SIGXFSZ, before)
    assert inspected(tmp_path / "log.bak").rows == first.rows
    assert sorted(path.name for path in tmp_path.iterdir()) == ["data", "log.bak"]


def test_nobody_gets_in_again_who_was_shut_out_since(log: Log, tmp_path: Path) -> None:
    fill(log, 1)
    row = {"created_at": "2026-03-04T09:00:00.000000Z"}
    with log.write("Ada Lund") as tx:
        person = tx.person("Ada Lund")
        for number, login in enumerate(("ada", "ben"), 1):
            account = {"id": number, "login": login, "person": person, "role": "admin", **row}
            tx.connection.execute(tables.accounts.insert().values(account))
            token = {"id": number, "account": number, "name": "ci", "digest": login, "scope": "read", **row}
            tx.connection.execute(tables.tokens.insert().values(token))
        lasting = {"digest": "s", "account": 1, "seen_at": row["created_at"], "expires_at": "2036-03-04", **row}
        tx.connection.execute(tables.sessions.insert().values(lasting))
    backup(log, tmp_path / "log.bak")
    with log.write("Ada Lund") as tx:
        tx.connection.execute(
            tables.accounts.update().where(tables.accounts.c.login == "ben").values(disabled_at=tx.at)
        )
        tx.connection.execute(tables.tokens.update().where(tables.tokens.c.digest == "ben").values(revoked_at=tx.at))
    url = None if log.database.path is not None else log.database.url.render_as_string(hide_password=False)
    log.close()
    restore(tmp_path / "log.bak", log.database.folder, url, embedder=EMBEDDER, force=True)
    with Log.open(log.database.folder, url) as back, back.read() as connection:
        shut = {row.login: row.disabled_at is not None for row in connection.execute(select(tables.accounts))}
        ended = {row.digest: row.revoked_at is not None for row in connection.execute(select(tables.tokens))}
        assert shut == ended == {"ada": False, "ben": True}
        assert connection.execute(select(tables.sessions)).all() == []
