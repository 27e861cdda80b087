"""What real tools put into caption files beyond the grammar: rolling lines, ids with names, marks of change; SBV."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from checks import asides, assert_accounted, turns, warnings
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.base import Blob
from extractor.sources.captions import sbv
from extractor.sources.captions.cues import _Parser, line_number, parse_cues
from extractor.sources.captions.reader import read_captions
from extractor.sources.ledger import Ledger

Read = Callable[..., Reading]

GUID = "0f3d2a91-1c2b-4d5e-8f90-a1b2c3d4e5f6"


def time(n: float) -> str:
    return f"00:{int(n) // 60:02d}:{n % 60:06.3f}"


def vtt(*cues: str, ids: tuple[str, ...] = (), eol: str = "\n") -> str:
    blocks = [
        (f"{ids[n]}{eol}" if ids else "") + f"{time(n)} --> {time(n + 0.9)}{eol}{cue}{eol}{eol}"
        for n, cue in enumerate(cues)
    ]
    return f"WEBVTT{eol}{eol}" + "".join(blocks)


def accounted(reading: Reading, content: str) -> None:
    assert_accounted(reading, len(content))
    assert reading.coverage is not None
    assert reading.coverage.used == sum(len(turn.text) for turn in reading.conversations[0].turns)


# Teams


def test_teams_suffixes_in_any_language_stay_part_of_the_name(read: Read) -> None:
    reading = read(vtt("<v Ana Li (Gość)>Tak.</v>", "<v Ben Roe | Nordwind (Convidado)>Sim.</v>", "Mhm."))
    assert turns(reading) == [("Ana Li (Gość)", "Tak."), ("Ben Roe | Nordwind (Convidado)", "Sim."), (None, "Mhm.")]


def test_pieces_of_an_utterance_are_one_turn_across_what_nobody_is_known_to_say(read: Read) -> None:
    ids = (f"{GUID}/17-0", f"{GUID}/18-0", f"{GUID}/17-1", f"{GUID}/17-2")
    cues = (
        "<v Ana L&#243;pez>We take the\nsecond</v>",
        "Mhm.",
        "<v Ana L&#243;pez>offer of</v>",
        "<v Ana L&#243;pez>May.</v>",
    )
    content = vtt(*cues, ids=ids)
    reading = read(content)
    assert turns(reading) == [("Ana López", "We take the second offer of May."), (None, "Mhm.")]
    accounted(reading, content)


@pytest.mark.parametrize("ids", [(), (f"{GUID}/1-0", f"{GUID}/2-0", f"{GUID}/3-0")])
def test_teams_text_without_speakers_and_a_blank_line_after_the_times_is_read_without_noise(
    read: Read, ids: tuple[str, ...]
) -> None:
    content = vtt("\nWe buy the small van.", "\nNot the large one.", "\n5", ids=ids)
    reading = read(content)
    assert turns(reading) == [(None, "We buy the small van. Not the large one. 5")]
    assert warnings(reading) == "There are no speaker labels in the file, so no turn has a speaker."
    accounted(reading, content)


# Webex


def test_webex_names_are_read_with_and_without_the_number_behind_them(read: Read) -> None:
    ids = ('1 "Ana "AJ" Li (she/her)" (1262511360)', '2 ""  (0)', '3 "Ben"', '4 "Cy" (7)')
    content = vtt("One.", "Two.", "Three.", "Four.", ids=ids)
    reading = read(content)
    assert turns(reading) == [('Ana "AJ" Li', "One."), (None, "Two."), ("Ben", "Three."), ("Cy", "Four.")]
    accounted(reading, content)


@pytest.mark.parametrize("rest", ['5 "Ana', '5 "Ana"', '5 "Ana" (12'])
def test_a_webex_file_cut_off_in_a_cue_id_says_so(read: Read, rest: str) -> None:
    ids = ('1 "Ana" (1)', '2 "Ben" (2)')
    reading = read(vtt("One.", "Two.", ids=ids) + rest)
    assert reading.error is not None
    assert turns(reading) == [("Ana", "One."), ("Ben", "Two.")]


# Rolling captions


def rolled(lines: list[str], lines_kept: int = 1) -> str:
    """Captions as YouTube writes them: a new line below the old one, then the new one alone for an instant."""
    cues, n = ["WEBVTT\nKind: captions\nLanguage: en\n\n"], 0
    for index, line in enumerate(lines):
        first, *rest = line.split(" ")
        timed = first + "".join(f"<{time(n + 0.5)}><c> {word}</c>" for word in rest)
        above = "\n".join(lines[max(0, index - lines_kept) : index]) or " "
        cues.append(f"{time(n)} --> {time(n + 2)} align:start position:0%\n{above}\n{timed}\n\n")
        cues.append(f"{time(n + 2)} --> {time(n + 2.01)} align:start position:0%\n{line}\n \n\n")
        n += 2
    return "".join(cues)


LINES = ["we open the valve", "only after the test", "yes", "yes", "and never before", "the test"]


def test_rolling_captions_lose_no_word_and_double_none(read: Read) -> None:
    content = rolled(LINES)
    reading = read(content)
    assert " ".join(text for _, text in turns(reading)) == " ".join(LINES)
    assert asides(reading)["copy"] > 0
    accounted(reading, content)


def test_captions_that_roll_by_two_lines_are_read_once(read: Read) -> None:
    cues = [f"{LINES[n]}\n{LINES[n + 1]}\nline number {n}" for n in range(3)]
    window = ["a b", "a b\nc d", "a b\nc d\ne f", "c d\ne f\ng h", "e f\ng h\ni j", "g h\ni j\nk l"]
    reading = read(vtt(*window))
    assert " ".join(text for _, text in turns(reading)) == "a b c d e f g h i j k l"
    assert len(turns(read(vtt(*cues)))) > 0


def test_rolling_captions_with_colons_or_labels_are_read_once_too(read: Read) -> None:
    lines = ["Ana: we open it", "Ben: only after the test", "Ana: yes", "Ben: and never before"]
    assert turns(read(rolled(lines))) == [tuple(line.split(": ")) for line in lines]


def test_somebody_who_says_the_same_again_and_again_is_not_a_rolling_caption(read: Read) -> None:
    reading = read(vtt("Ana: No.", "Ana: No.", "Ana: No.", "Ana: No.", "Ben: Yes."))
    assert turns(reading) == [("Ana", "No. No. No. No."), ("Ben", "Yes.")]


quick = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
sentences = st.lists(st.sampled_from(["we", "take", "it", "yes", "R&D", "öfter", "3.5"]), min_size=1, max_size=4)


@quick
@given(lines=st.lists(sentences.map(" ".join), min_size=2, max_size=12))
def test_any_rolling_captions_read_back_their_lines(lines: list[str], tmp_path: Path) -> None:
    path = tmp_path / "a.vtt"
    path.write_text(rolled(lines).replace("&", "&amp;"), encoding="utf-8")
    assert " ".join(text for _, text in turns(read_source(str(path)))) == " ".join(lines)


# Labels and marks of change


@pytest.mark.parametrize(
    "style", [">> {}: {}", ">>{}: {}", "- {}: {}", "[{}] {}", "({}) {}", "[{}]\n{}", "&gt;&gt; {}: {}"]
)
def test_labels_of_every_style_are_speakers(read: Read, style: str) -> None:
    said = [("Ana Li", "We start."), ("Ben", "I am late."), ("Ana Li", "No."), ("Ben", "Good.")]
    content = vtt(*(style.format(*each) for each in said))
    reading = read(content)
    assert turns(reading) == said
    assert asides(reading)["speaker label"] > 0
    accounted(reading, content)


def test_sounds_in_brackets_are_text_and_nobodys_name(read: Read) -> None:
    reading = read(
        vtt("[Music]", "[Laughter] We start.", "[Applause] And go.", "(Laughs) Yes.", "[Music]", "(Laughs) No.")
    )
    assert {name for name, _ in turns(reading)} == {None}
    assert "[Laughter] We start." in turns(reading)[0][1]


def test_brackets_that_mark_only_changes_go_on_and_sounds_between_them_are_text(read: Read) -> None:
    cues = (
        "[Ana] We start",
        "with the plan.",
        "[Ben] Fine",
        "[laughter] by me.",
        "[Ana] Good",
        "then.",
        "[Ben] Yes",
        "yes",
        "yes.",
    )
    assert turns(read(vtt(*cues))) == [
        ("Ana", "We start with the plan."),
        ("Ben", "Fine [laughter] by me."),
        ("Ana", "Good then."),
        ("Ben", "Yes yes yes."),
    ]


def test_a_change_to_somebody_unnamed_is_nobodys_turn(read: Read) -> None:
    cues = (
        ">> ANA: We start",
        "with the plan.",
        ">> Fine.",
        ">> BEN: Good",
        "then.",
        ">> ANA: Yes.",
        ">> BEN: Yes.",
        "So",
        "it",
        "is.",
    )
    found = turns(read(vtt(*cues)))
    assert found[:3] == [("ANA", "We start with the plan."), (None, "Fine."), ("BEN", "Good then.")]


def test_changes_without_names_cut_turns_and_leave_the_text(read: Read) -> None:
    content = vtt(">> We start.", "Now.", ">> Fine.", "- Ready?\n- Yes.", "-5 degrees\n-3 at night")
    reading = read(content)
    assert [text for _, text in turns(reading)] == [
        "We start. Now.",
        "Fine.",
        "Ready?",
        "Yes. -5 degrees -3 at night",
    ]
    accounted(reading, content)


def test_srt_of_otter_and_of_broadcasters_says_who_speaks(read: Read) -> None:
    content = vtt(">> ANA LI: We start.", "- BEN ROE: Yes.\n- ANA LI: Good.", ">> BEN ROE: Done.").removeprefix(
        "WEBVTT\n\n"
    )
    reading = read(content.replace(".0", ",0").replace(".9", ",9"), "a.srt")
    assert reading.format == "srt"
    assert [name for name, _ in turns(reading)] == ["ANA LI", "BEN ROE", "ANA LI", "BEN ROE"]


def test_a_file_of_labels_without_words_is_an_error(read: Read) -> None:
    with pytest.raises(SourceError, match="with no cue with words"):
        read(vtt("Ana:", "Ben:", "Ana:"))


# The short way through a cue and the long one


class Slow(_Parser):
    def _plain_cue(self) -> bool:
        return False


BITS = (
    "\n",
    "\r\n",
    "\r",
    " ",
    "\ufeff",
    "-->",
    "7",
    f"{GUID}/1-0\n",
    "00:00:05.000 --> 00:00:06.000\n",
    "NOTE",
    "STYLE\n",
    "x",
)


@quick
@given(data=st.data())
def test_cues_by_the_book_are_read_as_line_by_line(data: st.DataObject) -> None:
    ids = ("1", "2", f"{GUID}/3-0", "4")
    content = vtt(
        "Ana: one\ntwo", "three --> four", "five", "\nsix", ids=ids, eol=data.draw(st.sampled_from(["\n", "\r\n"]))
    )
    for _ in range(data.draw(st.integers(0, 4))):
        at = data.draw(st.integers(0, len(content)))
        content = content[:at] + data.draw(st.sampled_from(BITS)) + content[at + data.draw(st.integers(0, 3)) :]
    one, other = Ledger(content), Ledger(content)
    assert parse_cues(content, one) == Slow(content, other).run()
    assert one.coverage() == other.coverage()


@pytest.mark.parametrize("eol", ["\n", "\r\n", "\r"])
def test_line_numbers_count_every_kind_of_line_end(eol: str) -> None:
    text = f"a{eol}b{eol}{eol}c"
    assert [line_number(text, text.index(each)) for each in "abc"] == [1, 2, 4]


@pytest.mark.parametrize(
    "unit",
    [
        "1,",
        "1:",
        "00:00:01.000 --> 00:00:02.000\n",
        "1\n",
        '1 "',
        "x\n",
        "\n",
        "5\n\n",
        "<v ",
        "</v ",
        "x\n\n",
        "[a] ",
        "9" * 5000 + "\n",
    ],
)
@pytest.mark.parametrize("tail", ["", "-->"])
def test_the_same_over_and_over_takes_no_longer_than_they_are_long(unit: str, tail: str) -> None:
    content = "WEBVTT\n\n1\n00:00:01.000 --> 00:00:02.000\nAna: One.\n\n" + unit * (100_000 // len(unit)) + tail
    said = "."
    try:
        read_captions(Blob("a.vtt", content.encode()), "webvtt", "WebVTT")
    except SourceError as error:
        said = str(error)
    assert said.endswith(".")


# SBV


def as_sbv(*cues: str, seconds: float = 3, gap: float = 4) -> str:
    return "".join(f"0:{time(n * gap)[3:]},0:{time(n * gap + seconds)[3:]}\n{cue}\n\n" for n, cue in enumerate(cues))


def test_the_chat_of_a_meet_recording_is_a_turn_for_each_message(read: Read) -> None:
    content = as_sbv("Ana Li: One.", "Ana Li: Two.\nThree.", "nixo: https://example.org/a", "Q: ok")
    reading = read(content, "meet.sbv")
    assert reading.format == "sbv"
    assert turns(reading) == [
        ("Ana Li", "One."),
        ("Ana Li", "Two.\nThree."),
        ("nixo", "https://example.org/a"),
        ("Q", "ok"),
    ]
    assert [(turn.kind, turn.start) for turn in reading.conversations[0].turns][1] == ("chat", 4.0)
    accounted(reading, content)


def test_youtubes_captions_are_speech(read: Read) -> None:
    content = as_sbv("we open the[br]valve only", "after the test", "and never before", seconds=2.47, gap=2.5)
    reading = read(content, "captions.sbv")
    assert turns(reading) == [(None, "we open the valve only after the test and never before")]
    assert reading.conversations[0].turns[0].kind == "speech"
    assert asides(reading)["markup"] == len("[br]") - 1  # One stands for the blank.
    accounted(reading, content)


def test_speech_with_labels_in_sbv_keeps_its_speakers(read: Read) -> None:
    content = as_sbv("Ana: One,", "Ana: two.", "Ben: Three.", seconds=2.47)
    reading = read(content, "captions.sbv")
    assert turns(reading) == [("Ana", "One, two."), ("Ben", "Three.")]


@pytest.mark.parametrize("rest", ["0:00:1", "0:00:12.000,0:0", "0:00:12.000,0:00:15.000\n"])
def test_an_sbv_file_cut_off_says_so(read: Read, rest: str) -> None:
    reading = read(as_sbv("Ana: One.", "Ben: Two.", "Ana: Three.") + rest, "a.sbv")
    assert reading.error is not None
    assert len(turns(reading)) == 3


@pytest.mark.parametrize(
    "text", ["Ana: 10:30, 11:00 or later?\nBen: 10:30.\n", "WEBVTT\n", "1:30,2:30 is what we need\n", "a,b\n"]
)
def test_what_is_no_sbv_is_left_to_others(text: str) -> None:
    assert sbv.fits(Blob("a.txt", text.encode())) == 0.0


@quick
@given(
    said=st.lists(
        st.tuples(st.sampled_from(["Ana Li", "Ben | Nord", "cy"]), sentences.map(" ".join)), min_size=1, max_size=8
    ),
    eol=st.sampled_from(["\n", "\r\n"]),
)
def test_a_chat_written_as_sbv_reads_back_the_same(said: list[tuple[str, str]], eol: str, tmp_path: Path) -> None:
    path = tmp_path / "chat.sbv"
    content = as_sbv(*(f"{name}: {text}" for name, text in said)).replace("\n", eol)
    path.write_bytes(content.encode())
    reading = read_source(str(path))
    assert turns(reading) == said
    accounted(reading, content)


# Real files


REAL = {
    "zoom-vtt/acdt58.vtt": (57, 13),
    "zoom-vtt/cip-lf-missing-speakers.vtt": (95, 2),
    "teams-vtt/shape-names-replaced.vtt": (3, 2),
    "webex-vtt/shape.vtt": (2, 1),
    "ms-stream/MicrosoftStreamVideoTranscriptDemo.vtt": (2, 0),
    "youtube-vtt/youtube_auto_real_shape.vtt": (1, 0),
    "google-meet-sbv/chat.sbv": (1, 1),
}


@pytest.mark.parametrize("name", REAL)
def test_real_captions_are_read(real_files: Path, name: str) -> None:
    path = real_files / "formats" / name
    if not path.is_file():
        pytest.skip(f"{path} is not here")
    reading = read_source(str(path))
    (conversation,) = reading.conversations
    assert (len(conversation.turns), len(conversation.participants)) == REAL[name]
    accounted(reading, path.read_bytes().decode())
