"""The notice of what was just done, with the way back: a cookie that the next page shows and takes away.

It holds the name of an act, a record's id and an event's number, and is believed in nothing else: what is said and
done with it is ours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from fastapi import Request
from fastapi.responses import Response

COOKIE: Final = "notice"
SECONDS: Final = 120
_VALUE: Final = re.compile(r"([a-z_]{3,24})\.([A-Za-z0-9-]{1,100})\.(\d{0,15})")
SAID: Final = {
    "approve": "Approved.",
    "endorse": "You approved it; another reviewer must, too.",
    "edit": "Saved.",
    "reject": "Rejected.",
    "reopen": "Reopened.",
    "merge": "Merged.",
    "split": "Split.",
    "link": "Linked.",
    "unlink": "The link does not hold.",
    "close": "Closed.",
    "comment": "Your comment is there.",
    "assign": "Assigned.",
    "take_revision": "The suggested wording is taken.",
    "dismiss_revision": "The words stay as they are.",
    "undo": "Undone.",
    "add": "Added.",
    "same": "It was so already.",
}
_FINAL: Final = ("undo", "same")


@dataclass(frozen=True)
class Notice:
    """What was done to which record; ``number`` is that of the event, by which it is undone."""

    act: str
    record: str
    number: int | None = None

    @property
    def text(self) -> str:
        return SAID[self.act]

    @property
    def undoable(self) -> bool:
        return self.number is not None and self.act not in _FINAL


def leave(response: Response, notice: Notice, *, secure: bool) -> None:
    """Lets the next page say it."""
    value = f"{notice.act}.{notice.record}.{'' if notice.number is None else notice.number}"
    response.set_cookie(COOKIE, value, max_age=SECONDS, path="/", httponly=True, samesite="lax", secure=secure)


def read(request: Request) -> Notice | None:
    """The notice that waits to be shown, None where there is none that we know."""
    found = _VALUE.fullmatch(request.cookies.get(COOKIE, ""))
    if found is None or found[1] not in SAID:
        return None
    return Notice(found[1], found[2], int(found[3]) if found[3] else None)


def clear(response: Response) -> None:
    response.delete_cookie(COOKIE, path="/", httponly=True, samesite="lax")
