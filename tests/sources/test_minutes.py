"""Minutes: in Markdown, as W3C's tools write them in text and mail, and as their web pages."""

from __future__ import annotations

import html
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Format, Hints
from extractor.sources.registry import FORMATS, detect
from extractor.sources.texts import minutes_html, minutes_markdown, minutes_w3c

ALL = (minutes_markdown.FORMAT, minutes_w3c.FORMAT, minutes_html.FORMAT)


def read(text: str, expected: Format, name: str = "minutes.md", hints: Hints | None = None) -> Reading:
    blob = Blob(name, text.encode(), hints or Hints())
    assert detect(blob).name == expected.name
    return accounted(expected.read(blob), blob)


def accounted(reading: Reading, blob: Blob) -> Reading:
    assert_accounted(reading, len(blob.text))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for each in reading.conversations for turn in each.turns)
    return reading


def topics(reading: Reading) -> list[str | None]:
    return [turn.topic for turn in reading.conversations[0].turns]


# Markdown

MARKDOWN = """# Meeting of the garden group

**Date:** 4 March 2026
**Attendees:** Ana Li (AL), Ben Okoro (BO), Chen
**Agenda:** https://garden.example/agenda

## Train

-> https://garden.example/3 the timetable

AL: Shall we take the train?
... it is cheaper
… and faster

BO/AL: We agree

- **Chen:** I would rather walk
- nobody has looked
  at the prices
* [ ] look at the prices

Unsigned words
on two lines

RESOLUTION: we take the train

### Tickets

<dana> who buys them?

| Who | How many |
|-----|----------|
| Ben | 3        |

## Action items

- Ben: buy tickets
"""


def test_headings_are_topics_and_every_point_is_a_turn() -> None:
    reading = read(MARKDOWN, minutes_markdown.FORMAT)
    assert turns(reading) == [
        (None, "-> https://garden.example/3 the timetable"),
        ("Ana Li", "Shall we take the train?\nit is cheaper\nand faster"),
        (None, "BO/AL: We agree"),
        ("Chen", "I would rather walk"),
        (None, "nobody has looked\nat the prices"),
        (None, "look at the prices"),
        (None, "Unsigned words on two lines"),
        (None, "RESOLUTION: we take the train"),
        ("dana", "who buys them?"),
        (None, "| Who | How many |\n| Ben | 3        |"),
        (None, "Ben: buy tickets"),
    ]
    assert topics(reading) == ["Train"] * 8 + ["Tickets"] * 2 + ["Action items"]
    kinds = [turn.kind for turn in reading.conversations[0].turns]
    assert kinds[:2] == ["minutes", "speech"]
    assert kinds[8] == "chat"


def test_the_head_gives_title_day_and_names_of_abbreviations() -> None:
    reading = read(MARKDOWN, minutes_markdown.FORMAT)
    (conversation,) = reading.conversations
    assert (conversation.title, conversation.started_at) == ("Meeting of the garden group", date(2026, 3, 4))
    assert [(person.name, person.aliases) for person in conversation.participants] == [
        ("Ana Li", ("AL",)), ("Chen", ()), ("dana", ()),
    ]  # fmt: skip
    assert asides(reading)["attendees"] == len("**Attendees:** Ana Li (AL), Ben Okoro (BO), Chen")
    assert "What several people say at once has no speaker: line 15" in warnings(reading)


def test_a_table_of_attendees_explains_initials_that_others_may_have_too() -> None:
    text = (
        "# 4 March 2026 Meeting\n\n**Attendees:**\n\n| Name | Abbreviation | Organization |\n|---|---|---|\n"
        "| Ana Li | ALI | Nordwind |\n| Ben Okoro | BO | Südwind |\n\nALI: hello\n\nBO: hi\n\n"
        "## Paint\n\nQXZ: green\n\n"
        "### Conclusion\n\n- paint it green\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [("Ana Li", "hello"), ("Ben Okoro", "hi"), ("QXZ", "green"), (None, "paint it green")]


def test_attendees_in_lists_under_headings_are_no_turns() -> None:
    text = (
        "# Garden call\n\n## 04 March 2026\n\n### Meeting Information\n\n#### Attendees\n\n* Ana Li\n\n* Ben Okoro\n\n"
        "#### Scribe\n\n* Ana Li\n\n#### Agenda\n\n[the wiki](https://garden.example)\n\n### Minutes\n\n"
        "#### [Paint #584](https://garden.example/584)\n\nBen: green\n\n... or blue\n\nAna: +1\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [("Ben", "green\nor blue"), ("Ana", "+1")]
    assert topics(reading) == ["Paint #584"] * 2
    assert reading.conversations[0].started_at == date(2026, 3, 4)


def test_an_irc_style_head_without_markup_is_one() -> None:
    text = (
        "# Minutes from 04.03.2026\n\nAttendees\n\nPresent\n    anali\n    \nRegrets\n    -\nChair\n    ben\n\n"
        "Contents\n\n    Paint\n    Glue\n\n## Paint\n\nal: green\n… or blue\n\nben: fine\n\nal: good\n\nben: done\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [("al", "green\nor blue"), ("ben", "fine"), ("al", "good"), ("ben", "done")]
    assert reading.conversations[0].started_at == date(2026, 3, 4)


def test_an_agenda_that_holds_the_notes_is_read() -> None:
    text = (
        "# Garden meeting 2026-03-04\n\n## Attendees\n\n- Ana Li (Nordwind)\n- Ben @beno\n\n## Agenda\n\n- Shed\n"
        "  - Ana: paint it\n  - Colour: green\n  - Decision: paint it green\n\n"
        "## Action items\n\n- [ ] Ben to buy paint\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [
        (None, "Shed"),
        ("Ana", "paint it"),
        (None, "Colour: green"),
        (None, "Decision: paint it green"),
        (None, "Ben to buy paint"),
    ]


def test_an_agenda_above_the_minutes_is_part_of_the_head() -> None:
    text = "# Garden minutes 2026-03-04\n\nPresent: Ana, Ben\n\n## Agenda\n\n1. Shed\n\n## Notes\n\nAna: paint it\n"
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [("Ana", "paint it")]
    assert asides(reading)["header"] == len("1. Shed")


def test_a_line_without_the_scribes_mark_is_not_by_the_speaker_above() -> None:
    text = (
        " # Garden Main Minutes 4.3.2026\n\n## Attendees\n\n    Ana Li\n\n    Ben Okoro\n\nRegrets\n\n     \n\n"
        "Chair: Ana Li\n\n"
        "Agenda: https://garden.example\n\n## Agenda:\n\n    Welcome\n\n    Paint\n\n## Minutes:\n    \n### Paint\n"
        "Minutes from last week: https://garden.example/1\nAna: any comments?\n... objections?\nNo objections\n"
        "Ben: green  \n... or blue  \n(None)\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [
        (None, "Minutes from last week: https://garden.example/1"),
        ("Ana", "any comments?\nobjections?"),
        (None, "No objections"),
        ("Ben", "green\nor blue"),
        (None, "(None)"),
    ]
    assert set(topics(reading)) == {"Paint"}
    assert reading.conversations[0].title == "Garden Main Minutes 4.3.2026"


def test_initials_of_somebody_listed_are_a_label_though_they_come_once() -> None:
    text = (
        "# Garden minutes 2026-03-04\n\n## Attendees\n\n    Ana Li\n\n    Ben Okoro\n\n## Paint\n\nal: any comments?\n"
        "... objections?\nbo: None. Green it is\n... or blue\nal: fine\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [
        ("al", "any comments?\nobjections?"),
        ("bo", "None. Green it is\nor blue"),
        ("al", "fine"),
    ]


def test_what_goes_on_is_said_by_whoever_the_line_above_names() -> None:
    text = (
        "# Garden minutes 2026-03-04\n\nPresent: Ana, Ben\n\n## Paint\n\nAna: any comments?\n... objections?\n"
        "visitor: I am new here\n... and like green\nBen: fine\nthe colour of the shed: not yet known\n... but soon\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading)[:2] == [("Ana", "any comments?\nobjections?"), ("visitor", "I am new here\nand like green")]
    assert all("soon" not in text for speaker, text in turns(reading) if speaker is not None)


def test_who_presents_is_listed_and_says_nothing_by_it() -> None:
    text = (
        "# Garden minutes 2026-03-04\n\n**Attendees:** Ana Li (AL), Ben Okoro (BO)\n\n## Paint\n\n"
        "Presenter: Chen Wu (CWU)\n\nCWU: Green.\n\nAL: Blue.\n\n## Glue\n\nPresenter: Ben Okoro (BO)\n\nBO: None.\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [("Chen Wu", "Green."), ("Ana Li", "Blue."), ("Ben Okoro", "None.")]
    assert asides(reading)["attendees"] == len("Attendees: Ana Li (AL), Ben Okoro (BO)****") + len(
        "Presenter: Chen Wu (CWU)Presenter: Ben Okoro (BO)"
    )


def test_the_day_in_the_title_counts_before_those_of_other_minutes() -> None:
    text = (
        "# Garden minutes, March 09, 2026\n\nPresent: Ana, Ben\n\n### Previous minutes\n"
        "[2026-02-01 minutes](https://garden.example/1)\n\n## Shed\n\nAna: paint it\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert reading.conversations[0].started_at == date(2026, 3, 9)
    assert "several days" not in warnings(reading)


def test_minutes_with_a_title_and_a_day_and_nothing_else_are_some() -> None:
    text = "# Meeting Minutes\n* March 4, 2026\n\n## Topics\n\n  * Paint:\n    * green\n    * ```blue``` or not\n"
    reading = read(text, minutes_markdown.FORMAT)
    assert [text for _, text in turns(reading)] == ["Paint:", "green", "```blue``` or not"]
    assert reading.conversations[0].started_at == date(2026, 3, 4)


def test_a_summary_that_repeats_the_minutes_is_a_copy() -> None:
    text = (
        "# Garden minutes 2026-03-04\n\nPresent: Ana, Ben\n\n## Shed\n\nRESOLUTION: paint the shed\n\n"
        "## Summary of resolutions\n\n1. paint the shed\n2. buy glue\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert turns(reading) == [(None, "RESOLUTION: paint the shed"), (None, "buy glue")]
    assert asides(reading)["copy"] == len("1. paint the shed")


def test_days_of_several_meetings_give_no_date() -> None:
    text = (
        "# Garden minutes\n\n**Attendees:** Ana, Ben\n\n## 2026-03-04\n\nAna: hi\n\n## 2026-01-14\n\nRESOLUTION: go\n"
    )
    reading = read(text, minutes_markdown.FORMAT)
    assert reading.conversations[0].started_at is None
    assert "The minutes name several days (2026-01-14 and 2026-03-04)" in warnings(reading)


def test_words_before_a_colon_are_nobody_unless_they_are_listed_or_come_back() -> None:
    text = (
        "# Garden minutes 2026-03-04\n\n## Attendees\n- Ana\n- Ben\n\n## Shed\n- Colour: green\n- Price: five\n"
        "- Ana: fine\n- Note: wait\n- Risk: rain\n- see https://garden.example/a: b\n"
    )
    speakers = [speaker for speaker, _ in turns(read(text, minutes_markdown.FORMAT))]
    assert speakers == [None, None, "Ana", None, None, None]


@pytest.mark.parametrize(
    "text",
    [
        "# garden\n\nA tool.\n\n## Installation\n\n- pip install garden\n\n## Decisions\n\nSee the meeting notes.\n",
        "# Call of 4 March 2026\n\n## Attendees\n\n- Ana\n\n## Transcript\n\nAna: hi\nBen: hello\n",
        "# Meeting 2026-03-04\n\n**Ana (00:01):** hi\n\n**Ben (00:05):** so\n\n**Ana (00:09):** so\n\n## Decisions\n",
        "# garden\n\nNew on 2026-03-04.\n\n## Meeting notes\n\nThey are in the wiki.\n",
        "Ana: we need an agenda\nBen: the action items are long\n",
        "",
    ],
)
def test_other_markdown_is_no_minutes(text: str) -> None:
    blob = Blob("a.md", text.encode())
    assert [known.fits(blob) for known in ALL] == [0.0, 0.0, 0.0]


def test_minutes_without_a_point_are_an_error() -> None:
    with pytest.raises(SourceError, match="without a point"):
        minutes_markdown.read(Blob("a.md", b"# Minutes 2026-03-04\n\n## Attendees\n- Ana\n"))


# Text and mail of W3C's tools

MAIL = """Thanks to Chen for scribing this week!

https://garden.example/2026-03-04/

----------------------------------------------------------------
Garden Weekly Transcript for 2026-03-04

Agenda:
  https://garden.example/agenda
Topics:
  1. Paint
Scribe:
  Our Robot Overlords
Present:
  Ana Li, Ben Okoro, Geranium-Han, TallTom // Tom (he/him), Will\x20
  Abram

<ana_li> can you hear me?
Our Robot Overlords are scribing.
Ana_Li: Shall we paint the
  shed, as in: all
  of it?
Ben Okoro:\x20
  https://garden.example/paint
Ben Okoro:  Yes we

Topic: <Paint>

Dana_(Nordwind): Green.
Nobody wrote down who said
  this.
RESOLUTION: paint it
  green.
"""


def test_a_mail_of_minutes_is_read_without_its_wrapping() -> None:
    reading = read(MAIL, minutes_w3c.FORMAT, "email.txt")
    assert turns(reading) == [
        ("ana_li", "can you hear me?"),
        ("ana_li", "Shall we paint the shed, as in: all of it?"),
        ("Ben Okoro", "https://garden.example/paint"),
        ("Ben Okoro", "Yes we"),
        ("Dana_(Nordwind)", "Green."),
        (None, "Nobody wrote down who said this."),
        (None, "RESOLUTION: paint it green."),
    ]
    assert topics(reading) == [None] * 4 + ["Paint"] * 3
    (conversation,) = reading.conversations
    assert (conversation.title, conversation.started_at) == ("Garden Weekly", date(2026, 3, 4))
    found = asides(reading)
    assert found["system message"] == len("Our Robot Overlords are scribing.")
    assert found["copy"] == len("Topics:  1. Paint")
    assert found["attendees"] > 60


def test_a_mail_of_minutes_is_no_mail_message() -> None:
    blob = Blob("email.txt", MAIL.encode())
    assert [known.name for known in FORMATS if known.fits(blob) > 0.5] == ["minutes-w3c"]


PAGE_AS_TEXT = """   [1]W3C

      [1] https://www.example.org/

                             - DRAFT -
                        Garden WG telecon
                           04 March 2026

   [2]Agenda. [3]IRC log.

      [2] https://garden.example/a
      [3] https://garden.example/irc

Attendees

   Present
          Ana_Li, Ben, Chen

   Regrets
          -

   Scribe
          chen

Contents

    1. [4]Paint
    2. [5]Summary of resolutions

Meeting minutes

   Recording: https://garden.example

  Paint

   Ana: we should paint the shed
   green, as in: all of it
   … or maybe blue

   <ben> +1

   RESOLUTION: Paint [8]the shed green

      [8] https://garden.example/shed

    Brushes

   chen: what about brushes

Summary of resolutions

    1. [10]Paint the shed green


    Minutes manually created (not a transcript), formatted by
    [11]scribe.perl version 221 (Fri Jul 21 14:01:30 2023 UTC).
"""


def test_a_page_of_minutes_saved_as_text_is_read() -> None:
    reading = read(PAGE_AS_TEXT, minutes_w3c.FORMAT, "minutes.txt")
    assert turns(reading) == [
        (None, "Recording: https://garden.example"),
        ("Ana", "we should paint the shed green, as in: all of it\nor maybe blue"),
        ("ben", "+1"),
        (None, "RESOLUTION: Paint the shed green"),
        ("chen", "what about brushes"),
    ]
    assert topics(reading) == [None, "Paint", "Paint", "Paint", "Brushes"]
    (conversation,) = reading.conversations
    assert (conversation.title, conversation.started_at) == ("Garden WG telecon", date(2026, 3, 4))
    assert asides(reading).keys() >= {"copy", "attendees", "boilerplate", "markup", "header"}
    assert conversation.warnings == ()


def test_a_page_that_breaks_off_is_said_to() -> None:
    text = PAGE_AS_TEXT[: PAGE_AS_TEXT.index("Summary of resolutions\n\n    1. [10]")]
    reading = read(text, minutes_w3c.FORMAT, "minutes.txt")
    assert "it may be cut off" in warnings(reading)


# Web pages


def test_a_first_remark_that_names_a_day_is_no_part_of_the_head() -> None:
    text = as_markdown([("Ana", "We met on 2026-02-03."), ("Chen", "So we did.")])
    assert turns(read(text, ALL[0], "minutes.txt")) == [("Ana", "We met on 2026-02-03."), ("Chen", "So we did.")]


HEAD = (
    "<!DOCTYPE html>\n<html lang=en>\n<head>\n<title>Garden &ndash; 04 March 2026</title>\n"
    '<link rel="stylesheet" href="https://www.w3.org/StyleSheets/scribe2/public.css">\n</head>\n<body>\n<header>\n'
    "<h1>&ndash; DRAFT &ndash;<br>\nGarden &amp; shed</h1>\n<h2>04 March 2026</h2>\n</header>\n"
    "<div id=prelims>\n<div id=attendees>\n<h2>Attendees</h2>\n<dl><dt>Present</dt><dd>Ana_Li, Ben</dd></dl>\n</div>\n"
    "<nav id=toc>\n<h2>Contents</h2>\n<ol><li><a href='#1'>Paint</a></li></ol>\n</nav>\n</div>\n"
    "<main id=meeting class=meeting>\n<h2>Meeting minutes</h2>\n<section>"
)
FOOT = (
    "</section>\n</main>\n"
    "<div id=ResolutionSummary>\n<h2>Summary of resolutions</h2>\n<ol><li>green</li></ol>\n</div>\n"
    "<address>Minutes manually created, formatted by <a href='x'>scribe.perl</a> version 246.</address>\n"
    "<div class=diagnostics>\n<h2>Diagnostics</h2>\n<p class=warning>Succeeded: s/b:/c:/</p>\n</div></body>\n</html>\n"
)
BODY = """<p id=a1 class=irc><cite>&lt;Ana&gt;</cite> <a href="https://x">https://<wbr>garden.example/<wbr>1</a></p>
<h3 id=1>Paint &amp; <em>glue</em></h3>
<p id=a2 class="phone s01"><cite>ana:</cite> shall we
 paint it <strong>green</strong>?<br>
<span id=a3>… or &lt;blue&gt;</span></p>
<p class=summary>&lt;no remarks&gt;</p>
<h4>Brushes</h4>
<p class=resolution id=r1><strong>RESOLUTION:</strong> green</p>
<p class=bot><cite>&lt;gb&gt;</cite> Issue 3 closed</p>
<!-- a <p>comment</p> -->
"""


def test_a_web_page_of_minutes_is_read() -> None:
    reading = read(HEAD + BODY + FOOT, minutes_html.FORMAT, "minutes.html")
    assert turns(reading) == [
        ("Ana", "https://garden.example/1"),
        ("Ana", "shall we paint it green?\nor <blue>"),
        (None, "<no remarks>"),
        (None, "RESOLUTION: green"),
    ]
    assert topics(reading) == [None, "Paint & glue", "Paint & glue", "Brushes"]
    (conversation,) = reading.conversations
    assert [turn.kind for turn in conversation.turns] == ["chat", "speech", "minutes", "minutes"]
    assert (conversation.title, conversation.started_at) == ("Garden & shed", date(2026, 3, 4))
    assert asides(reading)["copy"] == len("Contents") + len("Paint") + len("Summary of resolutions") + len("green")
    assert asides(reading)["system message"] == len("Issue 3 closed") + len("&lt;gb&gt;")


def test_a_page_of_the_first_scribe_perl_is_read() -> None:
    text = (
        "<html><head><title>Garden -- 4 Mar 2008</title><link href='http://www.w3.org/2004/02/minutes-style.css'>"
        "</head>"
        "<body><h1>Garden Teleconference</h1><h2>4 Mar 2008</h2><div class='intro'><h2><a name='attendees'>"
        "Attendees</a>"
        "</h2><dl><dt>Present</dt><dd>Ana, Ben</dd></dl></div><h2>Contents</h2><ul><li>Topics</li></ul>"
        "<div class='meeting'><p class='irc'>&lt;<cite>Ana</cite>&gt; Scribe: Ben</p><h3 class='h3' id='i1'>Paint</h3>"
        "<p class='phone'><cite>Ana:</cite> green<br />... and blue</p><p class='phone'>Some agreement.</p>"
        "<p class='phone'><strong class='resolution'>RESOLUTION: green</strong></p></div>"
        "<h2><a name='ActionSummary'>Summary of Action Items</a></h2><strong>[NEW]</strong> <strong>ACTION:</strong>"
        " Ben"
        "<hr><address>Minutes formatted by David's scribe.perl</address></body></html>"
    )
    reading = read(text, minutes_html.FORMAT, "minutes.html")
    assert turns(reading) == [
        ("Ana", "Scribe: Ben"),
        ("Ana", "green\nand blue"),
        (None, "Some agreement."),
        (None, "RESOLUTION: green"),
    ]
    assert reading.conversations[0].started_at == date(2008, 3, 4)


def test_a_page_of_the_credentials_group_is_read() -> None:
    mark = '<a id="link-1" style="display:none;" href="#1">✪</a></div>\n'
    text = (
        "<!DOCTYPE html>\n<html><head><title>Garden Group</title></head><body><h1>The Garden Group</h1>"
        '<main><h1>Garden Telecon</h1>\n<h2>Minutes for 2026-03-04</h2><div class="summary"><dl><dt>Present</dt>'
        '<dd>Ana Li, Ben</dd></dl></div>\n<div class="information">Ben is scribing.</div>\n'
        f'<div id="1" class="information">Ana reads the agenda. {mark}'
        '<h1 id="topic-1" class="topic">Topic: Paint</h1>\n'
        f'<div id="2" class="comment"><span class="name">Ana Li</span>:  It&apos;s green. {mark}'
        f'<div class="comment-continuation">Or <b>blue</b>. {mark}'
        f'<div id="3" class="comment"><span class="name">Ben</span>: Good. {mark}'
        f'<div id="4" class="resolution"><strong>RESOLUTION</strong>: Green. {mark}'
        "</main><footer><div>Made with care.</div></footer></body></html>\n"
    )
    reading = read(text, minutes_html.FORMAT, "index.html")
    assert turns(reading) == [
        (None, "Ana reads the agenda."),
        ("Ana Li", "It's green.\nOr blue."),
        ("Ben", "Good."),
        (None, "RESOLUTION: Green."),
    ]
    assert topics(reading) == [None, "Paint", "Paint", "Paint"]
    assert reading.conversations[0].started_at == date(2026, 3, 4)
    assert asides(reading)["system message"] == len("Ben is scribing.")


@pytest.mark.parametrize(
    "text",
    [
        "<!DOCTYPE html><html><body><h1>Shop</h1><p class=phone>+1 555</p></body></html>",
        "<html><body><p>scribe.perl makes minutes</p></body></html>",
        "<p>one</p>",
    ],
)
def test_other_web_pages_are_no_minutes(text: str) -> None:
    assert [known.fits(Blob("a.html", text.encode())) for known in ALL] == [0.0, 0.0, 0.0]


def test_a_page_in_which_nothing_is_said_is_an_error() -> None:
    with pytest.raises(SourceError, match="nothing is said"):
        minutes_html.read(Blob("a.html", (HEAD + FOOT).encode()))


# All of them


@pytest.mark.parametrize(
    "part", ["<", "<p", "&", "&lt;", "<!--", "<cite>", "* ", "|", "a:", "[", "  ", "# ", "...", "**", "\n"]
)
def test_a_long_text_takes_no_longer_than_its_length_allows(part: str) -> None:
    for begin, form in ((MARKDOWN, ALL[0]), (MAIL, ALL[1]), (PAGE_AS_TEXT, ALL[1]), (HEAD + BODY, ALL[2])):
        blob = Blob("a", (begin + part * (60_000 // len(part)) + "\n").encode())
        form.fits(blob)
        accounted(form.read(blob), blob)


NAMES = st.sampled_from(["Ana", "Ben Okoro", "Chen", "Ève Müller"])
WORDS = st.text(st.characters(whitelist_categories=("Ll", "Nd")), min_size=1, max_size=10)
SAID = st.lists(WORDS, min_size=1, max_size=8).map(lambda words: "well " + " ".join(words))
TALK = st.lists(st.tuples(NAMES, SAID), min_size=1, max_size=10)


def as_markdown(talk: list[tuple[str, str]]) -> str:
    head = "# Garden minutes 2026-03-04\n\n**Attendees:** Ana, Ben Okoro, Chen, Ève Müller\n\n## Paint\n\n"
    return head + "\n\n".join(f"{name}: {text}" for name, text in talk) + "\n"


def as_mail(talk: list[tuple[str, str]]) -> str:
    head = "Garden Minutes for 2026-03-04\n\nPresent:\n  Ana, Ben Okoro, Chen, Ève Müller\n\nTopic: Paint\n\n"
    return head + "\n".join(f"{name}: {text.replace(' ', chr(10) + '  ', 1)}" for name, text in talk) + "\n"


def as_page(talk: list[tuple[str, str]]) -> str:
    said = "".join(f"<p class=phone><cite>{html.escape(name)}:</cite> {html.escape(text)}</p>\n" for name, text in talk)
    return f"{HEAD}<h3>Paint</h3>{said}{FOOT}"


@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow])
@given(TALK, st.sampled_from([(as_markdown, ALL[0]), (as_mail, ALL[1]), (as_page, ALL[2])]))
def test_minutes_that_are_written_out_read_back_the_same(
    talk: list[tuple[str, str]], form: tuple[Callable[[list[tuple[str, str]]], str], Format]
) -> None:
    write, known = form
    reading = read(write(talk), known, "minutes.txt")
    assert turns(reading) == talk
    assert set(topics(reading)) == {"Paint"}
    assert reading.conversations[0].started_at == date(2026, 3, 4)


@settings(max_examples=40)
@given(st.text(st.characters(blacklist_categories=("Cs",)), max_size=200), st.sampled_from(ALL), st.integers(0, 900))
def test_any_text_read_as_minutes_is_accounted_for_or_refused(text: str, form: Format, cut: int) -> None:
    whole = {"minutes": MARKDOWN, "minutes-w3c": PAGE_AS_TEXT, "minutes-html": HEAD + BODY + FOOT}[form.name]
    blob = Blob("a", (whole[:cut] + text.replace("\x00", "") + whole[cut:]).encode())
    try:
        reading = form.read(blob)
    except SourceError:
        return
    accounted(reading, blob)


@pytest.mark.parametrize(
    ("name", "form", "written", "people"),
    [
        ("markdown-minutes/Readme.md", "minutes", 82, 7),
        ("w3c-minutes/minutes.html", "minutes-html", 35, 7),
        ("w3c-minutes/ccg-2025-04-01-email.txt", "minutes-w3c", 50, 3),
    ],
)
def test_real_minutes_are_read(real_files: Path, name: str, form: str, written: int, people: int) -> None:
    reading = read_source(str(real_files / "formats" / name))
    assert reading.format == form
    (conversation,) = reading.conversations
    assert (len(conversation.turns), len(conversation.participants)) == (written, people)
    assert conversation.started_at is not None
    assert_accounted(reading)
