"""The page of an evaluation: what ran on what, its figures and plots, and its errors; for HTML and Markdown alike."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from extractor.records import RecordType
from extractor.reports.evaluation.gallery import Error, Gallery, Kind
from extractor.reports.evaluation.passages import visible
from extractor.reports.evaluation.tables import HEADINGS, Table, ceiling_table, score_tables
from extractor.reports.text import count, plain
from extractor.scoring.figures import TYPES
from extractor.scoring.runs import RunInfo, Scores
from extractor.scoring.similarity import Basis
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
class Page:
    """``facts`` are names with what they stand for; ``remarks`` are what a reader must know before the figures."""

    title: str
    facts: tuple[tuple[str, str], ...]
    remarks: tuple[str, ...]
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
        title=plain(runs[0].name),
        facts=tuple((name, plain(value)) for name, value in _facts(runs)),
        remarks=tuple(map(plain, [*remarks, *_missing(runs[0])])),
        sections=tuple(Section(table, drawn.get(table.title, ())) for table in tables),
        gallery=found,
    )


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
    environment.filters |= {"figure": split_figure, "visible": visible, "share": share}
    environment.globals |= {
        "kinds": TITLES,
        "meanings": MEANINGS,
        "verdicts": VERDICTS,
        "type_name": type_name,
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
    return f"{total:,}, of which {shown:,} are shown, drawn by chance; {total - shown:,} more with a larger --errors"


def _facts(runs: Sequence[Scores]) -> list[tuple[str, str]]:
    scores = runs[0]
    run = scores.run
    where = "text is sent over a network" if run.engine.leaves_machine else "text stays on the machine"
    facts = [
        ("Engine", _engine(run)),
        ("Where", where),
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
    return f"{_engine(other)}{on}"


def _engine(run: RunInfo) -> str:
    model = "" if run.engine.model == "none" else f"{run.engine.model}, "
    return f"{run.engine_spec} ({model}version {run.engine.version})"


def _moment(moment: dt.datetime | None) -> str:
    return f"{moment:%Y-%m-%d %H:%M %Z}".strip() if moment else "not finished"


def _missing(scores: Scores) -> list[str]:
    left = scores.run.conversations - len(scores.tallies)
    if left <= 0:
        return []
    return [f"{left} of {count(scores.run.conversations, 'conversation')} have no result and are not counted."]
