"""What forms do: one act, and back to where the form was; and the choice of light or dark.

Where others changed the record in the meantime, or the act does not fit, the answer is a page that says so and holds
everything that was typed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Annotated, Any, Final
from urllib.parse import urlsplit

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import RedirectResponse, Response
from starlette.datastructures import UploadFile

from extractor.errors import ConflictError, DecisionsError, NoSuchRecordError, UsageError
from extractor.index.model import storable
from extractor.log import views
from extractor.review import acts, queue
from extractor.review.service import Done
from extractor.review.web import forms, notices, sheet
from extractor.review.web.cookies import is_secure
from extractor.review.web.notices import Notice
from extractor.review.web.rendering import THEMES, page
from extractor.review.web.rendering import shown as shown_as
from extractor.review.web.site import Reviewer, Site, TheSite, Visitor

router = APIRouter()
MOST_FIELDS: Final = 500
LONGEST_PATH: Final = 2000
YEAR_S: Final = 365 * 24 * 3600
_SEEN: Final = re.compile(r"\d{1,12}", re.ASCII)
_NOT_SHOWN: Final = frozenset({"act", "record", "seen", "next", "number"})
_BUTTONS: Final = {
    "approve": "Approve",
    "edit": "Save",
    "reject": "Reject",
    "reopen": "Reopen",
    "merge": "Merge",
    "split": "Split",
    "link": "Link",
    "unlink": "Unlink",
    "close": "Close",
    "comment": "Comment",
    "assign": "Give",
    "take_revision": "Take the suggested wording",
    "dismiss_revision": "Keep the words",
    "undo": "Undo",
    "add": "Add",
    "restrict": "Restrict",
}
_LABELS: Final = {
    "comment": "Your words",
    "into": "Id of the record that stays",
    "to": "Id of the earlier record",
    "kind": "Kind of link",
    "person": "Who is to review it",
    "people": "Who may see it",
}


async def form_pairs(request: Request) -> list[tuple[str, str]]:
    """All that a form sends, in its order; files are none of it."""
    async with request.form(max_fields=MOST_FIELDS) as form:
        return [(key, storable(value)) for key, value in form.multi_items() if not isinstance(value, UploadFile)]


FormPairs = Annotated[list[tuple[str, str]], Depends(form_pairs)]


@router.post("/acts")
def act(request: Request, site: TheSite, visitor: Reviewer, pairs: FormPairs) -> Response:
    """Does what a form asks for, and leads back to ``next``."""
    given = dict(pairs)
    back = local_path(given.get("next", ""))
    try:
        asked = _asked(site, visitor, pairs)
        done = site.desk.do(visitor.name, asked) if asked is not None else Done((given.get("record", ""),))
    except (ConflictError, UsageError) as error:
        return _again(request, site, visitor, pairs, error)
    response = RedirectResponse(back, 303)
    notice = _notice(given.get("act", ""), done)
    if notice is not None:
        notices.leave(response, notice, secure=is_secure(request, site.plan))
    return response


@router.post("/theme")
def theme(
    request: Request, site: TheSite, theme: Annotated[str, Form()] = "", next: Annotated[str, Form()] = "/"
) -> RedirectResponse:
    """Keeps whether a visitor wants light or dark; anything else lets their system decide."""
    response = RedirectResponse(local_path(next), 303)
    secure = is_secure(request, site.plan)
    if theme in THEMES:
        response.set_cookie("theme", theme, max_age=YEAR_S, path="/", httponly=True, samesite="lax", secure=secure)
    else:
        response.delete_cookie("theme", path="/", httponly=True, samesite="lax", secure=secure)
    return response


def local_path(written: str) -> str:
    """A path of this site as it was asked for, the inbox for anything that may lead elsewhere."""
    if not written.startswith("/") or written.startswith("//") or len(written) > LONGEST_PATH:
        return "/"
    if "\\" in written or not written.isprintable():
        return "/"
    try:
        parts = urlsplit(written)
    except ValueError:
        return "/"
    return "/" if parts.scheme or parts.netloc else written


def _asked(site: Site, visitor: Visitor, pairs: forms.Pairs) -> acts.OnRecord | acts.Add | acts.Restrict | None:
    """The act, read against the record as the visitor saw it."""
    given = dict(pairs)
    known = None
    if given.get("record"):
        with site.log_of(visitor).read() as connection:
            known = sheet.record_in(connection, given["record"])
            known = sheet.as_seen(connection, known, _seen(given))
    return forms.act_of(pairs, known)


def _seen(given: dict[str, str]) -> int | None:
    return int(given["seen"]) if _SEEN.fullmatch(given.get("seen", "")) else None


def _notice(name: str, done: Done) -> Notice | None:
    if not done.records or not done.records[0]:
        return None
    if done.event is None:
        name = "same"
    elif name in ("approve", "add") and done.waits:
        name = "endorse"
    return Notice(name, done.records[0], done.event) if name in notices.SAID else None


def _again(request: Request, site: Site, visitor: Visitor, pairs: forms.Pairs, error: DecisionsError) -> Response:
    """The page that says why nothing was done, with the form once more."""
    given = dict(pairs)
    missing = isinstance(error, NoSuchRecordError)
    conflict = isinstance(error, ConflictError)
    with site.log_of(visitor).read() as connection:
        name = given.get("record", "")[:100]
        known = views.records_by_id(connection, [name]).get(name)
        item = queue.items_of(connection, {known.id: known})[0] if known is not None else None
        seen = _seen(given)
        since = sheet.since(connection, known, seen) if conflict and known is not None and seen is not None else ()
        was = sheet.as_seen(connection, known, seen) if known is not None else None
    shown, kept = _typed(pairs, item, was)
    context = {
        "error": error,
        "conflict": conflict,
        "item": item,
        "since": [one for one in since if one.who != visitor.name],
        "act": given.get("act", ""),
        "button": _BUTTONS.get(given.get("act", "")),
        "shown": shown,
        "kept": kept,
        "back": local_path(given.get("next", "")),
    }
    status = 409 if conflict else 404 if missing and item is None and name else 422
    return page(request, visitor, "acts/again.html", context, status=status)


def _typed(
    pairs: forms.Pairs, item: queue.Item | None, was: views.LogRecord | None
) -> tuple[list[tuple[forms.Field, str]], list[tuple[str, str]]]:
    """What a person typed: fields to show, each with what the record says now, and what is kept without being shown."""
    now = {one.name: one for one in _fields(item.record if item is not None else None)}
    before = {one.name: shown_as(one.value) for one in _fields(was)}
    shown: list[tuple[forms.Field, str]] = []
    kept: list[tuple[str, str]] = []
    for key, value in pairs:
        name = key.removeprefix("field.")
        if key.startswith("field.") and value.replace("\r\n", "\n").strip() == before.get(name, "").strip():
            continue
        if key.startswith("field."):
            known = now.get(name, forms.Field(name, name.replace("_", " ").capitalize(), rows=2))
            shown.append((_with(known, key, value), known.value))
        elif key in _LABELS and value.strip():
            shown.append((forms.Field(key, _LABELS[key], value, rows=3 if key == "comment" else 0), ""))
        elif key.startswith("part.") and ".field." in key:
            number, label = key.split(".")[1], key.rpartition(".")[2]
            shown.append((forms.Field(key, f"Part {number}, {label}", value, rows=2), ""))
        elif key not in _NOT_SHOWN:
            kept.append((key, value))
    return shown, kept


def _fields(known: views.LogRecord | None) -> Iterable[forms.Field]:
    return (*forms.fields_of(known), *forms.agreement_of(known)) if known is not None else ()


def _with(known: forms.Field, key: str, value: str) -> forms.Field:
    import dataclasses

    more: dict[str, Any] = {"name": key, "value": value.replace("\r\n", "\n")}
    return dataclasses.replace(known, **more)
