"""Microsoft Teams: messages of chats and channels as Microsoft Graph and the exports made with it write them.

A list of messages, an answer ``{"value": [...]}``, or one message; keys in camelCase or PascalCase.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import islice
from typing import Any

from extractor.conversation import Conversation, Quotation, Reaction
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import (
    ONE_PAGE,
    Channel,
    Post,
    PostMaker,
    by_time,
    conversations_of,
    name_of,
    reading_of_json,
)
from extractor.sources.chats.reactions import reactions_by_person
from extractor.sources.html_tags import attributes_of
from extractor.sources.html_text import html_to_text
from extractor.sources.values import MILLISECOND, epoch, id_of, json_in, mapping, mappings, moment, string

_MARKS = ("messagetype", "replytoid", "createddatetime", "from", "channelidentity", "chatid", "lastediteddatetime")
_SYSTEM_TYPES = frozenset(("systemeventmessage", "unknownfuturevalue", "typing"))
_TAG = re.compile(r"<(emoji|img|at|attachment)\b([^<>]*)>", re.IGNORECASE)
_ITEM = re.compile(r"\bitemid=[\"']?(\d{1,20})", re.IGNORECASE)
_SAID_BY = re.compile(r"<strong[^<>]*>([^<>]{1,200})</strong>", re.IGNORECASE)
_REPLY = "schema.skype.com/Reply"
_FILES = frozenset(("reference", "file"))
_CARD = "application/vnd.microsoft.card"
_CARD_WORDS = frozenset(("text", "title", "subtitle", "summary", "value", "name"))
_SAMPLE = 20


def fits(blob: Blob) -> float:
    """1.0 where most of the first entries are messages of Microsoft Graph."""
    sample = list(islice(_entries(blob.json), _SAMPLE))
    alike = sum(1 for entry in sample if isinstance(entry, dict) and _is_message(_folded(entry)))
    return 1.0 if alike and alike * 2 > len(sample) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every thread of a channel, and for every stretch of other messages.

    Human language: ``body.content`` (used; of events a ``system message``), ``subject`` (``heading``), ``summary``
    (``copy``), the words of cards (used where there is nothing else, else a ``link preview``) and the previews of
    quoted messages (``quoted reply``). All else is ``structure``. Raises SourceError where nobody says anything.
    """
    messages = _Messages()
    channels: dict[str, list[Post]] = {}
    topics: dict[str, dict[str, str]] = {}
    for key, post, subject in messages.posts(_entries(blob.json)):
        channels.setdefault(key, []).append(post)
        if subject and post.thread in (None, post.id):
            topics.setdefault(key, {}).setdefault(post.id, subject)
    found: list[Conversation] = []
    for key, every in channels.items():
        posts = messages.each_once(every)
        answered = {post.thread for post in posts}
        titles = {root: title for root, title in topics.get(key, {}).items() if root in answered}
        for post in posts:
            post.topic = topics.get(key, {}).get(post.id) if post.id not in titles else None
        channel = Channel(f"teams-chat:{key}".removesuffix(":"), blob.stem, titles)
        found += conversations_of(channel, posts, messages.people, blob.name)
    if not found:
        what = "holds no message that somebody wrote, only events" if messages.events else "holds no message with words"
        raise SourceError(f"{blob.name} {what}.", "Export a longer time span.")
    found.sort(key=by_time)
    warnings = messages.warnings()
    if any("nextlink" in key.lower() for key in mapping(blob.json)):
        warnings.append(ONE_PAGE)
    return reading_of_json(blob, FORMAT.name, found, messages.asides, warnings)


def _entries(value: object) -> Iterator[object]:
    """The messages, with the answers that an expanded message holds after it."""
    container = _folded(value) if isinstance(value, dict) else {}
    inner = container.get("value", container.get("messages"))
    entries = value if isinstance(value, list) else inner if isinstance(inner, list) else [value]
    for entry in entries:
        yield entry
        replies = _folded(entry).get("replies") if isinstance(entry, dict) else None
        if isinstance(replies, list):
            yield from replies


def _folded(entry: object) -> dict[str, Any]:
    """An object with its keys in lower case, which tools write in two ways."""
    return {key.lower(): value for key, value in mapping(entry).items()}


def _is_message(entry: dict[str, Any]) -> bool:
    body = _folded(entry.get("body"))
    return "content" in body and "contenttype" in body and "id" in entry and sum(key in entry for key in _MARKS) >= 3


class _Messages(PostMaker):
    """Makes posts of messages, and counts what is none."""

    def __init__(self) -> None:
        super().__init__()
        self.events = 0
        self._keys: dict[str, str] = {}

    def posts(self, entries: Iterator[object]) -> Iterator[tuple[str, Post, str]]:
        """The key of its channel or chat, the post and its subject, of every message that somebody wrote."""
        for index, each in enumerate(entries):
            if not isinstance(each, dict):
                self.damaged += 1
                continue
            entry = _folded(each)
            post = self._post(entry, index)
            if post is not None:
                yield _place(entry), post, string(entry.get("subject")).strip()

    def _post(self, entry: dict[str, Any], index: int) -> Post | None:
        body, message_id = _folded(entry.get("body")), id_of(entry.get("id")) or f"message-{index + 1}"
        raw, kind = string(body.get("content")), string(entry.get("messagetype")).lower()
        asides = Counter({"heading": len(string(entry.get("subject"))), "copy": len(string(entry.get("summary")))})
        if kind in _SYSTEM_TYPES or "<systemEventMessage" in raw[:200]:
            self.events += 1
            asides["system message"] += len(raw)
            self.asides.update(asides)
            return None
        sent_at = moment(entry.get("createddatetime")) or epoch(entry.get("id"), MILLISECOND)
        if entry.get("deleteddatetime"):
            asides["deleted"] += len(raw)
            self.asides.update(asides)
            return None
        attachments = [_folded(each) for each in mappings(entry.get("attachments"))]
        raw, quotes, answered = self._quotes(raw, attachments, asides)
        is_html = string(body.get("contenttype")).lower() != "text"
        files = [name for each in attachments if (name := _file_name(each))]
        pictures = _pictures(raw) if is_html else []
        said = (_text_of_html(raw) if is_html else raw).strip()
        text, spent = said, min(len(said), len(raw))
        asides["markup"] += len(raw) - spent
        cards = _cards(attachments)
        if said:
            asides["link preview"] += sum(map(len, cards))
        else:
            text, spent = "\n".join(cards or files).strip(), sum(map(len, cards or files))
        passed_on = quotes.pop(0) if quotes and not text else None
        if passed_on is not None:
            text, spent = passed_on.text, min(len(passed_on.text), asides["quoted reply"])
            asides["quoted reply"] -= spent
        if not text:
            self.unread.append(name_of(sent_at, f"message {index + 1}"))
            self.asides.update(asides)
            return None
        parent = id_of(entry.get("replytoid"))
        return Post(
            id=message_id,
            speaker=passed_on.author if passed_on is not None else self._person(entry.get("from")),
            text=text,
            characters=spent,
            sent_at=sent_at,
            thread=parent or None,
            reply_to=answered or parent or None,
            kind="message" if passed_on is None else "quote",
            edited_at=moment(entry.get("lastediteddatetime")),
            reactions=self._reactions(entry),
            asides=asides,
            files=[*files, *pictures],
            quotes=tuple(quotes),
        )

    # What a message quotes, and what cards in it say

    def _quotes(
        self, raw: str, attachments: list[dict[str, Any]], asides: Counter[str]
    ) -> tuple[str, list[Quotation], str]:
        """The body without the message it answers, that message, and its id."""
        quotes: list[Quotation] = []
        answered = ""
        for each in attachments:
            if string(each.get("contenttype")) not in ("messageReference", "forwardedMessageReference"):
                continue
            reference = _folded(_parsed(each.get("content")))
            preview = string(reference.get("messagepreview", reference.get("originalmessagecontent")))
            sender = reference.get("messagesender", reference.get("originalmessagesender"))
            asides["quoted reply"] += len(preview)
            answered = answered or id_of(reference.get("messageid")) or id_of(each.get("id"))
            text = _text_of_html(preview).strip()
            if text:
                quotes.append(Quotation(char=0, depth=1, author=self._person(sender), text=text))
        start = raw.find("<blockquote") if _REPLY in raw else -1
        opened = raw.find(">", start)
        end = raw.find("</blockquote>", start)
        if 0 <= start < opened < end and _REPLY in raw[start:opened]:
            quoted = raw[opened + 1 : end]
            asides["quoted reply"] += end - start
            item, by = _ITEM.search(raw[start:opened]), _SAID_BY.search(quoted)
            answered = answered or (item[1] if item else "")
            text = _text_of_html(quoted.replace(by[0], "", 1) if by else quoted).strip()
            if text:
                name = _text_of_html(by[1]).strip() if by else ""
                author = self.people.add(name, key=self._key_of_name(name)) if name else None
                quotes.append(Quotation(char=0, depth=1, author=author, text=text))
            raw = raw[:start] + raw[end:]
        return raw, quotes, answered

    # Who it is by

    def _person(self, identity: object) -> str | None:
        """The participant that ``{"user" | "application" | "device": {"id", "displayName"}}`` names."""
        kinds = _folded(identity)
        for kind in ("user", "application", "device"):
            found = _folded(kinds.get(kind))
            name, key = string(found.get("displayname")).strip(), string(found.get("id")).strip()
            if name or key:
                role = "bot" if kind == "application" else None
                return self._known(name, key or self._key_of_name(name), role)
        return None

    def _known(self, name: str, key: str, role: str | None) -> str:
        self._keys.setdefault(name, key)
        return self.people.add(name or key, key=key, role=role)

    def _key_of_name(self, name: str) -> str:
        """The id of the one who is called so, where only the name stands."""
        return self._keys.get(name, f"name:{name}")

    def _reactions(self, entry: dict[str, Any]) -> tuple[Reaction, ...]:
        every = map(_folded, mappings(entry.get("reactions")))
        named = [(_reaction_name(each), each.get("user")) for each in every if _reaction_name(each)]
        return reactions_by_person((name, self._person(user)) for name, user in named)


def _reaction_name(reaction: dict[str, Any]) -> str:
    return string(reaction.get("displayname")).strip() or string(reaction.get("reactiontype")).strip()


def _place(entry: dict[str, Any]) -> str:
    """The id of the channel or chat."""
    channel = _folded(entry.get("channelidentity"))
    return string(channel.get("channelid")) or string(entry.get("chatid"))


def _text_of_html(html: str) -> str:
    """The words of ``html``; emoji are written as pictures of themselves."""
    if "<" not in html and "&" not in html:
        return html

    def shown(match: re.Match[str]) -> str:
        if match[1].lower() == "at":
            return "@" if not match.string.startswith("@", match.end()) else ""
        is_emoji = match[1].lower() == "emoji" or "emoji" in match[2].lower()
        return attributes_of(match[2]).get("alt", "") if is_emoji else ""

    return html_to_text(_TAG.sub(shown, html))


def _pictures(html: str) -> list[str]:
    """What the pictures in a message are called; emoji are none."""
    tags = [tag[2] for tag in _TAG.finditer(html) if tag[1].lower() == "img" and "emoji" not in tag[2].lower()]
    return [attributes_of(tag).get("alt", "").strip() or "image" for tag in tags]


def _file_name(attachment: dict[str, Any]) -> str:
    if string(attachment.get("contenttype")) not in _FILES and not attachment.get("contenturl"):
        return ""
    return string(attachment.get("name")).strip() or string(attachment.get("contenturl")).rpartition("/")[2]


def _parsed(content: object) -> object:
    """The content of an attachment, which is JSON within a string."""
    return json_in(content) if isinstance(content, str) else content


def _cards(attachments: list[dict[str, Any]]) -> list[str]:
    """What the cards of a message say."""
    cards = [each for each in attachments if string(each.get("contenttype")).startswith(_CARD)]
    return [line for each in cards for line in _words_of_card(_parsed(each.get("content")))]


def _words_of_card(card: object) -> list[str]:
    """What a card of a program says, from top to bottom."""
    lines: list[str] = []
    waiting = [card]
    while waiting:
        each = waiting.pop()
        if isinstance(each, list):
            waiting += reversed(each)
        elif isinstance(each, dict):
            for key, value in each.items():
                if key.lower() in _CARD_WORDS and isinstance(value, str) and value.strip():
                    lines.append(string(value))
            waiting += [value for value in reversed(each.values()) if isinstance(value, (dict, list))]
    return lines


FORMAT = Format("teams-chat", "Microsoft Teams messages (JSON)", fits, read, people_by_id=True)
