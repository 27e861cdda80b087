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
from typing import TYPE_CHECKING, Any, Final

from extractor.records import RecordType
from extractor.reports.evaluation.tables import HEADINGS, figure_text
from extractor.reports.text import count, plain
from extractor.scoring.confidence import curve, reliability
from extractor.scoring.figures import TYPES, Figure, figures, sweep
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
    "precision_adjudicated": "precision,\nadjudicated",
    "recall": "recall",
    "f1": "F1",
}


@dataclass(frozen=True)
class Plot:
    """A drawing. ``description`` says in words what it shows, for those who cannot see it."""

    name: str
    type: RecordType
    caption: str
    description: str
    svg: str

    @property
    def title(self) -> str:
        """The caption with the type before it, for where no heading says it."""
        return f"{HEADINGS[self.type]}: {self.caption[:1].lower()}{self.caption[1:]}"

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
    """The plots of every type that has something to show; every run goes by its engine's name."""
    names = [plain(run.run.engine_spec) for run in runs]
    return {kind: [plot for plot in _plots(kind, runs, names) if plot is not None] for kind in TYPES}


def _plots(kind: RecordType, runs: Sequence[Scores], names: Sequence[str]) -> list[Plot | None]:
    found = [figures(run.tallies) for run in runs]
    return [
        _bars(kind, found, names),
        _precision_recall(kind, runs, found, names),
        _reliability(kind, runs, names),
        _sweep(kind, runs, names),
    ]


def _bars(kind: RecordType, found: Sequence[dict[str, Figure]], names: Sequence[str]) -> Plot | None:
    groups = {name: label for name, label in _GROUPS.items() if any(one[f"{kind}.{name}"].known for one in found)}
    if not groups:
        return None
    width = 0.8 / len(found)

    def paint(axes: Axes) -> None:
        for number, one in enumerate(found):
            aside = width * (number - (len(found) - 1) / 2)
            every = [(place + aside, one[f"{kind}.{name}"]) for place, name in enumerate(groups)]
            shown = [(place, bar) for place, bar in every if bar.known]
            places, bars = [place for place, _ in shown], [bar for _, bar in shown]
            colour = COLOURS[number % len(COLOURS)]
            axes.bar(places, [bar.value for bar in bars], width * 0.9, color=colour, label=names[number])
            for place, bar in shown:
                if not math.isnan(bar.low):
                    axes.plot([place, place], [bar.low, bar.high], color=_INK, linewidth=1, marker="_", markersize=5)
        axes.set_xticks(range(len(groups)), list(groups.values()))
        axes.set_ylim(0, 1)
        axes.grid(visible=False, axis="x")

    told = [
        f"{name}: " + ", ".join(f"{label} {figure_text(one[f'{kind}.{key}'])}" for key, label in groups.items())
        for name, one in zip(names, found, strict=True)
    ]
    caption = "Precision, recall and F1 with 95 % intervals"
    return _drawn(kind, "scores", caption, told, paint)


def _precision_recall(
    kind: RecordType, runs: Sequence[Scores], found: Sequence[dict[str, Figure]], names: Sequence[str]
) -> Plot | None:
    curves = [curve(run.tallies, kind) for run in runs]
    if not any(curves):
        return None
    told = [
        f"{names[number]}, from the most confident down: "
        + ", ".join(f"recall {points[at][2]:.2f} at precision {points[at][1]:.2f}" for at in _quarters(len(points)))
        for number, points in enumerate(curves)
        if points
    ]

    def paint(axes: Axes) -> None:
        for number, points in enumerate(curves):
            colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
            if points:
                recall, precision = [point[2] for point in points], [point[1] for point in points]
                axes.plot(recall, precision, color=colour, linewidth=1.8, drawstyle="steps-pre")
            whole = found[number][f"{kind}.recall"], found[number][f"{kind}.precision"]
            if all(figure.known for figure in whole):
                recall, precision = [whole[0].value], [whole[1].value]
                axes.plot(recall, precision, color=colour, marker=marker, ls="none", label=names[number], clip_on=False)
        _square(axes, "recall", "precision")

    caption = "Precision against recall as less confident predictions are shown"
    told.append("A point is all that a run predicts")
    return _drawn(kind, "precision-recall", caption, told, paint)


def _quarters(number: int) -> list[int]:
    return sorted({max(0, math.ceil(number * part / 4) - 1) for part in (1, 2, 3, 4)})


def _reliability(kind: RecordType, runs: Sequence[Scores], names: Sequence[str]) -> Plot | None:
    stated = reliability(runs[0].tallies, kind)
    if stated is None:
        return None

    sizes = sorted({one.number for one in stated.bins})
    each = f"{sizes[0]} to {sizes[-1]} predictions" if sizes[1:] else count(sizes[0], "prediction")

    def paint(axes: Axes) -> None:
        axes.plot([0, 1], [0, 1], color=_INK, linewidth=1, linestyle=(0, (4, 3)), label="as stated")
        said, right = [one.stated for one in stated.bins], [one.right for one in stated.bins]
        label = f"{names[0]}, {each} a point"
        axes.plot(said, right, color=COLOURS[0], lw=1.4, marker="o", ms=5, label=label, clip_on=False)
        _square(axes, "stated confidence", "share that is right")

    told = [
        f"{count(one.number, 'prediction')} stated at {one.stated:.2f}, {one.right:.2f} right" for one in stated.bins
    ]
    told.append(f"ECE {figure_text(stated.ece)}, AUROC {figure_text(stated.auroc)}, {stated.number} in all")
    return _drawn(kind, "reliability", "Whether confidence means what it says", told, paint)


def _sweep(kind: RecordType, runs: Sequence[Scores], names: Sequence[str]) -> Plot | None:
    swept = [[(at, figure.value) for at, figure in sweep(run.tallies, kind) if figure.known] for run in runs]
    if not any(swept):
        return None

    def paint(axes: Axes) -> None:
        for number, points in enumerate(swept):
            colour, marker = COLOURS[number % len(COLOURS)], MARKERS[number % len(MARKERS)]
            at, values = [point[0] for point in points], [point[1] for point in points]
            axes.plot(at, values, color=colour, marker=marker, ms=4, lw=1.4, label=names[number], clip_on=False)
        axes.axvline(runs[0].threshold, color=_INK, linewidth=1, linestyle=(0, (4, 3)))
        axes.set(xlim=(0.05, 0.95), ylim=(0, 1), xlabel="probability from which a pair matches", ylabel="F1")

    told = [
        f"{name}: " + ", ".join(f"{value:.2f} at {at:.1f}" for at, value in points)
        for name, points in zip(names, swept, strict=True)
        if points
    ]
    caption = "F1 at other thresholds of the matching"
    told.append(f"The broken line is the headline's threshold, {runs[0].threshold:g}")
    return _drawn(kind, "threshold", caption, told, paint)


def _square(axes: Axes, along: str, up: str) -> None:
    axes.set(xlim=(0, 1), ylim=(0, 1), xlabel=along, ylabel=up)


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
