"""Segments to numbers: the inputs of the linear model.

Three blocks, each of one row a segment:

- ``dense``: the segment's embedding and two means of its neighbours' embeddings (384 each);
- ``cheap``: cues of the segment and its neighbourhood, position, length, talk share, who speaks before and after;
- ``sparse``: hashed words and word pairs of the segment, hashed words of its neighbours, as (bucket, value) lists.
"""

from __future__ import annotations

import itertools
import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from extractor.engines.local import cues
from extractor.engines.local.segments import Script

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

REACH = 6  # segments on either side that the means of neighbours' embeddings see
DECAY = 0.7  # weight of a neighbour, to the power of its distance
NEAR = 3  # segments on either side whose cues and words count as context
SELF_BUCKETS = 1 << 16
CONTEXT_BUCKETS = 1 << 14
BUCKETS = SELF_BUCKETS + 2 * CONTEXT_BUCKETS

_TOKEN = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?|\d+|[+-]\d|\?")
_NUMBER = re.compile(r"\d+$")


@dataclass(frozen=True)
class Features:
    """The three blocks of n segments.

    ``dense`` is (n, 1152) and ``cheap`` is (n, number of cheap features), both float32. Row i of the sparse block has
    ``values[starts[i]:starts[i + 1]]`` in columns ``buckets[starts[i]:starts[i + 1]]``, columns below ``BUCKETS``.
    """

    dense: Floats
    cheap: Floats
    buckets: NDArray[np.int32]
    values: Floats
    starts: NDArray[np.int64]


def features_of(script: Script, vectors: Floats) -> Features:
    """The features of a script's segments; ``vectors`` is (n, 384), one embedding a segment, in order."""
    texts = [segment.text for segment in script.segments]
    cue = np.array([cues.cues_of(text) for text in texts], np.float32).reshape(len(texts), len(cues.NAMES))
    dense = np.hstack([vectors, _neighbours(vectors, -1), _neighbours(vectors, 1)]).astype(np.float32)
    cheap = np.hstack([cue, _any_near(cue, -1), _any_near(cue, 1), _reactions(script, cue), _position(script)])
    return Features(dense, cheap.astype(np.float32), *_hashed(texts))


def tokens_of(text: str) -> list[str]:
    """Lower-case words and question marks; numbers keep their last digit only where they have one digit."""
    found = _TOKEN.findall(text.lower().replace("’", "'"))
    return [token if len(token) == 1 or not _NUMBER.match(token) else "0" for token in found]


def _neighbours(vectors: Floats, direction: int) -> Floats:
    """Mean of the embeddings of up to ``REACH`` segments before (-1) or after (1), nearer ones weighing more."""
    count = len(vectors)
    total = np.zeros_like(vectors)
    for distance in range(1, min(REACH, count - 1) + 1):
        weight = np.float32(DECAY ** (distance - 1))
        if direction < 0:
            total[distance:] += weight * vectors[:-distance]
        else:
            total[:-distance] += weight * vectors[distance:]
    return total / np.float32(sum(DECAY**power for power in range(REACH)))


def _any_near(cue: Floats, direction: int) -> Floats:
    near = np.zeros_like(cue)
    for distance in range(1, min(NEAR, len(cue) - 1) + 1):
        if direction < 0:
            near[distance:] = np.maximum(near[distance:], cue[:-distance])
        else:
            near[:-distance] = np.maximum(near[:-distance], cue[distance:])
    return near


def _reactions(script: Script, cue: Floats) -> Floats:
    """What other speakers do within the next and the previous five segments: accept, object, ask, propose, commit."""
    names = ["accept", "assent", "no_objection", "object", "question", "propose", "commit", "assign", "unknown"]
    columns = [cues.NAMES.index(name) for name in names]
    speakers = np.unique([segment.speaker or "" for segment in script.segments], return_inverse=True)[1]
    count = len(cue)
    after = np.zeros((count, len(columns)), np.float32)
    before = np.zeros((count, len(columns)), np.float32)
    for distance in range(1, min(5, count - 1) + 1):
        other = (speakers[distance:] != speakers[:-distance])[:, None]
        after[:-distance] = np.maximum(after[:-distance], cue[distance:][:, columns] * other)
        before[distance:] = np.maximum(before[distance:], cue[:-distance][:, columns] * other)
    return np.hstack([after, before])


def _position(script: Script) -> Floats:
    """Place in the conversation, length, and the course of talk, one row a segment."""
    segments, runs = script.segments, script.runs
    count = len(segments)
    if not count:
        return np.zeros((0, 24), np.float32)
    words = np.array([segment.words for segment in segments], np.float32)
    time = np.array([segment.time for segment in segments], np.float32)
    run = np.array(runs)
    run_words = np.bincount(run, words)
    first = np.r_[True, run[1:] != run[:-1]]
    last = np.r_[run[1:] != run[:-1], True]
    spoken: dict[str, float] = {}
    for segment, length in zip(segments, words, strict=True):
        spoken[segment.speaker or ""] = spoken.get(segment.speaker or "", 0.0) + float(length)
    total = max(float(words.sum()), 1.0)
    share = np.array([spoken[segment.speaker or ""] / total for segment in segments], np.float32)
    place = np.cumsum(words) / total
    next_run = np.r_[run_words, 0.0][run + 1]
    previous_run = np.r_[0.0, run_words][run]
    changes = np.convolve(first.astype(np.float32), np.ones(9))[4 : 4 + count]
    foreign = np.array([segment.foreign for segment in segments])
    columns = [
        place,
        place**2,
        place > 0.9,
        place > 0.97,
        place < 0.05,
        np.exp((time - time[-1]) / 60.0),
        np.exp((time - time[-1]) / 300.0),
        np.exp((time[0] - time) / 60.0),
        np.log1p(words),
        words <= 2,
        words >= 8,
        words >= 20,
        np.log1p(run_words[run]),
        first,
        last,
        share,
        share >= max(spoken.values()) / total - 1e-6,
        next_run <= 4,
        last & (next_run <= 4),
        np.log1p(previous_run),
        changes,
        np.full(count, not script.timed),
        np.where(script.timed, 0.0, place),
        foreign,
    ]
    return np.stack([np.asarray(column, np.float32) for column in columns], axis=1)


def _hashed(texts: Sequence[str]) -> tuple[NDArray[np.int32], Floats, NDArray[np.int64]]:
    tokens = [tokens_of(text) for text in texts]
    grams = [set(words) | {f"{a} {b}" for a, b in itertools.pairwise(words)} for words in tokens]
    buckets: list[int] = []
    values: list[float] = []
    starts = [0]
    for index in range(len(texts)):
        before = set().union(*tokens[max(index - NEAR, 0) : index]) if index else set[str]()
        after = set().union(*tokens[index + 1 : index + 1 + NEAR]) if index + 1 < len(texts) else set[str]()
        for terms, size, offset in (
            (grams[index], SELF_BUCKETS, 0),
            (before, CONTEXT_BUCKETS, SELF_BUCKETS),
            (after, CONTEXT_BUCKETS, SELF_BUCKETS + CONTEXT_BUCKETS),
        ):
            columns = sorted({offset + zlib.crc32(term.encode()) % size for term in terms})
            buckets.extend(columns)
            values.extend([1.0 / max(len(columns), 1) ** 0.5] * len(columns))
        starts.append(len(buckets))
    return np.array(buckets, np.int32), np.array(values, np.float32), np.array(starts, np.int64)
