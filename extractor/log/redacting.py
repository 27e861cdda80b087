"""Conversations and records without the words and the names of one person. Nothing here touches the database.

What the log holds and what is read anew go through the same functions, so that reading a source again finds nothing
changed. In a conversation in which the person takes part, or is named in full:

- their turns, and what others' messages repeat of them, become ``[erased]``; so do quotes of their turns;
- their full name, aliases and addresses become ``Erased person N`` in everybody's words, in any case; a first or last
  name, or an alias of one word, does where it is written as in the name and nobody else there bears it;
- ids made of their name become ``erased-person-N``, wherever an id of a participant stands;
- a field of a record that repeats their words, six in a row or a whole turn of four or more, becomes ``[erased]``.
  Where that is the record's claim, or where all its quotes are theirs, nothing of the record can stay.

Offsets of all other evidence follow the text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, Final

from extractor.conversation import Conversation, Participant

ERASED: Final = "[erased]"
RUNNING: Final = 6
"""Words in a row that make a text a repetition of another; shorter runs are common to many sentences."""
SHORTEST: Final = 4
"""Words of a whole turn from which a text that says just this is a repetition."""
_WORD: Final = re.compile(r"[^\W_]+")
_BRACKETED: Final = re.compile(r"\s*[(\[|].*$")
_IDS: Final = frozenset(
    "decided_by owners raised_by responsible accountable consulted informed person speaker author people".split()
)
_AS_IT_IS: Final = frozenset(
    "id status stance state statement_source role significance kind date time raised_at decided_at flags".split()
)


def shown_name(person: int) -> str:
    """The name that an erased person bears from then on."""
    return f"Erased person {person}"


def shown_id(person: int) -> str:
    """The id that an erased person bears in every conversation."""
    return f"erased-person-{person}"


@dataclass(frozen=True)
class Changed:
    """A text before and after, and the spans that were replaced: (start, end) before, (start, end) after."""

    before: str
    text: str
    spans: tuple[tuple[int, int, int, int], ...] = ()

    def start(self, char: int) -> int:
        """Where a span begins now that began at code point ``char``."""
        shift = 0
        for old, old_end, new, new_end in self.spans:
            if char < old:
                break
            if char < old_end:
                return new
            shift = new_end - old_end
        return char + shift

    def end(self, char: int) -> int:
        """Where a span ends now that ended before code point ``char``."""
        shift = 0
        for old, old_end, _, new_end in self.spans:
            if char <= old:
                break
            if char <= old_end:
                return new_end
            shift = new_end - old_end
        return char + shift


class Said:
    """What somebody said, to tell whether another text repeats it."""

    def __init__(self, texts: Iterable[str]) -> None:
        self._lines: set[str] = set()
        self._runs: set[tuple[str, ...]] = set()
        for text in texts:
            words = words_of(text)
            if len(words) >= SHORTEST:
                self._lines.add(" ".join(words))
            self._runs.update(_runs(words))

    def __bool__(self) -> bool:
        return bool(self._lines)

    def is_in(self, text: str) -> bool:
        """Whether a text repeats some of it: ``RUNNING`` words in a row, or a whole turn of ``SHORTEST`` or more."""
        words = words_of(text)
        if len(words) < SHORTEST:
            return False
        return " ".join(words) in self._lines or not self._runs.isdisjoint(_runs(words))


def words_of(text: str) -> list[str]:
    """The words of a text, folded."""
    return _WORD.findall(text.casefold())


def _runs(words: Sequence[str]) -> set[tuple[str, ...]]:
    return {tuple(words[start : start + RUNNING]) for start in range(len(words) - RUNNING + 1)}


@dataclass(frozen=True)
class Person:
    """An erased person as one conversation knows them: ids there, names in any case, and names as they are written."""

    number: int
    ids: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    parts: frozenset[str] = frozenset()

    @cached_property
    def pattern(self) -> re.Pattern[str] | None:
        """What names this person, the longest first; None where nothing does."""
        forms = [(name, f"(?i:{_spelled(name)})") for name in self.names if words_of(name)]
        forms += [(part, _spelled(part)) for part in self.parts if words_of(part)]
        ordered = [pattern for _, pattern in sorted(forms, key=lambda form: (-len(form[0]), form))]
        return re.compile(rf"(?<![^\W_])(?:{'|'.join(ordered)})(?![^\W_])") if ordered else None

    def without_name(self, text: str) -> Changed:
        """A text in which the person is not named."""
        if self.pattern is None:
            return Changed(text, text)
        parts: list[str] = []
        spans: list[tuple[int, int, int, int]] = []
        done = length = 0
        name = shown_name(self.number)
        for match in self.pattern.finditer(text):
            length += match.start() - done
            parts += [text[done : match.start()], name]
            spans.append((match.start(), match.end(), length, length + len(name)))
            length, done = length + len(name), match.end()
        return Changed(text, "".join((*parts, text[done:])), tuple(spans))


def _spelled(name: str) -> str:
    """A pattern for a name whatever stands between its words: ``Anna Berg`` is also ``anna-berg``."""
    return r"[\s._-]+".join(re.escape(word) for word in re.split(r"[\s._-]+", name.strip(" ._-")) if word)


def person_in(number: int, participants: Sequence[Participant], is_them: Callable[[Participant], bool]) -> Person:
    """The person as a conversation's participants tell of them; without ids and names where they take no part."""
    mine = [one for one in participants if is_them(one)]
    names: set[str] = set()
    parts: set[str] = set()
    others = {
        word for one in participants if not is_them(one) for name in (one.name, *one.aliases) for word in words_of(name)
    }
    for one in mine:
        bare = _BRACKETED.sub("", one.name)
        for name in (one.name, bare, *one.aliases, one.id):
            (names if is_plain(name) else parts).add(name)
        written = bare.split()
        parts.update(word.strip(".,;") for word in (*written[:1], *written[-1:]))
    telling = {_written(part) for part in parts if words_of(part) and not others.intersection(words_of(part))}
    ids = frozenset(one.id for one in mine)
    return Person(number, ids, frozenset(names), frozenset(part for part in telling if len(part) > 1))


def _written(part: str) -> str:
    """How a name of one word stands in a text; one without a capital, which may be any word, only after an @."""
    return part if part[0].isupper() or part[0].upper() == part[0].lower() else f"@{part}"


def is_plain(name: str) -> bool:
    """Whether a name means its bearer in any case: of several words, or with a digit or an @ in it."""
    return len(words_of(name)) > 1 or any(sign.isdigit() or sign == "@" for sign in name)


@dataclass
class Redaction:
    """One person leaving one conversation and its records."""

    person: Person
    said: Said
    places: dict[int, Changed] = field(default_factory=dict)
    """The conversation's turns before and after, by number; empty until ``conversation`` was called."""
    own: set[int] = field(default_factory=set)

    @classmethod
    def of(cls, person: Person, conversation: Conversation, quotes: Iterable[str] = ()) -> Redaction:
        """``quotes`` are words of theirs that are known otherwise, where the turns are not kept any more."""
        texts = [turn.text for turn in conversation.turns if turn.speaker in person.ids]
        texts += [quote.text for turn in conversation.turns for quote in turn.quotes if quote.author in person.ids]
        return cls(person, Said([*texts, *quotes]))

    def text(self, text: str) -> str:
        """Somebody's or nobody's words about the conversation."""
        return ERASED if self.said and self.said.is_in(text) else self.person.without_name(text).text

    def conversation(self, conversation: Conversation) -> Conversation:
        """The conversation without the person."""
        stored = conversation.model_dump()
        for turn in stored["turns"]:
            self._turn(turn)
        for name in ("title", "source"):
            stored[name] = self.text(stored[name])
        stored["warnings"] = [self.text(one) for one in stored["warnings"]]
        stored["participants"] = self.participants(conversation.participants)
        return Conversation.model_validate(stored)

    def participants(self, people: Iterable[Participant]) -> tuple[Participant, ...]:
        """The participants, the person once and without a name."""
        found: dict[str, Participant] = {}
        for one in people:
            name = self.id_of(one.id)
            if name != one.id:
                one = Participant(id=name, name=shown_name(self.person.number), role=one.role)
            found.setdefault(name, one)
        return tuple(found.values())

    def id_of(self, participant: str) -> str:
        return shown_id(self.person.number) if participant in self.person.ids else participant

    def record(self, body: Mapping[str, Any], claim: str) -> dict[str, Any] | None:
        """A record's JSON, with or without evidence, None where nothing of it can stay.

        ``claim`` is the name of the field that says what the record says.
        """
        quotes = [self._quote(quote) for quote in body.get("evidence", ())]
        if self.said and self.said.is_in(body[claim]):
            return None
        if quotes and all(quote["quote"] == ERASED for quote in quotes):
            return None
        changed = {name: self._value(name, value) for name, value in body.items() if name != "evidence"}
        return {**changed, "evidence": quotes} if "evidence" in body else changed

    def _turn(self, turn: dict[str, Any]) -> None:
        own = turn["speaker"] in self.person.ids
        repeated = turn["speaker"] is None and turn["kind"] == "quote" and self.said and self.said.is_in(turn["text"])
        changed = _wholly(turn["text"]) if own or repeated else self.person.without_name(turn["text"])
        if own or repeated:
            self.own.add(turn["index"])
        self.places[turn["index"]] = changed
        turn["text"] = changed.text
        turn["speaker"] = self.id_of(turn["speaker"]) if turn["speaker"] else None
        turn["topic"] = self.text(turn["topic"]) if turn["topic"] else turn["topic"]
        turn["source"] = self.person.without_name(turn["source"]).text if turn["source"] else turn["source"]
        marks = () if own or repeated else turn["marks"]
        turn["marks"] = [{**mark, "char": changed.start(mark["char"])} for mark in marks]
        for reaction in turn["reactions"]:
            reaction["people"] = list(dict.fromkeys(map(self.id_of, reaction["people"])))
        for quote in turn["quotes"]:
            theirs = quote["author"] in self.person.ids or (quote["author"] is None and self.said.is_in(quote["text"]))
            quote["text"] = ERASED if theirs else self.text(quote["text"])
            quote["author"] = self.id_of(quote["author"]) if quote["author"] else None
            quote["char"] = changed.start(quote["char"])

    def _value(self, name: str, value: Any) -> Any:
        if name in _AS_IT_IS or value is None:
            return value
        if name in _IDS:
            return self.id_of(value) if isinstance(value, str) else list(dict.fromkeys(map(self.id_of, value)))
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, Mapping):
            return (
                self._quote(value) if "quote" in value else {key: self._value(key, one) for key, one in value.items()}
            )
        if isinstance(value, list | tuple):
            return [self._value("", one) for one in value]
        return value

    def _quote(self, quote: Mapping[str, Any]) -> dict[str, Any]:
        """Evidence where it stands now; a quote of their words is the whole of what stands in its place."""
        speaker, words = quote.get("speaker"), quote["quote"]
        place, span = self.places.get(quote["turn"]), (quote["start_char"], quote["end_char"])
        there = place is not None and place.before[slice(*span)] == words
        theirs = speaker in self.person.ids or (there and quote["turn"] in self.own)
        if speaker is None and not theirs and self.said and not there:
            theirs = self.said.is_in(words)
        named = {**quote, "speaker": self.id_of(speaker)} if speaker else dict(quote)
        if theirs:
            return {**named, "quote": ERASED, "start_char": 0, "end_char": len(ERASED)}
        if place is not None and there:
            start, end = place.start(span[0]), place.end(span[1])
            return {**named, "quote": place.text[start:end], "start_char": start, "end_char": end}
        changed = self.person.without_name(words).text
        return {**named, "quote": changed, "end_char": span[0] + len(changed)}


def _wholly(text: str) -> Changed:
    """A turn of theirs; one without words stays as it is."""
    return Changed(text, ERASED, ((0, len(text), 0, len(ERASED)),)) if text.strip() else Changed(text, text)
