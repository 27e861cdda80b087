"""Links judged by a language model: one call for a new record and its candidates, every candidate with its verdict.

An answer that leaves a candidate out, points to a quote that is not there, or names a kind that cannot be between two
records of these types is no answer. It is asked for once more, and the record is unjudged if that is no better.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, Literal

from extractor.engines.choice import connection_from
from extractor.engines.connection import Connection
from extractor.engines.rendering import marker
from extractor.engines.structured import REMEDY, Wire, ask_for, read_wire, strict_format
from extractor.errors import AnswerCutOffError, AnswerInvalidError, ContextOverflowError, EngineError, UsageError
from extractor.linking.rendering import NAMES, record_lines
from extractor.linking.sides import Judged, Side, possible
from extractor.prompt_files import Prompt, load_prompt
from extractor.records import LinkKind, Usage
from extractor.settings import Settings

if TYPE_CHECKING:
    from extractor.engines.exchange import Exchange

Certainty = Literal["plain", "likely", "possible"]
Verdict = Literal[LinkKind, "none"]

CONFIDENCE: Final = MappingProxyType({"plain": 0.9, "likely": 0.7, "possible": 0.4})
"""What a model's word for its certainty counts for: an order, not a measured probability."""


class WireVerdict(Wire):
    candidate: int
    new_quote: int | None
    earlier_quote: int | None
    because: str
    kind: Verdict
    certainty: Certainty


class WireVerdicts(Wire):
    verdicts: list[WireVerdict]


@cache
def response_format() -> dict[str, Any]:
    """The ``response_format`` of a request: a strict JSON schema of :class:`WireVerdicts`."""
    return strict_format("links", WireVerdicts)


class ModelJudge:
    """A judge that asks a language model; see :class:`extractor.linking.sides.Judge`.

    A cut-off answer and candidates that do not fit the window are asked for in halves.
    """

    def __init__(self, connection: Connection, prompt: str = "linking") -> None:
        self._connection = connection
        self._prompt = load_prompt(prompt)
        self._usage = Usage()

    @property
    def name(self) -> str:
        return f"openai:{self._connection.model}"

    @property
    def version(self) -> str:
        return f"{self._prompt.name}@{self._prompt.version}"

    @property
    def leaves_machine(self) -> bool:
        return True

    @property
    def destination(self) -> str:
        return self._connection.destination

    @property
    def usage(self) -> Usage:
        return self._usage

    def judge(self, new: Side, earlier: Sequence[Side], similarities: Sequence[float]) -> list[Judged]:  # noqa: ARG002 (a model reads)
        """The links that the model sees; raises EngineError where it gave no answer that can be used."""
        candidates = [_Candidate(side, kinds) for side in earlier if (kinds := possible(new, side))]
        if not candidates:
            return []
        return self._asked(self._connection.exchange(response_format()), new, candidates)

    def _asked(self, exchange: Exchange, new: Side, candidates: Sequence[_Candidate]) -> list[Judged]:
        try:
            found, usage = ask_for(
                exchange,
                self._prompt.system,
                message(self._prompt, new, candidates),
                lambda text: read_verdicts(text, new, candidates),
                lambda problem: self._prompt.fill("repair", problem=problem),
            )
        except EngineError as error:
            self._usage += Usage(calls=error.calls, input_tokens=error.input_tokens, output_tokens=error.output_tokens)
            if len(candidates) == 1 or not isinstance(error, AnswerCutOffError | ContextOverflowError):
                raise
            middle = len(candidates) // 2
            return [
                link for half in (candidates[:middle], candidates[middle:]) for link in self._asked(exchange, new, half)
            ]
        self._usage += usage
        return found


@dataclass(frozen=True)
class _Candidate:
    """An earlier record, and the kinds of link there can be to it."""

    side: Side
    kinds: tuple[LinkKind, ...]


def message(prompt: Prompt, new: Side, candidates: Sequence[_Candidate]) -> str:
    """The user message: what is asked, then the fenced records."""
    lines = [f"new record: {NAMES[new.type]}", *record_lines(new)]
    for number, candidate in enumerate(candidates, 1):
        lines += [f"candidate {number}: {NAMES[candidate.side.type]}", *record_lines(candidate.side)]
        lines.append(f"  may be: {', '.join((*candidate.kinds, 'none'))}")
    records = "\n".join(lines)
    return prompt.fill("user", count=len(candidates), marker=marker(records), records=records)


def read_verdicts(text: str, new: Side, candidates: Sequence[_Candidate]) -> list[Judged]:
    """The links in an answer; raises AnswerInvalidError or AnswerEmptyError where it cannot be used as a whole.

    That two records possibly relate is no link: read by eye in four real series of meetings, 8 of the 22 links that a
    model called possible were right and 96 of the 107 others; all 12 wrong ones of the former only related.
    """
    verdicts = read_wire(text, WireVerdicts).verdicts
    numbers = [verdict.candidate for verdict in verdicts]
    if sorted(numbers) != list(range(1, len(candidates) + 1)):
        raise _invalid(f"The answer must have one verdict for each of the candidates 1 to {len(candidates)}.")
    links = []
    for verdict in sorted(verdicts, key=lambda verdict: verdict.candidate):
        candidate = candidates[verdict.candidate - 1]
        if verdict.kind == "none":
            continue
        if verdict.kind not in candidate.kinds:
            raise _invalid(f"Candidate {verdict.candidate} cannot be linked by {verdict.kind}.")
        link = Judged(
            earlier=candidate.side,
            kind=verdict.kind,
            confidence=CONFIDENCE[verdict.certainty],
            from_quote=_place(verdict.new_quote, new, f"new_quote of candidate {verdict.candidate}"),
            to_quote=_place(verdict.earlier_quote, candidate.side, f"earlier_quote of candidate {verdict.candidate}"),
        )
        if (verdict.kind, verdict.certainty) != ("relates", "possible"):
            links.append(link)
    return links


def _place(number: int | None, side: Side, what: str) -> int | None:
    """The place of a quote that an answer gives by its number; raises where a side has quotes and none is given."""
    if not side.quotes:
        return None
    if number is None or not 1 <= number <= len(side.quotes):
        raise _invalid(f"The {what} must be a number from 1 to {len(side.quotes)}.")
    return number - 1


def _invalid(what: str) -> AnswerInvalidError:
    return AnswerInvalidError(what, REMEDY)


def model_judge_from(spec: str, settings: Settings) -> ModelJudge:
    """The judge that ``spec`` names (``openai:MODEL``), with the settings in force.

    Raises UsageError for a name that is no language model's and EngineSetupError where it cannot start.
    """
    connection = connection_from(spec, settings)
    if connection is None:
        raise UsageError(f"{spec} is no language model.", "Choose openai or openai:MODEL, or judge by features.")
    return ModelJudge(connection)
