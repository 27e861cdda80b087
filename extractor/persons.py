"""Who a word means: names, "I" and ids in drafts -> participants' ids, or nobody.

A wrong owner is worse than none. "I" is the speaker of the quote; "we" and its like are never a person; a first or a
last name counts where exactly one participant has it; whoever is meant must speak a quoted turn or be named in one; a
name that nobody in the conversation bears counts only for somebody who is given a task, and only where the quoted turn
really says it, as a name.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.conversation import Conversation, Participant
from extractor.records import Evidence

AMBIGUOUS: Final = "person-ambiguous"
UNKNOWN: Final = "person-unknown"
UNPROVEN: Final = "person-unproven"
ABSENT: Final = "person-absent"

_SELF: Final = frozenset({"i", "me", "my", "mine", "myself", "i'll", "i'm", "i'd", "i've", "speaker", "the speaker"})
_ARTICLES: Final = frozenset("the a an der die das den dem ein eine einen".split())
_PRONOUNS: Final = frozenset(
    "i me my mine myself we us our ours ourselves you your yours yourself yourselves he him his himself she her hers "
    "herself it its itself they them their theirs themselves this that these those who whoever "
    "someone somebody anyone anybody everyone everybody nobody none both all each either neither any some most one "
    "ones else other others another "
    "ich wir uns unser ihr euch sie alle beide jeder jemand niemand man nous vous nosotros vosotros".split()
)
_GROUPS: Final = frozenset(
    "team teams group groups committee board members member guys folks people everyone staff crew "
    "dev devs developer developers engineer engineers colleagues attendees participants company department "
    "leute kollegen gruppe".split()
)
_FILLERS: Final = frozenset("of and or in on from at here the n/a tbd unknown unassigned speaker von und oder".split())
_NO_PERSON: Final = _PRONOUNS | _GROUPS
_BLANKS: Final = _ARTICLES | _FILLERS | _NO_PERSON

_WORD: Final = re.compile(r"[^\W_][\w'-]*")
_BRACKETED: Final = re.compile(r"\s*[(\[|].*$")
_NO_BLANKS_FROM: Final = "\u0e00"
"""From here on (Thai, CJK and others) scripts put no blanks between words, so a name stands there within letters."""


@dataclass(frozen=True)
class Resolved:
    """Participants' ids in the order named, and flags for what could not be resolved or proven."""

    ids: tuple[str, ...]
    flags: tuple[str, ...] = ()


@dataclass
class People:
    """Resolves names against one conversation's participants; collects those who are only mentioned."""

    conversation: Conversation
    mentioned: dict[str, Participant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._ids = {person.id for person in self.conversation.participants}
        self._labels: dict[str, set[str]] = {}
        self._names: dict[str, set[str]] = {}
        self._parts: dict[str, set[str]] = {}
        self._aliases: dict[str, set[str]] = {}
        for person in self.conversation.participants:
            self._learn(person)
        self._forms = {person.id: tuple(self._forms_of(person)) for person in self.conversation.participants}

    def resolve(
        self, names: Iterable[str], evidence: Sequence[Evidence], self_roles: tuple[str, ...], *, absent: bool = False
    ) -> Resolved:
        """The participants meant by ``names`` whom ``evidence`` proves.

        "I" is whoever speaks the first quote whose role is among ``self_roles``, and ambiguous where two people speak
        such quotes. Anybody else must speak a quote or be named in a quoted turn. With ``absent``, for owners, a
        participant who speaks in the turn before a quoted one or in the two after it counts too, as they may have
        offered or have said yes; and so does somebody who does not take part, where a quoted turn names them.

        Flags: ``person-ambiguous``, ``person-unknown`` and ``person-unproven`` for those left out, ``person-absent``
        for somebody who does not take part. Words that mean no one person ("we", "the team") are left out without one.
        """
        ids: list[str] = []
        flags: list[str] = []
        for name in names:
            found, flag = self._one(name, evidence, self_roles, absent)
            ids += [found] if found is not None else []
            flags += [flag] if flag is not None else []
        return Resolved(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(flags)))

    def find(self, name: str) -> str | None:
        """The participant whom ``name`` means, None for nobody, "I" and ambiguous names; nothing is to be proven."""
        found = self._meant(name)
        return next(iter(found)) if len(found) == 1 else None

    def _one(
        self, name: str, evidence: Sequence[Evidence], self_roles: tuple[str, ...], absent: bool
    ) -> tuple[str | None, str | None]:
        """The id that one name means, if any, and a flag, if any."""
        if name.strip() not in self._ids:
            if _key(name) in _SELF:
                return _the_only(self._speakers(evidence, self_roles))
            if _means_nobody(_key(name)):
                return None, None
        person, flag = _the_only(self._meant(name))
        if person is not None and not self._proven(person, evidence, absent):
            return None, UNPROVEN
        if flag == UNKNOWN and absent and self._said(name, evidence):
            return self._mention(name), ABSENT
        return person, flag

    def _meant(self, name: str) -> set[str]:
        """Every participant whom ``name`` may mean; an exact id means its bearer whatever else it may be."""
        if name.strip() in self._ids:
            return {name.strip()}
        key = _key(name)
        return set() if key in _SELF or _means_nobody(key) else self._lookup(key)

    def _learn(self, person: Participant) -> None:
        """Notes the forms under which a participant may be named."""
        label = f"{person.name or person.id} ({person.id})"
        _add(self._labels, _key(label), person.id)
        for form in (_key(person.name), _key(_BRACKETED.sub("", person.name))):
            _add(self._names, form, person.id)
        for part in _parts(person.name):
            _add(self._parts, part, person.id)
        for alias in person.aliases:
            _add(self._aliases, _key(alias), person.id)
            for part in _parts(alias)[:1]:
                _add(self._aliases, part, person.id)
        _add(self._aliases, _key(person.id), person.id)

    def _lookup(self, key: str) -> set[str]:
        """Who is named: by name with id, then by whole name, then by alias, first or last name.

        A name of one word is a whole name to one participant and part of it to another ("Anna", "Anna Berg").
        """
        if labelled := self._labels.get(key):
            return labelled
        parts = self._parts.get(key, set())
        if named := self._names.get(key):
            return named | parts
        return parts | self._aliases.get(key, set())

    def _forms_of(self, person: Participant) -> Iterator[str]:
        """What in a turn names this participant: the name, the aliases, and parts of the name that mean nobody else."""
        whole = {_key(person.name), _key(_BRACKETED.sub("", person.name)), *map(_key, person.aliases)}
        parts = {part for part in _parts(person.name) if self._lookup(part) == {person.id}}
        for form in sorted(whole | parts):
            long_enough = len(form) > 1 or form >= _NO_BLANKS_FROM
            if long_enough and form not in _SELF and not _means_nobody(form):
                yield form

    @staticmethod
    def _speakers(evidence: Sequence[Evidence], roles: tuple[str, ...]) -> set[str]:
        speakers = {quote.speaker for quote in evidence if quote.role in roles}
        if not speakers and len({quote.speaker for quote in evidence}) == 1:
            speakers = {evidence[0].speaker}
        return {speaker for speaker in speakers if speaker} if None not in speakers else set()

    def _proven(self, person: str, evidence: Sequence[Evidence], owner: bool) -> bool:
        if any(quote.speaker == person for quote in evidence):
            return True
        turns = self.conversation.turns
        if owner and any(turns[near].speaker == person for quote in evidence for near in self._around(quote.turn)):
            return True
        texts = {_key(turns[quote.turn].text) for quote in evidence}
        return any(_whole(form).search(text) for form in self._forms[person] for text in texts)

    def _around(self, turn: int) -> list[int]:
        """The turn before and the two after, where a person offers or answers "sure"."""
        return [near for near in (turn - 1, turn + 1, turn + 2) if 0 <= near < len(self.conversation.turns)]

    def _said(self, name: str, evidence: Sequence[Evidence]) -> bool:
        """Whether a quoted turn says ``name`` as a name: with a capital in both, no article, and no group in it."""
        words = _words(name)
        tokens = [_bare(word) for word in words]
        if not words or tokens[0] in _ARTICLES or _NO_PERSON.intersection(tokens):
            return False
        pattern = _whole(" ".join(name.strip().lstrip("@").split()))
        for quote in evidence:
            text = " ".join(self.conversation.turns[quote.turn].text.split())
            for match in pattern.finditer(text):
                said = zip(words, _words(match.group()), strict=False)
                if any(_capital(given) and _capital(heard) for given, heard in said):
                    return True
        return False

    def _mention(self, name: str) -> str:
        shown = " ".join(name.strip().lstrip("@").split())
        person_id = "mentioned-" + re.sub(r"[^\w]+", "-", shown.casefold()).strip("-")
        self.mentioned.setdefault(person_id, Participant(id=person_id, name=shown, role="mentioned"))
        return person_id


def _the_only(people: set[str]) -> tuple[str | None, str | None]:
    """The one person there is, or why there is none."""
    if len(people) == 1:
        return next(iter(people)), None
    return None, AMBIGUOUS if people else UNKNOWN


def _add(index: dict[str, set[str]], form: str, person: str) -> None:
    if form:
        index.setdefault(form, set()).add(person)


def _key(name: str) -> str:
    return " ".join(name.replace("\u2019", "'").strip().lstrip("@").casefold().split())


def _parts(name: str) -> list[str]:
    """The first and the last word of a name, the first only where there is one word: ``anna``, ``berg``."""
    words = [part for word in _key(_BRACKETED.sub("", name)).split() if (part := word.strip(".,;"))]
    return [*dict.fromkeys((words[0], words[-1]))] if words else []


def _words(text: str) -> list[str]:
    return _WORD.findall(text.replace("\u2019", "'"))


def _bare(word: str) -> str:
    """A word in lower case without what an apostrophe ties to it: ``we'll`` -> ``we``."""
    return word.casefold().partition("'")[0]


def _means_nobody(key: str) -> bool:
    """Whether a name in lower case holds nothing but pronouns, words for groups and what ties them together."""
    return all(word in _BLANKS or _bare(word) in _BLANKS for word in re.findall(r"[\w'/]+", key))


def _capital(word: str) -> bool:
    """Whether a word begins as names do; in scripts without capitals every word does."""
    return word[0].isalpha() and (word[0].isupper() or word[0].upper() == word[0].lower())


def _whole(form: str) -> re.Pattern[str]:
    """Finds ``form`` as whole words, in any case."""
    start = r"(?<!\w)" if form[0] < _NO_BLANKS_FROM else ""
    end = r"(?!\w)" if form[-1] < _NO_BLANKS_FROM else ""
    return re.compile(start + re.escape(form) + end, re.IGNORECASE)
