"""Fetching a corpus, from a server on this machine."""

from __future__ import annotations

import dataclasses
import io
import threading
import zipfile
from collections.abc import Generator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from extractor.errors import CorpusDownloadError
from extractor.scoring import corpora
from extractor.scoring.corpora import downloads
from extractor.scoring.corpora.registry import Remote


def zipped(text: str = "They chose tin.") -> bytes:
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as archive:
        archive.writestr(zipfile.ZipInfo("notes.md"), text)  # of a fixed date, so that the bytes are always the same
    return data.getvalue()


class Server(ThreadingHTTPServer):
    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), Handler)
        self.files: dict[str, bytes] = {}
        self.asked: list[str] = []
        self.cut = False

    def corpus(self, *paths: str, zipped: bool = True) -> corpora.Corpus:
        base = f"http://127.0.0.1:{self.server_address[1]}"
        remotes = tuple(Remote(f"{base}/{path}", path, zipped=zipped) for path in paths)
        return dataclasses.replace(corpora.find("tc39"), remotes=remotes)


class Handler(BaseHTTPRequestHandler):
    server: Server

    def do_GET(self) -> None:
        self.server.asked.append(self.path)
        if self.path == "/moved.zip":
            self.send_response(302)
            self.send_header("Location", "/notes.zip")
            self.end_headers()
            return
        data = self.server.files.get(self.path)
        self.send_response(200 if data is not None else 404)
        self.send_header("Content-Length", str(len(data or b"")))
        self.end_headers()
        self.wfile.write((data or b"")[: len(data or b"") // 2] if self.server.cut else data or b"")

    def log_message(self, format: str, *args: object) -> None:
        pass


@pytest.fixture
def server() -> Generator[Server]:
    with Server() as running:
        thread = threading.Thread(target=running.serve_forever, daemon=True)
        thread.start()
        yield running
        running.shutdown()
        thread.join()


def test_the_licence_is_said_before_anything_is_asked_for(server: Server, tmp_path: Path) -> None:
    server.files["/notes.zip"] = zipped()
    heard: list[tuple[str, int]] = []
    corpus = server.corpus("notes.zip")
    corpora.download(corpus, tmp_path, say=lambda text: heard.append((text, len(server.asked))))
    assert heard == [(corpus.notice, 0)]
    assert corpus.licence in corpus.notice


def test_files_are_fetched_whole_and_their_progress_is_told(server: Server, tmp_path: Path) -> None:
    server.files["/notes.zip"] = zipped()
    seen: list[tuple[str, int, int | None]] = []
    into = tmp_path / "new" / "folder"
    paths = corpora.download(
        server.corpus("notes.zip"), into, say=lambda text: None, progress=lambda *step: seen.append(step)
    )
    assert paths == (into / "notes.zip",)
    assert paths[0].read_bytes() == zipped()
    assert seen[-1] == ("notes.zip", len(zipped()), len(zipped()))
    assert [each.name for each in into.iterdir()] == ["notes.zip"]


def test_a_moved_file_is_followed(server: Server, tmp_path: Path) -> None:
    server.files["/notes.zip"] = zipped()
    (path,) = corpora.download(server.corpus("moved.zip"), tmp_path, say=lambda text: None)
    assert path.read_bytes() == zipped()


def test_a_file_that_is_there_is_kept_and_said_to_be(server: Server, tmp_path: Path) -> None:
    (tmp_path / "notes.zip").write_bytes(b"mine")
    heard: list[str] = []
    corpora.download(server.corpus("notes.zip"), tmp_path, say=heard.append)
    assert (tmp_path / "notes.zip").read_bytes() == b"mine"
    assert "already there" in heard[1]
    assert server.asked == []


def test_what_is_no_archive_need_not_be_one(server: Server, tmp_path: Path) -> None:
    server.files["/a.json"] = b"{}"
    (path,) = corpora.download(server.corpus("a.json", zipped=False), tmp_path, say=lambda text: None)
    assert path.read_bytes() == b"{}"


def damaged() -> bytes:
    data = bytearray(zipped("x" * 400))
    data[60] ^= 1
    return bytes(data)


@pytest.mark.parametrize(
    ("data", "why"),
    [
        (None, "answers 404"),
        (b"<html>not found</html>", "no whole zip archive"),
        (damaged(), "no whole zip archive"),
        (b"", "sent 0 bytes"),
    ],
)
def test_what_is_not_the_file_leaves_nothing_behind(
    server: Server, tmp_path: Path, data: bytes | None, why: str
) -> None:
    if data is not None:
        server.files["/notes.zip"] = data
    with pytest.raises(CorpusDownloadError, match=why) as error:
        corpora.download(server.corpus("notes.zip"), tmp_path, say=lambda text: None)
    assert error.value.exit_code == 3
    assert list(tmp_path.iterdir()) == []


def test_a_connection_that_breaks_leaves_nothing_behind(server: Server, tmp_path: Path) -> None:
    server.files["/notes.zip"] = zipped("x" * 4000)
    server.cut = True
    with pytest.raises(CorpusDownloadError, match=r"could not be fetched|sent"):
        corpora.download(server.corpus("notes.zip"), tmp_path, say=lambda text: None)
    assert list(tmp_path.iterdir()) == []


def test_a_file_without_end_is_given_up(server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(downloads, "MAX_BYTES", 64)
    server.files["/notes.zip"] = zipped()
    with pytest.raises(CorpusDownloadError, match="sends more than"):
        corpora.download(server.corpus("notes.zip"), tmp_path, say=lambda text: None)
    assert list(tmp_path.iterdir()) == []


def test_nobody_answering_is_an_error_of_its_own(tmp_path: Path) -> None:
    with Server() as stopped:
        corpus = stopped.corpus("notes.zip")
    with pytest.raises(CorpusDownloadError, match="could not be fetched"):
        corpora.download(corpus, tmp_path, say=lambda text: None)


def test_a_folder_that_cannot_be_made_is_an_error(server: Server, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CorpusDownloadError, match="cannot be written"):
        corpora.download(server.corpus("notes.zip"), tmp_path / "file" / "below", say=lambda text: None)
    assert server.asked == []
