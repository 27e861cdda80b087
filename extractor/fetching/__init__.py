"""Where the nightly job's conversations come from: sources of ``decisions.toml`` -> items with a key and a version."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from extractor.fetching.base import Item, Unlisted
from extractor.plan import FolderSource, GitSource, ImapSource, PlannedSource, RemoteSource

__all__ = ["Item", "Unlisted", "items"]


def items(source: PlannedSource, base: Path) -> Iterator[Item | Unlisted]:
    """What ``source`` holds tonight, each item once, in a stable order; ``base`` is the folder of ``decisions.toml``.

    Nothing is read for its words before an item's ``read`` is called, which may be long after the listing and in any
    order; what that needs (a connection, a clone) lives as long as an item that may need it. A source that holds
    nothing gives nothing. What only some may see bears no name of its own: labels are told to everybody. Raises
    FetchError, also while it is iterated, where the source as a whole cannot be reached; UsageError where a package is
    missing or a setting is wrong.
    """
    listed = _listed(source, base)
    return (_restricted(one, source) for one in listed) if source.visible_to else listed


def _restricted(one: Item | Unlisted, source: PlannedSource) -> Item | Unlisted:
    label = f"something in the restricted source {source.name}"
    if isinstance(one, Item):
        return replace(one, label=label, visible_to=source.visible_to)
    return replace(one, label=label, error="It cannot be listed. Look at the source itself.")


def _listed(source: PlannedSource, base: Path) -> Iterator[Item | Unlisted]:
    if isinstance(source, FolderSource):
        from extractor.fetching import folders

        return folders.items(source, base)
    if isinstance(source, RemoteSource):
        from extractor.fetching import remote

        return remote.items(source, base)
    if isinstance(source, GitSource):
        from extractor.fetching import git

        return git.items(source, base)
    if isinstance(source, ImapSource):
        from extractor.fetching import imap

        return imap.items(source, base)
    from extractor.fetching import slack

    return slack.items(source, base)
