"""Listing, showing and finding what is in the log, as a person or a program does it."""

from __future__ import annotations

import csv
import io
import json
import re
from pathlib import Path

import pytest
import shed
from typer.testing import CliRunner

from extractor.cli.main import app
from extractor.errors import DecisionsError
from extractor.log import linked, reviewing
from extractor.log.store import Log


def run(*args: object) -> str:
    """Standard output of a command that must succeed."""
    done = CliRunner().invoke(app, [str(one) for one in args], catch_exceptions=False)
    assert done.exit_code == 0, done.output
    return done.stdout


def refused(*args: object) -> DecisionsError:
    """The error that a command ends with."""
    done = CliRunner().invoke(app, [str(one) for one in args])
    assert isinstance(done.exception, DecisionsError), done.output
    return done.exception


def listed(*args: object) -> set[str]:
    """The ids that ``list`` gives with these options."""
    return {json.loads(line)["id"] for line in run("list", "--format", "jsonl", *args).splitlines()}


@pytest.fixture
def confirmed(shed_log: dict[str, str], own_home: Path) -> dict[str, str]:
    """The log after a person approved the later decision and its link, and rejected the question."""
    with Log.open(own_home) as log, log.write("Anna Berg") as tx:
        reviewing.approve(tx, shed_log["red"])
        reviewing.reject(tx, shed_log["key"], "Nobody asked that.")
        linked.confirm(tx, shed_log["red"], shed_log["green"], "supersedes")
    return shed_log


@pytest.mark.parametrize(
    ("options", "names"),
    [
        ([], "green paint red"),
        (["--state", "all"], "green paint key red"),
        (["--state", "rejected"], "key"),
        (["--state", "approved", "--state", "rejected"], "red key"),
        (["--type", "action_item"], "paint"),
        (["--status", "decided"], "green red"),
        (["--status", "deferred"], ""),
        (["--owner", "ben"], "paint"),
        (["--owner", "Anna Berg"], ""),
        (["--decider", "berg"], "green"),
        (["--since", "2026-03-10"], "red"),
        (["--until", "2026-03-04"], "green paint"),
        (["--overdue"], "paint"),
        (["--unowned"], "red"),
        (["--superseded"], "green"),
        (["--standing", "--type", "decision"], "red"),
        (["--conversation", "m-first"], "green paint"),
        (["--series", "shed steering"], "green paint red"),
        (["-n", "1"], "red"),
    ],
)
def test_each_filter_leaves_what_is_true_of_it(confirmed, options, names):
    assert listed(*options) == {confirmed[name] for name in names.split()}


def test_a_table_is_plain_text_of_a_hundred_columns_where_no_terminal_is(confirmed, decisions):
    done = decisions("list", "--state", "all")
    assert done.returncode == 0, done.stderr
    assert "\x1b" not in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 100
    for words in ("The shed gets a red roof.", "approved", "overdue 06 Mar 2026", "Ben Okoro", "by Anna Berg"):
        assert words in done.stdout
    assert re.search(rf"superseded by {confirmed['red'][:10]}", done.stdout)
    assert done.stderr.strip() == "4 records."


def test_a_list_that_is_cut_says_so(confirmed, decisions):
    done = decisions("list", "-n", "1")
    assert "1 of 3 records" in done.stderr


def test_nothing_that_fits_is_said_and_what_to_try(confirmed, decisions):
    done = decisions("list", "--owner", "Zoran")
    assert (done.returncode, done.stdout) == (0, "")
    assert "Nobody in the log is called Zoran." in done.stderr
    assert "--state all" in done.stderr


def test_a_csv_runs_no_formula_and_has_a_row_for_each_record(shed_log, own_home):
    with Log.open(own_home) as log, log.write("Anna Berg") as tx:
        reviewing.edit(tx, shed_log["paint"], {"task": '=HYPERLINK("http://x.example";"paint")'}, shed.load_embedder())
    rows = list(csv.DictReader(io.StringIO(run("list", "--format", "csv"))))
    assert {row["id"] for row in rows} == set(shed_log.values())
    cells = {row["id"]: row["text"] for row in rows}
    assert cells[shed_log["paint"]].startswith("'=HYPERLINK")
    assert cells[shed_log["red"]] == "The shed gets a red roof."


def test_json_says_how_many_there_are_whatever_it_holds(confirmed):
    document = json.loads(run("list", "--format", "json", "-n", "1"))
    assert (document["total"], len(document["records"])) == (3, 1)
    (red,) = document["records"]
    assert red["conversation"]["started_at"] == "2026-03-18T09:00:00Z"
    assert red["record"]["evidence"][0]["quote"] == "Fine, red it is"


def test_markdown_goes_to_a_file_whole(confirmed, tmp_path):
    out = tmp_path / "log.md"
    run("list", "--out", out)
    text = out.read_text(encoding="utf-8")
    assert text.startswith("# Decisions\n")
    assert "> the roof of the shed is green" in text
    assert f"superseded by `{confirmed['red']}`" in text


@pytest.mark.parametrize(
    ("option", "value", "words"),
    [
        ("--since", "March", "--since March is no day"),
        ("--conversation", "m-third", "no conversation m-third"),
        ("--series", "Choir", "no series of meetings Choir"),
    ],
)
def test_a_filter_that_means_nothing_is_refused(shed_log, option, value, words):
    assert words in refused("list", option, value).what


def test_a_record_is_shown_with_its_words_marked_where_they_were_said(shed_log):
    shown = run("show", shed_log["green"])
    assert "»the roof is green«" in shown
    assert "»the roof of the shed is green«" in shown
    assert "Shall we talk about the shed?" in shown
    assert "I will order the paint by Friday." in shown
    assert "No idea." not in shown  # further than two turns away
    for words in ("Anna Berg", "It hides the moss.", "A black roof: too hot", "superseded by", "suggested, 82 %"):
        assert words in shown


def test_the_number_of_turns_around_a_quote_is_for_the_reader_to_say(shed_log):
    assert "Shall we talk" not in run("show", "-c", "0", shed_log["green"])
    assert "No idea." in run("show", "-c", "9", shed_log["green"])


def test_the_beginning_of_an_id_is_enough_and_an_ambiguous_one_lists_what_it_may_be(shed_log, own_home):
    assert "The shed gets a red roof." in run("show", shed_log["red"][:6])
    assert "no record d-" in refused("show", "d-").what
    assert "no record d-zzzzzz" in refused("show", "d-zzzzzz").what
    other = shed_log["red"][:8] + "0" * 10
    with Log.open(own_home) as log, log.write() as tx:
        tx.connection.exec_driver_sql(
            "INSERT INTO records SELECT ?, seq + 100, conversation, type, state, status, text, topic, said_on, due_on, "
            "confidence, body, version, found, touched, merged_into, engine, created_at, updated_at, reviewed_at, "
            "erased_at, weight, assignee, closed_at FROM records WHERE id = ?",
            (other, shed_log["red"]),
        )
    assert {*sorted((other, shed_log["red"]))} <= set(re.findall(r"d-[0-9a-f]+", refused("show", other[:8]).what))


def test_a_quote_whose_words_are_gone_is_marked(shed_log, own_home):
    with Log.open(own_home) as log, log.write() as tx:
        tx.connection.exec_driver_sql("UPDATE turns SET text = 'Agreed.' WHERE number = 2 AND conversation = 'm-first'")
    shown = " ".join(run("show", shed_log["green"]).split())
    assert (
        "“the roof of the shed is green” — Anna Berg, 0:20, turn 2, accepted [no longer in the conversation]" in shown
    )
    assert "»the roof is green«" in shown
    assert "**no longer in the conversation**" in run("show", "-f", "markdown", shed_log["green"])


def test_what_was_said_cannot_paint_the_terminal_or_be_markup(shed_log, own_home):
    with Log.open(own_home) as log, log.write() as tx:
        evil = "\x1b[31mred\x07 \u202eback <b>*bold*</b>"
        tx.connection.exec_driver_sql("UPDATE turns SET text = ? WHERE number = 0", (evil,))
        tx.connection.exec_driver_sql("UPDATE conversations SET title = ?", (evil,))
    for command in (("show", shed_log["green"]), ("list",), ("history", shed_log["green"])):
        assert not set("\x1b\x07\u202e") & set(run(*command))
    assert "<b>" not in run("show", "-f", "markdown", shed_log["green"])


def test_a_suggested_wording_is_shown_field_by_field(shed_log, own_home):
    with Log.open(own_home) as log:
        with log.write("Anna Berg") as tx:
            reviewing.approve(tx, shed_log["green"])
        shed.read_again(log, "The shed's roof is painted green.")
    shown = run("show", shed_log["green"])
    assert re.search(r"statement +The shed gets a green roof\.\s+→ The shed's roof is painted green\.", shown)
    (record,) = json.loads(run("show", "-f", "json", shed_log["green"]))["records"]
    assert record["suggestions"][0]["changes"] == [
        {
            "name": "statement",
            "now": "The shed gets a green roof.",
            "suggested": "The shed's roof is painted green.",
        }
    ]


def test_a_history_goes_from_what_was_first_said_to_what_replaced_it(confirmed):
    told = run("history", confirmed["green"])
    order = [
        "2026-03-04 09:00",
        "proposed by Ben Okoro: “the roof is green”",
        "decided by Anna Berg: “the roof of the shed is green”",
        "decided by Anna Berg: “Fine, red it is”",
        "entered the log (machine)",
        f"link confirmed: supersedes {confirmed['green'][:10]} by Anna Berg",
    ]
    assert all(words in told for words in order), told
    places = [told.index(words) for words in order]
    assert places == sorted(places)
    document = json.loads(run("history", confirmed["red"][:8], "-f", "json"))
    assert [one["id"] for one in document["records"]] == [confirmed["green"], confirmed["red"]]


def test_the_log_is_searched_by_words_and_by_meaning_joined(shed_log):
    found = json.loads(run("search", "-q", "-f", "json", "colour of the roof"))["hits"]
    assert {hit["id"] for hit in found[:2]} == {shed_log["green"], shed_log["red"]}
    assert found[0]["words"] is not None
    assert found[0]["similarity"] is not None
    near = json.loads(run("search", "-q", "-f", "json", "buying something to colour the walls"))["hits"]
    assert near[0]["id"] == shed_log["paint"]
    assert near[0]["words"] is None


def test_what_is_searched_is_said_and_is_the_log_where_there_is_one(shed_log, decisions):
    done = decisions("search", "roof")
    assert "Searching the log" in done.stderr
    assert "The shed gets a red roof." in done.stdout
    there = decisions("search", "--in", "passages", "sold out")
    assert "The green paint is sold out." in there.stdout


def test_without_an_index_the_log_is_searched_by_words_and_that_is_said(shed_log, own_home, decisions):
    import shutil

    shutil.rmtree(own_home / "index")
    done = decisions("search", "roof")
    assert done.returncode == 0, done.stderr
    assert "The shed gets a green roof." in done.stdout
    assert "Only words were searched" in done.stderr
    assert "decisions index rebuild" in done.stderr


def test_states_that_were_rejected_are_found_only_when_asked_for(confirmed):
    assert confirmed["key"] not in run("search", "-q", "-f", "json", "key at night")
    hits = json.loads(run("search", "-q", "-f", "json", "--state", "rejected", "key at night"))["hits"]
    assert [hit["id"] for hit in hits] == [confirmed["key"]]


def test_a_question_without_a_model_is_answered_by_what_the_log_has(confirmed, decisions):
    done = decisions("ask", "What colour is the roof?")
    assert done.returncode == 0, done.stderr
    assert "No language model was used" in done.stderr
    assert "superseded, no longer holds; see [" in done.stdout
    nothing = decisions("ask", "quantum chromodynamics?")
    assert (nothing.returncode, nothing.stdout.strip()) == (0, "The log does not say.")


def test_without_a_log_each_command_says_how_to_begin_one_and_makes_none(own_home, decisions):
    for command in (("list",), ("show", "d-1234"), ("history", "d-1234"), ("ask", "why?"), ("log", "verify")):
        done = decisions(*command)
        assert done.returncode == 3, done.stderr
        assert "There is no log yet" in done.stderr
        assert "decisions add PATH" in done.stderr
        assert done.stdout == ""
    assert not list(own_home.iterdir())


@pytest.mark.parametrize("command", [["list"], ["log", "verify"], ["review", "approve", "d-1234"]])
def test_a_file_that_is_no_database_is_one_sentence_and_a_remedy(own_home, decisions, command):
    (own_home / "log.db").write_text("This is a letter and no database. " * 9)
    done = decisions(*command)
    assert done.returncode == 3, done.stderr
    assert "Traceback" not in done.stderr
    assert "decisions log restore" in done.stderr


def test_a_database_that_is_down_is_one_sentence(decisions):
    done = decisions("list", env={"DECISIONS_LOG": "postgresql://nobody:secret@127.0.0.1:1/none"})
    assert done.returncode == 3, done.stderr
    assert "cannot be reached" in done.stderr
    assert "secret" not in done.stderr


def test_settings_that_cannot_be_read_name_file_and_line(decisions, tmp_path):
    config = tmp_path / "decisions.toml"
    config.write_text('[nightly\nstatus_file = "x"\n')
    done = decisions("list", env={"DECISIONS_CONFIG": str(config)})
    assert done.returncode == 2
    assert "decisions.toml is not valid TOML" in done.stderr
    assert "line 1" in done.stderr


def test_the_same_is_listed_from_postgresql(own_home, postgres_url, decisions):
    with Log.open(own_home, postgres_url) as log:
        ids = shed.fill(log)
    told = {"DECISIONS_LOG": postgres_url}
    done = decisions("list", "--overdue", "-f", "jsonl", env=told)
    assert [json.loads(line)["id"] for line in done.stdout.splitlines()] == [ids["paint"]]
    shown = decisions("show", ids["green"][:7], env=told)
    assert "»the roof is green«" in shown.stdout, shown.stderr
    found = decisions("search", "roof", "-q", "-f", "json", env=told)
    assert len(json.loads(found.stdout)["hits"]) >= 2
    assert decisions("log", "verify", env=told).returncode == 0
