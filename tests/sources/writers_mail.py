"""How mail programs write a thread down: mails, mailboxes, and one mail with all that it quotes."""

from __future__ import annotations

import base64
import html
import quopri
from collections.abc import Callable
from email.header import Header
from typing import Any

from test_msg import compound_file, properties
from test_msg import text as msg_text
from writers import Talk, Writer, every, mime, moment, page

ENCODINGS: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("8bit", bytes),
    ("quoted-printable", quopri.encodestring),
    ("base64", base64.encodebytes),
)


def header_of(name: str) -> str:
    """Whose mail it is, in a header or an attribution."""
    return f"{name} <{address_of(name)}>"


def address_of(name: str) -> str:
    return f"p{sum(map(ord, name))}@example.org"


def mail(name: str, body: str, time: float, number: int, answers: bool) -> bytes:
    """A mail as programs send it: each third in another of the encodings that there are for what is not ASCII."""
    who = f'"{name}"' if name.isascii() else Header(name, "utf-8").encode()
    encoding, encode = ENCODINGS[number % len(ENCODINGS)]
    headers = {
        "From": f"{who} <{address_of(name)}>",
        "Date": f"{moment(time):%a, %d %b %Y %H:%M:%S} +0000",
        "Subject": "Re: Roof" if answers else "Roof",
        "Message-ID": f"<{number}@x.example.org>",
        **({"In-Reply-To": f"<{number - 1}@x.example.org>"} if answers else {}),
        "MIME-Version": "1.0",
        "Content-Type": "text/plain; charset=utf-8",
        "Content-Transfer-Encoding": encoding,
    }
    head = "".join(f"{field}: {value}\r\n" for field, value in headers.items())
    return f"{head}\r\n".encode() + encode(body.encode()).replace(b"\n", b"\r\n")


def mails(talk: Talk, times: list[float]) -> list[bytes]:
    rows = enumerate(zip(talk, times, strict=True))
    return [mail(name, f"{text}\n", time, number, number > 0) for number, ((name, text), time) in rows]


def mbox(talk: Talk, times: list[float]) -> bytes:
    separator = b"From a@example.org Wed Mar 25 09:00:00 2026\n"
    return b"".join(
        separator + each.replace(b"\r\n", b"\n").replace(b"\nFrom ", b"\n>From ") + b"\n" for each in mails(talk, times)
    )


def mbox_source(data: bytes) -> str:
    return "\n".join(map(mime, data.split(b"From a@example.org Wed Mar 25 09:00:00 2026\n")[1:]))


def maildir(talk: Talk, times: list[float]) -> dict[str, bytes]:
    return {f"cur/17740{number:05}.M1P2.host:2,S": each for number, each in enumerate(mails(talk, times))}


# One mail that quotes the others


def nested(talk: Talk, times: list[float]) -> str:
    """What has been said, oldest first, as the next one quotes it: each a mark deeper than the one after it."""
    body = ""
    for (name, text), time in zip(talk, times, strict=True):
        at = moment(time)
        quoted = "".join(f"> {line}\n" if line else ">\n" for line in f"{text}\n{body}".split("\n"))
        body = f"\nOn {at:%a, %b} {at.day}, {at:%Y} at {at.hour}:{at:%M} AM {header_of(name)} wrote:\n{quoted}"
    return body


def stacked(talk: Talk, times: list[float]) -> str:
    """The same below each other with headers, as Outlook does."""
    body = ""
    for (name, text), time in zip(talk, times, strict=True):
        at = moment(time)
        sent = f"{at:%A, %B} {at.day}, {at:%Y} {at.hour}:{at:%M} AM"
        body = f"From: {header_of(name)}\nSent: {sent}\nTo: all <all@example.org>\nSubject: Roof\n\n{text}\n\n{body}"
    return body


def eml(talk: Talk, times: list[float]) -> bytes:
    (name, text), time = talk[-1], times[-1]
    return mail(name, f"{text}\n{nested(talk[:-1], times[:-1])}", time, len(talk), True)


def mail_text(talk: Talk, times: list[float]) -> bytes:
    return f"{talk[-1][1]}\n{nested(talk[:-1], times[:-1])}".encode()


def mail_headers(talk: Talk, times: list[float]) -> bytes:
    return f"{talk[-1][1]}\n\n{stacked(talk[:-1], times[:-1])}".encode()


def mail_html(talk: Talk, times: list[float]) -> bytes:
    body = ""
    for number, ((name, text), time) in enumerate(zip(talk, times, strict=True), 1):
        at = moment(time)
        said = html.escape(text, quote=False).replace("\n", "<br>")
        body = f"<div>{said}</div>{body}"
        if number < len(talk):
            address = f'&lt;<a href="mailto:{address_of(name)}">{address_of(name)}</a>&gt;'
            when = f"{at:%a, %b} {at.day}, {at:%Y} at {at.hour}:{at:%M} AM"
            body = (
                f'<br><div class="gmail_quote"><div class="gmail_attr">On {when} {html.escape(name, quote=False)} '
                f'{address} wrote:<br></div><blockquote class="gmail_quote" style="border-left:1px">{body}</blockquote>'
                "</div>"
            )
    return f'<html><body><div dir="ltr">{body}</div></body></html>'.encode()


def msg(talk: Talk, times: list[float]) -> bytes:
    (name, text), time = talk[-1], times[-1]
    body = f"{text}\n\n{stacked(talk[:-1], times[:-1])}".replace("\n", "\r\n")
    tree = {"__properties_version1.0": properties(32, moment(time))}
    fields = {"0037": "RE: Roof", "0C1A": name, "5D01": address_of(name), "1000": body, "1035": "<1@x.example.org>"}
    for number, value in fields.items():
        tree |= msg_text(number, value)
    return compound_file(tree)


def msg_source(data: bytes) -> str:
    return data.decode("utf-16-le", "replace").replace("\0", " ")


# What they can carry

NAMES = ("Ana Li", "Łukasz Nowak", "田中 太郎", "Mateo van den Berg", "Renée O'Neil", "Ngũgĩ wa Thiong'o", "דנה לוי")
MAILS: dict[str, Any] = {"names": NAMES, "times": "sent", "source": mime, "clock": every(60), "numbered": True}
QUOTED: dict[str, Any] = {**MAILS, "source": bytes.decode, "most_turns": 5}
WRITERS = (
    Writer("eml", eml, **{**MAILS, "most_turns": 5}),
    Writer("mbox", mbox, **{**MAILS, "source": mbox_source}),
    Writer("msg", msg, **{**QUOTED, "source": msg_source}, most_bytes=6_000_000),
    Writer("mail-text", mail_text, **QUOTED, newest_known=False),
    Writer("mail-text", mail_headers, "headers", **QUOTED, newest_known=False),
    Writer("mail-html", mail_html, **{**QUOTED, "source": page}, newest_known=False, without="\u00a0"),
    Writer("maildir", maildir, **MAILS),
)
