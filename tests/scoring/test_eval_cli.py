"""``decisions eval run``, ``score``, ``compare``, ``validate`` and ``prepare`` as somebody uses them."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from engines.loopback import LoopbackServer, Reply, Request
from material import REPO
from scoring.toy import KEY, Failing, ferry, finds, lines_of, route_of, within, written

from extractor.conversation import Conversation
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import conversation_of
from extractor.scoring.runs import RunFolder, replace_file
from extractor.scoring.unlabelled import row_of
from extractor.sources import read_sources

ROUTES = range(5)
IDS = [f"ferry-{number}" for number in ROUTES]
PROXIES = ("HTTP_PROXY", "HTTPS_PROXY", "ALL_PROXY", "http_proxy", "https_proxy", "all_proxy")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[LoopbackServer]:
    """A model on loopback that finds what is there; the settings name it."""
    for name in PROXIES:
        monkeypatch.delenv(name, raising=False)
    with LoopbackServer() as running:
        running.otherwise = finds
        monkeypatch.setenv("OPENAI_API_KEY", KEY)
        monkeypatch.setenv("DECISIONS_OPENAI_BASE_URL", running.url)
        monkeypatch.setenv("DECISIONS_OPENAI_MAX_RETRIES", "0")
        yield running


@pytest.fixture
def toy(tmp_path: Path) -> Path:
    return written(tmp_path, map(ferry, ROUTES))


@pytest.fixture(scope="module")
def cues(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the dataset and, in ``run``, what the cue words make of it."""
    folder = tmp_path_factory.mktemp("cues")
    done = within("eval", "run", written(folder, map(ferry, ROUTES)), "--out", folder / "run", "--engine", "cues")
    assert done.code == 0, done.err
    return folder


@pytest.fixture
def run_of_cues(cues: Path, tmp_path: Path) -> Path:
    """A copy of that run, to be changed."""
    return shutil.copytree(cues / "run", tmp_path / "run")


def model_run(dataset: Path, out: Path, *more: object) -> tuple[object, ...]:
    return ("eval", "run", dataset, "--out", out, "--engine", "openai:m", *more)


# What is printed.


def test_a_run_prints_its_figures_with_counts_and_intervals_beside_the_baselines(decisions, toy, tmp_path):
    done = decisions("eval", "run", toy, "--out", tmp_path / "run", "--engine", "local", env={"COLUMNS": "160"})
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("local (")
    (recall,) = re.findall(r"^ *recall +(.*)$", done.stdout.split("Action items")[0], re.MULTILINE)
    assert re.findall(r"\S+ \[\S+, \S+\] (\d+)/(\d+)", recall)[1:] == [("5", "5"), ("5", "5")]
    for words in ("local", "cues", "everything", "precision, strict", "The whole run", "Threshold of the matching"):
        assert words in done.stdout
    assert "Nothing leaves this machine" in done.stderr
    assert "Nothing leaves" not in done.stdout
    assert "Stored in" not in done.stdout
    assert sorted(path.name for path in (tmp_path / "run").iterdir()) == ["results.jsonl", "run.json", "scores.json"]


def test_quiet_leaves_the_figures_alone(toy, tmp_path):
    done = within("eval", "run", toy, "--out", tmp_path / "run", "--engine", "cues", "--quiet")
    assert (done.code, done.err) == (0, "")
    assert "F1" in done.out


def test_figures_for_programs_hold_no_number_that_is_none(cues):
    done = within("eval", "score", cues / "run", "--format", "json")
    assert done.code == 0
    data = strictly(done.out)
    assert [one["run"]["engine_spec"] for one in data["runs"]] == ["cues", "everything"]
    recall = data["runs"][0]["figures"]["decision.recall"]
    assert (recall["value"], recall["k"], recall["n"]) == (1.0, 5, 5)
    assert 0 < recall["low"] < recall["high"] == 1.0


def strictly(text: str) -> Any:
    """JSON, and no NaN in it, which is none."""

    def refused(name: str) -> None:
        raise AssertionError(f"{name} is no JSON")

    return json.loads(text, parse_constant=refused)


def test_figures_in_markdown_are_tables(cues):
    done = within("eval", "score", cues / "run", "--format", "markdown")
    lines = done.out.splitlines()
    assert lines[0].startswith("# cues (none, 1) on toy: 5 conversations, 5 series, ")
    tables = [line for line in lines if line.startswith("|")]
    assert "|  | cues | everything |" in tables
    assert {line.count("|") for line in tables if "threshold" not in line and "," not in line[:20]} >= {4}
    assert any(re.match(r"\| recall \| 1\.0 \\\[\.\d+, 1\.0\\\] 5/5 \|", line) for line in tables), tables


def test_another_run_stands_beside(cues, run_of_cues):
    done = within(
        "eval", "score", run_of_cues, "--beside", cues / "run", "--format", "json", "--dataset", cues / "toy.jsonl"
    )
    assert [one["run"]["engine_spec"] for one in json.loads(done.out)["runs"]] == ["cues", "everything", "cues"]
    assert within("eval", "score", run_of_cues, "--beside", cues / "gone").code == 2


# Which conversations.


def test_a_part_of_the_dataset_is_run_and_a_larger_part_takes_it_up(toy, tmp_path):
    out = tmp_path / "run"
    for flags, count in ((("--limit", 2), 2), (("--sample", 3), 3), ((), 5)):
        done = within("eval", "run", toy, "--out", out, "--engine", "cues", "--format", "json", *flags)
        assert done.code == 0
        assert json.loads(done.out)["runs"][0]["run"]["conversations"] == count
        assert len(json.loads((out / "scores.json").read_text())["tallies"]) == count
    assert [one["id"] for one in lines_of(out)] == IDS
    assert "3 of 5 conversations are done already" in done.err or "4 of 5 conversations are done already" in done.err
    smaller = within("eval", "run", toy, "--out", out, "--engine", "cues", "--limit", 1)
    assert smaller.code == 2
    assert "it has more conversations" in smaller.err
    assert len(lines_of(out)) == 5


def test_a_split_is_run_alone(toy, tmp_path):
    assert within("eval", "run", toy, "--out", tmp_path / "run", "-e", "cues", "--split", "dev").code == 0
    assert [one["id"] for one in lines_of(tmp_path / "run")] == ["ferry-1", "ferry-3"]
    gone = within("eval", "run", toy, "--out", tmp_path / "other", "-e", "cues", "--split", "tset")
    assert gone.code == 2
    assert "It has: dev, train." in gone.err
    assert not (tmp_path / "other").exists()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (("--engine", "everything"), "another run, cues on toy: it has another engine"),
        (("--split", "dev"), "another run, cues on toy: it has another split"),
        (("--engine", "cuse"), "no engine 'cuse'"),
        (("--answers", "a", "--record", "b"), "exclude each other"),
        (("--verdicts", "gone.jsonl"), "no file of verdicts gone.jsonl"),
        (("--limit", "0"), "--limit"),
    ],
)
def test_what_cannot_be_run_there_is_refused(cues, run_of_cues, change, says):
    before = (run_of_cues / "results.jsonl").read_bytes()
    done = within(
        "eval",
        "run",
        cues / "toy.jsonl",
        "--out",
        run_of_cues,
        *(() if "--engine" in change else ("-e", "cues")),
        *change,
    )
    assert done.code == 2
    assert says in done.err
    assert done.out == ""
    assert (run_of_cues / "results.jsonl").read_bytes() == before


def test_another_dataset_is_refused_and_so_are_results_of_an_unknown_run(run_of_cues, tmp_path):
    other = written(tmp_path, [ferry(1)])
    done = within("eval", "run", other, "--out", run_of_cues, "--engine", "cues")
    assert done.code == 2
    assert "holds another run" in done.err
    (run_of_cues / "run.json").unlink()
    assert within("eval", "run", other, "--out", run_of_cues, "--engine", "cues").code == 2
    assert within("eval", "run", other, "--out", other, "--engine", "cues").code == 2


def test_two_conversations_of_one_id_are_refused_before_anything_runs(tmp_path):
    done = within(
        "eval", "run", written(tmp_path, [ferry(1), ferry(2, id="ferry-1")]), "--out", tmp_path / "run", "-e", "cues"
    )
    assert done.code == 2
    assert "'ferry-1'" in done.err
    assert not (tmp_path / "run").exists()


def test_rows_that_cannot_be_read_are_named_and_the_others_run(tmp_path):
    toy = written(tmp_path, [ferry(1), {"id": "nothing"}, ferry(2, complete=["choices"])])
    done = within("eval", "run", toy, "--out", tmp_path / "run", "--engine", "cues")
    assert done.code == 1
    assert "Error: toy.jsonl, line 2: conversation: field required" in done.err
    assert "toy has 1 flaw in its labels" in done.err
    assert [one["id"] for one in lines_of(tmp_path / "run")] == ["ferry-1", "ferry-2"]


# Stopping and going on.


class Stuck:
    """A model that answers until it is asked about ``route``, and then only when it is let go."""

    def __init__(self, route: int) -> None:
        self._route = route
        self.asked, self.released = threading.Event(), threading.Event()

    def __call__(self, request: Request) -> Reply:
        if route_of(request) == self._route:
            self.asked.set()
            self.released.wait(60)
        return finds(request)


def stopped(server: LoopbackServer, stop: signal.Signals, *args: object) -> tuple[int, str]:
    """Runs until the third conversation is asked about, then stops the process; its exit status and what it said."""
    stuck = server.otherwise = Stuck(2)
    command = [sys.executable, "-m", "extractor.cli.main", *map(str, args)]
    environment = {**os.environ, "PYTHONPATH": str(REPO)}
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=environment)
    try:
        assert stuck.asked.wait(60)
        process.send_signal(stop)
        _, said = process.communicate(timeout=40)
    finally:
        process.kill()
        stuck.released.set()
    server.otherwise = finds
    return process.returncode, said


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the dataset, an uninterrupted run of the model in ``run``, and its answers in ``answers``."""
    folder = tmp_path_factory.mktemp("recorded")
    with LoopbackServer() as server, pytest.MonkeyPatch.context() as patch:
        for name in PROXIES:
            patch.delenv(name, raising=False)
        server.otherwise = finds
        patch.setenv("OPENAI_API_KEY", KEY)
        patch.setenv("DECISIONS_OPENAI_BASE_URL", server.url)
        toy = written(folder, map(ferry, ROUTES))
        done = within(*model_run(toy, folder / "run", "--record", folder / "answers"))
        assert done.code == 0, done.err
        assert f"The text is sent to {server.url}" in done.err
        assert len(server.requests) == 5
    return folder


def test_a_run_that_was_killed_is_taken_up_and_ends_as_if_it_never_was(server, toy, tmp_path, recorded):
    out = tmp_path / "run"
    code, _ = stopped(server, signal.SIGKILL, *model_run(toy, out))
    assert code == -signal.SIGKILL
    assert [one["id"] for one in lines_of(out)] == IDS[:2]
    whole = (out / "results.jsonl").read_bytes()
    (out / "results.jsonl").write_bytes(whole + whole[: len(whole) // 3])
    server.requests.clear()
    done = within(*model_run(toy, out))
    assert done.code == 0, done.err
    assert "2 of 5 conversations are done already" in done.err
    assert [route_of(request) for request in server.requests] == [2, 3, 4]
    assert [one["id"] for one in lines_of(out)] == IDS
    assert without_seconds(out) == without_seconds(recorded / "run")


def without_seconds(folder: Path) -> bytes:
    return re.sub(rb'"seconds":[0-9.e-]+', b"", (folder / "results.jsonl").read_bytes())


def test_a_run_that_was_interrupted_ends_at_once_with_130_and_is_taken_up(server, toy, tmp_path):
    out = tmp_path / "run"
    code, said = stopped(server, signal.SIGINT, *model_run(toy, out))
    assert code == 130, said
    assert "2 of 5 conversations are in" in said
    assert "Interrupted." in said
    assert "Traceback" not in said
    assert RunFolder(out).info().finished_at is None
    assert [one["id"] for one in lines_of(out)] == IDS[:2]
    counted = within("eval", "score", out)
    assert counted.code == 1
    assert "3 of 5 conversations have no result" in counted.err
    assert within(*model_run(toy, out)).code == 0
    assert [one["id"] for one in lines_of(out)] == IDS
    assert RunFolder(out).info().finished_at is not None


def test_a_conversation_that_failed_is_named_and_tried_again_next_time(server, toy, tmp_path):
    out = tmp_path / "run"
    server.otherwise = Failing({1})
    done = within(*model_run(toy, out, "--format", "json"))
    assert done.code == 1
    (error,) = [line for line in done.err.splitlines() if line.startswith("Error")]
    assert error.startswith("Error: ferry-1: ")
    run = json.loads(done.out)["runs"][0]["figures"]
    assert (run["failed"]["k"], run["failed"]["n"], run["decision.recall"]["k"]) == (1, 5, 4)
    stored = {one["id"]: one for one in lines_of(out)}
    assert list(stored) == IDS
    assert [one for one in IDS if stored[one]["error"]] == ["ferry-1"]
    again = within("eval", "score", out, "--quiet")
    assert again.code == 1
    assert again.err == f"{error}\n"
    server.otherwise = finds
    server.requests.clear()
    assert within(*model_run(toy, out)).code == 0
    assert [route_of(request) for request in server.requests] == [1]
    assert [one["id"] for one in lines_of(out)] == IDS
    assert within("eval", "score", out).code == 0


def test_a_wrong_key_ends_the_run_with_3_and_what_is_done_is_kept(decisions, server, toy, tmp_path):
    out = tmp_path / "run"
    server.otherwise = Failing({2, 3, 4}, status=401)
    done = decisions(*model_run(toy, out))
    assert done.returncode == 3
    assert done.stdout == ""
    assert "Traceback" not in done.stderr
    assert KEY not in done.stderr
    assert done.stderr.splitlines()[-1].startswith("Error: ")
    assert "2 of 5 conversations are in" in done.stderr
    assert [one["id"] for one in lines_of(out)] == IDS[:2]
    server.otherwise = finds
    assert within(*model_run(toy, out)).code == 0
    assert [one["id"] for one in lines_of(out)] == IDS


def test_without_a_key_nothing_is_begun(toy, tmp_path):
    done = within(*model_run(toy, tmp_path / "run"))
    assert done.code == 3
    assert not (tmp_path / "run").exists()


# Recorded answers.


def test_recorded_answers_give_the_same_without_server_or_key_however_many_run_at_a_time(recorded, tmp_path):
    toy, answers = recorded / "toy.jsonl", recorded / "answers"
    done = within(*model_run(toy, tmp_path / "run", "--answers", answers, "--jobs", 4, "--format", "json"))
    assert done.code == 0, done.err
    assert lines_of(tmp_path / "run") == lines_of(recorded / "run")
    first = within("eval", "score", recorded / "run", "--format", "json")
    figures = [json.loads(one.out)["runs"][0]["figures"] for one in (done, first)]
    assert figures[0] == figures[1]
    assert figures[0]["decision.f1"]["value"] == 1.0
    again = within(*model_run(toy, tmp_path / "run", "--answers", answers))
    assert (again.code, "5 of 5 conversations are done already" in again.err) == (0, True)


def test_answers_that_were_not_recorded_are_said(recorded, tmp_path):
    toy = written(tmp_path, map(ferry, (1, 9)))
    done = within(*model_run(toy, tmp_path / "run", "--answers", recorded / "answers"))
    assert done.code == 1
    assert "Error: ferry-9: " in done.err
    assert f"1 request without a recorded answer in {recorded / 'answers'}" in done.err
    assert "127.0.0.1" not in done.err + (tmp_path / "run" / "results.jsonl").read_text()
    assert [bool(one["error"]) for one in lines_of(tmp_path / "run")] == [False, True]


# Counting again.


def test_score_runs_nothing_and_says_when_the_labels_have_changed(cues, run_of_cues, tmp_path):
    before = (run_of_cues / "results.jsonl").read_bytes()
    rows = [ferry(number) for number in ROUTES]
    for row in rows:
        row["gold"]["decisions"].append({"text": "The old pier is sold to a bakery.", "evidence": [3]})
    moved = written(tmp_path, rows, "later.jsonl")
    plain = within("eval", "score", run_of_cues, "--dataset", cues / "toy.jsonl", "--format", "json")
    assert (plain.code, "has changed" in plain.err) == (0, False)
    done = within("eval", "score", run_of_cues, "--dataset", moved, "--format", "json")
    assert done.code == 0
    assert "later has changed since the run" in done.err
    recalls = [json.loads(one.out)["runs"][0]["figures"]["decision.recall"] for one in (plain, done)]
    assert [(one["k"], one["n"]) for one in recalls] == [(5, 5), (5, 10)]
    assert (run_of_cues / "results.jsonl").read_bytes() == before


def test_a_run_whose_dataset_is_gone_asks_for_it(run_of_cues, tmp_path):
    info = RunFolder(run_of_cues).info()
    RunFolder(run_of_cues).write_info(info.model_copy(update={"dataset_path": str(tmp_path / "gone.jsonl")}))
    done = within("eval", "score", run_of_cues)
    assert done.code == 2
    assert "gone.jsonl" in done.err
    assert within("eval", "score", tmp_path).code == 2


# Comparing.


def spoilt(run: Path, dataset: Path, routes: set[int]) -> None:
    """Takes the decisions of these routes away from a stored run, and counts it again."""
    results = RunFolder(run).results()
    for number in routes:
        one = results[f"ferry-{number}"]
        assert one.records is not None
        results[one.id] = one.model_copy(update={"records": one.records.model_copy(update={"decisions": ()})})
    replace_file(run / "results.jsonl", "".join(one.model_dump_json() + "\n" for one in results.values()))
    assert within("eval", "score", run, "--dataset", dataset).code == 0


def test_two_runs_are_compared_figure_by_figure_and_what_changed_most_comes_first(cues, run_of_cues):
    results = RunFolder(run_of_cues).results()
    spoilt(run_of_cues, cues / "toy.jsonl", {3})
    assert len(results["ferry-3"].records.decisions) == 1
    done = within("eval", "compare", cues / "run", run_of_cues)
    assert done.code == 0
    (recall,) = re.findall(r"decisions: recall +(.*)", done.out)
    assert recall.split()[:3] == ["1.000", "0.800", "-0.200"]
    assert "Gate" not in done.err
    data = strictly(within("eval", "compare", cues / "run", run_of_cues, "--format", "json").out)
    assert None in [one["change"] for one in data["differences"]]
    assert [one["id"] for one in data["shifts"] if one["change"]] == ["ferry-3"]
    assert data["shifts"][0]["matched"] == {"decision": [1.0, 0.0]}
    (one,) = [one for one in data["differences"] if one["name"] == "decision.recall"]
    assert one["change"] == pytest.approx(-0.2)
    assert one["low"] < one["change"] < one["high"] <= 0
    table = within("eval", "compare", cues / "run", run_of_cues, "-f", "markdown").out
    assert "| ferry-3 | -1 | decisions 1 to 0 | – |" in table


def test_the_gate_is_open_for_an_equal_run_and_shut_for_a_worse_one(decisions, cues, run_of_cues):
    equal = within("eval", "compare", cues / "run", run_of_cues, "--gate")
    assert (equal.code, "Gate: open." in equal.err) == (0, True)
    spoilt(run_of_cues, cues / "toy.jsonl", {1, 3})
    worse = decisions("eval", "compare", cues / "run", run_of_cues, "--gate", "--quiet")
    assert worse.returncode == 4
    (line,) = worse.stderr.splitlines()
    assert line.startswith("Gate: decisions: F1 went from 1.000 to ")
    assert line.endswith(": ferry-1, ferry-3.")
    assert within("eval", "compare", run_of_cues, cues / "run", "--gate").code == 0


def test_runs_that_cannot_be_compared_are_refused(cues, run_of_cues, tmp_path):
    scores = json.loads((run_of_cues / "scores.json").read_text())
    for change in ({"threshold": 0.4}, {"basis": "text"}, {"calibration": "0"}):
        (tmp_path / "other.json").write_text(json.dumps(scores | change))
        done = within("eval", "compare", cues / "run", tmp_path / "other.json")
        assert done.code == 2
        assert "counted in different ways" in done.err
        assert done.out == ""
    (run_of_cues / "scores.json").unlink()
    assert "eval score" in within("eval", "compare", cues / "run", run_of_cues).err


# Making and checking datasets.


def test_a_sound_dataset_has_nothing_said_against_it(toy):
    done = within("eval", "validate", toy)
    assert (done.code, done.out) == (0, "")
    assert "5 conversations" in done.err
    assert "5 decisions, 5 action items, 0 open questions; no flaws" in done.err


def test_every_flaw_stands_on_a_line_of_its_own(decisions, tmp_path):
    odd = ferry(2, id="ferry\n\x1b[2J2", complete=["choices"])
    beyond = ferry(1)
    beyond["gold"]["decisions"][0]["evidence"] = [9]
    done = decisions("eval", "validate", written(tmp_path, [beyond, odd, {"id": "x"}, ferry(1)]))
    assert done.returncode == 4
    lines = done.stdout.splitlines()
    assert len(lines) == 4
    for words in (
        "line 3: conversation: field required",
        "there is no turn 9",
        "'choices'",
        "'ferry-1' stands 2 times",
    ):
        assert sum(words in line for line in lines) == 1
    assert "\x1b" not in done.stdout
    assert "4 flaws" in done.stderr


@pytest.mark.parametrize("name", ["gone.jsonl", "notes.txt"])
def test_what_is_no_dataset_is_not_checked(tmp_path, name):
    (tmp_path / "notes.txt").write_text("Bicycles go free.")
    done = within("eval", "validate", tmp_path / name)
    assert (done.code, done.out) == (2, "")
    assert name in done.err


def slack_export(path: Path) -> Path:
    """Two threads of a channel, with a reaction and two people of one name."""
    users = [
        {"id": "U1", "name": "ines", "real_name": "Ines Ott", "profile": {"display_name": "Ines Ott"}},
        {"id": "U2", "name": "otto", "real_name": "Otto Berg", "profile": {"display_name": "Otto Berg"}},
        {"id": "U3", "name": "otto2", "real_name": "Otto Berg", "profile": {"display_name": "Otto Berg"}},
    ]
    messages: list[dict[str, Any]] = [
        {"user": "U1", "text": "Bicycles go free, then?", "ts": "1772700000.000100", "thread_ts": "1772700000.000100"},
        {"user": "U2", "text": "Fine by me.", "ts": "1772700060.000200", "thread_ts": "1772700000.000100"},
        {"user": "U3", "text": "And by me.", "ts": "1772700090.000200", "thread_ts": "1772700000.000100"},
        {"user": "U1", "text": "Paint is here.\nGreen.", "ts": "1772790000.000100"},
    ]
    messages[1]["reactions"] = [{"name": "boat", "users": ["U1"], "count": 1}]
    files = {
        "users.json": users,
        "channels.json": [{"id": "C1", "name": "ferry", "members": []}],
        "ferry/2026-03-05.json": [{"type": "message", **one} for one in messages],
    }
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in files.items():
            archive.writestr(name, json.dumps(value))
    return path


def test_prepared_rows_are_a_dataset_whose_conversations_are_the_ones_read(tmp_path):
    sources = [*sorted((REPO / "examples").glob("*.vtt")), slack_export(tmp_path / "export.zip")]
    out = tmp_path / "rows.jsonl"
    done = within("eval", "prepare", *sources, "--out", out, "--name", "mine", "--series", "ferry")
    assert (done.code, done.out) == (0, ""), done.err
    assert within("eval", "validate", out).code == 0
    rows = {row.id: row for row in read_dataset(out).rows}
    read = [one for reading in read_sources([*map(str, sources)]) for one in reading.conversations]
    assert len(read) == len(rows) >= 3
    for conversation in read:
        row = rows[conversation.id]
        assert (row.dataset, row.series, row.complete) == ("mine", "ferry", ())
        assert told(conversation_of(row)) == told(conversation)


def told(conversation: Conversation) -> list[tuple[object, ...]]:
    """What is in a conversation; speakers by when they first speak, and by name where it is theirs alone."""
    speakers = list(dict.fromkeys(turn.speaker for turn in conversation.turns))
    names = [conversation.name_of(one) for one in speakers]
    turns = [
        (speakers.index(turn.speaker), turn.text, turn.kind, turn.start, turn.end, turn.sent_at, turn.topic)
        for turn in conversation.turns
    ]
    reactions = [(turn.index, one.name, one.count) for turn in conversation.turns for one in turn.reactions]
    unshared = [name for name in names if name and "otto" not in name.casefold()]
    return [
        (conversation.kind, conversation.title, conversation.started_at),
        (unshared, len(names)),
        *turns,
        *reactions,
    ]


@pytest.mark.parametrize("kind", ["meeting", "thread"])
def test_what_was_said_and_what_was_written_stay_apart_in_a_prepared_row(kind):
    kinds = ("speech", "message", "chat", "quote", "minutes", "system")
    turns = [{"index": number, "speaker": None, "text": "Green.", "kind": one} for number, one in enumerate(kinds)]
    about = {"id": "c", "kind": kind, "title": "", "source": "", "coverage": {"characters": 0, "used": 0}}
    again = conversation_of(row_of(Conversation.model_validate({**about, "turns": turns})))
    assert [turn.kind for turn in again.turns] == list(kinds)


def test_a_source_that_cannot_be_read_is_named_and_the_others_are_prepared(tmp_path):
    (tmp_path / "empty.vtt").write_text("")
    source = next((REPO / "examples").glob("*.vtt"))
    done = within("eval", "prepare", source, tmp_path / "empty.vtt")
    assert done.code == 1
    assert "empty.vtt" in done.err
    assert len(done.out.splitlines()) == 1
    assert within("eval", "prepare", tmp_path / "empty.vtt").code == 2


# Help.


def test_every_command_of_eval_has_help_and_help_loads_nothing_heavy():
    listed = within("eval", "--help").out
    for name in ("run", "score", "compare", "adjudicate", "prepare", "validate"):
        assert re.search(rf"^\W*{name} +\w", listed, re.MULTILINE)
        helped = within("eval", name, "--help")
        assert helped.code == 0
        assert "Exit codes: 0" in helped.out
    heavy = {"numpy", "scipy", "matplotlib", "jinja2", "langchain", "langchain_openai", "extractor.scoring"}
    code = (
        "import sys\n"
        "from extractor.cli.main import main\n"
        "for words in (['--help'], ['eval', '--help'], ['eval', 'run', '--help']):\n"
        "    sys.argv = ['decisions', *words]\n"
        "    try: main()\n"
        "    except SystemExit: pass\n"
        f"print(sorted({heavy} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=REPO)
    assert done.stdout.splitlines()[-1] == "[]"
