"""The engine of an evaluation: by name, and from recorded answers where a folder of them is given."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extractor.cli.console import Voice
from extractor.cli.engines import announce
from extractor.drafts import Engine
from extractor.errors import UsageError
from extractor.settings import Settings, load_settings

if TYPE_CHECKING:
    from extractor.scoring.answers import AnswerStore
    from extractor.scoring.runs import Result


@dataclass(frozen=True)
class Answering:
    """An engine by its name, and what makes one for each thread. ``store`` are the recorded answers it is given."""

    spec: str
    make: Callable[[], Engine]
    store: AnswerStore | None = None
    address: str = ""

    @property
    def answered_by(self) -> str | None:
        """Which model gave the recorded answers, and when."""
        about = self.store.about if self.store else None
        return f"{about.model_class}, {about.date}: {about.how}" if about else None

    def named(self, result: Result) -> Result:
        """A result whose error names the folder of answers and not the address at which it was served.

        The time of recorded answers is not the model's, so it is left out.
        """
        if self.store is None:
            return result
        usage = result.usage.model_copy(update={"seconds": 0.0})
        error = result.error and result.error.replace(self.address, str(self.store.folder))
        return result.model_copy(update={"error": error, "usage": usage})


@contextmanager
def answering(flag: str | None, answers: Path | None, record: Path | None, voice: Voice) -> Iterator[Answering]:
    """The engine that the flag or the settings name.

    With ``answers`` nothing but what is recorded there answers; with ``record`` what is not recorded yet is asked of
    the server, and kept. Raises UsageError where both are given.
    """
    from extractor.scoring.baselines import engine_named

    settings = load_settings()
    spec = flag or settings.engine
    if answers is not None and record is not None:
        raise UsageError("--answers and --record exclude each other.", "Give the folder to one of them.")
    if answers is None and record is None:
        announce(engine_named(spec, settings), voice)
        yield Answering(spec, lambda: engine_named(spec, settings))
        return
    with _recorded(spec, settings, answers, record, voice) as found:
        yield found
        if found.store is not None:
            _closing(found.store, voice)


@contextmanager
def _recorded(
    spec: str, settings: Settings, answers: Path | None, record: Path | None, voice: Voice
) -> Iterator[Answering]:
    from extractor.scoring.answers import REPLAY_KEY, AnswerStore, serving
    from extractor.scoring.baselines import engine_named
    from extractor.settings import openai_key

    upstream = None
    if record is not None:
        asked = engine_named(spec, settings)
        announce(asked, voice)
        upstream = asked.destination
    store = AnswerStore(answers or record or Path())
    voice.say(f"Answers recorded in {store.folder} are used{'; others are asked for and kept' if upstream else ''}.")
    with serving(store, upstream, openai_key() if upstream else None) as address:
        yield Answering(
            spec, lambda: engine_named(spec, settings, base_url=address, api_key=REPLAY_KEY), store, address
        )


def _closing(store: AnswerStore, voice: Voice) -> None:
    from extractor.reports.text import count

    for problem in store.problems:
        voice.insist(f"Error: {problem}")
    if store.missing:
        what = f"{count(len(store.missing), 'request')} without a recorded answer in {store.folder}"
        voice.insist(f"Error: {what}: prompt, model or conversations are others than those that were recorded.")
