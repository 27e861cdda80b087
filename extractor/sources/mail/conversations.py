"""The mails of a source -> one conversation a thread, with what is known only from being quoted."""

from __future__ import annotations

from collections import Counter
from datetime import datetime

from extractor.conversation import Conversation, Coverage, Participant, Quotation, Turn, TurnKind
from extractor.sources.base import NO_HINTS, Hints
from extractor.sources.mail.attribution import Author
from extractor.sources.mail.body import BANNER, ENCRYPTED, FOOTER, OWN, QUOTED
from extractor.sources.mail.message import UNNAMED, Mail
from extractor.sources.mail.quotations import Quote, Said, quotes_of, stripped
from extractor.sources.mail.threads import base_subject, order, thread_id, threads_of
from extractor.sources.mail.written import Dates
from extractor.sources.people import People
from extractor.sources.reasons import BOILERPLATE
from extractor.sources.transcripts import name_places

RECIPIENT = "recipient"


class Mailbox:
    """The mails of one source. ``title`` is what a thread without a subject is called."""

    def __init__(self, source: str, mails: list[Mail], hints: Hints = NO_HINTS, title: str | None = None) -> None:
        self.source = source
        self.unsent = [mail for mail in mails if mail.draft]
        self.mails = mails = [mail for mail in mails if not mail.draft]
        self.title = title or "without a subject"
        self.people = People()
        self.dates = Dates(hints.day_first)
        self.said = Said(mails)
        self.by_id = {mail.message_id: mail for mail in reversed(mails) if mail.message_id}
        self.lists = {address for mail in mails for address in mail.lists}
        self.silent: list[Mail] = []
        self.names: dict[str, str] = {}
        for mail in mails:
            for name, address in ((mail.name, mail.address), *mail.recipients):
                if name and address not in self.lists:
                    self.names.setdefault(address, name)
        self._coverage: list[Coverage] = []

    def conversations(self) -> tuple[Conversation, ...]:
        """One conversation a thread, in the order of their beginnings."""
        found = [_Thread(self, thread) for thread in threads_of(self.mails)]
        self._coverage = [each.coverage for each in found]
        self._coverage += [_set_aside(mail, mail.draft) for mail in self.unsent]
        built = [each.conversation() for each in found if each.turns]
        left_out = self._left_out()
        if built and left_out is not None:
            built[0] = built[0].model_copy(update={"warnings": (*built[0].warnings, left_out)})
        return tuple(built)

    def _left_out(self) -> str | None:
        counts = Counter(mail.draft for mail in self.unsent)
        if not counts:
            return None
        kinds = " and ".join(f"{n} {kind} {'mail' if n == 1 else 'mails'}" for kind, n in sorted(counts.items()))
        return f"{kinds} {'was' if counts.total() == 1 else 'were'} left out."

    def coverage(self) -> Coverage:
        """The account of all mails, after ``conversations``."""
        return Coverage.sum_of(self._coverage)

    def error(self) -> str | None:
        """What could not be read, in two sentences; None where everything could. After ``conversations``."""
        broken = [mail for mail in self.silent if mail.damaged]
        if not broken:
            return None
        return f"{self.source} holds damaged mails: {name_places([mail.label for mail in broken])}. Export them again."

    def person(self, name: str, address: str) -> str | None:
        """The participant whom a mail names, None for nobody. An address alone is the person who writes under it."""
        name = name or self.names.get(address, "") or address
        return self.people.add(name, aliases=(address,)) if name else None


class _Thread:
    """One thread on its way to a conversation."""

    def __init__(self, mailbox: Mailbox, mails: list[Mail]) -> None:
        self.mailbox = mailbox
        self.turns: list[Turn] = []
        self.warnings: list[str] = []
        self.shares: list[Coverage] = []
        self.quoted_alone = 0
        self._turn_of: dict[str, int] = {}
        self.mails = sorted(mails, key=order)
        for mail in self._without_copies():
            self._read(mail)
        self.coverage = Coverage.sum_of(self.shares)

    def conversation(self) -> Conversation:
        attached = [name for mail in self.mails for name in mail.attachments]
        if attached:
            self.warnings.append(f"Attachments were not read: {name_places(_counted(attached))}.")
        if self.quoted_alone:
            self.warnings.append(_known_from_quotes(self.quoted_alone))
        return Conversation(
            id=thread_id(self.mails),
            kind="thread",
            title=base_subject(self.mails[0].subject) or self.mailbox.title,
            source=self.mailbox.source,
            started_at=next((turn.sent_at for turn in self.turns if turn.sent_at), None),
            participants=self._participants(),
            turns=tuple(self.turns),
            coverage=self.coverage,
            warnings=tuple(self.warnings),
        )

    def _without_copies(self) -> list[Mail]:
        """The mails without those that are there twice, id and words."""
        kept: set[tuple[str, str]] = set()
        mails, repeated = [], []
        for mail in self.mails:
            key = (mail.message_id, mail.body.text)
            if mail.message_id and key in kept:
                self.shares.append(_set_aside(mail, "repeated message"))
                repeated.append(mail.label)
                continue
            kept.add(key)
            mails.append(mail)
        if repeated:
            once = "is there twice and was" if len(repeated) == 1 else "are there more than once and were"
            self.warnings.append(f"{_capital(name_places(repeated))} {once} read once.")
        return mails

    def _read(self, mail: Mail) -> None:
        """The turns of a mail: what it alone quotes, the oldest first, then its own words; and its account."""
        asides = Counter(mail.asides)
        quotes = quotes_of(mail)
        used = self._add_quotes(mail, quotes, asides)
        alone = {quote.number for quote in quotes if not quote.known}
        text, quotations = self._own(mail, alone)
        if not text and not quotes:
            text = mail.body.text.strip()
            asides["white space"] += len(mail.body.text) - len(text)
        else:
            self._account(mail, alone, len(text), asides)
        self.shares.append(Coverage.of(used + len(text), asides))
        self.warnings.extend(_capital(warning) for warning in mail.warnings)
        if mail.sealed or asides[ENCRYPTED]:
            self.warnings.append(f"{_capital(mail.label)} is encrypted ({mail.sealed or 'PGP'}); it was not read.")
        if text:
            self._add(
                mail.message_id, text, self._speaker(mail), mail.sent_at, "message", self._answered(mail), quotations
            )
        else:
            self.mailbox.silent.append(mail)
            if not mail.sealed and not alone:
                self.warnings.append(f"{_capital(mail.label)} holds no words of its own; it is no turn.")

    def _add_quotes(self, mail: Mail, quotes: list[Quote], asides: Counter[str]) -> int:
        """Add what stands nowhere else as turns; returns how many characters they use."""
        used, added = 0, dict[int, int]()
        for quote in quotes:
            said = self.mailbox.said
            quote.known = not quote.text or said.holds(quote.text, quote.author) or self._is_answered(mail, quote)
            if quote.known:
                continue
            said.add(quote.text, quote.author)
            self.quoted_alone += 1
            sent_at = self.mailbox.dates.read(quote.author.written, mail.sent_at)
            answered = added.get(quote.level + 1)
            added[quote.level] = self._add("", quote.text, self._person(quote.author), sent_at, "quote", answered)
            used += len(quote.text)
            asides["markup"] += quote.marks
            asides["white space"] += quote.characters - quote.marks - len(quote.text)
        return used

    def _add(
        self,
        message_id: str,
        text: str,
        speaker: str | None,
        sent_at: datetime | None,
        kind: TurnKind,
        reply_to: int | None,
        quotes: tuple[Quotation, ...] = (),
    ) -> int:
        index = len(self.turns)
        if message_id:
            self._turn_of.setdefault(message_id, index)
        turn = Turn(
            index=index,
            speaker=speaker,
            text=text,
            kind=kind,
            sent_at=sent_at,
            reply_to=reply_to,
            quotes=quotes,
        )
        self.turns.append(turn)
        return index

    def _own(self, mail: Mail, alone: set[int]) -> tuple[str, tuple[Quotation, ...]]:
        """A mail's own words, and where they repeat what stands elsewhere."""
        written = "".join(part.text for part in mail.body.parts if part.reason == OWN)
        text = stripped(written)
        lead = written.find(text) if text else 0
        at, quotations = 0, list[Quotation]()
        for part in mail.body.parts:
            if part.reason == OWN:
                at += len(part.text)
            elif part.reason == QUOTED and part.origin not in alone and (words := stripped(part.bare)):
                char = min(max(at - lead, 0), len(text))
                author = self._person(mail.body.origins[part.origin].author)
                quotations.append(Quotation(char=char, depth=part.level, author=author, text=words))
        return text, tuple(quotations) if text else ()

    def _account(self, mail: Mail, alone: set[int], used: int, asides: Counter[str]) -> None:
        """Count what is set aside of a body of which the author's own ``used`` characters are used."""
        for part in mail.body.parts:
            if part.reason == OWN:
                asides["white space"] += len(part.text)
            elif part.reason != QUOTED or part.origin not in alone:
                asides[BOILERPLATE if part.reason in (BANNER, FOOTER) else part.reason] += len(part.text)
        asides["white space"] -= used

    # Who and what is answered

    def _speaker(self, mail: Mail) -> str | None:
        return self.mailbox.person(mail.name, mail.address)

    def _person(self, author: Author) -> str | None:
        return self.mailbox.person(author.name, author.address)

    def _answered(self, mail: Mail) -> int | None:
        """The turn that a mail answers: of the mails it refers to the last that is there, else what it quotes."""
        for reference in reversed(mail.references):
            if reference in self._turn_of:
                return self._turn_of[reference]
        before = len(self.turns) - 1
        return before if before >= 0 and self.turns[before].kind == "quote" and quotes_of(mail) else None

    def _is_answered(self, mail: Mail, quote: Quote) -> bool:
        """Whether what is quoted is the mail that this one answers (or that one, and so on), by who wrote it."""
        answered = mail
        for _ in range(quote.level):
            before = answered.references[-1] if answered.references else ""
            if before not in self.mailbox.by_id or self.mailbox.by_id[before] is answered:
                return False
            answered = self.mailbox.by_id[before]
        if not any(quote.author):
            return quote.level == 1
        same_name = quote.author.name.casefold() == answered.name.casefold()
        return quote.author.address == answered.address if quote.author.address else same_name

    def _participants(self) -> tuple[Participant, ...]:
        """Those who write or are quoted, then those whom the mails were only sent to."""
        people = self.mailbox.people
        writers = {turn.speaker for turn in self.turns if turn.speaker}
        writers.update(quote.author for turn in self.turns for quote in turn.quotes if quote.author)
        active = people.participants(writers)
        addresses = {alias for person in active for alias in (person.name.lower(), *person.aliases)}
        others: dict[str, None] = {}
        for mail in self.mails:
            for name, address in mail.recipients:
                if address in self.mailbox.lists or address in addresses:
                    continue
                person = self.mailbox.person(name, address)
                if person is not None and person not in writers:
                    others[person] = None
        asked = (person.model_copy(update={"role": RECIPIENT}) for person in people.participants(others))
        return (*active, *asked)


def _set_aside(mail: Mail, reason: str) -> Coverage:
    asides = Counter(mail.asides)
    asides[reason] += len(mail.body.text)
    return Coverage.of(0, asides)


def _counted(attached: list[str]) -> list[str]:
    """The names of attachments, each once; of those without one how many there are of a kind."""
    counts = Counter(attached)
    kinds = {name: name.replace(UNNAMED, f"{n} parts of type", 1) for name, n in counts.items() if n > 1}
    return [kinds.get(name, name) if name.startswith(UNNAMED) else name for name in counts]


def _known_from_quotes(count: int) -> str:
    if count == 1:
        return "1 mail is known only from being quoted; it is a turn of the kind “quote”."
    return f"{count} mails are known only from being quoted; they are turns of the kind “quote”."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]
