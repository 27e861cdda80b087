"""``decisions account``: who may sign in to ``decisions serve``, and programs' tokens."""

from __future__ import annotations

import contextlib
import sys
from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from extractor.cli.console import Quiet, Voice, put
from extractor.cli.history import Format, TextOrJson
from extractor.cli.logs import Me

if TYPE_CHECKING:
    from extractor.log.transaction import Transaction

app = typer.Typer(help="Say who may sign in to `decisions serve`.", no_args_is_help=True)
token = typer.Typer(help="Make and revoke tokens for programs that use the API.", no_args_is_help=True)
app.add_typer(token, name="token", short_help="Tokens for programs.")

Login = Annotated[str, typer.Argument(metavar="LOGIN", help="What the account signs in with.")]
RoleName = Literal["reader", "reviewer", "admin"]
ScopeName = Literal["read", "review", "admin"]


@app.command("add")
def add(
    login: Login,
    name: Annotated[str, typer.Option("--name", metavar="NAME", help="The person, as they are called in meetings.")],
    role: Annotated[
        RoleName, typer.Option("--role", help="reader looks; reviewer judges records; admin manages accounts too.")
    ] = "reader",
    no_password: Annotated[
        bool, typer.Option("--no-password", help="For single sign-on: LOGIN is the person's e-mail address.")
    ] = False,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Make an account. The password is asked for, or is the first line of standard input."""
    from extractor.review import access

    made = None if no_password else access.hashed(_password(), login)
    with _writing(me, create=True) as tx:
        account = access.add(tx, login, name, role, made)
    Voice(quiet).say(f"{account.name} may sign in as {account.login}, with the role {account.role}.")


@app.command("list")
def list_accounts(output_format: Format = TextOrJson.text) -> None:
    """List the accounts: login, role, how they sign in, and whose they are."""
    from dataclasses import asdict

    from extractor.cli.logs import open_log
    from extractor.review import access

    with open_log() as log, log.read() as connection:
        found = access.listed(connection)
    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text([asdict(one) for one in found], indent=2))
        return
    from extractor.reports.text import plain

    for one in found:
        how = "disabled" if one.disabled else ("password" if one.has_password else "single sign-on")
        put(plain(f"{one.login:<24}  {one.role:<8}  {how:<14}  {one.name}") + "\n")


@app.command("role")
def role(
    login: Login,
    role: Annotated[RoleName, typer.Argument(metavar="ROLE", help="reader, reviewer or admin.")],
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Give an account another role; it holds at once."""
    from extractor.review import access

    with _writing(me) as tx:
        access.set_role(tx, access.named(tx.connection, login).number, role)
    Voice(quiet).say(f"{login} has the role {role}.")


@app.command("disable")
def disable(login: Login, me: Me = None, quiet: Quiet = False) -> None:
    """Let an account in no more: its browsers are signed out and its tokens revoked."""
    from extractor.review import access

    with _writing(me) as tx:
        access.disable(tx, access.named(tx.connection, login).number)
    Voice(quiet).say(f"{login} is disabled.")


@app.command("enable")
def enable(login: Login, me: Me = None, quiet: Quiet = False) -> None:
    """Let a disabled account in again; its tokens stay revoked."""
    from extractor.review import access

    with _writing(me) as tx:
        access.enable(tx, access.named(tx.connection, login).number)
    Voice(quiet).say(f"{login} may sign in again.")


@app.command("password")
def password(login: Login, me: Me = None, quiet: Quiet = False) -> None:
    """Give an account another password, asked for or read from standard input; its browsers are signed out."""
    from extractor.review import access

    made = access.hashed(_password(), login)
    with _writing(me) as tx:
        access.set_password(tx, access.named(tx.connection, login).number, made)
    Voice(quiet).say(f"The password of {login} is changed.")


@token.command("make")
def make_token(
    login: Login,
    name: Annotated[str, typer.Option("--name", metavar="WORDS", help="What it is for.")],
    scope: Annotated[ScopeName, typer.Option("--scope", help="What it may do, at most what the account may.")] = "read",
    days: Annotated[int | None, typer.Option("--days", metavar="N", help="How long it lasts; 0 for ever.")] = 90,
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Make a token and print it, this once."""
    from extractor.review import access, credentials

    with _writing(me) as tx:
        number = access.named(tx.connection, login).number
        made, secret = credentials.make_token(tx, number, name, scope, days or None)
    Voice(quiet).say(f"Token {made.number} of {login}. Keep it as safe as a password: it is shown this once.")
    put(secret + "\n")


@token.command("list")
def list_tokens(login: Login, output_format: Format = TextOrJson.text) -> None:
    """List an account's tokens: number, what each may do, until when, when it was last used, and what it is for."""
    from dataclasses import asdict

    from extractor.cli.logs import open_log
    from extractor.review import access, credentials

    with open_log() as log, log.read() as connection:
        found = credentials.tokens_of(connection, access.named(connection, login).number)
    if output_format is TextOrJson.json:
        from extractor.reports.documents import json_text

        put(json_text([asdict(one) for one in found], indent=2))
        return
    from extractor.reports.text import plain

    for one in found:
        until = "revoked" if one.revoked_at else (one.expires_at or "for ever")[:10]
        put(
            plain(f"{one.number:>4}  {one.scope:<6}  {until:<10}  {(one.used_at or 'never')[:16]:<16}  {one.name}")
            + "\n"
        )


@token.command("revoke")
def revoke_token(
    number: Annotated[int, typer.Argument(metavar="NUMBER", help="As `decisions account token list` prints it.")],
    me: Me = None,
    quiet: Quiet = False,
) -> None:
    """Make a token worthless."""
    from extractor.review import credentials

    with _writing(me) as tx:
        credentials.revoke_token(tx, number)
    Voice(quiet).say(f"Token {number} is revoked.")


@contextlib.contextmanager
def _writing(me: str | None, *, create: bool = False) -> Iterator[Transaction]:
    """A change of the log by the person who runs the command."""
    from extractor.cli.logs import open_log, who
    from extractor.settings import load_settings

    settings = load_settings()
    with open_log(settings, create=create) as log, log.write(who(me, settings)) as tx:
        yield tx


def _password() -> str:
    """A password: typed twice where there is a terminal, else the first line of standard input.

    Raises UsageError where there is none, or the second one is another.
    """
    from extractor.errors import UsageError

    if not sys.stdin.isatty():
        line = sys.stdin.readline().rstrip("\r\n")
        if not line:
            raise UsageError("There is no password on standard input.", "Write it there in one line.")
        return line
    import getpass

    first = getpass.getpass("Password: ")
    if getpass.getpass("Again: ") != first:
        raise UsageError("The two passwords differ.", "Run the command again.")
    return first
