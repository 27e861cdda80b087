"""Which words before a colon are a speaker's name, and which are text.

Names come as people type them (``@a / B (C)``, ``0xNova``, ``Milo | Nordwind``, emoji), so no pattern tells them from
text. The file does: a label comes back. Only what comes once is judged by its form.
"""

from __future__ import annotations

import re
from collections import Counter
from functools import lru_cache

from extractor.sources.people import fold_name

LONGEST_NAME = 80

_COLON = re.compile(r":(?=\s|$)|\uff1a")
_WORD = re.compile(r"[^\W\d_]+(?:['\u2019][^\W\d_]+)*")
_URL = re.compile(r"://|\bhttps?$|\bwww\.", re.IGNORECASE)

# Words that stand before a colon in prose and notes, and are nobody's name.
STOP_LABELS = frozenset(
    entry.strip()
    for entry in """
    note, notes, nb, n.b, ps, p.s, fyi, tldr, tl;dr, todo, to-do, to do, action, actions, action item, action items,
    next, next step, next steps, agenda, agenda item, attendees, attendance, participants, meeting participants,
    present, absent, apologies, regrets, invited, summary, overview, conclusion, conclusions, decision, decisions,
    decided, resolution, resolved, minutes, topic, topics, subject, date, meeting date, time, start time, end time,
    when, where, location, place, venue, duration, title, meeting title, meeting, meeting notes, transcript, recording,
    recorded, recorded by, transcribed by, created by, link, links, join link, url, urls, http, https, mailto, ftp,
    source, sources, reference, references, see, see also, example, examples, for example, e.g, eg, i.e, ie, question,
    questions, open question, open questions, issue, issues, problem, problems, the problem, solution, solutions,
    option, options, risk, risks, goal, goals, goal for today, objective, objectives, purpose, background, context,
    status, update, updates, warning, caution, important, attention, reminder, hint, tip, result, results, outcome,
    outcomes, reason, reasons, pro, pros, con, cons, step, steps, first, firstly, second, secondly, third, thirdly,
    finally, lastly, last, last updated, also, then, so, and, but, or, now, well, ok, okay, yes, no, yeah, right,
    anyway, basically, because, however, therefore, meanwhile, follow-up, follow-ups, follow up, deadline, due,
    due date, owner, owners, responsible, priority, category, type, version, file, files, page, table, figure, section,
    chapter, part, cc, bcc, re, fwd, sent, received, from, to, edit, edited, correction, deliverables, milestones,
    blocker, blockers, discussion, key points, break, ad break, intro, outro, jingle, music, theme music,
    highlights, takeaways, key takeaways, parking lot, aob,
    any other business, in short, in summary, that said, long story short, bottom line, the point, plan, the plan,
    tagesordnung, teilnehmer, beschluss, beschlüsse, aufgabe, aufgaben, hinweis, ordre du jour, orden del día, scribe,
    monday, tuesday, wednesday, thursday, friday, saturday, sunday, today, yesterday, tomorrow
    """.replace("\n", " ").split(",")
)

# Headings of notes: alone on a line, they end what somebody says.
SECTION_LABELS = frozenset(
    (
        "agenda", "action items", "actions", "action item", "next steps", "next step", "decisions", "decision",
        "summary", "attendees", "participants", "minutes", "topics", "open questions", "follow-ups", "follow-up",
        "notes", "key takeaways", "takeaways", "highlights", "references", "links", "parking lot", "todo", "to do",
        "discussion", "conclusion", "conclusions", "risks", "blockers",
    )
)  # fmt: skip

# What stands where a transcript cannot say who speaks. "Speaker 1" and "Unknown Speaker 2" are voices, and people.
_NOBODY = frozenset(
    entry.strip()
    for entry in """
    unknown speaker, unknown, null, undefined, unidentified speaker, unidentified, unidentified participant,
    unknown participant,
    speaker ?, speaker unknown, speaker unidentified, ?, ??, ???, speaker not identified, unbekannter sprecher,
    unbekannte sprecherin, unbekannt, locuteur inconnu, intervenant inconnu, inconnu, orador desconocido,
    hablante desconocido, desconocido, falante desconhecido, orador desconhecido, desconhecido, onbekende spreker
    """.replace("\n", " ").split(",")
)
_SEVERAL = frozenset(
    (
        "overlapping speakers", "overlapping", "multiple speakers", "multiple voices", "several speakers", "crosstalk",
        "cross talk",
    )
)  # fmt: skip

# Lower-case words that a sentence has and a name has not.
_FUNCTION_WORDS = frozenset(
    """
    i i'm i've i'd i'll the a an is are was were be been being am to that this these those we we're we've we'll you
    you're your it it's its they they're their he's she's my our his her what which who how why when where there here
    if so but because as at by for from in into on with about not don't doesn't didn't do does did can could should
    would will may might must have has had just like say said says think know mean means want need going get got let
    let's make see one thing things all some any other more most very really also then than now only even too yeah
    yes no ok okay well right sure anyway basically actually maybe next first second third following
    question questions point step steps ago day days week weeks minute minutes hour hours
    """.split()
)
_SENTENCE_MARK = re.compile(r"[?!…;]|\.\s+\w+\s+\w+\s+\w+")
_IN_BRACKETS = re.compile(r"\([^()]*\)|\[[^\[\]]*\]|\{[^{}]*\}")
_NUMBERS = re.compile(r"[\d\s/.,:|-]+$")
_MOST_WORDS_IN_A_NAME = 6
_OFTEN = 2


def split_label(line: str) -> tuple[str, int] | None:
    """What stands before the first colon of ``line`` and the index of the text after it; None where none does.

    The colon is followed by white space or nothing, or is a full-width one. The label is as written, not yet judged.
    """
    match = _COLON.search(line, 0, LONGEST_NAME + 4)
    if match is None:
        return None
    label = line[: match.start()]
    return (label, match.end()) if _can_be_label(label) else None


@lru_cache(maxsize=1024)
def _can_be_label(label: str) -> bool:
    return any(character.isalnum() or ord(character) > 0x7F for character in label) and not _URL.search(label)


@lru_cache(maxsize=1024)
def clean_label(label: str) -> str:
    """A label as a name: marks and white space folded, a list dash and brackets around all of it taken off."""
    name = fold_name(label)
    for mark in ("- ", "– ", "— ", "* ", "• ", ">> ", "> "):
        name = name.removeprefix(mark)
    if len(name) > 2 and name[0] + name[-1] in ("[]", "()", "<>") and name[0] not in name[1:]:
        name = name[1:-1].strip()
    name = name.strip("*").strip()
    return name.removeprefix("__").removesuffix("__") if name.startswith("__") else name


def is_stop_label(name: str) -> bool:
    """Whether ``name`` is a word that stands before a colon in prose or notes, as ``Note`` does."""
    return name.casefold().strip(" .") in STOP_LABELS


def names_nobody(name: str) -> bool:
    """Whether a label says that the speaker is not known (``Unknown Speaker``) or is not one (see below)."""
    return name.casefold().strip("[]() ") in _NOBODY or names_several(name)


def names_several(name: str) -> bool:
    """Whether a label says that several people speak at once, as ``Overlapping speakers`` does."""
    return name.casefold().strip("[]() ") in _SEVERAL


def reads_like_a_name(name: str) -> bool:
    """Whether words that stand before a colon only once can be a name: few of them, and none that sentences have."""
    if not name or is_stop_label(name) or _NUMBERS.match(name) or _SENTENCE_MARK.search(name):
        return False
    words = _WORD.findall(_IN_BRACKETS.sub("", name))
    if len(words) > _MOST_WORDS_IN_A_NAME:
        return False
    lower = [word for word in words if word[0].islower()]
    if any(word.replace("\u2019", "'") in _FUNCTION_WORDS for word in lower):
        return False
    first = words[0].casefold().replace("\u2019", "'") if words else ""
    return not (len(words) > 1 and len(lower) == len(words) - 1 and (first in _FUNCTION_WORDS or len(words) > 3))


def accepted_labels(candidates: Counter[str]) -> frozenset[str]:
    """The candidates (cleaned labels and how often each stands at the start) that are names."""
    return frozenset(name for name, count in candidates.items() if _is_name(name, count))


def _is_name(name: str, count: int) -> bool:
    if count < _OFTEN:
        return reads_like_a_name(name)
    if not name or is_stop_label(name) or _NUMBERS.match(name):
        return False
    lower = [word for word in _WORD.findall(_IN_BRACKETS.sub("", name)) if word in _FUNCTION_WORDS]
    return len(lower) < _OFTEN
