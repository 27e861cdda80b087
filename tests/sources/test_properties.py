"""What must hold for any conversation that is written out, and for any damage done to a file."""

from __future__ import annotations

import html
import io
import json
import zipfile
from pathlib import Path

import pytest
from checks import assert_accounted
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from material import FIXTURES

from extractor.errors import SourceError
from extractor.sources import Reading, read_source
from extractor.sources.decoding import decode

NAMES = (
    "Ana Li", "Ben", "nixo", "0xNova", "Milo | Nordwind", "@jo / Johanna Rey (Ops)", "pavel 🚲 [remote]", "v2",
    "Łukasz Nowak", "田中 太郎", "R&D Team", "Jo || Quiet Labs", "Mateo van den Berg (M)", "Speaker 1", "Q",
)  # fmt: skip
WORDS = (
    "we",
    "take",
    "the",
    "train",
    "Friday",
    "R&D",
    "3.5",
    "öfter",
    "日本",
    "(maybe)",
    "next:",
    "a -> b",
    "it's",
    "50%",
)

Said = list[tuple[str, str]]

anything = st.text(
    st.characters(blacklist_categories=("Cs", "Cc", "Zl", "Zp"), blacklist_characters="\ufeff"), min_size=1
)
lines = anything.map(str.strip).filter(lambda text: text and "{" not in text and "-->" not in text)
sentences = st.lists(st.sampled_from(WORDS), min_size=3, max_size=8).map(lambda words: " ".join(words) + ".")


def talks(text: st.SearchStrategy[str]) -> st.SearchStrategy[Said]:
    return st.lists(st.tuples(st.sampled_from(NAMES), text), min_size=1, max_size=8)


def merged(said: Said, joiner: str = " ") -> Said:
    """One turn for what one speaker says without a break."""
    turns: Said = []
    for name, text in said:
        if turns and turns[-1][0] == name:
            turns[-1] = (name, f"{turns[-1][1]}{joiner}{text}")
        else:
            turns.append((name, text))
    return turns


def times(n: int, mark: str = ".") -> str:
    return f"00:{n // 60:02d}:{n % 60:02d}{mark}000 --> 00:{n // 60:02d}:{n % 60:02d}{mark}900"


def read_bytes(data: bytes, path: Path) -> Reading:
    path.write_bytes(data)
    return read_source(str(path))


def check(said: Said, content: str, path: Path, joiner: str = " ") -> None:
    reading = read_bytes(content.encode(), path)
    (conversation,) = reading.conversations
    found = [(conversation.name_of(turn.speaker), turn.text) for turn in conversation.turns]
    assert found == merged(said, joiner)
    assert reading.error is None
    assert_accounted(reading, len(content))


quick = settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@quick
@given(said=talks(lines), eol=st.sampled_from(["\n", "\r\n", "\r"]))
def test_a_conversation_written_as_zoom_vtt_reads_back_the_same(said: Said, eol: str, tmp_path: Path) -> None:
    plain = [(name, text) for name, text in said if "<" not in text and "&" not in text]
    cues = "".join(f"{n}{eol}{times(n)}{eol}{name}: {text}{eol}{eol}" for n, (name, text) in enumerate(plain, 1))
    if plain:
        check(plain, f"WEBVTT{eol}{eol}{cues}", tmp_path / "a.vtt")


@quick
@given(said=talks(lines), ended=st.booleans())
def test_a_conversation_written_as_teams_vtt_reads_back_the_same(said: Said, ended: bool, tmp_path: Path) -> None:
    guid = "0f3d2a91-1c2b-4d5e-8f90-a1b2c3d4e5f6"
    cues = "\n\n".join(
        f"{guid}/{n}-0\n{times(n)}\n<v {html.escape(name)}>{html.escape(text)}</v>"
        for n, (name, text) in enumerate(said)
    )
    check(said, f"WEBVTT\n\n{cues}{chr(10) if ended else ''}", tmp_path / "a.vtt")


@quick
@given(said=talks(lines))
def test_a_conversation_written_as_srt_reads_back_the_same(said: Said, tmp_path: Path) -> None:
    plain = [(name, text) for name, text in said if "<" not in text and "&" not in text]
    cues = "".join(f"{n}\n{times(n, ',')}\n{name}: {text}\n\n" for n, (name, text) in enumerate(plain, 1))
    if plain:
        check(plain, cues, tmp_path / "a.srt")


@quick
@given(
    said=talks(sentences),
    style=st.sampled_from(["{}: {}", "**{}:** {}", "[00:00:07] {}: {}"]),
    gap=st.sampled_from(["\n", "\n\n", "\r\n"]),
)
def test_a_conversation_written_as_text_reads_back_the_same(said: Said, style: str, gap: str, tmp_path: Path) -> None:
    content = gap.join(style.format(name, text) for name, text in said)
    if len({name for name, _ in said}) > 1 or "00" in style:
        check(said, content, tmp_path / "a.txt", joiner="\n")


# Damage


def slack_export() -> bytes:
    users = [{"id": "U1", "name": "mira", "profile": {"display_name": "Mira"}}]
    day = [
        {"type": "message", "user": "U1", "ts": f"17724528{n:02d}.000100", "text": f"Number {n} <@U1> &amp;"}
        for n in range(9)
    ]
    day[3]["thread_ts"] = day[0]["ts"]
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as archive:
        archive.writestr("users.json", json.dumps(users))
        archive.writestr("channels.json", '[{"id": "C1", "name": "depot"}]')
        archive.writestr("depot/2026-03-02.json", json.dumps(day))
    return buffer.getvalue()


SOURCES = {path.name: path.read_bytes() for path in sorted(FIXTURES.iterdir())} | {"export.zip": slack_export()}
TEXT_FORMATS = ("webvtt", "srt", "text")


def assert_reading_or_source_error(data: bytes, path: Path) -> None:
    said: tuple[str, ...] = ()
    try:
        reading = read_bytes(data, path)
    except SourceError as error:
        said = (error.what, error.remedy)
    else:
        assert_accounted(reading, len(decode(data, "x").text) if reading.format in TEXT_FORMATS else None)
    assert all(sentence.endswith(".") for sentence in said)


@settings(max_examples=400, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data(), name=st.sampled_from(sorted(SOURCES)))
def test_a_damaged_file_is_a_reading_that_adds_up_or_a_source_error(
    data: st.DataObject, name: str, tmp_path: Path
) -> None:
    content = SOURCES[name]
    for _ in range(data.draw(st.integers(1, 3))):
        begin = data.draw(st.integers(0, len(content)))
        end = min(len(content), begin + data.draw(st.integers(0, 80)))
        new = data.draw(
            st.one_of(
                st.just(b""),
                st.binary(max_size=6),
                st.sampled_from(
                    [
                        b"\n",
                        b"\r\n\r\n",
                        b" --> ",
                        b"<v ",
                        b"</v>",
                        b": ",
                        b"&#0;",
                        b"&amp;",
                        b"```\n",
                        b"> ",
                        b"\xef\xbb\xbf",
                        b"From ",
                    ]
                ),
                st.just(content[begin:end] * 2),
            )
        )
        content = content[:begin] + new + content[end:]
    assert_reading_or_source_error(content, tmp_path / name)


@pytest.mark.parametrize("name", sorted(SOURCES))
def test_a_file_cut_anywhere_is_a_reading_that_adds_up_or_a_source_error(name: str, tmp_path: Path) -> None:
    content = SOURCES[name]
    for end in range(0, len(content), 7):
        assert_reading_or_source_error(content[:end], tmp_path / name)


def test_a_transcript_cut_anywhere_in_its_words_says_so_and_invents_nothing(tmp_path: Path) -> None:
    content = (FIXTURES / "zoom.vtt").read_bytes()
    spoken = [text for text in content.decode().split("\r\n") if ": " in text or text.startswith("Next")]
    for end in range(content.index(b"5\r\n00:00:19"), len(content)):
        reading = read_bytes(content[:end], tmp_path / "zoom.vtt")
        rest = content[:end].decode("utf-8", "ignore").split("\r\n")
        last = next(line for line in reversed(rest) if line.strip())
        inside = last not in spoken and not last.endswith((".", "?", "Next:"))
        if inside and not content[:end].endswith((b"\n", b"\r")):
            assert reading.error is not None, (end, last)
        if last in spoken and content[:end].endswith(b"\n"):
            assert reading.error is None, (end, last)
        for conversation in reading.conversations:
            for turn in conversation.turns:
                assert all(any(part in text for text in spoken) for part in turn.text.split(", ")[:1])
