"""Scored segments to draft decisions: proposal and acceptance together, status by wording, cleaned statement."""

from __future__ import annotations

import re

from extractor.drafts import DraftDecision, DraftEvidence
from extractor.engines.local import cues
from extractor.engines.local.due import due_in
from extractor.engines.local.reading import Reading
from extractor.engines.local.spans import accepted_by, before, quote_around, settled_by
from extractor.engines.local.statements import cleaned, content_words, is_acknowledgement
from extractor.engines.local.status import announces, is_personal_call, is_supposed, puts_forward, status_of
from extractor.records import EvidenceRole, Status

LOOK_BACK = 60.0  # seconds in which an acceptance looks for what it accepts
LONG = 35  # words from which a quote that puts nothing forward explains something rather than suggests it
LEAST_CONTENT = 3  # content words of a statement worth showing

_MAIN_ROLE: dict[Status, EvidenceRole] = {
    "decided": "accepted",
    "tentative": "proposed",
    "deferred": "raised",
    "rejected": "objected",
    "reversed": "reversed",
}
_CONDUCT = re.compile(
    r"\b(?:(?:let's|we'll|we will|i'll|we can|we should|i think i'll|we're going to|going to"
    r"|want to) (?:\w+ ){0,3}?(?:move on|get started|start with|begin"
    r"|jump (?:in|to|into)|dive in\w*|turn (?:it|that|this)? ?(?:over|to)|hand (?:it |this |that )?(?:over|to|off)"
    r"|go through|go over|hear|talk about|discuss"
    r"|take (?:a look|questions|a break)|give (?:it|him|her|them|people|everyone|you) (?:a|another|some|one|two)"
    r"|wait (?:a|for (?:people|him|her|them))"
    r"|get (?:to|into) (?:that|it|this|the next)|see (?:if|how|what|where|who)|look at|start the|kick (?:it )?off"
    r"|wrap(?:ping)? (?:it |this )?up|close (?:here|the (?:call|meeting)))"
    r"|open the floor|next (?:topic|item|slide|on the agenda)|move on to|touch on|wanted to (?:\w+ )?(?:say|talk"
    r"|mention|ask"
    r"|discuss)|(?:see|talk to) you|thanks (?:everyone|all"
    r"|for)|share (?:my|the) screen|the queue)\b",
    re.IGNORECASE,
)
_IN_FORCE = re.compile(
    r"\b(?:last (?:week|month|year|time|meeting|call|plenary|sprint)|(?:we|i|they) had\b|that's why we"
    r"|already (?:decided|agreed|settled)|previously|ended up"
    r"|back (?:then|in|when)|originally|used to|historically|(?:weeks?|months?|years?) ago|yesterday|as a reminder)\b",
    re.IGNORECASE,
)


def decision_at(reading: Reading, index: int) -> DraftDecision | None:
    """The decision that the segment ``index`` states or accepts, None where nothing with content is found."""
    segments = reading.script.segments
    peak = segments[index]
    acceptance = [index] if is_acknowledgement(peak.text) else []
    main = _accepted_proposal(reading, index) if acceptance else index
    if main is None:
        return None
    first, last = quote_around(reading.script, main)
    quote = reading.quote(first, last)
    statement = cleaned(quote)
    if content_words(statement) < LEAST_CONTENT or (cues.has("courtesy", quote) and content_words(statement) < 6):
        return None
    if _CONDUCT.search(quote.replace("’", "'")):
        return None
    if not acceptance:
        acceptance = accepted_by(reading.script, last)[:1] if puts_forward(quote) else settled_by(reading.script, last)
        if not acceptance and announces(quote):
            acceptance = accepted_by(reading.script, last, seconds=15.0, most=2)[:1]
    status = status_of(quote, accepted=bool(acceptance))
    stated = not is_supposed(quote) and "?" not in quote and (announces(quote) or not puts_forward(quote))
    if status == "tentative" and acceptance and stated:
        status = "decided"
    if status in ("decided", "rejected") and not acceptance and _IN_FORCE.search(quote):
        return None
    if status == "tentative" and not puts_forward(quote) and (is_supposed(quote) or len(quote.split()) > LONG):
        return None
    role: EvidenceRole = "proposed" if acceptance and status == "decided" else _MAIN_ROLE[status]
    evidence = [DraftEvidence(role=role, turn=segments[first].turn, quote=quote)]
    if status in ("decided", "rejected"):
        for number in acceptance[:1]:
            accepted = segments[number]
            evidence.append(DraftEvidence(role="accepted", turn=accepted.turn, quote=accepted.text))
    speaker = segments[first].speaker
    decided_by = (speaker,) if speaker is not None and is_personal_call(quote) else ()
    return DraftDecision(
        statement=statement,
        statement_source="quoted",
        status=status,
        decided_by=decided_by,
        due=due_in(quote, strict=True),
        evidence=tuple(evidence),
    )


def _accepted_proposal(reading: Reading, index: int) -> int | None:
    """The segment that an acceptance accepts: with content, worded as a proposal or scored highest, nearest first."""
    segments = reading.script.segments
    best, best_score = None, float("-inf")
    for distance, candidate in enumerate(before(reading.script, index, LOOK_BACK, most=8)):
        text = segments[candidate].text
        if content_words(text) < LEAST_CONTENT - 1 or is_acknowledgement(text):
            continue
        proposes = any(cues.has(name, text) for name in ("propose", "lets", "we_should", "we_will", "go_with"))
        other = segments[candidate].speaker != segments[index].speaker
        score = float(reading.scores["decision"][candidate]) + 1.5 * proposes + 0.5 * other - 0.3 * distance
        if score > best_score:
            best, best_score = candidate, score
    return best
