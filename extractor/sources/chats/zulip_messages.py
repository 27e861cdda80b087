"""Zulip's messages, as exports and the API write them -> posts."""

from __future__ import annotations

import re
from collections import Counter
from functools import cached_property
from itertools import accumulate
from typing import Any

from extractor.conversation import Quotation, Reaction
from extractor.sources.chats.posts import Post
from extractor.sources.html_text import html_to_text
from extractor.sources.people import People
from extractor.sources.transcripts import name_places
from extractor.sources.values import epoch, mapping, mappings, moment, string

NOTIFIER = "notification-bot@zulip.com"

_MENTION = re.compile(r"@_?\*\*([^*|\n]{1,100})(?:\|\d{1,12})?\*\*")
_CHANNEL = re.compile(r"#\*\*([^*\n]{1,200})\*\*")
_SAID = re.compile(
    r"@_?\*\*(?P<name>[^*|\n]{1,100})(?:\|(?P<id>\d{1,12}))?\*\* \[[^\]\n]{0,40}\]\([^)\n]{0,500}\):\s*$"
)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*quote\s*$")
_UPLOAD = re.compile(r"\[([^\]\n]{1,200})\]\(/user_uploads/[^)\n]{1,500}\)")
_EMOJI = re.compile(r"<(span|img)\b([^<>]*)>", re.IGNORECASE)
_ALT = re.compile(r"\balt=\"([^\"]*)\"")


class Messages:
    """Makes posts of messages, and counts what is none. ``users`` are the known people by their ids."""

    def __init__(self, users: dict[str, dict[str, Any]]) -> None:
        self.users = users
        self.people = People()
        self.asides: Counter[str] = Counter()
        self.unread: list[str] = []

    def warnings(self) -> list[str]:
        if not self.unread:
            return []
        return [f"Messages without a time or without words were not read: {name_places(self.unread)}."]

    def post(self, entry: dict[str, Any], sender: str, reactions: list[dict[str, Any]]) -> Post | None:
        """The post of a message. ``reactions`` have ``emoji_name`` and the ``user_profile`` or ``user_id`` behind it.

        Markdown is read as it was written, mentions and links to topics by their names; HTML as text.
        """
        raw, rendered = string(entry.get("content")), string(entry.get("rendered_content"))
        asides: Counter[str] = Counter({"copy": len(rendered) if raw.strip() else 0})
        if not raw.strip() and rendered.strip():
            raw, rendered = rendered, ""
            is_html = True
        else:
            is_html = string(entry.get("content_type")) == "text/html"
        number = id_of(entry.get("id"))
        sent_at = _moment(entry.get("date_sent", entry.get("timestamp")))
        quotes: list[Quotation] = []
        said = raw
        if is_html:
            said = _text_of_html(raw)
        elif "quote" in raw:
            said, quotes = self._without_quotes(raw, asides)
        text = said.strip() if is_html else _readable(said).strip()
        spent = len(raw) - asides["quoted reply"]
        if is_html:
            spent = min(len(text), len(raw))
            asides["markup"] += len(raw) - spent
        if not text and quotes:
            quote = quotes.pop(0)
            text, sender, quoted = quote.text, "", quote
        else:
            quoted = None
        if sent_at is None or not text:
            self.unread.append(f"{sent_at:%Y-%m-%d %H:%M}" if sent_at else number or "one without an id")
            self.asides["unreadable message"] += spent
            self.asides.update(asides)
            return None
        edited = entry.get("last_edit_time", entry.get("last_edit_timestamp"))
        return Post(
            id=number,
            speaker=quoted.author if quoted is not None else self.person(sender),
            text=text,
            characters=spent,
            sent_at=sent_at,
            kind="message" if quoted is None else "quote",
            edited_at=_moment(edited) if edited else None,
            reactions=self._reactions(reactions),
            asides=asides,
            files=_UPLOAD.findall(raw) if not is_html and "/user_uploads/" in raw else [],
            quotes=tuple(quotes),
        )

    def person(self, number: str) -> str | None:
        """The participant with this id."""
        if not number:
            return None
        user = self.users.get(number, {})
        name = string(user.get("full_name")).strip()
        alias = string(user.get("delivery_email")) or string(user.get("email"))
        role = "bot" if user.get("is_bot") is True else None
        return self.people.add(name or alias or number, key=number, role=role)

    def _without_quotes(self, raw: str, asides: Counter[str]) -> tuple[str, list[Quotation]]:
        """A message without the fenced quotations in it, and these, with the line before that says whose they are."""
        lines = raw.split("\n")
        kept: list[str] = []
        found: list[tuple[int, str | None, str]] = []
        unclosed: set[str] = set()
        at = 0
        while at < len(lines):
            fence = _FENCE.match(lines[at])
            end = _closing(lines, at + 1, fence[1]) if fence and fence[1] not in unclosed else None
            if fence is None or end is None:
                unclosed.update((fence[1],) if fence else ())
                kept.append(lines[at])
                at += 1
                continue
            said = _SAID.search(kept[-1]) if kept else None
            if said is not None:
                kept[-1] = kept[-1][: said.start()]
            author = self._author(said["name"], said["id"]) if said is not None else None
            found.append((len(kept), author, _readable("\n".join(lines[at + 1 : end])).strip()))
            at = end + 1
        left = "\n".join(kept)
        asides["quoted reply"] += len(raw) - len(left)
        places = list(accumulate((len(_readable(line)) + 1 for line in kept), initial=0))
        blank = len(left) - len(left.lstrip())
        length = len(_readable(left).strip())
        return left, [
            Quotation(char=min(max(0, places[line] - 1 - blank), length), depth=1, author=author, text=text)
            for line, author, text in found
            if text
        ]

    def _author(self, name: str, number: str | None) -> str | None:
        if number is not None and number in self.users:
            return self.person(number)
        same = self._called.get(name)
        return self.person(same) if same is not None else self.people.add(name, key=number or f"name:{name}")

    @cached_property
    def _called(self) -> dict[str, str]:
        """The ids of the people by their names, where only one is called so."""
        ids: dict[str, list[str]] = {}
        for key, user in self.users.items():
            ids.setdefault(string(user.get("full_name")), []).append(key)
        return {name: keys[0] for name, keys in ids.items() if name and len(keys) == 1}

    def _reactions(self, reactions: list[dict[str, Any]]) -> tuple[Reaction, ...]:
        people: dict[str, list[str]] = {}
        counts: Counter[str] = Counter()
        for each in reactions:
            name = string(each.get("emoji_name"))
            if not name:
                continue
            counts[name] += 1
            user = mapping(each.get("user"))
            number = id_of(each.get("user_profile", each.get("user_id", user.get("id", user.get("user_id")))))
            if number and user and number not in self.users:
                self.users[number] = user
            person = self.person(number)
            people.setdefault(name, []).extend([person] if person else [])
        return tuple(
            Reaction(name=name, count=count, people=tuple(dict.fromkeys(people[name])))
            for name, count in counts.items()
        )


def each_once(posts: list[Post], asides: Counter[str]) -> list[Post]:
    """The posts, each id once; what is there twice is set aside."""
    found: dict[str, Post] = {}
    for post in posts:
        if post.id in found:
            asides["repeated message"] += post.characters + sum(post.asides.values())
        else:
            found[post.id] = post
    return list(found.values())


def by_id(rows: object) -> dict[str, dict[str, Any]]:
    """The rows of a table by their ids."""
    return {number: row for row in mappings(rows) if (number := id_of(row.get("id")))}


def _closing(lines: list[str], at: int, fence: str) -> int | None:
    """The line that closes a fence; others may be opened within it."""
    for number in range(at, len(lines)):
        if lines[number].strip() == fence:
            return number
    return None


def _readable(text: str) -> str:
    if "**" not in text:
        return text
    return _CHANNEL.sub(r"#\1", _MENTION.sub(r"@\1", text))


def _text_of_html(html: str) -> str:
    def shown(match: re.Match[str]) -> str:
        if "emoji" not in match[2]:
            return match[0]
        alt = _ALT.search(match[2])
        return alt[1] if alt and match[1].lower() == "img" else match[0]

    return html_to_text(_EMOJI.sub(shown, html))


def _moment(value: object) -> Any:
    return epoch(value) or moment(value)


def id_of(value: object) -> str:
    """An id as a string, which exports write as a number."""
    if isinstance(value, bool):
        return ""
    return str(value) if isinstance(value, int) else string(value).strip()
