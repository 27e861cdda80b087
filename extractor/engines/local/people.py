"""Who takes a task on: only those who say "I", or who are named plainly; everybody else is left out.

A wrong owner is worse than none: whatever can be read in two ways gives nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cached_property

from extractor.conversation import Participant

COMMIT = re.compile(
    r"\bi(?:'ll| will|'m (?:going to|gonna)| am going to)(?: \w+ly| also| just| try (?:to|and)| go ahead and"
    r"| happily| then| probably)*"
    r" (?!(?:not|never|say|just say|tell you|be honest|admit|argue|assume|guess|think|pass|mute|wait|leave it there"
    r"|be (?:brief|quick|on|out|away"
    r"|back|there|late|in)|let (?:you|him|her|them)|stop|shut|go (?:first|next|to|through|over|into|with)"
    r"|start (?:with|by|off)|share my screen"
    r"|read|repeat|explain|show|talk|speak|mention|note|point out|answer|hand|give (?:you|it|the|a) (?:back|floor"
    r"|quick|brief|short|overview|minute|second)"
    r"|move on|skip|keep (?:it|this) (?:short|brief)|quickly|paste|drop (?:off|out)|jump|have to|need|probably be"
    r"|never|see you|miss|get (?:to|into) (?:that|it|this))\b)"
    r"(?P<verb>[a-z]+)",
    re.IGNORECASE,
)
CAN_TAKE = re.compile(
    r"\b(?:i (?:can|could) (?:take (?:that|this|it|care|the|an? action)|do (?:that|this|it)|write|draft|send|prepare"
    r"|open an?|file|set up|put together"
    r"|follow up|look into|reach out|check with|update|organi[sz]e|help with|ask)|let me (?:take (?:that|this|it"
    r"|care)|follow up|check with|look into"
    r"|draft|send|open an?|file|get back|ask)|i've got (?:this|that one)|i volunteer|leave (?:it|that|this) (?:with"
    r"|to) me|i'd be happy to"
    r" (?:take|do|write|draft|help|look))\b",
    re.IGNORECASE,
)
_HYPOTHETICAL = re.compile(
    r"(?:\b(?:if|unless|whether|when|where|what|how|which|one|thing|slide|once|until|like|said|says|saying|say|goes"
    r"|thought"
    r"|think that maybe|told \w+|because then|so that)"
    r"|[\"“])[ ,:]*$",
    re.IGNORECASE,
)
_REFUSAL = re.compile(r"\bi (?:won't|can't|cannot|don't think i'?ll|am not going to|'m not going to)\b", re.IGNORECASE)
_REQUEST = re.compile(
    r"\b(?:(?<!how )(?<!what )(?<!why )(?<!when )(?<!where )(?:can|could|would|will) you(?! (?:hear|see|repeat|say"
    r"|explain|tell|elaborate|clarify|mute|unmute|imagine"
    r"|speak|show|remind|go|share your)\b)"
    r"|do you (?:want|mind) to|you(?:'ll| will)(?! (?:see|notice|find|have|get|be|need|know|remember|hear|recall"
    r"|probably|also|then|never|want)\b)|please (?!go|note|feel|let)|would you mind)\b",
    re.IGNORECASE,
)
_COMMON = frozenset(
    "will may mark art bill grant rose chase drew rich guy hope june april sue pat rob frank chip miles summer max"
    " jack".split()
)
_TASK = (
    r"(?! (?:be|have|not|also be|never|probably|need|want|see|get|know|then be|like|say|tell|come|join|talk|present"
    r"|speak|explain|remember)\b)"
)


class People:
    """The participants of a conversation, found by the names that plainly mean one of them."""

    def __init__(self, participants: Sequence[Participant]) -> None:
        self._forms: dict[str, set[str]] = {}
        for person in participants:
            for form in _forms(person):
                self._forms.setdefault(form, set()).add(person.id)

    @cached_property
    def _unambiguous(self) -> dict[str, str]:
        return {form: next(iter(ids)) for form, ids in self._forms.items() if len(ids) == 1}

    @cached_property
    def _name(self) -> str:
        """A pattern for any form of any participant's name, the ambiguous ones included, longest first."""
        forms = sorted(self._forms, key=lambda form: (-len(form), form))
        return "(?:" + "|".join(re.escape(form) for form in forms) + ")" if forms else r"(?!)"

    @cached_property
    def _assignments(self) -> tuple[re.Pattern[str], ...]:
        name = rf"(?P<name>{self._name})"
        pair = rf"{name}(?:,? and (?P<second>{self._name}))?"
        return (
            re.compile(
                rf"(?<![\w@]){pair}(?:'ll| will| is going to| are going to| is gonna| has agreed to"
                rf"| volunteered to){_TASK}(?! ?\?)\b"
            ),
            re.compile(
                rf"(?i:\baction(?: item| point)?(?: is)?(?: on| for)?:? ?|\btodo:? |\bassign(?:ed)?(?: this| it"
                rf"| that)? to )@?{pair}\b"
            ),
            re.compile(rf"^\W*(?:(?i:action|todo|task)\W+)?@?{pair}:? (?:to|shall) (?!be\b|have\b)[a-z]+"),
            re.compile(
                rf"(?<![\w@]){name},? (?:(?i:can|could|would|will) you|(?i:please))\b(?! (?:hear|see|repeat|say"
                rf"|explain|tell|elaborate|clarify|mute|unmute|share your|go|speak))"
            ),
            re.compile(
                rf"(?i:\b(?:can|could|would|will) you(?! (?:hear|see|repeat|say|explain|tell|elaborate|clarify|mute"
                rf"|unmute|share your|go|speak))\b[^.?!]{{3,120}}),? {name}\s*[?.!]?$"
            ),
            re.compile(rf"(?i:\b(?:can|could|would|will) you),? {name}(?=,? )"),
            re.compile(rf"(?<!\w)@{name}\b(?=[^.?!]*(?i:\b(?:please|can you|could you|will you|would you|to)\b))"),
        )

    def named(self, text: str) -> str | None:
        """The participant that a name means, None where it means nobody or more than one."""
        return self._unambiguous.get(text)

    def assigned(self, text: str) -> list[str]:
        """Participants whom a text plainly gives a task by name, in order; empty where any such name is ambiguous."""
        owners: list[str] = []
        for pattern in self._assignments:
            for found in pattern.finditer(text):
                for name in found.groupdict().values():
                    if name is None:
                        continue
                    person = self.named(name)
                    if person is None:
                        return []
                    owners.append(person)
        return list(dict.fromkeys(owners))


def commits(text: str) -> bool:
    """Whether the speaker takes a task on in so many words, and not in somebody else's mouth or only if."""
    if _REFUSAL.search(text):
        return False
    for pattern in (COMMIT, CAN_TAKE):
        for found in pattern.finditer(text):
            if not _HYPOTHETICAL.search(text[: found.start()]):
                return True
    return False


def requests(text: str) -> bool:
    """Whether a text asks somebody to do something."""
    return _REQUEST.search(text) is not None


def owners_of(text: str, speaker: str | None, people: People, takers: Iterable[str]) -> list[str]:
    """Owners of the task that a text states.

    ``speaker`` said it; ``takers`` are the others who accepted right after a request. Names come first, then "I", then
    the one person who accepted; "we" and a bare "you" give nobody.
    """
    named = people.assigned(text)
    own = [speaker] if speaker is not None and commits(text) else []
    if named and own and named != own:
        return list(dict.fromkeys(own + named)) if re.search(r"\band\b", text) else []
    if named or own:
        return named or own
    accepted = list(dict.fromkeys(takers))
    return accepted if requests(text) and len(accepted) == 1 else []


def _forms(person: Participant) -> set[str]:
    """The ways a text may name a person: full name, aliases, and the first name where it is not an everyday word."""
    forms = set()
    for name in (person.name, *person.aliases):
        bare = re.sub(r"\s*[(\[|/].*$", "", name).strip().lstrip("@")
        if not bare or "@" in bare:
            continue
        forms.update({name, bare})
        first = bare.split()[0]
        if (
            len(first) >= 2
            and first.lower() not in _COMMON
            and first[0].isalpha()
            and len(bare.split()) > 1
            and " " in bare
        ):
            forms.add(first[0].upper() + first[1:])
        if len(bare.split()) == 1:
            forms.update({bare, bare[0].upper() + bare[1:]} if bare.lower() not in _COMMON else set())
    return {form for form in forms if form}
