"""Text exports of the note-takers: Otter, Rev, Fireflies, Fathom, Granola, tl;dv and Tactiq."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob, Hints
from extractor.sources.registry import FORMATS, detect

Read = Callable[..., Reading]


def check(reading: Reading, text: str) -> None:
    assert_accounted(reading, len(text))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for each in reading.conversations for turn in each.turns)


def starts(reading: Reading) -> list[float | None]:
    return [turn.start for turn in reading.conversations[0].turns]


# Otter

OTTER = (
    "Ana Li  0:03  \nShall we begin: now?\n\nUnknown Speaker  0:09  \nYes.\n\nUnknown Speaker  0:12  \nI too.\n\n"
    "Ben Roe  1:02:07  \nGood.\n\nTranscribed by https://otter.ai\n"
)


def test_otter_turns_have_names_and_times_and_unknown_is_nobody(read: Read) -> None:
    reading = read(OTTER, "call.txt")
    assert reading.format == "otter"
    assert turns(reading) == [
        ("Ana Li", "Shall we begin: now?"),
        (None, "Yes."),
        (None, "I too."),
        ("Ben Roe", "Good."),
    ]
    assert starts(reading) == [3.0, 9.0, 12.0, 3727.0]
    assert [person.name for person in reading.conversations[0].participants] == ["Ana Li", "Ben Roe"]
    assert "2 turns have no speaker" in warnings(reading)
    check(reading, OTTER)


def test_otters_last_line_is_dropped_only_where_it_is_last(read: Read) -> None:
    text = OTTER.replace("Yes.", "Transcribed by https://otter.ai")
    reading = read(text, "call.txt")
    assert turns(reading)[1] == (None, "Transcribed by https://otter.ai")
    assert asides(reading)["boilerplate"] == len("Transcribed by https://otter.ai")
    check(reading, text)


@pytest.mark.parametrize(
    "text",
    [
        OTTER.replace("\n\nTranscribed by https://otter.ai\n", "\n"),
        OTTER.replace("\n", "\r\n"),
        OTTER.replace("  \n", "\n"),
        OTTER.replace("Ana Li  ", "**Ana Li**  ").replace("Ben Roe  ", "**Ben Roe** ").replace("Unk", "**Unk", 0),
        OTTER.replace("Transcribed by https://otter.ai", "*Transcribed by [https://otter.ai](https://otter.ai)*"),
        "---\ntitle: Roof call\ndate: 2026-03-04\n---\n" + OTTER,
    ],
    ids=["no last line", "CR LF", "no blanks", "bold names", "last line in Markdown", "front matter"],
)
def test_otter_files_that_were_edited_read_the_same(read: Read, text: str) -> None:
    reading = read(text, "call.md")
    assert reading.format == "otter"
    assert turns(reading) == turns(read(OTTER, "call.txt"))
    check(reading, text)


def test_otters_head_gives_title_and_start_and_its_keywords_are_notes(read: Read) -> None:
    head = "Roof call\nWed, Mar 4, 2026 1:37PM \u2022 33:55\n\nSUMMARY KEYWORDS\nroof, van\n\nSPEAKERS\nAna Li, Ben\n\n"
    reading = read(head + OTTER, "call.txt")
    (conversation,) = reading.conversations
    assert (conversation.title, conversation.started_at) == ("Roof call", datetime(2026, 3, 4, 13, 37))
    assert turns(reading) == turns(read(OTTER, "call.txt"))
    assert asides(reading)["AI notes"] == len("SUMMARY KEYWORDSroof, van")
    check(reading, head + OTTER)


def test_an_otter_file_without_names_has_times_and_no_speakers(read: Read) -> None:
    text = "0:00  \nHello there.\n\n0:15  \nIt was bad.\nReally.\n\nTranscribed by https://otter.ai\n"
    reading = read(text, "call.txt")
    assert (reading.format, turns(reading)) == ("otter", [(None, "Hello there."), (None, "It was bad. Really.")])
    assert starts(reading) == [0.0, 15.0]
    assert "no speaker labels" in warnings(reading)
    check(reading, text)


# Rev


def test_rev_labels_carry_a_time_and_people_at_once_are_nobody(read: Read) -> None:
    text = (
        "Speaker 1 (00:03):\nWelcome. Note: we are few.\n\n(00:28)\nLet us begin.\n\n"
        "Ben O'Roe (Ops) (00:01:18): Yes.\n\nOverlapping speakers (00:05:32):\nNo. Yes.\n\n"
        "Speaker 2 (01:05:40):\nFine.\n"
    )
    reading = read(text, "call.txt")
    assert reading.format == "rev"
    assert turns(reading) == [
        ("Speaker 1", "Welcome. Note: we are few.\n\nLet us begin."),
        ("Ben O'Roe (Ops)", "Yes."),
        (None, "No. Yes."),
        ("Speaker 2", "Fine."),
    ]
    assert starts(reading) == [3.0, 78.0, 332.0, 3940.0]
    first = reading.conversations[0].turns[0]
    assert first.time_at(first.text.index("Let us")) == 28.0
    assert "1 turn has no speaker, because several people speak at once" in warnings(reading)
    check(reading, text)


# Fireflies


def test_fireflies_ranges_give_start_and_end(read: Read) -> None:
    text = "[00:02 - 00:04] Ana Li: We begin.\n[00:04 - 00:09] null: Fine: we do.\n[01:00:04 - 01:00:09] Ana Li: Bye.\n"
    reading = read(text, "call.txt")
    assert reading.format == "fireflies"
    assert turns(reading) == [("Ana Li", "We begin."), (None, "Fine: we do."), ("Ana Li", "Bye.")]
    assert [(turn.start, turn.end) for turn in reading.conversations[0].turns] == [(2, 4), (4, 9), (3604, 3609)]
    check(reading, text)


@pytest.mark.parametrize(("label", "gap"), [("**{} ({}):**", " "), ("{} ({})", "\n"), ("**{}** ({})", "\n")])
def test_fireflies_downloads_read_without_the_summary(read: Read, label: str, gap: str) -> None:
    said = [("Ana Li", "00:00", "We begin with the roof."), ("Ben", "00:03", "Fine."), ("Ana Li", "01:00", "Bye.")]
    spoken = "\n\n".join(label.format(name, time) + gap + text for name, time, text in said)
    notes = "## Summary\n\nThey bought a van.\n\n## Action Items\n\n**Ben**\n- Ana: paints it (00:12)\n\n"
    text = f"# Roof weekly\n\nhttps://app.fireflies.ai/view/x\n\n{notes}## Transcript\n\n{spoken}\n"
    reading = read(text, "call.md")
    assert reading.format == "fireflies"
    assert turns(reading) == [(name, text) for name, _, text in said]
    assert (reading.conversations[0].title, starts(reading)) == ("Roof weekly", [0.0, 3.0, 60.0])
    assert "written by AI" in warnings(reading)
    assert asides(reading)["AI notes"] == sum(len(line) for line in notes.split("\n"))
    check(reading, text)


# Fathom

FATHOM = (
    "Roof sync - April 09\nVIEW RECORDING - 62 mins (No highlights): https://fathom.video/share/X\n\n---\n\n"
    "0:00 - ana.li\n  Hi.\n"
    "  SCREEN SHARING: Ana started screen sharing - WATCH: https://fathom.video/share/X?timestamp=5.1\n\n"
    "0:02 - Ben Roe (Nordwind)\n  We buy it.\n"
    "  ACTION ITEM: Buy a van; tell Cy - WATCH: https://fathom.video/share/X?timestamp=27.9  And that is that.\n\n"
    "1:02:03 - ana.li\nFine. Note: not today.\n  ACTION ITEM: Paint it\n"
    " - WATCH: https://fathom.video/calls/4?timestamp=2.9  Good, bye.\n"
)


def test_fathom_turns_go_on_behind_its_notes(read: Read) -> None:
    reading = read(FATHOM, "call.txt")
    assert reading.format == "fathom"
    assert turns(reading) == [
        ("ana.li", "Hi."),
        ("Ben Roe (Nordwind)", "We buy it. And that is that."),
        ("ana.li", "Fine. Note: not today. Good, bye."),
    ]
    assert starts(reading) == [0.0, 2.0, 3723.0]
    assert reading.conversations[0].title == "Roof sync - April 09"
    found = asides(reading)
    assert found["system message"] == len(FATHOM.split("\n")[7])
    assert found["AI notes"] > 0
    assert "Fathom's notes between the words" in warnings(reading)
    check(reading, FATHOM)


def test_fathom_text_pasted_with_links_and_bold_names_is_read(read: Read) -> None:
    text = (
        "[**VIEW RECORDING - 4 mins**](https://fathom.video/share/X)\n\n"
        "[@0:00](https://fathom.video/share/X?timestamp=0.0) - **Ana Li**\nWe begin.\n\n@0:23 - \nWho is that?\n"
    )
    reading = read(text, "call.md")
    assert turns(reading) == [("Ana Li", "We begin."), (None, "Who is that?")]
    check(reading, text)


def test_a_fathom_summary_alone_is_an_error_that_says_so(read: Read) -> None:
    text = "[**VIEW RECORDING - 60 mins**](https://fathom.video/share/x)\n\n## Next Steps\n\n- Ana: buys\n"
    with pytest.raises(SourceError, match="Fathom's summary, which is written by AI, and no transcript"):
        read(text, "call.md")


def test_a_fathom_summary_above_the_words_is_set_aside(read: Read) -> None:
    text = FATHOM.replace("---", "## Key Takeaways\n\n- Ana buys a van")
    reading = read(text, "call.txt")
    assert turns(reading) == turns(read(FATHOM, "call.txt"))
    assert "Fathom's summary, which is written by AI, was set aside." in warnings(reading)
    check(reading, text)


# Granola

GRANOLA = (
    "# Roof call\n\n### Next Steps\n\n- Ana to buy\n- Ben: paints\n    \n\n---\n\n"
    "Chat with meeting transcript: [https://notes.granola.ai/d/X](https://notes.granola.ai/d/X)\n\n\u00a0\n"
    "Them: Say yes or no.  \nMe: We say yes.  \nMe: And soon.  \nThem: your roof is, yeah. Well,  \n"
)


def test_granola_notes_are_no_words_and_them_is_nobody(read: Read) -> None:
    reading = read(GRANOLA, "call.md")
    assert (reading.format, reading.conversations[0].title) == ("granola", "Roof call")
    assert turns(reading) == [
        (None, "Say yes or no."),
        ("Me", "We say yes.\nAnd soon."),
        (None, "your roof is, yeah. Well,"),
    ]
    assert asides(reading)["AI notes"] == len("### Next Steps- Ana to buy- Ben: paints---")
    assert '"Them" is everybody but who made the recording' in warnings(reading)
    assert "--speakers" in warnings(reading)
    check(reading, GRANOLA)


def test_granola_labels_that_the_user_maps_are_people(read: Read) -> None:
    reading = read(GRANOLA, "call.md", hints=Hints(speakers={"them": "Cy Noor", "me": "Ana Li"}))
    assert [name for name, _ in turns(reading)] == ["Cy Noor", "Ana Li", "Cy Noor"]
    assert "--speakers" not in warnings(reading)


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("Me: Hello there.\n\nThem: Hello to you.\n\nMe: Shall we?\n\nThem: We shall.\n", ["Me", None, "Me", None]),
        (
            "Meeting Title: Roof call\nDate: Mar 4\nMeeting participants: Ana, Ben\n\nTranscript:\n \n"
            "Me: Hi.\nThem: Ho.\nMe: So.\nThem: Well.\nMe: Yes.\nThem: No.\nMe: Ah.\nThem: Bye.\n",
            ["Me", None] * 4,
        ),
        (
            GRANOLA.split("Them")[0] + "## Transcript\n\n**Me:** Hi.\n\n**Other:** Ho.\n\n**Me:** So.\n",
            ["Me", None, "Me"],
        ),
        (
            GRANOLA.split("Them")[0] + "**[00:00] Ana (mic):** Is it on?\n\n**[00:02] Ana (mic):** Yes.\n\n"
            "**[00:30] Other participant (system audio):** Hello.\n",
            ["Ana (mic)", "Other participant (system audio)"],
        ),
    ],
    ids=["transcript only", "copied with a head", "bold", "named"],
)
def test_granola_transcripts_of_every_shape_are_read(read: Read, text: str, names: list[str | None]) -> None:
    reading = read(text, "call.md")
    assert reading.format == "granola"
    assert [name for name, _ in turns(reading)] == names
    check(reading, text)


def test_granola_notes_alone_are_an_error_that_says_so(read: Read) -> None:
    with pytest.raises(SourceError, match="Granola's notes, which are written by AI, and no transcript"):
        read(GRANOLA.split("\u00a0")[0], "call.md")


# tl;dv


@pytest.mark.parametrize(
    "text",
    [
        "Roof call\nhttps://tldv.io/app/meetings/6\n\n00:00:12 Ana Li\nWe begin.\n\n00:00:19 Ben\nFine. We do.\n\n"
        "00:00:22 Ana Li\nBye.\n",
        "tl;dv transcript\n\n[00:12] Ana Li: We begin.\n[00:19] Ben: Fine. We do.\n[00:22] Ana Li: Bye.\n",
        "## Roof call\nRecorded with tl;dv\n\n### Summary\n\n- Ana: buys a van\n\n### Transcript\n\n"
        "**Ana Li** (00:00:12)\nWe begin.\n\n**Ben** (00:00:19)\nFine. We do.\n\n**Ana Li** (00:00:22)\nBye.\n",
    ],
    ids=["time above", "one line", "Markdown"],
)  # fmt: skip
def test_tldv_transcripts_are_read(read: Read, text: str) -> None:
    reading = read(text, "call.txt")
    assert reading.format == "tldv"
    assert turns(reading) == [("Ana Li", "We begin."), ("Ben", "Fine. We do."), ("Ana Li", "Bye.")]
    assert starts(reading) == [12.0, 19.0, 22.0]
    assert ("written by AI" in warnings(reading)) == ("Summary" in text)
    check(reading, text)


# Tactiq

TACTIQ = (
    "# Ana <> Ben - weekly\n  Meeting started: 27/08/2026, 15:02:47\n  Duration: 18 minutes\n"
    "  Participants: Ana Li, Ben Roe\n  [View original transcript](https://app.tactiq.io/x)\n"
    "  ## Highlights\n  - Ana: buys\n  ## Transcript\n  00:00 Ana Li: We begin.\n"
    "  00:02 Ana Li: I'm transcribing this call with my Tactiq AI Extension: https://tactiq.io/r/transcribing\n"
    "  00:04 Ben R.: Fine. So: we go.\n  01:02:04 Ana Li: Bye.\n"
)


def test_tactiq_gives_title_start_and_turns_without_its_own_notice(read: Read) -> None:
    reading = read(TACTIQ, "call.txt")
    (conversation,) = reading.conversations
    assert reading.format == "tactiq"
    assert (conversation.title, conversation.started_at) == ("Ana <> Ben - weekly", datetime(2026, 8, 27, 15, 2, 47))
    assert turns(reading) == [("Ana Li", "We begin."), ("Ben R.", "Fine. So: we go."), ("Ana Li", "Bye.")]
    assert starts(reading) == [0.0, 4.0, 3724.0]
    assert asides(reading)["system message"] == len(TACTIQ.split("\n")[9])
    assert asides(reading)["AI notes"] == len("  ## Highlights  - Ana: buys")
    check(reading, TACTIQ)


def test_a_tactiq_day_that_can_be_two_is_taken_only_if_the_user_says_which(read: Read) -> None:
    text = TACTIQ.replace("27/08/2026", "03/04/2026")
    reading = read(text, "call.txt")
    assert reading.conversations[0].started_at is None
    assert "can be read two ways" in warnings(reading)
    for day_first, day in ((True, date(2026, 4, 3)), (False, date(2026, 3, 4))):
        started_at = read(text, "call.txt", hints=Hints(day_first=day_first)).conversations[0].started_at
        assert isinstance(started_at, datetime)
        assert started_at.date() == day


def test_tactiqs_short_head_is_known_too(read: Read) -> None:
    text = "Meeting participants:\nAna Li\nBen Roe\n\n00:00 Ana Li: We begin.\n00:04 Ben R.: Fine.\n"
    reading = read(text, "call.txt")
    assert (reading.format, turns(reading)) == ("tactiq", [("Ana Li", "We begin."), ("Ben R.", "Fine.")])
    check(reading, text)


def test_tactiq_captions_of_a_video_have_times_and_no_speakers(read: Read) -> None:
    text = (
        "# tactiq.io free youtube transcript\n# How to paint\n# https://video.example/x\n\n"
        "00:00:00.320 today we paint a wall\n00:00:03.000 and then: another\n00:00:05.400 bye\n"
    )
    reading = read(text, "call.txt")
    (conversation,) = reading.conversations
    assert (conversation.title, turns(reading)) == (
        "How to paint",
        [(None, "today we paint a wall and then: another bye")],
    )
    assert conversation.turns[0].time_at(len("today we paint a wall ")) == 3.0
    assert "no speaker labels" in warnings(reading)
    check(reading, text)


# All of them


@pytest.mark.parametrize("text", [OTTER, FATHOM, GRANOLA, TACTIQ, "Ana: We go.\nBen: Yes.\nAna: Good.\n"])
def test_no_two_formats_take_a_file_for_theirs(text: str) -> None:
    blob = Blob("a.txt", text.encode())
    scores = sorted((known.fits(blob) for known in FORMATS), reverse=True)
    assert scores[0] - scores[1] >= 0.1 or scores[0] <= 0.5


NAMES = (
    "Ana Li",
    "Ben",
    "nixo",
    "0xNova",
    "Milo | Nordwind",
    "Łukasz Nowak",
    "田中 太郎",
    "Speaker 1",
    "Mateo van den Berg",
)
WORDS = ("we", "take", "the", "train", "Friday", "R&D", "3.5", "öfter", "日本", "it's", "50%", "so:", "(maybe)")
STYLES = {
    "otter": ("", "{name}  {clock}  \n{text}\n\n", "Transcribed by https://otter.ai\n"),
    "rev": ("", "{name} ({padded}):\n{text}\n\n", ""),
    "fireflies": ("", "[{padded} - {later}] {name}: {text}\n", ""),
    "fathom": ("Call\nVIEW RECORDING - 9 mins: https://fathom.video/\n\n", "{clock} - {name}\n  {text}\n\n", ""),
    "tactiq": ("# Call\nMeeting started: 27/08/2026, 15:02:47\nParticipants: A, B\n", "{padded} {name}: {text}\n", ""),
    "tldv": ("https://tldv.io/app/meetings/1\n\n", "[{padded}] {name}: {text}\n", ""),
}  # fmt: skip
sentences = st.lists(st.sampled_from(WORDS), min_size=1, max_size=8).map(lambda words: " ".join(words) + ".")
quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


def clock(seconds: int, width: int = 1) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours:0{width}d}:{minutes:02d}:{seconds % 60:02d}" if hours else f"{minutes:0{width}d}:{seconds % 60:02d}"


@quick
@given(
    style=st.sampled_from(sorted(STYLES)),
    said=st.lists(st.tuples(st.sampled_from(NAMES), sentences), min_size=2, max_size=8),
    step=st.integers(1, 900),
    eol=st.sampled_from(["\n", "\r\n"]),
)
def test_a_conversation_written_by_a_note_taker_reads_back_the_same(
    style: str, said: list[tuple[str, str]], step: int, eol: str, tmp_path: Path
) -> None:
    head, line, tail = STYLES[style]
    times = [n * step for n in range(len(said))]
    lines = [
        line.format(name=name, text=text, clock=clock(at), padded=clock(at, 2), later=clock(at + 1, 2))
        for (name, text), at in zip(said, times, strict=True)
    ]
    content = (head + "".join(lines) + tail).replace("\n", eol)
    path = tmp_path / "a.txt"
    path.write_bytes(content.encode())
    reading = read_source(str(path))
    assert reading.format == style
    found = [(name, part) for name, text in turns(reading) for part in text.split("\n")]
    assert found == said
    assert [turn.start for turn in reading.conversations[0].turns] == [
        at for n, at in enumerate(times) if n == 0 or said[n][0] != said[n - 1][0]
    ]
    check(reading, content)


@quick
@given(data=st.data(), text=st.sampled_from([OTTER, FATHOM, GRANOLA, TACTIQ]))
def test_a_damaged_export_is_read_in_part_or_is_an_error(data: st.DataObject, text: str, tmp_path: Path) -> None:
    raw = text.encode()
    begin = data.draw(st.integers(0, len(raw)))
    end = data.draw(st.integers(begin, len(raw)))
    path = tmp_path / "a.txt"
    path.write_bytes(raw[:begin] + data.draw(st.binary(max_size=6)).replace(b"\x00", b"") + raw[end:])
    try:
        reading = read_source(str(path))
    except SourceError:
        return
    assert reading.coverage is not None
    for conversation in reading.conversations:
        conversation.model_dump_json()


# Real files


@pytest.mark.parametrize(
    ("name", "format_name", "turns_", "people", "nobody"),
    [
        ("otter/37-advice-for-past-selves.md", "otter", 98, 3, 14),
        ("fathom/shape.txt", "fathom", 2, 2, 0),
        ("granola/shape.md", "granola", 4, 1, 2),
        ("plain-markdown-transcript/practical-ai-6.md", "text", 28, 2, 0),
    ],
)
def test_real_exports_are_read(
    real_files: Path, name: str, format_name: str, turns_: int, people: int, nobody: int
) -> None:
    path = real_files / "formats" / name
    reading = read_source(str(path))
    (conversation,) = reading.conversations
    assert (reading.format, detect(Blob(name, path.read_bytes())).name) == (format_name, format_name)
    assert (len(conversation.turns), len(conversation.participants)) == (turns_, people)
    assert sum(turn.speaker is None for turn in conversation.turns) == nobody
    check(reading, path.read_bytes().decode())
