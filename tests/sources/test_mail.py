from __future__ import annotations

from collections.abc import Callable

import pytest
from checks import asides, assert_accounted, turns, warnings

from extractor.errors import SourceError
from extractor.sources import Reading
from extractor.sources.html_text import html_to_text
from extractor.sources.mail_text import split_body
from extractor.sources.mail_threads import base_subject

Read = Callable[..., Reading]


def mail(body: str, **headers: str) -> str:
    named = {"From": "Ana Li <ana@example.org>", "Date": "Mon, 2 Mar 2026 09:00:00 +0100", "Subject": "Roof"}
    named |= {name.replace("_", "-"): value for name, value in headers.items()}
    return "".join(f"{name}: {value}\n" for name, value in named.items() if value) + f"\n{body}"


def mbox(*mails: str) -> str:
    return "".join(f"From a@example.org Mon Mar  2 09:00:00 2026\n{each}\n\n" for each in mails)


def own(body: str) -> str:
    return "".join(part.text for part in split_body(body) if part.reason == "own").strip()


def reasons(body: str) -> list[str]:
    return [part.reason for part in split_body(body) if part.text.strip()]


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
    assert asides(reading)["quoted reply"] > 200


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
    assert own(f"Yes.\n\n{header}\n\n> Shall we?\n> I would.\n\nBen\n") == "Yes.\n\n\n\nBen"


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
    assert "".join(part.text for part in split_body(body)) == body


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


def test_a_quote_of_a_mail_that_is_not_there_is_named(read: Read) -> None:
    reading = read(mail("Yes.\n\n> Shall we repair the roof of the depot?\n", In_Reply_To="<0@x>"), "a.eml")
    assert turns(reading) == [("Ana Li", "Yes.")]
    assert "quotes mails that are not in the source" in warnings(reading)
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
