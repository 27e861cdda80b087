"""No word of a restricted conversation reaches who may not see it: every way to read the log is asked, and the list of
ways is held against the code, so that one that is added next year has to be asked as well.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import inspect
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from kept import EMBEDDER
from leak_world import INSIDER, OUTSIDER, PLAIN_WORDS, PROBES, WORD, Secret, hide, leaked, probe, secret_word
from sqlalchemy import select
from typer.main import get_command
from typer.testing import CliRunner
from worded import Reader

from extractor import finding
from extractor.cli.main import app
from extractor.delivery import targets_of
from extractor.embedding import load_embedder
from extractor.errors import DecisionsError
from extractor.index import PassageIndex, RecordIndex
from extractor.log import checking, history, linked, listing, naming, searching, series, tables, views, visibility
from extractor.log.store import Log
from extractor.mirroring import Mirror
from extractor.nightly.delivering import begin_digest, deliver
from extractor.nightly.run import Nightly, Orders
from extractor.plan import DigestPlan, FolderSource, NightlyPlan, Retention
from extractor.records import Usage
from extractor.review import queue

READING = {
    "list": lambda secret: [
        ["--state", "all"],
        *([["--state", "all", "--format", one]] for one in ()),
        ["--state", "all", "--format", "json"],
        ["--format", "csv"],
        ["--format", "markdown"],
        ["--format", "jsonl", "--conversation", "m-secret"],
        ["--series", "Steering"],
        ["--owner", WORD[:5]],
        ["--topic", WORD[:4]],
        ["--closed"],
        ["--unowned"],
    ],
    "show": lambda secret: [
        [one, "--format", how] for one in (*secret.records, *secret.public) for how in ("text", "json", "markdown")
    ],
    "history": lambda secret: [
        [one, "--format", how] for one in (*secret.records, *secret.public) for how in ("text", "json")
    ],
    "search": lambda secret: [
        [PLAIN_WORDS, "--in", where, "-n", "50", "--format", how]
        for where in ("log", "passages")
        for how in ("text", "json")
    ],
    "ask": lambda secret: [
        ["What about the office, the lease and the paint?", "--format", how] for how in ("text", "json")
    ],
    "review undo": lambda secret: [[one] for one in secret.records],
    "review approve": lambda secret: [[secret.records[0]]],
    "review revision accept": lambda secret: [[secret.revision]],
    "review edit": lambda secret: [[secret.records[0], "owners=Lund"]],
    "review missed": lambda secret: [
        ["m-secret", "--turn", "0", "--words", "so", "--statement", "So."],
        ["Steering", "--turn", "0", "--statement", "So."],
    ],
    "link": lambda secret: [["--confirm", one] for one in secret.links],
    "unlink": lambda secret: [[one] for one in secret.links],
    "restrict": lambda secret: [["m-secret", "--everyone"], ["Steering", "--to", OUTSIDER]],
}
"""Commands that show words of the log, with what they are asked."""
ELSEWHERE = {
    "read",
    "extract",
    "formats",
    "schema",
    "init",
    "doctor",
    "eval",
    "index",
    "log",
    "erase",
    "add",
    "nightly",
    "review",
    "serve",
    "link",
    "unlink",
    "account",
    "export",
}
"""Commands that show no words of the log, those for who has its files, and those that are asked in other tests."""


@pytest.fixture
def secret(log: Log, own_home: Path) -> Iterator[Secret]:
    made = hide(log, own_home)
    yield made
    assert checking.verify(made.log).problems == ()


@pytest.fixture
def home_log(own_home: Path) -> Iterator[Secret]:
    """The same in the data folder, with its index, as the commands find it."""
    from extractor.cli.console import Voice
    from extractor.cli.logs import mirror_of
    from extractor.settings import load_settings

    with Log.open(own_home) as log:
        made = hide(log, own_home, load_embedder())
        mirror_of(log, load_settings(), Voice(quiet=True)).follow()
        yield made


def asked(who: str, monkeypatch: pytest.MonkeyPatch, *arguments: str) -> str:
    """All that a command says, on both channels, and the error that it ends with; without what it was asked."""
    monkeypatch.setenv("DECISIONS_ME", who)
    done = CliRunner().invoke(app, list(arguments))
    assert not isinstance(done.exception, AssertionError), done.exception
    said = f"{done.output} {done.exception or ''}"
    if done.exception is not None and not isinstance(done.exception, DecisionsError | SystemExit):
        raise done.exception
    return said


@pytest.mark.parametrize("command", READING)
def test_no_command_says_a_word_of_it(command: str, home_log: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    for options in READING[command](home_log):
        said = asked(OUTSIDER, monkeypatch, *command.split(), *options)
        assert leaked(said) == [], options


@pytest.mark.parametrize("command", ["list", "show", "history", "search", "ask"])
def test_who_may_see_it_is_told(command: str, home_log: Secret, monkeypatch: pytest.MonkeyPatch) -> None:
    words = {
        word
        for options in READING[command](home_log)
        for word in leaked(asked(INSIDER, monkeypatch, *command.split(), *options))
    }
    assert words


def test_every_command_is_asked_or_said_to_show_none() -> None:
    names = set(get_command(app).commands)  # type: ignore[attr-defined]
    known = {one.split()[0] for one in READING} | ELSEWHERE
    assert names <= known, "say in READING what the new command is asked, or in ELSEWHERE why it need not be"


def _connection_arguments(secret: Secret) -> dict[str, list[tuple[Any, ...]]]:
    """For each function that reads the log by a connection, what it is called with."""
    records = [*secret.records, *secret.public]
    one = [(name,) for name in records]
    conversation = f"m-secret-{WORD}id"
    everything = listing.Filter(states=("proposed", "approved", "rejected", "merged"))
    return {
        "views.records_by_id": [(records,)],
        "views.evidence_of": [(records,)],
        "views.links_of": [(records,)],
        "views.links_by_id": [(secret.links,)],
        "views.revisions_of": [(records,)],
        "views.record_of_revision": [(secret.revision,)],
        "views.versions_of": one,
        "views.number_of": [(conversation,)],
        "views.conversation_by_id": [(conversation,)],
        "listing.listed": [(everything,), (listing.Filter(series=2),), (listing.Filter(conversation=conversation),)],
        "listing.listed_ids": [(everything,)],
        "listing.count": [(everything,)],
        "listing.find_people": [(WORD[:6],)],
        "listing.resolve_id": [(name[:8],) for name in records],
        "searching.by_words": [(PLAIN_WORDS, 50), (secret_word("statement"), 50)],
        "history.chain_of": one,
        "history.in_words": [([],)],
        "naming.link_named": [(name[:10],) for name in secret.links],
        "naming.revision_named": [(secret.revision[:10],)],
        "naming.conversation_named": [("m-secret",), ("Steering",)],
        "naming.series_named": [("Steering",), ("2",)],
        "naming.titled": [(conversation,)],
        "naming.people_names": [()],
        "naming.people_like": [(WORD[:6],), ("Lund",)],
        "series.series_by_id": [(1,), (2,), (3,)],
        "finding.cited": [(list(_known(secret, records)),)],
        "queue.waiting": [(queue.Waiting(),), (queue.Waiting(conversation=conversation),)],
        "queue.count_waiting": [(queue.Waiting(),)],
    }


def _known(secret: Secret, records: list[str]) -> Any:
    with secret.log.seen_by(OUTSIDER).read() as connection:
        return views.records_by_id(connection, records).values()


MODULES: tuple[ModuleType, ...] = (views, listing, searching, history, naming, series, linked, finding)


def reading_functions() -> dict[str, Callable[..., Any]]:
    """The public functions of the modules that read the log by a connection."""
    found: dict[str, Callable[..., Any]] = {}
    for module in (*MODULES, queue):
        for name, function in inspect.getmembers(module, inspect.isfunction):
            own = function.__module__ == module.__name__ and not name.startswith("_")
            if own and next(iter(inspect.signature(function).parameters), "") == "connection":
                found[f"{module.__name__.rpartition('.')[2]}.{name}"] = function
    return found


def answers(secret: Secret, who: str | int, name: str, known: dict[str, list[tuple[Any, ...]]]) -> str:
    said: list[str] = []
    with secret.log.seen_by(who).read() as connection:
        for arguments in known[name]:
            try:
                found = reading_functions()[name](connection, *arguments)
                said.append(repr(list(found) if inspect.isgenerator(found) else found))
            except Exception as error:
                said.append(str(error))
    return "\n".join(said)


def test_no_function_that_reads_the_log_gives_a_word_of_it(secret: Secret) -> None:
    known = _connection_arguments(secret)
    missing = {name for name in reading_functions() if name not in known and not name.startswith("queue.")}
    assert not missing, "say in _connection_arguments what the new function is called with"
    told = set()
    for name in known.keys() & reading_functions().keys():
        for nobody in (OUTSIDER, visibility.NOBODY, "Somebody Unknown"):
            assert leaked(answers(secret, nobody, name, known)) == [], name
        if leaked(answers(secret, INSIDER, name, known)):
            told.add(name)
    assert {"views.records_by_id", "views.versions_of", "listing.listed", "history.chain_of", "queue.waiting"} <= told


def test_counts_do_not_tell_of_it(secret: Secret) -> None:
    everything = listing.Filter(states=("proposed", "approved", "rejected", "merged"))
    counts = {}
    for who in (OUTSIDER, INSIDER):
        with secret.log.seen_by(who).read() as connection:
            counts[who] = listing.count(connection, everything), queue.count_waiting(connection, queue.Waiting())
    assert counts[OUTSIDER] == (2, 1)
    assert counts[INSIDER] == (5, 3)


def test_no_table_that_a_viewer_reads_holds_a_word_of_it(secret: Secret) -> None:
    """Whatever query is written next year."""
    for table in tables.metadata.sorted_tables:
        with secret.log.seen_by(OUTSIDER).read() as connection:
            assert leaked(repr(connection.execute(select(table)).all())) == [], table.name
    held = set()
    for table in tables.metadata.sorted_tables:
        with secret.log.seen_by(INSIDER).read() as connection:
            if leaked(repr(connection.execute(select(table)).all())):
                held.add(table.name)
    fields = "conversations turns participants people records evidence versions revisions reviews series".split()
    assert set(fields) <= held


def test_what_a_model_would_be_sent_holds_no_word_of_it(home_log: Secret) -> None:
    from extractor.cli.console import Voice
    from extractor.cli.logs import mirror_of
    from extractor.settings import load_settings

    mirror = mirror_of(home_log.log, load_settings(), Voice(quiet=True))
    for words in (PLAIN_WORDS, "Which office is closed?", secret_word("turn")):
        evidence, _ = finding.evidence_for(mirror, words, OUTSIDER)
        assert leaked(repr(evidence)) == []
        for viewer in (OUTSIDER, visibility.NOBODY):
            assert leaked(repr(finding.find_records(mirror, words, 50, viewer=viewer))) == []
            assert leaked(repr(finding.find_passages(mirror, words, 50, viewer))) == []
    evidence, _ = finding.evidence_for(mirror, PLAIN_WORDS, INSIDER)
    assert leaked(repr(evidence))
    passages, _ = finding.find_passages(mirror, PLAIN_WORDS, 2, OUTSIDER)
    assert len(passages) == 2, "those that may be seen take the place of those that may not"


def test_no_digest_tells_of_it(secret: Secret, tmp_path: Path) -> None:
    plan = DigestPlan(file="digest.md")
    targets = targets_of(plan, tmp_path)
    assert begin_digest(secret.log, targets, empty=False, today=dt.date(2026, 4, 2)) is not None
    assert deliver(secret.log, targets, "log", ()) == []
    text = (tmp_path / "digest.md").read_text(encoding="utf-8")
    assert "Buy paint" in text
    assert leaked(text) == []
    with secret.log.write(INSIDER) as tx:
        from extractor.log import tending

        tending.comment(tx, secret.records[0], "Still so.")
    with secret.log.write() as tx:
        linked.suggest(tx, secret.records[2], secret.public[0], "relates", confidence=0.9, judge="test")
    assert begin_digest(secret.log, targets, empty=False, today=dt.date(2026, 4, 2)) is None, "that there is any news"


class Silent:
    """A judge that sees no links."""

    name, version, leaves_machine, destination = "silent", "1", True, None
    usage = Usage()

    def judge(self, new: Any, earlier: Sequence[Any], similarities: Sequence[float]) -> list[Any]:
        return []


def test_a_night_over_a_restricted_source_tells_nobody_of_it(own_home: Path, tmp_path: Path) -> None:
    for name, words in (("minutes", "paint the shed"), ("board", f"close {secret_word('site')}")):
        (tmp_path / name).mkdir()
        text = f"Ada Lund: We {words} this year.\nBen Ito: Yes, I agree with that.\n"
        (tmp_path / name / f"{name if name == 'minutes' else WORD}.txt").write_text(text)
    (tmp_path / "board" / f"{WORD}broken.vtt").write_bytes(b"\x00\x01\x02" * 50)
    sources = (
        FolderSource(type="folder", name="minutes", paths=("minutes",)),
        FolderSource(type="folder", name="board", paths=("board",), visible_to=(INSIDER,)),
    )
    plan = NightlyPlan(sources=sources, status_file="status.jsonl", metrics_file="metrics.prom")
    with Log.open(tmp_path / "data") as log:
        records = RecordIndex(tmp_path / "records", EMBEDDER.name, EMBEDDER.dimension)
        mirror = Mirror(log, records, PassageIndex(tmp_path / "passages", EMBEDDER), EMBEDDER)
        orders = Orders(plan, DigestPlan(file="digest.md"), Retention(), tmp_path)
        result = Nightly(log, Reader(), Silent(), mirror, orders).run()  # type: ignore[arg-type]
        assert result.problems
        assert leaked(repr(result.problems)) == []
        for name in ("digest.md", "status.jsonl", "metrics.prom"):
            text = (tmp_path / name).read_text()
            assert leaked(text) == [], name
        told = json.loads((tmp_path / "status.jsonl").read_text())
        assert told["log"]["waiting"] == 1
        with log.seen_by(INSIDER).read() as connection:
            assert listing.count(connection, listing.Filter()) == 2
        assert checking.verify(log).ok


@probe
def the_queue(secret: Secret, who: str) -> str:
    with secret.log.seen_by(who).read() as connection:
        said = [repr(queue.waiting(connection, queue.Waiting()))]
        for name in ("suggestions", "meetings"):
            function = getattr(queue, name, None)
            with contextlib.suppress(TypeError):
                said.append(repr(function(connection)) if function else "")
    return "\n".join(said)


@probe
def the_history_as_json(secret: Secret, who: str) -> str:
    from extractor.reports.log.timeline import history_json

    with secret.log.seen_by(who).read() as connection:
        return json.dumps(
            [history_json(history.chain_of(connection, one)) for one in (*secret.records, *secret.public)]
        )


@pytest.mark.parametrize("name", PROBES)
def test_no_probe_finds_a_word_of_it(name: str, secret: Secret) -> None:
    assert leaked(PROBES[name](secret, OUTSIDER)) == []
    assert leaked(PROBES[name](secret, INSIDER)), "or the probe looks at nothing"
