"""The mails of a source -> its reading: what all formats of mails share."""

from __future__ import annotations

from collections.abc import Sequence

from extractor.errors import SourceError
from extractor.sources.base import NO_HINTS, Hints, Reading
from extractor.sources.mail.conversations import Mailbox
from extractor.sources.mail.message import Mail


def reading_of(
    name: str,
    format_name: str,
    mails: list[Mail],
    hints: Hints = NO_HINTS,
    *,
    sha256: str | None = None,
    title: str | None = None,
    warnings: Sequence[str] = (),
    error: str | None = None,
) -> Reading:
    """The reading of ``mails``; ``warnings`` go to its first conversation. Raises SourceError without words."""
    mailbox = Mailbox(name, mails, hints, title)
    conversations = mailbox.conversations()
    if not conversations:
        raise _nothing(name, mails, error)
    if warnings:
        first = conversations[0]
        first = first.model_copy(update={"warnings": (*warnings, *first.warnings)})
        conversations = (first, *conversations[1:])
    problems = [problem for problem in (error, mailbox.error()) if problem is not None]
    return Reading(name, sha256, format_name, conversations, mailbox.coverage(), " ".join(problems) or None)


def _nothing(name: str, mails: list[Mail], error: str | None) -> SourceError:
    sealed = next((mail.sealed for mail in mails if mail.sealed), None)
    what = "a mail" if len(mails) == 1 else "a mailbox"
    if sealed is not None:
        return SourceError(
            f"{name} is {what} encrypted with {sealed}.", "Decrypt it in the mail program and save it again."
        )
    if any("TNEF" in attachment for mail in mails for attachment in mail.attachments):
        remedy = "Export the mails from Outlook with their text."
        return SourceError(f"{name} is {what} whose text is in winmail.dat, Outlook's own format.", remedy)
    if mails and all(mail.draft for mail in mails):
        return SourceError(f"{name} holds only drafts and deleted mails.", "Export mails that were sent.")
    if error is not None:
        return SourceError(error.split(". ", maxsplit=1)[0].rstrip(".") + ".", "Export the mails again.")
    problem = next((warning for mail in mails for warning in mail.warnings), None)
    why = f": {problem}" if problem is not None else "."
    return SourceError(f"{name} is {what} without a word of text{why}", "Export the mails with their text.")
