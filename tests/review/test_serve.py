"""The real commands: ``decisions serve`` in a process of its own, and ``decisions account``."""

from __future__ import annotations

import contextlib
import json
import os
import re
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

import httpx2
import pytest

PASSWORD = "a long enough phrase"
OWN = {"Sec-Fetch-Site": "same-origin"}
PATIENCE_S = 60


def environment(home: Path) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("DECISIONS_")}
    return {**kept, "DECISIONS_HOME": str(home), "DECISIONS_ME": "Ana Li", "PYTHONUNBUFFERED": "1"}


def decisions(home: Path, *words: str, said: str = "") -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "extractor.cli.main", *words]
    return subprocess.run(
        command, env=environment(home), input=said, capture_output=True, text=True, timeout=PATIENCE_S, cwd=home
    )


@dataclass
class Serving:
    """A server that runs; ``told`` is what it has said on standard error so far."""

    process: subprocess.Popen[str]
    told: list[str] = field(default_factory=list)
    address: str = ""

    def wait_for(self, pattern: str) -> str:
        """What was said that matches, once it is said."""
        with self.heard:
            found = self.heard.wait_for(lambda: self._found(pattern) or self.process.poll() is not None, PATIENCE_S)
            assert found, self.told
        said = self._found(pattern)
        assert said, self.told
        return said

    def _found(self, pattern: str) -> str | None:
        return next((found[0] for line in self.told if (found := re.search(pattern, line))), None)

    def __post_init__(self) -> None:
        self.heard = threading.Condition()
        threading.Thread(target=self._listen, daemon=True).start()

    def _listen(self) -> None:
        assert self.process.stderr is not None
        for line in self.process.stderr:
            with self.heard:
                self.told.append(line.rstrip("\n"))
                self.heard.notify_all()
        with self.heard:
            self.heard.notify_all()


@contextlib.contextmanager
def serving(home: Path, *words: str) -> Iterator[Serving]:
    command = [sys.executable, "-m", "extractor.cli.main", "serve", "--port", "0", *words]
    process = subprocess.Popen(
        command,
        env=environment(home),
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        cwd=home,
    )
    made = Serving(process)
    try:
        made.address = re.sub(r"/sign-in.*|/$", "", made.wait_for(r"http://\S+"))
        yield made
    finally:
        process.kill()
        process.wait()


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


def settings(home: Path, text: str) -> None:
    (home / "decisions.toml").write_text(text)


def test_the_link_in_the_terminal_opens_the_log_once_and_the_next_is_told(home: Path) -> None:
    with serving(home) as server:
        link = server.wait_for(r"http://\S+key=\S+")
        browser = httpx2.Client(headers=OWN)
        assert browser.get(server.address + "/").status_code == 303
        assert browser.get(link).status_code == 200
        key = link.partition("key=")[2]
        assert browser.post(f"{server.address}/sign-in/link", data={"key": key}).status_code == 303
        assert browser.get(server.address + "/").status_code == 200
        server.wait_for("Another one opens this link")
        assert httpx2.get(link).status_code == 403
        assert "server" not in browser.get(server.address + "/").headers


def test_nothing_that_lets_one_in_is_written_but_the_links(home: Path) -> None:
    with serving(home) as server:
        link = server.wait_for(r"http://\S+key=\S+")
        browser = httpx2.Client(headers=OWN)
        browser.post(f"{server.address}/sign-in/link", data={"key": link.partition("key=")[2]})
        second = server.wait_for(rf"http://\S+key=(?!{re.escape(link.partition('key=')[2])})\S+")
        browser.get(f"{server.address}/log?q=glasshouse")
        browser.get(f"{server.address}/api/v1/me", headers={"Authorization": "Bearer dec_what-a-program-sends"})
        browser.get(f"{server.address}/sign-in/link?key=guessed-wrongly")
        told = "\n".join(server.told)
        for secret in (*browser.cookies.values(), "glasshouse", "dec_what", "guessed-wrongly"):
            assert secret not in told
        assert told.count("key=") == 2
        assert second != link


@pytest.mark.skipif(sys.platform == "win32", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "code"), [(signal.SIGINT, 130), (signal.SIGTERM, -signal.SIGTERM)])
def test_a_signal_ends_it_in_order(home: Path, number: signal.Signals, code: int) -> None:
    with serving(home) as server:
        assert httpx2.get(f"{server.address}/api/v1/me").status_code == 401
        server.process.send_signal(number)
        assert server.process.wait(PATIENCE_S) == code
    assert not any("Traceback" in line for line in server.told)


@pytest.mark.parametrize("host", ["0.0.0.0", "::", "192.0.2.7", "example.org"])
def test_beyond_this_machine_it_does_not_listen_without_accounts(home: Path, host: str) -> None:
    done = decisions(home, "serve", "--host", host, "--port", "0")
    assert (done.returncode, done.stdout) == (2, "")
    assert "nobody would have to sign in" in done.stderr


def test_with_accounts_it_needs_an_administrator_and_beyond_this_machine_a_name(home: Path) -> None:
    settings(home, "[serve]\naccounts = true\n")
    done = decisions(home, "serve", "--port", "0")
    assert done.returncode == 2
    assert "decisions account add LOGIN --name NAME --role admin" in done.stderr
    assert (
        decisions(home, "account", "add", "root", "--name", "Root Li", "--role", "admin", said=PASSWORD).returncode == 0
    )
    done = decisions(home, "serve", "--host", "0.0.0.0", "--port", "0")
    assert done.returncode == 2
    assert "no name that browsers could be held to" in done.stderr


def test_where_something_listens_already_it_says_so(home: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        done = decisions(home, "serve", "--port", str(taken.getsockname()[1]))
    assert done.returncode == 2
    assert "cannot listen" in done.stderr
    assert "Traceback" not in done.stderr


def test_single_sign_on_needs_its_secret(home: Path) -> None:
    settings(home, '[serve]\naccounts = true\n[serve.oidc]\nissuer = "https://login.example.org"\nclient_id = "x"\n')
    decisions(home, "account", "add", "root", "--name", "Root Li", "--role", "admin", "--no-password")
    done = decisions(home, "serve", "--port", "0")
    assert done.returncode == 2
    assert "DECISIONS_OIDC_SECRET is not set" in done.stderr


def test_a_team_signs_in_and_a_program_uses_its_token(home: Path) -> None:
    settings(home, '[serve]\naccounts = true\nproxies = ["127.0.0.1"]\n')
    assert (
        decisions(
            home, "account", "add", "root", "--name", "Root Li", "--role", "admin", said=f"{PASSWORD}\n"
        ).returncode
        == 0
    )
    made = decisions(home, "account", "token", "make", "root", "--name", "a script", "--scope", "review", "--days", "3")
    token = made.stdout.strip()
    assert re.fullmatch(r"dec_[\w-]{43}", token)
    with serving(home) as server:
        browser = httpx2.Client(headers=OWN, base_url=server.address)
        assert browser.post("/sign-in", data={"login": "root", "password": PASSWORD}).status_code == 303
        assert browser.get("/admin").status_code == 200
        sent = {"Authorization": f"Bearer {token}"}
        assert httpx2.get(f"{server.address}/api/v1/me", headers=sent).json()["role"] == "reviewer"
        assert decisions(home, "account", "token", "revoke", "1").returncode == 0
        assert httpx2.get(f"{server.address}/api/v1/me", headers=sent).status_code == 401
        behind = httpx2.Client(headers=OWN | {"X-Forwarded-Proto": "https"}, base_url=server.address)
        answer = behind.post("/sign-in", data={"login": "root", "password": PASSWORD})
        assert answer.headers["set-cookie"].startswith("__Host-decisions_session=")


def test_a_proxy_that_is_not_named_is_not_believed(home: Path) -> None:
    with serving(home) as server:
        answer = httpx2.get(f"{server.address}/sign-in", headers={"X-Forwarded-Proto": "https"})
        assert "strict-transport-security" not in answer.headers


def test_accounts_are_made_listed_changed_and_disabled(home: Path) -> None:
    def account(*words: str, said: str = "") -> subprocess.CompletedProcess[str]:
        return decisions(home, "account", *words, said=said)

    assert account("add", "root", "--name", "Root Li", "--role", "admin", said=PASSWORD).returncode == 0
    assert account("add", "ben@example.org", "--name", "Ben Oak", "--no-password").returncode == 0
    assert account("role", "ben@example.org", "reviewer").returncode == 0
    assert account("password", "ben@example.org", said="too short").returncode == 2
    assert account("password", "ben@example.org", said=PASSWORD).returncode == 0
    assert account("disable", "ben@example.org").returncode == 0
    found = json.loads(account("list", "--format", "json").stdout)
    assert [(one["login"], one["role"], one["disabled"], one["has_password"]) for one in found] == [
        ("ben@example.org", "reviewer", True, True),
        ("root", "admin", False, True),
    ]
    assert "disabled" in account("list").stdout
    for words, code in ((("disable", "root"), 2), (("role", "nobody", "admin"), 2), (("role", "root", "owner"), 2)):
        done = account(*words)
        assert done.returncode == code
        assert "Traceback" not in done.stderr
    assert account("add", "cy", "--name", "Cy Roe").returncode == 2, "no password on standard input"
    assert "$argon2" not in account("list", "--format", "json").stdout
