"""What ``decisions doctor`` looks at. Each finding says what is there and, where something is wrong, what to do."""

from __future__ import annotations

import os
import platform
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Final, Literal

from extractor import __version__
from extractor.errors import DecisionsError, LogMissingError
from extractor.settings import Settings, find_config, load_settings, openai_key

State = Literal["good", "note", "wrong"]

PACKAGES: Final = (
    "chromadb",
    "langchain",
    "langchain-openai",
    "onnxruntime",
    "openai",
    "pydantic",
    "tokenizers",
    "typer",
)


@dataclass(frozen=True)
class Finding:
    """One line of the diagnosis. ``note`` is nothing wrong, but worth knowing."""

    subject: str
    state: State
    what: str
    remedy: str = ""


def diagnose() -> list[Finding]:
    """Every check; one that fails in an unforeseen way is a finding too and does not stop the others."""
    try:
        settings = load_settings()
    except DecisionsError as error:
        return [*_python(), Finding("settings", "wrong", error.what, error.remedy)]
    checks: tuple[tuple[str, Callable[[], Iterator[Finding]]], ...] = (
        ("python", _python),
        ("packages", _packages),
        ("settings", _settings),
        ("engine", lambda: _engine(settings)),
        ("embedding", _embedding),
        ("local model", _local_model),
        ("openai key", _key),
        ("folder", lambda: _folder(settings)),
        ("log", lambda: _log(settings)),
        ("index", lambda: _index(settings)),
    )
    return [finding for subject, check in checks for finding in _guarded(subject, check)]


def _guarded(subject: str, check: Callable[[], Iterator[Finding]]) -> list[Finding]:
    try:
        return list(check())
    except DecisionsError as error:
        return [Finding(subject, "wrong", error.what, error.remedy)]
    except OSError as error:
        what = f"{error.filename}: {error.strerror}." if error.filename else f"{error}."
        return [Finding(subject, "wrong", what, "Check that path and its permissions.")]
    except Exception as error:
        return [Finding(subject, "wrong", f"{type(error).__name__}: {error}.", "Report this as a fault of decisions.")]


def _python() -> Iterator[Finding]:
    what = f"decisions {__version__}, Python {platform.python_version()} at {sys.executable}."
    yield Finding("python", "good", what)


def _packages() -> Iterator[Finding]:
    found, missing = [], []
    for name in PACKAGES:
        try:
            found.append(f"{name} {version(name)}")
        except PackageNotFoundError:
            missing.append(name)
    if found:
        yield Finding("packages", "good", ", ".join(found) + ".")
    if missing:
        yield Finding("packages", "wrong", f"Not installed: {', '.join(missing)}.", "Install decisions again with pip.")


def _settings() -> Iterator[Finding]:
    config = find_config()
    set_here = sorted(name for name, value in os.environ.items() if name.startswith("DECISIONS_") and value)
    variables = f" Environment: {', '.join(set_here)}." if set_here else ""
    yield Finding("settings", "good", f"{config or 'No decisions.toml; defaults are in force.'}{variables}")


def _engine(settings: Settings) -> Iterator[Finding]:
    if os.environ.get("DECISIONS_ENGINE"):
        why = "DECISIONS_ENGINE says so"
    elif settings.engine != "local" or "engine" in settings.model_fields_set:
        why = f"{find_config()} says so"
    else:
        why = "the default, as nothing chose another"
    goes = "nothing leaves this machine" if settings.engine == "local" else "the text is sent to a server"
    from extractor.engines.choice import engine_from

    engine_from(settings.engine, settings)
    yield Finding("engine", "good", f"{settings.engine} would run ({why}); {goes}.")


def _embedding() -> Iterator[Finding]:
    from extractor.embedding import load_embedder

    embedder = load_embedder()
    yield Finding("embedding", "good", f"{embedder.name}, {embedder.dimension} dimensions; its hash is right.")


def _local_model() -> Iterator[Finding]:
    from extractor.engines.local.engine import LocalEngine

    info = LocalEngine().info
    yield Finding("local model", "good", f"{info.model}, {info.version}; its hash is right.")


def _key() -> Iterator[Finding]:
    if openai_key() is None:
        yield Finding("openai key", "note", "OPENAI_API_KEY is not set; only --engine openai:MODEL needs it.")
    else:
        yield Finding("openai key", "good", "OPENAI_API_KEY is set; it is used only when you choose an openai engine.")


def _folder(settings: Settings) -> Iterator[Finding]:
    folder = settings.data_folder
    place = _nearest(folder)
    if not place.is_dir():
        who = "DECISIONS_HOME" if os.environ.get("DECISIONS_HOME") else "The data folder"
        where = f"is {folder}" if place == folder else f"is {folder}, but {place}"
        yield Finding("folder", "wrong", f"{who} {where}, which is a file.", "Set DECISIONS_HOME to a folder.")
    elif not os.access(place, os.W_OK | os.X_OK):
        remedy = "Make it writable, or set DECISIONS_HOME to another folder."
        yield Finding("folder", "wrong", f"{folder} cannot be written.", remedy)
    else:
        state = "can be written" if place == folder else "will be made when it is needed"
        yield Finding("folder", "good", f"{folder} {state}.")


def _nearest(path: Path) -> Path:
    """``path`` where it exists, else the nearest of its parents that does; raises OSError where that cannot be told."""
    for place in (path, *path.parents):
        try:
            place.stat()
        except (FileNotFoundError, NotADirectoryError):
            continue
        return place
    return path


def _log(settings: Settings) -> Iterator[Finding]:
    from extractor.log.standing import standing_of
    from extractor.log.store import Log

    try:
        log = Log.open(settings.data_folder, settings.log, create=False)
    except LogMissingError as error:
        yield Finding("log", "note", error.what, error.remedy)
        return
    with log:
        with log.read() as connection:
            found = standing_of(connection)
        held = f"{found.total:,} records ({found.proposed:,} to review) of {found.conversations:,} conversations"
        yield Finding("log", "good", f"{log.shown}, schema {found.schema}: {held}.")
    if found.index_is_stale or found.behind:
        what = (
            "It is of another state of the log." if found.index_is_stale else f"It is {found.behind:,} changes behind."
        )
        remedy = "The next `decisions add` or `decisions nightly` brings it up to date."
        yield Finding("log's index", "note", what, remedy)
    yield from _records_index(settings, found.total)


def _records_index(settings: Settings, total: int) -> Iterator[Finding]:
    from extractor.embedding import load_embedder
    from extractor.index import RecordIndex

    embedder, folder = load_embedder(), settings.index_folder / "records"
    index = RecordIndex(folder, embedder.name, embedder.dimension, settings.lock_timeout, server=settings.chroma_url)
    status = index.status()
    if status.problem:
        yield Finding("log's index", "wrong", status.problem, "Make it again with `decisions index rebuild`.")
    elif not status.exists and total:
        remedy = "`decisions index rebuild` makes it; until then the log is searched by words only."
        yield Finding("log's index", "note", "There is none.", remedy)
    elif status.exists:
        yield Finding("log's index", "good", f"{status.records:,} records, {status.size_bytes / 1e6:,.1f} MB, sound.")


def _index(settings: Settings) -> Iterator[Finding]:
    from extractor.embedding import load_embedder
    from extractor.index import PassageIndex

    if not _nearest(settings.index_folder).is_dir():
        yield Finding(
            "index", "wrong", "There is none, and no folder it could be in.", "Set DECISIONS_HOME to a folder."
        )
        return
    folder, wait = settings.index_folder / "passages", settings.lock_timeout
    status = PassageIndex(folder, load_embedder(), lock_timeout_s=wait, server=settings.chroma_url).status()
    if status.problem:
        yield Finding("index", "wrong", status.problem, "Make it again with `decisions index rebuild`.")
    elif not status.exists:
        yield Finding("index", "note", "There is none yet; `decisions index add PATH` makes it.")
    else:
        held = f"{status.passages:,} passages of {status.conversations:,} conversations"
        yield Finding("index", "good", f"{held}, {status.size_bytes / 1e6:,.1f} MB, sound.")
