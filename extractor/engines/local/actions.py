"""Scored segments to draft action items: the task as said, its owner where plain, its deadline where said."""

from __future__ import annotations

import re

from extractor.drafts import DraftActionItem, DraftEvidence
from extractor.engines.local.due import due_in
from extractor.engines.local.people import commits, owners_of, requests
from extractor.engines.local.reading import Reading
from extractor.engines.local.spans import after, before, quote_around
from extractor.engines.local.statements import cleaned, content_words, is_acknowledgement

LOOK_BACK = 30.0  # seconds in which "sure, I'll do that" looks for the request
_DECLINES = re.compile(
    r"^\W*(?:(?:oh|well|um|uh|ah|hmm|i'm afraid)\b[\s,.]*)*(?:no\b(?! problem)|nope|sorry|unfortunately|not me"
    r"|i (?:can't|cannot|won't|don't have)|i'm (?:off|away|out|on (?:holiday|vacation|leave)))",
    re.IGNORECASE,
)
LEAST_CONTENT = 2  # content words of a task worth showing

_CONDUCT = re.compile(
    r"\b(?:(?:can|could) (?:you|everyone|anyone|people|you guys|somebody) (?:\w+ )?(?:hear|see)|share (?:my|your|the"
    r"|his|her) screen|(?:un)?mute"
    r"|(?:i'll|i will|let me|i'm going to|i'm gonna|i can) (?:\w+ )?(?:just |quickly )?(?:say|tell|hand|pass|stop"
    r"|wait|pause|start|go (?:first|next|over|through|to|back|on|into)"
    r"|wrap|move|skip|read|show|talk|speak|explain|repeat|mention|see if|give (?:it|you|the)|let you|be (?:brief"
    r"|quick|honest)|leave (?:it )?(?:there|now)|jump|drop|paste"
    r"|finish|begin|present|introduce|summari[sz]e|recap|try to (?:explain|answer|summari[sz]e|be))"
    r"|(?:talk|speak) to you|see you|thank you|thanks for|next slide|(?:do )?you want to (?:go|start|speak|present"
    r"|talk|give|say|add|introduce|take it away|jump|share)"
    r"|(?:can|could|would|will) you (?:please )?(?:repeat|say|explain|elaborate|clarify|speak|share|show|give (?:us"
    r"|me) (?:a|an|some)|tell|remind|introduce|go|talk|walk|scroll))\b",
    re.IGNORECASE,
)
_TAKES = re.compile(
    r"^\W*(?:(?:yeah|yes|yep|yup|sure|ok|okay|absolutely|of course|definitely|will do|no problem|happy to|can do"
    r"|alright|i can|i will|i'll|certainly|done|on it)\b[\s,.!]*)+"
    r"(?:$|i |i'(?:ll|m|d|ve)\b|will|that|no problem|thanks?|let me|happy|can do|by |do )",
    re.IGNORECASE,
)


def action_at(reading: Reading, index: int) -> DraftActionItem | None:
    """The action item that the segment ``index`` states or takes on, None where it is no task."""
    segments = reading.script.segments
    text = _plain(segments[index].text)
    request = _request_before(reading, index) if _leans_on_request(text) else None
    main = index if request is None else request
    first, last = quote_around(reading.script, main)
    quote = reading.quote(first, last)
    task = cleaned(quote)
    if content_words(task) < LEAST_CONTENT or not is_task(_plain(quote)):
        return None
    takers = [index] if request is not None and request != index else takers_after(reading, last)
    owners = _owners(reading, main, last, _plain(quote), takers)
    evidence = [
        DraftEvidence(role="owner" if owners and not takers else "proposed", turn=segments[first].turn, quote=quote)
    ]
    for number in takers[:1]:
        evidence.append(DraftEvidence(role="accepted", turn=segments[number].turn, quote=segments[number].text))
    taken = _plain(segments[takers[0]].text) if takers else ""
    return DraftActionItem(
        task=task,
        owners=tuple(owners),
        due=due_in(quote) or due_in(taken),
        evidence=tuple(evidence),
    )


def _owners(reading: Reading, main: int, last: int, quote: str, takers: list[int]) -> list[str]:
    """Who is to do it: nobody who was asked and declined, and nobody where another than the one asked says yes."""
    segments = reading.script.segments
    taken = list(dict.fromkeys(speaker for number in takers if (speaker := segments[number].speaker) is not None))
    owners = owners_of(quote, segments[main].speaker, reading.people, taken)
    if not requests(quote):
        return owners
    declined = {
        segments[number].speaker
        for number in after(reading.script, last, seconds=20.0, most=3)
        if _DECLINES.match(_plain(segments[number].text))
    }
    willing = [owner for owner in owners if owner not in declined]
    if len(willing) < len(owners):
        return taken if len(taken) == 1 and taken[0] not in declined else willing
    return [] if taken and not set(taken) & set(owners) else owners


def takers_after(reading: Reading, index: int) -> list[int]:
    """The other speaker's segment that takes on, right after, what the segment ``index`` asks for; at most one."""
    if not requests(_plain(reading.script.segments[index].text)):
        return []
    for number in after(reading.script, index, seconds=20.0, most=2):
        if _TAKES.match(_plain(reading.script.segments[number].text)):
            return [number]
    return []


def _leans_on_request(text: str) -> bool:
    """Whether a segment takes something on without saying what: "sure, I'll do that"."""
    return is_acknowledgement(text) or (bool(_TAKES.match(text)) and content_words(text) < LEAST_CONTENT)


def _request_before(reading: Reading, index: int) -> int | None:
    segments = reading.script.segments
    for candidate in before(reading.script, index, LOOK_BACK, most=5, others=True):
        text = _plain(segments[candidate].text)
        if (requests(text) or reading.people.assigned(text)) and content_words(text) >= LEAST_CONTENT:
            return candidate
    return None


def is_task(text: str) -> bool:
    """Whether a text says that somebody is to do something after the conversation, not within it."""
    return not _CONDUCT.search(text) or (commits(text) and due_in(text) is not None)


def _plain(text: str) -> str:
    return text.replace("’", "'")
