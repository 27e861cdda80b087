"""How likely two claims are the same record: by what they say and by where they say it was said.

Four features of a pair: the cosine of the two sentences' embeddings, the token-set ratio of their content words, how
many of the found claim's content words stand in the known one's evidence, and the nearness of their evidence. A
logistic regression makes one probability of them; its coefficients were fitted on pairs that were judged by reading
(``evals/matching``) and on labels with the claims of other labels, and stand in ``calibration.json`` beside this
module. Where one side has no evidence the text decides alone, by coefficients of its own; where both say the same
nearly word for word it decides alone too: the evidence is then wrong, the record is not.

Embeddings hardly see a "not" or a number. Two claims in the same words, one of them negated or with other figures, are
never the same record; see ``contradicts`` for what it does not see.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Final, Literal

import numpy as np

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.matching.items import Item, Place

if TYPE_CHECKING:
    from numpy.typing import NDArray

Basis = Literal["evidence", "text"]
"""Whether evidence is used where both sides have it, or the text alone."""

WINDOW_SECONDS: Final = 60.0
"""Annotators of one meeting agree far more within a minute than on the turn: pairwise F1 0.27 to 0.57 against 0.06 to
0.34."""
WINDOW_TURNS: Final = 6
SAME_TURN: Final = 0.8
"""Nearness of two quotes in one turn that do not touch, or of which one is not known."""
VERBATIM: Final = 0.9
"""Cosine and token ratio from which two claims say the same, wherever their evidence lies."""
SAME_WORDS: Final = 92
"""Ratio of sorted content words (0 to 100), negations left out, from which two claims are the same words."""
STEM: Final = 5
"""Letters of a word that count when the words of a claim are looked for in the evidence."""
NEGATED_STEM: Final = 4
"""Letters that count when a negated word is looked for in the other claim: "not opened" negates "open"."""
SHORT_WORDS: Final = 5
"""A known claim of fewer content words than this ("Stage 3") is also read together with the conversation's title."""

_STOP: Final = frozenset(
    "a an the and or but of to in on at for from by with as is are was were be been being it its this that these those "
    "we they he she i you our their his her your my will would shall should can could do does did has have had not so "
    "there then than if".split()
)
_NEGATION: Final = re.compile(r"\b(?:not|no|never|neither|nor|without|cannot)\b|\w+n['’]t\b", re.IGNORECASE)
_NUMBER: Final = re.compile(r"\d+(?:[.,:]\d+)*")
_WORD: Final = re.compile(r"\w+(?:['’]\w+)?")


@dataclass(frozen=True)
class Features:
    """Features of every pair, each of shape (found, known).

    ``region`` is NaN where a side has no evidence; ``opposed`` is whether one claim negates the other.
    """

    cosine: NDArray[np.float64]
    tokens: NDArray[np.float64]
    said: NDArray[np.float64]
    region: NDArray[np.float64]
    opposed: NDArray[np.bool_]


@dataclass(frozen=True)
class Weights:
    """Coefficients of a logistic regression."""

    constant: float
    cosine: float
    tokens: float
    said: float = 0.0
    region: float = 0.0


@dataclass(frozen=True)
class Calibration:
    """What turns features into a probability, and above which one a pair may match."""

    version: str
    threshold: float
    with_evidence: Weights
    text_alone: Weights


@cache
def load_calibration() -> Calibration:
    """The shipped calibration."""
    data = json.loads((files("extractor.matching") / "calibration.json").read_text(encoding="utf-8"))
    return Calibration(
        version=data["version"],
        threshold=data["threshold"],
        with_evidence=Weights(**data["with_evidence"]),
        text_alone=Weights(**data["text_alone"]),
    )


def features(
    found: Sequence[Item],
    known: Sequence[Item],
    conversation: Conversation,
    embedder: Embedder,
    basis: Basis = "evidence",
) -> Features:
    """The features of every claim found in a conversation against every known one: a label, or a record of the log."""
    shape = (len(found), len(known))
    cosine, tokens = np.zeros(shape), np.zeros(shape)
    if found and known:
        said, plain, titled = _texts(found, known, conversation.title)
        cosine = _cosines(said, plain, titled, embedder)
        tokens = np.maximum(_token_sets(said, plain), _token_sets(said, titled))
    region, words = np.full(shape, np.nan), np.zeros(shape)
    if basis == "evidence":
        words = _said(found, known, conversation)
        for row, one in enumerate(found):
            for column, other in enumerate(known):
                region[row, column] = nearness(one.places, other.places, conversation)
    opposed = np.array([[contradicts(one.text, other.text) for other in known] for one in found], bool)
    return Features(cosine, tokens, words, region, opposed.reshape(shape))


def probabilities(found: Features, calibration: Calibration) -> NDArray[np.float64]:
    """For each pair the probability, in [0, 1], that both are the same record."""
    near, far = calibration.with_evidence, calibration.text_alone
    region = np.nan_to_num(found.region)
    both = near.constant + near.cosine * found.cosine + near.tokens * found.tokens
    both = both + near.said * found.said + near.region * region
    text = far.constant + far.cosine * found.cosine + far.tokens * found.tokens
    verbatim = (found.cosine >= VERBATIM) & (found.tokens >= VERBATIM)
    odds = np.where(np.isnan(found.region) | (verbatim & (text > both)), text, both)
    result: NDArray[np.float64] = np.where(found.opposed, 0.0, 1.0 / (1.0 + np.exp(-odds)))
    return result


def contradicts(one: str, other: str) -> bool:
    """Whether two claims are the same words but for an odd number of negations, or for other numbers.

    A negation counts where what it negates stands in the other claim: 'a sign ("50p, no refunds")' does not negate "a
    sign". Opposites in other words ("enabled", "disabled") and numbers in words are not seen.
    """
    negated = (_negations(one, other) - _negations(other, one)) % 2 == 1
    numbers = _numbers(one), _numbers(other)
    differ = all(numbers) and not (numbers[0] <= numbers[1] or numbers[1] <= numbers[0])
    if not negated and not differ:
        return False
    from rapidfuzz import fuzz

    left, right = (" ".join(_content(_NUMBER.sub(" ", _NEGATION.sub(" ", text)))) for text in (one, other))
    return fuzz.token_sort_ratio(left, right) >= SAME_WORDS


def _negations(text: str, other: str) -> int:
    """How many negations of a text are of something that the other one says too, or of nothing that is said."""
    said = {word[:NEGATED_STEM] for word in _content(other)}
    after = (_NEGATION.sub(" ", text[hit.end() :]) for hit in _NEGATION.finditer(text))
    negated = ([word for word in _words(rest) if word not in _STOP][:1] for rest in after)
    return sum(not words or words[0][:NEGATED_STEM] in said for words in negated)


def _numbers(text: str) -> set[str]:
    """The numbers of a text without what does not change them: ``1,000`` is ``1000``, ``10:00`` is ``10``."""
    found = (re.sub(r"(?<=\d),(?=\d{3}\b)", "", number) for number in _NUMBER.findall(text))
    return {re.sub(r"[:.]0+$", "", number).lstrip("0") or "0" for number in found}


def nearness(one: Sequence[Place], other: Sequence[Place], conversation: Conversation) -> float:
    """How near the evidence of two claims is, in [0, 1]; NaN where one has none.

    1 where quotes overlap, ``SAME_TURN`` in one turn, else falling to 0 at ``WINDOW_SECONDS`` between the turns, or
    at ``WINDOW_TURNS`` where a turn has no time.
    """
    if not one or not other:
        return float("nan")
    return max(_near(left, right, conversation) for left in one for right in other)


def _near(one: Place, other: Place, conversation: Conversation) -> float:
    if one.turn == other.turn:
        if one.start is None or one.end is None or other.start is None or other.end is None:
            return SAME_TURN
        return 1.0 if one.start < other.end and other.start < one.end else SAME_TURN
    return SAME_TURN * max(0.0, 1.0 - _distance(one.turn, other.turn, conversation))


def _distance(one: int, other: int, conversation: Conversation) -> float:
    """Distance between two turns as a share of the window."""
    turns = conversation.turns
    if not (0 <= one < len(turns) and 0 <= other < len(turns)):
        return 1.0
    first, second = turns[min(one, other)], turns[max(one, other)]
    if first.start is None or second.start is None:
        return abs(one - other) / WINDOW_TURNS
    end = first.end if first.end is not None else first.start
    return max(0.0, second.start - end) / WINDOW_SECONDS


def _texts(found: Sequence[Item], known: Sequence[Item], title: str) -> tuple[list[str], list[str], list[str]]:
    """What is found, what is known, and what is known again, short claims with the title before them."""
    plain = [item.text for item in known]
    titled = [f"{title}: {text}" if title and len(_content(text)) < SHORT_WORDS else text for text in plain]
    return [item.text for item in found], plain, titled


def _cosines(
    said: Sequence[str], plain: Sequence[str], titled: Sequence[str], embedder: Embedder
) -> NDArray[np.float64]:
    """Of each found and each known claim the larger cosine, the known one with its title or without."""
    vectors = embedder.embed([*said, *plain, *titled]).astype(np.float64)
    ends = len(said), len(said) + len(plain)
    larger = np.maximum(vectors[: ends[0]] @ vectors[ends[0] : ends[1]].T, vectors[: ends[0]] @ vectors[ends[1] :].T)
    return np.clip(larger, 0.0, 1.0)


def _token_sets(one: Sequence[str], other: Sequence[str]) -> NDArray[np.float64]:
    from rapidfuzz import fuzz, process

    left, right = ([" ".join(_content(text)) for text in texts] for texts in (one, other))
    ratios = process.cdist(left, right, scorer=fuzz.token_set_ratio, dtype=np.float64)
    return np.asarray(ratios, np.float64) / 100.0


def _said(found: Sequence[Item], known: Sequence[Item], conversation: Conversation) -> NDArray[np.float64]:
    """The share of each found claim's content words that stand in each known one's evidence."""
    claims = [stems(item.text) for item in found]
    proofs = [set().union(*(stems(_words_at(place, conversation)) for place in item.places)) for item in known]
    shares = [[len(claim & proof) / max(1, len(claim)) for proof in proofs] for claim in claims]
    return np.array(shares, float).reshape(len(found), len(known))


def _words_at(place: Place, conversation: Conversation) -> str:
    if not 0 <= place.turn < len(conversation.turns):
        return ""
    return conversation.turns[place.turn].text[place.start : place.end]


def stems(text: str) -> set[str]:
    """The content words of a text, each cut to its first letters."""
    return {word[:STEM] for word in _content(text)}


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _content(text: str) -> list[str]:
    words = _words(text)
    return [word for word in words if word not in _STOP] or words
