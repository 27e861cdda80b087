"""The commands around a measurement say what comes next, and keep what people put in."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from material import REPO
from scoring.toy import ferry, within, written

from extractor.errors import CorpusDownloadError
from extractor.scoring import corpora
from extractor.scoring.corpora import Corpus
from extractor.scoring.corpora.registry import Remote
from extractor.scoring.runs import RunFolder
from extractor.scoring.verdicts import Verdict, Verdicts, as_lines, read_verdicts


def test_prepare_says_what_to_do_with_the_rows(tmp_path):
    source = next((REPO / "examples").glob("*.vtt"))
    out = tmp_path / "rows.jsonl"
    said = within("eval", "prepare", source, "--out", out).err
    assert "1 conversation waits for labels." in said
    assert '"complete"' in said
    assert f"decisions eval validate {out}" in said


# Fetching.


MINUTES = "# Minutes\n\n## Present\n* Ines Ott\n\n## Minutes\n### Paint\n* IO: Green?\n* ACTION: IO to buy paint.\n"


def test_a_corpus_is_found_whatever_the_case_of_its_name(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "meetings").mkdir()
    (tmp_path / "meetings" / "2023-11-01.md").write_text(MINUTES)
    done = within("eval", "fetch", "Solid", "--from", tmp_path / "meetings")
    assert done.code == 0, done.err
    assert "1 conversation written to solid.jsonl.gz" in done.err
    assert (tmp_path / "solid.jsonl.gz").exists()


@pytest.fixture
def nowhere() -> Corpus:
    """A corpus on a port of this machine where nobody listens."""
    import dataclasses

    remote = Remote("http://127.0.0.1:9/notes.zip", "notes.zip")
    return dataclasses.replace(corpora.find("tc39"), remotes=(remote,))


def test_a_failed_fetch_leaves_no_folder_and_names_the_other_way(tmp_path, nowhere):
    with pytest.raises(CorpusDownloadError, match="--from"):
        corpora.download(nowhere, tmp_path / "corpora" / "tc39", say=lambda text: None)
    assert list(tmp_path.iterdir()) == []


def test_a_failed_fetch_removes_nothing_that_was_there(tmp_path, nowhere):
    (tmp_path / "corpora").mkdir()
    with pytest.raises(CorpusDownloadError):
        corpora.download(nowhere, tmp_path / "corpora" / "tc39", say=lambda text: None)
    assert [path.name for path in tmp_path.iterdir()] == ["corpora"]
    assert list((tmp_path / "corpora").iterdir()) == []


# A stored run and its dataset.


@pytest.fixture
def run(tmp_path: Path) -> Path:
    """A run in which every long turn is a decision, over two conversations, one of which says the same twice."""
    twice = ferry(1)
    twice["conversation"]["turns"].append(twice["conversation"]["turns"][3])
    toy = written(tmp_path, [ferry(0), twice])
    done = within("eval", "run", toy, "--out", tmp_path / "run", "--engine", "everything", "--no-baselines")
    assert done.code == 0, done.err
    return tmp_path / "run"


def test_a_run_whose_dataset_was_moved_says_how_to_name_it(run, tmp_path):
    (tmp_path / "toy.jsonl").rename(tmp_path / "moved.jsonl")
    done = within("eval", "score", run)
    assert done.code == 2
    assert str(tmp_path / "toy.jsonl") in done.err
    assert "--dataset" in done.err
    assert within("eval", "score", run, "--dataset", tmp_path / "moved.jsonl").code == 0


def test_rows_that_cannot_be_read_any_more_are_said_when_a_run_is_counted_again(run, tmp_path):
    with (tmp_path / "toy.jsonl").open("a") as file:
        file.write('{"id": "x"}\n')
    said = within("eval", "score", run).err
    assert "Warning: toy.jsonl, line 3: conversation: field required" in said


# Judging.


def cases_of(run: Path, *more: object) -> list[dict[str, Any]]:
    return [json.loads(line) for line in within("eval", "adjudicate", run, "--to", "-", *more).out.splitlines()]


def repeated(run: Path) -> None:
    """Puts the last decision of a stored run there twice."""
    folder = RunFolder(run)
    lines = []
    for one in folder.results().values():
        assert one.records is not None
        twice = (*one.records.decisions, one.records.decisions[-1].model_copy(update={"id": "again"}))
        records = one.records.model_copy(update={"decisions": twice})
        lines.append(one.model_copy(update={"records": records}).model_dump_json())
    (run / "results.jsonl").write_text("\n".join(lines) + "\n")


def test_identical_claims_of_a_conversation_are_asked_about_once(run):
    before = cases_of(run)
    repeated(run)
    after = cases_of(run)
    keys = [(case["conversation"], case["type"], case["key"]) for case in after]
    assert len(keys) == len(set(keys))
    assert [case["claim"] for case in after] == [case["claim"] for case in before]
    assert len(cases_of(run, "--sample", 2)) == 2


def filled(path: Path, cases: list[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(case | {"verdict": "wrong"}) + "\n" for case in cases))
    return path


def test_after_verdicts_it_is_said_that_the_scores_wait_for_them(run, tmp_path):
    file = filled(tmp_path / "cases.jsonl", cases_of(run))
    store = tmp_path / "mine.jsonl"
    said = within("eval", "adjudicate", run, "--from", file, "--verdicts", store).err
    assert f"Run decisions eval score {run} --verdicts {store} before compare" in said


STORING = """
import sys
from pathlib import Path
from extractor.cli.eval.adjudicate import _store
from extractor.scoring.verdicts import Verdict
for number in range(40):
    one = Verdict(conversation="c", type="decision", key=f"{sys.argv[2]}{number}", verdict="right", judge=sys.argv[2])
    _store([one], Path(sys.argv[1]))
"""


def test_judges_who_work_at_a_time_lose_no_verdict(tmp_path):
    store = tmp_path / "verdicts.jsonl"
    judges = [
        subprocess.Popen([sys.executable, "-c", STORING, str(store), name], cwd=REPO) for name in ("ana", "bo", "cai")
    ]
    assert [judge.wait(120) for judge in judges] == [0, 0, 0]
    assert len(read_verdicts(store)) == 120


def test_verdicts_that_came_to_the_store_meanwhile_are_kept(run, tmp_path):
    file = filled(tmp_path / "cases.jsonl", cases_of(run)[:1])
    other = Verdict(conversation="elsewhere", type="decision", key="k", verdict="right", judge="bo")
    (run / "verdicts.jsonl").write_text(as_lines(Verdicts([other])))
    assert within("eval", "adjudicate", run, "--from", file, "--judge", "ana").code == 0
    assert {one.judge for one in read_verdicts(run / "verdicts.jsonl")} == {"ana", "bo"}


def test_a_place_that_cannot_be_written_is_an_error(run, tmp_path):
    file = filled(tmp_path / "cases.jsonl", cases_of(run))
    (tmp_path / "file").write_text("")
    done = within("eval", "adjudicate", run, "--from", file, "--verdicts", tmp_path / "file" / "verdicts.jsonl")
    assert done.code == 2
    assert "cannot be" in done.err
