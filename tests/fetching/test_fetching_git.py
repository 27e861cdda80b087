"""Minutes in a Git repository as items of the nightly job. The repositories are real."""

from __future__ import annotations

import gc
import os
import socket
import stat
import subprocess
import tempfile
from pathlib import Path

import pytest
from fetching.fetched import CHAT, VTT, conversation, found, listed, said, versions

from extractor.errors import DecisionsError, FetchError, SettingsError, SourceError
from extractor.fetching import git

MINUTES = "# Depot {}\n\nAna Li: We buy the lamps.\nBen Ode: Agreed.\n"
SOLD = "Ana Li: We sell them.\nBen Ode: Sold.\n"
HERE = {"type": "git", "name": "repo", "repository": "minutes"}


def run(folder: Path, *arguments: str) -> str:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    command = ["git", "-C", str(folder), *identity, *arguments]
    return subprocess.run(command, check=True, capture_output=True, text=True).stdout.strip()


def commit(repository: Path, **files: str) -> None:
    for name, text in files.items():
        path = repository / name.replace("__", "/").replace("_", ".")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    run(repository, "add", "-A")
    run(repository, "commit", "-qm", "minutes")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    folder.mkdir()
    run(folder, "init", "-q", "-b", "main")
    commit(folder, docs__2026_01_md=MINUTES.format("January"), top_md=MINUTES.format("today"), code_py="x = 1\n")
    return folder


@pytest.fixture(params=["path", "bare", "url"])
def anywhere(repository: Path, request: pytest.FixtureRequest) -> dict[str, str]:
    """Settings for the same repository by its path, as a bare one, and by a URL."""
    if request.param == "path":
        return HERE
    bare = repository.parent / "bare.git"
    run(repository.parent, "clone", "-q", "--bare", str(repository), str(bare))
    return {**HERE, "repository": str(bare) if request.param == "bare" else f"file://{bare}"}


def test_every_file_that_the_pathspecs_name_is_an_item_by_its_path(tmp_path: Path, anywhere: dict[str, str]) -> None:
    items = found(tmp_path, **anywhere)
    assert list(items) == ["repo:docs/2026.01.md", "repo:top.md"]
    talk = conversation(items["repo:docs/2026.01.md"])
    assert (talk.title, [turn.text for turn in talk.turns]) == ("Depot January", ["We buy the lamps.", "Agreed."])
    assert talk.source == f"{anywhere['repository']}/docs/2026.01.md"


def test_what_is_read_is_what_was_committed(tmp_path: Path, repository: Path) -> None:
    before = versions(found(tmp_path, **HERE))
    (repository / "top.md").write_text(MINUTES.format("tomorrow"))
    (repository / "new.md").write_text(MINUTES.format("never"))
    assert versions(found(tmp_path, **HERE)) == before
    commit(repository)
    after = versions(found(tmp_path, **HERE))
    assert [each for each in after if after[each] != before.get(each)] == ["repo:new.md", "repo:top.md"]


def test_a_commit_that_leaves_a_file_as_it_is_leaves_its_version(tmp_path: Path, repository: Path) -> None:
    before = versions(found(tmp_path, **HERE))
    commit(repository, code_py="x = 2\n")
    (repository / "top.md").chmod(0o755)
    commit(repository)
    assert versions(found(tmp_path, **HERE)) == before


def test_items_can_be_read_after_the_listing_and_after_the_next_commit(tmp_path: Path, repository: Path) -> None:
    items = found(tmp_path, **HERE)
    commit(repository, top_md=SOLD)
    assert said(items["repo:top.md"]) == ["We buy the lamps.", "Agreed."]


def test_a_branch_a_tag_and_a_commit_can_be_named(tmp_path: Path, repository: Path, anywhere: dict[str, str]) -> None:
    if anywhere is not HERE:
        bare = anywhere["repository"].removeprefix("file://")
        run(repository, "remote", "add", "there", bare)
    run(repository, "tag", "v1")
    first = run(repository, "rev-parse", "HEAD")
    commit(repository, top_md=SOLD)
    if anywhere is not HERE:
        run(repository, "push", "-q", "there", "main", "v1")
    assert said(found(tmp_path, **anywhere, ref="main")["repo:top.md"]) == ["We sell them.", "Sold."]
    assert said(found(tmp_path, **anywhere, ref="v1")["repo:top.md"]) == ["We buy the lamps.", "Agreed."]
    assert said(found(tmp_path, **anywhere, ref=first)["repo:top.md"]) == ["We buy the lamps.", "Agreed."]


def test_the_chat_of_a_meeting_joins_its_transcript(tmp_path: Path, repository: Path) -> None:
    commit(repository, w_vtt=VTT.format("We buy the lamps."), w_chat_txt=CHAT)
    (item,) = found(tmp_path, **HERE, paths=["*.vtt", "*.txt"]).values()
    assert item.origin == "repo:w.vtt"
    assert said(item) == ["We buy the lamps.", "I am for it.", "Agreed."]


def test_a_folder_in_a_repository_is_read_alone(tmp_path: Path, repository: Path) -> None:
    (item,) = found(tmp_path, **{**HERE, "repository": "minutes/docs"}).values()
    assert item.origin == "repo:docs/2026.01.md"
    assert conversation(item).source == "minutes/docs/2026.01.md"


def test_links_are_not_followed(tmp_path: Path, repository: Path) -> None:
    (repository / "outside.md").symlink_to("/etc/hostname")
    commit(repository)
    assert "repo:outside.md" not in found(tmp_path, **HERE)


def test_a_pathspec_that_looks_like_an_option_is_a_path(tmp_path: Path, repository: Path) -> None:
    assert listed(tmp_path, **HERE, paths=["--output=pwned"]) == []
    assert not list(tmp_path.rglob("pwned"))


def test_minutes_kept_in_lfs_are_an_error_and_no_minutes(tmp_path: Path, repository: Path) -> None:
    commit(repository, big_md="version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n")
    with pytest.raises(SourceError, match=r"big\.md is kept in Git LFS"):
        found(tmp_path, **HERE)["repo:big.md"].read()


def test_the_copy_of_a_repository_goes_with_the_last_item_that_may_need_it(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    room = tmp_path / "tmp"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    items = list(found(tmp_path, **{**HERE, "repository": f"file://{repository}"}).values())
    assert len(list(room.iterdir())) == 1
    last = items.pop()
    del items
    gc.collect()
    assert said(last) == ["We buy the lamps.", "Agreed."]
    del last
    gc.collect()
    assert list(room.iterdir()) == []


def test_a_copy_that_failed_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    room = tmp_path / "tmp"
    room.mkdir()
    monkeypatch.setattr(tempfile, "tempdir", str(room))
    with pytest.raises(FetchError):
        listed(tmp_path, **{**HERE, "repository": f"file://{tmp_path}/gone.git"})
    gc.collect()
    assert list(room.iterdir()) == []


@pytest.mark.parametrize(
    ("settings", "says", "transient"),
    [
        ({"repository": "gone"}, "repository gone of the source repo does not exist", False),
        ({"ref": "nowhere"}, "There is no nowhere in the repository minutes", False),
        ({"paths": ["a\x00b"]}, "null byte", False),
        ({"paths": [":(nonsense)x"]}, "Invalid pathspec magic", True),
        ({"repository": "."}, "not a git repository", False),
        ({"repository": "file:///nowhere/gone.git"}, "does not appear to be a git repository", False),
        ({"repository": "http://127.0.0.1:9/x.git"}, "'http' not allowed", False),
        ({"repository": "https://ana:hunter2@127.0.0.1:9/x.git"}, "https://127.0.0.1:9/x.git", True),
    ],
)
def test_what_cannot_be_reached_is_said(tmp_path: Path, repository: Path, settings, says, transient) -> None:
    with pytest.raises(FetchError, match=says) as caught:
        listed(tmp_path, **{**HERE, **settings})
    assert caught.value.transient is transient
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize("setting", ["repository", "ref"])
@pytest.mark.parametrize("value", ["--upload-pack=touch pwned", "-x", "", "a\x00b"])
def test_options_are_no_repositories_and_no_refs(tmp_path: Path, repository: Path, setting: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"is no {setting}"):
        listed(tmp_path, **{**HERE, setting: value})


def test_a_transport_that_runs_a_command_is_refused(tmp_path: Path) -> None:
    for url in (f"ext::sh -c touch% {tmp_path}/pwned", f"ext::touch {tmp_path}/pwned"):
        with pytest.raises(DecisionsError, match="not allowed"):
            listed(tmp_path, **{**HERE, "repository": url})
    assert not (tmp_path / "pwned").exists()


def test_hooks_and_monitors_of_a_repository_are_not_run(tmp_path: Path, repository: Path) -> None:
    script = tmp_path / "evil.sh"
    script.write_text(f"#!/bin/sh\ntouch {tmp_path}/pwned\n")
    script.chmod(script.stat().st_mode | stat.S_IXUSR)
    run(repository, "config", "core.fsmonitor", str(script))
    run(repository, "config", "core.hooksPath", str(tmp_path))
    run(repository, "config", "diff.external", str(script))
    (repository / ".gitattributes").write_text("*.md diff=evil\n")
    run(repository, "config", "diff.evil.textconv", str(script))
    assert said(found(tmp_path, **HERE)["repo:top.md"]) == ["We buy the lamps.", "Agreed."]
    assert not (tmp_path / "pwned").exists()


def test_the_environment_points_git_nowhere_else(
    tmp_path: Path, repository: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GIT_DIR", str(tmp_path / "elsewhere"))
    monkeypatch.setenv("GIT_LITERAL_PATHSPECS", "1")
    assert list(found(tmp_path, **HERE)) == ["repo:docs/2026.01.md", "repo:top.md"]


def test_a_server_that_never_answers_is_given_up(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(git, "FETCH_TIMEOUT_S", 0.5)
    with socket.create_server(("127.0.0.1", 0)) as silent:
        url = f"git://127.0.0.1:{silent.getsockname()[1]}/x.git"
        with pytest.raises(FetchError, match=r"longer than 0\.5 seconds over git://127") as caught:
            listed(tmp_path, **{**HERE, "repository": url})
    assert caught.value.transient


def test_names_that_are_no_utf8_are_keys_all_the_same(tmp_path: Path, repository: Path) -> None:
    (repository / os.fsdecode(b"caf\xe9.md")).write_text(MINUTES.format("x"))
    commit(repository)
    item = found(tmp_path, **HERE)["repo:caf\\xe9.md"]
    assert said(item) == ["We buy the lamps.", "Agreed."]
