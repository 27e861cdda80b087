from __future__ import annotations

import email
from pathlib import Path
from typing import Any

import pytest
from delivery.mail_server import HOST, Authority, DrippingServer, MailServer
from reports.digest_samples import TO, hostile, night

from extractor.delivery import Patience, check, send, targets_of
from extractor.delivery.targets import Target
from extractor.errors import DeliveryError, SettingsError
from extractor.plan import DigestPlan, MailTarget

BRISK = Patience(limit_s=20, attempts=3, first_wait_s=0.01, longest_wait_s=1)
PASSWORD = "four quiet-lamps"
pytestmark = pytest.mark.filterwarnings("ignore:Requiring AUTH while not requiring TLS")


def target(port: int, **values: Any) -> Target:
    given: dict[str, Any] = {
        "host": HOST,
        "port": port,
        "security": "none",
        "sender": "Decisions <robot@kiosk.example>",
        "to": ("lead@kiosk.example", "second@kiosk.example"),
    }
    return targets_of(DigestPlan(mail=MailTarget(**{**given, **values})))[0]


@pytest.fixture
def authority(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Authority:
    """An authority that this process trusts."""
    made = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", made.file)
    return made


def failure(port: int, patience: Patience = BRISK, **values: Any) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(night(), target(port, **values), patience)
    return caught.value


def test_a_mail_has_the_counts_in_its_subject_and_text_and_html_in_its_body():
    with MailServer() as server:
        send(night(), target(server.port), BRISK)
    (mail,) = server.mails
    assert mail.sender == "robot@kiosk.example"
    assert mail.recipients == ("lead@kiosk.example", "second@kiosk.example")
    assert mail.message["Subject"].startswith("Kiosk team: 3 decisions, 1 unsettled matter, 2 action items")
    assert mail.message["From"] == "Decisions <robot@kiosk.example>"
    assert mail.message["Auto-Submitted"] == "auto-generated"
    assert mail.message["Date"].datetime == TO
    assert mail.message.get_content_type() == "multipart/alternative"
    assert [part.get_content_type() for part in mail.message.iter_parts()] == ["text/plain", "text/html"]
    for body in (mail.part("plain"), mail.part("html")):
        assert "The kiosk gets a second printer in hall 1" in body


def test_a_mail_is_seven_bit_with_short_lines_so_that_any_server_takes_it():
    with MailServer() as server:
        send(hostile(), target(server.port), BRISK)
        send(night(new=(), oldest=()), target(server.port), BRISK)
    for mail in server.mails:
        assert mail.raw.isascii()
        assert max(map(len, mail.raw.splitlines())) <= 998


def test_a_repeat_bears_the_id_of_the_first_mail_whose_answer_was_lost():
    with MailServer() as server:
        server.drop_answers = 1
        error = failure(server.port)
        assert error.transient
        send(night(), target(server.port), BRISK)
    first, second = server.mails
    assert first.message["Message-ID"] == second.message["Message-ID"] == "<digest-000042-8c1f@kiosk.example>"


def test_different_digests_bear_different_ids():
    with MailServer() as server:
        send(night(), target(server.port), BRISK)
        send(night(id="digest-000043"), target(server.port), BRISK)
    assert len({mail.message["Message-ID"] for mail in server.mails}) == 2


def test_starttls_with_a_login_reaches_the_server_encrypted(authority: Authority, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with MailServer("starttls", ("robot", PASSWORD), authority) as server:
        send(night(), target(server.port, security="starttls", user="robot"), BRISK)
    assert server.mails[0].encrypted
    assert server.mails[0].login == "robot"


def test_tls_from_the_first_byte_with_a_login(authority: Authority, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("ANOTHER_VARIABLE", PASSWORD)
    with MailServer("ssl", ("robot", PASSWORD), authority) as server:
        send(night(), target(server.port, security="ssl", user="robot", password_env="ANOTHER_VARIABLE"), BRISK)
    assert server.mails[0].encrypted
    assert server.mails[0].login == "robot"


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_certificate_of_an_unknown_authority_is_refused_for_good(security: Any, tmp_path: Path):
    with MailServer(security, authority=Authority(tmp_path)) as server:
        error = failure(server.port, security=security)
    assert not error.transient
    assert "certificate" in error.what
    assert server.mails == []


def test_a_certificate_for_another_name_is_refused(authority: Authority):
    with MailServer("starttls", authority=authority, names=("elsewhere.example",)) as server:
        error = failure(server.port, security="starttls")
    assert "certificate" in error.what
    assert server.mails == []


def test_a_server_without_starttls_gets_no_mail_where_it_was_asked_for():
    with MailServer() as server:
        error = failure(server.port, security="starttls")
    assert not error.transient
    assert "starttls" in error.what
    assert server.mails == []


def test_a_server_that_refuses_to_start_tls_gets_no_mail():
    with MailServer(breaks_starttls=True) as server:
        error = failure(server.port, security="starttls")
    assert error.transient
    assert "454" in error.what
    assert server.mails == []


@pytest.mark.parametrize("security", ["starttls", "ssl"])
def test_a_server_that_speaks_no_tls_is_no_traceback(security: Any):
    with DrippingServer(b"500 what?\r\n") as server:
        assert "mail server" in failure(server.port, security=security).what


def test_a_wrong_password_is_final_and_never_printed(authority: Authority, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMTP_PASSWORD", "wrong-secret")
    with MailServer("starttls", ("robot", PASSWORD), authority) as server:
        error = failure(server.port, security="starttls", user="robot")
    assert not error.transient
    assert error.exit_code == 3
    assert "SMTP_PASSWORD" in error.remedy
    assert "wrong-secret" not in str(error)
    assert server.mails == []


def test_a_server_that_repeats_the_password_does_not_bring_it_into_the_message(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with MailServer(login=("robot", PASSWORD)) as server:
        server.queue(f"554 5.7.1 you are robot with {PASSWORD}")
        error = failure(server.port, user="robot")
    assert "554 5.7.1 you are robot with […]" in error.what
    assert PASSWORD not in str(error)


def test_a_password_with_characters_outside_ascii_is_an_error_that_does_not_print_it(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMTP_PASSWORD", "geheimnisträger")
    with MailServer(login=("robot", PASSWORD)) as server:
        error = failure(server.port, user="robot")
    assert "ASCII" in error.what
    assert "geheim" not in str(error)


def test_a_missing_password_names_its_variable_before_anything_is_sent(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.delenv("SMTP_PASSWORD", raising=False)
    with MailServer() as server:
        robot = target(server.port, user="robot")
        for step in (lambda: check(robot), lambda: send(night(), robot, BRISK)):
            with pytest.raises(SettingsError, match="SMTP_PASSWORD"):
                step()
    assert server.mails == []


def test_a_password_does_not_leave_the_machine_unencrypted(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("SMTP_PASSWORD", PASSWORD)
    with pytest.raises(SettingsError, match="unencrypted"):
        check(target(25, host="mail.kiosk.example", user="robot"))


@pytest.mark.parametrize(("answer", "transient"), [("451 4.3.0 later", True), ("554 5.6.0 no", False)])
def test_a_refusal_for_now_is_transient_and_one_for_good_is_not(answer: str, transient: bool):
    with MailServer() as server:
        server.queue(answer)
        error = failure(server.port)
    assert error.transient is transient
    assert answer in error.what


def test_an_address_that_is_refused_is_named_while_the_others_get_the_mail():
    with MailServer(refused=("second@kiosk.example",)) as server:
        error = failure(server.port)
    assert not error.transient
    assert "second@kiosk.example" in error.what
    assert server.mails[0].recipients == ("lead@kiosk.example",)


def test_a_mail_that_every_address_refuses_is_not_delivered():
    with MailServer(refused=("lead@kiosk.example", "second@kiosk.example")) as server:
        error = failure(server.port)
    assert not error.transient
    assert server.mails == []


def test_nobody_at_the_address_is_transient():
    with MailServer() as server:
        port = server.port
    assert failure(port).transient


def test_a_server_that_does_not_answer_is_left_when_the_time_is_over():
    with MailServer() as server:
        server.hang = True
        error = failure(server.port, Patience(limit_s=0.4))
    assert error.transient
    assert "0.4 seconds" in error.what


def test_a_server_that_drips_bytes_does_not_get_around_the_time_limit():
    with DrippingServer() as server:
        error = failure(server.port, Patience(limit_s=0.4))
        assert server.cut.wait(5)
    assert error.transient
    assert "0.4 seconds" in error.what


def test_no_text_of_a_transcript_becomes_a_header():
    with MailServer() as server:
        send(hostile(), target(server.port), BRISK)
    (mail,) = server.mails
    assert mail.message["Bcc"] is None
    assert mail.recipients == ("lead@kiosk.example", "second@kiosk.example")
    assert "\n" not in mail.message["Subject"]
    assert set(email.message_from_bytes(mail.raw).keys()) <= {
        "Subject", "From", "To", "Date", "Message-ID", "Auto-Submitted", "X-Auto-Response-Suppress", "MIME-Version",
        "Content-Type", "X-Peer", "X-MailFrom", "X-RcptTo",
    }  # fmt: skip


@pytest.mark.parametrize(
    "address",
    [
        "",
        "nobody",
        "a@b@c",
        "a@kiosk.example\r\nBcc: b@kiosk.example",
        '"a\r\nBcc: b@kiosk.example" <a@kiosk.example>',
        '"bell\x07" <a@kiosk.example>',
        "a@kiosk.example, b@kiosk.example",
        "@kiosk.example",
        "a@",
        "<>",
        "a b@kiosk.example",
        "a@\udc80",
    ],
)
def test_what_is_no_address_is_refused_before_the_work(address: str):
    for values in ({"to": (address,)}, {"sender": address}):
        with pytest.raises(SettingsError, match="no mail address"):
            check(target(25, **values))
