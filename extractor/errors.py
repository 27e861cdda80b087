"""Every error the product raises on purpose.

One root, so that a caller needs one ``except``. A message has two parts: one sentence on what is wrong, one on what to
do about it. ``exit_code`` is what the command line ends with when the error stops the whole run (0 done, 1 done in
part, 2 wrong usage or unreadable input, 3 nothing could be done, 4 a check failed, 70 an error of ours, 130
interrupted).
"""

from __future__ import annotations

from typing import ClassVar


class DecisionsError(Exception):
    """The root. ``what`` says what is wrong, ``remedy`` what to do; each is one sentence with its full stop."""

    exit_code: ClassVar[int] = 70

    def __init__(self, what: str, remedy: str) -> None:
        super().__init__(what, remedy)
        self.what = what
        self.remedy = remedy

    def __str__(self) -> str:
        return f"{self.what} {self.remedy}".strip()


class UsageError(DecisionsError):
    """The command was called in a way that cannot work."""

    exit_code = 2


class SettingsError(UsageError):
    """``decisions.toml`` or an environment variable holds something that is not a setting."""


class SourceError(DecisionsError):
    """A source that cannot be read: missing, forbidden, empty, binary, or in no format we know."""

    exit_code = 2


class FetchError(DecisionsError):
    """A source of the nightly job that cannot be listed or reached: a wrong token, a host that is down.

    ``transient`` is whether trying again later, with nothing changed here, may help.
    """

    exit_code = 3

    def __init__(self, what: str, remedy: str, *, transient: bool = False) -> None:
        super().__init__(what, remedy)
        self.transient = transient


class DatasetError(UsageError):
    """A set of labelled conversations, or a stored run over one, that cannot be used."""


class CorpusDownloadError(DecisionsError):
    """A corpus could not be fetched: no answer, a refusal, a file that is too large or is not what it should be."""

    exit_code = 3


class DeliveryError(DecisionsError):
    """A digest, or a file for monitoring, could not be handed over. No message holds an address's path or a password.

    ``transient`` is whether trying the same later can help: nobody answered, a rate limit, a failure of the server. It
    may then have arrived all the same; the id it carries tells a repeat.
    """

    exit_code = 3

    def __init__(self, what: str, remedy: str, *, transient: bool = False) -> None:
        super().__init__(what, remedy)
        self.transient = transient


class ModelError(DecisionsError):
    """A model file of ours is missing or is not the one that was shipped."""

    exit_code = 3


class IndexStoreError(DecisionsError):
    """The vector index could not be read or written."""

    exit_code = 3


class IndexLockedError(IndexStoreError):
    """Another process holds the index and did not let go in time."""


class IndexDamagedError(IndexStoreError):
    """The index is there, but what it holds cannot be trusted."""


class StorageFullError(IndexStoreError):
    """There is no room left where the index lies."""


class EngineError(DecisionsError):
    """An engine could not do its work.

    ``terminal`` tells whether trying the next window or conversation is pointless (a wrong key, an unreachable
    server) or not (one answer that was cut off).
    """

    exit_code = 3
    terminal: ClassVar[bool] = False

    calls: int = 0
    input_tokens: int = 0
    output_tokens: int = 0
    """What was paid for before the engine gave up."""


class EngineSetupError(EngineError):
    """The engine cannot start: no key, no such model, a package that is not installed."""

    terminal = True


class EngineAuthError(EngineError):
    """The server refused the key."""

    terminal = True


class EngineUnreachableError(EngineError):
    """Nobody answers at the server's address."""

    terminal = True


class WorkerLostError(EngineError):
    """The process that read a conversation died, and died again each time it was tried anew."""


class EngineRequestError(EngineError):
    """The server says the request itself is wrong (400, 404, 422): an unknown model, an unsupported parameter."""

    terminal = True


class EngineRateLimitError(EngineError):
    """The server still says 429 after every retry."""


class EngineServerError(EngineError):
    """The server failed (5xx) or sent something that is no answer of its API."""


class EngineTimeoutError(EngineError):
    """No answer within the time limit."""


class ContextOverflowError(EngineError):
    """The text does not fit the model's window."""


class AnswerError(EngineError):
    """The server answered, but not with records."""


class AnswerRefusedError(AnswerError):
    """The model declined to answer, or a content filter stopped it."""


class AnswerCutOffError(AnswerError):
    """The answer ended before it was complete."""


class AnswerEmptyError(AnswerError):
    """The answer has no content."""


class AnswerInvalidError(AnswerError):
    """The answer is not JSON or does not meet the schema."""


class LogError(DecisionsError):
    """The decision log could not be read or written."""

    exit_code = 3


class LogBusyError(LogError):
    """Others held the log and did not let go in time."""


class LogFullError(LogError):
    """There is no room left where the log lies."""


class LogMissingError(LogError):
    """There is no log yet, or it was made by a later version."""


class NoSuchRecordError(UsageError):
    """An id that nothing in the log bears, or that more than one thing could mean."""


class ConflictError(DecisionsError):
    """Somebody else changed a record after the person who acts on it saw it; nothing was done."""

    exit_code = 1

    def __init__(self, what: str, remedy: str, *, record: str) -> None:
        super().__init__(what, remedy)
        self.record = record


class ChainBrokenError(DecisionsError):
    """The events of the log were changed, or what stands in the log is not what they say."""

    exit_code = 4
