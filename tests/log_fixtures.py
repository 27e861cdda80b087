"""Logs for tests: in SQLite, and in a PostgreSQL server of our own. A conftest.py imports what its tests need."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import postgres
import pytest

from extractor.log.store import Log


@pytest.fixture(scope="session")
def postgres_cluster() -> Iterator[postgres.Cluster]:
    """A PostgreSQL server; tests that need it are skipped where PostgreSQL is not installed."""
    if postgres.binaries() is None:
        pytest.skip("PostgreSQL's programs (initdb) are not on this machine")
    with postgres.cluster() as cluster:
        yield cluster


@pytest.fixture
def postgres_url(postgres_cluster: postgres.Cluster) -> Iterator[str]:
    """The URL of a new, empty database, dropped after the test."""
    url = postgres_cluster.new_database()
    yield url
    postgres_cluster.drop(url)


@pytest.fixture(params=["sqlite", "postgresql"])
def log_url(request: pytest.FixtureRequest) -> str | None:
    """None for SQLite's file in the data folder, the URL of a new database of PostgreSQL."""
    return None if request.param == "sqlite" else str(request.getfixturevalue("postgres_url"))


@pytest.fixture
def log(log_url: str | None, tmp_path: Path) -> Iterator[Log]:
    """An empty log, once in SQLite and once in PostgreSQL. Its data folder is ``tmp_path / "data"``."""
    with Log.open(tmp_path / "data", log_url) as opened:
        yield opened
