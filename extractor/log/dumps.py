"""Copies of a log in PostgreSQL: archives of ``pg_dump`` in its own format, with the log's tables and nothing else.

``pg_dump`` takes its snapshot from a transaction of ours, so that what is in the archive can be counted against it; and
``pg_restore`` turns an archive into text, which is verified and loaded here, in one transaction with all the rest.
"""

from __future__ import annotations

import contextlib
import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any, Final

from sqlalchemy import URL, text

from extractor.errors import LogError, UsageError
from extractor.log import events, schema, tables
from extractor.log.backup import Copy, counts_of, foreign, refuse_problems

if TYPE_CHECKING:
    from sqlalchemy import Connection

    from extractor.log.database import Database
    from extractor.log.store import Log

TABLES: Final = (*tables.metadata.tables, "records_fts", "alembic_version")
_COPY: Final = re.compile(r'COPY (?:"?\w+"?\.)?"?(\w+)"? \((.*)\) FROM stdin;\n')
_ESCAPED: Final = re.compile(r"\\(.)", re.DOTALL)
_SIGNS: Final = {"b": "\b", "f": "\f", "n": "\n", "r": "\r", "t": "\t", "v": "\v"}
_PLACES: Final = ("/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin")


def dumped(log: Log, part: Path) -> Copy:
    """Writes an archive of the log to ``part`` and verifies it; see ``backup``."""
    with log.read() as connection:
        snapshot = connection.exec_driver_sql("SELECT pg_export_snapshot()").scalar_one()
        expected, end = counts_of(connection), events.head(connection)
        schema_name = connection.exec_driver_sql("SELECT current_schema()").scalar_one()
        wanted = [f"--table={_quoted(schema_name)}.{name}" for name in TABLES]
        arguments = ["--format=custom", "--data-only", f"--snapshot={snapshot}", *wanted, f"--file={part}"]
        _run(log.database, "pg_dump", arguments)
    copy = inspected_dump(part)
    if (copy.rows, copy.head) != (expected, end):
        raise LogError(f"The backup {part} is not what it was made from.", "Try again, on another disk.")
    return copy


def inspected_dump(path: Path) -> Copy:
    """What an archive holds, after everything in it was verified; see ``inspected``."""
    counts: dict[str, int] = {}
    found: dict[str, list[dict[str, Any]]] = {"meta": [], "alembic_version": []}

    def rows_of_events() -> Iterator[Any]:
        for table, columns, lines in _tables(path):
            rows = (dict(zip(columns, _values(line), strict=True)) for line in lines)
            counts[table] = 0
            for row in rows:
                counts[table] += 1
                if table == "events":
                    yield SimpleNamespace(**{**row, "seq": int(row["seq"] or 0)})
                elif table in found:
                    found[table].append(row)

    try:
        head = events.verify_rows(rows_of_events())
        log_id = next(row["value"] for row in found["meta"] if row["key"] == "log_id")
        revision = found["alembic_version"][0]["version_num"]
    except (LookupError, StopIteration, RuntimeError, ValueError, TypeError, AttributeError) as error:
        raise foreign(path, str(error) or "it holds no log") from None
    rows = {name: counts[name] for name in tables.metadata.tables if name in counts}
    return Copy(path, log_id, revision, head, rows)


def loaded(copy: Copy, database: Database, stamp: str) -> str | None:
    """Loads an archive in the place of the log that is there, which is moved to a schema of its own; all or nothing."""
    with database.writing() as connection:
        kept = _moved_aside(connection, stamp) if schema.revision_of(connection) is not None else None
        schema.upgrade_on(connection, copy.revision)
        cursor = connection.connection.dbapi_connection.cursor()  # type: ignore[union-attr]
        for table, columns, lines in _tables(copy.path):
            if table == "alembic_version":
                for _ in lines:
                    pass
                continue
            quoted = ", ".join(_quoted(column) for column in columns)
            with cursor.copy(f"COPY {_quoted(table)} ({quoted}) FROM STDIN") as target:
                for line in lines:
                    target.write(line)
        refuse_problems(connection, copy)
        schema.upgrade_on(connection, "head")
    return kept


def program(name: str) -> str:
    """The path of one of PostgreSQL's programs, the newest there is; raises UsageError where there is none."""
    found: list[tuple[int, str]] = []
    for place in _PLACES:
        root, _, rest = place[1:].partition("*")
        for folder in Path("/").glob(f"{root}*{rest}"):
            if (folder / name).is_file():
                digits = re.findall(r"\d+", str(folder))
                found.append((int(digits[0]) if digits else 0, str(folder / name)))
    there = max(found)[1] if found else shutil.which(name)
    if there is None:
        what = f"{name} is not installed, which copies of a log in PostgreSQL need."
        raise UsageError(what, "Install PostgreSQL's client programs (Debian: apt install postgresql-client).")
    return there


def _moved_aside(connection: Connection, stamp: str) -> str:
    kept = f"decisions_before_{stamp.lower()}"
    connection.exec_driver_sql(f"CREATE SCHEMA {kept}")
    for name in TABLES:
        connection.exec_driver_sql(f"ALTER TABLE IF EXISTS {name} SET SCHEMA {kept}")
    if connection.execute(text("SELECT to_regproc('refuse_change')")).scalar() is not None:
        connection.exec_driver_sql(f"ALTER FUNCTION refuse_change() SET SCHEMA {kept}")
    return f"schema {kept}"


def _tables(path: Path) -> Iterator[tuple[str, list[str], Iterator[str]]]:
    """Each table of an archive: its name, its columns and its lines, which must be taken before the next table."""
    command = [program("pg_restore"), "--data-only", "--file=-", str(path)]
    with tempfile.TemporaryFile("w+", encoding="utf-8") as errors:
        with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=errors, encoding="utf-8") as process:
            assert process.stdout is not None
            try:
                yield from _copies(process.stdout)
            finally:
                process.stdout.close()
                if process.poll() is None:
                    process.terminate()
        errors.seek(0)
        said = " ".join(errors.read().split())
    if process.returncode:
        raise RuntimeError(f"it is damaged ({said[:200]})")


def _copies(stream: Any) -> Iterator[tuple[str, list[str], Iterator[str]]]:
    for line in stream:
        begins = _COPY.fullmatch(line)
        if begins:
            columns = [column.strip().strip('"') for column in begins[2].split(",")]
            yield begins[1], columns, _lines(stream)


def _lines(stream: Any) -> Iterator[str]:
    for line in stream:
        if line == "\\.\n":
            return
        yield line
    raise RuntimeError("it is cut off")


def _values(line: str) -> list[str | None]:
    fields = line.rstrip("\n").split("\t")
    return [None if field == r"\N" else _ESCAPED.sub(_unescaped, field) for field in fields]


def _unescaped(match: re.Match[str]) -> str:
    return _SIGNS.get(match[1], match[1])


def _run(database: Database, name: str, arguments: list[str]) -> None:
    """Runs a program on the database; the password goes by the environment, which other users cannot read."""
    url = database.url
    environment = {**os.environ, "PGCONNECT_TIMEOUT": "10"}
    if url.password:
        environment["PGPASSWORD"] = str(url.password)
    parts = {name: getattr(url, name) for name in ("username", "host", "port", "database", "query")}
    address = URL.create("postgresql", **parts).render_as_string(hide_password=False)
    command = [program(name), *arguments, f"--dbname={address}"]
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    if done.returncode:
        said = " ".join(done.stderr.split())
        with contextlib.suppress(OSError):
            Path(arguments[-1].removeprefix("--file=")).unlink()
        raise LogError(f"{name} could not copy the log at {database.shown} ({said[:300]}).", "See what it says.")


def _quoted(name: str) -> str:
    return '"' + name.replace('"', '""') + '"'
