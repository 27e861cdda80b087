"""Datasets on disk: ``.jsonl`` or ``.jsonl.gz`` (a conversation a line), ``.json`` (one), or a folder of these."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from pydantic import ValidationError

from extractor.errors import DatasetError
from extractor.scoring.labelled import Labelled

SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".json")


@dataclass(frozen=True)
class Flaw:
    """Something wrong in a dataset: where it stands, and what it is."""

    place: str
    what: str

    def __str__(self) -> str:
        return f"{self.place}: {self.what}"


@dataclass(frozen=True)
class Dataset:
    """What a dataset holds. ``places`` says for each row where it stands; ``flaws`` what could not be read.

    ``sha256`` is over the bytes of all its files, in the order of their names.
    """

    name: str
    sha256: str
    rows: tuple[Labelled, ...] = ()
    places: tuple[str, ...] = ()
    flaws: tuple[Flaw, ...] = field(default=())

    def part(
        self, split: str | None = None, limit: int | None = None, sample: int | None = None
    ) -> tuple[Labelled, ...]:
        """The rows of a split (all where none is named): the first ``limit``, or ``sample`` drawn by chance.

        The draw is the same every time, and a larger one holds a smaller one. Raises DatasetError where there is no
        such split.
        """
        rows = [row for row in self.rows if split is None or row.split == split]
        if not rows:
            splits = ", ".join(sorted({row.split for row in self.rows if row.split})) or "none"
            raise DatasetError(f"{self.name} has no split {split!r}.", f"It has: {splits}.")
        if sample is not None:
            drawn = {row.id for row in sorted(rows, key=lambda row: _lot(row.id))[:sample]}
            rows = [row for row in rows if row.id in drawn]
        return tuple(rows[:limit])


def _lot(name: str) -> bytes:
    return hashlib.sha256(f"sample\x1f{name}".encode("utf-8", "surrogatepass")).digest()


def read_dataset(path: Path) -> Dataset:
    """Reads a dataset; rows that are no labelled conversations become flaws. Raises DatasetError where none is one."""
    files = _files(path)
    digest = hashlib.sha256()
    rows: list[Labelled] = []
    places: list[str] = []
    flaws: list[Flaw] = []
    for file in files:
        data = _bytes(file)
        digest.update(data)
        for place, text in _entries(file, data):
            row = _row(place, text)
            if isinstance(row, Flaw):
                flaws.append(row)
            else:
                rows.append(row)
                places.append(place)
    if not rows:
        why = f": {flaws[0]}" if flaws else ""
        raise DatasetError(f"{path} holds no labelled conversation{why}.", "evals/LABELLING.md shows the format.")
    return Dataset(_name(path), digest.hexdigest(), tuple(rows), tuple(places), tuple(flaws))


def _files(path: Path) -> list[Path]:
    if path.is_dir():
        found = sorted(file for file in path.iterdir() if file.name.endswith(SUFFIXES) and file.is_file())
        if not found:
            raise DatasetError(f"The folder {path} holds no dataset.", f"Its files must end in {', '.join(SUFFIXES)}.")
        return found
    if not path.exists():
        raise DatasetError(f"There is no dataset {path}.", "Name a .jsonl, .jsonl.gz or .json file, or a folder.")
    if not path.name.endswith(SUFFIXES):
        raise DatasetError(f"{path} is no dataset by its name.", f"It must end in {', '.join(SUFFIXES)}.")
    return [path]


def _bytes(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError as error:
        raise DatasetError(f"{file} cannot be read: {error.strerror}.", "Check the path and its permissions.") from None


def _entries(file: Path, data: bytes) -> Iterator[tuple[str, str]]:
    """Where each conversation stands, and its JSON."""
    try:
        text = (gzip.decompress(data) if file.name.endswith(".gz") else data).decode("utf-8")
    except (OSError, EOFError, zlib.error, UnicodeDecodeError) as error:
        raise DatasetError(f"{file} is damaged: {error}.", "Fetch or write it again.") from None
    if file.name.endswith(".json"):
        yield file.name, text
        return
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            yield f"{file.name}, line {number}", line


def _row(place: str, text: str) -> Labelled | Flaw:
    try:
        return Labelled.model_validate(json.loads(text))
    except (json.JSONDecodeError, RecursionError) as error:
        return Flaw(place, f"it is not valid JSON ({error})")
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        where = ".".join(str(part) for part in first["loc"]) or "the conversation"
        return Flaw(place, f"{where}: {first['msg'][0].lower()}{first['msg'][1:]}")


def _name(path: Path) -> str:
    name = path.resolve().name
    return next((name.removesuffix(suffix) for suffix in (".jsonl.gz", *SUFFIXES) if name.endswith(suffix)), name)
