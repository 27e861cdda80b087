"""Clients of chromadb: of a store in a folder, and of a server.

Facts this rests on (chromadb 1.5.9, measured): opening a store writes a row to its SQLite file, in a transaction;
reading it afterwards writes nothing at all, so any number of processes may read one store, if each opens it under the
index's lock. ``close()`` ends the per-process cache that would otherwise show a store as it was when first opened.
"""

from __future__ import annotations

import base64
import contextlib
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, cast
from urllib.parse import unquote, urlsplit

from extractor.errors import IndexStoreError, UsageError

if TYPE_CHECKING:
    from chromadb.api.client import Client

ANSWER_S = 10.0
"""Seconds a server has to say that it is there."""
WORK_S = 300.0
"""Seconds a server has for a request: its slowest, the deletion of a large collection, takes some."""

_opening = threading.Lock()


@contextlib.contextmanager
def opened(store: Path) -> Iterator[Client]:
    """A chromadb client on a store, closed at the end. Opened under the index's lock; reading needs it no more."""
    import chromadb
    from chromadb.api.shared_system_client import SharedSystemClient
    from chromadb.config import Settings

    path = str(store.resolve())
    settings = Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
    with _opening:
        try:
            client = cast("Client", chromadb.PersistentClient(path=path, settings=settings))
        except BaseException:
            # A client that fails to start stays in chromadb's cache, where every later one for this path finds it.
            SharedSystemClient._identifier_to_system.pop(path, None)
            SharedSystemClient._identifier_to_refcount.pop(path, None)
            raise
    try:
        yield client
    finally:
        with _opening:
            client.close()


class Address(NamedTuple):
    """Where a Chroma server listens: ``http[s]://[user:password@]host[:port][/database]``."""

    host: str
    port: int
    ssl: bool
    database: str | None
    credentials: str | None

    @classmethod
    def parsed(cls, url: str) -> Address:
        """The address in a URL; raises UsageError, without the password, where it is none."""
        try:
            parts = urlsplit(url)
            port = parts.port
        except ValueError:
            parts, port = urlsplit(""), None
        database = parts.path.strip("/")
        if parts.scheme not in ("http", "https") or not parts.hostname or "/" in database or parts.query:
            raise UsageError(
                "The address of the Chroma server is not a URL like http://host:8000 or https://user:password@host/name.",
                "Correct the setting chroma_url.",
            )
        ssl = parts.scheme == "https"
        host = f"[{parts.hostname}]" if ":" in parts.hostname else parts.hostname
        pair = f"{unquote(parts.username)}:{unquote(parts.password or '')}" if parts.username else None
        return cls(host, port or (443 if ssl else 80), ssl, unquote(database) or None, pair)

    @property
    def headers(self) -> dict[str, str]:
        """What proves who asks: HTTP's basic authentication."""
        if self.credentials is None:
            return {}
        return {"Authorization": "Basic " + base64.b64encode(self.credentials.encode()).decode()}

    def __repr__(self) -> str:
        return f"Address({self})"

    def __str__(self) -> str:
        return f"{'https' if self.ssl else 'http'}://{self.host}:{self.port}" + (
            f"/{self.database}" if self.database else ""
        )


@contextlib.contextmanager
def connected(address: Address) -> Iterator[Client]:
    """A client of a server, closed at the end.

    Raises:
        IndexStoreError: nobody answers there, it is no Chroma server, or it refuses.
    """
    import chromadb
    from chromadb.config import DEFAULT_DATABASE, Settings

    with server_errors_explained(address):
        _answers(address)
        settings = Settings(_env_file=None, anonymized_telemetry=False)  # type: ignore[call-arg]
        client: Any = chromadb.HttpClient(
            address.host,
            address.port,
            address.ssl,
            address.headers,
            settings,
            database=address.database or DEFAULT_DATABASE,
        )
        try:
            # chromadb sets no time limit and has no setting for one: a server that hangs would hang us.
            client._server._session.timeout = WORK_S
            yield client
        finally:
            client.close()


def _answers(address: Address) -> None:
    """Ask the server whether it is there, in a limited time."""
    import httpx

    scheme = "https" if address.ssl else "http"
    url = f"{scheme}://{address.host}:{address.port}/api/v2/heartbeat"
    status = httpx.get(url, headers=address.headers, timeout=ANSWER_S).status_code
    if status in (401, 403):
        raise IndexStoreError(
            f"The Chroma server at {address} refuses these credentials (HTTP {status}).",
            "Correct user and password in the setting chroma_url.",
        )
    if status != 200:
        raise IndexStoreError(
            f"What answers at {address} is no Chroma server (HTTP {status}).", "Correct the setting chroma_url."
        )


@contextlib.contextmanager
def server_errors_explained(address: Address) -> Iterator[None]:
    """Turn what a client of a server raises into errors that say what to do, without the password."""
    import httpx

    try:
        yield
    except Exception as error:
        if not _is_of_client(error):
            raise
        first = (str(error) or type(error).__name__).splitlines()[0][:200]
        failed = "does not answer" if isinstance(error, httpx.TransportError) else "refuses what it is asked"
        raise IndexStoreError(
            f"The Chroma server at {address} {failed} ({first}).",
            "See that it runs (`chroma run --path FOLDER`), that the setting chroma_url is right, and try again.",
        ) from error


def _is_of_client(error: Exception) -> bool:
    """Whether chromadb's client raised it: it uses exceptions of its own, of httpx, and plain ones."""
    import httpx
    from chromadb.errors import ChromaError

    plain = type(error) is Exception or (isinstance(error, ValueError) and "Could not connect to" in str(error))
    return plain or isinstance(error, httpx.HTTPError | ChromaError)
