"""Labelled links: pairs of records from two conversations of one series, and how the later one bears on the earlier.

``evals/links/README.md`` says what the kinds mean. Records are named by conversation, section and index in the gold
list, so that a label holds no copy of a record; the words that prove it are quoted from both sides.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Final, Literal, get_args

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter, ValidationError

from extractor.errors import DatasetError
from extractor.scoring.datasets import read_dataset
from extractor.scoring.labelled import GoldRecord, Labelled, Section

LabelledKind = Literal["supersedes", "duplicates", "contradicts", "answers", "implements", "relates", "none"]
KINDS: Final[tuple[LabelledKind, ...]] = get_args(LabelledKind)
_REMEDY: Final = "Correct the labels; evals/links/README.md has their format."


class _Strict(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class LinkQuote(_Strict):
    """Exact words of one turn."""

    turn: int = Field(ge=0)
    quote: str = Field(min_length=1)


class RecordRef(_Strict):
    """A labelled record by where it stands, and the words on this side that prove the label."""

    conversation: str
    section: Section
    index: int = Field(ge=0)
    evidence: tuple[LinkQuote, ...] = Field(min_length=1)

    @property
    def key(self) -> tuple[str, Section, int]:
        return self.conversation, self.section, self.index


class LinkLabel(_Strict):
    """One judged pair: how ``later`` bears on ``earlier``, and why, in one line."""

    later: RecordRef
    earlier: RecordRef
    kind: LabelledKind
    why: str = Field(min_length=1)
    series: str
    split: Literal["train", "test"]


@dataclass(frozen=True)
class LinkLabels:
    """Labels whose every reference and quote was checked, and the conversations that they point into, by id."""

    labels: tuple[LinkLabel, ...]
    conversations: Mapping[str, Labelled]

    @cached_property
    def counts(self) -> Counter[tuple[str, LabelledKind]]:
        """How many labels there are by split and kind."""
        return Counter((label.split, label.kind) for label in self.labels)

    def part(self, split: str) -> tuple[LinkLabel, ...]:
        """The labels of one split."""
        return tuple(label for label in self.labels if label.split == split)

    def record(self, ref: RecordRef) -> GoldRecord:
        """The record that a label points at."""
        return self.conversations[ref.conversation].gold.of(ref.section)[ref.index]


def read_link_labels(labels: Path, datasets: Sequence[Path]) -> LinkLabels:
    """Reads a file of labels, and the conversations they point into from all of ``datasets``.

    Only conversations of a labelled series are kept. Raises DatasetError where the file is unreadable or holds no
    label, where a reference leads nowhere, a quote does not stand in its turn, a pair stands twice or spans two
    series, a split is not that of its series, or the later record is not from a later conversation.
    """
    found = _parsed(labels)
    rows = [row for path in datasets for row in read_dataset(path).rows]
    conversations = {row.id: row for row in rows if row.series in {label.series for label in found}}
    flaws = list(_flaws(found, conversations))
    if flaws:
        more = f" (and {len(flaws) - 1} more flaws)" if len(flaws) > 1 else ""
        raise DatasetError(f"{labels}: {flaws[0]}{more}.", _REMEDY)
    return LinkLabels(found, conversations)


def _parsed(path: Path) -> tuple[LinkLabel, ...]:
    try:
        found = TypeAdapter(tuple[LinkLabel, ...]).validate_json(path.read_bytes())
    except OSError as error:
        raise DatasetError(f"{path} cannot be read: {error.strerror}.", "Name a file of labelled links.") from None
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        place = ".".join(str(part) for part in first["loc"]) or "the file"
        raise DatasetError(f"{path} holds no labelled links: {place}: {first['msg']}.", _REMEDY) from None
    if not found:
        raise DatasetError(f"{path} holds no labelled link.", _REMEDY)
    return found


def _flaws(labels: Sequence[LinkLabel], rows: Mapping[str, Labelled]) -> Iterator[str]:
    seen = Counter((label.later.key, label.earlier.key) for label in labels)
    yield from (f"the pair {_named(later)} -> {_named(earlier)} stands {n} times"
                for (later, earlier), n in seen.items() if n > 1)  # fmt: skip
    splits: dict[str, set[str]] = {}
    for label in labels:
        splits.setdefault(label.series, set()).add(label.split)
    yield from (f"the series {name!r} stands in both splits" for name, parts in splits.items() if len(parts) > 1)
    for number, label in enumerate(labels):
        own = [what for ref in (label.later, label.earlier) for what in _ref_flaws(ref, rows, label)]
        yield from (f"label {number}: {what}" for what in own or _pair_flaws(label, rows))


def _named(key: tuple[str, Section, int]) -> str:
    return f"{key[0]} {key[1]}[{key[2]}]"


def _ref_flaws(ref: RecordRef, rows: Mapping[str, Labelled], label: LinkLabel) -> Iterator[str]:
    row = rows.get(ref.conversation)
    if row is None:
        yield f"there is no conversation {ref.conversation!r} in a labelled series"
        return
    if row.series != label.series:
        yield f"{row.id} belongs to the series {row.series!r}, not {label.series!r}"
    if row.split != label.split:
        yield f"{row.id} stands in the split {row.split!r}, not {label.split!r}"
    if ref.index >= len(row.gold.of(ref.section)):
        yield f"there is no record {_named(ref.key)}"
    for one in ref.evidence:
        turns = row.conversation.turns
        if one.turn >= len(turns) or one.quote not in turns[one.turn].text:
            yield f"{one.quote!r} does not stand in turn {one.turn} of {row.id}"


def _pair_flaws(label: LinkLabel, rows: Mapping[str, Labelled]) -> Iterator[str]:
    begun = [_began(rows[ref.conversation]) for ref in (label.later, label.earlier)]
    if begun[0] <= begun[1]:
        yield f"{label.later.conversation} does not begin after {label.earlier.conversation}"
    if label.kind == "answers" and not _is_open(label.earlier, rows):
        yield f"{_named(label.earlier.key)} is neither an open question nor a deferred choice, so nothing answers it"


def _began(row: Labelled) -> dt.datetime:
    """When a conversation began; a day without a time counts as its midnight, an unknown start as the first of all."""
    start = row.conversation.started_at
    if isinstance(start, dt.datetime):
        return start.replace(tzinfo=None)
    return dt.datetime.combine(start, dt.time()) if start else dt.datetime.min


def _is_open(ref: RecordRef, rows: Mapping[str, Labelled]) -> bool:
    record = rows[ref.conversation].gold.of(ref.section)[ref.index]
    return ref.section == "open_questions" or record.status == "deferred"
