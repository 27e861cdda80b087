"""Quoted and forwarded mail as programs in many languages write it, and the dates in it."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from checks import turns, warnings

from extractor.sources import Reading
from extractor.sources.base import Blob
from extractor.sources.mail.bodies import fits_text
from extractor.sources.mail.body import split_body
from extractor.sources.mail.written import Dates

Read = Callable[..., Reading]
HEAD = "From: Ben Ott <ben@example.org>\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nSubject: Re: Roof\nMessage-ID: <2@x>\n\n"


@pytest.mark.parametrize(
    "line",
    [
        'D. 02.03.2026 09.00 skrev "Ana Li" <ana@example.org>:',
        "Le 02/03/2026 09:00, « Ana Li » <ana@example.org> a écrit :",
        "2026. 03. 02. 9:00 időpontban Ana Li <ana@example.org> ezt írta:",
        "Ana Li <ana@example.org> ezt írta (időpont: 2026. márc. 2., H, 9:00):",
        "2026. 03. 02. 9:00 keltezéssel, Ana Li a következőt írta:",
        "Op 02-03-2026 09:00 heeft Ana Li <ana@example.org> geschreven:",
        "Dnia 02.03.2026 09:00 „Ana Li” <ana@example.org> napisał:",
        '02.03.2026, 09:00 пользователь "Ana Li" <ana@example.org> написал:',
        "2. 3. 2026 9:00 používateľ Ana Li (<ana@example.org>) napísal:",
        "Dňa 2. marca 2026 o 9:00 Ana Li <ana@example.org> napísal(a):",
        "ned, 2. ožu 2026. u 9:00 Ana Li <ana@example.org> napisao/la je:",
        "pon., 2. mar. 2026 v 9:00 Ana Li <ana@example.org> je napisal:",
        "Στις Δευ 2 Μαρ 2026 στις 9:00 π.μ., ο/η Ana Li <ana@example.org> έγραψε:",
        "Kuupäev E, 2. märts 2026 kell 09:00 kirjutas Ana Li <ana@example.org>:",
        "2026-03-02, pr, 09:00 Ana Li <ana@example.org> rašė:",
        "Pada Sen, 2 Mar 2026 pukul 09.00 Ana Li <ana@example.org> menulis:",
        "A dl., 2 de març 2026, 09:00, Ana Li <ana@example.org> va escriure:",
        "2026年3月2日 09:00，Ana Li <ana@example.org> 写道：",
        "Ana Li <ana@example.org> 於 2026年3月2日 週一 上午9:00寫道：",
    ],
)
def test_attributions_of_more_languages_name_author_and_time(line: str) -> None:
    for body in (split_body(f"Yes.\n\n{line}\n\n> Shall we?\n"), split_body(f"Yes.\n\n{line}\n\nShall we?\n")):
        assert body.own == "Yes."
        (origin,) = body.origins
        assert origin.author.name == "Ana Li"
        assert origin.author.address == ("ana@example.org" if "@" in line else "")
        assert str(Dates().read(origin.author.written)) == "2026-03-02 09:00:00"


def test_an_attribution_in_a_language_that_is_not_known_counts_where_a_marked_quote_follows() -> None:
    line = "Nai 2 Foo 2026 ngoko 09:00 Ana Li <ana@example.org> ubhalile:"
    body = split_body(f"Yes.\n\n{line}\n\n> Shall we?\n")
    assert (body.own, body.origins[0].author.address) == ("Yes.", "ana@example.org")
    assert split_body(f"Yes.\n\n{line}\n\nShall we?\n").own.startswith("Yes.\n\nNai 2")


def test_what_somebody_said_on_a_day_is_a_quotation_only_where_it_is_marked() -> None:
    words = "We met.\n\nOn 2 March 2026 the council said:\n"
    assert split_body(f"{words}\nTin is too loud, so slate it is.\n").own.endswith("so slate it is.")
    assert split_body(f"{words}\n> Tin is too loud.\n").own == "We met."


def test_particles_and_small_letters_in_names_are_kept() -> None:
    for name in ("van der Berg", "D. Marsh", "ana li", "ben Ott", "ana \U0001f6b2 (depot)"):
        body = split_body(f"Yes.\n\nOn 2 Mar 2026 at 09:00, {name} <a@example.org> wrote:\n\n> Shall we?\n")
        assert body.origins[0].author.name == name


@pytest.mark.parametrize(
    ("divider", "labels"),
    [
        ("Begin forwarded message:", "From|Subject|Date|To"),
        ("Forwarded message:", "From|To|Subject|Date"),
        ("Začátek přeposílané zprávy:", "Od|Předmět|Datum|Komu"),
        ("Započni proslijeđenu poruku:", "Šalje|Predmet|Datum|Prima"),
        ("Továbbított levél kezdete:", "Feladó|Tárgy|Dátum|Címzett"),
        ("Videresendt melding:", "Fra|Emne|Dato|Til"),
        ("Începe mesajul redirecționat:", "Expeditorul|Subiectul|Dată|Destinatarul"),
        ("Vidarebefordrat mejl:", "Från|Ämne|Datum|Till"),
        ("Початок листа, що пересилається:", "Від кого|Тема|Дата|Кому"),
        ("---------- メッセージを転送 ---------", "送信元|件名|日付|送信先"),
        ("----- Przekazana wiadomość -----", "Od|Temat|Data|Do"),
        ("-------- Proslijeđena poruka --------", "Šalje|Naslov|Datum|Prima"),
    ],
)
@pytest.mark.parametrize("marked", [False, True])
def test_a_forwarded_mail_is_its_authors_in_many_languages(read: Read, divider: str, labels: str, marked: bool) -> None:
    first, *others = labels.split("|")
    lines = [f"{first}: Ana Li <ana@example.org>", *(f"{label}: 2.3.2026 9:00" for label in others)]
    quoted = "\n".join([*lines, "", "The tin roof is too loud for the depot."])
    if marked:
        quoted = "\n".join(f"> {line}" for line in quoted.split("\n"))
    reading = read(f"{HEAD}See below.\n\n{divider}\n\n{quoted}\n", "a.eml")
    assert turns(reading) == [("Ana Li", "The tin roof is too loud for the depot."), ("Ben Ott", "See below.")]


def test_the_author_named_in_headers_wrote_what_is_marked_below_them(read: Read) -> None:
    headers = "From: Ana Li <ana@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ben Ott\nSubject: Roof\n"
    quote = "> The tin roof is too loud.\n>\n> Shall we take slate?\n"
    for between in ("", "---------- Forwarded message ----------\n"):
        reading = read(f"{HEAD}Slate.\n\n{between}{headers}\n{quote}", "a.eml")
        assert turns(reading)[0] == ("Ana Li", "The tin roof is too loud.\n\nShall we take slate?")


def test_a_quote_within_a_quoted_mail_is_not_of_its_author(read: Read) -> None:
    headers = "From: Ana Li <ana@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ben Ott\nSubject: Roof\n"
    reading = read(f"{HEAD}Slate.\n\n{headers}\n> The tin roof is too loud.\n\nThen slate it is.\n", "a.eml")
    assert turns(reading) == [
        (None, "The tin roof is too loud."), ("Ana Li", "Then slate it is."), ("Ben Ott", "Slate.")
    ]  # fmt: skip


def test_headers_without_line_breaks_are_headers(read: Read) -> None:
    who = "From: Ana Li <ana@example.org>To: Ben <ben@example.org>"
    line = f"{who}Sent: Monday, March 2, 2026, 09:00:00 AM GMT+1Subject: Roof"
    for written in (line, f"   ----- Forwarded Message ----- {line}"):
        reading = read(f"{HEAD}Slate.\n\n{written}\nThe tin roof is too loud.\n", "a.eml")
        assert turns(reading) == [("Ana Li", "The tin roof is too loud."), ("Ben Ott", "Slate.")]
        assert str(reading.conversations[0].turns[0].sent_at) == "2026-03-02 09:00:00+01:00"
        assert fits_text(Blob("a.txt", f"Slate.\n\n{written}\nToo loud.\n".encode())) > 0.5
    sentence = "The form asks From: who, To: whom and Subject: what, write to desk@example.org."
    assert split_body(f"{sentence}\n").own == sentence


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("2026. 03. 02.", "2026-03-02 00:00:00"),
        (
            "\u200eпонедельник\u200e, \u200e2\u200e марта\u200e 2026\u200e г. \u200e9\u200e:\u200e00",
            "2026-03-02 09:00:00",
        ),
        ("2026年3月2日月曜日 17:55:44 -0400", "2026-03-02 17:55:44-04:00"),
        ("2026년 3월 2일 (월) 오후 3:00", "2026-03-02 15:00:00"),
        ("2026-03-02T09:00:00Z", "2026-03-02 09:00:00+00:00"),
        ("le 2 mars 2026 à 9 h 05", "2026-03-02 09:05:00"),
        ("le 02/03/2026 à 9h05", "2026-03-02 09:05:00"),
        ("02/03/2026 09:00", "None"),
    ],
)
def test_dates_are_read_as_programs_write_them(text: str, moment: str) -> None:
    assert str(Dates().read(text)) == moment


def test_of_two_days_the_one_after_the_answer_is_not_meant(read: Read) -> None:
    for date, day in (("01/03/2026", "None"), ("04/03/2026", "2026-03-04"), ("03/04/2026", "2026-03-04")):
        reading = read(f"{HEAD}Slate.\n\nOn {date} 7:00, Ana Li wrote:\n> The tin roof is too loud.\n", "a.eml")
        assert str(reading.conversations[0].turns[0].sent_at).split()[0] == day
    assert str(Dates().read("05/02/2026", Dates().read("2026-02-20 09:00")))[:10] == "2026-02-05"


def test_quoted_times_without_a_zone_are_no_warning_where_the_mail_has_one(read: Read) -> None:
    quoted = "Slate.\n\nOn Mar 2, 2026, at 9:00 AM, Ana Li wrote:\n> The tin roof is too loud.\n"
    assert "time zone" not in warnings(read(f"{HEAD}{quoted}", "a.eml"))
    assert "time zone" in warnings(read(quoted, "a.txt"))


@pytest.mark.parametrize(
    "end",
    [
        "-- \nBen Ott\nDepot",
        "____________________________\nroof mailing list\nroof@lists.example.org",
        "2026. 03. 02. 9:00 keltezéssel, Ana Li a következőt írta:\nShall we?",
        "Am 2. M=C3=A4rz 2026 um 09:00 schrieb Ana Li <ana@example.org=\n>:\n\n> Shall we?",
    ],
)
def test_the_text_of_a_mail_is_known_by_its_end(end: str) -> None:
    assert fits_text(Blob("a.txt", f"Yes, tin.\n\n{end}\n".encode())) > 0.5
    assert fits_text(Blob("a.txt", b"Yes, tin.\n\n- one\n-- two\n")) == 0


def test_a_sentence_that_begins_like_a_telephones_signature_is_text() -> None:
    for line in (
        "Sent from my desk, which is much easier than the telephone.",
        "Sendt med posten i går.",
        "Envoyé de Lyon hier soir",
    ):
        assert split_body(f"The offer is there.\n\n{line}\n").own.endswith(line)
    for line in ("Sent from my iPhone", "Sent from Mail for Windows", "Envoyé de mon iPhone", "Sendt fra min iPad"):
        assert split_body(f"The offer is there.\n\n{line}\n").own == "The offer is there."
