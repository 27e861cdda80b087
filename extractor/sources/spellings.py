"""One person under several spellings -> one participant; two people who share a name stay two.

Display names change within a meeting: pronouns and affiliations come and go, somebody joins from a phone. What is the
same name but for such additions is one person, as long as nothing speaks against it: two different affiliations behind
one name are two people, and a first name alone says too little to add an affiliation to it. A wrong owner is worse than
one person listed twice.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from extractor.conversation import Conversation, Participant, Turn
from extractor.sources.people import fold_name, without_pronouns

_DEVICE = (
    r"(?:i ?phone|i ?pad|mac ?book|i ?mac|mac|galaxy|pixel|android|phone|laptop|computer|desktop|tablet|surface|"
    r"presentation|screen|zoom|meet)"
)
_MODEL = r"(?: (?:pro|air|mini|max|plus|\d{1,2}))*"
_OWNED_DEVICE = re.compile(rf"(.+?)(?:['\u2019]s|['\u2019]) {_DEVICE}{_MODEL}$", re.IGNORECASE)
_ONLY_DEVICE = re.compile(rf"{_DEVICE}{_MODEL}(?:$|\s*\()", re.IGNORECASE)
_DEVICE_OF = re.compile(rf"{_DEVICE}(?: \w{{1,9}})? (?:von|de|d['\u2019]|di|van|of) ?(.+)$", re.IGNORECASE)
_ROLE = re.compile(
    r"(?:\w{0,12}[ -])?(?:guest|gast|invité|invitée|invitado|invitada|ospite|convidado|convidada|gość|vieras|gäst|"
    r"gjest|gæst|host|co-host|cohost|you|me|external|extern|externe|externo|unverified|organi[sz]er|presenter|he|she|"
    r"they)$",
    re.IGNORECASE,
)
_IN_BRACKETS = re.compile(r"\s*[(\[{]([^()\[\]{}]{1,60})[)\]}]\s*$")
_AFTER_BAR = re.compile(r"\s*\|{1,2}\s*|\s+[\u2013\u2014-]\s+|\s+@\s*")
_LAST_FIRST = re.compile(r"([^,]{1,40}), ([^,]{1,40})$")
_SEVERAL_PEOPLE = re.compile(r"\s[+&/]\s|\s(?:and|und|et|y|e|en|og|och)\s", re.IGNORECASE)
_JOINTS = re.compile(r"(?<=[^\W\d_])[._](?=[^\W\d_])")
_WORD = re.compile(r"[^\W\d_][\w'\u2019-]*")
_LONGEST_NAME = 200
_NO_DECOMPOSITION = str.maketrans("łøđıßæœ", "lodisao")


@dataclass(frozen=True)
class _Name:
    """A display name taken apart: ``base`` and ``affiliation`` folded for comparing; ``bare`` if it is only a name."""

    base: str
    affiliation: str
    bare: bool


def merge_spellings(conversation: Conversation) -> Conversation:
    """The conversation with one participant for every person, the other spellings as aliases."""
    grouped: dict[str, list[Participant]] = defaultdict(list)
    for person in conversation.participants:
        name = _taken_apart(person.name)
        grouped[name.base if name is not None else f"\x00{person.id}"].append(person)
    said = Counter(turn.speaker for turn in conversation.turns)
    merged = [_merge(group, said) for group in grouped.values() if len(group) > 1 and _is_one_person(group)]
    return _with_people(conversation, merged)


def rename(conversation: Conversation, names: Mapping[str, str]) -> Conversation:
    """The conversation with its people called as ``names`` says, by any of their names, folded with ``casefold``.

    Several who get one name become one participant.
    """
    groups: dict[str, list[Participant]] = defaultdict(list)
    for person in conversation.participants:
        for written in (person.name, *person.aliases):
            wanted = names.get(fold_name(written).casefold())
            if wanted is not None:
                groups[wanted].append(person)
                break
    for person in conversation.participants:
        if person.name in groups and person not in groups[person.name]:
            groups[person.name].append(person)
    merged = [(_called(group, wanted), [each.id for each in group]) for wanted, group in groups.items()]
    return _with_people(conversation, merged)


def _called(group: list[Participant], wanted: str) -> Participant:
    first = next((person for person in group if person.name == wanted), group[0])
    spellings = [name for person in group for name in (person.name, *person.aliases) if name != wanted]
    return first.model_copy(update={"name": wanted, "aliases": tuple(dict.fromkeys(spellings))})


def _merge(group: list[Participant], said: Counter[str | None]) -> tuple[Participant, list[str]]:
    """The participant whom a group becomes: under a name without additions where there is one, else the most used."""

    def rank(person: Participant) -> tuple[bool, int]:
        name = _taken_apart(person.name)
        return (name is not None and name.bare, said[person.id])

    best = max(group, key=rank)
    return _called([best, *(person for person in group if person is not best)], best.name), [each.id for each in group]


def _is_one_person(group: list[Participant]) -> bool:
    names = [name for person in group if (name := _taken_apart(person.name)) is not None]
    affiliations = {name.affiliation for name in names if name.affiliation}
    if len({fold_name(person.name).casefold() for person in group}) < len(group):
        return False  # The source itself tells two people of one name apart.
    if len(affiliations) > 1:
        return False
    return not affiliations or all(name.affiliation for name in names) or len(_WORD.findall(names[0].base)) > 1


def _taken_apart(written: str) -> _Name | None:
    """A display name taken apart, None where several people or only a device stand behind it."""
    name = _without_symbols(fold_name(written[:_LONGEST_NAME]))
    if _ONLY_DEVICE.match(name) or _SEVERAL_PEOPLE.search(name):
        return None
    device = _OWNED_DEVICE.match(name) or _DEVICE_OF.match(name)
    name = device[1] if device else name
    bare, affiliations = device is None and without_pronouns(name) == name, []
    name = without_pronouns(name)
    while (found := _IN_BRACKETS.search(name)) is not None and found.start() > 0:
        name, bare = name[: found.start()], False
        if not _ROLE.match(found[1].strip()):
            affiliations.append(found[1])
    parts = _AFTER_BAR.split(name)
    if len(parts) > 1 and parts[0].strip():
        name, bare = parts[0], False
        affiliations += parts[1:]
    swapped = _LAST_FIRST.match(name)
    name = f"{swapped[2]} {swapped[1]}" if swapped else name
    base = _folded(_JOINTS.sub(" ", name))
    return _Name(base, " ".join(sorted(map(_folded, affiliations))), bare) if base else None


def _without_symbols(name: str) -> str:
    return " ".join("".join(" " if unicodedata.category(each) == "So" else each for each in name).split())


def _folded(name: str) -> str:
    """A name without case, accents and doubled white space."""
    plain = unicodedata.normalize("NFKD", name.casefold().translate(_NO_DECOMPOSITION))
    return " ".join("".join(each for each in plain if not unicodedata.combining(each) and each != "\ufe0f").split())


def _with_people(conversation: Conversation, merged: Iterable[tuple[Participant, list[str]]]) -> Conversation:
    """The conversation with each group of participant ids replaced by one participant."""
    becomes = {old: person for person, ids in merged for old in ids}
    if not becomes:
        return conversation
    new_id = {old: person.id for old, person in becomes.items()}
    people = dict.fromkeys(becomes.get(person.id, person) for person in conversation.participants)
    turns = tuple(with_ids(turn, new_id) for turn in conversation.turns)
    return conversation.model_copy(update={"participants": tuple(people), "turns": turns})


def with_ids(turn: Turn, new_id: Mapping[str, str]) -> Turn:
    """The turn with its people, those who reacted and those whom it quotes under new ids, where they have one."""
    if not turn.reactions and not turn.quotes:
        speaker = new_id.get(turn.speaker or "")
        return turn if speaker is None else turn.model_copy(update={"speaker": speaker})
    reactions = tuple(
        each.model_copy(update={"people": tuple(dict.fromkeys(new_id.get(one, one) for one in each.people))})
        for each in turn.reactions
    )
    quotes = tuple(
        each.model_copy(update={"author": new_id.get(each.author or "", each.author)}) for each in turn.quotes
    )
    speaker = new_id.get(turn.speaker or "") or turn.speaker
    return turn.model_copy(update={"speaker": speaker, "reactions": reactions, "quotes": quotes})
