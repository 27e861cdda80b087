"""``decisions init``: a commented ``decisions.toml`` to begin with."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from extractor.cli.console import Quiet, Voice


def init(
    folder: Annotated[
        Path, typer.Argument(metavar="[FOLDER]", help="Where to write it; here when not given.")
    ] = Path(),
    force: Annotated[bool, typer.Option("--force", help="Replace a decisions.toml that is there.")] = False,
    quiet: Quiet = False,
) -> None:
    """Write a decisions.toml in which every setting is explained, and say what to do next. Nothing else is made.

    It changes nothing as it stands: every line is a comment, to be used by taking its # away.
    """
    voice = Voice(quiet)
    from extractor.cli.outfile import write_file
    from extractor.errors import UsageError
    from extractor.settings import CONFIG_NAME

    config = folder / CONFIG_NAME
    if not folder.is_dir():
        raise UsageError(f"There is no folder {folder}.", "Make it first, or name another one.")
    if not force and (config.exists() or config.is_symlink()):
        raise UsageError(f"{config} is there already.", "Give --force to replace it.")
    write_file(template(), config)
    voice.say(f"Written: {config}")
    voice.say("Next: name your sources in it and run `decisions nightly --dry-run`, or add conversations by hand with")
    voice.say("`decisions add PATH`. `decisions doctor` checks what is in force.")


def template() -> str:
    """The text of a new ``decisions.toml``."""
    from importlib.resources import files

    return files("extractor.cli").joinpath("decisions.template.toml").read_text(encoding="utf-8")
