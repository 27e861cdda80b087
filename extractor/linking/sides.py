"""The two sides of a possible link, what a judge says of them, and which links there can be at all."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final, Protocol

from extractor.records import EvidenceRole, LinkKind, RecordType, Usage

KINDS: Final[tuple[LinkKind, ...]] = ("supersedes", "duplicates", "contradicts", "answers", "implements", "relates")

_DECISION: Final = "decision"
_ACTION: Final = "action_item"
_QUESTION: Final = "open_question"
_ALLOWED: Final[Mapping[tuple[str, str], tuple[LinkKind, ...]]] = MappingProxyType(
    {
        (_DECISION, _DECISION): ("supersedes", "duplicates", "contradicts", "implements", "relates"),
        (_DECISION, _ACTION): ("supersedes", "implements", "relates"),
        (_DECISION, _QUESTION): ("answers", "relates"),
        (_ACTION, _DECISION): ("contradicts", "implements", "relates"),
        (_ACTION, _ACTION): ("supersedes", "duplicates", "implements", "relates"),
        (_ACTION, _QUESTION): ("answers", "relates"),
        (_QUESTION, _DECISION): ("relates",),
        (_QUESTION, _ACTION): ("relates",),
        (_QUESTION, _QUESTION): ("duplicates", "relates"),
    }
)
_BOTH_WAYS: Final[frozenset[LinkKind]] = frozenset({"duplicates", "contradicts", "relates"})
_GONE: Final = frozenset({"rejected", "merged"})


@dataclass(frozen=True)
class Quote:
    """Words that prove a record. ``speaker`` is a name, None where nobody is known to have said them."""

    role: EvidenceRole
    speaker: str | None
    text: str


@dataclass(frozen=True)
class Side:
    """A record as a judge sees it.

    ``text`` is the statement, the task or the question; ``owners`` and ``decided_by`` are names. ``title`` is the
    conversation's, ``series`` names its series, ``conversation`` is its id. ``state`` is the review state.
    """

    id: str
    type: RecordType
    text: str
    conversation: str
    status: str | None = None
    topic: str | None = None
    said_on: dt.date | None = None
    owners: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    due: dt.date | None = None
    quotes: tuple[Quote, ...] = ()
    title: str = ""
    series: str | None = None
    state: str = "proposed"


@dataclass(frozen=True)
class Judged:
    """A link that a judge suggests, from the new record to ``earlier``.

    ``confidence`` is in [0, 1]. ``from_quote`` and ``to_quote`` are places in the quotes of the new and of the earlier
    record: the words that prove it on both sides, None only on a side that has no quotes.
    """

    earlier: Side
    kind: LinkKind
    confidence: float
    from_quote: int | None
    to_quote: int | None


class Judge(Protocol):
    """What tells how a record stands to earlier ones.

    ``judge`` gives at most one link for each earlier record, in their order, and none for those it sees no link to.
    ``similarities`` are the cosines of the texts' vectors, one for each of ``earlier``. It raises
    :class:`extractor.errors.EngineError` where the record could not be judged: that is not the same as no links.
    ``usage`` is what all calls so far have cost, failed ones too.
    """

    @property
    def name(self) -> str: ...

    @property
    def version(self) -> str: ...

    @property
    def leaves_machine(self) -> bool: ...

    @property
    def destination(self) -> str | None:
        """Where the text goes, for a person to read (a URL), or None where it stays on this machine."""
        ...

    @property
    def usage(self) -> Usage: ...

    def judge(self, new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> list[Judged]: ...


def possible(new: Side, earlier: Side) -> tuple[LinkKind, ...]:
    """The kinds of link that there can be from one record to another, whatever they say.

    None within one conversation, and none with a record that was rejected or merged into another. What can be
    answered is an open question, or a decision that was put off. A record that is known to be older than the other
    neither supersedes, nor answers, nor implements it.
    """
    if new.conversation == earlier.conversation or {new.state, earlier.state} & _GONE:
        return ()
    kinds = _ALLOWED[new.type, earlier.type]
    if earlier.type == _DECISION and earlier.status == "deferred" and new.type != _QUESTION:
        kinds = ("answers", *kinds)
    if new.said_on is not None and earlier.said_on is not None and new.said_on < earlier.said_on:
        return tuple(kind for kind in kinds if kind in _BOTH_WAYS)
    return kinds
