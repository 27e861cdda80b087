"""The acts that ask for more than one answer, in plain lines: edit, merge, link, revision, add."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final, get_args

from extractor.errors import ConflictError, DecisionsError
from extractor.log.views import CLAIM_FIELD
from extractor.records import LinkKind, RecordType
from extractor.review import acts
from extractor.review.terminal import form
from extractor.review.terminal.lines import Conversing, LeftError
from extractor.review.terminal.passages import people_of, selected
from extractor.review.terminal.words import KINDS, STATES, whole

if TYPE_CHECKING:
    from extractor.log.views import LogRecord
    from extractor.review.terminal.session import Session

_TYPES: Final[Mapping[str, RecordType]] = {"d": "decision", "a": "action_item", "q": "open_question"}


def edit(session: Session, talk: Conversing) -> tuple[str, bool]:
    """Fields as FIELD=VALUE until ``approve`` or ``save``; what was typed stays where it is refused.

    Returns what was done, and whether the record is settled by it.
    """
    item = session.item
    before = form.values_of(item.record)
    for field, value in before.items():
        if field in form.HINTS:
            talk.say(f"  {field} takes {form.HINTS[field]}:")
        talk.say(f"  {field}={value}")
    talk.say("Write FIELD=VALUE, one a line; then approve, save (without approving), or leave.")
    typed: dict[str, str] = {}
    wrong = False
    while True:
        line = talk.ask("Change:").strip()
        if line in ("", "leave"):
            raise LeftError
        if line in ("approve", "save") and (wrong or not typed):
            talk.say("A line before was no change: write it anew, or leave." if wrong else "Nothing is changed yet.")
            continue
        if line in ("approve", "save"):
            try:
                return _edited(session, {**before, **typed}, before, approve=line == "approve")
            except ConflictError as error:
                talk.say("Somebody changed this record meanwhile; what you wrote is still here.")
                for told in session.what_changed(error):
                    talk.say(whole(told))
                before = form.values_of(session.item.record)
            except DecisionsError as error:
                talk.say(whole(str(error)))
            continue
        field, mark, value = line.partition("=")
        field = field.strip().lower()
        if not mark or field not in before:
            talk.say(f"That is no change. The fields are {', '.join(before)}.")
            wrong = True
            continue
        typed[field], wrong = value.strip(), False


def _edited(
    session: Session, after: Mapping[str, str], before: Mapping[str, str], *, approve: bool
) -> tuple[str, bool]:
    record = session.item.record
    act, verbs = edit_act(session, form.changed(record, before, after), approve=approve)
    done = session.do(act, *verbs)
    if not approve:
        return "Saved; it still waits for approval.", False
    return ("Edited and approved by you; another reviewer is needed." if done.waits else "Edited and approved."), True


def edit_act(session: Session, fields: dict[str, Any], *, approve: bool) -> tuple[acts.OnRecord, tuple[str, ...]]:
    """The act that saves a form, and the words it is counted as; raises LeftError where nothing is to be saved."""
    item = session.item
    if approve:
        act = acts.Approve(record=item.record.id, seen=item.stamp, fields=fields)
        return act, ("edited", "approved") if fields else ("approved",)
    if not fields:
        raise LeftError
    return acts.Edit(record=item.record.id, seen=item.stamp, fields=fields), ("edited",)


def merge(session: Session, talk: Conversing, words: str) -> str:
    other = _pick(
        session, talk, words, "Merge into which, a number or words to search for, nothing to leave:", same=True
    )
    item = session.item
    session.do(acts.Merge(record=item.record.id, seen=item.stamp, into=other.id), "merged")
    return f"Merged into {other.id}."


def link(session: Session, talk: Conversing, words: str) -> str:
    """A suggested link is confirmed or refused; otherwise a kind and a record are chosen."""
    item = session.item
    links = session.suggested().links if not words else ()
    for number, (one, other) in enumerate(links, 1):
        talk.say(f"  {number} it {KINDS[one.kind]}: {_line(other)}")
    if links:
        answer = talk.choose("A number confirms it, x and a number refuses it, other starts another link:", len(links))
        if isinstance(answer, int):
            return _linked(session, links[answer - 1][1], links[answer - 1][0].kind)
        number_words = answer.lstrip("xX ").strip()
        if answer[:1] in "xX" and number_words.isdecimal() and 1 <= int(number_words) <= len(links):
            refused = links[int(number_words) - 1][0]
            session.do(acts.Unlink(record=item.record.id, seen=item.stamp, link=refused.id), "links refused")
            return "Refused: it is not suggested again."
    kinds = get_args(LinkKind)
    for number, kind in enumerate(kinds, 1):
        talk.say(f"  {number} it {KINDS[kind]} an earlier one")
    chosen = talk.choose("Which:", len(kinds))
    if not isinstance(chosen, int):
        raise LeftError
    other = _pick(session, talk, words, "Which record, a number or words to search for, nothing to leave:", same=False)
    return _linked(session, other, kinds[chosen - 1])


def _linked(session: Session, other: LogRecord, kind: LinkKind) -> str:
    item = session.item
    session.do(acts.LinkTo(record=item.record.id, seen=item.stamp, kind=kind, to=other.id), "linked")
    return f"Noted: it {KINDS[kind]} {other.id}."


def revision(session: Session, talk: Conversing) -> str:
    """The first suggested wording is taken over or dismissed."""
    item, found = session.item, session.suggested().revisions
    if not found:
        return "No other wording is suggested."
    for label, old, new in form.differences(item.record.record, found[0].proposed, item.record.people):
        talk.say(f"  {label}: {old or 'nothing'} -> {new or 'nothing'}")
    answer = talk.ask("take, or keep the words there are, nothing to leave:").strip()
    if answer not in ("take", "keep"):
        raise LeftError
    return revised(session, found[0].id, take=answer == "take")


def revised(session: Session, name: str, *, take: bool) -> str:
    item = session.item
    if take:
        session.do(acts.TakeRevision(record=item.record.id, seen=item.stamp, revision=name), "reworded")
        session.said.pop(item.record.id, None)
        return "It says now what the later reading says."
    session.do(acts.DismissRevision(record=item.record.id, seen=item.stamp, revision=name), "rewordings refused")
    return "It keeps its words."


def add(session: Session, talk: Conversing) -> str:
    """Turns, or words of turns, then a type and its fields."""
    said = session.conversation()
    if said is None:
        return "The words of this conversation are not kept any more."
    talk.say("Name a turn by its number, or its number and the words in it: 3, or 3: we roof it today.")
    passages: list[acts.Passage] = []
    while True:
        line = talk.ask("Turn, nothing when you have all:").strip()
        if not line:
            break
        try:
            passages.append(selected(said, line))
        except DecisionsError as error:
            talk.say(whole(str(error)))
    if not passages:
        raise LeftError
    kind = _TYPES.get(talk.ask("d for a decision, a for an action, q for a question:").strip().lower()[:1])
    if kind is None:
        raise LeftError
    claim = CLAIM_FIELD[kind]
    typed = {claim: talk.ask(f"{form.LABELS[claim]}, in one sentence:")}
    rest = [field for field in form.FIELDS[kind] if field != claim]
    talk.say(f"Then what else is known, FIELD=VALUE, one a line, nothing when done: {', '.join(rest)}.")
    while line := talk.ask("Field:").strip():
        field, mark, value = line.partition("=")
        if mark and field.strip() in rest:
            typed[field.strip()] = value
        else:
            talk.say(f"There is no such field. It has {', '.join(rest)}.")
    act = acts.Add(
        conversation=said.id, type=kind, passages=tuple(passages), fields=form.made(kind, people_of(said), typed)
    )
    session.do(act, "added")
    return "Added."


def _pick(session: Session, talk: Conversing, words: str, prompt: str, *, same: bool) -> LogRecord:
    while True:
        found: Sequence[LogRecord] = session.near(words, same_type=same)
        for number, one in enumerate(found, 1):
            talk.say(f"  {number} {_line(one)}")
        if not found:
            talk.say("No other record was found." if not words else "Nothing was found.")
        answer = talk.choose(prompt, len(found))
        if isinstance(answer, int):
            return found[answer - 1]
        words = answer


def _line(record: LogRecord) -> str:
    day = record.said_on.isoformat() if record.said_on else "no date"
    return f"{whole(record.text)} ({day}, {STATES[record.state]}, {record.id})"
