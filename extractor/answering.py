"""A question answered from the log: a language model writes, code keeps what is cited, and no proof is no answer."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from types import MappingProxyType
from typing import Any, Final, Literal

from extractor.engines.choice import connection_from
from extractor.engines.connection import Connection
from extractor.engines.rendering import marker, one_line
from extractor.engines.structured import REMEDY, Wire, ask_for, read_wire, strict_format
from extractor.engines.windows import estimate_tokens
from extractor.errors import AnswerInvalidError, ContextOverflowError
from extractor.linking.rendering import NAMES, TEXT_CHARACTERS, facts, quote_lines
from extractor.linking.sides import Quote, Side
from extractor.prompt_files import load_prompt
from extractor.records import RecordType, Usage
from extractor.settings import Settings

NOT_SAID: Final = "The log does not say."
QUESTION_CHARACTERS: Final = 1_000
PASSAGE_CHARACTERS: Final = 4_000
SPARE_TOKENS: Final = 200

_STANDING: Final[Mapping[str, str]] = MappingProxyType(
    {
        "decided": "holds",
        "tentative": "not final (accepted for now)",
        "deferred": "not final (put off)",
        "rejected": "turned down",
        "reversed": "withdrawn: what was decided before no longer holds",
    }
)


@dataclass(frozen=True)
class Cited:
    """Something of the log that an answer may rest on: a record, or a passage of a conversation.

    ``superseded_by`` are the ids of records that took its place, ``answered_by`` of those that answer it. ``owners``
    and ``decided_by`` are names, ``title`` is the conversation's; of a passage only text, title and day are known.
    """

    id: str
    kind: Literal["record", "passage"]
    text: str
    type: RecordType | None = None
    status: str | None = None
    state: str | None = None
    said_on: dt.date | None = None
    title: str = ""
    topic: str | None = None
    owners: tuple[str, ...] = ()
    decided_by: tuple[str, ...] = ()
    due: dt.date | None = None
    superseded_by: tuple[str, ...] = ()
    answered_by: tuple[str, ...] = ()
    quotes: tuple[Quote, ...] = ()


@dataclass(frozen=True)
class Sentence:
    """A sentence of an answer and the ids of what proves it, at least one."""

    text: str
    cites: tuple[str, ...]


@dataclass(frozen=True)
class Answer:
    """What the log says to a question.

    ``said`` False means that the log does not say. ``sentences`` is empty without a model (``written_by`` None): then
    ``passages`` is the answer, best first, and ``said`` tells only that there are any. ``unproven`` holds sentences
    that were left out as they cite nothing that was shown, ``left_out`` the ids for which there was no room.
    """

    question: str
    said: bool
    sentences: tuple[Sentence, ...] = ()
    passages: tuple[Cited, ...] = ()
    written_by: str | None = None
    unproven: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()
    usage: Usage = field(default_factory=Usage)


class WireSentence(Wire):
    cites: list[int]
    text: str


class WireAnswer(Wire):
    said: bool
    sentences: list[WireSentence]


@cache
def response_format() -> dict[str, Any]:
    """The ``response_format`` of a request: a strict JSON schema of :class:`WireAnswer`."""
    return strict_format("answer", WireAnswer)


class AnsweringModel:
    """A language model that answers from entries it is shown; ``destination`` is where the text goes."""

    leaves_machine: Final = True

    def __init__(self, connection: Connection, prompt: str = "answering") -> None:
        self._connection = connection
        self._prompt = load_prompt(prompt)

    @property
    def name(self) -> str:
        return f"openai:{self._connection.model}"

    @property
    def version(self) -> str:
        return f"{self._prompt.name}@{self._prompt.version}"

    @property
    def destination(self) -> str:
        return self._connection.destination

    def answer(self, question: str, passages: Sequence[Cited]) -> Answer:
        """The model's answer with every sentence that cites nothing taken out; see :func:`answer`."""
        exchange = self._connection.exchange(response_format())
        asked = one_line(question, QUESTION_CHARACTERS)
        fixed = (self._prompt.system, self._prompt.user, asked, str(exchange.response_format))
        room = self._connection.input_limit(exchange) - sum(map(estimate_tokens, fixed)) - SPARE_TOKENS
        shown = _fitting(passages, room)
        entries = "\n".join(_entries(shown))
        found, usage = ask_for(
            exchange,
            self._prompt.system,
            self._prompt.fill("user", question=asked, marker=marker(entries), entries=entries),
            read_sentences,
            lambda problem: self._prompt.fill("repair", problem=problem),
        )
        sentences, unproven = _proven(found, shown)
        return Answer(
            question=question,
            said=found.said and bool(sentences),
            sentences=sentences if found.said else (),
            passages=shown,
            written_by=self.name,
            unproven=unproven,
            left_out=tuple(one.id for one in passages[len(shown) :]),
            usage=usage,
        )


def answer(question: str, passages: Sequence[Cited], model: AnsweringModel | None) -> Answer:
    """What ``passages`` (best first) say to a question; without a model, the passages themselves.

    Where there are none, nobody is asked. Raises EngineError where the model gives no answer that can be used.
    """
    if not passages:
        return Answer(question, said=False)
    if model is None:
        return Answer(question, said=True, passages=tuple(passages))
    return model.answer(question, passages)


def answering_model_from(spec: str, settings: Settings) -> AnsweringModel | None:
    """The model that ``spec`` names, None for ``local``.

    Raises UsageError for a name that is no engine's and EngineSetupError where it cannot start.
    """
    connection = connection_from(spec, settings)
    return AnsweringModel(connection) if connection is not None else None


def read_sentences(text: str) -> WireAnswer:
    """What a model answered; raises AnswerInvalidError or AnswerEmptyError where it cannot be used."""
    found = read_wire(text, WireAnswer)
    if found.said and not any(sentence.text.strip() and sentence.cites for sentence in found.sentences):
        raise AnswerInvalidError("The answer claims that the log says it, but has no sentence that cites one.", REMEDY)
    return found


def _proven(found: WireAnswer, shown: Sequence[Cited]) -> tuple[tuple[Sentence, ...], tuple[str, ...]]:
    """The sentences with at least one citation of an entry that was shown, and the texts of the others."""
    sentences, unproven = [], []
    for one in found.sentences:
        text = " ".join(one.text.split())
        cites = dict.fromkeys(shown[number - 1].id for number in one.cites if 1 <= number <= len(shown))
        if text and cites:
            sentences.append(Sentence(text, tuple(cites)))
        elif text:
            unproven.append(text)
    return tuple(sentences), tuple(unproven)


def _fitting(passages: Sequence[Cited], room: int) -> tuple[Cited, ...]:
    """The first of the passages, as many as fit ``room`` tokens; raises ContextOverflowError where not one does."""
    for number, passage in enumerate(passages):
        room -= estimate_tokens("\n".join(_entry(passage, number + 1, {}))) + SPARE_TOKENS // 10
        if room < 0:
            if number == 0:
                what = "Not one entry of the log fits the window of the model."
                raise ContextOverflowError(what, "Allow more input (openai_max_input_tokens), or choose another model.")
            return tuple(passages[:number])
    return tuple(passages)


def _entries(shown: Sequence[Cited]) -> list[str]:
    numbers = {one.id: number for number, one in enumerate(shown, 1)}
    return [line for number, one in enumerate(shown, 1) for line in _entry(one, number, numbers)]


def _entry(one: Cited, number: int, numbers: Mapping[str, int]) -> list[str]:
    """``[3] decision``, how it stands, what is known of it, its quotes; ``numbers`` says which ids are shown where."""
    if one.type is None:
        said = [one_line(line, PASSAGE_CHARACTERS) for line in one.text[:PASSAGE_CHARACTERS].splitlines()]
        return [f"[{number}] passage", *facts(_side(one)), "  text:", *(f"    {line}" for line in said)]
    head = [f"[{number}] {NAMES[one.type]}", f"  standing: {standing(one, numbers)}"]
    return [*head, f"  text: {one_line(one.text, TEXT_CHARACTERS)}", *facts(_side(one)), *quote_lines(one.quotes)]


def standing(one: Cited, numbers: Mapping[str, int] | None = None) -> str:
    """How a record stands, in words: whether it holds now, and who says so.

    ``numbers`` maps ids to the numbers under which they are shown, so that what took its place can be named.
    """
    if one.state == "rejected":
        return "rejected by a reviewer: this entry is wrong"
    if one.superseded_by:
        return f"superseded, no longer holds{_by(one.superseded_by, numbers)}"
    if one.type == "open_question":
        held = f"answered{_by(one.answered_by, numbers)}" if one.answered_by else "open, not answered"
    elif one.type == "action_item":
        held = "task"
    else:
        held = _STANDING.get(one.status or "", "holds")
    return held if one.state == "approved" else f"{held}; proposed by the machine, not confirmed by a person"


def _by(ids: Sequence[str], numbers: Mapping[str, int] | None) -> str:
    known = [f"[{numbers[one]}]" for one in ids if numbers and one in numbers]
    return f"; see {', '.join(known)}" if known else ""


def _side(one: Cited) -> Side:
    """The entry as what records are rendered from."""
    return Side(
        id=one.id,
        type=one.type or "decision",
        text=one.text,
        conversation="",
        status=one.status,
        topic=one.topic,
        said_on=one.said_on,
        owners=one.owners,
        decided_by=one.decided_by,
        due=one.due,
        quotes=one.quotes,
        title=one.title,
    )
