"""``decisions serve``: the pages and the API."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from extractor.cli.console import Quiet, Voice
from extractor.cli.logs import Me

if TYPE_CHECKING:
    import socket

    from extractor.log.store import Log
    from extractor.plan import ServePlan
    from extractor.review.web.door import LocalDoor, TeamDoor
    from extractor.settings import Settings


def serve(
    host: Annotated[
        str | None, typer.Option("--host", metavar="HOST", help="Where to listen; 127.0.0.1 when not set.")
    ] = None,
    port: Annotated[
        int | None, typer.Option("--port", metavar="PORT", min=0, max=65535, help="8765 when not set; 0 for any free.")
    ] = None,
    open_browser: Annotated[bool, typer.Option("--open", help="Open the browser.")] = False,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Serve the log in the browser, and its API, until Ctrl-C.

    Without accounts the pages are for you alone: this machine reaches them, and the link that is printed signs your
    browser in, once. With `accounts = true` under \\[serve] in decisions.toml everybody signs in.

    Exit codes: 2 it may not listen there, or a setting is wrong; 3 the log cannot be read; 130 ended by Ctrl-C.
    """
    voice = Voice(quiet)
    from extractor.cli.logs import open_log, who
    from extractor.settings import load_settings

    settings = load_settings()
    given = {"host": host, "port": port}
    plan = settings.serve.model_copy(update={name: value for name, value in given.items() if value is not None})
    _refuse_open_doors(plan)
    with open_log(settings, create=True) as log, _listening(plan) as listener:
        address = _address(plan, listener)
        plan = plan.model_copy(update={"port": listener.getsockname()[1]})
        door: LocalDoor | TeamDoor
        if plan.accounts:
            door, first = _team_door(log, plan), f"{address}/"
            voice.insist(f"Serving {log.shown}; Ctrl-C ends it.")
            voice.insist(first)
            _warn_of_plain(plan, voice)
        else:
            from extractor.review.web.door import LocalDoor

            door = LocalDoor(log, who(me, settings), plan, lambda link: _tell_another(voice, address + link))
            first = address + door.link
            voice.insist(f"Serving {log.shown}. Open this link in your browser; Ctrl-C ends it.")
            voice.insist(first)
        if open_browser:
            import webbrowser

            webbrowser.open(first)
        _run(log, settings, plan, door, listener)


def _refuse_open_doors(plan: ServePlan) -> None:
    """Raises UsageError for an address that others reach, where nobody would have to sign in or no name is known."""
    from extractor.errors import UsageError
    from extractor.review.web.guard import is_everywhere, is_loopback

    if is_loopback(plan.host):
        return
    if not plan.accounts:
        what = f"At {plan.host} others could reach the log, and nobody would have to sign in."
        raise UsageError(what, "Set `accounts = true` under [serve] in decisions.toml, or leave --host out.")
    if is_everywhere(plan.host) and not plan.url:
        what = f"At {plan.host} the log has no name that browsers could be held to."
        raise UsageError(what, "Set `url` under [serve] to the address that others use, or give --host that address.")


def _warn_of_plain(plan: ServePlan, voice: Voice) -> None:
    from extractor.review.web.guard import is_loopback

    if not is_loopback(plan.host) and not (plan.url or "").startswith("https://"):
        voice.warn("Passwords go over the network unencrypted. Put a proxy with TLS before it, and set `url`.")


def _listening(plan: ServePlan) -> socket.socket:
    """A socket that listens where the settings say; raises UsageError where it may not."""
    import socket

    from extractor.errors import UsageError

    host = plan.host.strip("[]")
    try:
        family, kind, proto, _, place = socket.getaddrinfo(host, plan.port, type=socket.SOCK_STREAM)[0]
        made = socket.socket(family, kind, proto)
    except OSError:
        raise UsageError(f"There is no address {plan.host} here.", "Give --host an address of this machine.") from None
    try:
        made.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        made.bind(place)
        made.listen(1024)
    except OSError as error:
        made.close()
        what = f"It cannot listen at {plan.host}, port {plan.port} ({error.strerror})."
        raise UsageError(what, "End what listens there, or give another --port.") from None
    return made


def _address(plan: ServePlan, listener: socket.socket) -> str:
    """Where a browser reaches what listens: the address in the settings, else this one."""
    if plan.accounts and plan.url:
        return plan.url.rstrip("/")
    host = plan.host.strip("[]")
    return f"http://{f'[{host}]' if ':' in host else host}:{listener.getsockname()[1]}"


def _tell_another(voice: Voice, link: str) -> None:
    voice.say("Your browser is signed in. Another one opens this link:")
    voice.say(link)


def _team_door(log: Log, plan: ServePlan) -> TeamDoor:
    """The door of a team; raises UsageError where nobody could manage accounts, or single sign-on cannot begin."""
    from extractor.errors import UsageError
    from extractor.review import access
    from extractor.review.web.door import TeamDoor
    from extractor.review.web.openid import OpenId

    with log.read() as connection:
        ready = access.has_admin(connection)
    if not ready:
        what = "Nobody may manage accounts yet."
        raise UsageError(what, "Make the first one: decisions account add LOGIN --name NAME --role admin.")
    return TeamDoor(log, plan, OpenId.of(plan.oidc) if plan.oidc is not None else None)


def _run(log: Log, settings: Settings, plan: ServePlan, door: LocalDoor | TeamDoor, listener: socket.socket) -> None:
    """Serves until a signal ends it. Requests are not logged: addresses may hold what lets one in."""
    import uvicorn

    from extractor.embedding import load_embedder
    from extractor.review.service import Desk
    from extractor.review.web.app import create_app
    from extractor.review.web.site import Site

    app = create_app(Site(Desk(log, load_embedder, settings.review), plan, door))
    config = uvicorn.Config(
        app,
        log_level="warning",
        http="h11",  # httptools, where it is installed, takes in headers without end
        access_log=False,
        server_header=False,
        proxy_headers=bool(plan.proxies),
        forwarded_allow_ips=list(plan.proxies),
        timeout_graceful_shutdown=5,
    )
    uvicorn.Server(config).run(sockets=[listener])
