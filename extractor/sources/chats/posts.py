"""Messages of a channel -> conversations: what all chat exports share.

The rule, the same for every platform: a thread is a conversation; so is a topic, where the platform has them. The
other messages of a channel belong together until nobody writes for longer than ``LONGEST_SILENCE``; a message that
answers one from before the silence goes on with that conversation.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

from extractor.conversation import Conversation, Coverage, Quotation, Reaction, Turn, TurnKind
from extractor.sources.base import Blob, Reading
from extractor.sources.people import People
from extractor.sources.transcripts import encoding_warnings, not_read

LONGEST_SILENCE = timedelta(hours=4)
ONE_PAGE = "The file is one page of an answer: there are more messages than it holds."

_TITLE_CHARACTERS = 60
_LAST = datetime.max.replace(tzinfo=UTC)


@dataclass
class Post:
    """One message.

    ``id`` is the platform's own, unique within the channel. ``text`` is as people read it, ``characters`` how many the
    source spends on it (markup included). ``thread`` is the id of the thread or topic it belongs to: for a thread that
    of its first message, which may itself have it or None. ``reply_to`` is the id of the message it answers. ``asides``
    are characters of the message that are no words of it, by reason. ``files`` names what was shared with it.
    ``topic`` is the heading it stands under, ``quotes`` what it repeats of others, which is no part of ``text``.
    """

    id: str
    speaker: str | None
    text: str
    characters: int
    sent_at: datetime | None = None
    thread: str | None = None
    reply_to: str | None = None
    kind: TurnKind = "message"
    edited_at: datetime | None = None
    reactions: tuple[Reaction, ...] = ()
    asides: Counter[str] = field(default_factory=Counter)
    files: list[str] = field(default_factory=list)
    topic: str | None = None
    quotes: tuple[Quotation, ...] = ()


@dataclass(frozen=True)
class Channel:
    """Where messages were written. ``key`` begins the ids of its conversations (``slack:C1``); ``title`` is how people
    call it. ``topics`` gives the title of a thread by its id, where threads have one; a thread without one is a message
    and the answers to it.
    """

    key: str
    title: str
    topics: dict[str, str] = field(default_factory=dict)


class PostMaker:
    """What makes posts of a platform's messages, and counts what is none.

    ``asides`` are the characters of what became no post, by reason; ``unread`` names the messages that could not be
    read, which ``UNREAD`` says more of; ``damaged`` counts entries that are no messages.
    """

    UNREAD = "Messages without words"

    def __init__(self) -> None:
        self.people = People()
        self.asides: Counter[str] = Counter()
        self.unread: list[str] = []
        self.damaged = 0

    def each_once(self, posts: Iterable[Post | None]) -> list[Post]:
        """The posts that there are, each id once; what the source holds again is set aside."""
        found: dict[str, Post] = {}
        for post in posts:
            if post is not None and found.setdefault(post.id, post) is not post:
                self.repeated(post)
        return list(found.values())

    def repeated(self, post: Post) -> None:
        """Set a post aside that the source holds once more."""
        self.asides["repeated message"] += post.characters + sum(post.asides.values())

    def warnings(self) -> list[str]:
        """What is to be said of the messages once they are read."""
        warnings = not_read(self.UNREAD, self.unread)
        if self.damaged:
            are = "entry is no message and was" if self.damaged == 1 else "entries are no messages and were"
            warnings.append(f"{self.damaged} {are} not read.")
        return warnings


class ContentIds:
    """Ids for the messages of one source in which they have none: the same wherever a message is exported again."""

    def __init__(self) -> None:
        self._given: Counter[str] = Counter()

    def of(self, sent_at: datetime | None, label: str, text: str) -> str:
        """The id of the next message that ``label`` wrote; one that is there twice has another at its second place."""
        words = f"{sent_at}\x1f{label}\x1f{text}".encode("utf-8", "surrogatepass")
        digest = hashlib.sha256(words).hexdigest()[:16]
        self._given[digest] += 1
        return digest if self._given[digest] == 1 else f"{digest}-{self._given[digest]}"


def name_of(sent_at: datetime | None, otherwise: str) -> str:
    """What a warning calls a message: its time, ``otherwise`` where it has none."""
    return f"{sent_at:%Y-%m-%d %H:%M}" if sent_at else otherwise


def by_time(conversation: Conversation) -> tuple[str, str]:
    """The key that sorts conversations, oldest first."""
    return str(conversation.started_at), conversation.id


def conversations_of(
    channel: Channel, posts: Iterable[Post], people: People, source: str, *, in_order: bool = False
) -> list[Conversation]:
    """The conversations of a channel, oldest first. No two of ``posts`` have the same id.

    ``in_order`` is whether posts stand in the order of their writing, which their times may not show: the clocks of
    logs are set back.
    """
    threads, stretches = grouped(list(posts) if in_order else sorted(posts, key=_order), channel)
    built = [_thread(channel, root, group, people, source) for root, group in threads.items()]
    built += [_stretch(channel, group, people, source) for group in stretches]
    built.sort(key=by_time)
    if len(stretches) > 1 and built:
        hours = int(LONGEST_SILENCE.total_seconds() // 3600)
        where = (channel.title or "the direct messages") + (" outside threads" if threads else "")
        rule = f"Messages of {where} were cut into conversations at silences of more than {hours} hours."
        built[0] = built[0].model_copy(update={"warnings": (*built[0].warnings, rule)})
    return built


def grouped(posts: list[Post], channel: Channel) -> tuple[dict[str, list[Post]], list[list[Post]]]:
    """Posts in their order, as the conversations they belong to: each thread by its id, and the other stretches."""
    threads, rest = _threads(posts, channel)
    return threads, _stretches(rest)


def _order(post: Post) -> datetime:
    if post.sent_at is None:
        return _LAST
    return post.sent_at if post.sent_at.tzinfo else post.sent_at.replace(tzinfo=UTC)


def _threads(posts: list[Post], channel: Channel) -> tuple[dict[str, list[Post]], list[Post]]:
    """The messages of each thread that has answers or a topic, by its id, and all other messages."""
    answered = {post.thread for post in posts if post.thread is not None and post.thread != post.id}
    threads: dict[str, list[Post]] = {}
    rest: list[Post] = []
    for post in posts:
        root = post.thread if post.thread is not None else post.id if post.id in answered else None
        if root is not None and (root in answered or root in channel.topics):
            threads.setdefault(root, []).append(post)
        else:
            rest.append(post)
    return threads, rest


def _stretches(posts: list[Post]) -> list[list[Post]]:
    stretches: list[list[Post]] = []
    known: set[str] = set()
    for post in posts:
        before = stretches[-1] if stretches else []
        silence = _order(post) - _order(before[-1]) if before and post.sent_at else timedelta()
        if not before or (silence > LONGEST_SILENCE and post.reply_to not in known):
            stretches.append([])
            known.clear()
        stretches[-1].append(post)
        known.add(post.id)
    return stretches


def _thread(channel: Channel, root: str, posts: list[Post], people: People, source: str) -> Conversation:
    topic = channel.topics.get(root)
    posts.sort(key=lambda post: (post.id != root, _order(post)))
    missing = topic is None and posts[0].id != root
    title = topic or _beginning(posts[0].text)
    warnings = ["The first message of the thread is not in the export, or was set aside."] if missing else []
    answered = None if topic is not None or missing else root
    return _conversation(channel, root, title, posts, people, source, warnings, answered)


def _stretch(channel: Channel, posts: list[Post], people: People, source: str) -> Conversation:
    first = posts[0]
    day = f", {first.sent_at:%Y-%m-%d}" if first.sent_at else ""
    title = f"{channel.title or 'direct messages'}{day}"
    return _conversation(channel, first.id, title, posts, people, source, [], None)


def _conversation(
    channel: Channel,
    root: str,
    title: str,
    posts: list[Post],
    people: People,
    source: str,
    warnings: list[str],
    answered: str | None,
) -> Conversation:
    place = {post.id: index for index, post in enumerate(posts)}
    turns = tuple(_turn(post, index, place, answered) for index, post in enumerate(posts))
    ids = {turn.speaker for turn in turns if turn.speaker is not None}
    ids.update(person for turn in turns for reaction in turn.reactions for person in reaction.people)
    ids.update(quote.author for turn in turns for quote in turn.quotes if quote.author is not None)
    warnings += not_read("Shared files", [name for post in posts for name in post.files])
    return Conversation(
        id=f"{channel.key}:{root}",
        kind="thread",
        title=title,
        source=source,
        started_at=next((post.sent_at for post in posts if post.sent_at), None),
        participants=people.participants(ids),
        turns=turns,
        coverage=_share(posts),
        warnings=tuple(warnings),
    )


def _turn(post: Post, index: int, place: dict[str, int], answered: str | None) -> Turn:
    replied = post.reply_to if post.reply_to is not None and post.reply_to != post.id else answered
    reply_to = place.get(replied) if replied is not None else None
    return Turn(
        index=index,
        speaker=post.speaker,
        text=post.text,
        kind=post.kind,
        sent_at=post.sent_at,
        edited_at=post.edited_at,
        topic=post.topic,
        quotes=post.quotes,
        reply_to=reply_to if reply_to != index else None,
        reactions=post.reactions,
    )


def _share(posts: list[Post]) -> Coverage:
    asides: Counter[str] = Counter()
    for post in posts:
        asides.update(post.asides)
    return Coverage.of(sum(post.characters for post in posts), asides)


def _beginning(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= _TITLE_CHARACTERS else words[:_TITLE_CHARACTERS].rsplit(" ", 1)[0] + "…"


def with_warnings(found: Sequence[Conversation], warnings: Sequence[str]) -> tuple[Conversation, ...]:
    """The conversations of a source, with the warnings on the source as a whole before those of the first."""
    first = found[0].model_copy(update={"warnings": (*warnings, *found[0].warnings)})
    return (first, *found[1:])


def reading_of_json(
    blob: Blob,
    format_name: str,
    found: Sequence[Conversation],
    asides: Mapping[str, int],
    warnings: Sequence[str] = (),
    error: str | None = None,
) -> Reading:
    """The reading of one file of JSON; as :func:`reading_of`, and says how the text was decoded."""
    notes = [*encoding_warnings(blob), *warnings]
    return reading_of(blob.name, blob.sha256, format_name, len(blob.text), found, asides, notes, error)


def reading_of(
    name: str,
    sha256: str | None,
    format_name: str,
    characters: int,
    found: Sequence[Conversation],
    asides: Mapping[str, int],
    warnings: Sequence[str] = (),
    error: str | None = None,
) -> Reading:
    """The reading of a structured chat export of ``characters`` code points that holds the conversations ``found``.

    ``asides`` are the characters of what is in no conversation, by reason; ``warnings`` on the export as a whole go to
    its first conversation, which there must be.
    """
    parts = [*(each.coverage for each in found), Coverage.of(0, dict(asides))]
    coverage = Coverage.of_structured(characters, parts)
    return Reading(name, sha256, format_name, with_warnings(found, warnings), coverage, error)
