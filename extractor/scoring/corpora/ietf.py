"""Threads of IETF working groups: ``archive.json`` as the working groups' own tool writes it, or GitHub's API's JSON.

The product's reader makes conversations of them. The outcome is the first comment that states one; it and all after it
are no part of the conversation that is labelled.
"""

from __future__ import annotations

import re

from extractor.conversation import Conversation, Turn
from extractor.errors import SourceError
from extractor.scoring.corpora.material import Converted, Material, Skipped
from extractor.scoring.labelled import Labelled
from extractor.sources.forums import github

LICENCE = "IETF Note Well contributions"
NO_OUTCOME = "no comment states an outcome"
NOTHING_BEFORE = "nothing is said before the outcome"

_CONSENSUS = r"(?:(?:wg|rough|weak) )?consensus"
_OUTCOME = re.compile(
    r"^\W*(?:(?:as |this was )?discuss(?:ed|ion) (?:at|in|on|with)\b|(?:per|after) (?:the )?discussions?\b"
    rf"|clos\w+ (?:per|as)\b|(?:also, )?{_CONSENSUS} (?:at|is|was)\b"
    rf"|there(?:'s| is| was| seems to be| didn't seem to be)(?: certainly)?(?: not| no)? {_CONSENSUS}\b"
    rf"|(?:ok, |it )?sounds like (?:we have|there is) {_CONSENSUS}\b|virtual interim \d{{4}}"
    r"|(?:decision|resolution|conclusion|outcome)\s*:|i think we concluded|this was resolved)",
    re.IGNORECASE,
)


def convert(material: Material) -> Converted:
    """Each thread with a stated outcome; ``complete`` is ["decisions"]."""
    for file in material.files(".json"):
        try:
            blob = file.blob
            if not github.fits(blob):
                yield Skipped(file.path, "it holds no thread of GitHub")
                continue
            reading = github.read(blob)
        except (SourceError, ValueError, RecursionError) as error:
            yield Skipped(file.path, f"it cannot be read: {error}")
            continue
        for conversation in reading.conversations:
            yield _row(conversation)


def _row(conversation: Conversation) -> Labelled | Skipped:
    name = "ietf/" + conversation.id.removeprefix("github:").replace("/", "+").replace(":", "-")
    turns = [turn for turn in conversation.turns if turn.kind != "system"]
    place = next((number for number, turn in enumerate(turns) if number and _OUTCOME.match(turn.text)), None)
    if place is None:
        stated = bool(turns) and bool(_OUTCOME.match(turns[0].text))
        return Skipped(f"{name} {conversation.title}", NOTHING_BEFORE if stated else NO_OUTCOME)
    names = {person.id: person.name for person in conversation.participants}
    day = next((turn.sent_at for turn in turns if turn.sent_at), None)
    return Labelled.model_validate(
        {
            "id": name,
            "dataset": "ietf",
            "series": f"ietf-{day:%Y-%m}" if day else "",
            "licence": LICENCE,
            "conversation": {
                "kind": "thread",
                "title": conversation.title,
                "started_at": day.date().isoformat() if day else None,
                "turns": [_turn(turn, names) for turn in turns[:place]],
            },
            "gold": {"decisions": [{"text": turns[place].text}]},
            "complete": ["decisions"],
            "linked": False,
        }
    )


def _turn(turn: Turn, names: dict[str, str]) -> dict[str, object]:
    speaker = names.get(turn.speaker, turn.speaker) if turn.speaker else None
    return {"speaker": speaker, "text": turn.text, "sent_at": turn.sent_at}
