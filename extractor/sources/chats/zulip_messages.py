"""Zulip's messages, as exports and the API write them -> posts."""

from __future__ import annotations

import re
from collections import Counter
from datetime import datetime
from functools import cached_property
from itertools import accumulate
from typing import Any

from extractor.conversation import Quotation, Reaction
from extractor.sources.chats.posts import Post, PostMaker, name_of
from extractor.sources.chats.reactions import reactions_by_person
from extractor.sources.html_tags import attributes_of
from extractor.sources.html_text import html_to_text
from extractor.sources.values import epoch, id_of, mapping, moment, string

NOTIFIER = "notification-bot@zulip.com"

_MENTION = re.compile(r"@_?\*\*([^*|\n]{1,100})(?:\|\d{1,12})?\*\*")
_CHANNEL = re.compile(r"#\*\*([^*\n]{1,200})\*\*")
_SAID = re.compile(
    r"@_?\*\*(?P<name>[^*|\n]{1,100})(?:\|(?P<id>\d{1,12}))?\*\* \[[^\]\n]{0,40}\]\([^)\n]{0,500}\):\s*$"
)
_FENCE = re.compile(r"\s{0,3}(`{3,}|~{3,})\s*quote\s*$")
_UPLOAD = re.compile(r"\[([^\]\n]{1,200})\]\(/user_uploads/[^)\n]{1,500}\)")
_EMOJI = re.compile(r"<(span|img)\b([^<>]*)>", re.IGNORECASE)


class Messages(PostMaker):
    """Makes posts of messages, and counts what is none. ``users`` are the known people by their ids."""

    UNREAD = "Messages without a time or without words"

    def __init__(self, users: dict[str, dict[str, Any]]) -> None:
        super().__init__()
        self.users = users

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
        message_id = id_of(entry.get("id"))
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
            self.unread.append(name_of(sent_at, message_id or "one without an id"))
            self.asides["unreadable message"] += spent
            self.asides.update(asides)
            return None
        edited = entry.get("last_edit_time", entry.get("last_edit_timestamp"))
        return Post(
            id=message_id,
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

    def person(self, user_id: str) -> str | None:
        """The participant with this id."""
        if not user_id:
            return None
        user = self.users.get(user_id, {})
        name = string(user.get("full_name")).strip()
        alias = string(user.get("delivery_email")) or string(user.get("email"))
        role = "bot" if user.get("is_bot") is True else None
        return self.people.add(name or alias or user_id, key=user_id, role=role)

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

    def _author(self, name: str, user_id: str | None) -> str | None:
        if user_id is not None and user_id in self.users:
            return self.person(user_id)
        same = self._called.get(name)
        return self.person(same) if same is not None else self.people.add(name, key=user_id or f"name:{name}")

    @cached_property
    def _called(self) -> dict[str, str]:
        """The ids of the people by their names, where only one is called so."""
        ids: dict[str, list[str]] = {}
        for key, user in self.users.items():
            ids.setdefault(string(user.get("full_name")), []).append(key)
        return {name: keys[0] for name, keys in ids.items() if name and len(keys) == 1}

    def _reactions(self, reactions: list[dict[str, Any]]) -> tuple[Reaction, ...]:
        named = [each for each in reactions if string(each.get("emoji_name"))]
        return reactions_by_person((string(each["emoji_name"]), self._reacting(each)) for each in named)

    def _reacting(self, reaction: dict[str, Any]) -> str | None:
        """The person behind a reaction, who may be named in it alone."""
        user = mapping(reaction.get("user"))
        user_id = id_of(reaction.get("user_profile", reaction.get("user_id", user.get("id", user.get("user_id")))))
        if user_id and user and user_id not in self.users:
            self.users[user_id] = user
        return self.person(user_id)


def _closing(lines: list[str], at: int, fence: str) -> int | None:
    """The line that closes a fence; others may be opened within it."""
    for line in range(at, len(lines)):
        if lines[line].strip() == fence:
            return line
    return None


def _readable(text: str) -> str:
    if "**" not in text:
        return text
    return _CHANNEL.sub(r"#\1", _MENTION.sub(r"@\1", text))


def _text_of_html(html: str) -> str:
    def shown(match: re.Match[str]) -> str:
        if "emoji" not in match[2]:
            return match[0]
        alt = attributes_of(match[2]).get("alt") if match[1].lower() == "img" else None
        return match[0] if alt is None else alt

    return html_to_text(_EMOJI.sub(shown, html))


def _moment(value: object) -> datetime | None:
    return epoch(value) or moment(value)
