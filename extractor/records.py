"""What is extracted: the public contract. ``decisions schema`` prints the JSON Schema of :class:`Document`."""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Literal

from extractor.conversation import ConversationKind, Coverage, Model, Participant

SCHEMA_VERSION: Literal[1] = 1

Status = Literal["decided", "tentative", "deferred", "rejected", "reversed"]
EvidenceRole = Literal["raised", "proposed", "accepted", "objected", "decider", "owner", "rationale", "reversed"]
Stance = Literal["agreed", "agreed_with_reservations", "objected", "silent"]
Significance = Literal["high", "medium", "low"]
RecordType = Literal["decision", "action_item", "open_question"]
ReviewState = Literal["proposed", "approved", "rejected", "merged"]
LinkKind = Literal["supersedes", "duplicates", "contradicts", "answers", "implements", "relates"]


class Evidence(Model):
    """A verbatim span of one turn and what it proves.

    ``start_char`` and ``end_char`` are code points within the turn's text, end exclusive. ``speaker`` is a participant
    id. ``time`` is seconds from the start of the recording, or the moment the message was sent.
    """

    role: EvidenceRole
    turn: int
    quote: str
    start_char: int
    end_char: int
    speaker: str | None = None
    time: float | dt.datetime | None = None


class Due(Model):
    """A due date: the words as said, and the day they mean where that is known."""

    text: str
    date: dt.date | None = None


class Roles(Model):
    """RACI; each a list of participant ids."""

    responsible: tuple[str, ...] = ()
    accountable: tuple[str, ...] = ()
    consulted: tuple[str, ...] = ()
    informed: tuple[str, ...] = ()


class Alternative(Model):
    """An option that was considered and not taken."""

    option: str
    why_not: str | None = None


class Information(Model):
    """Something that had to be known for the decision, and whether it was."""

    what: str
    state: Literal["present", "missing", "assumed"]
    evidence: tuple[Evidence, ...] = ()


class Agreement(Model):
    """Where one participant stood. Silence is not agreement."""

    person: str
    stance: Stance
    evidence: tuple[Evidence, ...] = ()


class Decision(Model):
    """Something the group settled, or tried to: ``status`` says which.

    ``statement_source`` is ``written`` where an engine wrote the sentence and ``quoted`` where it is taken from the
    conversation. ``confidence`` is a probability in [0, 1], None where the engine gives none that is calibrated.
    """

    id: str
    statement: str
    statement_source: Literal["written", "quoted"]
    status: Status
    category: str | None = None
    topic: str | None = None
    significance: Significance | None = None
    decided_by: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    roles: Roles = Roles()
    rationale: str | None = None
    alternatives: tuple[Alternative, ...] = ()
    conditions: tuple[str, ...] = ()
    information: tuple[Information, ...] = ()
    agreement: tuple[Agreement, ...] = ()
    raised_at: float | dt.datetime | None = None
    decided_at: float | dt.datetime | None = None
    due: Due | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class ActionItem(Model):
    """A task somebody took on or was given. ``owners`` is empty where nobody is plainly named."""

    id: str
    task: str
    owners: tuple[str, ...] = ()
    due: Due | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class OpenQuestion(Model):
    """A question that was raised and not answered in the conversation."""

    id: str
    question: str
    raised_by: tuple[str, ...] = ()
    owners: tuple[str, ...] = ()
    blocks: str | None = None
    missing_information: str | None = None
    confidence: float | None = None
    flags: tuple[str, ...] = ()
    evidence: tuple[Evidence, ...]


class Unprocessed(Model):
    """Turns that no engine saw through to an answer, both ends included, and why."""

    from_turn: int
    to_turn: int
    reason: str


class UngroundedQuote(Model):
    """A quote that is not in the conversation where the engine said it was."""

    turn: int
    quote: str


class Ungrounded(Model):
    """What an engine claimed and could not prove. Never proposed; kept for diagnosis.

    ``record`` is the id of the record that other quotes still prove, None where nothing was left of it.
    """

    type: RecordType
    statement: str
    reason: str
    quotes: tuple[UngroundedQuote, ...]
    record: str | None = None


class ConversationHeader(Model):
    """A conversation without its text. ``turns`` is their number."""

    id: str
    kind: ConversationKind
    title: str
    source: str
    started_at: dt.datetime | dt.date | None = None
    turns: int
    participants: tuple[Participant, ...] = ()


class ConversationRecords(Model):
    """Everything that was extracted from one conversation, and everything that was not."""

    conversation: ConversationHeader
    decisions: tuple[Decision, ...] = ()
    action_items: tuple[ActionItem, ...] = ()
    open_questions: tuple[OpenQuestion, ...] = ()
    coverage: Coverage
    unprocessed: tuple[Unprocessed, ...] = ()
    ungrounded: tuple[Ungrounded, ...] = ()
    warnings: tuple[str, ...] = ()


class EngineInfo(Model):
    """Which engine ran. ``leaves_machine`` is whether it hands the text to another program over a network."""

    name: str
    model: str
    version: str
    leaves_machine: bool


class SourceReport(Model):
    """One source that was named on the command line or found in a directory, also one that failed.

    ``coverage`` is None where nothing could be read; ``error`` is None where all of it could.
    """

    path: str
    sha256: str | None = None
    format: str | None = None
    coverage: Coverage | None = None
    error: str | None = None


class Usage(Model):
    """What a run cost. Tokens are the server's own counts; ``estimated_cost`` is in US dollars, None if unknown."""

    calls: int = 0
    input_tokens: int = 0
    cached_tokens: int = 0
    output_tokens: int = 0
    estimated_cost: float | None = None
    seconds: float = 0.0

    def __add__(self, other: Usage) -> Usage:
        costs = [cost for cost in (self.estimated_cost, other.estimated_cost) if cost is not None]
        return Usage(
            calls=self.calls + other.calls,
            input_tokens=self.input_tokens + other.input_tokens,
            cached_tokens=self.cached_tokens + other.cached_tokens,
            output_tokens=self.output_tokens + other.output_tokens,
            estimated_cost=sum(costs) if costs else None,
            seconds=self.seconds + other.seconds,
        )


class Document(Model):
    """What ``decisions extract --format json`` prints."""

    schema_version: Literal[1] = SCHEMA_VERSION
    engine: EngineInfo
    sources: tuple[SourceReport, ...] = ()
    conversations: tuple[ConversationRecords, ...] = ()
    usage: Usage = Usage()


def record_id(conversation_id: str, record_type: RecordType, evidence: Evidence, ordinal: int) -> str:
    """A record's id: its type's letter and 16 hex digits of the SHA-256 over conversation, type, span and ordinal."""
    span = f"{evidence.turn}:{evidence.start_char}-{evidence.end_char}"
    digest = hashlib.sha256(f"{conversation_id}\x1f{record_type}\x1f{span}\x1f{ordinal}".encode()).hexdigest()
    return f"{record_type[0]}-{digest[:16]}"
