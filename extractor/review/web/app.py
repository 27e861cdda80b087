"""The application: what guards it, what it says when something is wrong, and every route."""

from __future__ import annotations

import contextlib
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Final

import anyio
from fastapi import FastAPI
from fastapi.staticfiles import StaticFiles

from extractor import __version__
from extractor.review.web import faults
from extractor.review.web.api import accounts as accounts_api
from extractor.review.web.api import acts as acts_api
from extractor.review.web.api import export, read
from extractor.review.web.guard import Guard
from extractor.review.web.pages import account, acting, inbox, log, meetings, signing, work
from extractor.review.web.site import Site

STATIC: Final = Path(__file__).parent / "static"
PAGES: Final = (inbox, log, meetings, work, acting, signing, account)
API: Final = (read, acts_api, export, accounts_api)


AT_ONCE: Final = 16
"""Requests that are worked on at a time; the rest wait their turn. More threads only take the interpreter from the one
that holds the log to write: an act of fifty reviewers at once takes longer with forty of them.
"""


@contextlib.asynccontextmanager
async def _lifespan(_app: FastAPI) -> AsyncIterator[None]:
    anyio.to_thread.current_default_thread_limiter().total_tokens = AT_ONCE
    yield


def create_app(site: Site) -> FastAPI:
    """The pages and the API over one log; the document describes the API."""
    app = FastAPI(
        title="decisions",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url="/api/openapi.json",
        lifespan=_lifespan,
    )
    app.state.site = site
    faults.install(app)
    for pages in PAGES:
        app.include_router(pages.router, include_in_schema=False)
    for calls in API:
        app.include_router(calls.router)
    app.mount("/static", StaticFiles(directory=STATIC), name="static")
    app.add_middleware(Guard, plan=site.plan)
    return app
