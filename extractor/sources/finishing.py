"""What is done to every conversation once it is read, whatever it was read from: people, time zone, start."""

from __future__ import annotations

from datetime import datetime, tzinfo

from extractor.conversation import Conversation, Turn
from extractor.sources.base import Hints
from extractor.sources.filename_dates import start_in_name
from extractor.sources.spellings import merge_spellings, rename

NO_ZONE = "The times carry no time zone; --timezone says which it is."


def finished(conversation: Conversation, hints: Hints, *, people_by_id: bool, stem: str | None) -> Conversation:
    """The conversation with its people merged and called as ``hints`` say, its times in a zone, and its start.

    ``people_by_id`` is whether the source tells people apart by ids; ``stem`` is the name of its file, None where it
    has none.
    """
    if not people_by_id:
        conversation = merge_spellings(conversation)
    conversation = rename(conversation, hints.speakers)
    return _dated(_zoned(conversation, hints.timezone), hints, stem)


def _zoned(conversation: Conversation, timezone: tzinfo | None) -> Conversation:
    started_at = conversation.started_at
    moments = [turn.sent_at for turn in conversation.turns if turn.sent_at is not None]
    if all(moment.tzinfo for moment in moments) and not _is_naive(started_at):
        return conversation
    if timezone is None:
        if not moments or _only_quotes_are_naive(conversation):
            return conversation
        return conversation.model_copy(update={"warnings": (*conversation.warnings, NO_ZONE)})
    turns = tuple(_turn_in(turn, timezone) for turn in conversation.turns)
    if _is_naive(started_at) and isinstance(started_at, datetime):
        started_at = started_at.replace(tzinfo=timezone)
    return conversation.model_copy(update={"turns": turns, "started_at": started_at})


def _only_quotes_are_naive(conversation: Conversation) -> bool:
    """Whether messages say their zone and only what they quote does not, as mail programs write it."""
    sent = [turn for turn in conversation.turns if turn.sent_at is not None]
    return any(turn.kind != "quote" for turn in sent) and not any(
        _is_naive(turn.sent_at) for turn in sent if turn.kind != "quote"
    )


def _is_naive(moment: object) -> bool:
    return isinstance(moment, datetime) and moment.tzinfo is None


def _turn_in(turn: Turn, timezone: tzinfo) -> Turn:
    moments = {"sent_at": turn.sent_at, "edited_at": turn.edited_at}
    naive = {name: moment for name, moment in moments.items() if moment is not None and moment.tzinfo is None}
    if not naive:
        return turn
    return turn.model_copy(update={name: moment.replace(tzinfo=timezone) for name, moment in naive.items()})


def _dated(conversation: Conversation, hints: Hints, stem: str | None) -> Conversation:
    """The conversation with its start: as given, else as the file's name says. Messages carry their own times."""
    if any(turn.sent_at is not None for turn in conversation.turns):
        return conversation
    if hints.started_at is not None:
        return conversation.model_copy(update={"started_at": hints.started_at})
    if conversation.started_at is not None or stem is None:
        return conversation
    start, sentence = start_in_name(stem)
    if sentence is None:
        return conversation
    return conversation.model_copy(update={"started_at": start, "warnings": (*conversation.warnings, sentence)})
