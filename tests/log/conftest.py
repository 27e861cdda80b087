"""What the tests of the log share."""

from log_fixtures import log, log_url, postgres_cluster, postgres_url

__all__ = ["log", "log_url", "postgres_cluster", "postgres_url"]
