"""What the nightly job is to do, as ``decisions.toml`` says it: sources, digest, retention. Nothing is done here.

Secrets are never written into the file: a setting that ends in ``_env`` names the environment variable that holds one.
"""

from __future__ import annotations

import re
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator, model_validator


class _Plan(BaseModel):
    """Base: immutable, and a key that means nothing is an error."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class _Source(_Plan):
    """What all sources may say. ``name`` is part of every origin: renaming a source makes its items new ones."""

    name: str = Field(pattern=r"^[a-z0-9][a-z0-9._-]*$", description="short, of small letters, digits, . _ -")
    source_format: str | None = Field(default=None, description="as --source-format; found out when not given")
    timezone: str | None = Field(default=None, description="as --timezone")
    date_order: Literal["dmy", "mdy"] | None = None
    speakers: dict[str, str] = Field(default={}, description="a speaker label: the person's name")
    visible_to: tuple[str, ...] = Field(default=(), description="only these people see what is read; all when empty")


class FolderSource(_Source):
    """Files on this machine. A relative path is relative to ``decisions.toml``."""

    type: Literal["folder"]
    paths: tuple[str, ...] = Field(min_length=1, description="files, folders or globs")


class RemoteSource(_Source):
    """Files that ``fsspec`` reaches: ``s3://bucket/minutes/**/*.vtt``. ``options`` go to the file system."""

    type: Literal["fsspec"]
    urls: tuple[str, ...] = Field(min_length=1)
    options: dict[str, Any] = {}


class SlackSource(_Source):
    """Channels read through Slack's API. ``days`` is how far back threads are looked for that may have grown."""

    type: Literal["slack"]
    token_env: str = "SLACK_BOT_TOKEN"
    channels: tuple[str, ...] = Field(default=(), description="names or ids; every channel the bot is in when empty")
    days: int = Field(default=30, gt=0)
    base_url: str = "https://slack.com/api/"


class ImapSource(_Source):
    """A mailbox. ``days`` is how far back threads are looked for that may have grown."""

    type: Literal["imap"]
    host: str
    port: int = Field(default=993, gt=0, lt=65536)
    security: Literal["ssl", "starttls", "none"] = "ssl"
    user: str
    password_env: str = "IMAP_PASSWORD"
    mailbox: str = "INBOX"
    days: int = Field(default=30, gt=0)


class GitSource(_Source):
    """Minutes kept in a Git repository: a path on this machine or a URL. ``paths`` are Git pathspecs (globs)."""

    type: Literal["git"]
    repository: str
    ref: str = "HEAD"
    paths: tuple[str, ...] = ("*.md", "*.txt", "*.html")


PlannedSource = Annotated[
    FolderSource | RemoteSource | SlackSource | ImapSource | GitSource, Field(discriminator="type")
]


class NightlyPlan(_Plan):
    """``[nightly]``: what a run reads and what it leaves behind for monitoring."""

    sources: tuple[PlannedSource, ...] = ()
    status_file: str | None = Field(default=None, description="one JSON line is appended to it per run")
    metrics_file: str | None = Field(default=None, description="OpenMetrics text, replaced by each run")
    link_model: bool = Field(default=False, description="let the language model judge links, where one is the engine")

    @field_validator("sources")
    @classmethod
    def names_differ(cls, value: tuple[PlannedSource, ...]) -> tuple[PlannedSource, ...]:
        names = [source.name for source in value]
        twice = sorted({name for name in names if names.count(name) > 1})
        if twice:
            raise ValueError(f"two sources are called {twice[0]}")
        return value


class MailTarget(_Plan):
    """The digest as mail. ``sender`` and ``to`` are addresses."""

    host: str
    port: int = Field(default=587, gt=0, lt=65536)
    security: Literal["starttls", "ssl", "none"] = "starttls"
    user: str | None = None
    password_env: str = "SMTP_PASSWORD"
    sender: str
    to: tuple[str, ...] = Field(min_length=1)


class WebhookTarget(_Plan):
    """The digest as an HTTP POST of JSON. ``kind`` ``slack`` is Slack's incoming webhook; ``json`` sends the digest's
    own JSON with an ``Idempotency-Key``. The address is a secret with Slack, so it may stand in a variable.
    """

    kind: Literal["slack", "json"] = "slack"
    url: str | None = None
    url_env: str | None = None

    @model_validator(mode="after")
    def has_one_address(self) -> WebhookTarget:
        if (self.url is None) == (self.url_env is None):
            raise ValueError("give either url or url_env")
        if self.url is not None and not re.match(r"https?://", self.url):
            raise ValueError("url must begin with http:// or https://")
        return self


class DigestPlan(_Plan):
    """``[digest]``: who is told what is new. ``empty`` is whether a digest goes out on a night without news."""

    file: str | None = Field(default=None, description="Markdown, replaced by each run")
    mail: MailTarget | None = None
    webhooks: tuple[WebhookTarget, ...] = ()
    empty: bool = False


class Retention(_Plan):
    """``[retention]``: what is forgotten, and after how many days. Nothing is, where nothing is set."""

    transcripts_days: int | None = Field(default=None, gt=0, description="turns; records keep their quotes")
    rejected_days: int | None = Field(default=None, gt=0, description="the words of rejected records")
    runs_days: int | None = Field(default=None, gt=0, description="notes on runs, and reasons of quarantine")


class BulkPlan(_Plan):
    """When many records may be approved at one stroke: never, unless a team says when.

    ``confidence`` is the least an engine must give a record. ``right`` is the share of such records that the team's
    reviewers left as they were (the lower end of its 95 % interval), ``agreement`` that on which two reviewers agreed,
    and ``reviewed`` how many reviews, at the least, both were found from.
    """

    confidence: float = Field(ge=0, le=1)
    right: float = Field(default=0.95, ge=0, le=1)
    agreement: float = Field(default=0.9, ge=0, le=1)
    reviewed: int = Field(default=50, ge=1)


class ReviewPlan(_Plan):
    """How a team reviews: ``approvals`` is how many people must approve a record before it is published."""

    approvals: int = Field(default=1, ge=1, le=5)
    bulk: BulkPlan | None = None


class OpenIdPlan(_Plan):
    """Signing in with an OpenID Connect provider. ``secret_env`` names the variable that holds the client's secret.

    ``role`` is what a person becomes who signs in for the first time; None lets in only those who have an account with
    the e-mail address that the provider vouches for.
    """

    issuer: str
    client_id: str
    secret_env: str = "DECISIONS_OIDC_SECRET"
    name: str = "single sign-on"
    role: Literal["reader", "reviewer"] | None = None


class ServePlan(_Plan):
    """The pages and the API of ``decisions serve``.

    ``accounts`` asks everybody to sign in; without it the pages are for the one person at this machine. ``url`` is
    where others reach them, behind a proxy that ends TLS; ``proxies`` are addresses of such proxies, whose word on the
    client's address is taken. ``session_hours`` is how long a sign-in lasts, ``idle_hours`` how long without any use.
    """

    host: str = "127.0.0.1"
    port: int = Field(default=8765, ge=0, lt=65536)
    accounts: bool = False
    url: str | None = None
    proxies: tuple[str, ...] = ()
    session_hours: float = Field(default=24 * 7, gt=0)
    idle_hours: float = Field(default=24, gt=0)
    oidc: OpenIdPlan | None = None
