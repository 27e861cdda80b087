"""``decisions eval run``: an engine over a dataset, stored and scored."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import DONE, NOTHING, PARTLY, Quiet, Voice
from extractor.cli.eval.options import Baselines, Beside, DatasetPath, ScoresFormat, TableFormat, VerdictsFile

if TYPE_CHECKING:
    from collections.abc import Sequence

    from extractor.cli.eval.engine import Answering
    from extractor.scoring.datasets import Dataset
    from extractor.scoring.labelled import Labelled
    from extractor.scoring.runs import RunFolder, RunInfo


def run(
    dataset: DatasetPath,
    out: Annotated[Path, typer.Option("--out", "-o", metavar="DIR", help="Folder of the run; taken up if begun.")],
    engine: Annotated[
        str | None,
        typer.Option(
            "--engine", "-e", metavar="NAME", help="local, openai:MODEL, or a baseline: cues, everything, plain:MODEL."
        ),
    ] = None,
    split: Annotated[str | None, typer.Option("--split", metavar="NAME", help="Only this split.")] = None,
    limit: Annotated[int | None, typer.Option("--limit", min=1, help="Only the first N conversations.")] = None,
    sample: Annotated[
        int | None, typer.Option("--sample", min=1, help="N conversations drawn by chance, the same every time.")
    ] = None,
    jobs: Annotated[int, typer.Option("--jobs", "-j", min=1, help="Conversations at a time.")] = 1,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="DIR", help="Let recorded answers stand in for the model; no key is needed."),
    ] = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="DIR", help="Keep the model's answers there; known ones are used."),
    ] = None,
    verdicts: VerdictsFile = None,
    beside: Beside = None,
    baselines: Baselines = True,
    output_format: ScoresFormat = TableFormat.table,
    quiet: Quiet = False,
) -> None:
    """Run an engine over labelled conversations and print its scores, each with its interval, beside the baselines.

    Every result is stored as it is done: an interrupted run is taken up where it stopped, and conversations that
    failed are tried again. The baselines that cost nothing run beside it; plain:MODEL is a run of its own (--beside).

    Exit codes: 0 all done; 1 done in part, what failed is listed; 2 wrong dataset or usage; 3 the engine could not run.
    """
    from extractor.cli.eval.engine import answering
    from extractor.cli.eval.showing import ceilings, counted, show
    from extractor.cli.eval.stored import countable, verdicts_of
    from extractor.scoring.runs import RunFolder, read_scores

    voice = Voice(quiet)
    others = [read_scores(path) for path in beside or []]
    data = countable(dataset, voice)
    rows = data.part(split, limit, sample)
    folder = RunFolder(out)
    verdicts_of(folder, verdicts)
    with answering(engine, answers, record, voice) as by:
        info = _begin(folder, data, dataset, by, (split, limit, sample), len(rows))
        failed = _run(folder, info, rows, by, jobs, voice)
        folder.settle(row.id for row in data.rows)
    results = folder.results()
    for flaw in data.flaws:
        voice.insist(f"Error: {flaw}")
    if rows and failed == len(rows):
        voice.insist("Error: no conversation was processed, so there is nothing to score.")
        raise typer.Exit(NOTHING)
    show(
        [*counted(rows, results, folder, verdicts, baselines, voice), *others],
        ceilings(rows, results, info),
        output_format,
    )
    voice.say(f"Stored in {out}. Next: decisions eval report {out}")
    gaps = sum(one.records is not None and bool(one.records.unprocessed) for one in results.values())
    if gaps:
        voice.insist(
            f"Error: of {gaps} conversations some turns were not processed; they count as if nothing was there."
        )
    raise typer.Exit(PARTLY if failed or gaps or data.flaws else DONE)


def _begin(
    folder: RunFolder,
    data: Dataset,
    path: Path,
    by: Answering,
    part: tuple[str | None, int | None, int | None],
    conversations: int,
) -> RunInfo:
    """The run's description, stored; raises UsageError where the folder holds another run."""
    import datetime as dt

    from extractor import __version__
    from extractor.errors import UsageError
    from extractor.scoring.runs import RESULTS_FILE, RunInfo

    split, limit, sample = part
    info = RunInfo.model_validate(
        {
            "decisions_version": __version__,
            "dataset": data.name,
            "dataset_path": str(path.resolve()),
            "dataset_sha256": data.sha256,
            "split": split,
            "limit": limit,
            "sample": sample,
            "conversations": conversations,
            "engine": by.make().info,
            "engine_spec": by.spec,
            "answered_by": by.answered_by,
            "started_at": dt.datetime.now(dt.UTC).replace(microsecond=0),
        }
    )
    if folder.exists:
        known = folder.info()
        if why := info.other_than(known):
            what = f"{folder.path} holds another run, {known.engine_spec} on {known.dataset}: it has {why}."
            raise UsageError(what, "Choose another --out; `decisions eval score` counts what is there.")
        info = info.model_copy(update={"started_at": known.started_at})
    elif (folder.path / RESULTS_FILE).exists():
        raise UsageError(f"{folder.path} holds results of nobody knows which run.", "Choose another --out.")
    folder.write_info(info)
    return info


def _run(folder: RunFolder, info: RunInfo, rows: Sequence[Labelled], by: Answering, jobs: int, voice: Voice) -> int:
    """Runs what has no good result yet; returns how many conversations failed."""
    import datetime as dt

    from extractor.scoring.running import run

    done = {one.id for one in folder.results().values() if one.error is None}
    left = [row for row in rows if row.id not in done]
    if len(left) < len(rows):
        voice.say(f"{len(rows) - len(left)} of {len(rows)} conversations are done already.")
    failed, good = 0, len(rows) - len(left)
    try:
        with voice.progress() as progress:
            task = progress.add_task("Running", total=len(rows), completed=good)
            for result in map(by.named, run(left, by.make, jobs)):
                folder.append(result)
                progress.advance(task)
                if result.error is None:
                    good += 1
                else:
                    failed += 1
                    voice.insist(f"Error: {result.id}: {result.error}")
    except BaseException:
        voice.say(f"{good} of {len(rows)} conversations are in {folder.path}; the same command takes it up there.")
        raise
    folder.write_info(info.model_copy(update={"finished_at": dt.datetime.now(dt.UTC).replace(microsecond=0)}))
    return failed
