"""Slack's messages, as exports, dumps and the API all write them -> posts.

Human language in a message: ``text``, the words of ``blocks`` and ``attachments``, ``comment``, and what is shown of
shared files (``preview``, ``plain_text``). All else is structure.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from extractor.conversation import Quotation, Reaction, TurnKind
from extractor.sources.chats.posts import Post, PostMaker
from extractor.sources.chats.reactions import reactions_by_name
from extractor.sources.chats.slack_text import (
    is_rich_text,
    letters_of_blocks,
    readable,
    text_of_block,
    text_of_blocks,
    unescape,
)
from extractor.sources.values import mapping, mappings, number, string, strings

_TS = re.compile(r"(\d{1,11})(?:\.(\d{1,6})\d*)?$")
# How Slack wrote mentions until 2017; who types one has its brackets escaped.
_MENTION = re.compile(r"<@([UW][A-Z0-9]{1,20})\|([^<>|]{1,80})>")
_DELETED = frozenset(("tombstone", "message_deleted"))
_SYSTEM = frozenset(
    """
    channel_join channel_leave channel_topic channel_purpose channel_name channel_archive channel_unarchive
    channel_convert_to_private channel_convert_to_public channel_canvas_updated channel_posting_permissions
    group_join group_leave group_topic group_purpose group_name group_archive group_unarchive
    bot_add bot_remove bot_enable bot_disable pinned_item unpinned_item reminder_add reminder_delete
    huddle_thread sh_room_created sh_room_shared app_conversation_join app_conversation_leave
    bookmark_added tabbed_canvas_updated canvas_updated list_updated ekm_access_denied
    """.split()
)
# What is compared for being a repetition, so that a message of a million blocks takes no million searches.
_MOST_COMPARED = 100


@dataclass
class _Words:
    """What a message says: ``parts`` in Slack's markup, ``used`` the characters they take, ``asides`` the others.

    ``quoted`` are messages that it repeats, ``passed_on`` one that it repeats and says nothing to.
    """

    parts: list[str] = field(default_factory=list)
    used: int = 0
    asides: Counter[str] = field(default_factory=Counter)
    quoted: list[dict[str, Any]] = field(default_factory=list)
    passed_on: dict[str, Any] | None = None

    def say(self, text: str, characters: int) -> None:
        self.parts.append(text)
        self.used += characters


class Messages(PostMaker):
    """Makes posts of messages, and counts what is none.

    ``users`` are the export's user records by id, ``channels`` the names of channels by id.
    """

    UNREAD = "Messages without a time or without words"

    def __init__(self, users: dict[str, dict[str, Any]], channels: dict[str, str]) -> None:
        super().__init__()
        self.users = users
        self.channels = channels
        self._mentioned: dict[str, dict[str, Any]] = {}
        self._known: dict[str, str] = {}
        self._shown: dict[str, str] = {}

    def learn(self, entries: Iterable[dict[str, Any]]) -> None:
        """Take the names of people from the profiles that messages carry, and for others from how Slack itself
        mentions them, where no table has them.
        """
        for entry in entries:
            profile = entry.get("user_profile")
            if isinstance(profile, dict):
                self.users.setdefault(string(entry.get("user")), profile)
            for match in () if "bot_id" in entry else _MENTION.finditer(string(entry.get("text"))):
                self._mentioned.setdefault(match[1], {"name": unescape(match[2]).strip().removeprefix("@")})

    def posts(self, entries: Iterable[dict[str, Any]], channel: str) -> list[Post]:
        """The messages of one channel, each once; ``channel`` is what a warning calls it."""
        return self.each_once(self._post(entry, channel) for entry in entries)

    def _post(self, entry: dict[str, Any], channel: str) -> Post | None:
        subtype, raw = string(entry.get("subtype")), string(entry.get("text"))
        if subtype in _DELETED or entry.get("hidden") is True:
            self._set_aside("deleted", entry, raw)
            return None
        if subtype in _SYSTEM:
            self._set_aside("system message", entry, raw)
            return None
        stamp = stamp_of(entry)
        sent_at = _moment(stamp)
        files = _file_names(entry)
        words = self._words(entry, raw, files)
        if sent_at is None or not any(part.strip() for part in words.parts):
            self.unread.append(f"{channel} {stamp or 'without a time'}")
            self.asides.update(words.asides)
            self.asides["unreadable message"] += words.used
            return None
        kind: TurnKind = "message" if words.passed_on is None else "quote"
        shown = (self._readable(part) for part in words.parts)
        text = "\n".join(part for part in shown if part.strip()).strip()
        return Post(
            id=stamp,
            speaker=self._speaker(entry) if words.passed_on is None else self._author(words.passed_on),
            text=text,
            characters=words.used,
            sent_at=sent_at,
            thread=string(entry.get("thread_ts")) or None,
            kind=kind,
            edited_at=_moment(string(mapping(entry.get("edited")).get("ts"))) if "edited" in entry else None,
            reactions=self._reactions(entry) if "reactions" in entry else (),
            asides=words.asides,
            files=files,
            quotes=self._quotes(words.quoted, len(text)) if words.quoted else (),
        )

    def _set_aside(self, reason: str, entry: dict[str, Any], raw: str) -> None:
        said, _ = letters_of_blocks(entry.get("blocks"))
        self.asides[reason] += len(raw)
        self.asides["copy" if raw else reason] += said

    def _readable(self, raw: str) -> str:
        return readable(raw, self._user_name, self._channel_name)

    # What a message says

    def _words(self, entry: dict[str, Any], raw: str, files: list[str]) -> _Words:
        words = _Words()
        comment = string(mapping(entry.get("comment")).get("comment"))
        if comment:
            words.say(comment, len(comment))
            words.asides["copy"] += len(raw)
        elif raw.strip():
            words.say(raw, len(raw))
        else:
            words.asides["white space"] += len(raw)
        if entry.get("blocks"):
            _add_blocks(words, entry["blocks"], raw)
        if entry.get("attachments"):
            _add_attachments(words, entry, raw)
        if files and not words.parts:
            words.say("\n".join(files), sum(map(len, files)))
        if "files" in entry or "file" in entry:
            words.asides["attachment"] += sum(
                len(string(each.get(key))) for each in _files(entry) for key in ("preview", "plain_text")
            )
        return words

    def _quotes(self, quoted: list[dict[str, Any]], char: int) -> tuple[Quotation, ...]:
        found = []
        for each in quoted:
            text = self._readable(_attachment(each)[0]).strip()
            if text:
                found.append(Quotation(char=char, depth=1, author=self._author(each), text=text))
        return tuple(found)

    def _author(self, attachment: dict[str, Any]) -> str | None:
        """Who wrote a message that another one repeats."""
        user, name = string(attachment.get("author_id")), string(attachment.get("author_name")).strip()
        if user:
            return self._person(user, {"name": name} if name else None)
        return self.people.add(name, key=f"name:{name}") if name else None

    # Who it is by

    def _speaker(self, entry: dict[str, Any]) -> str | None:
        user = string(entry.get("user")) or string(mapping(entry.get("comment")).get("user"))
        bot = string(entry.get("bot_id"))
        if user and (user in self.users or not bot):
            return self._person(user)
        name = string(entry.get("username")).strip() or string(mapping(entry.get("bot_profile")).get("name")).strip()
        name = name or string(entry.get("user_name")).strip()
        if not name and not bot:
            return None
        role = "bot" if bot or entry.get("subtype") == "bot_message" else None
        return self.people.add(name or bot, key=f"bot:{bot}:{name}", role=role)

    def _person(self, user_id: str, profile: dict[str, Any] | None = None) -> str:
        known = self._known.get(user_id)
        if known is not None:
            return known
        user = self.users.get(user_id) or profile or self._mentioned.get(user_id, {})
        names = _names(user)
        role = "bot" if user.get("is_bot") is True or user_id == "USLACKBOT" else None
        person = self.people.add(names[0] if names else user_id, key=user_id, aliases=names[1:], role=role)
        self._known[user_id] = person
        return person

    def _user_name(self, user_id: str) -> str:
        if user_id not in self._shown:
            names = _names(self.users.get(user_id) or self._mentioned.get(user_id, {}))
            self._shown[user_id] = names[0] if names else user_id
        return self._shown[user_id]

    def _channel_name(self, channel_id: str) -> str:
        return self.channels.get(channel_id, channel_id)

    def _reactions(self, entry: dict[str, Any]) -> tuple[Reaction, ...]:
        return reactions_by_name(
            (string(each.get("name")), number(each.get("count")), map(self._person, strings(each.get("users"))))
            for each in mappings(entry.get("reactions"))
        )


def _add_blocks(words: _Words, blocks: object, raw: str) -> None:
    """What a person typed stands in ``text`` too; of what a program laid out, only what does not is added."""
    if not words.parts:
        text, (said, buttons) = text_of_blocks(blocks), letters_of_blocks(blocks)
        words.asides["button"] += buttons
        if text.strip():
            words.say(text, said)
        else:
            words.asides["link preview"] += said
        return
    for compared, block in enumerate(mappings(blocks)):
        letters, buttons = letters_of_blocks([block])
        words.asides["button"] += buttons
        text = "" if is_rich_text(block) else text_of_block(block).strip()
        if not text or (compared < _MOST_COMPARED and text in raw):
            words.asides["copy"] += letters
        else:
            words.say(text, letters)


def _add_attachments(words: _Words, entry: dict[str, Any], raw: str) -> None:
    """A program says what its attachments say; a person's are previews of links or messages that are passed on."""
    by_program = bool(entry.get("bot_id")) or entry.get("subtype") == "bot_message"
    alone = not words.parts
    for compared, each in enumerate(mappings(entry.get("attachments"))):
        text, letters, rest = _attachment(each)
        words.asides["copy"] += rest
        if not text.strip():
            words.asides["white space"] += letters
        elif _is_message(each) and words.parts:
            words.quoted.append(each)
            words.asides["quoted reply"] += letters
        elif compared < _MOST_COMPARED and text in raw:
            words.asides["copy"] += letters
        elif words.passed_on is None and (by_program or alone):
            words.passed_on = each if _is_message(each) else None
            words.say(text, letters)
        else:
            words.asides["link preview"] += letters


def _is_message(attachment: dict[str, Any]) -> bool:
    return attachment.get("is_msg_unfurl") is True or attachment.get("is_share") is True


def _attachment(attachment: dict[str, Any]) -> tuple[str, int, int]:
    """The words of an attachment, how many characters they take, and how many it takes to say them once more.

    They are what a program wrote or a link's preview; the fallback where there is nothing else.
    """
    lines = [string(attachment.get(name)) for name in ("pretext", "title", "text")]
    for each in mappings(attachment.get("fields")):
        lines += [string(each.get("title")), string(each.get("value"))]
    fallback, blocks = string(attachment.get("fallback")), _attachment_blocks(attachment)
    said = sum(letters_of_blocks(blocks))
    if any(line.strip() for line in lines):
        return "\n".join(line for line in lines if line.strip()), sum(map(len, lines)), said + len(fallback)
    laid_out = text_of_blocks(blocks)
    if laid_out.strip():
        return laid_out, said, len(fallback)
    return fallback, len(fallback), said


def _attachment_blocks(attachment: dict[str, Any]) -> list[dict[str, Any]]:
    blocks = mappings(attachment.get("blocks"))
    for each in mappings(attachment.get("message_blocks")):
        blocks += mappings(mapping(each.get("message")).get("blocks"))
    return blocks


def stamp_of(entry: dict[str, Any]) -> str:
    """The time stamp of a message, which is its id; also one that was written as a number."""
    stamp = entry.get("ts")
    if isinstance(stamp, str):
        return string(stamp).strip()
    value = number(stamp)
    return f"{value:.6f}" if value is not None and value > 0 else ""


def _files(entry: dict[str, Any]) -> list[dict[str, Any]]:
    return [*mappings(entry.get("files")), *mappings([entry.get("file")])]


def _file_names(entry: dict[str, Any]) -> list[str]:
    if "files" not in entry and "file" not in entry:
        return []
    return [name for each in _files(entry) if (name := _file_name(each))]


def _file_name(file: dict[str, Any]) -> str:
    """What a file is called. Canvases and posts are all called alike and have a title."""
    name, title = string(file.get("name")).strip(), string(file.get("title")).strip()
    written = file.get("filetype") in ("quip", "canvas", "space", "docs", "list")
    return (title if written and title else name) or title or string(file.get("id"))


def _names(user: dict[str, Any]) -> list[str]:
    """The names of a user: the one shown first, then the real name and the user name."""
    profile = user.get("profile")
    both = (profile, user) if isinstance(profile, dict) else (user,)
    found = [string(each.get(name)).strip() for name in ("display_name", "real_name", "name") for each in both]
    return list(dict.fromkeys(name for name in found if name))


def _moment(stamp: str) -> datetime | None:
    match = _TS.match(stamp)
    if match is None:
        return None
    try:
        return datetime.fromtimestamp(int(match[1]), UTC).replace(microsecond=int((match[2] or "0").ljust(6, "0")))
    except (ValueError, OverflowError, OSError):
        return None
