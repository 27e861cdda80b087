"""What people do to the log by command: adding, reviewing, linking, erasing, copying, checking."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import subprocess
import sys
import time
import tomllib
from pathlib import Path
from typing import Any

import pytest
import shed
from test_log_reading import listed, refused, run

from extractor.cli import init as init_command
from extractor.log import listing, views
from extractor.log.store import Log
from extractor.plan import BulkPlan, DigestPlan, NightlyPlan, OpenIdPlan, Retention, ReviewPlan, ServePlan
from extractor.settings import Settings, load_settings

REPO = Path(__file__).resolve().parent.parent.parent
EXAMPLE = REPO / "examples" / "pricing-review.vtt"


def record(home: Path, name: str) -> views.LogRecord:
    """A record as the log has it."""
    with Log.open(home) as log, log.read() as connection:
        return views.records_by_id(connection, [listing.resolve_id(connection, name)])[name]


# init


def uncommented(text: str) -> str:
    """The settings of a template with their # taken away; prose has a blank after its #."""
    return "\n".join(re.sub(r"^#(?! |$)", "", line) for line in text.splitlines())


def sections(text: str) -> list[str]:
    """Parts of a template that are used by themselves: what stands before the first table, then each table."""
    parts = [""]
    for line in uncommented(text).splitlines():
        if line.startswith("["):
            parts.append("")
        parts[-1] += line + "\n"
    return parts


def test_every_section_of_the_template_means_something_by_itself_and_all_of_them_together(monkeypatch, tmp_path):
    text = init_command.template()
    assert tomllib.loads(text) == {}
    parts = sections(text)
    assert len(parts) == 17
    for part in [*parts, "\n".join(parts)]:
        folder = tmp_path / str(len(list(tmp_path.iterdir())))
        folder.mkdir()
        (folder / "decisions.toml").write_text(part, encoding="utf-8")
        monkeypatch.delenv("DECISIONS_HOME", raising=False)
        load_settings(folder)
    whole = tomllib.loads("\n".join(parts))
    assert sorted(source["type"] for source in whole["nightly"]["sources"]) == [
        "folder",
        "fsspec",
        "git",
        "imap",
        "slack",
    ]


def test_the_template_names_every_setting_with_the_default_it_has():
    whole = tomllib.loads(uncommented(init_command.template()))
    models: list[tuple[Any, dict[str, Any]]] = [
        (Settings, whole),
        (NightlyPlan, whole["nightly"]),
        (DigestPlan, whole["digest"]),
        (Retention, whole["retention"]),
        (ReviewPlan, whole["review"]),
        (BulkPlan, whole["review"]["bulk"]),
        (ServePlan, whole["serve"]),
        (OpenIdPlan, whole["serve"]["oidc"]),
    ]
    for model, values in models:
        assert set(model.model_fields) == set(values), model
        for name, field in model.model_fields.items():
            if isinstance(field.default, bool | int | float | str):
                assert values[name] == field.default, name
    for source in whole["nightly"]["sources"]:
        kind = next(one for one in _sources() if one.model_fields["type"].annotation.__args__[0] == source["type"])
        shared = {"source_format", "timezone", "date_order", "speakers", "visible_to"}
        assert set(kind.model_fields) - shared <= set(source)


def _sources() -> tuple[Any, ...]:
    from extractor import plan

    return (plan.FolderSource, plan.RemoteSource, plan.SlackSource, plan.ImapSource, plan.GitSource)


def test_init_writes_one_file_and_says_what_next_and_replaces_none(decisions, tmp_path, own_home):
    folder = tmp_path / "team"
    folder.mkdir()
    done = decisions("init", folder)
    assert done.returncode == 0, done.stderr
    assert [path.name for path in folder.iterdir()] == ["decisions.toml"]
    assert "decisions nightly --dry-run" in done.stderr
    assert not list(own_home.iterdir())
    (folder / "decisions.toml").write_text('me = "Ana"\n')
    again = decisions("init", folder)
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (folder / "decisions.toml").read_text() == 'me = "Ana"\n'
    assert decisions("init", folder, "--force").returncode == 0
    assert "me = " in (folder / "decisions.toml").read_text()
    assert decisions("init", folder / "none").returncode == 2


# add and nightly


def test_a_file_is_proposed_once_however_often_it_is_added(decisions):
    first = decisions("add", EXAMPLE)
    assert first.returncode == 0, first.stderr
    there = decisions("list", "-f", "jsonl").stdout
    assert len(there.splitlines()) > 3
    assert {json.loads(line)["state"] for line in there.splitlines()} == {"proposed"}
    second = decisions("add", EXAMPLE)
    assert second.returncode == 0
    assert "1 unchanged source" in second.stderr
    assert decisions("add", "--again", EXAMPLE).returncode == 0
    assert decisions("list", "-f", "jsonl").stdout == there
    assert decisions("log", "verify").returncode == 0


def test_standard_input_is_added_like_a_file(decisions):
    words = EXAMPLE.read_text(encoding="utf-8")
    done = decisions("add", "-", stdin=words)
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("standard input: ")
    again = decisions("add", "-", stdin=words)
    assert "1 unchanged source" in again.stderr
    assert decisions("add", EXAMPLE).returncode == 0
    assert len(json.loads(decisions("list", "-f", "json").stdout)["records"]) == len(listed())
    nothing = decisions("add", "-", stdin="\n")
    assert nothing.returncode == 2
    assert "standard input holds nothing" in nothing.stderr


def test_what_cannot_be_read_costs_nothing_but_itself(decisions, tmp_path):
    (tmp_path / "empty.vtt").write_text("")
    done = decisions("add", EXAMPLE, tmp_path / "empty.vtt", tmp_path / "missing.vtt")
    assert done.returncode == 1, done.stderr
    assert len([line for line in done.stderr.splitlines() if line.startswith("Error: ")]) == 2
    assert listed()
    assert decisions("add", tmp_path / "missing.vtt").returncode == 2


def test_a_dry_run_before_there_is_a_log_lists_what_is_new_and_makes_none(decisions, tmp_path, own_home):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "one.vtt").write_bytes(EXAMPLE.read_bytes())
    config = tmp_path / "decisions.toml"
    config.write_text('[[nightly.sources]]\ntype = "folder"\nname = "notes"\npaths = ["notes"]\n')
    done = decisions("nightly", "--dry-run", env={"DECISIONS_CONFIG": str(config)})
    assert done.returncode == 0, done.stderr
    assert done.stdout == "new      notes:notes/one.vtt\n"
    assert not list(own_home.iterdir())


# review


def test_records_are_approved_and_rejected_by_name_and_the_rest_is_left(shed_log, own_home):
    run("review", "approve", shed_log["red"][:6], shed_log["paint"], "--as", "Cleo Marsh")
    run("review", "reject", shed_log["key"], "--why", "Everybody knows.")
    assert listed("--state", "approved") == {shed_log["red"], shed_log["paint"]}
    assert listed("--state", "rejected") == {shed_log["key"]}
    shown = run("show", shed_log["red"])
    assert "approved by Cleo Marsh" in shown
    assert "Everybody knows." in run("show", shed_log["key"])


def test_one_id_that_is_wrong_leaves_all_as_they_were(shed_log):
    assert "no record d-nope" in refused("review", "approve", shed_log["red"], "d-nope").what
    assert listed("--state", "approved") == set()


def test_an_edit_takes_fields_people_by_name_and_days(shed_log, own_home):
    edits = ["statement=The shed's roof is green.", "owners=ben; Zoran", "status=tentative", "due=2026-05-01"]
    run("review", "edit", shed_log["green"], *edits, "rationale=", "conditions=dry weather; paint in stock")
    changed = record(own_home, shed_log["green"])
    assert changed.text == "The shed's roof is green."
    assert changed.owners == ("Ben Okoro", "Zoran")
    assert changed.record.owners[0] == "ben-okoro"
    assert (changed.status, str(changed.due)) == ("tentative", "2026-05-01")
    assert (changed.record.rationale, changed.record.conditions) == (None, ("dry weather", "paint in stock"))
    assert changed.version == 2


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ("status=great", "status: "),
        ("evidence=[]", "no field evidence"),
        ("statement", "is no change of a field"),
        ("alternatives=[{", "begins like JSON"),
    ],
)
def test_an_edit_that_means_nothing_is_refused(shed_log, own_home, change, words):
    assert words in refused("review", "edit", shed_log["green"], change).what
    assert record(own_home, shed_log["green"]).version == 1


def test_a_record_is_merged_into_another_of_its_type_only(shed_log):
    assert "different types" in refused("review", "merge", shed_log["paint"], shed_log["red"]).what
    run("review", "merge", shed_log["green"], shed_log["red"])
    assert listed("--type", "decision") == {shed_log["red"]}
    assert f"Merged into {shed_log['red']}" in " ".join(run("show", shed_log["green"]).split())
    assert shed_log["green"] in run("show", shed_log["red"])


@pytest.mark.parametrize(
    ("verb", "text"), [("accept", "The roof is mossy green."), ("dismiss", "The shed gets a green roof.")]
)
def test_a_suggested_wording_is_taken_over_or_dismissed(shed_log, own_home, verb, text):
    run("review", "approve", shed_log["green"])
    with Log.open(own_home) as log:
        shed.read_again(log, "The roof is mossy green.")
        with log.read() as connection:
            (waiting,) = views.revisions_of(connection, [shed_log["green"]])
    run("review", "revision", verb, waiting.id[:7])
    assert record(own_home, shed_log["green"]).text == text
    run("review", "revision", verb, waiting.id)
    assert record(own_home, shed_log["green"]).text == text
    other = "dismiss" if verb == "accept" else "accept"
    assert "no open revision" in refused("review", "revision", other, waiting.id).what


# link and unlink


def test_a_link_is_made_confirmed_and_refused(shed_log):
    run("link", shed_log["red"][:7], "supersedes", shed_log["green"][:7])
    assert listed("--superseded") == {shed_log["green"]}
    (link,) = json.loads(run("show", shed_log["red"], "-f", "json"))["records"][0]["links"]
    run("unlink", link["id"][:8])
    assert listed("--superseded") == set()
    run("link", "--confirm", link["id"])
    assert listed("--superseded") == {shed_log["green"]}
    run("unlink", shed_log["red"], "supersedes", shed_log["green"])
    assert listed("--superseded") == set()


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (["link"], "two records and a kind"),
        (["link", "{red}", "supersedes"], "is not two records and a kind"),
        (["link", "{red}", "replaces", "{green}"], "replaces is no kind of link"),
        (["link", "{red}", "supersedes", "{red}"], "linked to itself"),
        (["link", "{red}", "supersedes", "d-none"], "no record d-none"),
        (["link", "--confirm", "l-none"], "no link l-none"),
        (["unlink", "{red}", "{green}"], "one link, or two records"),
        (["unlink", "{red}", "answers", "{green}"], "no link l-"),
    ],
)
def test_a_link_that_cannot_be_is_refused_and_says_why(shed_log, parts, words):
    assert words in refused(*(part.format(**shed_log) for part in parts)).what


# erase


def test_erasing_asks_for_yes_where_nobody_can_answer(shed_log, decisions):
    done = decisions("erase", "--record", shed_log["green"], stdin="")
    assert done.returncode == 2
    assert "--yes" in done.stderr
    assert "The shed gets a green roof." in decisions("list").stdout


def test_a_conversation_is_erased_everywhere_and_what_is_out_of_reach_is_named(shed_log, own_home, decisions, tmp_path):
    decisions("log", "backup", tmp_path / "copy.db")
    done = decisions("erase", "--conversation", "m-first", "--yes")
    assert done.returncode == 0, done.stderr
    assert "1 conversation, " in done.stdout
    assert "3 records" in done.stdout
    assert str(tmp_path / "copy.db") in done.stdout
    assert "notes:first.vtt" in done.stdout or "backup" in done.stdout
    for path in own_home.rglob("*"):
        if path.is_file():
            assert b"green roof" not in path.read_bytes(), path
    assert listed() == {shed_log["red"]}
    assert "its words were erased" in decisions("show", shed_log["green"]).stdout
    assert decisions("log", "verify").returncode == 0


def test_a_person_is_erased_by_the_whole_name_only(shed_log):
    error = refused("erase", "--person", "Anna", "--yes")
    assert "Anna Berg" in error.what
    assert "whole name" in error.remedy
    report = json.loads(run("erase", "--person", "anna berg", "--yes", "-f", "json"))
    assert report["counts"]["names"] == 1
    assert "Anna" not in run("list", "-f", "json", "--state", "all")


@pytest.mark.parametrize("options", [[], ["--record", "d-1", "--person", "Ben"]])
def test_one_thing_is_erased_at_a_time(shed_log, options):
    assert "Name one thing to erase" in refused("erase", *options).what


def test_a_person_at_a_terminal_is_asked_and_may_say_no(shed_log):
    answers = {"n": True, "y": False}
    for answer, there in answers.items():
        at_terminal("erase", "--record", shed_log["green"], answer=answer)
        assert (shed_log["green"] in listed()) is there


def at_terminal(*args: str, answer: str) -> str:
    """What a command prints at a terminal where a person answers its question."""
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "extractor.cli.main", *args]
    env = {**os.environ, "PYTHONPATH": str(REPO), "TERM": "dumb"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env)
    os.close(follower)
    said, answered, deadline = b"", False, time.monotonic() + 60
    while time.monotonic() < deadline:
        if select.select([leader], [], [], 0.1)[0]:
            try:
                said += os.read(leader, 4096)
            except OSError:
                break
        if not answered and b"undone" in said:
            os.write(leader, answer.encode() + b"\n")
            answered = True
    os.close(leader)
    process.wait(30)
    assert answered, said
    return said.decode()


# log


def test_the_log_says_how_it_stands(shed_log, own_home, decisions):
    told = decisions("log", "status")
    assert told.returncode == 0, told.stderr
    for words in (str(own_home / "log.db"), "2 conversations, 4 records", "4 proposed records", "1 suggested link"):
        assert words in told.stdout
    found = json.loads(decisions("log", "status", "-f", "json").stdout)
    assert found["records"]["decision"] == {"proposed": 2}


def test_a_row_that_was_changed_behind_the_logs_back_is_found(shed_log, own_home, decisions):
    head = decisions("log", "head").stdout.strip()
    sound = decisions("log", "verify", "--head", head)
    assert sound.returncode == 0, sound.stderr
    assert "verifies" in sound.stdout
    with Log.open(own_home) as log, log.write() as tx:
        tx.connection.exec_driver_sql("UPDATE records SET state = 'approved' WHERE id = ?", (shed_log["red"],))
    broken = decisions("log", "verify")
    assert broken.returncode == 4
    assert shed_log["red"] in broken.stderr
    assert json.loads(decisions("log", "verify", "-f", "json").stdout)["ok"] is False
    other = "0" * 64
    assert decisions("log", "verify", "--head", other).returncode == 4
    assert decisions("log", "verify", "--head", "abc").returncode == 2


def test_a_backup_brings_back_what_was_lost(shed_log, own_home, decisions, tmp_path):
    copy = tmp_path / "copy.db"
    done = decisions("log", "backup", copy)
    assert done.returncode == 0, done.stderr
    assert "4 records" in done.stderr
    before = decisions("list", "-f", "jsonl").stdout
    assert decisions("log", "restore", copy).returncode == 2
    for file in own_home.glob("log.db*"):
        file.unlink()
    restored = decisions("log", "restore", copy)
    assert restored.returncode == 0, restored.stderr
    assert decisions("list", "-f", "jsonl").stdout == before
    assert len(json.loads(decisions("search", "roof", "-q", "-f", "json").stdout)["hits"]) >= 2
    assert decisions("log", "restore", EXAMPLE, "--force").returncode == 2


def test_a_source_in_quarantine_is_listed_and_released(decisions, tmp_path):
    (tmp_path / "notes").mkdir()
    (tmp_path / "notes" / "empty.vtt").write_text("")
    config = tmp_path / "decisions.toml"
    config.write_text('[[nightly.sources]]\ntype = "folder"\nname = "notes"\npaths = ["notes"]\n')
    told = {"DECISIONS_CONFIG": str(config)}
    assert decisions("nightly", env=told).returncode in (1, 3)
    quarantined = decisions("log", "quarantine", env=told)
    assert "notes:notes/empty.vtt" in quarantined.stdout
    assert "is empty" in " ".join(quarantined.stdout.split())
    assert decisions("log", "quarantine", "--release", "notes:other", env=told).returncode == 2
    assert decisions("log", "quarantine", "--release", "notes:notes/empty.vtt", env=told).returncode == 0
    assert "No source is in quarantine." in decisions("log", "quarantine", env=told).stderr
    assert decisions("log", "verify", env=told).returncode == 0


def test_an_interrupted_erasure_question_leaves_all_as_it_was(shed_log):
    leader, follower = pty.openpty()
    command = [sys.executable, "-m", "extractor.cli.main", "erase", "--record", shed_log["green"]]
    env = {**os.environ, "PYTHONPATH": str(REPO), "TERM": "dumb"}
    process = subprocess.Popen(command, stdin=follower, stdout=follower, stderr=follower, env=env)
    os.close(follower)
    said = b""
    while b"undone" not in said:
        said += os.read(leader, 4096)
    process.send_signal(signal.SIGINT)
    assert process.wait(30) in (1, 130)
    os.close(leader)
    assert shed_log["green"] in listed()
