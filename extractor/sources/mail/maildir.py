"""Maildir: a folder with a file for every mail, in ``cur`` and ``new``; folders within it as ``.Name`` or ``Name``."""

from __future__ import annotations

import re
from pathlib import PurePosixPath

from extractor.errors import SourceError
from extractor.sources.base import Bundle, BundleFormat, Reading
from extractor.sources.mail.formats import fits_eml
from extractor.sources.mail.message import Mail, parse_message
from extractor.sources.mail.readings import reading_of
from extractor.sources.transcripts import name_places

_FLAGS = re.compile(r"[:;!]2,([A-Za-z]*)$")
_LOOKED_AT = 3
_SCORE = 0.9


def fits(bundle: Bundle) -> float:
    """Whether most files lie in folders ``cur`` or ``new`` and the first of them are mails."""
    mails = [name for name in bundle.names if _folder(name) in ("cur", "new")]
    if not mails:
        return 0.0
    rest = [name for name in bundle.names if _folder(name) not in ("cur", "new", "tmp") and not _is_index(name)]
    if len(rest) > len(mails):
        return 0.0
    for name in mails[:_LOOKED_AT]:
        try:
            if fits_eml(bundle.blob(name)):
                return _SCORE
        except SourceError:
            continue
    return 0.0


def read(bundle: Bundle) -> Reading:
    """One conversation for every thread of all folders together.

    Drafts and mails that are marked as deleted are set aside; what lies in ``tmp`` was never delivered whole and is not
    read. Raises SourceError where no mail can be read.
    """
    mails: list[Mail] = []
    unread: list[str] = []
    for name in bundle.names:
        if _folder(name) not in ("cur", "new"):
            continue
        try:
            data = bundle.data_of(name)
        except SourceError:
            unread.append(name)
            continue
        mail = parse_message(data, len(mails) + 1)
        mail.draft = _draft(name)
        mails.append(mail)
    warnings = [f"Files that are not yet delivered were not read: {name_places(tmp)}."] if (tmp := _tmp(bundle)) else []
    error = f"{bundle.name} holds files that cannot be read: {name_places(unread)}." if unread else None
    if not mails:
        raise SourceError(error or f"{bundle.name} holds no mails.", "Check the folder, or export the mails as .mbox.")
    return reading_of(
        bundle.name,
        FORMAT.name,
        mails,
        bundle.hints,
        title=bundle.stem,
        warnings=warnings,
        error=f"{error} Export it again." if error is not None else None,
    )


def _folder(name: str) -> str:
    return name.rpartition("/")[0].rpartition("/")[2]


def _is_index(name: str) -> bool:
    """Whether a file is one that mail servers keep beside the mails."""
    base = PurePosixPath(name).name
    return base.startswith(("dovecot", "courier", ".", "maildir", "subscriptions", "shared", "sieve"))


def _tmp(bundle: Bundle) -> list[str]:
    return [name for name in bundle.names if _folder(name) == "tmp"]


def _draft(name: str) -> str:
    flags = _FLAGS.search(name)
    if flags is None:
        return ""
    return "draft" if "D" in flags[1] else "deleted" if "T" in flags[1] else ""


FORMAT = BundleFormat("maildir", "Maildir folders", fits, read)
