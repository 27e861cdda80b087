"""The page of an evaluation: what stands on it, what it must never let through, and that it never changes by itself."""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Sequence
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
import typer
from builders import ScriptedEngine
from click.testing import Result as Outcome
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import escape
from typer.testing import CliRunner

from extractor.cli.console import Voice
from extractor.cli.eval.report import report
from extractor.cli.eval.showing import baseline
from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, Drafts
from extractor.errors import DatasetError, DecisionsError, EngineServerError, UsageError
from extractor.matching.items import Item, Place
from extractor.reports.evaluation.gallery import errors_of, gallery
from extractor.reports.evaluation.page import ROWS, about, distinct, page_of, summary_of
from extractor.reports.evaluation.passages import passage_of, visible
from extractor.reports.evaluation.plots import COLOURS, Plot, merged, plots_of, steps_of
from extractor.reports.evaluation.tables import LABELS, score_tables
from extractor.scoring.baselines import CueWords
from extractor.scoring.confidence import Bin
from extractor.scoring.counting import count, scorer
from extractor.scoring.datasets import read_dataset
from extractor.scoring.figures import TYPES
from extractor.scoring.items import Persons, predicted_items
from extractor.scoring.labelled import Labelled, conversation_of
from extractor.scoring.running import run
from extractor.scoring.runs import RunFolder, RunInfo
from extractor.scoring.verdicts import Verdict, claim_key

HOSTILE = "<script>alert(1)</script> **bold** [x](javascript:y) `code` \x1b[31mred\x1b[0m \u202eback"
REPO = Path(__file__).resolve().parents[2]
VOID = {"meta", "img", "br", "hr", "input", "link", "path", "use", "rect"}


def quote(turn: int, words: str) -> dict[str, Any]:
    return {"turn": turn, "quote": words}


def talk(name: str, **gold: list[dict[str, Any]]) -> dict[str, Any]:
    """A meeting of six turns about a ferry; ``gold`` replaces its labels."""
    lines = [
        ("Mira Holt", "Morning, everybody."),
        ("Jonas", "The paint came."),
        ("Mira Holt", "Fine: we paint the ferry green. Let us be quick about it."),
        ("Jonas", HOSTILE),
        ("Mira Holt", "Jonas, you ring the harbour office by Friday."),
        ("Jonas", "I will. And the bell stays where it is."),
    ]
    labels = {
        "decisions": [
            {
                "text": "The ferry is painted green.",
                "status": "decided",
                "owner": [],
                "decided_by": ["Mira Holt"],
                "due": None,
                "evidence": [quote(2, "we paint the ferry green")],
            },
            {"text": "The bell stays where it is.", "evidence": [quote(5, "the bell stays where it is")]},
        ],
        "action_items": [
            {
                "text": "Ring the harbour office.",
                "owner": ["Jonas"],
                "due": {"text": "by Friday", "date": "2026-03-06"},
                "evidence": [quote(4, "you ring the harbour office by Friday")],
            }
        ],
        "open_questions": [],
    }
    return {
        "id": name,
        "dataset": "quay",
        "series": name,
        "conversation": {
            "kind": "meeting",
            "title": f"Quay talk {name}",
            "started_at": "2026-03-02",
            "turns": [{"speaker": who, "text": text, "start": 10.0 * at} for at, (who, text) in enumerate(lines)],
        },
        "gold": labels | gold,
        "complete": ["decisions", "action_items", "open_questions"],
    }


def evidence(turn: int, words: str) -> tuple[DraftEvidence, ...]:
    return (DraftEvidence(role="accepted", turn=turn, quote=words),)


PAINT = DraftDecision(
    statement="The ferry is painted green.",
    statement_source="written",
    status="tentative",
    decided_by=("Jonas",),
    confidence=0.9,
    evidence=evidence(2, "we paint the ferry green") + evidence(3, "alert(1)"),
)
SCRIPT = DraftDecision(
    statement=f"Run {HOSTILE}",
    statement_source="written",
    status="decided",
    confidence=0.4,
    evidence=evidence(3, "<script>alert(1)</script>"),
)
RING = DraftActionItem(
    task="Ring the harbour office.",
    owners=("Jonas",),
    due="by Friday",
    confidence=0.7,
    evidence=evidence(4, "you ring"),
)
DRAFTS = Drafts(decisions=(PAINT, SCRIPT), action_items=(RING,))
MakeRun = Callable[..., Path]


@pytest.fixture
def make_run(tmp_path: Path) -> MakeRun:
    """A stored run of an engine that says what it is told, one answer a conversation."""

    def make(
        rows: Sequence[dict[str, Any]] | None = None, answers: Sequence[Any] | None = None, spec: str = "scripted"
    ) -> Path:
        rows = [talk("a"), talk("b")] if rows is None else rows
        dataset = tmp_path / "quay.jsonl"
        dataset.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
        data = read_dataset(dataset)
        engine = ScriptedEngine(answers or [DRAFTS] * len(rows))
        folder = RunFolder(tmp_path / "run")
        day = dt.datetime(2026, 3, 9, 8, 30, tzinfo=dt.UTC)
        folder.write_info(
            RunInfo(
                decisions_version="0.1.0",
                dataset=data.name,
                dataset_path=str(dataset),
                dataset_sha256=data.sha256,
                conversations=len(rows),
                engine=engine.info,
                engine_spec=spec,
                started_at=day,
                finished_at=day,
            )
        )
        for result in run(data.rows, lambda: engine):
            folder.append(result)
        return folder.path

    return make


def invoke(*args: object) -> Outcome:
    app = typer.Typer()
    app.command()(report)
    return CliRunner().invoke(app, [str(arg) for arg in args])


def html_of(path: Path, *args: object, code: int = 0) -> str:
    outcome = invoke(path, "--quiet", *args)
    assert outcome.exit_code == code, outcome.exception
    return (path / "report.html").read_text(encoding="utf-8")


class Parsed(HTMLParser):
    """The tags of a page, what they refer to, its ids, and its text."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.open: list[str] = []
        self.tags: Counter[str] = Counter()
        self.ids: Counter[str] = Counter()
        self.references: list[str] = []
        self.marked: list[str] = []
        self.words = ""
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags[tag] += 1
        self.open += [] if tag in VOID else [tag]
        for name, value in attrs:
            assert not name.startswith("on"), f"{tag} has a handler"
            self.ids[value or ""] += name == "id"
            if name in ("src", "href", "xlink:href", "action", "data", "srcset"):
                self.references.append(value or "")
        self.marked += [""] if tag == "mark" else []

    def handle_endtag(self, tag: str) -> None:
        if tag in self.open:
            while self.open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        if "style" not in self.open:
            self.words += data
        if self.open and self.open[-1] == "mark":
            self.marked[-1] += data


def test_the_heading_says_what_ran_on_what(make_run: MakeRun):
    path = make_run()
    words = Parsed(html_of(path)).words
    info = RunFolder(path).info()
    for told in (
        "scripted on quay",
        "scripted (version 0)",
        info.dataset_sha256,
        "2026-03-09 08:30 UTC",
        "2 conversations, 2 series",
        "4 decisions, 2 action items",
        "text stays on the machine",
        "cues (version 1)",
        "decisions 0.1.0",
    ):
        assert told in words


def test_who_answered_is_said_where_answers_were_recorded(make_run: MakeRun):
    path = make_run()
    folder = RunFolder(path)
    folder.write_info(folder.info().model_copy(update={"answered_by": "a small model, 2026-03-01"}))
    words = Parsed(html_of(path)).words
    assert "a small model, 2026-03-01" in words
    assert "recorded answers; time is not the model's" in words
    assert "text stays on the machine" not in words
    assert "cues (version 1), recorded answers" not in words  # a baseline answers by itself


def test_a_type_is_summed_up_in_a_line_before_any_table(make_run: MakeRun):
    path = make_run()
    page = html_of(path)
    words = " ".join(Parsed(page).words.split())
    assert "Decisions F1 .50 precision .50 recall .50 found 2 of 4 labels, 2 false predictions" in words
    assert "Action items F1 1.0 precision 1.0 recall 1.0 found 2 of 2 labels, 0 false predictions" in words
    assert page.index('class="summary"') < page.index("<table")
    paper = invoke(path, "--quiet", "--format", "markdown").stdout
    line = r"- \*\*Decisions\*\*: F1 \.50.*, precision \.50.*, recall \.50.*; found 2 of 4 labels, 2 false predictions"
    assert re.search(line, paper[: paper.index("## Decisions")])


def test_one_of_a_thing_is_not_told_as_several(make_run: MakeRun):
    words = " ".join(Parsed(html_of(make_run([talk("a")]))).words.split())
    assert "found 1 of 2 labels, 1 false prediction " in words
    assert "found 1 of 1 label, 0 false predictions" in words


def test_nothing_is_called_false_in_the_summary_where_no_labels_are_complete(make_run: MakeRun):
    (line, *_) = summary_of(count(*_inputs(make_run([talk("a") | {"complete": []}]))))
    assert line.false is None
    assert line.counts == "found 1 of 2 labels"


def test_every_row_of_a_table_says_what_it_means():
    assert set(LABELS) <= set(ROWS)
    assert [name for name in LABELS if not about(LABELS[name]).endswith(".")] == []


def test_rows_are_explained_where_they_stand_and_in_a_legend(make_run: MakeRun):
    path = make_run()
    page = html_of(path)
    paper = invoke(path, "--quiet", "--format", "markdown").stdout
    scores = count(*_inputs(path))
    rows = {row[0] for table in score_tables([scores])[:-1] for row in table.rows}
    assert "F1" in rows
    for row in rows:
        assert f'title="{escape(about(row))}">{escape(row)}</span>' in page
        assert f"<dt>{escape(row)}</dt><dd>{escape(about(row))}</dd>" in page
        assert f"- **{row}**: {about(row)}" in paper
    assert about("instructions obeyed") not in page  # no instructions were planted


def test_a_run_that_is_not_whole_says_so_in_its_heading(make_run: MakeRun):
    path = make_run(answers=[DRAFTS, EngineServerError("The server is on fire.", "Wait.")])
    scores = count(*_inputs(path))
    heading = "scripted on quay: 1 of 2 conversations failed"
    assert page_of([scores], [], _gallery(path)).title == heading
    less = scores.model_copy(update={"tallies": scores.tallies[:1]})
    assert page_of([less], [], _gallery(path)).title == "scripted on quay: 1 of 2 conversations missing"
    unfinished = less.model_copy(update={"run": less.run.model_copy(update={"finished_at": None})})
    told = "scripted on quay: not finished, 1 of 2 conversations missing"
    assert page_of([unfinished], [], _gallery(path)).title == told


def test_baselines_are_left_out_on_demand(make_run: MakeRun):
    path = make_run()
    assert "cues (version 1)" in Parsed(html_of(path)).words
    words = Parsed(html_of(path, "--no-baselines")).words
    assert "cues" not in words
    assert "scripted (version 0)" in words


def test_the_page_asks_for_nothing_from_anywhere(make_run: MakeRun):
    page = html_of(make_run())
    parsed = Parsed(page)
    assert parsed.references
    assert all(reference.startswith("#") for reference in parsed.references)
    assert not {"script", "link", "img", "iframe", "object", "form"} & parsed.tags.keys()
    assert "@import" not in page
    assert not re.search(r"url\((?!#)", page)
    missing = {reference[1:] for reference in parsed.references} - parsed.ids.keys()
    assert not missing
    assert [name for name, number in parsed.ids.items() if name and number > 1] == []


def test_what_a_transcript_says_stays_text(make_run: MakeRun):
    row = talk("a")
    row["conversation"]["title"] = HOSTILE
    row["conversation"]["turns"][3]["speaker"] = "<b onclick=x>Jonas</b>"
    path = make_run([row], [DRAFTS], spec=f"openai:{HOSTILE}")
    page = html_of(path)
    parsed = Parsed(page)
    assert "<script>alert(1)</script> **bold** [x](javascript:y)" in parsed.words
    assert "<b onclick=x>Jonas</b>" in parsed.words
    assert "script" not in parsed.tags
    assert not {"\x1b", "\u202e"} & set(page)
    paper = invoke(path, "--quiet", "--format", "markdown").stdout
    assert r"\<script\>alert(1)\</script\> \*\*bold\*\* \[x\](javascript:y)" in paper
    assert "<script" not in paper.replace(r"\<", "")  # in the heads of tables too
    assert not {"\x1b", "\u202e"} & set(paper)


def test_a_false_prediction_stands_in_its_context_with_its_words_marked(make_run: MakeRun):
    path = make_run([talk("a")])
    parsed = Parsed(html_of(path))
    assert "<script>alert(1)</script>" in parsed.marked
    (talk_of_a,) = _gallery(path).talks
    (false,) = talk_of_a.of("false")
    assert [line.turn for line in false.passage.lines] == [1, 2, 3, 4, 5]
    assert [line.turn for line in false.passage.lines if line.cited] == [3]
    assert [(line.speaker, line.when) for line in false.passage.lines][:2] == [("Jonas", "0:10"), ("Mira Holt", "0:20")]
    assert false.confidence == 0.4
    assert false.nearest is not None
    assert "Decision · confidence 0.40 · decided" in parsed.words


def test_a_missed_label_stands_in_its_context_beside_the_nearest_prediction(make_run: MakeRun):
    (talk_of_a,) = _gallery(make_run([talk("a")])).talks
    (missed,) = talk_of_a.of("missed")
    assert missed.text == "The bell stays where it is."
    assert "".join(part.text for line in missed.passage.lines for part in line.parts if part.marked) == (
        "the bell stays where it is"
    )
    assert missed.nearest is not None
    assert missed.nearest.text in (PAINT.statement, SCRIPT.statement)


def test_wrong_fields_of_a_pair_are_shown_with_names_beside_the_label(make_run: MakeRun):
    path = make_run([talk("a")])
    (talk_of_a,) = _gallery(path).talks
    (error,) = talk_of_a.of("fields")
    assert [(one.name, one.predicted, one.labelled, one.what) for one in error.fields] == [
        ("status", "tentative", "decided", "wrong"),
        ("decider", "Jonas", "Mira Holt", "wrong"),
    ]
    assert "decider (wrong): Jonas · label: Mira Holt" in Parsed(html_of(path)).words


def test_labels_of_speakers_are_shown_as_the_names_of_people(make_run: MakeRun):
    row = talk("a")
    row["conversation"]["people"] = {"S1": "Mira Holt", "S2": "Jonas"}
    for turn in row["conversation"]["turns"]:
        turn["speaker"] = {"Mira Holt": "S1", "Jonas": "S2"}[turn["speaker"]]
    parsed = Parsed(html_of(make_run([row])))
    assert "decider (wrong): Jonas · label: Mira Holt" in parsed.words
    assert not re.search(r"\bS[12]\b", parsed.words)


def test_what_people_judged_stands_at_the_prediction(make_run: MakeRun):
    path = make_run([talk("a")])
    assert "judged right" not in Parsed(html_of(path)).words
    row = read_dataset(path.parent / "quay.jsonl").rows[0]
    records = RunFolder(path).results()["a"].records
    assert records is not None
    items = predicted_items(records, "decisions", Persons(conversation_of(row)))
    key = next(claim_key(item) for item in items if item.text == SCRIPT.statement)
    verdict = Verdict(conversation="a", type="decision", key=key, verdict="right")
    (path / "verdicts.jsonl").write_text(verdict.model_dump_json() + "\n", encoding="utf-8")
    assert "judged right: the labels lack it" in Parsed(html_of(path)).words
    assert "judged right: the labels lack it" in invoke(path, "--quiet", "--format", "markdown").stdout


def test_it_shows_so_many_errors_of_a_kind_and_says_how_many_more_there_are(make_run: MakeRun):
    path = make_run([talk(name) for name in "abcdef"])
    words = Parsed(html_of(path, "--errors", 2)).words
    assert "6, of which 2 are shown, drawn by chance; 4 more with a larger --errors" in words
    few, many = _gallery(path, 2), _gallery(path, 4)
    for kind in ("false", "missed", "fields"):
        assert few.totals[kind] == (6, 2)
        drawn = {(talk.id, error.text) for talk in few.talks for error in talk.of(kind)}
        assert len(drawn) == 2
        assert drawn < {(talk.id, error.text) for talk in many.talks for error in talk.of(kind)}
    assert _gallery(path, 0).talks == ()


def test_no_prediction_is_false_where_the_labels_are_not_exhaustive(make_run: MakeRun):
    row = talk("a") | {"complete": []}
    found = _gallery(make_run([row]))
    assert found.totals["false"] == (0, 0)
    assert found.totals["missed"] == (1, 1)


def test_the_gallery_holds_as_many_errors_as_the_scores_count(make_run: MakeRun):
    path = make_run([talk("a"), talk("b", decisions=[]), talk("c")])
    _same_as_scores(path.parent / "quay.jsonl", path)


def test_the_gallery_agrees_with_the_scores_on_real_conversations(shared_data: Path):
    rows = read_dataset(shared_data / "labelled" / "w3c.dev.jsonl.gz").part(limit=4)
    by = scorer()
    results = {result.id: result for result in run(rows, CueWords)}
    found = gallery(rows, results, by, 10_000)
    tallies = [by.tally(row, results[row.id].records) for row in rows]
    assert found.totals["missed"][0] == _summed(tallies, "gold") - _summed(tallies, "found")
    assert found.totals["false"][0] == _summed(tallies, "predicted") - _summed(tallies, "matched")
    turns = {row.id: conversation_of(row).turns for row in rows}
    for one in found.talks:
        for error in one.of("false"):
            assert error.passage.lost == ()
            for line in error.passage.lines:
                for part in line.parts:
                    if part.marked:
                        assert part.text.strip() in visible(turns[one.id][line.turn].text)


def test_a_conversation_that_failed_is_named_and_its_labels_are_not_called_missed(make_run: MakeRun):
    path = make_run(answers=[DRAFTS, EngineServerError("The server is on fire.", "Wait.")])
    words = Parsed(html_of(path, code=1)).words
    assert "Failed: b: The server is on fire." in words
    assert "Missed labels (labels that no prediction answers to): 1" in words


def test_a_conversation_that_was_not_run_is_said(make_run: MakeRun):
    path = make_run()
    lines = (path / "results.jsonl").read_text(encoding="utf-8").splitlines()
    (path / "results.jsonl").write_text(lines[0] + "\n", encoding="utf-8")
    assert "1 of 2 conversations has no result and is not counted" in Parsed(html_of(path, code=1)).words


def test_labels_and_words_that_changed_since_are_said_on_the_page(make_run: MakeRun):
    path = make_run([talk("a")])
    changed = talk("a")
    changed["conversation"]["turns"][3]["text"] = "Something else altogether."
    moved = path.parent / "moved.jsonl"
    moved.write_text(json.dumps(changed) + "\n", encoding="utf-8")
    (path.parent / "quay.jsonl").unlink()
    words = Parsed(html_of(path, "--dataset", moved)).words
    assert "has changed since the run" in words
    assert "Not in the conversation: “<script>alert(1)</script>”" in words


def test_every_plot_says_in_words_what_it_shows(make_run: MakeRun):
    path = make_run()
    html_of(path)
    scores = count(*_inputs(path))
    found = plots_of(distinct([scores, scores]))
    assert [plot.name for plot in found["decision"]] == [
        "decision-scores",
        "decision-precision-recall",
        "decision-reliability",
        "decision-threshold",
    ]
    for plot in [plot for kind in TYPES for plot in found[kind]]:
        for svg in (plot.inline(), plot.alone()) if plot.svg else ():
            root = ElementTree.fromstring(svg)
            title, desc = root[0], root[1]
            assert title.text == plot.title
            assert desc.text
            assert root.get("role") == "img"
            assert root.get("aria-labelledby") == f"{title.get('id')} {desc.get('id')}"
            assert COLOURS[0] in svg
    bars = found["decision"][0].description
    assert "scripted: precision 0.50 (2 of 4" in bars
    assert "scripted (2): precision 0.50 (2 of 4" in bars
    assert [plot.title for plot in found["decision"]][3] == "Decisions: F1 at other thresholds of the matching"
    assert "currentColor" in found["decision"][0].inline()
    assert "#010203" not in found["decision"][0].inline() + found["decision"][0].alone()


def _texts(svg: str) -> list[str]:
    return [element.text or "" for element in ElementTree.fromstring(svg).iter() if element.tag.endswith("text")]


def _reliability_of(path: Path) -> Plot:
    found = plots_of([count(*_inputs(path))])["decision"]
    return next(plot for plot in found if plot.name == "decision-reliability")


def test_the_reliability_curve_says_how_many_predictions_stand_behind_a_point(make_run: MakeRun):
    plot = _reliability_of(make_run([talk(f"t{number}") for number in range(20)]))
    (label,) = [text for text in _texts(plot.svg) if text.startswith("scripted, ")]
    assert "predictions a point, 95 % intervals" in label
    assert "20 predictions stated at 0.40 on average, 0.00 are right (95 % interval 0.00 to 0.17)" in plot.description
    assert "20 predictions stated at 0.90 on average, 1.00 are right (95 % interval 0.83 to 1.00)" in plot.description
    assert "40 predictions in all" in plot.description


def test_no_reliability_curve_is_drawn_of_a_few_predictions(make_run: MakeRun, tmp_path: Path):
    path = make_run([talk(name) for name in "abcdef"])
    said = "Too few to judge: 12 predictions with a confidence, where 30 are needed."
    assert _reliability_of(path).svg == ""
    assert said in Parsed(html_of(path)).words
    out = tmp_path / "page.md"
    assert invoke(path, "--quiet", "--format", "markdown", "--out", out).exit_code == 0
    assert said in out.read_text(encoding="utf-8")
    assert not [file for file in tmp_path.iterdir() if "reliability" in file.name]


@given(st.lists(st.tuples(st.floats(0, 1), st.integers(1, 30)), max_size=12))
def test_bins_are_joined_until_each_holds_enough(sizes: list[tuple[float, int]]):
    bins = [Bin(stated, right=stated, number=number) for stated, number in sorted(sizes)]
    joined = merged(bins, 10)
    assert sum(one.number for one in joined) == sum(one.number for one in bins)
    assert all(one.number >= 10 for one in joined) or len(joined) <= 1
    assert [one.stated for one in joined] == sorted(one.stated for one in joined)
    means = [sum(one.stated * one.number for one in some) for some in (bins, joined)]
    assert means[0] == pytest.approx(means[1])


def test_predictions_of_one_confidence_are_one_step_and_the_curve_starts_at_its_first_right_one():
    points = [(0.9, 0.0, 0.0), (0.8, 0.5, 0.1), (0.8, 0.67, 0.2), (0.8, 0.5, 0.2), (0.3, 0.4, 0.2)]
    assert steps_of(points) == [(0.2, 0.5), (0.2, 0.4)]
    assert steps_of([(0.9, 0.0, 0.0)]) == []


def test_a_baseline_that_predicts_nothing_of_a_type_is_left_out_of_its_plots(make_run: MakeRun):
    path = make_run([talk("a")], [Drafts(decisions=(PAINT, SCRIPT))])
    rows, _, info, _ = _inputs(path)
    found = plots_of([count(*_inputs(path)), baseline("everything", rows, info, Voice(quiet=True))])
    assert "everything: " in found["decision"][0].description
    assert "everything" in _texts(found["decision"][0].svg)
    assert found["action_item"]
    for plot in found["action_item"]:
        assert "everything" not in plot.description + plot.svg
        assert "scripted: " in plot.description  # the measured run is never left out


def test_a_run_without_confidences_has_no_curves_of_them(make_run: MakeRun):
    quiet = Drafts(decisions=(PAINT.model_copy(update={"confidence": None}),))
    path = make_run([talk("a")], [quiet])
    assert [plot.name for plot in plots_of([count(*_inputs(path))])["decision"]] == [
        "decision-scores",
        "decision-threshold",
    ]


@pytest.mark.parametrize("page_format", ["html", "markdown"])
def test_the_same_run_gives_the_same_bytes(make_run: MakeRun, tmp_path: Path, page_format: str):
    path = make_run()
    command = "import typer; from extractor.cli.eval.report import report; typer.run(report)"
    for number, out in enumerate(("one", "two")):
        subprocess.run(
            [sys.executable, "-c", command, path, "--out", tmp_path / out, "--format", page_format],
            env={**os.environ, "PYTHONPATH": str(REPO), "PYTHONHASHSEED": str(number)},
            check=True,
            capture_output=True,
        )
    one, two = ({file.name: file.read_bytes() for file in (tmp_path / out).iterdir()} for out in ("one", "two"))
    assert one == two
    assert len(one) == (1 if page_format == "html" else 1 + sum(name.endswith(".svg") for name in one))


def test_markdown_has_its_plots_beside_it_and_none_when_it_is_printed(make_run: MakeRun, tmp_path: Path):
    path = make_run()
    printed = invoke(path, "--format", "markdown", "--quiet")
    assert printed.exit_code == 0
    assert "![" not in printed.stdout
    out = tmp_path / "my page.md"
    written = invoke(path, "--format", "markdown", "--out", out)
    assert written.stdout == ""
    assert f"Written to {out}." in written.stderr
    paper = out.read_text(encoding="utf-8")
    pictures = re.findall(r"!\[(.*?)\]\((\S+\.svg)\)", paper)
    assert pictures
    for alternative, name in pictures:
        assert alternative
        ElementTree.parse(tmp_path / name.replace("%20", " "))
    assert paper.replace("\n\n![", "\0").split("\0")[0] in printed.stdout
    assert "  - **decider**: Jonas; label: Mira Holt (wrong)" in printed.stdout
    assert "0:20 **Mira Holt**: Fine: <b>we paint the ferry green</b>. Let us be quick about it." in printed.stdout


def test_out_may_be_a_folder_or_a_file(make_run: MakeRun, tmp_path: Path):
    path = make_run([talk("a")])
    (tmp_path / "there").mkdir()
    for out, file in (("there", "there/report.html"), ("new", "new/report.html"), ("page.htm", "page.htm")):
        assert invoke(path, "--out", tmp_path / out).exit_code == 0
        assert (tmp_path / file).read_text(encoding="utf-8").startswith("<!DOCTYPE html>")


def test_an_out_that_cannot_be_is_told_before_any_work(make_run: MakeRun, tmp_path: Path):
    path = make_run([talk("a")])
    outcome = invoke(path, "--out", tmp_path / "no" / "such" / "page.html")
    assert isinstance(outcome.exception, UsageError)
    assert not (path / "scores.json").exists()


def test_a_package_that_is_missing_is_named_with_how_to_get_it(make_run: MakeRun, monkeypatch: pytest.MonkeyPatch):
    path = make_run([talk("a")])
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    outcome = invoke(path)
    assert isinstance(outcome.exception, DecisionsError)
    assert "matplotlib" in outcome.exception.what
    assert "pip install 'decisions[eval]'" in outcome.exception.remedy


def test_a_folder_without_a_run_is_told(tmp_path: Path):
    assert isinstance(invoke(tmp_path).exception, DatasetError)


@given(st.lists(st.tuples(st.integers(-2, 4), st.integers(0, 40), st.integers(0, 40)), max_size=6))
def test_a_passage_shows_every_word_of_its_turns_once(spans: list[tuple[int, int, int]]):
    conversation = conversation_of(Labelled.model_validate(talk("a")))
    places = tuple(Place(turn, *sorted((start, end))) for turn, start, end in spans)
    passage = passage_of(Item(id="0", text="x", places=places), conversation, around=0)
    cited = sorted({turn for turn, _, _ in spans if 0 <= turn < len(conversation.turns)})
    assert [line.turn for line in passage.lines] == cited
    assert len(passage.lost) == len({turn for turn, _, _ in spans} - set(cited))
    for line in passage.lines:
        shown = "".join(part.text for part in line.parts)
        assert "".join(shown.split()) == "".join(visible(conversation.turns[line.turn].text).split())


def test_long_turns_are_cut_between_words_and_far_turns_are_left_out():
    row = talk("a")
    words = " ".join(f"word{number}" for number in range(400))
    row["conversation"]["turns"] += [{"speaker": "Jonas", "text": words} for _ in range(20)]
    conversation = conversation_of(Labelled.model_validate(row))
    start = words.index("word200")
    item = Item(id="0", text="x", places=tuple(Place(turn, start, start + 7) for turn in range(6, 26, 2)))
    passage = passage_of(item, conversation)
    assert passage.more == 4
    line = next(line for line in passage.lines if line.cited)
    assert [part.text for part in line.parts if part.marked] == ["word200"]
    shown = "".join(part.text for part in line.parts)
    assert shown.startswith("[…] word")
    assert shown.endswith(" […] ")
    assert set(re.findall(r"\w+", shown)) <= set(words.split())
    far = passage_of(Item(id="0", text="x", places=(Place(0), Place(20))), conversation)
    assert [line.turn for line in far.lines if line.gap] == [18]


def _inputs(path: Path) -> tuple[Any, Any, Any, Any]:
    data = read_dataset(path.parent / "quay.jsonl")
    folder = RunFolder(path)
    return data.rows, folder.results(), folder.info(), scorer()


def _gallery(path: Path, most: int = 50) -> Any:
    rows, results, _, by = _inputs(path)
    return gallery(rows, results, by, most)


def _same_as_scores(dataset: Path, path: Path) -> None:
    rows, results, _, by = _inputs(path)
    assert dataset.exists()
    for row in rows:
        tally = by.tally(row, results[row.id].records)
        kinds = Counter(error.kind for error in errors_of(row, results[row.id].records, by))
        assert kinds["missed"] == _summed([tally], "gold") - _summed([tally], "found")
        assert kinds["false"] == _summed([tally], "predicted") - _summed([tally], "matched")


def _summed(tallies: Sequence[Any], name: str) -> int:
    return int(sum(tally.counts.get(f"{kind}.{name}", 0) for tally in tallies for kind in TYPES))


def test_every_verdict_has_its_words() -> None:
    from extractor.reports.evaluation.page import VERDICTS
    from extractor.scoring.verdicts import ANSWERS

    assert set(VERDICTS) == set(ANSWERS)
