"""Mails that are put together wrongly: no word of them is lost, and warnings say what was done."""

from __future__ import annotations

import time
from collections.abc import Callable

import pytest
from checks import asides, assert_accounted, turns, warnings

from extractor.sources import Reading
from extractor.sources.base import Blob
from extractor.sources.mail.formats import fits_eml

Read = Callable[..., Reading]
HEAD = "From: Ana Li <ana@example.org>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\nSubject: Roof\nMIME-Version: 1.0\n"
PART = "Content-Type: text/plain\n\nWe take the tin roof.\n"


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ('multipart/mixed; boundary="b"', "We take the tin roof.\n"),
        ("multipart/mixed", f"--x\n{PART}--x--\n"),
        ('multipart/alternative; boundary="--=_b"', f"----=_other\n{PART}"),
        ("multipart/report;\n\tbo", "This is a MIME message\n\n--x.1/host\n\nWe take the tin roof.\n\n--x.1/host--\n"),
        ("multipart/mixed; boundary=b", f"--b\nContent-Type: multipart/mixed; boundary=c\n\n--d\n{PART}--d--\n--b--\n"),
    ],
)
def test_a_mail_whose_boundary_is_wrong_is_read(read: Read, kind: str, body: str) -> None:
    reading = read(f"{HEAD}Content-Type: {kind}\n\n{body}", "a.eml")
    assert turns(reading) == [("Ana Li", "We take the tin roof.")]
    assert "does not say rightly where its parts begin" in warnings(reading)
    assert_accounted(reading)


def test_parts_after_the_end_are_read_and_other_words_there_are_set_aside(read: Read) -> None:
    start = f'{HEAD}Content-Type: multipart/mixed; boundary="b"\n\nThis is a MIME message.\n--b\n{PART}--b--\n'
    reading = read(f"{start}--c\nContent-Type: text/plain\n\nAnd copper gutters.\n--c--\n", "a.eml")
    assert turns(reading) == [("Ana Li", "We take the tin roof.\n\nAnd copper gutters.")]
    assert "outside of where it says" in warnings(reading)
    reading = read(f"{start}Sent through the depot's list.\n", "a.eml")
    assert turns(reading) == [("Ana Li", "We take the tin roof.")]
    assert asides(reading)["boilerplate"] == len("This is a MIME message.Sent through the depot's list.")


def test_a_mail_without_the_usual_headers_is_a_mail(read: Read) -> None:
    mixed = f"Content-Type: multipart/mixed; boundary=b\n\n--b\n{PART}--b--\n"
    for start in ("From: Ana Li <ana@example.org>\n", "MIME-Version: 1.0\n", ""):
        reading = read(start + mixed, "a.eml")
        assert reading.format == "eml"
        assert [text for _, text in turns(reading)] == ["We take the tin roof."]
    assert fits_eml(Blob("a.txt", b"Content-Type: the type of the content\nText: more\n\nWords.\n")) == 0
    assert fits_eml(Blob("a.txt", b"From: Ana\n\nWords.\n")) == 0


def test_a_mail_to_thousands_is_a_mail(read: Read) -> None:
    people = ", ".join(f"p{number}@example.org" for number in range(20_000))
    reading = read(f"From: Ana Li <ana@example.org>\nTo: {people}\nSubject: Roof\n\nWe take the tin roof.\n", "a.eml")
    assert (reading.format, turns(reading)) == ("eml", [("Ana Li", "We take the tin roof.")])


def test_parts_without_a_name_are_counted_by_their_kind(read: Read) -> None:
    image, named = "Content-Type: image/png\n\nx\n", "Content-Type: image/png; name=plan.png\n\nx\n"
    parts = "".join(f"--b\n{part}" for part in (PART, image, image, image, named, named))
    reading = read(f"{HEAD}Content-Type: multipart/mixed; boundary=b\n\n{parts}--b--\n", "a.eml")
    assert "Attachments were not read: 3 parts of type image/png and plan.png." in warnings(reading)


def test_mails_that_are_there_again_are_one_warning(read: Read) -> None:
    mail = f"From a@example.org Mon Mar  2 09:00:00 2026\n{HEAD}Message-ID: <1@x>\n\nWe take the tin roof.\n\n"
    reading = read(mail * 3, "a.mbox")
    assert len(turns(reading)) == 1
    assert 'Mail 2 ("Roof") and mail 3 ("Roof") are there more than once and were read once.' in warnings(reading)


def test_characters_that_are_none_are_said_to_be_replaced(read: Read) -> None:
    words = "Wir nehmen das größte Blech für die Halle, und zwar überall. " * 3
    data = f"{HEAD}Content-Type: text/plain; charset=utf-8\n\n{words}".encode()[:-80] + b"\xff\xfe!\n"
    reading = read(data, "a.eml")
    assert turns(reading)[0][1].startswith("Wir nehmen das größte Blech")
    assert "holds characters that are no utf-8; they were replaced by \ufffd" in warnings(reading)


def test_a_mail_that_only_passes_on_another_has_no_warning_about_its_own_words(read: Read) -> None:
    forward = "-------- Forwarded Message --------\nFrom: Kwame <k@example.org>\nDate: Monday\nSubject: Roof\n\n"
    reading = read(f"{HEAD}\n{forward}We repair it in April.\n", "a.eml")
    assert turns(reading) == [("Kwame", "We repair it in April.")]
    assert "no words of its own" not in warnings(reading)


def test_a_long_subject_is_shortened_in_warnings(read: Read) -> None:
    head = HEAD.replace("Roof", "Roof " * 60)
    reading = read(f"{head}Content-Type: multipart/mixed; boundary=b\n\nTin.\n", "a.eml")
    assert len(warnings(reading)) < 250


@pytest.mark.parametrize(
    "content",
    [
        "Content-Type: multipart/mixed\n\n" + "--b\n" * 200_000,
        "Content-Type: multipart/mixed\n\n" + "".join(f"--b{number}\n" for number in range(100_000)),
        "Content-Type: multipart/mixed; boundary=b\n\n--b\n\nTin.\n--b--\n" + f"--c\n{PART}--c--\n" * 20_000,
        "\n" + ("De: @ An: " * 50 + "\n") * 1_000,
        "\n" + "From: a@x.org To: b Sent: c Subject: d\nTin.\n" * 10_000,
        "\n" + ("2 Mar 2026 " * 25 + "<x@y> abc:\n> q\n") * 2_000,
    ],
)
def test_no_broken_mail_takes_long(read: Read, content: str) -> None:
    began = time.monotonic()
    read(f"{HEAD}{content}", "a.eml")
    assert time.monotonic() - began < 10
