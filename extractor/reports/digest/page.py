"""The digest as sections of short lines, the same for every renderer; plain text, still to be escaped for a target."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from typing import Final, Literal

from extractor.reports.digest.model import (
    Digest,
    DigestChange,
    DigestLink,
    DigestProblem,
    DigestRecord,
    FieldChange,
    kind_of,
)
from extractor.reports.text import clock, count, plain

Tone = Literal["new", "needs", "problem"]

SHOWN: Final = 25
"""The most items of a section in one digest."""
TEXT_CHARACTERS: Final = 300
QUOTE_CHARACTERS: Final = 240
NAME_CHARACTERS: Final = 80
SUBJECT_CHARACTERS: Final = 200

_STATUSES: Final = {"rejected": "decided against"}
_LINKS: Final = {
    "supersedes": "Would replace",
    "duplicates": "Repeats",
    "contradicts": "Contradicts",
    "answers": "Answers",
    "implements": "Carries out",
    "relates": "Relates to",
}
_TYPES: Final = {"decision": "decision", "action_item": "action item", "open_question": "open question"}


@dataclass(frozen=True)
class Item:
    """A line and what stands under it: ``tags`` are set off, ``related`` are labels with texts, ``said`` is whose words
    the quote is, when and where.
    """

    text: str
    tags: tuple[str, ...] = ()
    facts: tuple[str, ...] = ()
    quote: str = ""
    said: str = ""
    related: tuple[tuple[str, str], ...] = ()
    id: str = ""


@dataclass(frozen=True)
class Section:
    """``total`` is how many there are; ``items`` are shown here, ``elsewhere`` is how many another section shows."""

    title: str
    tone: Tone
    items: tuple[Item, ...]
    total: int
    note: str = ""
    elsewhere: int = 0

    @property
    def more(self) -> int:
        """How many are shown nowhere."""
        return max(self.total - self.elsewhere - len(self.items), 0)


@dataclass(frozen=True)
class Page:
    """``headline`` are the numbers to see first, each with its name; none is zero."""

    title: str
    subject: str
    period: str
    headline: tuple[tuple[int, str, Tone], ...]
    sections: tuple[Section, ...]
    footer: str


def page_of(digest: Digest, shown: int = SHOWN) -> Page:
    """The page with at most ``shown`` items a section."""
    return Page(
        title=f"{_log_name(digest)}, {clock(digest.to_time.date())}",
        subject=subject_of(digest),
        period=f"{clock(digest.from_time)} to {clock(digest.to_time)} {plain(digest.to_time.tzname() or '')}".strip(),
        headline=tuple(_headline(digest)),
        sections=tuple(section for section in _sections(digest, shown) if section.total or section.items),
        footer=f"`decisions show ID` shows a record in its context. Digest {digest.id}.",
    )


def subject_of(digest: Digest) -> str:
    """One line with the log's name and the counts that matter, ``Atlas: 2 decisions, 1 action item; 5 to review``."""
    counts = digest.counts
    new = [
        count(number, noun)
        for number, noun in (
            (counts.decided, "decision"),
            (counts.unsettled, "unsettled matter"),
            (counts.action_items, "action item"),
            (counts.open_questions, "open question"),
        )
        if number
    ]
    parts = [", ".join(new) or "nothing new", *(f"{number:,} {what}" for number, what, _ in _standing(digest))]
    return cut(f"{_log_name(digest)}: {'; '.join(parts)}", SUBJECT_CHARACTERS)


def more_text(section: Section) -> str:
    """``and 12 more``, empty where all are shown."""
    return f"and {section.more:,} more" if section.more else ""


def cut(text: str, characters: int) -> str:
    """``text`` on one line without control characters and direction overrides, at most ``characters`` long."""
    line = plain(text)
    return line if len(line) <= characters else line[: characters - 1].rstrip() + "…"


def _log_name(digest: Digest) -> str:
    return cut(digest.log_name, NAME_CHARACTERS) or "Decision log"


def _headline(digest: Digest) -> Iterable[tuple[int, str, Tone]]:
    counts = digest.counts
    new: list[tuple[int, str]] = [
        (counts.decided, "decided"),
        (counts.unsettled, "not settled"),
        (counts.action_items, "action item" if counts.action_items == 1 else "action items"),
        (counts.open_questions, "open question" if counts.open_questions == 1 else "open questions"),
    ]
    yield from ((number, what, "new") for number, what in new if number)
    yield from _standing(digest)


def _standing(digest: Digest) -> list[tuple[int, str, Tone]]:
    counts = digest.counts
    standing: list[tuple[int, str, Tone]] = [
        (counts.waiting, "to review", "needs"),
        (counts.overdue, "overdue", "needs"),
        (counts.unowned, "without an owner", "needs"),
        (counts.problems, "problem" if counts.problems == 1 else "problems", "problem"),
    ]
    return [(number, what, tone) for number, what, tone in standing if number]


def _sections(digest: Digest, shown: int) -> Iterable[Section]:
    yield from _new(digest, shown)
    yield from _needs(digest, shown)
    problems = tuple(map(_problem, digest.problems[:shown]))
    yield Section("Problems", "problem", problems, digest.counts.problems)


def _new(digest: Digest, shown: int) -> Iterable[Section]:
    titles = {
        "decided": "Decided",
        "unsettled": "Discussed, not settled",
        "action_items": "New action items",
        "open_questions": "New open questions",
    }
    for kind, title in titles.items():
        records = [record for record in digest.new if kind_of(record) == kind]
        proposed = any(record.state == "proposed" for record in records)
        note = "As heard by the machine; nothing counts until a person approves it." if proposed else ""
        items = tuple(_record(record, quoted=True) for record in records[:shown])
        yield Section(title, "new", items, getattr(digest.counts, kind), note if kind == "decided" else "")


def _needs(digest: Digest, shown: int) -> Iterable[Section]:
    counts = digest.counts
    new = {record.id for record in digest.new[:shown]}
    yield _links("Would replace an earlier decision", digest.superseded[:shown], counts.superseded, new)
    yield _links("Other links to confirm", digest.links[:shown], counts.links, new)
    changes = tuple(map(_change, digest.changed[:shown]))
    yield Section(
        "Heard otherwise by a later reading",
        "needs",
        changes,
        counts.changed,
        "What a person wrote stays until a person takes the change." if changes else "",
    )
    yield Section("Overdue", "needs", _plainly(digest.overdue[:shown]), counts.overdue)
    yield Section("Without an owner", "needs", _plainly(digest.unowned[:shown]), counts.unowned)
    waiting = [record for record in digest.oldest if record.id not in new]
    note = "The longest waiting first." if waiting else "All of them are above."
    above = len(digest.oldest) - len(waiting)
    yield Section("Waiting for review", "needs", _plainly(waiting[:shown]), counts.waiting, note, above)


def _links(title: str, links: Sequence[DigestLink], total: int, new: Collection[str]) -> Section:
    return Section(title, "needs", tuple(_link(link, quoted=link.from_.id not in new) for link in links), total)


def _plainly(records: Iterable[DigestRecord]) -> tuple[Item, ...]:
    return tuple(_record(record, quoted=False) for record in records)


def _record(record: DigestRecord, quoted: bool) -> Item:
    quote = cut(record.quote or "", QUOTE_CHARACTERS) if quoted else ""
    return Item(
        text=cut(record.statement, TEXT_CHARACTERS) or "(no words)",
        tags=tuple(_tags(record, quoted)),
        facts=tuple(_facts(record)),
        quote=quote,
        said=", ".join(part for part in _place(record, bool(quote)) if part),
        id=cut(record.id, NAME_CHARACTERS),
    )


def _tags(record: DigestRecord, quoted: bool) -> Iterable[str]:
    if record.type == "decision":
        if record.status and record.status != "decided":
            yield _STATUSES.get(record.status, cut(record.status, NAME_CHARACTERS))
    elif not quoted:
        yield _TYPES[record.type]
    if record.state == "approved":
        yield "approved"


def _facts(record: DigestRecord) -> Iterable[str]:
    if record.decided_by and record.settled:
        yield f"decided by {_names(record.decided_by)}"
    if record.owners:
        yield f"owner {_names(record.owners)}"
    elif record.type == "action_item":
        yield "no owner"
    if record.due is not None:
        yield f"due {clock(record.due)}"
    elif record.due_text:
        yield f"due {cut(record.due_text, NAME_CHARACTERS)}"


def _names(names: Sequence[str]) -> str:
    listed = ", ".join(cut(name, NAME_CHARACTERS) for name in names[:5])
    return f"{listed} and {len(names) - 5} more" if len(names) > 5 else listed


def _place(record: DigestRecord, quoted: bool) -> Iterable[str]:
    if quoted:
        yield cut(record.speaker or "", NAME_CHARACTERS)
        yield cut(record.time or "", NAME_CHARACTERS)
    yield cut(record.conversation_title or record.source, NAME_CHARACTERS)
    yield clock(record.decided_on)


def _link(link: DigestLink, quoted: bool) -> Item:
    later = _record(link.from_, quoted)
    earlier = cut(link.to.statement, TEXT_CHARACTERS)
    place = ", ".join(part for part in _place(link.to, quoted=False) if part)
    sure = () if link.confidence is None else (f"{link.confidence:.0%} sure",)
    return Item(
        text=later.text,
        tags=sure,
        related=((_LINKS[link.kind], f"{earlier} ({place})" if place else earlier),),
        quote=later.quote,
        said=later.said,
        id=later.id,
    )


def _change(change: DigestChange) -> Item:
    record = _record(change.record, quoted=False)
    related = tuple(map(_field, change.changes))
    return Item(text=record.text, tags=record.tags, said=record.said, related=related, id=record.id)


def _field(change: FieldChange) -> tuple[str, str]:
    now, suggested = (cut(value or "", TEXT_CHARACTERS) or "nothing" for value in (change.now, change.suggested))
    return cut(change.field.replace("_", " "), NAME_CHARACTERS).capitalize(), f"{now} → {suggested}"


def _problem(problem: DigestProblem) -> Item:
    return Item(
        text=cut(problem.label, TEXT_CHARACTERS),
        facts=(cut(problem.reason, TEXT_CHARACTERS).rstrip("."), f"since {clock(problem.since)}"),
    )
