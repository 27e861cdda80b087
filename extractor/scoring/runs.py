"""A stored run: what an engine made of every conversation of a dataset, in a folder that can be taken up again.

``run.json`` says what ran on what; ``results.jsonl`` holds a line a conversation, written as each is done;
``scores.json`` holds the tallies, without a word of the conversations.
"""

from __future__ import annotations

import datetime as dt
import json
import os
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO, Final, Literal, TypeVar

from pydantic import ValidationError

from extractor.conversation import Model
from extractor.errors import DatasetError
from extractor.matching.similarity import Basis
from extractor.records import ConversationRecords, EngineInfo, Usage
from extractor.scoring.tally import Tally

RUN_FILE: Final = "run.json"
RESULTS_FILE: Final = "results.jsonl"
SCORES_FILE: Final = "scores.json"
M = TypeVar("M", bound=Model)
_REMEDY: Final = "Name the folder of a run, or run again with another --out."
_UNCOUNTED: Final = "Name the folder of a run that was counted (decisions eval score DIR), or a file of scores."


class RunInfo(Model):
    """What ran on what. ``dataset_sha256`` is over the dataset's files; ``answered_by`` says which model answered where
    answers were recorded; ``finished_at`` is None while conversations are left.
    """

    schema_version: Literal[1] = 1
    decisions_version: str
    dataset: str
    dataset_path: str
    dataset_sha256: str
    split: str | None = None
    limit: int | None = None
    sample: int | None = None
    conversations: int
    engine: EngineInfo
    engine_spec: str
    answered_by: str | None = None
    started_at: dt.datetime
    finished_at: dt.datetime | None = None

    def other_than(self, known: RunInfo) -> str | None:
        """Why results of this run cannot stand beside those of ``known`` in one folder; None where they can."""
        same = {
            "engine": (self.engine, self.engine_spec) == (known.engine, known.engine_spec),
            "dataset, or its labels have changed since": self.dataset_sha256 == known.dataset_sha256,
            "split": self.split == known.split,
            "version of decisions": self.decisions_version == known.decisions_version,
            "source of answers": self.answered_by == known.answered_by,
        }
        if not all(same.values()):
            return f"another {next(name for name, fits in same.items() if not fits)}"
        return "more conversations" if known.conversations > self.conversations else None


class Result(Model):
    """What became of one conversation: records, or the reason why there are none."""

    id: str
    records: ConversationRecords | None = None
    usage: Usage = Usage()
    error: str | None = None


class Scores(Model):
    """A run, counted. Figures are computed from the tallies; see :mod:`extractor.scoring.figures`.

    ``verdicts`` is how many judgements of people were at hand.
    """

    schema_version: Literal[1] = 1
    run: RunInfo
    basis: Basis = "evidence"
    calibration: str
    threshold: float
    verdicts: int = 0
    tallies: tuple[Tally, ...]

    @property
    def name(self) -> str:
        """``engine on dataset``, for headings."""
        part = f" ({self.run.split})" if self.run.split else ""
        return f"{self.run.engine_spec} on {self.run.dataset}{part}"


@dataclass(frozen=True)
class RunFolder:
    """A run's folder on disk."""

    path: Path

    @property
    def exists(self) -> bool:
        return (self.path / RUN_FILE).is_file()

    def info(self) -> RunInfo:
        """Raises DatasetError where the folder holds no run."""
        return _model(RunInfo, self.path / RUN_FILE, _REMEDY)

    def write_info(self, info: RunInfo) -> None:
        """Makes the folder where there is none. As all that write here, raises DatasetError where that fails."""
        with _writing(self.path):
            self.path.mkdir(parents=True, exist_ok=True)
        replace_file(self.path / RUN_FILE, info.model_dump_json(indent=1) + "\n")

    def results(self) -> dict[str, Result]:
        """The results by conversation; of two, the later. A last line that was cut off by a crash is left out.

        Raises DatasetError for any other line that is no result.
        """
        path = self.path / RESULTS_FILE
        *lines, rest = _read_bytes(path, _REMEDY).split(b"\n") if path.is_file() else [b""]
        found: dict[str, Result] = {}
        for number, line in enumerate(lines, 1):
            result = _result(line)
            if result is None:
                what = f"{path}, line {number} is no result."
                raise DatasetError(what, "Remove that line; its conversation is then run again.")
            found[result.id] = result
        last = _result(rest)
        return found | ({last.id: last} if last else {})

    def append(self, result: Result) -> None:
        """Adds a result and makes sure that it is on disk; what a crash left of an earlier one is cut away."""
        path = self.path / RESULTS_FILE
        with _writing(path), path.open("a+b") as file:
            _end_the_line(file)
            file.write(result.model_dump_json().encode("utf-8") + b"\n")
            file.flush()
            os.fsync(file.fileno())

    def settle(self, order: Iterable[str]) -> None:
        """Writes the results once more, each once, in the dataset's order."""
        found = self.results()
        lines = [found[one].model_dump_json() + "\n" for one in order if one in found]
        replace_file(self.path / RESULTS_FILE, "".join(lines))

    def write_scores(self, scores: Scores) -> None:
        replace_file(self.path / SCORES_FILE, scores_as_json(scores))


def read_scores(path: Path) -> Scores:
    """The scores in a run's folder or in a file of scores. Raises DatasetError where there are none."""
    return _model(Scores, path / SCORES_FILE if path.is_dir() else path, _UNCOUNTED)


def scores_as_json(scores: Scores) -> str:
    """Scores with a line a tally, so that a stored run is small and its changes can be read."""
    head = json.loads(scores.model_dump_json(exclude={"tallies"}))
    lines = ",\n".join(f"  {tally.model_dump_json(exclude_defaults=True)}" for tally in scores.tallies)
    body = json.dumps(head, indent=1, ensure_ascii=False).removesuffix("\n}")
    return f'{body},\n "tallies": [\n{lines}\n ]\n}}\n'


def replace_file(path: Path, text: str) -> None:
    """Writes a file whole or not at all; raises DatasetError where it cannot be written."""
    unfinished = path.with_name(f".{path.name}.{os.getpid()}.tmp")
    with _writing(path):
        try:
            with unfinished.open("w", encoding="utf-8", errors="backslashreplace") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            unfinished.replace(path)
        finally:
            with suppress(OSError):
                unfinished.unlink()


@contextmanager
def _writing(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        what = f"{path} cannot be written: {error.strerror}."
        raise DatasetError(what, "Make room there, or choose another place.") from None


def _result(line: bytes) -> Result | None:
    try:
        return Result.model_validate_json(line)
    except ValidationError:
        return None


def _end_the_line(file: BinaryIO) -> None:
    """Puts a file at its end, with its last line ended if it is a result and cut off if it is not."""
    size = file.seek(0, os.SEEK_END)
    file.seek(max(0, size - 1))
    if file.read(1) in (b"", b"\n"):
        return
    file.seek(0)
    start = file.read().rfind(b"\n") + 1
    file.seek(start)
    if _result(file.read()) is not None:
        file.write(b"\n")
    else:
        file.truncate(start)


def _read_bytes(path: Path, remedy: str) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        raise DatasetError(f"There is no {path}.", remedy) from None
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror}.", remedy) from None


def _model(kind: type[M], path: Path, remedy: str) -> M:
    try:
        return kind.model_validate_json(_read_bytes(path, remedy))
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise DatasetError(f"{path} is not what a run writes: {first['msg']}.", remedy) from None
