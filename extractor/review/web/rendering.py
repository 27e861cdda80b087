"""Pages from templates: everything escaped, control characters shown, names kept from turning the line around.

Whatever a template prints passes ``shown``: a character that moves a cursor or reorders a line is replaced, one for
one, by a picture of it, so that offsets in code points stay what they are.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from fastapi import Request
from fastapi.responses import HTMLResponse
from markupsafe import Markup, escape

from extractor.log.canonical import parsed_moment
from extractor.review.web import notices
from extractor.review.web.site import Visitor, site_of
from extractor.review.web.transcript import mark_of

if TYPE_CHECKING:
    from jinja2 import Environment

HERE: Final = Path(__file__).parent
TEMPLATES: Final = HERE / "templates"
STATIC: Final = HERE / "static"
THEMES: Final = ("light", "dark")
MOST_WAITING: Final = 999
"""The inbox's count in the navigation goes no further: to count is to read that many rows of an index."""
LONGEST: Final = 20_000
"""Characters of one text that a page shows, and of a field that can be edited. What was said is never cut."""
_TURNING: Final = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u061c\u2028\u2029\ufeff")
_SUSPECT: Final = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u2028-\u202e\u2066-\u2069\ufeff\ud800-\udfff]")
_TYPES: Final = {"decision": "decision", "action_item": "action item", "open_question": "open question"}


def page(
    request: Request,
    visitor: Visitor | None,
    name: str,
    context: Mapping[str, Any] | None = None,
    status: int = 200,
    headers: Mapping[str, str] | None = None,
) -> HTMLResponse:
    """A whole page of the site; the notice of what was just done is on it once."""
    notice = notices.read(request)
    common = {
        "visitor": visitor,
        "theme": theme_of(request),
        "path": request.url.path,
        "here": here(request),
        "waiting_count": _waiting(request, visitor),
        "notice": notice,
        "local": visitor is not None and visitor.account is None,
    }
    body = environment().get_template(name).render({**common, **(context or {})})
    response = HTMLResponse(body, status, headers=dict(headers or {}))
    if notice is not None:
        notices.clear(response)
    return response


def here(request: Request) -> str:
    """The local address of what is asked for, to come back to; the inbox, where it was posted."""
    if request.method != "GET":
        return "/"
    return request.url.path + (f"?{request.url.query}" if request.url.query else "")


def theme_of(request: Request) -> str:
    """``light`` or ``dark`` where the visitor has chosen, empty where their system decides."""
    chosen = request.cookies.get("theme", "")
    return chosen if chosen in THEMES else ""


def _waiting(request: Request, visitor: Visitor | None) -> str:
    """How many proposals wait, ``999+`` for more; empty for none, and for who is not signed in."""
    from sqlalchemy import func, select

    from extractor.log import tables

    if visitor is None:
        return ""
    few = select(tables.records.c.seq).where(tables.records.c.state == "proposed").limit(MOST_WAITING + 1)
    with site_of(request).log_of(visitor).read() as connection:
        found = int(connection.execute(select(func.count()).select_from(few.subquery())).scalar_one())
    return f"{MOST_WAITING}+" if found > MOST_WAITING else str(found or "")


@cache
def environment() -> Environment:
    """The templates' environment: autoescape everywhere, a name that is not there is an error."""
    from jinja2 import Environment, FileSystemLoader, StrictUndefined

    made = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=finalized,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters.update(FILTERS)
    made.globals.update(asset=asset, longest=LONGEST)
    return made


def asset(name: str) -> str:
    """The address of a static file, with its content's version, so that a browser may keep it."""
    return f"/static/{name}?v={_version(STATIC / name)}"


@cache
def _version(file: Path) -> str:
    import hashlib

    return hashlib.sha256(file.read_bytes()).hexdigest()[:12]


def finalized(value: Any) -> Any:
    """What becomes of everything that a template prints, before it is escaped; ``raw`` words are whole."""
    if isinstance(value, Markup):
        return value
    return "" if value is None else shown(cut(str(value)))


def cut(text: str) -> str:
    """No more than ``LONGEST`` characters, with a sign of what is left out."""
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}… ({len(text) - LONGEST:,} more characters)"


def shown(text: str) -> str:
    """Text with each control character and direction override as one other character: ``␛``, else U+FFFD."""
    return _SUSPECT.sub(_picture, text) if _SUSPECT.search(text) else text


def _picture(found: re.Match[str]) -> str:
    char = found.group()
    if char in _TURNING or unicodedata.category(char) == "Cs" or ord(char) >= 0x80:
        return "\ufffd"
    return "\u2421" if char == "\x7f" else chr(0x2400 + ord(char))


def verbatim(text: str) -> Markup:
    """Words as said, one code point for one."""
    return escape(shown(text))


def marked(text: str, spans: Iterable[tuple[int, int]]) -> Markup:
    """Text with the ``spans``, code points in order and apart, in ``<mark>``."""
    parts: list[Markup] = []
    at = 0
    for start, end in spans:
        start, end = max(start, at), min(end, len(text))
        if start >= end:
            continue
        parts += [verbatim(text[at:start]), Markup("<mark>{}</mark>").format(verbatim(text[start:end]))]
        at = end
    return Markup("").join([*parts, verbatim(text[at:])])


def name(text: object) -> Markup:
    """A name, or any words of others within a sentence of ours: whatever its direction, it turns nothing around it."""
    return Markup("<bdi>{}</bdi>").format(shown(cut(str(text))))


def people(names: Iterable[str], nobody: str = "nobody named") -> Markup:
    """Names joined by commas, each by itself."""
    told = [name(one) for one in names]
    return Markup(", ").join(told) if told else Markup('<span class="quiet">{}</span>').format(nobody)


def day(value: dt.date | str | None, unknown: str = "day not known") -> Markup:
    """``4 Mar 2026`` as a ``<time>``."""
    if isinstance(value, str):
        value = dt.date.fromisoformat(value[:10]) if value else None
    if value is None:
        return Markup('<span class="quiet">{}</span>').format(unknown)
    return Markup('<time datetime="{}">{}</time>').format(f"{value:%Y-%m-%d}", f"{value.day} {value:%b %Y}")


def moment(value: dt.datetime | str | None) -> Markup:
    """``4 Mar 2026, 09:00 UTC`` as a ``<time>``; a stored moment or one with its zone."""
    if not value:
        return Markup("")
    at = parsed_moment(value) if isinstance(value, str) else value
    zone = at.tzname() or ""
    said = f"{at.day} {at:%b %Y, %H:%M} {zone}".strip()
    return Markup('<time datetime="{}">{}</time>').format(at.isoformat(timespec="seconds"), said)


def when(value: dt.datetime | dt.date) -> Markup:
    """A moment, or a day where only that is known."""
    return moment(value) if isinstance(value, dt.datetime) else day(value)


def count(number: int, noun: str) -> str:
    """``1 decision``, ``1,204 decisions``."""
    return f"{number:,} {noun if number == 1 else noun + 's'}"


def type_name(kind: str) -> str:
    """``action item`` for ``action_item``."""
    return _TYPES.get(kind, kind)


def words(value: str) -> str:
    """``agreed with reservations`` for ``agreed_with_reservations``."""
    return value.replace("_", " ").replace("-", " ")


def percent(share: float | None) -> str:
    """``82 %``; empty where there is none."""
    return "" if share is None else f"{share:.0%}".replace("%", "\u00a0%")


def link_words(kind: str, forward: bool) -> str:
    """``supersedes``, or ``superseded by`` seen from the other record."""
    from extractor.reports.log import words as log_words

    return log_words.link_words(kind, forward=forward)


def claim(record: Any) -> str:
    """What a record of the contract says in one sentence."""
    return next(str(said) for field in ("statement", "task", "question") if (said := getattr(record, field, None)))


def joined(parts: Sequence[str]) -> str:
    """``a``, ``a and b``, ``a, b and c``."""
    return " and ".join([", ".join(parts[:-1]), parts[-1]] if len(parts) > 1 else list(parts))


FILTERS: Final[dict[str, Any]] = {
    "claim": claim,
    "count": count,
    "day": day,
    "joined": joined,
    "link_words": link_words,
    "mark": mark_of,
    "marked": marked,
    "moment": moment,
    "name": name,
    "people": people,
    "percent": percent,
    "raw": verbatim,
    "type_name": type_name,
    "verbatim": verbatim,
    "when": when,
    "words": words,
}
