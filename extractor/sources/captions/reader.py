"""Cues -> turns: who speaks, what belongs together, and whether the file was cut off."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable

from extractor.errors import SourceError
from extractor.sources.base import Blob, Reading
from extractor.sources.captions.cues import Cue, Cues, line_number, parse_cues
from extractor.sources.captions.payload import Spoken, Utterance, ends_in_open_tag, utterances
from extractor.sources.captions.rolling import drop_repeats
from extractor.sources.captions.speakers import find_labels, split_at_changes, split_at_labels
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.paragraphs import ends_paragraph, ends_sentence, is_pause
from extractor.sources.people import People
from extractor.sources.transcripts import (
    EXPORT_AGAIN,
    NO_LABELS,
    Draft,
    cut_off,
    first_words,
    name_places,
    transcript,
    without_times,
)

_PUNCTUATED_SHARE = 2 / 3
_FEWEST_TO_COMPARE = 3
_SURE_TO_CLOSE = 5
_WEBEX_ID = re.compile(r'(?:\d+ +)?"(.*)"(?: *\(\d+\))?$')
_PART_ID = re.compile(r"(.+/\d+)-(\d{1,9})$")
_MOST_NAMED = 4

Parse = Callable[[str, Ledger], Cues]
Turns = Callable[[list[Spoken], People, Ledger, list[str]], list[Draft]]


def turns_of(spoken: list[Spoken], people: People, ledger: Ledger, warnings: list[str]) -> list[Draft]:
    """The turns of cues that hold what was said, by whoever voice tags or labels name."""
    voiced = any(said.voiced and said.speaker for entry in spoken for said in entry.utterances)
    if voiced:
        return _labelled_turns(spoken, people, ledger, warnings, carry_over=False)
    spoken = _without_repeats(spoken, ledger, warnings, only_rolling=True)
    labels = find_labels(spoken)
    if labels:
        for entry in spoken:
            entry.utterances = [part for said in entry.utterances for part in split_at_labels(said, labels, ledger)]
        return _labelled_turns(spoken, people, ledger, warnings, carry_over=not labels.every_cue)
    spoken = _without_repeats(spoken, ledger, warnings)
    for entry in spoken:
        entry.utterances = [part for said in entry.utterances for part in split_at_changes(said, ledger)]
    warnings.append(NO_LABELS)
    return _paragraphs(spoken, ledger)


def read_captions(
    blob: Blob, format_name: str, label: str, parse: Parse = parse_cues, turns: Turns = turns_of
) -> Reading:
    """Read a caption file. ``label`` is what messages call the format.

    Raises SourceError where no cue with words is whole. A cue that was cut off is set aside and named in the
    reading's error.
    """
    text = blob.text
    ledger = Ledger(text)
    cues = parse(text, ledger)
    spoken = [_listen(cue, ledger) for cue in cues.cues]
    error = _cut_off(blob, cues, spoken, ledger)
    spoken = [entry for entry in spoken if entry.utterances]
    people = People()
    warnings = _oddities(text, cues)
    drafts = turns(spoken, people, ledger, warnings) if spoken else []
    if not any(draft.parts for draft in drafts):
        if error:
            raise SourceError(*_sentences(error))
        what = "no cue with words" if cues.cues else "no cue"
        raise SourceError(f"{blob.name} is a {label} file with {what} in it.", EXPORT_AGAIN)
    del cues, spoken  # A long file's cues take more memory than its turns, which are made now.
    return transcript(blob, format_name, drafts, people, ledger, warnings, error)


def _listen(cue: Cue, ledger: Ledger) -> Spoken:
    found: list[Utterance] = []
    for begin, end in cue.paragraphs:
        said = utterances(ledger, begin, end)
        if said and found and _continues(found[-1], said[0]):
            found[-1].pieces += said.pop(0).pieces
        found += said
    webex = _WEBEX_ID.match(cue.id) if '"' in cue.id else None
    if webex:
        for utterance in found:
            utterance.speaker, utterance.voiced = webex[1].strip() or None, True
    return Spoken(cue, found)


def _continues(before: Utterance, after: Utterance) -> bool:
    """Whether text after a blank line goes on with the sentence before it, and so is by the same speaker."""
    if after.voiced or before.closed:
        return False
    return after.pieces[0].text[0].islower() or not ends_sentence(before.pieces[-1].text)


def _oddities(text: str, cues: Cues) -> list[str]:
    warnings = []
    if cues.continued:
        places = _places(text, cues.continued)
        warnings.append(f"Text that follows a blank line inside a cue was read too: {places}.")
    if cues.outside:
        warnings.append(f"Text that belongs to no cue was set aside: {_places(text, cues.outside)}.")
    if cues.timeless:
        named = [f"{cue.label} on line {line_number(text, cue.begin)}" for cue in cues.timeless[:_MOST_NAMED]]
        warnings.append(without_times(_padded(named, len(cues.timeless))))
    return warnings


def _places(text: str, spans: list[tuple[int, int]]) -> str:
    named = [
        f'line {line_number(text, begin)} ("{first_words(text[begin:end])}")' for begin, end in spans[:_MOST_NAMED]
    ]
    return name_places(_padded(named, len(spans)))


def _padded(named: list[str], number: int) -> list[str]:
    """As many places as there are; the first few are all that a message names."""
    return named + [""] * (number - len(named))


# Cut off


def _cut_off(blob: Blob, cues: Cues, spoken: list[Spoken], ledger: Ledger) -> str | None:
    """Set a last cue aside that was cut off and say so in two sentences; None where the file is whole."""
    cue, words = cues.dangling, ""
    if cue is None and spoken and _last_is_cut_off(blob, spoken):
        last = spoken.pop()
        cue = last.cue
        words = first_words(" ".join(piece.text for said in last.utterances for piece in said.pieces))
    if cue is None:
        return cut_off(blob, EXPORT_AGAIN)
    ledger.set_aside(cue.begin, len(blob.text), "cut off")
    where, line = f'("{words}")' if words else "before its first word", line_number(blob.text, cue.begin)
    return f"{blob.name} is cut off in {cue.label} on line {line} {where}. {EXPORT_AGAIN}"


def _sentences(error: str) -> tuple[str, str]:
    return error.removesuffix(f" {EXPORT_AGAIN}"), EXPORT_AGAIN


def _last_is_cut_off(blob: Blob, spoken: list[Spoken]) -> bool:
    text, last, earlier = blob.text, spoken[-1], spoken[:-1]
    if last.cue.finish < len(text.rstrip()):
        return False
    if blob.decoded.cut_off:
        return True
    ended = text.endswith(("\n", "\r"))
    if ends_in_open_tag(text[last.cue.begin :].rstrip("\r\n")):
        return "<v" in text[last.cue.begin :] or not ended
    if _stays_open(last, earlier, ended):
        return True
    return not ended and _lacks_its_end(last, earlier)


def _stays_open(last: Spoken, earlier: list[Spoken], ended: bool) -> bool:
    """Whether the last voice is never closed though all voices before it are."""
    voices = [said for entry in earlier for said in entry.utterances if said.voiced and said.speaker]
    if not last.utterances or not last.utterances[-1].voiced or _WEBEX_ID.match(last.cue.id):
        return False
    needed = _SURE_TO_CLOSE if ended else 1
    return not last.utterances[-1].closed and len(voices) >= needed and all(said.closed for said in voices)


def _lacks_its_end(last: Spoken, earlier: list[Spoken]) -> bool:
    """Whether the last words end nowhere, in a file whose cues end in punctuation."""
    texts = [entry.utterances[-1].pieces[-1].text for entry in earlier if entry.utterances]
    if len(texts) < _FEWEST_TO_COMPARE or not last.utterances:
        return False
    if ends_sentence(last.utterances[-1].pieces[-1].text) or last.utterances[-1].closed:
        return False
    punctuated = sum(1 for text in texts if unicodedata.category(text[-1]).startswith("P"))
    return punctuated >= len(texts) * _PUNCTUATED_SHARE


# Speakers


def _without_repeats(
    spoken: list[Spoken], ledger: Ledger, warnings: list[str], *, only_rolling: bool = False
) -> list[Spoken]:
    """The cues without the lines of rolling captions that only repeat a line before, and without those left empty."""
    dropped = drop_repeats(spoken, ledger, only_rolling=only_rolling)
    if not dropped:
        return spoken
    warnings.append(f"{dropped} caption lines that repeat the line before them were read once.")
    for entry in spoken:
        entry.utterances = [said for said in entry.utterances if said.pieces]
    return [entry for entry in spoken if entry.utterances]


def _labelled_turns(
    spoken: list[Spoken], people: People, ledger: Ledger, warnings: list[str], *, carry_over: bool
) -> list[Draft]:
    """Turns of a file with speakers. Cues without one are turns without one, unless labels only mark changes."""
    drafts: list[Draft] = []
    parts: dict[str, tuple[int, Draft]] = {}
    known: dict[str, str] = {}
    unlabelled = 0
    for entry in spoken:
        unlabelled += all(said.speaker is None for said in entry.utterances)
        for said in entry.utterances:
            speaker = None
            if said.speaker:
                speaker = known.get(said.speaker) or known.setdefault(said.speaker, people.add(said.speaker))
            elif carry_over and drafts and not said.changed:
                speaker = drafts[-1].speaker
            draft = _going_on(entry.cue, speaker, drafts, parts)
            if draft is None:
                draft = Draft(speaker, entry.cue.start)
                drafts.append(draft)
            _append(draft, entry.cue, said.pieces, ledger)
            _remember_part(entry.cue, draft, parts)
    if unlabelled:
        warnings.append(_unlabelled_warning(unlabelled, len(spoken), carry_over))
    return drafts


def _unlabelled_warning(unlabelled: int, total: int, carry_over: bool) -> str:
    if carry_over:
        return (
            f"Only {total - unlabelled} of {total} cues carry a speaker label; a cue without one was read as going "
            "on with the speaker before it."
        )
    carry, their = ("carries", "its turn has") if unlabelled == 1 else ("carry", "their turns have")
    return f"{unlabelled} of {total} cues {carry} no speaker label; {their} no speaker."


def _going_on(cue: Cue, speaker: str | None, drafts: list[Draft], parts: dict[str, tuple[int, Draft]]) -> Draft | None:
    """The turn that a cue continues: the last one by the same speaker, or the one that its id is a part of."""
    if drafts and speaker is not None and drafts[-1].speaker == speaker:
        return drafts[-1]
    part = _PART_ID.match(cue.id) if parts else None
    if part and part[1] in parts:
        number, draft = parts[part[1]]
        if int(part[2]) == number + 1 and draft.speaker == speaker and (draft is drafts[-1] or speaker is not None):
            return draft
    return None


def _remember_part(cue: Cue, draft: Draft, parts: dict[str, tuple[int, Draft]]) -> None:
    part = _PART_ID.match(cue.id) if "/" in cue.id else None
    if part:
        parts[part[1]] = (int(part[2]), draft)


def _append(draft: Draft, cue: Cue, pieces: list[Piece], ledger: Ledger) -> None:
    if cue.start is not None and not (draft.marks and draft.marks[-1].time == cue.start):
        draft.mark(cue.start)
    for piece in pieces:
        draft.add(piece, ledger)
    if cue.end is not None:
        draft.end = cue.end


# No speakers


def _paragraphs(spoken: list[Spoken], ledger: Ledger) -> list[Draft]:
    drafts: list[Draft] = []
    for entry in spoken:
        for said in entry.utterances:
            if not drafts or said.changed or _breaks_before(entry.cue, drafts[-1]):
                drafts.append(Draft(None, entry.cue.start))
            _append(drafts[-1], entry.cue, said.pieces, ledger)
    return drafts


def _breaks_before(cue: Cue, draft: Draft) -> bool:
    return is_pause(draft.end, cue.start) or ends_paragraph(draft.length, draft.parts)
