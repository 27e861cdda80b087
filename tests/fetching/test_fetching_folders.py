"""Files on this machine as items of the nightly job."""

from __future__ import annotations

import hashlib
import json
import os
import zipfile
from pathlib import Path

import pytest
from fetching.fetched import CHAT, VTT, conversation, found, listed, said, unlisted, versions

from extractor.errors import FetchError, SettingsError
from extractor.fetching import Item

MINUTES = {"type": "folder", "name": "minutes", "paths": ["minutes"]}


@pytest.fixture
def base(tmp_path: Path) -> Path:
    folder = tmp_path / "minutes"
    (folder / "may").mkdir(parents=True)
    (folder / "lamps.vtt").write_text(VTT.format("We buy the lamps."))
    (folder / "may" / "trains.vtt").write_text(VTT.format("We take the night train."))
    return tmp_path


def test_every_file_is_an_item_with_its_path_as_key_and_its_hash_as_version(base: Path) -> None:
    items = found(base, **MINUTES)
    assert list(items) == ["minutes:minutes/lamps.vtt", "minutes:minutes/may/trains.vtt"]
    lamps = items["minutes:minutes/lamps.vtt"]
    assert lamps.version == hashlib.sha256((base / "minutes" / "lamps.vtt").read_bytes()).hexdigest()
    assert lamps.label == "minutes/lamps.vtt"
    (reading,) = lamps.read()
    assert (reading.path, reading.sha256) == (str(base / "minutes" / "lamps.vtt"), lamps.version)
    assert said(lamps) == ["We buy the lamps.", "Agreed."]


def test_nothing_is_read_before_it_is_asked_for(base: Path) -> None:
    item = found(base, **MINUTES)["minutes:minutes/lamps.vtt"]
    (base / "minutes" / "lamps.vtt").write_text(VTT.format("We hire the lamps."))
    assert said(item) == ["We hire the lamps.", "Agreed."]


def test_a_version_changes_with_the_content_and_with_nothing_else(base: Path) -> None:
    before = versions(found(base, **MINUTES))
    os.utime(base / "minutes" / "lamps.vtt", (1, 1))
    assert versions(found(base, **MINUTES)) == before
    path = base / "minutes" / "may" / "trains.vtt"
    state = path.stat()
    path.write_text(VTT.format("We take the first train."))
    path.write_text(VTT.format("We take the tenth train."))
    os.utime(path, (state.st_atime, state.st_mtime))
    after = versions(found(base, **MINUTES))
    assert [origin for origin in after if after[origin] != before[origin]] == ["minutes:minutes/may/trains.vtt"]


def test_a_folder_that_moves_with_its_settings_keeps_its_keys(base: Path, tmp_path_factory: pytest.TempPathFactory):
    elsewhere = tmp_path_factory.mktemp("elsewhere") / "moved"
    before = versions(found(base, **MINUTES))
    base.rename(elsewhere)
    assert versions(found(elsewhere, **MINUTES)) == before


def test_a_file_outside_of_the_settings_folder_has_its_whole_path_as_key(base: Path) -> None:
    (base / "conf").mkdir()
    (item,) = found(base / "conf", type="folder", name="minutes", paths=["../minutes/may"]).values()
    assert item.origin == f"minutes:{os.path.realpath(base)}/minutes/may/trains.vtt"


def test_the_chat_of_a_meeting_joins_its_transcript_and_leaves_the_key_as_it_was(base: Path) -> None:
    before = found(base, **MINUTES)
    (base / "minutes" / "lamps.chat.txt").write_text(CHAT)
    after = found(base, **MINUTES)
    assert list(after) == list(before)
    origin = "minutes:minutes/lamps.vtt"
    assert after[origin].version != before[origin].version
    assert said(after[origin]) == ["We buy the lamps.", "I am for it.", "Agreed."]


def test_meetings_named_by_dates_with_dots_are_items_of_their_own(tmp_path: Path) -> None:
    for day in (2, 9):
        (tmp_path / f"2026.03.{day:02} depot.vtt").write_text(VTT.format("We buy the lamps."))
        (tmp_path / f"2026.03.{day:02} depot.chat.txt").write_text(CHAT)
    items = found(tmp_path, type="folder", name="m", paths=["."])
    assert list(items) == ["m:2026.03.02 depot.vtt", "m:2026.03.09 depot.vtt"]
    assert [len(said(item)) for item in items.values()] == [3, 3]


def test_an_export_in_a_folder_is_one_item_and_so_is_an_archive(tmp_path: Path) -> None:
    day = [{"type": "message", "user": "U1", "text": "Lamps?", "ts": "1767300000.000100"}]
    files = {"channels.json": [{"id": "C0DEPOT", "name": "depot"}], "users.json": [], "depot/2026-01-01.json": day}
    for name, value in files.items():
        path = tmp_path / "in" / "export" / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(json.dumps(value))
    with zipfile.ZipFile(tmp_path / "in" / "packed.zip", "w") as archive:
        archive.writestr("lamps.vtt", VTT.format("We buy the lamps."))
    settings = {"type": "folder", "name": "m", "paths": ["in"]}
    items = found(tmp_path, **settings)
    assert list(items) == ["m:in/export", "m:in/packed.zip"]
    assert conversation(items["m:in/export"]).id == "slack:C0DEPOT:1767300000.000100"
    assert said(items["m:in/packed.zip"]) == ["We buy the lamps.", "Agreed."]
    (tmp_path / "in" / "export" / "depot" / "2026-01-02.json").write_text(json.dumps(day))
    after = found(tmp_path, **settings)
    assert [each for each in after if after[each].version != items[each].version] == ["m:in/export"]


def test_a_file_that_two_paths_name_is_one_item(base: Path) -> None:
    (base / "minutes" / "link.vtt").symlink_to(base / "minutes" / "lamps.vtt")
    items = found(base, type="folder", name="m", paths=["minutes", "minutes/*.vtt", str(base / "minutes")])
    assert list(items) == ["m:minutes/lamps.vtt", "m:minutes/may/trains.vtt"]


def test_wildcards_are_those_of_the_settings_and_not_of_the_folder_that_they_lie_in(tmp_path: Path) -> None:
    base = tmp_path / "a [b]"
    (base / "minutes").mkdir(parents=True)
    (base / "minutes" / "lamps.vtt").write_text(VTT.format("We buy the lamps."))
    assert list(found(base, type="folder", name="m", paths=["minutes/*.vtt"])) == ["m:minutes/lamps.vtt"]


def test_a_folder_that_is_not_there_is_an_error_and_an_empty_one_is_none(base: Path) -> None:
    with pytest.raises(FetchError, match=r"minutes/june does not exist\. .*mount") as caught:
        listed(base, type="folder", name="m", paths=["minutes/june/*.vtt"])
    assert caught.value.transient
    (base / "minutes" / "june").mkdir()
    assert listed(base, type="folder", name="m", paths=["minutes/june/*.vtt"]) == []
    assert listed(base, type="folder", name="m", paths=["minutes/june"]) == []


@pytest.mark.parametrize("path", ["~nobody-of-that-name/minutes", "minutes\x00x"])
def test_paths_that_cannot_be_are_paths_that_are_not_there(base: Path, path: str) -> None:
    with pytest.raises(FetchError, match="does not exist"):
        listed(base, type="folder", name="m", paths=[path])


def test_of_several_paths_the_one_that_is_not_there_is_named(base: Path) -> None:
    (gone,) = unlisted(base, type="folder", name="m", paths=["minutes", "gone.vtt"])
    assert (gone.origin, gone.transient) == ("m:gone.vtt", False)
    assert "gone.vtt cannot be read (No such file or directory)" in gone.error


def test_a_file_that_cannot_be_hashed_does_not_stop_the_others(base: Path) -> None:
    (base / "minutes" / "broken.vtt").symlink_to(base / "nowhere")
    os.mkfifo(base / "minutes" / "pipe.vtt")
    os.mkfifo(base / "named.vtt")
    items = listed(base, type="folder", name="m", paths=["minutes", "named.vtt"])
    assert sum(isinstance(item, Item) for item in items) == 2
    errors = {item.label: item.error for item in items if not isinstance(item, Item)}
    assert sorted(errors) == ["minutes/broken.vtt", "minutes/pipe.vtt", "named.vtt"]
    assert "no regular file" in errors["minutes/pipe.vtt"]
    assert "no regular file" in errors["named.vtt"]


def test_a_file_that_is_no_transcript_is_a_reading_with_an_error(base: Path) -> None:
    (base / "minutes" / "lamps.vtt").write_bytes(b"\x00\x01\x02" * 50)
    (reading,) = found(base, **MINUTES)["minutes:minutes/lamps.vtt"].read()
    assert reading.conversations == ()
    assert reading.error is not None


def test_what_the_settings_say_of_the_source_reaches_the_reader(base: Path) -> None:
    (base / "decisions.toml").write_text('[people]\n"Anastasia Li" = ["Ana Li"]\n')
    settings = {**MINUTES, "speakers": {"BEN  ode": "Benedict Ode"}, "timezone": "Europe/Berlin", "date_order": "dmy"}
    item = found(base, **settings)["minutes:minutes/lamps.vtt"]
    assert {person.name for person in conversation(item).participants} == {"Anastasia Li", "Benedict Ode"}


@pytest.mark.parametrize(
    ("setting", "says"),
    [({"timezone": "Mars/Base"}, "source minutes: timezone Mars/Base"), ({"source_format": "tape"}, "'tape'")],
)
def test_a_setting_that_means_nothing_is_said_before_anything_is_listed(base: Path, setting, says) -> None:
    with pytest.raises(SettingsError, match=says):
        listed(base, **MINUTES, **setting)


def test_a_named_format_is_kept_to(base: Path) -> None:
    item = found(base, **MINUTES, source_format="telegram")["minutes:minutes/lamps.vtt"]
    (reading,) = item.read()
    assert reading.format is None
    assert "--source-format" in (reading.error or "")
