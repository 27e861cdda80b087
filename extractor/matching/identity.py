"""What is extracted from a conversation again, matched to the records that the log has of it.

A match that is missed doubles a row, and brings a rejected record back; a wrong one hides a record behind another.
Pairs are judged by the probability that scoring uses, taken both ways round, as no side is a label here. Both
thresholds were set on the train half of ``evals/examples``: with pairs that were judged by reading (107 records of a
language model had the same record among the labels), and with labels against other labels of their conversation (five
random halvings, 510 labels, none of which is in the other half):

==========  ============  ===========================  ======================  ========================
basis       threshold     same and not matched of 107  matched, judged others  other label taken of 510
==========  ============  ===========================  ======================  ========================
evidence    0.2           0                            3                       14
evidence    0.25 to 0.35  0                            3                       9
evidence    0.4           2                            3                       9
text alone  0.3           13                           5                       81
text alone  0.5           31                           1                       9
==========  ============  ===========================  ======================  ========================

A sentence that fills the same template with another thing has all the features of the same record; see ``FRAME``, which
was not there yet when these were counted.
"""

from __future__ import annotations

import operator
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final, TypeAlias

import numpy as np

from extractor.conversation import Conversation
from extractor.embedding import Embedder
from extractor.matching.assignment import log_odds, match_likeliest
from extractor.matching.items import Item, Place, claim_of, places_of
from extractor.matching.similarity import SAME_TURN, features, load_calibration, nearness, probabilities, stems
from extractor.records import ActionItem, Decision, Due, Evidence, OpenQuestion, RecordType

if TYPE_CHECKING:
    from numpy.typing import NDArray

Record: TypeAlias = Decision | ActionItem | OpenQuestion

SAME: Final = 0.3
"""The probability from which two claims that both have evidence are one record."""
SAME_BY_TEXT: Final = 0.5
"""The same where a record of the log has none that still stands: records of one conversation share many words."""

FRAME: Final = 0.5
"""The share of the longer claim's content words, a half, from which two that differ are one template filled in twice.

219 records of the train half were said once more about another thing (one word changed in claim and quote), in the
next turn and in the last: 400 of 438 were taken for the first one without this, 2 with it. No pair judged the same was
lost.
"""

_WORDS_OF: Final = {"decision": "statement", "action_item": "task", "open_question": "question"}
_STRAIGHT: Final = str.maketrans("\u2018\u2019\u201c\u201d", "''\"\"")


@dataclass(frozen=True)
class Known:
    """A record that the log has of a conversation, in whatever state.

    ``claims`` are its words now and those that an engine first gave, which an edit may have changed; any of them may
    be said again. ``places`` is where its evidence stands in the conversation as it is now; see ``moved_places``.
    """

    id: str
    type: RecordType
    claims: tuple[str, ...]
    places: tuple[Place, ...]


def same_records(
    known: Sequence[Known], found: Sequence[Record], conversation: Conversation, embedder: Embedder
) -> list[tuple[int, int, float]]:
    """Which of ``known`` was found again: places in ``known`` and ``found`` and the probability, in the order of known.

    One to one, of the same type only, and the likeliest such matching. A record with the id of a known one is that
    one, with probability 1, unless it contradicts it, or the id is an accident of renumbered turns and the evidence
    lies elsewhere, or several records share its quote: an id then says only which came first by the alphabet, and the
    words decide. So a record that is not matched may have the id of one that is there.
    """
    chances = np.zeros((len(known), len(found)))
    types = [type_of(record) for record in found]
    for kind in dict.fromkeys(types):
        rows = [place for place, one in enumerate(known) if one.type == kind]
        columns = [place for place, one in enumerate(types) if one == kind]
        if rows:
            some = [known[row] for row in rows], [found[column] for column in columns]
            chances[np.ix_(rows, columns)] = _chances(*some, conversation, embedder)
    return [(pair.row, pair.column, pair.probability) for pair in match_likeliest(chances, SAME)]


def type_of(record: Record) -> RecordType:
    """The type of a record."""
    if isinstance(record, Decision):
        return "decision"
    return "action_item" if isinstance(record, ActionItem) else "open_question"


def _chances(
    known: Sequence[Known], found: Sequence[Record], conversation: Conversation, embedder: Embedder
) -> NDArray[np.float64]:
    """The probability of each pair of one type, shape (known, found); 0 where it is too low to be a match."""
    claims = [Item(one.id, claim, one.places) for one in known for claim in one.claims]
    owners = np.array([place for place, one in enumerate(known) for _ in one.claims], int)
    items = [Item(record.id, claim_of(record), places_of(record.evidence)) for record in found]
    chances = np.zeros((len(known), len(found)))
    np.maximum.at(chances, owners, _both_ways(claims, items, conversation, embedder))
    near = [[nearness(one.places, item.places, conversation) for item in items] for one in known]
    region = np.array(near, float).reshape(chances.shape)
    chances[(region < 1.0) & _filled_otherwise(known, items, conversation)] = 0.0
    sure = _same_ids(known, items, chances, region)
    enough = chances >= np.where(np.isnan(region), SAME_BY_TEXT, SAME)
    result: NDArray[np.float64] = np.where(sure, 1.0, np.where(enough, chances, 0.0))
    return result


def _both_ways(
    known: Sequence[Item], found: Sequence[Item], conversation: Conversation, embedder: Embedder
) -> NDArray[np.float64]:
    """The probability of each pair by the mean of its log-odds from either side; 0 where one contradicts the other."""
    calibration = load_calibration()
    one = probabilities(features(known, found, conversation, embedder), calibration)
    other = probabilities(features(found, known, conversation, embedder), calibration).T
    mean = 1.0 / (1.0 + np.exp(-(log_odds(one) + log_odds(other)) / 2.0))
    result: NDArray[np.float64] = np.where((one > 0.0) & (other > 0.0), mean, 0.0)
    return result


def _filled_otherwise(known: Sequence[Known], found: Sequence[Item], conversation: Conversation) -> NDArray[np.bool_]:
    """Which pairs are one template filled in with two things: "Sam orders the chain", "Sam orders the paint".

    Words they share also stand in each other's evidence, so all features see one record. What tells them apart is
    that each names what stands in its own evidence and what the other neither says, in any of its wordings, nor
    quotes. That means nothing where they quote the same words.
    """
    old = [([stems(claim) for claim in one.claims], _quoted(one.places, conversation)) for one in known]
    new = [(stems(item.text), _quoted(item.places, conversation)) for item in found]
    result = [[_tell_apart(claims, proof, other, disproof) for other, disproof in new] for claims, proof in old]
    return np.array(result, bool).reshape(len(known), len(found))


def _tell_apart(known: Sequence[set[str]], quoted: set[str], found: set[str], found_quoted: set[str]) -> bool:
    said = set[str]().union(*known)
    alike = any(len(claim & found) >= FRAME * max(len(claim), len(found)) for claim in known)
    return alike and bool((said & quoted) - found - found_quoted) and bool((found & found_quoted) - said - quoted)


def _quoted(places: Sequence[Place], conversation: Conversation) -> set[str]:
    """The content words that stand in these places, as ``stems``."""
    there = (place for place in places if 0 <= place.turn < len(conversation.turns))
    return {word for place in there for word in stems(conversation.turns[place.turn].text[place.start : place.end])}


def _same_ids(
    known: Sequence[Known], found: Sequence[Item], chances: NDArray[np.float64], region: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Which pairs are the same by their id alone."""
    here = np.isnan(region) | (region >= SAME_TURN)
    touching = region == 1.0
    alone = (touching.sum(axis=1, keepdims=True) <= 1) & (touching.sum(axis=0, keepdims=True) <= 1)
    equal = np.array([[one.id == item.id for item in found] for one in known], bool).reshape(chances.shape)
    result: NDArray[np.bool_] = equal & here & alone & (chances > 0.0)
    return result


def moved_places(evidence: Sequence[Evidence], conversation: Conversation) -> tuple[Evidence | None, ...]:
    """Old quotes where they stand in the conversation as it is now, each None where its words are no longer there.

    Only turn and span change; quotes stay word for word, so one whose blanks were changed is no longer there. Of
    several turns with the same words the nearest counts, after the shift of the quotes around it that stand in one
    place only: what was inserted before them moved them too.
    """
    found = [_occurrences(quote.quote, conversation) for quote in evidence]
    anchors = sorted(
        (quote.turn, places[0][0] - quote.turn)
        for quote, places in zip(evidence, found, strict=True)
        if len(places) == 1
    )
    return tuple(
        _moved(quote, places, quote.turn + _shift(quote.turn, anchors), conversation) if places else None
        for quote, places in zip(evidence, found, strict=True)
    )


def settled(record: Record, conversation: Conversation) -> tuple[Record, tuple[int, ...]]:
    """A record with its evidence by ``moved_places``, and the numbers of the quotes that stay where they were, lost."""
    places = moved_places(record.evidence, conversation)
    lost = tuple(number for number, place in enumerate(places) if place is None)
    kept = tuple(quote if place is None else place for quote, place in zip(record.evidence, places, strict=True))
    return record.model_copy(update={"evidence": kept}), lost


def _occurrences(quote: str, conversation: Conversation) -> list[tuple[int, int]]:
    """Turn and first code point of each place where a quote stands."""
    if not quote:
        return []
    pattern = re.compile(re.escape(quote))
    return [
        (turn.index, hit.start())
        for turn in conversation.turns
        if quote in turn.text
        for hit in pattern.finditer(turn.text)
    ]


def _shift(turn: int, anchors: Sequence[tuple[int, int]]) -> int:
    """By how many turns the nearest anchor moved."""
    return min(anchors, key=lambda anchor: abs(anchor[0] - turn), default=(0, 0))[1]


def _moved(quote: Evidence, places: Sequence[tuple[int, int]], near: int, conversation: Conversation) -> Evidence:
    def unlike(place: tuple[int, int]) -> tuple[int, bool, int]:
        other_speaker = conversation.turns[place[0]].speaker != quote.speaker
        return abs(place[0] - near), other_speaker, abs(place[1] - quote.start_char)

    turn, start = min(places, key=unlike)
    return quote.model_copy(update={"turn": turn, "start_char": start, "end_char": start + len(quote.quote)})


def differs(known: Record, found: Record) -> dict[str, tuple[object, object]]:
    """The fields in which a record that was found again says something else: name -> (known, found).

    Compared are the words, ``status``, ``owners``, ``decided_by``, ``raised_by``, ``due`` and ``evidence``. Blanks,
    capitals, the form of quotation marks, a full stop and the order of people make no difference. Due dates are the
    same on the same day, or in the same words where neither has a day. Evidence differs where something new is
    quoted: that an engine quotes less than the last one, or another part of the same words, takes no proof away. The
    known record's evidence must stand where it is now (``moved_places``).

    Raises TypeError where the two are not of one type.
    """
    if type(known) is not type(found):
        raise TypeError("Only records of one type can be compared.")
    same: dict[str, Callable[[Any, Any], bool]] = {
        _WORDS_OF[type_of(known)]: _same_words,
        "status": operator.eq,
        "owners": _same_people,
        "decided_by": _same_people,
        "raised_by": _same_people,
        "due": _same_due,
        "evidence": _nothing_new,
    }
    fields = {name: (getattr(known, name), getattr(found, name)) for name in same if hasattr(known, name)}
    return {name: both for name, both in fields.items() if not same[name](*both)}


def _same_words(known: str, found: str) -> bool:
    return _plain(known) == _plain(found)


def _plain(text: str) -> str:
    return " ".join(text.translate(_STRAIGHT).casefold().split()).rstrip(".")


def _same_people(known: Iterable[str], found: Iterable[str]) -> bool:
    return set(known) == set(found)


def _same_due(known: Due | None, found: Due | None) -> bool:
    if known is None or found is None:
        return known is found
    if known.date or found.date:
        return known.date == found.date
    return _same_words(known.text, found.text)


def _nothing_new(known: Iterable[Evidence], found: Iterable[Evidence]) -> bool:
    """Whether every quote found shares at least a code point with a known one."""
    spans = [(quote.turn, quote.start_char, quote.end_char) for quote in known]
    return all(
        any(turn == quote.turn and start < quote.end_char and quote.start_char < end for turn, start, end in spans)
        for quote in found
    )
