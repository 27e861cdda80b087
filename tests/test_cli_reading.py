"""What the user says of the sources on the command line and in the settings, and what `read` and `formats` show."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from extractor.cli.readings import Told, hints_of
from extractor.errors import UsageError
from extractor.sources.registry import EVERY

TALK = "Me: Shall we take the night train?\nSpeaker 1: Yes, let us do that.\nMe: Agreed then.\nSpeaker 1: Good.\n"


@pytest.fixture
def talk(tmp_path: Path) -> Path:
    path = tmp_path / "talk.txt"
    path.write_text(TALK)
    return path


def speakers(done) -> list[str]:
    (conversation,) = json.loads(done.stdout)["conversations"]
    return [person["name"] for person in conversation["participants"]]


def test_speakers_are_renamed_for_one_run(decisions, talk):
    done = decisions("read", talk, "--format", "json", "--speakers", "me=Ana Li", "--speakers", "Speaker 1=Ode, Ben;")
    assert done.returncode == 2
    done = decisions("read", talk, "--format", "json", "--speakers", "me=Ana Li; Speaker 1=Ode, Ben")
    assert (done.returncode, speakers(done)) == (0, ["Ana Li", "Ode, Ben"])


def test_the_people_table_of_the_settings_holds_for_every_run_and_a_flag_comes_before_it(decisions, talk, tmp_path):
    config = tmp_path / "decisions.toml"
    config.write_text('[people]\n"Ana Li" = ["Me"]\n"Ben Ode" = ["Speaker 1"]\n')
    env = {"DECISIONS_CONFIG": str(config)}
    assert speakers(decisions("read", talk, "--format", "json", env=env)) == ["Ana Li", "Ben Ode"]
    done = decisions("read", talk, "--format", "json", "--speakers", "Speaker 1=Jo", env=env)
    assert speakers(done) == ["Ana Li", "Jo"]


def test_a_person_in_the_settings_needs_a_list_of_spellings(decisions, talk, tmp_path):
    config = tmp_path / "decisions.toml"
    config.write_text('[people]\n"Ana Li" = "Me"\n')
    done = decisions("read", talk, env={"DECISIONS_CONFIG": str(config)})
    assert done.returncode == 2
    assert "people" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    ("flag", "value"),
    [
        ("--timezone", "Middle/Earth"),
        ("--timezone", "../../etc/passwd"),
        ("--timezone", ""),
        ("--date-order", "ymd"),
        ("--speakers", "Ana,,Ben"),
        ("--speakers", "Me="),
        ("--started-at", "soon"),
    ],
)
def test_a_flag_that_makes_no_sense_is_one_sentence_and_exit_code_2(decisions, talk, flag, value):
    done = decisions("read", talk, flag, value)
    assert (done.returncode, done.stdout) == (2, "")
    assert flag in done.stderr
    assert "Traceback" not in done.stderr


def test_zones_are_names_or_offsets():
    assert str(hints_of(Told(timezone="Europe/Berlin")).timezone) == "Europe/Berlin"
    assert str(hints_of(Told(timezone="-03:30")).timezone) == "UTC-03:30"
    assert hints_of(Told(date_order="DMY")).day_first is True
    assert hints_of(Told(date_order="mdy")).day_first is False
    with pytest.raises(UsageError):
        hints_of(Told(timezone="/"))


def test_the_table_has_a_row_for_every_file_also_for_one_that_cannot_be_read(decisions, talk, tmp_path):
    (tmp_path / "bad|name.json").write_text('{"a": 1}')
    done = decisions("read", tmp_path, "--format", "table")
    rows = done.stdout.splitlines()
    assert done.returncode == 1
    assert len(rows) == 4
    assert "known shape" in rows[2]
    assert rows[2].count(" | ") == rows[0].count(" | ")
    assert "talk.txt | text | 1 | 4 | 0 | 2 |" in rows[3]


def test_every_format_is_listed(decisions):
    done = decisions("formats")
    assert done.returncode == 0
    assert all(known.name in done.stdout for known in EVERY)


@pytest.mark.parametrize("command", ["read", "extract"])
def test_a_source_is_never_replaced_by_what_is_made_of_it(decisions, talk, tmp_path, command):
    (tmp_path / "link.txt").symlink_to(talk)
    for out in (talk, tmp_path / "link.txt"):
        done = decisions(command, talk.parent, "--out", out)
        assert (done.returncode, done.stdout) == (2, "")
        assert "is one of the sources" in done.stderr
    assert talk.read_text() == TALK


def test_a_label_of_the_speakers_flag_that_nobody_has_is_said(decisions, talk):
    done = decisions("read", talk, "--speakers", "Me=Ana, Speaker 3=Lee, Ana")
    assert done.returncode == 0
    assert "--speakers names speaker 3, who is in none of the conversations." in done.stderr
    assert done.stderr.count("--speakers names") == 1


def test_a_file_that_is_no_such_format_is_refused_with_what_to_do(decisions, talk):
    done = decisions("read", talk, "--source-format", "whisper")
    assert done.returncode == 2
    assert "does not look like" in done.stderr
    assert "without --source-format" in done.stderr


WHATSAPP = (
    "28/03/2026, 09:00 - Messages are end-to-end encrypted.\n28/03/2026, 09:01 - Ana Li: Night train?\n"
    "{day}/03/2026, 21:30 - Ben Ode: Yes, agreed.\n"
)


def test_what_is_in_no_conversation_is_accounted_for_in_text_too(decisions, tmp_path):
    one, two = tmp_path / "one.txt", tmp_path / "two.txt"
    one.write_text(WHATSAPP.format(day=28).replace("21:30", "09:30"))
    two.write_text(WHATSAPP.format(day=29))
    assert "system message" in decisions("read", one).stdout
    account = decisions("read", two).stdout.rpartition("All of ")[2]
    assert "system message" in account
    assert "All of" in decisions("extract", two).stdout
