"""Threads of a mailbox, as the reader of mailboxes reads them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from extractor.errors import SourceError
from extractor.fetching.base import Item, Unlisted, hints_of, version_of
from extractor.fetching.mailbox import Header, Mailbox, header_is
from extractor.plan import ImapSource
from extractor.sources import Blob, Hints, Reading, read_blobs
from extractor.sources.mail.message import Mail, parse_message
from extractor.sources.mail.threads import base_subject, order, threads_of
from extractor.sources.reading import MAX_SOURCE_BYTES

MOST_LOOKED_UP = 500
"""How many message ids from before the window are looked up in one night."""

_MONTHS = "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec".split()
_FROM_LINE = re.compile(rb"(?m)^(>*From )")


@dataclass(frozen=True)
class _Thread:
    """The mails of a thread, by their heads, oldest first."""

    mails: tuple[Mail, ...]
    headers: tuple[Header, ...]

    @property
    def root(self) -> str:
        """The id by which the reader knows the thread; empty where its first mail has none."""
        first = self.mails[0]
        return first.references[0] if first.references else first.message_id


def items(source: ImapSource, base: Path) -> Iterator[Item | Unlisted]:
    """One item for each thread that got a mail within ``days``, with all its mails however old they are.

    The key is the Message-Id of its first mail, which stays as it grows; the version is made of UIDVALIDITY and the
    Message-Ids. Mails are listed by their headers; their bodies are fetched by ``read``, and stay unread. Older mails
    are found by the ids that newer ones refer to; a thread for which that takes more than ``MOST_LOOKED_UP`` searches
    is not listed. Drafts and deleted mails are left out. Raises FetchError where the mailbox cannot be opened.
    """
    hints = hints_of(source, base)
    mailbox = Mailbox(source)
    threads, unfinished = _threads(mailbox, source.days)
    return (_item(source, mailbox, thread, hints, whole=thread.root not in unfinished) for thread in threads)


def _threads(mailbox: Mailbox, days: int) -> tuple[list[_Thread], set[str]]:
    """The threads with a mail within ``days``, by root; and the roots of those of which older mails were not found."""
    day = datetime.now(UTC).date() - timedelta(days=days)
    recent = set(mailbox.search("SINCE", f"{day.day:02}-{_MONTHS[day.month - 1]}-{day.year}"))
    headers = {header.uid: header for header in mailbox.headers(sorted(recent))}
    asked: set[str] = set()
    threads, missing = _grouped(headers, recent, asked)
    while missing:
        found: set[int] = set()
        for message_id in [each for ids in missing for each in ids][: MOST_LOOKED_UP - len(asked)]:
            asked.add(message_id)
            found.update(_about(mailbox, message_id))
        new = sorted(found - headers.keys())
        if not new:
            break
        headers |= {header.uid: header for header in mailbox.headers(new)}
        threads, missing = _grouped(headers, recent, asked)
    unfinished = {thread.root for thread, ids in zip(threads, missing, strict=True) if set(ids) - asked}
    return sorted(threads, key=lambda thread: (thread.root, thread.headers[0].uid)), unfinished


def _grouped(headers: dict[int, Header], recent: set[int], asked: set[str]) -> tuple[list[_Thread], list[list[str]]]:
    """The threads with a mail in ``recent``, the newest first, and the ids that each refers to and that are neither in
    it nor ``asked`` for.
    """
    listed = [headers[uid] for uid in sorted(headers)]
    mails = [parse_message(header.raw + b"\r\n", place) for place, header in enumerate(listed)]
    threads = []
    for group in threads_of(mails):
        thread = tuple(sorted(group, key=order))
        if any(listed[mail.number].uid in recent for mail in thread):
            threads.append(_Thread(thread, tuple(listed[mail.number] for mail in thread)))
    threads.sort(key=lambda thread: max(header.uid for header in thread.headers), reverse=True)
    known = {mail.message_id for mail in mails} | asked
    return threads, [sorted(_referred(thread.mails) - known) for thread in threads]


def _referred(mails: Iterable[Mail]) -> set[str]:
    """The first and the last id that each mail refers to: the thread's beginning, and the mail that it answers."""
    return {each for mail in mails for each in (*mail.references[:1], *mail.references[-1:])}


def _about(mailbox: Mailbox, message_id: str) -> list[int]:
    """The mail with this id, and those that refer to it."""
    criteria = [header_is(name, message_id) for name in ("Message-ID", "References", "In-Reply-To")]
    words = [word for criterion in criteria if criterion is not None for word in criterion]
    return mailbox.search("OR", "OR", *words) if words else []


def _item(source: ImapSource, mailbox: Mailbox, thread: _Thread, hints: Hints, *, whole: bool) -> Item | Unlisted:
    key = thread.root or f"uid-{mailbox.validity}-{thread.headers[0].uid}"
    origin, label = f"{source.name}:{key}", base_subject(thread.mails[0].subject) or "a mail without a subject"
    if not whole:
        error = (
            f"The thread {label!r} goes back to mails from before the last {source.days} days, and more than"
            f" {MOST_LOOKED_UP} of those would have to be looked up. Raise days of the source {source.name}."
        )
        return Unlisted(origin, label, error, transient=False)
    names = [mail.message_id or f"uid {head.uid}" for mail, head in zip(thread.mails, thread.headers, strict=True)]
    version = version_of([mailbox.validity, *sorted(names)])
    read = partial(_read, mailbox, thread.headers, f"{mailbox.place}/{key}", source.source_format or "mbox", hints)
    return Item(origin, version, label, read)


def _read(mailbox: Mailbox, headers: Sequence[Header], name: str, source_format: str, hints: Hints) -> list[Reading]:
    if sum(header.size for header in headers) > MAX_SOURCE_BYTES:
        limit = MAX_SOURCE_BYTES // 2**20
        raise SourceError(f"{name} is larger than {limit} MB.", "Move mails with large attachments elsewhere.")
    mails = mailbox.mails([header.uid for header in headers])
    if not mails:
        raise SourceError(f"{name} is not in the mailbox any more.", "Run it again.")
    return read_blobs([Blob(name, _mbox(mails), hints)], source_format)


def _mbox(mails: Iterable[bytes]) -> bytes:
    """A mailbox file. Each mail begins with a header of ours, so that one that begins with none is one of its own."""
    begin = b"From MAILER-DAEMON Thu Jan  1 00:00:00 1970\nX-Mailbox: imap\n"
    return b"".join(
        begin + _FROM_LINE.sub(rb">\1", mail.replace(b"\r\n", b"\n")).rstrip(b"\n") + b"\n\n" for mail in mails
    )
