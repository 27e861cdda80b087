"""GitHub: issues, pull requests and discussions, as JSON."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from datetime import datetime
from typing import Any

from extractor.conversation import Conversation, Reaction
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import Channel, Post, PostMaker, conversations_of, reading_of_json
from extractor.sources.forums.github_shapes import (
    Entry,
    Thread,
    body_of,
    copies_of_body,
    first_of,
    nodes,
    surely_github,
    threads_of,
)
from extractor.sources.html_text import html_to_text
from extractor.sources.transcripts import first_words
from extractor.sources.values import mapping, mappings, moment, number, string

_EXPORT_AGAIN = "Save the thread again, with its description and comments."
_DELETED_USER = "ghost"
_CREATED = ("created_at", "createdAt", "submitted_at", "submittedAt", "publishedAt")
_EDITED = ("lastEditedAt", "updated_at")
_STATES = frozenset(("APPROVED", "CHANGES_REQUESTED", "DISMISSED"))
_REACTIONS = {"THUMBS_UP": "+1", "THUMBS_DOWN": "-1"}
_NO_REACTIONS = frozenset(("url", "total_count"))
_FENCE_OR_COMMENT = re.compile(r"^ {0,3}(```+|~~~+)|<!--", re.MULTILINE)


def fits(blob: Blob) -> float:
    """1.0 for threads or comments with GitHub's addresses or keys, 0.6 for threads that could be of another tracker."""
    value = blob.json
    if not isinstance(value, (dict, list)):
        return 0.0
    found = first_of(value)
    if found is None:
        return 0.0
    if surely_github(found) or any(surely_github(each) for each in nodes(found.get("comments"))[:3]):
        return 1.0
    return 0.6 if isinstance(found.get("comments"), (list, dict)) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every issue, pull request and discussion, or for the comments on one.

    Human language: titles (``heading``), ``body`` of everything (used; hidden comments in it are ``markup``, other
    forms of it a ``copy``) and ``diff_hunk`` (``code``). Reviews that approve or ask for changes have a turn of kind
    ``system`` that says so. All else is ``structure``. Raises SourceError where nobody writes anything.
    """
    threads = threads_of(blob.json)
    if not threads:
        raise SourceError(f"{blob.name} holds no issue, pull request, discussion or comment.", _EXPORT_AGAIN)
    reader = _Reader()
    found = [each for thread in threads for each in reader.conversation(thread, blob)]
    if not found:
        raise SourceError(f"{blob.name} holds no comment or description with words in it.", _EXPORT_AGAIN)
    return reading_of_json(blob, FORMAT.name, found, reader.asides, reader.warnings())


class _Reader(PostMaker):
    """Makes conversations of threads, and counts what is none."""

    UNREAD = "Threads without words"

    def conversation(self, thread: Thread, blob: Blob) -> list[Conversation]:
        root = self._root(thread)
        title = thread.title or blob.stem
        self.asides["heading"] += len(thread.title) if not thread.part else 0
        made = (post for place, entry in enumerate(thread.entries) for post in self._posts(entry, root, place))
        posts = self.each_once(made)
        for post in posts:
            post.thread = root
        if not posts:
            self.unread.append(f"#{thread.number} {first_words(title)}" if thread.number else first_words(title))
            return []
        channel = Channel(f"github:{thread.repo}" if thread.repo else "github", title, {root: title})
        found = conversations_of(channel, posts, self.people, blob.name)
        if thread.missing:
            noun, are = ("comment", "is") if thread.missing == 1 else ("comments", "are")
            note = f"{thread.missing} {noun} on “{first_words(title)}” {are} not in the file."
            found[0] = found[0].model_copy(update={"warnings": (*found[0].warnings, note)})
        return found

    def _root(self, thread: Thread) -> str:
        """The end of the conversation's id: the thread's number, or a hash of its words where the file has none."""
        if thread.repo and thread.number:
            return f"{thread.number}:{thread.part}" if thread.part else thread.number
        words = "\x1e".join([thread.title, *(body_of(entry.data)[1] for entry in thread.entries[:1])])
        return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]

    def _posts(self, entry: Entry, root: str, place: int) -> list[Post]:
        data = entry.data
        key, raw = body_of(data)
        text, hidden = (html_to_text(raw), 0) if key.lower().endswith("html") else without_hidden(raw)
        asides = Counter({"markup": hidden, "copy": copies_of_body(data, key)})
        asides["code"] += len(string(data.get("diff_hunk"))) + len(string(data.get("diffHunk")))
        speaker, sent_at = self._person(data), _first_moment(data, _CREATED)
        post_id = root if entry.kind == "body" else _id(entry.kind, data) or f"{entry.kind} at {place}"
        posts = []
        if entry.kind == "review" and string(data.get("state")).upper() in _STATES:
            state = string(data.get("state"))
            posts.append(Post(f"{post_id} state", speaker, state, len(state), sent_at, kind="system"))
        if not text.strip():
            self.asides.update(asides)
            return posts
        post = Post(post_id, speaker, text.strip(), len(raw) - hidden, sent_at, asides=asides)
        post.edited_at = _edited(data, entry, sent_at)
        post.reactions = self._reactions(data)
        post.reply_to = _replied(entry)
        post.topic = string(data.get("path")) or None
        return [*posts, post]

    def _person(self, data: dict[str, Any]) -> str | None:
        """The writer, an account or its bare name as archives have it; ``ghost``, as on GitHub, where it is deleted."""
        keys = [key for key in ("user", "author", "actor") if key in data]
        if not keys:
            return None
        named = [mapping(data[key]) or {"login": string(data[key])} for key in keys if data[key]]
        return self._known(next(iter(named), {}))

    def _known(self, user: dict[str, Any]) -> str:
        login = string(user.get("login")).strip() or _DELETED_USER
        kinds = (user.get("type"), user.get("__typename"))
        is_bot = "Bot" in kinds or user.get("is_bot") is True or login.endswith("[bot]") or login.startswith("app/")
        name = string(user.get("name")).strip()
        role = "bot" if is_bot else None
        return self.people.add(login, key=login.casefold(), aliases=[name] if name else [], role=role)

    def _reactions(self, data: dict[str, Any]) -> tuple[Reaction, ...]:
        counts: dict[str, int] = {}
        people: dict[str, list[str]] = {}
        summary = data.get("reactions")
        if isinstance(summary, dict) and "nodes" not in summary:
            for name, count in summary.items():
                if name not in _NO_REACTIONS and number(count):
                    counts[string(name)] = int(number(count) or 0)
        for group in mappings(data.get("reactionGroups")):
            count = number(mapping(group.get("users") or group.get("reactors")).get("totalCount"))
            if count:
                counts[_reaction_name(group.get("content"))] = int(count)
        for each in [*mappings(data.get("reactions_data")), *_reaction_nodes(summary)]:
            name = _reaction_name(each.get("content"))
            if mapping(each.get("user")):
                people.setdefault(name, []).append(self._known(each["user"]))
            counts.setdefault(name, 0)
        if (number(data.get("upvoteCount")) or 0) > 1:
            counts["upvote"] = int(number(data["upvoteCount"]) or 0)
        found = [(name, counts[name], tuple(dict.fromkeys(people.get(name, ())))) for name in counts if name]
        return tuple(Reaction(name=name, count=max(count, len(who)), people=who) for name, count, who in found)


def _reaction_nodes(value: object) -> list[dict[str, Any]]:
    return nodes(value) if isinstance(value, list) or (isinstance(value, dict) and "nodes" in value) else []


def _reaction_name(content: object) -> str:
    name = string(content)
    return _REACTIONS.get(name, name.lower())


def _id(kind: str, data: dict[str, Any]) -> str | None:
    """An id that is unique in the thread: comments, reviews and comments on lines are numbered apart."""
    known = data.get("id") or data.get("node_id") or data.get("databaseId")
    return f"{kind} {known}" if isinstance(known, (int, str)) else None


def _replied(entry: Entry) -> str | None:
    if entry.parent is not None:
        is_review = "state" in entry.parent and ("submittedAt" in entry.parent or "submitted_at" in entry.parent)
        return _id("review" if is_review else entry.kind, entry.parent)
    known = entry.data.get("in_reply_to_id") or mapping(entry.data.get("replyTo")).get("id")
    return f"{entry.kind} {known}" if isinstance(known, (int, str)) else None


def _first_moment(data: dict[str, Any], keys: tuple[str, ...]) -> datetime | None:
    return next((found for key in keys if (found := moment(data.get(key))) is not None), None)


def _edited(data: dict[str, Any], entry: Entry, sent_at: datetime | None) -> datetime | None:
    """When the words were changed last. An issue's ``updated_at`` moves with every comment and says nothing of it."""
    edited = moment(data.get("lastEditedAt"))
    if edited is None and entry.kind != "body":
        edited = moment(data.get("updated_at"))
    return edited if edited != sent_at else None


def without_hidden(body: str) -> tuple[str, int]:
    """Markdown without the HTML comments that nobody sees, and how many characters those have; code is left alone."""
    parts, kept_to, hidden, fence = list[str](), 0, 0, ""
    at = ticks = 0
    while match := _FENCE_OR_COMMENT.search(body, at):
        line = body.rfind("\n", at, match.start())
        ticks = ticks + body.count("`", at, match.start()) if line < 0 else body.count("`", line, match.start())
        at = match.end()
        if match[1]:
            fence = match[1] if not fence else "" if match[1].startswith(fence) else fence
            continue
        if fence or ticks % 2:
            continue
        end = body.find("-->", at)
        if end < 0:
            break
        parts.append(body[kept_to : match.start()])
        hidden += end + 3 - match.start()
        kept_to = at = end + 3
    return "".join([*parts, body[kept_to:]]), hidden


FORMAT = Format(
    "github",
    "GitHub issues, pull requests and discussions (JSON)",
    fits,
    read,
    people_by_id=True,
    verified=True,
)
