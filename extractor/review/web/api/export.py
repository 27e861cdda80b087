"""The log as a file, in parts as long as somebody takes them, and never more than a viewer may see."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Annotated, Final

from fastapi import APIRouter, Query
from fastapi.responses import StreamingResponse

from extractor.log import listing, views
from extractor.reports.log import lists
from extractor.reports.log.entries import entries_of
from extractor.review.web.api.asking import ANSWERS, MISSING, ExportAsked
from extractor.review.web.api.read import KNOWN
from extractor.review.web.site import Reader, TheSite

if TYPE_CHECKING:
    from extractor.log.store import Log

router = APIRouter(prefix="/api/v1", tags=["records"], dependencies=KNOWN, responses=ANSWERS)
TYPES: Final = {"jsonl": "application/x-ndjson", "csv": "text/csv"}
_CONTENT: Final = {
    "application/x-ndjson": {"schema": {"type": "string"}},
    "text/csv": {"schema": {"type": "string"}},
}


@router.get(
    "/export",
    operation_id="export_records",
    response_class=StreamingResponse,
    responses=MISSING | {200: {"description": "the records that fit, one a line", "content": _CONTENT}},
)
def export(site: TheSite, visitor: Reader, asked: Annotated[ExportAsked, Query()]) -> StreamingResponse:
    """All records that fit, newest first, as JSON lines or as CSV; in CSV no cell is a formula to a spreadsheet."""
    log = site.log_of(visitor)
    with log.read() as connection:
        wanted = asked.filter(connection, visitor, log.clock().date())
        ids = listing.listed_ids(connection, wanted)
    name = f'attachment; filename="decisions.{asked.format}"'
    parts = _parts(log, ids, asked.format == "csv")
    return StreamingResponse(parts, media_type=TYPES[asked.format], headers={"Content-Disposition": name})


def _parts(log: Log, ids: list[str], as_csv: bool) -> Iterator[str]:
    heading = lists.as_csv([])
    if as_csv:
        yield heading
    for batch in views.batches(ids):
        with log.read() as connection:
            entries = entries_of(connection, list(views.records_by_id(connection, batch).values()))
        yield lists.as_csv(entries).removeprefix(heading) if as_csv else lists.as_json_lines(entries)
