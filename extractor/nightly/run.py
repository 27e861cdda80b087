"""The unattended run: one at a time, what is new is proposed and linked, who needs to know is told.

Its steps are in an order that a killed run repeats: what was begun to be erased is finished, sources are added one
transaction each, the index follows, links are suggested, the digest is entered and sent. Every step finds in the log
what is left of it, so the run after a killed one does the rest once.
"""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from extractor.adding import Adder, ItemResult, told_of
from extractor.delivery import Target, check, targets_of
from extractor.errors import (
    DecisionsError,
    IndexLockedError,
    IndexStoreError,
    LogBusyError,
    LogFullError,
    SettingsError,
    StorageFullError,
)
from extractor.fetching.base import home_expanded
from extractor.linking.sides import Judge
from extractor.linking.suggesting import Suggested, suggest_links
from extractor.log import outbox, runs
from extractor.log.events import head
from extractor.log.intake import fingerprint
from extractor.log.listing import Filter, count
from extractor.log.sources import seen_sources
from extractor.log.visibility import NOBODY, hidden_among
from extractor.mirroring import Mirror
from extractor.nightly.delivering import Undelivered, begin_digest, deliver
from extractor.nightly.digesting import day_here
from extractor.nightly.listing import Listing, Night, Problem, list_items
from extractor.nightly.metrics import RunFacts, json_line, write_metrics, write_status
from extractor.plan import DigestPlan, NightlyPlan, Retention
from extractor.records import RecordType, Usage
from extractor.spreading import Extractor

if TYPE_CHECKING:
    from extractor.log.store import Log

LOCK: Final = "nightly"
DONE, PARTLY, NOTHING, OUR_FAULT = 0, 1, 3, 70


@dataclass(frozen=True)
class Orders:
    """What a run is to do: the plan, and where its relative paths count from. ``retry`` takes up quarantined items."""

    plan: NightlyPlan
    digest: DigestPlan
    retention: Retention
    base: Path
    retry: bool = False
    lock_timeout_s: float = 0.0


@dataclass
class Result:
    """What a run did. ``problems`` are told to people; ``exit_code`` is 0 done, 1 in part, 3 nothing could be done.

    ``stopped`` is whether sources were left that the engine, or a full disk, kept from being added; ``full`` whether
    there was no room for the log.
    """

    listing: Listing = field(default_factory=Listing)
    added: list[ItemResult] = field(default_factory=list)
    links: Suggested = field(default_factory=Suggested)
    problems: list[Problem] = field(default_factory=list)
    undelivered: list[Undelivered] = field(default_factory=list)
    digest: str | None = None
    stopped: bool = False
    full: bool = False
    exit_code: int = DONE


@dataclass
class Nightly:
    """One run over a log. ``say`` is told, in a sentence, what a person may want to know; ``insist`` where words are
    sent, before they are.
    """

    log: Log
    extractor: Extractor
    judge: Judge
    mirror: Mirror
    orders: Orders
    say: Callable[[str], None] = lambda _: None
    insist: Callable[[str], None] = lambda _: None
    on_item: Callable[[int, int, str], None] = lambda _done, _total, _label: None

    def run(self) -> Result:
        """Does the night's work. Raises LogBusyError where another run is at work, SettingsError for a wrong plan."""
        targets = targets_of(self.orders.digest, self.orders.base)
        for target in targets:
            check(target)
        started = self.log.clock()
        try:
            with self.log.exclusive(LOCK, "do the night's work", self.orders.lock_timeout_s, self.say):
                return self._run(targets, started)
        except BaseException as error:
            self._note_end(started, getattr(error, "exit_code", OUR_FAULT))
            raise

    def look(self) -> Listing:
        """What a run would take up; nothing is read, written or sent."""
        with self.log.read() as connection:
            seen = seen_sources(connection)
        night = Night(self.log.clock(), fingerprint(self.extractor.info), self.orders.retry)
        return list_items(self.orders.plan, self.orders.base, seen, night)

    def _note_end(self, started: dt.datetime, exit_code: int) -> None:
        """Tells monitoring of a run that ended before its end; the metrics of the last whole one stay."""
        plan, base = self.orders.plan, self.orders.base
        if plan.status_file is not None:
            with contextlib.suppress(DecisionsError):
                facts = RunFacts(started=started, finished=self.log.clock(), exit_code=exit_code)
                write_status(facts, base / home_expanded(plan.status_file))

    def _run(self, targets: Sequence[Target], started: dt.datetime) -> Result:
        result = Result()
        with self.log.read() as connection:
            before = head(connection).seq
        self._tidy(result)
        result.listing = self.look()
        result.problems += [*result.listing.failed, *result.listing.waiting]
        self._add(result)
        self._link(result)
        self._tell(targets, result)
        result.exit_code = self._exit_code(result)
        self._leave_notes(result, started, before)
        result.exit_code = self._exit_code(result)
        return result

    def _tidy(self, result: Result) -> None:
        """Finishes erasures that a killed process began, and forgets what retention says."""
        from extractor.log.cleaning import finish_erasures
        from extractor.log.retaining import retain

        with self._survived("what was to be erased", result):
            finish_erasures(self.log, self.mirror.rebuild)
        with self._survived("retention", result):
            retain(self.log, self.orders.retention)

    def _add(self, result: Result) -> None:
        todo = result.listing.todo
        if not todo:
            return
        adder = Adder(self.log, self.extractor, self.mirror.embedder)
        result.stopped = True
        with self._survived("the engine", result), self.extractor:
            for done in adder.add(todo):
                result.added.append(done)
                self.on_item(len(result.added), len(todo), done.item.label)
                if done.problem is not None:
                    reason = told_of(done.item, done.problem)
                    result.problems.append(Problem(done.item.label, reason, not done.quarantined))
            result.stopped = False

    def _link(self, result: Result) -> None:
        """Brings the index up to date and judges what is new; a broken index is made again, once.

        Without room for the log, links wait: suggested now, they would depend on which sources there was room for.
        """
        if result.full:
            return
        with self._survived("the index", result):
            try:
                self.mirror.follow(self.say)
                result.links = self._suggest()
            except (StorageFullError, IndexLockedError):
                raise
            except IndexStoreError as error:
                self.say(f"{error.what} It is made again from the log.")
                self.mirror.rebuild(self.say)
                result.links = self._suggest()
        result.problems += [Problem(f"the links of {name}", reason) for name, reason in result.links.unjudged]

    def _suggest(self) -> Suggested:
        return suggest_links(self.log, self.judge, self.mirror.records, self.mirror.embedder.name)

    def _tell(self, targets: Sequence[Target], result: Result) -> None:
        today = day_here(self.log.clock())
        with self._survived("the digest", result):
            result.digest = begin_digest(self.log, targets, empty=self.orders.digest.empty, today=today)
            problems = [one for one in result.problems if one.transient]
            result.undelivered = deliver(self.log, targets, self.log.shown, problems, self.insist)
        result.problems += [Problem(one.label, one.reason) for one in result.undelivered]

    def _exit_code(self, result: Result) -> int:
        if not result.problems:
            return DONE
        if any(one.outcomes or one.unchanged for one in result.added):
            return PARTLY
        return (
            PARTLY
            if not result.stopped and (result.listing.unchanged or result.listing.waiting or result.digest)
            else NOTHING
        )

    def _leave_notes(self, result: Result, started: dt.datetime, before: int) -> None:
        facts = self._facts(result, started)
        with self._survived("the note on this run", result):
            with self.log.read() as connection:
                changed = head(connection).seq != before
            if changed or len(result.problems) > len(result.listing.waiting):
                runs.note_run(self.log, started, facts.finished, result.exit_code, before, json_line(facts))
        plan, base = self.orders.plan, self.orders.base
        if plan.status_file is not None:
            with self._survived("the status file", result):
                write_status(facts, base / home_expanded(plan.status_file))
        if plan.metrics_file is not None:
            with self._survived("the metrics file", result):
                write_metrics(facts, base / home_expanded(plan.metrics_file))

    def _facts(self, result: Result, started: dt.datetime) -> RunFacts:
        outcomes = [outcome for one in result.added for outcome in one.outcomes]
        today = day_here(self.log.clock())
        listing, usage = result.listing, Usage()
        left = len(listing.todo) - len(result.added)
        for one in result.added:
            usage += one.usage
        usage += self.judge.usage
        with self.log.read() as connection:
            pending = outbox.pending(connection, "record", "conversation")
        with self.log.seen_by(NOBODY).read() as connection:
            hidden = hidden_among(connection, [outcome.conversation for outcome in outcomes])
            outcomes = [outcome for outcome in outcomes if outcome.conversation not in hidden]
            waiting = count(connection, Filter(states=("proposed",)))
            overdue = count(connection, Filter(overdue_on=today))
            unowned = count(connection, Filter(unowned=True))
        new: Counter[RecordType] = Counter(_type_of(name) for outcome in outcomes for name in outcome.new)
        return RunFacts(
            started=started,
            finished=self.log.clock(),
            exit_code=result.exit_code,
            sources_seen=listing.seen,
            sources_new=len(listing.new),
            sources_changed=len(listing.changed),
            sources_unchanged=listing.unchanged,
            sources_failed=len(listing.failed) + left + sum(one.problem is not None for one in result.added),
            sources_quarantined=listing.quarantined,
            conversations=len(outcomes),
            records_new=new,
            revisions=sum(len(outcome.suggested) for outcome in outcomes),
            links_suggested=result.links.links,
            deliveries_failed=len(result.undelivered),
            usage=usage,
            waiting=waiting,
            overdue=overdue,
            unowned=unowned,
            index_pending=pending,
        )

    def _survived(self, what: str, result: Result) -> _Survived:
        return _Survived(what, result)


class _Survived:
    """A step that may fail without stopping the run: its error becomes a problem. A busy log stops it."""

    def __init__(self, what: str, result: Result) -> None:
        self._what = what
        self._result = result

    def __enter__(self) -> None:
        return None

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, _: object) -> bool:
        if not isinstance(error, DecisionsError) or isinstance(error, LogBusyError | SettingsError):
            return False
        full = isinstance(error, LogFullError)
        self._result.full |= full
        self._result.problems.append(Problem("the log" if full else self._what, str(error)))
        return True


def _type_of(record: str) -> RecordType:
    """A record's type by the letter its id begins with."""
    if record[0] == "d":
        return "decision"
    return "action_item" if record[0] == "a" else "open_question"
