"""``decisions eval report``: a stored run as a page to read."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Voice, put
from extractor.cli.eval.options import Baselines, Beside, DatasetOverride, RunPath, VerdictsFile

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from extractor.records import RecordType
    from extractor.reports.evaluation.gallery import Gallery
    from extractor.reports.evaluation.page import Page
    from extractor.reports.evaluation.plots import Plot
    from extractor.scoring.labelled import Labelled
    from extractor.scoring.runs import Result, RunFolder, Scores


class PageFormat(StrEnum):
    """How the page is written."""

    html = "html"
    markdown = "markdown"


def report(
    run: RunPath,
    dataset: DatasetOverride = None,
    verdicts: VerdictsFile = None,
    beside: Beside = None,
    baselines: Baselines = True,
    out: Annotated[
        Path | None,
        typer.Option("--out", "-o", metavar="FILE|DIR", help="Where to write; DIR/report.html unless told otherwise."),
    ] = None,
    page_format: Annotated[
        PageFormat, typer.Option("--format", "-f", help="One page of HTML, or Markdown with its plots beside it.")
    ] = PageFormat.html,
    errors: Annotated[int, typer.Option("--errors", min=0, help="Errors to show of each kind.")] = 50,
    quiet: Quiet = False,
) -> None:
    """Write a stored run as a page: its figures and plots beside the baselines, and its errors in their context.

    The page needs no network and no other file. Markdown has its plots in files beside it; without --out it is printed,
    without plots. The same run, labels and verdicts give the same bytes. The page holds words of the conversations.

    Exit codes: 0 written; 1 written, with conversations that failed or are missing; 2 wrong folder, dataset or usage.
    """
    target = _target(run, out, page_format)
    drawing = page_format is PageFormat.html or (target is not None and not _is_stream(target))
    if drawing:
        _must_have_plots()

    from extractor.cli.eval.showing import ceilings, counted
    from extractor.cli.eval.stored import rows_of
    from extractor.cli.outfile import check_out
    from extractor.reports.evaluation.page import distinct, page_of
    from extractor.scoring.runs import RunFolder, read_scores

    voice = _Noting(quiet)
    others = [read_scores(path) for path in beside or []]
    folder = RunFolder(run)
    info, rows = rows_of(folder, dataset, voice)
    _make_folder(target)
    check_out(target)
    results = folder.results()
    measured, *free = counted(rows, results, folder, verdicts, baselines, voice)
    runs = distinct([measured, *map(_untimed, free), *others])
    found = _errors(rows, results, folder, verdicts, errors, voice)
    page = page_of(runs, ceilings(rows, results, info), found, voice.notes, _plots(runs) if drawing else {})
    _write(page, page_format, target, drawing)
    if target is not None:
        voice.say(f"Written to {target}.")
    raise typer.Exit(DONE if all(row.id in results and not results[row.id].error for row in rows) else PARTLY)


@dataclass(frozen=True)
class _Noting(Voice):
    """A voice whose warnings stand on the page too."""

    notes: list[str] = field(default_factory=list)

    def warn(self, text: str) -> None:
        self.notes.append(text)
        super().warn(text)


def _must_have_plots() -> None:
    from importlib.util import find_spec

    from extractor.errors import UsageError

    if find_spec("matplotlib") is None:
        what = "A report with plots needs matplotlib, which is not installed here."
        raise UsageError(what, "Install it: pip install 'decisions[eval]'")


def _target(run: Path, out: Path | None, page_format: PageFormat) -> Path | None:
    """The file to write, None for standard output. A name without an ending that is not there is a folder's."""
    name = "report.html" if page_format is PageFormat.html else "report.md"
    if out is None:
        return run / name if page_format is PageFormat.html else None
    return out / name if out.is_dir() or not (out.exists() or out.suffix) else out


def _is_stream(target: Path) -> bool:
    """Whether it is a device or a pipe, beside which no file can stand."""
    return target.exists() and not target.is_file()


def _make_folder(target: Path | None) -> None:
    from extractor.errors import UsageError

    if target is None or target.parent.exists():
        return
    try:
        target.parent.mkdir()
    except OSError as error:
        what = f"The folder {target.parent} cannot be made: {error.strerror}."
        raise UsageError(what, "Choose another --out.") from None


def _untimed(scores: Scores) -> Scores:
    """A baseline is run again for every report: its seconds would differ each time."""
    from extractor.records import Usage

    tallies = tuple(tally.model_copy(update={"usage": Usage()}) for tally in scores.tallies)
    return scores.model_copy(update={"tallies": tallies})


def _errors(
    rows: Sequence[Labelled],
    results: Mapping[str, Result],
    folder: RunFolder,
    verdicts: Path | None,
    most: int,
    voice: Voice,
) -> Gallery:
    from extractor.cli.eval.stored import verdicts_of
    from extractor.reports.evaluation.gallery import gallery
    from extractor.scoring.counting import scorer

    by = scorer(verdicts=verdicts_of(folder, verdicts))
    with voice.progress() as progress:
        task = progress.add_task("Collecting errors", total=len(rows))
        return gallery(rows, results, by, most, lambda _: progress.advance(task))


def _plots(runs: Sequence[Scores]) -> dict[RecordType, list[Plot]]:
    from extractor.reports.evaluation.plots import plots_of

    return plots_of(runs)


def _write(page: Page, page_format: PageFormat, target: Path | None, drawing: bool) -> None:
    if page_format is PageFormat.html:
        from extractor.reports.evaluation.page import as_html

        put(as_html(page), target)
        return
    from extractor.reports.evaluation.paper import as_paper

    pictures: dict[str, str] = {}
    if drawing and target is not None:
        for plot in (plot for section in page.sections for plot in section.plots if plot.svg):
            pictures[plot.name] = f"{target.stem}-{plot.name.replace('_', '-')}.svg"
            put(plot.alone(), target.with_name(pictures[plot.name]))
    put(as_paper(page, pictures), target)
