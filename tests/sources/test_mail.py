from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.html_text import html_to_text
from extractor.sources.mail.body import split_body
from extractor.sources.mail.threads import base_subject

Read = Callable[..., Reading]


def mail(body: str, **headers: str) -> str:
    named = {"From": "Ana Li <ana@example.org>", "Date": "Mon, 2 Mar 2026 09:00:00 +0100", "Subject": "Roof"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\n" for name, value in named.items() if value) + f"\n{body}"


def mbox(*mails: str) -> str:
    return "".join(f"From a@example.org Mon Mar  2 09:00:00 2026\n{each}\n\n" for each in mails)


def own(body: str) -> str:
    return split_body(body).own


def reasons(body: str) -> list[str]:
    return [part.reason for part in split_body(body).parts if part.text.strip()]


def test_a_thread_is_one_conversation_in_the_order_of_dates(read_fixture: Callable[[str], Reading]) -> None:
    reading = read_fixture("thread.mbox")
    thread, party = reading.conversations
    assert (thread.id, thread.title) == ("mail:root-1@example.org", "Which CI runner do we rent?")
    assert party.title == "Summer party"
    assert [thread.name_of(turn.speaker) for turn in thread.turns] == ["Ada Brandt", "Jonas Weil", "Mei Sato"]
    assert [turn.reply_to for turn in thread.turns] == [None, 0, 1]
    assert [str(turn.sent_at) for turn in thread.turns][1:] == [
        "2026-03-02 11:40:00+01:00",
        "2026-03-02 23:00:00-08:00",
    ]
    assert thread.participants[1].aliases == ("Jonas Weil (he/him)", "jonas@example.org")
    assert_accounted(reading)


def test_quotes_and_signatures_are_set_aside_and_escaped_from_lines_restored(
    read_fixture: Callable[[str], Reading],
) -> None:
    reading = read_fixture("thread.mbox")
    first, second, third = reading.conversations[0].turns
    assert first.text.endswith("smaller machines.\n\nFrom next week on I am away.")
    assert second.text.split() == "The smaller ones are enough. Yes, let us rent those.".split()
    assert third.text == "Agreed. I order them today."
    assert asides(reading)["signature"] == len("-- \nAda Brandt\nPlatform\n")
    assert asides(reading)["quotation header"] > 200
    assert [(quote.depth, quote.char, quote.text) for turn in (second, third) for quote in turn.quotes] == [
        (1, 30, "the contract for our runners ends in April. I propose the\nsmaller machines."),
        (1, 27, "The smaller ones are enough."),
    ]


def test_plain_text_is_read_where_there_is_html_too_and_attachments_are_named(
    read_fixture: Callable[[str], Reading],
) -> None:
    reading = read_fixture("reply.eml")
    assert turns(reading) == [("Renée Duval", "We repair the freezer and do not buy a new one. The café agrees.")]
    (conversation,) = reading.conversations
    assert (conversation.id, conversation.title) == ("mail:b1@example.org", "Freezer repair")
    assert "Attachments were not read: offer.pdf." in warnings(reading)
    assert_accounted(reading)


def test_a_mail_of_html_only_is_read_as_text(read: Read) -> None:
    html = "<style>p {color: red}</style><p>Yes &amp; no.<br>Maybe</p><ul><li>one</li><li>two</li></ul>"
    reading = read(mail(html, Content_Type="text/html; charset=utf-8"), "a.eml")
    assert turns(reading) == [("Ana Li", "Yes & no.\nMaybe\n\n- one\n- two")]
    assert asides(reading)["markup"] > 0
    assert_accounted(reading)


def test_html_quotations_are_marked() -> None:
    assert html_to_text("<div>Yes.</div><blockquote><p>Shall we?</p></blockquote>") == "Yes.\n\n> Shall we?"


@pytest.mark.parametrize(
    "header",
    [
        "On Mon, Mar 2, 2026 at 9:00 AM Ana Li <ana@example.org> wrote:",
        "On Mon, Mar 2, 2026 at 9:00 AM Ana Li\n<ana@example.org> wrote:",
        "Am Mo., 2. März 2026 um 09:00 Uhr schrieb Ana Li <\nana@example.org>:",
        "Le lun. 2 mars 2026 à 09:00, Ana Li <ana@example.org> a écrit :",
        "El lun, 2 mar 2026 a las 9:00, Ana Li (<ana@example.org>) escribió:",
        "Il giorno lun 2 mar 2026 alle ore 09:00 Ana Li <ana@example.org> ha scritto:",
        "Op ma 2 mrt 2026 om 09:00 schreef Ana Li <ana@example.org>:",
        "Den 2. mars 2026 kl. 09.00 skrev Ana Li <ana@example.org>:",
        "W dniu pon., 2 mar 2026 o 09:00 Ana Li <ana@example.org> napisał(a):",
        "2026-03-02 9:00 GMT+01:00 Ana Li <ana@example.org>:",
        "2026年3月2日(月) 9:00 Ana Li <ana@example.org>:",
        "Yesterday at 9:00, Ana Li wrote:",
    ],
)
def test_the_line_before_a_quote_belongs_to_the_quote(header: str) -> None:
    assert own(f"Yes.\n\n{header}\n\n> Shall we?\n> I would.\n\nBen\n") == "Yes.\n\n\nBen"


def test_an_unmarked_quote_runs_to_the_end() -> None:
    assert own("Yes.\n\nOn Mon, Mar 2, 2026 at 9:00 AM Ana <a@example.org> wrote:\n\nShall we?\n\nAna\n") == "Yes."


@pytest.mark.parametrize(
    "block",
    [
        "-----Original Message-----\nFrom: Ana\n\nShall we?",
        "From: Ana Li <a@example.org>\nSent: Monday\nTo: Ben\nSubject: Roof\n\nShall we?",
        "*From:* Ana Li\n*Sent:* Monday\n*To:* Ben\n\nShall we?",
        "Von: Ana Li\nGesendet: Montag\nAn: Ben\nBetreff: Dach\n\nSollen wir?",
        "De : Ana Li\nEnvoyé : lundi\nÀ : Ben\nObjet : Toit\n\nOn y va ?",
        "Date: Mon, 2 Mar 2026\nSubject: Roof\nFrom: a@example.org\n\nShall we?",
        "---------- Forwarded message ---------\nFrom: Ana\n\nShall we?",
    ],
)
def test_the_headers_of_a_quoted_mail_start_a_quote(block: str) -> None:
    assert own(f"Yes.\n\n{block}\n") == "Yes."


@pytest.mark.parametrize("body", ["On Monday we met.\nBen wrote: we pay.", "From: here\nto there.", "> 5 is more\n"])
def test_sentences_that_look_like_quote_headers_are_kept(body: str) -> None:
    assert own(f"Hello.\n\n{body}").startswith("Hello.")
    assert reasons(f"Hello.\n\n{body}".split("\n> ")[0]) == ["own"]


def test_footers_devices_and_banners_are_set_aside_and_named() -> None:
    body = (
        "CAUTION: This email originated from outside of the company.\n\nYes.\n\nSent from my phone\n\n"
        "This e-mail is confidential and intended only for the addressee.\n"
        "_______________________________________________\nteam mailing list\nteam@example.org\n"
    )
    assert own(body) == "Yes."
    assert reasons(body) == ["banner", "own", "signature", "footer"]


def test_the_parts_of_a_body_put_together_are_the_body() -> None:
    body = "Yes.\n\n> a\nb\n-- \nx\n> c\n\nOn Mon, Mar 2, 2026 Ana <a@example.org> wrote:\n\n> d\n"
    assert split_body(body).text == body


def test_a_mail_that_only_passes_on_another_is_kept(read: Read) -> None:
    body = (
        "---------- Forwarded message ---------\nFrom: Kwame\nDate: Monday\nSubject: Roof\n\nWe repair it in April.\n"
    )
    assert "We repair it in April." in turns(read(mail(body), "a.eml"))[0][1]


def test_a_mail_that_only_quotes_what_is_there_is_no_turn_and_it_is_said(read: Read) -> None:
    first = mail("We repair the roof of the depot in April.\n", Message_ID="<1@x>")
    second = mail("> We repair the roof of the depot in April.\n", Message_ID="<2@x>", In_Reply_To="<1@x>")
    reading = read(mbox(first, second), "a.mbox")
    assert len(turns(reading)) == 1
    assert "holds no words of its own" in warnings(reading)
    assert_accounted(reading)


def test_a_mail_that_is_known_only_from_a_quote_is_a_turn_before_the_answer(read: Read) -> None:
    reading = read(mail("Yes.\n\n> Shall we repair the roof of the depot?\n", In_Reply_To="<0@x>"), "a.eml")
    assert turns(reading) == [(None, "Shall we repair the roof of the depot?"), ("Ana Li", "Yes.")]
    assert [turn.kind for turn in reading.conversations[0].turns] == ["quote", "message"]
    assert "1 mail is known only from being quoted" in warnings(reading)
    assert reading.conversations[0].id == "mail:0@x"


def test_replies_to_a_mail_that_is_not_there_are_one_thread(read: Read) -> None:
    mails = [mail(f"Reply {n}.\n", Message_ID=f"<{n}@x>", References="<0@x>", Subject=f"S{n}") for n in (1, 2)]
    (conversation,) = read(mbox(*mails), "a.mbox").conversations
    assert conversation.id == "mail:0@x"
    assert len(conversation.turns) == 2


def test_a_reply_without_ids_joins_by_subject_and_equal_subjects_alone_do_not(read: Read) -> None:
    mails = [
        mail("One.\n", Message_ID="<1@x>"),
        mail("Two.\n", Message_ID="<2@x>", Subject="AW: Re: [team] roof"),
        mail("Three.\n", Message_ID="<3@x>"),
    ]
    reading = read(mbox(*mails), "a.mbox")
    assert sorted(len(each.turns) for each in reading.conversations) == [1, 2]


def test_the_same_mail_twice_is_read_once_and_it_is_said(read: Read) -> None:
    reading = read(mbox(*[mail("One.\n", Message_ID="<1@x>")] * 2), "a.mbox")
    assert len(turns(reading)) == 1
    assert "is there twice and was read once" in warnings(reading)
    assert_accounted(reading)


@pytest.mark.parametrize(
    ("subject", "base"),
    [("Re: Fwd: AW: Roof", "Roof"), ("Roof", "Roof"), ("RE[2]: Roof", "Roof"), ("Regarding: Roof", "Regarding: Roof")],
)
def test_reply_prefixes_go_from_titles(subject: str, base: str) -> None:
    assert base_subject(subject) == base


@pytest.mark.parametrize(
    ("written", "name", "address"),
    [
        ("Ana Li <ana@example.org>", "Ana Li", "ana@example.org"),
        ('"Li, Ana" <ana@example.org>', "Li, Ana", "ana@example.org"),
        ("ana at example.org (Ana Li)", "Ana Li", "ana@example.org"),
        ("=?iso-8859-1?q?Ren=E9e?= <r@example.org>", "Renée", "r@example.org"),
        ("ana@example.org", "ana@example.org", None),
        ('"Ana Li via team" <team@example.org>', "Ana Li", "team@example.org"),
    ],
)
def test_the_author_is_called_by_name_and_the_address_is_an_alias(
    read: Read, written: str, name: str, address: str | None
) -> None:
    (person,) = read(mail("Yes.\n", From=written), "a.eml").conversations[0].participants
    assert person.name == name
    assert person.aliases == ((address,) if address else ())


@pytest.mark.parametrize("date", ["", "nonsense", "RANDOM_Mon"])
def test_a_missing_date_is_taken_from_received_or_left_out(read: Read, date: str) -> None:
    received = "from x by y; Mon, 2 Mar 2026 10:00:00 +0000"
    with_received = read(mail("Yes.\n", Date=date, Received=received), "a.eml").conversations[0]
    assert str(with_received.turns[0].sent_at) == "2026-03-02 10:00:00+00:00"
    without = read(mail("Yes.\n", Date=date, Received="", To="b@x", Message_ID="<1@x>"), "a.eml").conversations[0]
    assert (without.turns[0].sent_at, without.started_at) == (None, None)


@pytest.mark.parametrize(
    "content_type",
    ["text/plain; charset=no-such", "text/plain; charset=us-ascii", "text/plain; charset*=ansi''x", "text", ";;;"],
)
def test_unknown_charsets_and_broken_types_lose_nothing_readable(read: Read, content_type: str) -> None:
    reading = read(mail("Plain caf\u00e9.\n", Content_Type=content_type), "a.eml")
    assert turns(reading)[0][1].startswith("Plain caf")


def test_parts_of_a_mixed_mail_are_all_read(read: Read) -> None:
    parts = "".join(
        f"--b\nContent-Type: text/{kind}\n\n{text}\n" for kind, text in [("plain", "One."), ("html", "<p>Two.</p>")]
    )
    reading = read(mail(f"{parts}--b--\n", MIME_Version="1.0", Content_Type='multipart/mixed; boundary="b"'), "a.eml")
    assert turns(reading) == [("Ana Li", "One.\n\nTwo.")]
    assert_accounted(reading)


def test_a_mail_that_ends_before_its_last_part_says_so(read: Read) -> None:
    body = "--b\nContent-Type: text/plain\n\nOne and a ha"
    reading = read(mail(body, MIME_Version="1.0", Content_Type='multipart/mixed; boundary="b"'), "a.eml")
    assert "may be cut off" in warnings(reading)


def test_a_mail_without_text_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="without a word of text"):
        read(mail("\n", Message_ID="<1@x>"), "a.eml")


def test_the_line_that_apple_mail_puts_before_a_mail_is_no_part_of_it(read: Read) -> None:
    content = mail("Yes.\n", Message_ID="<1@x>")
    reading = read(f"{len(content)}\n{content}<?xml version='1.0'?><plist></plist>", "1.emlx")
    assert turns(reading) == [("Ana Li", "Yes.")]
    assert reading.format == "eml"


def test_what_is_no_mailbox_is_refused_where_it_is_said_to_be_one(read: Read) -> None:
    with pytest.raises(SourceError, match="no mailbox"):
        read("Ana: Yes.\n", "a.txt", source_format="mbox")
    reading = read(
        mail("One.\n", Message_ID="<1@x>") + mbox(mail("Two.\n", Message_ID="<2@x>")), "a", source_format="mbox"
    )
    assert [turn.text for each in reading.conversations for turn in each.turns] == ["One.", "Two."]


def test_a_line_of_prose_that_begins_with_from_starts_no_mail(read: Read) -> None:
    reading = read(mbox(mail("We plan ahead.\n\nFrom March to May 2026\nNote: not in April.\n")), "a.mbox")
    assert len(turns(reading)) == 1


# Charsets


def encoded(charset: str, text: bytes) -> bytes:
    head = mail("", Message_ID="<1@x>", MIME_Version="1.0", Content_Type=f"text/plain; charset={charset}")
    return head.encode() + text


@pytest.mark.parametrize(
    ("charset", "data", "text", "warning"),
    [
        ("gb2312", "我们买屋顶，镕先生。".encode("gbk"), "我们买屋顶，镕先生。", ""),
        ("gb2312", "我们买屋顶。".encode(), "我们买屋顶。", "says that its text is gb2312, but it is UTF-8"),
        ("iso-8859-1", "Café – Öfen".encode("cp1252"), "Café – Öfen", ""),
        ("iso-8859-1", "Café – Öfen".encode(), "Café – Öfen", "but it is UTF-8"),
        ("us-ascii", "Café".encode(), "Café", ""),
        ("utf-7", b"C++ and 2+2 are fine", "C++ and 2+2 are fine", ""),
        ("utf-7", "Café".encode("utf-7"), "Café", ""),
        ("ks_c_5601-1987", "지붕을 삽니다".encode("cp949"), "지붕을 삽니다", ""),
        ("iso-2022-jp", "屋根を買う".encode("iso2022_jp"), "屋根を買う", ""),
        ("x-no-such", "Café".encode(), "Café", ""),
        ("base64", "Café".encode(), "Café", ""),
    ],
)
def test_wrong_names_of_charsets_do_not_garble_the_text(
    read: Read, charset: str, data: bytes, text: str, warning: str
) -> None:
    reading = read(encoded(charset, data), "a.eml")
    assert turns(reading) == [("Ana Li", text)]
    assert warning in warnings(reading)
    assert_accounted(reading)


def test_a_guess_at_the_charset_is_said(read: Read) -> None:
    reading = read(encoded("utf-8", "Wir kaufen die Öfen für das Gebäude.".encode("cp1252")), "a.eml")
    assert turns(reading) == [("Ana Li", "Wir kaufen die Öfen für das Gebäude.")]
    assert "says that its text is utf-8, which it is not; it was read as" in warnings(reading)


def test_a_name_in_a_wrong_charset_is_still_a_name(read: Read) -> None:
    reading = read(mail("Yes.\n", From="=?UTF-8?Q?Luc=EDa_Paz?= <l@example.org>"), "a.eml")
    assert turns(reading) == [("Lucía Paz", "Yes.")]


def test_bytes_in_headers_that_are_no_ascii_do_no_harm(read: Read) -> None:
    head = mail(
        "",
        From="A\xe9 <a\xe9@example.org>",
        To="\xa0 <b@example.org>",
        Content_Type="text/plain; charset=\xcc; name=\xcc",
    )
    reading = read(head.encode("latin-1") + b"Yes.\n\n", "a.eml", source_format="eml")
    assert turns(reading)[-1][1] == "Yes."
    assert_accounted(reading)


# People


def test_those_who_only_receive_mails_are_participants(read: Read) -> None:
    mails = [
        mail(
            "Rosa, please order it.\n",
            Message_ID="<1@x>",
            To='"Paz, Rosa" <rosa@example.org>, team@lists.example.org',
            Cc="Ben <ben@example.org>, no-reply@example.org",
            List_Post="<mailto:team@lists.example.org>",
        ),
        mail("Done.\n", Message_ID="<2@x>", In_Reply_To="<1@x>", From="Ben <ben@example.org>", To="ana@example.org"),
    ]
    (conversation,) = read(mbox(*mails), "a.mbox").conversations
    assert [(person.name, person.role, person.aliases) for person in conversation.participants] == [
        ("Ana Li", None, ("ana@example.org",)),
        ("Ben", None, ("ben@example.org",)),
        ("Paz, Rosa", "recipient", ("rosa@example.org",)),
    ]


@pytest.mark.parametrize(
    "header", [{"List_Id": "The team <team.example.org>"}, {"X_BeenThere": "team@example.org"}, {}]
)
def test_a_mailing_list_is_nobody(read: Read, header: dict[str, str]) -> None:
    (conversation,) = read(mail("Yes.\n", To="Team <team@example.org>", **header), "a.eml").conversations
    assert len(conversation.participants) == (1 if header else 2)


# Parts


def parts(*each: tuple[str, str], kind: str = "mixed", **headers: str) -> str:
    body = "".join(f"--b\n{head}\n\n{text}\n" for head, text in each)
    return mail(f"{body}--b--\n", MIME_Version="1.0", Content_Type=f'multipart/{kind}; boundary="b"', **headers)


def test_a_mail_that_is_attached_whole_is_quoted(read: Read) -> None:
    inner = mail("Tin or slate?\n", From="Cora Ek <cora@example.org>")
    reading = read(parts(("Content-Type: text/plain", "See below."), ("Content-Type: message/rfc822", inner)), "a.eml")
    assert turns(reading) == [("Cora Ek", "Tin or slate?"), ("Ana Li", "See below.")]
    first = reading.conversations[0].turns[0]
    assert (first.kind, str(first.sent_at)) == ("quote", "2026-03-02 09:00:00+01:00")
    assert_accounted(reading)


def test_a_digest_is_read_mail_by_mail(read: Read) -> None:
    mails = [mail(f"Words of {name}.\n", From=f"{name} <{name}@example.org>") for name in ("Bo", "Cora")]
    reading = read(parts(*(("Content-Type: message/rfc822", each) for each in mails), kind="digest"), "a.eml")
    assert turns(reading) == [("Bo", "Words of Bo."), ("Cora", "Words of Cora.")]


def test_invitations_and_winmail_dat_are_named_as_not_read(read: Read) -> None:
    invitation = ('Content-Type: text/calendar; name="invite.ics"', "BEGIN:VCALENDAR\nEND:VCALENDAR")
    winmail = ('Content-Type: application/ms-tnef; name="winmail.dat"', "x")
    reading = read(parts(("Content-Type: text/plain", "Come."), invitation, winmail), "a.eml")
    assert turns(reading) == [("Ana Li", "Come.")]
    assert "not read: invite.ics and winmail.dat (in Outlook's own TNEF format)." in warnings(reading)
    assert asides(reading)["attachment"] > 0
    with pytest.raises(SourceError, match=r"winmail\.dat"):
        read(parts(winmail), "a.eml")


def test_what_is_encrypted_is_named_and_an_error_where_there_is_nothing_else(read: Read) -> None:
    smime = mail(
        "MIAG\n", MIME_Version="1.0", Content_Type="application/pkcs7-mime; name=smime.p7m", Message_ID="<2@x>"
    )
    pgp = parts(
        ("Content-Type: application/pgp-encrypted", "Version: 1"),
        ("Content-Type: application/octet-stream", "-----BEGIN PGP MESSAGE-----\nx\n-----END PGP MESSAGE-----"),
        kind="encrypted",
    )
    for sealed, how in ((smime, "S/MIME"), (pgp, "PGP")):
        with pytest.raises(SourceError, match=f"encrypted with {how}"):
            read(sealed, "a.eml")
    reading = read(
        mbox(mail("Open.\n", Message_ID="<1@x>"), smime.replace("<2@x>", "<2@x>\nIn-Reply-To: <1@x>")), "a.mbox"
    )
    assert turns(reading) == [("Ana Li", "Open.")]
    assert "is encrypted (S/MIME)" in warnings(reading)


def test_a_plain_text_that_only_says_there_is_html_is_passed_over(read: Read) -> None:
    html = "<p>We take the tin roof.</p>" + "<p>It costs less, lasts as long, and is there by April.</p>" * 4
    reading = read(
        parts(
            ("Content-Type: text/plain", "Your program shows no HTML."),
            ("Content-Type: text/html", html),
            kind="alternative",
        ),
        "a.eml",
    )
    assert turns(reading)[0][1].startswith("We take the tin roof.")
    assert asides(reading)["copy"] == len("Your program shows no HTML.")


# Threads and damage


def test_mails_of_one_id_with_other_words_are_all_kept(read: Read) -> None:
    reading = read(mbox(mail("One.\n", Message_ID="<1@x>"), mail("Two.\n", Message_ID="<1@x>")), "a.mbox")
    assert [text for _, text in turns(reading)] == ["One.", "Two."]


def test_a_mail_that_outlook_saved_as_text_has_its_time(read: Read) -> None:
    text = "From:\tAna Li <ana@example.org>\nSent:\tMonday, March 2, 2026 9:00 AM\nTo:\tBen\nSubject:\tRoof\n\nYes.\n"
    reading = read(text, "roof.txt")
    assert turns(reading) == [("Ana Li", "Yes.")]
    assert str(reading.conversations[0].turns[0].sent_at)[:16] == "2026-03-02 09:00"


@pytest.mark.parametrize(
    "content",
    [
        mail("x\n", From="(" * 100_000),
        mail("x\n", From="a" * 100_000, Message_ID="<1@x>"),
        mail("x\n", To="a@b.c, " * 15_000),
        mail("x\n", Content_Type="text/plain" + "; a=b" * 20_000),
        mail("x\n", Subject="Re: " * 25_000),
        mail("x\n", References="".join(f"<{n}@x>" for n in range(10_000))),
        mail("x\n" + "> " * 20_000),
        mail("x\n" + ">\n" * 10_000),
        mail("x\n" + "a b wrote:\n" * 4_000),
        mail("x\n" + "From: a\nSent: b\n" * 2_000),
        mail("x\n" + "--\n" * 6_000),
        mail("x\n" + "On 2 Xyz 2026 Ana wrote:\n> a\n" * 2_000),
        mail("<a b='" * 20_000 + "<!--" * 20_000 + "<style>" * 20_000 + "x", Content_Type="text/html"),
        mail("<blockquote>" * 9_000 + "x" + "</blockquote>" * 9_000, Content_Type="text/html"),
    ],
)
def test_no_mail_takes_long(read: Read, content: str) -> None:
    started = time.process_time()
    assert read(content, "a.eml").conversations
    assert time.process_time() - started < 2


@pytest.mark.parametrize("kind", ["multipart/mixed; boundary=b{}\n\n--b{}", "message/rfc822\n"])
def test_deeply_nested_mails_are_refused_in_words(read: Read, kind: str) -> None:
    nested = "".join(f"Content-Type: {kind.format(n, n)}\n" for n in range(3000))
    with pytest.raises(SourceError):
        read(f"From: a@x\nSubject: x\nTo: b@x\n{nested}\nx\n", "a.eml")


NAMES = ("Ana Li", "Łukasz Nowak", "田中 太郎", "Mateo van den Berg", "R&D Team", "O'Neil, Renée")
LINES = st.text(
    st.characters(exclude_categories=("Cs", "Cc", "Zl", "Zp"), exclude_characters="\ufeff\u200b"), min_size=1
)
BODIES = st.lists(LINES.map(str.strip).filter(lambda line: len(line) > 1 and line[0].isalnum()), min_size=1, max_size=4)


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(said=st.lists(st.tuples(st.sampled_from(NAMES), BODIES), min_size=1, max_size=6))
def test_a_thread_written_as_a_mailbox_reads_back_the_same(said: list[tuple[str, list[str]]], tmp_path: Path) -> None:
    texts = [(name, "\n".join([f"Mail {number} says this.", *lines])) for number, (name, lines) in enumerate(said)]
    mails = [
        mail(
            text.replace("\nFrom ", "\n>From "),
            From=f'"{name}" <{number}@example.org>',
            Date=f"Mon, 2 Mar 2026 09:0{number}:00 +0100",
            Message_ID=f"<{number}@x>",
            In_Reply_To=f"<{number - 1}@x>" if number else "",
            Content_Type="text/plain; charset=utf-8",
        )
        for number, (name, text) in enumerate(texts)
    ]
    path = tmp_path / "a.mbox"
    path.write_bytes(mbox(*mails).encode())
    reading = read_source(str(path))
    assert "".join(text for _, text in turns(reading)) == "".join(text for _, text in texts)
    assert [name for name, _ in turns(reading)] == [name for name, _ in texts]
    assert_accounted(reading)


def test_real_mails_and_mailboxes_are_read(real_files: Path) -> None:
    expected = {
        "email-eml/msg_07.txt": (1, 1, 2),
        "email-eml/msg_10.txt": (1, 1, 2),
        "email-eml/msg_26.txt": (1, 1, 2),
        "email-eml/msg_46.txt": (1, 1, 2),
        "email-mbox/hyperkitty_2016_april.mbox": (1, 3, 2),
        "email-mbox/mbox_complex.mbox": (2, 5, 7),
        "email-mbox/mbox_iso8859_encoding.mbox": (1, 1, 1),
        "email-mbox/mbox_multipart.mbox": (2, 2, 2),
        "email-mbox/mbox_no_fields.mbox": (3, 3, 3),
        "email-mbox/mbox_unknown_encoding.mbox": (1, 1, 1),
        "email-html-replies/reply-quotations-share-block.eml": (1, 2, 1),
    }
    for name, counts in expected.items():
        reading = read_source(str(real_files / "formats" / name))
        found = reading.conversations
        people = sum(len(each.participants) for each in found)
        assert (len(found), sum(len(each.turns) for each in found), people) == counts, name
        assert_accounted(reading)
