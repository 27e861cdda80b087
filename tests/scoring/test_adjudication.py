"""Predictions that no label answers to are judged by people: in a terminal, or in a file."""

from __future__ import annotations

import codecs
import json
import os
import pty
import re
import select
import shutil
import subprocess
import sys
import termios
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from material import REPO
from scoring.toy import ferry, within, written

from extractor.cli.eval.case_view import show_case
from extractor.scoring.adjudication import Case, Line, Nearest, as_lines, read_judged, sampled
from extractor.scoring.verdicts import Verdicts, read_verdicts
from extractor.scoring.verdicts import as_lines as verdict_lines

EVIL = "\x1b]0;owned\x07\x1b[2J\x1b[8m"


@pytest.fixture(scope="module")
def judged_run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run in which every long turn is a decision: two of three have no label, in each of three conversations."""
    folder = tmp_path_factory.mktemp("everything")
    rows = [ferry(number) for number in range(3)]
    turns = rows[0]["conversation"]["turns"]
    turns[3]["text"] = f"The second crew {EVIL} is a matter for another\u2028evening, I would say."
    rows[0]["conversation"]["title"] = ""
    rows[0]["id"] = f"ferry-{EVIL}0"
    done = within("eval", "run", written(folder, rows), "--out", folder / "run", "--engine", "everything")
    assert done.code == 0, done.err
    return folder / "run"


@pytest.fixture
def run(judged_run: Path, tmp_path: Path) -> Path:
    return shutil.copytree(judged_run, tmp_path / "run")


def figures(folder: Path, *more: object) -> dict[str, Any]:
    done = within("eval", "score", folder, "--format", "json", *more)
    assert done.code == 0, done.err
    return dict(json.loads(done.out)["runs"][0]["figures"])


def cases_of(run: Path, *more: object) -> list[dict[str, Any]]:
    done = within("eval", "adjudicate", run, "--to", "-", *more)
    assert done.code == 0, done.err
    return [json.loads(line) for line in done.out.split("\n") if line]


# In a file.


def test_a_case_shows_the_claim_in_its_context_and_the_nearest_label(run):
    cases = cases_of(run)
    assert [case["type"] for case in cases] == ["decision"] * 6
    case = cases[2]
    assert (case["conversation"], case["title"], case["verdict"]) == ("ferry-1", "Ferry, route 1", None)
    assert [line["turn"] for line in case["context"]] == [0, 1, 2, 3]
    (quoted,) = [line for line in case["context"] if line["start"] is not None]
    assert quoted["text"][quoted["start"] : quoted["end"]] == case["claim"]
    assert case["nearest"]["text"] == "Bicycles go free."
    assert case["nearest"]["taken"]


def test_verdicts_filled_in_by_a_program_change_adjudicated_figures_and_nothing_else(run, tmp_path):
    before = figures(run)
    file = tmp_path / "cases.jsonl"
    assert within("eval", "adjudicate", run, "--to", file).code == 0
    cases = [json.loads(line) for line in file.read_text().split("\n") if line]
    for case, verdict in zip(cases, ("right", "right", "wrong", "unclear", "duplicate"), strict=False):
        case["verdict"] = verdict
    file.write_text("".join(json.dumps(case) + "\n" for case in cases))
    taken = within("eval", "adjudicate", run, "--from", file, "--judge", "ana")
    assert taken.code == 1
    assert "5 verdicts taken, 1 cases without one" in taken.err
    assert {one.judge for one in read_verdicts(run / "verdicts.jsonl")} == {"ana"}
    after = figures(run)
    changed = {name for name in before | after if before.get(name) != after.get(name)}
    assert "decision.unmatched_right" in changed
    assert {name.rpartition(".")[2] for name in changed} == {"unmatched_right"}
    assert "Bicycles" not in (run / "verdicts.jsonl").read_text()
    assert len(cases_of(run)) == 1
    assert len(cases_of(run, "--again")) == 6
    kept = shutil.move(run / "verdicts.jsonl", tmp_path / "kept.jsonl")
    assert figures(run) == before
    assert figures(run, "--verdicts", kept) == after


def test_a_sample_of_cases_is_the_same_every_time_and_holds_the_smaller_one(run):
    two, four = (cases_of(run, "--sample", size) for size in (2, 4))
    assert (len(two), len(four)) == (2, 4)
    assert all(case in four for case in two)
    assert cases_of(run, "--sample", 2) == two


def test_a_case_survives_its_file_whatever_is_in_its_words(tmp_path):
    case = Case(
        conversation="c\u2028",
        title="t\u2028\x85",
        type="decision",
        key="k",
        claim="\u2029",
        context=(),
        verdict="right",
    )
    (tmp_path / "cases.jsonl").write_text(as_lines([case]), encoding="utf-8")
    verdicts, left = read_judged(tmp_path / "cases.jsonl", "ana")
    assert ([one.key for one in verdicts], left) == (["k"], 0)
    (tmp_path / "verdicts.jsonl").write_text(verdict_lines(Verdicts(verdicts)), encoding="utf-8")
    assert list(read_verdicts(tmp_path / "verdicts.jsonl")) == verdicts
    twins = [case.model_copy(update={"type": kind}) for kind in ("decision", "action_item")]
    assert len(sampled(twins, 1)) == 1


@pytest.mark.parametrize("line", ["{", "[]", '{"verdict": "right"}', "[" * 5000, '{"conversation": "c"}'])
def test_a_damaged_file_is_refused_and_changes_nothing(run, tmp_path, line):
    bad = tmp_path / "bad.jsonl"
    bad.write_text(f"{line}\n")
    for flags in (("--from", bad), ("--verdicts", bad, "--to", "-")):
        done = within("eval", "adjudicate", run, *flags)
        assert done.code == 2
        assert "bad.jsonl, line 1 is no" in done.err
    assert within("eval", "score", run, "--verdicts", bad).code == 2
    assert not (run / "verdicts.jsonl").exists()


def test_a_verdict_that_is_none_that_there_is_is_refused(run, tmp_path):
    case = cases_of(run)[0] | {"verdict": "maybe"}
    (tmp_path / "bad.jsonl").write_text(json.dumps(case) + "\n")
    done = within("eval", "adjudicate", run, "--from", tmp_path / "bad.jsonl")
    assert done.code == 2
    assert '"verdict" must be null or one of right, ' in done.err


def test_without_a_run_or_a_terminal_there_is_nothing_to_judge(run, tmp_path):
    (tmp_path / "cases.jsonl").write_text("")
    for flags in ((), ("--from", tmp_path / "cases.jsonl")):
        done = within("eval", "adjudicate", tmp_path / "gone", *flags)
        assert done.code == 2
        assert "run.json" in done.err
    done = within("eval", "adjudicate", run)
    assert done.code == 2
    assert "--to" in done.err


def test_a_quote_stands_apart_from_the_words_around_it(capsys):
    text = "Agreed, we go\twith free \x1b[2J bicycles then."
    start = text.index("we go")
    line = Line(turn=4, speaker="Otto\x1b[1m", text=text, start=start, end=text.index(" then"))
    nearest = Nearest(text="Bicycles\x1b[3m go free.", probability=0.4, taken=False)
    show_case(
        Case(conversation="c", title="", type="decision", key="", claim="x", context=(line,), nearest=nearest), 1, 1
    )
    said = capsys.readouterr().err
    assert "Agreed, we go with free \ufffd[2J bicycles then." in said
    assert "\x1b" not in said


# In a terminal.


class Terminal:
    """``decisions eval adjudicate`` in a pseudo-terminal of 100 columns."""

    def __init__(self, run: Path) -> None:
        self._ours, theirs = pty.openpty()
        termios.tcsetwinsize(theirs, (60, 100))
        command = [sys.executable, "-m", "extractor.cli.main", "eval", "adjudicate", str(run), "--judge", "ana"]
        environment = {**os.environ, "PYTHONPATH": str(REPO), "TERM": "xterm"}
        self._process = subprocess.Popen(
            command, stdin=theirs, stdout=subprocess.PIPE, stderr=theirs, env=environment, start_new_session=True
        )
        os.close(theirs)
        self.shown, self._seen = "", 0
        self._decoder = codecs.getincrementaldecoder("utf-8")("replace")

    def press(self, key: str) -> None:
        """Presses a key once one is waited for: what is typed before a case is shown judges nothing."""
        for _ in range(6000):
            if not termios.tcgetattr(self._ours)[3] & termios.ICANON:
                break
            time.sleep(0.01)
        os.write(self._ours, key.encode())

    def sees(self, *words: str) -> None:
        """Waits until ``words`` have come, one after the other, after what was seen before."""
        for one in words:
            while one not in self.shown[self._seen :]:
                ready, _, _ = select.select([self._ours], [], [], 20)
                assert ready, f"{one!r} did not come after: {self.shown[-500:]}"
                self.shown += self._decoder.decode(os.read(self._ours, 65536))
            self._seen = self.shown.index(one, self._seen) + len(one)

    def ends(self) -> tuple[int, bytes]:
        """Its exit code and what it wrote to standard output."""
        out, _ = self._process.communicate(timeout=60)
        return self._process.returncode, out

    def close(self) -> None:
        self._process.kill()
        self._process.wait()
        os.close(self._ours)


@pytest.fixture
def terminal(run: Path) -> Iterator[Terminal]:
    opened = Terminal(run)
    yield opened
    opened.close()


def verdicts(run: Path) -> list[str]:
    """What is on disk, in the order of the cases."""
    kept = {(one.conversation, one.key): one.verdict for one in read_verdicts(run / "verdicts.jsonl")}
    return [kept.get((case["conversation"], case["key"]), "") for case in cases_of(run, "--again")]


def test_a_key_is_a_verdict_that_is_on_disk_at_once_and_q_leaves_the_rest(run, terminal):
    terminal.sees("q stop")
    terminal.press("r")
    terminal.sees("2 of 6", "q stop")
    assert verdicts(run) == ["right", "", "", "", "", ""]
    terminal.press("b")
    terminal.sees("1 of 6", "q stop")
    terminal.press("w")
    terminal.sees("2 of 6", "q stop")
    assert verdicts(run) == ["wrong", "", "", "", "", ""]
    for key, seen in (("s", "3 of 6"), ("x", "3 of 6"), ("D", "4 of 6"), ("l", "5 of 6")):
        terminal.press(key)
        terminal.sees(seen, "q stop")
    terminal.press("q")
    terminal.sees("3 verdicts in")
    assert terminal.ends() == (1, b"")
    assert verdicts(run) == ["wrong", "", "duplicate", "label", "", ""]
    assert "3 cases left" in terminal.shown
    assert re.search(r"Ferry, route 1", terminal.shown)


def test_a_transcript_cannot_speak_to_the_terminal(run, terminal):
    terminal.sees("q stop")
    terminal.press("s")
    terminal.sees("q stop")
    terminal.press("\x04")
    terminal.sees("6 cases left")
    assert terminal.ends()[0] == 1
    assert "second crew" in terminal.shown
    for sequence in ("\x1b]", "\x07", "\x1b[2J", "\x1b[8m"):
        assert sequence not in terminal.shown
    assert not (run / "verdicts.jsonl").exists()


def test_an_interruption_keeps_what_was_judged(run, terminal):
    terminal.sees("q stop")
    terminal.press("u")
    terminal.sees("2 of 6", "q stop")
    terminal.press("\x03")
    terminal.sees("Interrupted.")
    assert terminal.ends()[0] == 130
    assert verdicts(run) == ["unclear", "", "", "", "", ""]
