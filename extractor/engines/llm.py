"""The language-model engine: any OpenAI-compatible server, asked for records in a strict JSON schema.

A conversation goes out in one call while it fits the model's window, else in windows along its turns. Each way to fail
has its remedy: an answer that was cut off or a text that does not fit is asked for again in two halves; an answer that
cannot be read gets one chance to be repaired; what was refused, or lost to the server after the client's retries, is
named in ``Drafts.unprocessed`` while the other windows go on.
"""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable
from typing import TYPE_CHECKING, Final

from pydantic import SecretStr

from extractor.conversation import Conversation
from extractor.drafts import DraftActionItem, DraftDecision, DraftOpenQuestion, Drafts
from extractor.engines.connection import connect
from extractor.engines.rendering import Transcript
from extractor.engines.structured import with_repair
from extractor.engines.windows import Window, estimate_tokens, plan, split
from extractor.engines.wire import Reading, read_answer, response_format
from extractor.errors import (
    AnswerCutOffError,
    AnswerEmptyError,
    AnswerError,
    AnswerInvalidError,
    ContextOverflowError,
    EngineError,
)
from extractor.prompt_files import Prompt, load_prompt
from extractor.records import EngineInfo, Unprocessed, Usage

if TYPE_CHECKING:
    from extractor.engines.exchange import Exchange, Message, Reply

SMALLEST_WINDOW_TOKENS: Final = 500
SPARE_TOKENS: Final = 100
CALLS_PER_WINDOW: Final = 4
EXTRA_CALLS: Final = 8
FAILURES_IN_A_ROW: Final = 3


class LanguageModelEngine:
    """Extraction by a language model behind an OpenAI-compatible API.

    ``api_key`` and ``base_url`` fall back to OPENAI_API_KEY and to OPENAI_BASE_URL or OPENAI_API_BASE. ``timeout_s``
    bounds one attempt, ``max_retries`` the attempts after the first. ``max_input_tokens`` bounds one call's input,
    estimated at three bytes a token; without it the model's published window less its longest answer counts, at most
    200,000, and 100,000 for a model that is not known. No temperature is sent unless one is given, since reasoning
    models refuse it. ``prompt`` names the file of ``prompts/`` that holds the instructions.

    Raises EngineSetupError without a key, with one that no header can carry, or with a base URL that is none, and
    DecisionsError where there is no such prompt.
    """

    def __init__(
        self,
        model: str,
        *,
        base_url: str | None = None,
        api_key: SecretStr | None = None,
        timeout_s: float = 120.0,
        max_retries: int = 2,
        max_input_tokens: int | None = None,
        max_output_tokens: int | None = None,
        temperature: float | None = None,
        prompt: str = "extraction",
    ) -> None:
        self._connection = connect(
            model,
            base_url=base_url,
            api_key=api_key,
            timeout_s=timeout_s,
            max_retries=max_retries,
            max_input_tokens=max_input_tokens,
            max_output_tokens=max_output_tokens,
            temperature=temperature,
        )
        self._prompt = load_prompt(prompt)

    @property
    def info(self) -> EngineInfo:
        version = f"{self._prompt.name}@{self._prompt.version}"
        return EngineInfo(name="openai", model=self._connection.model, version=version, leaves_machine=True)

    @property
    def destination(self) -> str:
        """The base URL that the text is sent to, without any user name or password in it."""
        return self._connection.destination

    def extract(self, conversation: Conversation) -> Drafts:
        """The drafts of a conversation; raises EngineError only where no window of it was answered."""
        if not conversation.turns:
            return Drafts()
        exchange = self._connection.exchange(response_format())
        transcript = Transcript(conversation)
        windows = plan(transcript.pieces, self._room(exchange, transcript), transcript.cost)
        return _Run(exchange, self._prompt, transcript, windows).drafts()

    def _room(self, exchange: Exchange, transcript: Transcript) -> int:
        """Estimated tokens that one window's turns may take: the input limit less everything else that is sent."""
        limit = self._connection.input_limit(exchange)
        fixed = (self._prompt.system, self._prompt.user, self._prompt.sections["part_after_context"])
        instructions = sum(map(estimate_tokens, (*fixed, str(exchange.response_format))))
        return max(limit - instructions - transcript.head_tokens - SPARE_TOKENS, SMALLEST_WINDOW_TOKENS)


class _Run:
    """One conversation on its way through its windows."""

    def __init__(self, exchange: Exchange, prompt: Prompt, transcript: Transcript, windows: list[Window]) -> None:
        self._exchange = exchange
        self._prompt = prompt
        self._transcript = transcript
        self._waiting = deque(windows)
        self._calls_left = CALLS_PER_WINDOW * len(windows) + EXTRA_CALLS
        self._answered = False
        self._failures_in_a_row = 0
        self._decisions: list[DraftDecision] = []
        self._action_items: list[DraftActionItem] = []
        self._open_questions: list[DraftOpenQuestion] = []
        self._unprocessed: list[Unprocessed] = []
        self._warnings: list[str] = []
        self._usage = Usage()

    def drafts(self) -> Drafts:
        """Works through the windows; raises the last error where none of them was answered."""
        last_error: EngineError | None = None
        while self._waiting:
            if self._calls_left <= 0:
                self._give_up_all("The limit of calls for one conversation was reached.")
                break
            window = self._waiting.popleft()
            try:
                self._take(window, self._answer(window))
            except EngineError as error:
                last_error = error
                self._fail(window, error)
        if not self._answered and last_error is not None:
            last_error.calls = self._usage.calls
            last_error.input_tokens = self._usage.input_tokens
            last_error.output_tokens = self._usage.output_tokens
            raise last_error
        return Drafts(
            decisions=tuple(self._decisions),
            action_items=tuple(self._action_items),
            open_questions=tuple(self._open_questions),
            unprocessed=_joined(self._unprocessed),
            warnings=tuple(self._warnings),
            usage=self._usage,
        )

    def _answer(self, window: Window) -> Reading:
        """The reading of a window's answer, after one repair where the first answer cannot be used as it is."""
        from extractor.engines.exchange import Message

        messages = [
            Message("system", self._prompt.system),
            Message("user", self._transcript.message(self._prompt, window)),
        ]
        reply = self._ask(messages)
        first, error = self._read(reply, window)
        if error is None or self._calls_left <= 0:
            return _usable(first, error)
        messages = with_repair(messages, reply, self._prompt.fill("repair", problem=error.what))
        try:
            second, error = self._read(self._ask(messages), window)
        except EngineError:
            if first is None or not first.kept:
                raise
            return first
        return _usable(_better(first, second), error)

    def _read(self, reply: Reply, window: Window) -> tuple[Reading | None, AnswerError | None]:
        """What could be read and what is wrong with it; raises the faults that no repair mends."""
        try:
            if reply.fault is not None:
                raise reply.fault
            reading = read_answer(reply.text, window.shown, self._transcript.person)
        except (AnswerInvalidError, AnswerEmptyError) as error:
            return None, error
        return reading, reading.error

    def _ask(self, messages: list[Message]) -> Reply:
        self._calls_left -= 1
        try:
            reply = self._exchange.ask(messages)
        except EngineError:
            self._usage += Usage(calls=1)
            raise
        self._usage += reply.usage
        return reply

    def _take(self, window: Window, reading: Reading) -> None:
        self._answered = True
        self._failures_in_a_row = 0
        self._decisions += reading.decisions
        self._action_items += reading.action_items
        self._open_questions += reading.open_questions
        self._warnings += reading.warnings(f"turns {window.first} to {window.last}")
        if reading.missing:
            lists = " and ".join(name.replace("_", " ") for name in reading.missing)
            self._give_up(window, f"The answer has no list of {lists}.")

    def _fail(self, window: Window, error: EngineError) -> None:
        """Splits the window where that may help, else gives it up, and all that wait where they would fail too."""
        if isinstance(error, AnswerCutOffError | ContextOverflowError):
            halves = split(window, self._transcript.cost)
            if halves is not None:
                self._waiting.extendleft(reversed(halves))
                return
        self._give_up(window, error.what)
        self._failures_in_a_row = 0 if isinstance(error, AnswerError) else self._failures_in_a_row + 1
        if error.terminal or self._failures_in_a_row >= FAILURES_IN_A_ROW:
            self._give_up_all(error.what)

    def _give_up(self, window: Window, reason: str) -> None:
        self._unprocessed.append(Unprocessed(from_turn=window.first, to_turn=window.last, reason=reason))

    def _give_up_all(self, reason: str) -> None:
        while self._waiting:
            self._give_up(self._waiting.popleft(), reason)


def _better(first: Reading | None, second: Reading | None) -> Reading | None:
    """The reading that holds more records; of two that hold as many, the one with nothing wrong, else the later."""
    readings = [reading for reading in (second, first) if reading is not None]
    return max(readings, key=lambda reading: (reading.kept, reading.error is None), default=None)


def _usable(reading: Reading | None, error: AnswerError | None) -> Reading:
    """The reading if it holds a record or has nothing wrong with it; else raises what is wrong."""
    if reading is not None and (reading.kept or reading.error is None):
        return reading
    raise error or AnswerInvalidError("The answer could not be read.", "Run again, or choose another model.")


def _joined(parts: Iterable[Unprocessed]) -> tuple[Unprocessed, ...]:
    """Neighbouring stretches with the same reason as one."""
    joined: list[Unprocessed] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and last.reason == part.reason and part.from_turn <= last.to_turn + 1:
            joined[-1] = last.model_copy(update={"to_turn": part.to_turn})
        else:
            joined.append(part)
    return tuple(joined)
