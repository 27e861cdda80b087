"""From scores to the records that are shown: draft, correct the score by what the words themselves say, pick the best.

The model scores a segment by how annotators marked such places, and they marked the discussion rather than the deciding
words. So a draft's score is corrected by signs in its wording before candidates compete. The corrections are log-odds,
set by hand on ami.dev, tc39.dev and unlabelled recordings of calls. When chosen, those of decisions raised the F within
10 s on ami.dev from 0.25 to 0.30 and left tc39.dev about where it was; the rules have changed since, see
``evals/results``. That of personal commitments serves real calls and costs on ami.dev (F within 10 s from about 0.50 to
0.43), whose players assign tasks to roles.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import TypeAlias

import numpy as np

from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion
from extractor.engines.local import cues
from extractor.engines.local.actions import action_at
from extractor.engines.local.decisions import decision_at
from extractor.engines.local.people import commits, requests
from extractor.engines.local.questions import is_candidate, question_at
from extractor.engines.local.reading import Reading
from extractor.engines.local.regions import most_for, peaks

Draft: TypeAlias = DraftDecision | DraftActionItem | DraftOpenQuestion

MOST_GAINED = {"decision": 0.75, "action": 3.0, "question": 0.0}  # the largest correction of each head, in log-odds
DISMISSED = -99.0

_DELIVERS = re.compile(
    r"\bi(?:'ll| will|'m (?:going to|gonna)| am going to| can)(?: \w+ly| also| just| try (?:to|and)| go ahead and"
    r"| happily| then| probably)* (?:send|write|open|draft|prepare|put (?:together|up)|share|(?:double"
    r"|triple)?[- ]?check"
    r"|look (?:into|at)|take (?:a look|that|this|it|care)|post|create|fix|update|ask|schedule|reach out|set up"
    r"|follow up|file|merge|finish|organi[sz]e|review|test|publish|launch|track|get (?:back|up|something|in touch)"
    r"|work on|do (?:this|it|that|an?|some)|run|sync|talk (?:to|with)|e-?mail|contact|upload|document|investigate"
    r"|report"
    r"|implement|push|close|submit|ping|message|invite|collect|arrange|book|call|make sure|bring|confirm|clean|add"
    r"|order|buy)\b",
    re.IGNORECASE,
)
_WITHIN_THE_CALL = re.compile(
    r"\b(?:in|into|to|on) (?:the |zoom |our )*chat\b|\b(?:the|a|some) links?\b", re.IGNORECASE
)


def candidates(reading: Reading, head: str, lowest: float) -> dict[int, tuple[float, Draft]]:
    """Every segment that makes a draft: its corrected score and the draft. ``lowest`` is the threshold in use."""
    found: dict[int, tuple[float, Draft]] = {}
    make, correction = _HEADS[head]
    scores = reading.scores[head]
    for index in np.nonzero(scores >= lowest - MOST_GAINED[head])[0]:
        if reading.script.segments[index].foreign:
            continue
        draft = make(reading, int(index))
        if draft is not None:
            found[int(index)] = (float(scores[index]) + correction(draft), draft)
    return found


def best(reading: Reading, head: str, threshold: float) -> list[tuple[float, Draft]]:
    """The drafts to show with their corrected scores, best first: apart in time, over the threshold, not too many."""
    segments = reading.script.segments
    if not segments:
        return []
    found = candidates(reading, head, threshold)
    corrected = np.full(len(segments), DISMISSED, np.float32)
    for index, (score, _) in found.items():
        corrected[index] = score
    times = [segment.time for segment in segments]
    limit = most_for(head, times[-1] - times[0])
    return [found[index] for index in _distinct(peaks(corrected, times, threshold, 2 * limit), found)][:limit]


def _distinct(indices: list[int], found: dict[int, tuple[float, Draft]]) -> list[int]:
    """The candidates whose main quote no better candidate has among its quotes, whole or in part."""
    kept: list[int] = []
    for index in indices:
        main = found[index][1].evidence[0]
        others = [evidence for other in kept for evidence in found[other][1].evidence]
        if not any(o.turn == main.turn and (main.quote in o.quote or o.quote in main.quote) for o in others):
            kept.append(index)
    return kept


def _decision_correction(draft: Draft) -> float:
    assert isinstance(draft, DraftDecision)
    quote = draft.evidence[0].quote
    if draft.status != "tentative":
        value = 0.75
    else:
        value = -0.5 if any(cues.has(name, quote) for name in ("propose", "lets", "we_should")) else -2.5
    return value - 0.5 * cues.has("past", quote) - 0.5 * ("?" in quote)


def _action_correction(draft: Draft) -> float:
    assert isinstance(draft, DraftActionItem)
    quote = draft.evidence[0].quote.replace("’", "'")
    own = commits(quote)
    taken = any(evidence.role == "accepted" for evidence in draft.evidence[1:])
    dated = draft.due is not None
    if own:
        promises = (_DELIVERS.search(quote) is not None or dated) and not _WITHIN_THE_CALL.search(quote)
        value = 2.5 + 0.5 * dated if promises else -2.5
    else:
        value = float(bool(draft.owners)) + float(taken) + 0.5 * (dated and bool(draft.owners))
    silent = not own and not draft.owners and not taken and not requests(quote) and not dated
    return value - 1.0 * silent


def _no_correction(draft: Draft) -> float:
    del draft
    return 0.0


def _question(reading: Reading, index: int) -> DraftOpenQuestion | None:
    return question_at(reading, index) if is_candidate(reading, index) else None


_HEADS: dict[str, tuple[Callable[[Reading, int], Draft | None], Callable[[Draft], float]]] = {
    "decision": (decision_at, _decision_correction),
    "action": (action_at, _action_correction),
    "question": (_question, _no_correction),
}
