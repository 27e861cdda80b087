"""An OpenID Connect provider on a thread of this process: real HTTP, real RSA signatures, and ways to do it wrong."""

from __future__ import annotations

import base64
import contextlib
import hashlib
import hmac
import json
import secrets
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import KeySet, RSAKey

CLIENT, SECRET = "decisions", "the-client's-secret-of-this-test"


@dataclass
class IdToken:
    """An ID token about to be signed; a test's ``change`` may alter any of it, or set ``written`` itself."""

    header: dict[str, Any]
    claims: dict[str, Any]
    key: RSAKey
    written: str | None = None

    def unsigned(self) -> None:
        """Makes it a token that claims to need no signature."""
        self.written = f"{_encoded({**self.header, 'alg': 'none'})}.{_encoded(self.claims)}."

    def signed_with_public_key(self) -> None:
        """Makes it a token that uses the published key as if it were a shared secret (HS256)."""
        self._shared(self.key.as_pem(private=False))

    def signed_with_client_secret(self) -> None:
        """Makes it a token that anybody with the client's secret could make (HS256)."""
        self._shared(SECRET.encode())

    def _shared(self, key: bytes) -> None:
        said = f"{_encoded({**self.header, 'alg': 'HS256'})}.{_encoded(self.claims)}"
        self.written = f"{said}.{_base64(hmac.digest(key, said.encode(), 'sha256'))}"

    def text(self) -> str:
        return self.written if self.written is not None else jwt.encode(self.header, self.claims, self.key)


@dataclass
class Provider:
    """The provider. ``person`` is who signs in there: claims of the ID token; ``more`` those of userinfo alone.

    ``change`` alters each ID token; ``metadata`` what discovery says; ``denies`` answers with an error; ``refused``
    lists why the token endpoint said no; ``asked`` the queries of authorization requests.
    """

    url: str
    key: RSAKey
    person: dict[str, Any] = field(default_factory=dict)
    more: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    change: Callable[[IdToken], None] | None = None
    denies: bool = False
    refused: list[str] = field(default_factory=list)
    asked: list[dict[str, str]] = field(default_factory=list)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)
    access: dict[str, str] = field(default_factory=dict)

    def discovery(self) -> dict[str, Any]:
        return {
            "issuer": self.url,
            "authorization_endpoint": f"{self.url}/authorize",
            "token_endpoint": f"{self.url}/token",
            "userinfo_endpoint": f"{self.url}/userinfo",
            "jwks_uri": f"{self.url}/jwks",
            "response_types_supported": ["code"],
            "subject_types_supported": ["public"],
            "id_token_signing_alg_values_supported": ["RS256"],
            "code_challenge_methods_supported": ["S256"],
            "token_endpoint_auth_methods_supported": ["client_secret_basic"],
            **self.metadata,
        }

    def authorize(self, query: dict[str, str]) -> str:
        """Where the browser is sent back to; as if the person had signed in and agreed."""
        self.asked.append(query)
        back = {"state": query.get("state", ""), "iss": self.url}
        if self.denies:
            return f"{query['redirect_uri']}?{urlencode({**back, 'error': 'access_denied'})}"
        code = secrets.token_urlsafe(16)
        self.codes[code] = query
        return f"{query['redirect_uri']}?{urlencode({**back, 'code': code})}"

    def token(self, form: dict[str, str], authorization: str) -> tuple[int, dict[str, Any]]:
        """A code for tokens, once; PKCE, the client's secret and the address to come back to must be right."""
        begun = self.codes.pop(form.get("code", ""), None)
        why = self._wrong(form, authorization, begun)
        if why is not None or begun is None:
            self.refused.append(str(why))
            return (401, {"error": "invalid_client"}) if why == "secret" else (400, {"error": "invalid_grant"})
        now, given = int(time.time()), secrets.token_urlsafe(16)
        said = {"iss": self.url, "aud": CLIENT, "iat": now, "exp": now + 300, **self.person}
        if "nonce" in begun:
            said["nonce"] = begun["nonce"]
        issued = IdToken({"alg": "RS256", "kid": str(self.key.kid)}, said, self.key)
        if self.change is not None:
            self.change(issued)
        self.access[given] = str(self.person.get("sub"))
        return 200, {"access_token": given, "token_type": "Bearer", "expires_in": 300, "id_token": issued.text()}

    def _wrong(self, form: dict[str, str], authorization: str, begun: dict[str, str] | None) -> str | None:
        basic = base64.b64encode(f"{CLIENT}:{SECRET}".encode()).decode()
        if authorization != f"Basic {basic}":
            return "secret"
        if begun is None:
            return "code"
        if form.get("redirect_uri") != begun["redirect_uri"]:
            return "redirect_uri"
        digest = hashlib.sha256(form.get("code_verifier", "").encode()).digest()
        if begun.get("code_challenge_method") != "S256" or begun.get("code_challenge") != _base64(digest):
            return "pkce"
        return None

    def userinfo(self, authorization: str) -> tuple[int, dict[str, Any]]:
        known = self.access.get(authorization.removeprefix("Bearer "))
        return (200, {"sub": known, **self.more}) if known is not None else (401, {"error": "invalid_token"})


@contextlib.contextmanager
def provider(**person: Any) -> Iterator[Provider]:
    """A provider at a free port of this machine, at which somebody with these claims signs in.

    ``person`` has at least ``sub``; for instance ``email``, ``email_verified`` and ``name`` besides.
    """
    server = ThreadingHTTPServer(("127.0.0.1", 0), _Handler)
    key = RSAKey.generate_key(2048, {"kid": "one", "use": "sig", "alg": "RS256"})
    made = Provider(f"http://127.0.0.1:{server.server_address[1]}", key, {"sub": "subject-1", **person})
    server.provider = made  # type: ignore[attr-defined]
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    try:
        yield made
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    protocol_version: ClassVar[str] = "HTTP/1.1"

    @property
    def provider(self) -> Provider:
        found: Provider = self.server.provider  # type: ignore[attr-defined]
        return found

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        query = {name: values[0] for name, values in parse_qs(parts.query).items()}
        match parts.path:
            case "/.well-known/openid-configuration":
                self._json(200, self.provider.discovery())
            case "/jwks":
                self._json(200, dict(KeySet([self.provider.key]).as_dict(private=False)))
            case "/authorize":
                self.send_response(302)
                self.send_header("Location", self.provider.authorize(query))
                self.send_header("Content-Length", "0")
                self.end_headers()
            case "/userinfo":
                self._json(*self.provider.userinfo(self.headers.get("Authorization", "")))
            case _:
                self._json(404, {"error": "not_found"})

    def do_POST(self) -> None:
        sent = self.rfile.read(int(self.headers.get("Content-Length", "0"))).decode()
        form = {name: values[0] for name, values in parse_qs(sent).items()}
        if urlsplit(self.path).path == "/token":
            self._json(*self.provider.token(form, self.headers.get("Authorization", "")))
        else:
            self._json(404, {"error": "not_found"})

    def _json(self, status: int, value: dict[str, Any]) -> None:
        body = json.dumps(value).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Nothing is printed."""


def _encoded(value: dict[str, Any]) -> str:
    return _base64(json.dumps(value).encode())


def _base64(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).decode().rstrip("=")
