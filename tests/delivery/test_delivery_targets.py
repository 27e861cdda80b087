from __future__ import annotations

import os
import stat
from pathlib import Path
from typing import Any

import pytest
from reports.digest_samples import night

from extractor.delivery import send, targets_of
from extractor.delivery.files import append_line, replace_file
from extractor.errors import DeliveryError, SettingsError
from extractor.plan import DigestPlan, MailTarget, WebhookTarget

HOOK = "https://hooks.kiosk.example/services/T1/B1/xyzSECRET"


def mail(**values: Any) -> DigestPlan:
    given: dict[str, Any] = {"host": "mail.kiosk.example", "sender": "r@kiosk.example", "to": ("a@kiosk.example",)}
    return DigestPlan(mail=MailTarget(**{**given, **values}))


def hooks(*targets: WebhookTarget) -> DigestPlan:
    return DigestPlan(webhooks=targets)


def key(plan: DigestPlan) -> str:
    (target,) = targets_of(plan)
    return target.key


def test_a_plan_has_its_targets_in_order_each_with_a_key_and_a_label_without_secrets(tmp_path: Path):
    plan = DigestPlan(
        file="digest.md", mail=mail().mail, webhooks=(WebhookTarget(url=HOOK), WebhookTarget(kind="json", url=HOOK))
    )
    targets = targets_of(plan, tmp_path)
    assert [target.key.partition("-")[0] for target in targets] == ["file", "mail", "slack", "json"]
    assert len({target.key for target in targets}) == 4
    assert str(tmp_path / "digest.md") in targets[0].label
    assert "hooks.kiosk.example" in targets[2].label
    assert not any("SECRET" in target.key + target.label for target in targets)


def test_no_plan_has_no_targets():
    assert targets_of(DigestPlan()) == []


def test_a_key_stays_while_the_place_does():
    assert key(mail()) == key(mail(port=25, security="none", user="robot", sender="other@kiosk.example"))
    assert key(mail(to=("a@kiosk.example", "b@kiosk.example"))) == key(mail(to=("B@kiosk.example", "a@kiosk.example")))
    assert key(hooks(WebhookTarget(url=HOOK))) == key(hooks(WebhookTarget(url=HOOK)))


def test_a_key_does_not_depend_on_what_the_variable_holds(monkeypatch: pytest.MonkeyPatch):
    plan = hooks(WebhookTarget(url_env="KIOSK_HOOK"))
    before = key(plan)
    monkeypatch.setenv("KIOSK_HOOK", HOOK)
    assert key(plan) == before


def test_other_places_have_other_keys(tmp_path: Path):
    keys = [
        key(mail()),
        key(mail(to=("b@kiosk.example",))),
        key(mail(host="other.kiosk.example")),
        key(hooks(WebhookTarget(url=HOOK))),
        key(hooks(WebhookTarget(url=HOOK + "2"))),
        key(hooks(WebhookTarget(kind="json", url=HOOK))),
        key(hooks(WebhookTarget(url_env="KIOSK_HOOK"))),
        key(DigestPlan(file=str(tmp_path / "a.md"))),
        key(DigestPlan(file=str(tmp_path / "b.md"))),
    ]
    assert len(set(keys)) == len(keys)


def test_a_webhook_that_is_named_twice_is_an_error_without_its_secret():
    with pytest.raises(SettingsError, match="twice") as caught:
        targets_of(hooks(WebhookTarget(url=HOOK), WebhookTarget(url=HOOK)))
    assert "SECRET" not in str(caught.value)


def test_the_file_is_replaced_whole_and_keeps_its_mode_and_its_link(tmp_path: Path):
    real, link = tmp_path / "real.md", tmp_path / "digest.md"
    real.write_text("old")
    real.chmod(0o640)
    link.symlink_to(real)
    send(night(), targets_of(DigestPlan(file="digest.md"), tmp_path)[0])
    assert link.is_symlink()
    assert real.read_text().startswith("# Kiosk team, 2026-03-12")
    assert stat.S_IMODE(real.stat().st_mode) == 0o640
    assert sorted(path.name for path in tmp_path.iterdir()) == ["digest.md", "real.md"]


def test_a_folder_that_is_missing_is_made(tmp_path: Path):
    send(night(), targets_of(DigestPlan(file="out/today/digest.md"), tmp_path)[0])
    assert (tmp_path / "out/today/digest.md").exists()


def test_a_file_that_cannot_be_written_is_an_error_and_leaves_nothing(tmp_path: Path):
    (tmp_path / "digest.md").mkdir()
    with pytest.raises(DeliveryError, match="cannot be written") as caught:
        replace_file(tmp_path / "digest.md", "text")
    assert caught.value.transient
    assert [path.name for path in tmp_path.iterdir()] == ["digest.md"]


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_a_line_that_finds_no_room_is_an_error():
    with pytest.raises(DeliveryError, match="No space left"):
        append_line(Path("/dev/full"), "{}")


def test_lines_are_appended_and_one_that_was_cut_off_swallows_none(tmp_path: Path):
    path = tmp_path / "logs" / "runs.jsonl"
    append_line(path, '{"run": 1}')
    with path.open("ab") as file:
        file.write(b'{"run": 2, "cut o')
    append_line(path, '{"run": 3}\n')
    assert path.read_text().splitlines() == ['{"run": 1}', '{"run": 2, "cut o', '{"run": 3}']
    assert path.read_bytes().endswith(b"\n")


def test_a_reader_sees_the_old_file_or_the_new_one(tmp_path: Path):
    path = tmp_path / "digest.md"
    replace_file(path, "one " * 50_000)
    with path.open() as reader:
        before = os.fstat(reader.fileno()).st_ino
        replace_file(path, "two " * 50_000)
        assert reader.read() == "one " * 50_000
    assert path.stat().st_ino != before
