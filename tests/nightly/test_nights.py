"""Nights with the real command, and real servers on loopback on both sides of it."""

from __future__ import annotations

import datetime as dt
import subprocess
import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import pytest
from delivery.hook_server import HookServer, Reply
from delivery.mail_server import MailServer
from engines.loopback import LoopbackServer, failure
from fetching.imap_server import ImapServer, mail
from fetching.slack_server import Fault, SlackServer
from prometheus_client.openmetrics.parser import text_string_to_metric_families
from sqlalchemy import select
from teams import Night, Team, hashes, minutes

from extractor.log import checking, outbox, tables
from extractor.log.listing import Filter, listed
from extractor.log.runs import note_run
from extractor.log.sources import Quarantined, quarantined, seen_sources
from extractor.log.store import Log

DAY_S = 86_400
CHANNEL = "C0DEPOT"
FOLDER = '[[nightly.sources]]\ntype = "folder"\nname = "minutes"\npaths = ["minutes"]\n'
SECRETS: Final = {"SLACK_BOT_TOKEN": "xoxb-loopback", "IMAP_PASSWORD": "night train"}
BAD: Final = b"\x00\x01\x02" * 400


@dataclass
class World:
    """All servers that a team's plan names, and a repository beside it."""

    slack: SlackServer
    imap: ImapServer
    smtp: MailServer
    chat: HookServer
    hook: HookServer
    repository: Path

    def plan(self) -> str:
        webhook: str = self.hook.url
        return (
            f'[[nightly.sources]]\ntype = "slack"\nname = "team"\nchannels = ["depot"]\nbase_url = "{self.slack.url}"\n'
            f'[[nightly.sources]]\ntype = "imap"\nname = "box"\nhost = "{self.imap.host}"\nport = {self.imap.port}\n'
            f'security = "none"\nuser = "{self.imap.user}"\n'
            f'[[nightly.sources]]\ntype = "git"\nname = "repo"\nrepository = "{self.repository}"\n{FOLDER}'
            f'[digest]\nfile = "digest.md"\n[digest.mail]\nhost = "127.0.0.1"\nport = {self.smtp.port}\n'
            f'security = "none"\nsender = "log@example.com"\nto = ["team@example.com"]\n'
            f'[[digest.webhooks]]\nkind = "slack"\nurl_env = "SLACK_WEBHOOK_URL"\n'
            f'[[digest.webhooks]]\nkind = "json"\nurl = "{webhook}"\n'
        )

    def commit(self, name: str, text: str) -> None:
        (self.repository / name).write_text(text)
        for command in (("add", "-A"), ("commit", "-qm", "minutes")):
            git(self.repository, *command)

    def thread(self) -> str:
        """A decision in a thread of several pages, between other messages; returns the thread's first message."""
        for number in range(4):
            self.slack.say(CHANNEL, "UANA", f"Good morning, number {number}.", at=time.time() - (9 - number) * DAY_S)
        root = self.slack.say(CHANNEL, "UANA", "Which oven do we buy for the bakery?", at=time.time() - 3 * DAY_S)
        for line in ("I looked at three.", "The small one is cheap.", "The big one is loud.", "And the middle one?"):
            self.slack.reply(CHANNEL, root, "UBEN", line, at=time.time() - 3 * DAY_S)
        self.slack.reply(CHANNEL, root, "UANA", "We decided to buy the small oven.", at=time.time() - 3 * DAY_S)
        return root

    def post(self, number: int, text: str, *answers: int) -> None:
        above = [f"<{one}@example.com>" for one in answers]
        subject = "Re: The ferry" if above else "The ferry"
        self.imap.deliver(mail(f"<{number}@example.com>", subject, text, answers=above), days_ago=1)


def git(folder: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=Ana", "-c", "user.email=ana@example.com")
    subprocess.run(["git", "-C", str(folder), *identity, *arguments], check=True, capture_output=True)


@pytest.fixture
def world(tmp_path: Path) -> Iterator[World]:
    repository = tmp_path / "repository"
    repository.mkdir()
    git(repository, "init", "-q", "-b", "main")
    with ExitStack() as stack:
        found = World(
            stack.enter_context(SlackServer()),
            stack.enter_context(ImapServer()),
            stack.enter_context(MailServer()),
            stack.enter_context(HookServer()),
            stack.enter_context(HookServer()),
            repository,
        )
        found.slack.user("UANA", "Ana Li")
        found.slack.user("UBEN", "Ben Ode")
        found.slack.channel(CHANNEL, "depot")
        yield found


@pytest.fixture
def team(world: World, tmp_path: Path) -> Team:
    found = Team.in_folder(tmp_path / "team", world.plan())
    found.variables |= {**SECRETS, "SLACK_WEBHOOK_URL": world.chat.url}
    found.write("minutes/crane.txt", minutes("the harbour crane", 10))
    return found


def records(team: Team, origin: str) -> dict[str, str]:
    """The texts of the records of a source's conversations by id."""
    table, kept = tables.records, tables.source_conversations
    wanted = select(table.c.id, table.c.text).join(kept, kept.c.conversation == table.c.conversation)
    with team.log() as log, log.read() as connection:
        rows = connection.execute(wanted.where(kept.c.origin.startswith(origin)).order_by(table.c.seq)).all()
    return {row.id: row.text for row in rows}


def assert_sound(team: Team) -> None:
    with team.log() as log:
        assert checking.verify(log).problems == ()
        with log.read() as connection:
            assert outbox.pending(connection) == 0


@pytest.mark.slow
def test_what_grew_between_nights_has_new_records_and_old_ones_keep_their_ids(world: World, team: Team) -> None:
    root = world.thread()
    world.post(1, "We decided to move the ferry to dawn.")
    world.commit("choir.txt", minutes("the choir rota", 11))
    world.slack.faults += [Fault(429, {"Retry-After": "1"}, b'{"ok": false, "error": "ratelimited"}')] * 2
    first = team.night("--quiet")
    assert first.code == 0
    sent = [line.split(":")[0] for line in first.said.splitlines()]
    assert sent == ["The digest is sent"] * 3, "it is said where words go, and nothing else"
    assert first.status is not None
    assert first.status["sources"]["failed"] == 0
    assert not world.slack.faults, "it was asked to wait, twice"
    assert any("cursor" in asked for asked in world.slack.asked("conversations.replies"))
    thread, ferry, choir = (records(team, origin) for origin in (f"team:{CHANNEL}/{root}", "box:", "repo:"))
    assert [len(world.smtp.mails), len(world.chat.taken), len(world.hook.taken)] == [1, 1, 1]
    assert "small oven" in " ".join(thread.values())

    answers = [stamp for stamp, said in world.slack.messages[CHANNEL].items() if "small oven" in said["text"]]
    world.slack.edit(CHANNEL, answers[0], "We decided to buy the small oven before week 20.")
    world.slack.reply(CHANNEL, root, "UBEN", "I will order the small oven by Friday.", at=time.time() - DAY_S)
    world.post(2, "I will print the new timetable by Monday.", 1)
    world.commit("choir.txt", minutes("the choir rota", 11) + "Cy Dorn: I will tune the piano by Monday.\n")
    before = hashes(team.data)
    look = team.night("--dry-run")
    assert (look.code, look.status) == (0, None)
    assert hashes(team.data) == before
    named = [line.split()[0] for line in look.out.splitlines()]
    assert named == ["changed"] * 3
    assert "Nothing was read, written or sent." in look.said

    second = team.night("--quiet")
    assert second.code == 0, second.said
    assert second.status is not None
    assert (second.status["sources"]["changed"], second.status["sources"]["new"]) == (3, 0)
    for origin, old in ((f"team:{CHANNEL}/{root}", thread), ("box:", ferry), ("repo:", choir)):
        new = records(team, origin)
        assert old.keys() < new.keys(), origin
    grown = " ".join(records(team, f"team:{CHANNEL}/{root}").values())
    assert "before week 20" in grown
    assert grown.count("buy the small oven") == 1
    assert [len(world.smtp.mails), len(world.chat.taken), len(world.hook.taken)] == [2, 2, 2]
    assert len({one.message["Message-ID"] for one in world.smtp.mails}) == 2
    assert len({one.key for one in world.hook.requests}) == 2
    assert_sound(team)

    before = hashes(team.data)
    third = team.night("--quiet")
    assert (third.code, third.said) == (0, "")
    assert hashes(team.data) == before
    assert [len(world.smtp.mails), len(world.chat.requests), len(world.hook.requests)] == [2, 2, 2]


@pytest.mark.slow
def test_what_monitoring_reads_is_what_the_run_did(world: World, team: Team) -> None:
    team.plan(FOLDER)
    team.write("minutes/choir.txt", minutes("the choir rota", 11))
    (team.folder / "minutes/broken.txt").write_bytes(BAD)
    night = team.night("--quiet")
    assert night.code == 1
    assert night.status is not None
    with team.log() as log, log.read() as connection:
        kinds = [one.type for one in listed(connection, Filter())]
        unowned = len(listed(connection, Filter(unowned=True)))
    told = {"seen": 3, "new": 3, "changed": 0, "unchanged": 0, "failed": 1, "quarantined": 0}
    assert night.status["sources"] == told
    assert night.status["records_new"] == {kind: kinds.count(kind) for kind in night.status["records_new"]}
    assert night.status["log"] == {"waiting": len(kinds), "overdue": night.status["log"]["overdue"], "unowned": unowned}
    assert (night.status["exit_code"], night.status["conversations"], night.status["index_pending"]) == (1, 2, 0)
    text = (team.folder / "decisions.prom").read_text()
    samples = {
        (one.name.removeprefix("decisions_nightly_"), *one.labels.values()): one.value
        for family in text_string_to_metric_families(text)
        for one in family.samples
    }
    assert samples["exit_code",] == 1
    assert samples["waiting_records",] == len(kinds)
    assert {("sources", name): number for name, number in told.items() if name != "seen"}.items() <= samples.items()


@pytest.mark.slow
def test_a_mail_whose_answer_was_lost_is_sent_again_under_its_id_and_a_webhook_has_it_once(
    world: World, team: Team
) -> None:
    world.smtp.drop_answers = 1
    world.hook.queue(Reply(lost=True))
    world.chat.queue(Reply(404))
    team.plan(world.plan().replace(world.plan().partition(FOLDER)[0], ""))
    night = team.night("--quiet")
    assert night.code == 1
    assert night.status is not None
    assert night.status["deliveries_failed"] == 2
    assert "127.0.0.1" in night.said
    assert world.chat.url not in night.said
    again = team.night("--quiet")
    assert again.code == 0, again.said
    assert len(world.smtp.mails) == 2
    assert len({one.message["Message-ID"] for one in world.smtp.mails}) == 1
    assert len(world.hook.requests) == 2
    assert len(world.hook.taken) == 1
    assert len(world.chat.requests) == 1, "what is refused for good is given up"


@pytest.mark.soak
def test_a_later_digest_waits_for_an_earlier_one(world: World, team: Team) -> None:
    team.plan(f'{FOLDER}[[digest.webhooks]]\nkind = "json"\nurl = "{world.hook.url}"\n')
    for thing in ("the choir rota", "the kiln licence"):
        world.hook.queue(*[Reply(500)] * 3)
        team.write(f"minutes/{thing[-4:]}.txt", minutes(thing, 12))
        assert team.night("--quiet").code == 1
    assert world.hook.taken == []
    assert len({one.key for one in world.hook.requests}) == 1, "the second is not tried before the first has come"
    assert team.night("--quiet").code == 0
    assert [one.body["new"] != [] for one in world.hook.taken] == [True, True]
    ends = [one.body["to_time"] for one in world.hook.taken]
    assert len(ends) == 2
    assert ends == sorted(ends)


@pytest.mark.slow
def test_an_expired_token_costs_its_source_only_and_is_named_by_its_variable(world: World, team: Team) -> None:
    world.thread()
    world.slack.error = "token_expired"
    world.post(1, "We decided to move the ferry to dawn.")
    world.commit("choir.txt", minutes("the choir rota", 11))
    night = team.night()
    assert night.code == 1
    assert "SLACK_BOT_TOKEN" in night.said
    assert all(records(team, origin) for origin in ("box:", "repo:", "minutes:"))
    assert not records(team, "team:")
    assert night.status is not None
    assert night.status["sources"]["failed"] == 1
    for secret in (*SECRETS.values(), world.chat.url):
        assert secret not in night.out + night.said
        for path in team.folder.rglob("*"):
            assert path.is_dir() or secret.encode() not in path.read_bytes(), path
    assert "SLACK_BOT_TOKEN" in world.smtp.mails[0].part("plain"), "who reads the digest learns of it"
    world.slack.error = None
    assert team.night("--quiet").code == 0
    assert records(team, "team:")


@pytest.mark.slow
def test_a_bad_file_is_left_alone_until_it_changes(world: World, team: Team) -> None:
    team.plan(FOLDER)
    bad = team.folder / "minutes/broken.txt"
    bad.write_bytes(BAD)
    night = team.night("--quiet")
    assert night.code == 1
    assert "broken.txt" in night.said
    (held,) = in_quarantine(team)
    assert (held.label, held.attempts) == ("minutes/broken.txt", 1)
    assert held.reason in night.said

    before = hashes(team.data)
    night = team.night("--quiet")
    assert (night.code, night.said) == (0, "")
    assert hashes(team.data) == before
    assert night.status is not None
    assert night.status["sources"]["quarantined"] == 1
    assert team.night("--quiet", "--retry-quarantined").code == 1
    assert [one.attempts for one in in_quarantine(team)] == [2]

    bad.write_bytes(BAD + b", still")
    assert team.night("--quiet").code == 1
    assert [one.attempts for one in in_quarantine(team)] == [1]

    bad.write_text(minutes("the kiln licence", 12))
    assert team.night("--quiet").code == 0
    assert in_quarantine(team) == []
    assert records(team, "minutes:minutes/broken.txt")
    assert_sound(team)


def in_quarantine(team: Team) -> list[Quarantined]:
    with team.log() as log, log.read() as connection:
        return quarantined(connection)


@pytest.mark.slow
def test_a_wrong_key_ends_the_run_and_loses_nothing(world: World, team: Team) -> None:
    team.plan(FOLDER)
    assert team.night("--quiet").code == 0
    known = records(team, "minutes:")
    team.write("minutes/choir.txt", minutes("the choir rota", 11))
    with LoopbackServer() as model:
        model.otherwise = lambda _: failure(401, "Incorrect API key provided", "invalid_api_key")
        team.plan(FOLDER, f'engine = "openai:small"\nopenai_base_url = "{model.url}"\n')
        team.variables["OPENAI_API_KEY"] = "sk-wrong-on-purpose"
        night = team.night("--quiet")
    assert night.code == 3
    assert "OPENAI_API_KEY" in night.said
    assert "sk-wrong" not in night.said
    assert night.status is not None
    assert (night.status["exit_code"], night.status["sources"]["failed"]) == (3, 1)
    assert records(team, "minutes:") == known
    team.plan(FOLDER)
    assert team.night("--quiet").code == 0
    assert known.items() < records(team, "minutes:").items()
    assert_sound(team)


@pytest.mark.soak
def test_a_source_that_is_gone_is_told_while_the_others_stay_as_they_are(world: World, team: Team) -> None:
    there = f'{FOLDER}[[nightly.sources]]\ntype = "folder"\nname = "shared"\npaths = ["mounted"]\n'
    team.plan(there)
    team.write("mounted/kiln.txt", minutes("the kiln licence", 12))
    assert team.night("--quiet").code == 0
    known = records(team, "")
    (team.folder / "mounted").rename(team.folder / "away")
    night = team.night("--quiet")
    assert night.code == 1
    assert "the source shared" in night.said
    assert records(team, "") == known
    (team.folder / "away").rename(team.folder / "mounted")
    assert team.night("--quiet").code == 0
    assert records(team, "") == known


@pytest.mark.slow
def test_retention_forgets_what_is_old_once_and_nothing_brings_it_back(world: World, team: Team) -> None:
    kept = f"{FOLDER}[retention]\ntranscripts_days = 30\nruns_days = 30\n"
    team.plan(kept)
    old = dt.date.today() - dt.timedelta(days=40)
    team.write(f"minutes/{old} old.txt", minutes("the kiln licence", 12))
    team.write(f"minutes/{dt.date.today()} young.txt", minutes("the choir rota", 12))
    with Log.open(team.data, clock=lambda: dt.datetime.now(dt.UTC) - dt.timedelta(days=40)) as log:
        note_run(log, log.clock(), log.clock(), 1, 0, "{}")
    assert team.night("--quiet").code == 0
    assert team.night("--quiet").code == 0
    assert [len(one) for one in (turns(team, "old"), turns(team, "young"))] == [0, 6]
    assert records(team, f"minutes:minutes/{old} old"), "records keep their quotes"
    with team.log() as log, log.read() as connection:
        noted = connection.execute(select(tables.runs.c.started_at)).scalars().all()
        assert len(seen_sources(connection)) == 3
    assert all(moment > f"{dt.date.today() - dt.timedelta(days=2)}" for moment in noted)
    before = hashes(team.data)
    assert team.night("--quiet").code == 0
    assert hashes(team.data) == before
    assert_sound(team)


def turns(team: Team, name: str) -> list[str]:
    kept = tables.source_conversations
    wanted = select(tables.turns.c.text).join(kept, kept.c.conversation == tables.turns.c.conversation)
    with team.log() as log, log.read() as connection:
        return list(connection.execute(wanted.where(kept.c.origin.contains(name))).scalars())


def test_a_plan_without_sources_or_with_a_wrong_one_is_wrong_usage(world: World, team: Team) -> None:
    for plan, said in (("", "no sources"), ('[[nightly.sources]]\ntype = "folder"\nname = "x"\n', "paths")):
        team.plan(plan)
        night: Night = team.night("--quiet")
        assert (night.code, night.status) == (2, None)
        assert said in night.said
        assert not team.data.exists()
