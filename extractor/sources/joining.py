"""The chat of a meeting, saved beside its transcript -> turns of that meeting, in order of time."""

from __future__ import annotations

import os
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from extractor.conversation import Conversation, Coverage, Participant, Turn
from extractor.sources.base import Reading
from extractor.sources.spellings import merge_spellings, with_ids

_LATEST_AFTER_END_S = 3600.0
_SUFFIXES = re.compile(r"\.(?=[^\W\d])")


def meeting_of(path: str) -> str:
    """What files of one meeting share: their folder and their name up to the first dot before a letter, so that the
    dots of a date in it are none.
    """
    folder, name = os.path.split(path)
    name = name.lstrip(".")
    return f"{folder}/{_SUFFIXES.split(name, maxsplit=1)[0] or name}" if name else path


def join_chats(readings: Sequence[Reading]) -> list[Reading]:
    """The readings of one meeting's files, with its chats in the transcript.

    There must be one transcript, and the times of a chat must count from its start, or be times of the day where the
    transcript's start is known. Otherwise the readings stay as they are.
    """
    transcripts = [reading for reading in readings if _is_transcript(reading)]
    if len(transcripts) != 1:
        return list(readings)
    (spoken,) = transcripts
    meeting = spoken.conversations[0]
    joined: list[Reading] = []
    for reading in readings:
        chat = _timed(reading, meeting) if reading is not spoken and _is_chat(reading) else None
        if chat is None:
            joined.append(reading)
            continue
        meeting = _join(meeting, chat)
        joined.append(replace(reading, conversations=()))
    return [replace(each, conversations=(meeting,)) if each is spoken else each for each in joined]


def _is_transcript(reading: Reading) -> bool:
    return len(reading.conversations) == 1 and any(
        turn.kind == "speech" and turn.start is not None for turn in reading.conversations[0].turns
    )


def _is_chat(reading: Reading) -> bool:
    return len(reading.conversations) == 1 and all(turn.kind == "chat" for turn in reading.conversations[0].turns)


def _timed(reading: Reading, meeting: Conversation) -> Conversation | None:
    """The chat with every turn's time counted from the meeting's start; None where that is not known."""
    chat = reading.conversations[0]
    if all(turn.start is not None for turn in chat.turns):
        return chat
    began = meeting.started_at
    if not isinstance(began, datetime):
        return None
    moments = [turn.sent_at for turn in chat.turns]
    if any(moment is None or (moment.tzinfo is None) != (began.tzinfo is None) for moment in moments):
        return None
    starts = [(moment - began).total_seconds() for moment in moments if moment is not None]
    last = max((turn.end or turn.start or 0.0) for turn in meeting.turns)
    if not all(-_LATEST_AFTER_END_S <= start <= last + _LATEST_AFTER_END_S for start in starts):
        return None
    turns = tuple(
        turn.model_copy(update={"start": max(0.0, start)}) for turn, start in zip(chat.turns, starts, strict=True)
    )
    return chat.model_copy(update={"turns": turns})


def _join(meeting: Conversation, chat: Conversation) -> Conversation:
    ids, participants = _one_list_of_people(meeting, chat)
    both = [(turn, source) for source in (meeting, chat) for turn in source.turns]
    order = sorted(both, key=lambda pair: pair[0].start if pair[0].start is not None else 0.0)
    place = {(id(source), turn.index): index for index, (turn, source) in enumerate(order)}
    turns = tuple(
        _placed(turn, index, None if turn.reply_to is None else place[id(source), turn.reply_to], ids, chat.source)
        if source is chat
        else turn.model_copy(update={"index": index})
        for index, (turn, source) in enumerate(order)
    )
    warnings = dict.fromkeys((*meeting.warnings, *chat.warnings, f"The chat in {chat.source} was joined by its times."))
    joined = meeting.model_copy(
        update={
            "turns": turns,
            "participants": participants,
            "coverage": Coverage.sum_of((meeting.coverage, chat.coverage)),
            "warnings": tuple(warnings),
        }
    )
    return merge_spellings(joined)


def _placed(turn: Turn, index: int, reply_to: int | None, ids: dict[str, str], source: str) -> Turn:
    changes = {"index": index, "reply_to": reply_to, "source": source}
    return with_ids(turn, ids).model_copy(update=changes)


def _one_list_of_people(meeting: Conversation, chat: Conversation) -> tuple[dict[str, str], tuple[Participant, ...]]:
    """The chat's participant ids as the meeting's, by name, and everybody."""
    known = {
        written.casefold(): person.id for person in meeting.participants for written in (*person.aliases, person.name)
    }
    taken = {person.id for person in meeting.participants}
    ids: dict[str, str] = {}
    everybody = list(meeting.participants)
    for person in chat.participants:
        same = next((known[one.casefold()] for one in (person.name, *person.aliases) if one.casefold() in known), None)
        free, number = person.id, 1
        while same is None and free in taken:
            number += 1
            free = f"{person.id}-{number}"
        ids[person.id] = same or free
        if same is None:
            taken.add(free)
            everybody.append(person.model_copy(update={"id": free}))
    return ids, tuple(everybody)
