"""Three invented meetings with what an engine would find in them, and the real application over their log."""

from __future__ import annotations

import contextlib
import datetime as dt
import socket
import threading
import time
from collections.abc import Iterator

import uvicorn
from fastapi import FastAPI, Request
from fastapi.testclient import TestClient
from kept import EMBEDDER, action, decision, found, keep, question, quote, talk

from extractor.conversation import Conversation
from extractor.log import views
from extractor.log.linked import suggest
from extractor.log.store import Log
from extractor.log.views import LogRecord
from extractor.plan import ReviewPlan, ServePlan
from extractor.records import ConversationRecords
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.site import Role, Site, Visitor

ANA, BEN = "Ana Li", "Ben Okafor"
AS = "reviewing-as"
"""The cookie that says who is asking, in place of a sign-in."""


class FixedDoor:
    """Lets in whomever the cookie names, Ana without one; nobody where it is empty."""

    def __init__(self, log: Log, role: Role = "reviewer") -> None:
        self.log = log
        self.role = role

    def visitor(self, request: Request) -> Visitor | None:
        name = request.cookies.get(AS, ANA).replace("_", " ")
        if not name:
            return None
        with self.log.read() as connection:
            from extractor.log.visibility import person_numbered

            number = person_numbered(connection, name)
        if not number:
            with self.log.write() as tx:
                number = tx.person(name)
        return Visitor(name, number, self.role)


def app_over(log: Log, role: Role = "reviewer", rules: ReviewPlan | None = None) -> FastAPI:
    return create_app(Site(Desk(log, lambda: EMBEDDER, rules or ReviewPlan()), ServePlan(), FixedDoor(log, role)))


def client_over(log: Log, name: str = ANA, role: Role = "reviewer", rules: ReviewPlan | None = None) -> TestClient:
    """A client of the application; ``name`` is who asks."""
    client = TestClient(app_over(log, role, rules), base_url="http://127.0.0.1", follow_redirects=False)
    client.cookies.set(AS, name.replace(" ", "_"))
    client.headers.update({"sec-fetch-site": "same-origin", "origin": "http://127.0.0.1"})
    return client


@contextlib.contextmanager
def served(log: Log) -> Iterator[str]:
    """The application on a free port of this machine; gives its address."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    server = uvicorn.Server(uvicorn.Config(app_over(log), host="127.0.0.1", port=port, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        if not thread.is_alive():
            raise AssertionError("the server did not start")
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join(10)


def first_meeting() -> tuple[Conversation, ConversationRecords]:
    said = talk(
        "Ana Li: Right, the roof. Last month we said we would patch it, and the patch leaks again.",
        "Ben Okafor: I got two quotes. Tin is cheaper by a third and it lasts twenty years.",
        "Cleo Marsh: Then let's do tin. I don't want to patch it a third time.",
        "Ana Li: Agreed. We replace the roof with tin before the autumn. Ben, you order it?",
        "Ben Okafor: I'll order the tin on Monday. And the gutters, do we keep them?",
        "Dov Hale: Nobody has looked at the gutters. Can somebody find out what new ones cost?",
        "Ana Li: Open, then. From now on the key stays with whoever closes, no more flower pot.",
        "Cleo Marsh: Good. The flower pot was never safe.",
        "Dov Hale: I also think we could perhaps move the meeting to Thursdays some day.",
        "Ana Li: Let's see. Coffee at the corner is twice the price 🙂 — from June on we order it in bulk.",
        "Ben Okafor: Fine with me. I'll close the account at the corner shop by Friday.",
        "Cleo Marsh: 👍🏽 And the old bench goes to the school, they asked twice.",
        name="m-1",
        title="Shed committee",
        started_at=dt.date(2026, 3, 4),
    )
    roof = quote(said, 3, "We replace the roof with tin before the autumn")
    return said, found(
        said,
        decision(
            said,
            "The shed's roof is replaced with tin before the autumn.",
            roof,
            quote(said, 2, "Then let's do tin", "accepted"),
            significance="high",
            confidence=0.71,
            decided_by=("ana-li",),
            owners=("ben-okafor",),
        ),
        decision(said, "The key stays with whoever closes.", quote(said, 6, "the key stays with whoever closes")),
        decision(
            said,
            "The meeting moves to Thursdays.",
            quote(said, 8, "move the meeting to Thursdays some day"),
            confidence=0.31,
            flags=("hedged",),
        ),
        decision(said, "Coffee is ordered in bulk from June on.", quote(said, 9, "from June on we order it in bulk")),
        action(said, "Ben orders the tin.", quote(said, 4, "I'll order the tin on Monday"), owners=("ben-okafor",)),
        action(
            said,
            "Ben closes the account at the corner shop.",
            quote(said, 10, "I'll close the account at the corner shop by Friday"),
            owners=("ben-okafor",),
            due={"text": "by Friday", "date": "2026-03-06"},
        ),
        question(said, "What do new gutters cost?", quote(said, 5, "Can somebody find out what new ones cost?")),
    )


def second_meeting() -> tuple[Conversation, ConversationRecords]:
    said = talk(
        "Ana Li: The tin arrived. Ben, thank you.",
        "Ben Okafor: The roof goes on in the second week of April, that's settled with the roofer.",
        "Cleo Marsh: And the key? Somebody lost it twice. I say we put in a code lock instead.",
        "Ana Li: Yes. A code lock replaces the key, Cleo buys one.",
        "Cleo Marsh: I'll buy the code lock this week.",
        "Dov Hale: Then the coffee: from June on we order it in bulk, as we said.",
        "Ana Li: Right, as we said. Who pays in advance is still open.",
        name="m-2",
        title="Shed committee",
        started_at=dt.date(2026, 4, 1),
    )
    return said, found(
        said,
        decision(
            said, "The roof goes on in the second week of April.", quote(said, 1, "goes on in the second week of April")
        ),
        decision(said, "A code lock replaces the key.", quote(said, 3, "A code lock replaces the key")),
        decision(said, "Coffee is ordered in bulk.", quote(said, 5, "from June on we order it in bulk")),
        action(said, "Cleo buys the code lock.", quote(said, 4, "I'll buy the code lock"), owners=("cleo-marsh",)),
        question(said, "Who pays for the coffee?", quote(said, 6, "Who pays in advance is still open")),
    )


def third_meeting() -> tuple[Conversation, ConversationRecords]:
    said = talk(
        "Eve Stone: The budget for paint is two hundred, not more.",
        "Finn Roe: OK, two hundred it is.",
        "Eve Stone: We paint it green, as the neighbours asked.",
        "Finn Roe: Green then. I'll bring brushes.",
        "Eve Stone: The brushes are washed in the yard, never in the sink.",
        "Finn Roe: Good. And the door stays blue, that is settled since last year.",
        "Eve Stone: Then we paint on the second Saturday of May.",
        name="m-3",
        title="Paint group",
        started_at=dt.date(2026, 4, 9),
    )
    return said, found(
        said,
        decision(
            said,
            "The budget for paint is two hundred.",
            quote(said, 0, "The budget for paint is two hundred, not more"),
            quote(said, 1, "two hundred it is", "accepted"),
            confidence=0.93,
        ),
        decision(said, "The shed is painted green.", quote(said, 2, "We paint it green"), confidence=0.88),
        decision(said, "Brushes are washed in the yard.", quote(said, 4, "The brushes are washed in the yard")),
        decision(said, "The door stays blue.", quote(said, 5, "the door stays blue")),
        decision(said, "Painting is on the second Saturday of May.", quote(said, 6, "we paint on the second Saturday")),
        action(said, "Finn brings brushes.", quote(said, 3, "I'll bring brushes"), owners=("finn-roe",)),
    )


MEETINGS = (first_meeting, second_meeting, third_meeting)


def fill(log: Log) -> dict[str, str]:
    """Adds the three meetings; gives the ids of their records by what these say."""
    for made in MEETINGS:
        keep(log, *made())
    return ids_in(log)


def records_in(log: Log) -> dict[str, LogRecord]:
    """All records of a log by what they say."""
    from sqlalchemy import select

    from extractor.log import tables

    with log.read() as connection:
        ids = connection.execute(select(tables.records.c.id).order_by(tables.records.c.seq)).scalars().all()
        return {record.text: record for record in views.records_by_id(connection, ids).values()}


def ids_in(log: Log) -> dict[str, str]:
    return {text: record.id for text, record in records_in(log).items()}


def suggest_link(log: Log, later: str, earlier: str, kind: str) -> None:
    with log.write() as tx:
        suggest(tx, later, earlier, kind, confidence=0.9, judge="test")  # type: ignore[arg-type]
