"""Digests to render and to send: one of an ordinary night, one whose every text is hostile."""

from __future__ import annotations

import datetime as dt
from typing import Any

from extractor.reports.digest.model import (
    Digest,
    DigestChange,
    DigestCounts,
    DigestLink,
    DigestProblem,
    DigestRecord,
    FieldChange,
)

FROM = dt.datetime(2026, 3, 11, 2, 30, tzinfo=dt.UTC)
TO = dt.datetime(2026, 3, 12, 2, 30, tzinfo=dt.UTC)
HOSTILE = (
    "<!channel> <!here> <@U012AB3CD> <https://evil.example|click> *bold* _it_ ~no~ `code` "
    "<script>alert(1)</script> <img src=x onerror=alert(1)> [link](javascript:alert(1)) ![p](https://evil.example/p.png)"
    "\r\nBcc: thief@example.org\r\n\r\n# Heading\n- item\n> quote\n\u202eesrever\u2066 \x1b[31mred\x07 \ud83d "
    "& &amp; | --- |"
)


def record(number: int, **values: Any) -> DigestRecord:
    """A decided decision of a meeting, with its quote."""
    given: dict[str, Any] = {
        "id": f"d-{number:016x}",
        "type": "decision",
        "statement": f"The kiosk gets a second printer in hall {number}",
        "status": "decided",
        "owners": ("Jon Abara",),
        "decided_by": ("Mira Holt",),
        "due": dt.date(2026, 3, 20),
        "decided_on": dt.date(2026, 3, 11),
        "conversation_title": "Kiosk weekly",
        "source": "minutes/kiosk-weekly.vtt",
        "quote": "Fine, then hall two gets its own printer and we stop sharing.",
        "speaker": "Mira Holt",
        "time": "12:04",
    }
    return DigestRecord(**{**given, **values})


def night(**values: Any) -> Digest:
    """An ordinary night: something of everything."""
    new = (
        record(1),
        record(
            2,
            statement="The help line stays closed on Sundays",
            owners=(),
            due=None,
            decided_by=("Mira Holt", "Sefa Lund"),
        ),
        record(
            3,
            statement="Paper vouchers are no longer sold",
            status="rejected",
            due=None,
            quote="No, we keep selling them.",
        ),
        record(
            4, statement="Open the north desk an hour earlier", status="tentative", due=None, due_text="after Easter"
        ),
        record(5, id="a-05", type="action_item", status=None, statement="Order two label printers", decided_by=()),
        record(
            6,
            id="a-06",
            type="action_item",
            status=None,
            statement="Ask the landlord about the socket",
            owners=(),
            due=None,
        ),
        record(
            7,
            id="o-07",
            type="open_question",
            status=None,
            statement="Who answers mail while Sefa is away?",
            owners=(),
            due=None,
            decided_by=(),
        ),
    )
    waiting = (record(20, statement="Night shifts are swapped by Friday noon", decided_on=dt.date(2026, 2, 2)), *new)
    given: dict[str, Any] = {
        "id": "digest-000042-8c1f",
        "log_name": "Kiosk team",
        "from_time": FROM,
        "to_time": TO,
        "new": new,
        "oldest": waiting,
        "changed": (
            DigestChange(
                record=record(30, state="approved", statement="Tickets are printed on recycled paper"),
                changes=(FieldChange(field="due", now="2026-04-01", suggested="2026-05-01"),),
            ),
        ),
        "superseded": (
            DigestLink(
                kind="supersedes",
                confidence=0.86,
                from_=new[0],
                to=record(31, statement="Hall 1 and hall 2 share a printer", decided_on=dt.date(2026, 1, 14)),
            ),
        ),
        "links": (
            DigestLink(
                kind="answers",
                confidence=0.7,
                from_=new[1],
                to=record(
                    32, id="o-32", type="open_question", status=None, statement="Is the help line open on Sundays?"
                ),
            ),
        ),
        "overdue": (
            record(
                33,
                id="a-33",
                type="action_item",
                status=None,
                statement="Send the fire inspection report",
                due=dt.date(2026, 3, 10),
            ),
        ),
        "unowned": (
            record(
                34, id="a-34", type="action_item", status=None, statement="Replace the lobby sign", owners=(), due=None
            ),
        ),
        "problems": (
            DigestProblem(
                label="minutes/board.docx", reason="It is protected by a password.", since=dt.date(2026, 3, 12)
            ),
        ),
    }
    given |= values
    if "counts" not in values:
        given["counts"] = DigestCounts.of_new(
            given["new"],
            waiting=max(12, len(given["oldest"])),
            newly_overdue=len(given["overdue"]),
            new_problems=len(given["problems"]),
            **{name: len(given[name]) for name in ("changed", "superseded", "links", "overdue", "unowned", "problems")},
        )
    return Digest(**given)


def quiet(**values: Any) -> Digest:
    """A night on which nothing happened."""
    empty = dict.fromkeys(("new", "oldest", "changed", "superseded", "links", "overdue", "unowned", "problems"), ())
    return night(**{**empty, "counts": DigestCounts(), **values})


def hostile() -> Digest:
    """Every text, the log's name too, tries to be markup, a mention, a header or a control sequence."""
    bad = record(
        1,
        statement=HOSTILE,
        owners=(HOSTILE,),
        decided_by=(HOSTILE,),
        due=None,
        due_text=HOSTILE,
        conversation_title=HOSTILE,
        source=HOSTILE,
        quote=HOSTILE,
        speaker=HOSTILE,
        time=HOSTILE,
        status=HOSTILE,
        id=HOSTILE,
    )
    return night(
        log_name=HOSTILE,
        new=(bad, bad.model_copy(update={"type": "action_item"}), bad.model_copy(update={"type": "open_question"})),
        oldest=(bad,),
        changed=(DigestChange(record=bad, changes=(FieldChange(field=HOSTILE, now=HOSTILE, suggested=HOSTILE),)),),
        superseded=(DigestLink(kind="supersedes", from_=bad, to=bad),),
        links=(DigestLink(kind="relates", confidence=0.4, from_=bad, to=bad),),
        overdue=(bad,),
        unowned=(bad,),
        problems=(DigestProblem(label=HOSTILE, reason=HOSTILE, since=TO.date()),),
    )


def large(records: int = 400) -> Digest:
    """A first night over a backfill: long texts, far more than any target shows."""
    many = tuple(
        record(n, statement=f"Decision {n} " + "with many words " * 30, quote="so it was said " * 60)
        for n in range(records)
    )
    return night(
        new=many,
        oldest=many,
        overdue=many,
        unowned=many,
        counts=DigestCounts.of_new(
            many, waiting=9 * records, overdue=records, unowned=records, changed=1, superseded=1, links=1, problems=1
        ),
    )
