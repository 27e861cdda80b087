"""Accounts and tokens: one's own, and for administrators everybody's."""

from __future__ import annotations

from typing import Annotated, Final

from fastapi import APIRouter, Depends, Path, Request
from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from extractor.errors import UsageError
from extractor.index.model import storable
from extractor.review import access, credentials
from extractor.review.access import Account, Role
from extractor.review.credentials import Scope, Token
from extractor.review.web import ownership
from extractor.review.web.api.asking import ANSWERS, MISSING, Number
from extractor.review.web.api.models import Moment, View
from extractor.review.web.api.read import KNOWN
from extractor.review.web.site import Admin, Reader, TheSite, needs

router = APIRouter(prefix="/api/v1", tags=["accounts"], dependencies=KNOWN, responses=ANSWERS)
Secret = Annotated[str, Field(max_length=access.LONGEST, json_schema_extra={"format": "password"})]
Name = Annotated[str, Field(min_length=1, max_length=access.LONGEST_LOGIN), AfterValidator(storable)]
AccountNumber = Annotated[Number, Path(description="number of an account")]
TokenNumber = Annotated[Number, Path(description="number of a token")]


class AccountView(View):
    """An account: who may sign in."""

    number: int
    login: str
    name: str = Field(description="the person it belongs to, as the log knows them")
    role: Role
    disabled: bool
    has_password: bool = Field(description="whether it signs in with a password")
    created_at: str = Moment


class Accounts(View):
    """All accounts, by their logins."""

    items: tuple[AccountView, ...]


class TokenView(View):
    """A token: what it may do, and until when."""

    number: int
    name: str
    scope: Scope
    created_at: str = Moment
    expires_at: str | None = Moment
    used_at: str | None = Field(description="when it was used last, to the minute")
    revoked_at: str | None = Moment


class Tokens(View):
    """Tokens, newest first."""

    items: tuple[TokenView, ...]


class NewToken(TokenView):
    """A token that was just made; ``secret`` is told this once."""

    secret: str


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class AccountSent(_Sent):
    """A new account; without a password it is for who signs in elsewhere."""

    login: Name
    name: Name
    role: Role = "reader"
    password: Secret | None = None


class AccountChange(_Sent):
    """What changes of an account; what is left out stays."""

    role: Role | None = None
    disabled: bool | None = None
    password: Secret | None = None


class PasswordChange(_Sent):
    """The present password and the new one."""

    password: Secret
    new: Secret


class TokenSent(_Sent):
    """What a new token is for, what it may do, and how many days it lasts: for ever, where that is null."""

    name: Annotated[str, Field(min_length=1, max_length=credentials.LONGEST_NAME), AfterValidator(storable)]
    scope: Scope = "read"
    days: Annotated[int, Field(ge=1, le=credentials.MOST_DAYS)] | None = 90


_MADE: Final = 201
FOR_ADMINS: Final = [Depends(needs("admin"))]


@router.get("/accounts", operation_id="list_accounts", dependencies=FOR_ADMINS)
def list_accounts(site: TheSite) -> Accounts:
    """All accounts."""
    with site.desk.log.read() as connection:
        return Accounts(items=tuple(_view(one) for one in access.listed(connection)))


@router.post("/accounts", operation_id="add_account", status_code=_MADE)
def add_account(site: TheSite, visitor: Admin, sent: AccountSent) -> AccountView:
    """Makes an account."""
    made = access.hashed(sent.password, sent.login) if sent.password is not None else None
    with site.desk.log.write(visitor.name) as tx:
        return _view(access.add(tx, sent.login, sent.name, sent.role, made))


@router.patch("/accounts/{number}", operation_id="change_account", responses=MISSING)
def change_account(site: TheSite, visitor: Admin, number: AccountNumber, change: AccountChange) -> AccountView:
    """Changes an account: its role, its password, whether it is let in. All of it is done, or nothing."""
    made = access.hashed(change.password) if change.password is not None else None
    with site.desk.log.write(visitor.name) as tx:
        access.numbered(tx.connection, number)
        if change.disabled is False:
            access.enable(tx, number)
        if change.role is not None:
            access.set_role(tx, number, change.role)
        if made is not None:
            access.set_password(tx, number, made)
        if change.disabled:
            access.disable(tx, number)
        return _view(access.numbered(tx.connection, number))


@router.get(
    "/accounts/{number}/tokens", operation_id="list_tokens_of_account", responses=MISSING, dependencies=FOR_ADMINS
)
def list_tokens_of(site: TheSite, number: AccountNumber) -> Tokens:
    """The tokens of an account."""
    with site.desk.log.read() as connection:
        known = access.numbered(connection, number)
        return Tokens(items=tuple(_token(one) for one in credentials.tokens_of(connection, known.number)))


@router.put("/password", operation_id="change_password", status_code=204, responses=MISSING)
def change_password(request: Request, site: TheSite, visitor: Reader, sent: PasswordChange) -> None:
    """Changes your own password; your other browsers are signed out. A token may not do it."""
    ownership.change_password(request, site, visitor, sent.password, sent.new)


@router.get("/tokens", operation_id="list_tokens", responses=MISSING)
def list_tokens(site: TheSite, visitor: Reader) -> Tokens:
    """Your own tokens."""
    number = ownership.own(visitor)
    with site.desk.log.read() as connection:
        return Tokens(items=tuple(_token(one) for one in credentials.tokens_of(connection, number)))


@router.post("/tokens", operation_id="make_token", status_code=_MADE, responses=MISSING)
def make_token(site: TheSite, visitor: Reader, sent: TokenSent) -> NewToken:
    """Makes a token of your own. A token makes none, unless it is one for administration."""
    if not sent.name.strip():
        raise UsageError("A token needs a name.", "Say what it is for.")
    token, secret = ownership.make_token(site, visitor, sent.name, sent.scope, sent.days)
    return NewToken(**_token(token).model_dump(), secret=secret)


@router.delete("/tokens/{number}", operation_id="revoke_token", status_code=204, responses=MISSING)
def revoke_token(site: TheSite, visitor: Reader, number: TokenNumber) -> None:
    """Makes a token worthless: one of yours, or as an administrator anybody's."""
    ownership.revoke_token(site, visitor, number)


def _view(account: Account) -> AccountView:
    return AccountView(**{name: getattr(account, name) for name in AccountView.model_fields})


def _token(token: Token) -> TokenView:
    return TokenView(**{name: getattr(token, name) for name in TokenView.model_fields})
