"""Cues -> turns: who speaks, what belongs together, and whether the file was cut off."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass, field

from extractor.errors import SourceError
from extractor.sources.base import Blob, Reading
from extractor.sources.cues import Cue, Cues, parse_cues
from extractor.sources.labels import accepted_labels, clean_label, reads_like_a_name, split_label
from extractor.sources.ledger import Ledger, Piece
from extractor.sources.payload import Utterance, ends_in_open_tag, utterances
from extractor.sources.people import People
from extractor.sources.transcripts import Draft, first_words, name_places, transcript

EXPORT_AGAIN = "Export the transcript again."

# A file without speakers is cut into turns at silences and, from a paragraph's length on, at sentence ends.
LONGEST_PAUSE_S = 2.0
PARAGRAPH_CHARACTERS = 400
LONGEST_PARAGRAPH_CHARACTERS = 1200

_MOST_CUES = 0.5
_PUNCTUATED_SHARE = 2 / 3
_FEWEST_TO_COMPARE = 3
_SURE_TO_CLOSE = 5
_ROLLING_SHARE = 0.4
_SENTENCE_END = re.compile(r"[.?!…。？！．؟।‽][\"'”’»)\]」』]*\s*$")
_WEBEX_ID = re.compile(r'\d+ "(.*)" *\(\d+\)$')
_PART_ID = re.compile(r"(.+/\d+)-(\d+)$")


@dataclass
class _Spoken:
    """One cue and the utterances in it."""

    cue: Cue
    utterances: list[Utterance] = field(default_factory=list)


def read_captions(blob: Blob, format_name: str, label: str) -> Reading:
    """Read a WebVTT or SRT file. ``label`` is what messages call the format.

    Raises SourceError where no cue with words is whole. A cue that was cut off is set aside and named in the
    reading's error.
    """
    text = blob.text
    ledger = Ledger(text)
    cues = parse_cues(text, ledger)
    spoken = [_listen(cue, ledger) for cue in cues.cues]
    error = _cut_off(blob, cues, spoken, ledger)
    spoken = [entry for entry in spoken if entry.utterances]
    if not spoken:
        if error:
            raise SourceError(*_sentences(error))
        what = "no cue with words" if cues.cues else "no cue"
        raise SourceError(f"{blob.name} is a {label} file with {what} in it.", EXPORT_AGAIN)
    people = People()
    warnings = _oddities(cues)
    drafts = _turns(spoken, people, ledger, warnings)
    return transcript(blob, format_name, drafts, people, ledger, warnings, error)


def _listen(cue: Cue, ledger: Ledger) -> _Spoken:
    found: list[Utterance] = []
    for begin, end in cue.paragraphs:
        said = utterances(ledger, begin, end)
        if said and found and _continues(found[-1], said[0]):
            found[-1].pieces += said.pop(0).pieces
        found += said
    webex = _WEBEX_ID.match(cue.id)
    if webex:
        for utterance in found:
            utterance.speaker, utterance.voiced = webex[1].strip() or None, True
    return _Spoken(cue, found)


def _continues(before: Utterance, after: Utterance) -> bool:
    """Whether text after a blank line goes on with the sentence before it, and so is by the same speaker."""
    if after.voiced or before.closed:
        return False
    return after.pieces[0].text[0].islower() or not _SENTENCE_END.search(before.pieces[-1].text)


def _oddities(cues: Cues) -> list[str]:
    warnings = []
    if cues.continued:
        places = name_places([f'line {line.number} ("{first_words(line.text)}")' for line in cues.continued])
        warnings.append(f"Text that follows a blank line inside a cue was read too: {places}.")
    if cues.outside:
        places = name_places([f'line {line.number} ("{first_words(line.text)}")' for line in cues.outside])
        warnings.append(f"Text that belongs to no cue was set aside: {places}.")
    if cues.timeless:
        places = name_places([f"{cue.label} on line {cue.line}" for cue in cues.timeless])
        warnings.append(f"The times cannot be read, and the text was kept without them: {places}.")
    return warnings


# Cut off


def _cut_off(blob: Blob, cues: Cues, spoken: list[_Spoken], ledger: Ledger) -> str | None:
    """Set a last cue aside that was cut off and say so in two sentences; None where the file is whole."""
    cue, words = cues.dangling, ""
    if cue is None and spoken and _last_is_cut_off(blob, spoken):
        last = spoken.pop()
        cue = last.cue
        words = first_words(" ".join(piece.text for said in last.utterances for piece in said.pieces))
    if cue is None:
        if blob.decoded.cut_off:
            return f"{blob.name} is cut off in the middle of a character at its end. {EXPORT_AGAIN}"
        return None
    ledger.set_aside(cue.begin, len(blob.text), "cut off")
    where = f'("{words}")' if words else "before its first word"
    return f"{blob.name} is cut off in {cue.label} on line {cue.line} {where}. {EXPORT_AGAIN}"


def _sentences(error: str) -> tuple[str, str]:
    return error.removesuffix(f" {EXPORT_AGAIN}"), EXPORT_AGAIN


def _last_is_cut_off(blob: Blob, spoken: list[_Spoken]) -> bool:
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


def _stays_open(last: _Spoken, earlier: list[_Spoken], ended: bool) -> bool:
    """Whether the last voice is never closed though all voices before it are."""
    voices = [said for entry in earlier for said in entry.utterances if said.voiced and said.speaker]
    if not last.utterances or not last.utterances[-1].voiced or _WEBEX_ID.match(last.cue.id):
        return False
    needed = _SURE_TO_CLOSE if ended else 1
    return not last.utterances[-1].closed and len(voices) >= needed and all(said.closed for said in voices)


def _lacks_its_end(last: _Spoken, earlier: list[_Spoken]) -> bool:
    """Whether the last words end nowhere, in a file whose cues end in punctuation."""
    texts = [entry.utterances[-1].pieces[-1].text for entry in earlier if entry.utterances]
    if len(texts) < _FEWEST_TO_COMPARE or not last.utterances:
        return False
    if _SENTENCE_END.search(last.utterances[-1].pieces[-1].text) or last.utterances[-1].closed:
        return False
    punctuated = sum(1 for text in texts if unicodedata.category(text[-1]).startswith("P"))
    return punctuated >= len(texts) * _PUNCTUATED_SHARE


# Speakers


def _turns(spoken: list[_Spoken], people: People, ledger: Ledger, warnings: list[str]) -> list[Draft]:
    voiced = any(said.voiced and said.speaker for entry in spoken for said in entry.utterances)
    if voiced:
        return _labelled_turns(spoken, people, ledger, warnings, carry_over=False)
    names, every_cue = _find_labels(spoken)
    if names:
        for entry in spoken:
            entry.utterances = [part for said in entry.utterances for part in _split_at_labels(said, names, ledger)]
        return _labelled_turns(spoken, people, ledger, warnings, carry_over=not every_cue)
    _drop_repeats(spoken, ledger, warnings)
    warnings.append("There are no speaker labels in the file, so no turn has a speaker.")
    return _paragraphs(spoken, ledger)


def _find_labels(spoken: list[_Spoken]) -> tuple[frozenset[str], bool]:
    """The speaker names of the file, and whether most cues carry one. No names where colons are only text."""
    candidates: Counter[str] = Counter()
    total, opens = 0, None
    for entry in spoken:
        for said in entry.utterances:
            total += 1
            split = split_label(said.pieces[0].text)
            name = clean_label(split[0]) if split else ""
            if name:
                candidates[name] += 1
            opens = name if opens is None else opens
    names = accepted_labels(candidates)
    labelled = sum(candidates[name] for name in names)
    if labelled >= total * _MOST_CUES:
        return names, True
    plain = all(name[0].isupper() and reads_like_a_name(name) for name in names)
    marks_changes = plain and opens in names and any(candidates[name] > 1 for name in names)
    return (names, False) if marks_changes else (frozenset(), False)


def _split_at_labels(said: Utterance, names: frozenset[str], ledger: Ledger) -> list[Utterance]:
    """Cut the label off an utterance, and the utterance where a later line carries the label of somebody."""
    parts = [Utterance()]
    for piece in said.pieces:
        split = split_label(piece.text)
        name = clean_label(split[0]) if split else ""
        if split and name in names:
            piece.cut(0, split[1]).set_aside(ledger, "speaker label")
            parts.append(Utterance(name, voiced=True))
            piece = piece.cut(split[1], len(piece.text)).trimmed()
        if piece.text:
            parts[-1].pieces.append(piece)
    return [part for part in parts if part.pieces]


def _labelled_turns(
    spoken: list[_Spoken], people: People, ledger: Ledger, warnings: list[str], *, carry_over: bool
) -> list[Draft]:
    """Turns of a file with speakers. Cues without one are turns without one, unless labels only mark changes."""
    drafts: list[Draft] = []
    parts: dict[str, tuple[int, Draft]] = {}
    unlabelled = 0
    for entry in spoken:
        unlabelled += all(said.speaker is None for said in entry.utterances)
        for said in entry.utterances:
            speaker = people.add(said.speaker) if said.speaker else None
            if carry_over and speaker is None and drafts:
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
    part = _PART_ID.match(cue.id)
    if part and part[1] in parts:
        number, draft = parts[part[1]]
        if int(part[2]) == number + 1 and draft.speaker == speaker and (draft is drafts[-1] or speaker is not None):
            return draft
    return None


def _remember_part(cue: Cue, draft: Draft, parts: dict[str, tuple[int, Draft]]) -> None:
    part = _PART_ID.match(cue.id)
    if part:
        parts[part[1]] = (int(part[2]), draft)


def _append(draft: Draft, cue: Cue, pieces: list[Piece], ledger: Ledger) -> None:
    if cue.start is not None:
        draft.mark(cue.start)
    for piece in pieces:
        draft.add(piece, ledger)
    if cue.end is not None:
        draft.end = cue.end


# No speakers


def _drop_repeats(spoken: list[_Spoken], ledger: Ledger, warnings: list[str]) -> None:
    """Set aside the lines of rolling captions that only repeat the line before, where the file is made of them."""
    shown = [[piece for said in entry.utterances for piece in said.pieces] for entry in spoken]
    repeats = [
        index for index in range(1, len(shown)) if shown[index][0].text == shown[index - 1][-1].text
    ]  # fmt: skip
    if len(repeats) < max(_FEWEST_TO_COMPARE, len(shown) * _ROLLING_SHARE):
        return
    for index in repeats:
        shown[index][0].set_aside(ledger, "repeated caption")
        for said in spoken[index].utterances:
            said.pieces = [piece for piece in said.pieces if piece is not shown[index][0]]
    warnings.append(f"{len(repeats)} caption lines that repeat the line before them were read once.")


def _paragraphs(spoken: list[_Spoken], ledger: Ledger) -> list[Draft]:
    drafts: list[Draft] = []
    for entry in spoken:
        pieces = [piece for said in entry.utterances for piece in said.pieces]
        if not pieces:
            continue
        if not drafts or _breaks_before(entry.cue, drafts[-1]):
            drafts.append(Draft(None, entry.cue.start))
        _append(drafts[-1], entry.cue, pieces, ledger)
    return drafts


def _breaks_before(cue: Cue, draft: Draft) -> bool:
    if cue.start is not None and draft.end is not None and cue.start - draft.end > LONGEST_PAUSE_S:
        return True
    if draft.length >= LONGEST_PARAGRAPH_CHARACTERS:
        return True
    return draft.length >= PARAGRAPH_CHARACTERS and bool(_SENTENCE_END.search(draft.parts[-1]))
