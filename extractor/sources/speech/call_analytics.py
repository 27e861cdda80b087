"""Amazon Transcribe Call Analytics and Contact Lens: calls by agent and customer, times in milliseconds.

{"Participants": [{"ParticipantId": "...", "ParticipantRole": "AGENT"}], "Transcript": [
    {"Id": "...", "ParticipantRole": "AGENT", "BeginOffsetMillis": 120, "EndOffsetMillis": 4500, "Content": "Hello.",
     "Items": [{"Type": "pronunciation", "Content": "Hello", "BeginOffsetMillis": 120, ...}]}],
 "ConversationCharacteristics": {"ContactSummary": {...}}}
"""

from __future__ import annotations

from typing import Any

from extractor.sources.base import Blob, Format, Reading
from extractor.sources.speech.fields import label_of, seconds
from extractor.sources.speech.turns import Spoken, reading
from extractor.sources.values import MILLISECOND, mapping, mappings, string

_DETECTED = ("IssuesDetected", "OutcomesDetected", "ActionItemsDetected")


def fits(blob: Blob) -> float:
    """1.0 for a transcript of entries with ``Content`` by a participant."""
    listed = mappings(mapping(blob.json).get("Transcript"))
    first = listed[0] if listed else {}
    return 1.0 if "Content" in first and ("ParticipantRole" in first or "ParticipantId" in first) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation. People are called by their role, ``AGENT`` and ``CUSTOMER``; it is their ``role`` too.

    Human language: ``Content`` of the entries (used), the same in ``Items`` and in issues, outcomes and action items
    (``copy``), the summary of the contact (``AI notes``). Raises SourceError where nobody says anything.
    """
    value = mapping(blob.json)
    spoken = Spoken(blob)
    known = {
        string(each.get("ParticipantId")): string(each.get("ParticipantRole"))
        for each in mappings(value.get("Participants"))
    }
    for place, entry in enumerate(spoken.entries(value.get("Transcript"), "entry"), 1):
        participant_id = string(entry.get("ParticipantId"))
        label = (
            label_of(entry.get("ParticipantRole")) or label_of(known.get(participant_id)) or label_of(participant_id)
        )
        if label is not None and (entry.get("ParticipantRole") or known.get(participant_id)):
            spoken.roles[label] = label.lower()
        times = seconds(entry.get("BeginOffsetMillis"), MILLISECOND), seconds(entry.get("EndOffsetMillis"), MILLISECOND)
        spoken.segment(label, spoken.text(entry.get("Content"), f"entry {place}"), (), *times)
        spoken.copy(*(item.get("Content") for item in mappings(entry.get("Items"))))
        for key in _DETECTED:
            spoken.copy(*(each.get("Text") for each in mappings(entry.get(key))))
    spoken.notes(*_summaries(value))
    return reading(blob, FORMAT.name, [spoken])


def _summaries(value: dict[str, Any]) -> list[object]:
    return [value.get("ContactSummary"), mapping(value.get("ConversationCharacteristics")).get("ContactSummary")]


FORMAT = Format("call-analytics", "Amazon Transcribe Call Analytics and Contact Lens transcripts (JSON)", fits, read)
