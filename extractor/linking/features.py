"""A pair of records as numbers: how alike they are, what differs, and which words say how one stands to the other."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Final

import numpy as np

from extractor.linking.sides import Side
from extractor.matching.similarity import contradicts, stems

if TYPE_CHECKING:
    from numpy.typing import NDArray

_CHANGE: Final = (
    r"instead|no longer|(?:not )?any ?more|changed? (?:our|my|their) minds?|after all|rather than|scrap(?:ped|s)?"
    r"|drop(?:ped|s|ping)?|revers(?:e|ed|es|ing)|replac(?:e|ed|es|ing)|withdr[ae]wn?|cancel\w*|undo(?:ne)?|revis\w+"
    r"|mov(?:e|ed|es|ing) (?:\w+ )?(?:back|from|to)|push(?:ed|es)? (?:\w+ )?back|postpon\w+|switch\w*|previous\w*"
    r"|used to|overturn\w*|from now on|forget (?:what|that|the)|new plan|br(?:ing|ought) forward|changes? from"
)
_AGAIN: Final = (
    r"again|still|as (?:agreed|decided|before|planned|we said)|already (?:agreed|decided|said|settled)|remind\w*"
    r"|re-?confirm\w*|confirm\w*|stands|reiterat\w*|same as|like we (?:said|agreed)|stick(?:s|ing)? (?:to|with)"
    r"|last (?:week|time|month)|unchanged|keep(?:s|ing)? to|we said"
)
_DONE: Final = (
    r"done|shipped|finish\w*|complet\w+|merged|went (?:out|live)|rolled out|sent|signed|booked|ordered|deliver\w+"
    r"|installed|in place|set up|fixed|arrived|handed|carr(?:y|ied) out|so that we can|prepar\w+|draft\w*"
)
_ANSWER: Final = (
    r"answer\w*|turns? out|turned out|found out|came back|got back|heard (?:back|from)|settle[sd]?|so it(?:'s| is)"
    r"|the question|resolved|clarif\w+|we (?:now )?know"
)
_CUES: Final = {
    name: re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for name, words in (("change", _CHANGE), ("again", _AGAIN), ("done", _DONE), ("answer", _ANSWER))
}
_NEGATION: Final = re.compile(r"\b(?:not|no|never|neither|nor|without|cannot|nobody|nothing|stop\w*)\b|n['’]t\b", re.I)
_UNITS: Final = "one two three four five six seven eight nine ten eleven twelve".split()
_DAYS: Final = "monday tuesday wednesday thursday friday saturday sunday".split()
_MONTHS: Final = "january february march april may june july august september october november december".split()
_VALUE: Final = re.compile(rf"\d+(?:[.,:]\d+)*|\b(?:{'|'.join((*_UNITS, *_DAYS, *_MONTHS[:4], *_MONTHS[5:]))})\b")

UNKNOWN_DAYS: Final = 14
"""Days between two records of which one has no day."""

NAMES: Final = (
    "cosine",
    "cosine_above_median",
    "contained",
    "rare",
    "quoted",
    "values_differ",
    "negation_differs",
    "opposed",
    "new_is_question",
    "new_is_action",
    "earlier_is_question",
    "earlier_is_action",
    "new_reversed",
    "earlier_unsettled",
    "same_series",
    "same_deciders",
    "same_owners",
    "other_owners",
    "days",
    "change",
    "again",
    "done",
    "answer",
    "alike_and_differ",
    "alike_and_differ_unaware",
    "alike_decisions",
    "alike_task_and_decision",
    "alike_decision_and_task",
    "alike_tasks",
    "alike_questions",
    "alike_in_series",
)
"""What stands in each column of ``pairs``."""


def pairs(new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> NDArray[np.float64]:
    """Features of a new record with each earlier one, of shape (earlier, ``len(NAMES)``).

    ``similarities`` are cosines. All is in [0, 1]. Words count as rare by how few of these records have them, and a
    cosine also by how far it is above the median of all of them.
    """
    words = [stems(side.text) for side in (new, *earlier)]
    bearers = Counter(word for some in words for word in some)
    usual = float(np.median(similarities)) if len(similarities) else 0.0
    rows = []
    for side, theirs, cosine in zip(earlier, words[1:], similarities, strict=True):
        row = _alike(new, side, words[0], theirs, bearers) | _circumstances(new, side) | _cues(new)
        row |= {"cosine": _unit(cosine), "cosine_above_median": _unit(cosine - usual)}
        rows.append(row | _together(row))
    return np.array([[row[name] for name in NAMES] for row in rows], np.float64).reshape(len(earlier), len(NAMES))


def _alike(new: Side, earlier: Side, ours: set[str], theirs: set[str], bearers: Counter[str]) -> dict[str, float]:
    shared = ours & theirs
    rarity = sum(1.0 / bearers[word] for word in ours | theirs)
    values, others = _values(new.text), _values(earlier.text)
    said = stems(" ".join(quote.text for quote in new.quotes)) if new.quotes else set()
    return {
        "contained": len(shared) / max(1, min(len(ours), len(theirs))),
        "rare": sum(1.0 / bearers[word] for word in shared) / max(rarity, 1e-9),
        "quoted": len(said & theirs) / max(1, len(theirs)),
        "values_differ": float(bool(values and others) and not (values <= others or others <= values)),
        "negation_differs": float(bool(_NEGATION.search(new.text)) != bool(_NEGATION.search(earlier.text))),
        "opposed": float(contradicts(new.text, earlier.text)),
    }


def _circumstances(new: Side, earlier: Side) -> dict[str, float]:
    days = abs((new.said_on - earlier.said_on).days) if new.said_on and earlier.said_on else UNKNOWN_DAYS
    owners, others = _folded(new.owners), _folded(earlier.owners)
    return {
        "new_is_question": float(new.type == "open_question"),
        "new_is_action": float(new.type == "action_item"),
        "earlier_is_question": float(earlier.type == "open_question"),
        "earlier_is_action": float(earlier.type == "action_item"),
        "new_reversed": float(new.status in ("reversed", "rejected")),
        "earlier_unsettled": float(earlier.status in ("tentative", "deferred")),
        "same_series": float(new.series is not None and new.series == earlier.series),
        "same_deciders": float(bool(_folded(new.decided_by) & _folded(earlier.decided_by))),
        "same_owners": float(bool(owners & others)),
        "other_owners": float(bool(owners and others) and not owners & others),
        "days": min(1.0, math.log1p(days) / math.log(366)),
    }


def _cues(new: Side) -> dict[str, float]:
    said = " ".join((new.text, *(quote.text for quote in new.quotes)))
    return {name: float(bool(cue.search(said))) for name, cue in _CUES.items()}


def _together(row: dict[str, float]) -> dict[str, float]:
    """Likeness where it means something else: with other values, by the types of both sides, within a series."""
    cosine, differ = row["cosine"], max(row["values_differ"], row["negation_differs"])
    ours = {"task": row["new_is_action"], "question": row["new_is_question"]}
    theirs = {"task": row["earlier_is_action"], "question": row["earlier_is_question"]}
    for types in (ours, theirs):
        types["decision"] = 1.0 - types["task"] - types["question"]
    return {
        "alike_and_differ": cosine * differ,
        "alike_and_differ_unaware": cosine * differ * (1.0 - row["change"]),
        "alike_decisions": cosine * ours["decision"] * theirs["decision"],
        "alike_task_and_decision": cosine * ours["task"] * theirs["decision"],
        "alike_decision_and_task": cosine * ours["decision"] * theirs["task"],
        "alike_tasks": cosine * ours["task"] * theirs["task"],
        "alike_questions": cosine * ours["question"] * theirs["question"],
        "alike_in_series": cosine * row["same_series"],
    }


def _folded(names: Sequence[str]) -> set[str]:
    return {name.casefold() for name in names}


def _unit(value: float) -> float:
    return max(0.0, min(1.0, value))


def _values(text: str) -> set[str]:
    """Numbers, small ones in words too, days of the week and months; ``1,000`` is ``1000``."""
    found = (value.replace(",", "") for value in _VALUE.findall(text.casefold()))
    return {str(_UNITS.index(value) + 1) if value in _UNITS else value.strip(".:") for value in found}
