"""Mails -> threads: by Message-Id, In-Reply-To and References; by subject only where a reply has no ids at all."""

from __future__ import annotations

import hashlib
import re
from collections import Counter, defaultdict
from datetime import UTC, datetime

from extractor.conversation import Conversation, Coverage, Turn
from extractor.sources.mail_message import Mail
from extractor.sources.mail_text import OWN, QUOTED, telling_lines
from extractor.sources.people import People
from extractor.sources.transcripts import name_places

_REPLY = re.compile(
    r"\s*(?:re|fwd?|aw|wg|sv|vs|antw|tr|rv|res|enc|odp|ynt|betr|回复|转发|答复)(?:\[\d+\])?\s*[:：]\s*", re.IGNORECASE
)
_LIST_TAG = re.compile(r"\s*\[[^\[\]]{1,40}\]\s*")
_KNOWN_SHARE = 0.5
_LAST = datetime.max.replace(tzinfo=UTC)


def base_subject(subject: str) -> str:
    """A subject without ``Re:``, ``Fwd:``, ``AW:`` and the like in front, however many."""
    while (match := _REPLY.match(subject)) is not None and match.end():
        subject = subject[match.end() :]
    return subject.strip()


def _topic(subject: str) -> str:
    """What two subjects of one thread share: no prefixes, no list tags, no case."""
    before = None
    while before != subject:
        before, subject = subject, base_subject(_LIST_TAG.sub(" ", subject, count=1))
    return " ".join(subject.split()).casefold()


class Mailbox:
    """The mails of one source."""

    def __init__(self, source: str, mails: list[Mail]) -> None:
        self.source = source
        self.mails = mails
        self._people = People()
        self._coverage: list[Coverage] = []
        self._silent: list[Mail] = []
        self._ids = {mail.message_id for mail in mails}
        self._lines = {line for mail in mails for line in telling_lines(mail.own)}

    def conversations(self) -> tuple[Conversation, ...]:
        """One conversation a thread, in the order of their beginnings."""
        found = [self._conversation(thread) for thread in _threads(self.mails)]
        return tuple(each for each in found if each is not None)

    def coverage(self) -> Coverage:
        return Coverage.sum_of(self._coverage)

    def error(self) -> str | None:
        """What could not be read, in two sentences; None where everything could."""
        broken = [mail for mail in self._silent if mail.damaged]
        if not broken:
            return None
        return f"{self.source} holds damaged mails: {name_places([mail.label for mail in broken])}. Export them again."

    def _conversation(self, thread: list[Mail]) -> Conversation | None:
        thread.sort(key=lambda mail: (mail.sent_at or _LAST, mail.number))
        warnings: list[str] = []
        shares: list[Coverage] = []
        turns: list[Turn] = []
        by_id: dict[str, int] = {}
        for mail in _without_copies(thread, shares, warnings):
            text, coverage = self._text_of(mail, warnings)
            shares.append(coverage)
            warnings.extend(_capital(warning) for warning in mail.warnings)
            if not text:
                self._silent.append(mail)
                warnings.append(f"{_capital(mail.label)} holds no words of its own; it is no turn.")
                continue
            answered = [by_id[each] for each in reversed(mail.references) if each in by_id]
            by_id.setdefault(mail.message_id, len(turns))
            turn = Turn(
                index=len(turns),
                speaker=self._speaker(mail),
                text=text,
                kind="message",
                sent_at=mail.sent_at,
                reply_to=answered[0] if answered else None,
            )
            turns.append(turn)
        share = Coverage.sum_of(shares)
        self._coverage.append(share)
        if not turns:
            return None
        attached = [name for mail in thread for name in mail.attachments]
        if attached:
            warnings.append(f"Attachments were not read: {name_places(attached)}.")
        return Conversation(
            id=_thread_id(thread),
            kind="thread",
            title=base_subject(thread[0].subject) or "without a subject",
            source=self.source,
            started_at=next((turn.sent_at for turn in turns if turn.sent_at), None),
            participants=self._people.participants({turn.speaker for turn in turns if turn.speaker}),
            turns=tuple(turns),
            coverage=share,
            warnings=tuple(warnings),
        )

    def _speaker(self, mail: Mail) -> str | None:
        name = mail.name or mail.address
        return self._people.add(name, aliases=(mail.address,)) if name else None

    def _text_of(self, mail: Mail, warnings: list[str]) -> tuple[str, Coverage]:
        """The turn's text: what the author wrote, or all of a mail that only passes on what is nowhere else."""
        asides = Counter(mail.asides)
        text = mail.own
        if not text and not self._is_known(mail):
            text = mail.body.strip()
            asides["white space"] += len(mail.body) - len(text)
            return text, Coverage.of(len(text), asides)
        for part in mail.parts:
            if part.reason != OWN:
                asides[part.reason] += len(part.text)
        asides["white space"] += sum(len(part.text) for part in mail.parts if part.reason == OWN) - len(text)
        if asides[QUOTED] and not self._is_known(mail):
            warnings.append(
                f"{_capital(mail.label)} quotes mails that are not in the source; the quotation was not read."
            )
        return text, Coverage.of(len(text), asides)

    def _is_known(self, mail: Mail) -> bool:
        """Whether what a mail quotes stands in another mail of the source."""
        if any(each in self._ids and each != mail.message_id for each in mail.references):
            return True
        quoted = telling_lines("".join(part.text for part in mail.parts if part.reason == QUOTED))
        return bool(quoted) and len(quoted & self._lines) >= len(quoted) * _KNOWN_SHARE


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _without_copies(thread: list[Mail], shares: list[Coverage], warnings: list[str]) -> list[Mail]:
    """The mails of a thread without those that are there twice, id and words; ``shares`` gets the copies' account."""
    kept: dict[tuple[str, str], Mail] = {}
    mails = []
    for mail in thread:
        key = (mail.message_id, mail.body)
        if mail.message_id and key in kept:
            asides = Counter(mail.asides)
            asides["repeated mail"] += len(mail.body)
            shares.append(Coverage.of(0, asides))
            warnings.append(f"{_capital(mail.label)} is there twice and was read once.")
            continue
        kept[key] = mail
        mails.append(mail)
    return mails


def _thread_id(thread: list[Mail]) -> str:
    """The id of the thread's root, also where the root itself is not in the source, so that it stays when it comes."""
    first = thread[0]
    root = first.references[0] if first.references else first.message_id
    if root:
        return f"mail:{root}"
    digest = hashlib.sha256(f"{first.address}\x1f{first.sent_at}\x1f{first.subject}\x1f{first.body}".encode())
    return f"mail:{digest.hexdigest()[:16]}"


def _threads(mails: list[Mail]) -> list[list[Mail]]:
    """Mails grouped by the ids they share, replies without ids by subject; in the order of their first mails."""
    parent: dict[str, str] = {}

    def root(node: str) -> str:
        while parent.setdefault(node, node) != node:
            parent[node] = parent[parent[node]]
            node = parent[node]
        return node

    nodes = [f"id:{mail.message_id}" if mail.message_id else f"number:{mail.number}" for mail in mails]
    for mail, node in zip(mails, nodes, strict=True):
        for reference in mail.references:
            parent[root(node)] = root(f"id:{reference}")
    by_topic: dict[str, str] = {}
    for mail, node in zip(mails, nodes, strict=True):
        if _topic(mail.subject):
            by_topic.setdefault(_topic(mail.subject), node)
    for mail, node in zip(mails, nodes, strict=True):
        if not mail.references and base_subject(mail.subject) != mail.subject.strip() and _topic(mail.subject):
            parent[root(node)] = root(by_topic[_topic(mail.subject)])
    grouped: dict[str, list[Mail]] = defaultdict(list)
    for mail, node in zip(mails, nodes, strict=True):
        grouped[root(node)].append(mail)
    return sorted(grouped.values(), key=lambda thread: min((mail.sent_at or _LAST, mail.number) for mail in thread))
