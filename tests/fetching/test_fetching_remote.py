"""Files that fsspec reaches: its file systems are real, and so is the web server."""

from __future__ import annotations

import hashlib
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import fsspec
import pytest
from fetching.fetched import CHAT, VTT, conversation, found, listed, said, unlisted, versions
from fsspec.implementations.memory import MemoryFileSystem

from extractor.errors import FetchError, SettingsError, SourceError, UsageError

LAMPS, TRAINS = VTT.format("We buy the lamps."), VTT.format("We take the night train.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "minutes" / "may").mkdir(parents=True)
    (tmp_path / "minutes" / "the lamps.vtt").write_text(LAMPS)
    (tmp_path / "minutes" / "may" / "trains.vtt").write_text(TRAINS)
    (tmp_path / "minutes" / ".hidden.vtt").write_text(LAMPS)
    return tmp_path / "minutes"


class Handler(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def web(folder: Path) -> Iterator[str]:
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(Handler, directory=str(folder.parent))) as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_address[1]}"
        server.shutdown()


@pytest.fixture
def memory() -> Iterator[MemoryFileSystem]:
    filesystem = fsspec.filesystem("memory")
    yield filesystem
    filesystem.store.clear()


def remote(*urls: str, **options: object) -> dict[str, object]:
    return {"type": "fsspec", "name": "store", "urls": urls, "options": options}


@pytest.mark.parametrize("pattern", ["/minutes/**/*.vtt", "/minutes/"])
def test_a_folder_of_a_web_server_is_listed_and_read(tmp_path: Path, web: str, pattern: str) -> None:
    items = found(tmp_path, **remote(web + pattern))
    assert list(items) == [f"store:{web}/minutes/may/trains.vtt", f"store:{web}/minutes/the%20lamps.vtt"]
    lamps = items[f"store:{web}/minutes/the%20lamps.vtt"]
    assert lamps.version == hashlib.sha256(LAMPS.encode()).hexdigest()
    assert conversation(lamps).title == "the lamps"
    assert said(lamps) == ["We buy the lamps.", "Agreed."]


@pytest.mark.parametrize("pattern", ["/**/*.vtt", ""])
def test_a_folder_by_its_url_is_listed_and_read(tmp_path: Path, folder: Path, pattern: str) -> None:
    items = found(tmp_path, **remote(f"file://{folder}{pattern}"))
    assert list(items) == [f"store:file://{folder}/may/trains.vtt", f"store:file://{folder}/the lamps.vtt"]


def test_the_files_of_an_archive_elsewhere_are_named_by_both(tmp_path: Path, folder: Path) -> None:
    packed = tmp_path / "packed.zip"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/lamps.vtt", LAMPS)
    source = remote(f"zip://in/*.vtt::file://{packed}")
    (item,) = found(tmp_path, **source).values()
    assert item.origin == f"store:file://{packed}/in/lamps.vtt"
    assert conversation(item).title == "lamps"
    with zipfile.ZipFile(packed, "w") as archive:
        archive.writestr("in/lamps.vtt", TRAINS)
    (changed,) = found(tmp_path, **source).values()
    assert changed.version != item.version
    assert said(changed) == ["We take the night train.", "Agreed."]


def test_what_changed_and_what_came_is_seen_in_the_same_process(tmp_path: Path, web: str, folder: Path) -> None:
    source = remote(f"{web}/minutes/*.vtt")
    before = versions(found(tmp_path, **source))
    (folder / "the lamps.vtt").write_text(LAMPS.replace("buy", "rob"))
    (folder / "new.vtt").write_text(TRAINS)
    after = versions(found(tmp_path, **source))
    assert len(before) == 1
    assert len(after) == 2
    assert not before.items() & after.items()


def test_a_chat_joins_its_transcript(tmp_path: Path, web: str, folder: Path) -> None:
    (folder / "the lamps.chat.txt").write_text(CHAT)
    (item,) = found(tmp_path, **remote(f"{web}/minutes/the*")).values()
    assert item.origin == f"store:{web}/minutes/the%20lamps.vtt"
    assert said(item) == ["We buy the lamps.", "I am for it.", "Agreed."]


def test_a_file_that_two_urls_name_is_one_item(tmp_path: Path, memory: MemoryFileSystem) -> None:
    memory.pipe("/depot/lamps.vtt", LAMPS.encode())
    assert list(found(tmp_path, **remote("memory://depot/*.vtt", "memory://depot/lamps.vtt", "memory://depot"))) == [
        "store:memory:///depot/lamps.vtt"
    ]


def test_a_user_name_and_a_password_in_a_url_are_in_no_key(tmp_path: Path, web: str) -> None:
    (item,) = found(tmp_path, **remote(web.replace("://", "://ana:hunter2@") + "/minutes/*.vtt")).values()
    (reading,) = item.read()
    assert "hunter2" not in repr((item, reading))
    with pytest.raises(FetchError) as caught:
        listed(tmp_path, **remote("http://ana:hunter2@127.0.0.1:9/*.vtt"))
    assert "hunter2" not in str(caught.value)
    assert "127.0.0.1:9" in str(caught.value)


class Store(MemoryFileSystem):
    """As the file systems of S3 and of Google's storage list files: with what the store keeps of the content."""

    protocol = ("gs", "gcs")
    store: dict[str, object] = {}  # noqa: RUF012 (so does the class above)
    pseudo_dirs = [""]  # noqa: RUF012
    opened = 0

    @classmethod
    def _strip_protocol(cls, path):
        return "/" + path.removeprefix("gs://").strip("/")

    def info(self, path, **more):
        found = super().info(path, **more)
        content = self.store[path].getvalue() if found["type"] == "file" else b""
        return found | ({"md5Hash": hashlib.md5(content).hexdigest()} if content else {})

    def find(self, path, *given, detail=False, **more):
        names = super().find(path, *given, **more)
        return {name: self.info(name) for name in names} if detail else names

    def open(self, *given, **more):
        type(self).opened += 1
        return super().open(*given, **more)


def test_where_a_store_keeps_a_checksum_of_the_content_nothing_is_read_to_list_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules["fsspec.registry"]._registry, "gs", Store)  # fsspec has no way to forget one
    fsspec.filesystem("gs").pipe("/depot/lamps.vtt", LAMPS.encode())
    Store.opened = 0
    (before,) = found(tmp_path, **remote("gs://depot/*.vtt")).values()
    assert Store.opened == 0
    fsspec.filesystem("gs").pipe("/depot/lamps.vtt", LAMPS.replace("buy", "rob").encode())
    (after,) = found(tmp_path, **remote("gs://depot/*.vtt")).values()
    assert before.version != after.version
    assert len(after.version) == 64
    assert said(after) == ["We rob the lamps.", "Agreed."]


@pytest.mark.parametrize("path", ["/gone/*.vtt", "/gone.vtt"])
def test_what_is_not_there_is_an_error_and_a_wildcard_may_match_nothing(tmp_path: Path, web: str, path: str) -> None:
    with pytest.raises(FetchError, match=f"source store cannot be read at {web}/gone") as caught:
        listed(tmp_path, **remote(web + path))
    assert not caught.value.transient
    assert listed(tmp_path, **remote(f"{web}/minutes/*.srt", "memory://depot/*.vtt")) == []


def test_of_several_urls_the_one_that_cannot_be_reached_is_named(tmp_path: Path, web: str) -> None:
    (down,) = unlisted(tmp_path, **remote(f"{web}/minutes/*.vtt", "http://127.0.0.1:9/*.vtt"))
    assert (down.origin, down.transient) == ("store:http://127.0.0.1:9/*.vtt", True)
    assert "cannot be listed" in down.error


def test_a_file_that_is_gone_when_it_is_read_is_said_to_be(tmp_path: Path, memory: MemoryFileSystem) -> None:
    memory.pipe("/depot/lamps.vtt", LAMPS.encode())
    (item,) = found(tmp_path, **remote("memory://depot")).values()
    memory.rm("/depot/lamps.vtt")
    with pytest.raises(SourceError, match=r"lamps\.vtt is not there any more"):
        item.read()


@pytest.mark.parametrize(
    ("url", "says"),
    [("minutes/*.vtt", "is no URL"), ("nope://x/*.vtt", "fsspec knows no nope://")],
)
def test_what_is_no_url_is_a_setting_to_correct(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(SettingsError, match=says):
        listed(tmp_path, **remote(url))


def test_a_package_that_a_file_system_needs_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"needs a package that is not installed.*paramiko"):
        listed(tmp_path, **remote("sftp://127.0.0.1/minutes/*.vtt"))


@pytest.mark.parametrize(
    ("package", "source", "extra"),
    [
        ("fsspec", {"type": "fsspec", "name": "a", "urls": ["memory://x"]}, "remote"),
        ("slack_sdk", {"type": "slack", "name": "a"}, "slack"),
    ],
)
def test_without_its_extra_a_source_says_what_to_install(package: str, source: dict[str, object], extra: str) -> None:
    code = (
        "import sys, pathlib\n"
        f"sys.modules[{package!r}] = None\n"
        "from extractor.errors import UsageError\n"
        "from fetching.fetched import listed\n"
        "try:\n"
        f"    listed(pathlib.Path('.'), **{source!r})\n"
        "except UsageError as error:\n"
        "    print(error.exit_code, error)\n"
    )
    environment = {"SLACK_BOT_TOKEN": "x", "PYTHONPATH": str(Path(__file__).parent.parent)}
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, env=environment, check=True)
    assert done.stdout.startswith("2 ")
    assert f"pip install 'decisions[{extra}]'" in done.stdout
