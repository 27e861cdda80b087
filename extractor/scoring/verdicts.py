"""What people said of predictions that no label answers to, kept so that nobody is asked twice."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Final, Literal

from pydantic import ValidationError

from extractor.conversation import Model
from extractor.errors import DatasetError
from extractor.matching.items import Item
from extractor.records import RecordType

Answer = Literal["right", "label", "duplicate", "wrong", "unclear"]
ANSWERS: Final[tuple[Answer, ...]] = ("right", "label", "duplicate", "wrong", "unclear")


class Verdict(Model):
    """One judgement. ``key`` is a hash of the claim and its place, so that a file of verdicts holds no words.

    ``right``: a true record that the labels lack. ``label``: what a label says that was matched to nothing; it counts
    as right, and that label as found, in the adjudicated figures. ``duplicate``: true, and said by another prediction
    or a matched label already. ``wrong``: no such record. ``unclear``: the judge could not say; it counts as neither.
    """

    conversation: str
    type: RecordType
    key: str
    verdict: Answer
    judge: str = ""


class Verdicts:
    """Verdicts by conversation, type and claim; the last one on a claim counts."""

    def __init__(self, verdicts: Iterable[Verdict] = ()) -> None:
        self._verdicts = {(one.conversation, one.type, one.key): one for one in verdicts}

    def __len__(self) -> int:
        return len(self._verdicts)

    def __iter__(self) -> Iterator[Verdict]:
        return iter(self._verdicts.values())

    def of(self, conversation: str, kind: RecordType, item: Item) -> Answer | None:
        """The verdict on a prediction, None where nobody has judged it."""
        found = self._verdicts.get((conversation, kind, claim_key(item)))
        return found.verdict if found else None

    def add(self, verdict: Verdict) -> None:
        self._verdicts[verdict.conversation, verdict.type, verdict.key] = verdict


def claim_key(item: Item) -> str:
    """16 hex digits of the SHA-256 over the claim's words, folded, and the turns of its evidence."""
    words = " ".join(item.text.casefold().split())
    turns = ",".join(str(turn) for turn in sorted({place.turn for place in item.places}))
    return hashlib.sha256(f"{words}\x1f{turns}".encode("utf-8", "surrogatepass")).hexdigest()[:16]


def read_verdicts(path: Path) -> Verdicts:
    """Verdicts of a file of JSON lines, none where there is no such file. Raises DatasetError for anything else."""
    if not path.exists():
        return Verdicts()
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path} cannot be read: {error}.", "Name a file of verdicts.") from None
    return Verdicts(_verdict(path, number, line) for number, line in enumerate(lines, 1) if line.strip())


def _verdict(path: Path, number: int, line: str) -> Verdict:
    try:
        return Verdict.model_validate_json(line)
    except ValidationError:
        raise DatasetError(f"{path}, line {number} is no verdict.", "Correct or remove that line.") from None


def as_lines(verdicts: Verdicts) -> str:
    """All verdicts as JSON lines, in the order of conversation, type and key."""
    ordered = sorted(verdicts, key=lambda one: (one.conversation, one.type, one.key))
    return "".join(verdict.model_dump_json() + "\n" for verdict in ordered)
