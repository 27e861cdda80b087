"""The formats that can be read. A new one is a module with a ``FORMAT`` and a line here."""

from __future__ import annotations

from extractor.errors import SourceError
from extractor.sources import mail, plaintext, slack, srt, webvtt
from extractor.sources.base import Blob, Format

FORMATS: tuple[Format, ...] = (
    webvtt.FORMAT,
    srt.FORMAT,
    slack.FORMAT,
    mail.EML,
    mail.MBOX,
    plaintext.FORMAT,
)

_SURE = 0.5
_SAME = 0.1


def by_name(name: str) -> Format:
    """The format called ``name``; raises SourceError where there is none."""
    for known in FORMATS:
        if known.name == name.strip().lower():
            return known
    raise SourceError(f"There is no source format {name!r}.", f"Choose one of {_names()}.")


def detect(blob: Blob) -> Format:
    """The format that fits ``blob`` best.

    Raises SourceError where none fits, where two fit equally well, and for data that are no text.
    """
    ranked = sorted(((known.fits(blob), known) for known in FORMATS), key=lambda pair: -pair[0])
    (best, winner), (second, rival) = ranked[0], ranked[1]
    if best <= 0:
        if not blob.text.strip("\ufeff \t\r\n"):
            raise SourceError(f"{blob.name} is empty.", "Export the transcript again.")
        what = f"{blob.name} is in no format that can be read."
        raise SourceError(what, f"What can be read is {readable()}; --source-format names one by force ({_names()}).")
    if second > _SURE and best - second < _SAME:
        what = f"{blob.name} can be {winner.label} as well as {rival.label}."
        raise SourceError(what, f"Say which with --source-format {winner.name} or --source-format {rival.name}.")
    return winner


def readable() -> str:
    """The labels of all formats, for messages."""
    labels = [known.label for known in FORMATS]
    return f"{', '.join(labels[:-1])} and {labels[-1]}"


def _names() -> str:
    return ", ".join(known.name for known in FORMATS)
