"""What the tests of the commands on the log share."""

from __future__ import annotations

from pathlib import Path

import pytest
import shed
from log_fixtures import postgres_cluster, postgres_url

from extractor.log.store import Log

__all__ = ["postgres_cluster", "postgres_url"]


@pytest.fixture(autouse=True)
def no_terminal(monkeypatch: pytest.MonkeyPatch) -> None:
    """Output is as wide as where there is no terminal, whatever runs the tests."""
    monkeypatch.delenv("COLUMNS", raising=False)


@pytest.fixture
def shed_log(own_home: Path) -> dict[str, str]:
    """A log in the data folder with two meetings about a shed; the ids of their records by a word for each."""
    with Log.open(own_home) as log:
        return shed.fill(log)
