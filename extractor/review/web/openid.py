"""Signing in with an OpenID Connect provider: authorization code with PKCE, state and nonce, by Authlib.

What is under way is kept in this process for ten minutes, tied to the browser that began it, and used once.
"""

from __future__ import annotations

import logging
import os
import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from importlib.util import find_spec
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from extractor.errors import DecisionsError, SettingsError, UsageError
from extractor.plan import OpenIdPlan
from extractor.review import access, credentials

if TYPE_CHECKING:
    from extractor.log.store import Log
    from extractor.log.transaction import Transaction

NOTES: Final = logging.getLogger("decisions.serve")
VALID_S: Final = 600
MOST_PENDING: Final = 2000
TIMEOUT_S: Final = 10.0
LEEWAY_S: Final = 60
"""Seconds by which the provider's clock and ours may differ."""
ALGORITHMS: Final = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512", "EdDSA")
"""Signatures by a key of the provider's alone: none that anybody can make, and no token without one."""


class SignInRefusedError(DecisionsError):
    """The provider, or what it said, does not let somebody in."""

    exit_code = 3


@dataclass(frozen=True)
class Claims:
    """What the provider vouches for: who this is there, their address where it was verified, and their name."""

    issuer: str
    subject: str
    email: str | None
    name: str


@dataclass(frozen=True)
class _Pending:
    browser: str
    nonce: str
    code_verifier: str
    redirect_uri: str
    next: str
    until: float


class OpenId:
    """One provider. ``clock`` gives seconds that only grow."""

    def __init__(self, plan: OpenIdPlan, secret: str, clock: Callable[[], float] = time.monotonic) -> None:
        self.plan = plan
        self._secret = secret
        self._clock = clock
        self._lock = threading.Lock()
        self._pending: OrderedDict[str, _Pending] = OrderedDict()
        self._client: Any = None

    @classmethod
    def of(cls, plan: OpenIdPlan) -> OpenId:
        """The provider of the settings; raises SettingsError or UsageError for what it cannot begin without."""
        address = urlsplit(plan.issuer)
        from extractor.review.web.guard import is_loopback

        if address.scheme != "https" and not (address.scheme == "http" and is_loopback(address.hostname or "")):
            what = "The issuer under [serve.oidc] is no https address."
            raise SettingsError(what, "Write it as its discovery document does: https://login.example.org.")
        secret = os.environ.get(plan.secret_env)
        if not secret:
            what = f"The environment variable {plan.secret_env} is not set."
            raise SettingsError(what, "Put the client's secret for single sign-on into it, or remove [serve.oidc].")
        _require_authlib()
        return cls(plan, secret)

    def begin(self, redirect_uri: str, after: str) -> tuple[str, str]:
        """The provider's address to send a browser to, and the secret for the browser's cookie.

        ``after`` is the path to lead to in the end. Raises SignInRefusedError where the provider cannot be reached.
        """
        data = self._asked(lambda: self._app().create_authorization_url(redirect_uri))
        browser, now = credentials.new_secret(), self._clock()
        digest = credentials.digest_of(browser)
        made = _Pending(digest, data["nonce"], data["code_verifier"], redirect_uri, after, now + VALID_S)
        with self._lock:
            self._pending[data["state"]] = made
            while len(self._pending) > MOST_PENDING:
                self._pending.popitem(last=False)
        return str(data["url"]), browser

    def finish(self, query: Mapping[str, str], browser: str | None) -> tuple[Claims, str]:
        """Who came back, and the path to lead to. Raises SignInRefusedError for whatever is not as it should be."""
        with self._lock:
            pending = self._pending.pop(query.get("state", ""), None)
        if pending is None or self._clock() > pending.until or not browser:
            raise _refused("That sign-in is not under way any more.")
        if credentials.digest_of(browser) != pending.browser:
            raise _refused("That sign-in was begun in another browser.")
        if query.get("iss", self.plan.issuer) != self.plan.issuer:
            raise _refused("The answer is another provider's.")
        if "code" not in query:
            raise _refused("The provider did not let you in.")
        return self._asked(lambda: self._claims(query["code"], pending)), pending.next

    def _claims(self, code: str, pending: _Pending) -> Claims:
        app, plan = self._app(), self.plan
        given = {"code": code, "code_verifier": pending.code_verifier}
        token = app.fetch_access_token(redirect_uri=pending.redirect_uri, **given)
        options = {
            "iss": {"essential": True, "value": plan.issuer},
            "aud": {"essential": True, "value": plan.client_id},
        }
        said = app.parse_id_token(token, nonce=pending.nonce, claims_options=options, leeway=LEEWAY_S)
        if not said or not isinstance(said.get("sub"), str) or not said["sub"]:
            raise ValueError("no ID token with a subject")
        known = dict(said)
        if "email" not in known and app.server_metadata.get("userinfo_endpoint"):
            more = dict(app.userinfo(token=token))
            if more.get("sub") != known["sub"]:
                raise ValueError("userinfo is of another subject")
            known = {**more, **known}
        email = _words(known, "email") if known.get("email_verified") is True else ""
        name = _words(known, "name") or _words(known, "preferred_username") or email.partition("@")[0]
        return Claims(plan.issuer, known["sub"], email or None, name)

    def _asked(self, ask: Callable[[], Any]) -> Any:
        """What the provider answers; its faults, and answers that do not verify, as one refusal."""
        import httpx2
        from authlib.common.errors import AuthlibBaseError  # type: ignore[import-untyped]
        from joserfc.errors import JoseError

        try:
            return ask()
        except (httpx2.HTTPError, httpx2.InvalidURL) as error:
            NOTES.warning("single sign-on: the provider cannot be reached (%s)", type(error).__name__)
            raise SignInRefusedError("The provider cannot be reached.", "Try again in a while.") from None
        except (AuthlibBaseError, JoseError, ValueError, KeyError, TypeError, RuntimeError) as error:
            NOTES.warning("single sign-on refused: %s %s", type(error).__name__, getattr(error, "error", ""))
            raise _refused("What the provider said does not verify.") from None

    def _app(self) -> Any:
        """The client, once the provider's own description is read and found to be of the issuer that is set."""
        if self._client is None:
            app = _client(self.plan, self._secret)
            metadata = app.load_server_metadata()
            if metadata.get("issuer") != self.plan.issuer:
                raise ValueError("another issuer")
            offered = metadata.get("id_token_signing_alg_values_supported") or ["RS256"]
            usable = [one for one in offered if one in ALGORITHMS]
            if not usable:
                raise ValueError("no signature that can be trusted")
            metadata["id_token_signing_alg_values_supported"] = usable
            ways = metadata.get("token_endpoint_auth_methods_supported") or ["client_secret_basic"]
            if "client_secret_basic" not in ways:
                app.client_kwargs["token_endpoint_auth_method"] = "client_secret_post"
            self._client = app
        return self._client


def account_of(log: Log, plan: OpenIdPlan, claims: Claims) -> access.Account:
    """The account of who came back: known by the provider's name for them, by their verified address, or made new.

    Raises SignInRefusedError where there is none, and none is to be made.
    """
    with log.read() as connection:
        known = access.of_identity(connection, claims.issuer, claims.subject)
    if known is None:
        try:
            with log.write() as tx:
                known = access.of_identity(tx.connection, claims.issuer, claims.subject) or _first(tx, plan, claims)
        except UsageError as error:
            raise SignInRefusedError(error.what, "Ask an administrator.") from None
    if known.disabled:
        raise SignInRefusedError("Your account is disabled.", "Ask an administrator.")
    return known


def _first(tx: Transaction, plan: OpenIdPlan, claims: Claims) -> access.Account:
    """The account of somebody who comes for the first time."""
    by_login = {one.login: one for one in access.listed(tx.connection)}
    known = by_login.get(access.folded(claims.email)) if claims.email else None
    if known is None:
        if plan.role is None:
            raise SignInRefusedError("There is no account for you here.", "Ask an administrator for one.")
        # An address that nobody verified must never be a login: it would wait there for its owner.
        login = claims.email or f"oidc:{claims.subject}"
        name = claims.name or login
        if access.is_spoken_for(tx.connection, name):
            name = f"{name} ({login})"
        known = access.add(tx, login, name, plan.role)
    access.link_identity(tx, known.number, claims.issuer, claims.subject)
    return known


def _client(plan: OpenIdPlan, secret: str) -> Any:
    """Authlib's client over httpx2, without a framework."""
    from authlib.integrations.base_client import BaseApp, OAuth2Mixin, OpenIDMixin  # type: ignore[import-untyped]
    from authlib.integrations.httpx_client import OAuth2Client  # type: ignore[import-untyped]

    class Client(OAuth2Mixin, OpenIDMixin, BaseApp):  # type: ignore[misc]
        client_cls = OAuth2Client

    return Client(
        framework=None,
        name="openid",
        client_id=plan.client_id,
        client_secret=secret,
        server_metadata_url=f"{plan.issuer.rstrip('/')}/.well-known/openid-configuration",
        client_kwargs={"scope": "openid email profile", "code_challenge_method": "S256", "timeout": TIMEOUT_S},
    )


def _words(claims: Mapping[str, Any], name: str) -> str:
    """A claim that is text; empty for any other."""
    value = claims.get(name)
    return value.strip() if isinstance(value, str) else ""


def _require_authlib() -> None:
    if find_spec("authlib") is None:
        what = "The package authlib is missing, which single sign-on needs."
        raise UsageError(what, "Install it: pip install 'decisions[oidc]'.")


def _refused(what: str) -> SignInRefusedError:
    return SignInRefusedError(what, "Sign in again.")
