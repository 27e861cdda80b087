"""What holds for every test: no network but loopback, a home of its own, no settings or keys from outside."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable, Generator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

REPO = Path(__file__).resolve().parent.parent
KEPT = ("DECISIONS_TEST_DATA", "DECISIONS_FORBID_SKIP", "DECISIONS_SOAK", "DECISIONS_INDEX_ROUNDS")


settings.register_profile("seeded", derandomize=True, deadline=None)
settings.register_profile("soak", deadline=None, print_blob=True)
settings.load_profile("soak" if os.environ.get("DECISIONS_SOAK") else "seeded")


def pytest_configure(config: pytest.Config) -> None:
    for name in [name for name in os.environ if name.startswith(("OPENAI_", "LANGSMITH_", "LANGCHAIN_"))]:
        del os.environ[name]
    # As from a terminal: what a shell runs in the background inherits that SIGINT is ignored, and hands that on.
    if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
        signal.signal(signal.SIGINT, signal.default_int_handler)


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves the long ones to ``make soak``, where DECISIONS_SOAK is set."""
    if os.environ.get("DECISIONS_SOAK"):
        return
    long = [item for item in items if item.get_closest_marker("soak")]
    if long:
        config.hook.pytest_deselected(items=long)
        items[:] = [item for item in items if item not in set(long)]


@pytest.hookimpl(hookwrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[Any]) -> Generator[None, Any, None]:
    """With DECISIONS_FORBID_SKIP set, a skipped test is a failed one."""
    outcome = yield
    report = outcome.get_result()
    if report.skipped and not hasattr(report, "wasxfail") and os.environ.get("DECISIONS_FORBID_SKIP"):
        report.outcome = "failed"
        report.longrepr = f"skipped where skipping is forbidden: {report.longrepr[2]}"


@pytest.fixture(autouse=True)
def own_home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty data folder, and a working directory in which no decisions.toml is found."""
    home = tmp_path_factory.mktemp("home")
    for name in list(os.environ):
        if name.startswith("DECISIONS_") and name not in KEPT:
            monkeypatch.delenv(name)
    monkeypatch.setenv("DECISIONS_HOME", str(home))
    monkeypatch.chdir(tmp_path_factory.mktemp("cwd"))
    return home


@pytest.fixture(autouse=True)
def only_loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    """A connection to anywhere but this machine fails the test that makes it."""
    connect = socket.socket.connect

    def guarded(self: socket.socket, address: Any) -> None:
        host = address[0] if isinstance(address, tuple) else "localhost"
        if host not in ("127.0.0.1", "::1", "localhost"):
            raise AssertionError(f"a test tried to reach {host}")
        connect(self, address)

    monkeypatch.setattr(socket.socket, "connect", guarded)


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder with real labelled conversations and exported files; tests that need it are skipped without it."""
    folder = Path(os.environ.get("DECISIONS_TEST_DATA") or REPO.parent / "shared" / "data")
    if not folder.is_dir():
        pytest.skip(f"no test data at {folder}; set DECISIONS_TEST_DATA")
    return folder


Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def decisions() -> Run:
    """Runs the command line in a process of its own: ``decisions("extract", path, env={...})``."""

    def run(
        *args: object, env: dict[str, str] | None = None, stdin: str | None = None, timeout: float = 120
    ) -> subprocess.CompletedProcess[str]:
        return subprocess.run(
            [sys.executable, "-m", "extractor.cli.main", *map(str, args)],
            capture_output=True,
            text=True,
            encoding="utf-8",
            input=stdin,
            timeout=timeout,
            env={**os.environ, "PYTHONPATH": str(REPO), **(env or {})},
            check=False,
        )

    return run
