"""A stored run together with the labelled conversations that it ran on."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import Voice

if TYPE_CHECKING:
    from extractor.scoring.datasets import Dataset
    from extractor.scoring.labelled import Labelled
    from extractor.scoring.runs import RunFolder, RunInfo
    from extractor.scoring.verdicts import Verdicts

VERDICTS_FILE = "verdicts.jsonl"


def countable(path: Path, voice: Voice) -> Dataset:
    """A dataset whose conversations can be told apart; raises DatasetError where two have one id.

    Other flaws of its labels are said to be there.
    """
    from collections import Counter

    from extractor.errors import DatasetError
    from extractor.reports.text import count
    from extractor.scoring.datasets import read_dataset
    from extractor.scoring.validation import flaws_of

    data = read_dataset(path)
    name, times = Counter(row.id for row in data.rows).most_common(1)[0]
    if times > 1:
        what = f"{data.name} has {times} conversations with the id {name!r}."
        raise DatasetError(what, f"Give each its own; decisions eval validate {path} lists every flaw.")
    flaws = len(flaws_of(data)) - len(data.flaws)
    if flaws:
        voice.warn(f"{data.name} has {count(flaws, 'flaw')} in its labels; decisions eval validate {path} lists them.")
    return data


def verdicts_of(folder: RunFolder, given: Path | None) -> Verdicts:
    """The judgements in the file that is given, else in the run's folder, where there need be none.

    Raises DatasetError for a given file that is not there, and for one that is damaged.
    """
    from extractor.errors import DatasetError
    from extractor.scoring.verdicts import read_verdicts

    if given is not None and not given.exists():
        raise DatasetError(f"There is no file of verdicts {given}.", "Name one that decisions eval adjudicate wrote.")
    return read_verdicts(given or folder.path / VERDICTS_FILE)


def rows_of(folder: RunFolder, moved_to: Path | None, voice: Voice) -> tuple[RunInfo, Sequence[Labelled]]:
    """The run's description and its rows. Raises DatasetError where the run or its dataset is not there.

    Labels that changed since are said: the scores are then those of the labels as they are now. So are rows of it that
    cannot be read.
    """
    from extractor.errors import DatasetError

    info = folder.info()
    path = moved_to or Path(info.dataset_path)
    if moved_to is None and not path.exists():
        raise DatasetError(f"The dataset of this run is not at {path}.", "Say with --dataset where it is now.")
    data = countable(path, voice)
    for flaw in data.flaws:
        voice.warn(f"{flaw}.")
    if data.sha256 != info.dataset_sha256:
        voice.warn(f"{data.name} has changed since the run; it is scored against the labels as they are now.")
    return info, data.part(info.split, info.limit, info.sample)
