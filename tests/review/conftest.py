"""What the tests of review share."""

from __future__ import annotations

from pathlib import Path

import pytest
from log_fixtures import log, log_url, postgres_cluster, postgres_url

__all__ = ["log", "log_url", "postgres_cluster", "postgres_url"]

ON_BOTH = frozenset(
    "test_access test_acts test_conflicts test_load test_nothing_leaks test_queue test_restricted test_two_reviewers "
    "test_undo".split()
)
"""What asks the database in its own way. Of the others, which look at what is made of its answers, the variants on
PostgreSQL are left to ``make soak``.
"""


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if item.path.parent == here and item.path.stem not in ON_BOTH and "postgresql" in item.name:
            item.add_marker(pytest.mark.soak)
