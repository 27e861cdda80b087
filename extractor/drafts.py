"""What an engine hands over: drafts that claim something and cite turns, before code has checked a word of it.

People are strings here, as the engine found them ("I", "Anna", a participant's id); quotes are whatever the engine
says was said. :mod:`extractor.grounding` locates the quotes, :mod:`extractor.consolidate` resolves people and dates.
"""

from __future__ import annotations

from typing import Literal, Protocol

from extractor.conversation import Conversation, Model
from extractor.records import (
    Alternative,
    EngineInfo,
    EvidenceRole,
    Significance,
    Stance,
    Status,
    Unprocessed,
    Usage,
)


class DraftEvidence(Model):
    """A quote and the turn it is claimed to stand in."""

    role: EvidenceRole
    turn: int
    quote: str


class DraftStance(Model):
    """Where a person stood, by the engine's account."""

    person: str
    stance: Stance
    evidence: tuple[DraftEvidence, ...] = ()


class DraftDecision(Model):
    """A decision as an engine reports it. ``due`` holds words, never a computed date."""

    statement: str
    statement_source: Literal["written", "quoted"]
    status: Status
    category: str | None = None
    topic: str | None = None
    significance: Significance | None = None
    decided_by: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    rationale: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    conditions: tuple[str, ...] = ()
    agreement: tuple[DraftStance, ...] = ()
    due: str | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[DraftEvidence, ...]


class DraftActionItem(Model):
    """An action item as an engine reports it."""

    task: str
    owners: tuple[str, ...] = ()
    due: str | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[DraftEvidence, ...]


class DraftOpenQuestion(Model):
    """An open question as an engine reports it."""

    question: str
    raised_by: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    blocks: str | None = None
    missing_information: str | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[DraftEvidence, ...]


class Drafts(Model):
    """All that an engine made of one conversation. Turns it could not see through are in ``unprocessed``."""

    decisions: tuple[DraftDecision, ...] = ()
    action_items: tuple[DraftActionItem, ...] = ()
    open_questions: tuple[DraftOpenQuestion, ...] = ()
    unprocessed: tuple[Unprocessed, ...] = ()
    warnings: tuple[str, ...] = ()
    usage: Usage = Usage()


class Engine(Protocol):
    """What turns a conversation into drafts.

    ``extract`` returns what it could do and names the rest in ``Drafts.unprocessed``; it raises
    :class:`extractor.errors.EngineError` only where nothing at all could be done with the conversation. An engine
    knows nothing of files, logs or terminals, and an engine may be used for many conversations, one after another.
    """

    @property
    def info(self) -> EngineInfo: ...

    @property
    def destination(self) -> str | None:
        """Where the text goes, for a person to read (a URL), or None where it stays on this machine."""
        ...

    def extract(self, conversation: Conversation) -> Drafts: ...
