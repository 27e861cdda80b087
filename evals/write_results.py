"""``python evals/write_results.py`` writes ``evals/RESULTS.md`` from stored scores; ``--check``: whether it is true.

Scores lie in ``evals/baselines`` (our own test half) and ``evals/results/DATASET`` (real meetings): tallies without a
word of any conversation. The figures, the intervals and everything said of the runs are computed from them anew.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from extractor.reports.evaluation.tables import NONE, Table, as_markdown, ceiling_table, figure_text, score_tables
from extractor.reports.evaluation.tables import usage_of as spent
from extractor.scoring.figures import figures
from extractor.scoring.runs import Scores, read_scores

HERE = Path(__file__).resolve().parent
PAGE = HERE / "RESULTS.md"
ORDER = ("local", "openai", "plain", "cues", "everything")
SETS = {
    "own": "Our own examples, test half",
    "ami.dev": "AMI: scenario meetings, speech",
    "tc39.dev": "TC39: committee topics, near-verbatim notes",
    "tc39.dev.sample": "TC39, a sample",
    "w3c.dev": "W3C: working-group minutes",
    "w3c.dev.sample": "W3C, a sample",
    "solid.dev": "Solid: specification meetings",
    "ietf.dev": "IETF: issue threads",
}
SUMMARY = (
    ("decisions F1", "decision.f1"),
    ("strict precision", "decision.precision"),
    ("adjudicated", "decision.precision_adjudicated"),
    ("recall", "decision.recall"),
    ("adjudicated", "decision.recall_adjudicated"),
    ("action items F1", "action_item.f1"),
    ("action owner right", "action_item.owner_right"),
    ("ungrounded", "ungrounded"),
)


def main() -> int:
    """Write or check the page; returns the exit code."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; exit 4 where the page is not true")
    options = parser.parse_args()
    text = page()
    if not options.check:
        PAGE.write_text(text, encoding="utf-8")
        return 0
    if PAGE.read_text(encoding="utf-8") == text:
        return 0
    sys.stderr.write("evals/RESULTS.md is not what the stored scores say. Run: make results\n")
    return 4


def page() -> str:
    """The whole page."""
    groups = {name: stored(folder_of(name)) for name in SETS}
    groups = {name: runs for name, runs in groups.items() if runs}
    parts = [(HERE / "results" / "head.md").read_text(encoding="utf-8").rstrip()]
    parts.append(as_markdown(summary(groups)))
    parts += list(agreement_of_people(groups))
    parts.append(matching())
    for name, runs in groups.items():
        parts.append(f"## {SETS[name]}\n\n{size_of(runs[0])}\n")
        parts += [as_markdown(table, level=3) for table in score_tables(runs)]
    parts.append(links())
    parts.append(as_markdown(provenance(groups)))
    return "\n".join(part.rstrip() + "\n" for part in parts)


def folder_of(name: str) -> Path:
    """Where the scores of a set lie."""
    return HERE / "baselines" if name == "own" else HERE / "results" / name


def stored(folder: Path) -> list[Scores]:
    """The scores of a folder, engines first and baselines after."""
    runs = [read_scores(path) for path in sorted(folder.glob("*.json")) if not path.name.startswith("people-")]
    return sorted(runs, key=lambda run: ORDER.index(run.run.engine_spec.partition(":")[0]))


def people(folder: Path) -> list[Scores]:
    """What people reach on a set, where several labelled it."""
    return [read_scores(path) for path in sorted(folder.glob("people-*.json"))]


def summary(groups: dict[str, list[Scores]]) -> Table:
    """A line a run."""
    rows = []
    for name, runs in groups.items():
        for run in runs:
            found = figures(run.tallies)
            cells = [figure_text(found[measure]) for _, measure in SUMMARY]
            rows.append((f"{name}, {run.run.engine_spec}", *cells))
    return Table("Every run", ("", *(label for label, _ in SUMMARY)), tuple(rows))


def agreement_of_people(groups: dict[str, list[Scores]]) -> Iterator[str]:
    """The human ceilings."""
    for name in groups:
        human = people(folder_of(name))
        if human:
            table = ceiling_table(human)
            title = (
                "our own examples, both halves (language models)" if name == "own" else SETS[name] + " (participants)"
            )
            yield as_markdown(Table(f"Other labellers: {title}", table.columns, table.rows, table.note))


def matching() -> str:
    """How well the matcher agrees with judges."""
    measured: dict[str, Any] = json.loads((HERE / "results" / "matching.json").read_text(encoding="utf-8"))
    columns = ("pairs", "same", "judges agree", "their kappa", "matcher right", "kappa", "false matches", "missed")
    rows = [(name, *agreement_cells(one)) for name, one in measured.items()]
    table = Table("The matcher against judges", ("", *columns), tuple(rows), MATCHING_NOTE)
    thresholds = list(next(iter(measured.values()))["sweep"])
    swept = [(name, *(sweep_cell(one["sweep"][at]) for at in thresholds)) for name, one in measured.items()]
    sweep = Table("At other thresholds: right, and kappa", ("threshold", *thresholds), tuple(swept))
    return as_markdown(table) + "\n" + as_markdown(sweep, level=3)


def links() -> str:
    """How right suggested links and answers from the log are."""
    measured: dict[str, Any] = json.loads((HERE / "results" / "links.json").read_text(encoding="utf-8"))
    asked: dict[str, Any] = json.loads((HERE / "results" / "answering.json").read_text(encoding="utf-8"))
    judges = {"features": measured["features"], "a language model": measured["model"]}
    rows = [
        (kind, *(_of(one["kinds"][kind][side]) for one in judges.values() for side in ("precision", "recall")))
        for kind in judges["features"]["kinds"]
    ]
    columns = [f"{name}: {side}" for name in judges for side in ("precision", "recall")]
    answers = (
        f"Answers from the log by the same model, prompt {asked['version']}: {_of(asked['answered'])} questions "
        f"answered rightly, {_of(asked['not_said'])} that the log does not answer left unanswered."
    )
    return as_markdown(Table("Suggested links", ("", *columns), tuple(rows), LINKS_NOTE)) + f"\n{answers}\n"


def _of(pair: Sequence[float]) -> str:
    return f"{pair[0]:g} of {pair[1]:g}"


LINKS_NOTE = (
    "On the test half of [links](links/README.md), against labelled pairs; links of pairs that nobody judged are not "
    "counted. Each new record was held against its eight nearest, of its own series and of others. Writer, labeller "
    "and the model that judged are of one family, so the model's figures are a ceiling. In four real series of four "
    "meetings each, extracted and linked by the same model, a reader found 104 of 129 suggestions right, 11 of the "
    "right pair but another kind, 14 wrong (all of them `relates`), and 5 links missed; since then, what the model "
    "calls possible and only relates, 12 of the wrong ones, is not suggested."
)


MATCHING_NOTE = (
    "Pairs were drawn evenly over the range of similarity, so that hard ones are many: on pairs as they come, most of "
    "which have nothing in common, agreement is higher. Our own pairs are cross-validated by conversation; those held "
    "out were not fitted on. Claims swapped: labels with the claims of other labels, all of which must be "
    "refused; they were fitted on. The "
    "judges are language models that saw neither each other nor any similarity."
)


def agreement_cells(one: dict[str, Any]) -> Sequence[str]:
    """A row of the matcher's table."""
    return (
        str(one["pairs"]),
        str(one["same"]),
        f"{one['judges_agree']}/{one['pairs']}",
        kappa_text(one["judges_kappa"]),
        f"{one['right']}/{one['of']}",
        kappa_text(one["kappa"]),
        str(one["false_matches"]),
        str(one["missed_matches"]),
    )


def sweep_cell(at: dict[str, Any]) -> str:
    """``180/210, 0.71``."""
    return f"{at['right']}/{at['of']}, {kappa_text(at['kappa'])}"


def kappa_text(kappa: float | None) -> str:
    """Two digits, or a dash where there is none."""
    return NONE if kappa is None else f"{kappa:.2f}"


def size_of(run: Scores) -> str:
    """How much was measured on."""
    words = sum(int(tally.counts.get("words", 0)) for tally in run.tallies)
    series = len({tally.series for tally in run.tallies})
    return f"{len(run.tallies)} conversations of {series} series, {words:,} words."


def provenance(groups: dict[str, list[Scores]]) -> Table:
    """Where each run comes from."""
    rows = []
    for name, runs in groups.items():
        for one in runs:
            run, usage = one.run, spent(one)
            engine = f"{run.engine_spec}, {run.engine.model}, {run.engine.version}, decisions {run.decisions_version}"
            tokens = f"{usage.input_tokens:,} / {usage.output_tokens:,}" if usage.calls else NONE
            rows.append(
                (name, engine, run.dataset_sha256[:12], f"{run.started_at:%Y-%m-%d}", tokens, run.answered_by or NONE)
            )
    columns = ("set", "engine", "data (sha256)", "date", "tokens in / out", "answered by")
    return Table("Where the figures come from", columns, tuple(rows))


if __name__ == "__main__":
    sys.exit(main())
