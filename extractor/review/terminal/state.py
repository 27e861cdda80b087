"""Where each person stopped, in a small file of the data folder; the queue itself is in the log."""

from __future__ import annotations

import contextlib
import json
import os
import tempfile
from dataclasses import asdict, dataclass
from pathlib import Path


@dataclass(frozen=True)
class Place:
    """The record that a person was looking at, and where it stood in the queue."""

    record: str
    weight: float
    seq: int


def place_of(file: Path, person: str) -> Place | None:
    """Where a person stopped; None where nothing, or nothing readable, is noted."""
    found = _read(file).get(person)
    with contextlib.suppress(TypeError, KeyError, ValueError):
        return Place(str(found["record"]), float(found["weight"]), int(found["seq"]))  # type: ignore[index]
    return None


def keep(file: Path, person: str, place: Place | None) -> None:
    """Notes where a person stopped, or forgets it. A folder that cannot be written to is no reason to fail."""
    places = {name: one for name, one in _read(file).items() if name != person}
    if place is not None:
        places[person] = asdict(place)
    with contextlib.suppress(OSError):
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=f".{file.name}-", dir=file.parent)
        with os.fdopen(handle, "w", encoding="utf-8") as out:
            json.dump(places, out, ensure_ascii=False, sort_keys=True)
        Path(name).replace(file)


def _read(file: Path) -> dict[str, object]:
    with contextlib.suppress(OSError, ValueError):
        read = json.loads(file.read_text(encoding="utf-8"))
        return read if isinstance(read, dict) else {}
    return {}
