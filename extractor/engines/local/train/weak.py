"""Weak labels for conversations whose outcome somebody wrote down without saying where it was spoken.

For training, a segment is taken to state the outcome when it is near the written conclusion in embedding space, uses
the wording of a decision (or of a commitment, for action items), and, for decisions, lies in the second half. Segments
that come close to the chosen one are left out of the loss rather than called negative.

For evaluation the label must not share the model's embedding space, so it is made from words alone: see
``lexical_turn``. It still asks for the wording of a decision, by patterns that the model and the cue baseline see too.
Neither label is an annotation, and how often a reader would agree with them was not measured.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local import cues
from extractor.engines.local.features import tokens_of
from extractor.engines.local.segments import Script
from extractor.engines.local.train.data import Example

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

DECISION_WORDING = ("decide", "no_objection", "go_with", "assent", "formal", "reject", "defer")
ACTION_WORDING = ("commit", "assign", "follow_up", "formal", "we_will")
MARGIN = 0.08  # cosine below the best within which a segment is left out
STOP_WORDS = frozenset(
    "a an and are as at be by for from has have in is it its not of on or that the this to we will with was were i"
    " you".split()
)


def wording(text: str, kind: str) -> bool:
    """Whether a text is worded like a decision (or, for ``action_items``, a commitment or an assignment)."""
    return any(cues.has(name, text) for name in (ACTION_WORDING if kind == "action_items" else DECISION_WORDING))


def weak_segments(
    example: Example, kind: str, vectors: Floats, conclusions: Floats
) -> tuple[NDArray[np.float32], NDArray[np.float32]]:
    """Labels and weights of a conversation's segments for training, each of shape (segments,).

    ``vectors`` is (segments, 384), ``conclusions`` (gold records, 384), all of length 1.
    """
    segments = example.script.segments
    labels, weights = np.zeros(len(segments), np.float32), np.ones(len(segments), np.float32)
    if not len(conclusions) or not segments:
        return labels, weights
    allowed = _eligible(example.script, kind)
    similarity = vectors @ conclusions.T
    for column in similarity.T:
        if not allowed.any():
            weights[column >= column.max() - MARGIN] = 0.0
            continue
        best = float(column[allowed].max())
        weights[column >= best - MARGIN] = 0.0
        labels[allowed & (column >= best - 0.02)] = 1.0
    weights[labels > 0] = 1.0
    return labels, weights


def _eligible(script: Script, kind: str) -> NDArray[np.bool_]:
    words = np.array([segment.words for segment in script.segments], np.float64)
    place = np.cumsum(words) / max(float(words.sum()), 1.0)
    late = place >= (0.5 if kind == "decisions" else 0.0)
    worded = np.array([not s.foreign and s.words >= 2 and wording(s.text, kind) for s in script.segments])
    return np.asarray(late & worded)


def lexical_turn(example: Example, kind: str) -> list[int]:
    """For each gold record the turn that most likely states it, judged by shared words alone; without one, none.

    A turn's score is the share of the conclusion's words (weighted by rarity in the conversation) that the turn has,
    divided by a slowly growing function of its length. It must be worded like a decision (or commitment); decisions
    must lie in the second half by words. Of equal turns the last wins.
    """
    turns = example.conversation.turns
    bags = [set(tokens_of(turn.text)) - STOP_WORDS for turn in turns]
    lengths = np.array([len(turn.text.split()) for turn in turns], np.float64)
    place = np.cumsum(lengths) / max(float(lengths.sum()), 1.0)
    seen = Counter(token for bag in bags for token in bag)
    picked = []
    for gold in example.gold[kind]:
        wanted = set(tokens_of(gold.text)) - STOP_WORDS
        weight = {token: math.log(1 + len(turns) / (1 + seen[token])) + 0.1 for token in wanted}
        total = sum(weight.values()) or 1.0
        best, best_score = -1, 0.0
        for number, bag in enumerate(bags):
            if (kind == "decisions" and place[number] < 0.5) or not wording(turns[number].text, kind):
                continue
            score = sum(weight[token] for token in wanted & bag) / total / (1 + math.log1p(lengths[number] / 20))
            if score >= best_score and score > 0:
                best, best_score = number, score
        if best >= 0:
            picked.append(best)
    return picked


def ranking(relevant: Sequence[int], scores: NDArray[np.float64]) -> int:
    """Rank, from 1, of the best-placed relevant turn; ties go against it."""
    best = max(float(scores[turn]) for turn in relevant)
    return int((scores >= best).sum()) if len(scores) else 0
