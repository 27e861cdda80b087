"""Datasets on disk: ``.jsonl`` or ``.jsonl.gz`` (a conversation a line), ``.json`` (one), or a folder of these."""

from __future__ import annotations

import gzip
import hashlib
import json
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from extractor.errors import DatasetError
from extractor.scoring.labelled import Labelled

SUFFIXES: Final = (".jsonl", ".jsonl.gz", ".json")
FORMAT: Final = (
    'A row is {"id", "conversation": {"kind", "turns"}, "gold": {"decisions", "action_items", "open_questions"}, '
    '"complete"}; decisions eval prepare writes such rows from transcripts and threads.'
)
"""The format of a row in one sentence, for whoever has only the installed package."""

_SHOWN: Final = 40
"""The most characters of a wrong value that are said."""

_DATE: Final = "a date (2026-03-05) or a moment (2026-03-05T10:00:00Z)"
_NOUNS: Final = {
    "string_type": "text",
    "int_type": "a whole number",
    "int_parsing": "a whole number",
    "int_from_float": "a whole number",
    "float_type": "a number",
    "float_parsing": "a number",
    "bool_type": "true or false",
    "bool_parsing": "true or false",
    "tuple_type": "a list",
    "dict_type": "an object",
    "model_type": "an object",
    "model_attributes_type": "an object",
    "value_error": _DATE,
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": _DATE,
    "datetime_type": _DATE,
    "datetime_parsing": _DATE,
    "datetime_from_date_parsing": _DATE,
}
"""What a field must hold, by the kind of pydantic's complaint; of our validators only that of dates complains."""


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
    data = scan_dataset(path)
    if not data.rows:
        raise _nothing_in(path, f": {data.flaws[0]}")
    return data


def scan_dataset(path: Path) -> Dataset:
    """As ``read_dataset``, but a dataset in which no row can be read is one of flaws alone.

    Raises DatasetError where it cannot be opened or has no rows at all.
    """
    digest = hashlib.sha256()
    rows: list[Labelled] = []
    places: list[str] = []
    flaws: list[Flaw] = []
    for file in _files(path):
        data = _bytes(file)
        digest.update(data)
        for place, text in _entries(file, data):
            row = _row(place, text)
            if isinstance(row, Flaw):
                flaws.append(row)
            else:
                rows.append(row)
                places.append(place)
    if not rows and not flaws:
        raise _nothing_in(path)
    return Dataset(_name(path), digest.hexdigest(), tuple(rows), tuple(places), tuple(flaws))


def _nothing_in(path: Path, why: str = "") -> DatasetError:
    return DatasetError(f"{path} holds no labelled conversation{why.rstrip('.')}.", FORMAT)


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
    """A row, or everything that is wrong with its schema as one flaw."""
    try:
        data = json.loads(text)
    except RecursionError:
        return Flaw(place, "it is not valid JSON (it is nested too deep)")
    except json.JSONDecodeError as error:
        return Flaw(place, f"it is not valid JSON ({error})")
    except ValueError:  # Python reads no whole number of more than 4,300 digits
        return Flaw(place, "it holds a number with too many digits")
    try:
        return Labelled.model_validate(data)
    except RecursionError:
        return Flaw(place, "it is nested too deep")
    except ValidationError as error:
        return Flaw(place, "; ".join(_complaints(error.errors(include_url=False), data)))


def _complaints(errors: Iterable[ErrorDetails], data: object) -> Iterator[str]:
    """What is wrong, each once: the same fault in further members of a list is counted."""
    places: dict[tuple[str | int, ...], list[ErrorDetails]] = {}
    for error in errors:
        places.setdefault(_reached(error, data), []).append(error)
    alike: dict[tuple[tuple[str | int, ...], str], list[str]] = {}
    for path, found in places.items():
        what, value = _wrong(found)
        pattern = tuple("" if isinstance(part, int) else part for part in path)
        alike.setdefault((pattern, what), []).append(f"{_written(path)}: {what}{value}")
    for said in alike.values():
        yield said[0] + (f" (and {len(said) - 1:,} more of this kind)" if len(said) > 1 else "")


def _reached(error: ErrorDetails, data: Any) -> tuple[str | int, ...]:
    """Where an error stands in the row: pydantic's path up to where it names its own types instead of keys."""
    path: list[str | int] = []
    for part in error["loc"]:
        there = part in data if isinstance(data, dict) else isinstance(data, list) and isinstance(part, int)
        if there:
            data = data[part]
        elif error["type"] != "missing":
            break
        path.append(part)
    return tuple(path)


def _written(path: tuple[str | int, ...]) -> str:
    """``gold.decisions[0].text``."""
    text = "".join(f"[{part}]" if isinstance(part, int) else f".{part}" for part in path)
    return text.removeprefix(".") or "the row"


def _wrong(errors: list[ErrorDetails]) -> tuple[str, str]:
    """What is wrong in one place, where a field may be of several types, and the value that stands there."""
    first = errors[0]
    if first["type"] == "missing":
        return "field required, but missing", ""
    value = f", not {_shown(first['input'])}"
    if first["type"] == "literal_error":
        return f"must be one of {first['ctx']['expected']}", value
    nouns = dict.fromkeys(_NOUNS[error["type"]] for error in errors if error["type"] in _NOUNS)
    if nouns:
        return f"must be {' or '.join(nouns)}", value
    return f"{first['msg'][0].lower()}{first['msg'][1:]}", ""


def _shown(value: object) -> str:
    if isinstance(value, list | dict):
        return "a list" if isinstance(value, list) else "an object"
    text = json.dumps(value, ensure_ascii=False)
    return text if len(text) <= _SHOWN else f"{text[:_SHOWN]}..."


def _name(path: Path) -> str:
    name = path.resolve().name
    return next((name.removesuffix(suffix) for suffix in (".jsonl.gz", *SUFFIXES) if name.endswith(suffix)), name)
