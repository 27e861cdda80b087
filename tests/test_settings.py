"""Settings come from where the user put them, and nothing in the way of that is a traceback."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from extractor import diagnosis
from extractor.diagnosis import Finding, diagnose
from extractor.errors import SettingsError
from extractor.settings import Settings, find_config, load_settings


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working directory below one that may hold a decisions.toml."""
    folder = tmp_path / "project" / "below"
    folder.mkdir(parents=True)
    monkeypatch.chdir(folder)
    return folder.parent


def forbid(monkeypatch: pytest.MonkeyPatch, folder: Path) -> None:
    """Makes looking into ``folder`` fail as it does for a user without rights, also where the tests run as root."""
    look = Path.stat

    def stat(self: Path, *, follow_symlinks: bool = True) -> os.stat_result:
        if folder in self.parents:
            raise PermissionError(13, "Permission denied", str(self))
        return look(self, follow_symlinks=follow_symlinks)

    monkeypatch.setattr(Path, "stat", stat)


def test_a_config_is_found_in_a_parent_folder(project: Path):
    (project / "decisions.toml").write_text('engine = "openai:m"')
    assert find_config() == project / "decisions.toml"
    assert load_settings().engine == "openai:m"


def test_a_working_directory_that_is_gone_holds_no_config(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    gone = tmp_path / "gone"
    gone.mkdir()
    monkeypatch.chdir(gone)
    gone.rmdir()
    try:
        assert find_config() is None
        assert load_settings().engine == "local"
    finally:
        os.chdir(tmp_path)


def test_a_folder_that_may_not_be_searched_holds_no_config(project: Path, monkeypatch: pytest.MonkeyPatch):
    (project / "decisions.toml").write_text('engine = "openai:m"')
    forbid(monkeypatch, project)
    assert find_config() is None


def test_a_folder_by_the_name_of_a_config_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch):
    config = project / "decisions.toml"
    config.mkdir()
    with pytest.raises(SettingsError, match="is not a file"):
        load_settings()
    monkeypatch.setenv("DECISIONS_CONFIG", str(config))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings()


def test_a_config_that_may_not_be_read_is_refused(project: Path, monkeypatch: pytest.MonkeyPatch):
    (project / "decisions.toml").write_text("")

    def read_text(self: Path, **_: object) -> str:
        raise PermissionError(13, "Permission denied", str(self))

    monkeypatch.setattr(Path, "read_text", read_text)
    with pytest.raises(SettingsError, match="Permission denied"):
        load_settings()


def test_a_config_that_is_named_must_be_there(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DECISIONS_CONFIG", str(tmp_path / "none.toml"))
    with pytest.raises(SettingsError, match="cannot be read"):
        load_settings()


@pytest.fixture
def foreign(project: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A decisions.toml of somebody else's."""
    if not hasattr(os, "getuid"):
        pytest.skip("files have no owner here")
    config = project / "decisions.toml"
    config.write_text('openai_base_url = "https://elsewhere.example"')
    if os.getuid() == 0:
        os.chown(config, 4343, -1)
    monkeypatch.setattr(os, "getuid", lambda: 4242)
    return config


def test_somebody_else_s_config_is_not_read_unless_it_is_named(foreign: Path, monkeypatch: pytest.MonkeyPatch):
    with pytest.raises(SettingsError, match="belongs to another user") as refused:
        load_settings()
    assert f"DECISIONS_CONFIG={foreign}" in refused.value.remedy
    monkeypatch.setenv("DECISIONS_CONFIG", str(foreign))
    assert load_settings().openai_base_url == "https://elsewhere.example"


def test_the_doctor_says_that_a_config_was_refused(foreign: Path):
    finding = diagnose()[-1]
    assert (finding.subject, finding.state) == ("settings", "wrong")


def test_an_empty_home_is_as_if_unset(project: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DECISIONS_HOME", "")
    assert load_settings().home is None
    (project / "decisions.toml").write_text('home = ".decisions"')
    assert load_settings().home == project / ".decisions"
    (project / "decisions.toml").write_text('home = ""')
    assert load_settings().home is None


def test_a_tilde_in_the_home_is_the_user_s_folder(project: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("HOME", str(tmp_path))
    monkeypatch.setenv("USERPROFILE", str(tmp_path))
    monkeypatch.setenv("DECISIONS_HOME", "~/kept")
    assert load_settings().data_folder == tmp_path / "kept"
    monkeypatch.delenv("DECISIONS_HOME")
    (project / "decisions.toml").write_text('home = "~/kept"')
    assert load_settings().data_folder == tmp_path / "kept"
    (project / "decisions.toml").write_text('home = "~nobody-by-this-name/kept"')
    with pytest.raises(SettingsError, match="home"):
        load_settings()


def findings(home: Path) -> list[Finding]:
    """What the doctor says of the data folder and of the index in it."""
    settings = Settings(home=home)
    checks = {"folder": lambda: diagnosis._folder(settings), "index": lambda: diagnosis._index(settings)}
    return [finding for subject, check in checks.items() for finding in diagnosis._guarded(subject, check)]


def test_a_data_folder_that_may_not_be_looked_into_is_a_matter_of_permissions(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("DECISIONS_HOME")
    forbid(monkeypatch, tmp_path)
    for finding in findings(tmp_path / "home"):
        assert finding.state == "wrong"
        assert "Permission denied" in finding.what
        assert "permissions" in finding.remedy


@pytest.mark.parametrize("below", ["", "below"])
def test_a_home_that_is_a_file_is_named_as_such(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, below: str):
    file = tmp_path / "file"
    file.write_text("")
    monkeypatch.setenv("DECISIONS_HOME", str(file / below))
    folder, index = findings(file / below)
    assert folder.state == index.state == "wrong"
    assert folder.what.startswith("DECISIONS_HOME is ")
    assert f"{file}, which is a file" in folder.what


def test_a_home_that_is_not_there_yet_is_nothing_wrong(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("DECISIONS_HOME")
    assert [finding.state for finding in findings(tmp_path / "some" / "home")] == ["good", "note"]


def test_what_nobody_foresaw_is_reported_as_a_fault():
    def check() -> list[Finding]:
        raise KeyError("surprise")

    (finding,) = diagnosis._guarded("subject", check)
    assert "fault of decisions" in finding.remedy
