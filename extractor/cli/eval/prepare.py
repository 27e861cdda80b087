"""``decisions eval prepare``: from transcripts and threads to rows that wait for labels."""

from __future__ import annotations

from typing import Annotated

import typer

from extractor.cli.console import DONE, PARTLY, Quiet, Sources, Voice, put
from extractor.cli.options import DateOrder, Out, SourceFormat, Speakers, StartedAt, Timezone


def prepare(
    files: Sources,
    out: Out = None,
    dataset: Annotated[str, typer.Option("--name", metavar="NAME", help="The dataset's name in every row.")] = "own",
    series: Annotated[str, typer.Option("--series", metavar="NAME", help="What these conversations belong to.")] = "",
    source_format: SourceFormat = None,
    started_at: StartedAt = None,
    speakers: Speakers = None,
    timezone: Timezone = None,
    date_order: DateOrder = None,
    quiet: Quiet = False,
) -> None:
    """Write conversations as rows of a dataset (a line each) with empty lists for you to fill in.

    Label what a careful member of the team would write into the log; then name under "complete" the types you labelled
    exhaustively, and check the file with `decisions eval validate`.

    Exit codes: 0 all done; 1 some sources could not be read; 2 none could.
    """
    from extractor.cli.outfile import check_out
    from extractor.cli.readings import Told, readings_of
    from extractor.reports.documents import json_text
    from extractor.reports.text import count
    from extractor.scoring.unlabelled import as_json, row_of

    voice = Voice(quiet)
    check_out(out)
    readings = readings_of(files, voice, Told(source_format, started_at, speakers, timezone, date_order), out)
    rows = [row_of(one, dataset, series) for reading in readings for one in reading.conversations]
    put("".join(json_text(as_json(row)) for row in rows), out)
    voice.say(f"{count(len(rows), 'conversation')} {'waits' if len(rows) == 1 else 'wait'} for labels.")
    voice.say(
        'Next: fill in the lists under "gold", name the types labelled exhaustively under "complete", then run: '
        f"decisions eval validate {out or 'FILE'}"
    )
    raise typer.Exit(PARTLY if any(reading.error for reading in readings) else DONE)
