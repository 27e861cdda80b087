"""The formats that can be read. A new one is a module with a ``FORMAT``, named in its package's ``FORMATS``."""

from __future__ import annotations

from extractor.errors import SourceError
from extractor.sources import captions, chats, documents, forums, mail, speech, texts
from extractor.sources.base import Blob, Bundle, BundleFormat, Format

FORMATS: tuple[Format, ...] = (
    *captions.FORMATS,
    *documents.FORMATS,
    *speech.FORMATS,
    *chats.FORMATS,
    *mail.FORMATS,
    *forums.FORMATS,
    *texts.FORMATS,
)
BUNDLES: tuple[BundleFormat, ...] = (*chats.BUNDLES, *mail.BUNDLES)
EVERY: tuple[Format | BundleFormat, ...] = (*FORMATS, *BUNDLES)

_SURE = 0.5
_SAME = 0.09
_MOST_KEYS = 12


def by_name(name: str) -> Format | BundleFormat:
    """The format called ``name``; raises SourceError where there is none."""
    for known in EVERY:
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
        raise _unknown(blob)
    if second > _SURE and best - second < _SAME:
        what = f"{blob.name} can be {winner.label} as well as {rival.label}."
        raise SourceError(what, f"Say which with --source-format {winner.name} or --source-format {rival.name}.")
    return winner


def detect_bundle(bundle: Bundle) -> BundleFormat | None:
    """The format of several files that fits ``bundle`` best, None where its files are to be read one by one."""
    best, winner = max(((known.fits(bundle), known) for known in BUNDLES), key=lambda pair: pair[0])
    return winner if best > 0 else None


def _unknown(blob: Blob) -> SourceError:
    if not blob.text.strip("\ufeff \t\r\n"):
        return SourceError(f"{blob.name} is empty.", "Export the transcript again.")
    if blob.parsed.problem is not None:
        return SourceError(f"{blob.name} begins like JSON, but {blob.parsed.problem}.", "Export it again.")
    remedy = "`decisions formats` lists what can be read; --source-format NAME takes it for one of them."
    if blob.json is not None:
        return SourceError(f"{blob.name} is JSON in no known shape: {_keys(blob.json)}.", remedy)
    return SourceError(f"{blob.name} is in no format that can be read.", remedy)


def _keys(value: object) -> str:
    """What to say of a JSON value, so that somebody can tell what wrote it: its keys, or those of its first entry."""
    kind = "an object"
    if isinstance(value, list):
        kind, value = f"a list of {len(value)}, the first an object", value[0] if value else None
    if not isinstance(value, dict):
        return "a list of no objects"
    keys = [str(key)[:40] for key in list(value)[:_MOST_KEYS]]
    return f"{kind} with the keys {', '.join(keys)}{' …' if len(value) > _MOST_KEYS else ''}"


def _names() -> str:
    return ", ".join(known.name for known in EVERY)
