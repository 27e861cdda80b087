"""The digest as data: what is new, what waits for somebody, what went wrong.

Lists may be cut; ``counts`` says how many there are in all. Every text may come from a transcript and is kept as it is:
each renderer makes it safe for its own target.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
from typing import Final, Literal, Self

from pydantic import AliasChoices, AwareDatetime, Field, model_validator

from extractor.conversation import Model
from extractor.records import LinkKind, RecordType, ReviewState

SETTLED: Final = frozenset({"decided", "reversed", "rejected"})
"""Statuses of a decision that settle something; ``tentative`` and ``deferred`` do not."""


class DigestRecord(Model):
    """A record as a digest shows it: people by their names, one quote.

    ``status`` is a decision's; ``source`` is where the conversation was read from; ``time`` is when the quote was said,
    in words (``12:04``, ``2026-03-04 09:15``); ``decided_on`` is the day of the conversation for what is no decision.
    """

    id: str
    type: RecordType
    statement: str
    status: str | None = None
    owners: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    due: dt.date | None = None
    due_text: str | None = None
    decided_on: dt.date | None = None
    conversation_title: str = ""
    source: str = ""
    quote: str | None = None
    speaker: str | None = None
    time: str | None = None
    state: ReviewState = "proposed"

    @property
    def settled(self) -> bool:
        """Whether it is a decision that settled something."""
        return self.type == "decision" and self.status in SETTLED


class DigestLink(Model):
    """A suggested link: ``from_`` (``from`` in JSON) is the later record. ``confidence`` is in [0, 1]."""

    kind: LinkKind
    confidence: float | None = None
    from_: DigestRecord = Field(validation_alias=AliasChoices("from", "from_"), serialization_alias="from")
    to: DigestRecord


class FieldChange(Model):
    """A field of the contract that a later reading sees otherwise; None where it has nothing there."""

    field: str
    now: str | None = None
    suggested: str | None = None


class DigestChange(Model):
    """A suggested revision of a record that a person has touched."""

    record: DigestRecord
    changes: tuple[FieldChange, ...] = ()


class DigestProblem(Model):
    """A source that could not be read, or another step that failed. ``label`` names it, ``since`` is its first day."""

    label: str
    reason: str
    since: dt.date


class DigestCounts(Model):
    """How many there are of everything, whatever the lists show.

    ``decided`` and ``unsettled`` are the new decisions by :data:`SETTLED`. ``newly_overdue`` and ``new_problems`` are
    those of ``overdue`` and ``problems`` that became so since the digest before.
    """

    decided: int = Field(default=0, ge=0)
    unsettled: int = Field(default=0, ge=0)
    action_items: int = Field(default=0, ge=0)
    open_questions: int = Field(default=0, ge=0)
    waiting: int = Field(default=0, ge=0)
    changed: int = Field(default=0, ge=0)
    superseded: int = Field(default=0, ge=0)
    links: int = Field(default=0, ge=0)
    overdue: int = Field(default=0, ge=0)
    newly_overdue: int = Field(default=0, ge=0)
    unowned: int = Field(default=0, ge=0)
    problems: int = Field(default=0, ge=0)
    new_problems: int = Field(default=0, ge=0)

    @property
    def new(self) -> int:
        """New records of every type."""
        return self.decided + self.unsettled + self.action_items + self.open_questions

    @classmethod
    def of_new(cls, records: Iterable[DigestRecord], **others: int) -> Self:
        """The counts of these new records, and ``others`` as they are."""
        counts = dict.fromkeys(("decided", "unsettled", "action_items", "open_questions"), 0)
        for record in records:
            counts[kind_of(record)] += 1
        return cls(**counts, **others)


class Digest(Model):
    """What happened between two moments, and what stands open at the later one.

    ``id`` is the same however often the digest is made or sent: the mail's Message-Id and the webhook's Idempotency-Key
    are made from it. ``oldest`` are records that wait for a review, the longest waiting first; ``superseded`` are
    suggested links of that kind, ``links`` those of the others.
    """

    schema_version: Literal[1] = 1
    id: str = Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$")
    log_name: str
    from_time: AwareDatetime
    to_time: AwareDatetime
    new: tuple[DigestRecord, ...] = ()
    oldest: tuple[DigestRecord, ...] = ()
    changed: tuple[DigestChange, ...] = ()
    superseded: tuple[DigestLink, ...] = ()
    links: tuple[DigestLink, ...] = ()
    overdue: tuple[DigestRecord, ...] = ()
    unowned: tuple[DigestRecord, ...] = ()
    problems: tuple[DigestProblem, ...] = ()
    counts: DigestCounts

    @model_validator(mode="after")
    def counts_hold_what_is_listed(self) -> Self:
        listed = DigestCounts.of_new(
            self.new,
            waiting=len(self.oldest),
            **{name: len(getattr(self, name)) for name in _COUNTED},
        )
        for name, number in listed.model_dump().items():
            if number > getattr(self.counts, name):
                raise ValueError(f"{number} are listed where counts.{name} is {getattr(self.counts, name)}")
        return self

    @property
    def is_empty(self) -> bool:
        """Whether nothing happened. What has long been waiting, overdue or broken is no news."""
        counts = self.counts
        return not any(
            (counts.new, counts.changed, counts.superseded, counts.links, counts.newly_overdue, counts.new_problems)
        )


_COUNTED: Final = ("changed", "superseded", "links", "overdue", "unowned", "problems")


def kind_of(record: DigestRecord) -> str:
    """Which of the counts a new record belongs to."""
    if record.type == "decision":
        return "decided" if record.settled else "unsettled"
    return f"{record.type}s"
