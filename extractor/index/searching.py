"""Search in passages: by meaning and by word, ranked together, without overlaps."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING

from extractor.index import ranking
from extractor.index.collection import Found, Passages
from extractor.index.model import Passage, Row, passage_of, without_lead

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

POOL = 50
"""Passages that the search by meaning and the search by word each hand on to be ranked together."""
WORD_MATCHES = 1000
"""Passages that are ranked by word: the question's rarest words are taken as long as they match no more than this."""
QUESTION_WORDS = 32


def best(
    passages: Passages, question: str, vector: NDArray[np.float32], limit: int, conversations: Sequence[str] | None
) -> list[Passage]:
    """At most ``limit`` passages that answer to a question and its vector, best first, none of which overlap."""
    pool = max(POOL, 2 * limit)
    found = {hit.row.id: hit for hit in passages.nearest(vector, pool, conversations)}
    word_scores = _word_scores(passages, question, conversations)
    by_word = sorted(word_scores, key=lambda key: (-word_scores[key], key))[:pool]
    absent = [key for key in by_word if key not in found]
    vectors = passages.vectors(absent)
    found.update({row.id: Found(row, float(vector @ vectors[row.id])) for row in passages.rows(absent)})
    order = ranking.blended({key: hit.similarity for key, hit in found.items()}, word_scores)
    return _apart([found[key] for key in order], limit)


def _word_scores(passages: Passages, question: str, conversations: Sequence[str] | None) -> dict[str, float]:
    """BM25 of the passages that have the question's rarer words, by id."""
    asked = ranking.subject_words(question)[:QUESTION_WORDS]
    matches = {word: passages.ids_matching(ranking.pattern(word), WORD_MATCHES + 1, conversations) for word in asked}
    chosen = dict[str, int]()
    ids = dict[str, None]()
    for word in sorted((word for word in asked if matches[word]), key=lambda word: len(matches[word])):
        if len(ids) + len(matches[word]) > WORD_MATCHES:
            break
        chosen[word] = len(matches[word])
        ids.update(dict.fromkeys(matches[word]))
    return ranking.bm25(chosen, passages.texts(ids), chosen, passages.count())


def _apart(hits: Sequence[Found], limit: int) -> list[Passage]:
    """The first hits as passages that share nothing: where two do, the later in the conversation gives way.

    It gives up the turn it repeats; where that is not enough, the hit of lower rank is left out.
    """
    kept = list[tuple[Row, Passage]]()
    for hit in hits:
        if len(kept) == limit:
            break
        row, score = hit.row, _cosine(hit.similarity)
        passage = passage_of(row, score)
        for place, (other_row, other) in enumerate(kept):
            if not passage.overlaps(other):
                continue
            if (passage.from_turn, passage.from_char) > (other.from_turn, other.from_char):
                row = without_lead(row) or row
                passage = passage_of(row, score)
            elif shorter := without_lead(other_row):
                kept[place] = shorter, passage_of(shorter, other.score)
        if not any(passage.overlaps(other) for _, other in kept):
            kept.append((row, passage))
    return [passage for _, passage in kept]


def _cosine(value: float) -> float:
    return max(-1.0, min(1.0, value)) if math.isfinite(value) else 0.0
