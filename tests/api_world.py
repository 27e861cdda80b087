"""A small log for tests of the API: three meetings of an allotment, one of which restricted where a test says so."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, field
from typing import Any

from fastapi import Request
from fastapi.testclient import TestClient
from kept import EMBEDDER, action, decision, found, keep, question, quote, talk

from extractor.log import linked
from extractor.log.store import Log
from extractor.plan import ReviewPlan, ServePlan
from extractor.records import ActionItem, Decision, Due, OpenQuestion
from extractor.review import access, credentials
from extractor.review.service import Desk
from extractor.review.web.app import create_app
from extractor.review.web.cookies import SESSION
from extractor.review.web.door import LocalDoor, TeamDoor
from extractor.review.web.site import Door, Role, Site, Visitor

BASE = "http://127.0.0.1:8765"
API = "/api/v1"


@dataclass
class OneDoor:
    """Lets in one visitor, whoever it is."""

    who: Visitor

    def visitor(self, request: Request) -> Visitor | None:
        return self.who


@dataclass
class World:
    """A log with an app over it. ``ids`` are the records by a short name; ``as_role`` changes who asks."""

    log: Log
    ids: dict[str, str]
    rules: ReviewPlan = field(default_factory=ReviewPlan)
    name: str = "Rita Moss"
    role: Role = "reviewer"

    def client(self, name: str | None = None, role: Role | None = None) -> TestClient:
        """A client of the app, as this person."""
        name = name or self.name
        site = Site(Desk(self.log, lambda: EMBEDDER, self.rules), ServePlan(), self._door(name, role or self.role))
        return TestClient(create_app(site), base_url=BASE, headers={"Sec-Fetch-Site": "same-origin"})

    def _door(self, name: str, role: Role) -> OneDoor:
        with self.log.write(name) as tx:
            return OneDoor(Visitor(name, tx.person(name), role))


def planted(log: Log) -> dict[str, str]:
    """Puts three meetings into a log; gives the ids of their records by short names."""
    shed = talk(
        "Ana Li: We paint the shed green, all of us.",
        "Ben Oak: I will buy the paint by the tenth of March.",
        "Ana Li: Who pays for the brushes?",
    )
    green = decision(shed, "The shed is painted green.", quote(shed, 0, "paint the shed green"), significance="high")
    due = Due(text="by the tenth of March", date=dt.date(2026, 3, 10))
    paint = action(shed, "Buy the paint.", quote(shed, 1, "I will buy the paint"), owners=("ben-oak",), due=due)
    brushes = question(shed, "Who pays for the brushes?", quote(shed, 2, "Who pays for the brushes?"))
    keep(log, shed, found(shed, green, paint, brushes))
    pond = talk("Cleo Fern: The pond stays where it is.", "Dev Rush: Agreed.", name="m-2", title="Pond round")
    stays = decision(
        pond, "The pond stays.", quote(pond, 0, "The pond stays where it is"), confidence=0.3, topic="water"
    )
    keep(log, pond, found(pond, stays))
    later = talk(
        "Ana Li: We paint the shed blue instead.", name="m-3", title="Shed steering", started_at=dt.date(2026, 4, 1)
    )
    blue = decision(later, "The shed is painted blue.", quote(later, 0, "paint the shed blue"))
    keep(log, later, found(later, blue))
    records: dict[str, Decision | ActionItem | OpenQuestion] = {
        "green": green,
        "paint": paint,
        "brushes": brushes,
        "stays": stays,
        "blue": blue,
    }
    ids = {name: str(record.id) for name, record in records.items()}
    with log.write() as tx:
        linked.suggest(tx, ids["blue"], ids["green"], "supersedes", confidence=0.8, judge="rules-1")
    return ids


def body(response: Any, status: int = 200) -> Any:
    """The JSON of an answer, which must have this status."""
    assert response.status_code == status, response.text
    return response.json()


def local_door(log: Log) -> tuple[Door, dict[str, str]]:
    """The door of one person at this machine, who has opened the link; and the headers that their browser sends."""
    door = LocalDoor(log, "Rita Moss")
    secret = door.enter(door.link.rpartition("=")[2])
    return door, {"Cookie": f"{SESSION}={secret}", "Sec-Fetch-Site": "same-origin"}


def team_door(log: Log) -> tuple[Door, dict[str, str]]:
    """The door of a team, one of whom has made a token; and the headers that their program sends."""
    with log.write() as tx:
        account = access.add(tx, "rita", "Rita Moss", "admin")
        _, token = credentials.make_token(tx, account.number, "fuzz", "admin", 7)
    return TeamDoor(log, ServePlan(accounts=True)), {"Authorization": f"Bearer {token}"}
