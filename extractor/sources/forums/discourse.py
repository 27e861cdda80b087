"""Discourse: a topic, or a list of posts, as JSON."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import Any

from extractor.conversation import Conversation, Quotation, Reaction
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import Channel, Post, PostMaker, conversations_of, reading_of_json
from extractor.sources.chats.reactions import reactions_by_name
from extractor.sources.forums.cooked import Cooked, Quoted, read_cooked
from extractor.sources.transcripts import first_words
from extractor.sources.values import id_of, mapping, mappings, moment, number, string

_EXPORT_AGAIN = "Save the topic again, with ?print=true at the end of its address."
_LISTS = ("latest_posts", "posts")
_SMALL_ACTION = 3
_LIKE = 2
_FIRST_ID_OF_A_PERSON = 1
_QUOTE_MARK = re.compile(r'\[quote(?:=(?:"([^"\n]{0,200})"|([^\]\n]{0,200})))?\]|\[/quote\]', re.IGNORECASE)
_DEEPEST = 4
_BETWEEN = "\n\n"


def fits(blob: Blob) -> float:
    """1.0 for posts with a number and words."""
    value = blob.json
    if not isinstance(value, (dict, list)):
        return 0.0
    topics = _topics_of(value)
    first = next((post for topic in topics for post in topic.posts), {})
    return 1.0 if "post_number" in first and ("cooked" in first or "raw" in first) else 0.0


def read(blob: Blob) -> Reading:
    """One conversation for every topic.

    Human language in a post: ``cooked`` and ``raw``; where both are there, what people typed (``raw``) is used and the
    other is a ``copy``. Quotations of other posts in them become quotations (``quoted reply``), previews of links are
    ``link preview``, tags ``markup``. Small actions are a ``system message``, titles a ``heading``; names of people and
    excerpts are ``structure``. Raises SourceError where nobody writes anything.
    """
    topics = _topics_of(blob.json)
    reader = _Reader()
    found = [each for topic in topics for each in reader.conversation(topic, blob)]
    if not found:
        raise SourceError(f"{blob.name} holds no post with words in it.", _EXPORT_AGAIN)
    return reading_of_json(blob, FORMAT.name, found, reader.asides, reader.warnings())


@dataclass
class _Topic:
    """A topic and the posts that the file holds of it; ``missing`` counts those that it only names."""

    number: str
    slug: str
    title: str
    posts: list[dict[str, Any]] = field(default_factory=list)
    missing: int = 0


def _topics_of(value: object) -> list[_Topic]:
    topics: list[_Topic] = []
    loose: dict[str, _Topic] = {}
    waiting: list[tuple[object, int]] = [(value, 0)]
    while waiting:
        each, depth = waiting.pop()
        if isinstance(each, list):
            waiting += [(part, depth) for part in reversed(each) if isinstance(part, dict)]
        elif isinstance(each, dict) and isinstance(each.get("post_stream"), dict):
            topics.append(_topic(each))
        elif isinstance(each, dict) and "post_number" in each:
            topic_id = id_of(each.get("topic_id"))
            title, slug = string(each.get("topic_title")).strip(), string(each.get("topic_slug"))
            loose.setdefault(topic_id, _Topic(topic_id, slug, title)).posts.append(each)
        elif isinstance(each, dict) and depth < _DEEPEST:
            inner = [each[key] for key in (*_LISTS, "data") if isinstance(each.get(key), (dict, list))]
            waiting += [(part, depth + 1) for part in reversed(inner)]
    return [*topics, *loose.values()]


def _topic(value: dict[str, Any]) -> _Topic:
    stream = mapping(value.get("post_stream"))
    posts = mappings(stream.get("posts"))
    named = stream.get("stream")
    missing = max(0, len(named) - len(posts)) if isinstance(named, list) else 0
    first = posts[0] if posts else {}
    topic_id = id_of(value.get("id")) or id_of(first.get("topic_id"))
    slug = string(value.get("slug")) or string(first.get("topic_slug"))
    return _Topic(topic_id, slug, string(value.get("title")).strip(), posts, missing)


class _Reader(PostMaker):
    """Makes conversations of topics, and counts what is none."""

    UNREAD = "Posts without own words"

    def conversation(self, topic: _Topic, blob: Blob) -> list[Conversation]:
        title = topic.title or topic.slug.replace("-", " ") or blob.stem
        root = topic.number or "topic"
        self.asides["heading"] += len(topic.title)
        made = (self._post(entry, place, title) for place, entry in enumerate(topic.posts))
        posts = self.each_once(made)
        for post in posts:
            post.thread = root
        channel = Channel(f"discourse:{topic.slug}" if topic.slug else "discourse", title, {root: title})
        found = conversations_of(channel, posts, self.people, blob.name)
        if found and topic.missing:
            posts_are = "1 post is" if topic.missing == 1 else f"{topic.missing} posts are"
            note = f"{posts_are} not in the file, which only names them: {first_words(title)}. {_EXPORT_AGAIN}"
            found[0] = found[0].model_copy(update={"warnings": (*found[0].warnings, note)})
        return found

    def _post(self, entry: dict[str, Any], place: int, title: str) -> Post | None:
        cooked, raw = string(entry.get("cooked")), string(entry.get("raw"))
        post_number = id_of(entry.get("post_number")) or f"at {place + 1}"
        gone = _reason_to_leave_out(entry)
        if gone is not None:
            self.asides.update({gone: len(raw or cooked), "copy": len(cooked) if raw else 0})
            return None
        words = read_raw(raw) if raw.strip() else read_cooked(cooked)
        asides = self._account(words, raw if raw.strip() else cooked)
        asides["copy"] += len(cooked) if raw.strip() else len(raw)
        text = words.text or "\n".join(words.pictures)
        if not text:
            self.unread.append(f"post {post_number} of “{first_words(title)}”")
            self.asides.update(asides)
            return None
        if not words.text:
            asides["markup"] -= min(asides["markup"], len(text))
        version = number(entry.get("version")) or 1
        return Post(
            id=f"post {post_number}",
            speaker=self._person(entry),
            text=text,
            characters=len(text),
            sent_at=moment(entry.get("created_at")),
            reply_to=f"post {id_of(entry['reply_to_post_number'])}" if entry.get("reply_to_post_number") else None,
            edited_at=moment(entry.get("updated_at")) if version > 1 else None,
            reactions=_reactions(entry),
            asides=asides,
            files=words.pictures,
            quotes=self._quotations(words.quotes),
        )

    def _account(self, words: Cooked, source: str) -> Counter[str]:
        """What the characters of a post are, other than its words; never more than there are."""
        left = max(0, len(source) - len(words.text))
        asides: Counter[str] = Counter()
        named = Counter({"quoted reply": sum(len(quote.text) for quote in words.quotes)}) + words.asides
        for reason, count in named.items():
            asides[reason] += min(count, left)
            left -= min(count, left)
        asides["markup"] += left
        return asides

    def _person(self, entry: dict[str, Any]) -> str | None:
        username, name = string(entry.get("username")).strip(), string(entry.get("name")).strip()
        if not username and not name:
            return None
        user_id = number(entry.get("user_id"))
        role = "bot" if user_id is not None and user_id < _FIRST_ID_OF_A_PERSON else None
        key = username.casefold() or None
        return self.people.add(username or name, key=key, aliases=[name] if name else [], role=role)

    def _quotations(self, quotes: list[Quoted]) -> tuple[Quotation, ...]:
        found = []
        for quote in quotes:
            author = self.people.add(quote.author, key=quote.author.casefold()) if quote.author else None
            found.append(Quotation(char=quote.char, depth=quote.depth, author=author, text=quote.text))
        return tuple(found)


def _reason_to_leave_out(entry: dict[str, Any]) -> str | None:
    if entry.get("deleted_at") or entry.get("user_deleted") is True or entry.get("hidden") is True:
        return "deleted"
    return "system message" if entry.get("post_type") == _SMALL_ACTION else None


def _reactions(entry: dict[str, Any]) -> tuple[Reaction, ...]:
    """The reactions where the forum has them, else the likes."""
    counts = [(string(each.get("id")), number(each.get("count"))) for each in mappings(entry.get("reactions"))]
    found = reactions_by_name((name, count, ()) for name, count in counts if count)
    if found:
        return found
    likes = number(entry.get("like_count"))
    actions = mappings(entry.get("actions_summary"))
    counted = [number(each.get("count")) for each in actions if each.get("id") == _LIKE]
    likes = likes or next((count for count in counted if count), None)
    return (Reaction(name="like", count=int(likes)),) if likes else ()


def read_raw(raw: str) -> Cooked:
    """The words of a post as they were typed, without what it quotes of other posts."""
    cooked = Cooked("")
    own: list[str] = []
    length = at = 0
    inside: list[tuple[str | None, list[str]]] = []

    def add(text: str) -> None:
        nonlocal length
        if inside:
            inside[-1][1].append(text)
        elif text.strip():
            kept = _BETWEEN + text.strip() if own else text.strip()
            own.append(kept)
            length += len(kept)

    for match in _QUOTE_MARK.finditer(raw):
        opens = not match.group().startswith("[/")
        if not opens and not inside:
            continue
        add(raw[at : match.start()])
        at = match.end()
        if opens:
            inside.append((_quoted_author(match[1] or match[2]), []))
        else:
            author, parts = inside.pop()
            text = "".join(parts).strip()
            if text:
                cooked.quotes.append(Quoted(author, length, len(inside) + 1, text))
    unclosed = ["".join(parts) for _, parts in inside]
    inside.clear()
    for text in (*unclosed, raw[at:]):
        add(text)
    cooked.text = "".join(own)
    for quote in cooked.quotes:
        quote.char += len(_BETWEEN) if cooked.text.startswith(_BETWEEN, quote.char) else 0
    return cooked


def _quoted_author(written: str | None) -> str | None:
    """The user name at the beginning of ``name, post:3, topic:7``."""
    name = (written or "").partition(",")[0].strip().strip('"')
    return name or None


FORMAT = Format("discourse", "Discourse topics (JSON)", fits, read, people_by_id=True, verified=True)
