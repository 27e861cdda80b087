"""A mailbox as items of the nightly job, against Twisted's IMAP server on loopback."""

from __future__ import annotations

import mailbox
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from delivery.mail_server import Authority
from fetching.fetched import conversation, conversations, found, listed, said, unlisted, versions
from fetching.imap_server import ImapServer, TlsFront, mail

from extractor.errors import FetchError, SourceError
from extractor.fetching import imap
from extractor.sources import Blob, read_blobs, read_source


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[ImapServer]:
    with ImapServer() as running:
        monkeypatch.setenv("IMAP_PASSWORD", running.password)
        yield running


def source(server: ImapServer | TlsFront, **more: Any) -> dict[str, Any]:
    settings = {"type": "imap", "name": "box", "host": server.host, "port": server.port, "security": "none"}
    return {**settings, "user": "ana@example.com", **more}


def put(server: ImapServer, number: int, text: str, *answers: int, days_ago: float = 1, **more: Any) -> None:
    """Deliver the mail <``number``@depot>, an answer to those named."""
    sent = datetime.now(UTC) - timedelta(days=days_ago)
    above = [f"<{each}@depot>" for each in answers]
    subject = more.pop("subject", "Re: Lamps" if answers else "Lamps")
    to = {key: more.pop(key) for key in ("flags", "mailbox") if key in more}
    raw = mail(f"<{number}@depot>", subject, text, sent=sent, answers=above, **more)
    server.deliver(raw, days_ago=days_ago, **to)


def test_every_thread_is_an_item_with_the_id_that_the_reader_gives_it(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?", days_ago=3)
    put(server, 2, "Yes, twenty.", 1, sender="Ben Ode <ben@example.com>")
    put(server, 3, "Who has the key?", subject="The key")
    items = found(tmp_path, **source(server))
    assert list(items) == ["box:1@depot", "box:3@depot"]
    lamps = conversation(items["box:1@depot"])
    assert (lamps.id, lamps.title) == ("mail:1@depot", "Lamps")
    assert [turn.text for turn in lamps.turns] == ["Shall we buy lamps?", "Yes, twenty."]
    assert [person.name for person in lamps.participants][:2] == ["Ana Li", "Ben Ode"]
    assert items["box:1@depot"].label == "Lamps"


def test_threads_are_those_of_the_whole_mailbox_read_at_once(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?", days_ago=5)
    put(server, 2, "Yes, twenty.", 1, days_ago=4)
    server.deliver(mail("", "AW: Lamps", "Without an id.", sent=datetime.now(UTC)))
    server.deliver(mail("", "Without anything", "Nobody answered.", sent=datetime.now(UTC)))
    put(server, 4, "Who has the key?", 77, 78, subject="Re: The key", days_ago=2)
    put(server, 5, "I have.", 77, 79, subject="Re: The key")
    items = found(tmp_path, **source(server))
    alone = sorted(one.id for item in items.values() for one in conversations(item))
    saved = mailbox.mbox(tmp_path / "saved.mbox")
    for stored in server.inbox.mails:
        saved.add(stored.raw.replace(b"\r\n", b"\n"))
    saved.close()
    assert alone == sorted(one.id for one in read_source(str(tmp_path / "saved.mbox")).conversations)
    assert len(alone) == 3
    assert [len(said(items[key])) for key in ("box:1@depot", "box:77@depot", "box:uid-7-4")] == [3, 2, 1]


def test_a_thread_that_grows_keeps_its_key_and_changes_its_version(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?", days_ago=3)
    put(server, 3, "Who has the key?", subject="The key")
    before = found(tmp_path, **source(server))
    put(server, 2, "Yes, twenty.", 1)
    after = found(tmp_path, **source(server))
    assert [each for each in after if versions(after)[each] != versions(before).get(each)] == ["box:1@depot"]
    assert conversation(before["box:1@depot"]).id == conversation(after["box:1@depot"]).id
    assert said(after["box:1@depot"]) == ["Shall we buy lamps?", "Yes, twenty."]


def test_an_old_thread_that_grows_is_read_from_its_first_mail(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?", days_ago=90)
    put(server, 2, "Perhaps.", 1, days_ago=80)
    put(server, 9, "A branch that nobody answered.", 1, days_ago=79)
    put(server, 11, "Another matter, long ago.", subject="Keys", days_ago=80)
    put(server, 3, "Now we do.", 1, 2, days_ago=1)
    (item,) = found(tmp_path, **source(server)).values()
    assert item.origin == "box:1@depot"
    assert len(said(item)) == 4
    put(server, 4, "Done.", 1, 2, 3, days_ago=0)
    assert list(found(tmp_path, **source(server))) == ["box:1@depot"]


def test_old_mails_are_found_one_by_one_where_each_names_only_the_one_before(
    server: ImapServer, tmp_path: Path
) -> None:
    put(server, 1, "The first.", days_ago=90)
    for number in range(2, 8):
        above = {"In-Reply-To": f"<{number - 1}@depot>"}
        put(server, number, f"Number {number}.", subject="Re: Lamps", headers=above, days_ago=90 - number)
    put(server, 8, "The last.", subject="Re: Lamps", headers={"In-Reply-To": "<7@depot>"}, days_ago=1)
    (item,) = found(tmp_path, **source(server)).values()
    assert len(said(item)) == 8
    assert conversation(item).id == "mail:1@depot"


def test_a_thread_stays_as_it_is_while_its_mails_leave_the_window(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?", days_ago=25)
    put(server, 2, "Yes.", 1, days_ago=15)
    put(server, 3, "Bought.", 1, 2, days_ago=5)
    assert {tuple(versions(found(tmp_path, **source(server, days=days))).items()) for days in (30, 20, 10)} == {
        tuple(versions(found(tmp_path, **source(server))).items())
    }


def test_a_thread_that_takes_too_many_searches_is_said_not_to_be_read(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(imap, "MOST_LOOKED_UP", 2)
    put(server, 5, "An old one.", 90, 91, subject="Re: Keys", days_ago=2)
    put(server, 6, "A newer one.", 80, 81, days_ago=1)
    (left_out,) = unlisted(tmp_path, **source(server))
    assert (left_out.label, left_out.transient) == ("Keys", False)
    assert [item.label for item in listed(tmp_path, **source(server)) if item != left_out] == ["Lamps"]
    assert sum("OR" in command.split() for command in server.commands) == 4


def test_listing_fetches_no_bodies_and_reading_marks_nothing_as_read(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?")
    (item,) = found(tmp_path, **source(server)).values()
    assert server.inbox.mails[0].reads == 0
    assert said(item) == ["Shall we buy lamps?"]
    assert server.inbox.mails[0].reads == 1
    assert server.inbox.mails[0].flags == set()
    assert 'EXAMINE "INBOX"' in server.commands
    assert not [each for each in server.commands if "BODY[" in each or each.startswith(("SELECT", "UID STORE"))]


def test_drafts_and_deleted_mails_are_left_out(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?")
    put(server, 2, "I mean", 1, flags=["\\Draft"])
    put(server, 3, "Nonsense.", 1, flags=["\\Deleted"])
    (item,) = found(tmp_path, **source(server)).values()
    assert said(item) == ["Shall we buy lamps?"]


def test_lines_that_look_like_the_beginning_of_a_mail_are_none(server: ImapServer, tmp_path: Path) -> None:
    text = "It says:\n\nFrom ana@example.com Mon Mar  2 10:00:00 2026\nSubject: no\n\n>From above, all is well."
    put(server, 1, text)
    server.deliver(b"No header at all, only words\n", days_ago=1)
    items = found(tmp_path, **source(server))
    assert len(items) == 2
    (alone,) = read_blobs([Blob("mail.eml", server.inbox.mails[0].raw)])[0].conversations
    assert conversation(items["box:1@depot"]).turns == alone.turns
    assert "From ana@example.com Mon Mar  2 10:00:00 2026\nSubject: no" in alone.turns[-1].text


def test_a_mail_without_words_is_a_reading_with_an_error(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "")
    put(server, 2, "With words.", subject="Keys")
    items = found(tmp_path, **source(server))
    (reading,) = items["box:1@depot"].read()
    assert "without a word of text" in (reading.error or "")
    assert said(items["box:2@depot"]) == ["With words."]


def test_a_connection_lost_between_listing_and_reading_is_made_again(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?")
    (item,) = found(tmp_path, **source(server)).values()
    server.hang_up()
    assert said(item) == ["Shall we buy lamps?"]
    assert sum(command.startswith("LOGIN") for command in server.commands) == 2
    assert said(item) == ["Shall we buy lamps?"]
    assert sum(command.startswith("LOGIN") for command in server.commands) == 2


def test_a_server_that_goes_down_between_listing_and_reading_is_an_error(tmp_path: Path, server: ImapServer) -> None:
    put(server, 1, "Shall we buy lamps?")
    (item,) = found(tmp_path, **source(server)).values()
    server.stop()
    with pytest.raises(FetchError, match="cannot be reached") as caught:
        item.read()
    assert caught.value.transient


def test_mails_that_are_numbered_anew_are_not_taken_for_others(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?")
    (before,) = found(tmp_path, **source(server)).values()
    server.inbox.validity += 1
    server.hang_up()
    with pytest.raises(FetchError, match="numbers its mails anew"):
        before.read()
    (after,) = found(tmp_path, **source(server)).values()
    assert (after.origin, after.version == before.version) == (before.origin, False)


def test_a_mail_that_is_gone_when_it_is_read_is_said_to_be(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "Shall we buy lamps?")
    (item,) = found(tmp_path, **source(server)).values()
    server.inbox.mails.clear()
    with pytest.raises(SourceError, match="not in the mailbox any more"):
        item.read()


def test_a_large_mailbox_is_listed_in_parts(server: ImapServer, tmp_path: Path) -> None:
    for number in range(450):
        put(server, number, f"Number {number}.", subject=f"Matter {number}")
    items = found(tmp_path, **source(server))
    assert len(items) == 450
    assert said(items["box:449@depot"]) == ["Number 449."]
    assert sum("HEADER.FIELDS" in command for command in server.commands) == 3


def test_an_empty_mailbox_gives_nothing(server: ImapServer, tmp_path: Path) -> None:
    assert listed(tmp_path, **source(server)) == []


@pytest.mark.parametrize("name", ["Team/Minutes 2026", "Büro & Lager", "議事録"])
def test_mailboxes_are_opened_whatever_they_are_called(server: ImapServer, tmp_path: Path, name: str) -> None:
    put(server, 1, "Shall we buy lamps?", mailbox=name)
    assert list(found(tmp_path, **source(server, mailbox=name))) == ["box:1@depot"]


def test_a_mailbox_that_is_not_there_is_said_with_those_that_are(server: ImapServer, tmp_path: Path) -> None:
    put(server, 1, "x", mailbox="MINUTES")
    with pytest.raises(FetchError, match=r"mailbox Minuets cannot be opened .*There are: INBOX, MINUTES\.") as caught:
        listed(tmp_path, **source(server, mailbox="Minuets"))
    assert not caught.value.transient


@pytest.mark.parametrize("password", ["wrong", "wröng"])
def test_a_wrong_password_is_said_with_its_variable(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, password: str
) -> None:
    monkeypatch.setenv("IMAP_PASSWORD", password)
    with pytest.raises(FetchError, match=r"refuses ana@example\.com .*into IMAP_PASSWORD") as caught:
        listed(tmp_path, **source(server))
    assert password not in str(caught.value)
    assert not caught.value.transient
    monkeypatch.delenv("IMAP_PASSWORD")
    with pytest.raises(FetchError, match="IMAP_PASSWORD, which is not set"):
        listed(tmp_path, **source(server))


def test_a_password_may_hold_any_character(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for password in ("Nächtzug", "(a) %b* {c}"):
        with ImapServer(password=password) as server:
            monkeypatch.setenv("IMAP_PASSWORD", password)
            put(server, 1, "Shall we buy lamps?")
            assert list(found(tmp_path, **source(server))) == ["box:1@depot"]


@pytest.mark.parametrize(
    ("settings", "says", "transient"),
    [
        ({"port": 9}, "127.0.0.1:9 cannot be reached", True),
        ({"host": f"{'x' * 70}.example"}, "cannot be reached", True),
        ({"host": "nowhere.invalid"}, "nowhere.invalid:.* cannot be reached", True),
        ({"security": "ssl"}, "speaks no TLS that works", False),
        ({"security": "starttls"}, "offers no STARTTLS", False),
    ],
)
def test_a_server_that_cannot_be_reached_is_said(server: ImapServer, tmp_path: Path, settings, says, transient) -> None:
    with pytest.raises(FetchError, match=says) as caught:
        listed(tmp_path, **source(server, **settings))
    assert caught.value.transient is transient


@pytest.mark.parametrize("security", ["ssl", "starttls"])
def test_connections_are_encrypted_with_certificates_that_are_to_be_trusted(
    server: ImapServer, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, security: str
) -> None:
    authority = Authority(tmp_path)
    put(server, 1, "Shall we buy lamps?")
    with TlsFront(server, authority.server_context(), starttls=security == "starttls") as front:
        with pytest.raises(FetchError, match=r"certificate of 127\.0\.0\.1:\d+ is not to be trusted") as caught:
            listed(tmp_path, **source(front, security=security))
        assert not caught.value.transient
        assert not [command for command in server.commands if command.startswith("LOGIN")]
        monkeypatch.setenv("SSL_CERT_FILE", authority.file)
        (item,) = found(tmp_path, **source(front, security=security)).values()
        assert said(item) == ["Shall we buy lamps?"]
        assert front.secured >= 1
