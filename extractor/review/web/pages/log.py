"""The log: records by their words and by filters that stand in the address, and the page of one record."""

from __future__ import annotations

from typing import Annotated, Any, Final

from fastapi import APIRouter, Query, Request
from fastapi.responses import Response

from extractor.index.model import storable
from extractor.records import LinkKind
from extractor.review.web import browsing, forms, sheet
from extractor.review.web.rendering import page
from extractor.review.web.site import Reader, TheSite, Visitor

router = APIRouter()
PARTS: Final = 3
"""Parts of a split that the form offers; the address can ask for more."""
LINKS: Final[tuple[tuple[LinkKind, str], ...]] = (
    ("supersedes", "replaces"),
    ("contradicts", "contradicts"),
    ("answers", "answers"),
    ("implements", "carries out"),
    ("duplicates", "repeats"),
    ("relates", "has to do with"),
)


@router.get("/log")
def log(request: Request, site: TheSite, visitor: Reader) -> Response:
    """The log, newest first, or the best first where it is searched; what is published where nothing else is said."""
    asked = browsing.Asked.of(request.query_params)
    with site.log_of(visitor).read() as connection:
        found = browsing.found(connection, asked)
        context = {
            "asked": asked,
            "found": found,
            "series": browsing.series_in(connection),
            "proposals": browsing.proposals(connection) if not found.rows else 0,
            "browsing": browsing,
            "today": site.desk.log.clock().date(),
        }
    return page(request, visitor, "log/list.html", context, status=422 if asked.problems else 200)


@router.get("/records/{record}")
def record(
    request: Request,
    site: TheSite,
    visitor: Reader,
    record: str,
    parts: Annotated[int, Query(ge=2, le=20)] = PARTS,
    find: Annotated[str, Query(max_length=500)] = "",
    find_for: Annotated[str, Query(alias="for", max_length=10)] = "",
) -> Response:
    """The page of one record, of whatever type and state: its permanent address."""
    with site.log_of(visitor).read() as connection:
        found = sheet.sheet_of(connection, record, visitor.person)
        alike = sheet.alike(connection, found.record, storable(find)) if visitor.may("reviewer") else ()
    context = {**context_of(found, site, visitor, parts), "alike": alike, "find": find, "find_for": find_for}
    context["address"] = (site.plan.url or str(request.base_url)).rstrip("/")
    return page(request, visitor, "records/record.html", context)


def context_of(found: sheet.Sheet, site: Any, visitor: Visitor, parts: int) -> dict[str, Any]:
    """What the template of a record needs."""
    known = found.record
    return {
        "sheet": found,
        "record": known,
        "said": known.record,
        "may_review": visitor.may("reviewer") and known.erased_at is None,
        "fields": forms.fields_of(known),
        "stances": forms.agreement_of(known),
        "link_kinds": LINKS,
        "names": sheet.names_of([known]),
        "parts_count": parts,
        "parts_asked": parts != PARTS,
        "today": site.desk.log.clock().date(),
    }
