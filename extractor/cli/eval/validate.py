"""``decisions eval validate``: a dataset checked."""

from __future__ import annotations

import typer

from extractor.cli.console import CHECK_FAILED, DONE, Quiet, Voice, put
from extractor.cli.eval.options import DatasetPath


def validate(dataset: DatasetPath, quiet: Quiet = False) -> None:
    """Check labelled conversations: the schema, misspelt keys, turn numbers, quotes, gaps, duplicates, and series that
    stand in two splits.

    What is odd and may be right, such as an owner whom nobody mentions, is a remark and changes no exit code.

    Exit codes: 0 nothing is wrong; 2 it is no dataset; 4 flaws were found, those of a row's schema on one line, every
    other on its own.
    """
    from collections import Counter

    from extractor.reports.text import count, plain
    from extractor.scoring.datasets import scan_dataset
    from extractor.scoring.labelled import SECTIONS
    from extractor.scoring.validation import flaws_of, remarks_of

    data = scan_dataset(dataset)
    flaws = flaws_of(data)
    put("".join(f"{plain(str(flaw))}\n" for flaw in flaws))
    counts = Counter({section: sum(len(row.gold.of(section)) for row in data.rows) for section in SECTIONS})
    words = sum(len(turn.text.split()) for row in data.rows for turn in row.conversation.turns)
    records = ", ".join(count(counts[name], name.removesuffix("s").replace("_", " ")) for name in SECTIONS)
    verdict = count(len(flaws), "flaw") if flaws else "no flaws"
    voice = Voice(quiet)
    for remark in remarks_of(data):
        voice.say(f"Remark: {remark}.")
    voice.say(f"{data.name}: {count(len(data.rows), 'conversation')}, {count(words, 'word')}, {records}; {verdict}.")
    raise typer.Exit(CHECK_FAILED if flaws else DONE)
