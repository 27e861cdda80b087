"""What one of many reviewers does in a sitting: signs in, reads, judges what is theirs, and what everybody judges."""

from __future__ import annotations

import random
import time
from dataclasses import dataclass, field
from typing import Any

import httpx2

PATIENCE = 4
"""How often a reviewer looks again at a record that others have changed, before they leave it to them."""
WAIT_S = 300.0


@dataclass(frozen=True)
class Told:
    """An act that was done: by whom, on which record, and the number of the last event that it wrote."""

    who: str
    act: str
    record: str
    event: int


@dataclass
class Ledger:
    """What all reviewers were told. ``problems`` are answers that must not be; ``remarks`` the words of comments."""

    told: list[Told] = field(default_factory=list)
    nothing_new: int = 0
    conflicts: int = 0
    refused: int = 0
    problems: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)
    reads_ms: list[float] = field(default_factory=list)
    acts_ms: list[float] = field(default_factory=list)
    sign_ins_ms: list[float] = field(default_factory=list)


@dataclass
class Sitting:
    """A reviewer at work. ``token`` is a program's; without one they sign in with a password, as in a browser.

    ``own`` are the ids of seven records of their own meeting, which has ``number`` and ``meeting`` as id; ``shared``
    those that everybody judges. ``private`` are ids of records that only they may see, ``hidden`` of those that they
    may not.
    """

    ledger: Ledger
    address: str
    login: str
    name: str
    password: str
    token: str | None
    meeting: str
    number: int
    own: list[str]
    shared: list[str]
    private: list[str]
    hidden: list[str]

    def __post_init__(self) -> None:
        self.chance = random.Random(self.login)
        headers = {"Authorization": f"Bearer {self.token}"} if self.token else {"Sec-Fetch-Site": "same-origin"}
        self._client = httpx2.AsyncClient(base_url=self.address, headers=headers, timeout=WAIT_S)

    async def sit(self, rounds: int) -> None:
        """The whole sitting; an answer that must not be is a problem in the ledger, and ends nothing."""
        async with self._client:
            if self.token is None:
                await self._ask("POST", "/sign-in", {303}, data={"login": self.login, "password": self.password})
            await self._look_around()
            await self._judge_own()
            for turn in range(rounds):
                await self._judge_shared(self.chance.choice(self.shared), turn)
                await self._look_around()
                await self._look_into()
            await self._remark()

    async def _look_around(self) -> None:
        for path in ("/", "/log", "/log?q=committee+paints&state=both", f"/meetings/{self.number}", "/api/v1/waiting"):
            await self._ask("GET", path, {200})
        await self._ask("GET", f"/records/{self.chance.choice(self.own)}", {200})
        await self._ask("GET", "/static/site.css", {200})

    async def _look_into(self) -> None:
        """Whatever connection of the database they are given, they see what is theirs and nothing that is not."""
        for record in self.private:
            await self._ask("GET", f"/api/v1/records/{record}", {200})
        for record in self.hidden:
            await self._ask("GET", f"/api/v1/records/{record}", {404})

    async def _judge_own(self) -> None:
        approved, edited, rejected, merged, into, undone, _ = self.own
        mine = f"Said by {self.login}."
        await self._act({200}, act="approve", record=approved, seen=await self._stamp(approved))
        await self._act({200}, act="edit", record=edited, seen=await self._stamp(edited), fields={"statement": mine})
        await self._act({200}, act="reject", record=rejected, comment="Nobody said that.")
        await self._act({200}, act="merge", record=merged, into=into)
        await self._act({200}, act="reject", record=undone)
        await self._act({200}, act="undo", record=undone)
        passages = [{"turn": 7, "role": "accepted"}]
        fields = {"statement": f"Missed until {self.login} came.", "status": "decided"}
        add = {"conversation": self.meeting, "type": "decision", "passages": passages, "fields": fields}
        await self._act({200}, act="add", **add)

    async def _judge_shared(self, record: str, turn: int) -> None:
        """Judges what others judge too: whoever is refused looks again, and says it again or leaves it."""
        for look in range(PATIENCE):
            seen = await self._stamp(record)
            others = [one for one in self.shared if one != record]
            act: dict[str, Any] = self.chance.choice(
                (
                    {"act": "approve"},
                    {"act": "edit", "fields": {"statement": f"As {self.login} says, {turn} and {look}."}},
                    {"act": "reject", "comment": f"{self.login} does not think so."},
                    {"act": "reopen"},
                    {"act": "assign", "person": self.name},
                    {"act": "merge", "into": self.chance.choice(others)},
                    {"act": "undo"},
                )
            )
            if await self._act({200, 409, 422}, record=record, seen=seen, **act) != 409:
                break
        words = f"{self.login} remarks number {turn}"
        self.ledger.remarks.append(words)
        await self._act({200}, act="comment", record=record, comment=words)

    async def _remark(self) -> None:
        """A comment by a form, as a page without scripts sends it."""
        words = f"{self.login} goes home"
        self.ledger.remarks.append(words)
        form = {"act": "comment", "record": self.own[0], "comment": words, "next": "/"}
        answer = await self._ask("POST", "/acts", {303}, data=form)
        if answer is not None:
            self.ledger.told.append(Told(self.name, "comment", self.own[0], 0))

    async def _stamp(self, record: str) -> int:
        answer = await self._ask("GET", f"/api/v1/records/{record}", {200})
        return int(answer.json()["stamp"]) if answer is not None else 0

    async def _act(self, right: set[int], **act: Any) -> int:
        """Does an act; returns the answer's status."""
        answer = await self._ask("POST", "/api/v1/acts", right, json=act)
        if answer is None:
            return 0
        if answer.status_code == 200:
            done = answer.json()
            if done["event"] is None:
                self.ledger.nothing_new += 1
            else:
                self.ledger.told.append(Told(self.name, act["act"], done["records"][0], done["event"]))
        self.ledger.conflicts += answer.status_code == 409
        self.ledger.refused += answer.status_code == 422
        return answer.status_code

    async def _ask(self, method: str, path: str, right: set[int], **more: Any) -> httpx2.Response | None:
        began = time.perf_counter()
        try:
            answer = await self._client.request(method, path, **more)
        except httpx2.HTTPError as error:
            self.ledger.problems.append(f"{self.login}: {method} {path} {more}: {error!r}")
            return None
        took = (time.perf_counter() - began) * 1000
        times = self.ledger.reads_ms if method == "GET" else self.ledger.acts_ms
        (self.ledger.sign_ins_ms if path == "/sign-in" else times).append(took)
        if answer.status_code not in right:
            said = f"{answer.status_code} {answer.text[:300]}"
            self.ledger.problems.append(f"{self.login}: {method} {path} {more}: {said}")
            return None
        return answer
