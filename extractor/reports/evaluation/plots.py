"""Scores as pictures: one small SVG a plot, drawn without a display and with the same bytes every time.

Ink and rules are drawn in two colours that nothing else has, and replaced afterwards: by the page's own on a page that
is light or dark, by fixed ones in a file that stands alone.
"""

from __future__ import annotations

import io
import logging
import math
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from extractor.records import RecordType
from extractor.reports.evaluation.tables import HEADINGS, took_part
from extractor.reports.text import count, plain
from extractor.scoring.confidence import Bin, curve, reliability
from extractor.scoring.figures import TYPES, Figure, exact_interval, figures, sweep
from extractor.scoring.runs import Scores

if TYPE_CHECKING:
    from matplotlib.axes import Axes

SIZE: Final = (4.7, 3.3)
"""Inches of 72 points; small, so that the letters stay readable on a phone."""
LEGEND: Final = 62
"""Letters in a line of the legend."""
COLOURS: Final = ("#3f87d0", "#c77510", "#2f9d6f", "#a869bd", "#cf5b62", "#7d8590")
"""One for each run; at least 3:1 against a white and against a dark page."""
MARKERS: Final = "osD^vP"
ENOUGH: Final = 30
"""Predictions that state a confidence from which a reliability curve is drawn."""
APART: Final = 0.06
"""Stated confidence between points from which a number has room beside each."""
IN_BIN: Final = 10
"""Predictions at the least behind a point of it; of 10 with half of them right, the interval is 0.19 to 0.81."""
_INK: Final = "#010203"
_RULE: Final = "#040506"
_FONT: Final = "system-ui, -apple-system, 'Segoe UI', Roboto, sans-serif"
_STYLE: Final[dict[Any, Any]] = {
    "svg.fonttype": "none",
    "svg.hashsalt": "decisions",
    "text.parse_math": False,
    "font.family": "DejaVu Sans",
    "font.size": 9,
    "legend.fontsize": 8.5,
    "legend.frameon": False,
    "axes.spines.top": False,
    "axes.spines.right": False,
    "axes.axisbelow": True,
    "axes.grid": True,
    "grid.color": _RULE,
    "grid.linewidth": 0.6,
    "axes.edgecolor": _RULE,
    "figure.facecolor": "none",
    "axes.facecolor": "none",
    "savefig.facecolor": "none",
    **dict.fromkeys(("text.color", "axes.labelcolor", "xtick.color", "ytick.color"), _INK),
}
_GROUPS: Final = {
    "precision": "precision",
    "precision_adjudicated": "adjudicated\nprecision",
    "recall": "recall",
    "f1": "F1",
}


@dataclass(frozen=True)
class Plot:
    """A drawing. ``description`` says in words what it shows, for those who cannot see it.

    Where there is too little to draw, ``svg`` is empty and the description says so.
    """

    name: str
    type: RecordType
    caption: str
    description: str
    svg: str

    @property
    def title(self) -> str:
        """The caption with the type before it, for where no heading says it."""
        first = self.caption if self.caption.startswith("F1") else f"{self.caption[:1].lower()}{self.caption[1:]}"
        return f"{HEADINGS[self.type]}: {first}"

    def inline(self) -> str:
        """For a page: in the page's colours, with ids that no other drawing has."""
        drawn = self.svg.replace(_INK, "currentColor").replace(_RULE, "var(--rule)")
        drawn = re.sub(r'\bid="', f'id="{self.name}-', drawn)
        drawn = re.sub(r'(href="|url\()#', rf"\1#{self.name}-", drawn)
        marks = f'role="img" aria-labelledby="{self.name}-title {self.name}-desc"'
        return _opened(drawn, marks, f"{self.name}-title", f"{self.name}-desc", self)

    def alone(self) -> str:
        """For a file: dark on white, whatever surrounds it."""
        drawn = self.svg.replace(_INK, "#24292f").replace(_RULE, "#c4cad1")
        opened = _opened(drawn, 'role="img" aria-labelledby="title desc"', "title", "desc", self)
        paper = '<rect width="100%" height="100%" fill="#ffffff"/>'
        return opened.replace("</desc>", f"</desc>{paper}", 1) + "\n"


def _opened(drawn: str, marks: str, title: str, desc: str, plot: Plot) -> str:
    words = f'<title id="{title}">{escape(plot.title)}</title><desc id="{desc}">{escape(plot.description)}</desc>'
    return re.sub(r"<svg ([^>]*)>", lambda found: f"<svg {found[1]} {marks}>{words}", drawn, count=1)


def plots_of(runs: Sequence[Scores]) -> dict[RecordType, list[Plot]]:
    """The plots of every type that has something to show; every run goes by its engine's name and keeps its colour.

    A run that predicted nothing of a type is left out of that type's plots, unless it is the first: the measured one.
    """
    drawn = [
        _Run(
            plain(run.run.engine_spec),
            COLOURS[number % len(COLOURS)],
            MARKERS[number % len(MARKERS)],
            run,
            figures(run.tallies),
        )
        for number, run in enumerate(runs)
    ]
    return {kind: [plot for plot in _plots(kind, drawn) if plot is not None] for kind in TYPES}


@dataclass(frozen=True)
class _Run:
    """A run with how it is drawn."""

    name: str
    colour: str
    marker: str
    scores: Scores
    figures: dict[str, Figure]


def _plots(kind: RecordType, runs: Sequence[_Run]) -> list[Plot | None]:
    measured, *others = runs
    shown = [measured, *(run for run in others if took_part(run.scores, kind))]
    return [_bars(kind, shown), _precision_recall(kind, shown), _reliability(kind, measured), _sweep(kind, shown)]


def _bars(kind: RecordType, runs: Sequence[_Run]) -> Plot | None:
    groups = {
        name: label for name, label in _GROUPS.items() if any(run.figures[f"{kind}.{name}"].known for run in runs)
    }
    if not groups:
        return None
    width = 0.8 / len(runs)

    def paint(axes: Axes) -> None:
        for number, run in enumerate(runs):
            aside = width * (number - (len(runs) - 1) / 2)
            every = [(place + aside, run.figures[f"{kind}.{name}"]) for place, name in enumerate(groups)]
            shown = [(place, bar) for place, bar in every if bar.known]
            places, bars = [place for place, _ in shown], [bar for _, bar in shown]
            axes.bar(places, [bar.value for bar in bars], width * 0.9, color=run.colour, label=run.name)
            for place, bar in shown:
                if not math.isnan(bar.low):
                    axes.plot([place, place], [bar.low, bar.high], color=_INK, linewidth=1, marker="_", markersize=5)
        axes.set_xticks(range(len(groups)), list(groups.values()))
        axes.set_ylim(0, 1)
        axes.grid(visible=False, axis="x")

    told = [
        f"{run.name}: "
        + "; ".join(f"{label} {in_words(run.figures[f'{kind}.{key}'])}" for key, label in groups.items())
        for run in runs
    ]
    return _drawn(kind, "scores", "Precision, recall and F1 with 95 % intervals", told, paint)


def in_words(figure: Figure) -> str:
    """``0.43 (12 of 28, 95 % interval 0.31 to 0.55)``: a figure to be read aloud."""
    if not figure.known:
        return "not known"
    about = []
    if figure.k is not None and figure.n is not None:
        about.append(f"{figure.k:,.0f} of {figure.n:,.0f}")
    if not math.isnan(figure.low):
        about.append(f"95 % interval {figure.low:.2f} to {figure.high:.2f}")
    return f"{figure.value:.2f}" + (f" ({', '.join(about)})" if about else "")


def _precision_recall(kind: RecordType, runs: Sequence[_Run]) -> Plot | None:
    curves = [steps_of(curve(run.scores.tallies, kind)) for run in runs]
    if not any(curves):
        return None

    def paint(axes: Axes) -> None:
        for run, points in zip(runs, curves, strict=True):
            if points:
                recall, precision = [point[0] for point in points], [point[1] for point in points]
                axes.plot(recall, precision, color=run.colour, linewidth=1.8, drawstyle="steps-pre")
            whole = run.figures[f"{kind}.recall"], run.figures[f"{kind}.precision"]
            if all(figure.known for figure in whole):
                at, up = [whole[0].value], [whole[1].value]
                axes.plot(at, up, color=run.colour, marker=run.marker, ls="none", label=run.name, clip_on=False)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="recall", ylabel="precision")

    told = [
        f"{run.name}, from the most confident predictions to all: "
        + ", ".join(f"recall {points[at][0]:.2f} at precision {points[at][1]:.2f}" for at in _quarters(len(points)))
        for run, points in zip(runs, curves, strict=True)
        if points
    ]
    told.append("Each marker is all that a run predicts")
    return _drawn(
        kind, "precision-recall", "Precision against recall as less confident predictions are shown", told, paint
    )


def steps_of(points: Sequence[tuple[float, float, float]]) -> list[tuple[float, float]]:
    """(recall, precision) at every confidence down to which predictions can be shown.

    Predictions of one confidence are shown together or not at all. Nothing is drawn before the first that is right:
    there is no recall yet to have a precision at.
    """
    last = {stated: (recall, precision) for stated, precision, recall in points}
    return [point for point in last.values() if point[0] > 0]


def _quarters(number: int) -> list[int]:
    return sorted({max(0, math.ceil(number * part / 4) - 1) for part in (1, 2, 3, 4)})


def _reliability(kind: RecordType, run: _Run) -> Plot | None:
    stated = reliability(run.scores.tallies, kind)
    if stated is None:
        return None
    caption = "Whether confidence means what it says"
    if stated.number < ENOUGH:
        said = f"Too few to judge: {count(stated.number, 'prediction')} with a confidence, where {ENOUGH} are needed."
        return Plot(f"{kind}-reliability", kind, caption, said, "")
    sizes = sorted({one.number for one in merged(stated.bins)})
    each = f"{sizes[0]} to {sizes[-1]}" if sizes[1:] else f"{sizes[0]}"
    bins = [(one, exact_interval(round(one.right * one.number), one.number)) for one in merged(stated.bins)]

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=_INK, linewidth=1, linestyle=(0, (4, 3)), label="as stated")
        said, right = [one.stated for one, _ in bins], [one.right for one, _ in bins]
        off = [[one.right - low for one, (low, _) in bins], [high - one.right for one, (_, high) in bins]]
        label = f"{run.name}, {each} predictions a point, 95 % intervals"
        axes.errorbar(
            said, right, yerr=off, color=run.colour, lw=1.4, elinewidth=1, capsize=2, marker="o", ms=4.5,
            label=label, clip_on=False,
        )  # fmt: skip
        apart = all(other - one >= APART for one, other in pairwise(said))
        for one, _ in bins if apart else ():
            axes.annotate(f"{one.number}", (one.stated, one.right), (5, -9), textcoords="offset points", fontsize=7.5)
        axes.set(xlim=(0, 1), ylim=(0, 1), xlabel="stated confidence", ylabel="share that is right")

    told = [
        f"Of {count(one.number, 'prediction')} stated at {one.stated:.2f} on average, {one.right:.2f} are right "
        f"(95 % interval {low:.2f} to {high:.2f})"
        for one, (low, high) in bins
    ]
    told.append(f"ECE {in_words(stated.ece)}; AUROC {in_words(stated.auroc)}; {stated.number:,} predictions in all")
    return _drawn(kind, "reliability", caption, told, paint)


def merged(bins: Sequence[Bin], least: int = IN_BIN) -> list[Bin]:
    """Neighbouring bins joined until each holds at least ``least`` predictions; what is left over joins the last."""
    joined: list[Bin] = []
    for one in bins:
        if joined and joined[-1].number < least:
            joined[-1] = _together(joined[-1], one)
        else:
            joined.append(one)
    if joined[1:] and joined[-1].number < least:
        last = joined.pop()
        joined[-1] = _together(joined[-1], last)
    return joined


def _together(one: Bin, other: Bin) -> Bin:
    number = one.number + other.number
    return Bin(
        (one.stated * one.number + other.stated * other.number) / number,
        (one.right * one.number + other.right * other.number) / number,
        number,
    )


def _sweep(kind: RecordType, runs: Sequence[_Run]) -> Plot | None:
    swept = [[(at, figure.value) for at, figure in sweep(run.scores.tallies, kind) if figure.known] for run in runs]
    if not any(swept):
        return None
    threshold = runs[0].scores.threshold

    def paint(axes: Axes) -> None:
        for run, points in zip(runs, swept, strict=True):
            at, values = [point[0] for point in points], [point[1] for point in points]
            axes.plot(at, values, color=run.colour, marker=run.marker, ms=4, lw=1.4, label=run.name, clip_on=False)
        axes.axvline(threshold, color=_INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.set(xlim=(0.05, 0.95), ylim=(0, 1), xlabel="probability from which a pair matches", ylabel="F1")

    told = [
        f"{run.name}: F1 " + ", ".join(f"{value:.2f} at {at:.1f}" for at, value in points)
        for run, points in zip(runs, swept, strict=True)
        if points
    ]
    told.append(f"The broken line is the headline's threshold, {threshold:g}")
    return _drawn(kind, "threshold", "F1 at other thresholds of the matching", told, paint)


def _drawn(kind: RecordType, name: str, caption: str, told: Sequence[str], paint: Callable[[Axes], None]) -> Plot:
    logging.getLogger("matplotlib").setLevel(logging.ERROR)
    import matplotlib
    from matplotlib.figure import Figure as Canvas

    with matplotlib.rc_context():
        matplotlib.rcdefaults()
        matplotlib.rcParams.update(_STYLE)
        canvas = Canvas(figsize=SIZE, layout="constrained")
        axes = canvas.add_subplot()
        paint(axes)
        handles, labels = axes.get_legend_handles_labels()
        if labels:
            in_one_line = sum(len(label) + 6 for label in labels) <= LEGEND
            columns = len(labels) if in_one_line else 2
            canvas.legend(handles, labels, loc="outside upper left", ncols=columns, handlelength=1.4)
        drawn = io.StringIO()
        canvas.savefig(drawn, format="svg", metadata=dict.fromkeys(("Date", "Creator", "Format", "Type")))
    text = drawn.getvalue()
    text = text[text.index("<svg") :].replace("'DejaVu Sans'", _FONT)
    return Plot(f"{kind}-{name}", kind, caption, ". ".join(told).replace("\n", " ") + ".", text.strip())
