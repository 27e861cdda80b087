"""A PostgreSQL server of our own for tests: a throw-away cluster on a free port of this machine."""

from __future__ import annotations

import contextlib
import itertools
import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

USER = "decisions"
_SPEED = "fsync=off\nfull_page_writes=off\nsynchronous_commit=off\nautovacuum=off\nmax_connections=60\n"
_numbers = itertools.count()


def binaries() -> Path | None:
    """The folder of the newest PostgreSQL's programs on this machine, None where there is none."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"), key=lambda path: int(path.parts[-3]))
    if found:
        return found[-1].parent
    there = shutil.which("initdb")
    return Path(there).resolve().parent if there else None


@dataclass
class Cluster:
    """A running server. ``folder`` holds its data."""

    folder: Path
    port: int
    programs: Path
    made: list[str] = field(default_factory=list)

    def new_database(self) -> str:
        """The URL of a new, empty database."""
        name = f"log{os.getpid()}x{next(_numbers)}"
        self._ask(f"CREATE DATABASE {name}")
        self.made.append(name)
        return f"postgresql://{USER}@127.0.0.1:{self.port}/{name}"

    def drop(self, url: str) -> None:
        name = url.rpartition("/")[2]
        self._ask(f"DROP DATABASE {name} WITH (FORCE)")

    def _ask(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(host="127.0.0.1", port=self.port, user=USER, dbname="postgres", autocommit=True) as link:
            link.execute(statement)

    def run(self, program: str, *arguments: str) -> str:
        return _as_postgres([str(self.programs / program), *arguments], self.folder)


@contextlib.contextmanager
def cluster() -> Iterator[Cluster]:
    """A server that runs as long as the block."""
    programs = binaries()
    assert programs is not None
    base = Path(tempfile.mkdtemp(prefix="decisions-pg-"))
    try:
        if os.getuid() == 0:
            shutil.chown(base, "postgres", "postgres")
        data, port = base / "data", _free_port()
        initdb = [str(programs / "initdb"), "-D", str(data), "-A", "trust", "-U", USER, "--no-sync"]
        _as_postgres([*initdb, "-E", "UTF8", "--locale=C.UTF-8"], base)
        own = f"listen_addresses='127.0.0.1'\nport={port}\nunix_socket_directories='{base}'\n"
        with (data / "postgresql.conf").open("a") as file:
            file.write(own + _SPEED)
        control = [str(programs / "pg_ctl"), "-D", str(data)]
        _as_postgres([*control, "-w", "-t", "60", "-l", str(base / "server.log"), "start"], base)
        try:
            yield Cluster(base, port, programs)
        finally:
            _as_postgres([*control, "-m", "immediate", "stop"], base)
    finally:
        shutil.rmtree(base, ignore_errors=True)


def _as_postgres(command: list[str], folder: Path) -> str:
    """Runs a program, as the user postgres where this one is root: the server refuses to run as root."""
    if os.getuid() == 0:
        command = ["setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups", *command]
    done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120, check=False)
    if done.returncode:
        raise RuntimeError(f"{command} failed: {done.stdout} {done.stderr}")
    return done.stdout


def _free_port() -> int:
    with socket.socket() as listening:
        listening.bind(("127.0.0.1", 0))
        return int(listening.getsockname()[1])
