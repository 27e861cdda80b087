"""Which lines of a text carry a speaker label, where the format does not say how one looks.

Names come in every form, so the file decides: a label comes back, has a time, or stands in bold type. What the user
declares to be a label is one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from itertools import pairwise

from extractor.sources.ledger import Line
from extractor.sources.paragraphs import ends_sentence
from extractor.sources.texts.labels import (
    SECTION_LABELS,
    accepted_labels,
    is_stop_label,
    names_nobody,
    reads_like_a_name,
)
from extractor.sources.texts.linelabels import LineLabel, bold_name, find_label, stamp_alone
from extractor.sources.texts.markdown import FENCE, LIST_ITEM

Labels = dict[int, LineLabel]


_DENSE = 0.3
_SOME = 0.15
_VERY_DENSE = 0.6
_MOSTLY = 0.8
_HALF = 0.5
_MOSTLY_TIMED = 0.6
_FEW_WORDS = 3
_FEWEST_LABELS = 4
_LONGEST_PAIRED_NAME = 60
_CAPITALISED = re.compile(r"(?:.*\s)?[^\sa-zß-öø-ÿ]\S*$")
_HEADING_MARKS = re.compile(r"[ \t]*+#{1,6}[ \t]++")


def discover_labels(
    lines: Sequence[Line], skip: Container[int] = (), declared: Mapping[str, str] | None = None
) -> Labels:
    """The label of each line that has one, by the line's index; empty where the text has no speakers.

    Lines in ``skip`` are not looked at. ``declared`` holds the labels, case-folded, that the user says are ones.
    """
    lines = [line._replace(text="") if index in skip else line for index, line in enumerate(lines)]
    candidates = _with_text_below(lines, _without_times_in_prose(_candidates(lines)))
    candidates = _without_notes(lines, candidates)
    known = frozenset(declared or ())
    found = {index: label for index, label in candidates.items() if label.name.casefold() in known}
    found |= _found_out(lines, candidates)
    return dict(sorted(found.items())) or _name_and_time_on_two_lines(lines) or _names_in_bold(lines)


def _candidates(lines: Sequence[Line]) -> Labels:
    found, fenced = {}, False
    for index, line in enumerate(lines):
        if FENCE.match(line.text):
            fenced = not fenced
        elif not fenced:
            label = find_label(line.text)
            if label:
                found[index] = label
    return found


def _without_times_in_prose(candidates: Labels) -> Labels:
    """The candidates, with ``Ana 0:09`` as a strong one where such lines are the style of the text, else weak.

    They are where every such line is a capitalised name and there are several.
    """
    weak = {index: label for index, label in candidates.items() if label.kind == "block" and not label.strong}
    names = [
        name for name in (label.name for label in weak.values()) if reads_like_a_name(name) and _CAPITALISED.match(name)
    ]
    style = len(names) > 1 and len(names) >= len(weak) * _MOSTLY
    known = {label.name for label in candidates.values() if label.kind == "block" and label.strong}
    known |= set(names) if style else set()
    return {
        index: replace(label, strong=True) if index in weak and label.name in known else label
        for index, label in candidates.items()
    }


def _with_text_below(lines: Sequence[Line], candidates: Labels) -> Labels:
    """The candidates without the ``block`` ones, where most of these have no text below: they are lines of a list."""
    blocks = [index for index, label in candidates.items() if label.kind == "block"]
    filled = [index for index, line in enumerate(lines) if line.text.strip()] if blocks else []
    following = dict(pairwise(filled))
    strong = {index for index, label in candidates.items() if label.strong}
    spoken = sum(1 for index in blocks if index in following and following[index] not in strong)
    if spoken >= len(blocks) * _HALF:
        return candidates
    return {index: label for index, label in candidates.items() if label.kind != "block"}


def _without_notes(lines: Sequence[Line], candidates: Labels) -> Labels:
    """Without ``- Ana: books the room`` under a heading such as ``Action items``, where nobody else is listed."""
    listed = {index for index, label in candidates.items() if label.listed}
    if not listed or len(listed) == len(candidates):
        return candidates
    kept, noted, at = {}, False, 0
    for index, label in candidates.items():
        for between in range(at, index):
            noted = _opens_notes(lines[between].text, noted)
        at = index + 1
        noted = noted and (label.listed or is_stop_label(label.name))
        if label.listed and noted:
            continue
        kept[index] = label
        noted = noted or label.name.casefold() in SECTION_LABELS
    return kept


def _opens_notes(text: str, noted: bool) -> bool:
    marks = _HEADING_MARKS.match(text)
    words = text[:_LONGEST_PAIRED_NAME].strip(" \t#*_:").casefold()
    if words in SECTION_LABELS:
        return True
    return noted and not marks


def _found_out(lines: Sequence[Line], candidates: Labels) -> Labels:
    able = {index: label for index, label in candidates.items() if label.strong or label.kind != "block"}
    if not able:
        return {}
    strong = Counter(label.name for label in able.values() if label.strong)
    names = {name for name, count in strong.items() if _is_strong_name(name, count)}
    every = Counter(label.name for label in able.values() if label.kind == "inline" or label.strong)
    plain = accepted_labels(every)
    if (not names or _mostly_plain(able, names)) and _is_dialogue(lines, able, plain):
        names |= plain
    if not _convincing(lines, able, names, every):
        return {}
    names |= _of_the_same_style(able, names)
    return {
        index: label
        for index, label in able.items()
        if label.name in names or (label.kind == "nick" and not label.name and label.strong)
    }


def _of_the_same_style(candidates: Labels, names: set[str]) -> set[str]:
    """Labels that say nobody is known; and where time, name and colon are the style of the text, all that look so."""
    found = {label.name for label in candidates.values() if names_nobody(label.name)}
    timed = [label.name for label in candidates.values() if label.kind == "inline" and label.time]
    if sum(1 for name in timed if name in names) >= max(2, len(timed) * _MOSTLY_TIMED):
        found |= accepted_labels(Counter(dict.fromkeys(timed, len(timed))))
    return found


def _is_strong_name(name: str, count: int) -> bool:
    return (
        bool(name)
        and not is_stop_label(name)
        and (reads_like_a_name(name) or name in accepted_labels(Counter({name: count})))
    )


def _mostly_plain(candidates: Labels, names: set[str]) -> bool:
    """Whether most labels are a name and a colon, and bold type or a time somewhere is an accident."""
    strong = sum(1 for label in candidates.values() if label.strong and label.name in names)
    plain = sum(1 for label in candidates.values() if not label.strong and label.kind == "inline")
    return plain > strong


def _is_dialogue(lines: Sequence[Line], candidates: Labels, names: frozenset[str]) -> bool:
    """Whether names and colons open enough of the paragraphs to be the way the text says who speaks."""
    labelled = {index for index, label in candidates.items() if label.name in names}
    filled = sum(1 for line in lines if line.text.strip())
    openings = [
        index
        for index, line in enumerate(lines)
        if line.text.strip() and (index == 0 or not lines[index - 1].text.strip())
    ]
    if len(labelled) >= filled * _DENSE or sum(1 for index in openings if index in labelled) >= len(openings) * _DENSE:
        return True
    again = Counter(candidates[index].name for index in labelled)
    return len(again) > 1 and len(labelled) >= max(_FEWEST_LABELS, 2 * len(again))


def _convincing(lines: Sequence[Line], candidates: Labels, names: set[str], every: Counter[str]) -> bool:
    """Whether the labels are speakers: somebody comes back or has a time, or the text is nothing but short dialogue.

    Without either, ``Budget: five thousand`` would be a person.
    """
    labelled = [index for index, label in candidates.items() if label.name in names]
    if not labelled:
        return False
    if any(every[name] > 1 for name in names) or any(candidates[index].time for index in labelled):
        return True
    filled = sum(1 for line in lines[: max(labelled) + 1] if line.text.strip())
    texts = [_text_of(lines, index, candidates[index]) for index in labelled]
    words = sum(len(text.split()) for text in texts)
    sentences = sum(1 for text in texts if ends_sentence(text))
    spoken = words >= _FEW_WORDS * len(texts) or sentences >= len(texts) * _VERY_DENSE
    return len(labelled) >= max(2, filled * _DENSE) and spoken


def _text_of(lines: Sequence[Line], index: int, label: LineLabel) -> str:
    """What stands after a label, or on the line below where nothing does."""
    text = lines[index].text[label.begin :].strip()
    return text or (lines[index + 1].text.strip() if index + 1 < len(lines) else "")


# Name and time on lines of their own, as copied from a web page


def _name_and_time_on_two_lines(lines: Sequence[Line]) -> Labels:
    """A name above a time, or below one, with the text below both, where most times of the text stand so."""
    stamps = {index: stamp for index, line in enumerate(lines) if (stamp := stamp_alone(line.text)) is not None}
    above = _named(lines, stamps, -1)
    below = _named(lines, stamps, 1)
    return max(above, below, key=len)


def _named(lines: Sequence[Line], stamps: Mapping[int, str], step: int) -> Labels:
    found = {}
    for index, stamp in stamps.items():
        at, text_at = index + step, index + max(step, 0) + 1
        if not 0 <= at < len(lines) or at in stamps or text_at >= len(lines):
            continue
        name = lines[at].text.strip()
        if len(name) <= _LONGEST_PAIRED_NAME and _can_stand_alone(name) and lines[text_at].text.strip():
            found[at] = LineLabel(name, len(lines[at].text), "block", True, stamp)
    again = Counter(label.name for label in found.values())
    recurring = sum(count for count in again.values() if count > 1)
    if len(found) < max(2, len(stamps) * _MOSTLY) or recurring < len(found) * _HALF:
        return {}
    return found


# Names in bold type, without a colon


def _names_in_bold(lines: Sequence[Line]) -> Labels:
    """A name in bold type, alone on its line or behind a time, where several people come back so."""
    found = {
        index: label
        for index, line in enumerate(lines)
        if (label := bold_name(line.text)) and _can_stand_alone(label.name) and (label.kind == "block" or label.time)
    }
    again = Counter(label.name for label in found.values())
    recurring = sum(count for count in again.values() if count > 1)
    openings = sum(1 for above, line in pairwise(lines) if line.text.strip() and not above.text.strip())
    if len(again) < 2 or recurring < len(found) * _HALF or len(found) < openings * _SOME:
        return {}
    return found


def _can_stand_alone(name: str) -> bool:
    if ends_sentence(name) or _HEADING_MARKS.match(name) or LIST_ITEM.match(name):
        return False
    return reads_like_a_name(name) and bool(_CAPITALISED.match(name))
