"""Review line by line, for scripts and screen readers: no colour, no cursor movement, prompts and answers."""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Final, TextIO

from extractor.errors import ConflictError, DecisionsError
from extractor.review import acts
from extractor.review.terminal import plain_forms
from extractor.review.terminal.card import kind_of, lines_of, state_of
from extractor.review.terminal.context import Line, around, everything
from extractor.review.terminal.lines import Conversing, EndOfInputError, LeftError
from extractor.review.terminal.words import KEYS, REASONS, short, whole

if TYPE_CHECKING:
    from extractor.review.terminal.session import Session

NAMES: Final = {
    "approve": "a",
    "edit": "e",
    "reject": "r",
    "merge": "m",
    "link": "s",
    "supersedes": "s",
    "done": "d",
    "answer": "d",
    "revision": "v",
    "assign": "t",
    "comment": "c",
    "reopen": "z",
    "undo": "u",
    "next": "n",
    "j": "n",
    "previous": "p",
    "k": "p",
    "open": "o",
    "add": "+",
    "help": "?",
    "quit": "q",
}
PROMPT: Final = "Act (a e r m s d v t c z u n p o + ? q):"


class Plain:
    """A sitting in plain lines."""

    def __init__(self, session: Session, source: TextIO, out: TextIO) -> None:
        self.session = session
        self.talk = Conversing(source, out)
        self._acts: dict[str, Callable[[str], None]] = {
            "a": self._approve,
            "e": lambda _: self._changed(plain_forms.edit(session, self.talk)),
            "r": self._reject,
            "m": lambda words: self._on(plain_forms.merge(session, self.talk, words)),
            "s": lambda words: self._stay(plain_forms.link(session, self.talk, words)),
            "d": self._close,
            "v": lambda _: self._stay(plain_forms.revision(session, self.talk)),
            "t": self._assign,
            "c": self._comment,
            "z": lambda _: self._reopen(),
            "u": lambda _: self._undo(),
            "n": lambda _: self._move(1),
            "p": lambda _: self._move(-1),
            "o": lambda _: self._open(),
            "+": lambda _: self._stay(plain_forms.add(session, self.talk)),
            "?": lambda _: self._help(),
        }

    def run(self) -> None:
        """Until ``q``, the end of the input, or the end of the queue."""
        say = self.talk.say
        if self.session.resumed:
            say("You go on where you stopped.")
        try:
            self._show()
            while True:
                written = self.talk.ask(PROMPT)
                key, _, words = written.strip().partition(" ")
                key = NAMES.get(key.lower(), key.lower())
                if key == "q":
                    return
                if not key:
                    continue
                self._one(key, words.strip())
        except EndOfInputError:
            return

    def _one(self, key: str, words: str) -> None:
        if key not in self._acts:
            self.talk.say(f"There is no act {short(key, 20)}. Write ? for help.")
            return
        try:
            self._acts[key](words)
        except LeftError:
            self.talk.say("Nothing was done.")
        except ConflictError as error:
            self.talk.say("Somebody changed this record while you looked at it; nothing was done.")
            for line in self.session.what_changed(error):
                self.talk.say(whole(line))
            self._show()
            self.talk.say("Say it again if it still holds.")
        except DecisionsError as error:
            self.talk.say(whole(str(error)))

    def _approve(self, words: str) -> None:
        item = self.session.item
        act = acts.Approve(record=item.record.id, seen=item.stamp, comment=words or None)
        done = self.session.do(act, "approved")
        self._on(_approved(done.event is None, done.waits))

    def _reject(self, words: str) -> None:
        item = self.session.item
        if not words:
            for number, reason in enumerate(REASONS, 1):
                self.talk.say(f"  {number} {reason}")
            words = self.talk.ask("Reason, a number or your own words, nothing for none:")
        words = REASONS[int(words) - 1] if words in {str(n + 1) for n in range(len(REASONS))} else words
        act = acts.Reject(record=item.record.id, seen=item.stamp, comment=words.strip() or None)
        self.session.do(act, "rejected")
        self._on("Rejected." if not words.strip() else f"Rejected: {short(words)}.")

    def _close(self, words: str) -> None:
        item = self.session.item
        if item.record.type == "open_question" and not words:
            words = self.talk.ask("The answer:")
        self.session.do(acts.Close(record=item.record.id, seen=item.stamp, comment=words or None), "closed")
        self._stay("Answered." if item.record.type == "open_question" else "Done.")

    def _assign(self, words: str) -> None:
        words = words or self.talk.ask("Who is to review it? Nothing for nobody in particular:")
        self.session.do(acts.Assign(record=self.session.item.record.id, person=words.strip() or None), "assigned")
        self._stay(f"Assigned to {short(words)}." if words.strip() else "Assigned to nobody.")

    def _comment(self, words: str) -> None:
        words = words or self.talk.ask("Comment:")
        if not words.strip():
            raise LeftError
        self.session.do(acts.Comment(record=self.session.item.record.id, comment=words), "commented on")
        self._stay("Comment kept.")

    def _reopen(self) -> None:
        item = self.session.item
        self.session.do(acts.Reopen(record=item.record.id, seen=item.stamp), "reopened")
        self.session.said.pop(item.record.id, None)
        self._stay("It is open again.")

    def _undo(self) -> None:
        last = self.session.undo()
        self.talk.say(f"Taken back: {' and '.join(last.verbs)}.")
        self._show()

    def _move(self, step: int) -> None:
        if self.session.move(step):
            self._show()
        else:
            self.talk.say("That was the last one." if step > 0 else "That is the first one.")

    def _changed(self, told: tuple[str, bool]) -> None:
        (self._on if told[1] else self._stay)(told[0])

    def _on(self, message: str) -> None:
        """Says what was done, and goes on to what waits next."""
        self.talk.say(message)
        if self.session.advance():
            self._show()
        else:
            self.session.refresh()
            self.talk.say("Nothing else waits here. Write q to stop, or p to look back.")

    def _stay(self, message: str) -> None:
        self.session.refresh()
        self.talk.say(message)

    def _help(self) -> None:
        for key, what in KEYS:
            self.talk.say(f"  {key} {what}")
        self.talk.say("Words may follow on the same line: r not ours. What they are is asked otherwise.")

    def _open(self) -> None:
        said = self.session.conversation()
        if said is None:
            self.talk.say("The words of this conversation are not kept any more.")
            return
        for line in everything(said, self.session.item.record.record.evidence):
            self.talk.say(f"  {told(line)}")

    def _show(self) -> None:
        session, say = self.session, self.talk.say
        item = session.item
        record = item.record
        say("")
        say(f"{session.progress}. {kind_of(record)}, {state_of(item, session.said.get(record.id))}.")
        say(whole(record.text))
        for label, value in lines_of(item, session.suggested(), session.records(item.conflicts)):
            say(f"{label}: {value}")
        say(f"Record: {record.id}")
        say("The words that prove it, marked with [[ and ]]:")
        quotes = record.record.evidence
        said = session.conversation()
        lines = around(said, quotes, 1) if said is not None else []
        for line in lines:
            say(f"  {told(line)}")
        if not lines:
            for quote in quotes:
                say(f"  Turn {quote.turn} ({quote.role}): [[{whole(quote.quote)}]]")


def _approved(already: bool, waits: bool) -> str:
    if waits:
        return "Approved by you; another reviewer is needed."
    return "It was approved already." if already else "Approved."


def told(line: Line) -> str:
    """A turn in one line: ``Turn 3, Ana Li, 0:12 (proposed): we [[roof it]] today``."""
    if line.skipped:
        return f"... {line.skipped:,} {'turn' if line.skipped == 1 else 'turns'} not shown ..."
    head = ", ".join(part for part in (f"Turn {line.number}", line.who, line.when) if part)
    roles = f" ({', '.join(line.roles)})" if line.roles else ""
    words = "".join(f"[[{one.text}]]" if one.marked else one.text for one in line.stretches)
    return f"{head}{roles}: {' '.join(words.split())}"
