"""The log, its index and its judge, as the settings say; what the commands on the log share."""

from __future__ import annotations

import contextlib
import getpass
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import Voice

if TYPE_CHECKING:
    from extractor.linking.sides import Judge
    from extractor.log.store import Log
    from extractor.mirroring import Mirror
    from extractor.settings import Settings

Me = Annotated[
    str | None,
    typer.Option("--as", metavar="NAME", help="Who does this, as the log shall know you; see `me` in decisions.toml."),
]


def open_log(settings: Settings | None = None, *, create: bool = False) -> Log:
    """The log that the settings name; raises LogMissingError where there is none and ``create`` is False."""
    from extractor.log.store import Log
    from extractor.settings import load_settings

    settings = settings or load_settings()
    return Log.open(settings.data_folder, settings.log, create=create)


def viewer_of(settings: Settings) -> str | int:
    """Whose eyes the log is read with: ``me`` of the settings, else the user's name on this machine, else nobody's."""
    from extractor.errors import UsageError
    from extractor.log.visibility import NOBODY

    try:
        return who(None, settings)
    except UsageError:
        return NOBODY


@contextlib.contextmanager
def log_as_seen(settings: Settings | None = None) -> Iterator[Log]:
    """The log that the settings name as this user may see it; raises LogMissingError where there is none."""
    from extractor.settings import load_settings

    settings = settings or load_settings()
    with open_log(settings) as log:
        yield log.seen_by(viewer_of(settings))


def log_if_any(settings: Settings) -> Log | None:
    """The log that the settings name, None where there is none yet."""
    from extractor.errors import LogMissingError

    try:
        return open_log(settings)
    except LogMissingError:
        return None


@contextlib.contextmanager
def log_to_look_at(settings: Settings) -> Iterator[Log]:
    """The log that the settings name, or, where there is none yet, an empty one that is gone after the block."""
    import tempfile
    from pathlib import Path

    from extractor.log.store import Log

    log = log_if_any(settings)
    if log is not None:
        with log:
            yield log
        return
    with tempfile.TemporaryDirectory(prefix="decisions-") as folder, Log.open(Path(folder)) as empty:
        yield empty


def mirror_of(log: Log, settings: Settings, voice: Voice) -> Mirror:
    """The index of a log: a Chroma server where the settings name one, else files in the data folder."""
    from extractor.embedding import load_embedder
    from extractor.index import PassageIndex, RecordIndex
    from extractor.log.remembering import Remembering
    from extractor.mirroring import Mirror

    embedder = Remembering(load_embedder())
    folder, wait, server = settings.index_folder, settings.lock_timeout, settings.chroma_url
    passages = PassageIndex(folder / "passages", embedder, wait, voice.say, server=server)
    records = RecordIndex(folder / "records", embedder.name, embedder.dimension, wait, voice.say, server=server)
    return Mirror(log, records, passages, embedder)


def judge_of(settings: Settings, engine: str, *, model: bool) -> Judge:
    """What judges links: the language model that is the engine, where it is asked for, else features."""
    if model and engine != "local":
        from extractor.linking.by_model import model_judge_from

        return model_judge_from(engine, settings)
    from extractor.linking.by_features import FeatureJudge

    return FeatureJudge()


def who(given: str | None, settings: Settings) -> str:
    """Who acts: the flag, then ``me`` in the settings, then the user's name on this machine; raises UsageError."""
    from extractor.errors import UsageError

    if given is not None and given.strip():
        return given.strip()
    if settings.me:
        return settings.me
    try:
        return getpass.getuser()
    except (OSError, KeyError):
        raise UsageError("Nobody is known to do this.", "Say who you are with --as NAME.") from None
