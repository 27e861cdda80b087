"""Quoted mail: whose it is, when it was written, and that it is neither lost nor said twice."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Hints
from extractor.sources.html_text import html_to_text
from extractor.sources.mail.attribution import author_of, find_attributions
from extractor.sources.mail.bodies import fits_html, fits_text
from extractor.sources.mail.body import split_body
from extractor.sources.mail.written import Dates

Read = Callable[..., Reading]
HEAD = "From: Ben Ott <ben@example.org>\nDate: Tue, 3 Mar 2026 10:00:00 +0100\nSubject: Re: Roof\nMessage-ID: <2@x>\n\n"


def kinds(reading: Reading) -> list[tuple[str, str | None, str]]:
    (conversation,) = reading.conversations
    return [(turn.kind, conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns]


# Attributions

ATTRIBUTIONS = [
    ("On Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana@example.org> wrote:", "09:00"),
    ("On 02.03.2026 09:00, Ana Li wrote:", "09:00"),
    ("On Monday, March 2nd, 2026 at 9:00 AM, Ana Li <ana@example.org> wrote:", "09:00"),
    ("On Mar 2, 2026, at 9:00 AM, Ana Li <ana@example.org> wrote:", "09:00"),
    ("--- On Mon, Mar 2, 2026, Ana Li <ana@example.org> wrote:", "00:00"),
    ("Ana Li <ana@example.org> wrote on 2026-03-02 09:00:", "09:00"),
    ("* Ana Li <ana@example.org> [2026-03-02 09:00] wrote:", "09:00"),
    ("2026-03-02 9:00 GMT+01:00 Ana Li <ana@example.org>:", "09:00"),
    ("Am Mo., 2. März 2026 um 09:00 Uhr schrieb Ana Li <ana@example.org>:", "09:00"),
    ("Am 02.03.2026 um 09:00 schrieb Ana Li:", "09:00"),
    ("Ana Li <ana@example.org> schrieb am Mo., 2. März 2026, 09:00:", "09:00"),
    ("Le lun. 2 mars 2026 à 09:00, Ana Li <ana@example.org> a écrit :", "09:00"),
    ("Le 02/03/2026 à 09:00, Ana Li a écrit :", "09:00"),
    ("On 02/03/2026 09:00, Ana Li wrote:", None),
    ("El lun, 2 mar 2026 a las 9:00, Ana Li (<ana@example.org>) escribió:", "09:00"),
    ("Il giorno lun 2 mar 2026 alle ore 09:00 Ana Li <ana@example.org> ha scritto:", "09:00"),
    ("Op ma 2 mrt 2026 om 09:00 schreef Ana Li <ana@example.org>:", "09:00"),
    ("Op 2 mrt 2026, om 09:00 heeft Ana Li <ana@example.org> het volgende geschreven:", "09:00"),
    ("Em seg., 2 de mar. de 2026 às 09:00, Ana Li <ana@example.org> escreveu:", "09:00"),
    ("Den 2. mar. 2026 kl. 09.00 skrev Ana Li <ana@example.org>:", "09:00"),
    ("man. 2. mar. 2026 kl. 09:00 skrev Ana Li <ana@example.org>:", "09:00"),
    ("Den mån 2 mars 2026 kl 09:00 skrev Ana Li <ana@example.org>:", "09:00"),
    ("W dniu pon., 2 mar 2026 o 09:00 Ana Li <ana@example.org> napisał(a):", "09:00"),
    ("pon., 2 mar 2026 o 09:00 Ana Li <ana@example.org> napisał(a):", "09:00"),
    ("пн, 2 мар. 2026 г. в 09:00, Ana Li <ana@example.org>:", "09:00"),
    ("2 марта 2026 г., 9:00, Ana Li пишет:", "09:00"),
    ("2026年3月2日(月) 9:00 Ana Li <ana@example.org>:", "09:00"),
    ("Ana Li <ana@example.org> 于2026年3月2日周一 09:00写道：", "09:00"),
    ("2026년 3월 2일 (월) 오전 9:00, Ana Li <ana@example.org>님이 작성:", "09:00"),
    ("po 2. 3. 2026 v 9:00 odesílatel Ana Li <ana@example.org> napsal:", "09:00"),
    ("Dne 2. 3. 2026 v 9:00 Ana Li napsal(a):", "09:00"),
    ("Ana Li <ana@example.org>, 2 Mar 2026 Pzt, 09:00 tarihinde şunu yazdı:", "09:00"),
    ("ma 2. maalisk. 2026 klo 9.00 Ana Li (ana@example.org) kirjoitti:", "09:00"),
]


@pytest.mark.parametrize(("line", "clock"), ATTRIBUTIONS)
def test_an_attribution_in_any_language_says_who_wrote_and_when(line: str, clock: str | None) -> None:
    body = split_body(f"Yes.\n\n{line}\n\n> Shall we?\n")
    assert body.own == "Yes."
    assert [(part.reason, part.level) for part in body.parts if part.text.strip()] == [
        ("own", 0),
        ("quotation header", 0),
        ("quoted reply", 1),
    ]
    author = body.origins[0].author
    assert (author.name, author.address) == ("Ana Li", "ana@example.org" if "@" in line else "")
    written = Dates().read(author.written)
    assert (str(written)[:16] if written else None) == (f"2026-03-02 {clock}" if clock else None)


@pytest.mark.parametrize(("line", "clock"), ATTRIBUTIONS)
def test_an_attribution_is_known_where_nothing_marks_the_quote(line: str, clock: str | None) -> None:
    body = split_body(f"Yes.\n\n{line}\n\nShall we?\n")
    assert body.own == "Yes."
    assert body.origins[0].author.name == "Ana Li"


@pytest.mark.parametrize(
    "lines",
    [
        "On Mon, Mar 2, 2026 at 9:00 AM Ana Li\n<ana@example.org> wrote:",
        "On Mon, Mar 2, 2026 at 9:00 AM\nAna Li <ana@example.org>\nwrote:",
        "On Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana@example.org>\n wrote:",
        "On Monday, 2 March 2026,\nat 9:00 AM, Ana Li wrote:",
        "Am Mo., 2. März 2026 um 09:00 Uhr\nschrieb Ana Li <\nana@example.org>:",
    ],
)
def test_a_wrapped_attribution_is_one(lines: str) -> None:
    body = split_body(f"Am I late? On 3 March we meet.\n{lines}\n\n> Shall we?\n")
    assert body.own == "Am I late? On 3 March we meet."
    assert body.origins[0].author.name == "Ana Li"


@pytest.mark.parametrize(
    ("line", "name", "address"),
    [
        ('On 2 Mar 2026, "Li, Ana" <ana@example.org> wrote:', "Li, Ana", "ana@example.org"),
        ("On 2 Mar 2026 9:00, ana@example.org wrote:", "", "ana@example.org"),
        ("Yesterday at 15:02, Ana Li wrote:", "Ana Li", ""),
        ("Ana Li writes:", "Ana Li", ""),
        ("In article <123@news>, Ana Li <ana@example.org> wrote:", "Ana Li", "ana@example.org"),
        ("Quoting Ana Li <ana@example.org>:", "Ana Li", "ana@example.org"),
        ("On 2 Mar 2026, at 9:00, 0xNova wrote:", "0xNova", ""),
        ("On Mon, 2 Mar 2026 09:00:00 +0100 (CET), Ana Li <ana@example.org> wrote:", "Ana Li", "ana@example.org"),
    ],
)
def test_the_author_is_told_from_the_date(line: str, name: str, address: str) -> None:
    author = author_of(line)
    assert (author.name, author.address) == (name, address)


@pytest.mark.parametrize(
    "text",
    [
        "On Monday we met and Ben said the following things:",
        "As Ana wrote:",
        "Deadline: 3 March\nPlease note what Ben wrote:",
        "I read what she wrote on 3 March 2026 and\nthen he wrote:",
    ],
)
def test_prose_before_own_words_is_no_attribution(text: str) -> None:
    assert split_body(f"Hello.\n\n{text}\n\nWe rent it.\n").own.endswith("We rent it.")


def test_dates_that_could_be_two_are_none_unless_somebody_says(read: Read) -> None:
    assert Dates().read("On 03/04/2026 9:00") is None
    assert str(Dates(True).read("On 03/04/2026 9:00")) == "2026-04-03 09:00:00"
    assert str(Dates(False).read("On 03/04/2026 9:05 PM")) == "2026-03-04 21:05:00"
    assert str(Dates().read("23/04/2026")) == "2026-04-23 00:00:00"
    assert str(Dates().read("Mon, 2 Mar 2026 09:00:00 +0100")) == "2026-03-02 09:00:00+01:00"
    for nonsense in ("", "yesterday", "99.99.2026", "Xyz 45, 2026", "2026-13-40", "1" * 500):
        assert Dates().read(nonsense) is None


# Headers of quoted mails


def test_an_address_with_a_year_in_it_is_no_date(read: Read) -> None:
    quoted = "On Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana1989@example.org> wrote:\n> Shall we?\n"
    reading = read(f"{HEAD}Yes.\n\n{quoted}", "a.eml")
    assert kinds(reading) == [("quote", "Ana Li", "Shall we?"), ("message", "Ben Ott", "Yes.")]
    assert str(reading.conversations[0].turns[0].sent_at) == "2026-03-02 09:00:00"


HEADERS = [
    "From: Ana Li <ana@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ben Ott\nSubject: Roof",
    "From: x [mailto:x@y.org] On Behalf Of Ana Li <ana@example.org>\nSent: Monday, March 2, 2026 9:00 AM\nTo: Ben",
    "*From:* Ana Li <ana@example.org>\n*Sent:* Monday, March 2, 2026 9:00 AM\n*To:* Ben <\nb@x.org>\n*Subject:* R",
    "Von: Ana Li <ana@example.org>\nGesendet: Montag, 2. März 2026 09:00\nAn: Ben Ott\nBetreff: Dach",
    "De : Ana Li <ana@example.org>\nEnvoyé : lundi 2 mars 2026 09:00\nÀ : Ben Ott\nObjet : Toit",
    "De: Ana Li <ana@example.org>\nEnviado: lunes, 2 de marzo de 2026 9:00\nPara: Ben Ott\nAsunto: Techo",
    "Da: Ana Li <ana@example.org>\nInviato: lunedì 2 marzo 2026 09:00\nA: Ben Ott\nOggetto: Tetto",
    "Van: Ana Li <ana@example.org>\nVerzonden: maandag 2 maart 2026 09:00\nAan: Ben Ott\nOnderwerp: Dak",
    "De: Ana Li <ana@example.org>\nEnviado: segunda-feira, 2 de março de 2026 09:00\nPara: Ben Ott\nAssunto: Telhado",
    "Fra: Ana Li <ana@example.org>\nSendt: 2. marts 2026 09:00\nTil: Ben Ott\nEmne: Tag",
    "Från: Ana Li <ana@example.org>\nSkickat: den 2 mars 2026 09:00\nTill: Ben Ott\nÄmne: Tak",
    "Od: Ana Li <ana@example.org>\nWysłano: poniedziałek, 2 marca 2026 09:00\nDo: Ben Ott\nTemat: Dach",
    "От: Ana Li <ana@example.org>\nОтправлено: 2 марта 2026 г. 9:00\nКому: Ben Ott\nТема: Крыша",
    "差出人: Ana Li <ana@example.org>\n送信日時: 2026年3月2日 9:00\n宛先: Ben Ott\n件名: 屋根",
    "发件人: Ana Li <ana@example.org>\n发送时间: 2026年3月2日 9:00\n收件人: Ben Ott\n主题: 屋顶",
    "보낸 사람: Ana Li <ana@example.org>\n보낸 날짜: 2026년 3월 2일 9:00\n받는 사람: Ben Ott\n제목: 지붕",
    "Od: Ana Li <ana@example.org>\nOdesláno: 2. března 2026 9:00\nKomu: Ben Ott\nPředmět: Střecha",
    "Kimden: Ana Li <ana@example.org>\nGönderildi: 2 Mart 2026 Pazartesi 09:00\nKime: Ben Ott\nKonu: Çatı",
    "Lähettäjä: Ana Li <ana@example.org>\nLähetetty: 2. maaliskuuta 2026 9:00\nVastaanottaja: Ben Ott\nAihe: Katto",
]


@pytest.mark.parametrize("block", HEADERS)
@pytest.mark.parametrize("before", ["", "________________________________\n", "-----Original Message-----\n"])
def test_the_headers_above_a_quoted_mail_say_whose_it_is(block: str, before: str) -> None:
    body = split_body(f"Yes.\n\n{before}{block}\n\nShall we?\n")
    assert body.own == "Yes."
    (origin,) = body.origins
    assert (origin.author.name, origin.author.address) == ("Ana Li", "ana@example.org")
    assert str(Dates().read(origin.author.written)) == "2026-03-02 09:00:00"
    assert [part.bare.strip() for part in body.parts if part.reason == "quoted reply"] == ["Shall we?"]


@pytest.mark.parametrize(
    "divider",
    [
        "-----Original Message-----",
        "-----Ursprüngliche Nachricht-----",
        "-----Message d'origine-----",
        "---------- Forwarded message ---------",
        "---------- Weitergeleitete Nachricht ---------",
        "Begin forwarded message:",
        "Anfang der weitergeleiteten Nachricht:",
        "-------- Forwarded Message --------",
    ],
)
def test_a_divider_starts_a_quoted_mail_in_any_language(divider: str) -> None:
    body = split_body(f"Yes.\n\n{divider}\n\nAuteur: Ana Li <ana@example.org>\nMoment: gisteren\n\nShall we?\n")
    assert body.own == "Yes."
    assert body.origins[-1].author.name == "Ana Li"


def test_what_stands_after_the_end_of_a_forwarded_mail_is_the_authors() -> None:
    forwarded = "---------- Forwarded message ----------\nFrom: Ana\nTo: Ben\n\nShall we?\n"
    assert split_body(f"See:\n\n{forwarded}\n----- End forwarded message -----\n\nYes.\n").own == "See:\n\nYes."


# Depth

DEEP = (
    "Agreed.\n\nOn Tue, Mar 3, 2026 at 8:00 AM Cora Ek <cora@example.org> wrote:\n\n"
    "> We take the tin roof.\n>\n> On Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana@example.org> wrote:\n>\n"
    ">> Tin or slate?\n>> Both cost the same.\n>\n> Cheers\n"
)


def test_quoted_mails_become_turns_the_oldest_first(read: Read) -> None:
    reading = read(HEAD + DEEP, "a.eml")
    assert kinds(reading) == [
        ("quote", "Ana Li", "Tin or slate?\nBoth cost the same."),
        ("quote", "Cora Ek", "We take the tin roof.\n\n\nCheers"),
        ("message", "Ben Ott", "Agreed."),
    ]
    thread = reading.conversations[0].turns
    assert [turn.reply_to for turn in thread] == [None, 0, 1]
    assert [str(turn.sent_at)[:16] for turn in thread] == ["2026-03-02 09:00", "2026-03-03 08:00", "2026-03-03 10:00"]
    assert all(not turn.quotes for turn in thread)
    assert "2 mails are known only from being quoted" in warnings(reading)
    assert_accounted(reading)


def test_a_thread_below_headers_without_marks_is_taken_apart(read: Read) -> None:
    blocks = [
        f"From: {name}\nSent: March {day}, 2026 9:00 AM\nTo: team\nSubject: Roof\n\n{text}\n"
        for name, day, text in [("Cora Ek", 2, "We take tin."), ("Ana Li", 1, "Tin or slate?")]
    ]
    reading = read(HEAD + "Agreed.\n\n" + "\n".join(blocks), "a.eml")
    assert kinds(reading) == [
        ("quote", "Ana Li", "Tin or slate?"),
        ("quote", "Cora Ek", "We take tin."),
        ("message", "Ben Ott", "Agreed."),
    ]
    assert_accounted(reading)


def test_headers_or_an_attribution_within_the_marks_say_whose_the_quote_is(read: Read) -> None:
    headers = (
        "Yes.\n\n> Subject: Roof\n> From: ana@example.org\n> Date: Mon, 2 Mar 2026 09:00:00 +0100\n>\n> Shall we?\n"
    )
    apple = (
        "Yes.\n\n> On Mar 2, 2026, at 9:00 AM, Ana Li <ana@example.org> wrote:\n> \n> \ufeffShall we?\n> \n"
        ">> On Mar 1, 2026, at 9:00 AM, Cora Ek <cora@example.org> wrote:\n>> \n>> Tin or slate?\n"
    )
    assert turns(read(headers, "a.txt")) == [("ana@example.org", "Shall we?"), (None, "Yes.")]
    reading = read(apple, "a.txt")
    assert turns(reading) == [("Cora Ek", "Tin or slate?"), ("Ana Li", "Shall we?"), (None, "Yes.")]
    assert [turn.reply_to for turn in reading.conversations[0].turns] == [None, 0, 1]
    assert_accounted(reading, len(apple))


def test_an_interleaved_quote_is_one_turn_and_the_answers_are_another(read: Read) -> None:
    body = "On 2 Mar 2026, Ana Li wrote:\n> Tin or slate?\n\nTin.\n\n> And the colour?\n\nRed.\n"
    reading = read(HEAD + body, "a.eml")
    assert kinds(reading) == [
        ("quote", "Ana Li", "Tin or slate?\n\nAnd the colour?"),
        ("message", "Ben Ott", "Tin.\n\n\nRed."),
    ]
    assert_accounted(reading)


def test_a_quote_of_a_mail_that_is_there_stays_with_the_answer_at_its_place(read: Read) -> None:
    first = "From a@x Mon Mar  2 09:00:00 2026\nFrom: Ana Li <ana@example.org>\nDate: Mon, 2 Mar 2026 09:00:00 +0100\n"
    first += "Subject: Roof\nMessage-ID: <1@x>\n\nShall we take the tin roof,\nor rather the one of slate?\n"
    body = "Ana wrote:\n> Shall we take\n> the tin roof, or rather the one of slate?\n\nTin.\n"
    reading = read(f"{first}\nFrom b@x Tue Mar  3 09:00:00 2026\n{HEAD}{body}", "a.mbox")
    (conversation,) = reading.conversations
    assert [turn.kind for turn in conversation.turns] == ["message", "message"]
    (quote,) = conversation.turns[1].quotes
    assert (quote.char, quote.depth, conversation.name_of(quote.author)) == (0, 1, "Ana")
    assert quote.text == "Shall we take\nthe tin roof, or rather the one of slate?"
    assert asides(reading)["quoted reply"] > 0
    assert_accounted(reading)


def test_what_two_mails_quote_is_one_turn(read: Read) -> None:
    quote = "On 2 Mar 2026, Ana Li <ana@example.org> wrote:\n> Shall we take the tin roof of the depot?\n"
    head = HEAD.replace("<2@x>", "<{}@x>\nIn-Reply-To: <1@x>").replace("Tue, 3 Mar", "Tue, {} Mar")
    mails = [f"From b@x Tue Mar  3 09:00:00 2026\n{head.format(n, n)}Answer {n}.\n\n{quote}\n" for n in (3, 4)]
    (conversation,) = read("".join(mails), "a.mbox").conversations
    assert [turn.kind for turn in conversation.turns] == ["quote", "message", "message"]
    assert [len(turn.quotes) for turn in conversation.turns] == [0, 0, 1]


def test_the_same_few_words_of_two_people_are_said_by_both(read: Read) -> None:
    body = "Agreed.\n\nOn 2 Mar 2026, Ana Li <ana@example.org> wrote:\n> Agreed.\n"
    assert turns(read(HEAD + body, "a.eml")) == [("Ana Li", "Agreed."), ("Ben Ott", "Agreed.")]


def test_an_address_in_an_attribution_is_the_person_who_writes_under_it(read: Read) -> None:
    head = HEAD.replace("Subject", "To: Ana Li <ana@example.org>\nSubject")
    reading = read(f"{head}Yes.\n\nOn 2 Mar 2026, <ana@example.org> wrote:\n> Shall we?\n", "a.eml")
    assert turns(reading) == [("Ana Li", "Shall we?"), ("Ben Ott", "Yes.")]


def test_signatures_and_footers_within_quotes_are_no_words(read: Read) -> None:
    body = "Yes.\n\nOn 2 Mar 2026, Ana Li wrote:\n> Shall we?\n> -- \n> Ana\n> Roofs & Co\n\nBen\n"
    reading = read(HEAD + body, "a.eml")
    assert turns(reading) == [("Ana Li", "Shall we?"), ("Ben Ott", "Yes.\n\nBen")]
    assert asides(reading)["signature"] >= len("> -- \n> Ana\n> Roofs & Co\n")


def test_in_flowed_text_only_a_mark_at_the_beginning_quotes(read: Read) -> None:
    head = HEAD.replace("\n\n", "\nContent-Type: text/plain; format=flowed\n\n")
    reading = read(f"{head} > 5 is too many.\n\nOn 2 Mar 2026, Ana Li wrote:\n>> Six? \n>> Seven?\n> Five.\n", "a.eml")
    assert kinds(reading) == [
        ("quote", None, "Six? \nSeven?"),
        ("quote", "Ana Li", "Five."),
        ("message", "Ben Ott", "> 5 is too many."),
    ]


def test_pgp_armour_is_no_text(read: Read) -> None:
    signed = (
        "-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nWe take tin.\n"
        "-----BEGIN PGP SIGNATURE-----\n\niQEz\n-----END PGP SIGNATURE-----\n"
    )
    assert turns(read(HEAD + signed, "a.eml")) == [("Ben Ott", "We take tin.")]


# HTML


@pytest.mark.parametrize(
    "html",
    [
        '<div>Yes.</div><div class="gmail_quote"><div class="gmail_attr">On Mon, Mar 2, 2026 at 9:00 AM Ana Li &lt;'
        '<a href="mailto:ana@example.org">ana@example.org</a>&gt; wrote:<br></div><blockquote class="gmail_quote" '
        'style="border-left:1px solid"><div>Shall we?</div></blockquote></div>',
        'Yes.<br><div class="moz-cite-prefix">On 02.03.2026 09:00, Ana Li\n wrote:<br></div>'
        '<blockquote type="cite" cite="mid:1@x"><pre class="moz-quote-pre">Shall we?</pre></blockquote>',
        '<p>Yes.</p><div id="appendonsend"></div><hr><div id="divRplyFwdMsg"><b>Od:</b> Ana Li &lt;ana@example.org&gt;'
        "<br><b>Sent:</b> Monday, March 2, 2026 9:00 AM<br><b>To:</b> Ben<br><b>Subject:</b> Roof</div><div>Shall we?"
        "</div>",
        '<div>Yes.</div><div style="border:none;border-top:solid #E1E1E1 1.0pt"><p class=MsoNormal><b>From:</b> Ana Li'
        "<br><b>Sent:</b> Monday, March 2, 2026 9:00 AM<br><b>To:</b> Ben</p></div><p>Shall we?</p>",
        '<div>Yes.</div><div class="yahoo_quoted"><div>On Monday, March 2, 2026, 09:00:00 AM GMT+1, Ana Li '
        "&lt;ana@example.org&gt; wrote:</div><div><br></div><div>Shall we?</div></div>",
        "<p>Yes.</p><br>Mon, 02 Mar 2026 09:00:00 +0100 от Ana Li &lt;ana@example.org&gt;:<br>"
        '<blockquote style="border-left:1px solid #0857A6">Shall we?</blockquote>',
        '<div>Yes.</div><div class="gmail_signature">Ben Ott<br>Roofs</div><div class="protonmail_quote">On Monday, '
        'March 2nd, 2026 at 9:00 AM, Ana Li &lt;ana@example.org&gt; wrote:<blockquote class="protonmail_quote" '
        'type="cite">Shall we?</blockquote></div>',
    ],
)
def test_quotes_in_the_html_of_mail_programs_are_told_apart(read: Read, html: str) -> None:
    head = HEAD.replace("\n\n", "\nContent-Type: text/html\n\n")
    assert kinds(read(head + html, "a.eml")) == [("quote", "Ana Li", "Shall we?"), ("message", "Ben Ott", "Yes.")]
    reading = read(f"<html><body>{html}</body></html>", "a.html")
    assert reading.format == "mail-html"
    assert kinds(reading) == [("quote", "Ana Li", "Shall we?"), ("message", None, "Yes.")]
    assert_accounted(reading, len(html) + len("<html><body></body></html>"))


@pytest.mark.parametrize(
    ("html", "text"),
    [
        ('<blockquote style="margin:0 0 0 40px;border:none">We pay.</blockquote>', "We pay."),
        ("<pre>a\n  b</pre>c", "a\n  b\n\nc"),
        ("a<br><br>b", "a\n\nb"),
        ("<td>a</td><td>b</td>", "a b"),
        ("a <!-- > b --> c", "a c"),
        ("a <!-- b", "a b"),
        ("a < b &amp; c", "a < b & c"),
        ('<p title="x > y">a</p>', "a"),
        ("<style>p {}</style><script>if (a<b) {}</script>a", "a"),
        ("<head><title>x</title></head><body>a", "a"),
        ("<style>a", "a"),
        ("a<p", "a<p"),
    ],
)
def test_html_is_read_as_it_is_seen(html: str, text: str) -> None:
    assert html_to_text(html) == text


# Bodies without headers


def test_a_body_without_headers_is_a_thread_whose_newest_author_is_unknown(read: Read) -> None:
    text = DEEP.replace("\n", "\r\n")
    reading = read(text, "reply.txt")
    assert reading.format == "mail-text"
    assert [(kind, name) for kind, name, _ in kinds(reading)] == [
        ("quote", "Ana Li"),
        ("quote", "Cora Ek"),
        ("message", None),
    ]
    assert_accounted(reading, len(text))
    assert reading.conversations[0].title == "reply"


def test_a_mail_that_was_saved_as_text_has_its_author(read: Read) -> None:
    text = f"{HEADERS[3]}\n\nWir nehmen Blech.\n"
    reading = read(text, "dach.txt")
    assert kinds(reading) == [("message", "Ana Li", "Wir nehmen Blech.")]
    assert str(reading.conversations[0].turns[0].sent_at)[:16] == "2026-03-02 09:00"
    assert_accounted(reading, len(text))


def test_a_body_that_was_saved_as_quoted_printable_is_decoded(read: Read) -> None:
    line = "On Mon, Mar 2, 2026 at 9:00=E2=80=AFAM Ana Li <ana@example.org> w=\nrote:"
    text = f"Yes, that is =\nfine.\n\n{line}\n\n> Shall we?\n"
    reading = read(text, "a.txt")
    assert kinds(reading) == [("quote", "Ana Li", "Shall we?"), ("message", None, "Yes, that is fine.")]
    assert_accounted(reading, len(text))


@pytest.mark.parametrize(
    "text",
    [
        "# Readme\n\nOn Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana@example.org> wrote:\n\n> Shall we?\n",
        "> A quote of somebody.\n\nAnd what I think of it.\n\n> Another.\n",
        "<ana> On 2 March Ben wrote:\n<ana> > Shall we?\n",
        "[09:00] <ana> hi\n[09:01] <ben> > what\n",
        "Ana: On Monday we met.\nBen: What did Cora say?\nAna: She wrote:\n> Shall we?\n",
        "WEBVTT\n\n00:01.000 --> 00:02.000\nAna: On 2 March 2026, Ben <b@x.org> wrote:\n> a\n",
        '{"text": "On 2 March 2026, Ben <b@x.org> wrote:\\n> a"}',
        "```\nOn 2 March 2026, Ben <b@x.org> wrote:\n> a\n```\n",
        "To: do list\nFrom: here\nto there\n",
        "",
    ],
)
def test_what_is_no_mail_is_left_to_others(text: str) -> None:
    assert fits_text(Blob("a.txt", text.encode())) == 0
    assert fits_html(Blob("a.html", text.encode())) == 0
    assert fits_html(Blob("a.html", f"<html><body><p>{text}</p></body></html>".encode())) == 0


# What holds for any mail

NAMES = ("Ana Li", "Łukasz Nowak", "田中 太郎", "Mateo van den Berg", "R&D Team", "Renée O'Neil")
WORDS = ("we", "take", "the", "tin", "roof", "Friday", "3.5", "öfter", "日本", "(maybe)", "it's", "a -> b")
sentences = st.lists(st.sampled_from(WORDS), min_size=2, max_size=8).map(lambda words: " ".join(words) + ".")
chains = st.lists(
    st.tuples(st.sampled_from(NAMES), st.lists(sentences, min_size=1, max_size=3)), min_size=1, max_size=5
)
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(chain=chains, style=st.sampled_from(["gmail", "outlook"]))
def test_a_chain_of_answers_reads_back_the_same(chain: list[tuple[str, list[str]]], style: str, tmp_path: Path) -> None:
    said = [
        (name, "\n".join(f"mail {number} line {at} {line}" for at, line in enumerate(lines)))
        for number, (name, lines) in enumerate(chain)
    ]
    body = _nested(said) if style == "gmail" else _stacked(said)
    path = tmp_path / "a.eml"
    path.write_bytes(f"{HEAD}Fine.\n\n{body}".encode())
    reading = read_source(str(path))
    (conversation,) = reading.conversations
    assert [(conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns] == [
        *said,
        ("Ben Ott", "Fine."),
    ]
    assert_accounted(reading)


def _stacked(chain: list[tuple[str, str]]) -> str:
    """The chain, oldest first, below each other with headers, as Outlook does."""
    body = ""
    for day, (name, text) in enumerate(chain, 1):
        body = f"From: {name} <p{day}@example.org>\nSent: March {day}, 2026 9:00 AM\nTo: all\n\n{text}\n\n{body}"
    return body


def _nested(chain: list[tuple[str, str]]) -> str:
    """The chain, oldest first, as the newest quotes it: each one mark deeper than the one after it."""
    body = ""
    for day, (name, text) in enumerate(chain, 1):
        quoted = "".join(f"> {line}\n" for line in (text + "\n" + body).split("\n"))
        body = f"\nOn Mon, Mar {day}, 2026 at 9:00 AM {name} <p{day}@example.org> wrote:\n{quoted}"
    return body


PIECES = [
    "Yes.",
    "> a",
    ">> b c",
    "-- ",
    "--",
    "",
    "On 2 Mar 2026, Ana <a@x.org> wrote:",
    "From: Ana",
    "Sent: x",
    "To: y",
]
PIECES += [
    "-----Original Message-----",
    "_" * 40,
    "This e-mail is confidential.",
    "Sent from my phone",
    "a:",
    "> From: Z",
]
PIECES += [
    "-----BEGIN PGP SIGNATURE-----",
    "> On 3 Mar 2026, Bo <b@x.org> wrote:",
    "\u00a0",
    "----- End forwarded message -----",
]


@quick
@given(lines=st.lists(st.sampled_from(PIECES) | st.text(max_size=20), max_size=25), flowed=st.booleans())
def test_no_body_loses_or_gains_a_character(lines: list[str], flowed: bool, tmp_path: Path) -> None:
    text = "\n".join(lines)
    body = split_body(text, flowed=flowed)
    assert body.text == text
    assert all(0 <= part.origin < len(body.origins) or part.level == 0 for part in body.parts)
    assert not find_attributions([], [])


@quick
@given(data=st.binary(max_size=300), lines=st.lists(st.sampled_from(PIECES), max_size=12))
def test_whatever_a_mail_holds_its_account_adds_up(data: bytes, lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.eml"
    path.write_bytes(HEAD.encode() + b"Yes.\n" + "\n".join(lines).encode() + b"\n" + data.replace(b"\x00", b""))
    reading = read_source(str(path), hints=Hints(day_first=True))
    coverage = reading.coverage
    assert coverage is not None
    assert coverage.used == sum(len(turn.text) for each in reading.conversations for turn in each.turns)


# Real files


def test_the_bodies_of_real_mails_are_threads(real_files: Path) -> None:
    expected = {
        "email_1_3.txt": (3, 2),
        "email_bullets.txt": (2, 1),
        "greedy_on.txt": (2, 1),
        "mpr-begins_with_signature.txt": (10, 5),
        "mpr-caution.txt": (1, 0),
        "mpr-email_danish_1.txt": (2, 1),
        "mpr-email_ja_1_2.txt": (2, 1),
        "mpr-multi_header.txt": (5, 1),
        "mpr-multiline_on_de.txt": (1, 1),
        "mpr-outlook.txt": (1, 0),
        "pathological.txt": (2, 1),
    }
    for name, counts in expected.items():
        path = real_files / "formats" / "email-replies" / name
        reading = read_source(str(path))
        assert reading.format == "mail-text"
        (conversation,) = reading.conversations
        assert (len(conversation.turns), len(conversation.participants)) == counts, name
        assert_accounted(reading, len(path.read_text(encoding="utf-8")))
    for path in sorted((real_files / "formats" / "email-html-replies").glob("*.html")):
        reading = read_source(str(path))
        assert reading.format == "mail-html"
        assert [kind for kind, _, _ in kinds(reading)] == ["quote", "message"]
        assert_accounted(reading, len(path.read_text(encoding="utf-8")))


def test_lines_answered_one_by_one_above_the_whole_mail_are_quotations_of_it_and_are_said_once(read: Read) -> None:
    body = (
        "Yes, book it.\n\n> Shall we take the night train?\nBen pays.\n\n"
        "On Mon, 2 Mar 2026 at 09:12, Ben Ode <ben@example.org> wrote:\n"
        "> Hello Rosa,\n> Shall we take the night train?\n> Who pays?\n"
    )
    head = "From: Rosa Lind <rosa@example.org>\nTo: ben@example.org\nSubject: Re: Train\nMessage-ID: <2@x>\n"
    found = read(f"{head}Date: Tue, 3 Mar 2026 10:00:00 +0100\n\n{body}", "a.eml")
    assert turns(found) == [
        ("Ben Ode", "Hello Rosa,\nShall we take the night train?\nWho pays?"),
        ("Rosa Lind", "Yes, book it.\n\nBen pays."),
    ]
    (quoted,) = found.conversations[0].turns[1].quotes
    assert quoted.text == "Shall we take the night train?"
    assert_accounted(found)
