"""Both indexes on a Chroma server of their own, on this machine."""

from __future__ import annotations

import http.server
import shutil
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from record_entries import entries, entry, index_in, own
from test_index_support import HashEmbedder, assert_complete, talk, talks

from extractor.errors import IndexStoreError, UsageError
from extractor.index import PassageIndex, RecordIndex, client
from extractor.index.client import Address, connected


class Server:
    """``chroma run`` on a port of its own."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        with socket.socket() as probe:
            probe.bind(("127.0.0.1", 0))
            self.port = probe.getsockname()[1]
        self.url = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def start(self) -> None:
        chroma = shutil.which("chroma", path=str(Path(sys.executable).parent))
        if chroma is None:
            pytest.skip("there is no chroma beside this Python")
        command = [chroma, "run", "--path", str(self.folder), "--host", "127.0.0.1", "--port", str(self.port)]
        self._process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            with socket.socket() as probe:
                if probe.connect_ex(("127.0.0.1", self.port)) == 0:
                    return
            time.sleep(0.05)
        raise AssertionError("the server did not start")

    def stop(self) -> None:
        if self._process:
            self._process.terminate()
            self._process.wait(30)


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    server = Server(tmp_path_factory.mktemp("server"))
    server.start()
    yield server
    server.stop()


@pytest.fixture
def server(running: Server) -> Server:
    """The server, without collections."""
    with connected(Address.parsed(running.url)) as chroma:
        for collection in chroma.list_collections():
            chroma.delete_collection(collection.name)
    return running


@pytest.fixture
def index(server: Server, tmp_path: Path) -> RecordIndex:
    return index_in(tmp_path / "unused", server=server.url)


def names(server: Server) -> list[str]:
    with connected(Address.parsed(server.url)) as chroma:
        return sorted(collection.name for collection in chroma.list_collections())


def test_records_are_kept_found_changed_and_removed(index, server):
    assert (index.exists, index.generation, index.count()) == (False, 0, 0)
    assert own(index, ["a-0"]) == [None]
    index.apply(entries("a", 30), [])
    index.apply([entry("b", "x", "open_question")], ["a-1", "never-there"])
    index.apply([entry("b", "x", "open_question")], ["a-1", "never-there"])
    assert (index.exists, index.count(), own(index, ["a-7", "x"])) == (True, 30, ["a-7", "b"])
    with index.session() as session:
        index.replace_all(entries("c", 6000))
        assert session.ids() == {f"c-{n}" for n in range(6000)}
    status = index.status()
    assert (status.healthy, status.records, status.place) == (True, 6000, server.url)
    assert names(server) == ["records-hash-v1-32"]
    assert not index.folder.exists()
    index.forget()
    assert (index.exists, names(server)) == (False, [])


def test_passages_are_added_found_rebuilt_and_removed(server, tmp_path):
    index = PassageIndex(tmp_path / "unused", HashEmbedder(), server=server.url)
    with pytest.raises(IndexStoreError, match="no index yet"):
        index.search("topic")
    index.add([*talks("p", 30), talk("c-1", ("Ana", "Zanzibar is where we go."))])
    assert index.add(talks("p", 30)).chunks_new == 0
    assert index.search("Zanzibar")[0].conversation_id == "c-1"
    assert index.rebuild() == 31
    assert index.remove(["c-1"]) == 1
    assert_complete(index, talks("p", 30))
    assert index.replace_all(talks("q", 5)) == 5
    assert_complete(index, talks("q", 5))
    other = PassageIndex(tmp_path / "unused", HashEmbedder("hash-v2", 32), server=server.url)
    for use in (lambda: other.search("topic"), lambda: other.add(talks("r", 1))):
        with pytest.raises(IndexStoreError, match="another embedder"):
            use()
    assert other.rebuild() == 5
    assert names(server) == ["passages-hash-v2-32"]
    assert not index.folder.exists()


def test_both_indexes_share_a_server_without_meeting(index, server, tmp_path):
    passages = PassageIndex(tmp_path / "unused", HashEmbedder(dimension=32), server=server.url)
    index.apply(entries("a", 3), [])
    passages.add(talks("p", 3))
    passages.forget()
    assert (index.count(), passages.status().exists) == (3, False)


def test_a_replacement_that_was_broken_off_counts_from_the_moment_it_was_complete(index, server, monkeypatch):
    index.apply(entries("old", 3), [])
    address = Address.parsed(server.url)

    def broken() -> Iterator[object]:
        yield from entries("new", 3)
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        index.replace_all(broken())
    assert index.ids() == {"old-0", "old-1", "old-2"}
    index.replace_all(entries("new", 4))
    with connected(address) as chroma:
        found = chroma.get_collection("records-hash-v1-32", embedding_function=None)
        found.modify(name="next-records-hash-v1-32")
    assert index.ids() == {"new-0", "new-1", "new-2", "new-3"}
    assert names(server) == ["records-hash-v1-32"]


def test_a_server_that_is_down_says_what_to_do_and_is_used_again_when_it_is_up(tmp_path):
    server = Server(tmp_path / "server")
    index = index_in(tmp_path / "unused", server=server.url)
    passages = PassageIndex(tmp_path / "unused", HashEmbedder(), server=server.url)
    uses = [lambda: index.apply(entries("a", 3), []), index.ids, index.status, lambda: passages.add(talks("p", 3))]
    for use in uses:
        with pytest.raises(IndexStoreError, match="does not answer") as caught:
            use()
        assert "chroma run" in caught.value.remedy
    server.start()
    try:
        for use in uses:
            use()
        with index.session() as session:
            assert len(session.ids()) == 3
            server.stop()
            with pytest.raises(IndexStoreError, match="does not answer"):
                session.ids()
        server.start()
        assert index.count() == 3
        assert passages.search("topic")
    finally:
        server.stop()


class Handler(http.server.BaseHTTPRequestHandler):
    """Answers every request with the status that its path's server was told, and remembers who asked."""

    def do_GET(self) -> None:
        self.server.asked.append(self.headers.get("Authorization"))  # type: ignore[attr-defined]
        self.send_response(self.server.status)  # type: ignore[attr-defined]
        self.end_headers()

    def log_message(self, *_: object) -> None:
        pass


@pytest.mark.parametrize(("status", "said"), [(401, "refuses these credentials"), (404, "no Chroma server")])
def test_what_is_no_server_of_ours_is_told_without_the_password(tmp_path, status, said):
    with http.server.HTTPServer(("127.0.0.1", 0), Handler) as other:
        other.status, other.asked = status, []
        threading.Thread(target=other.serve_forever, daemon=True).start()
        url = f"http://ana:pass%2Fkey@127.0.0.1:{other.server_port}/team"
        with pytest.raises(IndexStoreError, match=said) as caught:
            index_in(tmp_path, server=url).ids()
        other.shutdown()
    assert other.asked == ["Basic YW5hOnBhc3Mva2V5"]
    assert "key" not in str(caught.value) + repr(caught.value) + repr(Address.parsed(url))
    assert f"http://127.0.0.1:{other.server_port}/team" in str(caught.value)


def test_a_server_that_never_answers_is_given_up(tmp_path, monkeypatch):
    monkeypatch.setattr(client, "ANSWER_S", 0.2)
    with socket.socket() as silent:
        silent.bind(("127.0.0.1", 0))
        silent.listen()
        index = index_in(tmp_path, server=f"http://127.0.0.1:{silent.getsockname()[1]}")
        with pytest.raises(IndexStoreError, match="does not answer"):
            index.ids()


def test_a_database_of_the_server_that_is_not_there_is_named(server, tmp_path):
    with pytest.raises(IndexStoreError, match="nosuch"):
        index_in(tmp_path, server=f"{server.url}/nosuch").ids()


@pytest.mark.parametrize(
    "url", ["localhost:8000", "ftp://host", "http://", "http://h:99999", "http://h/a/b", "http://h?x"]
)
def test_an_address_that_is_none_is_refused_at_once(tmp_path, url):
    with pytest.raises(UsageError, match="not a URL like") as caught:
        index_in(tmp_path, server=url)
    assert "chroma_url" in caught.value.remedy


def test_an_address_is_read_as_urls_are():
    secure = Address.parsed("https://ana:pw@chroma.example/team%20one")
    assert (secure.host, secure.port, secure.ssl, secure.database) == ("chroma.example", 443, True, "team one")
    assert str(secure) == "https://chroma.example:443/team one"
    plain = Address.parsed("http://[::1]:8000/")
    assert (plain.host, plain.port, plain.ssl, plain.database, plain.headers) == ("[::1]", 8000, False, None, {})
