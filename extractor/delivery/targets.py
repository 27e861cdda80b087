"""Where a digest goes, from the plan; and the secrets that the plan names."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from extractor.errors import SettingsError
from extractor.plan import DigestPlan, MailTarget, WebhookTarget

KEY_CHARACTERS = 12


@dataclass(frozen=True)
class FileTarget:
    """A Markdown file that each digest replaces."""

    path: Path


@dataclass(frozen=True)
class Target:
    """One place. ``label`` names it to people and holds no secret.

    ``key`` is the same from night to night: a hash of the kind with the path, with the server and the recipients, or
    with the address; of an address in a variable only the variable's name counts, so that a new secret in it is no new
    target.
    """

    key: str
    label: str
    settings: FileTarget | MailTarget | WebhookTarget


@dataclass(frozen=True)
class Patience:
    """How long is waited. ``limit_s`` bounds one attempt from connecting to the last byte, in seconds.

    A webhook is tried ``attempts`` times; waits are the server's ``Retry-After`` or ``first_wait_s``, doubling. A
    server that asks for more than ``longest_wait_s`` is left until the next run.
    """

    limit_s: float = 30.0
    attempts: int = 3
    first_wait_s: float = 1.0
    longest_wait_s: float = 60.0


def targets_of(plan: DigestPlan, folder: Path | None = None) -> list[Target]:
    """The plan's targets: the file, the mail, the webhooks. A relative path is relative to ``folder``.

    Raises SettingsError where two are the same.
    """
    targets: list[Target] = []
    if plan.file is not None:
        path = (folder or Path.cwd()) / Path(plan.file).expanduser()
        targets.append(Target(_key("file", [str(path)]), f"the file {path}", FileTarget(path)))
    if plan.mail is not None:
        targets.append(_mail(plan.mail))
    targets += map(_webhook, plan.webhooks)
    keys = [target.key for target in targets]
    for target in targets:
        if keys.count(target.key) > 1:
            what = f"decisions.toml: digest.webhooks names {target.label} twice."
            raise SettingsError(what, "Remove one of them, or give the other its own address.")
    return targets


def secret(variable: str, purpose: str) -> str:
    """What the environment variable holds; raises SettingsError naming it where it is not set."""
    value = os.environ.get(variable, "").strip()
    if not value:
        raise SettingsError(
            f"The environment variable {variable} is not set; it holds {purpose}.",
            "Set it for the nightly job, or name another in decisions.toml.",
        )
    return value


def _mail(mail: MailTarget) -> Target:
    people = "1 address" if len(mail.to) == 1 else f"{len(mail.to)} addresses"
    key = _key("mail", [mail.host.lower(), *sorted(address.strip().lower() for address in mail.to)])
    return Target(key, f"mail to {people} by {mail.host}", mail)


def _webhook(hook: WebhookTarget) -> Target:
    names = {"slack": "Slack's webhook", "json": "the webhook"}
    if hook.url_env is not None:
        return Target(_key(hook.kind, ["variable", hook.url_env]), f"{names[hook.kind]} in {hook.url_env}", hook)
    from extractor.delivery.webhook import address_of, place_of

    url = address_of(hook)
    return Target(_key(hook.kind, ["url", str(url)]), f"{names[hook.kind]} at {place_of(url)}", hook)


def _key(kind: str, parts: Iterable[str]) -> str:
    digest = hashlib.sha256("\x1f".join([kind, *parts]).encode("utf-8", "surrogatepass")).hexdigest()
    return f"{kind}-{digest[:KEY_CHARACTERS]}"
