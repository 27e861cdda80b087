from __future__ import annotations

import email.utils
import json
from pathlib import Path
from typing import Any

import pytest
from delivery.hook_server import SECRET_PATH, HookServer, Reply
from delivery.mail_server import Authority
from reports.digest_samples import hostile, large, night

from extractor.delivery import Patience, check, send, targets_of
from extractor.delivery.targets import Target
from extractor.errors import DeliveryError, SettingsError
from extractor.plan import DigestPlan, WebhookTarget

BRISK = Patience(limit_s=20, attempts=3, first_wait_s=0.01, longest_wait_s=1)
KINDS = pytest.mark.parametrize("kind", ["json", "slack"])


def target(url: str, kind: Any = "json") -> Target:
    return targets_of(DigestPlan(webhooks=(WebhookTarget(kind=kind, url=url),)))[0]


def failure(server: HookServer, kind: Any = "json", patience: Patience = BRISK) -> DeliveryError:
    with pytest.raises(DeliveryError) as caught:
        send(night(), target(server.url, kind), patience)
    assert SECRET_PATH.rpartition("/")[2] not in str(caught.value)
    return caught.value


def test_a_json_webhook_gets_the_digest_with_a_key_of_digest_and_target():
    with HookServer() as server:
        there = target(server.url)
        send(night(), there, BRISK)
    (request,) = server.taken
    assert request.path == SECRET_PATH
    assert request.key == f"digest-000042-8c1f-{there.key}"
    assert request.headers["content-type"] == "application/json; charset=utf-8"
    assert request.body["id"] == "digest-000042-8c1f"
    assert request.body["superseded"][0]["from"]["id"] == "d-0000000000000001"
    assert request.body["counts"]["decided"] == 3


def test_slack_gets_blocks_and_no_key():
    with HookServer() as server:
        send(night(), target(server.url, "slack"), BRISK)
    (request,) = server.taken
    assert request.key is None
    assert request.body["blocks"][0]["type"] == "header"
    assert request.body["text"].startswith("Kiosk team: 3 decisions")


@KINDS
def test_a_rate_limit_is_waited_for_as_the_server_says(kind: str):
    with HookServer() as server:
        server.queue(Reply(429, {"Retry-After": "0"}), Reply(429, {"Retry-After": "0"}))
        send(night(), target(server.url, kind), BRISK)
    assert len(server.requests) == 3
    assert len(server.taken) == 1


def test_a_rate_limit_with_a_date_is_waited_for():
    with HookServer() as server:
        server.queue(Reply(429, {"Retry-After": email.utils.formatdate(0, usegmt=True)}))
        send(night(), target(server.url), BRISK)
    assert len(server.requests) == 2


@pytest.mark.parametrize("said", ["", "soon", "-3", "1e9"])
def test_a_wait_that_is_none_is_replaced_by_our_own(said: str):
    with HookServer() as server:
        server.queue(Reply(503, {"Retry-After": said}))
        send(night(), target(server.url), BRISK)
    assert len(server.taken) == 1


def test_a_server_that_asks_for_a_long_wait_is_left_until_the_next_run():
    with HookServer() as server:
        server.queue(Reply(429, {"Retry-After": "2"}))
        error = failure(server)
    assert error.transient
    assert len(server.requests) == 1


@KINDS
@pytest.mark.parametrize("status", [500, 502, 503, 408, 429])
def test_a_failure_of_the_server_is_tried_again_and_in_the_end_transient(kind: str, status: int):
    with HookServer() as server:
        server.queue(*[Reply(status)] * 3)
        error = failure(server, kind)
    assert error.transient
    assert error.exit_code == 3
    assert str(status) in error.what
    assert len(server.requests) == 3


@KINDS
@pytest.mark.parametrize("status", [400, 401, 403, 404, 410, 413, 422])
def test_a_refusal_is_final_and_not_tried_again(kind: str, status: int):
    with HookServer() as server:
        server.queue(Reply(status, body=b"no_service"))
        error = failure(server, kind)
    assert not error.transient
    assert f"({status}, no_service)" in error.what
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", [301, 302, 303, 307, 308])
def test_a_redirect_is_not_followed(status: int):
    with HookServer() as elsewhere, HookServer() as server:
        server.queue(Reply(status, {"Location": elsewhere.url}))
        error = failure(server)
    assert not error.transient
    assert "redirect" in error.what
    assert elsewhere.requests == []
    assert len(server.requests) == 1


def test_an_answer_that_got_lost_leaves_the_digest_exactly_once_where_the_key_is_honoured():
    with HookServer() as server:
        server.queue(Reply(lost=True), Reply(500))
        send(night(), target(server.url), BRISK)
        send(night(), target(server.url), BRISK)
    assert len(server.requests) == 4
    assert len({request.key for request in server.requests}) == 1
    assert len({request.raw for request in server.requests}) == 1
    assert len(server.taken) == 1


def test_slack_is_not_asked_again_at_once_where_the_first_may_have_arrived():
    with HookServer() as server:
        server.queue(Reply(lost=True))
        error = failure(server, "slack")
    assert error.transient
    assert "may have arrived" in error.remedy
    assert len(server.requests) == 1


@KINDS
@pytest.mark.parametrize("reply", [Reply(hang=True), Reply(drip=True)])
def test_a_server_that_does_not_come_to_an_end_is_left_when_the_time_is_over(kind: str, reply: Reply):
    with HookServer() as server:
        server.queue(reply)
        error = failure(server, kind, Patience(limit_s=0.3, attempts=1))
        assert reply.hang or server.cut.wait(5)
    assert error.transient
    assert "0.3 seconds" in error.what


def test_nobody_at_the_address_is_transient_after_every_attempt():
    with HookServer() as server:
        pass
    assert failure(server).transient


def test_an_answer_that_repeats_the_address_is_not_quoted():
    with HookServer() as server:
        server.queue(Reply(404, body=f"no {SECRET_PATH} here".encode()), Reply(404, body=b"\x1b[31m<html>gone</html>"))
        assert "(404)" in failure(server).what
        assert "(404)" in failure(server).what


def test_a_certificate_that_is_not_trusted_is_final(tmp_path: Path):
    with HookServer(Authority(tmp_path).server_context()) as server:
        error = failure(server)
    assert not error.transient
    assert "certificate" in error.what
    assert server.requests == []


def test_a_certificate_of_an_authority_that_is_named_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    authority = Authority(tmp_path)
    monkeypatch.setenv("SSL_CERT_FILE", authority.file)
    with HookServer(authority.server_context()) as server:
        send(night(), target(server.url), BRISK)
    assert len(server.taken) == 1


def test_a_proxy_of_the_environment_is_used(monkeypatch: pytest.MonkeyPatch):
    with HookServer() as proxy:
        monkeypatch.setenv("HTTP_PROXY", proxy.origin)
        monkeypatch.delenv("NO_PROXY", raising=False)
        send(night(), target("http://hooks.kiosk.example/in"), BRISK)
    assert [request.path for request in proxy.taken] == ["http://hooks.kiosk.example/in"]


def test_the_address_may_stand_in_a_variable(monkeypatch: pytest.MonkeyPatch):
    with HookServer() as server:
        monkeypatch.setenv("KIOSK_HOOK", server.url)
        there = targets_of(DigestPlan(webhooks=(WebhookTarget(url_env="KIOSK_HOOK"),)))[0]
        check(there)
        send(night(), there, BRISK)
    assert len(server.taken) == 1
    assert "KIOSK_HOOK" in there.label


@pytest.mark.parametrize(
    "value", [None, "", "not an address", "ftp://kiosk.example/x", "https:///nowhere", "https://[::1/SECRET"]
)
def test_a_variable_without_an_address_is_named_and_its_value_is_not_shown(
    value: str | None, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.delenv("KIOSK_HOOK", raising=False)
    if value is not None:
        monkeypatch.setenv("KIOSK_HOOK", value)
    there = targets_of(DigestPlan(webhooks=(WebhookTarget(url_env="KIOSK_HOOK"),)))[0]
    for step in (lambda: check(there), lambda: send(night(), there, BRISK)):
        with pytest.raises(SettingsError, match="KIOSK_HOOK") as caught:
            step()
        assert not value or value not in str(caught.value)


def test_hostile_text_arrives_in_slack_as_text_only():
    with HookServer() as server:
        send(hostile(), target(server.url, "slack"), BRISK)
    (request,) = server.taken
    assert b"<!channel>" not in request.raw
    assert b"<@U012AB3CD>" not in request.raw
    assert b"mrkdwn" not in request.raw


def test_a_large_digest_fits_into_what_slack_takes():
    with HookServer() as server:
        send(large(), target(server.url, "slack"), BRISK)
    blocks = server.taken[0].body["blocks"]
    assert len(blocks) <= 50
    assert len(json.dumps(blocks, ensure_ascii=False)) <= 12_000
