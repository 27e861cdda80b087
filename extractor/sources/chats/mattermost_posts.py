"""Mattermost's posts, as bulk exports and the API write them -> posts."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from extractor.conversation import Reaction
from extractor.sources.chats.posts import Post, PostMaker, name_of
from extractor.sources.chats.reactions import reactions_by_person
from extractor.sources.values import MILLISECOND, epoch, json_in, mapping, mappings, number, string, strings

# Exports of old servers write what the server says as if the person had said it.
_NOTICE = re.compile(
    r"@?(?P<who>[\w.-]{1,64}) (?:(?:has )?(?:joined|left) the (?:channel|team)"
    r"|(?:was )?(?:added to|removed from) the (?:channel|team)(?: by @?(?P<by>[\w.-]{1,64}))?"
    r"|(?:has )?archived the channel|(?:has )?unarchived the channel"
    r"|(?:has )?(?:updated|removed) the channel (?:header|purpose|display name)\b.{0,2000})\.?$",
    re.DOTALL,
)
# The notices in which ``props.username`` is whoever is said to post them.
_COMINGS = frozenset(f"system_{what}_{where}" for what in ("join", "leave") for where in ("team", "channel"))


class Posts(PostMaker):
    """Makes posts of messages, and counts what is none. ``users`` are the known people, by what posts call them."""

    UNREAD = "Posts without a time or without words"

    def __init__(self, users: dict[str, dict[str, Any]]) -> None:
        super().__init__()
        self.users = users

    def exported(self, entry: dict[str, Any]) -> Iterator[Post]:
        """A post of a bulk export and the replies that are nested in it."""
        post = self._post(entry, string(entry.get("user")), _export_id(entry), entry.get("reactions"), "user")
        if post is not None:
            yield post
        root = post.id if post is not None else _export_id(entry)
        for reply in mappings(entry.get("replies")):
            answer = self._post(reply, string(reply.get("user")), _export_id(reply), reply.get("reactions"), "user")
            if answer is not None:
                answer.thread = root
                yield answer

    def learn(self, posts: Iterable[tuple[dict[str, Any], dict[str, Any]]]) -> None:
        """Take the names of people from the profiles beside their posts, and from notices that they came or went, where
        no table has them.
        """
        named: dict[str, dict[str, Any]] = {}
        for entry, profile in posts:
            user = string(entry.get("user_id"))
            if profile:
                self.users.setdefault(user, profile)
            if string(entry.get("type")) in _COMINGS and (name := string(_props(entry).get("username"))):
                named.setdefault(user, {"username": name})
        self.users = {**named, **self.users}

    def posted(self, entry: dict[str, Any]) -> Post | None:
        """A post of the API."""
        user, metadata = string(entry.get("user_id")), mapping(entry.get("metadata"))
        if (number(entry.get("delete_at")) or 0) > 0:
            self.asides["deleted"] += len(string(entry.get("message")))
            return None
        post = self._post(entry, user, string(entry.get("id")), metadata.get("reactions"), "user_id")
        if post is not None:
            post.thread = string(entry.get("root_id")) or None
        return post

    def each_once(self, posts: Iterable[Post | None]) -> list[Post]:
        """The posts with ids that differ: what is there twice is set aside, what only has the same id is renamed."""
        found: dict[str, Post] = {}
        for post in posts:
            if post is None:
                continue
            before = found.get(post.id)
            if before is not None and before.text == post.text and before.speaker == post.speaker:
                self.repeated(post)
                continue
            free, count = post.id, 1
            while free in found:
                count += 1
                free = f"{post.id}:{count}"
            post.id = free
            found[free] = post
        return list(found.values())

    def _post(self, entry: dict[str, Any], user: str, post_id: str, reactions: object, reacting: str) -> Post | None:
        raw, kind, props = string(entry.get("message")), string(entry.get("type")), _props(entry)
        if kind.startswith("system_") or self._is_notice(raw, user):
            self.asides["system message"] += len(raw)
            return None
        sent_at = epoch(entry.get("create_at"), MILLISECOND)
        attached = [_attachment(each) for each in mappings(props.get("attachments"))]
        words, letters = "\n".join(text for text, _ in attached if text), sum(size for _, size in attached)
        files = _file_names(entry)
        asides: Counter[str] = Counter()
        spent, parts = len(raw) if raw.strip() else 0, [raw] if raw.strip() else []
        asides["white space"] += len(raw) - spent
        if words.strip() and (not parts or _by_program(props)):
            spent, parts = spent + letters, [*parts, words]
        else:
            asides["link preview"] += letters
        if not parts and files:
            spent, parts = sum(map(len, files)), files
        text = "\n".join(parts).strip()
        if sent_at is None or not text:
            self.unread.append(name_of(sent_at, post_id or "one without a time"))
            self.asides["unreadable message"] += spent
            self.asides.update(asides)
            return None
        return Post(
            id=post_id,
            speaker=self._speaker(user, props),
            text=text,
            characters=spent,
            sent_at=sent_at,
            edited_at=epoch(entry.get("edit_at"), MILLISECOND) if number(entry.get("edit_at")) else None,
            reactions=self._reactions(reactions, reacting),
            asides=asides,
            files=files,
        )

    def _is_notice(self, message: str, user: str) -> bool:
        match = _NOTICE.match(message) if len(message) < 2300 else None
        return match is not None and (match["who"] in self.users or match["who"] == user or match["by"] == user)

    def _speaker(self, user: str, props: dict[str, Any]) -> str | None:
        shown = string(props.get("override_username")).strip() or string(props.get("webhook_display_name")).strip()
        if shown and _by_program(props):
            return self.people.add(shown, key=f"webhook:{shown}", role="bot")
        return self._person(user, bot=_is_true(props.get("from_bot")))

    def _person(self, user: str, *, bot: bool = False) -> str | None:
        if not user:
            return None
        known = self.users.get(user, {})
        names = _names(known)
        role = "bot" if bot or known.get("is_bot") is True else None
        return self.people.add(names[0] if names else user, key=user, aliases=names[1:], role=role)

    def _reactions(self, reactions: object, reacting: str) -> tuple[Reaction, ...]:
        named = [each for each in mappings(reactions) if string(each.get("emoji_name"))]
        return reactions_by_person(
            (string(each["emoji_name"]), self._person(string(each.get(reacting)))) for each in named
        )


def _export_id(entry: dict[str, Any]) -> str:
    """Bulk exports have no ids; the server tells posts apart by time and author."""
    time = number(entry.get("create_at"))
    return f"{int(time) if time is not None else ''}:{string(entry.get('user'))}"


def _props(entry: dict[str, Any]) -> dict[str, Any]:
    """The properties of a post, which exports may write as JSON within a string."""
    props = entry.get("props")
    return mapping(json_in(props) if isinstance(props, str) else props)


def _is_true(value: object) -> bool:
    return value is True or value == "true"


def _by_program(props: dict[str, Any]) -> bool:
    return any(_is_true(props.get(key)) for key in ("from_webhook", "from_bot", "from_plugin", "from_oauth_app"))


def _attachment(attachment: dict[str, Any]) -> tuple[str, int]:
    """The words of an attachment and how many characters they take; its fallback says the same once more."""
    lines = [string(attachment.get(name)) for name in ("pretext", "author_name", "title", "text")]
    for each in mappings(attachment.get("fields")):
        lines += [string(each.get("title")), string(each.get("value"))]
    lines.append(string(attachment.get("footer")))
    if not any(line.strip() for line in lines):
        lines = [string(attachment.get("fallback"))]
    return "\n".join(line for line in lines if line.strip()), sum(map(len, lines))


def _file_names(entry: dict[str, Any]) -> list[str]:
    names = [string(each.get("path")).rpartition("/")[2] for each in mappings(entry.get("attachments"))]
    files = mappings(mapping(entry.get("metadata")).get("files"))
    names += [string(each.get("name")) for each in files] or strings(entry.get("file_ids"))
    return [name for name in names if name.strip()]


def _names(user: dict[str, Any]) -> list[str]:
    """The names of a user: the full one first, then what people call them, then the user name."""
    full = f"{string(user.get('first_name'))} {string(user.get('last_name'))}".strip()
    found = [full, *(string(user.get(key)).strip() for key in ("display_name", "nickname", "username"))]
    return list(dict.fromkeys(name for name in found if name))
