"""``decisions eval validate``: a dataset checked."""

from __future__ import annotations

import typer

from extractor.cli.console import CHECK_FAILED, DONE, Quiet, Voice, put
from extractor.cli.eval.options import DatasetPath


def validate(dataset: DatasetPath, quiet: Quiet = False) -> None:
    """Check labelled conversations: the schema, turn numbers, quotes, duplicates, and series that stand in two splits.

    Exit codes: 0 nothing is wrong; 2 it is no dataset; 4 flaws were found, each on a line.
    """
    from collections import Counter

    from extractor.reports.text import plain
    from extractor.scoring.datasets import read_dataset
    from extractor.scoring.labelled import SECTIONS
    from extractor.scoring.validation import flaws_of

    data = read_dataset(dataset)
    flaws = flaws_of(data)
    put("".join(f"{plain(str(flaw))}\n" for flaw in flaws))
    counts = Counter({section: sum(len(row.gold.of(section)) for row in data.rows) for section in SECTIONS})
    words = sum(len(turn.text.split()) for row in data.rows for turn in row.conversation.turns)
    records = ", ".join(f"{count} {section.replace('_', ' ')}" for section, count in counts.items())
    verdict = f"{len(flaws)} flaws" if flaws else "no flaws"
    Voice(quiet).say(f"{data.name}: {len(data.rows)} conversations, {words:,} words, {records}; {verdict}.")
    raise typer.Exit(CHECK_FAILED if flaws else DONE)
