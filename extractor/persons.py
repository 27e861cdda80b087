"""Who a word means: names, "I" and ids in drafts -> participants' ids, or nobody.

A wrong owner is worse than none. "I" is the speaker of the quote; "we" and its like are never a person; a first name
counts where exactly one participant has it; a name that nobody in the conversation bears counts only for somebody who
is given a task, and only where the quoted turn really says it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Final

from extractor.conversation import Conversation, Participant
from extractor.records import Evidence

AMBIGUOUS: Final = "person-ambiguous"
UNKNOWN: Final = "person-unknown"

_SELF: Final = frozenset({"i", "me", "my", "mine", "myself", "i'll", "i'm", "i'd", "speaker", "the speaker"})
_NOBODY: Final = frozenset(
    "we us our ours ourselves you your yours they them their someone somebody anyone anybody everyone everybody "
    "nobody none unknown he she it all team group committee n/a tbd unassigned".split()
) | {"the team", "the group", "the committee", "unknown speaker", "all of us", "everyone else"}


@dataclass(frozen=True)
class Resolved:
    """Participants' ids in the order named, and flags for what could not be resolved."""

    ids: tuple[str, ...]
    flags: tuple[str, ...] = ()


@dataclass
class People:
    """Resolves names against one conversation's participants; collects those who are only mentioned."""

    conversation: Conversation
    mentioned: dict[str, Participant] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._full: dict[str, set[str]] = {}
        self._first: dict[str, set[str]] = {}
        for person in self.conversation.participants:
            for name in (person.id, person.name, *person.aliases):
                self._full.setdefault(_key(name), set()).add(person.id)
            for name in (person.name, *person.aliases):
                if words := _key(name).split():
                    self._first.setdefault(words[0], set()).add(person.id)

    def resolve(
        self, names: Iterable[str], evidence: Sequence[Evidence], self_roles: tuple[str, ...], *, absent: bool = False
    ) -> Resolved:
        """The participants meant by ``names``.

        "I" is whoever speaks the first quote whose role is among ``self_roles``, and nobody where two people speak
        such quotes. With ``absent``, somebody who does not take part is accepted where a quoted turn names them.
        """
        ids: list[str] = []
        flags: list[str] = []
        for name in names:
            key = _key(name)
            if not key or key in _NOBODY:
                continue
            found = self._speakers(evidence, self_roles) if key in _SELF else self._lookup(key)
            if len(found) == 1:
                ids.extend(found)
            elif len(found) > 1:
                flags.append(AMBIGUOUS)
            elif absent and key not in _SELF and self._said(name, evidence):
                ids.append(self._mention(name))
            else:
                flags.append(UNKNOWN)
        return Resolved(tuple(dict.fromkeys(ids)), tuple(dict.fromkeys(flags)))

    def _lookup(self, key: str) -> set[str]:
        return self._full.get(key) or self._first.get(key) or set()

    @staticmethod
    def _speakers(evidence: Sequence[Evidence], roles: tuple[str, ...]) -> set[str]:
        speakers = {quote.speaker for quote in evidence if quote.role in roles}
        if not speakers and len({quote.speaker for quote in evidence}) == 1:
            speakers = {evidence[0].speaker}
        return {speaker for speaker in speakers if speaker} if None not in speakers else set()

    def _said(self, name: str, evidence: Sequence[Evidence]) -> bool:
        pattern = re.compile(rf"(?<!\w){re.escape(name.strip().lstrip('@'))}(?!\w)", re.IGNORECASE)
        return any(pattern.search(self.conversation.turns[quote.turn].text) for quote in evidence)

    def _mention(self, name: str) -> str:
        shown = " ".join(name.strip().lstrip("@").split())
        person_id = "mentioned-" + re.sub(r"[^\w]+", "-", shown.casefold()).strip("-")
        self.mentioned.setdefault(person_id, Participant(id=person_id, name=shown, role="mentioned"))
        return person_id


def _key(name: str) -> str:
    return " ".join(name.replace("\u2019", "'").strip().lstrip("@").casefold().split())
