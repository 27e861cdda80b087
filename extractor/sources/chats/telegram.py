"""Telegram: the ``result.json`` of Telegram Desktop, of one chat or of all."""

from __future__ import annotations

from collections import Counter
from datetime import datetime
from typing import Any

from extractor.conversation import Conversation, Reaction, TurnKind
from extractor.errors import SourceError
from extractor.sources.base import Blob, Format, Reading
from extractor.sources.chats.posts import Channel, Post, PostMaker, by_time, conversations_of, name_of, reading_of_json
from extractor.sources.chats.reactions import reactions_by_name
from extractor.sources.values import epoch, id_of, mapping, mappings, moment, number, string

_MESSAGE_KEYS = frozenset(("text", "text_entities", "from", "from_id", "actor", "date", "date_unixtime"))
_MEDIA_KEYS = ("photo", "file", "thumbnail")
_NOT_INCLUDED = "("
_OTHER_WORDS = ("performer", "title", "place_name", "address", "game_title", "game_description", "self_destruct")
_SERVICE_WORDS = ("title", "new_title", "text", "game_title", "place_name")


def fits(blob: Blob) -> float:
    """1.0 for a list of chats, or one chat."""
    value = blob.json
    if not isinstance(value, dict):
        return 0.0
    if isinstance(mapping(value.get("chats")).get("list"), list) or isinstance(
        mapping(value.get("left_chats")).get("list"), list
    ):
        return 1.0
    return 1.0 if _is_chat(value) else 0.0


def _is_chat(value: dict[str, Any]) -> bool:
    messages = value.get("messages")
    if not isinstance(messages, list) or "guild" in value or "channel" in value:
        return False
    first = mappings(messages[:1])
    if not first:
        return not messages and {"name", "type", "id"} <= value.keys()
    known = len(_MESSAGE_KEYS & first[0].keys()) > 1 or {"name", "type", "id"} <= value.keys()
    return known and first[0].get("type") in ("message", "service", "unsupported")


def read(blob: Blob) -> Reading:
    """A forum's topic is one conversation; other messages of a chat are cut where nobody writes for hours.

    Human language in a message: ``text`` (used; ``text_entities`` is a ``copy``), the question and answers of a
    ``poll`` (used), the emoji of a sticker and the name of a document (used where there are no words), names of files,
    songs, places and games (``attachment``), buttons (``button``), the words of service messages (``system message``)
    and names of chats (``heading``). Forwarded words are no words of who forwards them: they are a ``quote`` by the
    one whom the message names, if any. All else is ``structure``. Raises SourceError where nobody writes anything.
    """
    export = mapping(blob.json)
    chats = _chats(export)
    messages = Messages(chats)
    found: list[Conversation] = []
    for index, chat in enumerate(chats):
        found += messages.conversations(chat, index, blob)
    if not found:
        raise SourceError(f"{blob.name} is a Telegram export without a message in it.", "Export a longer time span.")
    found.sort(key=by_time)
    asides = messages.asides + Counter({"boilerplate": sum(len(text) for text in _abouts(export))})
    return reading_of_json(blob, FORMAT.name, found, asides, messages.warnings())


def _chats(export: dict[str, Any]) -> list[dict[str, Any]]:
    if isinstance(export.get("messages"), list):
        return [export]
    return [chat for key in ("chats", "left_chats") for chat in mappings(mapping(export.get(key)).get("list"))]


def _abouts(export: dict[str, Any]) -> list[str]:
    return [string(export.get("about")), *(string(mapping(part).get("about")) for part in export.values())]


class Messages(PostMaker):
    """Makes posts of messages, and counts what is none. People are told apart over all chats by their ids."""

    def __init__(self, chats: list[dict[str, Any]]) -> None:
        super().__init__()
        self.forwarded = 0
        self._names: dict[str, str] = {}
        for chat in chats:
            for entry in mappings(chat.get("messages")):
                self._learn(entry, "from", "from_id")
                self._learn(entry, "actor", "actor_id")
                self._learn(entry, "forwarded_from", "forwarded_from_id")

    def _learn(self, entry: dict[str, Any], name: str, key: str) -> None:
        if string(entry.get(name)).strip() and string(entry.get(key)):
            self._names.setdefault(string(entry[key]), string(entry[name]).strip())

    def conversations(self, chat: dict[str, Any], index: int, blob: Blob) -> list[Conversation]:
        """The conversations of one chat, the ``index``-th of the export."""
        name, kind = string(chat.get("name")).strip(), string(chat.get("type"))
        self.asides["heading"] += len(string(chat.get("name")))
        entries = mappings(chat.get("messages"))
        topics = _topics(entries)
        threads = _topic_of_each(entries, topics)
        bot = name if kind == "bot_chat" else None
        made = (self._post(entry, kind, bot, place) for place, entry in enumerate(entries))
        posts = self.each_once(made)
        for post in posts:
            post.thread = threads.get(post.id)
            post.reply_to = post.reply_to if post.reply_to not in topics else None
        key = f"telegram:{id_of(chat.get('id')) or index + 1}"
        title = name or ("Saved Messages" if kind == "saved_messages" else id_of(chat.get("id")) or blob.stem)
        titles = {topic: f"{title}: {words}" if words else title for topic, words in topics.items()}
        return conversations_of(Channel(key, title, titles), posts, self.people, blob.name)

    def warnings(self) -> list[str]:
        """As every maker of posts, and that what is forwarded is quoted."""
        warnings = []
        if self.forwarded:
            noun, are = ("message", "is") if self.forwarded == 1 else ("messages", "are")
            warnings.append(
                f"{self.forwarded} forwarded {noun} {are} read as quoted from whom {'it' if are == 'is' else 'they'} "
                f"first came from, not as said by who forwarded {'it' if are == 'is' else 'them'}."
            )
        return [*warnings, *super().warnings()]

    def _post(self, entry: dict[str, Any], kind: str, bot: str | None, place: int) -> Post | None:
        raw = _flat(entry.get("text"))
        copied = len(_flat(entry.get("text_entities")))
        if entry.get("type") == "service":
            words = sum(len(_flat(entry.get(key))) for key in _SERVICE_WORDS)
            self.asides.update({"system message": words, "copy": copied})
            return None
        asides, sent_at = Counter({"copy": copied} if raw else {}), _moment(entry, "date")
        if not raw.strip():
            raw = _flat(entry.get("text_entities"))
        poll, reactions = _poll(mapping(entry.get("poll")))
        text = "\n".join(part for part in (raw.strip("\n"), *poll) if part.strip())
        spent = len(raw) + sum(map(len, poll))
        files = _file_names(entry)
        self._media(entry, asides)
        if not text.strip():
            text = string(entry.get("sticker_emoji")) or string(entry.get("file_name"))
            spent = len(text)
            asides["attachment"] -= 0 if string(entry.get("sticker_emoji")) else spent
        if not text.strip():
            self.unread.append(name_of(sent_at, f"message {place + 1}"))
            self.asides.update(asides)
            return None
        speaker, post_kind = self._speaker(entry, kind, bot)
        return Post(
            id=id_of(entry.get("id")) or f"message-{place + 1}",
            speaker=speaker,
            text=text.strip(),
            characters=spent,
            sent_at=sent_at,
            reply_to=id_of(entry.get("reply_to_message_id")) or None,
            kind=post_kind,
            edited_at=_moment(entry, "edited"),
            reactions=(*self._reactions(entry), *reactions),
            asides=asides,
            files=files,
        )

    def _media(self, entry: dict[str, Any], asides: Counter[str]) -> None:
        """Count the words that describe what was shared, and those of buttons."""
        words = [*_MEDIA_KEYS, *_OTHER_WORDS, "file_name"]
        asides["attachment"] += sum(len(string(entry.get(key))) for key in words)
        asides["attachment"] += sum(len(string(value)) for value in mapping(entry.get("contact_information")).values())
        rows = entry.get("inline_bot_buttons")
        for row in rows if isinstance(rows, list) else []:
            asides["button"] += sum(len(string(button.get("text"))) for button in mappings(row))

    def _speaker(self, entry: dict[str, Any], kind: str, bot: str | None) -> tuple[str | None, TurnKind]:
        """Whose words a message is, and of which kind it is."""
        if "forwarded_from" in entry:
            name, key = string(entry.get("forwarded_from")).strip(), string(entry.get("forwarded_from_id"))
            own = (key and key == string(entry.get("from_id"))) or (name and name == string(entry.get("from")).strip())
            if not own:
                self.forwarded += 1
                return self._person(name, key), "quote"
        name, key = string(entry.get("from")).strip(), id_of(entry.get("from_id"))
        signed = string(entry.get("author")).strip() if kind.endswith("channel") else ""
        if signed:
            return self.people.add(signed, key=f"{key}/{signed}"), "message"
        return self._person(name, key, "bot" if bot and name == bot else None), "message"

    def _person(self, name: str, key: str, role: str | None = None) -> str | None:
        known = name or self._names.get(key, "") or key
        return self.people.add(known, key=key or None, role=role) if known else None

    def _reactions(self, entry: dict[str, Any]) -> tuple[Reaction, ...]:
        return reactions_by_name(
            (
                string(each.get("emoji")) or string(each.get("type")),
                number(each.get("count")),
                [
                    self._person(string(one.get("from")).strip(), id_of(one.get("from_id")))
                    for one in mappings(each.get("recent"))
                ],
            )
            for each in mappings(entry.get("reactions"))
        )


def _flat(value: object) -> str:
    """Text as one string: it is a string, or a list of strings and of objects that each mark up some of it."""
    if isinstance(value, list):
        return "".join(_flat_part(part) for part in value)
    return string(value) or string(mapping(value).get("text"))


def _flat_part(part: object) -> str:
    return string(part) if isinstance(part, str) else string(mapping(part).get("text"))


def _moment(entry: dict[str, Any], key: str) -> datetime | None:
    """The time under ``key``: in UTC where the export has it, else as the clock of the exporting computer showed it."""
    return epoch(entry.get(f"{key}_unixtime")) or moment(entry.get(key))


def _poll(poll: dict[str, Any]) -> tuple[list[str], tuple[Reaction, ...]]:
    """A poll's question and answers, a line each, and the votes for each answer as its reactions."""
    answers = [(_flat(each.get("text")), number(each.get("voters"))) for each in mappings(poll.get("answers"))]
    lines = [line for line in (_flat(poll.get("question")), *(text for text, _ in answers)) if line.strip()]
    votes = [Reaction(name=text, count=int(count)) for text, count in answers if text.strip() and count]
    return lines, tuple(votes)


def _file_names(entry: dict[str, Any]) -> list[str]:
    """What was shared, by its name; media that were left out of the export have none but perhaps a document's."""
    name = string(entry.get("file_name")).strip()
    if name:
        return [name]
    paths = [string(entry.get(key)).strip() for key in ("photo", "file")]
    return [path.rpartition("/")[2] for path in paths if path and not path.startswith(_NOT_INCLUDED)]


def _topics(entries: list[dict[str, Any]]) -> dict[str, str]:
    """The titles of a forum's topics by id, which is that of the message that a topic was opened with."""
    topics: dict[str, str] = {}
    for entry in entries:
        if entry.get("type") == "service" and entry.get("action") == "topic_created":
            topics[id_of(entry.get("id"))] = string(entry.get("title")).strip()
        elif entry.get("type") == "service" and entry.get("action") == "topic_edit":
            topic, title = id_of(entry.get("reply_to_message_id")), string(entry.get("new_title")).strip()
            if topic in topics and title:
                topics[topic] = title
    return topics


def _topic_of_each(entries: list[dict[str, Any]], topics: dict[str, str]) -> dict[str, str]:
    """The topic of each message: a message answers the topic itself or another message in it."""
    if not topics:
        return {}
    answered = {id_of(entry.get("id")): id_of(entry.get("reply_to_message_id")) for entry in entries}
    found: dict[str, str] = {topic: topic for topic in topics}
    for message in answered:
        chain: list[str] = []
        at = message
        while at and at not in found and len(chain) <= len(answered):
            chain.append(at)
            found[at] = ""
            at = answered.get(at, "")
        topic = found.get(at, "")
        found.update(dict.fromkeys(chain, topic))
    return {message: topic for message, topic in found.items() if topic}


FORMAT = Format("telegram", "Telegram exports (JSON)", fits, read, people_by_id=True, verified=True)
