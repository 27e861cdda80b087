"""The shape a language model answers in, and the reading of its answers.

The wire models exist for strict JSON schemas: every field is required, none has a default, a bound or an open key, and
evidence comes first, so that a model quotes before it writes. They hold no confidence: a probability that a language
model states about itself is not calibrated, so drafts from here leave it None.

An answer is read record by record with the draft models, whatever the server promised: a record that fails is refused
and counted, the others are kept.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cache
from typing import Any, Final, Literal, TypeVar, get_args

from pydantic import ValidationError

from extractor.drafts import DraftActionItem, DraftDecision, DraftEvidence, DraftOpenQuestion, DraftStance
from extractor.engines.structured import REMEDY, Wire, read_object, reason, strict_format
from extractor.errors import AnswerInvalidError
from extractor.records import EvidenceRole, Significance, Stance, Status

Flag = Literal["recap", "imposed"]
SECTIONS: Final = ("decisions", "action_items", "open_questions")

_PROBLEMS_SHOWN: Final = 5


class WireEvidence(Wire):
    role: EvidenceRole
    turn: int
    quote: str


class WireStance(Wire):
    evidence: list[WireEvidence]
    person: str
    stance: Stance


class WireAlternative(Wire):
    option: str
    why_not: str | None


class WireDecision(Wire):
    evidence: list[WireEvidence]
    statement: str
    status: Status
    flags: list[Flag]
    topic: str
    category: str | None
    significance: Significance
    decided_by: list[str]
    owners: list[str]
    rationale: str | None
    alternatives: list[WireAlternative]
    conditions: list[str]
    agreement: list[WireStance]
    due: str | None


class WireActionItem(Wire):
    evidence: list[WireEvidence]
    task: str
    owners: list[str]
    due: str | None


class WireOpenQuestion(Wire):
    evidence: list[WireEvidence]
    question: str
    raised_by: list[str]
    owners: list[str]
    blocks: str | None
    missing_information: str | None


class WireAnswer(Wire):
    decisions: list[WireDecision]
    action_items: list[WireActionItem]
    open_questions: list[WireOpenQuestion]


@dataclass(frozen=True)
class Reading:
    """What could be read from an answer.

    ``missing`` names the lists that the answer lacks. ``refused`` counts, for each kind of record and each reason, the
    records that were not taken; ``quotes_refused`` the quotes that point to no turn that was shown, in records that
    other quotes still carry.
    """

    decisions: tuple[DraftDecision, ...] = ()
    action_items: tuple[DraftActionItem, ...] = ()
    open_questions: tuple[DraftOpenQuestion, ...] = ()
    missing: tuple[str, ...] = ()
    refused: Counter[tuple[str, str]] = field(default_factory=Counter)
    quotes_refused: int = 0

    @property
    def kept(self) -> int:
        return len(self.decisions) + len(self.action_items) + len(self.open_questions)

    @property
    def error(self) -> AnswerInvalidError | None:
        """What is wrong with the answer as a whole, in words that the model may be shown; None where it is whole.

        An answer with some records refused is whole; one that lacks a list, or in which no record holds, is not.
        """
        if self.missing:
            return AnswerInvalidError(f"The answer has no list named {' and none named '.join(self.missing)}.", REMEDY)
        if self.refused and not self.kept:
            reasons = "; ".join(f"{kind}: {reason}" for kind, reason in list(self.refused)[:_PROBLEMS_SHOWN])
            return AnswerInvalidError(f"No record in the answer meets the schema ({reasons}).", REMEDY)
        return None

    def warnings(self, where: str) -> list[str]:
        """A sentence for each kind of record of which some were refused; ``where`` says which turns."""
        told = []
        for kind in dict.fromkeys(kind for kind, _ in self.refused):
            reasons = {reason: count for (of, reason), count in self.refused.items() if of == kind}
            why = "; ".join(f"{count} with {reason}" for reason, count in reasons.items())
            kept = len(getattr(self, kind))
            label, number = kind.replace("_", " "), sum(reasons.values())
            told.append(f"Refused from the answer for {where}: {number} of {number + kept} {label} ({why}).")
        if self.quotes_refused:
            why = "they point to no turn that was shown, or are empty"
            told.append(f"Quotes left out of the answer for {where}: {self.quotes_refused} ({why}).")
        return told


@cache
def response_format() -> dict[str, Any]:
    """The ``response_format`` of a request: a strict JSON schema of :class:`WireAnswer`."""
    return strict_format("conversation_records", WireAnswer)


def read_answer(text: str, shown: frozenset[int], person: Callable[[str], str] = str) -> Reading:
    """The drafts in an answer.

    ``shown`` are the turns that the model saw and may cite; ``person`` maps a name as written to the name to keep.
    Raises AnswerEmptyError for no content and AnswerInvalidError for what is no JSON object with at least one of the
    lists asked for.
    """
    root = read_object(text)
    missing = tuple(name for name in SECTIONS if not isinstance(root.get(name), list))
    if len(missing) == len(SECTIONS):
        raise AnswerInvalidError("The answer has none of the lists that were asked for.", REMEDY)
    reader = _Reader(shown, person)
    return Reading(
        decisions=reader.read("decisions", root, DraftDecision),
        action_items=reader.read("action_items", root, DraftActionItem),
        open_questions=reader.read("open_questions", root, DraftOpenQuestion),
        missing=missing,
        refused=reader.refused,
        quotes_refused=reader.quotes_refused,
    )


Draft = TypeVar("Draft", DraftDecision, DraftActionItem, DraftOpenQuestion)


class _RefusedError(Exception):
    """Why a record is not taken."""


class _Reader:
    def __init__(self, shown: frozenset[int], person: Callable[[str], str]) -> None:
        self._shown = shown
        self._person = person
        self.refused: Counter[tuple[str, str]] = Counter()
        self.quotes_refused = 0

    def read(self, kind: str, root: dict[str, Any], model: type[Draft]) -> tuple[Draft, ...]:
        items = root.get(kind)
        drafts = []
        for item in items if isinstance(items, list) else []:
            try:
                drafts.append(self._draft(item, model))
            except _RefusedError as reason:
                self.refused[kind, str(reason)] += 1
        return tuple(drafts)

    def _draft(self, item: Any, model: type[Draft]) -> Draft:
        """One record; a field left out or null counts as empty where the draft allows that."""
        if not isinstance(item, dict):
            raise _RefusedError("no fields")
        fields = {name: value for name, value in item.items() if value is not None} | {"confidence": None}
        if model is DraftDecision:
            fields["statement_source"] = "written"
        try:
            draft = model.model_validate(fields, extra="ignore")
        except ValidationError as error:
            raise _RefusedError(reason(error, "record")) from None
        return self._sound(draft)

    def _sound(self, draft: Draft) -> Draft:
        """The draft with its quotes and names in order; raises _RefusedError where nothing is left to prove it."""
        main = {DraftDecision: "statement", DraftActionItem: "task", DraftOpenQuestion: "question"}[type(draft)]
        if not getattr(draft, main).strip():
            raise _RefusedError(f"an empty {main}")
        evidence = self._quotes(draft.evidence)
        if not evidence:
            raise _RefusedError("no quote from a turn that was shown")
        self.quotes_refused += len(draft.evidence) - len(evidence)
        update: dict[str, object] = {"evidence": evidence}
        for name in ("owners", "decided_by", "raised_by"):
            if hasattr(draft, name):
                update[name] = self._names(getattr(draft, name))
        for name in ("due", "rationale", "category", "topic", "blocks", "missing_information"):
            if isinstance(value := getattr(draft, name, None), str):
                update[name] = value.strip() or None
        if isinstance(draft, DraftDecision):
            update["agreement"] = tuple(self._stance(stance) for stance in draft.agreement if stance.person.strip())
            update["flags"] = tuple(flag for flag in draft.flags if flag in get_args(Flag))
            update["alternatives"] = tuple(one for one in draft.alternatives if one.option.strip())
            update["conditions"] = tuple(condition for condition in draft.conditions if condition.strip())
        return draft.model_copy(update=update)

    def _stance(self, stance: DraftStance) -> DraftStance:
        evidence = self._quotes(stance.evidence)
        self.quotes_refused += len(stance.evidence) - len(evidence)
        return stance.model_copy(update={"person": self._person(stance.person), "evidence": evidence})

    def _quotes(self, evidence: Iterable[DraftEvidence]) -> tuple[DraftEvidence, ...]:
        return tuple(one for one in evidence if one.turn in self._shown and one.quote.strip())

    def _names(self, names: Iterable[str]) -> tuple[str, ...]:
        return tuple(dict.fromkeys(self._person(name) for name in names if name.strip()))
