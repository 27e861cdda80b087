"""Mails -> threads: by Message-Id, In-Reply-To and References; by subject only where a reply has no ids at all."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from datetime import UTC, datetime

from extractor.sources.mail.message import Mail

_REPLY = re.compile(
    r"\s*(?:re|fwd?|aw|wg|sv|vs|vb|vl|antw|tr|rv|res|enc|odp|ynt|ilt|pd|doorst|ref|rif|i|r|ha|hl|回复|回覆|转发|轉寄|答复|答覆"
    r"|返信|転送|회신|전달|отв|пер|betr)(?:\[\d+\])?\s*[:：]\s*",
    re.IGNORECASE,
)
_LIST_TAG = re.compile(r"\s*\[[^\[\]]{1,40}\]\s*")
_LAST = datetime.max.replace(tzinfo=UTC)


def base_subject(subject: str) -> str:
    """A subject without ``Re:``, ``Fwd:``, ``AW:`` and the like in front, however many."""
    at = 0
    while (match := _REPLY.match(subject, at)) is not None:
        at = match.end()
    return subject[at:].strip()


def order(mail: Mail) -> tuple[datetime, int]:
    """What mails are sorted by: when they were sent, those that do not say last; then their place in the source."""
    return mail.sent_at or _LAST, mail.number


def thread_id(thread: list[Mail]) -> str:
    """The id of the thread's root, also where the root itself is not in the source, so that it stays when it comes."""
    first = thread[0]
    root = first.references[0] if first.references else first.message_id
    if root:
        return f"mail:{root}"
    written = f"{first.address}\x1f{first.sent_at}\x1f{first.subject}\x1f{first.body.text}"
    return f"mail:{hashlib.sha256(written.encode('utf-8', 'replace')).hexdigest()[:16]}"


def threads_of(mails: list[Mail]) -> list[list[Mail]]:
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
    topics = [_topic(mail.subject) for mail in mails]
    by_topic: dict[str, str] = {}
    for topic, node in zip(topics, nodes, strict=True):
        if topic:
            by_topic.setdefault(topic, node)
    for mail, topic, node in zip(mails, topics, nodes, strict=True):
        if not mail.references and base_subject(mail.subject) != mail.subject.strip() and topic:
            parent[root(node)] = root(by_topic[topic])
    grouped: dict[str, list[Mail]] = defaultdict(list)
    for mail, node in zip(mails, nodes, strict=True):
        grouped[root(node)].append(mail)
    return sorted(grouped.values(), key=lambda thread: min(order(mail) for mail in thread))


def _topic(subject: str) -> str:
    """What two subjects of one thread share: no prefixes, no list tags, no case."""
    subject = _LIST_TAG.sub(" ", subject[:1000], count=1)
    for _ in range(4):
        subject = base_subject(_LIST_TAG.sub(" ", base_subject(subject), count=1))
    return " ".join(subject.split()).casefold()
