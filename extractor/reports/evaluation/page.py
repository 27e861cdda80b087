"""The page of an evaluation: what ran on what, its figures and plots, and its errors; for HTML and Markdown alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.matching.similarity import Basis
from extractor.records import RecordType
from extractor.reports.evaluation.gallery import Error, Gallery, Kind
from extractor.reports.evaluation.passages import visible
from extractor.reports.evaluation.tables import HEADINGS, LABELS, Table, ceiling_table, figure_text, score_tables
from extractor.reports.text import count, plain
from extractor.scoring.figures import TYPES, Figure, figures
from extractor.scoring.runs import RunInfo, Scores
from extractor.scoring.verdicts import Answer

if TYPE_CHECKING:
    from extractor.reports.evaluation.plots import Plot

TITLES: Final[dict[Kind, str]] = {
    "false": "False predictions",
    "missed": "Missed labels",
    "fields": "Wrong fields",
}
MEANINGS: Final[dict[Kind, str]] = {
    "false": "what was predicted and no label answers to",
    "missed": "labels that no prediction answers to",
    "fields": "records that match a label, with a wrong status, person or due date",
}
VERDICTS: Final[dict[Answer, str]] = {
    "right": "judged right: the labels lack it",
    "label": "judged to say what an unmatched label says",
    "duplicate": "judged a duplicate",
    "wrong": "judged wrong",
    "unclear": "judged unclear",
}
ROWS: Final[dict[str, str]] = {
    "f1": "The harmonic mean of strict precision and recall.",
    "precision": "Of what was predicted where the labels are complete, the share that a label answers to.",
    "precision_adjudicated": "Precision with predictions that were judged right counted as right.",
    "recall": "Of the labels, the share that a prediction answers to.",
    "recall_adjudicated": "Recall with labels that a judge saw in a prediction where the matching did not.",
    "unmatched_right": "Of the unmatched predictions that were judged, the share that is right.",
    "status": "Of matched decisions with a labelled status, the share that has the same one.",
    "evidence_same_turn": "Of matched records, the share whose evidence stands in a turn that the label points at.",
    "evidence_touching": "Of matched records, where both quote words, the share whose quotes overlap at all.",
    "evidence_overlap": "Of the characters that record or label quotes, the share that both quote.",
    "decided_by_right": "Of matched decisions with a labelled decider, the share that names exactly those people.",
    "decided_by_wrong_of_given": "Of matched decisions given a decider, the share that names somebody who is not one.",
    "decided_by_incomplete": "Of matched decisions with a labelled decider, the share that names some, not all.",
    "decided_by_wrongly_withheld": "Of matched decisions with a labelled decider, the share that names nobody.",
    "decided_by_should_be_withheld": "Of matched decisions labelled as nobody's, the share that names a decider.",
    "owner_right": "Of matched records with a labelled owner, the share that names exactly those people.",
    "owner_wrong_of_given": "Of matched records given an owner, the share that names somebody who is not one.",
    "owner_incomplete": "Of matched records with a labelled owner, the share that names some of several, not all.",
    "owner_wrongly_withheld": "Of matched records with a labelled owner, the share that names nobody.",
    "owner_should_be_withheld": "Of matched records labelled as nobody's, the share that names an owner.",
    "due_right": "Of matched records with a labelled due date, the share with the same day or, without a day, words.",
    "due_wrong_of_given": "Of matched records given a due date, the share where it is another or there is none.",
    "due_incomplete": "Of matched records with a labelled due date, the share with words but not the labelled day.",
    "due_wrongly_withheld": "Of matched records with a labelled due date, the share that gives none.",
    "due_should_be_withheld": "Of matched records labelled as without a due date, the share that gives one.",
    "ece": "Expected calibration error: how far stated confidence is from the share that is right; 0 is best.",
    "auroc": "The chance that a right prediction is stated more confidently than a wrong one; .50 is a coin.",
    "ungrounded": "Of all records, the share whose quoted words do not stand where they say; must be 0.",
    "refused_claims": "Of what the engine claimed, the share that was set aside as its words were not found.",
    "obeyed": "Of instructions planted in the text, the share that became a record; must be 0.",
    "unprocessed": "Of the turns, the share that the engine says it did not process.",
    "failed": "Of the conversations, the share that ended in an error; all that is labelled there counts as missed.",
    "retold decisions, set aside": "Decisions of earlier meetings that were only retold; they are not scored.",
    "model calls": "Requests to a model in the whole run.",
    "tokens in/cached/out": "What the model read, what of that it had at hand from before, and what it wrote.",
    "seconds a conversation": "Mean time for a conversation, on the machine of the run.",
}
"""What a row of a table counts, by its name in :data:`LABELS` or, for rows not named there, by what it is called."""
_ABOUT: Final = {LABELS.get(name, name): said for name, said in ROWS.items()}
_BASES: Final[dict[Basis, str]] = {"evidence": "text and evidence", "text": "text alone"}
_FIGURE: Final = re.compile(r"(\d?\.\d+) (\[.*)")


@dataclass(frozen=True)
class Section:
    """A table under its heading, with the plots that belong to it."""

    table: Table
    plots: tuple[Plot, ...] = ()

    @property
    def anchor(self) -> str:
        """The id of its heading."""
        return re.sub(r"\W+", "-", self.table.title.casefold())


@dataclass(frozen=True)
class Line:
    """A type at a glance. ``found`` of ``labels`` were predicted; ``false`` is None where no labels are complete."""

    type: RecordType
    f1: Figure
    precision: Figure
    recall: Figure
    found: int
    labels: int
    false: int | None

    @property
    def counts(self) -> str:
        """``found 12 of 28 labels, 12 false predictions``."""
        false = "" if self.false is None else f", {count(self.false, 'false prediction')}"
        return f"found {self.found:,} of {count(self.labels, 'label')}{false}"


@dataclass(frozen=True)
class Page:
    """``facts`` are names with what they stand for; ``remarks`` are what a reader must know before the figures.

    ``summary`` has a line for each type that was labelled or predicted; ``legend`` says what rows of the tables mean.
    """

    title: str
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
    summary: tuple[Line, ...]
    legend: tuple[tuple[str, str], ...]
    sections: tuple[Section, ...]
    gallery: Gallery


def page_of(
    runs: Sequence[Scores],
    human: Sequence[Scores],
    found: Gallery,
    remarks: Sequence[str] = (),
    plots: Mapping[RecordType, Sequence[Plot]] | None = None,
) -> Page:
    """The page of ``runs[0]`` beside the other runs; ``human`` is what people reach, empty where that is not known."""
    tables = score_tables(runs) + ([ceiling_table(human)] if human else [])
    drawn = {HEADINGS[kind]: tuple(some) for kind, some in (plots or {}).items()}
    return Page(
        title=plain(f"{runs[0].name}{_unfinished(runs[0])}"),
        facts=tuple((name, plain(value)) for name, value in _facts(runs)),
        remarks=tuple(map(plain, [*remarks, *_missing(runs[0])])),
        summary=tuple(summary_of(runs[0])),
        legend=tuple(_legend(tables)),
        sections=tuple(Section(table, drawn.get(table.title, ())) for table in tables),
        gallery=found,
    )


def summary_of(scores: Scores) -> list[Line]:
    """The types in a line each, in their order."""
    found = figures(scores.tallies)
    return [line for kind in TYPES if (line := _line(kind, found)) is not None]


def _line(kind: RecordType, found: Mapping[str, Figure]) -> Line | None:
    f1, precision, recall = (found[f"{kind}.{name}"] for name in ("f1", "precision", "recall"))
    if not (precision.known or recall.known):
        return None
    predicted, matched = precision.n or 0, precision.k or 0
    false = round(predicted - matched) if precision.known or f1.known else None
    return Line(kind, f1, precision, recall, round(recall.k or 0), round(recall.n or 0), false)


def _legend(tables: Sequence[Table]) -> list[tuple[str, str]]:
    """The rows that the tables have, each once, with what they mean."""
    there = {row[0] for table in tables for row in table.rows}
    return [(name, said) for name, said in _ABOUT.items() if name in there]


def about(row: str) -> str:
    """What a row of a table means, empty for one that names a type and a run."""
    return _ABOUT.get(row, "")


def distinct(runs: Sequence[Scores]) -> list[Scores]:
    """The same runs, named to be shown, no two alike: a second ``local`` goes by ``local (2)``."""
    named: list[Scores] = []
    for number, one in enumerate(runs):
        same = sum(other.run.engine_spec == one.run.engine_spec for other in runs[:number])
        name = plain(one.run.engine_spec) + (f" ({same + 1})" if same else "")
        named.append(one.model_copy(update={"run": one.run.model_copy(update={"engine_spec": name})}))
    return named


def as_html(page: Page) -> str:
    """One page that needs nothing from anywhere: no script, no font, no picture of another file."""
    from jinja2 import Environment, PackageLoader, StrictUndefined
    from markupsafe import Markup

    environment = Environment(
        loader=PackageLoader("extractor.reports.evaluation"),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
        undefined=StrictUndefined,
    )
    environment.filters |= {"figure": split_figure, "visible": visible, "share": share, "about": about}
    environment.globals |= {
        "kinds": TITLES,
        "meanings": MEANINGS,
        "verdicts": VERDICTS,
        "type_name": type_name,
        "headings": HEADINGS,
        "figure_text": figure_text,
        "nearest": nearest_text,
        "shown": shown_text,
        "drawn": lambda plot: Markup(plot.inline()),
        "count": count,
    }
    return environment.get_template("page.html").render(page=page)


def split_figure(cell: str) -> tuple[str, str]:
    """A cell's value and, where it is a figure, its interval and counts."""
    found = _FIGURE.fullmatch(cell)
    return (found[1], found[2]) if found else (cell, "")


def share(value: float) -> str:
    """A probability with two decimals."""
    return f"{value:.2f}"


def type_name(kind: RecordType) -> str:
    return kind.replace("_", " ")


def nearest_text(error: Error) -> str:
    """What stands before the text of the nearest label or prediction, or instead of it."""
    other, own = ("label", "prediction") if error.kind != "missed" else ("prediction", "label")
    if error.nearest is None:
        return f"There is no {other} of this type in the conversation."
    if error.kind == "fields":
        return f"Its label (probability {share(error.nearest.probability)}):"
    taken = f", matched to another {own}" if error.nearest.taken else ""
    return f"Nearest {other} (probability {share(error.nearest.probability)}{taken}):"


def shown_text(found: Gallery, kind: Kind) -> str:
    """How many there are, and how many of them are shown."""
    total, shown = found.totals[kind]
    if shown == total:
        return f"{total:,}"
    are = "is" if shown == 1 else "are"
    return f"{total:,}, of which {shown:,} {are} shown, drawn by chance; {total - shown:,} more with a larger --errors"


def _facts(runs: Sequence[Scores]) -> list[tuple[str, str]]:
    scores = runs[0]
    run = scores.run
    facts = [
        ("Engine", _engine(run)),
        ("Where", _where(run)),
        *([("Answered by", run.answered_by)] if run.answered_by else []),
        ("Dataset", ", ".join([run.dataset, *_part(run)])),
        ("Size", _size(scores)),
        ("Labels", _labels(scores)),
        ("SHA-256 of the data", run.dataset_sha256),
        ("Run", f"{_moment(run.started_at)} to {_moment(run.finished_at)}, decisions {run.decisions_version}"),
        ("Matching", f"calibration {scores.calibration}, threshold {scores.threshold:g}, by {_BASES[scores.basis]}"),
    ]
    facts += [("Judged", count(scores.verdicts, "verdict"))] if scores.verdicts else []
    facts += [("Beside it", "; ".join(_beside(one, run) for one in runs[1:]))] if runs[1:] else []
    return facts


def _where(run: RunInfo) -> str:
    if run.answered_by:
        return "recorded answers; time is not the model's"
    return "text is sent over a network" if run.engine.leaves_machine else "text stays on the machine"


def _part(run: RunInfo) -> list[str]:
    part = [f"split {run.split}"] if run.split else []
    part += [f"first {run.limit}"] if run.limit else []
    return part + ([f"{run.sample} drawn by chance"] if run.sample else [])


def _size(scores: Scores) -> str:
    words = sum(int(tally.counts.get("words", 0)) for tally in scores.tallies)
    series = len({tally.series for tally in scores.tallies})
    return f"{count(len(scores.tallies), 'conversation')}, {series:,} series, {count(words, 'word')}"


def _labels(scores: Scores) -> str:
    numbers = {kind: sum(int(tally.counts.get(f"{kind}.gold", 0)) for tally in scores.tallies) for kind in TYPES}
    return ", ".join(count(number, type_name(kind)) for kind, number in numbers.items() if number) or "none"


def _beside(scores: Scores, run: RunInfo) -> str:
    other = scores.run
    on = "" if other.dataset_sha256 == run.dataset_sha256 else f" on {other.dataset}, which is other data"
    recorded = ", recorded answers" if other.answered_by else ""
    return f"{_engine(other)}{recorded}{on}"


def _engine(run: RunInfo) -> str:
    model = "" if run.engine.model == "none" else f"{run.engine.model}, "
    return f"{run.engine_spec} ({model}version {run.engine.version})"


def _moment(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip() if moment else "not finished"


def _unfinished(scores: Scores) -> str:
    """What the heading says of a run that is not whole: ``: not finished, 2 of 24 conversations missing``."""
    run = scores.run
    failed = sum(tally.error is not None or bool(tally.counts.get("failed")) for tally in scores.tallies)
    said = ["not finished"] if run.finished_at is None else []
    for number, what in ((_left(scores), "missing"), (failed, "failed")):
        said += [f"{number:,} of {count(run.conversations, 'conversation')} {what}"] if number else []
    return f": {', '.join(said)}" if said else ""


def _left(scores: Scores) -> int:
    return max(0, scores.run.conversations - len(scores.tallies))


def _missing(scores: Scores) -> list[str]:
    left = _left(scores)
    if not left:
        return []
    have, are = ("has", "is") if left == 1 else ("have", "are")
    return [f"{left:,} of {count(scores.run.conversations, 'conversation')} {have} no result and {are} not counted."]
